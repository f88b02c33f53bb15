//! One's own drafts of decisions, and a new one.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use store::drafts;

use crate::frame::Frame;
use crate::register::draft::{Draft, KIND};
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "drafts.html")]
struct DraftsPage {
    frame: Frame,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    number: String,
    summary: String,
    lines: String,
    changed: String,
}

/// `GET /quyet-dinh/du-thao`.
pub async fn show(visit: Visit) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let own = drafts::own(&visit.app.store, viewer, KIND).await?;
    let rows = own.iter().map(|kept| row(&visit, kept)).collect();
    let frame = visit.frame(visit.t("drafts-title")).crumb(visit.t("decisions-title"), "/quyet-dinh");
    visit.page(&DraftsPage { frame, rows })
}

/// `POST /quyet-dinh/du-thao`: begins a draft and opens it.
pub async fn begin(visit: Visit) -> Answer {
    let signed_in = visit.signed_in()?;
    let content = Draft::blank(&signed_in.office.code).json();
    let now = visit.app.settings.clock.now();
    let id = drafts::begin(&visit.app.store, &signed_in.viewer, KIND, &content, now).await?;
    Ok(Redirect::to(&format!("/quyet-dinh/du-thao/{id}")).into_response())
}

fn row(visit: &Visit, kept: &drafts::Draft) -> Row {
    let draft = Draft::of(&kept.content);
    let typed = |name: &str| draft.paper.get(name).cloned().unwrap_or_default();
    let number = match typed("so") {
        number if number.is_empty() => visit.t("drafts-unnumbered"),
        number => store::numbering::printed(&number, &typed("ky-hieu")),
    };
    Row {
        href: format!("/quyet-dinh/du-thao/{}", kept.id),
        number,
        summary: typed("trich-yeu"),
        lines: draft.lines.len().to_string(),
        changed: kept.at().map_or_else(String::new, |at| visit.language.moment(at)),
    }
}
