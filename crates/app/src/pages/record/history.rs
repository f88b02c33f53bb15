//! The history of a subject and of one record: who, when, why, and each field before and after in words.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use serde_json::{Map, Value as Json};
use store::access;
use store::entry::{Named, Subject};
use store::history::{self, Change, Changes, What};
use uuid::Uuid;

use crate::clock::{day_of, time_of};
use crate::entry::book::Book;
use crate::entry::page::{base, record_crumbs};
use crate::entry::{Kind, kinds};
use crate::error::Error;
use crate::frame::Frame;
use crate::query;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "record/history.html")]
struct HistoryPage {
    frame: Frame,
    whose: String,
    whose_href: String,
    rows: Vec<Row>,
    first: String,
    next: String,
    shown: String,
}

/// One change as it is told.
struct Row {
    day: String,
    time: String,
    actor: String,
    why: String,
    /// What happened to which record.
    what: String,
    tone: &'static str,
    lines: Vec<Line>,
    /// The history of the record alone; empty on that page itself.
    href: String,
}

/// A field before and after.
struct Line {
    label: String,
    before: String,
    after: String,
}

/// `GET /ca-nhan/{id}/lich-su`.
pub async fn of_person(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    of_subject(&visit, Subject::Person(id?.0)).await
}

/// `GET /tap-the/{id}/lich-su`.
pub async fn of_unit(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    of_subject(&visit, Subject::Unit(id?.0)).await
}

/// `GET /ban-ghi/{kind}/{id}/lich-su`.
pub async fn of_record(visit: Visit, path: Result<Path<(String, Uuid)>, PathRejection>) -> Answer {
    let Path((word, id)) = path?;
    let kind = kinds::by_word(&word).ok_or(Error::NotFound)?;
    let viewer = &visit.signed_in()?.viewer;
    let (whose, changes) = history::of_record(&visit.app.store, viewer, kind.noun, id, visit.today).await?;
    if is_hidden(&visit, kind, whose.subject)? {
        return Err(Error::Forbidden(crate::error::Refusal::Role));
    }
    let title = visit.language.text_with("entry-history-of", &[("kind", &visit.t(kind.named(&whose)).to_lowercase())]);
    show(&visit, whose, changes, title, false).await
}

async fn of_subject(visit: &Visit, subject: Subject) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let after = visit.asked("sau").and_then(|n| n.parse().ok());
    let changes = history::of_subject(&visit.app.store, viewer, subject, visit.today, after).await?;
    let whose = store::entry::seen(&visit.app.store, viewer, subject, visit.today).await?;
    show(visit, whose, changes, visit.t("entry-history"), true).await
}

async fn show(visit: &Visit, whose: Named, changes: Changes, title: String, linked: bool) -> Answer {
    let told: Vec<(Change, &'static Kind)> =
        changes.rows.into_iter().filter_map(|change| kinds::by_noun(&change.noun).map(|kind| (change, kind))).collect();
    let named: Vec<&Kind> = told.iter().map(|(_, kind)| *kind).collect();
    let mut book = Book::open(visit, Some(&whose), &named).await?;
    let contents = told.iter().flat_map(|(change, kind)| contents(&change.what).map(|content| (*kind, content)));
    book.learn(visit, &contents.collect::<Vec<_>>()).await?;
    let rows: Vec<Row> = told.iter().map(|(change, kind)| row(visit, &book, &whose, change, kind, linked)).collect();
    let next = changes.next.map(|n| n.to_string());
    let frame = record_crumbs(visit.frame(title), &whose, visit);
    visit.page(&HistoryPage {
        whose: whose.name.clone(),
        whose_href: base(whose.subject),
        shown: visit.language.text_with("entry-history-shown", &[("count", &rows.len())]),
        first: visit.asked("sau").map_or_else(String::new, |_| visit.path.clone()),
        next: next.map_or_else(String::new, |n| query::address(&visit.path, &[("sau", &n)])),
        rows,
        frame,
    })
}

fn contents(what: &What) -> impl Iterator<Item = &Map<String, Json>> {
    let (one, two) = match what {
        What::Entered(content) | What::Removed(content) => (Some(content), None),
        What::Corrected { before, after } => (Some(before), Some(after)),
        What::Ended(_) => (None, None),
    };
    one.into_iter().chain(two)
}

fn row(visit: &Visit, book: &Book, whose: &Named, change: &Change, kind: &'static Kind, linked: bool) -> Row {
    let (key, tone) = match &change.what {
        What::Entered(_) => ("entry-was-entered", "entered"),
        What::Corrected { .. } => ("entry-was-corrected", "corrected"),
        What::Ended(_) => ("entry-was-ended", "ended"),
        What::Removed(_) => ("entry-was-removed", "removed"),
    };
    Row {
        day: visit.language.day(day_of(change.at)),
        time: time_of(change.at),
        actor: change.actor.clone().unwrap_or_else(|| visit.t("person-change-program")),
        why: change.why.clone(),
        what: visit.language.text_with(key, &[("kind", &visit.t(kind.named(whose)))]),
        tone,
        lines: lines(visit, book, change, kind),
        href: match linked {
            true => format!("/ban-ghi/{}/{}/lich-su", kind.word, change.record),
            false => String::new(),
        },
    }
}

/// The fields that a change touched; of a record entered or taken out, those that said something.
fn lines(visit: &Visit, book: &Book, change: &Change, kind: &'static Kind) -> Vec<Line> {
    let none = Map::new();
    let (before, after) = match &change.what {
        What::Entered(content) => (&none, content),
        What::Removed(content) => (content, &none),
        What::Corrected { before, after } => (before, after),
        What::Ended(day) => {
            let label = visit.t("field-to");
            return vec![Line { label, before: visit.t("entry-none"), after: visit.language.day(*day) }];
        }
    };
    let says = |content: &Map<String, Json>, name: &str| content.get(name).is_some_and(|value| !value.is_null());
    let touched = book.fields(kind).filter(|field| says(before, field.name) || says(after, field.name));
    let said = |content: &Map<String, Json>, field: &crate::entry::Field| match content.get(field.name) {
        Some(value) => book.said(field, value),
        None => visit.t("entry-none"),
    };
    let line = |field: &crate::entry::Field| Line {
        label: book.label(field),
        before: said(before, field),
        after: said(after, field),
    };
    touched.map(line).collect()
}

/// Whether nothing of a kind may be shown to the viewer.
pub(super) fn is_hidden(visit: &Visit, kind: &Kind, subject: Subject) -> Result<bool, Error> {
    let viewer = &visit.signed_in()?.viewer;
    Ok(kind.fields.iter().all(|field| field.personal) && !access::sees_personal_data(viewer, subject.id()))
}
