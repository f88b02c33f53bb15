//! One record by form: entered, corrected with both versions shown when two officers meet, ended, taken out, told.

pub mod change;
pub mod history;
pub mod listing;

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde_json::{Map, Value as Json};
use store::entry::{self, Named, Stored, Subject};
use store::error::StoreError;
use store::schema;
use uuid::Uuid;

use crate::entry::book::Book;
use crate::entry::drawn::drawn;
use crate::entry::form::{Form, Typed};
use crate::entry::page::{Compared, RecordPage, base, leads, listing_href, record_crumbs, refusal, writable};
use crate::entry::{Kind, kinds};
use crate::error::Error;
use crate::query;
use crate::visit::{Answer, Visit};

/// `GET /ca-nhan/{id}/ghi/{kind}`.
pub async fn of_person(visit: Visit, path: Result<Path<(Uuid, String)>, PathRejection>) -> Answer {
    let Path((id, word)) = path?;
    blank(&visit, Subject::Person(id), &word).await
}

/// `POST /ca-nhan/{id}/ghi/{kind}`.
pub async fn enter_of_person(visit: Visit, path: Result<Path<(Uuid, String)>, PathRejection>, body: Bytes) -> Answer {
    let Path((id, word)) = path?;
    enter(&visit, Subject::Person(id), &word, Typed::read(&body)).await
}

/// `GET /tap-the/{id}/ghi/{kind}`.
pub async fn of_unit(visit: Visit, path: Result<Path<(Uuid, String)>, PathRejection>) -> Answer {
    let Path((id, word)) = path?;
    blank(&visit, Subject::Unit(id), &word).await
}

/// `POST /tap-the/{id}/ghi/{kind}`.
pub async fn enter_of_unit(visit: Visit, path: Result<Path<(Uuid, String)>, PathRejection>, body: Bytes) -> Answer {
    let Path((id, word)) = path?;
    enter(&visit, Subject::Unit(id), &word, Typed::read(&body)).await
}

/// `GET /ban-ghi/{kind}/{id}/sua`.
pub async fn correction(visit: Visit, path: Result<Path<(String, Uuid)>, PathRejection>) -> Answer {
    let Path((word, id)) = path?;
    let (kind, stored) = changeable(&visit, &word, id).await?;
    let book = Book::open(&visit, Some(&stored.whose), &[kind]).await?;
    let form = Form::of(kind, &stored.content, &book);
    let page = Shown { visit: &visit, book: &book, whose: &stored.whose, after: Some(stored.last) };
    visit.page(&page.of(form, "entry-correct"))
}

