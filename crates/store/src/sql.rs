//! A piece of SQL that carries its values, and a row that comes back.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use serde::Deserialize;

use crate::Store;
use crate::error::StoreError;
use crate::reading::{ReadRow, Readable};
use crate::rows;
use crate::words;

/// SQL with a `?` for each value, so that pieces can be joined in any order.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub fn new(text: &str, values: impl IntoIterator<Item = Value>) -> Self {
        let mut sql = Self::default();
        sql.add(text, values);
        sql
    }

    /// Appends text and the values of its question marks.
    pub fn add(&mut self, text: &str, values: impl IntoIterator<Item = Value>) -> &mut Self {
        self.text.push_str(text);
        self.values.extend(values);
        self
    }

    /// Appends another piece.
    pub fn join(&mut self, other: Sql) -> &mut Self {
        self.text.push_str(&other.text);
        self.values.extend(other.values);
        self
    }

    /// Appends `(?, ?, …)`; for an empty list a set that nothing is in.
    ///
    /// Many ids go as one value, since a statement takes no more than 32,766 values on SQLite and 65,535 on PostgreSQL.
    pub fn set(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        let before = self.values.len();
        self.values.extend(values);
        if let Some(ids) = many_ids(&self.values[before..]) {
            self.values.truncate(before);
            self.values.push(ids.into());
            self.text.push_str(&format!("({IDS}?{END_OF_IDS})"));
            return self;
        }
        let marks = vec!["?"; self.values.len() - before].join(", ");
        self.text.push_str(&if marks.is_empty() { "(NULL)".to_owned() } else { format!("({marks})") });
        self
    }

    /// Appends that a column holds one of the ids that a statement gives, of which there are few among the rows of a large
    /// table. PostgreSQL takes them as a list: it has no notion of how many a recursive statement gives, and would read
    /// the whole table.
    pub fn found_in(&mut self, column: &str, ids: Sql) -> &mut Self {
        self.add(&format!("{column} {FOUND_IN}"), []).join(ids).add(END_OF_FOUND_IN, [])
    }

    /// Whether nothing was appended.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub async fn all(&self, connection: &impl ConnectionTrait) -> Result<Vec<Row>, StoreError> {
        let rows = connection.query_all_raw(self.statement(connection)).await?;
        Ok(rows.into_iter().map(Row::Handed).collect())
    }

    pub async fn one(&self, connection: &impl ConnectionTrait) -> Result<Option<Row>, StoreError> {
        let row = connection.query_one_raw(self.statement(connection)).await?;
        Ok(row.map(Row::Handed))
    }

    /// [`Sql::all`] for a statement that ends within milliseconds, on the thread of whoever asks where the database lets it.
    pub async fn read(&self, store: &Store) -> Result<Vec<Row>, StoreError> {
        match store.reading(&self.on_sqlite(), &self.values, false) {
            Some(rows) => Ok(rows?.into_iter().map(Row::Read).collect()),
            None => self.all(&store.connection).await,
        }
    }

    /// [`Sql::one`] for such a statement.
    pub async fn read_one(&self, store: &Store) -> Result<Option<Row>, StoreError> {
        match store.reading(&self.on_sqlite(), &self.values, true) {
            Some(rows) => Ok(rows?.pop().map(Row::Read)),
            None => self.one(&store.connection).await,
        }
    }

    /// Runs it and returns the number of rows touched.
    pub async fn run(&self, connection: &impl ConnectionTrait) -> Result<u64, StoreError> {
        let done = connection.execute_raw(self.statement(connection)).await?;
        Ok(done.rows_affected())
    }

    fn statement(&self, connection: &impl ConnectionTrait) -> Statement {
        let backend = connection.get_database_backend();
        let mut marked = String::with_capacity(self.text.len() + self.values.len() * 2);
        let mut parts = self.text.split('?');
        marked.push_str(parts.next().unwrap_or_default());
        for (n, part) in parts.enumerate() {
            marked.push_str(&rows::mark(backend, n + 1));
            marked.push_str(part);
        }
        Statement::from_sql_and_values(backend, with_ids(&marked, backend), self.values.clone())
    }

    /// The text as SQLite reads it.
    fn on_sqlite(&self) -> Cow<'_, str> {
        with_ids(&self.text, DbBackend::Sqlite)
    }
}

