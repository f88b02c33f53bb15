//! Units in time: names, parents and lineage, and the honours that go over.

use store::records::{NewUnitLineage, NewUnitName};
use store::units;
use store::words::LineageKind;

use crate::builders::{
    OFFICE, collective_line, day, decision, enter, lan_officer, member, noon, office, unit, unit_name,
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
        assert!(matches!(second, Err(store::error::StoreError::Refused(_))), "{second:?}");
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
