//! The lines behind one figure of the period report.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use store::conferrals::Conferral;
use store::page::{Page, Total};
use store::reports::period::{Side, lines};

use super::cell;
use super::form::Form;
use crate::error::Error;
use crate::frame::Frame;
use crate::honours;
use crate::period::{asked, counting};
use crate::query;
use crate::subject;
use crate::visit::{Answer, Visit};

/// Rows of one page.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "period_lines.html")]
struct LinesPage {
    frame: Frame,
    told: String,
    rows: Vec<Row>,
    shown: String,
    first: String,
    after: String,
}

struct Row {
    day: String,
    subject: String,
    subject_href: String,
    post: String,
    award: String,
    achievement: String,
    number: String,
    decision_href: String,
}

/// `GET /bao-cao/giai-doan/{period}/{unit}/{cell}`.
pub async fn show(visit: Visit, asked: Result<Path<(String, String, String)>, PathRejection>) -> Answer {
    let Path((period, unit, cell)) = asked?;
    let viewer = &visit.signed_in()?.viewer;
    let mut form = Form::behind(&visit, &period, &unit)?;
    let cell = cell::read(&visit.app.law, &cell);
    let Some((mut question, cell)) = form.question(&visit).await?.zip(cell) else {
        return Err(Error::Invalid(visit.t("period-lines-wrong")));
    };
    if let Some(order) = &cell.order {
        let classes: Vec<&str> = counting::members(&visit.app.law, order).map(|award| award.id.as_str()).collect();
        question.parameters.countings.retain(|counting| classes.contains(&counting.award.as_str()));
    }
    let after = visit.asked("sau").and_then(|id| id.parse().ok());
    let page = Page { after, size: ROWS };
    let parameters = &question.parameters;
    let listed = lines(&visit.app.store, viewer, parameters, Side::Period, &cell.filter, visit.day, page).await?;
    let period = asked::told(visit.language, question.parameters.period);
    let told =
        [period, question.unit_name(&visit)?, cell::told(&cell, &visit.app.law, visit.language, parameters.period.to)];
    let told: Vec<String> = told.into_iter().filter(|part| !part.is_empty()).collect();
    let frame = frame(&visit, &form);
    let here = |after: Option<&str>| {
        let kept = visit.query.iter().filter(|(name, _)| name != "sau");
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        query::address(&visit.path, &kept.chain(after.map(|after| ("sau", after))).collect::<Vec<_>>())
    };
    let page = LinesPage {
        told: told.join(" · "),
        shown: shown(&visit, listed.rows.len(), listed.total),
        first: after.map_or_else(String::new, |_| here(None)),
        after: listed.next.map_or_else(String::new, |id| here(Some(&id.to_string()))),
        rows: listed.rows.iter().map(|conferral| row(&visit, &frame, conferral)).collect(),
        frame,
    };
    visit.page_as(StatusCode::OK, &page)
}

/// The breadcrumb leads back to the report of the same period and unit.
fn frame(visit: &Visit, form: &Form) -> Frame {
    let fields = [&form.from, &form.to, &form.unit, &form.way].map(|field| (field.name, field.typed.as_str()));
    let own = form.own_only.then_some(("rieng", "1"));
    let pairs: Vec<(&str, &str)> = fields.into_iter().filter(|(_, typed)| !typed.is_empty()).chain(own).collect();
    visit
        .frame(visit.t("period-lines-title"))
        .crumb(visit.t("reports-title"), "/bao-cao")
        .crumb(visit.t("period-title"), query::address("/bao-cao/giai-doan", &pairs))
}

fn row(visit: &Visit, frame: &Frame, conferral: &Conferral) -> Row {
    let printed = [conferral.post_printed.as_deref(), conferral.unit_name.as_deref()];
    let post = printed.into_iter().flatten().filter(|_| conferral.person.is_some()).collect::<Vec<_>>();
    Row {
        day: visit.language.day(conferral.decided),
        subject: conferral.subject_name.clone(),
        subject_href: subject::href(frame, conferral),
        post: post.join(", "),
        award: honours::name(&visit.app.law, &conferral.award, conferral.decided, visit.language),
        achievement: subject::achievement(visit.language, conferral),
        number: conferral.number.clone(),
        decision_href: frame.href(&format!("/quyet-dinh/{}", conferral.decision)),
    }
}

fn shown(visit: &Visit, rows: usize, total: Total) -> String {
    let language = visit.language;
    match total {
        Total::Exactly(total) => language.text_with("period-lines-shown", &[("rows", &rows), ("total", &total)]),
        Total::MoreThan(least) => language.text_with("period-lines-shown-more", &[("rows", &rows), ("total", &least)]),
    }
}
