//! The roster of a scan: the same facts as one person's, block by block, and whose records a step touched.

use std::collections::BTreeSet;

use rules::facts::Grade;
use store::journal;
use store::people;
use store::records::{NewDiscipline, NewGrade, NewMembership, NewRosterException, NewUnitLineage};
use store::roster::{self, Touched};
use store::units;
use store::words::LineageKind;
use uuid::Uuid;

use crate::builders::{
    collective_line, day, decision, enter, grade, lan_officer, line, member, membership, office, person, unit,
};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2020-06-16";

#[test]
fn the_roster_holds_those_who_work_in_the_office_with_the_facts_of_each() {
    on_each_database(async |store| {
        let (an, binh, tccb) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let (an, binh) = (member(tx, "Nguyễn Văn An", tccb)?, member(tx, "Lê Văn Bình", tccb)?);
            let stranger = person(tx, "Phạm Thị Nga");
            tx.add(stranger)?;
            let paper = decision(tx, "MH-001", "2019-02-01");
            tx.add(paper.clone())?;
            tx.add(line(tx, &paper, "bang-khen-bo", an, tccb))?;
            tx.add(grade(tx, an, 2019, Grade::XuatSac))?;
            tx.add(grade(tx, binh, 2019, Grade::Tot))?;
            Ok((an, binh, tccb))
        })
        .await;
        let members = roster::people(&store, 1, day(TODAY), None).await.unwrap();
        assert_eq!(members.iter().map(|it| it.id).collect::<BTreeSet<_>>(), BTreeSet::from([an, binh]));
        for member in &members {
            let alone = people::facts(&store, &lan_officer(), member.id, day(TODAY)).await.unwrap().unwrap().facts;
            assert_eq!((member.unit, &member.facts), (tccb, &alone));
        }
        assert_eq!(members.iter().map(|it| it.facts.awards.len()).sum::<usize>(), 1);
        assert_eq!(roster::size(&store, 1, day(TODAY)).await.unwrap(), 2);
        let last = members.iter().map(|it| it.id).max();
        assert_eq!(roster::people(&store, 1, day(TODAY), last).await.unwrap(), []);
        let chosen = roster::chosen(&store, 1, day(TODAY), &BTreeSet::from([binh, Uuid::nil()])).await.unwrap();
        assert_eq!(chosen, members.into_iter().filter(|it| it.id == binh).collect::<Vec<_>>());
        let collectives = roster::collectives(&store, 1, day(TODAY), None).await.unwrap();
        let alone = units::facts(&store, &lan_officer(), tccb, day(TODAY), store::members::LAST_DAY).await.unwrap();
        assert_eq!(
            collectives.iter().map(|it| (it.id, it.facts.clone())).collect::<Vec<_>>(),
            [(tccb, alone.unwrap().facts)]
        );
    });
}

/// Units under units, one that goes on as another and keeps its honours, people who move and who leave.
#[test]
fn collectives_read_together_have_the_facts_of_each_read_alone() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            let ministry = unit(tx, "BO", None)?;
            let (old, new) = (unit(tx, "CU", Some(ministry))?, unit(tx, "MOI", Some(ministry))?);
            tx.add(NewUnitLineage {
                id: tx.id(),
                kind: LineageKind::SapNhap,
                predecessor: old,
                successor: new,
                day: day("2015-01-01"),
                keeps_honours: true,
                document: None,
            })?;
            let paper = decision(tx, "MH-001", "2012-02-01");
            tx.add(paper.clone())?;
            tx.add(collective_line(tx, &paper, "bang-khen-bo", old))?;
            // More units than are counted at once, of which each has one who came from the one before.
            let mut before = old;
            for n in 0..320 {
                let leaf = unit(tx, &format!("P{n}"), Some(if n % 2 == 0 { new } else { old }))?;
                let one = tx.add(person(tx, &format!("Nguyễn Văn Số {n}")))?;
                let first =
                    NewMembership { to_day: Some(day("2016-06-30")), ..membership(tx, one, before, "2010-01-01") };
                tx.add(first)?;
                tx.add(membership(tx, one, leaf, "2016-07-01"))?;
                tx.add(grade(tx, one, 2012 + n % 7, if n % 3 == 0 { Grade::XuatSac } else { Grade::Tot }))?;
                if n % 5 == 0 {
                    tx.add(NewRosterException { id: tx.id(), person: one, year: 2014, reason: "đi học".into() })?;
                }
                before = leaf;
            }
            Ok(())
        })
        .await;
        let before = store.statements();
        let together = roster::collectives(&store, 1, day(TODAY), None).await.unwrap();
        assert_eq!((together.len(), store.statements() - before), (323, 21));
        let mut kinds = BTreeSet::new();
        for collective in together.iter().filter(|it| !it.name.starts_with("Vụ P") || it.name.ends_with('7')) {
            let alone = units::facts(&store, &lan_officer(), collective.id, day(TODAY), store::members::LAST_DAY).await;
            let alone = alone.unwrap().unwrap().facts;
            kinds.insert((alone.members.len(), alone.awards.len()));
            assert_eq!(collective.facts, alone, "{}", collective.name);
        }
        assert!(kinds.contains(&(10, 1)), "{kinds:?}");
    });
}

#[test]
fn each_step_tells_whose_answers_it_may_change() {
    on_each_database(async |store| {
        let (an, tccb, parent, first) = enter(&store, async |tx| {
            office(tx)?;
            let parent = unit(tx, "VP", None)?;
            let tccb = unit(tx, "TCCB", Some(parent))?;
            let an = member(tx, "Nguyễn Văn An", tccb)?;
            member(tx, "Lê Văn Bình", parent)?;
            let first = grade(tx, an, 2019, Grade::Tot);
            tx.add(first.clone())?;
            Ok((an, tccb, parent, first))
        })
        .await;
        let theirs = Touched::Some { people: BTreeSet::from([an]), collectives: BTreeSet::from([tccb, parent]) };
        let since = async || journal::head(&store, 1).await.unwrap().size;
        let before = since().await;
        let nobody = Touched::Some { people: BTreeSet::new(), collectives: BTreeSet::new() };
        assert_eq!(roster::touched(&store, 1, before).await.unwrap(), nobody);
        enter(&store, async |tx| tx.add(grade(tx, an, 2018, Grade::Tot))).await;
        assert_eq!(roster::touched(&store, 1, before).await.unwrap(), theirs);
        let before = since().await;
        enter(&store, async |tx| tx.correct(NewGrade { grade: Grade::XuatSac, ..first.clone() }).await).await;
        assert_eq!(roster::touched(&store, 1, before).await.unwrap(), theirs);
        let before = since().await;
        enter(&store, async |tx| tx.remove("grade", &[first.id]).await).await;
        assert_eq!(roster::touched(&store, 1, before).await.unwrap(), theirs);
        let before = since().await;
        enter(&store, async |tx| {
            tx.add(NewDiscipline {
                id: tx.id(),
                person: None,
                collective: Some(tccb),
                kind: rules::facts::Discipline::KhienTrach,
                number: None,
                from_day: day("2020-01-05"),
                to_day: None,
            })
        })
        .await;
        let unit_alone = Touched::Some { people: BTreeSet::new(), collectives: BTreeSet::from([tccb, parent]) };
        assert_eq!(roster::touched(&store, 1, before).await.unwrap(), unit_alone);
        let before = since().await;
        enter(&store, async |tx| unit(tx, "PHAP-CHE", None)).await;
        assert_eq!(roster::touched(&store, 1, before).await.unwrap(), Touched::Everyone);
    });
}
