"""A throw-away PostgreSQL on a private socket, as `./check` starts one."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path


class Postgres:
    """Runs while its block runs."""

    def __enter__(self):
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self.folder = Path(tempfile.mkdtemp())
        self.folder.chmod(0o755)
        data, socket = self.folder / "data", self.folder / "socket"
        self.run_as = []
        for part in [data, socket]:
            part.mkdir(mode=0o700)
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root.
            names = [user.pw_name for user in pwd.getpwall()]
            user = "postgres" if "postgres" in names else "nobody"
            self.run_as = ["runuser", "-u", user, "--"]
            for part in [data, socket]:
                shutil.chown(part, user)
        self.call("initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = {
            "listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
            "shared_buffers": "2GB", "max_wal_size": "4GB", "maintenance_work_mem": "512MB", "autovacuum": "off",
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self.call("pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", f"-k {socket} {options}", "start")
        self.address = f"host={socket} user=bench dbname=postgres"
        return self

    def call(self, program, *arguments):
        command = [*self.run_as, str(self.bin / program), *map(str, arguments)]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

    def __exit__(self, *_):
        self.call("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder)
