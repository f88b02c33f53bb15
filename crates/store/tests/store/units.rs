//! Units in time: names, parents and lineage, and the honours that go over.

use store::access::Viewer;
use store::error::StoreError;
use store::page::{Page, Total};
use store::records::{NewUnit, NewUnitLineage, NewUnitName};
use store::units::{self, level};
use store::words::{LineageKind, Role};

use crate::builders::{
    OFFICE, collective_line, day, decision, enter, lan_officer, member, noon, office, unit, unit_name, viewer,
};
use crate::on_each_database::on_each_database;

#[test]
fn the_tree_of_a_day_has_the_names_and_parents_of_that_day() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            let kinh_te = unit(tx, "KTN", None)?;
            let phong = unit(tx, "P1", Some(kinh_te))?;
            let tccb = unit(tx, "TCCB", None)?;
            member(tx, "Trần Thị Hoa", phong)?;
            Ok((kinh_te, phong, tccb))
        })
        .await;
        let tree = async |on: &str| -> Vec<(String, u32, u32)> {
            let nodes = units::tree(&store, &lan_officer(), day(on)).await.unwrap();
            nodes.into_iter().map(|node| (node.unit.code, node.depth, node.members)).collect()
        };
        assert_eq!(tree("1999-12-31").await, []);
        assert_eq!(tree("2016-11-11").await, [("KTN".into(), 0, 0), ("P1".into(), 1, 1), ("TCCB".into(), 0, 0)]);
    });
}

#[test]
fn a_long_tree_is_read_level_by_level_and_by_the_way_up() {
    on_each_database(async |store| {
        let (kinh_te, phong, old) = enter(&store, async |tx| {
            office(tx)?;
            let old = tx.add(NewUnit { id: tx.id(), kind: "cuc".into(), fictitious: true })?;
            tx.add(NewUnitName { to_day: Some(day("2010-12-31")), ..unit_name(tx, old, "CU", None) })?;
            let kinh_te = unit(tx, "KTN", None)?;
            let phong = unit(tx, "P1", Some(kinh_te))?;
            unit(tx, "P2", Some(kinh_te))?;
            unit(tx, "TO", Some(phong))?;
            unit(tx, "CON", Some(old))?;
            member(tx, "Trần Thị Hoa", phong)?;
            Ok((kinh_te, phong, old))
        })
        .await;
        let today = day("2016-11-11");
        let level = async |under, on: &str| -> Vec<(String, u32, u32)> {
            let level = level::level(&store, &lan_officer(), under, day(on), Page::first(10)).await.unwrap();
            level.rows.into_iter().map(|row| (row.unit.code, row.below, row.members)).collect()
        };
        // What lay under a unit that is no more stands among the topmost.
        assert_eq!(level(None, "2016-11-11").await, [("CON".into(), 0, 0), ("KTN".into(), 2, 0)]);
        assert_eq!(level(None, "2010-12-31").await, [("CU".into(), 1, 0), ("KTN".into(), 2, 0)]);
        assert_eq!(level(Some(kinh_te), "2016-11-11").await, [("P1".into(), 1, 1), ("P2".into(), 0, 0)]);
        assert_eq!(level(Some(old), "1999-12-31").await, []);
        let first = level::level(&store, &lan_officer(), None, today, Page::first(1)).await.unwrap();
        assert_eq!((first.rows[0].unit.code.as_str(), first.total), ("CON", Total::Exactly(2)));
        let page = Page { after: first.next, size: 1 };
        let second = level::level(&store, &lan_officer(), None, today, page).await.unwrap();
        assert_eq!((second.rows[0].unit.code.as_str(), second.next), ("KTN", None));
        let codes = async |who: &Viewer, unit| -> Vec<String> {
            let way = level::way(&store, who, unit, today).await.unwrap();
            way.into_iter().map(|unit| unit.code).collect()
        };
        assert_eq!(codes(&lan_officer(), phong).await, ["KTN", "P1"]);
        assert_eq!(codes(&lan_officer(), old).await, Vec::<String>::new());
        let clerk = Viewer { unit: Some(phong), ..viewer(Role::Clerk) };
        assert_eq!(codes(&clerk, phong).await, ["P1"], "what lies above is not told to who reads a unit");
        let own = level::level(&store, &clerk, None, today, Page::first(10)).await.unwrap();
        assert_eq!(own.rows.iter().map(|row| row.unit.code.as_str()).collect::<Vec<_>>(), ["P1"]);
        let above = level::level(&store, &clerk, Some(kinh_te), today, Page::first(10)).await;
        assert_eq!(above, Err(StoreError::Forbidden));
        assert_eq!(units::tree_up_to(&store, &lan_officer(), today, 4).await, Ok(None));
        let whole = units::tree_up_to(&store, &lan_officer(), today, 5).await.unwrap().unwrap();
        let told: Vec<_> = whole.iter().map(|node| (node.unit.code.as_str(), node.depth)).collect();
        assert_eq!(told, [("CON", 0), ("KTN", 0), ("P1", 1), ("TO", 2), ("P2", 1)]);
    });
}

