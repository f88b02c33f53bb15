//! Records after they were entered: corrected, taken out, and guarded against two officers at once.

use rules::facts::Grade;
use store::error::StoreError;
use store::page::Page;
use store::people::{self, Filter};
use store::records::{NewGrade, NewPerson};
use store::words::Role;
use uuid::Uuid;

use crate::builders::{OFFICE, day, enter, grade, lan_officer, member, noon, office, person, unit, viewer};
use crate::on_each_database::on_each_database;

/// Lan's office with one person in it.
async fn hoa(store: &store::Store) -> NewPerson {
    enter(store, async |tx| {
        office(tx)?;
        let tccb = unit(tx, "TCCB", None)?;
        let id = member(tx, "Trần Thị Hoa", tccb)?;
        Ok(NewPerson { id, ..person(tx, "Trần Thị Hoa") })
    })
    .await
}

async fn named(store: &store::Store, name: &str) -> Vec<String> {
    let filter = Filter { name: Some(name.to_owned()), ..Filter::everyone(day("2026-11-23")) };
    let found = people::list(store, &lan_officer(), &filter, Page::first(10)).await.unwrap();
    found.rows.into_iter().map(|row| row.full_name).collect()
}

#[test]
fn a_correction_that_changes_nothing_or_finds_nothing_is_refused() {
    on_each_database(async |store| {
        let hoa = hoa(&store).await;
        let head = store::journal::head(&store, OFFICE).await.unwrap();
        let same = store.step(OFFICE, None, noon(), "sửa", async |tx| tx.correct(hoa.clone()).await).await;
        assert_eq!(same, Err(StoreError::Refused(format!("person {}: nothing differs", hoa.id))));
        let nobody = NewPerson { id: Uuid::now_v7(), ..hoa };
        let gone = store.step(OFFICE, None, noon(), "sửa", async |tx| tx.correct(nobody).await).await;
        assert_eq!(gone, Err(StoreError::NotFound));
        assert_eq!(store::journal::head(&store, OFFICE).await, Ok(head));
    });
}

#[test]
fn a_corrected_name_is_found_by_its_new_words_and_no_longer_by_the_old() {
    on_each_database(async |store| {
        let hoa = hoa(&store).await;
        let corrected = NewPerson { full_name: "Trần Thị Huệ".into(), ..hoa };
        enter(&store, async |tx| tx.correct(corrected).await).await;
        assert_eq!(named(&store, "hoa").await, Vec::<String>::new());
        assert_eq!(named(&store, "hue").await, ["Trần Thị Huệ"]);
    });
}

#[test]
fn a_grade_entered_by_mistake_is_taken_out_and_the_right_one_takes_its_place() {
    on_each_database(async |store| {
        let hoa = hoa(&store).await;
        let mistaken = enter(&store, async |tx| tx.add(grade(tx, hoa.id, 2024, Grade::XuatSac))).await;
        enter(&store, async |tx| {
            tx.remove("grade", &[mistaken]).await?;
            tx.add(grade(tx, hoa.id, 2024, Grade::Tot))
        })
        .await;
        let person = people::one(&store, &viewer(Role::Officer), hoa.id, day("2026-11-23")).await.unwrap().unwrap();
        let grades: Vec<Grade> = person.records.grades.iter().map(|known| known.fact.grade).collect();
        assert_eq!(grades, [Grade::Tot]);
        let again = store.step(OFFICE, None, noon(), "lại", async |tx| tx.remove("grade", &[mistaken]).await).await;
        assert_eq!(again, Err(StoreError::NotFound));
    });
}

#[test]
fn a_person_whom_other_records_name_cannot_be_taken_out() {
    on_each_database(async |store| {
        let hoa = hoa(&store).await;
        let refused = store.step(OFFICE, None, noon(), "xóa", async |tx| tx.remove("person", &[hoa.id]).await).await;
        assert!(matches!(refused, Err(StoreError::DanglingReference(_))), "{refused:?}");
        assert_eq!(named(&store, "hoa").await, ["Trần Thị Hoa"]);
    });
}

#[test]
fn the_second_of_two_officers_is_told_that_the_record_moved_on() {
    on_each_database(async |store| {
        let hoa = hoa(&store).await;
        let seen = store.last_step(OFFICE, "person", hoa.id).await.unwrap();
        let first = NewPerson { born: Some(day("1980-02-01")), ..hoa.clone() };
        enter(&store, async |tx| {
            tx.unchanged_since("person", hoa.id, seen).await?;
            tx.correct(first).await
        })
        .await;
        let second = NewPerson { born: Some(day("1980-01-02")), ..hoa.clone() };
        let late = store.step(OFFICE, None, noon(), "sửa sau", async |tx| {
            tx.unchanged_since("person", hoa.id, seen).await?;
            tx.correct(second).await
        });
        assert_eq!(late.await, Err(StoreError::Changed));
        let now = store.last_step(OFFICE, "person", hoa.id).await.unwrap();
        assert_ne!(now, seen);
    });
}

#[test]
fn a_membership_corrected_into_another_is_refused() {
    on_each_database(async |store| {
        let hoa = hoa(&store).await;
        let tccb = enter(&store, async |tx| unit(tx, "PL", None)).await;
        let early = enter(&store, async |tx| {
            let early = crate::builders::membership(tx, hoa.id, tccb, "2001-01-01");
            let early = store::records::NewMembership { to_day: Some(day("2004-12-31")), ..early };
            tx.add(early.clone())?;
            Ok(early)
        })
        .await;
        let longer = store::records::NewMembership { to_day: Some(day("2006-12-31")), ..early };
        let refused = store.step(OFFICE, None, noon(), "sửa", async |tx| tx.correct(longer).await).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    });
}

#[test]
fn every_table_tells_its_fields_as_the_record_writes_itself() {
    on_each_database(async |store| {
        let hoa = hoa(&store).await;
        let written: NewGrade = enter(&store, async |tx| {
            let grade = grade(tx, hoa.id, 2024, Grade::Tot);
            tx.add(grade.clone())?;
            Ok(grade)
        })
        .await;
        let read = store.content(OFFICE, "grade", written.id).await.unwrap();
        assert_eq!(read, Some(serde_json::to_value(written).unwrap()));
        let read = store.content(OFFICE, "person", hoa.id).await.unwrap();
        assert_eq!(read, Some(serde_json::to_value(hoa).unwrap()));
    });
}
