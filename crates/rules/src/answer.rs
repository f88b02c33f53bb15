//! What the explainer answers: verdict, findings, and what is left to the council.

use serde::Serialize;

use crate::ask::{Cause, Missing, Record, Verdict};
use crate::facts::{Day, Kind, Subject};
use crate::law::{Node, Role, Source};
use crate::words::Words;

/// One honour, one subject, one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    pub award: String,
    pub subject: Subject,
    pub on: Day,
    pub received: Day,
    /// The best of the standards.
    pub verdict: Verdict,
    /// The verdict under the last loaded values, where a text of the day is not loaded.
    pub provisional: Option<Verdict>,
    /// The first day on which it can be met, if the values stay as they are on `earliest_under`.
    pub earliest: Option<Day>,
    pub earliest_under: Option<Day>,
    /// One sentence.
    pub summary: Words,
    pub standards: Vec<StandardFinding>,
    pub left_to_council: Vec<Left>,
}

impl Answer {
    /// The verdict to sort and colour by: the provisional one where the law of the day is not loaded.
    pub fn leaning(&self) -> Verdict {
        self.provisional.unwrap_or(self.verdict)
    }

    /// The standard that decides: the best, then the one with the fewest conditions open.
    pub fn nearest(&self) -> Option<&StandardFinding> {
        self.standards.iter().max_by_key(|standard| {
            let open = standard.conditions.iter().filter(|finding| finding.leaning() != Verdict::Met).count();
            (standard.provisional.unwrap_or(standard.verdict), std::cmp::Reverse(open))
        })
    }
}

/// What one standard found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandardFinding {
    /// `AWARD/STANDARD`.
    pub id: String,
    pub kind: Option<Kind>,
    pub name: Words,
    pub verdict: Verdict,
    pub provisional: Option<Verdict>,
    pub earliest: Option<Day>,
    /// The shape; each leaf is the last part of a condition's id.
    pub tree: Node,
    pub conditions: Vec<Finding>,
}

/// What one leaf found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// `AWARD/STANDARD/LEAF`.
    pub id: String,
    pub role: Role,
    pub verdict: Verdict,
    pub provisional: Option<Verdict>,
    pub cause: Option<Cause>,
    pub words: Words,
    pub records: Vec<Record>,
    pub missing: Vec<Missing>,
    pub earliest: Option<Day>,
    pub source: Source,
    pub verified: bool,
    /// The layer that sets the value: `nation` or an office's.
    pub layer: String,
}

impl Finding {
    /// The last part of the id.
    pub fn leaf(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or_default()
    }

    /// The verdict under the last loaded values.
    pub fn leaning(&self) -> Verdict {
        self.provisional.unwrap_or(self.verdict)
    }
}

/// Something that no record decides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Left {
    pub id: String,
    pub words: Words,
    pub source: Source,
    pub verified: bool,
}