#[test]
fn a_unit_bears_one_name_at_a_time() {
    on_each_database(async |store| {
        let tccb = enter(&store, async |tx| {
            office(tx)?;
            unit(tx, "TCCB", None)
        })
        .await;
        let second = store
            .step(OFFICE, None, noon(), "hai tên", async |tx| {
                tx.add(NewUnitName { from_day: day("2010-01-01"), ..unit_name(tx, tccb, "TC", None) })
            })
            .await;
        assert!(matches!(second, Err(StoreError::Refused(_))), "{second:?}");
    });
}

#[test]
fn a_renamed_unit_keeps_its_honours_and_a_split_off_one_has_none() {
    on_each_database(async |store| {
        let (cong_vu, cong_nghiep) = enter(&store, async |tx| {
            office(tx)?;
            let (old, cong_vu) = (unit(tx, "TCHC", None)?, unit(tx, "TCCV", None)?);
            let (kinh_te, cong_nghiep) = (unit(tx, "KTN", None)?, unit(tx, "CN", None)?);
            let lineage = |tx: &store::step::Step, kind, predecessor, successor, keeps_honours| NewUnitLineage {
                id: tx.id(),
                kind,
                predecessor,
                successor,
                day: day("2016-11-11"),
                keeps_honours,
                document: Some("150/2016/NĐ-CP".into()),
            };
            tx.add(lineage(tx, LineageKind::DoiTen, old, cong_vu, true))?;
            tx.add(lineage(tx, LineageKind::ChiaTach, kinh_te, cong_nghiep, false))?;
            let decision = decision(tx, "MH-001", "2015-02-01");
            tx.add(decision.clone())?;
            tx.add(collective_line(tx, &decision, "bang-khen-bo", old))?;
            tx.add(collective_line(tx, &decision, "bang-khen-bo", kinh_te))?;
            Ok((cong_vu, cong_nghiep))
        })
        .await;
        let today = day("2020-06-16");
        let awards = async |unit| {
            let facts = units::facts(&store, &lan_officer(), unit, today, store::members::LAST_DAY).await.unwrap();
            facts.unwrap().facts.awards.len()
        };
        assert_eq!((awards(cong_nghiep).await, awards(cong_vu).await), (0, 1));
        let record = units::one(&store, &lan_officer(), cong_vu, today).await.unwrap().unwrap();
        let line: Vec<_> =
            record.lineage.iter().map(|it| (it.predecessor_name.as_str(), it.successor_name.as_str())).collect();
        assert_eq!(line, [("Vụ TCHC", "Vụ TCCV")]);
        let found = units::find_by_code(&store, &lan_officer(), "TCCV", today).await.unwrap().unwrap();
        assert_eq!(found.id, cong_vu);
        assert_eq!(units::find_by_code(&store, &lan_officer(), "KHÔNG", today).await, Ok(None));
    });
}
