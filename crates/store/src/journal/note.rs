//! Signed notes and checkpoints in the forms of C2SP (`signed-note`, `tlog-checkpoint`), signed with Ed25519.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::merkle::Hash;

/// The signature type of `signed-note` for Ed25519.
const ED25519: u8 = 1;
/// More signatures than any log carries; a longer note is refused.
const MOST_SIGNATURES: usize = 100;

/// A key that signs for a log.
pub struct Signer {
    key: SigningKey,
    verifier: VerifierKey,
}

/// A public key with the name of the log for which it signs; written `name+hash+base64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    pub name: String,
    key: VerifyingKey,
}

/// What a log says of itself: its name, the number of its leaves and its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

/// A text and the lines of signatures under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<(String, Vec<u8>)>,
}

/// Why a note cannot be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It is not in the form of a signed checkpoint.
    Form,
    /// None of the keys given has signed it.
    UnknownKey,
    /// One of the keys given should have signed it, and did not sign this text.
    Signature,
}

impl Signer {
    /// A key under the name of a log; `None` where the name cannot be that of a key.
    pub fn new(name: &str, key: &SigningKey) -> Option<Self> {
        let verifier = VerifierKey { name: name.to_owned(), key: key.verifying_key() };
        is_name(name).then(|| Self { key: key.clone(), verifier })
    }

    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The signed note of a tree of this log.
    pub fn sign(&self, size: u64, root: &Hash) -> String {
        let name = &self.verifier.name;
        let text = format!("{name}\n{size}\n{}\n", STANDARD.encode(root));
        let signature = self.key.sign(text.as_bytes());
        let signed = [&self.verifier.id()[..], &signature.to_bytes()].concat();
        format!("{text}\n— {name} {}\n", STANDARD.encode(signed))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("name", &self.verifier.name).finish_non_exhaustive()
    }
}

impl VerifierKey {
    /// The first four bytes of the hash over name, type and key.
    fn id(&self) -> [u8; 4] {
        let hash = Sha256::new().chain_update(&self.name).chain_update([b'\n', ED25519]).chain_update(self.key);
        let [a, b, c, d, ..]: Hash = hash.finalize().into();
        [a, b, c, d]
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([&[ED25519], &self.key.as_bytes()[..]].concat());
        write!(f, "{}+{:08x}+{key}", self.name, u32::from_be_bytes(self.id()))
    }
}

impl FromStr for VerifierKey {
    type Err = Doubt;

    fn from_str(text: &str) -> Result<Self, Doubt> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Doubt::Form);
        };
        let bytes = STANDARD.decode(key).map_err(|_| Doubt::Form)?;
        let Some((&ED25519, key)) = bytes.split_first() else {
            return Err(Doubt::Form);
        };
        let key = key.try_into().ok().and_then(|key| VerifyingKey::from_bytes(key).ok()).ok_or(Doubt::Form)?;
        let verifier = Self { name: name.to_owned(), key };
        let same = id == format!("{:08x}", u32::from_be_bytes(verifier.id()));
        (same && is_name(name)).then_some(verifier).ok_or(Doubt::Form)
    }
}

impl FromStr for Note {
    type Err = Doubt;

    fn from_str(note: &str) -> Result<Self, Doubt> {
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(Doubt::Form)?;
        let controls = note.chars().any(|letter| letter < ' ' && letter != '\n');
        if controls || !signatures.ends_with('\n') || signatures.lines().count() > MOST_SIGNATURES {
            return Err(Doubt::Form);
        }
        let signatures = signatures.lines().map(signature).collect::<Option<_>>().ok_or(Doubt::Form)?;
        Ok(Self { text: format!("{text}\n"), signatures })
    }
}

impl Note {
    /// What the note says, whoever signed it.
    pub fn checkpoint(&self) -> Result<Checkpoint, Doubt> {
        let mut lines = self.text.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(Doubt::Form);
        };
        let written = size.parse::<u64>().ok().filter(|number| number.to_string() == size);
        let root = STANDARD.decode(root).ok().and_then(|root| Hash::try_from(root).ok());
        match (origin.is_empty(), written, root) {
            (false, Some(size), Some(root)) => Ok(Checkpoint { origin: origin.to_owned(), size, root }),
            _ => Err(Doubt::Form),
        }
    }

    /// The checkpoint, once a key that is known has signed it under the name of its log.
    pub fn verified(&self, keys: &[VerifierKey]) -> Result<Checkpoint, Doubt> {
        let checkpoint = self.checkpoint()?;
        let mut known = false;
        for key in keys.iter().filter(|key| key.name == checkpoint.origin) {
            known |= self.signed_by(key)?;
        }
        known.then_some(checkpoint).ok_or(Doubt::UnknownKey)
    }

    /// Whether a line of signature is this key's; an error where such a line does not hold.
    pub fn signed_by(&self, key: &VerifierKey) -> Result<bool, Doubt> {
        let theirs = self.signatures.iter().filter(|(name, bytes)| *name == key.name && bytes.starts_with(&key.id()));
        let mut signed = false;
        for (_, bytes) in theirs {
            let signature = Signature::from_slice(&bytes[4..]).map_err(|_| Doubt::Signature)?;
            key.key.verify_strict(self.text.as_bytes(), &signature).map_err(|_| Doubt::Signature)?;
            signed = true;
        }
        Ok(signed)
    }
}

/// The name of an office's log: its letters, without what no name may hold.
pub fn origin(code: &str) -> String {
    let letters = code.chars().map(|letter| if letter.is_whitespace() || letter == '+' { '-' } else { letter });
    format!("vinhdanh/{}", letters.filter(|letter| !letter.is_control()).collect::<String>())
}

fn is_name(name: &str) -> bool {
    let forbidden = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '+';
    !name.is_empty() && !name.contains(forbidden)
}

/// `— name base64` with the four bytes of the key's id and the signature.
fn signature(line: &str) -> Option<(String, Vec<u8>)> {
    let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = STANDARD.decode(signature).ok()?;
    (is_name(name) && bytes.len() > 4).then(|| (name.to_owned(), bytes))
}
