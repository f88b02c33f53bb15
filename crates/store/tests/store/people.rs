//! People: filters, pages, one whole record, facts, and who entered them.

use std::collections::BTreeMap;

use rules::facts::{AwardFact, Facts, Grade, Kind, PostFact, RecordKind, Sex, TitleFact};
use store::page::{Page, Total};
use store::people::{self, Filter};
use store::records::{
    NewCompleteRange, NewConferral, NewDecisionEnd, NewInitiative, NewInitiativeUse, NewPerson, NewPost,
};
use store::words::{EndKind, PostLevel};
use uuid::Uuid;

use crate::builders::{day, decision, enter, grade, lan_officer, line, member, noon, office, person, post, unit};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2020-06-16";

async fn names(store: &store::Store, filter: &Filter) -> Vec<String> {
    let listed = people::list(store, &lan_officer(), filter, Page::first(100)).await.unwrap();
    listed.rows.into_iter().map(|row| row.full_name).collect()
}

#[test]
fn each_filter_leaves_out_the_others() {
    on_each_database(async |store| {
        let (tccb, dao_tao) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let dao_tao = unit(tx, "TCCB-DT", Some(tccb))?;
            let hoa = member(tx, "Trần Thị Hoa", tccb)?;
            tx.add(post(tx, hoa, "Lãnh đạo cấp vụ (hư cấu)", PostLevel::LanhDaoVu))?;
            let binh = member(tx, "Lê Văn Bình", dao_tao)?;
            tx.add(post(tx, binh, "Trưởng phòng", PostLevel::LanhDaoPhong))?;
            let an = member(tx, "Nguyễn Văn An", dao_tao)?;
            tx.add(NewPerson { sex: Some(Sex::Nu), ..person(tx, "Phạm Thị Nga") })?;
            let decision = decision(tx, "MH-001", "2019-02-01");
            tx.add(decision.clone())?;
            tx.add(line(tx, &decision, "bang-khen-bo", an, dao_tao))?;
            let gone = line(tx, &decision, "bang-khen-bo", binh, dao_tao);
            tx.add(gone.clone())?;
            tx.add(NewDecisionEnd {
                id: tx.id(),
                decision: decision.id,
                conferral: Some(gone.id),
                kind: EndKind::HuyBo,
                day: day("2019-06-01"),
                document: "MH-009/QĐ-VPCP".into(),
                reason: "sai đối tượng".into(),
            })?;
            tx.add(grade(tx, an, 2019, Grade::Tot))?;
            Ok((tccb, dao_tao))
        })
        .await;
        let everyone = Filter::everyone(day(TODAY));
        assert_eq!(names(&store, &everyone).await, ["Nguyễn Văn An", "Lê Văn Bình", "Trần Thị Hoa", "Phạm Thị Nga"]);
        let only = |change: fn(&mut Filter)| {
            let mut filter = everyone.clone();
            change(&mut filter);
            filter
        };
        assert_eq!(
            names(&store, &only(|it| it.working = true)).await,
            ["Nguyễn Văn An", "Lê Văn Bình", "Trần Thị Hoa"]
        );
        assert_eq!(names(&store, &only(|it| it.sex = Some(Sex::Nu))).await, ["Phạm Thị Nga"]);
        assert_eq!(names(&store, &only(|it| it.name = Some("van".into()))).await, ["Nguyễn Văn An", "Lê Văn Bình"]);
        assert_eq!(names(&store, &only(|it| it.award = Some("bang-khen-bo".into()))).await, ["Nguyễn Văn An"]);
        assert_eq!(names(&store, &only(|it| it.level = Some(PostLevel::LanhDaoVu))).await, ["Trần Thị Hoa"]);
        assert_eq!(names(&store, &only(|it| it.level = Some(PostLevel::LanhDaoPhong))).await, ["Lê Văn Bình"]);
        assert_eq!(
            names(&store, &only(|it| it.level = Some(PostLevel::TrucTiep))).await,
            ["Nguyễn Văn An", "Phạm Thị Nga"]
        );
        assert_eq!(names(&store, &only(|it| it.without_grade = Some(2019))).await, ["Lê Văn Bình", "Trần Thị Hoa"]);
        let whole = Filter { unit: Some(tccb), ..everyone.clone() };
        assert_eq!(names(&store, &whole).await, ["Nguyễn Văn An", "Lê Văn Bình", "Trần Thị Hoa"]);
        assert_eq!(names(&store, &Filter { with_sub_units: false, ..whole }).await, ["Trần Thị Hoa"]);
        assert_eq!(names(&store, &Filter { unit: Some(dao_tao), day: day("2004-12-31"), ..everyone }).await, [""; 0]);
        let members = people::members(&store, &lan_officer(), tccb, day(TODAY), 10).await.unwrap().0;
        let ranked: Vec<_> = members.iter().map(|row| (row.full_name.as_str(), row.post.as_deref())).collect();
        assert_eq!(
            ranked,
            [
                ("Trần Thị Hoa", Some("Lãnh đạo cấp vụ (hư cấu)")),
                ("Lê Văn Bình", Some("Trưởng phòng")),
                ("Nguyễn Văn An", None)
            ]
        );
    });
}

