//! The people and units written to show a finding: from the files through the store to the law, and out comes that finding.

use std::collections::BTreeSet;

use rules::ask::Verdict;
use rules::explain::explain;
use rules::facts::{Day, Facts, Kind};
use store::members::LAST_DAY;
use store::{people, units};

use super::stored::{everyone, filled};
use super::{DEMONSTRATION, person};
use crate::law;

fn verdict(facts: &Facts, award: &str, on: Day, kind: Option<Kind>) -> &'static str {
    match explain(&law::built_in(), award, facts, on, None, kind).expect("the honour is for such a subject").verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not_met",
        Verdict::Unknown => "unknown",
    }
}

#[tokio::test]
async fn every_person_written_for_a_finding_leads_to_it() {
    let filled = filled().await;
    let (store, viewer, today) = (&filled.store, &filled.viewer, filled.today);
    let listed = everyone(store, viewer, today).await;
    let mut wrong = Vec::new();
    for (code, finding) in &DEMONSTRATION.findings {
        let person = person(code);
        let id = listed[&(person.name.clone(), person.born)];
        let known =
            people::facts(store, viewer, id, today).await.expect("the facts read").expect("the person is there");
        let found = verdict(&known.facts, &finding.award, finding.on, finding.kind);
        if found != finding.verdict {
            wrong.push(format!("{code} {} {}: {found} instead of {}", finding.award, finding.on, finding.verdict));
        }
    }
    filled.delete().await;
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn every_unit_written_for_a_finding_leads_to_it() {
    let filled = filled().await;
    let (store, viewer, today) = (&filled.store, &filled.viewer, filled.today);
    let mut wrong = Vec::new();
    for expected in &DEMONSTRATION.collective_findings {
        let unit = units::find_by_code(store, viewer, &expected.unit, today)
            .await
            .expect("the unit reads")
            .expect("the unit is there");
        let known = units::facts(store, viewer, unit.id, today, LAST_DAY)
            .await
            .expect("the facts read")
            .expect("the unit is there");
        let found = verdict(&known.facts, &expected.award, expected.on, expected.kind);
        if found != expected.verdict {
            wrong.push(format!(
                "{} {} {}: {found} instead of {}",
                expected.unit, expected.award, expected.on, expected.verdict
            ));
        }
    }
    filled.delete().await;
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_verdict_is_shown_by_somebody() {
    let verdicts: BTreeSet<&str> = DEMONSTRATION.findings.iter().map(|(_, finding)| finding.verdict.as_str()).collect();
    assert_eq!(verdicts, BTreeSet::from(["met", "not_met", "unknown"]));
}

#[tokio::test]
async fn nothing_is_conferred_to_which_the_law_of_its_day_says_no() {
    let filled = filled().await;
    let (store, viewer, today) = (&filled.store, &filled.viewer, filled.today);
    let (mut asked, mut refused) = (0, Vec::new());
    let mut ask = |who: &str, facts: &Facts, award: &str, decided: Day, kind: Option<Kind>| {
        let before = decided.pred_opt().expect("a day before");
        asked += 1;
        if verdict(facts, award, before, kind) == "not_met" {
            refused.push(format!("{who} {award} {decided}"));
        }
    };
    let by_merit = |kind: Kind| kind == Kind::CongTrang || kind == Kind::CongHien;
    let listed = everyone(store, viewer, today).await;
    for person in &DEMONSTRATION.people {
        let Some(id) = listed.get(&(person.name.clone(), person.born)) else { continue };
        let known =
            people::facts(store, viewer, *id, today).await.expect("the facts read").expect("the person is there");
        let titles = person.titles.iter().filter(|title| title.decided <= today);
        titles.for_each(|title| ask(&person.code, &known.facts, &title.award, title.decided, None));
        let awards = person.awards.iter().filter(|award| award.decided <= today && by_merit(award.kind));
        awards.for_each(|award| ask(&person.code, &known.facts, &award.award, award.decided, Some(award.kind)));
    }
    for collective in &DEMONSTRATION.collectives {
        let unit = units::find_by_code(store, viewer, &collective.unit, today).await.expect("the unit reads");
        let id = unit.expect("the unit is there").id;
        let known = units::facts(store, viewer, id, today, LAST_DAY).await.expect("the facts read").expect("the unit");
        let titles = collective.titles.iter();
        titles.for_each(|title| ask(&collective.unit, &known.facts, &title.award, title.decided, None));
        let awards = collective.awards.iter().filter(|award| award.decided <= today && by_merit(award.kind));
        awards.for_each(|award| ask(&collective.unit, &known.facts, &award.award, award.decided, Some(award.kind)));
    }
    filled.delete().await;
    assert_eq!(refused, Vec::<String>::new());
    assert!(asked > 6000, "{asked}");
}
