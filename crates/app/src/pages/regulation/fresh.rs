//! A new regulation: whose it is, from when, and the document on which it rests; the rest is written in the draft.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::layer::Tier;
use rules::layer_text::{self, Document, Head};
use rules::words::Words;
use store::access::{self, Scope};
use store::layers::drafts;
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::offered::{By, Choice, Offered};
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

const FIELDS: [&str; 10] =
    ["ky-hieu", "ten", "ten-en", "cua", SOUGHT, "tu-ngay", "van-ban", "ten-van-ban", "ten-van-ban-en", "ngay-ky"];
/// The words by which the unit whose it is is looked for.
const SOUGHT: &str = "cua-tim";
/// The office itself, and a text of the nation, among the choices of whose it is.
const OFFICE: &str = "co-quan";
const NATION: &str = "quoc-gia";

#[derive(Template)]
#[template(path = "regulation/fresh.html")]
struct FreshPage {
    frame: Frame,
    sheet: Sheet,
    whose: Offered,
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
    let seeks = !sheet.typed(SOUGHT).is_empty();
    let mut page = page(&visit, sheet).await?;
    if seeks {
        return visit.page(&page);
    }
    let Some((head, unit)) = read(&visit, &mut page.sheet, &page.whose.choices) else {
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
    if !whose.iter().any(|choice| choice.value == chosen) {
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
    let whose = whose(visit, &sheet).await?;
    Ok(FreshPage { frame: frame.crumb(visit.t("regulations-title"), "/quy-che"), sheet, whose })
}

/// Whose regulation the viewer may write: the office's, a text of the nation, that of each unit in reach.
async fn whose(visit: &Visit, sheet: &Sheet) -> Result<Offered, Error> {
    let chosen = sheet.typed("cua");
    let mut whose = Offered::of(visit, visit.today, By::Id, chosen, sheet.typed(SOUGHT)).await?;
    if access::scope(&visit.signed_in()?.viewer, visit.today) == Scope::Office {
        let above = [(OFFICE, "regulation-tier-office"), (NATION, "regulation-tier-nation")];
        let above = above.map(|(value, key)| Choice {
            value: value.to_owned(),
            label: visit.t(key),
            chosen: value == chosen && sheet.typed(SOUGHT).is_empty(),
        });
        whose.choices.splice(0..0, above);
    }
    Ok(whose)
}
