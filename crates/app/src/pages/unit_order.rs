//! Units in time: one is created, takes another name, parent, cluster or place from a day, or ends.

use askama::Template;
use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::facts::Day;
use serde_json::{Map, Value as Json};
use store::entry::{self, Named, Subject};
use store::error::StoreError;
use store::records::NewUnitName;
use store::reorganisation::{self, Standing};
use uuid::Uuid;

use crate::entry::Kind;
use crate::entry::book::Book;
use crate::entry::drawn::drawn;
use crate::entry::form::{Form, Typed, why_wrong};
use crate::entry::kinds;
use crate::entry::page::{RecordPage, base, leads, record_crumbs, refusal, writable};
use crate::error::Error;
use crate::field;
use crate::frame::Frame;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "unit_order/close.html")]
struct ClosePage {
    frame: Frame,
    whose: String,
    whose_href: String,
    refused: String,
    day: String,
    day_wrong: String,
    why: String,
    why_wrong: String,
    after: String,
    back: String,
}

/// The name that lasts, with the step that last touched it.
struct Present {
    content: Map<String, Json>,
    id: Uuid,
    last: Uuid,
}

/// `GET /tap-the/moi`.
pub async fn blank(visit: Visit) -> Answer {
    let (unit, name, book) = kinds_of_unit(&visit).await?;
    let typed = Typed::of_query(&visit.query);
    let (mut page, _) = new_page(&visit, &book, Form::typed(unit, &typed, &book), Form::typed(name, &typed, &book));
    page.saved = visit.asked("da-ghi").is_some();
    visit.page(&page)
}

