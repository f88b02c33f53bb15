//! Who can be proposed for which honour: the office as a snapshot in memory, judged by the scan, kept current from the journal.

pub mod laws;
pub mod kept;
pub mod judged;
pub mod count;
pub mod ceiling;
pub mod missing;
pub mod listed;
pub mod sheets;
pub mod compare;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rules::facts::{Day, Subject};
use store::error::StoreError;
use store::journal;
use tokio::sync::{Notify, OwnedRwLockReadGuard, RwLock};

use crate::error::Error;
use crate::prospects::kept::Kept;
use crate::session::OFFICE;
use crate::state::App;

/// The kinds of subject that are judged, in the order of pages.
pub const SUBJECTS: [Subject; 3] = [Subject::CaNhan, Subject::TapThe, Subject::HoGiaDinh];

/// How long a page waits for the snapshot before it shows how far it is.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The snapshot of this server; a cache that can be made again at any time.
#[derive(Default)]
pub struct Prospects {
    ready: Arc<RwLock<Option<Kept>>>,
    making: Mutex<Option<Arc<Making>>>,
}

/// A snapshot that is being made.
#[derive(Debug, Default)]
pub struct Making {
    day: Day,
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
    failed: Mutex<Option<String>>,
    ended: Notify,
}

impl Making {
    /// Notes how many people of how many have been read; whether to stop.
    pub fn tell(&self, done: u64, total: u64) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// The snapshot where it is ready.
pub type Ready = OwnedRwLockReadGuard<Option<Kept>, Kept>;

/// Whether the snapshot of a day can be read.
pub enum Snapshot {
    Ready(Ready),
    /// People read and people in all.
    Making(u64, u64),
}

impl Prospects {
    /// The snapshot of a day, as current as the journal; made in the background where it is not at hand.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn of(&self, app: &App, day: Day) -> Result<Snapshot, Error> {
        if let Some(ready) = self.current(app, day).await? {
            return Ok(Snapshot::Ready(ready));
        }
        let making = self.begin(app, day);
        let ended = making.ended.notified();
        if self.is_making() {
            // Where it takes longer, the page comes back to ask.
            let _ = tokio::time::timeout(PATIENCE, ended).await;
        }
        if let Some(reason) = making.failed.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(Error::Internal(reason));
        }
        match self.current(app, day).await? {
            Some(ready) => Ok(Snapshot::Ready(ready)),
            None => Ok(Snapshot::Making(making.done.load(Ordering::Relaxed), making.total.load(Ordering::Relaxed))),
        }
    }

    /// Stops making the snapshot.
    pub fn cancel(&self) {
        if let Some(making) = self.lock().take() {
            making.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// The snapshot of the day where there is one, brought up to the head of the journal.
    async fn current(&self, app: &App, day: Day) -> Result<Option<Ready>, Error> {
        let head = journal::head(&app.store, OFFICE).await?.size;
        let kept = self.ready.clone().read_owned().await;
        match kept.as_ref() {
            Some(known) if known.is_of(day, &app.law) && known.head() == head => return Ok(ready(kept)),
            Some(known) if known.is_of(day, &app.law) => {}
            _ => return Ok(None),
        }
        drop(kept);
        let mut writing = self.ready.clone().write_owned().await;
        let follows = match writing.as_mut() {
            Some(known) if known.is_of(day, &app.law) => known.follow(app).await?,
            _ => false,
        };
        if !follows {
            *writing = None;
            return Ok(None);
        }
        Ok(ready(writing.downgrade()))
    }

    /// The making under way for the day, begun now where there is none.
    fn begin(&self, app: &App, day: Day) -> Arc<Making> {
        let mut current = self.lock();
        if let Some(making) = current.as_ref().filter(|making| making.day == day) {
            return making.clone();
        }
        let making = Arc::new(Making { day, ..Making::default() });
        if let Some(other) = current.replace(making.clone()) {
            other.cancelled.store(true, Ordering::Relaxed);
        }
        let (app, told) = (app.clone(), making.clone());
        tokio::spawn(async move {
            let made = Kept::make(&app, day, &told).await;
            app.prospects.end(&told, made).await;
        });
        making
    }

    async fn end(&self, making: &Arc<Making>, made: Result<Option<Kept>, StoreError>) {
        match made {
            Ok(Some(kept)) => *self.ready.write().await = Some(kept),
            Ok(None) => {}
            Err(error) => {
                *making.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
            }
        }
        let mut current = self.lock();
        if current.as_ref().is_some_and(|known| Arc::ptr_eq(known, making)) {
            *current = None;
        }
        making.ended.notify_waiters();
    }

    fn is_making(&self) -> bool {
        self.lock().is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<Making>>> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ready(guard: OwnedRwLockReadGuard<Option<Kept>>) -> Option<Ready> {
    OwnedRwLockReadGuard::try_map(guard, Option::as_ref).ok()
}