#[test]
fn a_common_name_a_large_unit_and_a_common_award_are_listed_like_rare_ones() {
    on_each_database(async |store| {
        let (tccb, phap_luat) = enter(&store, async |tx| {
            office(tx)?;
            let (tccb, phap_luat) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
            let decision = decision(tx, "MH-001", "2019-02-01");
            tx.add(decision.clone())?;
            for n in 0..5_001 {
                let person = member(tx, &format!("Nguyễn Văn Số{n:04}"), tccb)?;
                tx.add(line(tx, &decision, "bang-khen-bo", person, tccb))?;
            }
            member(tx, "Trần (Nguyễn) An", phap_luat)?;
            member(tx, "Nguyệt Văn Bình", phap_luat)?;
            member(tx, "Phạm Thị Nga", phap_luat)?;
            Ok((tccb, phap_luat))
        })
        .await;
        let everyone = Filter::everyone(day(TODAY));
        let first = async |filter: &Filter| {
            let listed = people::list(&store, &lan_officer(), filter, Page::first(2)).await.unwrap();
            let names: Vec<String> = listed.rows.iter().map(|row| row.full_name.clone()).collect();
            (names, listed.total, listed.next)
        };
        let named = |name: &str| Filter { name: Some(name.into()), ..everyone.clone() };
        let more = Total::MoreThan(1_000);
        let (names, total, next) = first(&named("nguyen")).await;
        assert_eq!((names, total), (vec!["Trần (Nguyễn) An".into(), "Nguyễn Văn Số0000".into()], more));
        let after = Page { after: next, size: 1 };
        let listed = people::list(&store, &lan_officer(), &named("nguyen"), after).await.unwrap();
        assert_eq!(listed.rows[0].full_name, "Nguyễn Văn Số0001");
        let (names, total, _) = first(&named("nguyen van")).await;
        assert_eq!((names, total), (vec!["Nguyễn Văn Số0000".into(), "Nguyễn Văn Số0001".into()], more));
        let of_tccb = Filter { unit: Some(tccb), ..everyone.clone() };
        let honoured = Filter { award: Some("bang-khen-bo".into()), ..everyone.clone() };
        for filter in [of_tccb, honoured] {
            let (names, total, _) = first(&filter).await;
            assert_eq!((names, total), (vec!["Nguyễn Văn Số0000".into(), "Nguyễn Văn Số0001".into()], more));
        }
        let of_phap_luat = Filter { unit: Some(phap_luat), ..named("nguyen") };
        assert_eq!(first(&of_phap_luat).await, (vec!["Trần (Nguyễn) An".into()], Total::Exactly(1), None));
        let (names, total, _) = first(&Filter { working: true, ..everyone.clone() }).await;
        assert_eq!((names, total), (vec!["Trần (Nguyễn) An".into(), "Nguyệt Văn Bình".into()], more));
        let (members, total) = people::members(&store, &lan_officer(), tccb, day(TODAY), 5).await.unwrap();
        assert_eq!((members.len(), members[0].full_name.as_str(), total), (5, "Nguyễn Văn Số0000", more));
    });
}

