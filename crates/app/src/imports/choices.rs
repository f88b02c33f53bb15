//! How a file is to be read, as its sender chose or the program found.

use intake::legacy::Script;
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
    /// Whether lines that name a group say nothing of the unit of the rows below them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sections_unread: bool,
    /// In which letters the texts are typed; absent where the program judges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letters: Option<Letters>,
}

/// Letters that texts can be said to be typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Letters {
    Unicode,
    Tcvn3,
    Vni,
}

impl Letters {
    pub const ALL: [Self; 3] = [Self::Unicode, Self::Tcvn3, Self::Vni];

    /// How a column is then read of which the program judged otherwise; capitals of TCVN3 stay capitals.
    pub fn instead_of(self, judged: Script) -> Script {
        match (self, judged) {
            (Self::Unicode, _) => Script::Unicode,
            (Self::Tcvn3, Script::Tcvn3Capitals) => Script::Tcvn3Capitals,
            (Self::Tcvn3, _) => Script::Tcvn3,
            (Self::Vni, _) => Script::Vni,
        }
    }

    /// The letters of a script.
    pub fn of(script: Script) -> Self {
        match script {
            Script::Unicode => Self::Unicode,
            Script::Tcvn3 | Script::Tcvn3Capitals => Self::Tcvn3,
            Script::Vni => Self::Vni,
        }
    }
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
