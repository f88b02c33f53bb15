//! Why a file is not read, named so that a person can be told what to do; and how much is read at the most.

use std::fmt;

/// How much of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: u64,
    /// Bytes of everything packed in it, unpacked.
    pub unpacked: u64,
    /// Rows of one sheet.
    pub rows: u32,
    /// Columns of one sheet.
    pub columns: u32,
}

/// More sheets than a file of tables has.
pub(crate) const MOST_SHEETS: usize = 1_000;

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, unpacked: 1 << 30, rows: 200_000, columns: 200 }
    }
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    /// Its size in bytes and the most that is read.
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    /// More rows than are read.
    TooManyRows {
        limit: u32,
    },
    /// More columns than are read.
    TooManyColumns {
        limit: u32,
    },
    /// It unpacks to far more than a spreadsheet of its size holds.
    Bomb,
    /// It carries a program.
    Macros,
    /// It is locked with a password.
    Locked,
    /// Its content is of another kind than its name says, such as `XLS`; both as their usual ending.
    WrongEnding {
        named: String,
        found: &'static str,
    },
    /// No spreadsheet that can be read.
    Unknown,
    /// It breaks off or contradicts itself; the words of the reader.
    Damaged(String),
    NoSuchSheet,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the file is empty"),
            Self::TooLarge { bytes, limit } => write!(f, "{bytes} bytes, more than {limit}"),
            Self::TooManyRows { limit } => write!(f, "more than {limit} rows"),
            Self::TooManyColumns { limit } => write!(f, "more than {limit} columns"),
            Self::Bomb => write!(f, "it unpacks to far more than a spreadsheet of its size holds"),
            Self::Macros => write!(f, "it carries a program"),
            Self::Locked => write!(f, "it is locked with a password"),
            Self::WrongEnding { named, found } => write!(f, "named .{named}, but holds .{found}"),
            Self::Unknown => write!(f, "no spreadsheet that can be read"),
            Self::Damaged(why) => write!(f, "damaged: {why}"),
            Self::NoSuchSheet => write!(f, "no such sheet"),
        }
    }
}

impl std::error::Error for Refusal {}
