//! The office of the demonstration: its names, its yearly round of days, who decides what, and the labels of posts.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rules::facts::{Day, Year};
use serde::Deserialize;

/// What `office.toml` holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub code: String,
    pub name: Bilingual,
    pub notice: Bilingual,
    pub remark: Bilingual,
    pub seed: u64,
    pub first_year: Year,
    /// No time in a unit is recorded before this day, and no unit name.
    pub records_from: Day,
    pub last_year: Year,
    pub empty: Vec<Empty>,
    pub round: Round,
    pub issuer: Vec<Issuer>,
    pub post: Vec<PostLabel>,
    pub award: Vec<AwardName>,
}

/// One text in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub vi: String,
    pub en: String,
}

/// Days, both included, in which nothing is dated in a unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Empty {
    pub unit: String,
    pub from: Day,
    pub until: Day,
}

/// The days of the yearly round.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    pub roster: String,
    pub registration: String,
    pub grades: Moment,
    pub initiatives: Moment,
    pub titles: Moment,
    pub ministry_initiatives: Moment,
    pub ministry_fighters: Moment,
    pub collective_titles: Moment,
    pub ministry_flags: Moment,
    pub government_flags: Moment,
    pub ministry_certificates: Moment,
    pub collective_certificates: Moment,
    pub premier_certificates: Moment,
    pub orders: Moment,
    pub movement_certificates: Moment,
}

/// A month and day, so many years after the year of work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    pub day: String,
    pub after: Year,
}

/// An authority with the symbol of its invented decisions and the awards it decides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    pub id: String,
    pub title: String,
    pub symbol: String,
    pub awards: Vec<String>,
}

/// The label of a fictitious post and the post it equals in law.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostLabel {
    pub level: String,
    pub title: String,
    pub equals: String,
}

/// What an award is called in the invented decisions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardName {
    pub id: String,
    pub printed: String,
}

impl Office {
    /// The day of a moment for a year of work in a unit: a weekday, and after the unit's empty days.
    pub fn day(&self, moment: &Moment, year: Year, unit: &str) -> Day {
        self.clear(weekday(date(year + moment.after, &moment.day)), unit)
    }

    /// The day on which rosters are taken in a year.
    pub fn roster_day(&self, year: Year) -> Day {
        date(year, &self.round.roster)
    }

    /// A day moved behind the empty days of a unit and of the unit it belongs to.
    pub fn clear(&self, day: Day, unit: &str) -> Day {
        let inside = |empty: &&Empty| {
            let within = unit == empty.unit || unit.strip_prefix(&empty.unit).is_some_and(|rest| rest.starts_with('.'));
            within && (empty.from..=empty.until).contains(&day)
        };
        // A week later, when the offices are open again after the new year.
        self.empty.iter().find(inside).map_or(day, |empty| weekday(empty.until + Days::new(8)))
    }

    /// Whoever decides an award.
    pub fn issuer(&self, award: &str) -> Option<&Issuer> {
        self.issuer.iter().find(|issuer| issuer.awards.iter().any(|id| id == award))
    }

    /// What an award is called; its id where the files give no name.
    pub fn printed<'a>(&'a self, award: &'a str) -> &'a str {
        self.award.iter().find(|name| name.id == award).map_or(award, |name| name.printed.as_str())
    }

    /// The label of a level of posts.
    pub fn post(&self, level: &str) -> Option<&PostLabel> {
        self.post.iter().find(|post| post.level == level)
    }
}

/// The day itself, or the Monday after a Saturday or Sunday.
pub fn weekday(day: Day) -> Day {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}

/// The day of a month-day of the files in a year.
pub fn date(year: Year, month_day: &str) -> Day {
    NaiveDate::parse_from_str(&format!("{year}-{month_day}"), "%Y-%m-%d")
        .expect("the month-days of office.toml exist in every year")
}
