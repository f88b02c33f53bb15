//! Search: with or without diacritics, exact form first.

use store::page::{Page, Total};
use store::people::Filter;
use store::records::NewPerson;
use store::{Store, decisions, people, search};
use uuid::Uuid;

use crate::builders::{OFFICE, day, decision, enter, lan_officer, office, person};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

#[test]
fn a_name_is_found_with_and_without_its_marks() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            for name in ["Nguyễn Thị Hoa", "Đỗ Thị Hòa", "Đỗ Văn Hoà", "Trần Văn Bình"] {
                tx.add(person(tx, name))?;
            }
            Ok(())
        })
        .await;
        let found = async |query: &str| -> Vec<String> {
            let rows = people::search(&store, &lan_officer(), query, day(TODAY), 20).await.unwrap();
            rows.into_iter().map(|row| row.full_name).collect()
        };
        assert_eq!(found("không ai").await, Vec::<String>::new());
        assert_eq!(found("  ").await, Vec::<String>::new());
        assert_eq!(found("hoa").await, ["Nguyễn Thị Hoa", "Đỗ Thị Hòa", "Đỗ Văn Hoà"]);
        assert_eq!(found("hòa").await, ["Đỗ Thị Hòa", "Đỗ Văn Hoà", "Nguyễn Thị Hoa"]);
        assert_eq!(found("hoà đỗ").await, ["Đỗ Thị Hòa", "Đỗ Văn Hoà"]);
        assert_eq!(found("do v").await, ["Đỗ Văn Hoà"]);
        assert_eq!(found("BINH").await, ["Trần Văn Bình"]);
        assert_eq!(found("\"'&|!*:() OR NOT").await, Vec::<String>::new());
    });
}

#[test]
fn a_name_entered_later_finds_its_place_when_the_index_is_rebuilt() {
    on_each_database(async |store| {
        for name in ["Trần Văn Bình", "Nguyễn Văn An"] {
            enter(&store, async |tx| {
                if name == "Trần Văn Bình" {
                    office(tx)?;
                }
                tx.add(person(tx, name))
            })
            .await;
        }
        let found = async || -> Vec<String> {
            let rows = people::search(&store, &lan_officer(), "van", day(TODAY), 20).await.unwrap();
            rows.into_iter().map(|row| row.full_name).collect()
        };
        assert_eq!(found().await.len(), 2);
        search::rebuild(&store, OFFICE).await.unwrap();
        assert_eq!(found().await, ["Nguyễn Văn An", "Trần Văn Bình"]);
    });
}

#[test]
fn those_of_a_name_come_page_by_page_in_the_order_of_the_list_whenever_they_were_indexed() {
    on_each_database(async |store| {
        let first = enter(&store, async |tx| {
            office(tx)?;
            let mut people = Vec::new();
            for n in 0..60 {
                people.push(tx.add(person(tx, &format!("Nguyễn Văn {}", GIVEN[n % GIVEN.len()])))?);
            }
            Ok(people)
        })
        .await;
        assert_eq!(page_by_page(&store, "nguyen v").await, in_order(&store).await);
        search::rebuild(&store, OFFICE).await.unwrap();
        assert_eq!(page_by_page(&store, "nguyen v").await, in_order(&store).await);
        enter(&store, async |tx| {
            for n in 0..20 {
                tx.add(person(tx, &format!("Nguyễn Vinh {}", GIVEN[n % GIVEN.len()])))?;
            }
            tx.remove("person", &[first[0], first[30], first[59]]).await?;
            let renamed = NewPerson { id: first[7], ..person(tx, "Nguyễn Vũ Yên") };
            tx.correct(renamed).await
        })
        .await;
        let told = page_by_page(&store, "nguyen v").await;
        assert_eq!((told.len(), told), (77, in_order(&store).await));
    });
}

const GIVEN: [&str; 7] = ["Hoà", "An", "Bình", "Đức", "Hoa", "Ân", "Yến"];

/// Everyone whom a list of that name tells, in its pages of nine.
async fn page_by_page(store: &Store, name: &str) -> Vec<Uuid> {
    let filter = Filter { name: Some(name.to_owned()), ..Filter::everyone(day(TODAY)) };
    let (mut told, mut page) = (Vec::new(), Page::first(9));
    loop {
        let listed = people::list(store, &lan_officer(), &filter, page).await.unwrap();
        told.extend(listed.rows.into_iter().map(|row| row.id));
        let Some(after) = listed.next else { break };
        page.after = Some(after);
        assert_eq!(listed.total, Total::Exactly(in_order(store).await.len() as u32));
    }
    told
}

async fn in_order(store: &Store) -> Vec<Uuid> {
    let listed = people::list(store, &lan_officer(), &Filter::everyone(day(TODAY)), Page::first(100)).await.unwrap();
    listed.rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn another_office_is_never_found() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            tx.add(person(tx, "Trần Văn Bình"))
        })
        .await;
        let elsewhere = store::access::Viewer { office: 2, ..lan_officer() };
        assert_eq!(people::search(&store, &elsewhere, "binh", day(TODAY), 20).await.unwrap(), []);
    });
}

#[test]
fn a_decision_is_found_by_number_issuer_and_words() {
    on_each_database(async |store| {
        enter(&store, async |tx| {
            office(tx)?;
            tx.add(decision(tx, "MH-001", "2019-02-01"))?;
            tx.add(decision(tx, "MH-002", "2020-02-01"))
        })
        .await;
        let found = async |text: &str| -> Vec<String> {
            let filter = decisions::Filter { text: Some(text.to_owned()), ..decisions::Filter::default() };
            let page = store::page::Page::first(10);
            let listed = decisions::list(&store, &lan_officer(), &filter, day(TODAY), page).await.unwrap();
            listed.rows.into_iter().map(|row| row.number).collect()
        };
        assert_eq!(found("huân chương").await, Vec::<String>::new());
        assert_eq!(found("MH-001/QĐ-VPCP").await, ["MH-001/QĐ-VPCP"]);
        assert_eq!(found("bang khen").await, ["MH-002/QĐ-VPCP", "MH-001/QĐ-VPCP"]);
    });
}
