//! One regulation: what it changes beside the nation's values, its examples, what happened to it, and what a second person can do.

pub mod add;
pub mod draft;
pub mod fresh;
pub mod impact;

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::law::Law;
use store::access;
use store::error::StoreError;
use store::layers::steps::{self, Acting};
use store::layers::{self, Act, State, Submitted};
use store::words::{LayerOutcome, Role};
use uuid::Uuid;

use crate::clock::day_of;
use crate::error::Error;
use crate::frame::Frame;
use crate::law;
use crate::regulations::told::{self, Example, Row, Wrong};
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

/// Those who confirm, return and withdraw; of which units, is the business of `store::access`.
pub const DECIDERS: &[Role] = &[Role::DecidingAuthority, Role::Administrator];

const FIELDS: [&str; 2] = ["ly-do", "tu-ngay"];

#[derive(Template)]
#[template(path = "regulation.html")]
struct RegulationPage {
    frame: Frame,
    id: Uuid,
    code: String,
    lead: String,
    state: &'static str,
    /// What happened to it, each in a sentence with its reason.
    happened: Vec<(String, String)>,
    /// What keeps a confirmed one out of the law that is in force.
    kept_out: Vec<String>,
    rows: Vec<Row>,
    examples: Vec<Example>,
    wrong: Vec<Wrong>,
    content: String,
    cases: String,
    sheet: Sheet,
    /// Which form is shown: `waits` to decide, `holds` to withdraw, empty for none.
    may: &'static str,
    /// Why the viewer does not decide although the role would.
    own: bool,
    previews: bool,
    refused: String,
}

/// `GET /quy-che/{id}`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let found = find(&visit, id?.0).await?;
    let mut sheet = Sheet::new(&FIELDS);
    sheet.set("tu-ngay", visit.today.to_string());
    let page = page(&visit, found, sheet, String::new()).await?;
    visit.page(&page)
}

/// `GET /quy-che/theo-ma/{code}`: the regulation that a finding names.
pub async fn by_code(visit: Visit, code: Result<Path<String>, PathRejection>) -> Answer {
    let found = visit.app.in_force.named(&code?.0).ok_or(Error::NotFound)?;
    Ok(Redirect::to(&format!("/quy-che/{}", found.row.id)).into_response())
}

