//! Backups at the command line: made, damaged in every way, restored, drilled, and killed in the middle.

use std::time::Duration;

use serde_json::Value;

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
    for round in 0..60_u64 {
        let mut child = program
            .command(&[&["backup", "--out", "jetzt.tar.zst"], &DATABASE[..]].concat())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        // From the first moments of the process to after its end.
        let patience = Duration::from_micros(round * round * 160);
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
