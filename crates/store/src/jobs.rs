//! Long work as rows with progress, cancel and restart: asked for once, claimed by one worker, never journaled.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::sql::{Row, Sql};
use crate::words;

/// A worker that has not been seen for this long is taken for dead.
pub const SILENCE: TimeDelta = TimeDelta::seconds(30);

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    #[serde(rename = "cho")]
    Waiting,
    #[serde(rename = "dang-chay")]
    Running,
    #[serde(rename = "xong")]
    Done,
    #[serde(rename = "loi")]
    Failed,
    #[serde(rename = "da-huy")]
    Cancelled,
}

/// One piece of long work.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub office: i32,
    pub id: Uuid,
    /// What is done, as an id.
    pub kind: String,
    pub state: State,
    /// The account that asked for it; absent where the program itself did.
    pub actor: Option<Uuid>,
    pub made: DateTime<Utc>,
    pub ended: Option<DateTime<Utc>>,
    /// How many parts it has; 0 while unknown.
    pub total: u64,
    pub done: u64,
    /// Whether it was asked to stop.
    pub cancel: bool,
    pub asked: Json,
    /// What came of it; absent until it ended.
    pub outcome: Option<Json>,
}

impl State {
    /// Whether nothing more will happen.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

const JOB: &str =
    "SELECT office, id, kind, state, actor, made, beat, ended, total, done, cancel, asked, outcome FROM job";

/// Asks for work; `id` is a UUIDv7, so that work is taken up in the order in which it was asked for.
pub async fn ask(
    store: &Store,
    office: i32,
    id: Uuid,
    kind: &str,
    actor: Option<Uuid>,
    at: DateTime<Utc>,
    asked: &Json,
) -> Result<(), StoreError> {
    asking(office, id, kind, actor, at, asked).run(&store.connection).await?;
    Ok(())
}

/// [`ask`] as a statement, for those who ask together with something else.
pub(crate) fn asking(office: i32, id: Uuid, kind: &str, actor: Option<Uuid>, at: DateTime<Utc>, asked: &Json) -> Sql {
    let at = at.timestamp_millis();
    Sql::new(
        "INSERT INTO job (office, id, kind, state, actor, made, beat, total, done, cancel, asked) \
         VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)",
        [
            office.into(),
            id.into(),
            kind.into(),
            words::text(State::Waiting).into(),
            actor.into(),
            at.into(),
            at.into(),
            false.into(),
            asked.to_string().into(),
        ],
    )
}

/// Takes the oldest work that waits, or whose worker is silent; of several workers one gets it.
pub async fn claim(store: &Store, office: i32, kinds: &[&str], now: DateTime<Utc>) -> Result<Option<Job>, StoreError> {
    let silent = (now - SILENCE).timestamp_millis();
    let mut waiting = Sql::new(JOB, []);
    waiting.add(" WHERE office = ? AND kind IN ", [office.into()]).set(kinds.iter().map(|kind| (*kind).into()));
    waiting.add(
        " AND (state = ? OR (state = ? AND beat < ?)) ORDER BY id LIMIT 20",
        [words::text(State::Waiting).into(), words::text(State::Running).into(), silent.into()],
    );
    for row in waiting.all(&store.connection).await? {
        let (found, beat) = (job(&row)?, row.get::<i64>("beat")?);
        if take(store, &found, beat, now).await? {
            return Ok(Some(Job { state: State::Running, ..found }));
        }
    }
    Ok(None)
}

/// Takes one piece of work that was just asked for, as the command line does with its own.
pub async fn claim_one(store: &Store, office: i32, id: Uuid, now: DateTime<Utc>) -> Result<Option<Job>, StoreError> {
    let mut sql = Sql::new(JOB, []);
    sql.add(
        " WHERE office = ? AND id = ? AND state = ?",
        [office.into(), id.into(), words::text(State::Waiting).into()],
    );
    let Some(row) = sql.one(&store.connection).await? else {
        return Ok(None);
    };
    let (found, beat) = (job(&row)?, row.get::<i64>("beat")?);
    Ok(take(store, &found, beat, now).await?.then_some(Job { state: State::Running, ..found }))
}

/// Says that the work goes on and how far it is; returns whether it was asked to stop.
pub async fn beat(store: &Store, job: &Job, done: u64, total: u64, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let sql = Sql::new(
        "UPDATE job SET beat = ?, done = ?, total = ? WHERE office = ? AND id = ? AND state = ?",
        [
            now.timestamp_millis().into(),
            count(done).into(),
            count(total).into(),
            job.office.into(),
            job.id.into(),
            words::text(State::Running).into(),
        ],
    );
    if sql.run(&store.connection).await? == 0 {
        return Ok(true);
    }
    Ok(one(store, job.office, job.id).await?.is_none_or(|job| job.cancel))
}

/// Asks work to stop; what still waits is over at once. Whoever asks has checked the viewer.
pub async fn cancel(store: &Store, office: i32, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    let waiting = Sql::new(
        "UPDATE job SET cancel = ?, state = ?, ended = ? WHERE office = ? AND id = ? AND state = ?",
        [
            true.into(),
            words::text(State::Cancelled).into(),
            now.timestamp_millis().into(),
            office.into(),
            id.into(),
            words::text(State::Waiting).into(),
        ],
    );
    if waiting.run(&store.connection).await? == 0 {
        let running = Sql::new(
            "UPDATE job SET cancel = ? WHERE office = ? AND id = ? AND state = ?",
            [true.into(), office.into(), id.into(), words::text(State::Running).into()],
        );
        running.run(&store.connection).await?;
    }
    Ok(())
}

/// Ends work with what came of it; work that is over stays as it ended.
pub async fn finish(
    store: &Store,
    job: &Job,
    state: State,
    outcome: &Json,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    finished(job, state, outcome, now).run(&store.connection).await?;
    Ok(())
}

/// [`finish`] as a statement, for a step that ends its job in its own transaction.
pub(crate) fn finished(job: &Job, state: State, outcome: &Json, now: DateTime<Utc>) -> Sql {
    Sql::new(
        "UPDATE job SET state = ?, ended = ?, done = total, outcome = ? WHERE office = ? AND id = ? AND state = ?",
        [
            words::text(state).into(),
            now.timestamp_millis().into(),
            outcome.to_string().into(),
            job.office.into(),
            job.id.into(),
            words::text(State::Running).into(),
        ],
    )
}

/// Lays work down so that the next worker takes it up from its beginning, as a server does that is asked to stop.
pub async fn lay_down(store: &Store, job: &Job) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE job SET state = ? WHERE office = ? AND id = ? AND state = ?",
        [words::text(State::Waiting).into(), job.office.into(), job.id.into(), words::text(State::Running).into()],
    );
    sql.run(&store.connection).await?;
    Ok(())
}

