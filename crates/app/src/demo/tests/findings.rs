//! The people and units written to show a finding: from the files through the store to the law, and out comes that finding.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::DateTime;
use rules::ask::Verdict;
use rules::explain::explain;
use rules::facts::{Day, Facts, Kind};
use store::Store;
use store::access::Viewer;
use store::members::LAST_DAY;
use store::page::Page;
use store::people::Filter;
use store::words::Role;
use store::{people, units};
use uuid::Uuid;

use super::{DEMONSTRATION, day, person};
use crate::demo::fill::fill;
use crate::law;

const OFFICE: i32 = 1;

/// A database of its own with the demonstration, in a folder of its own.
struct Filled {
    store: Store,
    viewer: Viewer,
    today: Day,
    folder: PathBuf,
}

/// The demonstration in a database of its own, on its last day.
async fn filled() -> Filled {
    let today = day("2026-11-23");
    let folder = std::env::temp_dir().join(format!("vinhdanh-demonstration-{}", Uuid::now_v7().simple()));
    let store = store::open(&format!("sqlite:{}/demo.db", folder.display())).await.expect("a new database opens");
    store.migrate().await.expect("a new database takes the schema");
    let at = DateTime::from_timestamp(1_795_400_000, 0).expect("an instant");
    fill(&store, OFFICE, today, at).await.expect("the demonstration fits the store");
    let viewer = Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None };
    Filled { store, viewer, today, folder }
}

impl Filled {
    async fn delete(self) {
        self.store.close().await.expect("the database closes");
        std::fs::remove_dir_all(self.folder).expect("the folder of the test goes");
    }
}

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
    let mut wrong = Vec::new();
    for (code, finding) in &DEMONSTRATION.findings {
        let person = person(code);
        let filter = Filter { name: Some(person.name.clone()), ..Filter::everyone(today) };
        let listed =
            people::list(store, viewer, &filter, Page { after: None, size: 50 }).await.expect("the list reads");
        let row = listed
            .rows
            .iter()
            .find(|row| row.full_name == person.name && row.born == Some(person.born))
            .expect("the person is listed");
        let known =
            people::facts(store, viewer, row.id, today).await.expect("the facts read").expect("the person is there");
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
