//! A batch undone: nothing of it stays, unless later records rest on it; the journal tells of both.

use rules::facts::Grade;
use store::Store;
use store::error::StoreError;
use store::imports::decide::{self, Decision};
use store::imports::files::{self, ImportFile};
use store::imports::undo::{self, Outcome};
use store::imports::values::Values;
use store::imports::write::Part;
use store::imports::{FileState, Kind};
use store::matching::Born;
use store::people;
use uuid::Uuid;

use super::{claimed, graded, known, laid_down, leaves, row, rows_of, written};
use crate::builders::{OFFICE, day, enter, grade, lan_officer, noon};
use crate::on_each_database::on_each_database;

async fn undone(store: &Store, file: &ImportFile) -> Result<Outcome, StoreError> {
    let job = Uuid::now_v7();
    undo::ask_for(store, &lan_officer(), file.id, "nhập nhầm tệp", job, noon()).await?;
    let job = claimed(store, job).await;
    let file = files::known(store, OFFICE, file.id).await.unwrap();
    undo::undo(store, &job, &file, "nhập nhầm tệp", noon(), |_, _| false).await
}

#[test]
fn exactly_what_the_batch_entered_is_taken_out() {
    on_each_database(async |store| {
        let known = known(&store).await;
        let rows = vec![
            graded(1, "Đỗ Văn Mới", "1990-01-01", 2024, Grade::Tot),
            graded(2, "Trần Thị Hoa", "1980-02-01", 2024, Grade::Tot),
            graded(3, "Trần Thị Hoa", "1980-02-01", 2023, Grade::XuatSac),
        ];
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        decide::one(&store, &lan_officer(), file.id, 3, Decision::Correct).await.unwrap();
        written(&store, &file, Part::All).await.unwrap();
        let no_reason = undo::ask_for(&store, &lan_officer(), file.id, " ", Uuid::now_v7(), noon()).await;
        assert!(matches!(no_reason, Err(StoreError::Refused(_))));
        // A person, a membership, two grades and the batch.
        assert_eq!(undone(&store, &file).await, Ok(Outcome::Undone(5)));
        leaves(&store).await;
        let hoa = people::one(&store, &lan_officer(), known.hoa, day("2026-11-23")).await.unwrap().unwrap();
        let grades: Vec<_> = hoa.records.grades.iter().map(|known| (known.fact.year, known.fact.grade)).collect();
        assert_eq!(grades, [(2023, Grade::Tot)]);
        assert_eq!(files::known(&store, OFFICE, file.id).await.unwrap().state, FileState::Undone);
        assert_eq!(undone(&store, &file).await, Err(StoreError::Changed));
        let again = laid_down(
            &store,
            &lan_officer(),
            Kind::Grades,
            vec![graded(1, "Đỗ Văn Mới", "1990-01-01", 2024, Grade::Tot)],
        )
        .await;
        assert!(written(&store, &again, Part::All).await.is_ok());
    });
}

#[test]
fn a_batch_on_which_later_records_rest_stays_and_they_are_named() {
    on_each_database(async |store| {
        known(&store).await;
        let rows = vec![graded(1, "Đỗ Văn Mới", "1990-01-01", 2024, Grade::Tot)];
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        written(&store, &file, Part::All).await.unwrap();
        let found = people::search(&store, &lan_officer(), "đỗ văn mới", day("2026-11-23"), 5).await.unwrap();
        enter(&store, async |tx| tx.add(grade(tx, found[0].id, 2025, Grade::Tot))).await;
        let before = leaves(&store).await;
        let kept = undone(&store, &file).await;
        assert_eq!(kept, Ok(Outcome::Kept(vec![("grade".to_owned(), "Đỗ Văn Mới".to_owned())])));
        assert_eq!(leaves(&store).await, before);
    });
}

#[test]
fn a_move_that_is_undone_leaves_the_person_where_they_were() {
    on_each_database(async |store| {
        let known = known(&store).await;
        let moved = Values {
            born: Some(Born::Day(day("1980-02-01"))),
            unit: Some("PL".to_owned()),
            post: Some("Phó Vụ trưởng".to_owned()),
            from: Some(day("2024-05-01")),
            ..Values::default()
        };
        let file = laid_down(&store, &lan_officer(), Kind::Posts, vec![row(1, "Trần Thị Hoa", moved)]).await;
        written(&store, &file, Part::All).await.unwrap();
        let stays = async || {
            let hoa = people::one(&store, &lan_officer(), known.hoa, day("2026-11-23")).await.unwrap().unwrap();
            hoa.memberships.iter().map(|stay| (stay.unit, stay.from, stay.to)).collect::<Vec<_>>()
        };
        let (begun, moved) = (day("2005-01-01"), day("2024-05-01"));
        assert_eq!(stays().await, [(known.tccb, begun, Some(day("2024-04-30"))), (known.phap_luat, moved, None)]);
        // A membership, a post, the batch; and the ending, which is no record of its own.
        assert_eq!(undone(&store, &file).await, Ok(Outcome::Undone(3)));
        assert_eq!(stays().await, [(known.tccb, begun, None)]);
        leaves(&store).await;
    });
}

#[test]
fn units_come_with_their_parents_from_the_same_file() {
    on_each_database(async |store| {
        known(&store).await;
        let unit = |n, name: &str, parent: Option<&str>| store::imports::stage::Given {
            n,
            values: Values {
                name: Some(name.to_owned()),
                parent: parent.map(str::to_owned),
                from: Some(day("2020-01-01")),
                ..Values::default()
            },
            problems: Vec::new(),
            passed: None,
        };
        let rows = vec![
            unit(1, "Cục Kiểm soát", None),
            unit(2, "Phòng Một", Some("Cục Kiểm soát")),
            unit(3, "Phòng Hai", Some("Vụ TCCB")),
            unit(4, "Vụ PL", None),
            unit(5, "Phòng Ba", Some("Vụ Nào Đó")),
        ];
        let file = laid_down(&store, &lan_officer(), Kind::Units, rows).await;
        written(&store, &file, Part::Valid).await.unwrap();
        let tree = store::units::tree(&store, &lan_officer(), day("2026-11-23")).await.unwrap();
        let mut here: Vec<_> = tree.iter().map(|node| (node.unit.name.as_str(), node.depth)).collect();
        here.sort_unstable();
        assert_eq!(here, [("Cục Kiểm soát", 0), ("Phòng Hai", 1), ("Phòng Một", 1), ("Vụ PL", 0), ("Vụ TCCB", 0)]);
        assert_eq!(rows_of(&store, &file).await.len(), 5);
        assert_eq!(undone(&store, &file).await, Ok(Outcome::Undone(7)));
    });
}
