//! Verifications that a page asked for: one at a time, each kept with its outcome, so that a restart forgets nothing.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use store::error::StoreError;
use store::jobs::{self, Job, State};
use store::journal::checkpoints;
use store::verify::Report;
use store::verify::database::DatabaseSource;
use uuid::Uuid;

use crate::jobs::Ended;
use crate::language::Language;
use crate::session::OFFICE;
use crate::state::App;
use crate::verifying;

/// The kind of work.
pub const JOB: &str = "kiem-tra-so";
/// Findings that are kept in words; the command lists more.
const FINDINGS: usize = 20;

/// How the last verification stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    None,
    Running,
    Done(DateTime<Utc>, Told),
    Failed(DateTime<Utc>, String),
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub leaves: u64,
    /// How many differences there are in all.
    pub found: u64,
    /// The first of them, in words.
    pub findings: Vec<String>,
}

/// Asks for a verification unless one is under way. Whoever asks has checked the viewer.
pub async fn ask(app: &App, account: Uuid) -> Result<(), StoreError> {
    let known = jobs::latest(&app.store, OFFICE, &[JOB], 1).await?;
    if known.iter().all(|job| job.state.is_over()) {
        let now = app.settings.clock.now();
        jobs::ask(&app.store, OFFICE, Uuid::now_v7(), JOB, Some(account), now, &json!({})).await?;
    }
    app.work.wake();
    Ok(())
}

/// The last verification in a language. Whoever asks has checked the viewer.
pub async fn last(app: &App, language: Language) -> Result<Outcome, StoreError> {
    let known = jobs::latest(&app.store, OFFICE, &[JOB], 1).await?;
    Ok(known.first().map_or(Outcome::None, |job| outcome(job, language)))
}

/// Verifies every record, the journal and what was signed of it.
pub async fn verify(app: &App) -> Ended {
    match run(app).await {
        Ok(report) => Ended::Done(kept(&report)),
        Err(error) => Ended::Failed(json!({ "cause": error.to_string() })),
    }
}

async fn run(app: &App) -> Result<Report, StoreError> {
    let keys = app.keys().map_err(|error| StoreError::Unreachable(error.to_string()))?;
    let keys: Vec<_> = checkpoints::verifier(&app.store, OFFICE, &keys.journal).await?.into_iter().collect();
    let mut source = DatabaseSource::open(&app.store, OFFICE).await?;
    store::verify::verify(&mut source, OFFICE, &keys, None).await
}

/// A report as it is kept: its findings in every language, since their form is the program's and may change.
fn kept(report: &Report) -> Json {
    let told = |language: Language| {
        let listed = report.findings.iter().take(FINDINGS);
        (language.code().to_owned(), listed.map(|finding| verifying::told(language, finding)).collect())
    };
    let findings: serde_json::Map<String, Json> = Language::ALL.map(told).into_iter().collect();
    json!({ "leaves": report.tree.size, "found": report.found, "findings": findings })
}

fn outcome(job: &Job, language: Language) -> Outcome {
    let at = job.ended.unwrap_or(job.made);
    let said = job.outcome.as_ref().unwrap_or(&Json::Null);
    let findings = said["findings"][language.code()].as_array().into_iter().flatten();
    match job.state {
        State::Waiting | State::Running => Outcome::Running,
        State::Failed | State::Cancelled => Outcome::Failed(at, said["cause"].as_str().unwrap_or_default().to_owned()),
        State::Done => Outcome::Done(
            at,
            Told {
                leaves: said["leaves"].as_u64().unwrap_or_default(),
                found: said["found"].as_u64().unwrap_or_default(),
                findings: findings.filter_map(Json::as_str).map(str::to_owned).collect(),
            },
        ),
    }
}