/// `POST /tap-the/moi`.
pub async fn create(visit: Visit, body: Bytes) -> Answer {
    let (unit_kind, name_kind, book) = kinds_of_unit(&visit).await?;
    let typed = Typed::read(&body);
    let (mut unit_form, mut name_form) = (Form::typed(unit_kind, &typed, &book), Form::typed(name_kind, &typed, &book));
    let mut unit: Map<String, Json> = serde_json::from_str(unit_kind.fixed).unwrap_or_default();
    let mut name = Map::new();
    let sound = unit_form.read(&book, &mut unit) & name_form.read(&book, &mut name);
    let (mut page, why) = new_page(&visit, &book, unit_form, name_form);
    if !sound {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let viewer = &visit.signed_in()?.viewer;
    let at = visit.app.settings.clock.now();
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &why, async |step| {
        let id = step.add_named("unit", unit)?;
        name.insert("unit".to_owned(), id.to_string().into());
        step.add_named("unit_name", name)?;
        Ok(id)
    });
    match written.await {
        Ok(_) if !typed.get("tiep").is_empty() => Ok(Redirect::to("/tap-the/moi?da-ghi=1").into_response()),
        Ok(id) => leads(Subject::Unit(id), name_kind),
        Err(error) => {
            page.refused = refusal(&visit, name_kind, error)?;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// `GET /tap-the/{id}/doi`.
pub async fn renaming(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let (whose, present, kind, book) = opened(&visit, id?.0).await?;
    let mut content = present.content.clone();
    content.remove("from_day");
    content.remove("basis");
    let form = Form::of(kind, &content, &book);
    let page = rename_page(&visit, &book, &whose, form, present.last);
    visit.page(&page)
}

/// `POST /tap-the/{id}/doi`.
pub async fn rename(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: Bytes) -> Answer {
    let (whose, present, kind, book) = opened(&visit, id?.0).await?;
    let typed = Typed::read(&body);
    let mut form = Form::typed(kind, &typed, &book);
    let mut content = Map::new();
    if form.read(&book, &mut content) && text(&content, "from_day") <= text(&present.content, "from_day") {
        form.complain("from_day", visit.t("entry-wrong-name-day"));
    }
    let (sound, why) = (form.sound(), form.why.clone());
    let mut page = rename_page(&visit, &book, &whose, form, present.last);
    if typed.get("after") != present.last.to_string() {
        page.refused = visit.t("entry-changed");
        return visit.page_as(StatusCode::CONFLICT, &page);
    }
    if !sound {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    content.insert("id".to_owned(), Uuid::now_v7().to_string().into());
    content.insert("unit".to_owned(), whose.subject.id().to_string().into());
    let name: NewUnitName =
        serde_json::from_value(content.into()).map_err(|why| Error::Internal(format!("unit_name: {why}")))?;
    let viewer = &visit.signed_in()?.viewer;
    let at = visit.app.settings.clock.now();
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &why, async |step| {
        let name = NewUnitName { id: step.id(), ..name };
        step.rename(name, present.id, present.last).await
    });
    match written.await {
        Ok(_) => leads(whose.subject, kind),
        Err(StoreError::Changed) => {
            page.refused = visit.t("entry-changed");
            visit.page_as(StatusCode::CONFLICT, &page)
        }
        Err(error) => {
            page.refused = refusal(&visit, kind, error)?;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// `GET /tap-the/{id}/giai-the`.
pub async fn closing(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let (whose, present, ..) = opened(&visit, id?.0).await?;
    visit.page(&close_page(&visit, &whose, &present, &Typed::read(b"")))
}

/// `POST /tap-the/{id}/giai-the`.
pub async fn close(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: Bytes) -> Answer {
    let (whose, present, kind, _) = opened(&visit, id?.0).await?;
    let typed = Typed::read(&body);
    let mut page = close_page(&visit, &whose, &present, &typed);
    page.why_wrong = why_wrong(&page.why, visit.language);
    let day = field::day(&page.day);
    let began = |day: Day| day.to_string().as_str() >= text(&present.content, "from_day").unwrap_or_default();
    match day {
        None => page.day_wrong = visit.t("entry-wrong-day"),
        Some(day) if !began(day) => page.day_wrong = visit.t("entry-wrong-order"),
        Some(day) => page.refused = standing(&visit, whose.subject.id(), day).await?,
    }
    if typed.get("after") != present.last.to_string() {
        page.refused = visit.t("entry-changed");
        return visit.page_as(StatusCode::CONFLICT, &page);
    }
    let Some(day) =
        day.filter(|_| [&page.day_wrong, &page.why_wrong, &page.refused].iter().all(|text| text.is_empty()))
    else {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let viewer = &visit.signed_in()?.viewer;
    let at = visit.app.settings.clock.now();
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &page.why, async |step| {
        step.unchanged_since("unit_name", present.id, present.last).await?;
        step.end_named("unit_name", present.id, day)
    });
    match written.await {
        Ok(_) => leads(whose.subject, kind),
        Err(StoreError::Changed) => {
            page.refused = visit.t("entry-changed");
            visit.page_as(StatusCode::CONFLICT, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn kinds_of_unit(visit: &Visit) -> Result<(&'static Kind, &'static Kind, Book), Error> {
    let unit = kinds::by_noun("unit").ok_or(Error::NotFound)?;
    let name = kinds::by_noun("unit_name").ok_or(Error::NotFound)?;
    Ok((unit, name, Book::open(visit, None, &[name]).await?))
}

/// The unit with the name that lasts; not found where it is no more.
async fn opened(visit: &Visit, id: Uuid) -> Result<(Named, Present, &'static Kind, Book), Error> {
    let kind = kinds::by_noun("unit_name").ok_or(Error::NotFound)?;
    let subject = Subject::Unit(id);
    let whose = writable(visit, kind, subject).await?;
    let viewer = &visit.signed_in()?.viewer;
    let names = entry::records(&visit.app.store, viewer, subject, "unit_name", visit.today).await?;
    let open = names.into_iter().find(|name| name.get("to_day").is_some_and(Json::is_null)).ok_or(Error::NotFound)?;
    let id = text(&open, "id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    let last = visit.app.store.last_step(viewer.office, "unit_name", id).await?;
    let book = Book::open(visit, Some(&whose), &[kind]).await?;
    Ok((whose, Present { content: open, id, last }, kind, book))
}

/// Why a unit cannot end on a day: who and what still stands in it; empty where nothing does.
async fn standing(visit: &Visit, unit: Uuid, day: Day) -> Result<String, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let Standing { members, sub_units } = reorganisation::standing_after(&visit.app.store, viewer, unit, day).await?;
    if members == 0 && sub_units == 0 {
        return Ok(String::new());
    }
    Ok(visit.language.text_with("entry-wrong-standing", &[("members", &members), ("units", &sub_units)]))
}

fn new_page(visit: &Visit, book: &Book, unit: Form, name: Form) -> (RecordPage, String) {
    let mut inputs = drawn(&unit.inputs, book);
    inputs.extend(drawn(&name.inputs, book));
    let frame = visit.frame(visit.t("entry-new-unit")).crumb(visit.t("units-title"), "/tap-the");
    let why = unit.why.clone();
    let page = RecordPage {
        why_wrong: unit.why_wrong,
        again: true,
        ..RecordPage::plain(frame, inputs, unit.why, "/tap-the".to_owned())
    };
    (page, why)
}

fn rename_page(visit: &Visit, book: &Book, whose: &Named, form: Form, last: Uuid) -> RecordPage {
    let frame = record_crumbs(visit.frame(visit.t("entry-rename")), whose, visit);
    RecordPage {
        whose: whose.name.clone(),
        whose_href: base(whose.subject),
        why_wrong: form.why_wrong.clone(),
        after: last.to_string(),
        note: visit.t("entry-rename-note"),
        ..RecordPage::plain(frame, drawn(&form.inputs, book), form.why, format!("{}/ho-so", base(whose.subject)))
    }
}

fn close_page(visit: &Visit, whose: &Named, present: &Present, typed: &Typed) -> ClosePage {
    ClosePage {
        frame: record_crumbs(visit.frame(visit.t("entry-close")), whose, visit),
        whose: whose.name.clone(),
        whose_href: base(whose.subject),
        refused: String::new(),
        day: typed.get("to_day").to_owned(),
        day_wrong: String::new(),
        why: typed.get("ly-do").to_owned(),
        why_wrong: String::new(),
        after: present.last.to_string(),
        back: format!("{}/ho-so", base(whose.subject)),
    }
}

fn text<'c>(content: &'c Map<String, Json>, name: &str) -> Option<&'c str> {
    content.get(name).and_then(Json::as_str)
}
