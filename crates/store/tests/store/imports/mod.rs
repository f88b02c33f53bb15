//! Files brought in: their rows matched, decided on, entered in one step, and undone as one.

mod batches;
mod matched;
mod undone;

use std::collections::HashSet;

use rules::facts::Grade;
use serde_json::json;
use store::Store;
use store::access::Viewer;
use store::error::StoreError;
use store::imports::files::{self, ImportFile, NewFile};
use store::imports::rows::{self, ImportRow};
use store::imports::stage::{Given, Stage};
use store::imports::values::Values;
use store::imports::write::{self, Outcome, Part};
use store::imports::{FileState, Kind, RowState};
use store::jobs::{self, Job};
use store::matching::Born;
use uuid::Uuid;

use crate::builders::{OFFICE, day, enter, grade, lan_officer, membership, noon, office, person, unit, verified};

/// The office of the stories: Hoa of 1980 and another Hoa of 1985 in TCCB, Bình in PL.
pub struct Known {
    pub tccb: Uuid,
    pub phap_luat: Uuid,
    pub hoa: Uuid,
    pub young_hoa: Uuid,
    pub binh: Uuid,
}

pub async fn known(store: &Store) -> Known {
    enter(store, async |tx| {
        office(tx)?;
        let (tccb, phap_luat) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
        let mut born = |name: &str, born: &str, unit: Uuid| {
            let someone = store::records::NewPerson { born: Some(day(born)), ..person(tx, name) };
            let someone = tx.add(someone)?;
            tx.add(membership(tx, someone, unit, "2005-01-01"))?;
            Ok::<Uuid, StoreError>(someone)
        };
        let hoa = born("Trần Thị Hoa", "1980-02-01", tccb)?;
        let young_hoa = born("Trần Thị Hòa", "1985-07-20", tccb)?;
        let binh = born("Lê Văn Bình", "1975-05-19", phap_luat)?;
        tx.add(grade(tx, hoa, 2023, Grade::Tot))?;
        Ok(Known { tccb, phap_luat, hoa, young_hoa, binh })
    })
    .await
}

/// A row about a person.
pub fn row(n: i64, name: &str, rest: Values) -> Given {
    Given { n, values: Values { full_name: Some(name.to_owned()), ..rest }, problems: Vec::new(), passed: None }
}

/// A grade of a person whose birth the file gives as a day.
pub fn graded(n: i64, name: &str, born: &str, year: i32, grade: Grade) -> Given {
    let values = Values {
        born: Some(Born::Day(day(born))),
        unit: Some("Vụ TCCB".to_owned()),
        year: Some(year),
        grade: Some(grade),
        ..Values::default()
    };
    row(n, name, values)
}

/// A file that came, with its rows laid down to be looked at.
pub async fn laid_down(store: &Store, viewer: &Viewer, kind: Kind, given: Vec<Given>) -> ImportFile {
    let file = NewFile {
        id: Uuid::now_v7(),
        kind,
        file_name: "danh-sach.xlsx".to_owned(),
        sha256: "00".repeat(32),
        size: 10,
        stored_as: "x".to_owned(),
        unit: None,
        made: noon(),
    };
    files::receive(store, viewer, &file).await.unwrap();
    let file = files::known(store, OFFICE, file.id).await.unwrap();
    let reach = viewer.unit.map(|unit| HashSet::from([unit]));
    let mut stage = Stage::begin(store, OFFICE, &file, reach).await.unwrap();
    stage.add(given).await.unwrap();
    files::move_on(store, OFFICE, file.id, &[FileState::New], FileState::Preview, None).await.unwrap();
    file
}

/// The rows of a file as they are now.
pub async fn rows_of(store: &Store, file: &ImportFile) -> Vec<ImportRow> {
    rows::list(store, OFFICE, file.id, &[], 0, 100).await.unwrap()
}

pub async fn states(store: &Store, file: &ImportFile) -> Vec<RowState> {
    rows_of(store, file).await.into_iter().map(|row| row.state).collect()
}

/// Confirms, takes the work and does it.
pub async fn written(store: &Store, file: &ImportFile, part: Part) -> Result<Outcome, StoreError> {
    let job = Uuid::now_v7();
    write::confirm(store, &lan_officer(), file.id, part, job, noon()).await?;
    let job = claimed(store, job).await;
    let file = files::known(store, OFFICE, file.id).await.unwrap();
    write::write(store, &job, &file, "nhập tệp", (noon(), day("2026-11-23")), |_, _| false).await
}

pub async fn claimed(store: &Store, job: Uuid) -> Job {
    jobs::claim_one(store, OFFICE, job, noon()).await.unwrap().unwrap()
}

/// How many leaves the journal has, and that it holds.
pub async fn leaves(store: &Store) -> u64 {
    assert!(verified(store).await.holds());
    store::journal::head(store, OFFICE).await.unwrap().size
}

pub async fn outcome(store: &Store, file: &ImportFile) -> Option<serde_json::Value> {
    let job = files::known(store, OFFICE, file.id).await.unwrap().job?;
    jobs::one(store, OFFICE, job).await.unwrap()?.outcome
}

pub fn wrote(rows: u64) -> serde_json::Value {
    json!({"written": rows, "late": 0})
}
