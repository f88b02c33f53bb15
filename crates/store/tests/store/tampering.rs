//! A thousand tamperings behind the store's back, each drawn at random, each found in its place.

pub mod forger;

use std::collections::HashMap;
use std::path::Path;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};
use store::journal::note::VerifierKey;
use store::journal::{self, Leaf};
use store::verify::finding::{Finding, Kind};
use store::verify::{Report, database::DatabaseSource, verify};
use uuid::Uuid;

use crate::builders::OFFICE;
use crate::on_each_database::{SERVER, database_url, execute, fresh_folder};
use crate::story::{play, verifier};
use forger::{Draw, Forger};

/// Tamperings on SQLite.
const MANY: u64 = 1_000;
/// Tamperings on PostgreSQL, where each needs a database of its own.
const FEW: u64 = 60;

/// What was done, and what a verification may say of it.
#[derive(Debug, Default)]
pub struct Done {
    pub what: String,
    /// The record that must be named.
    pub record: Option<(String, Uuid)>,
    /// The leaf that must be named, alone or in a range.
    pub leaf: Option<u64>,
    /// Kinds of which one must be named, where neither record nor leaf can be.
    pub kinds: Vec<Kind>,
    /// Records and leaves that are touched too.
    pub also: Vec<Uuid>,
    pub also_leaves: Vec<u64>,
    /// Whether what is stored and signed of the tree may contradict its leaves.
    pub tree: bool,
}

/// The story as it was told.
struct Told {
    key: VerifierKey,
    leaves: Vec<Leaf>,
    /// The record of which a correction, an ending or a removal speaks.
    spoken_of: HashMap<Uuid, Uuid>,
}

impl Done {
    fn check(&self, report: &Report) {
        let names = |finding: &Finding| {
            let record = finding.table.clone().zip(finding.id);
            let first = finding.leaf.unwrap_or(u64::MAX);
            let covers = |n: u64| (first..=finding.last_leaf.unwrap_or(first)).contains(&n);
            (self.record.is_some() && record == self.record)
                || self.leaf.is_some_and(covers)
                || self.kinds.contains(&finding.kind)
        };
        assert!(report.findings.iter().any(names), "{}: not found in its place: {self:#?}\n{report:#?}", self.what);
        let astray: Vec<_> =
            report.findings.iter().filter(|finding| !names(finding) && !self.expects(finding)).collect();
        assert_eq!(astray, Vec::<&Finding>::new(), "{}: named without cause: {self:#?}", self.what);
    }

    /// Whether a finding follows from what was done.
    fn expects(&self, finding: &Finding) -> bool {
        let of_tree = |kind| {
            use Kind::{CheckpointBeyond, CheckpointContradicted, HeadChanged, LeafBeyondHead, NodeAdded, NodeChanged};
            let of_tree =
                [CheckpointBeyond, CheckpointContradicted, HeadChanged, LeafBeyondHead, NodeAdded, NodeChanged];
            of_tree.contains(&kind)
        };
        finding.id.is_some_and(|id| self.also.contains(&id))
            || finding.leaf.is_some_and(|n| self.also_leaves.contains(&n))
            || (self.tree && of_tree(finding.kind))
    }
}

