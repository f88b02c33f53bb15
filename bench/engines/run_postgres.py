"""PostgreSQL, hand-written SQL over indexed, analysed tables in its cache; loading them is not timed."""

import os

import numpy as np
import psycopg

from common import arguments, best, peak_mb, tables, tell
from sql import ask, everybody

KINDS = {"u1": ("smallint", ">i2"), "i2": ("smallint", ">i2"), "u4": ("integer", ">i4"), "i4": ("integer", ">i4")}


def load(cursor, name, columns):
    """Sends the columns in PostgreSQL's binary form."""
    kinds = {column: KINDS[values.dtype.str[1:]] for column, values in columns.items()}
    cursor.execute(f"drop table if exists {name}")
    cursor.execute(f"create unlogged table {name} ({', '.join(f'{c} {kind[0]}' for c, kind in kinds.items())})")
    fields = [("fields", ">i2")]
    for column, (_, kind) in kinds.items():
        fields += [(column + " size", ">i4"), (column, kind)]
    with cursor.copy(f"copy {name} from stdin (format binary)") as copy:
        copy.write(b"PGCOPY\n\xff\r\n\0" + b"\0" * 8)
        for first in range(0, len(columns["person"]), 500_000):
            part = {column: values[first : first + 500_000] for column, values in columns.items()}
            rows = np.empty(len(part["person"]), dtype=fields)
            rows["fields"] = len(kinds)
            for column, (_, kind) in kinds.items():
                rows[column + " size"] = np.dtype(kind).itemsize
                rows[column] = part[column]
            copy.write(rows.tobytes())
        copy.write(b"\xff\xff")
    cursor.execute(f"create index on {name} (person)")
    cursor.execute(f"analyze {name}")


def processor_seconds(process):
    """A function for the processor time of a process so far; helpers of a parallel query are not in it."""
    tick = os.sysconf("SC_CLK_TCK")

    def seconds():
        with open(f"/proc/{process}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / tick

    return seconds


def main():
    folder, rules, threads = arguments()
    with psycopg.connect(os.environ["BENCH_POSTGRES"], autocommit=True) as database:
        cursor = database.cursor()
        people = 0
        for name, columns in tables(folder, rules).items():
            people = len(columns["person"]) if name == "people" else people
            load(cursor, name, columns)
        cursor.execute("vacuum")
        cursor.execute("set work_mem = '512MB'")
        cursor.execute("set jit = off")
        backend = database.info.backend_pid
        for number in threads:
            cursor.execute(f"set max_parallel_workers_per_gather = {number - 1}")
            times, counted = best(lambda: ask(cursor.execute, rules, "postgres"), processor_seconds(backend))
            peak = peak_mb(backend)
            tell("PostgreSQL", rules, people, number, times, everybody(cursor.execute, rules, counted), peak)


main()
