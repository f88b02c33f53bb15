//! The long work of reading a file: its rows, chunk by chunk, laid down to be looked at.

use std::collections::HashSet;
use std::ops::ControlFlow;

use intake::below::{Below, Part};
use intake::cell::Row;
use intake::refusal::Refusal;
use intake::shape::Shape;
use serde_json::json;
use store::access::{self, Viewer};
use store::error::StoreError;
use store::imports::files::{self, ImportFile};
use store::imports::stage::{CHUNK, Given, Stage};
use store::jobs::Job;
use store::words::{self, Role};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::choices::Choices;
use super::row::Reader;
use super::{passed, receiving, sheet, told};
use crate::jobs::{Ended, Watch};
use crate::state::App;

/// The kind of the job.
pub const JOB: &str = "import-read";

/// Reads a file as its choices say; what came of it.
pub async fn read(app: &App, job: &Job, file: &ImportFile, watch: &Watch) -> Ended {
    match try_read(app, job, file, watch).await {
        Ok(ended) => ended,
        Err(NotRead::Store(error)) => Ended::Failed(told(&error)),
        Err(NotRead::Refused(refusal)) => {
            let said = sheet::refusal(crate::language::Language::Vi, &refusal);
            Ended::Failed(json!({"error": "refused", "said": said}))
        }
        Err(NotRead::Keys(why)) => Ended::Failed(json!({"error": "other", "detail": why})),
    }
}

enum NotRead {
    Store(StoreError),
    Refused(Refusal),
    Keys(String),
}

impl From<StoreError> for NotRead {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn try_read(app: &App, job: &Job, file: &ImportFile, watch: &Watch) -> Result<Ended, NotRead> {
    let choices: Choices = serde_json::from_value(file.choices.clone()).unwrap_or_default();
    app.keys().map_err(|why| NotRead::Keys(why.to_string()))?;
    let reach = reach(app, job).await?;
    let mut stage = Stage::begin(&app.store, job.office, file, reach).await?;
    let (send, mut chunks) = mpsc::channel(2);
    let (path, name) = (receiving::place(&app.settings.files, file.id), file.file_name.clone());
    let (kind, keyed) = (file.kind, app.clone());
    let reading = tokio::task::spawn_blocking(move || {
        // The keys were opened above.
        let Ok(keys) = keyed.keys() else {
            return Ok(());
        };
        let reader = Reader { kind, choices, keys };
        let mut book = sheet::open_as(&path, &name, &reader.choices)?;
        // Once to its end before anything is laid down: a list that is too long is refused at once.
        book.rows(reader.choices.sheet, |_| ControlFlow::Continue(()))?;
        records(&mut book, &reader.choices.clone(), |row, section| reader.read(row, section), send)
    });
    let mut done = 0;
    while let Some(chunk) = chunks.recv().await {
        done += chunk.len() as u64;
        stage.add(chunk).await?;
        if watch.tell(done, 0) {
            // The reader stops when nobody takes what it reads.
            drop(chunks);
            let _ = reading.await;
            return Ok(Ended::Stopped);
        }
    }
    match reading.await {
        Ok(read) => read.map_err(NotRead::Refused)?,
        Err(error) => return Err(NotRead::Keys(error.to_string())),
    }
    if let Some(fingerprint) = job.asked["fingerprint"].as_str().filter(|fingerprint| !fingerprint.is_empty()) {
        let now = app.settings.clock.now();
        files::remember(&app.store, job.office, file.kind, fingerprint, &file.choices, now).await?;
    }
    Ok(Ended::Done(json!({"read": done})))
}

/// Sends the rows of a sheet in chunks; those that are no records with the reason why they are passed over.
fn records(
    book: &mut intake::workbook::Workbook,
    choices: &Choices,
    read: impl Fn(&Row, Option<&str>) -> Given,
    send: mpsc::Sender<Vec<Given>>,
) -> Result<(), Refusal> {
    let first = sheet::first_rows(book, choices.sheet)?;
    let shape: Shape = sheet::shape_of(&first, choices);
    let mut below = Below::of(&shape, &first);
    let mut chunk: Vec<Given> = Vec::new();
    book.rows(choices.sheet, |row| {
        if !shape.is_below(&row) {
            return ControlFlow::Continue(());
        }
        let part = below.part(&row);
        if part == Part::Blank {
            return ControlFlow::Continue(());
        }
        let section = below.section().filter(|_| !choices.sections_unread);
        chunk.push(Given { passed: passed::why(&part, &row, choices), ..read(&row, section) });
        if chunk.len() == CHUNK && send.blocking_send(std::mem::take(&mut chunk)).is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    if !chunk.is_empty() {
        // Nobody takes it where the work was asked to stop.
        let _ = send.blocking_send(chunk);
    }
    Ok(())
}

/// The units that whoever asked may write; nothing where that is the whole office.
async fn reach(app: &App, job: &Job) -> Result<Option<HashSet<Uuid>>, StoreError> {
    let role: Role = words::parse(job.asked["role"].as_str().unwrap_or_default())?;
    let unit = job.asked["unit"].as_str().and_then(|id| id.parse().ok());
    let account = job.actor.unwrap_or_default();
    let viewer = Viewer { office: job.office, account, role, unit, person: None };
    access::scope(&viewer, app.settings.clock.today()).units(&app.store).await
}
