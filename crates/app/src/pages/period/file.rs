//! The period report as a file, asked for with the same form as the page.

use axum::extract::Path;
use store::reports::period::report;

use super::form::Form;
use crate::error::Error;
use crate::period::{Telling, forms};
use crate::print::{Format, Letterhead};
use crate::visit::{Answer, Visit};

/// `GET /bao-cao/giai-doan/tep/{format}`.
pub async fn show(visit: Visit, Path(format): Path<String>) -> Answer {
    let format = Format::of(&format).ok_or(Error::NotFound)?;
    let mut form = Form::asked(&visit).await?;
    let question = form.question(&visit).await?.ok_or(Error::Invalid(visit.t("print-wrong-question")))?;
    let viewer = &visit.signed_in()?.viewer;
    let found = report(&visit.app.store, viewer, &question.parameters, visit.day).await?;
    let letterhead = Letterhead::of(&visit).await?;
    let forms = forms::forms(&visit.app.law, &found, question.parameters.period.to);
    let unit = question.unit_name(&visit)?;
    let telling = Telling {
        language: visit.language,
        period: question.parameters.period,
        compare: question.parameters.compare,
        unit: &unit,
        report: &found,
        forms: &forms,
    };
    let printable = telling.printable(&letterhead, visit.day);
    printable.answer(format).await
}
