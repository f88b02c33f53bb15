//! Writes the demonstration into an empty store, in a few journaled steps, up to a day.

mod accounts;
mod honours;
mod people;
mod units;

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Utc};
use rules::facts::Day;
use store::Store;
use store::error::StoreError;
use store::records::NewOffice;
use store::step::Step;
use uuid::Uuid;

use super::files::Flaw;
use super::plan::Plan;
use super::{Population, known, population};

/// Why the demonstration could not be written.
#[derive(Debug)]
pub enum FillError {
    /// A file under `demonstration/` cannot be used.
    Files(Flaw),
    Store(StoreError),
}

/// The ids that records of one step give to those of another, by the codes of the files.
#[derive(Debug, Default)]
pub struct Ids {
    units: BTreeMap<String, Uuid>,
    people: BTreeMap<String, Uuid>,
}

impl std::fmt::Display for FillError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Files(flaw) => flaw.fmt(out),
            Self::Store(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for FillError {}

impl From<Flaw> for FillError {
    fn from(flaw: Flaw) -> Self {
        Self::Files(flaw)
    }
}

impl From<StoreError> for FillError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Writes everything that is known on `today`; `at` is the instant the journal names.
pub async fn fill(store: &Store, office: i32, today: Day, at: DateTime<Utc>) -> Result<(), FillError> {
    let known = known::on(population()?, today);
    let mut ids = Ids::default();
    let why = known.plan.office.notice.vi.as_str();
    store
        .step(office, None, at, why, async |step| {
            found(step, &known.plan)?;
            units::add(step, &known, today, &mut ids)
        })
        .await?;
    store.step(office, None, at, why, async |step| people::add(step, &known, today, &mut ids)).await?;
    store.step(office, None, at, why, async |step| honours::add(step, &known, today, &ids)).await?;
    store.step(office, None, at, why, async |step| accounts::add(step, &known, today, &ids)).await?;
    Ok(())
}

/// Writes one part of a larger office; the first part founds the office.
///
/// A part rests on no other part's people; its units may lie under one of an earlier part, which `ids` still knows.
/// What is in it is found by its words once the index is made anew.
pub async fn add_part(
    store: &Store,
    office: i32,
    part: &Population,
    today: Day,
    at: DateTime<Utc>,
    ids: &mut Ids,
) -> Result<(), StoreError> {
    let why = part.plan.office.notice.vi.as_str();
    let first = ids.units.is_empty();
    ids.people.clear();
    let write = async |step: &mut Step| {
        step.found_later();
        if first {
            found(step, &part.plan)?;
        }
        units::add(step, part, today, ids)?;
        people::add(step, part, today, ids)?;
        honours::add(step, part, today, ids)?;
        accounts::add(step, part, today, ids)
    };
    store.step(office, None, at, why, write).await
}

fn found(step: &mut Step, plan: &Plan) -> Result<(), StoreError> {
    let (id, name) = (step.id(), &plan.office.name);
    step.add(NewOffice {
        id,
        code: plan.office.code.clone(),
        name: name.vi.clone(),
        name_en: Some(name.en.clone()),
        illustrative: true,
    })?;
    Ok(())
}

/// The last day of something whose end is given by the first day after it.
fn last_day(until: Option<Day>) -> Option<Day> {
    until.map(|until| until - Days::new(1))
}
