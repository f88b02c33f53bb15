//! A collective's people, counted on the roster day of each year.

use std::collections::BTreeMap;

use rules::facts::{Discipline, Grade, MembersFact, RecordKind};
use store::members::{LAST_DAY, RosterDay};
use store::records::{
    NewCompleteRange, NewConferral, NewDiscipline, NewMembership, NewPerson, NewRosterException, NewUnit, NewUnitName,
};
use store::units;

use crate::builders::{
    day, decision, enter, grade, lan_officer, line, member, membership, office, person, unit, unit_name,
};
use crate::on_each_database::on_each_database;

#[test]
fn those_reviewed_are_counted_with_grades_titles_and_measures() {
    on_each_database(async |store| {
        let (tccb, empty) = enter(&store, async |tx| {
            office(tx)?;
            let (tccb, empty) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
            let dao_tao = unit(tx, "TCCB-DT", Some(tccb))?;
            let hoa = member(tx, "Trần Thị Hoa", tccb)?;
            let binh = member(tx, "Lê Văn Bình", dao_tao)?;
            let an = tx.add(person(tx, "Nguyễn Văn An"))?;
            tx.add(membership(tx, an, tccb, "2019-10-01"))?;
            tx.add(NewRosterException { id: tx.id(), person: an, year: 2019, reason: "mới tuyển dụng".into() })?;
            // Works elsewhere, is reviewed here; and one whom a source names stands in no count.
            let nga = tx.add(person(tx, "Phạm Thị Nga"))?;
            tx.add(NewMembership { review_unit: tccb, ..membership(tx, nga, empty, "2020-01-01") })?;
            let quoted = tx.add(NewPerson { excluded_from_roster: true, ..person(tx, "Người Trong Bài") })?;
            tx.add(membership(tx, quoted, tccb, "2010-01-01"))?;
            tx.add(grade(tx, hoa, 2019, Grade::XuatSac))?;
            tx.add(grade(tx, binh, 2019, Grade::Tot))?;
            tx.add(grade(tx, hoa, 2020, Grade::Tot))?;
            let decision = decision(tx, "MH-001", "2020-02-01");
            tx.add(decision.clone())?;
            tx.add(NewConferral { title_year: Some(2019), ..line(tx, &decision, "lao-dong-tien-tien", hoa, tccb) })?;
            tx.add(NewDiscipline {
                id: tx.id(),
                person: Some(binh),
                collective: None,
                kind: Discipline::KhienTrach,
                number: None,
                from_day: day("2019-06-01"),
                to_day: Some(day("2020-05-31")),
            })?;
            for person in [hoa, binh] {
                tx.add(NewCompleteRange {
                    id: tx.id(),
                    person: Some(person),
                    collective: None,
                    kind: RecordKind::Disciplines,
                    from_year: 2019,
                    to_year: 2020,
                })?;
            }
            Ok((tccb, empty))
        })
        .await;
        let counted = async |unit, on: &str, roster| -> Vec<MembersFact> {
            let facts = units::facts(&store, &lan_officer(), unit, day(on), roster).await.unwrap().unwrap();
            facts.facts.members.into_iter().filter(|fact| fact.year >= 2019).collect()
        };
        assert_eq!(counted(empty, "2020-12-31", LAST_DAY).await, []);
        let year_2019 = MembersFact {
            year: 2019,
            total: 2,
            grades: BTreeMap::from([(Grade::XuatSac, 1), (Grade::Tot, 1)]),
            titles: BTreeMap::from([("lao-dong-tien-tien".to_owned(), 1)]),
            disciplined: BTreeMap::from([
                (Discipline::KhienTrach, 1),
                (Discipline::CanhCao, 0),
                (Discipline::HaBacLuong, 0),
                (Discipline::GiangChuc, 0),
                (Discipline::CachChuc, 0),
                (Discipline::BaiNhiem, 0),
                (Discipline::BuocThoiViec, 0),
                (Discipline::KhaiTru, 0),
            ]),
        };
        let year_2020 = MembersFact {
            year: 2020,
            total: 4,
            grades: BTreeMap::from([(Grade::Tot, 1)]),
            titles: BTreeMap::new(),
            disciplined: BTreeMap::from([(Discipline::KhienTrach, 1)]),
        };
        assert_eq!(counted(tccb, "2020-12-31", LAST_DAY).await, [year_2019.clone(), year_2020]);
        assert_eq!(counted(tccb, "2020-12-30", LAST_DAY).await, std::slice::from_ref(&year_2019));
        let not_yet_decided = MembersFact { titles: BTreeMap::new(), ..year_2019 };
        assert_eq!(counted(tccb, "2020-01-31", LAST_DAY).await, [not_yet_decided]);
        let in_november = counted(tccb, "2020-12-30", RosterDay { month: 11, day: 30 }).await;
        assert_eq!(in_november.iter().map(|fact| (fact.year, fact.total)).collect::<Vec<_>>(), [(2019, 2), (2020, 4)]);
    });
}