#[test]
fn pages_follow_one_another_without_gap_or_repetition() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            for n in 0..1_005 {
                tx.add(person(tx, &format!("Nguyễn Văn Số{n:04}")))?;
            }
            Ok(())
        })
        .await;
        let filter = Filter { name: Some("so00".into()), ..Filter::everyone(day(TODAY)) };
        let mut seen = Vec::new();
        let mut page = Page::first(30);
        loop {
            let listed = people::list(&store, &lan_officer(), &filter, page).await.unwrap();
            assert_eq!(listed.total, Total::Exactly(100));
            seen.extend(listed.rows.into_iter().map(|row| row.full_name));
            match listed.next {
                Some(after) => page = Page { after: Some(after), ..page },
                None => break,
            }
        }
        assert_eq!(seen, (0..100).map(|n| format!("Nguyễn Văn Số{n:04}")).collect::<Vec<_>>());
        let all =
            people::list(&store, &lan_officer(), &Filter::everyone(day(TODAY)), Page::first(5_000)).await.unwrap();
        assert_eq!((all.rows.len(), all.total), (100, Total::MoreThan(1_000)));
    });
}

#[test]
fn facts_hold_what_stands_and_name_the_decision_of_each() {
    on_each_database(async |store| {
        let (hoa, kept, initiative) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let hoa = NewPerson {
                sex: Some(Sex::Nu),
                born: Some(day("1980-05-02")),
                recruited: Some(day("2004-03-01")),
                ..person(tx, "Trần Thị Hoa")
            };
            tx.add(hoa.clone())?;
            tx.add(NewPost {
                post: Some("pho-vu-truong".into()),
                ..post(tx, hoa.id, "Phó Vụ trưởng", PostLevel::LanhDaoVu)
            })?;
            tx.add(grade(tx, hoa.id, 2019, Grade::XuatSac))?;
            let kept = decision(tx, "MH-001", "2019-02-01");
            tx.add(kept.clone())?;
            let title = NewConferral {
                title_year: Some(2018),
                kind: None,
                ..line(tx, &kept, "chien-si-thi-dua-co-so", hoa.id, tccb)
            };
            tx.add(title)?;
            let praise = NewConferral {
                period_from: Some(2017),
                period_to: Some(2018),
                ..line(tx, &kept, "bang-khen-bo", hoa.id, tccb)
            };
            tx.add(praise)?;
            let gone = decision(tx, "MH-002", "2019-03-01");
            tx.add(gone.clone())?;
            tx.add(line(tx, &gone, "giay-khen", hoa.id, tccb))?;
            tx.add(NewDecisionEnd {
                id: tx.id(),
                decision: gone.id,
                conferral: None,
                kind: EndKind::ThuHoi,
                day: day("2019-09-01"),
                document: "MH-003/QĐ-VPCP".into(),
                reason: "khai sai".into(),
            })?;
            let initiative = tx.add(NewInitiative {
                id: tx.id(),
                person: Some(hoa.id),
                collective: None,
                name: "Rút gọn hồ sơ".into(),
                sort: rules::facts::Sort::SangKien,
                scope: rules::facts::Scope::CoSo,
                year: 2018,
                decided: Some(day("2018-11-30")),
                number: None,
            })?;
            tx.add(NewInitiativeUse { id: tx.id(), initiative, award: "chien-si-thi-dua-co-so".into(), year: 2018 })?;
            tx.add(NewCompleteRange {
                id: tx.id(),
                person: Some(hoa.id),
                collective: None,
                kind: RecordKind::Titles,
                from_year: 2015,
                to_year: 2020,
            })?;
            Ok((hoa.id, kept.id, initiative))
        })
        .await;
        assert_eq!(people::facts(&store, &lan_officer(), Uuid::nil(), day(TODAY)).await, Ok(None));
        let known = people::facts(&store, &lan_officer(), hoa, day(TODAY)).await.unwrap().unwrap();
        let before = people::facts(&store, &lan_officer(), hoa, day("2019-08-31")).await.unwrap().unwrap();
        let stood: Vec<&str> = before.facts.awards.iter().map(|fact| fact.award.as_str()).collect();
        assert_eq!(stood, ["bang-khen-bo", "giay-khen"]);
        let (number, issuer) = (Some("MH-001/QĐ-VPCP".to_owned()), Some("VPCP".to_owned()));
        let expected = Facts {
            sex: Some(Sex::Nu),
            born: Some(day("1980-05-02")),
            recruited: Some(day("2004-03-01")),
            complete: BTreeMap::from([(RecordKind::Titles, vec![(2015, 2020)])]),
            grades: vec![rules::facts::GradeFact {
                year: 2019,
                grade: Grade::XuatSac,
                decided: Some(day("2019-12-20")),
                number: None,
                issuer: None,
            }],
            titles: vec![TitleFact {
                award: "chien-si-thi-dua-co-so".into(),
                year: 2018,
                decided: Some(day("2019-02-01")),
                number: number.clone(),
                issuer: issuer.clone(),
            }],
            awards: vec![AwardFact {
                award: "bang-khen-bo".into(),
                decided: day("2019-02-01"),
                period: Some((2017, 2018)),
                kind: Some(Kind::CongTrang),
                number,
                issuer,
            }],
            initiatives: vec![rules::facts::InitiativeFact {
                id: initiative.to_string(),
                year: 2018,
                sort: rules::facts::Sort::SangKien,
                scope: rules::facts::Scope::CoSo,
                decided: Some(day("2018-11-30")),
                number: None,
                used_for: vec!["chien-si-thi-dua-co-so".into()],
            }],
            posts: vec![PostFact { post: "pho-vu-truong".into(), from: day("2010-01-01"), to: None }],
            ..Facts::default()
        };
        assert_eq!(known.facts, expected);
        assert_eq!(known.decisions, BTreeMap::from([("/awards/0".to_owned(), kept), ("/titles/0".to_owned(), kept)]));
        let page = people::one(&store, &lan_officer(), hoa, day(TODAY)).await.unwrap().unwrap();
        let revoked: Vec<_> =
            page.records.conferrals.iter().map(|line| line.revoked.as_ref().map(|end| end.day)).collect();
        assert_eq!(revoked, [None, None, Some(day("2019-09-01"))]);
    });
}

