//! One line of a decision: what can be done about it, and the form that corrects what was entered wrongly.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::conferrals::Conferral;
use store::decisions::{self, Decision};
use store::error::StoreError;
use store::records::NewConferral;
use store::register::acts::{self, Change};
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::honours;
use crate::register::choices::{self, Choice, Groups};
use crate::register::line;
use crate::register::words::{self, Differing};
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "decision/line.html")]
struct LinePage {
    frame: Frame,
    here: String,
    award: String,
    after: Uuid,
    sheet: Sheet,
    awards: Groups,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
    line: Uuid,
    back: String,
    /// Where what stands differs from what was typed.
    stands: Vec<Differing>,
    conflict: bool,
    wrong: String,
}

struct Opened {
    decision: Decision,
    line: Conferral,
    record: NewConferral,
    after: Uuid,
}

/// `GET /quyet-dinh/dong/{id}`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let opened = opened(&visit, id?.0).await?;
    let sheet = of(&opened.record);
    visit.page(&page(&visit, &opened, sheet, false, String::new()))
}

/// `POST /quyet-dinh/dong/{id}`: corrects the line, or takes it out where it was entered by mistake.
pub async fn save(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    let opened = opened(&visit, id?.0).await?;
    let (language, posted) = (visit.language, Posted::of(&body));
    let mut sheet = of(&opened.record);
    sheet.take(&posted);
    sheet.need(language, &["ly-do"]);
    let conferred = line::conferred(&mut sheet, &visit.app.law, language, opened.line.subject);
    let Some(conferred) = conferred.filter(|_| sheet.holds()) else {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &opened, sheet, false, String::new()));
    };
    let before = &opened.record;
    let (decision, subject) = ((before.decision, before.decided), (before.person, before.collective));
    let position = sheet.typed("thu-tu").parse().unwrap_or(before.position);
    let after = line::record(conferred, &sheet, decision, subject, before.unit, position, before.own_body);
    let after = NewConferral { id: before.id, ..after };
    let viewer = &visit.signed_in()?.viewer;
    let why = sheet.typed("ly-do").to_owned();
    let change = Change {
        viewer,
        decision: before.decision,
        after: posted.get("after").parse().unwrap_or_default(),
        at: visit.app.settings.clock.now(),
        why: &why,
    };
    let typed = words::fields(&after);
    let removes = posted.get("viec") == "bo";
    let write = async |step: &mut store::step::Step| match removes {
        true => step.remove("conferral", &[before.id]).await,
        false => step.correct(after).await.map(drop),
    };
    match acts::change(&visit.app.store, change, write).await {
        Ok(()) => Ok(Redirect::to(&format!("/quyet-dinh/{}", before.decision)).into_response()),
        Err(StoreError::Changed) => {
            let stands = words::differing(language, &visit.app.law, &words::fields(&opened.record), &typed);
            visit.page_as(
                StatusCode::CONFLICT,
                &LinePage { stands, ..page(&visit, &opened, sheet, true, String::new()) },
            )
        }
        Err(StoreError::Refused(_)) => {
            let same = visit.t("mend-nothing");
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &opened, sheet, false, same))
        }
        Err(StoreError::DanglingReference(_)) => {
            let named = visit.t("mend-named");
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &opened, sheet, false, named))
        }
        Err(other) => Err(other.into()),
    }
}

async fn opened(visit: &Visit, line: Uuid) -> Result<Opened, Error> {
    let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
    let record: NewConferral = store.record(viewer.office, line).await?.ok_or(Error::NotFound)?;
    let id = record.decision;
    let mut decision = decisions::one(store, viewer, id, visit.today).await?.ok_or(Error::NotFound)?;
    let place = decision.lines.iter().position(|known| known.id == line).ok_or(Error::NotFound)?;
    let line = decision.lines.swap_remove(place);
    Ok(Opened { after: acts::last_step(store, viewer, id).await?, decision, line, record })
}

fn of(line: &NewConferral) -> Sheet {
    let names: Vec<&'static str> = line::FIELDS.into_iter().chain(["ly-do"]).collect();
    let mut sheet = Sheet::new(&names);
    let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    let set = [
        ("danh-hieu", line.award.clone()),
        ("nam-danh-hieu", year(line.title_year)),
        ("tu-nam", year(line.period_from)),
        ("den-nam", year(line.period_to)),
        ("loai-hinh", line.kind.map(store::words::text).unwrap_or_default()),
        ("chuc-vu", line.post_printed.clone().unwrap_or_default()),
        ("don-vi", line.unit_printed.clone().unwrap_or_default()),
        ("cap", line.level.map(store::words::text).unwrap_or_default()),
        ("thu-tu", line.position.to_string()),
    ];
    for (name, typed) in set {
        sheet.set(name, typed);
    }
    sheet
}

fn page(visit: &Visit, opened: &Opened, sheet: Sheet, conflict: bool, wrong: String) -> LinePage {
    let (language, row, line) = (visit.language, &opened.decision.row, &opened.line);
    let number = language.text_with("decision-title", &[("number", &row.number), ("day", &language.day(row.day))]);
    LinePage {
        frame: visit
            .frame(line.subject_name.clone())
            .crumb(visit.t("decisions-title"), "/quyet-dinh")
            .crumb(number, format!("/quyet-dinh/{}", row.id)),
        here: format!("/quyet-dinh/{}/viec", row.id),
        award: honours::name(&visit.app.law, &line.award, line.decided, language),
        after: opened.after,
        sheet,
        awards: choices::awards(&visit.app.law, language, row.day),
        kinds: choices::kinds(language),
        levels: choices::levels(language),
        line: line.id,
        back: format!("/quyet-dinh/{}", row.id),
        stands: Vec::new(),
        conflict,
        wrong,
    }
}
