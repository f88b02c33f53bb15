//! The yearly grades of a whole unit: fifty people on a form, one reason, only what changed is written.

use askama::Template;
use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::{Datelike, NaiveDate};
use rules::facts::{Grade, Year};
use store::access;
use store::entry::{self, Named, Subject};
use store::error::StoreError;
use store::page::{Listed, Page};
use store::words;
use store::yearly::{self, Line};
use uuid::Uuid;

use crate::entry::form::{Typed, why_wrong};
use crate::entry::kinds::GRADES;
use crate::entry::page::{base, record_crumbs};
use crate::error::{Error, Refusal};
use crate::field;
use crate::frame::Frame;
use crate::query;
use crate::visit::{Answer, Visit};

/// People of one form.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "yearly_grades.html")]
struct YearlyPage {
    frame: Frame,
    whose: String,
    whose_href: String,
    year: Year,
    year_typed: String,
    year_wrong: String,
    saved: String,
    refused: String,
    grades: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    why: String,
    why_wrong: String,
    decided: String,
    decided_wrong: String,
    number: String,
    shown: String,
    first: String,
    next: String,
    back: String,
}

struct Row {
    id: String,
    name: String,
    post: String,
    /// The grade chosen, and the step that the form saw last; empty where there is none.
    chosen: String,
    last: String,
    excepted: String,
    /// Whether somebody else wrote the grade since the form was opened, and what stands now.
    changed: String,
}

/// What is asked: whose, for which year, which page.
struct Asked {
    whose: Named,
    year: Year,
    year_wrong: String,
    listed: Listed<Line>,
}

/// `GET /tap-the/{id}/xep-loai`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let asked = asked(&visit, id?.0).await?;
    let status = if asked.year_wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    visit.page_as(status, &page(&visit, &asked, &Typed::read(b"")))
}

