//! Totals of lists, each counted once while the journal of the office is as long as it was.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::Store;
use crate::error::StoreError;
use crate::journal;
use crate::page::Total;
use crate::sql::Sql;

/// Totals of one office that are kept; with more all are let go.
const KEPT: usize = 1_000;

/// What was counted, by office.
#[derive(Debug, Default)]
pub(crate) struct Totals(Mutex<HashMap<i32, Counted>>);

#[derive(Debug, Default)]
struct Counted {
    leaves: u64,
    /// By the statement that counted, with its values.
    totals: HashMap<String, u32>,
}

impl Totals {
    fn known(&self, office: i32, leaves: u64, asked: &str) -> Option<u32> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&office).filter(|counted| counted.leaves == leaves)?.totals.get(asked).copied()
    }

    fn keep(&self, office: i32, leaves: u64, asked: String, total: u32) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = known.entry(office).or_default();
        if counted.leaves != leaves || counted.totals.len() >= KEPT {
            *counted = Counted { leaves, totals: HashMap::new() };
        }
        counted.totals.insert(asked, total);
    }
}

impl Store {
    /// The total of a list, as [`Store::counted`].
    pub(crate) async fn total(&self, office: i32, count: &Sql) -> Result<Total, StoreError> {
        Ok(Total::counted(self.counted(office, count).await?))
    }

    /// What a statement counts of the records of an office, in the column `total`.
    ///
    /// What is entered while it counts makes the journal longer, so that it is counted again.
    pub(crate) async fn counted(&self, office: i32, count: &Sql) -> Result<u32, StoreError> {
        let leaves = journal::head(self, office).await?.size;
        let asked = format!("{count:?}");
        if let Some(total) = self.totals.known(office, leaves, &asked) {
            return Ok(total);
        }
        let total = count.one(&self.connection).await?.ok_or(StoreError::NotFound)?.count("total")?;
        self.totals.keep(office, leaves, asked, total);
        Ok(total)
    }
}
