//! The records of a subject as they were entered, kind by kind, with the ways to add, correct, end and take out.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use serde_json::{Map, Value as Json};
use store::access;
use store::entry::{self, Named, Subject};
use uuid::Uuid;

use super::history::is_hidden;
use crate::entry::book::Book;
use crate::entry::page::{base, crumbs};
use crate::entry::{Kind, Sort, kinds};
use crate::error::Error;
use crate::frame::Frame;
use crate::security;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "record/listing.html")]
struct ListingPage {
    frame: Frame,
    base: String,
    whose: String,
    saved: bool,
    kinds: Vec<Tab>,
    /// What can be entered: address, icon, name.
    ways: Vec<(String, &'static str, String)>,
    kind: String,
    heads: Vec<String>,
    rows: Vec<Row>,
    /// Where numbers that are hidden are shown in full; empty where there are none.
    reveal: String,
    /// Where honours are changed: by their decision.
    by_decision: bool,
}

struct Tab {
    href: String,
    name: String,
    count: u32,
    chosen: bool,
}

struct Row {
    cells: Vec<String>,
    links: Vec<(String, String)>,
}

/// `GET /ca-nhan/{id}/ho-so`.
pub async fn of_person(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    show(&visit, Subject::Person(id?.0)).await
}

/// `GET /tap-the/{id}/ho-so`.
pub async fn of_unit(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    show(&visit, Subject::Unit(id?.0)).await
}

async fn show(visit: &Visit, subject: Subject) -> Answer {
    let (viewer, store) = (&visit.signed_in()?.viewer, &visit.app.store);
    let whose = entry::seen(store, viewer, subject, visit.today).await?;
    let counts = entry::counts(store, viewer, subject, visit.today).await?;
    let count = |kind: &Kind| counts.iter().find(|(noun, _)| *noun == kind.noun).map_or(0, |(_, count)| *count);
    let mut shown = Vec::new();
    for kind in kinds::of(&whose) {
        if !is_hidden(visit, kind, subject)? {
            shown.push(kind);
        }
    }
    let wanted = visit.asked("loai").and_then(|word| shown.iter().find(|kind| kind.word == word).copied());
    let Some(kind) = wanted.or(shown.first().copied()) else { return Err(Error::NotFound) };
    let rows = entry::records(store, viewer, subject, kind.noun, visit.today).await?;
    let mut book = Book::open(visit, Some(&whose), &[kind]).await?;
    book.learn(visit, &rows.iter().map(|row| (kind, row)).collect::<Vec<_>>()).await?;
    let full = visit.asked("day-du").is_some();
    if full {
        security::note(visit, "identity-shown", &base(subject)).await;
    }
    let may = kind.changed && may_write(visit, kind, &whose).await?;
    let base = base(subject);
    let frame = visit.frame(visit.t("entry-records"));
    let tabs = shown.iter().filter(|kind| count(kind) > 0).map(|tab| Tab {
        href: format!("{base}/ho-so?loai={}", tab.word),
        name: visit.t(tab.named(&whose)),
        count: count(tab),
        chosen: tab.word == kind.word,
    });
    let sealed = kind.fields.iter().any(|field| matches!(field.sort, Sort::Sealed));
    visit.page(&ListingPage {
        kinds: tabs.collect(),
        ways: ways(visit, &whose).await?,
        kind: visit.t(kind.named(&whose)),
        heads: book.fields(kind).map(|field| book.label(field)).collect(),
        rows: rows.iter().map(|record| row(visit, &book, kind, record, may, full)).collect(),
        reveal: if sealed && !full && !rows.is_empty() {
            format!("{base}/ho-so?loai={}&day-du=1", kind.word)
        } else {
            String::new()
        },
        by_decision: kind.noun == "conferral",
        saved: visit.asked("da-ghi").is_some(),
        whose: whose.name.clone(),
        frame: crumbs(frame, &whose, visit),
        base,
    })
}

fn row(visit: &Visit, book: &Book, kind: &'static Kind, record: &Map<String, Json>, may: bool, full: bool) -> Row {
    let cell = |field: &crate::entry::Field| {
        let value = record.get(field.name).unwrap_or(&Json::Null);
        match (field.sort, value) {
            (Sort::Sealed, Json::String(sealed)) if full => {
                book.number(sealed).unwrap_or_else(|| book.said(field, value))
            }
            _ => book.said(field, value),
        }
    };
    let id = record.get("id").and_then(Json::as_str).unwrap_or_default();
    let address = |what: &str| format!("/ban-ghi/{}/{id}/{what}", kind.word);
    let mut links = Vec::new();
    if may {
        links.push((address("sua"), visit.t("entry-do-correct")));
        if kind.ends && record.get("to_day").is_some_and(Json::is_null) {
            links.push((address("ket-thuc"), visit.t("entry-do-end")));
        }
        links.push((address("xoa"), visit.t("entry-do-remove")));
    }
    links.push((address("lich-su"), visit.t("entry-do-history")));
    Row { cells: book.fields(kind).map(cell).collect(), links }
}

/// What the viewer may enter about the subject, pages of their own first.
async fn ways(visit: &Visit, whose: &Named) -> Result<Vec<(String, &'static str, String)>, Error> {
    let subject = whose.subject;
    let own: &[(&str, &'static str, &str, &str)] = match subject {
        Subject::Person(_) if whose.household => &[],
        Subject::Person(_) => &[("membership", "switch-horizontal", "entry-transfer", "dieu-dong")],
        Subject::Unit(_) => &[
            ("grade", "chart-bar", "entry-year", "xep-loai"),
            ("unit_name", "file-text", "entry-rename", "doi"),
            ("unit_name", "ban", "entry-close", "giai-the"),
        ],
    };
    let mut ways = Vec::new();
    for (noun, icon, name, address) in own {
        let kind = kinds::by_noun(noun).ok_or(Error::NotFound)?;
        if may_write(visit, kind, whose).await? {
            ways.push((format!("{}/{address}", base(subject)), *icon, visit.t(name)));
        }
    }
    for kind in kinds::of(whose).filter(|kind| kind.entered) {
        if !is_hidden(visit, kind, subject)? && may_write(visit, kind, whose).await? {
            ways.push((format!("{}/ghi/{}", base(subject), kind.word), kind.icon, visit.t(kind.named(whose))));
        }
    }
    Ok(ways)
}

/// Whether the viewer writes records of a kind about the subject today; the reach is the same for every kind.
async fn may_write(visit: &Visit, kind: &Kind, whose: &Named) -> Result<bool, Error> {
    let viewer = &visit.signed_in()?.viewer;
    if !access::writes(viewer, kind.noun) {
        return Ok(false);
    }
    Ok(entry::reaches(&visit.app.store, viewer, whose.subject, visit.today).await?)
}
