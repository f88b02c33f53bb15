//! Verification: what was entered is found whole, and what was altered is found with its place.

use chrono::Duration;
use ed25519_dalek::SigningKey;
use store::Store;
use store::journal::checkpoints;
use store::schema::{STEP, TABLES};
use store::verify::database::DatabaseSource;
use store::verify::finding::{Finding, Kind};
use store::verify::{Report, verify};

use crate::builders::{OFFICE, enter, noon, office, person};
use crate::on_each_database::{execute, on_each_address, on_each_database};
use crate::story::{play, sign, verifier};

async fn verified(store: &Store) -> Report {
    let key = verifier(store).await;
    let mut source = DatabaseSource::open(store, OFFICE).await.unwrap();
    verify(&mut source, OFFICE, &[key], None).await.unwrap()
}

fn kinds(report: &Report) -> Vec<Kind> {
    report.findings.iter().map(|finding| finding.kind).collect()
}

#[test]
fn a_story_with_every_kind_of_record_is_found_whole() {
    on_each_database(async |store| {
        play(&store).await;
        let report = verified(&store).await;
        assert_eq!(report.findings, []);
        let head = store::journal::head(&store, OFFICE).await.unwrap();
        assert_eq!((&report.tree, report.records, report.with_key), (&head, head.size, true));
        assert!(report.signed < head.size && report.signed > 256, "{report:?}");
        assert_eq!(report.clock_back, None);
        let leaves = store::journal::leaves(&store, OFFICE, 0, 10_000).await.unwrap();
        let told = |noun: &str| leaves.iter().any(|leaf| leaf.entry.noun == noun);
        let untold: Vec<&str> =
            TABLES.iter().chain([&STEP]).map(|table| table.noun).filter(|noun| !told(noun)).collect();
        assert_eq!(untold, Vec::<&str>::new(), "the story lacks these kinds of record");
    });
}

#[test]
fn an_empty_office_is_whole() {
    on_each_database(async |store| {
        let mut source = DatabaseSource::open(&store, OFFICE).await.unwrap();
        let report = verify(&mut source, OFFICE, &[], None).await.unwrap();
        assert_eq!((report.holds(), report.tree.size, report.records, report.with_key), (true, 0, 0, false));
    });
}

#[test]
fn a_clock_set_back_is_accepted_and_told() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        let earlier = noon() - Duration::days(400);
        let back = store.step(OFFICE, None, earlier, "đồng hồ sai", async |tx| tx.add(person(tx, "Lê Văn Bình"))).await;
        let later = enter(&store, async |tx| tx.add(person(tx, "Lê Văn An"))).await;
        assert!(back.unwrap() < later, "ids follow the instants given");
        sign(&store).await;
        let report = verified(&store).await;
        assert_eq!((report.findings, report.clock_back), (Vec::new(), Some((1, 2))));
    });
}

#[test]
fn an_older_checkpoint_shows_that_nothing_before_it_was_rewritten() {
    on_each_address(async |store, url| {
        enter(&store, async |tx| office(tx)).await;
        sign(&store).await;
        let older = checkpoints::newest(&store, OFFICE).await.unwrap().unwrap();
        enter(&store, async |tx| tx.add(person(tx, "Lê Văn Bình"))).await;
        sign(&store).await;
        let keys = [verifier(&store).await];
        let since = async |note: &str| {
            let mut source = DatabaseSource::open(&store, OFFICE).await.unwrap();
            verify(&mut source, OFFICE, &keys, Some(note)).await.unwrap()
        };
        let report = since(&older.note).await;
        assert_eq!((report.holds(), report.since), (true, Some(2)));
        assert_eq!(kinds(&since("không phải mốc").await), [Kind::SinceForm]);
        assert_eq!(kinds(&since(&older.note.replace("\n2\n", "\n3\n")).await), [Kind::SinceForged]);
        assert_eq!(kinds(&since(&older.note.replace("VPCP", "BKH")).await), [Kind::SinceUnknownKey]);
        // Whoever has the key and the database can sign another history; the older checkpoint still tells.
        let other = store::journal::note::Signer::new("vinhdanh/VPCP", &crate::story::key()).unwrap();
        assert_eq!(kinds(&since(&other.sign(2, &[1; 32])).await), [Kind::SinceContradicted]);
        assert_eq!(kinds(&since(&other.sign(99, &[1; 32])).await), [Kind::SinceBeyond]);
        execute(&url, "UPDATE checkpoint SET note = replace(note, 'VPCP', 'BKH') WHERE size = 2").await;
        assert_eq!(kinds(&since(&older.note).await), [Kind::CheckpointUnknownKey]);
    });
}

#[test]
fn another_key_believes_no_checkpoint_and_no_key_says_so() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        sign(&store).await;
        let other = SigningKey::from_bytes(&[8; 32]);
        let other = checkpoints::verifier(&store, OFFICE, &other).await.unwrap().unwrap();
        let mut source = DatabaseSource::open(&store, OFFICE).await.unwrap();
        let report = verify(&mut source, OFFICE, &[other], None).await.unwrap();
        assert_eq!(kinds(&report), [Kind::CheckpointUnknownKey]);
        let report = verify(&mut source, OFFICE, &[], None).await.unwrap();
        assert_eq!((report.holds(), report.with_key), (true, false));
    });
}

#[test]
fn a_record_whose_salt_was_erased_is_named_and_its_leaf_stands() {
    on_each_address(async |store, url| {
        enter(&store, async |tx| office(tx)).await;
        let binh = enter(&store, async |tx| tx.add(person(tx, "Lê Văn Bình"))).await;
        sign(&store).await;
        execute(&url, "UPDATE person SET salt = NULL").await;
        let erased = Finding { table: Some("person".to_owned()), id: Some(binh), ..Finding::of(Kind::RecordErased) };
        assert_eq!(verified(&store).await.findings, [erased]);
    });
}