/// `POST /quy-che/{id}/viec`: confirms, returns or withdraws.
pub async fn act(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    let found = find(&visit, id?.0).await?;
    let posted = Posted::of(&body);
    let mut sheet = Sheet::new(&FIELDS);
    sheet.take(&posted);
    let work = posted.get("viec").to_owned();
    if work != "xac-nhan" {
        sheet.need(visit.language, &["ly-do"]);
    }
    let from = if work == "rut" { sheet.day(visit.language, "tu-ngay") } else { None };
    if !sheet.holds() {
        let page = page(&visit, found, sheet, String::new()).await?;
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let id = found.row.id;
    match done(&visit, &found, &work, from, sheet.typed("ly-do")).await {
        Ok(()) => Ok(Redirect::to(&format!("/quy-che/{id}")).into_response()),
        Err(StoreError::Refused(why)) => {
            let page = page(&visit, found, sheet, why).await?;
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(StoreError::Changed) => Err(Error::Conflict(visit.t("regulation-decided-already"))),
        Err(error) => Err(error.into()),
    }
}

async fn done(
    visit: &Visit,
    found: &Submitted,
    work: &str,
    from: Option<rules::facts::Day>,
    why: &str,
) -> Result<(), StoreError> {
    let viewer = &visit.signed_in().map_err(|_| StoreError::Forbidden)?.viewer;
    let default = visit.language.text_with("regulation-confirm-why", &[("name", &found.row.name)]);
    let why = if why.is_empty() { default.as_str() } else { why };
    let acting = Acting { viewer, day: visit.today, at: visit.app.settings.clock.now(), why };
    let (store, id) = (&visit.app.store, found.row.id);
    match (work, from) {
        ("xac-nhan", _) => {
            let files = law::built_in_files();
            steps::confirm(store, &law::pairs(&files), id, acting).await
        }
        ("tra-lai", _) => steps::send_back(store, id, acting).await.map(|_| ()),
        ("rut", Some(from)) => steps::withdraw(store, id, from, acting).await,
        _ => Err(StoreError::NotFound),
    }
}

async fn find(visit: &Visit, id: Uuid) -> Result<Submitted, Error> {
    let viewer = &visit.signed_in()?.viewer;
    layers::one(&visit.app.store, viewer, id, visit.today).await?.ok_or(Error::NotFound)
}

async fn page(visit: &Visit, found: Submitted, sheet: Sheet, refused: String) -> Result<RegulationPage, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let (language, state) = (visit.language, found.state());
    let row = &found.row;
    let name = if language.code() == "en" { row.name_en.clone() } else { row.name.clone() };
    let frame =
        visit.frame(name).crumb(visit.t("law-title"), "/danh-muc").crumb(visit.t("regulations-title"), "/quy-che");
    let read = read(visit, &found, &frame).await?;
    let kept_out = match state {
        State::Confirmed => visit.app.in_force.troubles(&visit.app.store, row.id, visit.today).await?,
        _ => Vec::new(),
    };
    let decides = access::decides_layer(viewer, row.unit);
    let own = found.is_of(viewer.account);
    let waits = state == State::Submitted;
    Ok(RegulationPage {
        id: row.id,
        code: row.code.clone(),
        lead: lead(visit, &found),
        state: told::state_key(state),
        happened: happened(visit, &found),
        kept_out: kept_out.iter().map(|words| language.pick(words).to_owned()).collect(),
        rows: read.rows,
        examples: read.examples,
        wrong: read.wrong,
        content: row.content.clone(),
        cases: row.cases.clone(),
        sheet,
        may: match state {
            State::Submitted if decides && !own => "waits",
            State::Confirmed if decides => "holds",
            _ => "",
        },
        own: decides && own && waits,
        previews: waits && (access::writes_layers(viewer) || decides) && viewer.unit.is_none(),
        refused,
        frame,
    })
}

/// The regulation as it reads over the law.
struct Read {
    rows: Vec<Row>,
    examples: Vec<Example>,
    wrong: Vec<Wrong>,
}

/// A confirmed one is read from the law that it is in; any other is laid over what is confirmed.
async fn read(visit: &Visit, found: &Submitted, frame: &Frame) -> Result<Read, Error> {
    let (row, store) = (&found.row, &visit.app.store);
    let files = law::built_in_files();
    let nation = law::pairs(&files);
    let in_it = |law: &Law| law.layers.iter().any(|layer| layer.id == row.code);
    if matches!(found.state(), State::Confirmed | State::Withdrawn) {
        let units: Vec<Uuid> = row.unit.into_iter().collect();
        let law = visit.app.law_for(&units, visit.today).await?;
        if in_it(&law) {
            let tried = steps::tried(&law, row);
            let examples = told::examples(&tried, frame);
            return Ok(Read { rows: told::rows(&law, &row.code, frame), examples, wrong: Vec::new() });
        }
    }
    let texts = (row.content.as_str(), row.cases.as_str());
    let checked =
        steps::checked(store, visit.signed_in()?.viewer.office, &nation, row.unit, texts, visit.today).await?;
    let rows = checked.law.as_ref().map(|law| told::rows(law, &row.code, frame)).unwrap_or_default();
    Ok(Read { rows, examples: told::examples(&checked.cases, frame), wrong: told::faults(&checked.faults, frame) })
}

fn lead(visit: &Visit, found: &Submitted) -> String {
    let language = visit.language;
    let whose = found.unit_name.clone().unwrap_or_else(|| visit.t(told::tier_key(found.row.tier)));
    let until = found.withdrawal.as_ref().and_then(|(from, _)| from.pred_opt());
    let span = match until {
        Some(until) if until < found.row.from_day => visit.t("regulations-never"),
        until => crate::catalogue::span(language, found.row.from_day, until),
    };
    language.text_with("regulation-lead", &[("whose", &whose), ("span", &span)])
}

fn happened(visit: &Visit, found: &Submitted) -> Vec<(String, String)> {
    let language = visit.language;
    let said = |key: &str, act: &Act| {
        let day = language.day(day_of(act.at));
        (language.text_with(key, &[("name", &act.name), ("day", &day)]), act.why.clone())
    };
    let mut happened = vec![said("regulation-submitted", &found.submission)];
    happened.extend(found.decision.as_ref().map(|(outcome, act)| match outcome {
        LayerOutcome::XacNhan => said("regulation-confirmed", act),
        LayerOutcome::TraLai => said("regulation-returned", act),
    }));
    happened.extend(found.withdrawal.as_ref().map(|(from, act)| {
        let (sentence, why) = said("regulation-withdrawn", act);
        (
            format!("{sentence} {}", language.text_with("regulation-withdrawn-from", &[("day", &language.day(*from))])),
            why,
        )
    }));
    happened
}
