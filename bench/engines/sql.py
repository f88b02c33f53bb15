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


def counting(rules, dialect):
    """How many meet each honour: the timed question."""
    inner = query(rules, dialect)
    if rules == "one":
        return f"select count(*) from ({inner}) answer"
    return f"select {', '.join(f'sum({honour})' for honour in FIVE)} from ({inner}) answer"


def everybody(rules, dialect):
    """One query for each honour: who meets it."""
    inner = query(rules, dialect)
    if rules == "one":
        return [inner]
    return [f"select person from ({inner}) answer where {honour} = 1" for honour in FIVE]
