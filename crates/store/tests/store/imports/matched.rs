//! Whom a row means: certain only with more than a name; what is there already is recognised.

use rules::facts::Grade;
use store::access::Viewer;
use store::error::StoreError;
use store::imports::decide::{self, Decision};
use store::imports::rows;
use store::imports::stage::Given;
use store::imports::values::{Number, Values};
use store::imports::{Kind, Problem, RowState};
use store::matching::{Born, Why};
use store::records::NewIdentity;
use store::words::{IdentityKind, Role};

use super::{graded, known, laid_down, row, rows_of, states};
use crate::builders::{OFFICE, day, enter, lan_officer, viewer};
use crate::on_each_database::on_each_database;

/// The day on which the rows are looked at.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");

fn of(year: i32, grade: Grade) -> Values {
    Values { year: Some(year), grade: Some(grade), ..Values::default() }
}

fn number(lookup: &str) -> Vec<Number> {
    vec![Number { kind: IdentityKind::Cccd, sealed: "x".to_owned(), lookup: lookup.to_owned() }]
}

#[test]
fn a_name_alone_never_identifies() {
    on_each_database(async |store| {
        let known = known(&store).await;
        let unit = || Some("vu tccb".to_owned());
        let rows = vec![
            row(1, "Trần Thị Hoa", of(2024, Grade::Tot)),
            row(2, "TRAN THI HOA", Values { unit: unit(), ..of(2024, Grade::Tot) }),
            row(3, "Trần Thị Hoa", Values { born: Some(Born::Year(1980)), unit: unit(), ..of(2024, Grade::Tot) }),
            row(4, "Trần Thị Hoà", Values { born: Some(Born::Day(day("1985-07-20"))), ..of(2024, Grade::Tot) }),
            row(5, "Trần Thị Hoa", Values { born: Some(Born::Year(1999)), ..of(2024, Grade::Tot) }),
            row(6, "Đỗ Văn Mới", Values { unit: unit(), ..of(2024, Grade::Tot) }),
        ];
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        let rows = rows_of(&store, &file).await;
        let seen: Vec<_> = rows.iter().map(|row| (row.state, row.person, row.candidates.len())).collect();
        assert_eq!(
            seen,
            [
                (RowState::Doubtful, None, 2),
                (RowState::Doubtful, None, 2),
                (RowState::Ready, Some(known.hoa), 2),
                (RowState::Ready, Some(known.young_hoa), 1),
                (RowState::New, None, 0),
                (RowState::New, None, 0),
            ]
        );
        let why: Vec<Why> = rows[2].candidates[0].reasons.iter().map(|reason| reason.why).collect();
        assert_eq!(why, [Why::SameName, Why::SameBirthYear, Why::InUnit]);
        assert_eq!(rows[2].candidates[0].unit.as_deref(), Some("Vụ TCCB"));
    });
}

#[test]
fn a_number_decides_and_a_number_with_another_name_is_a_conflict() {
    on_each_database(async |store| {
        let known = known(&store).await;
        enter(&store, async |tx| {
            let (sealed, lookup) = ("x".to_owned(), "hoa".to_owned());
            tx.add(NewIdentity { id: tx.id(), person: known.hoa, kind: IdentityKind::Cccd, sealed, lookup })
        })
        .await;
        let rows = vec![
            row(1, "Trần Thị Hoa", Values { numbers: number("hoa"), ..of(2024, Grade::Tot) }),
            row(2, "Ngô Thị Lạ", Values { numbers: number("hoa"), ..of(2024, Grade::Tot) }),
            row(3, "Trần Thị Hoa", Values { numbers: number("khac"), ..of(2024, Grade::Tot) }),
        ];
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        let seen: Vec<_> = rows_of(&store, &file).await.iter().map(|row| (row.state, row.person)).collect();
        // Who has another number of that kind is somebody else; the younger Hòa, whose number nobody knows, may be meant.
        assert_eq!(seen, [(RowState::Ready, Some(known.hoa)), (RowState::Conflict, None), (RowState::Doubtful, None)]);
    });
}

