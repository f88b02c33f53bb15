"""SQLite, hand-written SQL over indexed tables in memory; loading them is not timed."""

import sqlite3

from common import arguments, best, forget_peak, peak_mb, tables, tell
from sql import counting, query


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
    question = counting(rules, "sqlite")
    times, counted = best(lambda: database.execute(question).fetchone())
    peak = peak_mb()
    answers = [[] for _ in counted]
    for person, *verdicts in database.execute(query(rules, "sqlite")):
        for answer, verdict in zip(answers, verdicts or [1]):
            if verdict:
                answer.append(person)
    assert [len(answer) for answer in answers] == [int(count) for count in counted], "two ways to count"
    tell("SQLite", rules, people, 1, times, answers, peak)


main()
