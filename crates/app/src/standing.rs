//! How firmly the loaded law stands on a day: checked against the official text, not checked, or waiting for a text.

use std::collections::{BTreeMap, BTreeSet};

use rules::facts::Day;
use rules::law::{Award, Law, Leaf, Mark, Principle, Role, Row, Source, Standard, Value};
use rules::layer;

/// How firm one value is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'l> {
    Verified,
    /// Used, but not checked against the official text.
    Unverified,
    /// A text must be loaded first.
    Waits {
        /// The id of that text.
        text: &'l str,
        /// The last day for which the value is known to hold; none where it was never known.
        until: Option<Day>,
    },
}

/// How much of an honour's standards is at hand on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded<'l> {
    Whole,
    /// Some conditions wait for a text.
    Partly,
    /// The values are those of a text that has since been changed by one that is not at hand.
    ToCheck {
        text: &'l str,
        until: Day,
    },
    Nothing,
}

/// The values of an honour on a day, counted by how firm they are.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally<'l> {
    pub verified: usize,
    pub unverified: usize,
    /// From the id of a text to the number of values that wait for it.
    pub waiting: BTreeMap<&'l str, usize>,
}

impl<'l> Tally<'l> {
    /// How many values wait for a text.
    pub fn waits(&self) -> usize {
        self.waiting.values().sum()
    }

    fn add(&mut self, standing: Standing<'l>) {
        match standing {
            Standing::Verified => self.verified += 1,
            Standing::Unverified => self.unverified += 1,
            Standing::Waits { text, .. } => *self.waiting.entry(text).or_default() += 1,
        }
    }
}

/// How firm a dated row is on a day.
pub fn of_row<'l, T>(law: &'l Law, row: &'l Row<T>, day: Day) -> Standing<'l> {
    firmness(law, &row.source, row.mark, None, day)
}

/// How firm a value of a leaf is on a day; what is left to the council waits for no text.
pub fn of_value<'l>(law: &'l Law, leaf: &'l Leaf, value: &'l Value, day: Day) -> Standing<'l> {
    if leaf.role == Role::Judgement && value.mark != Mark::Never {
        return by_mark(value.mark);
    }
    // What an office asks for stands on the text of the nation beneath it.
    let beneath = layer::basis(law, leaf, value, day).map(|basis| of_value(law, leaf, basis, day));
    if let Some(waits @ Standing::Waits { .. }) = beneath {
        return waits;
    }
    let needs = value.needs.as_deref().or(value.condition.links().needs);
    firmness(law, &value.source, value.mark, needs, day)
}

/// How much of the standards of an honour is at hand on a day.
pub fn loaded<'l>(law: &'l Law, award: &'l Award, day: Day) -> Loaded<'l> {
    let standards = award.standards.iter().filter(|standard| standard.touches(day));
    let values = standards.flat_map(|standard| values(standard, day)).filter(|(leaf, _)| leaf.role != Role::Judgement);
    let found: Vec<Standing<'l>> = values.map(|(leaf, value)| of_value(law, leaf, value, day)).collect();
    let unknown = |standing: &Standing<'_>| matches!(standing, Standing::Waits { until: None, .. });
    if found.iter().all(unknown) {
        return Loaded::Nothing;
    }
    let ended = found.iter().filter_map(|standing| match standing {
        Standing::Waits { text, until: Some(until) } => Some((*until, *text)),
        _ => None,
    });
    match ended.min() {
        Some((until, text)) => Loaded::ToCheck { text, until },
        None if found.iter().any(unknown) => Loaded::Partly,
        None => Loaded::Whole,
    }
}

/// Every value of an honour in force on a day, its rows as well as its conditions, counted by how firm it is.
pub fn tally<'l>(law: &'l Law, award: &'l Award, day: Day) -> Tally<'l> {
    let mut tally = Tally::default();
    for rows in [&award.names, &award.decided_by, &award.papers, &award.deadlines, &award.notes] {
        add_rows(&mut tally, law, rows, day);
    }
    add_rows(&mut tally, law, &award.bonuses, day);
    add_rows(&mut tally, law, &award.votes, day);
    add_rows(&mut tally, law, &award.quotas, day);
    for standard in award.standards.iter().filter(|standard| standard.touches(day)) {
        for (leaf, value) in values(standard, day) {
            tally.add(of_value(law, leaf, value, day));
        }
    }
    for principle in principles(law, award, day) {
        if let Some(value) = principle.leaf.on(day) {
            tally.add(of_value(law, &principle.leaf, value, day));
        }
    }
    tally
}

/// The principles that bind, or may bind, a standard of an honour on a day.
pub fn principles<'l>(law: &'l Law, award: &'l Award, day: Day) -> impl Iterator<Item = &'l Principle> {
    let standards = move || award.standards.iter().filter(move |standard| standard.touches(day));
    law.principles.iter().filter(move |principle| standards().any(|standard| principle.binds(award, standard, day)))
}

