//! A database as the source of a verification: everything as it stands at one instant, a page at a time.

use chrono::DateTime;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::source::{Source, StoredCheckpoint, StoredHead, StoredLeaf, StoredRow, derived_columns, is_step};
use crate::Store;
use crate::error::StoreError;
use crate::merkle::Hash;
use crate::schema::Table;
use crate::sql::{Row, Sql};

/// Rows of one page.
const PAGE: i64 = 5_000;

/// One office in an open database.
#[derive(Debug)]
pub struct DatabaseSource {
    snapshot: DatabaseTransaction,
    office: i32,
}

impl DatabaseSource {
    /// Shows the database as it stands now, whatever others write meanwhile.
    pub async fn open(store: &Store, office: i32) -> Result<Self, StoreError> {
        Ok(Self { snapshot: store.snapshot().await?, office })
    }
}

impl Source for DatabaseSource {
    async fn rows(
        &mut self,
        table: &'static Table,
        each: &mut (dyn FnMut(StoredRow) + Send),
    ) -> Result<(), StoreError> {
        let step = if is_step(table) { "id AS step" } else { "step" };
        let derived: String = derived_columns(table).iter().map(|column| format!(", {column}")).collect();
        let text = format!("SELECT {}, {step}, salt{derived} FROM {} WHERE office = ?", table.select(), table.noun);
        let mut after: Option<Uuid> = None;
        loop {
            let mut sql = Sql::new(&text, [self.office.into()]);
            if let Some(after) = after {
                sql.add(" AND id > ?", [after.into()]);
            }
            let rows = sql.add(" ORDER BY id LIMIT ?", [PAGE.into()]).all(&self.snapshot).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = Some(last.get("id")?);
            for row in &rows {
                each(stored(table, row)?);
            }
        }
    }

    async fn leaves(&mut self, each: &mut (dyn FnMut(StoredLeaf) + Send)) -> Result<(), StoreError> {
        let mut after = -1_i64;
        loop {
            let sql = Sql::new(
                "SELECT n, at, actor, verb, noun, id, hash, tree_hash FROM journal_leaf WHERE office = ? AND n > ? \
                 ORDER BY n LIMIT ?",
                [self.office.into(), after.into(), PAGE.into()],
            );
            let rows = sql.all(&self.snapshot).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.get("n")?;
            for row in &rows {
                each(leaf(row)?);
            }
        }
    }

    async fn head(&mut self) -> Result<Option<StoredHead>, StoreError> {
        let sql = Sql::new("SELECT size, root, edge FROM journal_head WHERE office = ?", [self.office.into()]);
        let head =
            |row: Row| Ok(StoredHead { size: unsigned(&row, "size")?, root: row.get("root")?, edge: row.get("edge")? });
        sql.one(&self.snapshot).await?.map(head).transpose()
    }

    async fn nodes(&mut self, each: &mut (dyn FnMut((u32, u64), Vec<u8>) + Send)) -> Result<(), StoreError> {
        let (mut level, mut n) = (-1_i32, -1_i64);
        loop {
            let sql = Sql::new(
                "SELECT level, n, hash FROM journal_node WHERE office = ? AND (level > ? OR (level = ? AND n > ?)) \
                 ORDER BY level, n LIMIT ?",
                [self.office.into(), level.into(), level.into(), n.into(), PAGE.into()],
            );
            let rows = sql.all(&self.snapshot).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            (level, n) = (last.get("level")?, last.get("n")?);
            for row in &rows {
                let height: i32 = row.get("level")?;
                each((height.unsigned_abs(), unsigned(row, "n")?), row.get("hash")?);
            }
        }
    }

    async fn checkpoints(&mut self, each: &mut (dyn FnMut(StoredCheckpoint) + Send)) -> Result<(), StoreError> {
        let mut after = -1_i64;
        loop {
            let sql = Sql::new(
                "SELECT size, root, note FROM checkpoint WHERE office = ? AND size > ? ORDER BY size LIMIT ?",
                [self.office.into(), after.into(), PAGE.into()],
            );
            let rows = sql.all(&self.snapshot).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.get("size")?;
            for row in &rows {
                let size = unsigned(row, "size")?;
                each(StoredCheckpoint { size, root: row.get("root")?, note: row.get("note")? });
            }
        }
    }
}

fn stored(table: &Table, row: &Row) -> Result<StoredRow, StoreError> {
    Ok(StoredRow {
        id: row.get("id")?,
        content: table.content(row).ok(),
        step: row.get("step").unwrap_or_default(),
        salt: row.get("salt").unwrap_or_default(),
        derived: derived_columns(table).iter().map(|column| (*column, derived(row, column))).collect(),
    })
}

/// The bytes of a column that may be text, bytes or a number.
fn derived(row: &Row, column: &str) -> Vec<u8> {
    let number = |row: &Row| row.get::<i32>(column).map(|number| number.to_string().into_bytes());
    let text = |row: &Row| row.get::<String>(column).map(String::into_bytes);
    match column {
        "sort_version" => number(row),
        "sort_key" => row.get::<Vec<u8>>(column),
        _ => text(row),
    }
    .unwrap_or_default()
}

fn leaf(row: &Row) -> Result<StoredLeaf, StoreError> {
    let hash = |column| row.get::<Vec<u8>>(column).ok().and_then(|bytes| Hash::try_from(bytes).ok());
    Ok(StoredLeaf {
        n: unsigned(row, "n")?,
        at: row.instant("at").unwrap_or(DateTime::UNIX_EPOCH),
        actor: row.get("actor").unwrap_or_default(),
        verb: row.get("verb")?,
        noun: row.get("noun")?,
        id: row.get("id")?,
        hash: hash("hash").unwrap_or_default(),
        tree_hash: hash("tree_hash"),
    })
}

fn unsigned(row: &Row, column: &str) -> Result<u64, StoreError> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| StoreError::Damaged(format!("{column} is {number}")))
}
