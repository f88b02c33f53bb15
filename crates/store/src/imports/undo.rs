//! A batch undone: exactly what it entered is taken out, children first, unless later records rest on it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::imports::files::{self, ImportFile};
use crate::imports::write::ask;
use crate::imports::{FileState, files::read_json};
use crate::jobs::{self, Job, State};
use crate::records::NewGrade;
use crate::schema::{self, TABLES};
use crate::sql::Sql;
use crate::step::Step;
use crate::words;

/// The kind of the job that undoes a batch.
pub const JOB: &str = "import-undo";
/// Records taken out between two looks at whether to stop.
const CHUNK: usize = 500;
/// Dependents that are named.
const NAMED: u32 = 5;

/// What came of undoing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// How many records were taken out.
    Undone(u64),
    /// Later records rest on what was entered: table and what names the record.
    Kept(Vec<(String, String)>),
    Stopped,
}

/// Which column of which table names a record of which other.
const NAMES: [(&str, &str, &str); 32] = [
    ("household", "person", "person"),
    ("identity", "person", "person"),
    ("membership", "person", "person"),
    ("post", "person", "person"),
    ("roster_exception", "person", "person"),
    ("grade", "person", "person"),
    ("conferral", "person", "person"),
    ("initiative", "person", "person"),
    ("discipline", "person", "person"),
    ("hold", "person", "person"),
    ("leave", "person", "person"),
    ("registration", "person", "person"),
    ("complete_range", "person", "person"),
    ("attestation", "person", "person"),
    ("account", "person", "person"),
    ("unit_name", "unit", "unit"),
    ("unit_name", "parent", "unit"),
    ("unit_lineage", "predecessor", "unit"),
    ("unit_lineage", "successor", "unit"),
    ("membership", "unit", "unit"),
    ("membership", "review_unit", "unit"),
    ("post", "unit", "unit"),
    ("grade", "collective", "unit"),
    ("conferral", "collective", "unit"),
    ("conferral", "unit", "unit"),
    ("initiative", "collective", "unit"),
    ("discipline", "collective", "unit"),
    ("role_grant", "unit", "unit"),
    ("conferral", "decision", "decision"),
    ("decision_end", "decision", "decision"),
    ("decision_end", "conferral", "conferral"),
    ("initiative_use", "initiative", "initiative"),
];

/// Says that a batch is to be undone, and asks for the work; only who may enter the kind, and with a reason.
pub async fn ask_for(
    store: &Store,
    viewer: &Viewer,
    file: Uuid,
    why: &str,
    job: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let file = files::one(store, viewer, file).await?;
    if !access::imports(viewer, file.kind) {
        return Err(StoreError::Forbidden);
    }
    if why.trim().is_empty() {
        return Err(StoreError::Refused("a reason is needed".to_owned()));
    }
    let asked = json!({"file": file.id, "why": why.trim()});
    ask(store, viewer, file.id, (FileState::Written, FileState::Undoing), JOB, &asked, job, now).await
}

/// Takes out what the batch entered, in one step with its reason; nothing where anything later rests on it.
pub async fn undo(
    store: &Store,
    job: &Job,
    file: &ImportFile,
    why: &str,
    now: DateTime<Utc>,
    mut watch: impl FnMut(u64, u64) -> bool,
) -> Result<Outcome, StoreError> {
    let (office, batch) = (job.office, file.step.ok_or(StoreError::NotFound)?);
    let mut kept = Vec::new();
    let mut stopped = false;
    let undone = store.step(office, job.actor, now, why, async |step| {
        let mine = moved(office, file.id, job.id);
        if mine.run(step.connection()).await? != 1 {
            return Err(StoreError::Changed);
        }
        kept = dependents(step, office, batch).await?;
        if !kept.is_empty() {
            return Err(StoreError::Changed);
        }
        let mut entered = Vec::new();
        for table in TABLES.iter().rev().filter(|table| !matches!(table.noun, "ending" | "correction" | "removal")) {
            entered.push((table.noun, ids(step, office, table.noun, batch).await?));
        }
        let total: u64 = entered.iter().map(|(_, ids)| ids.len() as u64).sum();
        correct_back(step, office, batch).await?;
        reopen(step, office, batch).await?;
        let mut done = 0;
        for (noun, ids) in entered {
            for chunk in ids.chunks(CHUNK) {
                step.remove(noun, chunk).await?;
                step.flush().await?;
                done += chunk.len() as u64;
                if watch(done, total) {
                    stopped = true;
                    return Err(StoreError::Changed);
                }
            }
        }
        jobs::finished(job, State::Done, &json!({"removed": done}), now).run(step.connection()).await?;
        Ok(Outcome::Undone(done))
    });
    match undone.await {
        Err(_) if stopped => Ok(Outcome::Stopped),
        Err(_) if !kept.is_empty() => Ok(Outcome::Kept(kept)),
        other => other,
    }
}

