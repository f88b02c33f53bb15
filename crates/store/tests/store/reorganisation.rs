//! Units that merge, split and rename, and people who move: one step, all or nothing, lineage kept.

use rules::facts::Grade;
use store::Store;
use store::entry::{self, Subject};
use store::error::StoreError;
use store::members;
use store::people;
use store::places::Transfer;
use store::records::{NewGrade, NewUnitName};
use store::reorganisation::{self, Reorganisation, Standing};
use store::units;
use store::words::{LineageKind, MembershipKind};
use uuid::Uuid;

use crate::builders::{OFFICE, day, enter, grade, lan_officer, member, noon, office, unit, unit_name};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

struct Told {
    law: Uuid,
    rights: Uuid,
    hoa: Uuid,
    binh: Uuid,
}

async fn told(store: &Store) -> Told {
    enter(store, async |tx| {
        office(tx)?;
        let (law, rights) = (unit(tx, "PL", None)?, unit(tx, "NC", None)?);
        let hoa = member(tx, "Trần Thị Hoa", law)?;
        let binh = member(tx, "Lê Văn Bình", rights)?;
        tx.add(NewGrade { person: None, collective: Some(rights), ..grade(tx, hoa, 2024, Grade::XuatSac) })?;
        Ok(Told { law, rights, hoa, binh })
    })
    .await
}

fn merger(told: &Told, keeps_honours: bool) -> Reorganisation {
    Reorganisation {
        kind: LineageKind::SapNhap,
        predecessors: vec![told.rights],
        successors: vec![told.law],
        day: day("2025-03-01"),
        keeps_honours,
        document: Some("Nghị định số 35/2025/NĐ-CP".into()),
        elsewhere: Vec::new(),
    }
}

async fn stays(store: &Store, person: Uuid) -> Vec<(Uuid, MembershipKind, String, Option<String>)> {
    let person = people::one(store, &lan_officer(), person, day(TODAY)).await.unwrap().unwrap();
    let told = person.memberships.into_iter();
    told.map(|stay| (stay.unit, stay.kind, stay.from.to_string(), stay.to.map(|day| day.to_string()))).collect()
}

#[test]
fn after_a_merger_honours_count_for_the_successor_people_go_on_and_old_names_stay() {
    for keeps in [false, true] {
        on_each_database(async |store| {
            let told = told(&store).await;
            let division = enter(&store, async |tx| unit(tx, "P1", Some(told.rights))).await;
            enter(&store, async |tx| tx.reorganise(&merger(&told, keeps)).await).await;
            let facts =
                units::facts(&store, &lan_officer(), told.law, day(TODAY), members::LAST_DAY).await.unwrap().unwrap();
            assert_eq!(facts.facts.grades.len(), usize::from(keeps));
            let chinh = MembershipKind::Chinh;
            assert_eq!(
                stays(&store, told.binh).await,
                [
                    (told.rights, chinh, "2005-01-01".into(), Some("2025-02-28".into())),
                    (told.law, chinh, "2025-03-01".into(), None)
                ]
            );
            let gone = units::one(&store, &lan_officer(), told.rights, day(TODAY)).await.unwrap().unwrap();
            assert_eq!((gone.on_day, gone.names[0].to), (None, Some(day("2025-02-28"))));
            assert_eq!(gone.names[0].name, "Vụ NC");
            let below = units::one(&store, &lan_officer(), division, day(TODAY)).await.unwrap().unwrap();
            assert_eq!(below.on_day.unwrap().parent, Some(told.law));
        });
    }
}

#[test]
fn a_split_sends_people_where_they_are_named_for() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let third = enter(&store, async |tx| member(tx, "Vũ Thị Cúc", told.law)).await;
        let (first, second) = enter(&store, async |tx| Ok((unit(tx, "PL1", None)?, unit(tx, "PL2", None)?))).await;
        let order = Reorganisation {
            kind: LineageKind::ChiaTach,
            predecessors: vec![told.law],
            successors: vec![first, second],
            elsewhere: vec![(third, second)],
            ..merger(&told, true)
        };
        enter(&store, async |tx| tx.reorganise(&order).await).await;
        let now = async |person| stays(&store, person).await.pop().map(|stay| stay.0);
        assert_eq!((now(told.hoa).await, now(third).await), (Some(first), Some(second)));
        let lineage = units::one(&store, &lan_officer(), told.law, day(TODAY)).await.unwrap().unwrap().lineage;
        let successors: Vec<Uuid> = lineage.iter().map(|step| step.successor).collect();
        assert_eq!(successors, [first, second]);
    });
}

