"""SQLite, hand-written SQL over indexed tables in memory; loading them is not timed."""

import sqlite3

from common import arguments, best, peak_mb, tables, tell
from sql import counting, everybody


def main():
    folder, rules, threads = arguments()
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
    question = counting(rules, "sqlite")
    seconds, counted = best(lambda: database.execute(question).fetchone())
    peak = peak_mb()
    answers = []
    if rules == "one":
        answers = [[row[0] for row in database.execute(everybody(rules, "sqlite")[0])]]
    else:
        answers = five(database)
    assert [len(answer) for answer in answers] == [int(count) for count in counted], "two ways to count"
    tell("SQLite", rules, people, threads, seconds, answers, peak)


def five(database):
    """Who meets each of the five, from one run."""
    from sql import query

    answers = [[] for _ in range(5)]
    for person, *verdicts in database.execute(query("five", "sqlite")):
        for answer, verdict in zip(answers, verdicts):
            if verdict:
                answer.append(person)
    return answers


main()
