//! The people of the article's department up to 2020, line by line as the files under `tccb/` say.

use std::collections::BTreeSet;

use chrono::Datelike;
use rules::facts::{Day, Grade, Group, Kind, Leave, Scope, Year};
use serde::Deserialize;

use super::award::awarded;
use super::draw::Draw;
use super::files::{self, Flaw};
use super::grading::on_roster;
use super::initiative::{rest_on, support};
use super::names::Namer;
use super::person::{Graded, LeaveTaken, Person, PostHeld, Stay};
use super::plan::Plan;
use super::staffing::{blank, sex_of};
use super::title::{MINISTRY_FIGHTER, decided, title};

/// The last year of work whose grades and titles the files write for this department.
pub const WRITTEN_UNTIL: Year = 2019;

const UNIT: &str = "TCCB";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonLine {
    code: String,
    level: String,
    section: String,
    group: Group,
    born: Day,
    recruited: Day,
    from: Day,
    until: Option<Day>,
    why: String,
    note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AwardLine {
    code: String,
    award: String,
    decided: Day,
    kind: Kind,
    first_year: Option<Year>,
    last_year: Option<Year>,
    occasion: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleLine {
    year: Year,
    code: String,
    award: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExcellentLine {
    year: Year,
    code: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceLine {
    code: String,
    level: String,
    from: Day,
    until: Option<Day>,
    #[expect(dead_code, reason = "a remark for whoever edits the file")]
    note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeaveLine {
    code: String,
    kind: Leave,
    from: Day,
    until: Option<Day>,
}

/// Everyone of the department with the records of the written years.
pub fn people(plan: &Plan, namer: &mut Namer<'_>) -> Result<Vec<Person>, Flaw> {
    let mut people = roster(plan, namer)?;
    posts(&mut people)?;
    leaves(&mut people)?;
    let lines: Vec<AwardLine> = files::lines("tccb/awards.csv")?;
    let titles: Vec<TitleLine> = files::lines("tccb/titles.csv")?;
    let excellent = excellent_years(&lines)?;
    for person in &mut people {
        grades(plan, person, &excellent);
        let code = person.code.clone();
        titles.iter().filter(|line| line.code == code).for_each(|line| write_title(plan, person, line));
        lines.iter().filter(|line| line.code == code).for_each(|line| write_award(plan, person, line));
    }
    Ok(people)
}

fn roster(plan: &Plan, namer: &mut Namer<'_>) -> Result<Vec<Person>, Flaw> {
    let lines: Vec<PersonLine> = files::lines("tccb/people.csv")?;
    Ok(lines
        .into_iter()
        .map(|line| {
            let sex = sex_of(&line.code);
            let mut person = blank(&line.code, sex, plan.office.seed);
            person.name = namer.name(sex, &mut Draw::new(plan.office.seed, &format!("name/{}", line.code)));
            (person.born, person.recruited, person.group) = (line.born, line.recruited, line.group);
            person.remark = line.note;
            // Whoever moves to another unit of the office is graded there in the year of the move.
            let next = line.why.strip_prefix("sang:");
            person.written_until = line.until.filter(|_| next.is_some()).map_or(WRITTEN_UNTIL, |day| day.year() - 1);
            person.posts.push(PostHeld {
                level: line.level,
                from: line.from,
                until: line.until.filter(|_| next.is_none()),
            });
            let why = if next.is_some() { "chuyen-don-vi" } else { &line.why };
            person.stays.push(Stay {
                unit: line.section,
                from: line.from,
                until: line.until,
                why: why.to_owned(),
                seconded: false,
            });
            if let (Some(unit), Some(from)) = (next, line.until) {
                person.stays.push(Stay {
                    unit: unit.to_owned(),
                    from,
                    until: None,
                    why: String::new(),
                    seconded: false,
                });
            }
            person
        })
        .collect())
}

fn posts(people: &mut [Person]) -> Result<(), Flaw> {
    let lines: Vec<ServiceLine> = files::lines("tccb/service.csv")?;
    let codes: BTreeSet<&str> = lines.iter().map(|line| line.code.as_str()).collect();
    for person in people.iter_mut().filter(|person| codes.contains(person.code.as_str())) {
        let own = lines.iter().filter(|line| line.code == person.code);
        person.posts =
            own.map(|line| PostHeld { level: line.level.clone(), from: line.from, until: line.until }).collect();
    }
    Ok(())
}

fn leaves(people: &mut [Person]) -> Result<(), Flaw> {
    for line in files::lines::<LeaveLine>("tccb/leave.csv")? {
        let person = people.iter_mut().find(|person| person.code == line.code);
        let person =
            person.ok_or_else(|| files::flaw("tccb/leave.csv", format!("{} is not in people.csv", line.code)))?;
        person.leaves.push(LeaveTaken { kind: line.kind, from: line.from, until: line.until });
    }
    Ok(())
}

/// Who was graded "xuất sắc" in which year: whoever an award by merit needs it of, and the lines of the file.
fn excellent_years(awards: &[AwardLine]) -> Result<BTreeSet<(Year, String)>, Flaw> {
    let mut years: BTreeSet<(Year, String)> = BTreeSet::new();
    for line in awards.iter().filter(|line| line.kind == Kind::CongTrang) {
        let (Some(first), Some(last)) = (line.first_year, line.last_year) else {
            return Err(files::flaw(
                "tccb/awards.csv",
                format!("{} {}: an award by merit names its years", line.code, line.award),
            ));
        };
        years.extend((first..=last).map(|year| (year, line.code.clone())));
    }
    years.extend(files::lines::<ExcellentLine>("tccb/excellent.csv")?.into_iter().map(|line| (line.year, line.code)));
    Ok(years)
}

fn grades(plan: &Plan, person: &mut Person, excellent: &BTreeSet<(Year, String)>) {
    let Some(unit) = plan.unit(UNIT) else { return };
    for year in plan.office.first_year..=person.written_until {
        if !on_roster(plan, person, unit, year) || person.recruited.year() == year && person.recruited.month() > 6 {
            continue;
        }
        let grade = if excellent.contains(&(year, person.code.clone())) { Grade::XuatSac } else { Grade::Tot };
        person.grades.push(Graded { year, grade, decided: plan.office.day(&plan.office.round.grades, year, UNIT) });
    }
}

fn write_title(plan: &Plan, person: &mut Person, line: &TitleLine) {
    let (scope, day) = match line.award.as_str() {
        MINISTRY_FIGHTER => (Scope::Bo, plan.office.day(&plan.office.round.ministry_fighters, line.year, UNIT)),
        _ => (Scope::CoSo, decided(plan, UNIT, line.year)),
    };
    rest_on(plan, person, &line.award, line.year, scope, day, UNIT);
    person.titles.push(title(&line.award, line.year, day));
}

fn write_award(plan: &Plan, person: &mut Person, line: &AwardLine) {
    let period = line.first_year.zip(line.last_year);
    if let Some(years) = period {
        support(plan, person, &line.award, years, line.decided, UNIT);
    }
    person.awards.push(awarded(&line.award, line.decided, period, line.kind, &line.occasion));
}
