//! The scan answers as the explainer does: on the law of the country and on laws made at random.

use chrono::Datelike;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rules::answer::StandardFinding;
use rules::ask::Verdict;
use rules::explain::{Refusal, explain};
use rules::facts::{Day, Facts, Subject};
use rules::law::Law;
use rules::scan::reads::Reads;
use rules::scan::records::Records;
use rules::scan::rulebook::{Progress, Rulebook};
use rules::scan::snapshot::{Place, Snapshot};

use crate::{files, made_laws, populations};

const SUBJECTS: [Subject; 3] = [Subject::CaNhan, Subject::TapThe, Subject::HoGiaDinh];

/// How many populations are made; `VINHDANH_GENERATED` asks for another number.
fn generated(usual: u32) -> Config {
    let cases = std::env::var("VINHDANH_GENERATED").ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// Verdict, provisional verdict, earliest day and whether one step is missing; nearest standard, what blocks it, how many are lacking.
type Told = (String, Option<(String, Vec<String>, u16)>);

fn told_by_explainer(law: &Law, award: &str, facts: &Facts, day: Day) -> Told {
    let answer = explain(law, award, facts, day, None, None).expect("an honour for this subject");
    let nearest = answer.nearest().map(|nearest| {
        let blocking = nearest.blocking();
        let lacking = blocking.first().and_then(|finding| finding.lacking).unwrap_or(0) as u16;
        (nearest.id.clone(), blocking.iter().map(|finding| finding.id.clone()).collect(), lacking)
    });
    let short = answer.nearest().is_some_and(StandardFinding::is_one_short);
    (format!("{:?} {:?} {:?} {short}", answer.verdict, answer.provisional, answer.earliest), nearest)
}

/// What differs between scan and explainer, subject by subject and honour by honour.
fn differences(law: &Law, snapshot: &Snapshot, people: &[(Place, Facts)]) -> Vec<String> {
    let mut found = Vec::new();
    for subject in SUBJECTS {
        let book = Rulebook::new(law, snapshot, subject, |_| true);
        let awards: Vec<&str> = book.awards().map(|award| award.id.as_str()).collect();
        let blocks = book.run(&Progress::default(), |block| {
            let mut told = Vec::new();
            // Before anything else is known of the block, so that each question is put for its own sake.
            let counted: Vec<u64> = (0..awards.len()).map(|place| block.count_met(place)).collect();
            for row in block.rows() {
                for (place, award) in awards.iter().enumerate() {
                    let answered = block.answered(place, row);
                    assert_eq!(block.verdict(place, row), (answered.verdict, answered.provisional), "{award}");
                    let blocked = block.blocked(place, row).map(|it| (it.standard, it.conditions, it.lacking));
                    let short = block.is_one_short(place, row);
                    let verdict =
                        format!("{:?} {:?} {:?} {short}", answered.verdict, answered.provisional, answered.earliest);
                    told.push((row, *award, (verdict, blocked)));
                }
            }
            for (place, counted) in counted.into_iter().enumerate() {
                let met = block.rows().filter(|row| block.answered(place, *row).verdict == Verdict::Met).count() as u64;
                assert_eq!((counted, block.count_met(place)), (met, met), "{}", awards[place]);
            }
            told
        });
        for (row, award, told) in blocks.expect("not cancelled").into_iter().flatten() {
            let (_, facts) = people.iter().find(|(place, _)| *place == Place { subject, row }).expect("a subject");
            let expected = told_by_explainer(law, award, facts, snapshot.day());
            if told != expected {
                found.push(format!("{award}\n  scan     {told:?}\n  explainer {expected:?}\n  {facts:?}"));
            }
        }
    }
    found
}

fn snapshot(day: Day, people: &[Facts]) -> (Snapshot, Vec<(Place, Facts)>) {
    let mut snapshot = Snapshot::new(day);
    let placed = people.iter().map(|facts| (snapshot.push(facts), facts.clone())).collect();
    (snapshot, placed)
}

#[test]
fn the_law_of_the_country_scans_as_it_is_explained() {
    let law = files::nation();
    let words = populations::Words::of(&law);
    let days = ["2016-03-01", "2019-12-31", "2024-02-29", "2025-07-15", "2026-08-01", "2026-11-23"].map(day);
    let one = proptest::sample::select(days.to_vec())
        .prop_flat_map(move |day| (Just(day), proptest::collection::vec(populations::one(&words, day), 1..12)));
    let ran = TestRunner::new(generated(48)).run(&one, |(day, people)| {
        let (snapshot, placed) = snapshot(day, &people);
        let found = differences(&law, &snapshot, &placed);
        prop_assert!(found.is_empty(), "{} differ, the first: {}", found.len(), found[0]);
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn laws_made_at_random_scan_as_they_are_explained() {
    let on = day("2026-03-15");
    let one = made_laws::law().prop_flat_map(move |text| {
        let law = made_laws::load(&text);
        let words = populations::Words::of(&law);
        (Just(text), proptest::collection::vec(populations::one(&words, on), 1..24))
    });
    let ran = TestRunner::new(generated(256)).run(&one, |(text, people)| {
        let law = made_laws::load(&text);
        let (snapshot, placed) = snapshot(on, &people);
        let found = differences(&law, &snapshot, &placed);
        prop_assert!(found.is_empty(), "{} differ, the first: {}", found.len(), found[0]);
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn an_answer_does_not_hang_on_where_a_subject_stands() {
    let on = day("2026-03-15");
    let one = made_laws::law().prop_flat_map(move |text| {
        let words = populations::Words::of(&made_laws::load(&text));
        (Just(text), proptest::collection::vec(populations::one(&words, on), 1..24))
    });
    let ran = TestRunner::new(generated(8)).run(&one, |(text, people)| {
        let law = made_laws::load(&text);
        // More than two blocks, so that each subject stands at many places.
        let crowd: Vec<Facts> = people.iter().cycle().take(601).cloned().collect();
        let (snapshot, placed) = snapshot(on, &crowd);
        let found = differences(&law, &snapshot, &placed);
        prop_assert!(found.is_empty(), "{} differ, the first: {}", found.len(), found[0]);
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

/// One subject of a kind for each of the facts.
fn records(subject: Subject, people: &[Facts]) -> Records {
    let mut records = Records::new(subject);
    people.iter().for_each(|facts| records.push(&Facts { subject, ..facts.clone() }));
    records
}

#[test]
fn a_question_reads_all_that_it_needs_from_the_records() {
    let on = day("2026-03-15");
    let one = made_laws::law().prop_flat_map(move |text| {
        let words = populations::Words::of(&made_laws::load(&text));
        (Just(text), proptest::collection::vec(populations::one(&words, on), 1..12))
    });
    let ran = TestRunner::new(generated(128)).run(&one, |(text, people)| {
        let law = made_laws::load(&text);
        for (award, subject) in law.awards.iter().flat_map(|it| it.subjects.iter().map(move |subject| (it, *subject))) {
            let mut snapshot = Snapshot::reading(on, Reads::of(&law, on, subject, |known| known.id == award.id));
            snapshot.extend(&records(subject, &people));
            let book = Rulebook::new(&law, &snapshot, subject, |known| known.id == award.id);
            let block = book.run(&Progress::default(), |block| {
                let counted = block.count_met(0);
                let answered: Vec<_> = block.rows().map(|row| block.answered(0, row)).collect();
                (counted, answered)
            });
            let (counted, answered) = block.expect("not cancelled").remove(0);
            let explained: Vec<_> = people
                .iter()
                .map(|facts| Facts { subject, ..facts.clone() })
                .map(|facts| explain(&law, &award.id, &facts, on, None, None).expect("an honour for this subject"))
                .collect();
            let found: Vec<_> = answered.iter().map(|it| (it.verdict, it.provisional, it.earliest)).collect();
            let expected: Vec<_> = explained.iter().map(|it| (it.verdict, it.provisional, it.earliest)).collect();
            prop_assert_eq!(found, expected, "{}", &award.id);
            let met = explained.iter().filter(|it| it.verdict == Verdict::Met).count();
            prop_assert_eq!(counted, met as u64, "{}", &award.id);
        }
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
#[should_panic(expected = "made for other questions")]
fn a_snapshot_answers_only_what_it_was_made_for() {
    let (law, on) = (files::nation(), day("2026-03-15"));
    let reads = Reads::of(&law, on, Subject::CaNhan, |award| award.id == "lao-dong-tien-tien");
    let snapshot = Snapshot::reading(on, reads);
    Rulebook::new(&law, &snapshot, Subject::CaNhan, |_| true);
}

#[test]
fn many_subjects_are_answered_alike_however_they_came_into_the_snapshot() {
    let (law, on) = (files::nation(), day("2025-07-15"));
    let words = populations::Words::of(&law);
    let one = proptest::collection::vec(populations::one(&words, on), 30..60);
    let ran = TestRunner::new(generated(2)).run(&one, |people| {
        let wanted = |award: &rules::law::Award| award.id == "chien-si-thi-dua-bo" || award.id == "bang-khen-bo";
        let of = |row: usize| (row * row + row / 3) % people.len();
        let crowd: Vec<Facts> = (0..10_000).map(|row| people[of(row)].clone()).collect();
        // All at once; in uneven parts; one by one in the beginning and corrected in the middle.
        let mut whole = Snapshot::new(on);
        whole.extend(&records(Subject::CaNhan, &crowd));
        let mut parts = Snapshot::new(on);
        let uneven = [(0, 1), (1, 4_000), (4_000, 4_090), (4_090, 9_100), (9_100, 9_100), (9_100, 10_000)];
        uneven.iter().for_each(|(from, to)| parts.extend(&records(Subject::CaNhan, &crowd[*from..*to])));
        let mut corrected = Snapshot::new(on);
        crowd[..100].iter().for_each(|facts| {
            corrected.push(&Facts { subject: Subject::CaNhan, ..facts.clone() });
        });
        let wrong: Vec<Facts> = (100..10_000).map(|row| people[of(row / 7)].clone()).collect();
        corrected.extend(&records(Subject::CaNhan, &wrong));
        for row in (100..10_000).filter(|row| of(*row) != of(row / 7)) {
            let facts = Facts { subject: Subject::CaNhan, ..crowd[row].clone() };
            corrected.set(Place { subject: Subject::CaNhan, row: row as u32 }, &facts);
        }
        let expected: Vec<Vec<_>> = people
            .iter()
            .map(|facts| Facts { subject: Subject::CaNhan, ..facts.clone() })
            .map(|facts| {
                let answer = |award| explain(&law, award, &facts, on, None, None).expect("an honour for people");
                ["chien-si-thi-dua-bo", "bang-khen-bo"].map(answer).map(|it| (it.verdict, it.provisional)).to_vec()
            })
            .collect();
        for snapshot in [&whole, &parts, &corrected] {
            prop_assert_eq!(snapshot.count(Subject::CaNhan), crowd.len());
            let book = Rulebook::new(&law, snapshot, Subject::CaNhan, wanted);
            let places = ["chien-si-thi-dua-bo", "bang-khen-bo"]
                .map(|id| book.awards().position(|award| award.id == id).expect("an honour"));
            let blocks = book.run(&Progress::default(), |block| {
                block.rows().map(|row| places.map(|place| block.verdict(place, row)).to_vec()).collect::<Vec<_>>()
            });
            let found: Vec<_> = blocks.expect("not cancelled").into_iter().flatten().collect();
            prop_assert_eq!(found.len(), crowd.len());
            let wrong = (0..crowd.len()).find(|row| found[*row] != expected[of(*row)]);
            prop_assert_eq!(wrong, None, "{:?}", wrong.map(|row| (&found[row], &expected[of(row)])));
        }
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_changed_record_changes_the_answers_of_its_subject_alone() {
    let law = files::nation();
    let words = populations::Words::of(&law);
    let on = day("2025-07-15");
    let one = proptest::collection::vec((populations::one(&words, on), populations::one(&words, on)), 2..10);
    let ran = TestRunner::new(generated(24)).run(&one, |pairs| {
        let before: Vec<Facts> = pairs.iter().map(|(before, _)| before.clone()).collect();
        let (mut snapshot, mut placed) = snapshot(on, &before);
        for ((place, facts), (_, after)) in placed.iter_mut().zip(pairs) {
            *facts = Facts { subject: place.subject, ..after };
            snapshot.set(*place, facts);
        }
        let found = differences(&law, &snapshot, &placed);
        prop_assert!(found.is_empty(), "{} differ, the first: {}", found.len(), found[0]);
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn records_too_old_for_the_columns_are_answered_all_the_same() {
    let law = files::nation();
    let text = r#"{"subject": "ca-nhan", "recruited": "1948-02-01", "complete": {"titles": [[1948, 2026]]},
        "titles": [{"award": "chien-si-thi-dua-co-so", "year": 1950}]}"#;
    let facts: Facts = serde_json::from_str(text).expect("facts");
    let (snapshot, placed) = snapshot(day("2026-08-01"), &[facts]);
    assert_eq!(differences(&law, &snapshot, &placed), Vec::<String>::new());
}

/// Someone with so many awards of every sort, and years of titles without a gap.
fn decorated(awards: usize) -> Facts {
    const SORTS: [&str; 6] = [
        "giay-khen",
        "bang-khen-bo",
        "bang-khen-thu-tuong",
        "huan-chuong-lao-dong-ba",
        "huan-chuong-lao-dong-nhi",
        "huan-chuong-chien-cong-ba",
    ];
    let given = |place: usize| {
        let (sort, year, month) = (SORTS[place % SORTS.len()], 1990 + place % 35, 1 + place % 12);
        let kind = ["cong-trang", "phong-trao", "dot-xuat"][place % 3];
        format!(r#"{{"award": "{sort}", "decided": "{year}-{month:02}-10", "kind": "{kind}"}}"#)
    };
    let titles = (2005..2026).map(|year| format!(r#"{{"award": "chien-si-thi-dua-co-so", "year": {year}}}"#));
    let text = format!(
        r#"{{"subject": "ca-nhan", "group": "cong-chuc", "born": "1965-01-01", "recruited": "1988-02-01",
        "complete": {{"titles": [[1988, 2026]], "awards": [[1988, 2026]], "disciplines": [[1988, 2026]]}},
        "titles": [{}], "awards": [{}]}}"#,
        titles.collect::<Vec<_>>().join(","),
        (0..awards).map(given).collect::<Vec<_>>().join(",")
    );
    serde_json::from_str(&text).expect("facts")
}

#[test]
fn a_subject_with_more_awards_than_a_column_counts_is_answered_all_the_same() {
    let law = files::nation();
    let people: Vec<Facts> = [3, 254, 255, 256, 257, 700, 0].map(decorated).into();
    for on in ["2019-12-31", "2024-02-29", "2026-08-01"].map(day) {
        let (mut snapshot, mut placed) = snapshot(on, &people);
        assert_eq!(differences(&law, &snapshot, &placed), Vec::<String>::new());
        // One more award for whoever had as many as can be counted, and one less for whoever had one too many.
        for (at, awards) in [(2, 256), (3, 255)] {
            placed[at].1 = decorated(awards);
            snapshot.set(placed[at].0, &placed[at].1);
        }
        assert_eq!(differences(&law, &snapshot, &placed), Vec::<String>::new());
    }
}

#[test]
fn a_cancelled_scan_answers_nothing() {
    let law = files::nation();
    let on = day("2026-08-01");
    let (snapshot, _) = snapshot(on, &[Facts::default()]);
    let book = Rulebook::new(&law, &snapshot, Subject::CaNhan, |_| true);
    let progress = Progress::default();
    progress.cancel();
    assert_eq!(book.run(&progress, |block| block.rows().len()), None);
    assert_eq!(progress.done(), 0);
    assert_eq!(snapshot.day().year(), 2026);
}

#[test]
fn the_explainer_refuses_what_no_scan_asks() {
    let law = files::nation();
    let facts = Facts { subject: Subject::HoGiaDinh, ..Facts::default() };
    let (snapshot, _) = snapshot(day("2026-08-01"), std::slice::from_ref(&facts));
    let book = Rulebook::new(&law, &snapshot, Subject::HoGiaDinh, |_| true);
    assert!(book.awards().all(|award| award.id != "chien-si-thi-dua-co-so"));
    let refused = explain(&law, "chien-si-thi-dua-co-so", &facts, snapshot.day(), None, None);
    assert_eq!(refused, Err(Refusal::WrongSubject { award: "chien-si-thi-dua-co-so".to_owned() }));
}
