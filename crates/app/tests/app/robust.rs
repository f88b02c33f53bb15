//! No form, address, file or backup makes the program stumble: it is read, or refused with a reason.

use std::fs::File;
use std::io::{Seek, Write};
use std::path::PathBuf;

use app::backup::read::{Entry, read};
use app::backup::{BEGINNING, MANIFEST};
use app::entry::form::Typed;
use app::files::Kind;
use app::register::recipients;
use app::{field, query};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// How many inputs each test makes up; an environment variable asks for more.
fn generated(usual: u32) -> ProptestConfig {
    let asked = std::env::var("VINHDANH_GENERATED").ok().and_then(|many| many.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// Runs a check over made-up inputs.
fn over<S: Strategy>(inputs: S, usual: u32, check: impl Fn(S::Value)) {
    let outcome = proptest::test_runner::TestRunner::new(generated(usual)).run(&inputs, |input| {
        check(input);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// A file of its own for a test, gone at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn named(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("vinhdanh-{name}-{}", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It was never made where the test failed before.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// What forms and lists are made of.
const PIECES: [&str; 24] = [
    "=",
    "&",
    "+",
    "%",
    "%C3",
    "%A1",
    "%00",
    ";",
    "\t",
    "|",
    "\n",
    "1.",
    "2)",
    "Nguyễn Thị Mẫu",
    "1985",
    "02/05/1985",
    "VPCP",
    "2024-02-29",
    "31/12/9999",
    "-1",
    "/",
    "\\",
    "\u{301}",
    "ten",
];

#[test]
fn any_form_and_any_list_of_names_is_read() {
    let pieces = prop::collection::vec(
        prop_oneof![4 => select(PIECES.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..20,
    );
    over(pieces, 4_000, |pieces| {
        let text = pieces.concat();
        let pairs = query::pairs(&text);
        let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let written = query::address("", &borrowed);
        assert_eq!(query::pairs(written.strip_prefix('?').unwrap_or_default()), pairs);
        let typed = Typed::read(text.as_bytes());
        assert_eq!(typed.pairs().count(), pairs.len());
        let _ = (field::day(&text), field::year(&text), query::is_ours(&text));
        for asked in recipients::parse(&text) {
            assert_ne!(asked.name, "");
        }
    });
}

/// Beginnings and ends by which a file is known.
const MARKS: [&[u8]; 14] = [
    b"%PDF-",
    b"%%EOF",
    b"\xff\xd8\xff",
    b"\xff\xd9",
    b"\x89PNG\r\n\x1a\n",
    b"IEND",
    b"II*\0",
    b"MM\0*",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"word/document.xml",
    b"[Content_Types].xml",
    b"vbaProject.bin",
    b"\0\0\0\x08",
];

#[test]
fn any_bytes_are_a_file_of_a_kind_or_of_none() {
    let piece = prop_oneof![select(MARKS.to_vec()).prop_map(<[u8]>::to_vec), prop::collection::vec(any::<u8>(), 0..9)];
    let scratch = Scratch::named("kind");
    over(prop::collection::vec(piece, 0..8), 2_000, |pieces| {
        let mut file =
            File::options().create(true).truncate(true).read(true).write(true).open(&scratch.0).expect("a file");
        file.write_all(&pieces.concat()).expect("its bytes");
        file.rewind().expect("its beginning");
        let _ = Kind::of(&mut file).expect("an answer");
    });
}

/// A backup with one table and one file, as entries with their names.
const ENTRIES: [(&str, &str); 4] = [
    (
        BEGINNING,
        r#"{"form":1,"program":"0.1.0","made":"2026-01-01T00:00:00Z","schema":1,"tables":[{"name":"person","columns":[{"name":"office","holds":"int"}],"key":["office"]}],"offices":[{"office":1,"code":"VPCP","size":1,"root":"00"}]}"#,
    ),
    ("tables/person/000001", "{\"office\":1}\n{\"office\":1}\n"),
    ("files/0f0f", "%PDF-1.7"),
    (
        MANIFEST,
        r#"{"tables":{"person":{"rows":2,"sha256":"00"}},"files":{"0f0f":{"size":8,"sha256":"00"}},"missing":[]}"#,
    ),
];

fn archived() -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, text) in ENTRIES {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o600);
        archive.append_data(&mut header, name, text.as_bytes()).expect("an entry");
    }
    archive.into_inner().expect("an archive")
}

#[test]
fn a_backup_with_spoilt_bytes_is_read_or_refused() {
    let whole = archived();
    let scratch = Scratch::named("backup");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let spoils = prop::collection::vec((any::<Index>(), any::<u8>(), any::<bool>()), 1..8);
    over((spoils, any::<bool>()), 500, |(spoils, packed_first)| {
        let spoilt = |mut bytes: Vec<u8>| {
            for (index, byte, digit) in &spoils {
                // Digits are what the lengths of entries are written in.
                let at = index.index(bytes.len());
                bytes[at] = if *digit { b'0' + byte % 8 } else { *byte };
            }
            bytes
        };
        let pack = |bytes: &[u8]| zstd::encode_all(bytes, 1).expect("packed");
        let bytes = if packed_first { spoilt(pack(&whole)) } else { pack(&spoilt(whole.clone())) };
        std::fs::write(&scratch.0, bytes).expect("a backup");
        let mut each = async |entry: Entry<'_>| {
            if let Entry::File(_, content) = entry {
                content.read_to_end(&mut Vec::new())?;
            }
            Ok(())
        };
        // What it is refused for differs; that it is none of ours is certain, since its sums are not.
        runtime.block_on(read(&scratch.0, &mut each)).expect_err("a refusal");
    });
}
