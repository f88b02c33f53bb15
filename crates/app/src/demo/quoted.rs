//! The people the news article names: what is printed of them, quoted, and nothing else.

use rules::facts::Day;
use serde::Deserialize;

use super::files::{self, Flaw};

/// What `quoted.toml` holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub source: String,
    pub day: Day,
    pub conference: String,
    pub person: Vec<Quoted>,
    pub collective: Vec<Proposed>,
}

/// One named person; sex, birth, grades, titles and awards are unknown and stay so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quoted {
    pub name: String,
    /// The post as printed.
    pub printed: String,
    pub role: String,
    /// The literal words where they are not stored as a fact.
    pub quotation: Option<String>,
    /// Why they are not.
    pub doubt: Option<String>,
    /// The award proposed at the conference.
    pub proposed: Option<String>,
    /// The body named beside the post; not a place on its roster.
    pub body: Option<String>,
}

/// A collective honoured and proposed at the conference.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    pub body: String,
    pub printed: String,
    pub proposed: String,
}

/// Reads the file.
pub fn article() -> Result<Article, Flaw> {
    files::table("quoted.toml")
}
