//! Confirmed rows entered: all or the valid part, once, or nothing at all.

use rules::facts::Grade;
use store::decisions;
use store::error::StoreError;
use store::imports::files;
use store::imports::values::Values;
use store::imports::write::{self, Outcome, Part};
use store::imports::{FileState, Kind, RowState};
use store::matching::Born;
use store::page::Page;
use store::people::{self, Filter};
use uuid::Uuid;

use super::{claimed, graded, known, laid_down, leaves, outcome, row, states, written, wrote};
use crate::builders::{OFFICE, day, lan_officer, noon};
use crate::on_each_database::on_each_database;

async fn everyone(store: &store::Store) -> Vec<String> {
    let listed = people::list(store, &lan_officer(), &Filter::everyone(day("2026-11-23")), Page::first(100)).await;
    listed.unwrap().rows.into_iter().map(|row| row.full_name).collect()
}

fn newcomers() -> Vec<store::imports::stage::Given> {
    vec![
        graded(1, "Đỗ Văn Mới", "1990-01-01", 2024, Grade::Tot),
        graded(2, "Đỗ Văn Mới", "1990-01-01", 2025, Grade::XuatSac),
        graded(3, "Trần Thị Hoa", "1980-02-01", 2024, Grade::Tot),
    ]
}

#[test]
fn everything_is_refused_while_a_row_is_wrong_and_the_valid_part_is_entered() {
    on_each_database(async |store| {
        known(&store).await;
        let mut rows = newcomers();
        rows.push(row(4, "Trần Thị Hoa", Values { grade: Some(Grade::Tot), ..Values::default() }));
        let file = laid_down(&store, &lan_officer(), Kind::Grades, rows).await;
        let before = leaves(&store).await;
        assert!(matches!(written(&store, &file, Part::All).await, Err(StoreError::Refused(_))));
        assert_eq!(leaves(&store).await, before);
        assert_eq!(written(&store, &file, Part::Valid).await, Ok(Outcome::Written { rows: 3, late: 0 }));
        assert_eq!(outcome(&store, &file).await, Some(wrote(3)));
        // A person, a membership, three grades, the batch and the step.
        assert_eq!(leaves(&store).await, before + 7);
        assert_eq!(
            states(&store, &file).await,
            [RowState::Written, RowState::Written, RowState::Written, RowState::Wrong]
        );
        let here = everyone(&store).await;
        assert_eq!(here, ["Lê Văn Bình", "Trần Thị Hoa", "Trần Thị Hòa", "Đỗ Văn Mới"]);
        let again = laid_down(&store, &lan_officer(), Kind::Grades, newcomers()).await;
        assert_eq!(states(&store, &again).await, [RowState::Known; 3]);
        let before = files::known(&store, OFFICE, again.id).await.unwrap();
        let before = files::entered_before(&store, OFFICE, &before).await.unwrap();
        assert_eq!(before.into_iter().map(|file| file.id).collect::<Vec<_>>(), [file.id]);
    });
}

#[test]
fn of_two_officers_who_confirm_one_is_told_that_it_moved_on() {
    on_each_database(async |store| {
        known(&store).await;
        let file = laid_down(&store, &lan_officer(), Kind::Grades, newcomers()).await;
        let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
        write::confirm(&store, &lan_officer(), file.id, Part::All, first, noon()).await.unwrap();
        let late = write::confirm(&store, &lan_officer(), file.id, Part::All, second, noon()).await;
        assert_eq!(late, Err(StoreError::Changed));
        assert_eq!(store::jobs::one(&store, OFFICE, second).await, Ok(None));
        let job = claimed(&store, first).await;
        let file = files::known(&store, OFFICE, file.id).await.unwrap();
        let once = write::write(&store, &job, &file, "nhập", (noon(), day("2026-11-23")), |_, _| false).await;
        assert_eq!(once, Ok(Outcome::Written { rows: 3, late: 0 }));
        let before = leaves(&store).await;
        let twice = write::write(&store, &job, &file, "nhập", (noon(), day("2026-11-23")), |_, _| false).await;
        assert_eq!(twice, Err(StoreError::Changed));
        assert_eq!(leaves(&store).await, before);
    });
}

