//! Steps: all or nothing, in the words of who acted, and usable from a server's tasks.

use rules::facts::Grade;
use store::error::StoreError;
use store::journal::{self, checkpoints};
use store::people;
use store::records::{NewConferral, NewGrade, NewMembership, NewPerson};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::builders::{
    OFFICE, day, decision, enter, grade, lan_officer, line, member, membership, noon, office, person, unit, verified,
};
use crate::on_each_database::on_each_database;

#[test]
fn a_step_that_fails_leaves_nothing() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        let before = store::journal::head(&store, OFFICE).await.unwrap();
        let refused: Result<(), _> = store
            .step(OFFICE, None, noon(), "nửa chừng", async |tx| {
                tx.add(person(tx, "Trần Thị Hoa"))?;
                tx.flush().await?;
                Err(StoreError::Refused("đổi ý".to_owned()))
            })
            .await;
        assert_eq!(refused, Err(StoreError::Refused("đổi ý".to_owned())));
        assert_eq!(everyone(&store).await, Vec::<String>::new());
        assert_eq!(store::journal::head(&store, OFFICE).await, Ok(before));
    });
}

#[test]
fn a_step_that_is_dropped_in_the_middle_leaves_nothing() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        let written = Notify::new();
        let step = store.step(OFFICE, None, noon(), "mất điện", async |tx| {
            tx.add(person(tx, "Trần Thị Hoa"))?;
            tx.flush().await?;
            written.notify_one();
            std::future::pending::<Result<(), StoreError>>().await
        });
        tokio::select! {
            _ = step => unreachable!("it waits for ever"),
            () = written.notified() => {}
        }
        enter(&store, async |tx| tx.add(person(tx, "Lê Văn Bình"))).await;
        assert_eq!(everyone(&store).await, ["Lê Văn Bình"]);
        assert!(verified(&store).await.holds());
    });
}

#[test]
fn a_decision_with_the_same_number_is_refused() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            tx.add(decision(tx, "MH-001", "2020-02-01"))
        })
        .await;
        let again =
            store.step(OFFICE, None, noon(), "lặp", async |tx| tx.add(decision(tx, "MH-001", "2020-03-01"))).await;
        assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
        let next_year =
            store.step(OFFICE, None, noon(), "năm sau", async |tx| tx.add(decision(tx, "MH-001", "2021-03-01")));
        assert!(next_year.await.is_ok());
    });
}

#[test]
fn a_line_keeps_to_the_day_of_its_decision() {
    on_each_database(async |store| {
        let wrong = store
            .step(OFFICE, None, noon(), "nhầm ngày", async |tx| {
                office(tx)?;
                let tccb = unit(tx, "TCCB", None)?;
                let hoa = member(tx, "Trần Thị Hoa", tccb)?;
                let decision = decision(tx, "MH-001", "2020-02-01");
                tx.add(decision.clone())?;
                tx.add(NewConferral { decided: day("2020-02-02"), ..line(tx, &decision, "bang-khen-bo", hoa, tccb) })
            })
            .await;
        assert!(matches!(wrong, Err(StoreError::DanglingReference(_))), "{wrong:?}");
    });
}

#[test]
fn a_record_of_nobody_is_refused() {
    on_each_database(async |store| {
        let nobody = store
            .step(OFFICE, None, noon(), "không của ai", async |tx| {
                office(tx)?;
                tx.add(NewGrade { person: None, ..grade(tx, Uuid::nil(), 2024, Grade::Tot) })
            })
            .await;
        assert!(matches!(nobody, Err(StoreError::Refused(_))), "{nobody:?}");
    });
}

