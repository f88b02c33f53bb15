//! A fictitious person with everything recorded of them.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use rules::facts::{
    AttestedFact, Day, Discipline, Grade, Group, Hold, Kind, Leave, RecordKind, Scope, Sex, Sort, Year,
};
use serde::Deserialize;

use super::practice::Retirement;

/// One fictitious person.
#[derive(Debug, Clone)]
pub struct Person {
    /// The number in the demonstration, such as `TC05`; even numbers are women.
    pub code: String,
    pub name: String,
    pub sex: Sex,
    pub born: Day,
    pub group: Group,
    pub recruited: Day,
    pub stays: Vec<Stay>,
    pub posts: Vec<PostHeld>,
    pub leaves: Vec<LeaveTaken>,
    pub disciplines: Vec<Disciplined>,
    pub holds: Vec<Held>,
    pub registrations: Vec<Year>,
    pub grades: Vec<Graded>,
    pub titles: Vec<Titled>,
    pub awards: Vec<Awarded>,
    pub initiatives: Vec<Initiative>,
    pub attested: Vec<AttestedFact>,
    /// Year ranges in which a kind of record is whole, where they differ from the years of the stays.
    pub complete: BTreeMap<RecordKind, Vec<(Year, Year)>>,
    /// Years for which the person was not given "Lao động tiên tiến" although the grade would allow it.
    pub untitled: Vec<Year>,
    pub remark: String,
    /// How often this person stands near the top of a ranking, from 0 to 999.
    pub strength: u32,
    /// The last year whose records are written line by line in the files; later ones are drawn.
    pub written_until: Year,
}

/// A time in one unit.
#[derive(Debug, Clone)]
pub struct Stay {
    pub unit: String,
    pub from: Day,
    /// The first day on which the person is no longer there.
    pub until: Option<Day>,
    pub why: String,
    /// Whether another body lent the person.
    pub seconded: bool,
}

/// A post held, by the level that labels it.
#[derive(Debug, Clone)]
pub struct PostHeld {
    pub level: String,
    pub from: Day,
    /// The first day on which it is no longer held.
    pub until: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct LeaveTaken {
    pub kind: Leave,
    pub from: Day,
    /// The first day back at work.
    pub until: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct Disciplined {
    pub kind: Discipline,
    pub from: Day,
    /// The last day of its effect.
    pub to: Option<Day>,
    pub number: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Held {
    pub kind: Hold,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct Graded {
    pub year: Year,
    pub grade: Grade,
    pub decided: Day,
}

#[derive(Debug, Clone)]
pub struct Titled {
    pub award: String,
    pub year: Year,
    pub decided: Day,
    pub number: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Awarded {
    pub award: String,
    pub decided: Day,
    pub period: Option<(Year, Year)>,
    pub kind: Kind,
    pub occasion: String,
    pub number: Option<String>,
    pub revoked: Option<Revoked>,
}

/// That an award was taken back.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoked {
    pub day: Day,
    pub document: String,
    pub reason: String,
}

#[derive(Debug, Clone)]
pub struct Initiative {
    pub id: String,
    pub name: String,
    pub year: Year,
    pub sort: Sort,
    pub scope: Scope,
    pub decided: Day,
    pub number: Option<String>,
    pub used_for: Vec<String>,
}

impl Person {
    /// The code of the unit in which the person is on a day.
    pub fn unit_on(&self, day: Day) -> Option<&str> {
        self.stays.iter().find(|stay| covers(stay.from, stay.until, day)).map(|stay| stay.unit.as_str())
    }

    /// The level of the highest post held on a day, in the order of the labels in `office.toml`.
    pub fn level_on(&self, day: Day) -> Option<&str> {
        let held =
            |level: &str| self.posts.iter().any(|post| post.level == level && covers(post.from, post.until, day));
        ["dung-dau", "lanh-dao-vu", "lanh-dao-phong", "chuyen-vien", "nhan-vien"].into_iter().find(|level| held(level))
    }

    /// The grade of a year, if one is recorded.
    pub fn grade(&self, year: Year) -> Option<Grade> {
        self.grades.iter().find(|graded| graded.year == year).map(|graded| graded.grade)
    }

    /// Whether a title of a year is recorded.
    pub fn holds_title(&self, award: &str, year: Year) -> bool {
        self.titles.iter().any(|title| title.award == award && title.year == year)
    }

    /// Whole years of age on a day.
    pub fn age(&self, day: Day) -> u32 {
        day.years_since(self.born).unwrap_or(0)
    }

    /// Whether a measure or an open inquiry stands against honours on a day.
    pub fn barred(&self, day: Day) -> bool {
        let open = |from: Day, to: Option<Day>| from <= day && to.is_none_or(|to| day <= to);
        self.disciplines.iter().any(|measure| open(measure.from, measure.to))
            || self.holds.iter().any(|hold| open(hold.from, hold.to))
    }

    /// Whether a disciplinary measure began in or reached into a year.
    pub fn disciplined_in(&self, year: Year) -> bool {
        self.disciplines
            .iter()
            .any(|measure| measure.from.year() <= year && measure.to.is_none_or(|to| year <= to.year()))
    }

    /// The first day of the month after the person reaches the pensionable age.
    pub fn retires(&self, rule: &Retirement) -> Day {
        let base = if self.sex == Sex::Nu { rule.women } else { rule.men };
        let growth = if self.sex == Sex::Nu { rule.women_growth } else { rule.men_growth };
        let reached = self.born + Months::new(base);
        let grown = u32::try_from(reached.year() - rule.grows_from + 1).unwrap_or(0) * growth;
        let day = reached + Months::new(grown);
        NaiveDate::from_ymd_opt(day.year(), day.month(), 1).expect("every month has a first day") + Months::new(1)
    }

    /// Ends the open stay and post and remembers why.
    pub fn leave(&mut self, day: Day, why: &str) {
        for stay in self.stays.iter_mut().filter(|stay| stay.until.is_none()) {
            stay.until = Some(day);
            why.clone_into(&mut stay.why);
        }
        for post in self.posts.iter_mut().filter(|post| post.until.is_none()) {
            post.until = Some(day);
        }
    }

    /// Moves the person to another unit on a day; what was to end the stay there ends the new one.
    pub fn moves(&mut self, unit: &str, day: Day) {
        let Some(stay) = self.stays.iter_mut().find(|stay| covers(stay.from, stay.until, day)) else { return };
        let next = Stay { unit: unit.to_owned(), from: day, ..stay.clone() };
        stay.until = Some(day);
        "chuyen-don-vi".clone_into(&mut stay.why);
        self.stays.push(next);
    }

    /// Gives the person another post from a day on, in place of the open one.
    pub fn takes(&mut self, level: &str, day: Day) {
        // A post that would end on its first day was never held.
        self.posts.retain(|post| post.from < day);
        for post in self.posts.iter_mut().filter(|post| post.until.is_none()) {
            post.until = Some(day);
        }
        self.posts.push(PostHeld { level: level.to_owned(), from: day, until: None });
    }
}

/// Whether a time from a day up to, not including, another covers a day.
pub fn covers(from: Day, until: Option<Day>, day: Day) -> bool {
    from <= day && until.is_none_or(|until| day < until)
}
