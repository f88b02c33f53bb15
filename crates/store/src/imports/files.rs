//! Files that were brought in: who, when, what, how far; and how a file of one shape was read the last time.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::imports::{FileState, Kind};
use crate::page::{Listed, Page, Total};
use crate::sql::{Row, Sql};
use crate::words;

/// One file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportFile {
    pub id: Uuid,
    pub kind: Kind,
    pub state: FileState,
    pub file_name: String,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// In bytes.
    pub size: i64,
    /// The random name in the folder of files.
    pub stored_as: String,
    pub account: Uuid,
    /// Who brought it in.
    pub who: String,
    /// The unit of rows that name none.
    pub unit: Option<Uuid>,
    pub made: DateTime<Utc>,
    /// Sheet, head rows and columns; the program that reads files knows their form.
    pub choices: Json,
    /// The last work on it.
    pub job: Option<Uuid>,
    /// The step that entered its rows.
    pub step: Option<Uuid>,
}

/// A file as it comes.
#[derive(Debug, Clone, PartialEq)]
pub struct NewFile {
    pub id: Uuid,
    pub kind: Kind,
    pub file_name: String,
    pub sha256: String,
    pub size: i64,
    pub stored_as: String,
    pub unit: Option<Uuid>,
    pub made: DateTime<Utc>,
}

const FILE: &str = "SELECT f.id, f.kind, f.state, f.file_name, f.sha256, f.size, f.stored_as, f.account, f.unit, f.made, \
    f.choices, f.job, f.step, coalesce(a.display_name, '') AS who FROM import_file f \
    LEFT JOIN account a ON a.office = f.office AND a.id = f.account WHERE f.office = ?";

