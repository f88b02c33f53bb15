//! Remembers: records, journal and reports; the only crate with SQL.

pub mod record;
pub mod records;
pub mod schema;
pub mod step;

pub mod journal;
pub mod merkle;
pub mod verify;

pub mod archive;

pub mod access;
pub mod accounts;

pub mod alike;
pub mod entry;
pub mod facts;
pub mod history;
pub mod members;
pub mod page;
pub mod people;
pub mod places;
pub mod reorganisation;
pub mod roster;
pub mod subjects;
pub mod units;
pub mod yearly;

pub mod conferrals;
pub mod decisions;
pub mod numbering;
pub mod register;

pub mod attachments;
pub mod drafts;
pub mod layers;

pub mod home;
pub mod imports;
pub mod jobs;
pub mod matching;
pub mod offices;
pub mod reports;
pub mod review;

pub mod error;
pub mod names;
pub mod search;
pub mod words;

mod address;
mod households;
mod migrations;
mod reading;
mod rows;
mod sql;
mod totals;

#[cfg(test)]
mod plans;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use sea_orm::{
    AccessMode, Database, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait, Value,
};
use uuid::{ContextV7, Uuid};

use crate::address::Purpose;
use crate::error::StoreError;
use crate::reading::{ReadRow, Readers};
use crate::sql::Sql;
use crate::totals::Totals;

/// A journal with more leaves is that of a large office.
const LARGE: i64 = 5_000_000;

/// An open database with its records; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    connection: DatabaseConnection,
    /// For what is read at once; absent on PostgreSQL.
    readers: Option<Arc<Readers>>,
    totals: Arc<Totals>,
    members: Arc<members::Counts>,
    statements: Arc<AtomicU64>,
    /// One for all steps, so that what is entered later has the later id, even where the clock was set back.
    ids: Arc<Mutex<ContextV7>>,
    /// The delegation under which every step is made.
    delegation: Option<Uuid>,
}

/// Opens the database at `sqlite:PATH` or `postgres://…`; an SQLite file is created with its folder.
///
/// The schema is not touched: see [`Store::migrate`].
pub async fn open(url: &str) -> Result<Store, StoreError> {
    opened(url, Purpose::Serve).await
}

/// [`open`] to read what is there: an SQLite file that is not there is an error and is not made.
pub async fn open_to_read(url: &str) -> Result<Store, StoreError> {
    opened(url, Purpose::Read).await
}

/// [`open`] to fill an empty SQLite file quickly with what fits together, such as a sample: a machine that fails meanwhile
/// leaves a damaged file, and whether a record names another that is there is not looked at.
pub async fn open_to_fill(url: &str) -> Result<Store, StoreError> {
    opened(url, Purpose::Fill).await
}

async fn opened(url: &str, purpose: Purpose) -> Result<Store, StoreError> {
    let mut connection = Database::connect(address::options(url, purpose)?).await?;
    let statements = Arc::new(AtomicU64::new(0));
    let counter = statements.clone();
    connection.set_metric_callback(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let readers = address::file(url).map(|file| Arc::new(Readers::new(file)));
    Ok(Store {
        connection,
        readers,
        totals: Arc::default(),
        members: Arc::default(),
        statements,
        ids: Arc::new(Mutex::new(ContextV7::new())),
        delegation: None,
    })
}

impl Store {
    /// Brings the schema to the newest version; a database newer than this program is refused.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        migrations::run(self).await
    }

    /// Whether the schema is as this program needs it: an error says what is amiss.
    pub async fn check_schema(&self) -> Result<(), StoreError> {
        migrations::check(self).await
    }

    /// The same store for one who acts in a role lent by another: every step says so.
    pub fn acting_under(&self, delegation: Uuid) -> Self {
        Self { delegation: Some(delegation), ..self.clone() }
    }

    /// Whether nothing has been entered for the office yet.
    pub async fn is_empty(&self, office: i32) -> Result<bool, StoreError> {
        let step = Sql::new("SELECT 1 AS one FROM step WHERE office = ? LIMIT 1", [office.into()]);
        Ok(step.one(&self.connection).await?.is_none())
    }

    /// How many statements have been sent since opening, so that a test can compare two pages.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Lets the database look at how much there is; called after a large entry, so that lists stay quick.
    ///
    /// On SQLite a large file keeps the statistics of its schema: to look at it all, where it is larger than memory, takes hours.
    pub async fn analyze(&self) -> Result<(), StoreError> {
        if self.connection.get_database_backend() == DbBackend::Sqlite {
            let leaves = Sql::new("SELECT coalesce(max(size), 0) AS leaves FROM journal_head", []);
            let leaves: i64 = leaves.one(&self.connection).await?.ok_or(StoreError::NotFound)?.get("leaves")?;
            if leaves > LARGE {
                return Ok(());
            }
        }
        Sql::new("ANALYZE", []).run(&self.connection).await?;
        Ok(())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.connection.ping().await?)
    }

    /// Closes every connection; an SQLite file is left whole, without a write-ahead log beside it.
    pub async fn close(self) -> Result<(), StoreError> {
        if let Some(readers) = &self.readers {
            readers.close();
        }
        Ok(self.connection.close().await?)
    }

    /// The rows of a statement read on this thread; `None` where the database is asked through its pool alone.
    pub(crate) fn reading(&self, text: &str, values: &[Value], one: bool) -> Option<Result<Vec<ReadRow>, StoreError>> {
        let readers = self.readers.as_ref()?;
        self.statements.fetch_add(1, Ordering::Relaxed);
        Some(readers.rows(text, values, one))
    }

    /// A transaction for reading, which sees everything as it stood when it began to read.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, StoreError> {
        let postgres = self.connection.get_database_backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
        };
        Ok(self.connection.begin_with_options(options).await?)
    }

    /// A transaction for writing: SQLite waits for the other writer here and not in the middle.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.connection.begin_with_options(options).await?)
    }
}
