//! The rows of a file as they wait: counted by state, shown page by page.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::imports::files::read_json;
use crate::imports::values::Values;
use crate::imports::{Problem, RowState};
use crate::matching::Candidate;
use crate::sql::{Row, Sql};
use crate::words;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    /// Its number in the sheet, from 1.
    pub n: i64,
    pub state: RowState,
    pub values: Values,
    pub problems: Vec<Problem>,
    pub candidates: Vec<Candidate>,
    /// The person who is meant.
    pub person: Option<Uuid>,
    pub existing: Option<Existing>,
    /// Whether the existing record is to be corrected by the row.
    pub correct: bool,
}

/// A record that says the same of the subject, or something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Existing {
    /// Absent for an earlier row of the same file.
    pub record: Option<Uuid>,
    pub same: bool,
    /// What it says: a word of the records, a decision, or the number of a row.
    pub says: String,
}

pub(crate) const ROW: &str = "SELECT n, state, content, problems, candidates, person, existing, correct FROM import_row WHERE office = ? AND file = ?";

/// How many rows are in each state. Whoever asks has read the file as its viewer.
pub async fn counts(store: &Store, office: i32, file: Uuid) -> Result<Vec<(RowState, u32)>, StoreError> {
    let sql = Sql::new(
        "SELECT state, count(*) AS rows FROM import_row WHERE office = ? AND file = ? GROUP BY state",
        [office.into(), file.into()],
    );
    let rows = sql.all(&store.connection).await?;
    rows.iter().map(|row| Ok((row.word("state")?, row.count("rows")?))).collect()
}

/// How many rows were passed over for each of these reasons, such as `head-again`. Whoever asks has read the file as its
/// viewer.
pub async fn passed(store: &Store, office: i32, file: Uuid, reasons: &[&str]) -> Result<Vec<u32>, StoreError> {
    // The reason stands first among what is said of a row.
    let counted = |why: &&str| {
        let said = format!(r#"[{{"id":"{}"%"#, Problem::passed(why, "").id);
        Sql::new("count(CASE WHEN problems LIKE ? THEN 1 END) AS ", [said.into()])
    };
    let mut sql = Sql::new("SELECT ", []);
    for (place, why) in reasons.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        sql.add(comma, []).join(counted(why)).add(&format!("reason_{place}"), []);
    }
    sql.add(
        " FROM import_row WHERE office = ? AND file = ? AND state = ?",
        [office.into(), file.into(), words::text(RowState::Skipped).into()],
    );
    let row = sql.one(&store.connection).await?.ok_or(StoreError::NotFound)?;
    (0..reasons.len()).map(|place| row.count(&format!("reason_{place}"))).collect()
}

/// Up to `limit` rows after a row, in the order of the sheet. Whoever asks has read the file as its viewer.
pub async fn list(
    store: &Store,
    office: i32,
    file: Uuid,
    states: &[RowState],
    after: i64,
    limit: u32,
) -> Result<Vec<ImportRow>, StoreError> {
    let sql = wanted(office, file, states, after, limit);
    sql.all(&store.connection).await?.iter().map(read).collect()
}

pub(crate) fn wanted(office: i32, file: Uuid, states: &[RowState], after: i64, limit: u32) -> Sql {
    let mut sql = Sql::new(ROW, [office.into(), file.into()]);
    if !states.is_empty() {
        sql.add(" AND state IN ", []).set(states.iter().map(|state| words::text(*state).into()));
    }
    sql.add(" AND n > ? ORDER BY n LIMIT ?", [after.into(), i64::from(limit).into()]);
    sql
}

pub(crate) fn read(row: &Row) -> Result<ImportRow, StoreError> {
    Ok(ImportRow {
        n: row.get("n")?,
        state: row.word("state")?,
        values: read_json(&row.get::<String>("content")?)?,
        problems: read_json(&row.get::<String>("problems")?)?,
        candidates: read_json(&row.get::<String>("candidates")?)?,
        person: row.get("person")?,
        existing: row.get::<Option<String>>("existing")?.map(|text| read_json(&text)).transpose()?,
        correct: row.get("correct")?,
    })
}
