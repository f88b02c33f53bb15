//! Backups at the command line: made, damaged in every way, restored over nothing else, drilled, and killed in the middle.

use std::io::Read;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::program::Program;

const DATABASE: [&str; 2] = ["--database", "sqlite:mau.db"];

/// A program with the demonstration's records and a backup of them.
fn backed_up() -> Program {
    let program = Program::new();
    let made = program.run(&[&["demo", "--prepare-only"], &DATABASE[..]].concat());
    assert_eq!(made.code, 0, "{}", made.complained);
    let ran = program.run(&[&["backup", "--out", "mau.tar.zst"], &DATABASE[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.complained);
    program
}

fn restored(program: &Program, backup: &str, database: &str) -> (i32, String) {
    let ran = program.run(&["restore", backup, "--database", database, "--format", "json"]);
    let message = if ran.code == 0 { String::new() } else { ran.error()["message"].as_str().unwrap_or("").to_owned() };
    (ran.code, message)
}

#[test]
fn what_is_no_whole_backup_is_refused_and_leaves_nothing() {
    let program = backed_up();
    let whole = std::fs::read(program.folder.join("mau.tar.zst")).expect("a backup");
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x10;
    for (name, bytes) in [
        ("empty", &[][..]),
        ("foreign", b"PK\x03\x04 a packed file of another kind"),
        ("cut", &whole[..whole.len() / 2]),
        ("without-its-end", &whole[..whole.len() - 20]),
        ("flipped", &flipped),
    ] {
        std::fs::write(program.folder.join("broken.tar.zst"), bytes).expect("a file");
        let (code, message) = restored(&program, "broken.tar.zst", "sqlite:neu.db");
        assert_eq!((code, message.is_empty()), (1, false), "{name}: {message}");
    }
    assert_eq!(restored(&program, "mau.tar.zst", "sqlite:neu.db"), (0, String::new()));
}

#[test]
fn an_entry_that_leads_elsewhere_is_refused() {
    let program = Program::new();
    let mut packed = tar::Builder::new(zstd::Encoder::new(Vec::new(), 1).expect("zstd"));
    let mut entry = tar::Header::new_gnu();
    entry.set_size(2);
    let name = b"../../outside";
    entry.as_old_mut().name[..name.len()].copy_from_slice(name);
    entry.set_cksum();
    packed.append(&entry, &b"{}"[..]).expect("an entry");
    let bytes = packed.into_inner().and_then(zstd::Encoder::finish).expect("an archive");
    std::fs::write(program.folder.join("evil.tar.zst"), bytes).expect("a file");
    let (code, message) = restored(&program, "evil.tar.zst", "sqlite:neu.db");
    assert_eq!((code, message.as_str()), (1, "Không phải bản sao lưu, hoặc bị đứt quãng: ../../outside."));
}

/// Packs a backup anew: `change` takes an entry's name and bytes and gives back what stands in its place.
fn repacked(program: &Program, change: impl Fn(&str, Vec<u8>) -> Vec<(String, Vec<u8>)>) {
    let whole = std::fs::File::open(program.folder.join("mau.tar.zst")).expect("a backup");
    let mut archive = tar::Archive::new(zstd::Decoder::new(whole).expect("zstd"));
    let target = std::fs::File::create(program.folder.join("khac.tar.zst")).expect("a file");
    let mut packed = tar::Builder::new(zstd::Encoder::new(target, 1).expect("zstd"));
    for entry in archive.entries().expect("entries") {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a name").display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        for (name, bytes) in change(&name, bytes) {
            let mut head = tar::Header::new_gnu();
            head.set_size(bytes.len() as u64);
            packed.append_data(&mut head, &name, &bytes[..]).expect("packed");
        }
    }
    packed.into_inner().and_then(zstd::Encoder::finish).expect("an archive");
}

/// A backup whose manifest says of one more file that it is there.
fn with_file(name: &str, bytes: Vec<u8>, file: &str, content: &[u8]) -> Vec<(String, Vec<u8>)> {
    if name != "manifest.json" {
        return vec![(name.to_owned(), bytes)];
    }
    let mut manifest: Value = serde_json::from_slice(&bytes).expect("JSON");
    let sha256: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    manifest["files"][file] = serde_json::json!({ "size": content.len(), "sha256": sha256 });
    vec![(format!("files/{file}"), content.to_vec()), (name.to_owned(), serde_json::to_vec(&manifest).expect("JSON"))]
}

#[test]
fn a_file_or_a_table_that_the_manifest_does_not_name_or_names_in_vain_is_named() {
    let program = backed_up();
    let refused = |name: &str| (1, format!("Bản sao lưu bị sửa hoặc hỏng: {name} không khớp bản kê."));
    repacked(&program, |name, bytes| match name {
        "manifest.json" => vec![("files/them.pdf".to_owned(), b"%PDF".to_vec()), (name.to_owned(), bytes)],
        _ => vec![(name.to_owned(), bytes)],
    });
    assert_eq!(restored(&program, "khac.tar.zst", "sqlite:neu.db"), refused("them.pdf"));
    repacked(&program, |name, bytes| {
        with_file(name, bytes, "thieu.pdf", b"%PDF").into_iter().filter(|(name, _)| name != "files/thieu.pdf").collect()
    });
    assert_eq!(restored(&program, "khac.tar.zst", "sqlite:neu.db"), refused("thieu.pdf"));
    repacked(&program, |name, bytes| match name.starts_with("tables/unit_name/") {
        true => Vec::new(),
        false => vec![(name.to_owned(), bytes)],
    });
    assert_eq!(restored(&program, "khac.tar.zst", "sqlite:neu.db"), refused("unit_name"));
    assert_eq!(restored(&program, "mau.tar.zst", "sqlite:neu.db"), (0, String::new()));
}

#[test]
fn a_file_that_lies_there_is_not_overwritten_and_the_database_stays_empty() {
    let program = backed_up();
    repacked(&program, |name, bytes| with_file(name, bytes, "quyet-dinh.pdf", b"%PDF from the backup"));
    let folder = program.folder.join("tep/qu");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("quyet-dinh.pdf"), "of another office").expect("a file");
    let restore = || {
        program.run(&["restore", "khac.tar.zst", "--database", "sqlite:neu.db", "--files", "tep", "--format", "json"])
    };
    let refused = restore();
    let message = refused.error()["message"].as_str().expect("a message").to_owned();
    let expected = "Không phục hồi: tep/qu/quyet-dinh.pdf đã có và nội dung khác với tệp trong bản sao lưu.";
    assert_eq!((refused.code, message.as_str()), (1, expected));
    let left = std::fs::read(folder.join("quyet-dinh.pdf")).expect("the file");
    assert_eq!(left, b"of another office");
    // The very same file may lie there.
    std::fs::write(folder.join("quyet-dinh.pdf"), "%PDF from the backup").expect("a file");
    assert_eq!(restore().code, 0);
    let lies: Vec<_> =
        std::fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(lies, ["quyet-dinh.pdf"]);
}