#[test]
fn an_import_that_is_stopped_leaves_nothing_and_can_be_done_again() {
    on_each_database(async |store| {
        known(&store).await;
        let file = laid_down(&store, &lan_officer(), Kind::Grades, newcomers()).await;
        let before = leaves(&store).await;
        let job = Uuid::now_v7();
        write::confirm(&store, &lan_officer(), file.id, Part::All, job, noon()).await.unwrap();
        let job = claimed(&store, job).await;
        let known = files::known(&store, OFFICE, file.id).await.unwrap();
        let stopped = write::write(&store, &job, &known, "nhập", (noon(), day("2026-11-23")), |_, _| true).await;
        assert_eq!(stopped, Ok(Outcome::Stopped));
        assert_eq!(leaves(&store).await, before);
        assert_eq!(states(&store, &file).await, [RowState::New, RowState::New, RowState::Ready]);
        let again = write::write(&store, &job, &known, "nhập", (noon(), day("2026-11-23")), |_, _| false).await;
        assert_eq!(again, Ok(Outcome::Written { rows: 3, late: 0 }));
        assert_eq!(files::known(&store, OFFICE, file.id).await.unwrap().state, FileState::Written);
    });
}

#[test]
fn what_someone_entered_since_the_preview_is_left_out_and_told() {
    on_each_database(async |store| {
        known(&store).await;
        let slow = laid_down(&store, &lan_officer(), Kind::Grades, newcomers()).await;
        let quick = laid_down(&store, &lan_officer(), Kind::Grades, newcomers()).await;
        assert_eq!(written(&store, &quick, Part::All).await, Ok(Outcome::Written { rows: 3, late: 0 }));
        assert_eq!(written(&store, &slow, Part::All).await, Ok(Outcome::Written { rows: 0, late: 3 }));
        assert_eq!(states(&store, &slow).await, [RowState::Known; 3]);
        assert_eq!(everyone(&store).await.len(), 4);
    });
}

fn awarded(n: i64, name: &str, born: &str, number: &str) -> store::imports::stage::Given {
    let values = Values {
        born: Some(Born::Day(day(born))),
        award: Some("bang-khen-bo".to_owned()),
        number: Some(number.to_owned()),
        symbol: Some("QĐ-VPCP".to_owned()),
        decided: Some(day("2020-02-01")),
        ..Values::default()
    };
    row(n, name, values)
}

#[test]
fn a_decision_is_made_once_and_found_again() {
    on_each_database(async |store| {
        known(&store).await;
        let rows = vec![awarded(1, "Trần Thị Hoa", "1980-02-01", "12"), awarded(2, "Lê Văn Bình", "1975-05-19", "12")];
        let file = laid_down(&store, &lan_officer(), Kind::Awards, rows).await;
        assert_eq!(written(&store, &file, Part::All).await, Ok(Outcome::Written { rows: 2, late: 0 }));
        let rows = vec![awarded(1, "Trần Thị Hòa", "1985-07-20", "12"), awarded(2, "Trần Thị Hoa", "1980-02-01", "12")];
        let file = laid_down(&store, &lan_officer(), Kind::Awards, rows).await;
        assert_eq!(states(&store, &file).await, [RowState::Ready, RowState::Known]);
        assert_eq!(written(&store, &file, Part::All).await, Ok(Outcome::Written { rows: 1, late: 0 }));
        let filter = decisions::Filter::default();
        let listed =
            decisions::list(&store, &lan_officer(), &filter, day("2026-11-23"), Page::first(10)).await.unwrap();
        assert_eq!(listed.rows.len(), 1);
        let decision =
            decisions::one(&store, &lan_officer(), listed.rows[0].id, day("2026-11-23")).await.unwrap().unwrap();
        assert_eq!(decision.lines.len(), 3);
    });
}
