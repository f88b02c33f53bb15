//! Correcting what the register says of a decision: the paper is right and the record is not.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde_json::{Map, Value};
use store::decisions;
use store::error::StoreError;
use store::records::NewDecision;
use store::records::register::NewDecisionPaper;
use store::register::acts::{self, Change};
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::register::choices;
use crate::register::paper;
use crate::register::words::{self, Differing};
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "decision/mend.html")]
struct MendPage {
    frame: Frame,
    after: Uuid,
    sheet: Sheet,
    reason: Sheet,
    says: choices::Says,
    back: String,
    /// Where what stands differs from what was typed.
    stands: Vec<Differing>,
    conflict: bool,
    wrong: String,
}

struct Opened {
    decision: NewDecision,
    paper: Option<NewDecisionPaper>,
    /// As printed, with its day.
    title: String,
    after: Uuid,
}

/// `GET /quyet-dinh/{id}/sua`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let opened = opened(&visit, id?.0).await?;
    let sheet = paper::of(&opened.decision, opened.paper.as_ref());
    visit.page(&page(&visit, &opened, sheet, reason(), false, String::new()))
}

/// `POST /quyet-dinh/{id}/sua`: corrects the record, or takes the decision out where it was entered by mistake.
pub async fn save(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    const AMISS: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
    let opened = opened(&visit, id?.0).await?;
    let posted = Posted::of(&body);
    let (mut sheet, mut reason) = (paper::of(&opened.decision, opened.paper.as_ref()), reason());
    sheet.take(&posted);
    if posted.sent("co-truoc").is_none() {
        sheet.set("co-truoc", "");
    }
    reason.take(&posted);
    reason.need(visit.language, &["ly-do"]);
    let paper_id = opened.paper.as_ref().map_or_else(Uuid::now_v7, |paper| paper.id);
    let read = paper::read(&mut sheet, visit.language, visit.today, (opened.decision.id, paper_id));
    let Some((decision, paper)) = read.filter(|_| reason.holds()) else {
        return visit.page_as(AMISS, &page(&visit, &opened, sheet, reason, false, String::new()));
    };
    let before = &opened.decision;
    let decision = NewDecision { series: before.series.clone(), illustrative: before.illustrative, ..decision };
    let why = reason.typed("ly-do").to_owned();
    let change = Change {
        viewer: &visit.signed_in()?.viewer,
        decision: before.id,
        after: posted.get("after").parse().unwrap_or_default(),
        at: visit.app.settings.clock.now(),
        why: &why,
    };
    let typed = [words::fields(&decision), words::fields(&paper)];
    let removes = posted.get("viec") == "xoa";
    let write = async |step: &mut store::step::Step| match removes {
        true => step.remove_decision(before.id).await.map(|()| true),
        false => step.correct_decision(decision, paper).await,
    };
    let (status, wrong) = match acts::change(&visit.app.store, change, write).await {
        Ok(_) if removes => return Ok(Redirect::to("/quyet-dinh").into_response()),
        Ok(true) => return Ok(Redirect::to(&format!("/quyet-dinh/{}", before.id)).into_response()),
        Ok(false) => (AMISS, visit.t("mend-nothing")),
        Err(StoreError::Changed) => (StatusCode::CONFLICT, String::new()),
        Err(StoreError::Duplicate(_)) => {
            sheet.wrong("so", visit.t("register-wrong-taken"));
            (AMISS, String::new())
        }
        Err(StoreError::DanglingReference(_)) => (AMISS, visit.t("mend-named")),
        Err(other) => return Err(other.into()),
    };
    let conflict = status == StatusCode::CONFLICT;
    let stands = if conflict { standing(&visit, &opened, &typed) } else { Vec::new() };
    visit.page_as(status, &MendPage { stands, ..page(&visit, &opened, sheet, reason, conflict, wrong) })
}

/// Where what stands by now differs from what was typed.
fn standing(visit: &Visit, opened: &Opened, [decision, paper]: &[Map<String, Value>; 2]) -> Vec<Differing> {
    let (language, law) = (visit.language, &visit.app.law);
    let mut stands = words::differing(language, law, &words::fields(&opened.decision), decision);
    stands.extend(words::differing(language, law, &words::fields(&opened.paper), paper));
    stands
}

fn reason() -> Sheet {
    Sheet::new(&["ly-do"])
}

async fn opened(visit: &Visit, id: Uuid) -> Result<Opened, Error> {
    let (store, viewer, language) = (&visit.app.store, &visit.signed_in()?.viewer, visit.language);
    let found = decisions::one(store, viewer, id, visit.today).await?.ok_or(Error::NotFound)?;
    let decision: NewDecision = store.record(viewer.office, id).await?.ok_or(Error::NotFound)?;
    let title =
        language.text_with("decision-title", &[("number", &found.row.number), ("day", &language.day(found.row.day))]);
    Ok(Opened { after: acts::last_step(store, viewer, id).await?, decision, paper: found.paper, title })
}

fn page(visit: &Visit, opened: &Opened, sheet: Sheet, reason: Sheet, conflict: bool, wrong: String) -> MendPage {
    MendPage {
        frame: visit
            .frame(visit.t("mend-title"))
            .crumb(visit.t("decisions-title"), "/quyet-dinh")
            .crumb(opened.title.clone(), format!("/quyet-dinh/{}", opened.decision.id)),
        after: opened.after,
        sheet,
        reason,
        says: choices::Says::of(visit.language),
        back: format!("/quyet-dinh/{}", opened.decision.id),
        stands: Vec::new(),
        conflict,
        wrong,
    }
}
