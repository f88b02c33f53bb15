//! The lists of who can be proposed as a workbook.

use axum::extract::Path;
use documents::sheet::{Cell, Column, Sheet};
use rules::facts::Subject;
use store::units;

use super::honour::{Question, said};
use super::{is_seen, making, scope};
use crate::error::Error;
use crate::print::{Format, Letterhead, Printable};
use crate::prospects::Snapshot;
use crate::prospects::count;
use crate::prospects::kept::Standing;
use crate::prospects::listed;
use crate::visit::{Answer, Visit};
use crate::wording;

/// Rows of one workbook; a longer list is narrowed by unit first.
const MOST: usize = 50_000;

/// `GET /de-nghi/tep/{format}`: every honour with its numbers.
pub async fn all(visit: Visit, Path(format): Path<String>) -> Answer {
    let format = Format::of(&format).ok_or(Error::NotFound)?;
    let scope = scope(&visit).await?;
    let letterhead = Letterhead::of(&visit).await?;
    let kept = match visit.app.prospects.of(&visit.app, visit.day).await? {
        Snapshot::Ready(kept) => kept,
        Snapshot::Making(done, total) => return making(&visit, done, total),
    };
    let counted = count::by_award(&kept, |standing: &Standing| is_seen(&scope, standing));
    let row = |row: &count::Row| {
        let name = visit.language.pick(&visit.app.law.name(&row.award, visit.day)).to_owned();
        let kind = if row.subject == Subject::TapThe { "prospects-collectives" } else { "prospects-people" };
        let counts = row.tally.0.map(|count| Cell::Number(f64::from(count)));
        [Cell::Text(visit.t(kind)), Cell::Text(name)].into_iter().chain(counts).collect()
    };
    let heads = [visit.t("prospects-subject"), visit.t("prospects-honour")].into_iter();
    let heads = heads.chain(count::heads(visit.language, counted.iter().any(|row| row.provisional)));
    let sheet = Sheet {
        name: visit.t("prospects-title"),
        above: above(&visit, &letterhead, visit.t("prospects-title")),
        columns: columns(heads, &[14.0, 50.0, 16.0, 16.0, 16.0, 16.0]),
        rows: counted.iter().filter(|row| !row.tally.is_nothing()).map(row).collect(),
    };
    drop(kept);
    Printable { name: format!("de-nghi-{}", visit.day), paper: None, sheets: vec![sheet] }.answer(format).await
}

/// `GET /de-nghi/{kind}/{award}/tep/{format}`: the subjects of one honour, with the filters of the page.
pub async fn honour(visit: Visit, Path((kind, award, format)): Path<(String, String, String)>) -> Answer {
    let format = Format::of(&format).ok_or(Error::NotFound)?;
    let scope = scope(&visit).await?;
    let letterhead = Letterhead::of(&visit).await?;
    let tree = units::tree(&visit.app.store, &visit.signed_in()?.viewer, visit.day).await?;
    let question = Question::of(&visit, &kind, &award, &tree)?;
    let kept = match visit.app.prospects.of(&visit.app, visit.day).await? {
        Snapshot::Ready(kept) => kept,
        Snapshot::Making(done, total) => return making(&visit, done, total),
    };
    let seen = |standing: &Standing| is_seen(&scope, standing);
    let rows = listed::rows(&kept, question.subject, &question.award, &question.filter, seen);
    if rows.len() > MOST {
        return Err(Error::Invalid(visit.language.text_with("prospects-too-long", &[("most", &MOST)])));
    }
    let lines = listed::lines(&kept, question.subject, &question.award, &rows);
    let provisional = lines.iter().any(|line| line.mark.is_provisional());
    let which = question.filter.which;
    let which = visit.t(if provisional { which.key_before() } else { which.key() });
    let row = |line: &listed::Line| {
        let node = tree.iter().find(|node| node.unit.id == line.standing.unit);
        let unit = node.map_or_else(String::new, |node| {
            wording::unit_name(visit.language, &node.unit.name, node.unit.name_en.as_deref())
        });
        vec![
            Cell::Text(line.standing.name.clone()),
            Cell::Text(unit),
            Cell::Text(said(&visit, &kept, line).join("; ")),
            if line.lacking > 0 { Cell::Number(f64::from(line.lacking)) } else { Cell::Empty },
            line.earliest.map_or(Cell::Empty, Cell::Day),
        ]
    };
    let heads = ["prospects-name", "prospects-unit", "prospects-missing", "prospects-short", "prospects-earliest"];
    let name = visit.language.pick(&visit.app.law.name(&question.award, visit.day)).to_owned();
    let sheet = Sheet {
        name: visit.t(question.filter.which.key()),
        above: above(&visit, &letterhead, format!("{name}: {which}")),
        columns: columns(heads.map(|key| visit.t(key)).into_iter(), &[32.0, 40.0, 60.0, 12.0, 14.0]),
        rows: lines.iter().map(row).collect(),
    };
    drop(kept);
    Printable { name: format!("{}-{}", question.award, visit.day), paper: None, sheets: vec![sheet] }
        .answer(format)
        .await
}

/// The lines above a table: what it is, of when, and that its data are made up where they are.
fn above(visit: &Visit, letterhead: &Letterhead, title: String) -> Vec<String> {
    let day = visit.language.text_with("prospects-as-of", &[("day", &visit.language.day(visit.day))]);
    [letterhead.name.clone(), title, day].into_iter().chain(letterhead.notice(visit.language)).collect()
}

fn columns(heads: impl Iterator<Item = String>, widths: &[f64]) -> Vec<Column> {
    heads.zip(widths).map(|(name, width)| Column { name, width: *width }).collect()
}
