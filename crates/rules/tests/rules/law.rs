//! The law of the repository loads, its cases come out as written, and the cases show what each condition can say.

use std::collections::BTreeSet;

use rules::ask::Verdict;
use rules::law::{Law, Leaf, Mark, Standard};

use crate::files;

#[test]
fn the_law_fits_together() {
    let law = files::nation();
    assert!(law.award("lao-dong-tien-tien").is_some());
}

#[test]
fn every_case_comes_out_as_written() {
    let law = files::nation();
    let files = files::all();
    let cases = rules::cases::read(&files::pairs(&files)).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    let mut failed = Vec::new();
    for case in &cases {
        let outcome = rules::cases::run(&law, case);
        for difference in &outcome.differences {
            failed.push(format!("{}:{}: {}: {}", case.file, case.line, case.name, difference.en));
        }
    }
    assert!(failed.is_empty(), "{} of {} cases differ:\n{}", failed.len(), cases.len(), failed.join("\n"));
}

/// What a condition of this kind and mark can say at all.
fn possible(leaf: &Leaf) -> &'static [Verdict] {
    let never = leaf.values.iter().all(|value| value.mark == Mark::Never);
    match leaf.condition_name.as_str() {
        "judgement" => &[],
        "missing-text" => &[Verdict::Unknown],
        _ if never => &[Verdict::Unknown],
        "not-rewarded" => &[Verdict::Met, Verdict::Unknown],
        _ => &[Verdict::Met, Verdict::NotMet, Verdict::Unknown],
    }
}

/// Award, standard with its first day and subjects, leaf, verdict.
type Shown = BTreeSet<(String, String, Verdict)>;

fn key(award: &str, standard: &Standard, leaf: &str) -> (String, String) {
    (award.to_owned(), format!("{} from {} {:?}/{leaf}", standard.id, standard.from, standard.subjects))
}

/// What the cases show of each leaf of the orders and medals.
fn shown(law: &Law) -> Shown {
    let files = files::all();
    let cases = rules::cases::read(&files::pairs(&files)).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    let mut shown = Shown::new();
    for case in cases.iter().filter(|case| is_order_or_medal(&case.award)) {
        let Some(answer) = rules::cases::run(law, case).answer else { continue };
        let Some(award) = law.award(&case.award) else { continue };
        let day = rules::regime::choose(law, answer.on, answer.received).day;
        for standard in award.standards_on(day, answer.subject) {
            let id = format!("{}/{}", award.id, standard.id);
            let found = answer.standards.iter().filter(|known| known.id == id);
            for finding in found.flat_map(|known| &known.conditions) {
                let (award, leaf) = key(&award.id, standard, finding.leaf());
                shown.insert((award, leaf, finding.verdict));
            }
        }
    }
    shown
}

fn is_order_or_medal(award: &str) -> bool {
    award.starts_with("huan-chuong-") || award.starts_with("huy-chuong-")
}

#[test]
fn each_condition_of_an_order_or_medal_is_seen_met_not_met_and_unknown() {
    let law = files::nation();
    let shown = shown(&law);
    let mut unseen = Vec::new();
    for award in law.awards.iter().filter(|award| is_order_or_medal(&award.id)) {
        for standard in &award.standards {
            for leaf in standard.leaves.values() {
                let (award, id) = key(&award.id, standard, &leaf.id);
                for verdict in possible(leaf) {
                    if !shown.contains(&(award.clone(), id.clone(), *verdict)) {
                        unseen.push(format!("{award}: {id}: never {verdict:?}"));
                    }
                }
            }
        }
    }
    assert!(unseen.is_empty(), "{} verdicts no case shows:\n{}", unseen.len(), unseen.join("\n"));
}
