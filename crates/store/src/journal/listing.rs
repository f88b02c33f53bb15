//! The journal as a list: who did what to which record and when, the newest first.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{head, place};
use crate::Store;
use crate::access::{Viewer, reads_journal};
use crate::error::StoreError;
use crate::sql::{Row, Sql};

/// Leaves that are looked through for one page, so that a rare filter costs no more than a common one.
const WINDOW: u64 = 100_000;

/// Which leaves are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    /// The login of who acted.
    pub login: Option<String>,
    /// The kind of record.
    pub noun: Option<String>,
    /// Only leaves before this place.
    pub before: Option<u64>,
}

/// A leaf as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub n: u64,
    pub at: DateTime<Utc>,
    /// The name of who acted; absent where the program itself did.
    pub actor: Option<String>,
    pub verb: String,
    pub noun: String,
    pub id: Uuid,
    /// The reason of the act, on the leaf of the act itself.
    pub why: Option<String>,
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub lines: Vec<Line>,
    /// What to ask for as [`Asked::before`] to go on; absent at the end.
    pub next: Option<u64>,
}

/// A page of up to `rows` leaves; it may hold fewer, and still go on, where what is asked for is rare.
pub async fn list(store: &Store, viewer: &Viewer, asked: &Asked, rows: u32) -> Result<Listing, StoreError> {
    if !reads_journal(viewer) {
        return Err(StoreError::Forbidden);
    }
    let before = match asked.before {
        Some(before) => before,
        None => beginning(store, viewer.office, asked.until).await?,
    };
    let lowest = before.saturating_sub(WINDOW);
    let mut sql = lines(viewer.office);
    sql.add(" AND l.n < ? AND l.n >= ?", [place(before)?.into(), place(lowest)?.into()]);
    if let Some(from) = asked.from {
        sql.add(" AND l.at >= ?", [from.timestamp_millis().into()]);
    }
    if let Some(until) = asked.until {
        sql.add(" AND l.at < ?", [until.timestamp_millis().into()]);
    }
    if let Some(login) = &asked.login {
        sql.add(" AND a.login = ?", [login.as_str().into()]);
    }
    if let Some(noun) = &asked.noun {
        sql.add(" AND l.noun = ?", [noun.as_str().into()]);
    }
    let found = sql.add(" ORDER BY l.n DESC LIMIT ?", [i64::from(rows).into()]).all(&store.connection).await?;
    let lines = found.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let full = lines.len() == rows as usize;
    let next = if full { lines.last().map_or(0, |last| last.n) } else { lowest };
    let over = next == 0 || (!full && begins_before(store, viewer.office, lowest, asked.from).await?);
    Ok(Listing { lines, next: (!over).then_some(next) })
}

/// One leaf as the list shows it.
pub async fn one(store: &Store, viewer: &Viewer, n: u64) -> Result<Line, StoreError> {
    if !reads_journal(viewer) {
        return Err(StoreError::Forbidden);
    }
    let mut sql = lines(viewer.office);
    sql.add(" AND l.n = ?", [place(n)?.into()]);
    line(&sql.one(&store.connection).await?.ok_or(StoreError::NotFound)?)
}

/// The act to which a leaf belongs: the last whose own leaf is not after it.
pub async fn act(store: &Store, viewer: &Viewer, n: u64) -> Result<Option<Line>, StoreError> {
    let mut sql = lines(viewer.office);
    sql.add(" AND l.n <= ? AND l.n > ? AND l.noun = 'step'", [place(n)?.into(), (place(n)? - WINDOW as i64).into()]);
    let found = sql.add(" ORDER BY l.n DESC LIMIT 1", []).one(&store.connection).await?;
    found.map(|row| line(&row)).transpose()
}

/// The place from which a list goes back: the end, or a little after the last record made before an instant.
async fn beginning(store: &Store, office: i32, until: Option<DateTime<Utc>>) -> Result<u64, StoreError> {
    let size = head(store, office).await?.size;
    let Some(until) = until else {
        return Ok(size);
    };
    // Ids begin with the instant at which they were made.
    let millis = u128::from(until.timestamp_millis().unsigned_abs());
    let sql = Sql::new(
        "SELECT n FROM journal_leaf WHERE office = ? AND id < ? ORDER BY id DESC LIMIT 1",
        [office.into(), Uuid::from_u128(millis << 80).into()],
    );
    match sql.one(&store.connection).await? {
        None => Ok(0),
        Some(row) => Ok(size.min(row.get::<i64>("n")?.unsigned_abs() + WINDOW / 2)),
    }
}

async fn begins_before(store: &Store, office: i32, n: u64, from: Option<DateTime<Utc>>) -> Result<bool, StoreError> {
    let Some(from) = from else {
        return Ok(false);
    };
    let sql = Sql::new("SELECT at FROM journal_leaf WHERE office = ? AND n = ?", [office.into(), place(n)?.into()]);
    Ok(sql.one(&store.connection).await?.map(|row| row.instant("at")).transpose()?.is_some_and(|at| at < from))
}

fn lines(office: i32) -> Sql {
    Sql::new(
        "SELECT l.n, l.at, a.display_name, l.verb, l.noun, l.id, s.why FROM journal_leaf l \
         LEFT JOIN account a ON a.office = l.office AND a.id = l.actor \
         LEFT JOIN step s ON s.office = l.office AND s.id = l.id AND l.noun = 'step' WHERE l.office = ?",
        [office.into()],
    )
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        n: row.get::<i64>("n")?.unsigned_abs(),
        at: row.instant("at")?,
        actor: row.get("display_name")?,
        verb: row.get("verb")?,
        noun: row.get("noun")?,
        id: row.get("id")?,
        why: row.get("why")?,
    })
}
