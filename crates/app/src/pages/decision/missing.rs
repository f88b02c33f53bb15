//! A line that the paper has and the register lacks: left out when the decision was entered.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::decisions::{self, Decision};
use store::error::StoreError;
use store::register::acts::{self, Change};
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::register::choices::{self, Choice, Groups};
use crate::register::draft::subjects;
use crate::register::line::{self, Line, Recipient};
use crate::register::recipients::{self, Candidate};
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "decision/missing.html")]
struct MissingPage {
    frame: Frame,
    after: Uuid,
    sheet: Sheet,
    /// Those who may be meant, where several bear the name.
    candidates: Vec<Choice>,
    awards: Groups,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
    back: String,
    conflict: bool,
}

/// `GET /quyet-dinh/{id}/them-dong`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let (decision, after) = opened(&visit, id?.0).await?;
    visit.page(&page(&visit, &decision, after, blank(), &[], false))
}

/// `POST /quyet-dinh/{id}/them-dong`.
pub async fn save(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    const AMISS: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
    let (decision, after) = opened(&visit, id?.0).await?;
    let (language, law, posted) = (visit.language, &visit.app.law, Posted::of(&body));
    let mut sheet = blank();
    sheet.take(&posted);
    sheet.need(language, &["ho-ten", "ly-do"]);
    let candidates = candidates(&visit, &decision, &sheet).await?;
    let chosen = match candidates.as_slice() {
        [only] => Some(only),
        several => several.iter().find(|one| Some(one.recipient) == Recipient::of(sheet.typed("ai"))),
    };
    let Some(chosen) = chosen else {
        let key = if candidates.is_empty() { "missing-nobody" } else { "register-wrong-untold" };
        sheet.wrong(if candidates.is_empty() { "ho-ten" } else { "ai" }, language.text(key));
        return visit.page_as(AMISS, &page(&visit, &decision, after, sheet, &candidates, false));
    };
    let conferred = line::conferred(&mut sheet, law, language, chosen.recipient.subject());
    let Some(conferred) = conferred.filter(|_| sheet.holds()) else {
        return visit.page_as(AMISS, &page(&visit, &decision, after, sheet, &candidates, false));
    };
    let mut told = Line { recipient: None, name: String::new(), hint: String::new(), unit: None, typed: sheet.kept() };
    recipients::settle(&mut told, chosen);
    // What was typed as printed stands before what the record says of that day.
    for name in ["chuc-vu", "don-vi", "cap"] {
        if sheet.typed(name).is_empty() {
            sheet.set(name, told.typed(name).to_owned());
        }
    }
    let subject = match chosen.recipient {
        Recipient::Person(id) | Recipient::Household(id) => (Some(id), None),
        Recipient::Collective(id) => (None, Some(id)),
        Recipient::OutsidePerson | Recipient::OutsideHousehold | Recipient::OutsideCollective => {
            return Err(Error::NotFound);
        }
    };
    let position = sheet.typed("thu-tu").parse().unwrap_or(i32::try_from(decision.lines.len() + 1).unwrap_or(i32::MAX));
    let own_body = decision.lines.first().is_none_or(|line| line.own_body);
    let of = (decision.row.id, decision.row.day);
    let record = line::record(conferred, &sheet, of, subject, told.unit, position, own_body);
    let why = sheet.typed("ly-do").to_owned();
    let change = Change {
        viewer: &visit.signed_in()?.viewer,
        decision: decision.row.id,
        after: posted.get("after").parse().unwrap_or_default(),
        at: visit.app.settings.clock.now(),
        why: &why,
    };
    match acts::change(&visit.app.store, change, async |step| step.add(record)).await {
        Ok(_) => Ok(Redirect::to(&format!("/quyet-dinh/{}", decision.row.id)).into_response()),
        Err(StoreError::Changed) => {
            visit.page_as(StatusCode::CONFLICT, &page(&visit, &decision, after, sheet, &candidates, true))
        }
        Err(other) => Err(other.into()),
    }
}

async fn opened(visit: &Visit, id: Uuid) -> Result<(Decision, Uuid), Error> {
    let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
    let decision = decisions::one(store, viewer, id, visit.today).await?.ok_or(Error::NotFound)?;
    Ok((decision, acts::last_step(store, viewer, id).await?))
}

async fn candidates(visit: &Visit, decision: &Decision, sheet: &Sheet) -> Result<Vec<Candidate>, Error> {
    let Some(asked) = recipients::parse(sheet.typed("ho-ten")).into_iter().next() else {
        return Ok(Vec::new());
    };
    let known = recipients::known(visit, std::slice::from_ref(&asked.name), decision.row.day).await?;
    Ok(known.candidates(&asked, &subjects(&visit.app.law, sheet.typed("danh-hieu"))))
}

fn blank() -> Sheet {
    let names: Vec<&'static str> = line::FIELDS.into_iter().chain(["ho-ten", "ai", "ly-do"]).collect();
    Sheet::new(&names)
}

fn page(
    visit: &Visit,
    decision: &Decision,
    after: Uuid,
    sheet: Sheet,
    candidates: &[Candidate],
    conflict: bool,
) -> MissingPage {
    let (language, row) = (visit.language, &decision.row);
    let number = language.text_with("decision-title", &[("number", &row.number), ("day", &language.day(row.day))]);
    let several = candidates.iter().filter(|_| candidates.len() > 1);
    let mut choices_of: Vec<Choice> =
        several.map(|it| (it.recipient.value(), format!("{} ({})", it.name, it.says))).collect();
    if !choices_of.is_empty() {
        choices_of.insert(0, (String::new(), visit.t("sheet-choose")));
    }
    MissingPage {
        frame: visit
            .frame(visit.t("missing-title"))
            .crumb(visit.t("decisions-title"), "/quyet-dinh")
            .crumb(number, format!("/quyet-dinh/{}", row.id)),
        after,
        sheet,
        candidates: choices_of,
        awards: choices::awards(&visit.app.law, language, row.day),
        kinds: choices::kinds(language),
        levels: choices::levels(language),
        back: format!("/quyet-dinh/{}", row.id),
        conflict,
    }
}
