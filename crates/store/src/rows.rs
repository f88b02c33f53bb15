//! Writes many rows of one table in few statements of few shapes, so that a database reads each statement once.

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use crate::error::StoreError;

/// How many rows one statement takes, the most first: whatever their number, it needs few statements,
/// and each of these is found prepared the next time. No table has so many columns that the first meets a limit:
/// SQLite takes 32,766 values in one statement, PostgreSQL 65,535.
const SHAPES: [usize; 5] = [256, 64, 16, 4, 1];

/// Inserts rows in the order given; each holds a value for each column.
pub async fn insert(
    connection: &impl ConnectionTrait,
    table: &str,
    columns: &[&str],
    rows: Vec<Vec<Value>>,
) -> Result<(), StoreError> {
    let backend = connection.get_database_backend();
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    for shape in SHAPES {
        while left >= shape {
            let values = rows.by_ref().take(shape).flatten().map(|value| as_kept(backend, value));
            let values: Vec<Value> = values.collect();
            let text = text(backend, table, columns, shape);
            connection.execute_raw(Statement::from_sql_and_values(backend, text, values)).await?;
            left -= shape;
        }
    }
    Ok(())
}

fn text(backend: DbBackend, table: &str, columns: &[&str], rows: usize) -> String {
    let mut text = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    let mut place = 0;
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            place += 1;
            text.push_str(if column == 0 { "" } else { ", " });
            text.push_str(&mark(backend, place));
        }
        text.push(')');
    }
    text
}

/// SQLite keeps a day as its text. Written here, because the driver writes it by a pattern, which is slow work.
fn as_kept(backend: DbBackend, value: Value) -> Value {
    match value {
        Value::ChronoDate(Some(day)) if backend == DbBackend::Sqlite => day.to_string().into(),
        other => other,
    }
}

/// The mark of the value at a place, from 1.
///
/// SQLite looks through all named marks for each of them, so there none has a name.
pub fn mark(backend: DbBackend, place: usize) -> String {
    match backend {
        DbBackend::Postgres => format!("${place}"),
        _ => "?".to_owned(),
    }
}
