//! Entering by form: who may write what about whom, people who may be the same, and records written by name.

use rules::facts::Grade;
use serde_json::{Value, json};
use store::access::{self, Viewer};
use store::alike;
use store::entry::{self, Subject};
use store::error::StoreError;
use store::page::Page;
use store::records::{NewIdentity, NewMembership, NewPerson};
use store::words::{IdentityKind, ROLES, Role};
use store::yearly;
use uuid::Uuid;

use crate::builders::{OFFICE, day, enter, grade, lan_officer, member, membership, noon, office, person, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

#[test]
fn each_role_writes_what_it_knows_at_first_hand_and_nothing_else() {
    let written = |role: Role| {
        let nouns = [
            "person",
            "household",
            "identity",
            "membership",
            "post",
            "grade",
            "initiative",
            "initiative_use",
            "discipline",
            "hold",
            "leave",
            "registration",
            "roster_exception",
            "attestation",
            "complete_range",
            "unit",
            "unit_name",
            "unit_lineage",
            "account",
            "conferral",
            "decision",
            "role_grant",
        ];
        nouns.into_iter().filter(|noun| access::writes(&viewer(role), noun)).collect::<Vec<_>>()
    };
    let unit =
        ["person", "household", "identity", "post", "grade", "initiative", "leave", "registration", "roster_exception"];
    for role in [Role::Employee, Role::CouncilMember, Role::DecidingAuthority, Role::Auditor] {
        assert_eq!(written(role), Vec::<&str>::new(), "{role:?}");
    }
    for role in [Role::Clerk, Role::Head] {
        assert_eq!(written(role), unit, "{role:?}");
    }
    let of_office =
        |barring: &[&str]| written(Role::Officer).into_iter().filter(|noun| !barring.contains(noun)).collect();
    assert_eq!(written(Role::Officer).len(), 18);
    assert_eq!(written(Role::Administrator), written(Role::Officer));
    let secretary: Vec<&str> = of_office(&["discipline", "hold"]);
    assert_eq!(written(Role::CouncilSecretary), secretary);
}

#[test]
fn a_clerk_writes_about_people_of_the_unit_only_while_they_sit_there() {
    on_each_database(async |store| {
        let (tccb, hoa, gone) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let gone = tx.add(person(tx, "Lê Văn Bình"))?;
            let to_day = Some(day("2025-12-31"));
            tx.add(NewMembership { to_day, ..membership(tx, gone, tccb, "2010-01-01") })?;
            Ok((tccb, member(tx, "Trần Thị Hoa", tccb)?, gone))
        })
        .await;
        let may = async |who: &Viewer, noun: &str, whom: Uuid| {
            entry::writable(&store, who, noun, Subject::Person(whom), day(TODAY)).await.is_ok()
        };
        let mai = Viewer { unit: Some(tccb), ..viewer(Role::Clerk) };
        assert!(!may(&mai, "grade", gone).await);
        assert!(!may(&mai, "discipline", hoa).await);
        assert!(may(&mai, "grade", hoa).await);
        let hoa_herself = Viewer { person: Some(hoa), ..viewer(Role::Employee) };
        assert!(!may(&hoa_herself, "grade", hoa).await);
        assert!(may(&lan_officer(), "grade", gone).await);
        let nobody = entry::writable(&store, &lan_officer(), "grade", Subject::Person(Uuid::nil()), day(TODAY)).await;
        assert_eq!(nobody, Err(StoreError::NotFound));
        for role in ROLES {
            let elsewhere = Viewer { unit: Some(Uuid::nil()), ..viewer(role) };
            let office = matches!(role, Role::Officer | Role::CouncilSecretary | Role::Administrator);
            assert_eq!(may(&elsewhere, "grade", hoa).await, office, "{role:?}");
        }
    });
}

#[test]
fn a_record_written_by_name_is_the_record_it_names_and_a_wrong_one_is_refused() {
    on_each_database(async |store| {
        let hoa = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            member(tx, "Trần Thị Hoa", tccb)
        })
        .await;
        let content = |grade: &str| {
            let Value::Object(content) = json!({"person": hoa, "year": 2024, "grade": grade}) else { unreachable!() };
            content
        };
        for (noun, wrong) in [("grade", content("gioi")), ("grades", content("tot")), ("post", content("tot"))] {
            let refused = store.step(OFFICE, None, noon(), "ghi", async |tx| tx.add_named(noun, wrong)).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{noun}: {refused:?}");
        }
        let id = enter(&store, async |tx| tx.add_named("grade", content("tot"))).await;
        let mut corrected = content("xuat-sac");
        corrected.insert("id".into(), id.to_string().into());
        enter(&store, async |tx| tx.correct_named("grade", corrected).await).await;
        let stored = entry::record(&store, &lan_officer(), "grade", id, day(TODAY)).await.unwrap();
        assert_eq!((stored.whose.subject, &stored.content["grade"]), (Subject::Person(hoa), &json!("xuat-sac")));
        let listed = entry::records(&store, &lan_officer(), Subject::Person(hoa), "grade", day(TODAY)).await.unwrap();
        assert_eq!(listed, [stored.content]);
        let counts = entry::counts(&store, &lan_officer(), Subject::Person(hoa), day(TODAY)).await.unwrap();
        let some: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(some, [("person", 1), ("membership", 1), ("grade", 1)]);
    });
}

