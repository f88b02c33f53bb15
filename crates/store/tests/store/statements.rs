//! The number of statements of a page does not grow with its rows.

use store::Store;
use store::access::Viewer;
use store::decisions::{self, lines};
use store::entry::{self, Subject};
use store::history;
use store::page::Page;
use store::reports::arithmetic::Period;
use store::reports::counted::{Category, CountBy, Counting, UnitChoice};
use store::reports::period::{self, Parameters};
use store::words::Role;
use store::yearly;
use store::{home, members, people, units};
use uuid::Uuid;

use crate::builders::{collective_line, day, decision, enter, lan_officer, line, member, office, unit, viewer};
use crate::on_each_database::on_each_database;

#[test]
fn a_page_with_fifty_rows_costs_no_more_than_one_with_one() {
    on_each_database(async |store| {
        let (tccb, hoa) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            Ok((tccb, member(tx, "Trần Thị Hoa", tccb)?))
        })
        .await;
        let first = decide(&store, tccb, hoa, 1).await;
        let with_one = statements(&store, tccb, hoa, first).await;
        enter(&store, async |tx| {
            for n in 0..49 {
                member(tx, &format!("Nguyễn Văn Số {n}"), tccb)?;
                unit(tx, &format!("P{n}"), Some(tccb))?;
            }
            Ok(())
        })
        .await;
        for n in 2..=50 {
            decide(&store, tccb, hoa, n).await;
        }
        let with_many = statements(&store, tccb, hoa, first).await;
        let (history, others): (Vec<_>, Vec<_>) =
            with_many.into_iter().zip(&with_one).partition(|(many, _)| many.0 == "history");
        let unlike: Vec<_> = others.into_iter().filter(|(many, one)| many != *one).collect();
        assert_eq!(unlike, []);
        // A history asks for the names of what its page shows: less where fewer sorts of record stand on it.
        let dearer: Vec<_> = history.into_iter().filter(|(many, one)| many.0 != one.0 || many.1 > one.1).collect();
        assert_eq!(dearer, []);
        let dearest = with_one.into_iter().map(|(_, statements)| statements).max();
        assert_eq!(dearest, Some(21));
    });
}

/// A decision with as many lines as its number.
async fn decide(store: &Store, tccb: Uuid, hoa: Uuid, n: i32) -> Uuid {
    enter(store, async |tx| {
        let decision = decision(tx, &format!("MH-{n:03}"), "2019-02-01");
        tx.add(decision.clone())?;
        for _ in 0..n {
            tx.add(line(tx, &decision, "bang-khen-bo", hoa, tccb))?;
            tx.add(collective_line(tx, &decision, "bang-khen-bo", tccb))?;
        }
        Ok(decision.id)
    })
    .await
}

/// How many statements each page sends, for one who reads the office and for one who reads a unit.
async fn statements(store: &Store, tccb: Uuid, hoa: Uuid, decision: Uuid) -> Vec<(&'static str, u64)> {
    let today = day("2026-11-23");
    let mut counts = Vec::new();
    for who in [lan_officer(), Viewer { unit: Some(tccb), ..viewer(Role::Clerk) }] {
        let who = &who;
        let filter = people::Filter { unit: Some(tccb), name: Some("n".into()), ..people::Filter::everyone(today) };
        let mut before = store.statements();
        let mut count = |page: &'static str| {
            counts.push((page, store.statements() - before));
            before = store.statements();
        };
        people::list(store, who, &filter, Page::first(50)).await.unwrap();
        count("people");
        people::search(store, who, "nguyen", today, 20).await.unwrap();
        count("search");
        people::one(store, who, hoa, today).await.unwrap();
        count("person");
        people::facts(store, who, hoa, today).await.unwrap();
        count("facts");
        units::tree(store, who, today).await.unwrap();
        count("units");
        units::one(store, who, tccb, today).await.unwrap();
        count("unit");
        units::facts(store, who, tccb, today, members::LAST_DAY).await.unwrap();
        count("facts of the unit");
        decisions::list(store, who, &decisions::Filter::default(), today, Page::first(50)).await.unwrap();
        count("decisions");
        decisions::one(store, who, decision, today).await.unwrap();
        count("decision");
        let (_, places) = lines::placed(store, who, decision, today).await.unwrap().unwrap();
        count("places of a decision");
        let ids: Vec<Uuid> = places.iter().map(|line| line.id).collect();
        lines::lines(store, who, decision, &ids, today).await.unwrap();
        count("lines of a decision");
        let whose = Subject::Person(hoa);
        history::of_subject(store, who, whose, today, None).await.unwrap();
        count("history");
        entry::records(store, who, whose, "conferral", today).await.unwrap();
        count("records");
        entry::counts(store, who, whose, today).await.unwrap();
        count("counts of records");
        yearly::lines(store, who, tccb, 2025, today, today, Page::first(50)).await.unwrap();
        count("grades of a year");
        home::figures(store, who, today).await.unwrap();
        count("home");
        let counting =
            Counting { award: "bang-khen-bo".into(), category: Category::Commendation, by: CountBy::DecisionDay };
        let parameters = Parameters {
            period: Period::of_years(2015, 2020).unwrap(),
            compare: Period::of_years(2006, 2010),
            unit: Some(UnitChoice { unit: tccb, with_sub_units: true }),
            countings: vec![counting],
        };
        period::report(store, who, &parameters, today).await.unwrap();
        count("report");
    }
    counts
}
