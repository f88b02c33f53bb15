//! Reach over thousands of units and of people: the same lists as for one who reads all, and no more statements.

use std::collections::HashSet;

use store::Store;
use store::access::Viewer;
use store::error::StoreError;
use store::page::Page;
use store::people::{self, Filter};
use store::units::{self, level};
use store::words::Role;
use store::{decisions, home, yearly};
use uuid::Uuid;

use crate::builders::{day, decision, enter, lan_officer, line, member, office, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";
const OF_A_BLOCK: usize = 100;
/// So many blocks hold more units than are read before anybody is looked at, and more people than are gathered.
const WIDE: usize = 21;
/// So many hold more units than are told to a database one by one.
const WIDEST: usize = 51;
/// More people than are gathered before they are put in order.
const CROWD: usize = 2_100;

struct Told {
    ministry: Uuid,
    block: Uuid,
    crowded: Uuid,
    elsewhere: Uuid,
    an: Uuid,
    mai: Uuid,
}

/// A ministry of so many blocks, each unit of a block with one person; a crowded unit and a small one beside it.
async fn told(store: &Store, blocks: usize) -> Told {
    let told = enter(store, async |tx| {
        office(tx)?;
        let [ministry, crowded, elsewhere] = [unit(tx, "BO", None)?, unit(tx, "DONG", None)?, unit(tx, "KHAC", None)?];
        let (mut block, mut mai) = (ministry, ministry);
        for b in 0..blocks {
            block = unit(tx, &format!("K{b}"), Some(ministry))?;
            for n in 0..OF_A_BLOCK {
                let leaf = unit(tx, &format!("K{b}.{n}"), Some(block))?;
                mai = member(tx, &format!("Nguyễn Thị Mai {b} {n}"), leaf)?;
            }
        }
        for n in 0..CROWD {
            member(tx, &format!("Trần Văn Hùng {n}"), crowded)?;
        }
        let an = member(tx, "Lê Văn An", elsewhere)?;
        let decided = decision(tx, "MH-001", "2026-02-01");
        tx.add(decided.clone())?;
        tx.add(line(tx, &decided, "bang-khen-bo", mai, block))?;
        Ok(Told { ministry, block, crowded, elsewhere, an, mai })
    })
    .await;
    store.analyze().await.expect("statistics");
    told
}

fn clerk(unit: Uuid) -> Viewer {
    Viewer { unit: Some(unit), ..viewer(Role::Clerk) }
}

/// Everyone in a list, page by page.
async fn listed(store: &Store, who: &Viewer, filter: &Filter) -> Vec<Uuid> {
    let (mut found, mut page) = (Vec::new(), Page::first(100));
    loop {
        let listed = people::list(store, who, filter, page).await.expect("a list");
        found.extend(listed.rows.iter().map(|row| row.id));
        match listed.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

#[test]
fn a_list_over_thousands_of_units_holds_whom_the_office_lists_there_in_the_same_order() {
    on_each_database(async |store| {
        let told = told(&store, WIDE).await;
        let everyone = Filter::everyone(day(TODAY));
        let all = listed(&store, &lan_officer(), &everyone).await;
        assert_eq!(all.len(), WIDE * OF_A_BLOCK + CROWD + 1);
        for (unit, people) in [(told.ministry, 2_100), (told.block, 100), (told.crowded, CROWD), (told.elsewhere, 1)] {
            let there = Filter { unit: Some(unit), ..everyone.clone() };
            let of_office = listed(&store, &lan_officer(), &there).await;
            assert_eq!(of_office.len(), people);
            assert_eq!(listed(&store, &clerk(unit), &everyone).await, of_office);
            assert_eq!(listed(&store, &clerk(unit), &there).await, of_office);
            let there: HashSet<Uuid> = of_office.iter().copied().collect();
            assert_eq!(all.iter().copied().filter(|one| there.contains(one)).collect::<Vec<_>>(), of_office);
        }
        let own_only = Filter { unit: Some(told.crowded), with_sub_units: false, ..everyone.clone() };
        assert_eq!(listed(&store, &lan_officer(), &own_only).await.len(), CROWD);
        let named = |name: &str| Filter { name: Some(name.into()), ..everyone.clone() };
        for (unit, name, people) in [
            (told.ministry, "nguyễn mai", 2_100),
            (told.ministry, "mai 50", 21),
            (told.ministry, "hùng", 0),
            (told.crowded, "trần", CROWD),
            (told.block, "mai", 100),
        ] {
            let found = listed(&store, &clerk(unit), &named(name)).await;
            assert_eq!(found.len(), people, "{name}");
        }
    });
}

#[test]
fn who_reads_thousands_of_units_sees_what_lies_there_and_nothing_else() {
    on_each_database(async |store| {
        let told = told(&store, WIDEST).await;
        let (today, clerk) = (day(TODAY), clerk(told.ministry));
        assert_eq!(units::tree(&store, &clerk, today).await.expect("a tree").len(), 1 + WIDEST + WIDEST * OF_A_BLOCK);
        assert_eq!(units::tree(&store, &lan_officer(), today).await.expect("a tree").len(), 5_154);
        assert!(people::one(&store, &clerk, told.mai, today).await.expect("read").is_some());
        assert_eq!(people::one(&store, &clerk, told.an, today).await, Err(StoreError::Forbidden));
        assert_eq!(units::one(&store, &clerk, told.elsewhere, today).await, Err(StoreError::Forbidden));
        assert_eq!(people::search(&store, &clerk, "an", today, 20).await, Ok(Vec::new()));
        let decided = decisions::list(&store, &clerk, &decisions::Filter::default(), today, Page::first(50)).await;
        assert_eq!(decided.expect("a list").rows.len(), 1);
        let elsewhere = Viewer { unit: Some(told.elsewhere), ..clerk.clone() };
        let decided = decisions::list(&store, &elsewhere, &decisions::Filter::default(), today, Page::first(50)).await;
        assert_eq!(decided.expect("a list").rows.len(), 0);
        let figures = home::figures(&store, &clerk, today).await.expect("figures");
        assert_eq!((figures.working, figures.decisions, figures.conferrals), (5_100, 1, 1));
    });
}

#[test]
fn a_reach_of_thousands_of_units_costs_no_more_statements_than_one_of_a_hundred() {
    on_each_database(async |store| {
        let told = told(&store, WIDE).await;
        let mut counts = Vec::new();
        for who in [clerk(told.block), clerk(told.ministry)] {
            let (who, today) = (&who, day(TODAY));
            let mut before = store.statements();
            let mut told_of = Vec::new();
            let mut count = |page: &'static str| {
                told_of.push((page, store.statements() - before));
                before = store.statements();
            };
            people::search(&store, who, "mai", today, 20).await.expect("found");
            count("search");
            people::one(&store, who, told.mai, today).await.expect("read");
            count("person");
            units::one(&store, who, told.block, today).await.expect("read");
            count("unit");
            level::level(&store, who, None, today, Page::first(50)).await.expect("a level");
            count("level");
            yearly::lines(&store, who, told.block, 2025, today, today, Page::first(50)).await.expect("lines");
            count("grades of a year");
            home::figures(&store, who, today).await.expect("figures");
            count("home");
            counts.push(told_of);
        }
        assert_eq!(counts[0], counts[1]);
    });
}
