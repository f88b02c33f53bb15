//! SQLite read on the thread of whoever asks, for statements that end within milliseconds.
//!
//! The pool that writes gives each connection a thread of its own and hands every row over to the one that waits, which
//! costs more than most rows themselves. What may take its time still goes there, so that nobody else is held up.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rules::facts::Day;
use rusqlite::config::DbConfig;
use rusqlite::types::{Null, ToSqlOutput, Value as Cell, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement};
use sea_orm::{TryGetable, Value};
use uuid::Uuid;

use crate::address::{PAGES_KEPT, PATIENCE};
use crate::error::StoreError;

/// Statements that one connection keeps prepared; there are about as many in the pages.
const PREPARED: usize = 256;
/// How much of the file is read where it lies in memory, without a copy, in bytes.
const MAPPED: i64 = 1 << 30;

/// Connections to one file that only read.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    /// Those that nobody uses now; absent once they were closed.
    idle: Mutex<Option<Vec<Connection>>>,
}

/// One row, its cells in the order of the names.
#[derive(Debug)]
pub(crate) struct ReadRow {
    names: Arc<[String]>,
    cells: Vec<Cell>,
}

/// What a column is read as, from either kind of row.
pub(crate) trait Readable: TryGetable {
    /// `None` where the cell holds something else.
    fn of(cell: &Cell) -> Option<Self>;
}

impl Readers {
    /// None is opened before the first is needed.
    pub fn new(path: PathBuf) -> Self {
        Self { path, idle: Mutex::new(Some(Vec::new())) }
    }

    /// The rows of a statement whose values are marked by `?`; at most one where `one` is set.
    pub fn rows(&self, text: &str, values: &[Value], one: bool) -> Result<Vec<ReadRow>, StoreError> {
        let idle = self.lock().as_mut().ok_or_else(|| StoreError::Unreachable("closed".to_owned()))?.pop();
        let connection = idle.map_or_else(|| self.open(), Ok)?;
        let rows = ask(&connection, text, values, one)?;
        if let Some(idle) = self.lock().as_mut() {
            idle.push(connection);
        }
        Ok(rows)
    }

    /// Closes those that nobody uses; the others close when they are given back.
    pub fn close(&self) {
        drop(self.lock().take());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "cache_size", PAGES_KEPT)?;
        connection.pragma_update(None, "mmap_size", MAPPED)?;
        // One plan whatever is asked for: where statistics are at hand, each new value would have it planned again.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Ok(connection)
    }
}

fn ask(connection: &Connection, text: &str, values: &[Value], one: bool) -> Result<Vec<ReadRow>, StoreError> {
    let mut statement = connection.prepare_cached(text)?;
    for (place, value) in values.iter().enumerate() {
        bind(&mut statement, place + 1, value)?;
    }
    let names: Arc<[String]> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let cells = (0..names.len()).map(|place| cell(row.get_ref(place)?)).collect::<Result<_, _>>()?;
        found.push(ReadRow { names: names.clone(), cells });
        if one {
            break;
        }
    }
    Ok(found)
}

/// The content of a cell, kept while the statement goes on.
fn cell(found: ValueRef<'_>) -> Result<Cell, StoreError> {
    Ok(match found {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Cell::Text(text.to_owned()),
            Err(why) => return Err(StoreError::Database(why.to_string())),
        },
    })
}

/// Binds a value as the pool would.
fn bind(statement: &mut Statement<'_>, place: usize, value: &Value) -> Result<(), StoreError> {
    let (id, day);
    let cell = match value {
        Value::Bool(value) => value.map(|value| ValueRef::Integer(i64::from(value))),
        Value::Int(value) => value.map(|value| ValueRef::Integer(i64::from(value))),
        Value::BigInt(value) => value.map(ValueRef::Integer),
        Value::String(value) => value.as_ref().map(|value| ValueRef::Text(value.as_bytes())),
        Value::Bytes(value) => value.as_ref().map(|value| ValueRef::Blob(value)),
        Value::Uuid(value) => {
            id = *value;
            id.as_ref().map(|id| ValueRef::Blob(id.as_bytes()))
        }
        Value::ChronoDate(value) => {
            day = value.map(|day| day.to_string());
            day.as_ref().map(|day| ValueRef::Text(day.as_bytes()))
        }
        other => return Err(StoreError::Database(format!("no value to ask by: {other:?}"))),
    };
    match cell {
        Some(cell) => statement.raw_bind_parameter(place, ToSqlOutput::Borrowed(cell))?,
        None => statement.raw_bind_parameter(place, Null)?,
    }
    Ok(())
}

impl ReadRow {
    pub fn get<T: Readable>(&self, column: &str) -> Result<T, StoreError> {
        let place = self.names.iter().position(|name| name == column);
        let cell = place.and_then(|place| self.cells.get(place));
        let cell = cell.ok_or_else(|| StoreError::Database(format!("no column {column}")))?;
        T::of(cell).ok_or_else(|| StoreError::Database(format!("column {column} holds {:?}", cell.data_type())))
    }
}

impl Readable for i64 {
    fn of(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

impl Readable for i32 {
    fn of(cell: &Cell) -> Option<Self> {
        i64::of(cell)?.try_into().ok()
    }
}

impl Readable for bool {
    fn of(cell: &Cell) -> Option<Self> {
        Some(i64::of(cell)? != 0)
    }
}

impl Readable for String {
    fn of(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl Readable for Vec<u8> {
    fn of(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Blob(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

impl Readable for Uuid {
    fn of(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Blob(bytes) => Self::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

impl Readable for Day {
    fn of(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl<T: Readable> Readable for Option<T> {
    fn of(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            cell => T::of(cell).map(Some),
        }
    }
}
