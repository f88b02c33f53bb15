"""Runs every engine as a process of its own, compares who meets what, and hands the numbers to the tables and the chart."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import tables
from postgres import Postgres

HERE = Path(__file__).parent
BENCH = HERE.parent
SIZES = [100_000, 1_000_000, 10_000_000]
# An engine is left out where the last size says that one run would need more seconds, or more than this share of the memory.
LONGEST, SHARE = 45.0, 0.7
# Of those who answer for one person at a time, so many people are asked.
PERSONS = 10_000


def build(with_peers):
    """The programs by name; those of the peers only where they are wanted and build."""
    found = {}
    for more in [["--bin", "bench"], ["--bin", "peers", "--features", "peers"]][: 1 + with_peers]:
        command = ["cargo", "build", "--release", "--locked", "--message-format=json-render-diagnostics", *more]
        done = subprocess.run(command, cwd=BENCH, stdout=subprocess.PIPE, text=True)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode:
            print(f"{more[1]} does not build.", flush=True)
        found |= {Path(it["executable"]).name: it["executable"] for it in lines if it.get("executable")}
    return found


class Run:
    """All results of one run of the command, each kept in a file as soon as it is there."""

    def __init__(self, programs, postgres, without, resume):
        self.programs, self.postgres, self.without = programs, postgres, without
        self.results, self.left_out, self.more, self.done = [], [], [], set()
        self.kept = BENCH / "results" / "lines.jsonl"
        self.kept.parent.mkdir(exist_ok=True)
        if not resume:
            self.kept.unlink(missing_ok=True)
        elif self.kept.exists():
            for line in self.kept.read_text().splitlines():
                self.take(*json.loads(line))

    def take(self, name, lines):
        """Adds what an engine printed."""
        self.done.add(name)
        for found in lines:
            (self.results if "rules" in found else self.more).append(found)

    def ask(self, command, **environment):
        """Runs an engine and keeps the lines it prints; false where it fails."""
        name = " ".join(Path(str(part)).name for part in command if part != sys.executable)
        if name in self.done:
            return True
        started = time.monotonic()
        command = [str(part) for part in command]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=os.environ | environment)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        with self.kept.open("a") as kept:
            kept.write(json.dumps([name, lines]) + "\n")
        self.take(name, lines)
        how = "failed after" if done.returncode else "took"
        print(f"  {name} {how} {time.monotonic() - started:.1f} s", flush=True)
        return done.returncode == 0

    def records(self, size):
        """The folder of the raw records of so many people, made once for each edition of the generator."""
        made_by = hashlib.sha256()
        for source in ["people.rs", "export.rs"]:
            made_by.update((BENCH / "src" / source).read_bytes())
        folder = BENCH / ".data" / f"{size}-{made_by.hexdigest()[:12]}"
        if not (folder / "whole").exists():
            for old in (BENCH / ".data").glob(f"{size}-*"):
                shutil.rmtree(old)
            subprocess.run([self.programs["bench"], "export", str(size), str(folder)], check=True)
        return folder

    def too_much(self, engine, rules, size, threads):
        """Why an engine is left out, told from what it took for fewer people."""
        known = [it for it in self.results if (it["engine"], it["rules"], it["threads"]) == (engine, rules, threads)]
        if not known:
            return "was left out before" if any(it[:2] == (engine, rules) for it in self.left_out) else None
        last = max(known, key=lambda it: it["people"])
        growth = size / last["people"]
        seconds, memory = last["seconds"] * growth, last["peak_mb"] * growth
        if seconds > LONGEST:
            return f"about {seconds:.0f} s for one run"
        most = SHARE * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e6
        return f"about {memory / 1000:.0f} GB" if memory > most else None

    def engines(self, size):
        """The other engines over the raw records of so many people."""
        folder, python = self.records(size), sys.executable
        for rules in ["one", "five"]:
            for engine, script, threads, limit in [
                ("DuckDB", "run_duckdb.py", "1,2", None), ("Polars", "run_polars.py", "1", None),
                ("Polars", "run_polars.py", "2", None), ("OpenFisca-core", "run_openfisca.py", "1", None),
                ("SQLite", "run_sqlite.py", "1", 1_000_000), ("PostgreSQL", "run_postgres.py", "1,2", 1_000_000),
            ]:
                if engine in self.without:
                    continue
                reason = self.too_much(engine, rules, size, int(threads[0]))
                if reason is None and limit and size > limit:
                    reason = "loading alone takes minutes"
                if reason:
                    self.left_out.append((engine, rules, size, reason))
                    continue
                if not self.ask([python, HERE / script, folder, rules, threads], BENCH_POSTGRES=self.postgres):
                    self.left_out.append((engine, rules, size, "failed"))

    def same_answers(self):
        """Ends the run where two engines differ in who meets an honour."""
        groups = {}
        for it in self.results:
            groups.setdefault((it["rules"], it["people"]), []).append(it)
        for (rules, people), members in groups.items():
            for it in members:
                if it["met"] != members[0]["met"]:
                    sys.exit(f"{it['engine']} and {members[0]['engine']} differ over {people} people, {rules}: "
                             f"{it['met']} and {members[0]['met']}")
        print(f"Equal answers: {len(self.results)} results in {len(groups)} groups.")


def main():
    arguments = argparse.ArgumentParser(description="Measures every engine and compares the answers.")
    arguments.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many people")
    arguments.add_argument("--without", default="", help="engines to leave out, as peers,SQLite,PostgreSQL")
    arguments.add_argument("--resume", action="store_true", help="keep what a run before has measured")
    asked = arguments.parse_args()
    sizes, without = asked.sizes, asked.without.split(",")
    began, load = time.monotonic(), os.getloadavg()[0]
    programs = build("peers" not in without)
    if "bench" not in programs:
        sys.exit(1)
    with Postgres() as postgres:
        run = Run(programs, postgres.address, without, asked.resume)
        for size in sizes:
            print(f"{size} people", flush=True)
            run.ask([programs["bench"], "rule", size])
            run.ask([programs["bench"], "book", size])
            run.engines(size)
    print(f"{PERSONS} people, one at a time", flush=True)
    run.ask([programs["bench"], "explain", PERSONS])
    if "peers" in programs:
        run.ask([programs["peers"], PERSONS])
    run.same_answers()
    tables.tell(run, load, time.monotonic() - began)


main()
