//! Tests of the drawn demonstration: every sum is counted from the records, never read from a total in a file.

mod department;
mod findings;
mod known;
mod names;
mod office;
mod plausible;
mod report;
mod sample;
mod stored;

use std::sync::LazyLock;

use rules::facts::{Day, Year};

use super::person::{Awarded, Person};
use super::{Population, collective::Collective, population};

/// The whole demonstration, drawn once for all tests.
static DEMONSTRATION: LazyLock<Population> =
    LazyLock::new(|| population().expect("the files of the demonstration read"));

fn day(text: &str) -> Day {
    text.parse().expect("a day of a test")
}

fn person(code: &str) -> &'static Person {
    DEMONSTRATION.people.iter().find(|person| person.code == code).expect("a person of the demonstration")
}

fn collective(code: &str) -> &'static Collective {
    DEMONSTRATION
        .collectives
        .iter()
        .find(|collective| collective.unit == code)
        .expect("a collective of the demonstration")
}

/// The top unit in which a person was on a day, or last before it.
fn unit_at(person: &Person, on: Day) -> &str {
    let stay =
        person.stays.iter().rfind(|stay| stay.from <= on).expect("nobody is honoured before a first day at work");
    DEMONSTRATION.plan.top(&stay.unit)
}

/// The awards to people of a unit decided in these days, with who received them.
fn awards_of(unit: &str, from: &str, until: &str) -> Vec<(&'static Person, &'static Awarded)> {
    let (from, until) = (day(from), day(until));
    let all = DEMONSTRATION.people.iter().flat_map(|person| person.awards.iter().map(move |award| (person, award)));
    all.filter(|(person, award)| (from..=until).contains(&award.decided) && unit_at(person, award.decided) == unit)
        .collect()
}

fn staff_of(unit: &str, year: Year) -> Vec<&'static Person> {
    let roster_day = DEMONSTRATION.plan.office.roster_day(year);
    let here = |person: &&Person| person.unit_on(roster_day).is_some_and(|code| DEMONSTRATION.plan.top(code) == unit);
    DEMONSTRATION.people.iter().filter(here).collect()
}
