//! The journal: what was signed last, the last verification, and every leaf with who, when and what.

pub mod leaf;

use askama::Template;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, REFRESH};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use store::access;
use store::error::StoreError;
use store::journal::checkpoints::{self, Signed};
use store::journal::listing::{self, Asked, Line, Listing};
use store::schema::{STEP, TABLES};

use crate::error::Error;
use crate::field::{self, Field};
use crate::frame::Frame;
use crate::language::Language;
use crate::verification::{self, Outcome};
use crate::verifying;
use crate::visit::{Answer, Visit};
use crate::{clock, query};

/// Rows of one page.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "journal.html")]
struct JournalPage {
    frame: Frame,
    signed: String,
    key: Option<String>,
    outcome: OutcomeTold,
    is_verifying: bool,
    form: Form,
    nouns: Vec<Choice>,
    rows: Vec<Row>,
    first: String,
    after: String,
}

struct OutcomeTold {
    tone: &'static str,
    icon: &'static str,
    saying: String,
    findings: Vec<String>,
}

struct Form {
    from: Field,
    until: Field,
    login: Field,
    noun: Field,
}

struct Choice {
    value: &'static str,
    label: String,
}

struct Row {
    href: String,
    n: String,
    at: String,
    who: String,
    what: String,
    why: Option<String>,
}

/// `GET /nhat-ky`.
pub async fn show(visit: Visit) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let mut form = Form::asked(&visit);
    let Some(asked) = form.filter(&visit) else {
        let page = page(&visit, form, Listing { lines: Vec::new(), next: None }).await?;
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let listing = listing::list(&visit.app.store, viewer, &asked, ROWS).await?;
    let page = page(&visit, form, listing).await?;
    let mut answer = visit.page(&page)?;
    if page.is_verifying {
        // The browser asks again by itself, without any script.
        answer.headers_mut().insert(REFRESH, HeaderValue::from_static("2"));
    }
    Ok(answer)
}

/// `POST /nhat-ky/kiem-tra`.
pub async fn verify(visit: Visit) -> Answer {
    reader(&visit)?;
    verification::ask(&visit.app, visit.signed_in()?.viewer.account).await?;
    Ok(Redirect::to("/nhat-ky").into_response())
}

/// `GET /nhat-ky/khoa`: the public key as a file for `vinhdanh verify --key`.
pub async fn key(visit: Visit) -> Answer {
    reader(&visit)?;
    let key = verifier(&visit).await?.ok_or(Error::NotFound)?;
    Ok(file("khoa-nhat-ky.txt", format!("{key}\n")))
}

/// `GET /nhat-ky/moc`: the newest checkpoint as a file for `vinhdanh verify --since`.
pub async fn checkpoint(visit: Visit) -> Answer {
    let office = reader(&visit)?;
    let newest = checkpoints::newest(&visit.app.store, office).await?.ok_or(Error::NotFound)?;
    Ok(file(&format!("moc-{}.txt", newest.size), newest.note))
}

impl Form {
    fn asked(visit: &Visit) -> Self {
        let field = |name| Field::asked(visit, name);
        Self { from: field("tu"), until: field("den"), login: field("nguoi"), noun: field("loai") }
    }

    fn filter(&mut self, visit: &Visit) -> Option<Asked> {
        let language = visit.language;
        let from = self.from.read(language, "field-wrong-day", field::day);
        let until = self.until.read(language, "field-wrong-day", field::day);
        if from.zip(until).is_some_and(|(from, until)| from > until) {
            self.until.wrong = visit.t("field-wrong-order");
        }
        let wrong = [&self.from, &self.until].iter().any(|field| !field.wrong.is_empty());
        let typed = |field: &Field| Some(field.typed.clone()).filter(|typed| !typed.is_empty());
        (!wrong).then(|| Asked {
            from: from.map(begins),
            until: until.and_then(|until| until.checked_add_days(Days::new(1))).map(begins),
            login: typed(&self.login).map(|login| login.to_lowercase()),
            noun: typed(&self.noun),
            before: visit.asked("truoc").and_then(|n| n.parse().ok()),
        })
    }
}

/// The office whose journal the visitor reads.
fn reader(visit: &Visit) -> Result<i32, Error> {
    let viewer = &visit.signed_in()?.viewer;
    if access::reads_journal(viewer) { Ok(viewer.office) } else { Err(StoreError::Forbidden.into()) }
}

