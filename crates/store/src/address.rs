//! From the address of a database to the options of its connection.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

use crate::error::StoreError;

/// How long a writer waits for another before the database counts as locked.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 8;
/// What each connection to SQLite may keep of the file, in KiB after a minus sign: the upper levels of the indexes of a
/// large office. A small one never fills it.
pub(crate) const PAGES_KEPT: &str = "-32000";

/// The same while an empty database is filled, where every index is written to.
const PAGES_WHILE_FILLING: &str = "-1000000";
/// Pages written before they are brought from the log beside an SQLite file into the file itself.
const LOGGED_WHILE_FILLING: &str = "50000";

/// What a database is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Serve,
    /// No file is made where none is.
    Read,
    /// One program fills an empty SQLite file with what fits together: it waits for no disk, and what a record names is
    /// not looked up. On PostgreSQL the same as [`Purpose::Serve`].
    Fill,
}

/// How long a connection lies unused before it is tried out.
const UNTRIED: Duration = Duration::from_secs(30);

/// The file of an SQLite database.
pub fn file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(Path::new(path.strip_prefix("//").unwrap_or(path)).to_owned())
}

/// Reads `sqlite:PATH` or `postgres://…`, and makes the folder of an SQLite file.
pub fn options(url: &str, purpose: Purpose) -> Result<ConnectOptions, StoreError> {
    let mut options = if let Some(path) = url.strip_prefix("sqlite:") {
        sqlite(path, purpose)?
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        postgres(url)
    } else {
        return Err(StoreError::BadUrl(url.to_owned()));
    };
    options.max_connections(CONNECTIONS).acquire_timeout(PATIENCE).sqlx_logging(false);
    options.test_before_acquire_if_idle_for(UNTRIED);
    Ok(options)
}

/// Statements here end within milliseconds, and to compile them, which the server does where it expects much work, takes
/// longer than to run them.
fn postgres(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.map_sqlx_postgres_opts(|postgres| postgres.options([("jit", "off")]));
    options
}

fn sqlite(path: &str, purpose: Purpose) -> Result<ConnectOptions, StoreError> {
    if path.is_empty() || path.starts_with(":memory:") {
        return Err(StoreError::BadUrl(format!("sqlite:{path}")));
    }
    let path = Path::new(path.strip_prefix("//").unwrap_or(path)).to_owned();
    if let Some(folder) = path.parent().filter(|_| purpose != Purpose::Read) {
        std::fs::create_dir_all(folder)
            .map_err(|why| StoreError::Unreachable(format!("{}: {why}", folder.display())))?;
    }
    let mut options = ConnectOptions::new("sqlite:path");
    // The path is set here and not in the address, so that any letter may stand in it.
    // A connection that is closed brings a long log into the file, for which the next one might wait too long: a file that
    // nobody else serves needs no fresh connections.
    options.max_lifetime(None).idle_timeout(None);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite =
            sqlite.filename(&path).create_if_missing(purpose != Purpose::Read).journal_mode(SqliteJournalMode::Wal);
        let sqlite = sqlite.busy_timeout(PATIENCE);
        match purpose {
            Purpose::Serve | Purpose::Read => sqlite.pragma("cache_size", PAGES_KEPT).foreign_keys(true),
            Purpose::Fill => sqlite
                .pragma("cache_size", PAGES_WHILE_FILLING)
                .pragma("wal_autocheckpoint", LOGGED_WHILE_FILLING)
                .synchronous(SqliteSynchronous::Off)
                .foreign_keys(false),
        }
    });
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::{Purpose, options};

    #[test]
    fn connections_to_a_file_are_kept_and_those_to_a_server_are_renewed() {
        let folder = std::env::temp_dir();
        let file = format!("sqlite:{}", folder.join("vinhdanh-address.db").display());
        let kept = options(&file, Purpose::Serve).expect("options");
        assert_eq!((kept.get_max_lifetime(), kept.get_idle_timeout()), (Some(None), Some(None)));
        let renewed = options("postgres://vinhdanh@localhost/vinhdanh", Purpose::Serve).expect("options");
        assert_eq!(renewed.get_max_lifetime(), None);
    }
}