#[test]
fn what_is_there_is_recognised_and_what_differs_is_shown() {
    on_each_database(async |store| {
        known(&store).await;
        let rows = vec![
            graded(1, "Trần Thị Hoa", "1980-02-01", 2023, Grade::Tot),
            graded(2, "Trần Thị Hoa", "1980-02-01", 2024, Grade::Tot),
            graded(3, "Trần Thị Hoa", "1980-02-01", 2024, Grade::Tot),
            graded(4, "Trần Thị Hoa", "1980-02-01", 2024, Grade::XuatSac),
        ];
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        let seen: Vec<_> = rows_of(&store, &file).await.into_iter().map(|row| (row.state, row.existing)).collect();
        let says = |existing: &Option<store::imports::rows::Existing>| {
            existing.as_ref().map(|existing| (existing.record.is_some(), existing.same, existing.says.clone()))
        };
        let seen: Vec<_> = seen.iter().map(|(state, existing)| (*state, says(existing))).collect();
        assert_eq!(
            seen,
            [
                (RowState::Known, Some((true, true, "tot".to_owned()))),
                (RowState::Ready, None),
                (RowState::Known, Some((false, true, "2".to_owned()))),
                (RowState::Conflict, Some((false, false, "2".to_owned()))),
            ]
        );
    });
}

#[test]
fn a_row_without_its_year_or_of_an_unknown_unit_is_wrong_and_says_why() {
    on_each_database(async |store| {
        known(&store).await;
        let rows = vec![
            row(1, "Trần Thị Hoa", Values { grade: Some(Grade::Tot), ..Values::default() }),
            row(2, "Trần Thị Hoa", Values { unit: Some("Vụ Không Có".to_owned()), ..of(2024, Grade::Tot) }),
        ];
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        let seen: Vec<_> = rows_of(&store, &file).await.into_iter().map(|row| row.problems).collect();
        let unknown = Problem::new("unit-unknown", Some("Vụ Không Có"));
        assert_eq!(seen, [vec![Problem::new("missing", Some("year"))], vec![unknown]]);
    });
}

#[test]
fn a_clerk_touches_and_learns_of_nobody_outside_the_unit() {
    on_each_database(async |store| {
        let known = known(&store).await;
        let mai_clerk = Viewer { unit: Some(known.tccb), ..viewer(Role::Clerk) };
        let born = Some(Born::Day(day("1975-05-19")));
        let rows = vec![
            graded(1, "Trần Thị Hoa", "1980-02-01", 2024, Grade::Tot),
            row(2, "Lê Văn Bình", Values { born, unit: Some("PL".to_owned()), ..of(2024, Grade::Tot) }),
        ];
        let file = laid_down(&store, &mai_clerk, Kind::Grades, rows).await;
        let rows = rows_of(&store, &file).await;
        assert_eq!(states(&store, &file).await, [RowState::Ready, RowState::Wrong]);
        assert_eq!((rows[1].candidates.len(), rows[1].person), (0, None));
        let forced = decide::one(&store, &mai_clerk, file.id, 2, Decision::Meant(known.binh)).await;
        assert!(matches!(forced, Err(StoreError::Refused(_))), "{forced:?}");
        let awards = store::access::imports(&mai_clerk, Kind::Awards);
        assert!(!awards);
        assert_eq!(store::imports::files::known(&store, OFFICE, file.id).await.unwrap().kind, Kind::Grades);
    });
}

#[test]
fn an_officer_decides_one_row_and_all_exact_ones_together() {
    on_each_database(async |store| {
        let known = known(&store).await;
        let unit = || Some("PL".to_owned());
        let rows = vec![
            row(1, "Trần Thị Hoa", of(2024, Grade::Tot)),
            row(2, "Lê Văn Bình", Values { unit: unit(), ..of(2024, Grade::Tot) }),
            row(3, "Lê Văn Bính", Values { unit: unit(), ..of(2024, Grade::Tot) }),
            row(4, "Trần Thị Hoa", of(2023, Grade::XuatSac)),
        ];
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        assert_eq!(states(&store, &file).await, [RowState::Doubtful; 4]);
        assert_eq!(decide::all_exact(&store, &lan_officer(), file.id).await, Ok(1));
        let decide = async |n, decision| decide::one(&store, &lan_officer(), file.id, n, decision).await;
        assert_eq!(decide(1, Decision::Meant(known.hoa)).await, Ok(RowState::Ready));
        assert_eq!(decide(3, Decision::NewPerson).await, Ok(RowState::New));
        assert_eq!(decide(4, Decision::Meant(known.hoa)).await, Ok(RowState::Conflict));
        assert_eq!(decide(4, Decision::Correct).await, Ok(RowState::Ready));
        assert!(matches!(decide(1, Decision::Correct).await, Err(StoreError::Refused(_))));
        assert_eq!(decide(9, Decision::Skip).await, Err(StoreError::NotFound));
    });
}

