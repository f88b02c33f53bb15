"""SQLite, hand-written SQL over indexed tables in memory; loading them is not timed."""

import sqlite3

from common import arguments, best, forget_peak, peak_mb, tables, tell
from sql import ask, everybody


def main():
    folder, rules, _ = arguments()
    database = sqlite3.connect(":memory:")
    people = 0
    for name, columns in tables(folder, rules).items():
        kinds = ", ".join(f"{column} integer" for column in columns)
        if name == "people":
            people = len(columns["person"])
            kinds = kinds.replace("person integer", "person integer primary key")
        database.execute(f"create table {name} ({kinds})")
        places = ", ".join("?" * len(columns))
        rows = zip(*(column.tolist() for column in columns.values()))
        database.executemany(f"insert into {name} values ({places})", rows)
        if name != "people":
            database.execute(f"create index {name}_person on {name} (person)")
    database.execute("analyze")
    forget_peak()
    times, counted = best(lambda: ask(database.execute, rules, "sqlite"))
    peak = peak_mb()
    tell("SQLite", rules, people, 1, times, everybody(database.execute, rules, counted), peak)


main()
