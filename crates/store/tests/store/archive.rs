//! Archives: everything comes back to the last record, on the other database too, or nothing does.

use store::Store;
use store::archive::Header;
use store::archive::dump::{Dump, Part};
use store::archive::load::Load;
use store::error::StoreError;
use store::page::Page;
use store::people::{self, Filter};

use crate::builders::{OFFICE, day, enter, lan_officer, member, office, unit};
use crate::on_each_database::{fresh_folder, on_each_address};

pub async fn dumped(store: &Store) -> (Header, Vec<Part>) {
    let mut dump = Dump::open(store).await.unwrap();
    let mut parts = Vec::new();
    while let Some(part) = dump.next().await.unwrap() {
        parts.push(part);
    }
    (dump.header().clone(), parts)
}

async fn loaded(store: &Store, header: &Header, parts: &[Part]) -> Result<(), StoreError> {
    let mut load = Load::begin(store, header).await?;
    for part in parts {
        load.rows(&part.table, &part.lines).await?;
    }
    load.finish(store, &header.offices).await
}

pub async fn story(store: &Store) {
    enter(store, async |tx| {
        office(tx)?;
        let tccb = unit(tx, "TCCB", None)?;
        member(tx, "Trần Thị Hoa", tccb)?;
        member(tx, "Lê Văn Bình", tccb)
    })
    .await;
}

/// An empty SQLite database of its own.
pub async fn elsewhere() -> Store {
    store::open(&format!("sqlite:{}/restored.db", fresh_folder().display())).await.unwrap()
}

#[test]
fn a_database_that_holds_something_is_not_overwritten() {
    on_each_address(async |store, _| {
        story(&store).await;
        let (header, parts) = dumped(&store).await;
        let refused = loaded(&store, &header, &parts).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    });
}

#[test]
fn an_archive_of_a_newer_program_or_with_a_journal_of_its_own_leaves_nothing() {
    on_each_address(async |store, _| {
        story(&store).await;
        let (header, parts) = dumped(&store).await;
        let target = elsewhere().await;
        let newer = Header { schema: header.schema + 1, ..header.clone() };
        let refused = loaded(&target, &newer, &parts).await;
        assert_eq!(refused, Err(StoreError::NewerSchema { found: header.schema + 1, known: header.schema }));
        let mut other = header.clone();
        other.offices[0].size += 1;
        let refused = loaded(&target, &other, &parts).await;
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
        assert!(target.is_empty(OFFICE).await.unwrap());
        loaded(&target, &header, &parts).await.unwrap();
        assert_eq!(dumped(&target).await, (header, parts));
    });
}

#[test]
fn a_row_that_is_cut_short_or_of_another_table_leaves_nothing() {
    on_each_address(async |store, _| {
        story(&store).await;
        let (header, parts) = dumped(&store).await;
        let target = elsewhere().await;
        for broken in [&b"{\"office\":1"[..], b"{\"office\":1}\n", b"[]\n"] {
            let mut parts = parts.clone();
            let person = parts.iter().position(|part| part.table == "person").unwrap();
            parts[person].lines = broken.to_vec();
            let refused = loaded(&target, &header, &parts).await;
            assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
        }
        let mut parts = parts.clone();
        parts[0].table = "keine".into();
        assert!(matches!(loaded(&target, &header, &parts).await, Err(StoreError::Refused(_))));
        assert!(target.is_empty(OFFICE).await.unwrap());
    });
}

#[test]
fn what_was_dumped_from_either_database_is_found_again_in_the_other() {
    on_each_address(async |store, _| {
        story(&store).await;
        let (header, parts) = dumped(&store).await;
        let target = elsewhere().await;
        loaded(&target, &header, &parts).await.unwrap();
        assert_eq!(dumped(&target).await, (header, parts));
        let filter = Filter { name: Some("hoa".into()), ..Filter::everyone(day("2026-11-23")) };
        let found = people::list(&target, &lan_officer(), &filter, Page::first(10)).await.unwrap();
        let names: Vec<String> = found.rows.into_iter().map(|row| row.full_name).collect();
        assert_eq!(names, ["Trần Thị Hoa"]);
    });
}

#[test]
fn every_table_is_in_the_archive_or_left_out_with_a_reason() {
    on_each_address(async |store, url| {
        let (header, _) = dumped(&store).await;
        let database = sea_orm::Database::connect(&url).await.unwrap();
        let question = if url.starts_with("sqlite:") {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_text_%' \
             AND name NOT LIKE 'sqlite_%'"
        } else {
            "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        };
        let backend = sea_orm::ConnectionTrait::get_database_backend(&database);
        let statement = sea_orm::Statement::from_string(backend, question);
        let rows = sea_orm::ConnectionTrait::query_all_raw(&database, statement).await.unwrap();
        let all: Vec<String> = rows.iter().map(|row| row.try_get("", "name").unwrap()).collect();
        let known = |name: &String| {
            header.tables.iter().any(|table| table.name == *name)
                || store::archive::LEFT_OUT.iter().any(|(left, _)| left == name)
        };
        let forgotten: Vec<&String> = all.iter().filter(|name| !known(name)).collect();
        assert_eq!(forgotten, Vec::<&String>::new());
        assert!(all.len() > 40, "{all:?}");
        database.close().await.unwrap();
    });
}