#[test]
fn a_collective_is_counted_once_until_something_is_entered() {
    on_each_database(async |store| {
        let (tccb, hoa) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            Ok((tccb, member(tx, "Trần Thị Hoa", tccb)?))
        })
        .await;
        let counted = async |on: &str| {
            let before = store.statements();
            let facts = units::facts(&store, &lan_officer(), tccb, day(on), LAST_DAY).await.unwrap().unwrap();
            let graded = facts.facts.members.iter().filter(|fact| !fact.grades.is_empty()).count();
            (graded, facts.facts.members.len(), store.statements() - before)
        };
        let first = counted("2020-12-31").await;
        assert_eq!((first.0, first.1), (0, 16));
        let again = counted("2020-12-31").await;
        assert_eq!((again.0, again.1, again.2 < first.2), (0, 16, true));
        assert_eq!(counted("2021-12-31").await, (0, 17, first.2), "another day is another count");
        enter(&store, async |tx| {
            tx.add(grade(tx, hoa, 2020, Grade::Tot))?;
            member(tx, "Lê Văn Bình", tccb)
        })
        .await;
        assert_eq!(counted("2020-12-31").await, (1, 16, first.2));
    });
}

#[test]
fn many_people_are_counted_anew_only_where_one_of_them_is_concerned() {
    on_each_database(async |store| {
        let (bo, pl, hoa, an) = enter(&store, async |tx| {
            office(tx)?;
            let bo = unit(tx, "BO", None)?;
            let pl = tx.add(NewUnit { id: tx.id(), kind: "vu".into(), fictitious: true })?;
            tx.add(NewUnitName { to_day: Some(day("2019-12-31")), ..unit_name(tx, pl, "PL", None) })?;
            let tccb = unit(tx, "TCCB", Some(bo))?;
            for n in 1..500 {
                member(tx, &format!("Nguyễn Văn Số {n}"), tccb)?;
            }
            Ok((bo, pl, member(tx, "Trần Thị Hoa", tccb)?, member(tx, "Nguyễn Văn An", pl)?))
        })
        .await;
        let counted = async || {
            let before = store.statements();
            let facts = units::facts(&store, &lan_officer(), bo, day("2020-12-31"), LAST_DAY).await.unwrap().unwrap();
            let last = facts.facts.members.into_iter().next_back().unwrap();
            (last.total, last.grades, store.statements() - before)
        };
        let first = counted().await;
        assert_eq!((first.0, &first.1), (500, &BTreeMap::new()));
        enter(&store, async |tx| tx.add(grade(tx, an, 2020, Grade::Tot))).await;
        let of_another = counted().await;
        assert_eq!((of_another.0, &of_another.1, of_another.2 < first.2), (500, &BTreeMap::new(), true));
        enter(&store, async |tx| tx.add(grade(tx, hoa, 2020, Grade::Tot))).await;
        assert_eq!(counted().await.1, BTreeMap::from([(Grade::Tot, 1)]));
        let later = day("2020-01-01");
        enter(&store, async |tx| tx.add(NewUnitName { from_day: later, ..unit_name(tx, pl, "PL", Some(bo)) })).await;
        assert_eq!(counted().await.0, 501, "a unit that came under it brings its people");
    });
}