async fn verifier(visit: &Visit) -> Result<Option<String>, Error> {
    let office = visit.signed_in()?.viewer.office;
    let keys = visit.app.keys().map_err(|error| Error::Internal(error.to_string()))?;
    let key = checkpoints::verifier(&visit.app.store, office, &keys.journal).await?;
    Ok(key.map(|key| key.to_string()))
}

async fn page(visit: &Visit, form: Form, listing: Listing) -> Result<JournalPage, Error> {
    let office = visit.signed_in()?.viewer.office;
    let newest = checkpoints::newest(&visit.app.store, office).await?;
    let language = visit.language;
    let here = |before: Option<&str>| {
        let kept = visit.query.iter().filter(|(name, value)| name != "truoc" && !value.is_empty());
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        query::address("/nhat-ky", &kept.chain(before.map(|before| ("truoc", before))).collect::<Vec<_>>())
    };
    let last = verification::last(&visit.app, language).await?;
    let nouns = TABLES.iter().chain([&STEP]).map(|table| table.noun);
    Ok(JournalPage {
        frame: visit.frame(visit.t("journal-title")),
        signed: signed(language, newest.as_ref()),
        key: verifier(visit).await?,
        is_verifying: last == Outcome::Running,
        outcome: outcome(language, last),
        nouns: nouns.map(|noun| Choice { value: noun, label: verifying::noun(language, noun) }).collect(),
        first: visit.asked("truoc").map_or_else(String::new, |_| here(None)),
        after: listing.next.map_or_else(String::new, |next| here(Some(&next.to_string()))),
        rows: listing.lines.into_iter().map(|line| row(language, line)).collect(),
        form,
    })
}

fn row(language: Language, line: Line) -> Row {
    Row {
        href: format!("/nhat-ky/{}", line.n),
        n: language.number(line.n.try_into().unwrap_or(i64::MAX)),
        at: instant(language, line.at),
        who: line.actor.clone().unwrap_or_else(|| language.text("journal-program").into_owned()),
        what: what(language, &line),
        why: line.why,
    }
}

/// What was done to which kind of record.
fn what(language: Language, line: &Line) -> String {
    verifying::act(language, &line.noun)
}

fn signed(language: Language, newest: Option<&Signed>) -> String {
    match newest {
        None => language.text("journal-unsigned").into_owned(),
        Some(newest) => language.text_with(
            "journal-signed",
            &[
                ("size", &language.number(newest.size.try_into().unwrap_or(i64::MAX))),
                ("at", &instant(language, newest.at)),
            ],
        ),
    }
}

fn outcome(language: Language, outcome: Outcome) -> OutcomeTold {
    let told = |tone, icon, saying| OutcomeTold { tone, icon, saying, findings: Vec::new() };
    match outcome {
        Outcome::None => told("plain", "info-circle", language.text("journal-never-verified").into_owned()),
        Outcome::Running => told("plain", "hourglass", language.text("journal-verifying").into_owned()),
        Outcome::Failed(at, cause) => {
            let words: [(&str, &dyn crate::language::Word); 2] = [("at", &instant(language, at)), ("cause", &cause)];
            told("bad", "alert-triangle", language.text_with("journal-verify-failed", &words))
        }
        Outcome::Done(at, found) => {
            let number = |number: u64| language.number(number.try_into().unwrap_or(i64::MAX));
            let words: [(&str, &dyn crate::language::Word); 3] =
                [("at", &instant(language, at)), ("leaves", &number(found.leaves)), ("found", &number(found.found))];
            if found.found == 0 {
                return told("good", "circle-check", language.text_with("journal-verified", &words));
            }
            let saying = language.text_with("journal-differs", &words);
            OutcomeTold { findings: found.findings, ..told("bad", "alert-triangle", saying) }
        }
    }
}

/// An instant as its day and minute in Hanoi.
fn instant(language: Language, at: DateTime<Utc>) -> String {
    let local = at + TimeDelta::hours(7);
    format!("{} {}", local.format("%H:%M:%S"), language.day(clock::day_of(at)))
}

/// The instant at which a day begins in Hanoi.
fn begins(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(7)
}

fn file(name: &str, text: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}