/// The file as undone, where this job is the last that was asked for.
fn moved(office: i32, file: Uuid, job: Uuid) -> Sql {
    let mut sql = files::moved(office, file, &[FileState::Undoing], FileState::Undone, None);
    sql.add(" AND job = ?", [job.into()]);
    sql
}

/// What was entered, corrected or ended later and rests on a record of the batch; a few of them, by name.
async fn dependents(step: &Step, office: i32, batch: Uuid) -> Result<Vec<(String, String)>, StoreError> {
    let (first, last) = span(batch);
    let of_batch = |noun: &str| {
        let text = format!("SELECT p.id FROM {noun} p WHERE p.office = ? AND p.id >= ? AND p.id <= ? AND p.step = ?");
        Sql::new(&text, [office.into(), first.into(), last.into(), batch.into()])
    };
    let mut found = Vec::new();
    for (child, column, parent) in NAMES {
        let text = format!("SELECT c.id FROM {child} c WHERE c.office = ? AND c.step <> ? AND c.{column} IN (");
        let mut sql = Sql::new(&text, [office.into(), batch.into()]);
        sql.join(of_batch(parent)).add(") ORDER BY c.id LIMIT ?", [i64::from(NAMED).into()]);
        for row in sql.all(step.connection()).await? {
            found.push((child.to_owned(), row.get::<Uuid>("id")?));
        }
    }
    for change in ["correction", "ending"] {
        let text = format!(
            "SELECT c.noun, c.record FROM {change} c JOIN step s ON s.office = c.office AND s.id = c.step \
             WHERE c.office = ? AND c.step <> ? AND c.record >= ? AND c.record <= ? ORDER BY c.id LIMIT ?"
        );
        let keys = [office.into(), batch.into(), first.into(), last.into(), i64::from(NAMED).into()];
        for row in Sql::new(&text, keys).all(step.connection()).await? {
            let (noun, record): (String, Uuid) = (row.get("noun")?, row.get("record")?);
            if ids(step, office, &noun, batch).await?.contains(&record) {
                found.push((noun, record));
            }
        }
    }
    found.truncate(NAMED as usize);
    let mut named = Vec::new();
    for (noun, record) in found {
        named.push((noun.clone(), name(step, office, &noun, record).await?));
    }
    Ok(named)
}

/// Whom or what a record is about, for a person who reads why a batch stays.
async fn name(step: &Step, office: i32, noun: &str, record: Uuid) -> Result<String, StoreError> {
    let table = schema::table(noun).ok_or(StoreError::NotFound)?;
    let has = |field: &str| table.fields.iter().any(|known| known.name == field);
    let text = match () {
        () if has("person") => format!(
            "SELECT p.full_name AS name FROM {noun} c JOIN person p ON p.office = c.office AND p.id = c.person \
             WHERE c.office = ? AND c.id = ?"
        ),
        () if has("full_name") => format!("SELECT c.full_name AS name FROM {noun} c WHERE c.office = ? AND c.id = ?"),
        () if has("name") => format!("SELECT c.name AS name FROM {noun} c WHERE c.office = ? AND c.id = ?"),
        () => return Ok(String::new()),
    };
    let row = Sql::new(&text, [office.into(), record.into()]).one(step.connection()).await?;
    row.map_or(Ok(String::new()), |row| row.get("name"))
}

