//! Households: entered as people are, and never among the staff; found, listed, honoured and counted as what they are.

use std::collections::BTreeSet;

use rules::facts::Subject;
use store::Store;
use store::access::Viewer;
use store::error::StoreError;
use store::members::LAST_DAY;
use store::page::{Page, Total};
use store::people::{self, Filter, Household};
use store::records::{NewAttestation, NewConferral, NewHousehold, NewPerson};
use store::reports::arithmetic::Period;
use store::reports::counted::{Category, CountBy, Counting, SubjectKind};
use store::reports::period::{self, Parameters};
use store::roster::{self, Touched};
use store::step::Step;
use store::units;
use store::words::Role;
use store::{home, journal, yearly};
use uuid::Uuid;

use crate::builders::{
    OFFICE, day, decision, enter, lan_officer, line, member, membership, office, person, unit, viewer,
};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";
const MAU: &str = "Hộ ông Nguyễn Văn Mẫu";

struct Told {
    commune: Uuid,
    elsewhere: Uuid,
    an: Uuid,
    mau: Uuid,
}

fn household(tx: &mut Step, name: &str, unit: Uuid, address: Option<&str>) -> Result<Uuid, StoreError> {
    let household = tx.add(NewPerson { excluded_from_roster: true, ..person(tx, name) })?;
    tx.add(NewHousehold { id: tx.id(), person: household, address: address.map(str::to_owned) })?;
    tx.add(membership(tx, household, unit, "2015-01-01"))?;
    Ok(household)
}

/// A commune with one clerk of its staff and one household, and another commune with a household.
async fn told(store: &Store) -> Told {
    enter(store, async |tx| {
        office(tx)?;
        let (commune, elsewhere) = (unit(tx, "XA", None)?, unit(tx, "XB", None)?);
        let an = member(tx, "Nguyễn Văn An", commune)?;
        let mau = household(tx, MAU, commune, Some("Thôn 2"))?;
        household(tx, "Gia đình bà Lê Thị Thử", elsewhere, None)?;
        Ok(Told { commune, elsewhere, an, mau })
    })
    .await
}

fn clerk(unit: Uuid) -> Viewer {
    Viewer { unit: Some(unit), ..viewer(Role::Clerk) }
}

async fn names(store: &Store, who: &Viewer, filter: &Filter) -> (Vec<String>, Total) {
    let listed = people::list(store, who, filter, Page::first(50)).await.expect("a list");
    (listed.rows.into_iter().map(|row| row.full_name).collect(), listed.total)
}

#[test]
fn who_is_a_household_already_is_made_none_again() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let again = store.step(OFFICE, None, crate::builders::noon(), "nhầm", async |tx| {
            tx.add(NewHousehold { id: tx.id(), person: told.mau, address: None })
        });
        assert!(matches!(again.await, Err(StoreError::Duplicate(_))));
        let mau = people::one(&store, &lan_officer(), told.mau, day(TODAY)).await.expect("read").expect("a household");
        assert_eq!(mau.household, Some(Household { address: Some("Thôn 2".to_owned()) }));
    });
}

#[test]
fn a_clerk_of_another_commune_sees_no_household_of_this_one() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let elsewhere = clerk(told.elsewhere);
        assert_eq!(people::one(&store, &elsewhere, told.mau, day(TODAY)).await, Err(StoreError::Forbidden));
        let filter = Filter { households: true, ..Filter::everyone(day(TODAY)) };
        let own = vec!["Gia đình bà Lê Thị Thử".to_owned()];
        assert_eq!(names(&store, &elsewhere, &filter).await, (own, Total::Exactly(1)));
    });
}

#[test]
fn households_have_a_list_of_their_own_and_are_found_by_name_among_people() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let (who, everyone) = (lan_officer(), Filter::everyone(day(TODAY)));
        let an = || (vec!["Nguyễn Văn An".to_owned()], Total::Exactly(1));
        assert_eq!(names(&store, &who, &everyone).await, an());
        assert_eq!(names(&store, &who, &Filter { working: true, ..everyone.clone() }).await, an());
        let here = Filter { unit: Some(told.commune), ..everyone.clone() };
        assert_eq!(names(&store, &who, &here).await, an());
        let mau = || (vec![MAU.to_owned()], Total::Exactly(1));
        assert_eq!(names(&store, &who, &Filter { households: true, ..here.clone() }).await, mau());
        let all = Filter { households: true, working: true, ..everyone.clone() };
        assert_eq!(names(&store, &who, &all).await.1, Total::Exactly(2));
        let named = Filter { name: Some("nguyen van".to_owned()), ..everyone };
        let both = (vec!["Nguyễn Văn An".to_owned(), MAU.to_owned()], Total::Exactly(2));
        assert_eq!(names(&store, &who, &named).await, both);
        assert_eq!(names(&store, &who, &Filter { households: true, ..named }).await, mau());
    });
}

