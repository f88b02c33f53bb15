//! A whole database as lines of JSON, table by table, and back: what a backup holds of it.

pub mod dump;
pub mod load;
pub(crate) mod shape;

use serde::{Deserialize, Serialize};

/// What an archive says of itself before its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the schema that its tables have.
    pub schema: i32,
    /// In the order in which they can be filled: no row names one of a later table.
    pub tables: Vec<TableShape>,
    pub offices: Vec<OfficeHead>,
}

/// A table with its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableShape {
    pub name: String,
    pub columns: Vec<ColumnShape>,
    /// The columns of its primary key, in their order.
    pub key: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnShape {
    pub name: String,
    pub holds: Holds,
}

/// What a column holds, as both databases declare it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    Uuid,
    Text,
    Day,
    Bool,
    Int,
    Long,
    /// Written in base64.
    Bytes,
}

/// The journal of an office as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeHead {
    pub office: i32,
    pub code: String,
    /// The number of leaves.
    pub size: u64,
    /// In hexadecimal digits.
    pub root: String,
}

/// Tables that an archive leaves out, each with the reason.
pub const LEFT_OUT: [(&str, &str); 5] = [
    ("migration", "the header names the version; the schema is made anew"),
    ("session", "nobody stays signed in through a restore"),
    ("search_text", "made anew from the records"),
    ("job", "work that was under way is not taken up on another machine"),
    ("import_row", "what waits for a confirmation is read again from its file"),
];
