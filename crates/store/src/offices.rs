//! The office itself: its names and the letters by which documents know it.

use crate::Store;
use crate::error::StoreError;
use crate::sql::Sql;

/// The names of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Such as `VPCP`.
    pub code: String,
    pub name: String,
    pub name_en: Option<String>,
    /// Whether its records only illustrate.
    pub illustrative: bool,
}

/// The office, or nothing before it is founded; asked by the program itself for the frame of every page.
pub async fn one(store: &Store, office: i32) -> Result<Option<Office>, StoreError> {
    let sql = Sql::new("SELECT code, name, name_en, illustrative FROM office WHERE office = ?", [office.into()]);
    let Some(row) = sql.read_one(store).await? else {
        return Ok(None);
    };
    Ok(Some(Office {
        code: row.get("code")?,
        name: row.get("name")?,
        name_en: row.get("name_en")?,
        illustrative: row.get("illustrative")?,
    }))
}
