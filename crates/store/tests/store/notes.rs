//! Signed notes: those of others are read, ours are read by others, and what was altered is refused.

use ed25519_dalek::SigningKey;
use store::journal::note::{Checkpoint, Doubt, Note, Signer, VerifierKey, origin};

/// The example of C2SP `tlog-checkpoint` with its key, from the tests of Go's `sumdb/note`.
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn note(text: &str) -> Note {
    text.parse().unwrap()
}

fn secret(byte: u8) -> SigningKey {
    SigningKey::from_bytes(&[byte; 32])
}

fn signer() -> Signer {
    Signer::new("vinhdanh/VPCP", &secret(7)).unwrap()
}

fn key() -> VerifierKey {
    signer().verifier().clone()
}

#[test]
fn a_key_is_written_as_others_write_it() {
    let key: VerifierKey = GO_KEY.parse().unwrap();
    assert_eq!((key.to_string().as_str(), key.name.as_str()), (GO_KEY, "PeterNeumann"));
    assert_eq!(note(GO_NOTE).verified(&[key]), Err(Doubt::Form), "signed, but no checkpoint");
}

#[test]
fn a_signature_made_by_gos_note_package_holds_under_its_key() {
    // The text is no checkpoint, so the signature itself is what is asked.
    let key: VerifierKey = GO_KEY.parse().unwrap();
    assert_eq!(note(GO_NOTE).signed_by(&key), Ok(true));
    let altered = GO_NOTE.replace("problem is", "problem was");
    assert_eq!(note(&altered).signed_by(&key), Err(Doubt::Signature));
}

#[test]
fn what_we_sign_is_believed_and_no_other_text_under_the_signature() {
    let (size, root) = (20_852_163, [9; 32]);
    let signed = signer().sign(size, &root);
    let believed = Checkpoint { origin: "vinhdanh/VPCP".to_owned(), size, root };
    assert_eq!(note(&signed).verified(&[key()]), Ok(believed));
    assert_eq!(note(&signed.replace("20852163", "20852164")).verified(&[key()]), Err(Doubt::Signature));
    assert_eq!(note(&signed.replace("VPCP", "BKH")).verified(&[key()]), Err(Doubt::UnknownKey));
    let other = Signer::new("vinhdanh/VPCP", &secret(8)).unwrap();
    assert_eq!(note(&signed).verified(&[other.verifier().clone()]), Err(Doubt::UnknownKey));
    assert_eq!(note(&signed).verified(&[]), Err(Doubt::UnknownKey));
    let cosigned = format!("{signed}— nhân-chứng AAAAAAAAAAAA\n");
    assert!(note(&cosigned).verified(&[other.verifier().clone(), key()]).is_ok(), "others may sign beside us");
}

#[test]
fn what_is_no_note_is_refused() {
    let signed = signer().sign(3, &[1; 32]);
    for wrong in [
        "",
        "a\n\n",
        signed.trim_end(),
        &signed.replace("— ", "-- "),
        &signed.replace('\n', "\r\n"),
        &signed.replace("\n\n", "\n"),
        &format!("{signed}tail"),
    ] {
        let read = wrong.parse::<Note>().and_then(|note| note.verified(&[key()]));
        assert_eq!(read, Err(Doubt::Form), "{wrong:?}");
    }
    for wrong in ["03", "+3", "", "x"] {
        let altered = signed.replace("\n3\n", &format!("\n{wrong}\n"));
        assert!(altered.parse::<Note>().and_then(|note| note.verified(&[key()])).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_no_key_is_refused() {
    let ours = key().to_string();
    assert_eq!(ours.parse(), Ok(key()));
    for wrong in ["", "vinhdanh/VPCP", &ours.replace("VPCP", "BKH"), &ours[..ours.len() - 4], &ours.replace('+', " ")] {
        assert_eq!(wrong.parse::<VerifierKey>(), Err(Doubt::Form), "{wrong}");
    }
}

#[test]
fn the_letters_of_an_office_make_a_name_that_keys_may_have() {
    assert_eq!(origin("VPCP"), "vinhdanh/VPCP");
    assert_eq!(origin("Bộ A+B"), "vinhdanh/Bộ-A-B");
    assert!(Signer::new(&origin("Bộ A+B"), &secret(1)).is_some());
    assert!(Signer::new("có dấu cách", &secret(1)).is_none());
}
