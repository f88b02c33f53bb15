//! The security log as it is read, the refusals that the journal keeps, and what is dropped when its time is over.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::SecurityEvent;
use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::page::{COUNTED_TO, Listed, Page, Total};
use crate::records::accounts::NewRefusal;
use crate::sql::{Row, Sql};

/// Which lines are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub event: Option<String>,
    pub account: Option<Uuid>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
}

/// A line with the login of its account.
pub type Line = (SecurityEvent, Option<String>);

/// One page of the log, the newest first.
pub async fn list(store: &Store, viewer: &Viewer, filter: &Filter, page: Page) -> Result<Listed<Line>, StoreError> {
    if !access::sees_accounts(viewer) {
        return Err(StoreError::Forbidden);
    }
    let narrowed = narrowed(filter);
    let mut rows = Sql::new(
        "SELECT g.id, g.at, g.event, g.account, g.address, g.detail, a.login FROM security_log g \
         LEFT JOIN account a ON a.office = g.office AND a.id = g.account WHERE g.office = ?",
        [viewer.office.into()],
    );
    rows.join(narrowed.clone());
    if let Some(after) = page.after {
        rows.add(" AND g.id < ?", [after.into()]);
    }
    rows.add(" ORDER BY g.id DESC LIMIT ?", [page.limit().into()]);
    let rows = rows.all(&store.connection).await?.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let mut count = Sql::new(
        "SELECT count(*) AS total FROM (SELECT 1 AS one FROM security_log g WHERE g.office = ?",
        [viewer.office.into()],
    );
    count.join(narrowed).add(" LIMIT ?) x", [i64::from(COUNTED_TO + 1).into()]);
    let total = Total::read(count.one(&store.connection).await?)?;
    Ok(Listed::cut(rows, page, total, |(event, _)| event.id))
}

/// Enters in the journal that a viewer was refused; the caller sees that a flood does not fill it.
pub async fn refuse(
    store: &Store,
    viewer: &Viewer,
    at: DateTime<Utc>,
    method: &str,
    path: &str,
    event: &str,
) -> Result<(), StoreError> {
    let entered = store.step(viewer.office, Some(viewer.account), at, "bị từ chối truy cập", async |step| {
        step.add(NewRefusal {
            id: step.id(),
            role: viewer.role,
            method: method.to_owned(),
            path: path.to_owned(),
            event: event.to_owned(),
        })
    });
    entered.await.map(|_| ())
}

/// Deletes the lines of every office that are older than an instant; returns how many.
pub async fn delete_before(store: &Store, instant: DateTime<Utc>) -> Result<u64, StoreError> {
    Sql::new("DELETE FROM security_log WHERE at < ?", [instant.timestamp_millis().into()]).run(&store.connection).await
}

fn narrowed(filter: &Filter) -> Sql {
    let mut sql = Sql::default();
    if let Some(event) = &filter.event {
        sql.add(" AND g.event = ?", [event.as_str().into()]);
    }
    if let Some(account) = filter.account {
        sql.add(" AND g.account = ?", [account.into()]);
    }
    if let Some(from) = filter.from {
        sql.add(" AND g.at >= ?", [from.timestamp_millis().into()]);
    }
    if let Some(until) = filter.until {
        sql.add(" AND g.at < ?", [until.timestamp_millis().into()]);
    }
    sql
}

fn line(row: &Row) -> Result<Line, StoreError> {
    let event = SecurityEvent {
        id: row.get("id")?,
        at: row.instant("at")?,
        event: row.get("event")?,
        account: row.get("account")?,
        address: row.get("address")?,
        detail: row.get("detail")?,
    };
    Ok((event, row.get("login")?))
}