#[test]
fn an_initiative_serves_for_one_award_only() {
    on_each_database(async |store| {
        let hoa = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            member(tx, "Trần Thị Hoa", tccb)
        })
        .await;
        let object = |value: Value| value.as_object().cloned().unwrap();
        let idea = enter(&store, async |tx| {
            let idea = json!({"person": hoa, "name": "Số hóa", "sort": "sang-kien", "scope": "co-so", "year": 2024});
            tx.add_named("initiative", object(idea))
        })
        .await;
        let used = object(json!({"initiative": idea, "award": "chien-si-thi-dua-co-so", "year": 2024}));
        let spend = async |used: serde_json::Map<String, Value>| {
            let step = store.step(OFFICE, None, noon(), "dùng", async |tx| {
                tx.unused(idea).await?;
                tx.add_named("initiative_use", used)
            });
            step.await
        };
        let first = spend(used.clone()).await.unwrap();
        assert_eq!(spend(used).await, Err(StoreError::Duplicate("chien-si-thi-dua-co-so".into())));
        let stored = entry::record(&store, &lan_officer(), "initiative_use", first, day(TODAY)).await.unwrap();
        assert_eq!(stored.whose.subject, Subject::Person(hoa));
        let offered = entry::initiatives(&store, &lan_officer(), Subject::Person(hoa), day(TODAY)).await.unwrap();
        assert_eq!(offered[0].used_for.as_deref(), Some("chien-si-thi-dua-co-so"));
    });
}

#[test]
fn someone_of_the_same_name_and_year_or_number_is_shown_before_a_second_is_entered() {
    on_each_database(async |store| {
        let (hoa, older, unknown, numbered) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let born = |name: &str, born: Option<&str>| NewPerson { born: born.map(day), ..person(tx, name) };
            let (hoa, older, unknown) = (
                born("Trần Thị Hoà", Some("1980-05-02")),
                born("Trần Thị Hoa", Some("1961-01-01")),
                born("Trần Thị Hoa", None),
            );
            let numbered = born("Đỗ Văn An", Some("1990-01-01"));
            let identity = NewIdentity {
                id: tx.id(),
                person: numbered.id,
                kind: IdentityKind::Cccd,
                sealed: "sealed".into(),
                lookup: "ab12".into(),
            };
            let ids = (hoa.id, older.id, unknown.id, numbered.id);
            tx.add(membership(tx, hoa.id, tccb, "2010-01-01"))?;
            for new in [hoa, older, unknown, numbered] {
                tx.add(new)?;
            }
            tx.add(identity)?;
            Ok(ids)
        })
        .await;
        let found = async |name: &str, numbers: &[(IdentityKind, String)]| {
            alike::people(&store, &lan_officer(), name, Some(1980), numbers, day(TODAY)).await.unwrap()
        };
        let same: Vec<_> = found("trần thị hoa", &[]).await.into_iter().map(|known| (known.id, known.unit)).collect();
        assert_eq!(same, [(hoa, Some("Vụ TCCB".to_owned())), (unknown, None)]);
        assert!(!same.iter().any(|(id, _)| *id == older));
        let numbers = [(IdentityKind::Cccd, "ab12".to_owned())];
        let same = found("Người Mới", &numbers).await;
        assert_eq!((same.len(), same[0].id, same[0].number), (1, numbered, Some(IdentityKind::Cccd)));
        let auditor = alike::people(&store, &viewer(Role::Auditor), "Hoa", None, &[], day(TODAY)).await;
        assert_eq!(auditor, Err(StoreError::Forbidden));
    });
}

#[test]
fn the_form_of_a_year_lists_whom_the_unit_reviews_with_their_grades() {
    on_each_database(async |store| {
        let (tccb, hoa, given) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let other = unit(tx, "PL", None)?;
            let hoa = member(tx, "Trần Thị Hoa", tccb)?;
            member(tx, "Lê Văn Bình", tccb)?;
            member(tx, "Vũ Thị Xa", other)?;
            Ok((tccb, hoa, tx.add(grade(tx, hoa, 2025, Grade::Tot))?))
        })
        .await;
        let lines = async |who: &Viewer| {
            yearly::lines(&store, who, tccb, 2025, day("2025-12-31"), day(TODAY), Page::first(50)).await
        };
        let mai = Viewer { unit: Some(Uuid::nil()), ..viewer(Role::Clerk) };
        assert_eq!(lines(&mai).await, Err(StoreError::Forbidden));
        assert_eq!(lines(&viewer(Role::Auditor)).await, Err(StoreError::Forbidden));
        let listed = lines(&Viewer { unit: Some(tccb), ..viewer(Role::Head) }).await.unwrap();
        let told: Vec<_> = listed.rows.iter().map(|line| (line.full_name.as_str(), line.grade.is_some())).collect();
        assert_eq!(told, [("Lê Văn Bình", false), ("Trần Thị Hoa", true)]);
        let held = listed.rows.into_iter().find(|line| line.person == hoa).unwrap().grade.unwrap();
        assert_eq!((held.record, held.grade), (given, Grade::Tot));
        assert_eq!(store.last_step(OFFICE, "grade", given).await, Ok(held.last));
    });
}
