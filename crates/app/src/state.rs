//! What every request can reach: the store, the settings, the counters.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use store::Store;
use store::error::StoreError;

use crate::config::Settings;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::session::{FirstLink, OFFICE};

/// The running program; cloning it is cheap.
#[derive(Clone)]
pub struct App {
    pub store: Store,
    pub settings: Arc<Settings>,
    pub limits: Arc<Limits>,
    pub metrics: Arc<Metrics>,
    pub first_link: Arc<FirstLink>,
    /// Set once a stop has been asked for.
    pub stopping: Arc<AtomicBool>,
    office: Arc<OnceLock<String>>,
}

impl App {
    /// The program over an open store.
    pub fn new(store: Store, settings: Settings) -> Self {
        Self {
            store,
            settings: Arc::new(settings),
            limits: Arc::default(),
            metrics: Arc::default(),
            first_link: Arc::default(),
            stopping: Arc::default(),
            office: Arc::default(),
        }
    }

    /// The office's name, asked of the store once.
    pub async fn office_name(&self) -> Result<String, StoreError> {
        if let Some(name) = self.office.get() {
            return Ok(name.clone());
        }
        let office = store::units::office(&self.store, OFFICE).await?;
        Ok(self.office.get_or_init(|| office.name).clone())
    }
}
