//! From lines to an empty database: all of them, or nothing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Value};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Header, Holds, OfficeHead, TableShape, dump, shape};
use crate::Store;
use crate::error::StoreError;
use crate::sql::Sql;
use crate::{migrations, search};

/// SQLite takes 32,766 values in one statement, PostgreSQL 65,535.
const VALUES_PER_INSERT: usize = 20_000;

/// A database being filled; dropped before [`Load::finish`], nothing of it remains.
#[derive(Debug)]
pub struct Load {
    transaction: DatabaseTransaction,
    tables: Vec<TableShape>,
}

impl Load {
    /// Makes the schema of the archive's version in an empty database.
    ///
    /// Refused where anything lies in it, where the archive is of a newer program, or where its tables are not those
    /// of its version.
    pub async fn begin(store: &Store, header: &Header) -> Result<Self, StoreError> {
        migrations::run_to(store, header.schema).await?;
        let transaction = store.begin().await?;
        let tables = shape::tables(&transaction).await?;
        if sorted(&tables) != sorted(&header.tables) {
            return Err(StoreError::Refused("the tables of the archive are not those of its version".to_owned()));
        }
        for table in &tables {
            let any = Sql::new(&format!("SELECT 1 AS one FROM {} LIMIT 1", table.name), []);
            if any.one(&transaction).await?.is_some() {
                return Err(StoreError::Refused(format!("{} is not empty", table.name)));
            }
        }
        Ok(Self { transaction, tables })
    }

    /// Enters the lines of a part and returns how many they were.
    pub async fn rows(&mut self, table: &str, lines: &[u8]) -> Result<u64, StoreError> {
        let table = self.tables.iter().find(|known| known.name == table);
        let table = table.ok_or_else(|| StoreError::Refused("the archive names a table that is none".to_owned()))?;
        let lines: Vec<&[u8]> = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        for chunk in lines.chunks(VALUES_PER_INSERT / table.columns.len().max(1)) {
            let mut insert = Query::insert();
            insert.into_table(Alias::new(&table.name));
            insert.columns(table.columns.iter().map(|column| Alias::new(&column.name)));
            for line in chunk {
                let row = values(table, line)?;
                let row = row.into_iter().map(Into::into);
                insert.values(row).map_err(|why| StoreError::Database(why.to_string()))?;
            }
            self.transaction.execute(&insert).await?;
        }
        Ok(lines.len() as u64)
    }

    /// Makes the search index, sees that the journals are those that the archive names, and keeps everything.
    pub async fn finish(self, store: &Store, offices: &[OfficeHead]) -> Result<(), StoreError> {
        if dump::offices(&self.transaction).await? != offices {
            return Err(StoreError::Damaged("the journal is not the one that the archive names".to_owned()));
        }
        for office in offices {
            search::rebuild_in(&self.transaction, office.office).await?;
        }
        self.transaction.commit().await?;
        migrations::run(store).await
    }
}

fn sorted(tables: &[TableShape]) -> Vec<&TableShape> {
    let mut tables: Vec<&TableShape> = tables.iter().collect();
    tables.sort_by_key(|table| &table.name);
    tables
}

/// The values of a line, in the order of the columns.
fn values(table: &TableShape, line: &[u8]) -> Result<Vec<Value>, StoreError> {
    let damaged = |why: String| StoreError::Damaged(format!("a row of {}: {why}", table.name));
    let row: serde_json::Map<String, Json> = serde_json::from_slice(line).map_err(|why| damaged(why.to_string()))?;
    if row.len() != table.columns.len() {
        return Err(damaged("it has other columns".to_owned()));
    }
    let value = |column: &super::ColumnShape| {
        let json = row.get(&column.name).ok_or_else(|| damaged(format!("{} is missing", column.name)))?;
        value(column.holds, json).ok_or_else(|| damaged(format!("{} is {json}", column.name)))
    };
    table.columns.iter().map(value).collect()
}

/// A value of JSON as its column takes it; nothing where it does not fit.
fn value(holds: Holds, json: &Json) -> Option<Value> {
    let text = json.as_str();
    Some(match (holds, json.is_null()) {
        (Holds::Uuid, true) => None::<Uuid>.into(),
        (Holds::Uuid, false) => text?.parse::<Uuid>().ok()?.into(),
        (Holds::Text, true) => None::<String>.into(),
        (Holds::Text, false) => text?.into(),
        (Holds::Day, true) => None::<NaiveDate>.into(),
        (Holds::Day, false) => text?.parse::<NaiveDate>().ok()?.into(),
        (Holds::Bool, true) => None::<bool>.into(),
        (Holds::Bool, false) => json.as_bool()?.into(),
        (Holds::Int, true) => None::<i32>.into(),
        (Holds::Int, false) => i32::try_from(json.as_i64()?).ok()?.into(),
        (Holds::Long, true) => None::<i64>.into(),
        (Holds::Long, false) => json.as_i64()?.into(),
        (Holds::Bytes, true) => None::<Vec<u8>>.into(),
        (Holds::Bytes, false) => STANDARD.decode(text?).ok()?.into(),
    })
}
