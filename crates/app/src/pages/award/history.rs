//! What a condition asked before and what it will ask: its values over every version of its standard.

use rules::facts::Day;
use rules::law::{Award, Law, Leaf, Standard, Value};
use rules::words::Words;

/// A wording of a condition with the days for which it holds.
pub struct Version<'l> {
    pub words: Words,
    pub from: Day,
    pub until: Option<Day>,
    /// The value that bore the wording first.
    pub value: &'l Value,
}

/// The words of a value on a day.
pub fn words(law: &Law, value: &Value, day: Day) -> Words {
    value.words.clone().unwrap_or_else(|| value.condition.words(law, day))
}

/// The versions of a standard over time, itself among them: those of its id for one of its subjects.
pub fn lineage<'l>(award: &'l Award, standard: &Standard) -> Vec<&'l Standard> {
    let shares = |other: &&Standard| {
        other.id == standard.id && other.subjects.iter().any(|subject| standard.subjects.contains(subject))
    };
    let mut found: Vec<&Standard> = award.standards.iter().filter(shares).collect();
    found.sort_by_key(|standard| standard.from);
    found
}

/// Every wording of a leaf over the versions of its standard; wordings alike that follow each other are one.
pub fn versions<'l>(law: &Law, lineage: &[&'l Standard], leaf: &str) -> Vec<Version<'l>> {
    let found = lineage.iter().filter_map(|standard| Some((standard.from, standard.until, standard.leaves.get(leaf)?)));
    joined(found.flat_map(|(from, until, leaf)| of_leaf(law, leaf, from, until)).collect())
}

/// The wordings of one leaf between two days.
pub fn of_leaf<'l>(law: &Law, leaf: &'l Leaf, first: Day, last: Option<Day>) -> Vec<Version<'l>> {
    let next = leaf.values.iter().skip(1).map(|value| value.from.pred_opt()).chain([None]);
    let spans = leaf.values.iter().zip(next).map(|(value, ends)| {
        let until = [ends, last, value.until].into_iter().flatten().min();
        (value, value.from.max(first), until)
    });
    let held = spans.filter(|(_, from, until)| until.is_none_or(|until| *from <= until));
    held.map(|(value, from, until)| Version { words: words(law, value, from), from, until, value }).collect()
}

/// Runs of the same words as one version each.
pub fn joined(versions: Vec<Version<'_>>) -> Vec<Version<'_>> {
    let mut joined: Vec<Version<'_>> = Vec::new();
    for version in versions {
        match joined.last_mut() {
            Some(last)
                if last.words == version.words
                    && last.until.and_then(|until| until.succ_opt()) == Some(version.from) =>
            {
                last.until = version.until;
            }
            _ => joined.push(version),
        }
    }
    joined
}
