//! Work on a file under way: how far it is, and how to stop it.

use askama::Template;
use axum::http::HeaderValue;
use store::imports::files::ImportFile;
use store::jobs;

use crate::frame::Frame;
use crate::imports::words as told;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "import/under_way.html")]
struct UnderWayPage {
    frame: Frame,
    id: String,
    state: String,
    done: u64,
    total: u64,
    /// How far in words.
    said: String,
}

pub async fn show(visit: &Visit, file: ImportFile) -> Answer {
    let here = file.job.and_then(|job| visit.app.work.progress(job));
    let (done, total) = match (here, file.job) {
        (Some(progress), _) => progress,
        (None, Some(job)) => {
            let job = jobs::one(&visit.app.store, OFFICE, job).await?;
            job.map_or((0, 0), |job| (job.done, job.total))
        }
        (None, None) => (0, 0),
    };
    let said = match (done, total) {
        (0, 0) => visit.t("import-waiting"),
        (_, 0) => visit.language.text_with("import-so-far-rows", &[("done", &done)]),
        _ => visit.language.text_with("import-so-far", &[("done", &done), ("total", &total)]),
    };
    let frame = visit.frame(file.file_name.clone()).crumb(visit.t("import-title"), "/nhap-du-lieu");
    let state = told::file_state(visit.language, file.state);
    let page = UnderWayPage { frame, id: file.id.to_string(), state, done, total, said };
    let mut answer = visit.page(&page)?;
    // The browser asks again by itself, without any script.
    answer.headers_mut().insert("refresh", HeaderValue::from_static("2"));
    Ok(answer)
}
