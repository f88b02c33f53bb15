//! All that the files say before anything is drawn: office, practice, units, names and the exceptions of single units.

use rules::facts::{Day, Year};
use serde::Deserialize;

use super::files::{self, Flaw};
use super::initiative::Wording;
use super::names::NameLists;
use super::office::Office;
use super::practice::Practice;
use super::unit::{Cluster, Unit};

/// The files as one whole.
#[derive(Debug, Clone)]
pub struct Plan {
    pub office: Office,
    pub practice: Practice,
    pub units: Vec<Unit>,
    pub clusters: Vec<Cluster>,
    pub names: NameLists,
    pub wording: Wording,
    pub shares: Vec<Share>,
    pub late: Vec<Late>,
    pub paper: Vec<Paper>,
    pub reviewed: Vec<Reviewed>,
}

/// In one year a unit has exactly so many people with "Lao động tiên tiến" among those considered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub unit: String,
    pub year: Year,
    pub considered: usize,
    pub advanced: usize,
}

/// In one year a unit's dossier came late, so that its titles were decided on another day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    pub unit: String,
    pub year: Year,
    pub decided: Day,
    pub note: String,
}

/// A unit whose records before a year lie on paper only.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub unit: String,
    pub before: Year,
    pub note: String,
}

/// A unit whose people are reviewed by another unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviewed {
    pub unit: String,
    pub reviewed_by: String,
    pub from: Day,
    pub until: Option<Day>,
    pub note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitFile {
    unit: Vec<Unit>,
}

impl Plan {
    /// Reads the files.
    pub fn read() -> Result<Self, Flaw> {
        Ok(Self {
            office: files::table("office.toml")?,
            practice: files::table("practice.toml")?,
            units: files::table::<UnitFile>("units.toml")?.unit,
            clusters: files::lines("clusters.csv")?,
            names: files::table("names.toml")?,
            wording: files::table("initiatives.toml")?,
            shares: files::lines("shares.csv")?,
            late: files::lines("late.csv")?,
            paper: files::lines("paper.csv")?,
            reviewed: files::lines("reviewed_by.csv")?,
        })
    }

    /// The unit of a code.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The code of the unit that a section belongs to, or the code itself.
    pub fn top<'a>(&'a self, code: &'a str) -> &'a str {
        self.unit(code).map_or(code, Unit::top)
    }

    /// The units, not sections, that have people in a year whose records are not on paper only.
    pub fn peopled(&self, year: Year) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |unit| {
            let standing = unit.stands(self.office.roster_day(year));
            standing && self.has_people(unit) && !self.on_paper(&unit.code, year)
        })
    }

    /// Whether the demonstration has people in a unit at all.
    pub fn has_people(&self, unit: &Unit) -> bool {
        !unit.staff.is_empty()
    }

    /// Whether a unit's records of a year were never entered.
    pub fn on_paper(&self, unit: &str, year: Year) -> bool {
        self.paper.iter().any(|row| row.unit == self.top(unit) && year < row.before)
    }

    /// The day on which a unit's titles of a year were decided because its dossier came late.
    pub fn late(&self, unit: &str, year: Year) -> Option<Day> {
        self.late.iter().find(|row| row.unit == unit && row.year == year).map(|row| row.decided)
    }

    /// Why a person recruited in a year is not considered for it; none after the last year drawn, whose review is not over.
    pub fn newcomer_reason(&self, year: Year) -> Option<String> {
        let reviewed = (self.office.first_year..=self.office.last_year).contains(&year);
        reviewed.then(|| format!("Mới tuyển dụng, chưa đủ {} tháng", self.practice.newcomer(year)))
    }

    /// The exact share written for a unit and a year.
    pub fn share(&self, unit: &str, year: Year) -> Option<&Share> {
        self.shares.iter().find(|row| row.unit == unit && row.year == year)
    }
}
