//! `vinhdanh verify` over a demonstration: whole, altered, from an older checkpoint, and the proof of one leaf.

use std::process::Command;

use store::journal::checkpoints;

use crate::program::Program;

/// A program beside a demonstration, its key in a file and a checkpoint in another.
async fn demonstration() -> Program {
    let program = Program::new();
    let made = program.run(&["demo", "--prepare-only", "--database", "sqlite:office.db", "--keys", "keys"]);
    assert_eq!(made.code, 0, "{}", made.complained);
    let store = store::open(&format!("sqlite:{}/office.db", program.folder.display())).await.expect("a database");
    let keys = app::keys::Keys::open(&program.folder.join("keys")).expect("keys");
    let key = checkpoints::verifier(&store, 1, &keys.journal).await.expect("read").expect("an office");
    let newest = checkpoints::newest(&store, 1).await.expect("read").expect("a checkpoint");
    let proof = checkpoints::prove(&store, 1, 1_000).await.expect("read").expect("a proof");
    store.close().await.expect("closed");
    program.write("key.txt", &format!("{key}\n"));
    program.write("checkpoint.txt", &newest.note);
    program.write("leaf.tlog-proof", &proof.text());
    program.write("other.txt", "vinhdanh/VPCP+00000000+AQ==\n");
    program
}

const OWN: [&str; 5] = ["verify", "--database", "sqlite:office.db", "--format", "json"];

fn asked<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&OWN[..], more].concat()
}

fn altered(program: &Program, statement: &str) {
    let done = Command::new("sqlite3").arg("office.db").arg(statement).current_dir(&program.folder).status();
    assert!(done.expect("sqlite3 runs").success());
}

#[tokio::test]
async fn a_database_that_was_altered_is_refused_with_the_place() {
    let program = demonstration().await;
    let whole = program.run(&asked(&["--key", "key.txt", "--since", "checkpoint.txt"]));
    assert_eq!((whole.code, whole.complained.as_str()), (0, ""));
    let told: serde_json::Value = serde_json::from_str(&whole.said).expect("JSON");
    assert_eq!((&told["holds"], &told["with_key"], &told["since"]), (&true.into(), &true.into(), &told["size"]));
    altered(&program, "UPDATE person SET full_name = full_name || ' ' WHERE id = (SELECT min(id) FROM person)");
    let ran = program.run(&asked(&["--keys", "keys", "--lang", "en"]));
    assert_eq!((ran.code, ran.error()["kind"].as_str()), (4, Some("verification")));
    let told: serde_json::Value = serde_json::from_str(&ran.said).expect("JSON");
    let kinds: Vec<_> = told["findings"].as_array().expect("findings").iter().map(|found| &found["kind"]).collect();
    assert_eq!(kinds, ["record-changed", "record-derived"]);
    assert_eq!(told["findings"][0]["table"], "person");
}

#[tokio::test]
async fn files_that_are_no_keys_checkpoints_or_proofs_are_refused() {
    let program = demonstration().await;
    let none = program.run(&asked(&["--key", "other.txt", "--lang", "en"]));
    assert_eq!((none.code, none.error()["where"]["line"].as_u64()), (1, Some(1)));
    let absent = program.run(&asked(&["--since", "absent.txt"]));
    assert_eq!((absent.code, absent.error()["kind"].as_str()), (1, Some("input")));
    let since = program.run(&asked(&["--since", "key.txt"]));
    assert_eq!(since.code, 4, "{}", since.said);
    let nowhere = program.run(&["verify", "--database", "sqlite:nowhere.db"]);
    assert_eq!((nowhere.code, program.has("nowhere.db")), (3, false));
    let keyless = program.run(&["verify", "--proof", "leaf.tlog-proof"]);
    assert_eq!(keyless.code, 2);
}

#[tokio::test]
async fn a_proof_holds_without_any_database_until_it_is_altered() {
    let program = demonstration().await;
    let ran = program.run(&["verify", "--proof", "leaf.tlog-proof", "--key", "key.txt", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.complained);
    assert!(ran.said.starts_with("✓ Leaf 1000 is in the journal vinhdanh/"), "{}", ran.said);
    let text = std::fs::read_to_string(program.folder.join("leaf.tlog-proof")).expect("a proof");
    program.write("altered", &text.replace("index 1000", "index 1001"));
    let ran = program.run(&["verify", "--proof", "altered", "--key", "key.txt", "--format", "json"]);
    assert_eq!((ran.code, ran.error()["kind"].as_str()), (4, Some("verification")));
}

/// The backup with one line of one table changed, and its manifest as it was.
fn changed(program: &Program, table: &str) {
    let unpacked = zstd::decode_all(std::fs::File::open(program.folder.join("a.tar.zst")).expect("a backup"));
    let unpacked = unpacked.expect("it unpacks");
    let mut packed = tar::Builder::new(Vec::new());
    for entry in tar::Archive::new(unpacked.as_slice()).entries().expect("entries") {
        let mut entry = entry.expect("an entry");
        let name = String::from_utf8(entry.path_bytes().into_owned()).expect("a name");
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).expect("read");
        if name == format!("tables/{table}/00000.ndjson") {
            let text = String::from_utf8(content).expect("text");
            content = text.replacen("\"full_name\":\"", "\"full_name\":\"Ông ", 1).into_bytes();
        }
        let mut header = entry.header().clone();
        header.set_size(content.len() as u64);
        packed.append_data(&mut header, &name, content.as_slice()).expect("packed");
    }
    let packed = zstd::encode_all(packed.into_inner().expect("packed").as_slice(), 1).expect("packed");
    std::fs::write(program.folder.join("b.tar.zst"), packed).expect("written");
}

#[tokio::test]
async fn a_backup_is_verified_without_any_database_until_a_line_of_it_is_altered() {
    let program = demonstration().await;
    let made = program.run(&["backup", "--database", "sqlite:office.db", "--keys", "keys", "--out", "a.tar.zst"]);
    assert_eq!(made.code, 0, "{}", made.complained);
    let archive = |file: &'static str| ["verify", "--archive", file, "--key", "key.txt", "--format", "json"];
    let whole = program.run(&[&archive("a.tar.zst")[..], &["--since", "checkpoint.txt"]].concat());
    assert_eq!((whole.code, whole.complained.as_str()), (0, ""), "{}", whole.said);
    changed(&program, "person");
    let ran = program.run(&archive("b.tar.zst"));
    assert_eq!((ran.code, ran.error()["kind"].as_str()), (4, Some("verification")));
    let told: serde_json::Value = serde_json::from_str(&ran.said).expect("JSON");
    let kinds: Vec<_> = told["findings"].as_array().expect("findings").iter().map(|found| &found["kind"]).collect();
    assert_eq!(kinds, ["record-changed", "record-derived", "record-derived", "entry-changed"]);
    let none = program.run(&archive("key.txt"));
    assert_eq!((none.code, none.error()["kind"].as_str()), (1, Some("input")));
}