/// A text in which ids that go as one value, or come from a statement, are read as the database reads them.
fn with_ids(text: &str, backend: DbBackend) -> Cow<'_, str> {
    if !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let [ids, end_of_ids, found_in, end_of_found_in] = match backend {
        DbBackend::Postgres => {
            ["SELECT one.value::uuid FROM json_array_elements_text(", "::json) one", "= ANY (ARRAY(", "))"]
        }
        // The limit, which is none, keeps the ids from being read anew for each row.
        _ => ["SELECT unhex(one.value) FROM json_each(", ") one LIMIT -1", "IN (", ")"],
    };
    let text = text.replace(IDS, ids).replace(END_OF_IDS, end_of_ids);
    Cow::Owned(text.replace(FOUND_IN, found_in).replace(END_OF_FOUND_IN, end_of_found_in))
}

/// Ids that still go one by one.
const FEW_IDS: usize = 5_000;
/// Where a value that holds many ids begins and ends, until the database is known that reads it.
const IDS: &str = "{ids}";
const END_OF_IDS: &str = "{end of ids}";
/// The same for ids that a statement gives.
const FOUND_IN: &str = "{found in}";
const END_OF_FOUND_IN: &str = "{end of found in}";

/// More ids than [`FEW_IDS`] as a JSON array of their digits; nothing where there are few, or values that are no ids.
fn many_ids(values: &[Value]) -> Option<String> {
    if values.len() <= FEW_IDS {
        return None;
    }
    let id = |value: &Value| match value {
        Value::Uuid(Some(id)) => Some(id.simple().to_string()),
        _ => None,
    };
    let ids: Option<Vec<String>> = values.iter().map(id).collect();
    Some(format!("[\"{}\"]", ids?.join("\",\"")))
}

/// The different values of a column of an office in their order, as `word`, each found from the one before by an index
/// of the two: that costs as much as there are values, however many the rows.
pub fn distinct(table: &str, column: &str, office: i32, most: Option<u32>) -> Sql {
    let next = |more: &str| {
        format!(
            "(SELECT t.{column} FROM {table} t WHERE t.office = ? AND t.{column} IS NOT NULL{more} \
             ORDER BY t.{column} LIMIT 1)"
        )
    };
    let text = format!(
        "WITH RECURSIVE found (word) AS (SELECT {} UNION ALL SELECT {} FROM found WHERE found.word IS NOT NULL) \
         SELECT found.word FROM found WHERE found.word IS NOT NULL",
        next(""),
        next(&format!(" AND t.{column} > found.word")),
    );
    let mut sql = Sql::new(&text, [office.into(), office.into()]);
    if let Some(most) = most {
        sql.add(" LIMIT ?", [i64::from(most).into()]);
    }
    sql
}

/// A member of a column that holds JSON as text, as an expression; the indexes of such members are written alike.
pub fn member(backend: DbBackend, column: &str, name: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("({column}::jsonb ->> '{name}')"),
        _ => format!("({column} ->> '$.{name}')"),
    }
}

/// One row of an answer, read by column name.
#[derive(Debug)]
pub enum Row {
    /// Handed over by a pool.
    Handed(QueryResult),
    /// Read on the thread of whoever asked.
    Read(ReadRow),
}

impl Row {
    pub fn get<T: Readable>(&self, column: &str) -> Result<T, StoreError> {
        match self {
            Self::Handed(row) => Ok(row.try_get("", column)?),
            Self::Read(row) => row.get(column),
        }
    }

    pub fn word<T: for<'de> Deserialize<'de>>(&self, column: &str) -> Result<T, StoreError> {
        words::parse(&self.get::<String>(column)?)
    }

    pub fn word_or_none<T: for<'de> Deserialize<'de>>(&self, column: &str) -> Result<Option<T>, StoreError> {
        self.get::<Option<String>>(column)?.map(|text| words::parse(&text)).transpose()
    }

    /// An instant stored as milliseconds.
    pub fn instant(&self, column: &str) -> Result<DateTime<Utc>, StoreError> {
        let millis: i64 = self.get(column)?;
        DateTime::from_timestamp_millis(millis).ok_or_else(|| StoreError::Database(format!("no instant: {millis}")))
    }

    /// A count, which no database makes negative.
    pub fn count(&self, column: &str) -> Result<u32, StoreError> {
        let count: i64 = self.get(column)?;
        u32::try_from(count).map_err(|_| StoreError::Database(format!("no count: {count}")))
    }
}
