//! The one way to write: records of many kinds entered together, journaled, or not at all.

pub(crate) mod changes;
pub(crate) mod named;
mod rings;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, Value};
use sha2::{Digest, Sha256};
use uuid::{ContextV7, Timestamp, Uuid};

use crate::Store;
use crate::error::StoreError;
use crate::journal::{self, Entry};
use crate::merkle::Hash;
use crate::record::{Record, SearchText, canonical};
use crate::records::NewEnding;
use crate::records::accounts::NewRepresentation;
use crate::rows;
use crate::schema::{STEP, StepContent, TABLES};
use crate::search;
use crate::sql::Sql;

/// The tables whose records can be ended later.
const ENDABLE: [&str; 7] = ["unit_name", "membership", "post", "discipline", "hold", "leave", "role_grant"];
/// Tables in which a subject has one record at a time: a person is in one unit, a unit has one name.
const ONE_AT_A_TIME: [(&str, &str); 2] = [("membership", "person"), ("unit_name", "unit")];

/// How many records one statement of such a check looks at.
const CHECKED_AT_ONCE: usize = 250;
/// The columns that every record has beside its own.
const OF_THE_STEP: [&str; 3] = ["office", "step", "salt"];

/// A step being written; it is nothing until the closure that fills it returns `Ok`.
#[derive(Debug)]
pub struct Step {
    pub(crate) transaction: DatabaseTransaction,
    pub(crate) office: i32,
    actor: Option<Uuid>,
    at: DateTime<Utc>,
    ids: Arc<Mutex<ContextV7>>,
    id: Uuid,
    salts: Salts,
    /// Records that wait for [`Step::flush`].
    pending: BTreeMap<&'static str, Pending>,
    search: Vec<(SearchText, &'static str, Uuid)>,
    /// Whether what is entered is found by its words at once.
    found: bool,
    endings: Vec<NewEnding>,
    /// Records entered or corrected of which a subject may have one at a time.
    touched: Vec<(&'static str, Uuid)>,
    /// The leaf of the step itself, then one for each record.
    journal: Vec<Entry>,
}

#[derive(Debug)]
struct Pending {
    columns: &'static [&'static str],
    rows: Vec<Vec<Value>>,
}

impl Store {
    /// Enters everything that `write` adds, in one transaction with its journal leaves.
    ///
    /// `at` is the instant of the act and `why` its reason; `actor` is absent where the program itself acts.
    /// An error, or a future that is dropped, leaves nothing behind.
    pub async fn step<T>(
        &self,
        office: i32,
        actor: Option<Uuid>,
        at: DateTime<Utc>,
        why: &str,
        write: impl AsyncFnOnce(&mut Step) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut step = Step::begin(self, office, actor, at, why).await?;
        if let Some(delegation) = self.delegation {
            step.add(NewRepresentation { id: step.id(), delegation })?;
        }
        match write(&mut step).await {
            Ok(answer) => {
                step.commit().await?;
                Ok(answer)
            }
            Err(why) => {
                step.transaction.rollback().await?;
                Err(why)
            }
        }
    }
}

impl Step {
    /// A new id, later in order than every id this step gave before.
    pub fn id(&self) -> Uuid {
        new_id(&self.ids, self.at)
    }

    /// The id of the step itself, under which everything it enters is found.
    pub(crate) fn step_id(&self) -> Uuid {
        self.id
    }

    /// Leaves what is added from here on out of the index of words, for one who makes the index anew at the end.
    pub fn found_later(&mut self) {
        self.found = false;
    }

    /// The transaction of the step, for what is no record and must be kept or lost with it.
    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Adds a record and returns its id. Many records of one kind are written in few statements.
    pub fn add<R: Record>(&mut self, record: R) -> Result<Uuid, StoreError> {
        self.touch(R::NOUN, record.id());
        let salt = self.salts.next()?;
        let (verb, noun) = (R::VERB.to_owned(), R::NOUN.to_owned());
        self.journal.push(Entry { verb, noun, id: record.id(), hash: salted(&salt, &canonical(&record)) });
        if self.found
            && let Some(text) = record.search()
        {
            self.search.push((text, R::NOUN, record.id()));
        }
        let mut row = record.values();
        row.extend([self.office.into(), self.id.into(), salt.to_vec().into()]);
        self.pending.entry(R::NOUN).or_insert(Pending { columns: R::COLUMNS, rows: Vec::new() }).rows.push(row);
        Ok(record.id())
    }

    /// Ends a record that was open until now, on its last day; refused where it is not open.
    pub fn end<R: Record>(&mut self, record: Uuid, to_day: chrono::NaiveDate) -> Result<Uuid, StoreError> {
        self.end_named(R::NOUN, record, to_day)
    }

    /// [`Step::end`] for a record whose table is known by name.
    pub fn end_named(&mut self, noun: &str, record: Uuid, to_day: chrono::NaiveDate) -> Result<Uuid, StoreError> {
        if !ENDABLE.contains(&noun) {
            return Err(StoreError::Refused(format!("{noun} has no last day")));
        }
        let ending = NewEnding { id: self.id(), noun: noun.to_owned(), record, to_day };
        self.endings.push(ending.clone());
        self.add(ending)
    }

