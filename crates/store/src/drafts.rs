//! Drafts: what someone is typing, kept until it is submitted; mutable, unjournaled, seen by its owner alone.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::Store;
use crate::access::Viewer;
use crate::error::StoreError;
use crate::sql::{Row, Sql};
use crate::step::Step;

/// One draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: Uuid,
    /// JSON, whose shape is the business of the page.
    pub content: String,
    /// When it was last changed, in milliseconds: what its form carries, so that two windows do not overwrite each other.
    pub changed: i64,
}

/// Drafts that are listed at most.
const LISTED: i64 = 100;

impl Draft {
    /// The instant of the last change.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.changed)
    }
}

/// The viewer's own drafts of a kind, the last changed first; at most 100.
pub async fn own(store: &Store, viewer: &Viewer, kind: &str) -> Result<Vec<Draft>, StoreError> {
    let sql = Sql::new(
        "SELECT id, content, changed FROM draft WHERE office = ? AND owner = ? AND kind = ? ORDER BY changed DESC, id LIMIT ?",
        [viewer.office.into(), viewer.account.into(), kind.into(), LISTED.into()],
    );
    sql.all(&store.connection).await?.iter().map(read).collect()
}

/// A draft of the viewer's own; `None` where it is not there or another's.
pub async fn one(store: &Store, viewer: &Viewer, kind: &str, id: Uuid) -> Result<Option<Draft>, StoreError> {
    let sql = Sql::new(
        "SELECT id, content, changed FROM draft WHERE office = ? AND owner = ? AND kind = ? AND id = ?",
        [viewer.office.into(), viewer.account.into(), kind.into(), id.into()],
    );
    sql.one(&store.connection).await?.as_ref().map(read).transpose()
}

/// Begins a draft.
pub async fn begin(
    store: &Store,
    viewer: &Viewer,
    kind: &str,
    content: &str,
    at: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    let sql = Sql::new(
        "INSERT INTO draft (office, id, kind, owner, content, changed) VALUES (?, ?, ?, ?, ?, ?)",
        [
            viewer.office.into(),
            id.into(),
            kind.into(),
            viewer.account.into(),
            content.into(),
            at.timestamp_millis().into(),
        ],
    );
    sql.run(&store.connection).await?;
    Ok(id)
}

/// Keeps what was typed; [`StoreError::Changed`] where the draft is no longer as the form had seen it.
pub async fn keep(store: &Store, viewer: &Viewer, draft: &Draft, at: DateTime<Utc>) -> Result<i64, StoreError> {
    let changed = at.timestamp_millis().max(draft.changed + 1);
    let sql = Sql::new(
        "UPDATE draft SET content = ?, changed = ? WHERE office = ? AND owner = ? AND id = ? AND changed = ?",
        [
            draft.content.as_str().into(),
            changed.into(),
            viewer.office.into(),
            viewer.account.into(),
            draft.id.into(),
            draft.changed.into(),
        ],
    );
    match sql.run(&store.connection).await? {
        1 => Ok(changed),
        _ => Err(StoreError::Changed),
    }
}

/// Throws a draft away.
pub async fn drop(store: &Store, viewer: &Viewer, id: Uuid) -> Result<(), StoreError> {
    let key = [viewer.office.into(), viewer.account.into(), id.into()];
    Sql::new("DELETE FROM draft WHERE office = ? AND owner = ? AND id = ?", key).run(&store.connection).await?;
    Ok(())
}

impl Step {
    /// Ends a draft with the step that enters what it held; [`StoreError::Changed`] where it is no longer as it was seen,
    /// so that a form sent twice enters its records once.
    pub async fn submit_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let key = [self.office.into(), draft.id.into(), draft.changed.into()];
        let sql = Sql::new("DELETE FROM draft WHERE office = ? AND id = ? AND changed = ?", key);
        match sql.run(&self.transaction).await? {
            1 => Ok(()),
            _ => Err(StoreError::Changed),
        }
    }
}

fn read(row: &Row) -> Result<Draft, StoreError> {
    Ok(Draft { id: row.get("id")?, content: row.get("content")?, changed: row.get("changed")? })
}
