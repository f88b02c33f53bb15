//! The one way to write: records of many kinds entered together, journaled, or not at all.

pub(crate) mod changes;
pub(crate) mod named;
mod rings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use sea_orm::Value;
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use sha2::{Digest, Sha256};
use uuid::{ContextV7, Timestamp, Uuid};

use crate::Store;
use crate::error::StoreError;
use crate::journal::{self, Entry};
use crate::merkle::Hash;
use crate::record::{Record, SearchText, canonical};
use crate::records::NewEnding;
use crate::records::accounts::NewRepresentation;
use crate::schema::{STEP, StepContent, TABLES};
use crate::search;
use crate::sql::Sql;

/// The tables whose records can be ended later.
const ENDABLE: [&str; 7] = ["unit_name", "membership", "post", "discipline", "hold", "leave", "role_grant"];
/// Tables in which a subject has one record at a time: a person is in one unit, a unit has one name.
const ONE_AT_A_TIME: [(&str, &str); 2] = [("membership", "person"), ("unit_name", "unit")];
/// SQLite takes 32,766 values in one statement, PostgreSQL 65,535.
const VALUES_PER_INSERT: usize = 20_000;

/// A step being written; it is nothing until the closure that fills it returns `Ok`.
#[derive(Debug)]
pub struct Step {
    pub(crate) transaction: DatabaseTransaction,
    pub(crate) office: i32,
    actor: Option<Uuid>,
    at: DateTime<Utc>,
    ids: Arc<Mutex<ContextV7>>,
    id: Uuid,
    /// Records that wait for [`Step::flush`].
    pending: BTreeMap<&'static str, Pending>,
    search: Vec<(SearchText, &'static str, Uuid)>,
    endings: Vec<NewEnding>,
    written: BTreeSet<&'static str>,
    corrected: Vec<(&'static str, Uuid)>,
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

    /// The transaction of the step, for what is no record and must be kept or lost with it.
    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Adds a record and returns its id. Many records of one kind are written in few statements.
    pub fn add<R: Record>(&mut self, record: R) -> Result<Uuid, StoreError> {
        let salt = new_salt()?;
        let (verb, noun) = (R::VERB.to_owned(), R::NOUN.to_owned());
        self.journal.push(Entry { verb, noun, id: record.id(), hash: salted(&salt, &canonical(&record)) });
        if let Some(text) = record.search() {
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
                insert(&self.transaction, table.noun, records).await?;
                self.written.insert(table.noun);
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
        let salt = new_salt()?;
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
            pending: BTreeMap::new(),
            search: Vec::new(),
            endings: Vec::new(),
            written: BTreeSet::new(),
            corrected: Vec::new(),
            journal: vec![own],
        })
    }

    async fn commit(mut self) -> Result<(), StoreError> {
        self.flush().await?;
        for (table, of) in ONE_AT_A_TIME {
            if self.written.contains(table) {
                self.check_no_overlap(table, of).await?;
            }
        }
        if self.written.contains("unit_name") {
            self.check_no_ring().await?;
        }
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

    async fn check_no_overlap(&self, table: &str, of: &str) -> Result<(), StoreError> {
        let corrected = self.corrected.iter().filter(|(noun, _)| *noun == table).map(|(_, id)| (*id).into());
        let text = format!(
            "SELECT a.id FROM {table} a JOIN {table} b ON b.office = a.office AND b.{of} = a.{of} AND b.id <> a.id \
             AND b.from_day <= coalesce(a.to_day, '9999-12-31') AND a.from_day <= coalesce(b.to_day, '9999-12-31') \
             WHERE a.office = ? AND (a.step = ? OR a.id IN "
        );
        let mut overlap = Sql::new(&text, [self.office.into(), self.id.into()]);
        overlap.set(corrected).add(") LIMIT 1", []);
        match overlap.one(&self.transaction).await? {
            None => Ok(()),
            Some(row) => {
                let id: Uuid = row.get("id")?;
                Err(StoreError::Refused(format!("{table} {id}: the same {of} has another in that time")))
            }
        }
    }
}

/// The hash that a leaf holds of a content: only who has the salt can tell whether a guess is right.
pub(crate) fn salted(salt: &[u8], content: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(content).finalize().into()
}

fn new_salt() -> Result<[u8; 16], StoreError> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(|why| StoreError::Unreachable(why.to_string()))?;
    Ok(salt)
}

/// A UUIDv7 of an instant.
fn new_id(context: &Mutex<ContextV7>, at: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(context, seconds, at.timestamp_subsec_nanos()))
}

async fn insert(connection: &impl ConnectionTrait, noun: &'static str, records: Pending) -> Result<(), StoreError> {
    let columns = records.columns.iter().chain(&["office", "step", "salt"]);
    let columns: Vec<Alias> = columns.map(|column| Alias::new(*column)).collect();
    let mut rows = records.rows.into_iter();
    loop {
        let chunk: Vec<_> = rows.by_ref().take(VALUES_PER_INSERT / columns.len()).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        let mut insert = Query::insert();
        insert.into_table(Alias::new(noun)).columns(columns.clone());
        for row in chunk {
            insert.values(row.into_iter().map(Into::into)).map_err(|why| StoreError::Database(why.to_string()))?;
        }
        connection.execute(&insert).await?;
    }
}
