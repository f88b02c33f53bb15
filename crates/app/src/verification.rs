//! A verification that a page asked for: one at a time, its outcome kept until the next.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use store::error::StoreError;
use store::journal::checkpoints;
use store::verify::Report;
use store::verify::database::DatabaseSource;

use crate::session::OFFICE;
use crate::state::App;

/// How the last verification of this server stands.
#[derive(Debug, Clone, Default)]
pub enum Outcome {
    #[default]
    None,
    Running,
    Done(DateTime<Utc>, Box<Report>),
    Failed(DateTime<Utc>, String),
}

/// The last verification of this server.
#[derive(Debug, Default)]
pub struct Verification(Mutex<Outcome>);

impl Verification {
    pub fn outcome(&self) -> Outcome {
        self.0.lock().expect("nobody panics while holding it").clone()
    }

    /// Whether the caller is the one to begin.
    fn begin(&self) -> bool {
        let mut outcome = self.0.lock().expect("nobody panics while holding it");
        let free = !matches!(*outcome, Outcome::Running);
        *outcome = Outcome::Running;
        free
    }

    fn end(&self, outcome: Outcome) {
        *self.0.lock().expect("nobody panics while holding it") = outcome;
    }
}

/// Begins a verification unless one is running; it goes on after the answer to whoever asked.
pub fn begin(app: &App) {
    if app.verification.begin() {
        let app = app.clone();
        tokio::spawn(async move {
            let ended = run(&app).await;
            let at = app.settings.clock.now();
            app.verification.end(match ended {
                Ok(report) => Outcome::Done(at, Box::new(report)),
                Err(error) => Outcome::Failed(at, error.to_string()),
            });
        });
    }
}

async fn run(app: &App) -> Result<Report, StoreError> {
    let keys = app.keys().map_err(|error| StoreError::Unreachable(error.to_string()))?;
    let keys: Vec<_> = checkpoints::verifier(&app.store, OFFICE, &keys.journal).await?.into_iter().collect();
    let mut source = DatabaseSource::open(&app.store, OFFICE).await?;
    store::verify::verify(&mut source, OFFICE, &keys, None).await
}