#[test]
fn a_backup_neither_overwrites_a_file_nor_is_restored_twice() {
    let program = backed_up();
    let again = program.run(&[&["backup", "--out", "mau.tar.zst"], &DATABASE[..]].concat());
    assert_eq!(again.code, 1);
    assert_eq!(restored(&program, "mau.tar.zst", "sqlite:neu.db").0, 0);
    let (code, message) = restored(&program, "mau.tar.zst", "sqlite:neu.db");
    assert_eq!((code, message.starts_with("Không phục hồi: ")), (1, true), "{message}");
}

#[test]
fn what_is_restored_reports_the_same_and_is_drilled_beside_the_live_database() {
    let program = backed_up();
    assert_eq!(restored(&program, "mau.tar.zst", "sqlite:neu.db").0, 0);
    let report = |database: &str| {
        let line = ["report", "period", "--from", "2015", "--to", "2020", "--unit", "TCCB", "--format", "json"];
        program.run(&[&line[..], &["--database", database]].concat()).said
    };
    assert_eq!(report("sqlite:neu.db"), report("sqlite:mau.db"));
    let drill = program.run(&[&["drill", "mau.tar.zst", "--format", "json"], &DATABASE[..]].concat());
    let told: Value = serde_json::from_str(&drill.said).expect("JSON");
    assert_eq!((drill.code, told["found"].as_u64(), told["continues"].as_bool()), (0, Some(0), Some(true)));
    let alone = program.run(&["drill", "mau.tar.zst", "--database", "sqlite:nirgends.db", "--format", "json"]);
    let told: Value = serde_json::from_str(&alone.said).expect("JSON");
    assert_eq!((alone.code, told["continues"].is_null(), program.has("nirgends.db")), (0, true, false));
}

#[test]
fn a_backup_killed_at_any_moment_leaves_no_file_under_its_name_or_a_whole_one() {
    let program = backed_up();
    let rounds = crate::program::kills(60);
    for round in 0..rounds {
        let mut child = program
            .command(&[&["backup", "--out", "jetzt.tar.zst"], &DATABASE[..]].concat())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        // From the first moments of the process to after its end.
        let patience = Duration::from_micros(round * round * 160 * 3_600 / (rounds * rounds));
        let (done, finished) = std::sync::mpsc::channel::<()>();
        let _ = finished.recv_timeout(patience);
        drop(done);
        child.kill().expect("killed");
        child.wait().expect("it is over");
        if program.has("jetzt.tar.zst") {
            let drill = program.run(&[&["drill", "jetzt.tar.zst"], &DATABASE[..]].concat());
            assert_eq!(drill.code, 0, "round {round}: {}", drill.complained);
            std::fs::remove_file(program.folder.join("jetzt.tar.zst")).expect("deleted");
        }
    }
    let verified = program.run(&[&["verify"], &DATABASE[..]].concat());
    assert_eq!(verified.code, 0, "{}{}", verified.said, verified.complained);
}
