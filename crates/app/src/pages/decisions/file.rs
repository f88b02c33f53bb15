//! The list of decisions as a sheet: every decision that the filter of the page wants, with its state.

use axum::extract::Path;
use documents::sheet::{Cell, Sheet};
use store::decisions::{self, DecisionRow};

use super::Form;
use crate::error::Error;
use crate::listing::{Gathered, answer, column};
use crate::register::choices;
use crate::visit::{Answer, Visit};

/// `GET /quyet-dinh/tep/{format}`.
pub async fn show(visit: Visit, Path(format): Path<String>) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let filter = Form::asked(&visit).filter(&visit).ok_or(Error::Invalid(visit.t("print-wrong-question")))?;
    let mut found = Gathered::default();
    while let Some(page) = found.next {
        found.add(&visit, decisions::list(&visit.app.store, viewer, &filter, visit.day, page).await?)?;
    }
    let columns = vec![
        column(&visit, "decision-column-place", 6.0),
        column(&visit, "decisions-column-number", 20.0),
        column(&visit, "decisions-column-day", 12.0),
        column(&visit, "decisions-issuer", 14.0),
        column(&visit, "decisions-column-authority", 30.0),
        column(&visit, "decisions-column-summary", 60.0),
        column(&visit, "decisions-column-lines", 10.0),
        column(&visit, "decisions-body", 24.0),
        column(&visit, "decisions-state", 30.0),
    ];
    let rows = found.rows.iter().enumerate().map(|(place, decision)| row(&visit, place, decision)).collect();
    let sheet = Sheet { name: visit.t("decisions-title"), above: Vec::new(), columns, rows };
    answer(&visit, &format, "danh-sach-quyet-dinh", sheet).await
}

fn row(visit: &Visit, place: usize, decision: &DecisionRow) -> Vec<Cell> {
    vec![
        Cell::Number((place + 1) as f64),
        Cell::Text(decision.number.clone()),
        Cell::Day(decision.day),
        Cell::Text(decision.issuer.clone()),
        Cell::Text(decision.authority.clone()),
        Cell::Text(decision.summary.clone()),
        Cell::Number(decision.lines.into()),
        decision.body.map_or(Cell::Empty, |body| Cell::Text(choices::body_name(visit.language, body))),
        Cell::Text(state(visit, decision)),
    ]
}

/// What the page says beside the number.
fn state(visit: &Visit, decision: &DecisionRow) -> String {
    let marks = [
        (decision.revoked, "decision-revoked"),
        (decision.amended, "decision-amended"),
        (decision.lost, "decision-lost"),
        (decision.illustrative, "decision-illustrative"),
    ];
    let said = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, key)| visit.t(key));
    let twin =
        (decision.ordinal > 1).then(|| visit.language.text_with("decision-ordinal", &[("ordinal", &decision.ordinal)]));
    said.chain(twin).collect::<Vec<_>>().join("; ")
}
