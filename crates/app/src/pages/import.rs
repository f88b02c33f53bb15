//! One file brought in: how it is read, its rows while they wait, the work under way, and what came of it.

mod columns;
mod result;
mod rows;
mod under_way;

use axum::Form;
use axum::body::Body;
use axum::extract::Path;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use store::error::StoreError;
use store::imports::decide::{self, Decision};
use store::imports::files::{self, ImportFile};
use store::imports::write::{self, Part};
use store::imports::{FileState, RowState, undo};
use store::{jobs, words};
use uuid::Uuid;

use crate::error::Error;
use crate::imports::{reading, returned, words as told};
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

/// The form of every button that acts on a file.
#[derive(Debug, Default, Deserialize)]
pub struct Act {
    /// What is done with a row, or which part is entered.
    #[serde(default)]
    viec: String,
    /// The reason of an undoing.
    #[serde(default)]
    ly_do: String,
    /// The state whose rows were shown, and the row before them.
    #[serde(default)]
    loc: String,
    #[serde(default)]
    sau: String,
}

type Id = Result<Path<Uuid>, PathRejection>;
type Acted = Result<Form<Act>, FormRejection>;

/// `GET /nhap-du-lieu/{id}`: what the file waits for.
pub async fn show(visit: Visit, id: Id) -> Answer {
    let file = file(&visit, id?.0).await?;
    match file.state {
        FileState::New => columns::show(&visit, file).await,
        FileState::Reading | FileState::Writing | FileState::Undoing => under_way::show(&visit, file).await,
        FileState::Preview => rows::show(&visit, file).await,
        FileState::Written | FileState::Undone | FileState::Left => result::show(&visit, file).await,
    }
}

/// `POST /nhap-du-lieu/{id}/doc`: reads the file as chosen.
pub async fn read(visit: Visit, id: Id, form: Result<Form<Vec<(String, String)>>, FormRejection>) -> Answer {
    let file = file(&visit, id?.0).await?;
    let Form(fields) = form?;
    columns::read(&visit, file, &fields).await
}

/// `POST /nhap-du-lieu/{id}/doc-lai`: back to how the file is read.
pub async fn read_again(visit: Visit, id: Id) -> Answer {
    let file = file(&visit, id?.0).await?;
    files::move_on(&visit.app.store, OFFICE, file.id, &[FileState::Preview], FileState::New, None).await?;
    Ok(to(&file))
}

/// `POST /nhap-du-lieu/{id}/dong/{n}`: who is meant by a row, or what becomes of it.
pub async fn decide(visit: Visit, place: Result<Path<(Uuid, i64)>, PathRejection>, form: Acted) -> Answer {
    let Path((id, n)) = place?;
    let Form(act) = form?;
    let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
    let decision = match act.viec.as_str() {
        "lay-lai" => None,
        "moi" => Some(Decision::NewPerson),
        "sua" => Some(Decision::Correct),
        "bo-qua" => Some(Decision::Skip),
        person => Some(Decision::Meant(person.parse().map_err(|_| Error::Invalid(visit.t("import-wrong-decision")))?)),
    };
    match decision {
        Some(decision) => decide::one(store, viewer, id, n, decision).await?,
        None => decide::take(store, viewer, id, n, visit.app.settings.clock.today()).await?,
    };
    let kept = [("loc", act.loc.as_str()), ("sau", act.sau.as_str())];
    let kept: Vec<(&str, &str)> = kept.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    Ok(Redirect::to(&crate::query::address(&format!("/nhap-du-lieu/{id}"), &kept)).into_response())
}

/// `POST /nhap-du-lieu/{id}/khop`: takes every candidate of the very name in the very unit.
pub async fn match_all(visit: Visit, id: Id) -> Answer {
    let file = file(&visit, id?.0).await?;
    decide::all_exact(&visit.app.store, &visit.signed_in()?.viewer, file.id).await?;
    Ok(to(&file))
}

/// `GET /nhap-du-lieu/{id}/xac-nhan`: what will be entered.
pub async fn confirming(visit: Visit, id: Id) -> Answer {
    let file = file(&visit, id?.0).await?;
    if file.state == FileState::Preview { rows::confirm(&visit, file).await } else { Ok(to(&file)) }
}

/// `POST /nhap-du-lieu/{id}/xac-nhan`: enters the rows.
pub async fn confirm(visit: Visit, id: Id, form: Acted) -> Answer {
    let file = file(&visit, id?.0).await?;
    let Form(act) = form?;
    let part = if act.viec == "phan-dung" { Part::Valid } else { Part::All };
    let (viewer, now) = (&visit.signed_in()?.viewer, visit.app.settings.clock.now());
    match write::confirm(&visit.app.store, viewer, file.id, part, Uuid::now_v7(), now).await {
        Ok(()) => visit.app.work.wake(),
        Err(StoreError::Changed) => return Err(Error::Conflict(visit.t("import-confirmed-already"))),
        Err(StoreError::Refused(_)) => return Err(Error::Invalid(visit.t("import-not-all"))),
        Err(error) => return Err(error.into()),
    }
    Ok(to(&file))
}