#[test]
fn a_thousand_rows_are_matched_in_as_many_statements_as_ten() {
    on_each_database(async |store| {
        known(&store).await;
        let mut costs = Vec::new();
        for many in [10, 400] {
            let rows = (0..many).map(|n| graded(n, &format!("Trần Thị Số {n}"), "1990-01-01", 2024, Grade::Tot));
            let before = store.statements();
            laid_down(&store, &lan_officer(), Kind::Grades, rows.collect()).await;
            costs.push(store.statements() - before);
        }
        assert_eq!(costs[0], costs[1]);
    });
}

#[test]
fn a_row_that_was_passed_over_waits_unmatched_and_is_read_when_an_officer_takes_it() {
    on_each_database(async |store| {
        let known = known(&store).await;
        let passed =
            |why: &str, given: Given| Given { passed: Some(Problem::passed(why, "chữ trong dòng")), ..given };
        let wrong = |given: Given| Given { problems: vec![Problem::new("no-grade", Some("Xếp loại"))], ..given };
        let rows = vec![
            graded(1, "Trần Thị Hoa", "1980-02-01", 2024, Grade::Tot),
            passed("head-again", wrong(row(2, "Họ và tên", Values::default()))),
            passed("total", graded(3, "Trần Thị Hòa", "1985-07-20", 2024, Grade::Tot)),
            passed("total", row(4, "Lê Văn Bình", Values { unit: Some("PL".to_owned()), ..of(2024, Grade::Tot) })),
        ];
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        let seen = states(&store, &file).await;
        assert_eq!(seen, [RowState::Ready, RowState::Skipped, RowState::Skipped, RowState::Skipped]);
        let counted = rows::passed(&store, OFFICE, file.id, &["head-again", "total", "foot"]).await;
        assert_eq!(counted, Ok(vec![1, 2, 0]));
        let unread = rows_of(&store, &file).await;
        assert_eq!((unread[2].person, unread[3].candidates.len()), (None, 0));
        let new_person = decide::one(&store, &lan_officer(), file.id, 3, Decision::NewPerson).await;
        assert!(matches!(new_person, Err(StoreError::Refused(_))), "{new_person:?}");
        let mai_clerk = Viewer { unit: Some(known.phap_luat), account: uuid::Uuid::now_v7(), ..viewer(Role::Clerk) };
        assert_eq!(decide::take(&store, &mai_clerk, file.id, 3, TODAY).await, Err(StoreError::Forbidden));
        let take = async |n| decide::take(&store, &lan_officer(), file.id, n, TODAY).await;
        assert_eq!(take(1).await, Err(StoreError::NotFound));
        assert_eq!(take(2).await, Ok(RowState::Wrong));
        assert_eq!(take(3).await, Ok(RowState::Ready));
        assert_eq!(take(4).await, Ok(RowState::Doubtful));
        let read = rows_of(&store, &file).await;
        assert_eq!((read[2].person, read[2].problems.len()), (Some(known.young_hoa), 0));
        assert_eq!(
            decide::one(&store, &lan_officer(), file.id, 4, Decision::Meant(known.binh)).await,
            Ok(RowState::Ready)
        );
        assert_eq!(decide::one(&store, &lan_officer(), file.id, 1, Decision::Skip).await, Ok(RowState::Skipped));
        assert_eq!(take(1).await, Ok(RowState::Ready));
    });
}

#[test]
fn a_clerk_who_takes_a_row_back_reaches_nobody_outside_the_unit() {
    on_each_database(async |store| {
        let known = known(&store).await;
        let mai_clerk = Viewer { unit: Some(known.tccb), ..viewer(Role::Clerk) };
        let born = Some(Born::Day(day("1975-05-19")));
        let binh = row(1, "Lê Văn Bình", Values { born, unit: Some("PL".to_owned()), ..of(2024, Grade::Tot) });
        let passed = Some(Problem::passed("total", "Lê Văn Bình"));
        let file = laid_down(&store, &mai_clerk, Kind::Grades, vec![Given { passed, ..binh }]).await;
        assert_eq!(decide::take(&store, &mai_clerk, file.id, 1, TODAY).await, Ok(RowState::Wrong));
        let row = &rows_of(&store, &file).await[0];
        assert_eq!((row.person, row.candidates.len()), (None, 0));
    });
}
