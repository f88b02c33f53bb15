//! A record that gets its last day, and one entered by mistake that is taken out and kept.

use askama::Template;
use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use rules::facts::Day;
use serde_json::Value as Json;
use store::entry::{self, Stored, Subject};
use store::error::StoreError;
use uuid::Uuid;

use super::changeable;
use crate::entry::Kind;
use crate::entry::book::Book;
use crate::entry::form::{Typed, why_wrong};
use crate::entry::page::{base, leads, listing_href, record_crumbs, refusal};
use crate::error::Error;
use crate::field;
use crate::frame::Frame;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "record/change.html")]
struct ChangePage {
    frame: Frame,
    whose: String,
    whose_href: String,
    /// What the record says.
    says: Vec<(String, String)>,
    refused: String,
    /// Whether somebody changed the record since the form was opened.
    conflict: bool,
    /// The last day as typed and what is wrong with it; absent where the record is taken out.
    day: Option<(String, String)>,
    why: String,
    why_wrong: String,
    after: String,
    back: String,
    note: String,
    button: String,
}

/// What is wanted of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    End,
    Remove,
}

type Asked = Result<Path<(String, Uuid)>, PathRejection>;

/// `GET /ban-ghi/{kind}/{id}/ket-thuc`.
pub async fn ending(visit: Visit, path: Asked) -> Answer {
    show(&visit, path, Wanted::End).await
}

/// `POST /ban-ghi/{kind}/{id}/ket-thuc`.
pub async fn end(visit: Visit, path: Asked, body: Bytes) -> Answer {
    write(&visit, path, Wanted::End, Typed::read(&body)).await
}

/// `GET /ban-ghi/{kind}/{id}/xoa`.
pub async fn removal(visit: Visit, path: Asked) -> Answer {
    show(&visit, path, Wanted::Remove).await
}

/// `POST /ban-ghi/{kind}/{id}/xoa`.
pub async fn remove(visit: Visit, path: Asked, body: Bytes) -> Answer {
    write(&visit, path, Wanted::Remove, Typed::read(&body)).await
}

async fn show(visit: &Visit, path: Asked, wanted: Wanted) -> Answer {
    let (kind, stored) = found(visit, path, wanted).await?;
    visit.page(&page(visit, wanted, kind, &stored, &Typed::read(b"")).await?)
}

