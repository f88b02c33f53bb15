//! From the address of a database to the options of its connection.

use std::path::Path;
use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::sqlite::SqliteJournalMode;

use crate::error::StoreError;

/// How long a writer waits for another before the database counts as locked.
const PATIENCE: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 8;
/// What each connection to SQLite may keep of the file, in KiB after a minus sign: the upper levels of the indexes of a
/// large office. A small one never fills it.
const PAGES_KEPT: &str = "-32000";

/// Reads `sqlite:PATH` or `postgres://…`, and makes the folder of an SQLite file.
pub fn options(url: &str) -> Result<ConnectOptions, StoreError> {
    let mut options = if let Some(path) = url.strip_prefix("sqlite:") {
        sqlite(path)?
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        ConnectOptions::new(url)
    } else {
        return Err(StoreError::BadUrl(url.to_owned()));
    };
    options.max_connections(CONNECTIONS).acquire_timeout(PATIENCE).sqlx_logging(false);
    Ok(options)
}

fn sqlite(path: &str) -> Result<ConnectOptions, StoreError> {
    if path.is_empty() || path.starts_with(":memory:") {
        return Err(StoreError::BadUrl(format!("sqlite:{path}")));
    }
    let path = Path::new(path.strip_prefix("//").unwrap_or(path)).to_owned();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|why| StoreError::Unreachable(format!("{}: {why}", folder.display())))?;
    }
    let mut options = ConnectOptions::new("sqlite:path");
    // The path is set here and not in the address, so that any letter may stand in it.
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(PATIENCE)
            .pragma("cache_size", PAGES_KEPT)
            .foreign_keys(true)
    });
    Ok(options)
}
