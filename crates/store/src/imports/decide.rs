//! What an officer says of rows in doubt: who is meant, whether a record is corrected, what is left out.

use rules::facts::Day;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::imports::files;
use crate::imports::rows::{self, ImportRow};
use crate::imports::stage::{CHUNK, Given, Stage, json, look_up};
use crate::imports::{FileState, Kind, Problem, RowState};
use crate::matching::score;
use crate::sql::Sql;
use crate::words;

/// A decision on one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// One of its candidates is meant.
    Meant(Uuid),
    /// None of them is.
    NewPerson,
    /// The record is corrected by the row.
    Correct,
    /// The record stays; the row is left out.
    Skip,
}

/// Decides on one row; [`StoreError::Changed`] where the file is no longer looked at.
pub async fn one(
    store: &Store,
    viewer: &Viewer,
    file: Uuid,
    n: i64,
    decision: Decision,
) -> Result<RowState, StoreError> {
    let file = files::one(store, viewer, file).await?;
    if file.state != FileState::Preview {
        return Err(StoreError::Changed);
    }
    let mut row = rows::list(store, viewer.office, file.id, &[], n - 1, 1).await?;
    let row = row.first_mut().filter(|row| row.n == n).ok_or(StoreError::NotFound)?;
    if matches!(row.state, RowState::Wrong | RowState::Written) || row.problems.iter().any(Problem::is_passed) {
        return Err(StoreError::Refused(format!("row {n} cannot be entered")));
    }
    apply(file.kind, row, decision)?;
    let mut decided = [row.clone()];
    if !matches!(decision, Decision::Correct) {
        look_up(&store.connection, viewer.office, file.kind, &mut decided).await?;
    }
    keep(&store.connection, viewer.office, file.id, &decided[0]).await?;
    Ok(decided[0].state)
}

/// Reads a row that was left out or passed over as a record after all; what it becomes is as if it had been read so at
/// first, but that rows of the same file are compared with it only when they are entered.
pub async fn take(store: &Store, viewer: &Viewer, file: Uuid, n: i64, today: Day) -> Result<RowState, StoreError> {
    let file = files::one(store, viewer, file).await?;
    if file.state != FileState::Preview {
        return Err(StoreError::Changed);
    }
    let row = rows::list(store, viewer.office, file.id, &[RowState::Skipped], n - 1, 1).await?;
    let row = row.into_iter().find(|row| row.n == n).ok_or(StoreError::NotFound)?;
    let reach = access::scope(viewer, today).units(store).await?;
    let problems = row.problems.into_iter().filter(|problem| !problem.is_passed()).collect();
    let given = Given { n, values: row.values, problems, passed: None };
    let mut stage = Stage::over(store, viewer.office, &file, reach).await?;
    let matched = stage.matched(vec![given]).await?;
    let taken = matched.first().ok_or(StoreError::NotFound)?;
    keep(&store.connection, viewer.office, file.id, taken).await?;
    Ok(taken.state)
}

/// Takes the one candidate of every doubtful row who has the very name and was in that unit; returns how many rows.
pub async fn all_exact(store: &Store, viewer: &Viewer, file: Uuid) -> Result<u32, StoreError> {
    let file = files::one(store, viewer, file).await?;
    if file.state != FileState::Preview {
        return Err(StoreError::Changed);
    }
    let (mut after, mut taken) = (0, 0);
    loop {
        let rows = rows::list(store, viewer.office, file.id, &[RowState::Doubtful], after, CHUNK as u32).await?;
        let Some(last) = rows.last() else {
            return Ok(taken);
        };
        after = last.n;
        let mut exact: Vec<ImportRow> = rows.into_iter().filter_map(sole).collect();
        look_up(&store.connection, viewer.office, file.kind, &mut exact).await?;
        let together = store.begin().await?;
        for row in &exact {
            keep(&together, viewer.office, file.id, row).await?;
        }
        together.commit().await?;
        taken += exact.len() as u32;
    }
}

/// The row with its one exact candidate.
fn sole(mut row: ImportRow) -> Option<ImportRow> {
    let mut exact = row.candidates.iter().filter(|candidate| score::is_exact(candidate));
    let (one, more) = (exact.next()?, exact.next());
    if more.is_some() {
        return None;
    }
    row.person = Some(one.person);
    row.state = RowState::Ready;
    Some(row)
}

fn apply(kind: Kind, row: &mut ImportRow, decision: Decision) -> Result<(), StoreError> {
    let refused = |why: &str| Err(StoreError::Refused(format!("row {}: {why}", row.n)));
    match decision {
        Decision::Meant(person) if row.candidates.iter().any(|candidate| candidate.person == person) => {
            (row.person, row.state, row.existing, row.correct) = (Some(person), RowState::Ready, None, false);
        }
        Decision::Meant(_) => return refused("not one of its candidates"),
        Decision::NewPerson if row.values.of_person(kind) => {
            (row.person, row.state, row.existing, row.correct) = (None, RowState::New, None, false);
        }
        Decision::NewPerson => return refused("not about a person"),
        // Only a grade is replaced by another; whatever else differs is a matter for its own form.
        Decision::Correct if kind == Kind::Grades && has_record(row) => {
            (row.state, row.correct) = (RowState::Ready, true);
        }
        Decision::Correct => return refused("nothing to correct"),
        Decision::Skip => row.state = RowState::Skipped,
    }
    Ok(())
}

fn has_record(row: &ImportRow) -> bool {
    row.existing.as_ref().is_some_and(|existing| existing.record.is_some() && !existing.same)
}

async fn keep(connection: &impl ConnectionTrait, office: i32, file: Uuid, row: &ImportRow) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE import_row SET state = ?, content = ?, problems = ?, candidates = ?, person = ?, existing = ?, correct = ? \
         WHERE office = ? AND file = ? AND n = ?",
        [
            words::text(row.state).into(),
            json(&row.values).into(),
            json(&row.problems).into(),
            json(&row.candidates).into(),
            row.person.into(),
            row.existing.as_ref().map(json).into(),
            row.correct.into(),
            office.into(),
            file.into(),
            row.n.into(),
        ],
    );
    sql.run(connection).await?;
    Ok(())
}
