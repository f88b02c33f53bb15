//! `vinhdanh law coverage`: every honour under every regime: decided, partly or unknown, and what is missing.

use std::collections::BTreeMap;

use rules::law::Law;
use serde_json::{Value, json};

use crate::citation;
use crate::cli::{Format, Telling};
use crate::coverage::{self, Cell, Coverage, Reach};

/// Columns of a cell: the longest word and a space.
const WIDTH: usize = 20;
/// Columns of the name of an honour.
const NAME: usize = 52;

/// Prints the coverage of a law.
pub fn print(law: &Law, telling: Telling) {
    let rows = coverage::of(law);
    match telling.format {
        Format::Json => say!("{}", described(law, &rows)),
        Format::Text => table(law, &rows, telling),
    }
}

fn described(law: &Law, rows: &[Coverage<'_>]) -> Value {
    let regimes = coverage::regimes(law);
    let cell = |(day, cell): (&rules::facts::Day, &Cell<'_>)| json!({"from": day, "reach": cell.reach.word(), "verified": cell.verified, "unverified": cell.unverified, "waiting": cell.waiting});
    let row = |row: &Coverage<'_>| json!({"award": row.award.id, "regimes": regimes.iter().zip(&row.cells).map(cell).collect::<Vec<_>>()});
    json!({"regimes": regimes, "awards": rows.iter().map(row).collect::<Vec<_>>()})
}

fn table(law: &Law, rows: &[Coverage<'_>], telling: Telling) {
    let language = telling.lang;
    let regimes = coverage::regimes(law);
    let heads: String = regimes.iter().map(|day| format!("{:<WIDTH$}", language.day(*day))).collect();
    say!("{:<NAME$}{}", language.text("coverage-award"), heads.trim_end());
    let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let latest = regimes.iter().zip(&row.cells).rev().find(|(_, cell)| cell.reach != Reach::NotGiven);
        let name = row.award.name(latest.map_or(regimes[0], |(day, _)| *day));
        let cells: String = row.cells.iter().map(|cell| format!("{:<WIDTH$}", told(cell, telling))).collect();
        say!("{:<NAME$}{}", language.pick(&name), cells.trim_end());
        for (text, count) in row.cells.iter().flat_map(|cell| &cell.waiting) {
            *waiting.entry(text).or_default() += count;
        }
    }
    say!("\n{}", language.text("coverage-legend"));
    for (text, count) in waiting {
        let text = citation::text(law, text, language);
        say!("- {}", language.text_with("coverage-waits", &[("text", &text), ("count", &count)]));
    }
}

/// The word of a cell, with how many of its conditions were checked where that is not all.
fn told(cell: &Cell<'_>, telling: Telling) -> String {
    let word = telling.lang.text(cell.reach.key());
    match cell.unverified {
        0 => word.into_owned(),
        _ => format!("{word} ({}/{})", cell.verified, cell.verified + cell.unverified),
    }
}
