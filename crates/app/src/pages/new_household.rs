//! A new household: its name and where it lives, entered with its unit in one step.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde_json::{Map, Value as Json, json};
use store::alike;
use store::error::StoreError;

use crate::entry::book::Book;
use crate::entry::drawn::drawn;
use crate::entry::form::{Form, Typed};
use crate::entry::page::{Known, RecordPage, placed, refusal};
use crate::entry::{Field, Kind, Of, Sort, When};
use crate::subject::HOUSEHOLDS;
use crate::visit::{Answer, Visit};

/// A household with its unit from the beginning.
static HOUSEHOLD: Kind = Kind::new(
    "moi",
    "household",
    "entry-household",
    "home",
    Of::Household,
    &[
        Field::new("full_name", "households-name", Sort::Text(100)).hinted("households-name-hint"),
        Field::new("address", "field-address", Sort::Text(200)).optional().hinted("field-address-hint"),
        Field::new("unit", "households-unit", Sort::Unit).optional(),
        Field::new("from_day", "field-from", Sort::Day(When::Any)).optional(),
    ],
);

/// `GET /ca-nhan/ho-gia-dinh/moi`.
pub async fn show(visit: Visit) -> Answer {
    let book = Book::open(&visit, None, &[&HOUSEHOLD]).await?;
    let form = Form::typed(&HOUSEHOLD, &Typed::of_query(&visit.query), &book);
    let mut page = page(&visit, &book, &form);
    page.saved = visit.asked("da-ghi").is_some();
    visit.page(&page)
}

/// `POST /ca-nhan/ho-gia-dinh/moi`.
pub async fn enter(visit: Visit, body: Bytes) -> Answer {
    let book = Book::open(&visit, None, &[&HOUSEHOLD]).await?;
    let typed = Typed::read(&body);
    let mut form = Form::typed(&HOUSEHOLD, &typed, &book);
    let mut content = Map::new();
    let sound = form.read(&book, &mut content) & placed(&visit, &mut form, &content).await?;
    if !sound {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &book, &form));
    }
    let viewer = &visit.signed_in()?.viewer;
    let name = content.get("full_name").and_then(Json::as_str).unwrap_or_default();
    let known = alike::people(&visit.app.store, viewer, name, None, &[], visit.today).await?;
    if !known.is_empty() && typed.get("van-ghi").is_empty() {
        let mut page = page(&visit, &book, &form);
        page.alike = known.into_iter().map(|known| Known::of(&visit, known)).collect();
        page.doubt = visit.t("households-doubt-alike");
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let at = visit.app.settings.clock.now();
    let written = visit.app.store.step(viewer.office, Some(viewer.account), at, &form.why, async |step| {
        let value = |name: &str| content.get(name).cloned().unwrap_or_default();
        let members = |members: Json| members.as_object().cloned().ok_or(StoreError::NotFound);
        let person = step.add_named(
            "person",
            members(json!({"full_name": value("full_name"), "fictitious": false, "excluded_from_roster": true}))?,
        )?;
        step.add_named("household", members(json!({"person": person, "address": value("address")}))?)?;
        if !value("unit").is_null() {
            let stay = json!({
                "person": person,
                "unit": value("unit"),
                "review_unit": value("unit"),
                "kind": "chinh",
                "from_day": value("from_day"),
            });
            step.add_named("membership", members(stay)?)?;
        }
        Ok(person)
    });
    match written.await {
        Ok(_) if !typed.get("tiep").is_empty() => Ok(Redirect::to("/ca-nhan/ho-gia-dinh/moi?da-ghi=1").into_response()),
        Ok(id) => Ok(Redirect::to(&format!("/ca-nhan/{id}/ho-so?da-ghi=1")).into_response()),
        Err(error) => {
            let refused = refusal(&visit, &HOUSEHOLD, error)?;
            let mut page = page(&visit, &book, &form);
            page.refused = refused;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn page(visit: &Visit, book: &Book, form: &Form) -> RecordPage {
    let frame = visit.frame(visit.t("entry-new-household")).crumb(visit.t("people-title"), "/ca-nhan");
    let frame = frame.crumb(visit.t("households-title"), HOUSEHOLDS);
    RecordPage {
        why_wrong: form.why_wrong.clone(),
        again: true,
        ..RecordPage::plain(frame, drawn(&form.inputs, book), form.why.clone(), HOUSEHOLDS.to_owned())
    }
}