/// `POST /tap-the/{id}/xep-loai`.
pub async fn enter(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: Bytes) -> Answer {
    let asked = asked(&visit, id?.0).await?;
    let typed = Typed::read(&body);
    let mut page = page(&visit, &asked, &typed);
    page.why_wrong = why_wrong(&page.why, visit.language);
    let decided = field::day(&page.decided).filter(|day| *day <= visit.today);
    if !page.decided.is_empty() && decided.is_none() {
        page.decided_wrong = visit.t("entry-wrong-day");
    }
    if page.rows.iter().any(|row| !row.changed.is_empty()) {
        page.refused = visit.t("entry-year-changed");
        return visit.page_as(StatusCode::CONFLICT, &page);
    }
    let wrong = [&page.why_wrong, &page.decided_wrong, &page.year_wrong];
    let changes = changes(&asked.listed.rows, &typed);
    if changes.is_empty() && wrong.iter().all(|wrong| wrong.is_empty()) {
        page.refused = visit.t("entry-wrong-same");
    }
    if !page.refused.is_empty() || wrong.iter().any(|wrong| !wrong.is_empty()) {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let (year, count) = (asked.year, changes.len());
    let number = Some(page.number.clone()).filter(|number| !number.is_empty());
    let viewer = &visit.signed_in()?.viewer;
    let (store, at) = (&visit.app.store, visit.app.settings.clock.now());
    let mut contents = Vec::with_capacity(count);
    for (line, grade) in &changes {
        contents.push(match &line.grade {
            Some(held) => match store.content(viewer.office, "grade", held.record).await? {
                Some(serde_json::Value::Object(mut content)) => {
                    content.insert("grade".to_owned(), words::text(*grade).into());
                    content
                }
                _ => return Err(Error::Conflict(String::new())),
            },
            None => [
                ("person", line.person.to_string().into()),
                ("year", year.into()),
                ("grade", words::text(*grade).into()),
                ("decided", decided.map(|day| day.to_string()).into()),
                ("number", number.clone().into()),
            ]
            .map(|(name, value): (&str, serde_json::Value)| (name.to_owned(), value))
            .into_iter()
            .collect(),
        });
    }
    let written = store.step(viewer.office, Some(viewer.account), at, &page.why, async |step| {
        for ((line, _), content) in changes.iter().zip(contents) {
            match &line.grade {
                Some(held) => {
                    step.unchanged_since("grade", held.record, held.last).await?;
                    step.correct_named("grade", content).await?;
                }
                None => {
                    step.add_named("grade", content)?;
                }
            }
        }
        Ok(())
    });
    match written.await {
        Ok(()) => {
            let (year, count) = (year.to_string(), count.to_string());
            let here = query::address(&visit.path, &[("nam", &year), ("da-ghi", &count)]);
            Ok(Redirect::to(&here).into_response())
        }
        Err(StoreError::Changed | StoreError::Duplicate(_)) => {
            page.refused = visit.t("entry-year-changed");
            visit.page_as(StatusCode::CONFLICT, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The lines whose grade differs from the one on record; a grade is not taken back by an empty choice.
fn changes<'l>(lines: &'l [Line], typed: &Typed) -> Vec<(&'l Line, Grade)> {
    let change = |line: &'l Line| {
        let grade: Grade = words::parse(typed.get(&format!("xl-{}", line.person))).ok()?;
        (line.grade.as_ref().map(|held| held.grade) != Some(grade)).then_some((line, grade))
    };
    lines.iter().filter_map(change).collect()
}

async fn asked(visit: &Visit, id: Uuid) -> Result<Asked, Error> {
    let viewer = &visit.signed_in()?.viewer;
    if !access::writes(viewer, "grade") {
        return Err(Error::Forbidden(Refusal::Role));
    }
    let whose = entry::writable(&visit.app.store, viewer, "grade", Subject::Unit(id), visit.today).await?;
    let typed = visit.asked("nam").unwrap_or_default();
    let this_year = visit.today.year();
    let read = field::year(typed).filter(|year| *year <= this_year);
    let year_wrong = if typed.is_empty() || read.is_some() { String::new() } else { visit.t("entry-wrong-year") };
    let year = read.unwrap_or(this_year - 1);
    let last_day = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(visit.today);
    let after = visit.asked("sau").and_then(|id| id.parse().ok());
    let page = Page { after, size: ROWS };
    let on = last_day.min(visit.today);
    let listed = yearly::lines(&visit.app.store, viewer, id, year, on, visit.today, page).await?;
    Ok(Asked { whose, year, year_wrong, listed })
}

fn page(visit: &Visit, asked: &Asked, typed: &Typed) -> YearlyPage {
    let Asked { whose, year, year_wrong, listed } = asked;
    let year_text = year.to_string();
    let next = listed.next.map(|id| id.to_string());
    let saved = visit.asked("da-ghi").and_then(|count| count.parse::<usize>().ok());
    let total = visit.language.text_with("entry-year-shown", &[("rows", &listed.rows.len())]);
    let title = visit.language.text_with("entry-year-title", &[("year", &year_text)]);
    YearlyPage {
        frame: record_crumbs(visit.frame(title), whose, visit),
        whose: whose.name.clone(),
        whose_href: base(whose.subject),
        year: *year,
        year_typed: visit.asked("nam").map_or_else(|| year_text.clone(), str::to_owned),
        year_wrong: year_wrong.clone(),
        saved: saved
            .map_or_else(String::new, |count| visit.language.text_with("entry-year-saved", &[("count", &count)])),
        refused: String::new(),
        grades: GRADES.words.iter().map(|word| (*word, (GRADES.said)(visit.language, word))).collect(),
        rows: listed.rows.iter().map(|line| row(visit, line, typed)).collect(),
        why: typed.get("ly-do").to_owned(),
        why_wrong: String::new(),
        decided: typed.get("ngay-quyet-dinh").to_owned(),
        decided_wrong: String::new(),
        number: typed.get("so").to_owned(),
        shown: total,
        first: visit.asked("sau").map_or_else(String::new, |_| query::address(&visit.path, &[("nam", &year_text)])),
        next: next.map_or_else(String::new, |id| query::address(&visit.path, &[("nam", &year_text), ("sau", &id)])),
        back: base(whose.subject),
    }
}

fn row(visit: &Visit, line: &Line, typed: &Typed) -> Row {
    let chosen = typed.get(&format!("xl-{}", line.person));
    let seen = typed.get(&format!("sau-{}", line.person));
    let held = line.grade.as_ref().map(|held| words::text(held.grade));
    let last = line.grade.as_ref().map_or_else(String::new, |held| held.last.to_string());
    let is_sent = typed.pairs().any(|(name, _)| name.strip_prefix("sau-") == Some(line.person.to_string().as_str()));
    let now = held.as_deref().map_or_else(|| visit.t("entry-none"), |word| (GRADES.said)(visit.language, word));
    let changed = is_sent && seen != last;
    Row {
        id: line.person.to_string(),
        name: line.full_name.clone(),
        post: line.post.clone().unwrap_or_default(),
        chosen: if chosen.is_empty() { held.unwrap_or_default() } else { chosen.to_owned() },
        excepted: line.excepted.clone().unwrap_or_default(),
        changed: if changed { visit.language.text_with("entry-year-now", &[("grade", &now)]) } else { String::new() },
        last,
    }
}
