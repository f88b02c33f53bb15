//! The yearly titles of people: "Lao động tiên tiến" and the emulation fighters.

use std::cmp::Reverse;

use rules::facts::{Day, Grade, Scope, Year};

use super::grading::{is_newcomer, on_roster};
use super::initiative::{take, unused};
use super::person::{Person, Titled};
use super::plan::Plan;
use super::unit::Unit;

pub const ADVANCED: &str = "lao-dong-tien-tien";
pub const FIGHTER: &str = "chien-si-thi-dua-co-so";
pub const MINISTRY_FIGHTER: &str = "chien-si-thi-dua-bo";

/// Gives the titles of a year of work.
pub fn confer(plan: &Plan, people: &mut [Person], year: Year) {
    for unit in plan.peopled(year) {
        advanced(plan, people, unit, year);
        fighters(plan, people, unit, year);
    }
    ministry_fighters(plan, people, year);
}

/// The day on which a unit's titles of a year were decided.
pub fn decided(plan: &Plan, unit: &str, year: Year) -> Day {
    plan.late(unit, year).unwrap_or_else(|| plan.office.day(&plan.office.round.titles, year, unit))
}

fn advanced(plan: &Plan, people: &mut [Person], unit: &Unit, year: Year) {
    let decided = decided(plan, &unit.code, year);
    for person in people.iter_mut().filter(|person| on_roster(plan, person, unit, year)) {
        let good = person.grade(year).is_some_and(|grade| grade >= Grade::Tot);
        if good
            && !person.untitled.contains(&year)
            && !person.barred(decided)
            && !is_newcomer(plan, person, year)
            && !person.disciplined_in(year)
        {
            person.titles.push(title(ADVANCED, year, decided));
        }
    }
}

fn fighters(plan: &Plan, people: &mut [Person], unit: &Unit, year: Year) {
    let decided = decided(plan, &unit.code, year);
    let count = |award: &str| {
        people.iter().filter(|person| on_roster(plan, person, unit, year) && person.holds_title(award, year)).count()
    };
    let room = (count(ADVANCED) * plan.practice.fighters(year) / 100).saturating_sub(count(FIGHTER));
    let mut able: Vec<(usize, usize)> = people
        .iter()
        .enumerate()
        .filter(|(_, person)| person.written_until < year && on_roster(plan, person, unit, year))
        .filter(|(_, person)| {
            person.grade(year) == Some(Grade::XuatSac) && person.holds_title(ADVANCED, year) && !person.barred(decided)
        })
        .filter_map(|(at, person)| {
            unused(person, (year, year), Scope::CoSo, decided).first().map(|&initiative| (at, initiative))
        })
        .collect();
    able.sort_by_key(|(at, _)| Reverse(people[*at].strength));
    for (at, initiative) in able.into_iter().take(room) {
        take(&mut people[at], &[initiative], FIGHTER);
        people[at].titles.push(title(FIGHTER, year, decided));
    }
}

fn ministry_fighters(plan: &Plan, people: &mut [Person], year: Year) {
    let rule = &plan.practice.ministry_fighter;
    let first = year - rule.consecutive + 1;
    let mut able: Vec<(usize, usize)> = people
        .iter()
        .enumerate()
        .filter(|(_, person)| {
            person.written_until < year
                && (first..=year)
                    .all(|back| person.holds_title(FIGHTER, back) && !person.holds_title(MINISTRY_FIGHTER, back))
        })
        .filter_map(|(at, person)| {
            let unit = plan.top(person.unit_on(plan.office.roster_day(year))?);
            let day = plan.office.day(&plan.office.round.ministry_fighters, year, unit);
            unused(person, (first, year), Scope::Bo, day).first().map(|&initiative| (at, initiative))
        })
        .collect();
    able.sort_by_key(|(at, _)| Reverse(people[*at].strength));
    for (at, initiative) in able.into_iter().take(rule.per_office) {
        let day = plan.office.day(&plan.office.round.ministry_fighters, year, "");
        take(&mut people[at], &[initiative], MINISTRY_FIGHTER);
        people[at].titles.push(title(MINISTRY_FIGHTER, year, day));
    }
}

/// A title of a year without a number yet.
pub fn title(award: &str, year: Year, decided: Day) -> Titled {
    Titled { award: award.to_owned(), year, decided, number: None }
}
