//! The lists of who can be proposed as a workbook.

use axum::extract::Path;

use super::honour::{Question, Units, branch, unit_names};
use super::{is_seen, making, reach};
use crate::error::Error;
use crate::print::{Format, Letterhead, Printable};
use crate::prospects::Snapshot;
use crate::prospects::count;
use crate::prospects::kept::Standing;
use crate::prospects::listed::{self, Line};
use crate::prospects::missing::Told;
use crate::prospects::sheets;
use crate::visit::{Answer, Visit};

/// Rows of one workbook; a longer list is narrowed by unit first.
const MOST: usize = 50_000;

/// `GET /de-nghi/tep/{format}`: every honour with its numbers.
pub async fn all(visit: Visit, Path(format): Path<String>) -> Answer {
    let format = Format::of(&format).ok_or(Error::NotFound)?;
    let reach = reach(&visit).await?;
    let letterhead = Letterhead::of(&visit).await?;
    let kept = match visit.app.prospects.of(&visit.app, visit.day).await? {
        Snapshot::Ready(kept) => kept,
        Snapshot::Making(done, total) => return making(&visit, done, total),
    };
    let counted = count::by_award(&kept, |standing: &Standing| is_seen(&reach, standing));
    let rows: Vec<count::Row> = counted.into_iter().filter(|row| !row.tally.is_nothing()).collect();
    let names: Vec<_> = rows.iter().map(|row| kept.name(&row.award)).collect();
    let rows: Vec<_> = names.iter().map(|name| visit.language.pick(name)).zip(&rows).collect();
    let sheet = sheets::counted(visit.language, &rows, above(&visit, &letterhead, visit.t("prospects-title")));
    drop(kept);
    Printable { name: format!("de-nghi-{}", visit.day), paper: None, sheets: vec![sheet] }.answer(format).await
}

/// `GET /de-nghi/{kind}/{award}/tep/{format}`: the subjects of one honour, with the filters of the page.
pub async fn honour(visit: Visit, Path((kind, award, format)): Path<(String, String, String)>) -> Answer {
    let format = Format::of(&format).ok_or(Error::NotFound)?;
    let reach = reach(&visit).await?;
    let letterhead = Letterhead::of(&visit).await?;
    let branch = branch(&visit, Units::of(&visit).await?.asked(&visit)?).await?;
    let kept = match visit.app.prospects.of(&visit.app, visit.day).await? {
        Snapshot::Ready(kept) => kept,
        Snapshot::Making(done, total) => return making(&visit, done, total),
    };
    let question = Question::of(&visit, &kept, &kind, &award, branch)?;
    let seen = |standing: &Standing| is_seen(&reach, standing);
    let rows = listed::rows(&kept, question.subject, &question.award, &question.filter, seen);
    if rows.len() > MOST {
        return Err(Error::Invalid(visit.language.text_with("prospects-too-long", &[("most", &MOST)])));
    }
    let lines = listed::lines(&kept, question.subject, &question.award, &rows);
    let names = unit_names(&visit, &lines).await?;
    let provisional = lines.iter().any(|line| line.mark.is_provisional());
    let which = question.filter.which;
    let which = visit.t(if provisional { which.key_before() } else { which.key() });
    let told = |line: Line| {
        let unit = names.get(&line.standing.unit).cloned().unwrap_or_default();
        Told::of(&kept, line, unit, visit.language)
    };
    let told: Vec<Told> = lines.into_iter().map(told).collect();
    let honour = visit.language.pick(&kept.name(&question.award)).to_owned();
    let (name, above) =
        (visit.t(question.filter.which.key()), above(&visit, &letterhead, format!("{honour}: {which}")));
    let sheet = sheets::subjects(visit.language, &told, name, above);
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
