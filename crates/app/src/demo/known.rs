//! What is known on a day: nothing decided or begun later, no end that has not come, and the years whose records are whole.

use std::collections::BTreeMap;

use chrono::Datelike;
use rules::facts::{Day, RecordKind, Year};

use super::Population;
use super::collective::Collective;
use super::draw::Draw;
use super::person::Person;
use super::plan::Plan;

/// Kinds of record of which a year is whole only when its review is over.
const YEARLY: [RecordKind; 5] =
    [RecordKind::Grades, RecordKind::Titles, RecordKind::Initiatives, RecordKind::Registrations, RecordKind::Members];
/// Kinds of record that a personal file holds for the whole service.
const LIFELONG: [RecordKind; 5] =
    [RecordKind::Awards, RecordKind::Disciplines, RecordKind::Holds, RecordKind::Posts, RecordKind::Leave];

/// The population as known on a day.
pub fn on(mut population: Population, today: Day) -> Population {
    population.decisions.retain(|decision| decision.day <= today);
    population.people.retain(|person| person.stays.first().is_some_and(|stay| stay.from <= today));
    for person in &mut population.people {
        forget(person, today);
        person.complete = complete(&population.plan, person, today);
    }
    for collective in &mut population.collectives {
        let decided: Vec<Year> =
            collective.grades.iter().filter(|graded| graded.decided <= today).map(|graded| graded.year).collect();
        collective.members.retain(|members| decided.contains(&members.year));
        collective.grades.retain(|graded| graded.decided <= today);
        collective.titles.retain(|title| title.decided <= today);
        collective.awards.retain(|award| award.decided <= today);
        collective.registrations.retain(|year| *year <= today.year());
        collective.attested.retain(|attested| attested.on <= today);
    }
    population
}

/// The years in which the records of a collective are whole, by kind.
pub fn complete_of_collective(
    plan: &Plan,
    collective: &Collective,
    today: Day,
) -> BTreeMap<RecordKind, Vec<(Year, Year)>> {
    let Some(unit) = plan.unit(&collective.unit) else { return BTreeMap::new() };
    let first = first_year(plan, &unit.code, unit.from.map_or(plan.office.first_year, |day| day.year()));
    let closed = unit.until.map_or(Year::MAX, |day| day.year());
    let yearly = YEARLY.into_iter().map(|kind| (kind, closed_year(plan, today)));
    let lifelong = LIFELONG.into_iter().map(|kind| (kind, today.year()));
    yearly
        .chain(lifelong)
        .filter(|(_, last)| first <= *last.min(&closed))
        .map(|(kind, last)| (kind, vec![(first, last.min(closed))]))
        .collect()
}

fn forget(person: &mut Person, today: Day) {
    let not_come = |until: Option<Day>| until.filter(|until| *until <= today);
    person.stays.retain(|stay| stay.from <= today);
    for stay in person.stays.iter_mut().filter(|stay| not_come(stay.until).is_none()) {
        stay.until = None;
        stay.why.clear();
    }
    person.posts.retain(|post| post.from <= today);
    person.posts.iter_mut().for_each(|post| post.until = not_come(post.until));
    person.leaves.retain(|leave| leave.from <= today);
    person.leaves.iter_mut().for_each(|leave| leave.until = not_come(leave.until));
    // The end of a measure is set when it is taken; the end of an inquiry is not known before it comes.
    person.disciplines.retain(|measure| measure.from <= today);
    person.holds.retain(|hold| hold.from <= today);
    person.holds.iter_mut().for_each(|hold| hold.to = hold.to.filter(|to| *to <= today));
    person.registrations.retain(|year| *year <= today.year());
    person.grades.retain(|graded| graded.decided <= today);
    person.titles.retain(|title| title.decided <= today);
    person.awards.retain(|award| award.decided <= today);
    person.awards.iter_mut().for_each(|award| award.revoked = award.revoked.take().filter(|end| end.day <= today));
    person.initiatives.retain(|initiative| initiative.decided <= today);
    let given: Vec<String> = person
        .titles
        .iter()
        .map(|title| title.award.clone())
        .chain(person.awards.iter().map(|award| award.award.clone()))
        .collect();
    for initiative in &mut person.initiatives {
        initiative.used_for.retain(|award| given.contains(award));
    }
    person.attested.retain(|attested| attested.on <= today);
}

fn complete(plan: &Plan, person: &Person, today: Day) -> BTreeMap<RecordKind, Vec<(Year, Year)>> {
    let Some(first_stay) = person.stays.first() else { return BTreeMap::new() };
    let last_year = person.stays.last().and_then(|stay| stay.until).map_or(Year::MAX, |day| day.year());
    let drawn_transfer = person.written_until < plan.office.first_year
        && person.recruited.year() < first_stay.from.year()
        && first_stay.from.year() > plan.office.first_year;
    let mut draw = Draw::new(plan.office.seed, &format!("handed-over/{}", person.code));
    let lost = drawn_transfer && draw.percent(plan.practice.transferred.percent_without_records);
    let lifelong =
        first_year(plan, &first_stay.unit, if lost { first_stay.from.year() } else { person.recruited.year() });
    let yearly = lifelong.max(first_stay.from.year()).max(plan.office.first_year);
    let ranges = YEARLY
        .into_iter()
        .filter(|kind| *kind != RecordKind::Members)
        .map(|kind| (kind, yearly, closed_year(plan, today)));
    let ranges = ranges.chain(LIFELONG.into_iter().map(|kind| (kind, lifelong, today.year())));
    let mut complete: BTreeMap<RecordKind, Vec<(Year, Year)>> = ranges
        .filter(|(_, first, last)| first <= last.min(&last_year))
        .map(|(kind, first, last)| (kind, vec![(first, last.min(last_year))]))
        .collect();
    for (kind, written) in &person.complete {
        let until_now = written.iter().filter(|(first, _)| *first <= today.year());
        complete.insert(*kind, until_now.map(|(first, last)| (*first, (*last).min(today.year()))).collect());
    }
    complete
}

/// The first year entered for a unit, at least the wanted one.
fn first_year(plan: &Plan, unit: &str, wanted: Year) -> Year {
    let entered = plan.paper.iter().find(|row| row.unit == plan.top(unit)).map(|row| row.before);
    entered.map_or(wanted, |entered| wanted.max(entered))
}

/// The last year whose titles, all of them, were decided by a day.
fn closed_year(plan: &Plan, today: Day) -> Year {
    let reviewed = plan.office.day(&plan.office.round.ministry_fighters, today.year() - 1, "");
    if reviewed <= today { today.year() - 1 } else { today.year() - 2 }
}
