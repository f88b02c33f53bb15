//! Tables as files with one JSON object a line, as a backup holds them, as the source of a verification.
//!
//! Columns by name; bytes in base64, days as `2020-06-16`, ids with hyphens, instants in milliseconds.

use std::io::{self, BufRead};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::source::{Source, StoredCheckpoint, StoredHead, StoredLeaf, StoredRow, derived_columns, is_step};
use crate::error::StoreError;
use crate::merkle::Hash;
use crate::schema::{ColumnType, Field, Table};

/// Opens the file of a table from its beginning; nothing where there is none, which is as good as an empty one.
pub type Open = Box<dyn FnMut(&str) -> io::Result<Option<Box<dyn BufRead + Send>>> + Send>;

/// The tables of one office.
pub struct NdjsonSource {
    open: Open,
    office: i32,
}

impl NdjsonSource {
    /// Reads with `open` as often as it needs to; a table named `person` is asked for by that name.
    pub fn new(open: Open, office: i32) -> Self {
        Self { open, office }
    }

    /// Hands each line of the office to `each`; a line that is no JSON object is an error that names its place.
    fn lines(
        &mut self,
        table: &str,
        mut each: impl FnMut(&Map<String, Value>) -> Option<()>,
    ) -> Result<(), StoreError> {
        let unread = |error: io::Error| StoreError::Unreachable(format!("{table}: {error}"));
        let Some(file) = (self.open)(table).map_err(unread)? else {
            return Ok(());
        };
        for (at, line) in file.lines().enumerate() {
            let damaged = || StoreError::Damaged(format!("{table}, line {}", at + 1));
            let row: Map<String, Value> = serde_json::from_str(&line.map_err(unread)?).map_err(|_| damaged())?;
            let ours = row.get("office").and_then(Value::as_i64) == Some(self.office.into());
            if ours && each(&row).is_none() {
                return Err(damaged());
            }
        }
        Ok(())
    }
}

impl Source for NdjsonSource {
    async fn rows(
        &mut self,
        table: &'static Table,
        each: &mut (dyn FnMut(StoredRow) + Send),
    ) -> Result<(), StoreError> {
        self.lines(table.noun, |row| {
            let id = id(row, "id")?;
            let derived = derived_columns(table).iter().filter_map(|column| Some((*column, derived(row, column)?)));
            each(StoredRow {
                id,
                content: content(table, row),
                step: if is_step(table) { Some(id) } else { self::id(row, "step") },
                salt: bytes(row, "salt"),
                derived: derived.collect(),
            });
            Some(())
        })
    }

    async fn leaves(&mut self, each: &mut (dyn FnMut(StoredLeaf) + Send)) -> Result<(), StoreError> {
        let hash = |row: &Map<String, Value>, column| bytes(row, column).and_then(|bytes| Hash::try_from(bytes).ok());
        self.lines("journal_leaf", |row| {
            let at = row.get("at").and_then(Value::as_i64).and_then(DateTime::from_timestamp_millis);
            each(StoredLeaf {
                n: number(row, "n")?,
                at: at.unwrap_or(DateTime::UNIX_EPOCH),
                actor: id(row, "actor"),
                verb: text(row, "verb")?,
                noun: text(row, "noun")?,
                id: id(row, "id")?,
                hash: hash(row, "hash").unwrap_or_default(),
                tree_hash: hash(row, "tree_hash"),
            });
            Some(())
        })
    }

    async fn head(&mut self) -> Result<Option<StoredHead>, StoreError> {
        let mut head = None;
        self.lines("journal_head", |row| {
            head =
                Some(StoredHead { size: number(row, "size")?, root: bytes(row, "root")?, edge: bytes(row, "edge")? });
            Some(())
        })?;
        Ok(head)
    }

    async fn nodes(&mut self, each: &mut (dyn FnMut((u32, u64), Vec<u8>) + Send)) -> Result<(), StoreError> {
        self.lines("journal_node", |row| {
            let height = u32::try_from(number(row, "level")?).ok()?;
            each((height, number(row, "n")?), bytes(row, "hash")?);
            Some(())
        })
    }

    async fn checkpoints(&mut self, each: &mut (dyn FnMut(StoredCheckpoint) + Send)) -> Result<(), StoreError> {
        self.lines("checkpoint", |row| {
            each(StoredCheckpoint { size: number(row, "size")?, root: bytes(row, "root")?, note: text(row, "note")? });
            Some(())
        })
    }
}

/// The fields as the record writes itself; nothing where one of them is not what its column holds.
fn content(table: &Table, row: &Map<String, Value>) -> Option<Map<String, Value>> {
    let read = |field: &Field| Some((field.name.to_owned(), value(row.get(field.name)?, field.column)?));
    table.fields.iter().map(read).collect()
}

fn value(value: &Value, column: ColumnType) -> Option<Value> {
    if value.is_null() {
        return Some(Value::Null);
    }
    match column {
        ColumnType::Uuid => Some(value.as_str()?.parse::<Uuid>().ok()?.to_string().into()),
        ColumnType::Text => value.as_str().map(Into::into),
        ColumnType::Day => Some(value.as_str()?.parse::<NaiveDate>().ok()?.to_string().into()),
        // SQLite knows 0 and 1.
        ColumnType::Bool => value.as_bool().or_else(|| Some(value.as_i64()? != 0)).map(Into::into),
        ColumnType::Int | ColumnType::Long => value.as_i64().map(Into::into),
    }
}

fn derived(row: &Map<String, Value>, column: &str) -> Option<Vec<u8>> {
    match column {
        "sort_key" => bytes(row, column),
        "sort_version" => row.get(column)?.as_i64().map(|number| number.to_string().into_bytes()),
        _ => text(row, column).map(String::into_bytes),
    }
}

fn id(row: &Map<String, Value>, column: &str) -> Option<Uuid> {
    row.get(column)?.as_str()?.parse().ok()
}

fn text(row: &Map<String, Value>, column: &str) -> Option<String> {
    row.get(column)?.as_str().map(str::to_owned)
}

fn number(row: &Map<String, Value>, column: &str) -> Option<u64> {
    row.get(column)?.as_u64()
}

fn bytes(row: &Map<String, Value>, column: &str) -> Option<Vec<u8>> {
    STANDARD.decode(row.get(column)?.as_str()?).ok()
}
