//! What is counted once while the journal of the office is as long as it was.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use crate::Store;
use crate::error::StoreError;
use crate::journal;
use crate::page::Total;
use crate::sql::Sql;

/// Counts that are kept; with more those of a shorter journal are let go, or else all.
const KEPT: usize = 1_000;

/// What was counted with how many leaves in the journal, by office and by what was asked.
#[derive(Debug)]
pub(crate) struct Kept<A, C>(Mutex<HashMap<(i32, A), (u64, C)>>);

/// Totals by the statement that counted, with its values.
pub(crate) type Totals = Kept<String, u32>;

impl<A, C> Default for Kept<A, C> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<A: Clone + Eq + Hash, C: Clone> Kept<A, C> {
    /// What was counted last, and how many leaves the journal had: with as many, nothing has changed.
    pub fn last(&self, office: i32, asked: &A) -> Option<(u64, C)> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&(office, asked.clone())).cloned()
    }

    /// Keeps a count for which `leaves` were read before: what is entered while it counts makes the journal longer, so that
    /// it is counted again.
    pub fn keep(&self, office: i32, leaves: u64, asked: A, count: C) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.retain(|(of, _), (then, _)| *of != office || *then == leaves);
        }
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert((office, asked), (leaves, count));
    }
}

impl Store {
    /// The total of a list, as [`Store::counted`].
    pub(crate) async fn total(&self, office: i32, count: &Sql) -> Result<Total, StoreError> {
        Ok(Total::counted(self.counted(office, count).await?))
    }

    /// What a statement counts of the records of an office, in the column `total`.
    pub(crate) async fn counted(&self, office: i32, count: &Sql) -> Result<u32, StoreError> {
        let leaves = journal::head(self, office).await?.size;
        let asked = format!("{count:?}");
        if let Some((then, total)) = self.totals.last(office, &asked)
            && then == leaves
        {
            return Ok(total);
        }
        let total = count.one(&self.connection).await?.ok_or(StoreError::NotFound)?.count("total")?;
        self.totals.keep(office, leaves, asked, total);
        Ok(total)
    }
}
