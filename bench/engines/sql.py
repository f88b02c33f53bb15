"""One query text for three databases: what differs between their dialects is written `{word:…}` in it."""

import re
from datetime import date
from pathlib import Path

from common import FIVE


def day(year, month, day):
    """Days since 1970."""
    return (date(year, month, day) - date(1970, 1, 1)).days


WORDS = {
    "duckdb": {"bits": "bit_or({0})", "least": "least({0})"},
    "postgres": {"bits": "bit_or({0})", "least": "least({0})"},
    # Without an aggregate of bits: a year stands once, so the sum is the same.
    "sqlite": {"bits": "sum({0})", "least": "min({0})"},
}


def query(rules, dialect):
    """The query for one rule or for five, whose rows are people."""
    text = (Path(__file__).parent / f"{rules}.sql").read_text()
    text = text.replace("{day}", str(day(2026, 3, 15))).replace("{year}", str(day(2025, 1, 1)))

    def spoken(found):
        word, argument = found.groups()
        if word == "three":
            two = f"(({argument}) & (({argument}) - 1))"
            return f"({two} & ({two} - 1)) <> 0"
        return WORDS[dialect][word].format(argument)

    return re.sub(r"\{(\w+):([^{}]*)\}", spoken, text)


def ask(execute, rules, dialect):
    """The timed question: who meets which honour, kept as a table, and how many; returns the counts."""
    some = " + ".join(FIVE) + " > 0" if rules == "five" else "true"
    execute("drop table if exists answer")
    execute(f"create temporary table answer as select * from ({query(rules, dialect)}) answer where {some}")
    counts = [f"sum({honour})" for honour in FIVE] if rules == "five" else ["count(*)"]
    return execute(f"select {', '.join(counts)} from answer").fetchone()


def everybody(execute, rules, counted):
    """Who meets each honour, as the last question found, held against the counts."""
    wheres = [f"{honour} = 1" for honour in FIVE] if rules == "five" else ["true"]
    answers = [[row[0] for row in execute(f"select person from answer where {where}").fetchall()] for where in wheres]
    assert [len(answer) for answer in answers] == [int(count) for count in counted], "two ways to count"
    return answers
