//! A file given back with what is to be said of each row in a last column.

use std::collections::BTreeMap;

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
    let heading = language.text("import-complaints").into_owned();
    let made = tokio::task::spawn_blocking(move || {
        let mut book = sheet::open(&path, &name)?;
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::from("\u{feff}".as_bytes()));
        let width = sheet::first_rows(&mut book, choices.sheet)?.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let mut failed = None;
        book.rows(choices.sheet, |row| {
            let mut cells: Vec<&str> = (0..width).map(|column| row.text(column)).collect();
            cells.push(match complaints.get(&i64::from(row.number)) {
                Some(complaint) => complaint,
                None if Some(row.number) == choices.head_to => &heading,
                None => "",
            });
            if let Err(error) = writer.write_record(&cells) {
                failed = Some(error.to_string());
                return std::ops::ControlFlow::Break(());
            }
            std::ops::ControlFlow::Continue(())
        })?;
        match (failed, writer.into_inner()) {
            (None, Ok(bytes)) => Ok((format!("{name}.csv"), bytes)),
            (Some(why), _) => Err(Refusal::Damaged(why)),
            (None, Err(why)) => Err(Refusal::Damaged(why.to_string())),
        }
    });
    made.await.map_err(|error| NotReturned::Machine(error.to_string()))?.map_err(NotReturned::Refused)
}

/// What is to be said of each row of the file, by its number.
pub async fn complaints(app: &App, file: &ImportFile, language: Language) -> Result<BTreeMap<i64, String>, StoreError> {
    let (mut after, mut complaints) = (0, BTreeMap::new());
    loop {
        let found = rows::list(&app.store, OFFICE, file.id, &[], after, CHUNK).await?;
        let Some(last) = found.last() else {
            return Ok(complaints);
        };
        after = last.n;
        complaints.extend(found.iter().filter_map(|row| Some((row.n, words::complaint(language, file.kind, row)?))));
    }
}
