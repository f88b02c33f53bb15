//! The figures of the home page agree with the lists they open.

use rules::facts::{Grade, Hold, Scope, Sort};
use store::access::Viewer;
use store::page::{Page, Total};
use store::records::{NewHold, NewInitiative, NewRegistration};
use store::words::Role;
use store::{decisions, home, people};

use crate::builders::{day, decision, enter, grade, lan_officer, line, member, office, unit, viewer};
use crate::on_each_database::on_each_database;

#[test]
fn each_figure_counts_what_waits_in_reach_of_the_viewer() {
    on_each_database(async |store| {
        let today = day("2020-06-16");
        let phap_luat = enter(&store, async |tx| {
            office(tx)?;
            let (tccb, phap_luat) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
            let (hoa, binh) = (member(tx, "Trần Thị Hoa", tccb)?, member(tx, "Lê Văn Bình", phap_luat)?);
            tx.add(grade(tx, hoa, 2019, Grade::Tot))?;
            tx.add(NewRegistration { id: tx.id(), person: Some(hoa), collective: None, year: 2020 })?;
            tx.add(NewInitiative {
                id: tx.id(),
                person: Some(hoa),
                collective: None,
                name: "Rút gọn hồ sơ".into(),
                sort: Sort::SangKien,
                scope: Scope::CoSo,
                year: 2020,
                decided: None,
                number: None,
            })?;
            tx.add(NewHold {
                id: tx.id(),
                person: Some(hoa),
                collective: None,
                kind: Hold::ThanhTra,
                document: None,
                from_day: day("2020-06-01"),
                to_day: None,
            })?;
            for (number, on) in [("MH-001", "2019-12-31"), ("MH-002", "2020-01-01"), ("MH-003", "2020-06-17")] {
                let decision = decision(tx, number, on);
                tx.add(decision.clone())?;
                tx.add(line(tx, &decision, "bang-khen-bo", hoa, tccb))?;
            }
            tx.add(grade(tx, binh, 2018, Grade::Tot))?;
            Ok(phap_luat)
        })
        .await;
        let whole = home::figures(&store, &lan_officer(), today).await.unwrap();
        assert_eq!((whole.working, whole.registered, whole.without_grade), (2, 1, 1));
        assert_eq!((whole.conferrals, whole.decisions), (1, 1));
        assert_eq!((whole.initiatives_waiting, whole.holds), (1, 1));
        let listed = people::list(&store, &lan_officer(), &whole.without_grade_list, Page::first(10)).await.unwrap();
        assert_eq!((listed.total, listed.rows[0].full_name.as_str()), (Total::Exactly(1), "Lê Văn Bình"));
        let listed =
            decisions::list(&store, &lan_officer(), &whole.decisions_list, today, Page::first(10)).await.unwrap();
        assert_eq!((listed.total, listed.rows[0].number.as_str()), (Total::Exactly(1), "MH-002/QĐ-VPCP"));
        let clerk = Viewer { unit: Some(phap_luat), ..viewer(Role::Clerk) };
        let own = home::figures(&store, &clerk, today).await.unwrap();
        assert_eq!((own.working, own.registered, own.without_grade, own.conferrals, own.decisions), (1, 0, 1, 0, 0));
        assert_eq!((own.initiatives_waiting, own.holds), (0, 0));
    });
}
