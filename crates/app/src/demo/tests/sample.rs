//! The sampled office: the same for the same seed, of the size asked for, plausible, and judged by the law.

use std::collections::BTreeSet;

use chrono::DateTime;
use rules::facts::Grade;
use store::verify::database::DatabaseSource;
use store::verify::verify;
use uuid::Uuid;

use super::day;
use crate::demo::Population;
use crate::demo::fill::{Ids, add_part};
use crate::demo::sample::{Sample, known};
use crate::demo::title::{ADVANCED, FIGHTER};

const OFFICE: i32 = 1;

fn drawn(people: usize, seed: u64) -> Vec<Population> {
    Sample::new(people, seed).expect("the files of the demonstration read").collect()
}

/// Everything drawn of everyone, as text.
fn written_out(parts: &[Population]) -> String {
    let people = parts.iter().map(|part| format!("{:?}{:?}", part.people, part.decisions));
    people.collect()
}

#[test]
fn one_seed_draws_the_same_people_and_another_seed_others() {
    assert_eq!(written_out(&drawn(900, 7)), written_out(&drawn(900, 7)));
    assert_ne!(written_out(&drawn(900, 7)), written_out(&drawn(900, 8)));
}

#[test]
fn the_office_has_as_many_people_as_asked_for_and_ten_awards_or_more_each() {
    for people in [0, 1, 900] {
        assert_eq!(drawn(people, 1).iter().map(|part| part.people.len()).sum::<usize>(), people);
    }
    let awards: usize = drawn(2_000, 1).into_iter().map(|part| known(part, day("2026-11-23")).1).sum();
    assert!((8..=16).contains(&(awards / 2_000)), "{awards}");
}

#[test]
fn every_title_rests_on_a_grade_and_every_person_and_decision_is_named_once() {
    let parts = drawn(1_500, 3);
    assert!(parts.len() > 1);
    let mut codes = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for part in &parts {
        for person in &part.people {
            assert!(codes.insert(person.code.clone()), "{}", person.code);
            for title in person.titles.iter().filter(|title| title.award == ADVANCED || title.award == FIGHTER) {
                assert!(person.grade(title.year).is_some_and(|grade| grade >= Grade::Tot), "{} {title:?}", person.code);
            }
        }
        for decision in &part.decisions {
            assert!(numbers.insert((decision.printed(), decision.year)), "{decision:?}");
        }
    }
}

#[tokio::test]
async fn what_is_written_is_found_and_its_journal_holds() {
    let folder = std::env::temp_dir().join(format!("vinhdanh-sample-{}", Uuid::now_v7().simple()));
    let store = store::open(&format!("sqlite:{}/sample.db", folder.display())).await.expect("a new database opens");
    store.migrate().await.expect("a new database takes the schema");
    let today = day("2026-11-23");
    let mut ids = Ids::default();
    for part in drawn(600, 5) {
        let (part, _) = known(part, today);
        let at = DateTime::from_timestamp(1_795_400_000, 0).expect("an instant");
        add_part(&store, OFFICE, &part, today, at, &mut ids).await.expect("a part fits the store");
    }
    let mut source = DatabaseSource::open(&store, OFFICE).await.expect("the records are read");
    let report = verify(&mut source, OFFICE, &[], None).await.expect("the records are read");
    drop(source);
    assert!(report.holds() && report.tree.size > 20_000, "{report:?}");
    store.close().await.expect("the database closes");
    std::fs::remove_dir_all(folder).expect("the folder goes");
}
