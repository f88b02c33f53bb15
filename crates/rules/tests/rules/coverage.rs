//! The cases hold every leaf that decides to met, to not met and to unknown, as far as its kind can be all three.

use std::collections::{BTreeMap, BTreeSet};

use rules::answer::{Answer, Finding};
use rules::ask::Verdict;
use rules::cases::Case;
use rules::facts::{Day, Subject};
use rules::law::{Award, Law, Leaf, Mark, Role};
use rules::regime;

use crate::files;

/// A leaf of one row of a standard, or of a principle, with the first day of that row.
type Place = (String, Day, String);

/// What the cases hold one leaf to.
#[derive(Default)]
struct Held {
    verdicts: BTreeSet<Verdict>,
    /// The first days of the deciding values in force in those cases.
    values: BTreeSet<Day>,
}

/// The verdicts that a kind of condition can come to where its text is at hand.
fn possible(kind: &str) -> &'static [Verdict] {
    match kind {
        // A wording that is not at hand stays open.
        "missing-text" => &[Verdict::Unknown],
        // Without a record of taking part nothing says that the subject did not.
        "registration" => &[Verdict::Met, Verdict::Unknown],
        // Work already rewarded is cut from the years of the sister leaves, and fails there.
        "not-rewarded" => &[Verdict::Met, Verdict::Unknown],
        _ => &[Verdict::Met, Verdict::NotMet, Verdict::Unknown],
    }
}

fn deciding(leaf: &Leaf) -> Vec<Day> {
    leaf.values.iter().filter(|value| value.mark != Mark::Never).map(|value| value.from).collect()
}

/// Every leaf that decides, in the order of the files.
fn asked(law: &Law) -> Vec<(Place, &Leaf)> {
    let standards = law.awards.iter().flat_map(|award| award.standards.iter().map(move |standard| (award, standard)));
    let own = standards.flat_map(|(award, standard)| {
        let of = format!("{}/{}", award.id, standard.id);
        standard.in_order().into_iter().map(move |leaf| ((of.clone(), standard.from, leaf.id.clone()), leaf))
    });
    let shared = law.principles.iter().map(|principle| {
        let leaf = &principle.leaf;
        (("principles".to_owned(), principle.from, leaf.id.clone()), leaf)
    });
    own.chain(shared).filter(|(_, leaf)| leaf.role != Role::Judgement && !deciding(leaf).is_empty()).collect()
}

/// The row of a standard or principle that a finding speaks of, and the leaf in it.
fn row_of<'l>(
    law: &'l Law,
    award: &'l Award,
    subject: Subject,
    day: Day,
    finding: &Finding,
) -> Option<(Place, &'l Leaf)> {
    let mut parts = finding.id.split('/').skip(1);
    let (id, leaf) = (parts.next()?, finding.leaf());
    let standard = award.standards_on(day, subject).find(|standard| standard.id == id)?;
    if let Some(known) = standard.leaves.get(leaf) {
        return Some(((format!("{}/{id}", award.id), standard.from, leaf.to_owned()), known));
    }
    let bound = |principle: &&rules::law::Principle| principle.leaf.id == leaf && principle.binds(award, standard, day);
    let principle = law.principles.iter().find(bound)?;
    Some((("principles".to_owned(), principle.from, leaf.to_owned()), &principle.leaf))
}

/// Whether the case would fail if this finding came out otherwise: it writes the finding down, or its verdict turns on it.
fn holds(case: &Case, answer: &Answer, standard: usize, place: usize) -> bool {
    let finding = &answer.standards[standard].conditions[place];
    let written = finding.id.split_once('/').is_some_and(|(_, path)| case.findings.contains_key(path));
    let mut others =
        [Verdict::Met, Verdict::NotMet, Verdict::Unknown].into_iter().filter(|other| *other != finding.verdict);
    let turns = |other| otherwise(answer, standard, place, other) != answer.verdict;
    written || (answer.provisional.is_none() && others.all(turns))
}

/// The verdict of the answer if one finding came out otherwise.
fn otherwise(answer: &Answer, standard: usize, place: usize, verdict: Verdict) -> Verdict {
    let mut standards = answer.standards.clone();
    standards[standard].conditions[place].verdict = verdict;
    let verdicts = standards.iter().map(|standard| standard.leaning_of(&standard.tree).unwrap_or(Verdict::Unknown));
    verdicts.max().unwrap_or(Verdict::Unknown)
}

/// Adds what one case holds; findings that a text not at hand turned into unknown hold nothing.
fn add(law: &Law, case: &Case, held: &mut BTreeMap<Place, Held>) {
    let Some(answer) = rules::cases::run(law, case).answer else { return };
    let Some(award) = law.award(&case.award) else { return };
    let day = regime::choose(law, answer.on, answer.received).day;
    for (standard, found) in answer.standards.iter().enumerate() {
        for (place, finding) in found.conditions.iter().enumerate() {
            let Some((row, leaf)) = row_of(law, award, answer.subject, day, finding) else { continue };
            let Some(value) = leaf.on(day).filter(|value| value.mark != Mark::Never) else { continue };
            if finding.provisional.is_none() && holds(case, &answer, standard, place) {
                let entry = held.entry(row).or_default();
                entry.verdicts.insert(finding.verdict);
                entry.values.insert(value.from);
            }
        }
    }
}

/// What no case holds a leaf to, in one line.
fn lacking(place: &Place, leaf: &Leaf, held: Option<&Held>) -> Option<String> {
    let (of, from, id) = place;
    let head = format!("{of}/{id} (from {from}, {})", leaf.condition_name);
    let Some(held) = held else { return Some(format!("{head}: no case")) };
    let mut lacks: Vec<String> = possible(&leaf.condition_name)
        .iter()
        .filter(|verdict| !held.verdicts.contains(verdict))
        .map(|verdict| format!("{verdict:?}"))
        .collect();
    let unseen = deciding(leaf).into_iter().filter(|from| !held.values.contains(from));
    lacks.extend(unseen.map(|from| format!("a case under the value from {from}")));
    (!lacks.is_empty()).then(|| format!("{head}: {}", lacks.join(", ")))
}

#[test]
fn every_leaf_is_held_to_met_to_not_met_and_to_unknown() {
    let law = files::nation();
    let files = files::all();
    let cases = rules::cases::read(&files::pairs(&files)).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    let mut held = BTreeMap::new();
    cases.iter().for_each(|case| add(&law, case, &mut held));
    let asked = asked(&law);
    let wanting: Vec<String> = asked.iter().filter_map(|(place, leaf)| lacking(place, leaf, held.get(place))).collect();
    assert!(wanting.is_empty(), "{} of {} leaves lack a case:\n{}", wanting.len(), asked.len(), wanting.join("\n"));
}