/// One piece of work. Whoever asks has checked the viewer.
pub async fn one(store: &Store, office: i32, id: Uuid) -> Result<Option<Job>, StoreError> {
    let mut sql = Sql::new(JOB, []);
    sql.add(" WHERE office = ? AND id = ?", [office.into(), id.into()]);
    sql.one(&store.connection).await?.map(|row| job(&row)).transpose()
}

/// The last pieces of work of some kinds, the newest first. Whoever asks has checked the viewer.
pub async fn latest(store: &Store, office: i32, kinds: &[&str], limit: u32) -> Result<Vec<Job>, StoreError> {
    let mut sql = Sql::new(JOB, []);
    sql.add(" WHERE office = ? AND kind IN ", [office.into()]).set(kinds.iter().map(|kind| (*kind).into()));
    sql.add(" ORDER BY made DESC, id DESC LIMIT ?", [i64::from(limit).into()]);
    sql.all(&store.connection).await?.iter().map(job).collect()
}

/// Only the worker whose row is still as it was read gets the work.
async fn take(store: &Store, job: &Job, beat: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE job SET state = ?, beat = ?, done = 0 WHERE office = ? AND id = ? AND state = ? AND beat = ?",
        [
            words::text(State::Running).into(),
            now.timestamp_millis().into(),
            job.office.into(),
            job.id.into(),
            words::text(job.state).into(),
            beat.into(),
        ],
    );
    Ok(sql.run(&store.connection).await? == 1)
}

fn job(row: &Row) -> Result<Job, StoreError> {
    let json = |text: String| serde_json::from_str(&text).map_err(|why| StoreError::Database(why.to_string()));
    let ended = row.get::<Option<i64>>("ended")?;
    Ok(Job {
        office: row.get("office")?,
        id: row.get("id")?,
        kind: row.get("kind")?,
        state: row.word("state")?,
        actor: row.get("actor")?,
        made: row.instant("made")?,
        ended: ended.and_then(DateTime::from_timestamp_millis),
        total: row.get::<i64>("total")?.unsigned_abs(),
        done: row.get::<i64>("done")?.unsigned_abs(),
        cancel: row.get("cancel")?,
        asked: json(row.get("asked")?)?,
        outcome: row.get::<Option<String>>("outcome")?.map(json).transpose()?,
    })
}
