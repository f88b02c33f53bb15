//! Files that belong to records: what is known of each; the bytes lie in the folder of files.

use chrono::{DateTime, Utc};
use rules::facts::Day;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Scope, Viewer};
use crate::error::StoreError;
use crate::sql::{Row, Sql};

/// One file of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: Uuid,
    /// The table and the id of the record to which it belongs.
    pub noun: String,
    pub record: Uuid,
    pub title: String,
    /// The name under which it came.
    pub file_name: String,
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// Of the bytes, in hexadecimal digits.
    pub sha256: String,
    /// The random name in the folder of files.
    pub stored_as: String,
    pub attached: DateTime<Utc>,
    /// The display name of the account that attached it; absent where the program itself did.
    pub by: Option<String>,
}

const SELECT: &str = "SELECT t.id, t.noun, t.record, t.title, t.file_name, t.media_type, t.size, t.sha256, t.stored_as, \
    s.at, a.display_name AS by_whom FROM attachment t JOIN step s ON s.office = t.office AND s.id = t.step \
    LEFT JOIN account a ON a.office = s.office AND a.id = s.actor WHERE t.office = ?";

/// The files of a record in the order in which they were attached; whoever asks has checked that the viewer sees the record.
pub async fn of_record(
    store: &Store,
    viewer: &Viewer,
    noun: &str,
    record: Uuid,
) -> Result<Vec<Attachment>, StoreError> {
    let mut sql = Sql::new(SELECT, [viewer.office.into()]);
    sql.add(" AND t.noun = ? AND t.record = ? ORDER BY s.at, t.id LIMIT 100", [noun.into(), record.into()]);
    sql.read(store).await?.iter().map(read).collect()
}

/// One file, for whoever sees its record; `None` where there is none.
pub async fn one(store: &Store, viewer: &Viewer, id: Uuid, day: Day) -> Result<Option<Attachment>, StoreError> {
    let mut sql = Sql::new(SELECT, [viewer.office.into()]);
    sql.add(" AND t.id = ?", [id.into()]);
    let Some(found) = sql.read_one(store).await?.as_ref().map(read).transpose()? else {
        return Ok(None);
    };
    if sees_record(store, viewer, &found.noun, found.record, day).await? {
        Ok(Some(found))
    } else {
        Err(StoreError::Forbidden)
    }
}

/// Whether the viewer sees the record to which a file belongs: those of the whole office see every record, a scan of a
/// decision names everyone on its list and so is for them alone, and the files of a person are for whoever sees the person.
pub async fn sees_record(
    store: &Store,
    viewer: &Viewer,
    noun: &str,
    record: Uuid,
    day: Day,
) -> Result<bool, StoreError> {
    let scope = access::scope(viewer, day);
    match (&scope, noun) {
        (Scope::Office, _) => Ok(true),
        (_, "person") => {
            let mut sql = Sql::new(
                "SELECT 1 AS one FROM person p WHERE p.office = ? AND p.id = ? AND ",
                [viewer.office.into(), record.into()],
            );
            sql.join(access::sees_person_sql(&scope, "p.id"));
            Ok(sql.read_one(store).await?.is_some())
        }
        (_, "unit") => access::sees_unit(store, &scope, record).await,
        _ => Ok(false),
    }
}

/// The names in the folder of files, of every office, that records know of: what else lies there belongs to nothing.
pub async fn stored_names(store: &Store) -> Result<Vec<String>, StoreError> {
    let sql = Sql::new("SELECT stored_as FROM attachment", []);
    sql.all(&store.connection).await?.iter().map(|row| row.get("stored_as")).collect()
}

fn read(row: &Row) -> Result<Attachment, StoreError> {
    Ok(Attachment {
        id: row.get("id")?,
        noun: row.get("noun")?,
        record: row.get("record")?,
        title: row.get("title")?,
        file_name: row.get("file_name")?,
        media_type: row.get("media_type")?,
        size: row.get("size")?,
        sha256: row.get("sha256")?,
        stored_as: row.get("stored_as")?,
        attached: row.instant("at")?,
        by: row.get("by_whom")?,
    })
}