/// The records of one table that the batch entered.
async fn ids(step: &Step, office: i32, noun: &str, batch: Uuid) -> Result<Vec<Uuid>, StoreError> {
    if noun == "import_batch" {
        let sql = Sql::new("SELECT id FROM import_batch WHERE office = ? AND step = ?", [office.into(), batch.into()]);
        return sql.all(step.connection()).await?.iter().map(|row| row.get("id")).collect();
    }
    let (first, last) = span(batch);
    let text = format!("SELECT id FROM {noun} WHERE office = ? AND id >= ? AND id <= ? AND step = ? ORDER BY id");
    let sql = Sql::new(&text, [office.into(), first.into(), last.into(), batch.into()]);
    sql.all(step.connection()).await?.iter().map(|row| row.get("id")).collect()
}

/// The ids of one step begin with its instant, so its records lie together and need no index of their own.
fn span(batch: Uuid) -> (Uuid, Uuid) {
    let instant = batch.as_u128() >> 80 << 80;
    (Uuid::from_u128(instant), Uuid::from_u128(instant | (u128::MAX >> 48)))
}

/// Grades that the batch corrected hold again what they held before.
async fn correct_back(step: &mut Step, office: i32, batch: Uuid) -> Result<(), StoreError> {
    let sql = Sql::new(
        "SELECT record, before FROM correction WHERE office = ? AND noun = 'grade' AND step = ? ORDER BY ordinal DESC",
        [office.into(), batch.into()],
    );
    for row in sql.all(step.connection()).await? {
        let (record, before): (Uuid, String) = (row.get("record")?, row.get("before")?);
        let table = schema::table("grade").ok_or(StoreError::NotFound)?;
        let now = format!("SELECT {} FROM grade WHERE office = ? AND id = ?", table.select());
        let now = Sql::new(&now, [office.into(), record.into()]).one(step.connection()).await?;
        let mut content = table.content(&now.ok_or(StoreError::NotFound)?)?;
        content.extend(read_json::<Map<String, Json>>(&before)?);
        step.correct(grade(&Json::Object(content))?).await?;
    }
    Ok(())
}

/// Memberships that the batch ended go on.
async fn reopen(step: &mut Step, office: i32, batch: Uuid) -> Result<(), StoreError> {
    let sql = Sql::new(
        "SELECT id, record FROM ending WHERE office = ? AND noun = 'membership' AND step = ?",
        [office.into(), batch.into()],
    );
    let endings = sql.all(step.connection()).await?;
    let ids: Vec<Uuid> = endings.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
    let records: Vec<Uuid> = endings.iter().map(|row| row.get("record")).collect::<Result<_, _>>()?;
    for chunk in records.chunks(CHUNK) {
        let mut open = Sql::new("UPDATE membership SET to_day = NULL WHERE office = ? AND id IN ", [office.into()]);
        open.set(chunk.iter().map(|id| (*id).into())).run(step.connection()).await?;
    }
    step.remove("ending", &ids).await
}

fn grade(content: &Json) -> Result<NewGrade, StoreError> {
    let text = |name: &str| content[name].as_str().map(str::to_owned);
    let id = |name: &str| text(name).and_then(|text| text.parse().ok());
    let year = content["year"].as_i64().and_then(|year| i32::try_from(year).ok());
    Ok(NewGrade {
        id: id("id").ok_or(StoreError::NotFound)?,
        person: id("person"),
        collective: id("collective"),
        year: year.ok_or(StoreError::NotFound)?,
        grade: words::parse(&text("grade").unwrap_or_default())?,
        decided: text("decided").and_then(|day| day.parse().ok()),
        number: text("number"),
        issuer: text("issuer"),
    })
}
