//! Decisions: the newest first, narrowed by filters, with their lines.

use store::access::Viewer;
use store::decisions::{self, Decision, Filter, lines};
use store::error::StoreError;
use store::page::{Page, Total};
use store::records::{NewConferral, NewDecisionEnd};
use store::words::{EndKind, Role};
use uuid::Uuid;

use crate::builders::{collective_line, day, decision, enter, lan_officer, line, member, office, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

#[test]
fn a_list_goes_from_the_newest_and_each_filter_narrows_it() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let hoa = member(tx, "Trần Thị Hoa", tccb)?;
            for n in 1..=5 {
                let decision = decision(tx, &format!("MH-00{n}"), &format!("201{n}-02-01"));
                tx.add(decision.clone())?;
                let award = if n == 3 { "giay-khen" } else { "bang-khen-bo" };
                tx.add(line(tx, &decision, award, hoa, tccb))?;
            }
            Ok(())
        })
        .await;
        let numbers = async |filter: Filter, page: Page| {
            let listed = decisions::list(&store, &lan_officer(), &filter, day(TODAY), page).await.unwrap();
            let numbers: Vec<_> = listed.rows.iter().map(|row| row.number[..6].to_owned()).collect();
            (numbers, listed.next, listed.total)
        };
        let (first, next, total) = numbers(Filter::default(), Page::first(3)).await;
        assert_eq!((first, total), (vec!["MH-005".into(), "MH-004".into(), "MH-003".into()], Total::Exactly(5)));
        let (second, end, _) = numbers(Filter::default(), Page { after: next, size: 3 }).await;
        assert_eq!((second, end), (vec!["MH-002".to_owned(), "MH-001".to_owned()], None));
        let only = async |filter: Filter| numbers(filter, Page::first(10)).await.0;
        assert_eq!(only(Filter { year: Some(2012), ..Filter::default() }).await, ["MH-002"]);
        assert_eq!(only(Filter { number: Some("MH-004".into()), ..Filter::default() }).await, ["MH-004"]);
        assert_eq!(only(Filter { award: Some("giay-khen".into()), ..Filter::default() }).await, ["MH-003"]);
        assert_eq!(only(Filter { issuer: Some("BNV".into()), ..Filter::default() }).await, [""; 0]);
        let (from, to) = (Some(day("2012-02-01")), Some(day("2013-02-01")));
        assert_eq!(only(Filter { from, to, ..Filter::default() }).await, ["MH-003", "MH-002"]);
        assert_eq!(decisions::issuers(&store, &lan_officer()).await.unwrap(), ["VPCP"]);
    });
}

#[test]
fn a_decision_shows_its_lines_with_the_names_of_its_day() {
    on_each_database(async |store| {
        let id = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let hoa = member(tx, "Trần Thị Hoa", tccb)?;
            let decision = decision(tx, "MH-001", "2019-02-01");
            tx.add(decision.clone())?;
            tx.add(collective_line(tx, &decision, "bang-khen-bo", tccb))?;
            tx.add(line(tx, &decision, "bang-khen-bo", hoa, tccb))?;
            Ok(decision.id)
        })
        .await;
        assert_eq!(decisions::one(&store, &lan_officer(), Uuid::nil(), day(TODAY)).await, Ok(None));
        let decision = decisions::one(&store, &lan_officer(), id, day(TODAY)).await.unwrap().unwrap();
        let lines: Vec<_> =
            decision.lines.iter().map(|it| (it.subject_name.as_str(), it.unit_name.as_deref())).collect();
        assert_eq!(lines, [("Vụ TCCB", Some("Vụ TCCB")), ("Trần Thị Hoa", Some("Vụ TCCB"))]);
        assert_eq!((decision.row.lines, decision.row.number.as_str()), (2, "MH-001/QĐ-VPCP"));
    });
}

