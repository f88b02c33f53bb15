//! Opening a database: what is made, and what is said when it cannot be.

use sea_orm::ConnectionTrait;
use store::error::StoreError;

use crate::builders::{OFFICE, enter, office};
use crate::on_each_database::{fresh_folder, on_each_address, on_each_database};

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(future)
}

#[test]
fn an_address_that_is_none_is_refused() {
    for address in ["", "mysql://localhost/x", "sqlite:", "sqlite::memory:"] {
        assert_eq!(wait(store::open(address)).unwrap_err(), StoreError::BadUrl(address.to_owned()));
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let error = wait(store::open("sqlite:/dev/null/none/a.db")).unwrap_err();
    assert_eq!(error, StoreError::Unreachable("/dev/null/none: Not a directory (os error 20)".to_owned()));
}

#[test]
fn a_server_that_is_not_there_is_unreachable() {
    let error = wait(store::open("postgres://nobody@localhost/none?host=/nowhere")).unwrap_err();
    assert!(matches!(error, StoreError::Unreachable(_)), "{error:?}");
}

#[test]
fn a_file_that_is_no_database_is_damaged() {
    let folder = fresh_folder();
    std::fs::write(folder.join("a.db"), "một tệp văn bản dài hơn một trăm ký tự ".repeat(5)).unwrap();
    let error = wait(store::open(&format!("sqlite:{}/a.db", folder.display()))).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_file_that_another_program_holds_is_locked() {
    let folder = fresh_folder();
    wait(async {
        let holder = sea_orm::Database::connect(format!("sqlite:{}/a.db?mode=rwc", folder.display())).await.unwrap();
        holder
            .execute_unprepared("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE t (a)")
            .await
            .unwrap();
        let error = store::open(&format!("sqlite:{}/a.db", folder.display())).await.unwrap_err();
        assert_eq!(error, StoreError::Locked);
    });
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_sqlite_file_is_made_with_its_folder_and_asks_to_be_migrated() {
    let folder = fresh_folder();
    wait(async {
        let store = store::open(&format!("sqlite:{}/sâu/hơn nữa/a.db", folder.display())).await.unwrap();
        let asked = store.check_schema().await;
        assert!(matches!(asked, Err(StoreError::OlderSchema { found: 0, .. })), "{asked:?}");
        store.migrate().await.unwrap();
        assert_eq!(store.check_schema().await, Ok(()));
        store.migrate().await.unwrap();
        assert_eq!(store.check_schema().await, Ok(()));
    });
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_schema_of_a_newer_program_is_left_alone() {
    on_each_address(async |store, url| {
        let newer = sea_orm::Database::connect(url).await.unwrap();
        newer.execute_unprepared("INSERT INTO migration (version, name) VALUES (99, 'mai sau')").await.unwrap();
        newer.close().await.unwrap();
        let refused = store.check_schema().await;
        assert!(matches!(refused, Err(StoreError::NewerSchema { found: 99, .. })), "{refused:?}");
        assert_eq!(store.migrate().await, refused);
    });
}

#[test]
fn an_office_is_empty_until_its_first_step() {
    on_each_database(async |store| {
        assert_eq!(store.is_empty(OFFICE).await, Ok(true));
        enter(&store, async |tx| office(tx)).await;
        assert_eq!(store.is_empty(OFFICE).await, Ok(false));
        assert_eq!(store.is_empty(2).await, Ok(true));
    });
}
