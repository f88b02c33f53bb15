//! Files of records: one comes in with a form, and goes out to whoever sees its record.

use axum::extract::multipart::MultipartRejection;
use axum::extract::rejection::PathRejection;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect};
use store::attachments;
use store::records::NewAttachment;
use store::schema;
use uuid::Uuid;

use crate::error::{Error, Refusal};
use crate::files::{self, Arrived, Refused};
use crate::query;
use crate::secret::form_token_holds;
use crate::sending::sent;
use crate::visit::{Answer, Visit};

/// The longest title, in letters.
const LONGEST_TITLE: usize = 200;

/// `POST /dinh-kem/{noun}/{record}`: takes a file for a record. The form's token, the title and the way back come first.
pub async fn attach(
    visit: Visit,
    of: Result<Path<(String, Uuid)>, PathRejection>,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let Path((noun, record)) = of?;
    let store = &visit.app.store;
    let viewer = &visit.signed_in()?.viewer;
    let mut form = form.map_err(|why| Error::Invalid(why.body_text()))?;
    let (mut token, mut title, mut back) = (false, String::new(), String::new());
    let mut arrived = None;
    while let Some(field) = form.next_field().await.map_err(|_| Error::Invalid(visit.t("file-broken-off")))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "csrf" {
            token = form_token_holds(&visit.secret, &text(field).await?);
            continue;
        }
        // Nothing is read of a form that did not come from one of our pages.
        if !token {
            return Err(Error::Forbidden(Refusal::Form));
        }
        match name.as_str() {
            "ten" => title = text(field).await?.trim().chars().take(LONGEST_TITLE).collect(),
            "ve" => back = text(field).await?,
            "tep" => {
                let table = schema::table(&noun).ok_or(Error::NotFound)?;
                store.content(viewer.office, table.noun, record).await?.ok_or(Error::NotFound)?;
                arrived = Some(files::arrive(&visit.app, field).await.map_err(|why| refused(&visit, why))?);
                break;
            }
            _ => {}
        }
    }
    if !token {
        return Err(Error::Forbidden(Refusal::Form));
    }
    let arrived = arrived.ok_or_else(|| Error::Invalid(visit.t("file-none")))?;
    enter(&visit, noun, record, title, arrived).await?;
    let back = if query::is_ours(&back) { back } else { "/".to_owned() };
    Ok(Redirect::to(&back).into_response())
}

/// `GET /tep/{id}`: the file itself, to be kept and not shown inside a page.
pub async fn open(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let found = attachments::one(&visit.app.store, viewer, id?.0, visit.today).await?.ok_or(Error::NotFound)?;
    let path = files::place(&visit.app.settings.files, &found.stored_as);
    let file =
        tokio::fs::File::open(path).await.map_err(|error| Error::Internal(format!("file {}: {error}", found.id)))?;
    sent(file, found.size, &found.media_type, &found.file_name)
}

async fn enter(visit: &Visit, noun: String, record: Uuid, title: String, arrived: Arrived) -> Result<(), Error> {
    let viewer = &visit.signed_in()?.viewer;
    let attachment = NewAttachment {
        id: Uuid::now_v7(),
        noun,
        record,
        title: if title.is_empty() { arrived.file_name.clone() } else { title },
        file_name: arrived.file_name.clone(),
        media_type: arrived.kind.media_type().to_owned(),
        size: i64::try_from(arrived.size).unwrap_or(i64::MAX),
        sha256: arrived.sha256.clone(),
        stored_as: arrived.stored_as.clone(),
    };
    let at = visit.app.settings.clock.now();
    let why = visit.t("file-why");
    let write = async |step: &mut store::step::Step| step.add(attachment);
    match visit.app.store.step(viewer.office, Some(viewer.account), at, &why, write).await {
        Ok(_) => Ok(()),
        Err(error) => {
            arrived.undo().await;
            Err(error.into())
        }
    }
}

async fn text(field: axum::extract::multipart::Field<'_>) -> Result<String, Error> {
    field.text().await.map_err(|why| Error::Invalid(why.body_text()))
}

fn refused(visit: &Visit, why: Refused) -> Error {
    match why {
        Refused::TooLarge => Error::TooLarge,
        Refused::Unknown => Error::Invalid(visit.t("file-unknown")),
        Refused::BrokenOff => Error::Invalid(visit.t("file-broken-off")),
        Refused::Machine(error) => error,
    }
}