/// `POST /nhap-du-lieu/{id}/dung`: asks the work on the file to stop.
pub async fn stop(visit: Visit, id: Id) -> Answer {
    let file = file(&visit, id?.0).await?;
    if let Some(job) = file.job {
        visit.app.work.stop(job);
        // While the work itself holds the database, the note above is what stops it.
        if visit.app.work.progress(job).is_none() {
            jobs::cancel(&visit.app.store, OFFICE, job, visit.app.settings.clock.now()).await?;
            unclaimed(&visit, &file, job).await?;
        }
    }
    Ok(to(&file))
}

/// `POST /nhap-du-lieu/{id}/bo`: leaves the file without entering it.
pub async fn leave(visit: Visit, id: Id) -> Answer {
    let file = file(&visit, id?.0).await?;
    let from = [FileState::New, FileState::Preview];
    files::move_on(&visit.app.store, OFFICE, file.id, &from, FileState::Left, None).await?;
    Ok(Redirect::to("/nhap-du-lieu").into_response())
}

/// `POST /nhap-du-lieu/{id}/hoan-tac`: undoes the batch, with a reason.
pub async fn undo(visit: Visit, id: Id, form: Acted) -> Answer {
    let file = file(&visit, id?.0).await?;
    let Form(act) = form?;
    if act.ly_do.trim().is_empty() {
        return result::without_reason(&visit, file).await;
    }
    let (viewer, now) = (&visit.signed_in()?.viewer, visit.app.settings.clock.now());
    undo::ask_for(&visit.app.store, viewer, file.id, &act.ly_do, Uuid::now_v7(), now).await?;
    visit.app.work.wake();
    Ok(to(&file))
}

/// `GET /nhap-du-lieu/{id}/tep`: the file with what is to be said of each row in a last column.
pub async fn give_back(visit: Visit, id: Id) -> Answer {
    let file = file(&visit, id?.0).await?;
    let (name, bytes) = match returned::returned(&visit.app, &file, visit.language).await {
        Ok(returned) => returned,
        Err(returned::NotReturned::Refused(refusal)) => {
            return Err(Error::Invalid(crate::imports::sheet::refusal(visit.language, &refusal)));
        }
        Err(returned::NotReturned::Store(error)) => return Err(error.into()),
        Err(returned::NotReturned::Machine(why)) => return Err(Error::Internal(why)),
    };
    let mut response = Response::new(Body::from(bytes));
    let header = |value: &str| HeaderValue::from_str(value).map_err(|error| Error::Internal(error.to_string()));
    response.headers_mut().insert(CONTENT_TYPE, header("application/octet-stream")?);
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let disposition = format!("attachment; filename*=UTF-8''{}", encoded.replace('+', "%20"));
    response.headers_mut().insert(CONTENT_DISPOSITION, header(&disposition)?);
    Ok(response)
}

/// Asks for the reading of a file.
async fn ask_reading(visit: &Visit, file: &ImportFile, fingerprint: &str) -> Result<(), Error> {
    let (job, now) = (Uuid::now_v7(), visit.app.settings.clock.now());
    let viewer = &visit.signed_in()?.viewer;
    let asked =
        json!({"file": file.id, "role": words::text(viewer.role), "unit": viewer.unit, "fingerprint": fingerprint});
    store::imports::stage::ask(&visit.app.store, viewer, file.id, reading::JOB, &asked, job, now).await?;
    visit.app.work.wake();
    Ok(())
}

/// Work that nobody had taken up yet is over at once, and the file stands where it stood.
async fn unclaimed(visit: &Visit, file: &ImportFile, job: Uuid) -> Result<(), Error> {
    let over = jobs::one(&visit.app.store, OFFICE, job).await?.is_some_and(|job| job.state == jobs::State::Cancelled);
    let to = match file.state {
        FileState::Reading => FileState::New,
        FileState::Writing => FileState::Preview,
        _ => FileState::Written,
    };
    if over {
        files::move_on(&visit.app.store, OFFICE, file.id, &[file.state], to, None).await?;
    }
    Ok(())
}

/// Why the last work on a file came to nothing; empty where it did not.
async fn last_failure(visit: &Visit, file: &ImportFile) -> Result<String, Error> {
    let Some(job) = file.job else {
        return Ok(String::new());
    };
    let job = jobs::one(&visit.app.store, OFFICE, job).await?.filter(|job| job.state == jobs::State::Failed);
    Ok(job.and_then(|job| job.outcome).map_or_else(String::new, |why| told::failure(visit.language, &why)))
}

async fn file(visit: &Visit, id: Uuid) -> Result<ImportFile, Error> {
    Ok(files::one(&visit.app.store, &visit.signed_in()?.viewer, id).await?)
}

fn to(file: &ImportFile) -> Response {
    Redirect::to(&format!("/nhap-du-lieu/{}", file.id)).into_response()
}

/// How many rows are in some states.
fn count(counts: &[(RowState, u32)], states: &[RowState]) -> u32 {
    counts.iter().filter(|(state, _)| states.contains(state)).map(|(_, rows)| rows).sum()
}
