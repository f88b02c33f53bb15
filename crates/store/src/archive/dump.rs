//! From a database to lines: everything as it stood at one instant, a part at a time.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use sea_orm::{DatabaseTransaction, Value};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::{Header, Holds, OfficeHead, TableShape, shape};
use crate::Store;
use crate::error::StoreError;
use crate::journal::hex;
use crate::migrations;
use crate::sql::{Row, Sql};

/// Rows of one part; so many lie in memory at once.
const ROWS: i64 = 5_000;
/// Bytes after which a part ends; what is read back is bounded, so a part of large rows must be.
const LARGE: usize = 32 << 20;

/// A database being written out.
#[derive(Debug)]
pub struct Dump {
    snapshot: DatabaseTransaction,
    header: Header,
    /// The table being read, and the key of the last row that was.
    table: usize,
    after: Option<Vec<Value>>,
}

/// Rows of one table, one JSON object to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub table: String,
    pub rows: u64,
    pub lines: Vec<u8>,
}

impl Dump {
    /// Looks at the database as it stands now, whatever others write meanwhile.
    pub async fn open(store: &Store) -> Result<Self, StoreError> {
        let snapshot = store.snapshot().await?;
        let header = Header {
            schema: migrations::version(&snapshot).await?,
            offices: offices(&snapshot).await?,
            tables: shape::tables(&snapshot).await?,
        };
        Ok(Self { snapshot, header, table: 0, after: None })
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The next part; nothing after the last.
    pub async fn next(&mut self) -> Result<Option<Part>, StoreError> {
        while let Some(table) = self.header.tables.get(self.table) {
            let rows = page(table, self.after.as_deref()).all(&self.snapshot).await?;
            let (mut lines, mut taken) = (Vec::new(), 0);
            for row in &rows {
                lines.extend(Json::Object(object(table, row)?).to_string().into_bytes());
                lines.push(b'\n');
                taken += 1;
                if lines.len() >= LARGE {
                    break;
                }
            }
            let Some(last) = rows[..taken].last() else {
                self.table += 1;
                self.after = None;
                continue;
            };
            self.after = Some(key(table, last)?);
            return Ok(Some(Part { table: table.name.clone(), rows: taken as u64, lines }));
        }
        Ok(None)
    }
}

/// Every office with the head of its journal.
pub(crate) async fn offices(connection: &DatabaseTransaction) -> Result<Vec<OfficeHead>, StoreError> {
    let sql = Sql::new(
        "SELECT o.office, o.code, h.size, h.root FROM office o JOIN journal_head h ON h.office = o.office ORDER BY o.office",
        [],
    );
    let head = |row: &Row| {
        let size: i64 = row.get("size")?;
        let root: Vec<u8> = row.get("root")?;
        Ok(OfficeHead {
            office: row.get("office")?,
            code: row.get("code")?,
            size: size.unsigned_abs(),
            root: hex(&root),
        })
    };
    sql.all(connection).await?.iter().map(head).collect()
}

/// The rows that follow a key, in the order of keys.
fn page(table: &TableShape, after: Option<&[Value]>) -> Sql {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let key = table.key.join(", ");
    let mut sql = Sql::new(&format!("SELECT {} FROM {}", columns.join(", "), table.name), []);
    if let Some(after) = after {
        sql.add(&format!(" WHERE ({key}) > "), []).set(after.iter().cloned());
    }
    sql.add(&format!(" ORDER BY {key} LIMIT ?"), [ROWS.into()]);
    sql
}

fn key(table: &TableShape, row: &Row) -> Result<Vec<Value>, StoreError> {
    let value = |name: &String| {
        let column = table.columns.iter().find(|column| column.name == *name);
        let column = column.ok_or_else(|| StoreError::Database(format!("{}.{name} is no column", table.name)))?;
        Ok(match column.holds {
            Holds::Uuid => row.get::<Uuid>(name)?.into(),
            Holds::Text => row.get::<String>(name)?.into(),
            Holds::Day => row.get::<NaiveDate>(name)?.into(),
            Holds::Bool => row.get::<bool>(name)?.into(),
            Holds::Int => row.get::<i32>(name)?.into(),
            Holds::Long => row.get::<i64>(name)?.into(),
            Holds::Bytes => row.get::<Vec<u8>>(name)?.into(),
        })
    };
    table.key.iter().map(value).collect()
}

fn object(table: &TableShape, row: &Row) -> Result<Map<String, Json>, StoreError> {
    let member = |column: &super::ColumnShape| {
        let name = column.name.as_str();
        let value = match column.holds {
            Holds::Uuid => row.get::<Option<Uuid>>(name)?.map(|id| id.to_string()).into(),
            Holds::Text => row.get::<Option<String>>(name)?.into(),
            Holds::Day => row.get::<Option<NaiveDate>>(name)?.map(|day| day.to_string()).into(),
            Holds::Bool => row.get::<Option<bool>>(name)?.into(),
            Holds::Int => row.get::<Option<i32>>(name)?.into(),
            Holds::Long => row.get::<Option<i64>>(name)?.into(),
            Holds::Bytes => row.get::<Option<Vec<u8>>>(name)?.map(|bytes| STANDARD.encode(bytes)).into(),
        };
        Ok((name.to_owned(), value))
    };
    table.columns.iter().map(member).collect()
}
