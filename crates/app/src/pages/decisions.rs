//! The list of decisions, by number, year, issuer, day and words.

use askama::Template;
use axum::http::StatusCode;
use store::decisions::{self, DecisionRow, Filter};
use store::error::StoreError;
use store::page::{Listed, Page, Total};

use crate::field::{self, Field};
use crate::frame::Frame;
use crate::query;
use crate::visit::{Answer, Visit};

/// Rows of one page.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "decisions.html")]
struct DecisionsPage {
    frame: Frame,
    form: Form,
    issuers: Vec<String>,
    rows: Vec<Row>,
    /// Why there are no rows, where there are none: title and sentence.
    nothing: (String, String),
    shown: String,
    first: String,
    after: String,
}

struct Form {
    number: Field,
    year: Field,
    issuer: Field,
    from: Field,
    to: Field,
    text: Field,
}

struct Row {
    href: String,
    number: String,
    day: String,
    authority: String,
    summary: String,
    lines: String,
    illustrative: bool,
    revoked: bool,
}

/// `GET /quyet-dinh`.
pub async fn show(visit: Visit) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let mut form = Form::asked(&visit);
    let issuers = decisions::issuers(&visit.app.store, viewer).await?;
    let Some(filter) = form.filter(&visit) else {
        let page = page(&visit, form, issuers, None);
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let after = visit.asked("sau").and_then(|id| id.parse().ok());
    let page_asked = Page { after, size: ROWS };
    let listed = match decisions::list(&visit.app.store, viewer, &filter, visit.day, page_asked).await {
        Ok(listed) => Some(listed),
        // An account that is tied to no person and no unit has no decisions of its own.
        Err(StoreError::Forbidden) => None,
        Err(error) => return Err(error.into()),
    };
    visit.page(&page(&visit, form, issuers, listed))
}

impl Form {
    fn asked(visit: &Visit) -> Self {
        let field = |name| Field::asked(visit, name);
        Self {
            number: field("so"),
            year: field("nam"),
            issuer: field("co-quan"),
            from: field("tu"),
            to: field("den"),
            text: field("q"),
        }
    }

    /// The decisions asked for, known on the visit's day; nothing where a field cannot be read.
    fn filter(&mut self, visit: &Visit) -> Option<Filter> {
        let language = visit.language;
        let year = self.year.read(language, "field-wrong-year", field::year);
        let from = self.from.read(language, "field-wrong-day", field::day);
        let to = self.to.read(language, "field-wrong-day", field::day);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            self.to.wrong = visit.t("field-wrong-order");
        }
        let wrong = [&self.year, &self.from, &self.to].iter().any(|field| !field.wrong.is_empty());
        let typed = |field: &Field| Some(field.typed.clone()).filter(|typed| !typed.is_empty());
        (!wrong).then(|| Filter {
            number: typed(&self.number),
            year,
            issuer: typed(&self.issuer),
            from,
            to: Some(to.map_or(visit.day, |to| to.min(visit.day))),
            text: typed(&self.text),
            ..Filter::default()
        })
    }

    /// Whether anything narrows the list.
    fn narrows(&self) -> bool {
        let fields = [&self.number, &self.year, &self.issuer, &self.from, &self.to, &self.text];
        fields.iter().any(|field| !field.typed.is_empty())
    }
}

fn page(visit: &Visit, form: Form, issuers: Vec<String>, listed: Option<Listed<DecisionRow>>) -> DecisionsPage {
    let frame = visit.frame(visit.t("decisions-title"));
    let nothing = if form.narrows() {
        ("decisions-none-found", "decisions-none-found-note")
    } else if listed.is_none() {
        ("decisions-none-own", "decisions-none-own-note")
    } else {
        ("decisions-none", "decisions-none-note")
    };
    let listed = listed.unwrap_or(Listed { rows: Vec::new(), next: None, total: Total::Exactly(0) });
    let here = |after: Option<&str>| {
        let kept = visit.query.iter().filter(|(name, value)| name != "sau" && !value.is_empty());
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        query::address("/quyet-dinh", &kept.chain(after.map(|after| ("sau", after))).collect::<Vec<_>>())
    };
    DecisionsPage {
        shown: shown(visit, listed.rows.len(), listed.total),
        first: visit.asked("sau").map_or_else(String::new, |_| here(None)),
        after: listed.next.map_or_else(String::new, |id| here(Some(&id.to_string()))),
        rows: listed.rows.into_iter().map(|decision| row(visit, &frame, decision)).collect(),
        nothing: (visit.t(nothing.0), visit.t(nothing.1)),
        frame,
        form,
        issuers,
    }
}

fn row(visit: &Visit, frame: &Frame, decision: DecisionRow) -> Row {
    Row {
        href: frame.href(&format!("/quyet-dinh/{}", decision.id)),
        number: decision.number,
        day: visit.language.day(decision.day),
        authority: decision.authority,
        summary: decision.summary,
        lines: visit.language.number(decision.lines.into()),
        illustrative: decision.illustrative,
        revoked: decision.revoked,
    }
}

fn shown(visit: &Visit, rows: usize, total: Total) -> String {
    let language = visit.language;
    match total {
        Total::Exactly(total) => language.text_with("decisions-shown", &[("rows", &rows), ("total", &total)]),
        Total::MoreThan(least) => language.text_with("decisions-shown-more", &[("rows", &rows), ("total", &least)]),
    }
}