async fn write(visit: &Visit, path: Asked, wanted: Wanted, typed: Typed) -> Answer {
    let (kind, stored) = found(visit, path, wanted).await?;
    let mut page = page(visit, wanted, kind, &stored, &typed).await?;
    page.why_wrong = why_wrong(&page.why, visit.language);
    let day = page.day.as_mut().and_then(|(typed, wrong)| read_day(visit, &stored, typed, wrong));
    let day_wrong = page.day.as_ref().is_some_and(|(_, wrong)| !wrong.is_empty());
    if typed.get("after") != stored.last.to_string() {
        page.conflict = true;
        return visit.page_as(StatusCode::CONFLICT, &page);
    }
    if wanted == Wanted::Remove && kind.noun == "unit_name" && is_only_name(visit, stored.whose.subject).await? {
        page.refused = visit.t("entry-wrong-only-name");
    }
    if day_wrong || !page.why_wrong.is_empty() || !page.refused.is_empty() {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let with = entered_with(visit, kind, &stored).await?;
    let (noun, id, last) = (kind.noun, stored.id, stored.last);
    let viewer = &visit.signed_in()?.viewer;
    let at = visit.app.settings.clock.now();
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &page.why, async |step| {
        step.unchanged_since(noun, id, last).await?;
        if let Some(day) = day {
            return step.end_named(noun, id, day).map(|_| ());
        }
        for (noun, records) in with {
            step.remove(noun, &records).await?;
        }
        step.remove(noun, &[id]).await
    });
    match written.await {
        Ok(()) if matches!(kind.noun, "person" | "unit") => {
            let list = if kind.noun == "person" { "/ca-nhan" } else { "/tap-the" };
            Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(list)))
        }
        Ok(()) => leads(stored.whose.subject, kind),
        Err(StoreError::Changed | StoreError::NotFound) => {
            page.conflict = true;
            visit.page_as(StatusCode::CONFLICT, &page)
        }
        Err(error) => {
            page.refused = refusal(visit, kind, error)?;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn found(visit: &Visit, path: Asked, wanted: Wanted) -> Result<(&'static Kind, Stored), Error> {
    let Path((word, id)) = path?;
    let (kind, stored) = changeable(visit, &word, id).await?;
    let is_open = stored.content.get("to_day").is_some_and(Json::is_null);
    if wanted == Wanted::End && !(kind.ends && is_open) {
        return Err(Error::NotFound);
    }
    Ok((kind, stored))
}

async fn page(
    visit: &Visit,
    wanted: Wanted,
    kind: &'static Kind,
    stored: &Stored,
    typed: &Typed,
) -> Result<ChangePage, Error> {
    let mut book = Book::open(visit, Some(&stored.whose), &[kind]).await?;
    book.learn(visit, &[(kind, &stored.content)]).await?;
    let (title, note, button) = match wanted {
        Wanted::End => ("entry-end", "entry-end-note", "entry-end-button"),
        Wanted::Remove => ("entry-remove", "entry-remove-note", "entry-remove-button"),
    };
    let name = visit.t(kind.named(&stored.whose)).to_lowercase();
    let frame = visit.frame(visit.language.text_with(title, &[("kind", &name)]));
    let told = book
        .fields(kind)
        .map(|field| (book.label(field), book.said(field, stored.content.get(field.name).unwrap_or(&Json::Null))));
    Ok(ChangePage {
        frame: record_crumbs(frame, &stored.whose, visit),
        whose: stored.whose.name.clone(),
        whose_href: base(stored.whose.subject),
        says: told.collect(),
        refused: String::new(),
        conflict: false,
        day: (wanted == Wanted::End).then(|| (typed.get("to_day").to_owned(), String::new())),
        why: typed.get("ly-do").to_owned(),
        why_wrong: String::new(),
        after: stored.last.to_string(),
        back: listing_href(stored.whose.subject, kind),
        note: visit.t(note),
        button: visit.t(button),
    })
}

/// The last day as typed; what is wrong with it stands beside it.
fn read_day(visit: &Visit, stored: &Stored, typed: &str, wrong: &mut String) -> Option<Day> {
    let day = field::day(typed);
    let from = stored.content.get("from_day").and_then(Json::as_str).and_then(|day| day.parse::<Day>().ok());
    let key = match day {
        None => "entry-wrong-day",
        Some(day) if from.is_some_and(|from| day < from) => "entry-wrong-order",
        Some(_) => return day,
    };
    *wrong = visit.t(key);
    None
}

/// What goes with a person or a unit that was entered by mistake: where they sat, their numbers, the
/// unit's names.
async fn entered_with(visit: &Visit, kind: &Kind, stored: &Stored) -> Result<Vec<(&'static str, Vec<Uuid>)>, Error> {
    let nouns: &[&'static str] = match kind.noun {
        "person" => &["household", "identity", "membership"],
        "unit" => &["unit_name"],
        _ => &[],
    };
    let viewer = &visit.signed_in()?.viewer;
    let mut with = Vec::new();
    for noun in nouns {
        let rows = entry::records(&visit.app.store, viewer, stored.whose.subject, noun, visit.today).await?;
        let ids = rows.iter().filter_map(|row| row.get("id").and_then(Json::as_str)?.parse().ok());
        with.push((*noun, ids.collect()));
    }
    Ok(with)
}

async fn is_only_name(visit: &Visit, unit: Subject) -> Result<bool, Error> {
    let viewer = &visit.signed_in()?.viewer;
    Ok(entry::records(&visit.app.store, viewer, unit, "unit_name", visit.today).await?.len() < 2)
}
