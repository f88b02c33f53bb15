"""OpenFisca-core: formulas over yearly inputs; setting the inputs from the raw records and calculating are both timed."""

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from common import FIVE, arguments, best, forget_peak, peak_mb, tables, tell
from sql import day

TODAY, YEAR_BEFORE = day(2026, 3, 15), day(2025, 1, 1)
YEARS = range(2025, 1994, -1)
PERSON = Entity("person", "persons", "A person", "")


def variable(name, kind, unit, compute=None):
    """A variable of a person; without a formula it is an input."""
    body = {"value_type": kind, "entity": PERSON, "definition_period": unit}
    if compute:
        body["formula"] = lambda person, period: compute(person)
    return type(name, (Variable,), body)


def one(person):
    """Titles of three or more years in a row up to 2025; in them an initiative and no disciplinary measure."""
    run = np.ones(person.count, bool)
    length = np.zeros(person.count, np.int8)
    idea, measure = np.zeros(person.count, bool), np.zeros(person.count, bool)
    for year in YEARS:
        run = run & person("base", year)
        if not run.any():
            break
        length += run
        idea |= run & person("idea", year)
        measure |= run & person("measure", year)
    return (length >= 3) & idea & ~measure


def spans(person):
    """Walks the years backwards: what each span of years holds, for all five."""
    zeros = lambda: np.zeros(person.count, np.int16)  # noqa: E731
    last = {name: person(name, "2025") for name in ["last_discipline", "last_0", "last_1", "last_2", "ministry_last"]}
    titled = excellent_run = served = np.ones(person.count, bool)
    merit_run = np.ones(person.count, bool)
    unbroken = np.ones(person.count, bool)
    found = {name: zeros() for name in ["titled", "merit", "served", "base", "ideas", "topics", "base_since", "excellent_since", "since"]}
    found |= {name: np.zeros(person.count, bool) for name in ["idea_bo", "idea_toan_quoc", "cycled", "holds"]}
    for year in YEARS:
        free = year > last["last_discipline"]
        base, excellent, good = (person(name, year) for name in ["base", "excellent", "good"])
        titled = titled & base
        excellent_run = excellent_run & excellent
        served = served & good
        counted = titled & free
        merit = (titled | excellent_run) & free & (year > last["last_0"])
        serving = served & free & (year > last["last_1"])
        found["titled"] += counted
        found["merit"] += merit
        found["served"] += serving
        found["base"] += serving & base
        found["idea_bo"] |= counted & person("idea_bo", year)
        found["ideas"] += merit * person("ideas", year)
        found["topics"] += merit * person("topics", year)
        latest = last["ministry_last"]
        found["cycled"] |= (latest == year + 3) & person("ministry", year)
        found["idea_toan_quoc"] |= (year <= latest) & (year > latest - 6) & free & person("idea_toan_quoc", year)
        # The certificates of the Prime Minister for the years up to this one: the years since must hold as a whole.
        enough = (found["since"] >= 5) & (found["base_since"] >= 3) & (found["excellent_since"] >= 1) & unbroken
        found["holds"] |= enough & person("thu_tuong_merit", year)
        since = free & (year > last["last_2"])
        unbroken = unbroken & (~since | good)
        found["since"] += since
        found["base_since"] += since & base
        found["excellent_since"] += since & excellent
    return found


def confirmed(person, *conditions):
    """Whether one of these conditions is confirmed."""
    return (person("yes", "2025") & sum(1 << condition for condition in conditions)) != 0


def five(person):
    """The five verdicts as bits; see `five.sql`."""
    found = spans(person)
    value = lambda name: person(name, "2025")  # noqa: E731
    worker, forces = value("grp") == 5, value("grp") == 7
    director, deputy, no = value("director"), value("deputy"), value("no")
    men = ((director >= 72) | (deputy >= 120)) & (director < 120) & (deputy < 180)
    women = ((director >= 48) | (deputy >= 80)) & (director < 80) & (deputy < 120)
    full = (value("sex") == 0) | ((no & (1 << 26)) != 0)
    long = np.where(full, men, np.where(confirmed(person, 26), women, men & women))
    verdicts = [
        (found["titled"] >= 3) & (found["idea_bo"] | (forces & confirmed(person, 0))),
        found["cycled"] & (value("ministry_decided") >= 2025) & (found["idea_toan_quoc"] | (forces & confirmed(person, 1))),
        ((found["merit"] >= 2) & ((found["ideas"] >= 2) | (found["topics"] >= 2))) | confirmed(person, 2, 3, 4)
        | (worker & confirmed(person, 5)) | (confirmed(person, 6) & confirmed(person, 7)),
        ((value("last_0") > 0) & (found["served"] >= 5) & (found["base"] >= 3)) | confirmed(person, 8, 9, 10, 11)
        | (worker & confirmed(person, 12, 13, 14)),
        found["holds"] | confirmed(person, *range(15, 20)) | (worker & confirmed(person, *range(20, 24)))
        | (confirmed(person, 24) & confirmed(person, 25) & long),
    ]
    return sum((verdict & value("open")).astype(np.int32) << place for place, verdict in enumerate(verdicts))


YEARLY = {
    "one": {"base": bool, "idea": bool, "measure": bool},
    "five": {
        "base": bool, "ministry": bool, "good": bool, "excellent": bool, "idea_bo": bool, "idea_toan_quoc": bool,
        "ideas": int, "topics": int, "thu_tuong_merit": bool,
    },
}
ONCE = [
    "sex", "grp", "last_discipline", "last_0", "last_1", "last_2", "ministry_last", "ministry_decided", "yes", "no",
    "director", "deputy", "open",
]


