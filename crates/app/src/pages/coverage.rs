//! The coverage of the law: every honour under every regime, and the texts that are missing.

use std::collections::BTreeMap;

use askama::Template;

use crate::citation;
use crate::coverage::{self, Coverage, Reach};
use crate::frame::Frame;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage {
    frame: Frame,
    /// The first day of each regime.
    regimes: Vec<String>,
    rows: Vec<Row>,
    /// Each missing text with the number of conditions that wait for it.
    missing: Vec<(String, usize)>,
}

struct Row {
    href: String,
    name: String,
    cells: Vec<Cell>,
}

struct Cell {
    tone: &'static str,
    word: String,
    /// How many conditions were checked of how many, where not all were.
    checked: Option<String>,
}

/// `GET /do-phu`.
pub async fn show(visit: Visit) -> Answer {
    let frame = visit.frame(visit.t("coverage-title")).crumb(visit.t("law-title"), "/danh-muc");
    let law = &visit.app.law;
    let covered = coverage::of(law);
    let mut missing: BTreeMap<&str, usize> = BTreeMap::new();
    for (text, count) in covered.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.waiting) {
        *missing.entry(text).or_default() += count;
    }
    let mut missing: Vec<(&str, usize)> = missing.into_iter().collect();
    missing.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = |(text, count): (&str, usize)| (citation::text(law, text, visit.language), count);
    visit.page(&CoveragePage {
        regimes: coverage::regimes(law).iter().map(|day| visit.language.day(*day)).collect(),
        rows: covered.iter().map(|row| line(row, &visit)).collect(),
        missing: missing.into_iter().map(named).collect(),
        frame,
    })
}

fn line(row: &Coverage<'_>, visit: &Visit) -> Row {
    let cell = |cell: &coverage::Cell<'_>| Cell {
        tone: tone(cell.reach),
        word: visit.t(cell.reach.key()),
        checked: (cell.unverified > 0).then(|| format!("{}/{}", cell.verified, cell.verified + cell.unverified)),
    };
    Row {
        href: format!("/danh-muc/{}", row.award.id),
        name: visit.language.pick(&row.award.name(visit.day)).to_owned(),
        cells: row.cells.iter().map(cell).collect(),
    }
}

/// The class of the style sheet under which the word stands; the word itself tells the same.
fn tone(reach: Reach) -> &'static str {
    match reach {
        Reach::NotGiven => "soft",
        Reach::Decided => "met",
        Reach::Partly | Reach::ToCheck => "open",
        Reach::Unknown => "unmet",
    }
}