#[test]
fn a_person_sits_in_one_unit_at_a_time() {
    on_each_database(async |store| {
        let (tccb, phap_luat, hoa, first) = enter(&store, async |tx| {
            office(tx)?;
            let (tccb, phap_luat) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
            let hoa = tx.add(person(tx, "Trần Thị Hoa"))?;
            let first = tx.add(membership(tx, hoa, tccb, "2015-01-01"))?;
            Ok((tccb, phap_luat, hoa, first))
        })
        .await;
        let both = store
            .step(OFFICE, None, noon(), "hai nơi", async |tx| tx.add(membership(tx, hoa, phap_luat, "2018-01-01")))
            .await;
        assert!(matches!(both, Err(StoreError::Refused(_))), "{both:?}");
        enter(&store, async |tx| {
            tx.end::<NewMembership>(first, day("2017-12-31"))?;
            tx.add(membership(tx, hoa, phap_luat, "2018-01-01"))
        })
        .await;
        let known = people::one(&store, &lan_officer(), hoa, day("2020-01-01")).await.unwrap().unwrap();
        let stays: Vec<_> = known.memberships.iter().map(|stay| (stay.unit, stay.from, stay.to)).collect();
        assert_eq!(stays, [(tccb, day("2015-01-01"), Some(day("2017-12-31"))), (phap_luat, day("2018-01-01"), None)]);
        let twice =
            store.step(OFFICE, None, noon(), "lại", async |tx| tx.end::<NewMembership>(first, day("2016-12-31"))).await;
        assert!(matches!(twice, Err(StoreError::Changed | StoreError::Duplicate(_))), "{twice:?}");
        let endless =
            store.step(OFFICE, None, noon(), "lạ", async |tx| tx.end::<NewPerson>(hoa, day("2016-12-31"))).await;
        assert_eq!(endless, Err(StoreError::Refused("person has no last day".to_owned())));
    });
}

#[test]
fn ids_follow_the_instant_and_the_order_of_asking() {
    on_each_database(async |store| {
        let ids = enter(&store, async |tx| {
            office(tx)?;
            Ok((0..1_000).map(|_| tx.id()).collect::<Vec<_>>())
        })
        .await;
        assert!(ids.is_sorted());
        let (seconds, _) = ids[0].get_timestamp().unwrap().to_unix();
        assert_eq!(i64::try_from(seconds), Ok(noon().timestamp()));
    });
}

#[test]
fn after_a_clock_was_set_back_what_is_entered_later_stands_later_and_the_journal_verifies() {
    on_each_database(async |store| {
        let hoa = enter(&store, async |tx| {
            office(tx)?;
            tx.add(person(tx, "Trần Thị Hoa"))
        })
        .await;
        let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let first = checkpoints::make(&store, OFFICE, &key, noon()).await.unwrap();
        let back = noon() - chrono::TimeDelta::days(400);
        let entered = async |name: &str| {
            store.step(OFFICE, None, back, "đồng hồ lùi", async |tx| tx.add(person(tx, name))).await.unwrap()
        };
        let (binh, nga) = (entered("Lê Văn Bình").await, entered("Đỗ Thị Nga").await);
        assert!(hoa < binh && binh < nga, "{hoa} {binh} {nga}");
        assert_eq!(verified(&store).await.findings, []);
        assert_ne!(checkpoints::make(&store, OFFICE, &key, back).await.unwrap(), first);
        let leaves = journal::leaves(&store, OFFICE, 0, 10).await.unwrap();
        let order: Vec<_> =
            leaves.iter().filter(|leaf| leaf.entry.noun == "person").map(|leaf| leaf.entry.id).collect();
        assert_eq!(order, [hoa, binh, nga]);
    });
}

#[test]
fn many_records_are_entered_in_few_statements() {
    on_each_database(async |store| {
        let before = store.statements();
        enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            for n in 0..1_000 {
                let someone = member(tx, &format!("Nguyễn Văn Số {n}"), tccb)?;
                for year in 2015..2020 {
                    tx.add(grade(tx, someone, year, Grade::Tot))?;
                }
            }
            Ok(())
        })
        .await;
        let statements = store.statements() - before;
        // Whatever their number, rows go in statements of few shapes.
        assert!(statements <= 100, "{statements}");
        assert_eq!(store::journal::head(&store, OFFICE).await.unwrap().size, 7_004);
    });
}

#[test]
fn a_step_can_be_taken_from_a_task_of_the_server() {
    on_each_database(async |store| {
        let task = tokio::spawn(async move {
            store.step(OFFICE, None, noon(), "mở cơ quan", async |tx| office(tx)).await.map(|_| ())
        });
        assert_eq!(task.await.unwrap(), Ok(()));
    });
}

async fn everyone(store: &store::Store) -> Vec<String> {
    let filter = people::Filter::everyone(day("2026-01-01"));
    let listed = people::list(store, &lan_officer(), &filter, store::page::Page::first(100)).await.unwrap();
    listed.rows.into_iter().map(|row| row.full_name).collect()
}