/// Keeps a file that came; refused to a role that brings nothing of that kind in.
pub async fn receive(store: &Store, viewer: &Viewer, file: &NewFile) -> Result<(), StoreError> {
    if !access::imports(viewer, file.kind) {
        return Err(StoreError::Forbidden);
    }
    let sql = Sql::new(
        "INSERT INTO import_file (office, id, kind, state, file_name, sha256, size, stored_as, account, unit, made, choices) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            viewer.office.into(),
            file.id.into(),
            words::text(file.kind).into(),
            words::text(FileState::New).into(),
            file.file_name.as_str().into(),
            file.sha256.as_str().into(),
            file.size.into(),
            file.stored_as.as_str().into(),
            viewer.account.into(),
            file.unit.into(),
            file.made.timestamp_millis().into(),
            "{}".into(),
        ],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// One file; [`StoreError::Forbidden`] where the viewer does not see it.
pub async fn one(store: &Store, viewer: &Viewer, id: Uuid) -> Result<ImportFile, StoreError> {
    let file = known(store, viewer.office, id).await?;
    if access::sees_import(viewer, file.account) { Ok(file) } else { Err(StoreError::Forbidden) }
}

/// One file for the worker that does what was asked for.
pub async fn known(store: &Store, office: i32, id: Uuid) -> Result<ImportFile, StoreError> {
    let mut sql = Sql::new(FILE, [office.into()]);
    sql.add(" AND f.id = ?", [id.into()]);
    sql.one(&store.connection).await?.map(|row| file(&row)).transpose()?.ok_or(StoreError::NotFound)
}

/// The files that the viewer sees, the newest first.
pub async fn list(store: &Store, viewer: &Viewer, page: Page) -> Result<Listed<ImportFile>, StoreError> {
    if !access::brings_in(viewer) {
        return Err(StoreError::Forbidden);
    }
    let seen = access::sees_import_sql(viewer, "f");
    let mut count =
        Sql::new("SELECT count(*) AS total FROM import_file f WHERE f.office = ? AND ", [viewer.office.into()]);
    count.join(seen.clone());
    let total = Total::read(count.one(&store.connection).await?)?;
    let mut sql = Sql::new(FILE, [viewer.office.into()]);
    sql.add(" AND ", []).join(seen);
    if let Some(after) = page.after {
        sql.add(" AND f.id < ?", [after.into()]);
    }
    sql.add(" ORDER BY f.id DESC LIMIT ?", [page.limit().into()]);
    let rows = sql.all(&store.connection).await?;
    let files = rows.iter().map(file).collect::<Result<_, _>>()?;
    Ok(Listed::cut(files, page, total, |file: &ImportFile| file.id))
}

/// Files with the same bytes that were entered and not undone, the newest first.
pub async fn entered_before(store: &Store, office: i32, other: &ImportFile) -> Result<Vec<ImportFile>, StoreError> {
    let mut sql = Sql::new(FILE, [office.into()]);
    sql.add(
        " AND f.sha256 = ? AND f.kind = ? AND f.id <> ? AND f.state = ? ORDER BY f.id DESC LIMIT 5",
        [
            other.sha256.as_str().into(),
            words::text(other.kind).into(),
            other.id.into(),
            words::text(FileState::Written).into(),
        ],
    );
    sql.all(&store.connection).await?.iter().map(file).collect()
}

/// Moves a file on from one of some states; [`StoreError::Changed`] where someone else was faster.
pub async fn move_on(
    store: &Store,
    office: i32,
    id: Uuid,
    from: &[FileState],
    to: FileState,
    job: Option<Uuid>,
) -> Result<(), StoreError> {
    match moved(office, id, from, to, job).run(&store.connection).await? {
        1 => Ok(()),
        _ => Err(StoreError::Changed),
    }
}

/// [`move_on`] as a statement.
pub(crate) fn moved(office: i32, id: Uuid, from: &[FileState], to: FileState, job: Option<Uuid>) -> Sql {
    let mut sql = Sql::new("UPDATE import_file SET state = ?", [words::text(to).into()]);
    if let Some(job) = job {
        sql.add(", job = ?", [job.into()]);
    }
    sql.add(" WHERE office = ? AND id = ? AND state IN ", [office.into(), id.into()]);
    sql.set(from.iter().map(|state| words::text(*state).into()));
    sql
}

/// Keeps how the file is to be read.
pub async fn choose(store: &Store, office: i32, id: Uuid, choices: &Json) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE import_file SET choices = ? WHERE office = ? AND id = ?",
        [choices.to_string().into(), office.into(), id.into()],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// How a file of this shape was read the last time.
pub async fn remembered(store: &Store, office: i32, kind: Kind, fingerprint: &str) -> Result<Option<Json>, StoreError> {
    let sql = Sql::new(
        "SELECT choices FROM import_choice WHERE office = ? AND kind = ? AND fingerprint = ?",
        [office.into(), words::text(kind).into(), fingerprint.into()],
    );
    let row = sql.one(&store.connection).await?;
    row.map(|row| read_json(&row.get::<String>("choices")?)).transpose()
}

/// Remembers how a file of this shape is read.
pub async fn remember(
    store: &Store,
    office: i32,
    kind: Kind,
    fingerprint: &str,
    choices: &Json,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO import_choice (office, kind, fingerprint, choices, used) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (office, kind, fingerprint) DO UPDATE SET choices = excluded.choices, used = excluded.used",
        [
            office.into(),
            words::text(kind).into(),
            fingerprint.into(),
            choices.to_string().into(),
            now.timestamp_millis().into(),
        ],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// Takes a file that was only tried out away with its rows and its work, as if it had never come.
pub async fn forget(store: &Store, office: i32, file: &ImportFile) -> Result<(), StoreError> {
    if matches!(file.state, FileState::Written | FileState::Undoing | FileState::Undone) {
        return Err(StoreError::Refused("its rows were entered".to_owned()));
    }
    let transaction = store.begin().await?;
    for (table, column) in [("import_row", "file"), ("import_file", "id")] {
        let text = format!("DELETE FROM {table} WHERE office = ? AND {column} = ?");
        Sql::new(&text, [office.into(), file.id.into()]).run(&transaction).await?;
    }
    let job = Sql::new("DELETE FROM job WHERE office = ? AND id = ?", [office.into(), file.job.into()]);
    job.run(&transaction).await?;
    Ok(transaction.commit().await?)
}

pub(crate) fn read_json<T: for<'de> serde::Deserialize<'de>>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|why| StoreError::Database(why.to_string()))
}

fn file(row: &Row) -> Result<ImportFile, StoreError> {
    Ok(ImportFile {
        id: row.get("id")?,
        kind: row.word("kind")?,
        state: row.word("state")?,
        file_name: row.get("file_name")?,
        sha256: row.get("sha256")?,
        size: row.get("size")?,
        stored_as: row.get("stored_as")?,
        account: row.get("account")?,
        who: row.get("who")?,
        unit: row.get("unit")?,
        made: row.instant("made")?,
        choices: read_json(&row.get::<String>("choices")?)?,
        job: row.get("job")?,
        step: row.get("step")?,
    })
}
