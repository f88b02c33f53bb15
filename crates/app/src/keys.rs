//! The two keys of an office: one signs the journal, one seals personal numbers and secrets; made at first use, never backed up.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::SigningKey;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use store::journal::hex;

/// Signs the checkpoints of the journal.
pub const JOURNAL_KEY: &str = "journal.ed25519";
/// Seals what only the office may read.
pub const PERSONAL_KEY: &str = "personal.key";

/// Bytes of AES-GCM's nonce.
const NONCE: usize = 12;

/// The keys of one folder.
pub struct Keys {
    /// Signs the checkpoints of the journal.
    pub journal: SigningKey,
    personal: [u8; 32],
}

impl Keys {
    /// Reads both keys; one that is not there yet is made, readable by its owner alone.
    ///
    /// An error names the file that cannot be read, is not 32 bytes long, or is open to others.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let journal = SigningKey::from_bytes(&key(&folder.join(JOURNAL_KEY))?);
        Ok(Self { journal, personal: key(&folder.join(PERSONAL_KEY))? })
    }

    /// Seals a text for a purpose, such as `identity`; nobody can open it for another. Nonce and ciphertext in base64.
    pub fn seal(&self, purpose: &str, text: &str) -> String {
        let mut nonce = [0_u8; NONCE];
        getrandom::fill(&mut nonce).expect("the machine gives random bytes");
        let payload = Payload { msg: text.as_bytes(), aad: purpose.as_bytes() };
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload).expect("a short text can be sealed");
        BASE64.encode([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed for a purpose; `None` where it was sealed with another key, for another purpose, or changed.
    pub fn unseal(&self, purpose: &str, sealed: &str) -> Option<String> {
        let bytes = BASE64.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        String::from_utf8(self.cipher().decrypt(&Nonce::from(*nonce), payload).ok()?).ok()
    }

    /// The keyed hash under which equal texts of one purpose are found, in hexadecimal digits.
    pub fn lookup(&self, purpose: &str, text: &str) -> String {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.personal).expect("a key of any length will do");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        hex(&mac.finalize().into_bytes())
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.personal.into())
    }
}

/// The key in a file, made where there is none; two programs that start together agree on one.
fn key(path: &Path) -> io::Result<[u8; 32]> {
    if !path.exists() {
        make(path)?;
    }
    let named = |why: String| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {why}", path.display()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(named(format!("mode {mode:o}, not 600")));
        }
    }
    let bytes = fs::read(path)?;
    <[u8; 32]>::try_from(bytes).map_err(|bytes| named(format!("{} bytes, not 32", bytes.len())))
}

/// Writes a new key beside its place and links it there, so that nobody ever reads half of one.
fn make(path: &Path) -> io::Result<()> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the machine gives random bytes");
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&fresh)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh)?;
    match linked {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => Err(why),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Keys, PERSONAL_KEY};

    fn folder() -> std::path::PathBuf {
        std::env::temp_dir().join(format!("vinhdanh-keys-{}", uuid::Uuid::now_v7().simple()))
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_and_purpose_only() {
        let (here, elsewhere) = (folder(), folder());
        let keys = Keys::open(&here).expect("keys");
        let sealed = keys.seal("identity", "001080012345");
        assert_eq!(Keys::open(&here).expect("the same keys").unseal("identity", &sealed), Some("001080012345".into()));
        assert_eq!(keys.unseal("totp", &sealed), None);
        assert_eq!(Keys::open(&elsewhere).expect("other keys").unseal("identity", &sealed), None);
        assert_eq!(keys.unseal("identity", &sealed[..sealed.len() - 4]), None);
        assert_eq!(keys.unseal("identity", "không phải base64"), None);
        assert_ne!(keys.seal("identity", "001080012345"), sealed);
        for folder in [here, elsewhere] {
            std::fs::remove_dir_all(folder).expect("the test's own folder");
        }
    }

    #[test]
    fn equal_texts_are_found_within_one_purpose() {
        let here = folder();
        let keys = Keys::open(&here).expect("keys");
        assert_eq!(keys.lookup("cccd", "001080012345"), keys.lookup("cccd", "001080012345"));
        assert_ne!(keys.lookup("cccd", "001080012345"), keys.lookup("cmnd", "001080012345"));
        std::fs::remove_dir_all(here).expect("the test's own folder");
    }

    #[test]
    fn a_key_that_is_cut_short_or_open_to_others_is_refused_by_name() {
        let here = folder();
        Keys::open(&here).expect("keys");
        let file = here.join(PERSONAL_KEY);
        std::fs::write(&file, b"short").expect("written");
        let refused = Keys::open(&here).err().map(|why| why.to_string());
        assert_eq!(refused, Some(format!("{}: 5 bytes, not 32", file.display())));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::write(&file, [7; 32]).expect("written");
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("opened to others");
            let refused = Keys::open(&here).err().map(|why| why.to_string());
            assert_eq!(refused, Some(format!("{}: mode 644, not 600", file.display())));
        }
        std::fs::remove_dir_all(here).expect("the test's own folder");
    }
}
