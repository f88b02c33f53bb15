//! What can go wrong with the store, named so that a page can say whose fault it is and what to do.

use std::fmt;

use sea_orm::sqlx;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// The viewer's role or unit does not reach the record.
    Forbidden,
    /// A record that was named is not there.
    NotFound,
    /// The record was refused; the text says which rule it breaks.
    Refused(String),
    /// A record with the same key is already there, such as a decision with the same number.
    Duplicate(String),
    /// A record names another that is not there.
    DanglingReference(String),
    /// Someone else moved the record on in the meantime.
    Changed,
    /// Another program holds the database.
    Locked,
    /// The server or the file cannot be reached.
    Unreachable(String),
    /// The machine has no room left.
    DiskFull,
    /// The file is not a database, or is damaged.
    Damaged(String),
    /// The address of the database cannot be understood.
    BadUrl(String),
    /// The schema was made by a newer program: its version, and the newest known here.
    NewerSchema { found: i32, known: i32 },
    /// The schema must be migrated first: its version, and the one needed.
    OlderSchema { found: i32, needed: i32 },
    /// Stored text that no program of this version writes, or an error of the database itself.
    Database(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forbidden => write!(f, "the role or unit of the viewer does not reach this record"),
            Self::NotFound => write!(f, "there is no such record"),
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::Duplicate(what) => write!(f, "already there: {what}"),
            Self::DanglingReference(what) => write!(f, "names a record that is not there: {what}"),
            Self::Changed => write!(f, "the record was changed in the meantime"),
            Self::Locked => write!(f, "another program holds the database"),
            Self::Unreachable(why) => write!(f, "the database cannot be reached: {why}"),
            Self::DiskFull => write!(f, "the disk of the database is full"),
            Self::Damaged(why) => write!(f, "not a sound database: {why}"),
            Self::BadUrl(url) => write!(f, "not the address of a database: {url}"),
            Self::NewerSchema { found, known } => {
                write!(f, "the database has schema {found}, this program knows up to {known}")
            }
            Self::OlderSchema { found, needed } => {
                write!(f, "the database has schema {found}, this program needs {needed}; run `vinhdanh migrate`")
            }
            Self::Database(why) => write!(f, "the database reports: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => return Self::Duplicate(what),
            Some(SqlErr::ForeignKeyConstraintViolation(what)) => return Self::DanglingReference(what),
            _ => {}
        }
        match &error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Locked,
            DbErr::ConnectionAcquire(why) => Self::Unreachable(why.to_string()),
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => from_driver(cause),
            DbErr::Conn(RuntimeErr::Internal(why)) => Self::Unreachable(why.clone()),
            _ => Self::Database(error.to_string()),
        }
    }
}

fn from_driver(cause: &sqlx::Error) -> StoreError {
    match cause {
        sqlx::Error::Io(why) if why.kind() == std::io::ErrorKind::StorageFull => StoreError::DiskFull,
        sqlx::Error::Io(why) => StoreError::Unreachable(why.to_string()),
        sqlx::Error::PoolTimedOut => StoreError::Locked,
        sqlx::Error::PoolClosed => StoreError::Unreachable("closed".to_owned()),
        sqlx::Error::Configuration(why) => StoreError::BadUrl(why.to_string()),
        sqlx::Error::Database(database) => from_database(database.as_ref()),
        other => StoreError::Database(other.to_string()),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error().map_or(0, |cause| cause.extended_code);
        from_sqlite(code, error.to_string())
    }
}

fn from_sqlite(code: i32, message: String) -> StoreError {
    match code & 0xff {
        5 | 6 => StoreError::Locked,
        8 | 14 => StoreError::Unreachable(message),
        11 | 26 => StoreError::Damaged(message),
        13 => StoreError::DiskFull,
        19 => StoreError::Refused(message),
        _ => StoreError::Database(message),
    }
}

fn from_database(error: &dyn sqlx::error::DatabaseError) -> StoreError {
    let message = error.message().to_owned();
    let code = error.code().unwrap_or_default().into_owned();
    // SQLite gives a number whose last byte is the primary result code; PostgreSQL gives five characters.
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        return from_sqlite(code.parse().unwrap_or(0), message);
    }
    match code.as_str() {
        "53100" => StoreError::DiskFull,
        "40001" | "40P01" | "55P03" => StoreError::Locked,
        "23514" | "23502" => StoreError::Refused(message),
        "XX001" | "XX002" => StoreError::Damaged(message),
        code if code.starts_with("08")
            || code.starts_with("28")
            || code.starts_with("3D")
            || code.starts_with("57P") =>
        {
            StoreError::Unreachable(message)
        }
        _ => StoreError::Database(message),
    }
}
