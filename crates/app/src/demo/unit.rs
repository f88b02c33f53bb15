//! The units of the office in time: names with their source, parents, clusters, successors, and the invented staff.

use rules::facts::{Day, Group, Year};
use serde::Deserialize;
use store::words::Certainty;

/// One unit of `units.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub code: String,
    pub en: String,
    /// Its place in the order of the decree, among the units of one parent.
    pub order: u32,
    pub kind: Kind,
    pub cluster: Option<String>,
    pub parent: Option<String>,
    /// Absent where the unit is older than the records.
    pub from: Option<Day>,
    /// The first day on which it is no more.
    pub until: Option<Day>,
    pub names: Vec<Name>,
    #[serde(default)]
    pub predecessors: Vec<String>,
    pub change: Option<Change>,
    #[serde(default)]
    pub keeps_honours: bool,
    /// From a year on, so many people; empty for a unit without people in the demonstration.
    #[serde(default)]
    pub staff: Vec<(Year, u32)>,
    #[serde(default)]
    pub leaders: u32,
    #[serde(default)]
    pub section_leaders: u32,
    #[serde(default = "civil_servants")]
    pub group: Group,
    /// Whether every person considered earns "Lao động tiên tiến" each year, as the article says of one unit.
    #[serde(default)]
    pub always_advanced: bool,
    /// The letters before the number in the codes of its people, where they differ from its own code.
    pub prefix: Option<String>,
    /// The first number drawn, where the numbers before it are written in the files.
    pub first_number: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Vu,
    Cuc,
    SuNghiep,
    DoanThe,
    Phong,
}

/// How a unit came out of its predecessors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    Tach,
    HopNhat,
    DoiTen,
}

/// A name with the days it holds, where it was read and how sure it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    pub name: String,
    pub from: Option<Day>,
    /// The first day on which it no longer holds.
    pub until: Option<Day>,
    pub basis: Option<String>,
    pub mark: Mark,
}

/// How sure a statement about the real office is; see the head of `units.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Mark {
    V,
    V2,
    #[serde(rename = "R-H")]
    RH,
    #[serde(rename = "R-M")]
    RM,
    #[serde(rename = "MH")]
    MH,
}

impl Mark {
    /// What the mark comes to in the records.
    pub fn certainty(self) -> Certainty {
        match self {
            Self::V => Certainty::DaDoiChieu,
            Self::V2 | Self::RH => Certainty::CanDoiChieu,
            Self::RM | Self::MH => Certainty::MinhHoa,
        }
    }
}

/// A group of like units that compare their work with one another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    pub code: String,
    pub name: String,
}

impl Unit {
    /// How many people the unit is to have at the end of a year; none before its first figure and when it is gone.
    pub fn staff_in(&self, year: Year) -> Option<u32> {
        let closed = self.until.is_some_and(|day| chrono::Datelike::year(&day) < year);
        self.staff.iter().rev().find(|(from, _)| *from <= year && !closed).map(|(_, staff)| *staff)
    }

    /// Whether the unit stands on a day.
    pub fn stands(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// The code of the unit itself, or of the unit that a section belongs to.
    pub fn top(&self) -> &str {
        self.parent.as_deref().unwrap_or(&self.code)
    }

    /// The letters before the number in the codes of its people.
    pub fn prefix(&self) -> String {
        self.prefix.clone().unwrap_or_else(|| self.code.replace('.', ""))
    }
}

fn civil_servants() -> Group {
    Group::CongChuc
}
