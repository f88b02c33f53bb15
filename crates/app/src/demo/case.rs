//! People written whole in `cases.toml`, each to show one kind of finding.

use std::collections::BTreeMap;

use rules::facts::{AttestedFact, Day, Discipline, Grade, Group, Hold, Kind, Leave, RecordKind, Scope, Year};
use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::award::awarded;
use super::draw::Draw;
use super::files::{self, Flaw, flaw};
use super::initiative::{add, rest_on, support, take};
use super::names::Namer;
use super::person::{Awarded, Disciplined, Graded, Held, LeaveTaken, Person, PostHeld, Revoked, Stay};
use super::plan::Plan;
use super::staffing::{blank, sex_of};
use super::title::{FIGHTER, MINISTRY_FIGHTER, decided, title};

const FILE: &str = "cases.toml";
const NATIONAL_FIGHTER: &str = "chien-si-thi-dua-toan-quoc";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    case: Vec<Case>,
}

/// One person, with the finding the record is to lead to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub code: String,
    pub name: Option<String>,
    pub unit: String,
    pub born: Day,
    pub recruited: Day,
    pub from: Day,
    pub until: Option<Day>,
    #[serde(default)]
    pub why: String,
    #[serde(default)]
    pub seconded: bool,
    pub group: Option<Group>,
    #[serde(default)]
    pub posts: Vec<PostLine>,
    /// Lines such as `"2016-2019 tot"`.
    #[serde(default)]
    pub grades: Vec<String>,
    #[serde(default)]
    pub untitled: Vec<Year>,
    #[serde(default)]
    pub fighters: Vec<Year>,
    #[serde(default)]
    pub ministry: Vec<Year>,
    #[serde(default)]
    pub national: Vec<NationalLine>,
    /// Lines such as `"2024-2025 co-so"`, or `"2024 co-so chien-si-thi-dua-co-so"` for one that has served already.
    #[serde(default)]
    pub initiatives: Vec<String>,
    #[serde(default)]
    pub awards: Vec<AwardLine>,
    #[serde(default)]
    pub disciplines: Vec<DisciplineLine>,
    #[serde(default)]
    pub holds: Vec<HoldLine>,
    #[serde(default)]
    pub leave: Vec<LeaveLine>,
    #[serde(default)]
    pub attested: Vec<AttestedFact>,
    #[serde(default)]
    pub complete: BTreeMap<RecordKind, Vec<(Year, Year)>>,
    pub finding: Finding,
}