def by_year(years, *columns):
    """The columns cut by year, each part with its year."""
    order = np.argsort(years, kind="stable")
    bounds = np.searchsorted(years[order], np.arange(1995, 2027))
    for place, year in enumerate(range(1995, 2026)):
        rows = order[bounds[place] : bounds[place + 1]]
        if len(rows):
            yield year, *[column[rows] for column in columns]


def yearly_inputs(t, rules, count):
    """Each yearly input as (name, year, values)."""

    def flags(name, table, where=None):
        person, years = t[table]["person"], t[table].get("year", t[table].get("last_year"))
        if where is not None:
            person, years = person[where], years[where]
        for year, people in by_year(years, person):
            values = np.zeros(count, bool)
            values[people] = True
            yield name, year, values

    if rules == "one":
        yield from flags("base", "titles")
        yield from flags("idea", "initiatives")
        discipline = t["disciplines"]
        for year in YEARS:
            touched = (discipline["from_year"] <= year) & (discipline["to_year"] >= year)
            values = np.zeros(count, bool)
            values[discipline["person"][touched]] = True
            yield "measure", year, values
        return
    grades, titles, ideas, awards = t["grades"]["grade"], t["titles"]["award"], t["initiatives"], t["awards"]
    yield from flags("good", "grades", grades >= 2)
    yield from flags("excellent", "grades", grades == 3)
    yield from flags("base", "titles", titles == 0)
    yield from flags("ministry", "titles", titles == 1)
    yield from flags("idea_bo", "initiatives", ideas["scope"] >= 1)
    yield from flags("idea_toan_quoc", "initiatives", ideas["scope"] >= 2)
    yield from flags("thu_tuong_merit", "awards", (awards["award"] == 1) & (awards["kind"] == 0))
    for name, sort in [("ideas", 0), ("topics", 1)]:
        where = (ideas["sort"] == sort) & (ideas["used"] == 0)
        for year, people in by_year(ideas["year"][where], ideas["person"][where]):
            yield name, year, np.bincount(people, minlength=count).astype(np.int32)


def latest(count, people, values):
    """The greatest value of each person, 0 without one; the records are sorted by person."""
    found = np.zeros(count, np.int32)
    if len(people):
        starts = np.flatnonzero(np.r_[True, people[1:] != people[:-1]])
        found[people[starts]] = np.maximum.reduceat(values, starts)
    return found


def inputs_once(t, count):
    """The inputs that have no years, as (name, values)."""
    awards, titles, said = t["awards"], t["titles"], t["attested"]
    pick = lambda table, where, column: (table["person"][where], table[column][where])  # noqa: E731
    decided = [latest(count, *pick(awards, awards["award"] == number, "decided")) for number in range(3)]
    for number in range(3):
        merit = (awards["award"] == number) & (awards["kind"] == 0)
        yield f"last_{number}", latest(count, *pick(awards, merit, "last_year"))
    yield "ministry_last", latest(count, *pick(titles, titles["award"] == 1, "year"))
    yield "ministry_decided", latest(count, *pick(titles, titles["award"] == 1, "decided_year"))
    discipline, holds, posts = t["disciplines"], t["holds"], t["posts"]
    yield "last_discipline", latest(count, discipline["person"], discipline["to_year"])
    is_open = latest(count, discipline["person"], discipline["to_day"]) < TODAY
    is_open[holds["person"][(holds["from_day"] <= TODAY) & (holds["to_day"] >= TODAY)]] = False
    yield "open", is_open
    director = posts["post"] == 0
    yield "director", np.bincount(posts["person"][director], posts["months"][director], count).astype(np.int32)
    yield "deputy", np.bincount(posts["person"], posts["months"], count).astype(np.int32)
    person, condition, on = said["person"], said["condition"], said["on_day"]
    since = np.select([condition <= 7, condition <= 14], [decided[0][person], decided[1][person]], decided[2][person])
    fresh = (on <= TODAY) & np.where(condition <= 1, on >= YEAR_BEFORE, on > since)
    for name, value in [("yes", 1), ("no", 0)]:
        where = fresh & (said["value"] == value)
        yield name, np.bincount(person[where], 2.0 ** condition[where], count).astype(np.int32)
    yield "sex", t["people"]["sex"].astype(np.int32)
    yield "grp", t["people"]["grp"].astype(np.int32)


def main():
    folder, rules, _ = arguments()
    raw = tables(folder, rules)
    count = len(raw["people"]["person"])
    system = TaxBenefitSystem([PERSON])
    for name, kind in YEARLY[rules].items():
        system.add_variable(variable(name, kind, DateUnit.YEAR))
    if rules == "one":
        system.add_variable(variable("verdict", bool, DateUnit.YEAR, one))
    else:
        for name in ONCE:
            system.add_variable(variable(name, bool if name == "open" else int, DateUnit.YEAR))
        system.add_variable(variable("verdict", int, DateUnit.YEAR, five))

    def ask():
        simulation = SimulationBuilder().build_default_simulation(system, count)
        for name, year, values in yearly_inputs(raw, rules, count):
            simulation.set_input(name, str(year), values)
        if rules == "five":
            for name, values in inputs_once(raw, count):
                simulation.set_input(name, "2025", values)
        return simulation.calculate("verdict", "2025")

    forget_peak()
    times, verdict = best(ask)
    peak = peak_mb()
    bits = range(len(FIVE)) if rules == "five" else [0]
    answers = [np.flatnonzero((verdict.astype(np.int32) >> bit) & 1) for bit in bits]
    tell("OpenFisca-core", rules, count, 1, times, answers, peak)


main()
