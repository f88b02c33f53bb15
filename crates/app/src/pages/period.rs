//! The period report: titles and commendations of a period by form, year, level, sex and kind, beside those of another.

mod cell;
mod form;
pub mod file;
pub mod lines;

use askama::Template;
use axum::http::StatusCode;
use store::reports::counted::{Category, CountBy};
use store::reports::period::{PeriodReport, TotalRow, report};

use self::cell::Base;
use self::form::{Form, Question};
use crate::error::Error;
use crate::frame::Frame;
use crate::period::pictures::Picture;
use crate::period::tables::Table;
use crate::period::{Telling, asked, forms, words};
use crate::print::{self, Format, Way};
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "period.html")]
struct PeriodPage {
    frame: Frame,
    files: Vec<Way>,
    form: Form,
    shown: Option<Shown>,
}

/// A report as the page shows it.
struct Shown {
    heading: String,
    /// What a reader must know before the figures.
    notes: Vec<String>,
    headlines: Vec<Headline>,
    pictures: Vec<Picture>,
    tables: Vec<Table>,
    base: Base,
    counted: Vec<Dated>,
    paragraphs: Vec<String>,
    is_empty: bool,
}

/// A total that stands large above the pictures.
struct Headline {
    label: String,
    total: String,
    change: String,
}

/// The awards that one way of dating counts.
struct Dated {
    key: &'static str,
    awards: String,
}

/// `GET /bao-cao/giai-doan`.
pub async fn show(visit: Visit) -> Answer {
    let mut form = Form::asked(&visit).await?;
    let question = form.question(&visit).await?;
    let frame = visit.frame(visit.t("period-title")).crumb(visit.t("reports-title"), "/bao-cao");
    let Some(question) = question else {
        return visit
            .page_as(StatusCode::UNPROCESSABLE_ENTITY, &PeriodPage { frame, files: Vec::new(), form, shown: None });
    };
    let viewer = &visit.signed_in()?.viewer;
    let found = report(&visit.app.store, viewer, &question.parameters, visit.day).await?;
    let shown = shown(&visit, &frame, &form, &question, &found)?;
    let files = print::ways(&visit, &Format::ALL);
    visit.page(&PeriodPage { frame, files, form, shown: Some(shown) })
}

fn shown(
    visit: &Visit,
    frame: &Frame,
    form: &Form,
    question: &Question,
    report: &PeriodReport,
) -> Result<Shown, Error> {
    let (language, period) = (visit.language, question.parameters.period);
    let forms = forms::forms(&visit.app.law, report, period.to);
    let unit = question.unit_name(visit)?;
    let telling =
        Telling { language, period, compare: question.parameters.compare, unit: &unit, report, forms: &forms };
    Ok(Shown {
        heading: language.text_with("period-heading", &[("unit", &unit), ("period", &asked::told(language, period))]),
        notes: notes(visit, form, &telling),
        headlines: headlines(&telling),
        pictures: telling.pictures(),
        tables: telling.tables(),
        base: Base::of(frame, question, form.own_only),
        counted: dated(visit, question, report),
        paragraphs: telling.paragraphs(),
        is_empty: report.forms.is_empty(),
    })
}

fn notes(visit: &Visit, form: &Form, telling: &Telling<'_>) -> Vec<String> {
    let language = visit.language;
    let mut notes = Vec::new();
    let ends_later = asked::end(&form.to.typed).is_some_and(|end| end.last() > visit.day);
    if ends_later {
        notes.push(language.text_with("period-note-until", &[("day", &language.day(visit.day))]));
    }
    notes.extend(telling.lengths());
    notes.extend(telling.left_out());
    notes
}

/// Flags and commendations; titles are too many to stand beside them.
fn headlines(telling: &Telling<'_>) -> Vec<Headline> {
    let language = telling.language;
    let totals = telling.given().filter(|total| total.category != Category::Title);
    let headline = |total: &TotalRow| {
        let compared = total.row.change.zip(telling.compare);
        let change = compared.map(|(change, period)| {
            let (percent, period) = (words::change(language, Some(change)), asked::told(language, period));
            let key = if change.base == 0 { "period-headline-none" } else { "period-headline-change" };
            language.text_with(key, &[("change", &percent), ("period", &period), ("base", &change.base)])
        });
        let category = language.text(words::category_key(total.category));
        Headline {
            label: format!("{category} – {}", language.text(words::of_key(total.subject))),
            total: language.number(total.row.total.lines.into()),
            change: change.unwrap_or_default(),
        }
    };
    totals.map(headline).collect()
}

/// Which of the awards in the report count by title year and which by the day of decision.
fn dated(visit: &Visit, question: &Question, report: &PeriodReport) -> Vec<Dated> {
    let ways =
        [(CountBy::TitleYear, "period-counted-title-year"), (CountBy::DecisionDay, "period-counted-decision-day")];
    let dated = ways.map(|(by, key)| {
        let mut names: Vec<String> = Vec::new();
        for row in report.forms.iter().filter(|row| row.by == by) {
            let name = visit.app.law.name(&row.award, question.parameters.period.to);
            let name = visit.language.pick(&name).to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Dated { key, awards: names.join("; ") }
    });
    dated.into_iter().filter(|dated| !dated.awards.is_empty()).collect()
}
