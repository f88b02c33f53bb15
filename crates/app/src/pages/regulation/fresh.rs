//! A new regulation: whose it is, from when, and the document on which it rests; the rest is written in the draft.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::layer::Tier;
use rules::layer_text::{self, Document, Head};
use rules::words::Words;
use store::access::{self, Scope};
use store::layers::drafts;
use store::units;
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::register::choices::Choice;
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};
use crate::wording::unit_name;

const FIELDS: [&str; 9] =
    ["ky-hieu", "ten", "ten-en", "cua", "tu-ngay", "van-ban", "ten-van-ban", "ten-van-ban-en", "ngay-ky"];
/// The office itself, and a text of the nation, among the choices of whose it is.
const OFFICE: &str = "co-quan";
const NATION: &str = "quoc-gia";

#[derive(Template)]
#[template(path = "regulation/fresh.html")]
struct FreshPage {
    frame: Frame,
    sheet: Sheet,
    whose: Vec<Choice>,
}

/// `GET /quy-che/moi`.
pub async fn show(visit: Visit) -> Answer {
    let mut sheet = Sheet::new(&FIELDS);
    if let Some(document) = visit.asked("van-ban").map(str::to_owned) {
        let known = visit.app.law.documents.get(&document);
        sheet.set("ten-van-ban", known.map(|known| known.name.vi.clone()).unwrap_or_default());
        sheet.set("ten-van-ban-en", known.map(|known| known.name.en.clone()).unwrap_or_default());
        let day = |day: Option<rules::facts::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        sheet.set("ngay-ky", day(known.and_then(|known| known.signed)));
        sheet.set("tu-ngay", day(known.and_then(|known| known.from)));
        sheet.set("van-ban", document);
        sheet.set("cua", NATION);
    }
    let page = page(&visit, sheet).await?;
    visit.page(&page)
}

/// `POST /quy-che/moi`.
pub async fn begin(visit: Visit, body: String) -> Answer {
    let mut sheet = Sheet::new(&FIELDS);
    sheet.take(&Posted::of(&body));
    let mut page = page(&visit, sheet).await?;
    let Some((head, unit)) = read(&visit, &mut page.sheet, &page.whose) else {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let days = (visit.today, visit.app.settings.clock.now());
    let viewer = &visit.signed_in()?.viewer;
    let text = layer_text::head(&head);
    let id = drafts::begin(&visit.app.store, viewer, unit, (&text, ""), None, days).await?;
    Ok(Redirect::to(&format!("/quy-che/du-thao/{id}")).into_response())
}

/// What the form says; nothing where it cannot be read.
fn read(visit: &Visit, sheet: &mut Sheet, whose: &[Choice]) -> Option<(Head, Option<Uuid>)> {
    let language = visit.language;
    sheet.need(language, &["ky-hieu", "ten", "van-ban", "ten-van-ban"]);
    let (from, signed) = (sheet.day(language, "tu-ngay"), sheet.day(language, "ngay-ky"));
    if !sheet.typed("ky-hieu").chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter)) {
        sheet.wrong("ky-hieu", language.text("regulation-wrong-code"));
    }
    if visit.app.law.layers.iter().any(|layer| layer.id == sheet.typed("ky-hieu")) {
        sheet.wrong("ky-hieu", language.text("regulation-code-taken"));
    }
    let chosen = sheet.typed("cua").to_owned();
    if !whose.iter().any(|(value, _)| *value == chosen) {
        sheet.wrong("cua", language.text("sheet-empty"));
    }
    if !sheet.holds() {
        return None;
    }
    let unit: Option<Uuid> = chosen.parse().ok();
    let tier = match (unit, chosen.as_str()) {
        (Some(_), _) => Tier::Unit,
        (None, NATION) => Tier::Nation,
        (None, _) => Tier::Office,
    };
    let both = |sheet: &Sheet, vi: &str, en: &str| {
        let (vi, en) = (sheet.typed(vi).to_owned(), sheet.filled(en));
        Words { en: en.unwrap_or_else(|| vi.clone()), vi }
    };
    let head = Head {
        id: sheet.typed("ky-hieu").to_owned(),
        name: both(sheet, "ten", "ten-en"),
        tier,
        from: from?,
        document: Document {
            id: sheet.typed("van-ban").to_owned(),
            name: both(sheet, "ten-van-ban", "ten-van-ban-en"),
            signed: signed?,
        },
    };
    Some((head, unit))
}

async fn page(visit: &Visit, sheet: Sheet) -> Result<FreshPage, Error> {
    let title = visit.t("regulations-new");
    let frame = visit.frame(title).crumb(visit.t("law-title"), "/danh-muc");
    Ok(FreshPage { frame: frame.crumb(visit.t("regulations-title"), "/quy-che"), sheet, whose: whose(visit).await? })
}

/// Whose regulation the viewer may write: the office's, a text of the nation, that of each unit in reach.
async fn whose(visit: &Visit) -> Result<Vec<Choice>, Error> {
    let (viewer, store) = (&visit.signed_in()?.viewer, &visit.app.store);
    let scope = access::scope(store, viewer, visit.today).await?;
    let mut choices = Vec::new();
    if scope == Scope::Office {
        choices.push((OFFICE.to_owned(), visit.t("regulation-tier-office")));
        choices.push((NATION.to_owned(), visit.t("regulation-tier-nation")));
    }
    for node in units::tree(store, viewer, visit.today).await? {
        let unit = node.unit;
        if access::writes_layer(viewer, &scope, Some(unit.id)) {
            choices.push((unit.id.to_string(), unit_name(visit.language, &unit.name, unit.name_en.as_deref())));
        }
    }
    Ok(choices)
}