/// The days on which something about an honour changes, in order: a row or a condition begins or ends, or a text that
/// is loaded gives way to one that is not.
pub fn changes(law: &Law, award: &Award) -> Vec<Day> {
    let mut days = BTreeSet::new();
    for rows in [&award.names, &award.decided_by, &award.papers, &award.deadlines, &award.notes] {
        rows.iter().for_each(|row| add_ends(&mut days, row.from, row.until));
    }
    award.bonuses.iter().for_each(|row| add_ends(&mut days, row.from, row.until));
    award.votes.iter().for_each(|row| add_ends(&mut days, row.from, row.until));
    award.quotas.iter().for_each(|row| add_ends(&mut days, row.from, row.until));
    for standard in &award.standards {
        add_ends(&mut days, standard.from, standard.until);
        let values = standard.leaves.values().flat_map(|leaf| &leaf.values);
        days.extend(values.clone().map(|value| value.from.max(standard.from)));
        days.extend(values.filter_map(|value| gives_way(law, standard, value)));
        let bound = law.principles.iter().filter(|principle| principle.binds(award, standard, principle.from));
        bound.for_each(|principle| add_ends(&mut days, principle.from, principle.until));
    }
    days.into_iter().collect()
}

/// The values of the leaves of a standard on a day, in the order of the tree.
pub fn values(standard: &Standard, day: Day) -> impl Iterator<Item = (&Leaf, &Value)> {
    standard.in_order().into_iter().filter_map(move |leaf| Some((leaf, leaf.on(day)?)))
}

fn add_rows<'l, T>(tally: &mut Tally<'l>, law: &'l Law, rows: &'l [Row<T>], day: Day) {
    rows.iter().filter(|row| row.holds(day)).for_each(|row| tally.add(of_row(law, row, day)));
}

fn add_ends(days: &mut BTreeSet<Day>, from: Day, until: Option<Day>) {
    days.insert(from);
    days.extend(until.and_then(|until| until.succ_opt()));
}

/// The day after the last for which the wording of a value is at hand, if the standard then still stands.
fn gives_way(law: &Law, standard: &Standard, value: &Value) -> Option<Day> {
    let day = law.documents.get(&value.source.document)?.loaded_until?.succ_opt()?;
    (value.mark != Mark::Never && standard.touches(day)).then_some(day)
}

fn firmness<'l>(law: &'l Law, source: &'l Source, mark: Mark, needs: Option<&'l str>, day: Day) -> Standing<'l> {
    if mark == Mark::Never {
        return Standing::Waits { text: needs.unwrap_or(&source.document), until: None };
    }
    let document = law.documents.get(&source.document);
    let ended = document.and_then(|document| Some((document, document.loaded_until.filter(|last| *last < day)?)));
    match ended {
        Some((document, last)) => {
            Standing::Waits { text: document.next.as_deref().unwrap_or(&document.id), until: Some(last) }
        }
        None => by_mark(mark),
    }
}

fn by_mark<'l>(mark: Mark) -> Standing<'l> {
    if mark == Mark::Verified { Standing::Verified } else { Standing::Unverified }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rules::facts::Day;
    use rules::law::Law;

    use super::{Loaded, Tally, changes, loaded, tally};

    const TEXTS: &str = r#"
[[document]]
id = "1/2022"
vi = "Luật số 1/2022"
en = "Law 1/2022"
from = 2024-01-01
loaded_until = 2026-09-30
next = "2/2026"
mark = "V"

[[document]]
id = "2/2026"
vi = "Luật số 2/2026"
en = "Law 2/2026"
from = 2026-10-01
mark = "V"
at_hand = false
"#;

    const AWARD: &str = r#"
id = "giay-khen"
class = "hinh-thuc"
level = "co-so"
subjects = ["ca-nhan"]
order = 600

[[name]]
from = 2020-01-01
vi = "Giấy khen"
en = "Certificate"
source = { document = "2/2026" }
mark = "R+"

[[standard]]
id = "cong-trang"
subjects = ["ca-nhan"]
vi = "Công trạng"
en = "Merit"
from = 2024-01-01
tree = { all = ["muc-do", "nguyen-van"] }

[standard.leaf.muc-do]
condition = "year-grade"
grade = "tot"
source = { document = "1/2022", article = "75" }
mark = "V"

[standard.leaf.nguyen-van]
condition = "missing-text"
vi = "Điều kiện khác"
en = "Other conditions"
needs = "2/2026"
source = { document = "1/2022", article = "75" }
mark = "R-"
"#;

    #[test]
    fn before_its_first_standard_nothing_is_at_hand() {
        let law = law();
        assert_eq!(loaded(&law, &law.awards[0], day("2023-12-31")), Loaded::Nothing);
        let expected = Tally { verified: 0, unverified: 1, waiting: BTreeMap::new() };
        assert_eq!(tally(&law, &law.awards[0], day("2023-12-31")), expected);
    }

    #[test]
    fn a_condition_without_its_wording_leaves_the_standard_loaded_in_part() {
        let law = law();
        assert_eq!(loaded(&law, &law.awards[0], day("2026-09-30")), Loaded::Partly);
        let expected = Tally { verified: 1, unverified: 1, waiting: BTreeMap::from([("2/2026", 1)]) };
        assert_eq!(tally(&law, &law.awards[0], day("2026-09-30")), expected);
    }

    #[test]
    fn from_the_day_after_the_last_loaded_the_values_are_to_be_checked() {
        let law = law();
        let expected = Loaded::ToCheck { text: "2/2026", until: day("2026-09-30") };
        assert_eq!(loaded(&law, &law.awards[0], day("2026-10-01")), expected);
        assert_eq!(changes(&law, &law.awards[0]), ["2020-01-01", "2024-01-01", "2026-10-01"].map(day));
    }

    fn law() -> Law {
        rules::load::load(&[("documents.toml", TEXTS), ("awards/giay-khen.toml", AWARD)], &[]).expect("one honour")
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }
}
