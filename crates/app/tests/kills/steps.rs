//! Steps and checkpoints, killed in the middle.

use chrono::{DateTime, Utc};
use ed25519_dalek::SigningKey;
use store::Store;
use store::journal::checkpoints;
use store::records::{NewGrade, NewOffice, NewPerson};
use store::verify::database::DatabaseSource;
use store::verify::verify;
use uuid::Uuid;

use crate::harness::{self, Draw};

const OFFICE: i32 = 1;
/// Kills of a writer on SQLite unless more are asked for.
const KILLS: u64 = 60;
/// Kills of a writer on PostgreSQL, whose server goes on.
const KILLS_BESIDE_A_SERVER: u64 = 20;

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("an instant")
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// Writes until it is killed.
#[tokio::test]
async fn writer() {
    let Some(database) = harness::told() else {
        return;
    };
    let store = store::open(&database).await.expect("a database");
    loop {
        let person = store.step(OFFICE, None, noon(), "viết đến khi bị dừng", async |step| {
            let id = step.id();
            step.add(NewPerson { fictitious: true, ..NewPerson::named(id, "Nguyễn Thị Bền") })?;
            for year in 2000..2020 {
                let (grade, person) = (rules::facts::Grade::Tot, Some(id));
                let (decided, number, issuer) = (None, None, None);
                step.add(NewGrade { id: step.id(), person, collective: None, year, grade, decided, number, issuer })?;
            }
            Ok(id)
        });
        harness::acknowledge(&person.await.expect("written").to_string());
        checkpoints::make(&store, OFFICE, &key(), noon()).await.expect("signed");
    }
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_and_nothing_is_half_written_in_an_sqlite_file() {
    let folder = std::env::temp_dir().join(format!("vinhdanh-kills-{}", Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let database = format!("sqlite:{}/office.db", folder.display());
    survive(&database, harness::kills(KILLS)).await;
    std::fs::remove_dir_all(folder).expect("the test's own folder");
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_and_nothing_is_half_written_on_a_server() {
    let Ok(server) = std::env::var("VINHDANH_TEST_POSTGRES") else {
        return;
    };
    let name = format!("kills_{}", std::process::id());
    let (base, options) = server.split_once('?').unwrap_or((&server, ""));
    let (host, _) = base.rsplit_once('/').expect("an address with a database");
    let run = |statement: String| {
        let done = std::process::Command::new("psql").args([&server, "-qc", &statement]).status();
        assert!(done.expect("psql runs").success(), "{statement}");
    };
    run(format!("CREATE DATABASE {name}"));
    survive(&format!("{host}/{name}?{options}"), harness::kills(KILLS_BESIDE_A_SERVER)).await;
    run(format!("DROP DATABASE {name} WITH (FORCE)"));
}

async fn survive(database: &str, kills: u64) {
    let store = store::open(database).await.expect("a database");
    store.migrate().await.expect("a schema");
    let founded = store.step(OFFICE, None, noon(), "lập cơ quan", async |step| {
        let (code, name) = ("VPCP".to_owned(), "Văn phòng Chính phủ".to_owned());
        step.add(NewOffice { id: step.id(), code, name, name_en: None, illustrative: true })
    });
    founded.await.expect("an office");
    store.close().await.expect("closed");
    let mut draw = Draw::new(2_026);
    let mut acknowledged = 0;
    for _ in 0..kills {
        let written = harness::kill(harness::writer("steps::writer", database), 6, &mut draw);
        acknowledged += written.len() as u64;
        let store = store::open(database).await.expect("the database opens again");
        check(&store, &written, acknowledged).await;
        store.close().await.expect("closed");
    }
}

/// That the journal verifies, that everything acknowledged is there, and that whatever is there is whole.
async fn check(store: &Store, written: &[String], acknowledged: u64) {
    for id in written {
        let id = id.parse().expect("an id");
        assert!(store.content(OFFICE, "person", id).await.expect("read").is_some(), "{id} is lost");
    }
    let signer = checkpoints::verifier(store, OFFICE, &key()).await.expect("read").expect("an office");
    let mut source = DatabaseSource::open(store, OFFICE).await.expect("opened");
    let report = verify(&mut source, OFFICE, &[signer], None).await.expect("read");
    assert_eq!(report.findings, []);
    // The act and the office; then for each step the act, the person and twenty grades.
    assert_eq!((report.tree.size - 2) % 22, 0, "a step is half there");
    assert!((report.tree.size - 2) / 22 >= acknowledged, "{} of {acknowledged}", report.tree.size);
}
