//! The history of a record and of a subject: who, when, why, before and after, also of what was taken out.

use rules::facts::Grade;
use serde_json::json;
use store::Store;
use store::access::Viewer;
use store::entry::Subject;
use store::error::StoreError;
use store::history::{self, What};
use store::records::{NewGrade, NewPost};
use store::words::{PostLevel, Role};
use uuid::Uuid;

use crate::builders::{OFFICE, day, enter, grade, lan_officer, member, noon, office, post, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

struct Told {
    tccb: Uuid,
    hoa: Uuid,
    grade: Uuid,
    post: Uuid,
}

/// Hoa's grade is entered, corrected and taken out; her post is entered, ends, and has its last day corrected.
async fn told(store: &Store) -> Told {
    let (tccb, hoa) = enter(store, async |tx| {
        office(tx)?;
        let tccb = unit(tx, "TCCB", None)?;
        Ok((tccb, member(tx, "Trần Thị Hoa", tccb)?))
    })
    .await;
    let first = enter(store, async |tx| {
        let first = grade(tx, hoa, 2024, Grade::XuatSac);
        tx.add(first.clone())?;
        Ok(first)
    })
    .await;
    let held = enter(store, async |tx| {
        let held = post(tx, hoa, "Trưởng phòng", PostLevel::LanhDaoPhong);
        tx.add(held.clone())?;
        Ok(held)
    })
    .await;
    step(store, "gõ nhầm", NewGrade { grade: Grade::Tot, ..first.clone() }).await;
    enter(store, async |tx| tx.end::<NewPost>(held.id, day("2020-01-31"))).await;
    step(store, "sai ngày", NewPost { to_day: Some(day("2020-01-30")), ..held.clone() }).await;
    let taken_out = store.step(OFFICE, None, noon(), "nhập trùng", async |tx| tx.remove("grade", &[first.id]).await);
    taken_out.await.unwrap();
    Told { tccb, hoa, grade: first.id, post: held.id }
}

async fn step<R: store::record::Record>(store: &Store, why: &str, record: R) {
    store.step(OFFICE, None, noon(), why, async |tx| tx.correct(record).await).await.unwrap();
}

fn fields(value: serde_json::Value) -> history::Fields {
    value.as_object().cloned().unwrap()
}

#[test]
fn a_clerk_of_another_unit_and_an_unknown_record_learn_nothing() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let elsewhere = enter(&store, async |tx| unit(tx, "PL", None)).await;
        let mai = Viewer { unit: Some(elsewhere), ..viewer(Role::Clerk) };
        let hoa = Subject::Person(told.hoa);
        assert_eq!(history::of_subject(&store, &mai, hoa, day(TODAY), None).await, Err(StoreError::Forbidden));
        for (noun, record) in [("post", told.post), ("grade", told.grade)] {
            let asked = history::of_record(&store, &mai, noun, record, day(TODAY)).await;
            assert_eq!(asked.err(), Some(StoreError::Forbidden), "{noun}");
        }
        let unknown = history::of_record(&store, &lan_officer(), "grade", told.hoa, day(TODAY)).await;
        assert_eq!(unknown.err(), Some(StoreError::NotFound));
        let auditor = history::of_subject(&store, &viewer(Role::Auditor), hoa, day(TODAY), None).await.unwrap();
        assert_eq!(auditor.rows.len(), 8);
    });
}

#[test]
fn a_record_tells_what_it_said_before_and_after_every_change() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let (whose, grade) = history::of_record(&store, &lan_officer(), "grade", told.grade, day(TODAY)).await.unwrap();
        assert_eq!(whose.name, "Trần Thị Hoa");
        let entered = fields(json!({
            "id": told.grade, "person": told.hoa, "collective": null, "year": 2024, "grade": "xuat-sac",
            "decided": "2024-12-20", "number": null, "issuer": null,
        }));
        let mut removed = entered.clone();
        removed.insert("grade".into(), "tot".into());
        let told_of: Vec<(String, What)> = grade.rows.into_iter().map(|change| (change.why, change.what)).collect();
        assert_eq!(
            told_of,
            [
                ("nhập trùng".to_owned(), What::Removed(removed)),
                (
                    "gõ nhầm".to_owned(),
                    What::Corrected {
                        before: fields(json!({"grade": "xuat-sac"})),
                        after: fields(json!({"grade": "tot"}))
                    }
                ),
                ("dựng câu chuyện".to_owned(), What::Entered(entered)),
            ]
        );
        let (_, post) = history::of_record(&store, &lan_officer(), "post", told.post, day(TODAY)).await.unwrap();
        let whats: Vec<What> = post.rows.into_iter().map(|change| change.what).collect();
        assert_eq!(
            whats[..2],
            [
                What::Corrected {
                    before: fields(json!({"to_day": "2020-01-31"})),
                    after: fields(json!({"to_day": "2020-01-30"}))
                },
                What::Ended(day("2020-01-31"))
            ]
        );
        let What::Entered(first) = &whats[2] else { panic!("{whats:?}") };
        assert_eq!((&first["to_day"], &first["label"]), (&json!(null), &json!("Trưởng phòng")));
    });
}

#[test]
fn a_long_history_comes_in_pages_without_a_gap() {
    on_each_database(async |store| {
        let told = told(&store).await;
        enter(&store, async |tx| {
            for year in 1950..2022 {
                tx.add(NewGrade {
                    collective: Some(told.tccb),
                    person: None,
                    ..grade(tx, told.hoa, year, Grade::Tot)
                })?;
            }
            Ok(())
        })
        .await;
        let unit = Subject::Unit(told.tccb);
        let first = history::of_subject(&store, &lan_officer(), unit, day(TODAY), None).await.unwrap();
        let second = history::of_subject(&store, &lan_officer(), unit, day(TODAY), first.next).await.unwrap();
        assert_eq!((first.rows.len(), second.rows.len(), second.next), (history::ROWS, 24, None));
        let mut ids: Vec<Uuid> = first.rows.iter().chain(&second.rows).map(|change| change.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 74);
    });
}
