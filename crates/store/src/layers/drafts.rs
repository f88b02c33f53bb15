//! Drafts of regulations: mutable, unjournaled, shared by all who may write them, safe from a second writer.

use chrono::{DateTime, Utc};
use rules::facts::Day;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::error::StoreError;
use crate::sql::{Row, Sql};

/// A regulation being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: Uuid,
    /// The unit whose regulation it is; absent for the whole office.
    pub unit: Option<Uuid>,
    pub content: String,
    pub cases: String,
    /// The account that wrote it last.
    pub author: Uuid,
    pub author_name: String,
    /// When it was last changed, in milliseconds: what its form carries.
    pub changed: i64,
    /// The submission that was returned and is being mended here.
    pub returned: Option<Uuid>,
}

/// Drafts that are listed at most.
const LISTED: i64 = 100;

const DRAFT: &str = "SELECT f.id, f.unit, f.content, f.cases, f.author, a.display_name AS author_name, f.changed, f.returned \
    FROM layer_draft f JOIN account a ON a.office = f.office AND a.id = f.author WHERE f.office = ?";

impl Draft {
    /// The instant of the last change.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.changed)
    }
}

/// The drafts that the viewer may write, the last changed first; at most 100.
pub async fn list(store: &Store, viewer: &Viewer, day: Day) -> Result<Vec<Draft>, StoreError> {
    if !access::writes_layers(viewer) {
        return Ok(Vec::new());
    }
    let scope = access::scope(viewer, day);
    let mut sql = Sql::new(DRAFT, [viewer.office.into()]);
    sql.add(" AND ", []).join(access::sees_unit_sql(&scope, "f.unit"));
    sql.add(" ORDER BY f.changed DESC, f.id LIMIT ?", [LISTED.into()]);
    sql.all(&store.connection).await?.iter().map(read).collect()
}

/// One draft; `None` where there is none, [`StoreError::Forbidden`] where it is not the viewer's to write.
pub async fn one(store: &Store, viewer: &Viewer, id: Uuid, day: Day) -> Result<Option<Draft>, StoreError> {
    let scope = access::scope(viewer, day);
    let mut sql = Sql::new(DRAFT, [viewer.office.into()]);
    sql.add(" AND f.id = ?", [id.into()]);
    let Some(draft) = sql.one(&store.connection).await?.as_ref().map(read).transpose()? else {
        return Ok(None);
    };
    allowed(store, viewer, &scope, draft.unit).await?;
    Ok(Some(draft))
}

/// Begins a draft, of a returned submission where one is named.
pub async fn begin(
    store: &Store,
    viewer: &Viewer,
    unit: Option<Uuid>,
    texts: (&str, &str),
    returned: Option<Uuid>,
    (day, at): (Day, DateTime<Utc>),
) -> Result<Uuid, StoreError> {
    allowed(store, viewer, &access::scope(viewer, day), unit).await?;
    let id = Uuid::now_v7();
    let sql = Sql::new(
        "INSERT INTO layer_draft (office, id, unit, content, cases, author, changed, returned) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            viewer.office.into(),
            id.into(),
            unit.into(),
            texts.0.into(),
            texts.1.into(),
            viewer.account.into(),
            at.timestamp_millis().into(),
            returned.into(),
        ],
    );
    sql.run(&store.connection).await?;
    Ok(id)
}

/// Keeps what was written; [`StoreError::Changed`] where the draft is no longer as the form had seen it.
pub async fn keep(
    store: &Store,
    viewer: &Viewer,
    draft: &Draft,
    (day, at): (Day, DateTime<Utc>),
) -> Result<i64, StoreError> {
    let known = one(store, viewer, draft.id, day).await?.ok_or(StoreError::NotFound)?;
    let changed = at.timestamp_millis().max(known.changed + 1);
    let sql = Sql::new(
        "UPDATE layer_draft SET content = ?, cases = ?, author = ?, changed = ? WHERE office = ? AND id = ? AND changed = ?",
        [
            draft.content.as_str().into(),
            draft.cases.as_str().into(),
            viewer.account.into(),
            changed.into(),
            viewer.office.into(),
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
pub async fn drop(store: &Store, viewer: &Viewer, id: Uuid, day: Day) -> Result<(), StoreError> {
    one(store, viewer, id, day).await?.ok_or(StoreError::NotFound)?;
    let key = [viewer.office.into(), id.into()];
    Sql::new("DELETE FROM layer_draft WHERE office = ? AND id = ?", key).run(&store.connection).await?;
    Ok(())
}

pub(super) async fn allowed(
    store: &Store,
    viewer: &Viewer,
    scope: &Scope,
    unit: Option<Uuid>,
) -> Result<(), StoreError> {
    if access::writes_layer(store, viewer, scope, unit).await? { Ok(()) } else { Err(StoreError::Forbidden) }
}

fn read(row: &Row) -> Result<Draft, StoreError> {
    Ok(Draft {
        id: row.get("id")?,
        unit: row.get("unit")?,
        content: row.get("content")?,
        cases: row.get("cases")?,
        author: row.get("author")?,
        author_name: row.get("author_name")?,
        changed: row.get("changed")?,
        returned: row.get("returned")?,
    })
}