/// What the explainer is expected to say of the person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub award: String,
    pub on: Day,
    /// Keeps to the standards of one kind.
    pub kind: Option<Kind>,
    pub verdict: String,
    pub because: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostLine {
    pub level: String,
    pub from: Day,
    pub until: Option<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NationalLine {
    pub year: Year,
    pub decided: Day,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardLine {
    pub award: String,
    pub decided: Day,
    pub kind: Kind,
    pub years: Option<(Year, Year)>,
    #[serde(default)]
    pub occasion: String,
    pub revoked: Option<Revoked>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisciplineLine {
    pub kind: Discipline,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldLine {
    pub kind: Hold,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveLine {
    pub kind: Leave,
    pub from: Day,
    pub until: Option<Day>,
}

/// The cases of the file.
pub fn cases() -> Result<Vec<Case>, Flaw> {
    Ok(files::table::<CaseFile>(FILE)?.case)
}

/// The people of the cases; those without a written name are given one.
pub fn people(plan: &Plan, cases: Vec<Case>, namer: &mut Namer<'_>) -> Result<Vec<Person>, Flaw> {
    cases.into_iter().map(|case| person(plan, case, namer)).collect()
}

fn person(plan: &Plan, case: Case, namer: &mut Namer<'_>) -> Result<Person, Flaw> {
    let sex = sex_of(&case.code);
    let mut person = blank(&case.code, sex, plan.office.seed);
    person.name = case
        .name
        .clone()
        .unwrap_or_else(|| namer.name(sex, &mut Draw::new(plan.office.seed, &format!("name/{}", case.code))));
    (person.born, person.recruited, person.group) = (case.born, case.recruited, case.group.unwrap_or(Group::CongChuc));
    person.written_until = Year::MAX;
    person.remark.clone_from(&case.finding.because);
    person.stays.push(Stay {
        unit: case.unit.clone(),
        from: case.from,
        until: case.until,
        why: case.why.clone(),
        seconded: case.seconded,
    });
    person.posts = case
        .posts
        .iter()
        .map(|post| PostHeld { level: post.level.clone(), from: post.from, until: post.until })
        .collect();
    if person.posts.is_empty() {
        person.posts.push(PostHeld { level: "chuyen-vien".to_owned(), from: case.from, until: case.until });
    }
    person.leaves =
        case.leave.iter().map(|leave| LeaveTaken { kind: leave.kind, from: leave.from, until: leave.until }).collect();
    person.disciplines = case
        .disciplines
        .iter()
        .map(|line| Disciplined { kind: line.kind, from: line.from, to: line.to, number: None })
        .collect();
    person.holds = case.holds.iter().map(|hold| Held { kind: hold.kind, from: hold.from, to: hold.to }).collect();
    person.attested.clone_from(&case.attested);
    person.complete.clone_from(&case.complete);
    person.untitled.clone_from(&case.untitled);
    honours(plan, &case, &mut person)?;
    Ok(person)
}

fn honours(plan: &Plan, case: &Case, person: &mut Person) -> Result<(), Flaw> {
    for line in &case.grades {
        let (years, grade) = spread(line)?;
        let grade: Grade = word(grade)?;
        person.grades.extend(years.map(|year| Graded {
            year,
            grade,
            decided: plan.office.day(&plan.office.round.grades, year, &case.unit),
        }));
    }
    for line in &case.initiatives {
        write_initiatives(plan, case, person, line)?;
    }
    for &year in &case.fighters {
        let day = decided(plan, &case.unit, year);
        // Until 2023 every fighter needs an initiative; later the top grade alone is enough.
        if year < 2024 || person.grade(year) != Some(Grade::XuatSac) {
            rest_on(plan, person, FIGHTER, year, Scope::CoSo, day, &case.unit);
        }
        person.titles.push(title(FIGHTER, year, day));
    }
    for &year in &case.ministry {
        let day = plan.office.day(&plan.office.round.ministry_fighters, year, &case.unit);
        rest_on(plan, person, MINISTRY_FIGHTER, year, Scope::Bo, day, &case.unit);
        person.titles.push(title(MINISTRY_FIGHTER, year, day));
    }
    for line in &case.national {
        rest_on(plan, person, NATIONAL_FIGHTER, line.year, Scope::ToanQuoc, line.decided, &case.unit);
        person.titles.push(title(NATIONAL_FIGHTER, line.year, line.decided));
    }
    for line in &case.awards {
        if let Some(years) = line.years {
            support(plan, person, &line.award, years, line.decided, &case.unit);
        }
        let award = awarded(&line.award, line.decided, line.years, line.kind, &line.occasion);
        person.awards.push(Awarded { revoked: line.revoked.clone(), ..award });
    }
    Ok(())
}

fn write_initiatives(plan: &Plan, case: &Case, person: &mut Person, line: &str) -> Result<(), Flaw> {
    let (years, rest) = spread(line)?;
    let (scope, served) = rest.split_once(' ').unwrap_or((rest, ""));
    let scope: Scope = word(scope)?;
    for year in years {
        add(plan, person, year, scope, &case.unit);
        if !served.is_empty() {
            take(person, &[person.initiatives.len() - 1], served);
        }
    }
    Ok(())
}

/// The years at the head of a line, and what follows them.
fn spread(line: &str) -> Result<(std::ops::RangeInclusive<Year>, &str), Flaw> {
    let wrong = || flaw(FILE, format!("“{line}” should begin with a year or two years, as in “2016-2019 tot”"));
    let (years, rest) = line.split_once(' ').ok_or_else(wrong)?;
    let (first, last) = years.split_once('-').unwrap_or((years, years));
    let first = first.parse().map_err(|_| wrong())?;
    let last = last.parse().map_err(|_| wrong())?;
    Ok((first..=last, rest))
}

fn word<T: for<'a> Deserialize<'a>>(word: &str) -> Result<T, Flaw> {
    let reader: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = word.into_deserializer();
    T::deserialize(reader).map_err(|error| flaw(FILE, error))
}
