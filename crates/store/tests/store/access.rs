//! Reach: what each role sees, and what it is refused.

use store::access::{self, Scope, Viewer};
use store::error::StoreError;
use store::page::Page;
use store::records::NewPerson;
use store::words::{ROLES, Role};
use store::{decisions, home, people, units};
use uuid::Uuid;

use crate::builders::{day, decision, enter, line, member, membership, office, person, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2020-06-16";

/// Hoa works in a division of TCCB, Bình in Pháp luật; each has an award by a decision of its own.
struct Told {
    tccb: Uuid,
    division: Uuid,
    phap_luat: Uuid,
    hoa: Uuid,
    binh: Uuid,
    hoas: Uuid,
    binhs: Uuid,
}

async fn told(store: &store::Store) -> Told {
    enter(store, async |tx| {
        office(tx)?;
        let (tccb, phap_luat) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
        let division = unit(tx, "TCCB-DT", Some(tccb))?;
        let hoa = tx.add(NewPerson { born: Some(day("1980-05-02")), ..person(tx, "Trần Thị Hoa") })?;
        tx.add(membership(tx, hoa, division, "2005-01-01"))?;
        let binh = member(tx, "Lê Văn Bình", phap_luat)?;
        let (hoas, binhs) = (decision(tx, "MH-001", "2019-02-01"), decision(tx, "MH-002", "2019-02-02"));
        tx.add(hoas.clone())?;
        tx.add(line(tx, &hoas, "bang-khen-bo", hoa, division))?;
        tx.add(binhs.clone())?;
        tx.add(line(tx, &binhs, "bang-khen-bo", binh, phap_luat))?;
        Ok(Told { tccb, division, phap_luat, hoa, binh, hoas: hoas.id, binhs: binhs.id })
    })
    .await
}

#[test]
fn a_role_without_a_unit_or_person_reaches_nothing() {
    on_each_database(async |store| {
        told(&store).await;
        for role in [Role::Clerk, Role::Head, Role::Employee] {
            let nobody = viewer(role);
            assert_eq!(access::scope(&nobody, day(TODAY)), Scope::Nothing);
            let filter = people::Filter::everyone(day(TODAY));
            assert_eq!(people::list(&store, &nobody, &filter, Page::first(10)).await, Err(StoreError::Forbidden));
            let filter = decisions::Filter::default();
            let listed = decisions::list(&store, &nobody, &filter, day(TODAY), Page::first(10)).await;
            assert_eq!(listed, Err(StoreError::Forbidden));
            assert_eq!(units::tree(&store, &nobody, day(TODAY)).await, Err(StoreError::Forbidden));
            assert_eq!(home::figures(&store, &nobody, day(TODAY)).await, Err(StoreError::Forbidden));
        }
    });
}

#[test]
fn clerk_and_head_reach_their_unit_with_its_sub_units() {
    on_each_database(async |store| {
        let told = told(&store).await;
        for role in [Role::Clerk, Role::Head] {
            let mai = Viewer { unit: Some(told.tccb), ..viewer(role) };
            assert_eq!(people::one(&store, &mai, told.binh, day(TODAY)).await, Err(StoreError::Forbidden));
            assert_eq!(people::facts(&store, &mai, told.binh, day(TODAY)).await, Err(StoreError::Forbidden));
            assert_eq!(people::history(&store, &mai, told.binh, day(TODAY)).await, Err(StoreError::Forbidden));
            assert_eq!(units::one(&store, &mai, told.phap_luat, day(TODAY)).await, Err(StoreError::Forbidden));
            assert_eq!(units::find_by_code(&store, &mai, "PL", day(TODAY)).await, Err(StoreError::Forbidden));
            assert_eq!(decisions::one(&store, &mai, told.binhs, day(TODAY)).await, Err(StoreError::Forbidden));
            assert_eq!(
                seen(&store, &mai).await,
                (vec!["Trần Thị Hoa".into()], vec!["TCCB".into(), "TCCB-DT".into()], 1)
            );
            assert!(people::one(&store, &mai, told.hoa, day(TODAY)).await.unwrap().is_some());
            assert!(units::one(&store, &mai, told.division, day(TODAY)).await.unwrap().is_some());
            assert!(decisions::one(&store, &mai, told.hoas, day(TODAY)).await.unwrap().is_some());
            let before = people::one(&store, &mai, told.hoa, day("2004-12-31")).await;
            assert_eq!(before, Err(StoreError::Forbidden));
        }
    });
}

#[test]
fn an_employee_reaches_the_own_record_alone() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let hoa = Viewer { person: Some(told.hoa), ..viewer(Role::Employee) };
        assert_eq!(people::one(&store, &hoa, told.binh, day(TODAY)).await, Err(StoreError::Forbidden));
        assert_eq!(units::one(&store, &hoa, told.division, day(TODAY)).await, Err(StoreError::Forbidden));
        assert_eq!(units::tree(&store, &hoa, day(TODAY)).await, Err(StoreError::Forbidden));
        assert_eq!(decisions::one(&store, &hoa, told.binhs, day(TODAY)).await, Err(StoreError::Forbidden));
        let own = people::one(&store, &hoa, told.hoa, day(TODAY)).await.unwrap().unwrap();
        assert_eq!(own.born, Some(day("1980-05-02")));
        assert_eq!(decisions::one(&store, &hoa, told.hoas, day(TODAY)).await.unwrap().unwrap().lines.len(), 1);
    });
}

#[test]
fn the_other_roles_read_the_whole_office_and_days_of_birth_only_where_needed() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let mut shown = Vec::new();
        for role in ROLES.into_iter().filter(|role| access::reads_whole_office(&viewer(*role))) {
            let (people, units, decisions) = seen(&store, &viewer(role)).await;
            assert_eq!((people.len(), units.len(), decisions), (2, 3, 2), "{role:?}");
            let hoa = people::one(&store, &viewer(role), told.hoa, day(TODAY)).await.unwrap().unwrap();
            shown.push((role, hoa.born.is_some()));
        }
        assert_eq!(
            shown,
            [
                (Role::Officer, true),
                (Role::CouncilSecretary, true),
                (Role::CouncilMember, false),
                (Role::DecidingAuthority, false),
                (Role::Auditor, false),
                (Role::Administrator, false)
            ]
        );
    });
}

/// The people, the codes of units and the number of decisions in the lists of a viewer.
async fn seen(store: &store::Store, viewer: &Viewer) -> (Vec<String>, Vec<String>, usize) {
    let filter = people::Filter::everyone(day(TODAY));
    let people = people::list(store, viewer, &filter, Page::first(10)).await.unwrap();
    let units = units::tree(store, viewer, day(TODAY)).await.unwrap();
    let filter = decisions::Filter::default();
    let decisions = decisions::list(store, viewer, &filter, day(TODAY), Page::first(10)).await.unwrap();
    (
        people.rows.into_iter().map(|row| row.full_name).collect(),
        units.into_iter().map(|node| node.unit.code).collect(),
        decisions.rows.len(),
    )
}
