//! Remembers: records, journal and reports; the only crate with SQL.

pub mod access;
pub mod accounts;
mod address;
pub mod conferrals;
pub mod decisions;
pub mod home;
pub mod reports;
pub mod error;
pub mod facts;
pub mod journal;
mod merkle;
mod migrations;
pub mod names;
pub mod offices;
pub mod page;
pub mod members;
pub mod people;
pub mod record;
pub mod records;
pub mod search;
mod sql;
pub mod step;
pub mod subjects;
pub mod units;
pub mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{Database, DatabaseConnection};

use crate::error::StoreError;
use crate::sql::Sql;

/// An open database with its records; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    connection: DatabaseConnection,
    statements: Arc<AtomicU64>,
}

/// Opens the database at `sqlite:PATH` or `postgres://…`; an SQLite file is created with its folder.
///
/// The schema is not touched: see [`Store::migrate`].
pub async fn open(url: &str) -> Result<Store, StoreError> {
    let mut connection = Database::connect(address::options(url)?).await?;
    let statements = Arc::new(AtomicU64::new(0));
    let counter = statements.clone();
    connection.set_metric_callback(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    Ok(Store { connection, statements })
}

impl Store {
    /// Brings the schema to the newest version; a database newer than this program is refused.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        migrations::run(&self.connection).await
    }

    /// Whether the schema is as this program needs it: an error says what is amiss.
    pub async fn check_schema(&self) -> Result<(), StoreError> {
        migrations::check(&self.connection).await
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

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.connection.ping().await?)
    }

    /// Closes every connection; an SQLite file is left whole, without a write-ahead log beside it.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.connection.close().await?)
    }
}
