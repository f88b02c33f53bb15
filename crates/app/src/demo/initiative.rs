//! Initiatives: drawn for the strong and the diligent, and taken once each when an award rests on them.

use chrono::Datelike;
use rules::facts::{Day, Grade, Scope, Sort, Year};

use serde::Deserialize;

use super::draw::Draw;
use super::grading::on_roster;
use super::person::{Initiative, Person};
use super::plan::Plan;

/// The parts of invented names, from `initiatives.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub actions: Vec<String>,
    pub subjects: Vec<String>,
    pub ending: String,
}

/// Draws a year's initiatives for everyone whose records of the year are not written in the files.
pub fn recognise(plan: &Plan, people: &mut [Person], year: Year) {
    for unit in plan.peopled(year) {
        let drawn =
            people.iter_mut().filter(|person| person.written_until < year && on_roster(plan, person, unit, year));
        for person in drawn {
            let mut draw = Draw::new(plan.office.seed, &format!("initiative/{}/{year}", person.code));
            let count = match person.grade(year) {
                Some(Grade::XuatSac) => 2 + draw.below(2),
                Some(Grade::Tot) if draw.percent(30) => 1,
                _ => 0,
            };
            // A subject of research is only recorded; no drawn award rests on it.
            if count > 1 && draw.percent(15) {
                add(plan, person, year, Scope::CoSo, &unit.code);
                person.initiatives.iter_mut().next_back().expect("one was just added").sort = Sort::DeTai;
            }
            for _ in 0..count {
                let wide = person.strength >= 750 && draw.percent(25);
                add(plan, person, year, if wide { Scope::Bo } else { Scope::CoSo }, &unit.code);
            }
        }
    }
}

/// Adds one recognised initiative of a year and scope to a person's record.
pub fn add(plan: &Plan, person: &mut Person, year: Year, scope: Scope, unit: &str) {
    let moment =
        if scope == Scope::CoSo { &plan.office.round.initiatives } else { &plan.office.round.ministry_initiatives };
    let place = 1 + person.initiatives.iter().filter(|initiative| initiative.year == year).count();
    let id = format!("{}-{year}-{place}", person.code);
    let mut draw = Draw::new(plan.office.seed, &format!("wording/{id}"));
    let words = &plan.wording;
    person.initiatives.push(Initiative {
        id,
        name: format!("{} {} {}", draw.one_of(&words.actions), draw.one_of(&words.subjects), words.ending),
        year,
        sort: Sort::SangKien,
        scope,
        decided: plan.office.day(moment, year, unit),
        number: None,
        used_for: Vec::new(),
    });
}

/// The places of a person's unused initiatives of these years and at least this scope, recognised by a day; the narrowest first.
pub fn unused(person: &Person, years: (Year, Year), scope: Scope, day: Day) -> Vec<usize> {
    let fits = |initiative: &Initiative| {
        initiative.used_for.is_empty()
            && initiative.sort == Sort::SangKien
            && (years.0..=years.1).contains(&initiative.year)
            && initiative.scope >= scope
            && initiative.decided <= day
    };
    let mut places: Vec<usize> = (0..person.initiatives.len()).filter(|&at| fits(&person.initiatives[at])).collect();
    places.sort_by_key(|&at| (person.initiatives[at].scope, person.initiatives[at].year));
    places
}

/// Records the initiatives that an award by merit needs by the practice of its day, spread over its years, as having served it.
pub fn support(plan: &Plan, person: &mut Person, award: &str, years: (Year, Year), day: Day, unit: &str) {
    let Some(chain) = plan.practice.chain_of(award, day.year()) else { return };
    let scope = chain.scope.unwrap_or(Scope::CoSo);
    let count = Year::try_from(chain.initiatives).expect("a handful of initiatives");
    for nth in 0..count {
        let year = years.0 + nth * (years.1 - years.0 + 1) / count;
        if year >= plan.office.first_year {
            rest_on(plan, person, award, year, scope, day, unit);
        }
    }
}

/// Lets an award rest on an unused initiative of a year, recording one where there is none.
pub fn rest_on(plan: &Plan, person: &mut Person, award: &str, year: Year, scope: Scope, day: Day, unit: &str) {
    if unused(person, (year, year), scope, day).is_empty() {
        add(plan, person, year, scope, unit);
    }
    let places = unused(person, (year, year), scope, day);
    take(person, &places[..places.len().min(1)], award);
}

/// Marks initiatives as having served an award.
pub fn take(person: &mut Person, places: &[usize], award: &str) {
    for &at in places {
        person.initiatives[at].used_for.push(award.to_owned());
    }
}