#[test]
fn a_thousand_tamperings_of_an_sqlite_file_are_all_found_in_their_places() {
    wait(async {
        let folder = fresh_folder();
        let base = folder.join("base.db");
        let told = told(&format!("sqlite:{}", base.display())).await;
        let file = folder.join("altered.db");
        let mut draw = Draw::new(20_261_127);
        let mut done = 0;
        while done < MANY {
            replace(&base, &file);
            let url = format!("sqlite:{}", file.display());
            if let Some(tampering) = tampered(&url, &mut draw, &told).await {
                found(&url, &told.key, &tampering).await;
                done += 1;
            }
        }
        std::fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
fn tamperings_of_a_postgresql_database_are_all_found_in_their_places() {
    let Ok(server) = std::env::var(SERVER) else {
        return;
    };
    wait(async {
        let base = format!("tampering_{}", std::process::id());
        execute(&server, &format!("CREATE DATABASE {base}")).await;
        let told = told(&database_url(&server, &base)).await;
        let mut draw = Draw::new(1_127);
        let altered = format!("{base}_altered");
        let url = database_url(&server, &altered);
        let mut done = 0;
        while done < FEW {
            execute(&server, &format!("CREATE DATABASE {altered} TEMPLATE {base}")).await;
            if let Some(tampering) = tampered(&url, &mut draw, &told).await {
                found(&url, &told.key, &tampering).await;
                done += 1;
            }
            execute(&server, &format!("DROP DATABASE {altered}")).await;
        }
        execute(&server, &format!("DROP DATABASE {base}")).await;
    });
}

#[test]
fn whoever_rewrites_the_whole_journal_is_found_by_what_was_signed() {
    wait(async {
        let folder = fresh_folder();
        let base = folder.join("base.db");
        let told = told(&format!("sqlite:{}", base.display())).await;
        let file = folder.join("altered.db");
        let mut draw = Draw::new(3);
        for _ in 0..20 {
            replace(&base, &file);
            let url = format!("sqlite:{}", file.display());
            let mut forger = Forger { connection: connected(&url).await, draw: &mut draw, leaves: &told.leaves };
            let tampering = forger.rewrite(&url).await;
            forger.connection.close().await.unwrap();
            found(&url, &told.key, &tampering).await;
        }
        std::fs::remove_dir_all(folder).unwrap();
    });
}

/// A fresh database with the story in it, closed again, and what it holds.
async fn told(url: &str) -> Told {
    let store = store::open(url).await.unwrap();
    store.migrate().await.unwrap();
    play(&store).await;
    let key = verifier(&store).await;
    let leaves = journal::leaves(&store, OFFICE, 0, 10_000).await.unwrap();
    let mut spoken_of = HashMap::new();
    for leaf in leaves.iter().filter(|leaf| ["correction", "ending", "removal"].contains(&leaf.entry.noun.as_str())) {
        let content = store.content(OFFICE, &leaf.entry.noun, leaf.entry.id).await.unwrap().unwrap();
        spoken_of.insert(leaf.entry.id, content["record"].as_str().unwrap().parse().unwrap());
    }
    store.close().await.unwrap();
    Told { key, leaves, spoken_of }
}

/// One tampering; nothing where the database refused it.
async fn tampered(url: &str, draw: &mut Draw, told: &Told) -> Option<Done> {
    let mut forger = Forger { connection: connected(url).await, draw, leaves: &told.leaves };
    let done = forger.tamper().await;
    forger.connection.close().await.unwrap();
    let mut done = done?;
    let spoken_of: Vec<Uuid> = done.also.iter().filter_map(|id| told.spoken_of.get(id)).copied().collect();
    done.also.extend(spoken_of);
    Some(done)
}

async fn found(url: &str, key: &VerifierKey, tampering: &Done) {
    let store = store::open(url).await.unwrap();
    let mut source = DatabaseSource::open(&store, OFFICE).await.unwrap();
    let report = verify(&mut source, OFFICE, std::slice::from_ref(key), None).await;
    drop(source);
    store.close().await.unwrap();
    match report {
        Ok(report) => tampering.check(&report),
        Err(why) => panic!("{why}: {tampering:#?}"),
    }
}

/// A connection for which no key and no check stands in the way.
async fn connected(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1);
    let connection = sea_orm::Database::connect(options).await.unwrap();
    let free = if url.starts_with("sqlite:") {
        "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON"
    } else {
        "SET session_replication_role = replica"
    };
    connection.execute_unprepared(free).await.unwrap();
    connection
}

fn replace(base: &Path, file: &Path) {
    for end in ["-wal", "-shm"] {
        // Mostly not there.
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    std::fs::copy(base, file).unwrap();
}

fn wait(story: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(story);
}
