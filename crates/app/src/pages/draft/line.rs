//! One line of a draft: award, years, kind, post and unit as printed, its place on the list.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::facts::Subject;
use store::drafts;
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::register::choices::{self, Choice, Groups};
use crate::register::draft::{Draft, KIND};
use crate::register::line;
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "draft/line.html")]
struct LinePage {
    frame: Frame,
    version: i64,
    name: String,
    sheet: Sheet,
    awards: Groups,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
}

/// `GET /quyet-dinh/du-thao/{id}/dong/{place}`.
pub async fn show(visit: Visit, at: Result<Path<(Uuid, usize)>, PathRejection>) -> Answer {
    let (kept, draft, place) = opened(&visit, at?.0).await?;
    let mut sheet = draft.lines[place].sheet();
    sheet.set("thu-tu", (place + 1).to_string());
    visit.page(&page(&visit, &kept, &draft, place, sheet))
}

/// `POST /quyet-dinh/du-thao/{id}/dong/{place}`.
pub async fn save(visit: Visit, at: Result<Path<(Uuid, usize)>, PathRejection>, body: String) -> Answer {
    let posted = Posted::of(&body);
    let (mut kept, mut draft, place) = opened(&visit, at?.0).await?;
    let mut sheet = draft.lines[place].sheet();
    sheet.take(&posted);
    if posted.get("phien") != kept.changed.to_string() {
        return visit.page_as(StatusCode::CONFLICT, &page(&visit, &kept, &draft, place, sheet));
    }
    let subject = draft.lines[place].recipient.map_or(Subject::CaNhan, line::Recipient::subject);
    if line::conferred(&mut sheet, &visit.app.law, visit.language, subject).is_none() {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &kept, &draft, place, sheet));
    }
    let mut moved = draft.lines.remove(place);
    let to = sheet.typed("thu-tu").parse::<usize>().unwrap_or(place + 1).clamp(1, draft.lines.len() + 1) - 1;
    moved.typed = sheet.kept();
    draft.lines.insert(to, moved);
    kept.content = draft.json();
    let viewer = &visit.signed_in()?.viewer;
    drafts::keep(&visit.app.store, viewer, &kept, visit.app.settings.clock.now()).await?;
    Ok(Redirect::to(&format!("/quyet-dinh/du-thao/{}#danh-sach", kept.id)).into_response())
}

async fn opened(visit: &Visit, at: (Uuid, usize)) -> Result<(drafts::Draft, Draft, usize), Error> {
    let viewer = &visit.signed_in()?.viewer;
    let kept = drafts::one(&visit.app.store, viewer, KIND, at.0).await?.ok_or(Error::NotFound)?;
    let draft = Draft::of(&kept.content);
    if at.1 < draft.lines.len() { Ok((kept, draft, at.1)) } else { Err(Error::NotFound) }
}

fn page(visit: &Visit, kept: &drafts::Draft, draft: &Draft, place: usize, sheet: Sheet) -> LinePage {
    let language = visit.language;
    let name = draft.lines[place].name.clone();
    let title = language.text_with("draft-line-title", &[("place", &(place + 1)), ("name", &name)]);
    LinePage {
        frame: visit
            .frame(title)
            .crumb(visit.t("decisions-title"), "/quyet-dinh")
            .crumb(visit.t("draft-title"), format!("/quyet-dinh/du-thao/{}", kept.id)),
        version: kept.changed,
        name,
        sheet,
        awards: choices::awards(&visit.app.law, language, draft.day().unwrap_or(visit.today)),
        kinds: choices::kinds(language),
        levels: choices::levels(language),
    }
}