/// `POST /ban-ghi/{kind}/{id}/sua`.
pub async fn correct(visit: Visit, path: Result<Path<(String, Uuid)>, PathRejection>, body: Bytes) -> Answer {
    let Path((word, id)) = path?;
    let (kind, stored) = changeable(&visit, &word, id).await?;
    let typed = Typed::read(&body);
    let mut book = Book::open(&visit, Some(&stored.whose), &[kind]).await?;
    let mut form = Form::typed(kind, &typed, &book);
    let mut content = stored.content.clone();
    let sound = form.read(&book, &mut content);
    let after: Option<Uuid> = typed.get("after").parse().ok();
    if after != Some(stored.last) {
        return conflict(&visit, &mut book, kind, stored, form, &content).await;
    }
    let mut page = Shown { visit: &visit, book: &book, whose: &stored.whose, after }.of(form, "entry-correct");
    let doubt = doubt(kind, &content, &typed);
    if !sound || doubt.is_some() {
        page.doubt = doubt.map_or_else(String::new, |key| visit.t(key));
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let form = Form::typed(kind, &typed, &book);
    seal(&form, &book, &mut content)?;
    if content == stored.content {
        page.refused = visit.t("entry-wrong-same");
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let (noun, last, new) = (kind.noun, stored.last, content.clone());
    let viewer = &visit.signed_in()?.viewer;
    let at = visit.app.settings.clock.now();
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &form.why, async |step| {
        step.unchanged_since(noun, id, last).await?;
        step.correct_named(noun, new).await
    });
    match written.await {
        Ok(_) => leads(stored.whose.subject, kind),
        Err(StoreError::Changed) => {
            let (_, stored) = changeable(&visit, &word, id).await?;
            conflict(&visit, &mut book, kind, stored, form, &content).await
        }
        Err(error) => {
            page.refused = refusal(&visit, kind, error)?;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn blank(visit: &Visit, subject: Subject, word: &str) -> Answer {
    let (kind, whose) = enterable(visit, subject, word).await?;
    let book = Book::open(visit, Some(&whose), &[kind]).await?;
    let form = Form::typed(kind, &Typed::of_query(&visit.query), &book);
    let mut page = Shown { visit, book: &book, whose: &whose, after: None }.of(form, "entry-enter");
    page.saved = visit.asked("da-ghi").is_some();
    visit.page(&page)
}

async fn enter(visit: &Visit, subject: Subject, word: &str, typed: Typed) -> Answer {
    let (kind, whose) = enterable(visit, subject, word).await?;
    let book = Book::open(visit, Some(&whose), &[kind]).await?;
    let mut form = Form::typed(kind, &typed, &book);
    let mut content = new_content(kind, subject);
    let sound = form.read(&book, &mut content);
    let doubt = doubt(kind, &content, &typed);
    if sound && doubt.is_none() {
        seal(&form, &book, &mut content)?;
    }
    let why = form.why.clone();
    let mut page = Shown { visit, book: &book, whose: &whose, after: None }.of(form, "entry-enter");
    if !sound || doubt.is_some() {
        page.doubt = doubt.map_or_else(String::new, |key| visit.t(key));
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let initiative = content.get("initiative").and_then(Json::as_str).and_then(|id| id.parse::<Uuid>().ok());
    let viewer = &visit.signed_in()?.viewer;
    let at = visit.app.settings.clock.now();
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &why, async |step| {
        if let Some(initiative) = initiative {
            step.unused(initiative).await?;
        }
        step.add_named(kind.noun, content)
    });
    match written.await {
        Ok(_) if !typed.get("tiep").is_empty() => {
            let again = [("da-ghi", "1"), ("ly-do", why.as_str())];
            Ok(Redirect::to(&query::address(&visit.path, &again)).into_response())
        }
        Ok(_) => leads(subject, kind),
        Err(error) => {
            page.refused = refusal(visit, kind, error)?;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// What every page about a form shows.
struct Shown<'v> {
    visit: &'v Visit,
    book: &'v Book,
    whose: &'v Named,
    after: Option<Uuid>,
}

impl Shown<'_> {
    fn of(&self, form: Form, title: &str) -> RecordPage {
        let Self { visit, book, whose, after } = self;
        let kind = visit.t(form.kind.named(whose)).to_lowercase();
        let back = listing_href(whose.subject, form.kind);
        let frame = visit.frame(visit.language.text_with(title, &[("kind", &kind)]));
        let note = match form.kind.noun {
            "attestation" if form.inputs.first().is_some_and(|input| input.typed.is_empty()) => {
                visit.t("entry-attestation-note")
            }
            _ => String::new(),
        };
        let inputs = drawn(&form.inputs, book);
        RecordPage {
            whose: whose.name.clone(),
            whose_href: base(whose.subject),
            why_wrong: form.why_wrong,
            after: after.map_or_else(String::new, |step| step.to_string()),
            again: after.is_none(),
            note,
            ..RecordPage::plain(record_crumbs(frame, whose, visit), inputs, form.why, back)
        }
    }
}

/// Both versions side by side, and the form to send again over what stands now; status 409.
async fn conflict(
    visit: &Visit,
    book: &mut Book,
    kind: &'static Kind,
    stored: Stored,
    form: Form,
    mine: &Map<String, Json>,
) -> Answer {
    book.learn(visit, &[(kind, &stored.content), (kind, mine)]).await?;
    let said = |content: &Map<String, Json>, field| {
        let field: &crate::entry::Field = field;
        book.said(field, content.get(field.name).unwrap_or(&Json::Null))
    };
    let compared = book.seen(kind).map(|field| {
        let (theirs, mine) = (said(&stored.content, field), said(mine, field));
        Compared { label: book.label(field), differs: theirs != mine, theirs, mine }
    });
    let compared = compared.collect();
    let mut page = Shown { visit, book, whose: &stored.whose, after: Some(stored.last) }.of(form, "entry-correct");
    page.conflict = compared;
    visit.page_as(StatusCode::CONFLICT, &page)
}

/// The kind with that word and its subject, where the viewer may enter such a record about it.
async fn enterable(visit: &Visit, subject: Subject, word: &str) -> Result<(&'static Kind, Named), Error> {
    let kind = kinds::by_word(word).filter(|kind| kind.entered).ok_or(Error::NotFound)?;
    let whose = writable(visit, kind, subject).await?;
    if kind.of.suits(whose.subject, whose.household) { Ok((kind, whose)) } else { Err(Error::NotFound) }
}

/// The record with its kind, where the viewer may change it.
pub(super) async fn changeable(visit: &Visit, word: &str, id: Uuid) -> Result<(&'static Kind, Stored), Error> {
    let kind = kinds::by_word(word).filter(|kind| kind.changed).ok_or(Error::NotFound)?;
    let viewer = &visit.signed_in()?.viewer;
    let stored = entry::record(&visit.app.store, viewer, kind.noun, id, visit.today).await?;
    writable(visit, kind, stored.whose.subject).await?;
    Ok((kind, stored))
}

/// The members of a new record that the form does not ask for.
fn new_content(kind: &Kind, subject: Subject) -> Map<String, Json> {
    let mut content: Map<String, Json> = serde_json::from_str(kind.fixed).unwrap_or_default();
    let name = match subject {
        Subject::Person(_) => "person",
        Subject::Unit(_) => "collective",
    };
    let fields = schema::table(kind.noun).map(|table| table.fields).unwrap_or_default();
    if fields.iter().any(|field| field.name == name) {
        content.insert(name.to_owned(), subject.id().to_string().into());
    }
    content
}

fn doubt(kind: &Kind, content: &Map<String, Json>, typed: &Typed) -> Option<&'static str> {
    (kind.doubt)(content).filter(|_| typed.get("van-ghi").is_empty())
}

fn seal(form: &Form, book: &Book, content: &mut Map<String, Json>) -> Result<(), Error> {
    form.seal(book, content).map_err(|why| Error::Internal(format!("keys: {why}")))
}
