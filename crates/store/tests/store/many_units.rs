//! Units found by their words and codes, where there are too many for a list.

use store::access::Viewer;
use store::units::sought;
use store::words::Role;

use crate::builders::{day, enter, lan_officer, office, unit, viewer};
use crate::on_each_database::on_each_database;

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
