//! The fictitious people who sign in to the demonstration, one for every role.

use serde::Deserialize;

use super::files::{self, Flaw};

/// One demonstration account; it has no password and works in demonstration mode only.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    pub login: String,
    pub name: String,
    pub role: String,
    /// The unit, with its sections, that the role covers; absent where it covers the office.
    pub unit: Option<String>,
    /// The code of the person on the roster who signs in with it.
    pub person: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountFile {
    account: Vec<Account>,
}

/// The accounts of the file.
pub fn accounts() -> Result<Vec<Account>, Flaw> {
    Ok(files::table::<AccountFile>("roles.toml")?.account)
}
