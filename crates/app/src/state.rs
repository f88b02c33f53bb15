//! What every request can reach: the store, the settings, the counters.

use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use rules::law::Law;
use store::Store;
use store::error::StoreError;
use store::offices::{self, Office};
use tokio::sync::Notify;

use crate::config::Settings;
use crate::counted::Counted;
use crate::jobs::Work;
use crate::keys::Keys;
use crate::law;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::prospects::Prospects;
use crate::regulations::{InForce, Regulations};
use crate::session::{FirstLink, OFFICE};

/// The running program; cloning it is cheap.
#[derive(Clone)]
pub struct App {
    pub store: Store,
    /// The law in force of the office; before anyone has signed in, the law as shipped.
    pub law: Arc<Law>,
    /// What `law` is built from, with that of units.
    pub in_force: Arc<InForce>,
    pub regulations: Arc<Regulations>,
    pub settings: Arc<Settings>,
    pub limits: Arc<Limits>,
    pub metrics: Arc<Metrics>,
    pub first_link: Arc<FirstLink>,
    /// The figures of the first page.
    pub counted: Arc<Counted>,
    /// The long work of this server.
    pub work: Arc<Work>,
    /// Told when a backup was asked for.
    pub backing_up: Arc<Notify>,
    /// Set once a stop has been asked for.
    pub stopping: Arc<AtomicBool>,
    /// Who can be proposed, in memory.
    pub prospects: Arc<Prospects>,
    office: Arc<OnceLock<Office>>,
    keys: Arc<OnceLock<Keys>>,
}

impl App {
    /// The program over an open store.
    pub fn new(store: Store, settings: Settings) -> Self {
        Self {
            store,
            law: law::built_in(),
            in_force: Arc::new(InForce::shipped()),
            regulations: Arc::default(),
            settings: Arc::new(settings),
            limits: Arc::default(),
            metrics: Arc::default(),
            first_link: Arc::default(),
            counted: Arc::default(),
            work: Arc::default(),
            backing_up: Arc::default(),
            stopping: Arc::default(),
            prospects: Arc::default(),
            office: Arc::default(),
            keys: Arc::default(),
        }
    }

    /// The same program for one who acts in a role lent by another: every step says so.
    pub fn acting_under(self, delegation: uuid::Uuid) -> Self {
        Self { store: self.store.acting_under(delegation), ..self }
    }

    /// The same program under the law that is in force now.
    pub async fn under_the_law_in_force(self) -> Result<Self, StoreError> {
        let in_force = self.regulations.current(&self.store, self.settings.clock.today()).await?;
        Ok(Self { law: in_force.law.clone(), in_force, ..self })
    }

    /// The law for a subject of these units on a day.
    pub async fn law_for(&self, units: &[uuid::Uuid], day: chrono::NaiveDate) -> Result<Arc<Law>, StoreError> {
        self.in_force.law_for(&self.store, units, day).await
    }

    /// The keys of the office, read once; made at first use.
    pub fn keys(&self) -> io::Result<&Keys> {
        if let Some(keys) = self.keys.get() {
            return Ok(keys);
        }
        let keys = Keys::open(&self.settings.keys)?;
        Ok(self.keys.get_or_init(|| keys))
    }

    /// The office's names, asked of the store once; nothing before it is founded.
    pub async fn office(&self) -> Result<Option<Office>, StoreError> {
        if let Some(office) = self.office.get() {
            return Ok(Some(office.clone()));
        }
        let found = offices::one(&self.store, OFFICE).await?;
        Ok(found.map(|office| self.office.get_or_init(|| office).clone()))
    }
}
