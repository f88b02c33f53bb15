//! The regulations of the office and its units: whose each is, since when it holds, who confirmed it, on what it rests.

use askama::Template;
use store::access;
use store::layers::drafts::{self, Draft};
use store::layers::{self, State, Submitted};

use crate::clock::day_of;
use crate::error::Error;
use crate::frame::Frame;
use crate::regulations::told;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "regulations.html")]
struct RegulationsPage {
    frame: Frame,
    drafts: Vec<Written>,
    rows: Vec<Row>,
    may_write: bool,
}

/// A draft that the viewer may write.
struct Written {
    href: String,
    name: String,
    whose: String,
    by: String,
    returned: bool,
}

struct Row {
    href: String,
    name: String,
    code: String,
    whose: String,
    tone: &'static str,
    state: String,
    since: String,
    by: String,
    source: String,
}

/// `GET /quy-che`.
pub async fn show(visit: Visit) -> Answer {
    let (viewer, store) = (&visit.signed_in()?.viewer, &visit.app.store);
    let frame = visit.frame(visit.t("regulations-title")).crumb(visit.t("law-title"), "/danh-muc");
    let written = drafts::list(store, viewer, visit.today).await?;
    let mut rows = Vec::new();
    for found in layers::list(store, viewer, visit.today).await? {
        rows.push(row(&visit, &found, &frame).await?);
    }
    let page = RegulationsPage {
        drafts: written.iter().map(|draft| draft_row(&visit, draft)).collect(),
        rows,
        may_write: access::writes_layers(viewer),
        frame,
    };
    visit.page(&page)
}

async fn row(visit: &Visit, found: &Submitted, frame: &Frame) -> Result<Row, Error> {
    let language = visit.language;
    let held = &found.row;
    let troubles = match found.state() {
        State::Confirmed => visit.app.in_force.troubles(&visit.app.store, held.id, visit.today).await?,
        _ => Vec::new(),
    };
    let (tone, state) = state(visit, found, !troubles.is_empty());
    let decided = found.decision.as_ref().map(|(_, act)| act);
    let by = match decided {
        Some(act) => language.text_with(
            "regulations-decided-by",
            &[("name", &act.name), ("day", &language.day(day_of(act.at))), ("author", &found.author_name)],
        ),
        None => language.text_with(
            "regulations-submitted-by",
            &[("name", &found.author_name), ("day", &language.day(day_of(found.submission.at)))],
        ),
    };
    Ok(Row {
        href: frame.href(&format!("/quy-che/{}", held.id)),
        name: if language.code() == "en" { held.name_en.clone() } else { held.name.clone() },
        code: held.code.clone(),
        whose: found.unit_name.clone().unwrap_or_else(|| visit.t(told::tier_key(held.tier))),
        tone,
        state,
        since: since(visit, found),
        by,
        source: told::sources(&held.content, language).join("; "),
    })
}

/// The class and the word of a state on the day it is.
fn state(visit: &Visit, found: &Submitted, kept_out: bool) -> (&'static str, String) {
    let state = found.state();
    let tone = match state {
        State::Confirmed if kept_out => "unloaded",
        State::Confirmed => "loaded",
        State::Submitted | State::Returned | State::Withdrawn => "unverified",
    };
    let key = match state {
        State::Confirmed if kept_out => "regulation-state-kept-out",
        State::Confirmed if found.row.from_day > visit.today => "regulation-state-to-come",
        other => told::state_key(other),
    };
    (tone, visit.t(key))
}

fn since(visit: &Visit, found: &Submitted) -> String {
    let language = visit.language;
    let until = found.withdrawal.as_ref().and_then(|(from, _)| from.pred_opt());
    match until {
        Some(until) if until < found.row.from_day => visit.t("regulations-never"),
        until => crate::catalogue::span(language, found.row.from_day, until),
    }
}

fn draft_row(visit: &Visit, draft: &Draft) -> Written {
    let name = told::name_of(&draft.content).unwrap_or_else(|| visit.t("regulations-unnamed"));
    let day = draft.at().map(|at| visit.language.moment(at)).unwrap_or_default();
    Written {
        href: format!("/quy-che/du-thao/{}", draft.id),
        name,
        whose: visit.t(if draft.unit.is_some() { "regulation-tier-unit" } else { "regulation-tier-office" }),
        by: visit.language.text_with("regulations-written-by", &[("name", &draft.author_name), ("at", &day)]),
        returned: draft.returned.is_some(),
    }
}
