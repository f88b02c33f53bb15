//! How the invented office grades, titles and commends by year, as `practice.toml` says.

use rules::facts::{Grade, Scope, Year};
use serde::Deserialize;

/// What `practice.toml` holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    pub government_flag_percent: usize,
    pub excellent_unit_percent: u32,
    pub grading: Vec<Grading>,
    pub fighters: Vec<Fighters>,
    pub newcomer: Vec<Newcomer>,
    pub registration: Registration,
    pub chain: Vec<Chain>,
    pub ministry_fighter: MinistryFighter,
    pub movement: Vec<Movement>,
    pub collective: Vec<Shares>,
    pub collective_chain: Vec<CollectiveChain>,
    pub service: Vec<Service>,
    pub retirement: Retirement,
    pub maternity: Maternity,
    pub transferred: Transferred,
}

/// Percentages of the people graded in a unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grading {
    pub from: Year,
    pub until: Year,
    pub excellent: usize,
    pub plain: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fighters {
    pub from: Year,
    pub until: Year,
    /// Of the people of the unit with "Lao động tiên tiến", rounded down.
    pub percent: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Newcomer {
    pub from: Year,
    pub until: Year,
    /// Months of service without which a new recruit is not considered.
    pub months: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    pub until: Year,
}

/// What the invented office asks before it gives a person an award.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    pub award: String,
    pub from: Year,
    pub until: Year,
    /// The award that must come before, by merit, `gap` years or more ago.
    pub after: Option<String>,
    #[serde(default)]
    pub gap: Year,
    pub run: Year,
    pub grade: Grade,
    #[serde(default)]
    pub initiatives: usize,
    pub scope: Option<Scope>,
    #[serde(default)]
    pub fighter_years: usize,
    #[serde(default)]
    pub excellent_years: usize,
    pub per_unit: Option<usize>,
    pub per_office: Option<usize>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinistryFighter {
    pub consecutive: Year,
    pub per_office: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    pub year: Year,
    pub occasion: String,
    pub per_unit: usize,
}

/// Percentages of the people considered in a unit, for its own title.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    pub from: Year,
    pub until: Year,
    pub excellent_share: usize,
    pub advanced_share: usize,
}

/// What the invented office asks before it gives a unit an award.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectiveChain {
    pub award: String,
    pub from: Year,
    pub after: Option<String>,
    #[serde(default)]
    pub gap: Year,
    pub run: Year,
    pub flags: usize,
    pub per_office: usize,
}

/// An order for so many months in posts of these levels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub award: String,
    pub levels: Vec<String>,
    /// Months asked of men and of women.
    pub men: i32,
    pub women: i32,
}

/// The pensionable age in months.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retirement {
    pub men: u32,
    pub women: u32,
    pub grows_from: Year,
    pub men_growth: u32,
    pub women_growth: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Maternity {
    pub ages: (u32, u32),
    pub percent: u32,
    pub months: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transferred {
    pub percent_without_records: u32,
}

impl Practice {
    /// The grading of a year; the files cover every year drawn.
    pub fn grading(&self, year: Year) -> &Grading {
        self.grading.iter().find(|row| (row.from..=row.until).contains(&year)).expect("practice.toml grades every year")
    }

    /// The percentage of base emulation fighters in a year.
    pub fn fighters(&self, year: Year) -> usize {
        self.fighters.iter().find(|row| (row.from..=row.until).contains(&year)).map_or(0, |row| row.percent)
    }

    /// The chain by which an award is given in a year, if there is one.
    pub fn chain_of(&self, award: &str, year: Year) -> Option<&Chain> {
        self.chain.iter().find(|chain| chain.award == award && (chain.from..=chain.until).contains(&year))
    }

    /// The months of service without which a recruit is not considered in a year.
    pub fn newcomer(&self, year: Year) -> u32 {
        self.newcomer.iter().find(|row| (row.from..=row.until).contains(&year)).map_or(0, |row| row.months)
    }

    /// The shares a collective title asks in a year.
    pub fn shares(&self, year: Year) -> &Shares {
        self.collective
            .iter()
            .find(|row| (row.from..=row.until).contains(&year))
            .expect("practice.toml has shares for every year")
    }
}
