//! How a file is to be read, as its sender chose or the program found.

use serde::{Deserialize, Serialize};

/// Sheet, head and columns of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choices {
    /// From 0.
    pub sheet: usize,
    /// The first row of the head, from 1; absent where the file has none.
    pub head_from: Option<u32>,
    /// The last row of the head; the rows after it are read.
    pub head_to: Option<u32>,
    /// For each column that is read its place, from 0, and the id of its field.
    pub columns: Vec<(usize, String)>,
    /// The year of rows that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

impl Choices {
    /// The field of a column.
    pub fn field(&self, column: usize) -> Option<&str> {
        self.columns.iter().find(|(place, _)| *place == column).map(|(_, field)| field.as_str())
    }

    /// The column of a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns.iter().find(|(_, known)| known == field).map(|(place, _)| *place)
    }
}
