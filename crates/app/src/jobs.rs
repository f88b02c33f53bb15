//! Works off what was asked for: one piece of long work at a time, with progress, obeying those who ask it to stop.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value as Json, json};
use store::jobs::{self, Job, State};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::imports;
use crate::regulations::preview;
use crate::session::OFFICE;
use crate::state::App;
use crate::verification;

/// How often the program looks for work that another server was asked for.
const LOOK: Duration = Duration::from_secs(5);
/// How often work says that it goes on.
const BEAT: Duration = Duration::from_secs(2);

/// What this server knows of its work that the database cannot say while it writes.
#[derive(Debug, Default)]
pub struct Work {
    wake: Notify,
    /// Parts done and parts in all.
    under_way: Mutex<HashMap<Uuid, (u64, u64)>>,
    stopping: Mutex<HashSet<Uuid>>,
}

/// How a piece of work ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    /// With its outcome, kept by the work itself or here.
    Done(Json),
    /// It could not be done; a key of the locale files and its words say why.
    Failed(Json),
    /// It was asked to stop; nothing of it stays.
    Stopped,
}

/// Told by work after each part; says whether to stop.
#[derive(Clone)]
pub struct Watch {
    app: App,
    job: Uuid,
}

impl Work {
    /// Says that work was asked for.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Asks work of this server to stop.
    pub fn stop(&self, job: Uuid) {
        self.stopping.lock().unwrap_or_else(PoisonError::into_inner).insert(job);
    }

    /// How far work of this server is.
    pub fn progress(&self, job: Uuid) -> Option<(u64, u64)> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).get(&job).copied()
    }

    fn is_stopped(&self, job: Uuid) -> bool {
        self.stopping.lock().unwrap_or_else(PoisonError::into_inner).contains(&job)
    }

    fn forget(&self, job: Uuid) {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&job);
        self.stopping.lock().unwrap_or_else(PoisonError::into_inner).remove(&job);
    }
}

impl Watch {
    /// Notes how many parts of how many are done; whether to stop now.
    pub fn tell(&self, done: u64, total: u64) -> bool {
        let work = &self.app.work;
        work.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(self.job, (done, total));
        work.is_stopped(self.job) || self.app.stopping.load(Ordering::Relaxed)
    }
}

/// Takes up work until the program is asked to stop; a piece under way is then laid down for the next server.
pub async fn run(app: App) {
    while !app.stopping.load(Ordering::Relaxed) {
        if !run_one(&app).await {
            tokio::select! {
                () = app.work.wake.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

/// Does one piece of work that waits; whether there was one.
pub async fn run_one(app: &App) -> bool {
    let kinds: Vec<&str> = imports::JOBS.into_iter().chain([verification::JOB, preview::JOB]).collect();
    match jobs::claim(&app.store, OFFICE, &kinds, app.settings.clock.now()).await {
        Ok(Some(job)) => {
            work_off(app, &job).await;
            true
        }
        Ok(None) => false,
        Err(error) => {
            tracing::warn!(%error, "looking for work");
            false
        }
    }
}

/// Does a piece of work that was claimed, from its beginning to its end.
pub async fn work_off(app: &App, job: &Job) {
    let beating = Arc::new(Notify::new());
    let beat = tokio::spawn(beat(app.clone(), job.clone(), beating.clone()));
    let watch = Watch { app: app.clone(), job: job.id };
    watch.tell(0, 0);
    let ended = match job.kind.as_str() {
        verification::JOB => verification::verify(app).await,
        preview::JOB => preview::run(app, job, watch).await,
        _ => imports::do_job(app, job, watch).await,
    };
    beating.notify_one();
    if let Err(error) = beat.await {
        tracing::error!(%error, "the beat of work panicked");
    }
    let stopping = app.stopping.load(Ordering::Relaxed) && !app.work.is_stopped(job.id);
    let now = app.settings.clock.now();
    let kept = match ended {
        Ended::Stopped if stopping => jobs::lay_down(&app.store, job).await,
        ended => {
            let undone = match job.kind.as_str() {
                verification::JOB | preview::JOB => Ok(()),
                _ => imports::settle(app, job, &ended).await,
            };
            let (state, outcome) = match ended {
                Ended::Done(outcome) => (State::Done, outcome),
                Ended::Failed(why) => (State::Failed, why),
                Ended::Stopped => (State::Cancelled, json!({})),
            };
            undone.and(jobs::finish(&app.store, job, state, &outcome, now).await)
        }
    };
    if let Err(error) = kept {
        tracing::error!(%error, job = %job.id, "the end of work is not kept");
    }
    app.work.forget(job.id);
}

/// Says while work goes on that it does, and hears whether it was asked to stop elsewhere.
async fn beat(app: App, job: Job, over: Arc<Notify>) {
    loop {
        tokio::select! {
            () = over.notified() => return,
            () = tokio::time::sleep(BEAT) => {}
        }
        let (done, total) = app.work.progress(job.id).unwrap_or_default();
        // Where the database is locked by the work itself, nobody else can take it up either.
        if let Ok(true) = jobs::beat(&app.store, &job, done, total, app.settings.clock.now()).await {
            app.work.stop(job.id);
        }
    }
}
