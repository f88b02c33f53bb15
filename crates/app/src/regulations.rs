//! The law in force of the office: the shipped law under its confirmed regulations, built once and again when one is confirmed or withdrawn, or the day changes.

pub mod parameters;
pub mod preview;
pub mod told;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use rules::law::Law;
use rules::layer::Tier;
use rules::layers::lay;
use rules::words::Words;
use store::Store;
use store::error::StoreError;
use store::layers::{self, Age, Confirmed};
use uuid::Uuid;

use crate::law;
use crate::session::OFFICE;

/// What keeps each regulation out of the law that is in force, by its id; nothing is said of those that are in it.
pub type Out = BTreeMap<Uuid, Vec<Words>>;

/// The law as it was built last; one for the whole program.
#[derive(Debug, Default)]
pub struct Regulations(Mutex<Option<Arc<InForce>>>);

/// The law in force of the office, and that of each unit with regulations of its own.
#[derive(Debug)]
pub struct InForce {
    key: (Age, NaiveDate),
    /// Every confirmed regulation in the order in which they are laid.
    pub all: Vec<Confirmed>,
    /// The shipped law under the regulations of the whole office.
    pub law: Arc<Law>,
    out: Out,
    /// By the regulations of units that are laid over it.
    of_units: Mutex<HashMap<Vec<Uuid>, Built>>,
}

/// A law with what could not be laid over it.
#[derive(Debug, Clone)]
struct Built {
    law: Arc<Law>,
    /// Those that it is made of.
    laid: Vec<Confirmed>,
    out: Out,
}

impl Regulations {
    /// The law in force on the day it is; one statement while nothing changed.
    pub async fn current(&self, store: &Store, today: NaiveDate) -> Result<Arc<InForce>, StoreError> {
        let key = (layers::age(store, OFFICE).await?, today);
        if let Some(known) = self.known(key) {
            return Ok(known);
        }
        let built = Arc::new(InForce::build(store, key).await?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(built.clone());
        Ok(built)
    }

    fn known(&self, key: (Age, NaiveDate)) -> Option<Arc<InForce>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|known| known.key == key).cloned()
    }
}

impl InForce {
    /// The shipped law alone.
    pub fn shipped() -> Self {
        Self {
            key: (Age::default(), NaiveDate::MIN),
            all: Vec::new(),
            law: law::built_in(),
            out: Out::new(),
            of_units: Mutex::default(),
        }
    }

    async fn build(store: &Store, key: (Age, NaiveDate)) -> Result<Self, StoreError> {
        if key.0 == Age::default() {
            return Ok(Self { key, ..Self::shipped() });
        }
        let all = layers::confirmed(store, OFFICE).await?;
        let of_office = all.iter().filter(|one| one.row.tier != Tier::Unit).cloned().collect();
        let Built { law, out, .. } = built(of_office).await?;
        Ok(Self { key, all, law, out, of_units: Mutex::default() })
    }

    /// The law for a subject of these units on a day; no statement where no unit has a regulation of its own.
    pub async fn law_for(&self, store: &Store, units: &[Uuid], day: NaiveDate) -> Result<Arc<Law>, StoreError> {
        Ok(self.built_for(store, units, day).await?.map_or_else(|| self.law.clone(), |built| built.law))
    }

    /// The law for a unit on a day with the regulations that it is made of, in the order in which they are laid.
    pub async fn ruled(
        &self,
        store: &Store,
        unit: Uuid,
        day: NaiveDate,
    ) -> Result<(Arc<Law>, Vec<Confirmed>), StoreError> {
        Ok(match self.built_for(store, &[unit], day).await? {
            Some(built) => (built.law, built.laid),
            None => (self.law.clone(), self.laid().cloned().collect()),
        })
    }

    /// What keeps a confirmed regulation out of the law in force; empty where it is in it.
    pub async fn troubles(&self, store: &Store, id: Uuid, day: NaiveDate) -> Result<Vec<Words>, StoreError> {
        let unit = self.all.iter().find(|one| one.row.id == id).and_then(|one| one.row.unit);
        let of_unit = match unit {
            Some(unit) => self.built_for(store, &[unit], day).await?,
            None => None,
        };
        let out = of_unit.as_ref().map_or(&self.out, |built| &built.out);
        Ok(out.get(&id).cloned().unwrap_or_default())
    }

    /// The regulations that `law` is built with, in the order in which they are laid.
    pub fn laid(&self) -> impl Iterator<Item = &Confirmed> {
        self.all.iter().filter(|one| one.row.tier != Tier::Unit && !self.out.contains_key(&one.row.id))
    }

    /// The regulation that a finding names by its code.
    pub fn named(&self, code: &str) -> Option<&Confirmed> {
        self.all.iter().find(|one| one.row.code == code)
    }

    async fn built_for(&self, store: &Store, units: &[Uuid], day: NaiveDate) -> Result<Option<Built>, StoreError> {
        if units.is_empty() || self.all.iter().all(|one| one.row.tier != Tier::Unit) {
            return Ok(None);
        }
        let above = layers::at_and_above(store, OFFICE, units, day).await?;
        let laid = layers::under(&self.all, Tier::Unit, &above);
        let own: Vec<Uuid> = laid.iter().filter(|one| one.row.tier == Tier::Unit).map(|one| one.row.id).collect();
        if own.is_empty() {
            return Ok(None);
        }
        let known = self.of_units.lock().unwrap_or_else(PoisonError::into_inner).get(&own).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let built = built(laid).await?;
        self.of_units.lock().unwrap_or_else(PoisonError::into_inner).insert(own, built.clone());
        Ok(Some(built))
    }
}

/// Lays regulations over the shipped law, on a thread that may take its time.
async fn built(laid: Vec<Confirmed>) -> Result<Built, StoreError> {
    let work = move || {
        let files = law::built_in_files();
        let regulations: Vec<_> = laid.iter().map(Confirmed::regulation).collect();
        // The shipped files load, or the program had not started.
        let (law, told) = lay(&law::pairs(&files), &regulations).map_err(|faults| format!("{faults:?}"))?;
        let kept_out = laid.iter().zip(told).filter(|(_, troubles)| !troubles.is_empty());
        let out: Out = kept_out.map(|(one, troubles)| (one.row.id, troubles)).collect();
        let laid = laid.into_iter().filter(|one| !out.contains_key(&one.row.id)).collect();
        Ok::<_, String>(Built { law: Arc::new(law), laid, out })
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Database(error.to_string()))?;
    done.map_err(StoreError::Database)
}
