//! A person moves to another unit or is seconded to it: the present membership ends the day before, the next begins.

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use rules::facts::Day;
use serde_json::{Map, Value as Json};
use store::entry::{self, Named, Subject};
use store::error::StoreError;
use store::places::Transfer;
use store::words::{self, MembershipKind};
use uuid::Uuid;

use crate::entry::book::Book;
use crate::entry::drawn::drawn;
use crate::entry::form::{Form, Typed};
use crate::entry::kinds::{self, MEMBERSHIPS};
use crate::entry::page::{RecordPage, base, leads, record_crumbs, refusal, writable};
use crate::entry::{Field, Kind, Of, Sort, When};
use crate::error::Error;
use crate::visit::{Answer, Visit};

static TRANSFER: Kind = Kind::new(
    "dieu-dong",
    "membership",
    "entry-transfer",
    "switch-horizontal",
    Of::Person,
    &[
        Field::new("unit", "field-unit", Sort::Unit),
        Field::new("kind", "field-membership", Sort::Choice(&MEMBERSHIPS)),
        Field::new("review_unit", "field-review-unit", Sort::Unit).optional().hinted("field-review-unit-transfer"),
        Field::new("from_day", "field-transfer-day", Sort::Day(When::Any)),
        Field::new("to_day", "field-secondment-end", Sort::Day(When::Any))
            .optional()
            .hinted("field-secondment-end-hint"),
    ],
);

/// The stays of a person, the newest first.
type Stays = Vec<Map<String, Json>>;

/// `GET /ca-nhan/{id}/dieu-dong`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let (whose, stays, mut book) = opened(&visit, id?.0).await?;
    let after = last(&visit, present(&stays, visit.today)).await?;
    let form = Form::typed(&TRANSFER, &Typed::of_query(&visit.query), &book);
    let page = page(&visit, &mut book, &whose, &stays, &form, after).await?;
    visit.page(&page)
}

/// `POST /ca-nhan/{id}/dieu-dong`.
pub async fn enter(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: Bytes) -> Answer {
    let (whose, stays, mut book) = opened(&visit, id?.0).await?;
    let typed = Typed::read(&body);
    let mut form = Form::typed(&TRANSFER, &typed, &book);
    let mut content = Map::new();
    if form.read(&book, &mut content) {
        check(&visit, &mut form, &content, &stays);
    }
    let Some(transfer) = transfer(whose.subject.id(), &content).filter(|_| form.sound()) else {
        let after = typed.get("after").parse().ok();
        let page = page(&visit, &mut book, &whose, &stays, &form, after).await?;
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let after = last(&visit, present(&stays, transfer.from_day)).await?;
    let mut changed = after.is_some_and(|step| typed.get("after") != step.to_string());
    let mut refused = String::new();
    if !changed {
        let viewer = &visit.signed_in()?.viewer;
        let at = visit.app.settings.clock.now();
        let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &form.why, async |step| {
            step.transfer(&transfer, after).await
        });
        match written.await {
            Ok(_) => return leads(whose.subject, kinds::by_noun("membership").ok_or(Error::NotFound)?),
            Err(StoreError::Changed) => changed = true,
            Err(error) => refused = refusal(&visit, &TRANSFER, error)?,
        }
    }
    let mut page = page(&visit, &mut book, &whose, &stays, &form, after).await?;
    page.refused = if changed { visit.t("entry-changed") } else { refused };
    visit.page_as(if changed { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
}

async fn opened(visit: &Visit, id: Uuid) -> Result<(Named, Stays, Book), Error> {
    let subject = Subject::Person(id);
    let whose = writable(visit, &TRANSFER, subject).await?;
    if whose.household {
        return Err(Error::NotFound);
    }
    let viewer = &visit.signed_in()?.viewer;
    let stays = entry::records(&visit.app.store, viewer, subject, "membership", visit.today).await?;
    let book = Book::open(visit, Some(&whose), &[&TRANSFER]).await?;
    Ok((whose, stays, book))
}

/// What the fields say together: a way back belongs to a secondment, and nothing may begin later.
fn check(visit: &Visit, form: &mut Form, content: &Map<String, Json>, stays: &Stays) {
    let text = |name: &str| content.get(name).and_then(Json::as_str);
    if text("to_day").is_some() && text("kind") == Some("chinh") {
        form.complain("to_day", visit.t("entry-wrong-until"));
    }
    let begins_later = |stay: &Map<String, Json>| stay.get("from_day").and_then(Json::as_str) >= text("from_day");
    if stays.iter().any(begins_later) {
        form.complain("from_day", visit.t("entry-wrong-later"));
    }
}

fn transfer(person: Uuid, content: &Map<String, Json>) -> Option<Transfer> {
    let text = |name: &str| content.get(name).and_then(Json::as_str);
    let unit: Uuid = text("unit")?.parse().ok()?;
    let kind: MembershipKind = words::parse(text("kind")?).ok()?;
    Some(Transfer {
        person,
        unit,
        review_unit: text("review_unit").and_then(|unit| unit.parse().ok()).unwrap_or(unit),
        kind,
        from_day: text("from_day")?.parse().ok()?,
        until: text("to_day").and_then(|day| day.parse().ok()),
    })
}

/// The stay that lasts on a day or would.
fn present(stays: &Stays, day: Day) -> Option<Uuid> {
    let day = day.to_string();
    let lasts =
        |stay: &&Map<String, Json>| stay.get("to_day").and_then(Json::as_str).is_none_or(|to| to >= day.as_str());
    stays.iter().filter(lasts).find_map(|stay| stay.get("id")?.as_str()?.parse().ok())
}

async fn last(visit: &Visit, stay: Option<Uuid>) -> Result<Option<Uuid>, Error> {
    let Some(stay) = stay else { return Ok(None) };
    let office = visit.signed_in()?.viewer.office;
    Ok(Some(visit.app.store.last_step(office, "membership", stay).await?))
}

async fn page(
    visit: &Visit,
    book: &mut Book,
    whose: &Named,
    stays: &Stays,
    form: &Form,
    after: Option<Uuid>,
) -> Result<RecordPage, Error> {
    let kind = kinds::by_noun("membership").ok_or(Error::NotFound)?;
    let now: Vec<&Map<String, Json>> = stays.iter().take(1).collect();
    book.learn(visit, &now.iter().map(|stay| (kind, *stay)).collect::<Vec<_>>()).await?;
    let told = now.first().map(|stay| {
        let said = |name: &str| {
            let field = kind.fields.iter().find(|field| field.name == name);
            field.map_or_else(String::new, |field| book.said(field, stay.get(name).unwrap_or(&Json::Null)))
        };
        let (unit, from) = (said("unit"), said("from_day"));
        visit.language.text_with("entry-transfer-now", &[("unit", &unit), ("day", &from)])
    });
    let frame = record_crumbs(visit.frame(visit.t("entry-transfer")), whose, visit);
    let back = format!("{}/ho-so", base(whose.subject));
    Ok(RecordPage {
        whose: whose.name.clone(),
        whose_href: base(whose.subject),
        why_wrong: form.why_wrong.clone(),
        after: after.map_or_else(String::new, |step| step.to_string()),
        note: told.unwrap_or_else(|| visit.t("entry-transfer-nowhere")),
        ..RecordPage::plain(frame, drawn(&form.inputs, book), form.why.clone(), back)
    })
}
