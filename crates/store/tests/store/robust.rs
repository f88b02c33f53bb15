//! No text makes the readers of notes, keys, proofs and archives stumble: it is read, or refused with a reason.

use std::io::Cursor;

use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;
use store::archive::load::Load;
use store::error::StoreError;
use store::journal::note::{Note, Signer, VerifierKey};
use store::journal::proofs::LeafProof;
use store::verify::ndjson::NdjsonSource;
use store::verify::verify;
use store::{names, numbering};

use crate::archive::{dumped, elsewhere, story};
use crate::builders::OFFICE;
use crate::on_each_database::on_each_address;

/// How many inputs each test makes up; an environment variable asks for more.
fn generated(usual: u32) -> ProptestConfig {
    let asked = std::env::var("VINHDANH_GENERATED").ok().and_then(|many| many.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// What is put in the place of a letter, a number, a text or a whole value of a line.
const PIECES: [&str; 24] = [
    "",
    "\n",
    "\n\n",
    "—",
    "+",
    " ",
    "0",
    "-1",
    "01",
    "18446744073709551615",
    "18446744073709551616",
    "AAAA",
    "AQ==",
    "=",
    "\"",
    "null",
    "true",
    "[]",
    "{}",
    "[[[[",
    "2024-02-30",
    "-262144-01-01",
    "1e400",
    "\u{0}",
];

/// A text in which pieces take the place of some letters.
fn pieced(text: &str, slips: &[(Index, usize, &str)]) -> String {
    let mut text = text.to_owned();
    for (index, length, piece) in slips {
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
        let at = index.index(places.len());
        let end = places[(at + length).min(places.len() - 1)];
        text.replace_range(places[at]..end, piece);
    }
    text
}

fn slips() -> impl Strategy<Value = Vec<(Index, usize, &'static str)>> {
    prop::collection::vec((any::<Index>(), 0..30_usize, prop::sample::select(PIECES.to_vec())), 1..5)
}

fn signer() -> Signer {
    Signer::new("vinhdanh/VPCP", &SigningKey::from_bytes(&[7; 32])).expect("a key")
}

/// The lines of one table for each kind of reader of a verification.
const LINES: [(&str, &str); 6] = [
    (
        "person",
        r#"{"office":1,"id":"01890000-0000-7000-8000-000000000001","step":"01890000-0000-7000-8000-000000000002","salt":"AAAAAAAAAAAAAAAAAAAAAA==","full_name":"Mai","born":"1985-01-01","sort_key":"AAAA","sort_version":3}"#,
    ),
    (
        "step",
        r#"{"office":1,"id":"01890000-0000-7000-8000-000000000002","salt":"AAAAAAAAAAAAAAAAAAAAAA==","verb":"enter","reason":"x","at":1700000000000,"actor":null}"#,
    ),
    (
        "journal_leaf",
        r#"{"office":1,"n":0,"at":1700000000000,"actor":null,"verb":"enter","noun":"person","id":"01890000-0000-7000-8000-000000000001","hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","tree_hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}"#,
    ),
    ("journal_head", r#"{"office":1,"size":1,"root":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","edge":"AAAA"}"#),
    ("journal_node", r#"{"office":1,"level":0,"n":1,"hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}"#),
    (
        "checkpoint",
        r#"{"office":1,"size":1,"root":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","note":"vinhdanh/VPCP\n1\nAAAA\n\n— a AAAA\n"}"#,
    ),
];

proptest! {
    #![proptest_config(generated(2_000))]

    #[test]
    fn a_note_a_key_and_a_proof_with_slips_are_read_or_refused(slips in slips(), size in any::<u64>()) {
        let signer = signer();
        let (signed, key) = (signer.sign(size, &[9; 32]), signer.verifier().to_string());
        let path = vec![[3; 32]; 3];
        let proof = LeafProof { leaf: json!({"n": 1}).to_string(), n: size, path, checkpoint: signed.clone() };
        let note = pieced(&signed, &slips);
        if let Ok(note) = note.parse::<Note>() {
            let _ = (note.checkpoint(), note.verified(std::slice::from_ref(signer.verifier())));
        }
        let _ = pieced(&key, &slips).parse::<VerifierKey>();
        if let Some(proof) = LeafProof::parse(&pieced(&proof.text(), &slips)) {
            let _ = proof.verified(std::slice::from_ref(signer.verifier()));
        }
    }

    #[test]
    fn any_text_is_a_note_a_key_a_proof_or_none(text in any::<String>()) {
        let _ = (text.parse::<Note>(), text.parse::<VerifierKey>(), LeafProof::parse(&text));
        let _ = (names::fold(&text), names::tidy(&text), numbering::ordinal(&text), numbering::borne(&text));
    }

    #[test]
    fn tables_with_slips_are_verified_or_refused(lines in prop::collection::vec((0..LINES.len(), slips()), 1..4)) {
        let written: Vec<(&str, String)> =
            lines.iter().map(|(place, slips)| (LINES[*place].0, pieced(LINES[*place].1, slips))).collect();
        let open = move |table: &str| {
            let own: String = LINES.iter().filter(|(name, _)| *name == table).map(|(name, line)| {
                let spoilt = written.iter().find(|(spoilt, _)| spoilt == name).map(|(_, line)| line.as_str());
                format!("{}\n", spoilt.unwrap_or(line))
            }).collect();
            Ok(Some(Box::new(Cursor::new(own)) as Box<_>))
        };
        let mut source = NdjsonSource::new(Box::new(open), OFFICE);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let report = runtime.block_on(verify(&mut source, OFFICE, &[], None));
        prop_assert!(report.map_or_else(|why| matches!(why, StoreError::Damaged(_)), |report| !report.holds()));
    }
}

/// Lines of a real archive, some of them with slips, as a restoration takes them; none stays.
#[test]
fn lines_of_an_archive_with_slips_are_taken_or_refused() {
    on_each_address(async |store, url| {
        if !url.starts_with("sqlite:") {
            return;
        }
        story(&store).await;
        let (header, parts) = dumped(&store).await;
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.lines.is_empty()).collect();
        let target = elsewhere().await;
        let mut load = Load::begin(&target, &header).await.expect("a load");
        let mut runner = TestRunner::new(generated(500));
        let strategy = (any::<Index>(), slips());
        for _ in 0..runner.config().cases {
            let (part, slips) = strategy.new_tree(&mut runner).expect("slips").current();
            let part = &parts[part.index(parts.len())];
            let lines = String::from_utf8(part.lines.clone()).expect("a text");
            let taken = load.rows(&part.table, pieced(&lines, &slips).as_bytes()).await;
            let refused = matches!(
                taken,
                Err(StoreError::Damaged(_)
                    | StoreError::Refused(_)
                    | StoreError::Database(_)
                    | StoreError::Duplicate(_)
                    | StoreError::DanglingReference(_))
            );
            assert!(taken.is_ok() || refused, "{taken:?}");
        }
        drop(load);
        assert!(target.is_empty(OFFICE).await.expect("an answer"));
    });
}