#[test]
fn the_history_of_a_person_tells_who_entered_what_and_why() {
    on_each_database(async |store| {
        let hoa = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            member(tx, "Trần Thị Hoa", tccb)
        })
        .await;
        store
            .step(1, None, noon() + chrono::Duration::days(1), "bình xét năm 2019", async |tx| {
                tx.add(grade(tx, hoa, 2018, Grade::Tot))?;
                tx.add(grade(tx, hoa, 2019, Grade::Tot))
            })
            .await
            .unwrap();
        let history = people::history(&store, &lan_officer(), hoa, day(TODAY)).await.unwrap();
        let lines: Vec<_> = history.iter().map(|it| (it.why.as_str(), it.noun.as_str(), it.records)).collect();
        assert_eq!(
            lines,
            [("bình xét năm 2019", "grade", 2), ("dựng câu chuyện", "membership", 1), ("dựng câu chuyện", "person", 1)]
        );
    });
}

#[test]
fn a_total_is_counted_again_once_something_was_entered() {
    on_each_database(async |store| {
        let tccb = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            member(tx, "Trần Thị Hoa", tccb)?;
            Ok(tccb)
        })
        .await;
        let everyone = Filter::everyone(day(TODAY));
        let told = async || {
            let before = store.statements();
            let listed = people::list(&store, &lan_officer(), &everyone, Page::first(10)).await.unwrap();
            (listed.total, store.statements() - before)
        };
        let (first, counted) = told().await;
        assert_eq!((first, told().await), (Total::Exactly(1), (Total::Exactly(1), counted - 1)));
        enter(&store, async |tx| member(tx, "Lê Văn Bình", tccb)).await;
        assert_eq!(told().await, (Total::Exactly(2), counted));
    });
}
