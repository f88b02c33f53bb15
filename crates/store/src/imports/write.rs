//! The confirmed rows of a file entered: one step, one transaction, all or nothing of what was confirmed.

use chrono::{DateTime, Utc};
use rules::facts::Day;
use serde_json::json;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::imports::enter::{Entering, Late};
use crate::imports::files::{self, ImportFile, moved};
use crate::imports::stage::CHUNK;
use crate::imports::{FileState, RowState, rows};
use crate::jobs::{self, Job, State};
use crate::offices;
use crate::records::NewImportBatch;
use crate::sql::Sql;
use crate::words;

/// The kind of the job that enters rows.
pub const JOB: &str = "import-write";

/// What is entered where some rows cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Nothing, unless every row is ready, new, already there or left out.
    All,
    /// The rows that are ready or new.
    Valid,
}

/// What came of entering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// How many rows were entered, and how many had been entered by someone else in the meantime.
    Written { rows: u64, late: u64 },
    /// It was asked to stop; nothing was entered.
    Stopped,
}

/// Says that the rows are to be entered, and asks for the work.
///
/// [`StoreError::Changed`] where someone else was faster; [`StoreError::Refused`] where nothing can be entered, or
/// everything was wanted and some rows cannot be.
pub async fn confirm(
    store: &Store,
    viewer: &Viewer,
    file: Uuid,
    part: Part,
    job: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let file = files::one(store, viewer, file).await?;
    if !access::imports(viewer, file.kind) {
        return Err(StoreError::Forbidden);
    }
    let counts = rows::counts(store, viewer.office, file.id).await?;
    let of = |states: &[RowState]| -> u32 {
        counts.iter().filter(|(state, _)| states.contains(state)).map(|(_, rows)| rows).sum()
    };
    if of(&[RowState::Ready, RowState::New]) == 0 {
        return Err(StoreError::Refused("no row can be entered".to_owned()));
    }
    if part == Part::All && of(&[RowState::Doubtful, RowState::Conflict, RowState::Wrong]) > 0 {
        return Err(StoreError::Refused("some rows cannot be entered".to_owned()));
    }
    ask(store, viewer, file.id, (FileState::Preview, FileState::Writing), JOB, &json!({"file": file.id}), job, now)
        .await
}

/// Moves the file on and asks for the work on it, both or neither; the command line acts without an account.
#[expect(clippy::too_many_arguments, reason = "the two states and the work belong together")]
pub(crate) async fn ask(
    store: &Store,
    viewer: &Viewer,
    file: Uuid,
    (from, to): (FileState, FileState),
    kind: &str,
    asked: &serde_json::Value,
    job: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let transaction = store.begin().await?;
    if moved(viewer.office, file, &[from], to, Some(job)).run(&transaction).await? != 1 {
        transaction.rollback().await?;
        return Err(StoreError::Changed);
    }
    let actor = (!viewer.account.is_nil()).then_some(viewer.account);
    jobs::asking(viewer.office, job, kind, actor, now, asked).run(&transaction).await?;
    Ok(transaction.commit().await?)
}

/// Enters what was confirmed. `watch` is told after each chunk how many rows of how many are done, and answers
/// whether to stop; then, as after any error, nothing is left behind.
pub async fn write(
    store: &Store,
    job: &Job,
    file: &ImportFile,
    why: &str,
    (now, today): (DateTime<Utc>, Day),
    mut watch: impl FnMut(u64, u64) -> bool,
) -> Result<Outcome, StoreError> {
    let office = job.office;
    let counts = rows::counts(store, office, file.id).await?;
    let confirmed = counts.iter().filter(|(state, _)| matches!(state, RowState::Ready | RowState::New));
    let total: u64 = confirmed.map(|(_, rows)| u64::from(*rows)).sum();
    let mut entering = Entering::begin(store, office, file, today).await?;
    entering.illustrative = offices::one(store, office).await?.is_some_and(|office| office.illustrative);
    let mut stopped = false;
    let written = store.step(office, job.actor, now, why, async |step| {
        let mut mine = Sql::new(
            "UPDATE import_file SET state = ?, step = ?",
            [words::text(FileState::Written).into(), step.step_id().into()],
        );
        mine.add(
            " WHERE office = ? AND id = ? AND state = ? AND job = ?",
            [office.into(), file.id.into(), words::text(FileState::Writing).into(), job.id.into()],
        );
        if mine.run(step.connection()).await? != 1 {
            return Err(StoreError::Changed);
        }
        let (mut after, mut done) = (0, 0);
        loop {
            let chunk = rows::wanted(office, file.id, &[RowState::Ready, RowState::New], after, CHUNK as u32);
            let chunk = chunk.all(step.connection()).await?;
            let chunk: Vec<_> = chunk.iter().map(rows::read).collect::<Result<_, _>>()?;
            let Some(last) = chunk.last() else {
                break;
            };
            after = last.n;
            done += chunk.len() as u64;
            entering.chunk(step, chunk).await?;
            step.flush().await?;
            if watch(done, total) {
                stopped = true;
                return Err(StoreError::Changed);
            }
        }
        let late = entering.late.len() as u64;
        step.add(NewImportBatch {
            id: file.id,
            kind: words::text(file.kind),
            file_name: file.file_name.clone(),
            sha256: file.sha256.clone(),
            written: i32::try_from(done - late).unwrap_or(i32::MAX),
        })?;
        settle(step.connection(), office, file.id, &entering.late).await?;
        let outcome = json!({"written": done - late, "late": late});
        jobs::finished(job, State::Done, &outcome, now).run(step.connection()).await?;
        Ok(Outcome::Written { rows: done - late, late })
    });
    match written.await {
        Err(_) if stopped => Ok(Outcome::Stopped),
        other => other,
    }
}

/// The rows that were entered say so; those that someone else had entered in the meantime say that.
async fn settle(
    connection: &sea_orm::DatabaseTransaction,
    office: i32,
    file: Uuid,
    late: &[Late],
) -> Result<(), StoreError> {
    for late in late {
        let sql = Sql::new(
            "UPDATE import_row SET state = ?, existing = ? WHERE office = ? AND file = ? AND n = ?",
            [
                words::text(RowState::Known).into(),
                late.existing.clone().into(),
                office.into(),
                file.into(),
                late.n.into(),
            ],
        );
        sql.run(connection).await?;
    }
    let mut sql = Sql::new(
        "UPDATE import_row SET state = ? WHERE office = ? AND file = ? AND state IN ",
        [words::text(RowState::Written).into(), office.into(), file.into()],
    );
    sql.set([RowState::Ready, RowState::New].map(|state| words::text(state).into()));
    sql.run(connection).await?;
    Ok(())
}
