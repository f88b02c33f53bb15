//! What a year brought to people.

use std::collections::HashMap;

use rules::facts::Grade;
use store::access::Viewer;
use store::records::{NewConferral, NewDecisionEnd};
use store::review::{self, Reviewed};
use store::words::{EndKind, Role};
use uuid::Uuid;

use crate::builders::{day, decision, enter, grade, lan_officer, line, member, office, unit, viewer};
use crate::on_each_database::on_each_database;

#[test]
fn people_show_what_was_decided_for_the_year_by_the_day_and_those_out_of_reach_nothing() {
    on_each_database(async |store| {
        let (tccb, hoa, binh, an) = enter(&store, async |tx| {
            office(tx)?;
            let tccb = unit(tx, "TCCB", None)?;
            let dao_tao = unit(tx, "TCCB-DT", Some(tccb))?;
            let elsewhere = unit(tx, "PL", None)?;
            let hoa = member(tx, "Trần Thị Hoa", tccb)?;
            let binh = member(tx, "Lê Văn Bình", dao_tao)?;
            let an = member(tx, "Nguyễn Văn An", elsewhere)?;
            for person in [hoa, binh, an] {
                tx.add(grade(tx, person, 2018, Grade::HoanThanh))?;
                tx.add(grade(tx, person, 2019, Grade::Tot))?;
            }
            let decision = decision(tx, "MH-001", "2020-01-15");
            tx.add(decision.clone())?;
            let titled = |line| NewConferral { title_year: Some(2019), kind: None, ..line };
            tx.add(titled(line(tx, &decision, "lao-dong-tien-tien", hoa, tccb)))?;
            tx.add(titled(line(tx, &decision, "chien-si-thi-dua-co-so", hoa, tccb)))?;
            let gone = titled(line(tx, &decision, "lao-dong-tien-tien", binh, dao_tao));
            tx.add(gone.clone())?;
            tx.add(NewDecisionEnd {
                id: tx.id(),
                decision: decision.id,
                conferral: Some(gone.id),
                kind: EndKind::HuyBo,
                day: day("2020-02-01"),
                document: "MH-009/QĐ-VPCP".into(),
                reason: "sai đối tượng".into(),
            })?;
            tx.add(titled(line(tx, &decision, "lao-dong-tien-tien", an, elsewhere)))?;
            Ok((tccb, hoa, binh, an))
        })
        .await;
        let seen = async |who: &Viewer, people: &[Uuid], on: &str| {
            review::of_people(&store, who, people, day(on), 2019).await.unwrap()
        };
        let of = async |on: &str| seen(&lan_officer(), &[hoa, binh], on).await;
        let graded = Reviewed { grade: Some(Grade::Tot), titles: Vec::new() };
        assert_eq!(of("2019-12-19").await, HashMap::new());
        assert_eq!(of("2020-01-14").await, HashMap::from([(hoa, graded.clone()), (binh, graded.clone())]));
        let titles = vec!["lao-dong-tien-tien".to_owned(), "chien-si-thi-dua-co-so".to_owned()];
        let titled = Reviewed { grade: Some(Grade::Tot), titles };
        assert_eq!(of("2020-06-16").await, HashMap::from([(hoa, titled.clone()), (binh, graded.clone())]));
        let mai_clerk = Viewer { unit: Some(tccb), ..viewer(Role::Clerk) };
        let own = HashMap::from([(hoa, titled.clone()), (binh, graded.clone())]);
        assert_eq!(seen(&mai_clerk, &[hoa, binh, an], "2020-06-16").await, own);
        let foreign = Reviewed { titles: vec!["lao-dong-tien-tien".to_owned()], ..graded };
        assert_eq!(seen(&lan_officer(), &[an], "2020-06-16").await, HashMap::from([(an, foreign)]));
        assert_eq!(seen(&lan_officer(), &[], "2020-06-16").await, HashMap::new());
    });
}
