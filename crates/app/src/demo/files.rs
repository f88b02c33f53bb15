//! The files under `demonstration/`, built into the program and read into typed rows.

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demonstration");

/// Why a demonstration file cannot be used: which one, and what is wrong in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub file: String,
    pub detail: String,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "demonstration/{}: {}", self.file, self.detail)
    }
}

impl std::error::Error for Flaw {}

/// The TOML file at `path`, as one typed table.
pub fn table<T: DeserializeOwned>(path: &str) -> Result<T, Flaw> {
    toml::from_str(text(path)?).map_err(|error| flaw(path, error))
}

/// The lines of the CSV file at `path`, as typed rows.
pub fn lines<T: DeserializeOwned>(path: &str) -> Result<Vec<T>, Flaw> {
    csv::Reader::from_reader(text(path)?.as_bytes())
        .deserialize()
        .collect::<Result<Vec<T>, csv::Error>>()
        .map_err(|error| flaw(path, error))
}

/// A flaw found in the file at `path`.
pub fn flaw(path: &str, detail: impl ToString) -> Flaw {
    Flaw { file: path.to_owned(), detail: detail.to_string() }
}

fn text(path: &str) -> Result<&'static str, Flaw> {
    FILES
        .get_file(path)
        .ok_or_else(|| flaw(path, "the file is missing"))?
        .contents_utf8()
        .ok_or_else(|| flaw(path, "the file is not UTF-8"))
}
