//! A reach of ten thousand units: no statement grows beyond what a database takes, and units are found by their words.

use store::Store;
use store::access::Viewer;
use store::page::{Page, Total};
use store::reports::arithmetic::Period;
use store::reports::counted::{Category, CountBy, Counting, UnitChoice};
use store::reports::period::{self, Parameters};
use store::units::{self, level, sought};
use store::words::Role;
use store::{alike, decisions, entry, home, layers, people, yearly};
use uuid::Uuid;

use crate::builders::{day, decision, enter, lan_officer, line, member, office, unit, viewer};
use crate::on_each_database::on_each_database;

/// Units under the one in which the clerk's role holds; asked twice and more, they are beyond 32,766 values.
const MANY: u32 = 10_000;

/// The unit over all others, and somebody who sits in the last of them with one line of a decision.
async fn wide(store: &Store) -> (Uuid, Uuid, Uuid) {
    let (top, last) = enter(store, async |tx| {
        office(tx)?;
        let top = unit(tx, "SO", None)?;
        let mut last = top;
        for n in 0..MANY {
            last = unit(tx, &format!("P{n}"), Some(top))?;
        }
        Ok((top, last))
    })
    .await;
    let (person, paper) = enter(store, async |tx| {
        let other = unit(tx, "KHAC", None)?;
        member(tx, "Lê Văn Ngoài", other)?;
        let person = member(tx, "Trần Thị Hoa", last)?;
        let paper = decision(tx, "MH-001", "2019-02-01");
        tx.add(paper.clone())?;
        tx.add(line(tx, &paper, "bang-khen-bo", person, last))?;
        Ok((person, paper.id))
    })
    .await;
    (top, person, paper)
}

#[test]
fn a_clerk_of_ten_thousand_units_asks_everything_that_a_clerk_of_one_asks() {
    on_each_database(async |store| {
        let (top, hoa, paper) = wide(&store).await;
        let today = day("2026-11-23");
        let who = &Viewer { unit: Some(top), ..viewer(Role::Clerk) };
        let filter = people::Filter { name: Some("t".into()), ..people::Filter::everyone(today) };
        let listed = people::list(&store, who, &filter, Page::first(50)).await.expect("people");
        assert_eq!((listed.rows.len(), listed.total), (1, Total::Exactly(1)));
        assert_eq!(people::search(&store, who, "tran", today, 20).await.expect("a search").len(), 1);
        assert_eq!(people::search(&store, who, "le van ngoai", today, 20).await.expect("a search").len(), 0);
        assert_eq!(people::named(&store, who, &["tran thi hoa".into()], today).await.expect("names").len(), 1);
        assert_eq!(people::members(&store, who, top, today).await.expect("members").len(), 1);
        assert!(people::one(&store, who, hoa, today).await.expect("a person").is_some());
        let listed = decisions::list(&store, who, &decisions::Filter::default(), today, Page::first(50)).await;
        assert_eq!(listed.expect("decisions").rows.len(), 1);
        let words = decisions::Filter { text: Some("hoa".into()), ..decisions::Filter::default() };
        decisions::list(&store, who, &words, today, Page::first(50)).await.expect("decisions with words");
        assert!(decisions::one(&store, who, paper, today).await.expect("a decision").is_some());
        home::figures(&store, who, today).await.expect("the first page");
        assert_eq!(units::tree(&store, who, today).await.expect("a tree").len(), MANY as usize + 1);
        assert_eq!(units::tree_up_to(&store, who, today, 100).await, Ok(None));
        let below = level::level(&store, who, Some(top), today, Page::first(50)).await.expect("a level");
        assert_eq!(below.rows.len(), 50);
        assert_eq!(level::way(&store, who, below.rows[0].unit.id, today).await.expect("a way").len(), 2);
        yearly::lines(&store, who, top, 2025, today, today, Page::first(50)).await.expect("grades of a year");
        entry::units(&store, who, today).await.expect("units of a form");
        alike::people(&store, who, "Trần Thị Hoa", None, &[], today).await.expect("namesakes");
        layers::list(&store, who, today).await.expect("regulations");
        let counting =
            Counting { award: "bang-khen-bo".into(), category: Category::Commendation, by: CountBy::DecisionDay };
        let parameters = Parameters {
            period: Period::of_years(2015, 2020).expect("years"),
            compare: None,
            unit: Some(UnitChoice { unit: top, with_sub_units: true }),
            countings: vec![counting],
        };
        period::report(&store, who, &parameters, today).await.expect("a report");
    });
}

#[test]
fn units_are_found_by_words_and_codes_within_the_reach_and_on_the_day() {
    on_each_database(async |store| {
        let (first, second) = enter(&store, async |tx| {
            office(tx)?;
            let first = unit(tx, "PC", None)?;
            let second = unit(tx, "TCCB", None)?;
            unit(tx, "TCCB.1", Some(second))?;
            Ok((first, second))
        })
        .await;
        let today = day("2026-11-23");
        let found = async |who: &Viewer, text: &str| -> Vec<String> {
            let found = sought::sought(&store, who, text, today, 5).await.expect("a search");
            found.into_iter().map(|unit| unit.code).collect()
        };
        assert_eq!(found(&lan_officer(), "").await, [""; 0]);
        assert_eq!(found(&lan_officer(), "vu khong co").await, [""; 0]);
        assert_eq!(found(&lan_officer(), "vụ pc").await, ["PC"]);
        // The very code stands first, whatever else begins with it.
        assert_eq!(found(&lan_officer(), "tccb").await, ["TCCB", "TCCB.1"]);
        let clerk = Viewer { unit: Some(first), ..viewer(Role::Clerk) };
        assert_eq!(found(&clerk, "vu").await, ["PC"]);
        let before = store.statements();
        let asked: Vec<String> = ["VỤ TCCB", "pc", "Vụ", "Vụ Không Có", "", "TCCB"].map(Into::into).to_vec();
        let named = sought::named(&store, &lan_officer(), &asked, today).await.expect("names");
        assert_eq!(named.iter().map(|unit| unit.id).collect::<Vec<_>>(), [first, second]);
        assert_eq!(store.statements() - before, 1);
        assert_eq!(sought::named(&store, &clerk, &asked, today).await.expect("names").len(), 1);
        assert_eq!(sought::named(&store, &lan_officer(), &asked, day("1999-12-31")).await, Ok(Vec::new()));
    });
}
