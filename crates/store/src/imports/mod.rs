//! Files brought in: read into rows that nobody else sees, matched, decided on, entered in one step, and undone as one.

pub mod values;

pub mod files;
pub mod rows;
pub mod stage;

pub mod decide;
pub mod undo;
pub mod write;

mod enter;
mod existing;

use serde::{Deserialize, Serialize};

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    #[serde(rename = "ca-nhan")]
    People,
    #[serde(rename = "tap-the")]
    Units,
    #[serde(rename = "cong-tac")]
    Posts,
    #[serde(rename = "xep-loai")]
    Grades,
    #[serde(rename = "khen-thuong")]
    Awards,
    #[serde(rename = "sang-kien")]
    Initiatives,
    #[serde(rename = "ky-luat")]
    Disciplines,
}

/// Every kind, in the order of a list.
pub const KINDS: [Kind; 7] =
    [Kind::People, Kind::Units, Kind::Posts, Kind::Grades, Kind::Awards, Kind::Initiatives, Kind::Disciplines];

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileState {
    /// It lies there; nobody has said yet how to read it.
    #[serde(rename = "moi")]
    New,
    #[serde(rename = "dang-doc")]
    Reading,
    /// Its rows wait for decisions and a confirmation.
    #[serde(rename = "xem-truoc")]
    Preview,
    #[serde(rename = "dang-ghi")]
    Writing,
    #[serde(rename = "da-ghi")]
    Written,
    #[serde(rename = "dang-hoan-tac")]
    Undoing,
    #[serde(rename = "da-hoan-tac")]
    Undone,
    /// Left without being entered.
    #[serde(rename = "bo")]
    Left,
}

/// What is to become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RowState {
    /// Its subject is known; it will be entered.
    #[serde(rename = "san-sang")]
    Ready,
    /// Nobody known is meant; it will be entered with a new person.
    #[serde(rename = "moi")]
    New,
    /// An officer must say who is meant.
    #[serde(rename = "nghi-van")]
    Doubtful,
    /// It says something else than the records.
    #[serde(rename = "xung-dot")]
    Conflict,
    /// The records say it already.
    #[serde(rename = "da-co")]
    Known,
    #[serde(rename = "loi")]
    Wrong,
    /// An officer leaves it out, or the program passed over it as no record and says why.
    #[serde(rename = "bo-qua")]
    Skipped,
    #[serde(rename = "da-ghi")]
    Written,
}

/// Every state of a row, in the order of a list.
pub const ROW_STATES: [RowState; 8] = [
    RowState::Ready,
    RowState::New,
    RowState::Doubtful,
    RowState::Conflict,
    RowState::Wrong,
    RowState::Known,
    RowState::Skipped,
    RowState::Written,
];

/// What is wrong with a row: an id such as `unit-unknown`, with the word it speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
}

impl Problem {
    /// How the ids of reasons begin for which the program does not read a row as a record.
    const PASSED: &str = "passed-";

    pub fn new(id: &str, word: Option<&str>) -> Self {
        Self { id: id.to_owned(), word: word.map(str::to_owned) }
    }

    /// Why a row was passed over, such as `head-again`.
    pub fn passed(why: &str, word: &str) -> Self {
        Self { id: format!("{}{why}", Self::PASSED), word: Some(word.to_owned()) }
    }

    /// Whether it says that the row was passed over, not that something is wrong.
    pub fn is_passed(&self) -> bool {
        self.id.starts_with(Self::PASSED)
    }
}
