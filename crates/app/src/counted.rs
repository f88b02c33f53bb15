//! The figures of the first page: counted anew only where the journal went on, and of many people in a large office beside the visit.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rules::facts::Day;
use store::access::{self, Viewer};
use store::error::StoreError;
use store::home::{self, Figures};
use store::journal;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::state::App;

/// An office whose journal has more leaves is large: to count it takes longer than a visitor waits.
const LARGE: u64 = 1_000_000;
/// In a large office so many people are counted while a visitor waits.
const FEW: u32 = 2_000;
/// A large count rests ten times as long as it took, so that counting takes no more than a tenth of one core.
const REST: u32 = 10;
/// Counts that are kept; of more the one counted longest ago goes.
const KEPT: usize = 64;

/// What has been counted.
#[derive(Debug)]
pub struct Counted {
    large: u64,
    few: u32,
    rest: u32,
    kept: Mutex<HashMap<Reach, Count>>,
    /// One large count at a time.
    turn: Arc<Semaphore>,
}

/// What a page can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// As the records stand.
    Now(Figures),
    /// As they stood at that instant; they are being counted again.
    Then(Figures, DateTime<Utc>),
    /// They are being counted for the first time.
    NotYet,
}

/// Whose records are counted, and for which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Reach {
    office: i32,
    /// Absent for the whole office.
    unit: Option<Uuid>,
    day: Day,
}

#[derive(Debug, Clone)]
struct Count {
    figures: Figures,
    /// The leaves of the journal when it was begun: with as many, nothing has changed.
    leaves: u64,
    at: DateTime<Utc>,
    ended: Instant,
    took: Duration,
}

impl Default for Counted {
    fn default() -> Self {
        Self::new(LARGE, FEW, REST)
    }
}

impl Counted {
    /// Nothing counted yet. An office with more leaves is large, and in it a count of more than a few people, which rests so
    /// many times as long as it took.
    pub fn new(large: u64, few: u32, rest: u32) -> Self {
        Self { large, few, rest, kept: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }

    /// Waits until no large count is under way.
    pub async fn idle(&self) {
        // The semaphore is never closed.
        let _ = self.turn.acquire().await;
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<Reach, Count>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, reach: Reach, count: Count) {
        let mut kept = self.kept();
        kept.insert(reach, count);
        if kept.len() > KEPT
            && let Some(oldest) = kept.iter().min_by_key(|(_, count)| count.ended).map(|(reach, _)| *reach)
        {
            kept.remove(&oldest);
        }
    }
}

/// The figures in a viewer's reach on a day. One statement where nothing has changed, and in a large office those that tell
/// how many people are in reach.
pub async fn figures(app: &App, viewer: &Viewer, day: Day) -> Result<Known, StoreError> {
    let whole = access::reads_whole_office(viewer);
    let reach = Reach { office: viewer.office, unit: viewer.unit.filter(|_| !whole), day };
    let leaves = journal::head(&app.store, viewer.office).await?.size;
    let known = app.counted.kept().get(&reach).cloned();
    match known {
        Some(count) if count.leaves == leaves => Ok(Known::Now(count.figures)),
        known if leaves > app.counted.large && is_wide(app, viewer, day).await? => {
            begin(app, viewer, reach, leaves, known.as_ref());
            Ok(known.map_or(Known::NotYet, |count| Known::Then(count.figures, count.at)))
        }
        _ => count(app, viewer, reach, leaves).await.map(Known::Now),
    }
}

async fn is_wide(app: &App, viewer: &Viewer, day: Day) -> Result<bool, StoreError> {
    let few = app.counted.few;
    Ok(home::people_in_reach(&app.store, viewer, day, few + 1).await? > few)
}

/// Begins a count beside the visit, unless one is under way or the last one has just ended.
fn begin(app: &App, viewer: &Viewer, reach: Reach, leaves: u64, last: Option<&Count>) {
    let rests = last.is_some_and(|last| last.ended.elapsed() < last.took * app.counted.rest);
    let Some(turn) = (!rests).then(|| app.counted.turn.clone().try_acquire_owned().ok()).flatten() else { return };
    let (app, viewer) = (app.clone(), viewer.clone());
    tokio::spawn(beside(app, viewer, reach, leaves, turn));
}

async fn beside(app: App, viewer: Viewer, reach: Reach, leaves: u64, turn: OwnedSemaphorePermit) {
    if let Err(error) = count(&app, &viewer, reach, leaves).await {
        tracing::warn!(?error, "the figures of the first page were not counted");
    }
    drop(turn);
}

/// Counts and keeps. What is entered meanwhile makes the journal longer than `leaves`, so that it is counted again.
async fn count(app: &App, viewer: &Viewer, reach: Reach, leaves: u64) -> Result<Figures, StoreError> {
    let (at, begun) = (app.settings.clock.now(), Instant::now());
    let figures = home::figures(&app.store, viewer, reach.day).await?;
    let count = Count { figures: figures.clone(), leaves, at, ended: Instant::now(), took: begun.elapsed() };
    app.counted.keep(reach, count);
    Ok(figures)
}