    /// Writes what has been added so far, so that a check inside the step can read it.
    pub async fn flush(&mut self) -> Result<(), StoreError> {
        let mut pending = std::mem::take(&mut self.pending);
        for table in TABLES {
            if let Some(records) = pending.remove(table.noun) {
                let columns: Vec<&str> = records.columns.iter().copied().chain(OF_THE_STEP).collect();
                rows::insert(&self.transaction, table.noun, &columns, records.rows).await?;
            }
        }
        for ending in std::mem::take(&mut self.endings) {
            self.close(&ending).await?;
        }
        let mut found = std::mem::take(&mut self.search);
        found.sort();
        search::insert(&self.transaction, self.office, &found).await
    }

    async fn begin(
        store: &Store,
        office: i32,
        actor: Option<Uuid>,
        at: DateTime<Utc>,
        why: &str,
    ) -> Result<Self, StoreError> {
        let transaction = store.begin().await?;
        let ids = store.ids.clone();
        let id = new_id(&ids, at);
        let mut salts = Salts::default();
        let salt = salts.next()?;
        let content = StepContent { id, at: at.timestamp_millis(), actor, why };
        let row = Sql::new(
            "INSERT INTO step (office, id, at, actor, why, salt) VALUES (?, ?, ?, ?, ?, ?)",
            [office.into(), id.into(), content.at.into(), actor.into(), why.into(), salt.to_vec().into()],
        );
        row.run(&transaction).await?;
        let (verb, noun) = (STEP.verb.to_owned(), STEP.noun.to_owned());
        let own = Entry { verb, noun, id, hash: salted(&salt, &canonical(&content)) };
        Ok(Self {
            transaction,
            office,
            actor,
            at,
            ids,
            id,
            salts,
            pending: BTreeMap::new(),
            search: Vec::new(),
            found: true,
            endings: Vec::new(),
            touched: Vec::new(),
            journal: vec![own],
        })
    }

    async fn commit(mut self) -> Result<(), StoreError> {
        self.flush().await?;
        for (table, of) in ONE_AT_A_TIME {
            self.check_no_overlap(table, of).await?;
        }
        self.check_no_ring().await?;
        journal::append(&self.transaction, self.office, self.actor, self.at, &self.journal).await?;
        Ok(self.transaction.commit().await?)
    }

    async fn close(&self, ending: &NewEnding) -> Result<(), StoreError> {
        let text = format!("UPDATE {} SET to_day = ? WHERE office = ? AND id = ? AND to_day IS NULL", ending.noun);
        let update = Sql::new(&text, [ending.to_day.into(), self.office.into(), ending.record.into()]);
        match update.run(&self.transaction).await? {
            1 => Ok(()),
            _ => Err(StoreError::Changed),
        }
    }

    /// Remembers a record that is looked at again at the end of the step.
    fn touch(&mut self, noun: &'static str, record: Uuid) {
        if ONE_AT_A_TIME.iter().any(|(table, _)| *table == noun) {
            self.touched.push((noun, record));
        }
    }

    /// The records of a table that this step entered or corrected, in lists that one statement takes.
    fn touched(&self, table: &str) -> Vec<Vec<Value>> {
        let ids = self.touched.iter().filter(|(noun, _)| *noun == table).map(|(_, id)| (*id).into());
        let ids: Vec<Value> = ids.collect();
        ids.chunks(CHECKED_AT_ONCE).map(<[Value]>::to_vec).collect()
    }

    async fn check_no_overlap(&self, table: &str, of: &str) -> Result<(), StoreError> {
        let text = format!(
            "SELECT a.id FROM {table} a JOIN {table} b ON b.office = a.office AND b.{of} = a.{of} AND b.id <> a.id \
             AND b.from_day <= coalesce(a.to_day, '9999-12-31') AND a.from_day <= coalesce(b.to_day, '9999-12-31') \
             WHERE a.office = ? AND a.id IN "
        );
        for ids in self.touched(table) {
            let mut overlap = Sql::new(&text, [self.office.into()]);
            overlap.set(ids).add(" LIMIT 1", []);
            if let Some(row) = overlap.one(&self.transaction).await? {
                let id: Uuid = row.get("id")?;
                return Err(StoreError::Refused(format!("{table} {id}: the same {of} has another in that time")));
            }
        }
        Ok(())
    }
}

/// The hash that a leaf holds of a content: only who has the salt can tell whether a guess is right.
pub(crate) fn salted(salt: &[u8], content: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(content).finalize().into()
}

/// Random salts, of which the machine is asked for many at a time.
#[derive(Debug, Default)]
struct Salts(Vec<[u8; 16]>);

impl Salts {
    /// First for the few records of most steps, then for many.
    const READY: [usize; 2] = [4, 64];

    fn next(&mut self) -> Result<[u8; 16], StoreError> {
        if let Some(salt) = self.0.pop() {
            return Ok(salt);
        }
        let ready = Self::READY[usize::from(self.0.capacity() > 0)];
        let mut bytes = vec![0_u8; ready * 16];
        getrandom::fill(&mut bytes).map_err(|why| StoreError::Unreachable(why.to_string()))?;
        self.0 = bytes.as_chunks::<16>().0.to_vec();
        self.0.pop().ok_or_else(|| StoreError::Unreachable("no salt".to_owned()))
    }
}

/// A UUIDv7 of an instant.
fn new_id(context: &Mutex<ContextV7>, at: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(context, seconds, at.timestamp_subsec_nanos()))
}