#[test]
fn a_page_of_a_decision_knows_the_place_of_each_line_and_reads_those_it_shows() {
    on_each_database(async |store| {
        let (pl, id, ids) = enter(&store, async |tx| {
            office(tx)?;
            let (tccb, pl) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
            let hoa = member(tx, "Trần Thị Hoa", tccb)?;
            let an = member(tx, "Nguyễn Văn An", pl)?;
            let decision = decision(tx, "MH-001", "2019-02-01");
            tx.add(decision.clone())?;
            let lines = [
                collective_line(tx, &decision, "co-thi-dua-bo", pl),
                NewConferral { position: 2, ..line(tx, &decision, "bang-khen-bo", hoa, tccb) },
                NewConferral { position: 3, ..line(tx, &decision, "giay-khen", an, pl) },
            ];
            let ids = lines.clone().map(|line| line.id);
            for line in lines {
                tx.add(line)?;
            }
            Ok((pl, decision.id, ids))
        })
        .await;
        let mai_clerk = Viewer { unit: Some(pl), ..viewer(Role::Clerk) };
        let placed = async |who: &Viewer| lines::placed(&store, who, id, day(TODAY)).await.unwrap().unwrap();
        let names = async |who: &Viewer, ids: &[Uuid]| -> Vec<String> {
            let found = lines::lines(&store, who, id, ids, day(TODAY)).await.unwrap();
            found.into_iter().map(|line| line.subject_name).collect()
        };
        for (who, seen) in [(lan_officer(), vec![0, 1, 2]), (mai_clerk, vec![0, 2])] {
            let (decision, places) = placed(&who).await;
            let whole = decisions::one(&store, &who, id, day(TODAY)).await.unwrap().unwrap();
            assert_eq!(decision, Decision { lines: Vec::new(), ..whole.clone() });
            assert_eq!(
                places.iter().map(|place| place.id).collect::<Vec<_>>(),
                seen.iter().map(|at| ids[*at]).collect::<Vec<_>>()
            );
            let told: Vec<_> = places
                .into_iter()
                .map(|it| (it.id, it.award, it.subject, it.subject_name, it.unit, it.level))
                .collect();
            let read =
                whole.lines.into_iter().map(|it| (it.id, it.award, it.subject, it.subject_name, it.unit, it.level));
            assert_eq!(told, read.collect::<Vec<_>>());
            let reached: Vec<_> = [2, 1].into_iter().filter(|at| seen.contains(at)).collect();
            let expected: Vec<_> = reached.iter().map(|at| ["Vụ PL", "Trần Thị Hoa", "Nguyễn Văn An"][*at]).collect();
            assert_eq!(
                names(&who, &[ids[2], ids[1]]).await,
                expected,
                "those named, in the order in which they are named"
            );
        }
        let other = Viewer { unit: Some(Uuid::nil()), ..viewer(Role::Clerk) };
        assert_eq!(lines::placed(&store, &other, id, day(TODAY)).await, Err(StoreError::Forbidden));
        assert_eq!(lines::placed(&store, &lan_officer(), Uuid::nil(), day(TODAY)).await, Ok(None));
    });
}

#[test]
fn a_revocation_shows_from_its_day() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            let gone = decision(tx, "MH-001", "2019-03-01");
            tx.add(gone.clone())?;
            tx.add(NewDecisionEnd {
                id: tx.id(),
                decision: gone.id,
                conferral: None,
                kind: EndKind::ThuHoi,
                day: day("2019-09-01"),
                document: "MH-003/QĐ-VPCP".into(),
                reason: "khai sai".into(),
            })?;
            Ok(())
        })
        .await;
        let revoked = async |on: &str| {
            let listed = decisions::list(&store, &lan_officer(), &Filter::default(), day(on), Page::first(10)).await;
            listed.unwrap().rows.iter().map(|row| row.revoked).collect::<Vec<_>>()
        };
        assert_eq!(revoked("2019-08-31").await, [false]);
        assert_eq!(revoked("2019-09-01").await, [true]);
    });
}