#[test]
fn a_merger_that_fails_leaves_everything_as_it_was() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let head = store::journal::head(&store, OFFICE).await.unwrap();
        let order = Reorganisation { successors: vec![Uuid::now_v7()], ..merger(&told, true) };
        let refused = store.step(OFFICE, None, noon(), "sáp nhập", async |tx| tx.reorganise(&order).await).await;
        assert!(matches!(refused, Err(StoreError::DanglingReference(_))), "{refused:?}");
        assert_eq!(store::journal::head(&store, OFFICE).await, Ok(head));
        assert_eq!(stays(&store, told.binh).await.len(), 1);
        let standing = reorganisation::standing_after(&store, &lan_officer(), told.rights, day("2025-02-28")).await;
        assert_eq!(standing, Ok(Standing { members: 1, sub_units: 0 }));
    });
}

#[test]
fn a_unit_under_itself_or_with_two_names_at_a_time_is_refused() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let division = enter(&store, async |tx| unit(tx, "P1", Some(told.law))).await;
        let present = async |unit: Uuid| {
            let lan = lan_officer();
            let unit = Subject::Unit(unit);
            let names = entry::records(&store, &lan, unit, "unit_name", day(TODAY)).await.unwrap();
            let id: Uuid = names[0]["id"].as_str().unwrap().parse().unwrap();
            (id, store.last_step(OFFICE, "unit_name", id).await.unwrap())
        };
        let (name, last) = present(told.law).await;
        let ring = store.step(OFFICE, None, noon(), "chuyển", async |tx| {
            let under = NewUnitName { from_day: day("2020-01-01"), ..unit_name(tx, told.law, "PL", Some(division)) };
            tx.rename(under, name, last).await
        });
        assert!(matches!(ring.await, Err(StoreError::Refused(why)) if why.ends_with("under itself")));
        let twice = store.step(OFFICE, None, noon(), "hai tên", async |tx| {
            tx.add(NewUnitName { from_day: day("2020-01-01"), ..unit_name(tx, told.law, "PLX", None) })
        });
        assert!(matches!(twice.await, Err(StoreError::Refused(_))));
        enter(&store, async |tx| {
            let next = NewUnitName { from_day: day("2020-01-01"), ..unit_name(tx, told.law, "PC", Some(told.rights)) };
            tx.rename(next, name, last).await
        })
        .await;
        let late = store.step(OFFICE, None, noon(), "đổi nữa", async |tx| {
            let next = NewUnitName { from_day: day("2021-01-01"), ..unit_name(tx, told.law, "PD", None) };
            tx.rename(next, name, last).await
        });
        assert_eq!(late.await, Err(StoreError::Changed));
        let names = units::one(&store, &lan_officer(), told.law, day(TODAY)).await.unwrap().unwrap().names;
        let told: Vec<_> = names.into_iter().map(|name| (name.name, name.to.map(|day| day.to_string()))).collect();
        assert_eq!(told, [("Vụ PL".to_owned(), Some("2019-12-31".to_owned())), ("Vụ PC".to_owned(), None)]);
    });
}

#[test]
fn a_secondment_with_a_known_end_leads_back_home() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let record = stays_record(&store, told.hoa).await;
        let last = store.last_step(OFFICE, "membership", record).await.unwrap();
        let away = Transfer {
            person: told.hoa,
            unit: told.rights,
            review_unit: told.law,
            kind: MembershipKind::BietPhai,
            from_day: day("2024-01-01"),
            until: Some(day("2024-12-31")),
        };
        enter(&store, async |tx| tx.transfer(&away, Some(last)).await).await;
        assert_eq!(
            stays(&store, told.hoa).await,
            [
                (told.law, MembershipKind::Chinh, "2005-01-01".into(), Some("2023-12-31".into())),
                (told.rights, MembershipKind::BietPhai, "2024-01-01".into(), Some("2024-12-31".into())),
                (told.law, MembershipKind::Chinh, "2025-01-01".into(), None)
            ]
        );
        let again = store.step(OFFICE, None, noon(), "lại", async |tx| tx.transfer(&away, Some(last)).await).await;
        assert!(matches!(again, Err(StoreError::Refused(_))), "{again:?}");
    });
}

async fn stays_record(store: &Store, person: Uuid) -> Uuid {
    people::one(store, &lan_officer(), person, day(TODAY)).await.unwrap().unwrap().memberships[0].id
}
