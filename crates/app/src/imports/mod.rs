//! Files brought in: how a file becomes rows, and the long work of reading, entering and undoing.

pub mod choices;
pub mod passed;
pub mod reading;
pub mod receiving;
pub mod returned;
pub mod row;
pub mod sheet;
pub mod words;

use serde_json::{Value as Json, json};
use store::error::StoreError;
use store::imports::files::{self, ImportFile};
use store::imports::{FileState, undo, write};
use store::jobs::Job;
use uuid::Uuid;

use crate::jobs::{Ended, Watch};
use crate::language::Language;
use crate::state::App;

/// The kinds of work that are done for files.
pub const JOBS: [&str; 3] = [reading::JOB, write::JOB, undo::JOB];

/// Does a piece of work for a file.
pub async fn do_job(app: &App, job: &Job, watch: Watch) -> Ended {
    let done = async {
        let file = files::known(&app.store, job.office, file_of(&job.asked)?).await?;
        match job.kind.as_str() {
            reading::JOB => Ok(reading::read(app, job, &file, &watch).await),
            write::JOB => enter(app, job, &file, watch).await,
            _ => take_out(app, job, &file, watch).await,
        }
    };
    match done.await {
        Ok(ended) => ended,
        Err(error) => Ended::Failed(told(&error)),
    }
}

/// Puts the file where it stood before work that came to nothing, and on where it was read.
pub async fn settle(app: &App, job: &Job, ended: &Ended) -> Result<(), StoreError> {
    let (from, to) = match (job.kind.as_str(), ended) {
        (reading::JOB, Ended::Done(_)) => (FileState::Reading, FileState::Preview),
        (reading::JOB, _) => (FileState::Reading, FileState::New),
        (_, Ended::Done(_)) => return Ok(()),
        (write::JOB, _) => (FileState::Writing, FileState::Preview),
        _ => (FileState::Undoing, FileState::Written),
    };
    match files::move_on(&app.store, job.office, file_of(&job.asked)?, &[from], to, None).await {
        // The work had found that somebody else moved the file on.
        Err(StoreError::Changed) => Ok(()),
        other => other,
    }
}

/// The reason that the journal gives for the step of a batch.
pub fn why(file: &ImportFile) -> String {
    Language::Vi.text_with("import-why", &[("file", &file.file_name)])
}

async fn enter(app: &App, job: &Job, file: &ImportFile, watch: Watch) -> Result<Ended, StoreError> {
    let clock = &app.settings.clock;
    let days = (clock.now(), clock.today());
    let outcome = write::write(&app.store, job, file, &why(file), days, |done, total| watch.tell(done, total)).await?;
    Ok(match outcome {
        write::Outcome::Written { rows, late } => Ended::Done(json!({"written": rows, "late": late})),
        write::Outcome::Stopped => Ended::Stopped,
    })
}

async fn take_out(app: &App, job: &Job, file: &ImportFile, watch: Watch) -> Result<Ended, StoreError> {
    let reason = job.asked["why"].as_str().unwrap_or_default();
    let why = Language::Vi.text_with("import-undo-why", &[("file", &file.file_name), ("why", &reason)]);
    let now = app.settings.clock.now();
    let outcome = undo::undo(&app.store, job, file, &why, now, |done, total| watch.tell(done, total)).await?;
    Ok(match outcome {
        undo::Outcome::Undone(records) => Ended::Done(json!({"removed": records})),
        undo::Outcome::Kept(dependents) => Ended::Failed(json!({"error": "kept", "kept": dependents})),
        undo::Outcome::Stopped => Ended::Stopped,
    })
}

fn file_of(asked: &Json) -> Result<Uuid, StoreError> {
    asked["file"].as_str().and_then(|id| id.parse().ok()).ok_or(StoreError::NotFound)
}

/// A fault of the store as the outcome of work.
pub fn told(error: &StoreError) -> Json {
    let word = match error {
        StoreError::Changed => "changed",
        StoreError::DiskFull => "full",
        StoreError::Locked => "locked",
        StoreError::Duplicate(_) => "duplicate",
        StoreError::DanglingReference(_) => "dangling",
        _ => "other",
    };
    json!({"error": word, "detail": error.to_string()})
}
