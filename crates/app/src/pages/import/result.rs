//! What came of a file: how many rows were entered, where they are, and the way to undo them.

use askama::Template;
use axum::http::StatusCode;
use store::imports::files::ImportFile;
use store::imports::rows;
use store::imports::{FileState, Kind, ROW_STATES};

use super::count;
use crate::error::Error;
use crate::field::Field;
use crate::frame::Frame;
use crate::imports::words as told;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "import/result.html")]
struct ResultPage {
    frame: Frame,
    id: String,
    state: String,
    facts: Vec<(String, String)>,
    /// Why the last work came to nothing; empty where it did not.
    failed: String,
    written: bool,
    /// Where the records are.
    there: &'static str,
    why: Field,
}

pub async fn show(visit: &Visit, file: ImportFile) -> Answer {
    let page = page(visit, file, String::new()).await?;
    visit.page(&page)
}

/// The form of undoing comes back where it came without a reason.
pub async fn without_reason(visit: &Visit, file: ImportFile) -> Answer {
    let page = page(visit, file, visit.t("import-undo-no-reason")).await?;
    visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn page(visit: &Visit, file: ImportFile, wrong: String) -> Result<ResultPage, Error> {
    let counts = rows::counts(&visit.app.store, OFFICE, file.id).await?;
    let facts = ROW_STATES.into_iter().filter_map(|state| {
        let rows = count(&counts, &[state]);
        (rows > 0).then(|| (told::row_state(visit.language, state), visit.language.number(rows.into())))
    });
    let failed = super::last_failure(visit, &file).await?;
    Ok(ResultPage {
        facts: facts.collect(),
        failed,
        id: file.id.to_string(),
        state: told::file_state(visit.language, file.state),
        written: file.state == FileState::Written,
        there: match file.kind {
            Kind::Units => "/tap-the",
            Kind::Awards => "/quyet-dinh",
            _ => "/ca-nhan",
        },
        why: Field { name: "ly_do", typed: String::new(), wrong },
        frame: visit.frame(file.file_name).crumb(visit.t("import-title"), "/nhap-du-lieu"),
    })
}
