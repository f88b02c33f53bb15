//! What tables a database has, asked of the database itself, so that none can be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend};

use super::{ColumnShape, Holds, LEFT_OUT, TableShape};
use crate::error::StoreError;
use crate::sql::Sql;

/// The tables that SQLite's search index makes for itself.
const SHADOWS: &str = "search_text_";

const SQLITE_COLUMNS: &str = "SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS type_name, \
    c.pk AS key_place FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid";
const POSTGRES_COLUMNS: &str = "SELECT t.relname::text AS table_name, a.attname::text AS column_name, \
    format_type(a.atttypid, NULL) AS type_name, coalesce(array_position(i.indkey::int2[], a.attnum), -1) + 1 AS key_place \
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped \
    LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary \
    WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' ORDER BY t.relname, a.attnum";
const SQLITE_NEEDS: &str = "SELECT DISTINCT t.name AS table_name, f.\"table\" AS needed FROM sqlite_schema t \
    JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'";
const POSTGRES_NEEDS: &str = "SELECT DISTINCT a.relname::text AS table_name, b.relname::text AS needed \
    FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid \
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace";

/// Every table that an archive holds, those that others need first.
pub async fn tables(connection: &impl ConnectionTrait) -> Result<Vec<TableShape>, StoreError> {
    let postgres = connection.get_database_backend() == DbBackend::Postgres;
    let (columns, needs) = if postgres { (POSTGRES_COLUMNS, POSTGRES_NEEDS) } else { (SQLITE_COLUMNS, SQLITE_NEEDS) };
    let mut tables: BTreeMap<String, (TableShape, BTreeMap<i32, String>)> = BTreeMap::new();
    for row in Sql::new(columns, []).all(connection).await? {
        let name: String = row.get("table_name")?;
        if LEFT_OUT.iter().any(|(left, _)| *left == name) || name.starts_with(SHADOWS) {
            continue;
        }
        let column: String = row.get("column_name")?;
        let holds = holds(&name, &column, &row.get::<String>("type_name")?)?;
        let empty = TableShape { name: name.clone(), columns: Vec::new(), key: Vec::new() };
        let (table, key) = tables.entry(name).or_insert_with(|| (empty, BTreeMap::new()));
        let place: i32 = row.get("key_place")?;
        if place > 0 {
            key.insert(place, column.clone());
        }
        table.columns.push(ColumnShape { name: column, holds });
    }
    let shapes = tables.into_values().map(|(table, key)| TableShape { key: key.into_values().collect(), ..table });
    let mut needed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in Sql::new(needs, []).all(connection).await? {
        needed.entry(row.get("table_name")?).or_default().insert(row.get("needed")?);
    }
    in_order(shapes.collect(), &needed)
}

/// Tables so that each stands behind those that it needs.
fn in_order(
    mut tables: Vec<TableShape>,
    needed: &BTreeMap<String, BTreeSet<String>>,
) -> Result<Vec<TableShape>, StoreError> {
    let mut ordered: Vec<TableShape> = Vec::new();
    while !tables.is_empty() {
        let free = |table: &TableShape| {
            let open = |need: &String| *need != table.name && tables.iter().any(|other| other.name == *need);
            needed.get(&table.name).is_none_or(|needs| !needs.iter().any(open))
        };
        let place = tables.iter().position(free);
        let place = place.ok_or_else(|| StoreError::Database("tables need each other in a ring".to_owned()))?;
        ordered.push(tables.remove(place));
    }
    Ok(ordered)
}

fn holds(table: &str, column: &str, declared: &str) -> Result<Holds, StoreError> {
    match declared {
        "uuid" => Ok(Holds::Uuid),
        "text" => Ok(Holds::Text),
        "date" => Ok(Holds::Day),
        "boolean" => Ok(Holds::Bool),
        "integer" => Ok(Holds::Int),
        "bigint" => Ok(Holds::Long),
        "bytea" => Ok(Holds::Bytes),
        other => Err(StoreError::Database(format!("{table}.{column} is {other}"))),
    }
}
