//! The list of decisions, by number, year, issuer, day, words, names on the list, honour, body and state.

pub mod file;

use askama::Template;
use axum::http::StatusCode;
use store::access;
use store::decisions::{self, DecisionRow, Filter, State};
use store::error::StoreError;
use store::page::{Listed, Page, Total};

use crate::error::Error;
use crate::field::{self, Field};
use crate::frame::Frame;
use crate::print::{self, Format, Way};
use crate::query;
use crate::register::choices::{self, Choice, Groups};
use crate::register::paper::of_another;
use crate::visit::{Answer, Visit};

/// Rows of one page.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "decisions.html")]
struct DecisionsPage {
    frame: Frame,
    form: Form,
    issuers: Vec<String>,
    more: More,
    keeps: bool,
    files: Vec<Way>,
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
    named: Field,
    authority: Field,
    signer: Field,
    body: Field,
    award: Field,
    state: Field,
}

/// What the further lists of the form offer.
struct More {
    open: bool,
    authorities: Vec<Choice>,
    signers: Vec<Choice>,
    bodies: Vec<Choice>,
    states: Vec<Choice>,
    awards: Groups,
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
    amended: bool,
    lost: bool,
    /// Which of several papers of one number it is; empty where the number is its own.
    twin: String,
    /// What sort of other body decided; empty for the office itself.
    body: String,
}

/// `GET /quyet-dinh`.
pub async fn show(visit: Visit) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let mut form = Form::asked(&visit);
    let issuers = decisions::issuers(&visit.app.store, viewer).await?;
    let filter = form.filter(&visit);
    let more = More::of(&visit, &form).await?;
    let Some(filter) = filter else {
        let page = page(&visit, form, issuers, more, None);
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
    visit.page(&page(&visit, form, issuers, more, listed))
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
            named: field("ten"),
            authority: field("tham-quyen"),
            signer: field("nguoi-ky"),
            body: field("loai"),
            award: field("khen-thuong"),
            state: field("tinh-trang"),
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
        let law = &visit.app.law;
        let body = self.body.read(language, "people-wrong-choice", |text| store::words::parse(text).ok());
        let award = self.award.read(language, "people-wrong-choice", |id| law.award(id).map(|award| award.id.clone()));
        let state = self.state.read(language, "people-wrong-choice", state);
        let read = [&self.year, &self.from, &self.to, &self.body, &self.award, &self.state];
        let wrong = read.iter().any(|field| !field.wrong.is_empty());
        let typed = |field: &Field| Some(field.typed.clone()).filter(|typed| !typed.is_empty());
        (!wrong).then(|| Filter {
            number: typed(&self.number),
            year,
            issuer: typed(&self.issuer),
            from,
            to: Some(to.map_or(visit.day, |to| to.min(visit.day))),
            text: typed(&self.text),
            named: typed(&self.named),
            authority: typed(&self.authority),
            signer: typed(&self.signer),
            body,
            award,
            state,
        })
    }

    /// Whether anything narrows the list.
    fn narrows(&self) -> bool {
        let fields = [&self.number, &self.year, &self.issuer, &self.from, &self.to, &self.text];
        fields.iter().any(|field| !field.typed.is_empty()) || self.narrows_further()
    }

    /// Whether one of the further fields does.
    fn narrows_further(&self) -> bool {
        let fields = [&self.named, &self.authority, &self.signer, &self.body, &self.award, &self.state];
        fields.iter().any(|field| !field.typed.is_empty())
    }
}

impl More {
    async fn of(visit: &Visit, form: &Form) -> Result<Self, Error> {
        let (store, viewer, language) = (&visit.app.store, &visit.signed_in()?.viewer, visit.language);
        let any = || vec![(String::new(), visit.t("decisions-issuer-any"))];
        let words =
            |words: Vec<String>| any().into_iter().chain(words.into_iter().map(|it| (it.clone(), it))).collect();
        let states = STATES.iter().map(|(_, value, key)| ((*value).to_owned(), visit.t(key)));
        Ok(Self {
            open: form.narrows_further(),
            authorities: words(decisions::authorities(store, viewer).await?),
            signers: words(decisions::signers(store, viewer).await?),
            bodies: any().into_iter().chain(choices::bodies(language)).collect(),
            states: any().into_iter().chain(states).collect(),
            awards: choices::awards(&visit.app.law, language, visit.day),
        })
    }
}

/// The states that can be asked for, in the address and in words.
const STATES: [(State, &str, &str); 4] = [
    (State::Standing, "con-hieu-luc", "decisions-state-standing"),
    (State::Revoked, "thu-hoi", "decisions-state-revoked"),
    (State::Amended, "sua-doi", "decisions-state-amended"),
    (State::Lost, "mat-ban-giay", "decisions-state-lost"),
];

fn state(text: &str) -> Option<State> {
    STATES.iter().find(|(_, value, _)| *value == text).map(|(state, _, _)| *state)
}

fn page(
    visit: &Visit,
    form: Form,
    issuers: Vec<String>,
    more: More,
    listed: Option<Listed<DecisionRow>>,
) -> DecisionsPage {
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
        files: print::ways(visit, &[Format::Xlsx]),
        nothing: (visit.t(nothing.0), visit.t(nothing.1)),
        frame,
        form,
        issuers,
        more,
        keeps: visit.signed_in.as_ref().is_some_and(|signed_in| access::keeps_register(&signed_in.viewer)),
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
        amended: decision.amended,
        lost: decision.lost,
        twin: match decision.ordinal {
            1 => String::new(),
            ordinal => visit.language.text_with("decision-ordinal", &[("ordinal", &ordinal)]),
        },
        body: decision.body.filter(|body| of_another(*body)).map_or_else(String::new, |body| {
            let body = choices::body_name(visit.language, body);
            visit.language.text_with("decision-other-body", &[("body", &body)])
        }),
    }
}

fn shown(visit: &Visit, rows: usize, total: Total) -> String {
    let language = visit.language;
    match total {
        Total::Exactly(total) => language.text_with("decisions-shown", &[("rows", &rows), ("total", &total)]),
        Total::MoreThan(least) => language.text_with("decisions-shown-more", &[("rows", &rows), ("total", &least)]),
    }
}