#[test]
fn no_count_of_staff_sees_a_household() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let (who, today) = (lan_officer(), day(TODAY));
        let members = people::members(&store, &who, told.commune, today, 10).await.expect("members").0;
        assert_eq!(members.iter().map(|row| row.id).collect::<Vec<_>>(), [told.an]);
        let tree = units::tree(&store, &who, today).await.expect("a tree");
        assert_eq!(tree.iter().map(|node| node.members).collect::<Vec<_>>(), [1, 0]);
        let level = units::level::level(&store, &who, None, today, Page::first(10)).await.expect("a level");
        assert_eq!(level.rows.iter().map(|row| row.members).collect::<Vec<_>>(), [1, 0]);
        let known = units::facts(&store, &who, told.commune, today, LAST_DAY).await.expect("read").expect("facts");
        assert_eq!(known.facts.members.iter().map(|year| year.total).max(), Some(1));
        assert_eq!(home::figures(&store, &who, today).await.expect("figures").working, 1);
        let (year, end) = (2025, day("2025-12-31"));
        let lines = yearly::lines(&store, &who, told.commune, year, end, today, Page::first(10)).await.expect("lines");
        assert_eq!(lines.rows.iter().map(|line| line.person).collect::<Vec<_>>(), [told.an]);
    });
}

#[test]
fn the_facts_of_a_household_are_asked_as_those_of_a_household_and_followed_by_the_scan() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let today = day(TODAY);
        let subjects = async || {
            let all = roster::people(&store, OFFICE, today, None).await.expect("a roster");
            all.into_iter().map(|member| (member.id, member.facts.subject)).collect::<Vec<_>>()
        };
        let before = subjects().await;
        assert_eq!(before.iter().filter(|(_, subject)| *subject == Subject::HoGiaDinh).count(), 2);
        assert!(before.contains(&(told.an, Subject::CaNhan)) && before.contains(&(told.mau, Subject::HoGiaDinh)));
        let head = journal::head(&store, OFFICE).await.expect("a head").size;
        enter(&store, async |tx| {
            tx.add(NewAttestation {
                id: tx.id(),
                person: Some(told.mau),
                collective: None,
                condition: "gia-dinh-van-hoa/hang-nam/phong-trao".to_owned(),
                value: true,
                on_day: day("2026-11-01"),
                by_whom: None,
            })
        })
        .await;
        let Touched::Some { people: touched, .. } = roster::touched(&store, OFFICE, head).await.expect("touched")
        else {
            panic!("a confirmation touches one");
        };
        assert_eq!(touched, BTreeSet::from([told.mau]));
        let chosen = roster::chosen(&store, OFFICE, today, &touched).await.expect("chosen");
        assert_eq!((chosen[0].facts.subject, chosen[0].facts.attested.len()), (Subject::HoGiaDinh, 1));
        let known = people::facts(&store, &lan_officer(), told.mau, today).await.expect("read").expect("facts");
        assert_eq!(known.facts, chosen[0].facts);
    });
}

#[test]
fn a_report_counts_households_apart_and_not_at_all_where_there_are_none() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let period = Period::of_years(2021, 2026).expect("a period");
        let counting =
            Counting { award: "giay-khen-xa".to_owned(), category: Category::Commendation, by: CountBy::DecisionDay };
        let asked = Parameters { period, compare: None, unit: None, countings: vec![counting] };
        let lines = async || {
            let report = period::report(&store, &lan_officer(), &asked, day(TODAY)).await.expect("a report");
            let rows = report.totals.iter().filter(|row| row.category == Category::Commendation);
            rows.map(|row| (row.subject, row.row.total.lines)).collect::<Vec<_>>()
        };
        assert_eq!(lines().await, [(SubjectKind::Collective, 0), (SubjectKind::Individual, 0)]);
        enter(&store, async |tx| {
            let of = decision(tx, "12", "2026-05-05");
            tx.add(of.clone())?;
            tx.add(line(tx, &of, "giay-khen-xa", told.an, told.commune))?;
            for position in 2..4 {
                let given = line(tx, &of, "giay-khen-xa", told.mau, told.commune);
                tx.add(NewConferral { level: None, position, ..given })?;
            }
            let outside = tx.add(NewPerson { excluded_from_roster: true, ..person(tx, "Hộ bà Ngoài Xã") })?;
            tx.add(NewHousehold { id: tx.id(), person: outside, address: None })?;
            tx.add(NewConferral { level: None, unit: None, ..line(tx, &of, "giay-khen-xa", outside, told.commune) })?;
            Ok(())
        })
        .await;
        let counted = [(SubjectKind::Collective, 0), (SubjectKind::Individual, 1), (SubjectKind::Household, 2)];
        assert_eq!(lines().await, counted);
        let mau = people::one(&store, &lan_officer(), told.mau, day(TODAY)).await.expect("read").expect("a household");
        assert!(mau.records.conferrals.iter().all(|line| line.subject == Subject::HoGiaDinh));
    });
}
