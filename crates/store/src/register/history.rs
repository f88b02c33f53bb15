//! What happened to the entry of a decision: who entered and who corrected it, when and why, with the words before and after.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::sql::{Row, Sql, member};

/// The fields of a record.
pub type Fields = Map<String, Json>;

/// One thing that was done to the entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub at: DateTime<Utc>,
    /// The display name of the account; absent where the program itself acted.
    pub actor: Option<String>,
    pub why: String,
    /// The record that was touched; of an entry its step.
    pub record: Uuid,
    pub what: What,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The decision, or a line that was left out at first.
    Entered,
    /// The fields that differ.
    Corrected { before: Fields, after: Fields },
    /// A line entered by mistake, with everything it had said.
    Removed(Fields),
}

/// At most so many.
const TOLD: i64 = 100;

/// Everything done to the entry of a decision, the newest first; for those who read the whole office. Three statements.
pub async fn of_decision(store: &Store, viewer: &Viewer, decision: Uuid) -> Result<Vec<Told>, StoreError> {
    if !access::reads_whole_office(viewer) {
        return Err(StoreError::Forbidden);
    }
    let office = viewer.office;
    let mut entered = by_step(
        "DISTINCT",
        "x.step AS record",
        "(SELECT office, step FROM decision WHERE office = ? AND id = ? \
         UNION ALL SELECT office, step FROM conferral WHERE office = ? AND decision = ?)",
    );
    entered.add("", [office.into(), decision.into(), office.into(), decision.into()]);
    let mut corrected = by_step("", "x.record, x.before, x.after", "correction");
    corrected.add(
        " WHERE x.office = ? AND ((x.noun = 'decision' AND x.record = ?) \
         OR (x.noun = 'decision_paper' AND x.record IN (SELECT id FROM decision_paper WHERE office = ? AND decision = ?)) \
         OR (x.noun = 'conferral' AND x.record IN (SELECT id FROM conferral WHERE office = ? AND decision = ?)))",
        [office.into(), decision.into(), office.into(), decision.into(), office.into(), decision.into()],
    );
    let mut removed = by_step("", "x.record, x.content", "removal");
    let said = member(store.connection.get_database_backend(), "x.content", "decision");
    removed.add(
        &format!(" WHERE x.office = ? AND x.noun = 'conferral' AND {said} = ?"),
        [office.into(), decision.to_string().into()],
    );
    let mut told = Vec::new();
    for (sql, what) in [(entered, 0), (corrected, 1), (removed, 2)] {
        let mut sql = sql;
        sql.add(" ORDER BY s.at DESC LIMIT ?", [TOLD.into()]);
        for row in sql.read(store).await? {
            told.push(read(&row, what)?);
        }
    }
    told.sort_by_key(|it| std::cmp::Reverse(it.at));
    told.truncate(TOLD as usize);
    Ok(told)
}

/// The step of each row of a table, with its actor, as far as the condition.
fn by_step(distinct: &str, columns: &str, table: &str) -> Sql {
    Sql::new(
        &format!(
            "SELECT {distinct} s.at, a.display_name AS actor, s.why, {columns} FROM {table} x \
             JOIN step s ON s.office = x.office AND s.id = x.step \
             LEFT JOIN account a ON a.office = s.office AND a.id = s.actor"
        ),
        [],
    )
}

fn read(row: &Row, what: u8) -> Result<Told, StoreError> {
    Ok(Told {
        at: row.instant("at")?,
        actor: row.get("actor")?,
        why: row.get("why")?,
        record: row.get("record")?,
        what: match what {
            0 => What::Entered,
            1 => What::Corrected { before: fields(row, "before")?, after: fields(row, "after")? },
            _ => What::Removed(fields(row, "content")?),
        },
    })
}

fn fields(row: &Row, column: &str) -> Result<Fields, StoreError> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|why| StoreError::Database(why.to_string()))
}
