//! A file given back with what is to be said of each row in a last column.

use intake::give_back::{Complaints, give_back};
use intake::refusal::Refusal;
use store::error::StoreError;
use store::imports::files::ImportFile;
use store::imports::rows;

use super::choices::Choices;
use super::{receiving, sheet, words};
use crate::language::Language;
use crate::session::OFFICE;
use crate::state::App;

/// Rows read from the store at once.
const CHUNK: u32 = 1_000;

/// Why a file is not given back.
#[derive(Debug)]
pub enum NotReturned {
    Refused(Refusal),
    Store(StoreError),
    Machine(String),
}

/// The name and the bytes of the file with its last column.
pub async fn returned(app: &App, file: &ImportFile, language: Language) -> Result<(String, Vec<u8>), NotReturned> {
    let complaints = complaints(app, file, language).await.map_err(NotReturned::Store)?;
    let path = receiving::place(&app.settings.files, file.id);
    let name = file.file_name.clone();
    let choices: Choices = serde_json::from_value(file.choices.clone()).unwrap_or_default();
    let made = tokio::task::spawn_blocking(move || {
        let mut book = sheet::open_as(&path, &name, &choices)?;
        let shape = sheet::shape_of(&sheet::first_rows(&mut book, choices.sheet)?, &choices);
        let given = give_back(&mut book, choices.sheet, &shape, &complaints)?;
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        Ok((format!("{stem}.{}", given.ending), given.bytes))
    });
    made.await.map_err(|error| NotReturned::Machine(error.to_string()))?.map_err(NotReturned::Refused)
}

/// What is to be said of each row of the file, by its number.
async fn complaints(app: &App, file: &ImportFile, language: Language) -> Result<Complaints, StoreError> {
    let (mut after, mut complaints) = (0, Complaints::new());
    loop {
        let found = rows::list(&app.store, OFFICE, file.id, &[], after, CHUNK).await?;
        let Some(last) = found.last() else {
            return Ok(complaints);
        };
        after = last.n;
        complaints.extend(
            found
                .iter()
                .filter_map(|row| Some((u32::try_from(row.n).ok()?, words::complaint(language, file.kind, row)?))),
        );
    }
}
