//! A regulation being written: the text and its examples, checked as they stand, with the way to add a change by form.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::changes::{self, What};
use rules::facts::Day;
use rules::layer_text;
use rules::layers::Checked;
use store::access;
use store::error::StoreError;
use store::layers;
use store::layers::drafts::{self, Draft};
use store::layers::steps::{self, Acting};
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::law;
use crate::regulations::told::{self, Example, Row, Wrong};
use crate::sheet::Posted;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "regulation/draft.html")]
struct DraftPage {
    frame: Frame,
    id: Uuid,
    version: i64,
    content: String,
    cases: String,
    text_rows: usize,
    rows: Vec<Row>,
    examples: Vec<Example>,
    wrong: Vec<Wrong>,
    /// What keeps it from being confirmed, beside faults.
    lacking: Vec<String>,
    /// Why it was returned; empty where it was not.
    returned: String,
    /// What somebody else wrote meanwhile; nothing where nobody did.
    theirs: Option<String>,
    refused: String,
    previews: bool,
    /// An example to begin from, where there is none yet.
    sample: String,
}

/// `GET /quy-che/du-thao/{id}`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let draft = find(&visit, id?.0).await?;
    let page = page(&visit, draft).await?;
    visit.page(&page)
}

/// `POST /quy-che/du-thao/{id}`: keeps it, submits it, throws it away.
pub async fn save(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    let known = find(&visit, id?.0).await?;
    let posted = Posted::of(&body);
    let (viewer, store) = (&visit.signed_in()?.viewer, &visit.app.store);
    if posted.get("viec") == "bo" {
        drafts::drop(store, viewer, known.id, visit.today).await?;
        return Ok(Redirect::to("/quy-che").into_response());
    }
    let text = |name: &str| format!("{}\n", posted.get(name).replace("\r\n", "\n"));
    let changed = posted.get("phien").parse().unwrap_or_default();
    let mut draft = Draft { content: text("noi-dung"), cases: text("vi-du"), changed, ..known.clone() };
    if draft.cases.trim().is_empty() {
        draft.cases = String::new();
    }
    match drafts::keep(store, viewer, &draft, (visit.today, visit.app.settings.clock.now())).await {
        Ok(changed) => draft.changed = changed,
        Err(StoreError::Changed) => {
            let theirs = Some(known.content);
            let page = DraftPage { theirs, ..page(&visit, draft).await? };
            return visit.page_as(StatusCode::CONFLICT, &page);
        }
        Err(error) => return Err(error.into()),
    }
    if posted.get("viec") != "trinh" {
        return Ok(Redirect::to(&format!("/quy-che/du-thao/{}", draft.id)).into_response());
    }
    submit(visit, draft).await
}

async fn submit(visit: Visit, draft: Draft) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let name = told::name_of(&draft.content).unwrap_or_default();
    let why = visit.language.text_with("regulation-submit-why", &[("name", &name)]);
    let acting = Acting { viewer, day: visit.today, at: visit.app.settings.clock.now(), why: &why };
    let files = law::built_in_files();
    let draft = find(&visit, draft.id).await?;
    match steps::submit(&visit.app.store, &law::pairs(&files), &draft, acting).await {
        Ok(id) => Ok(Redirect::to(&format!("/quy-che/{id}")).into_response()),
        Err(StoreError::Refused(refused)) => {
            let page = page(&visit, draft).await?;
            // A fault is told with its line already.
            let refused = if page.wrong.is_empty() { refused } else { String::new() };
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &DraftPage { refused, ..page })
        }
        Err(error) => Err(error.into()),
    }
}

/// The draft, which is the viewer's to write.
pub async fn find(visit: &Visit, id: Uuid) -> Result<Draft, Error> {
    let viewer = &visit.signed_in()?.viewer;
    drafts::one(&visit.app.store, viewer, id, visit.today).await?.ok_or(Error::NotFound)
}

async fn page(visit: &Visit, draft: Draft) -> Result<DraftPage, Error> {
    let (viewer, store) = (&visit.signed_in()?.viewer, &visit.app.store);
    let title = told::name_of(&draft.content).unwrap_or_else(|| visit.t("regulations-unnamed"));
    let frame = visit.frame(title).crumb(visit.t("law-title"), "/danh-muc");
    let frame = frame.crumb(visit.t("regulations-title"), "/quy-che");
    let files = law::built_in_files();
    let texts = (draft.content.as_str(), draft.cases.as_str());
    let checked = steps::checked(store, viewer.office, &law::pairs(&files), draft.unit, texts, visit.today).await?;
    let rows = match (&checked.law, checked.layer()) {
        (Some(law), Some(layer)) => told::rows(law, &layer.id, &frame),
        _ => Vec::new(),
    };
    let returned = match draft.returned {
        Some(before) => layers::one(store, viewer, before, visit.today).await?,
        None => None,
    };
    let returned = returned.and_then(|before| before.decision).map(|(_, act)| {
        visit.language.text_with("regulation-returned-because", &[("name", &act.name), ("why", &act.why)])
    });
    let lacking = if checked.faults.is_empty() { checked.lacking() } else { Vec::new() };
    let sample = if draft.cases.is_empty() { sample(&checked, visit.today) } else { String::new() };
    Ok(DraftPage {
        sample,
        id: draft.id,
        version: draft.changed,
        text_rows: draft.content.lines().count().clamp(12, 40),
        rows,
        examples: told::examples(&checked.cases, &frame),
        wrong: told::faults(&checked.faults, &frame),
        lacking: lacking.iter().map(|words| visit.language.pick(words).to_owned()).collect(),
        returned: returned.unwrap_or_default(),
        theirs: None,
        refused: String::new(),
        previews: checked.faults.is_empty() && access::writes_layers(viewer),
        content: draft.content,
        cases: draft.cases,
        frame,
    })
}

/// An example of the first honour that the regulation changes.
fn sample(checked: &Checked, today: Day) -> String {
    let (Some(law), Some(layer)) = (&checked.law, checked.layer()) else { return String::new() };
    let award = changes::of(law, &layer.id).iter().find_map(|change| match change.what {
        What::Value { award, .. } | What::Standard(award, _) | What::Award(award) => Some(award.id.clone()),
        What::Principle(..) | What::Quota { .. } | What::Rounding { .. } | What::Said { .. } | What::Document(_) => {
            None
        }
    });
    let on = layer.from.map_or(today, |from| from.max(today));
    award.map(|award| layer_text::case(&award, on)).unwrap_or_default()
}
