//! Random tokens, the hashes under which they are kept, and password hashes.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};

/// Fewest letters of a password.
pub const SHORTEST_PASSWORD: usize = 10;

/// A fresh token of 256 random bits in hexadecimal.
pub fn token() -> String {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).expect("the machine gives random bytes");
    hexadecimal(&bytes)
}

/// What is kept of a token: whoever reads the database cannot use it.
pub fn kept(token: &str) -> String {
    hexadecimal(&Sha256::digest(token))
}

/// A token for a form, bound to the visitor's secret and different on every page, so that compression gives nothing away.
pub fn form_token(secret: &str) -> String {
    let salt = &token()[..16];
    format!("{salt}{}", seal(salt, secret))
}

/// Whether a form's token was made for this visitor.
pub fn form_token_holds(secret: &str, given: &str) -> bool {
    let Some((salt, sealed)) = given.split_at_checked(16) else {
        return false;
    };
    let expected = seal(salt, secret);
    // Every byte is compared, so that the time tells nothing.
    expected.len() == sealed.len() && expected.bytes().zip(sealed.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// Beginnings of passwords that are tried first.
const OBVIOUS: [&str; 8] = ["matkhau", "mật khẩu", "password", "123456", "qwerty", "abc123", "vietnam", "việt nam"];

/// Why a password cannot be taken for a login, as the key of a text.
pub fn weakness(password: &str, login: &str) -> Option<&'static str> {
    let folded = password.to_lowercase();
    let mut letters: Vec<char> = folded.chars().collect();
    if letters.len() < SHORTEST_PASSWORD {
        return Some("first-short");
    }
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 4 || OBVIOUS.iter().any(|start| folded.starts_with(start)) || folded.contains(login) {
        return Some("password-obvious");
    }
    None
}

/// The Argon2id hash of a password, in PHC form. Takes tens of milliseconds of a processor.
pub fn hash_password(password: &str) -> String {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).expect("Argon2 takes any password");
    hash.to_string()
}

/// Whether the password is the one that was hashed; false for a hash that cannot be read.
pub fn password_holds(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

fn seal(salt: &str, secret: &str) -> String {
    kept(&format!("form\0{salt}\0{secret}"))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{form_token, form_token_holds, hash_password, password_holds, token, weakness};

    #[test]
    fn a_form_token_of_another_visitor_is_refused() {
        let (mai, binh) = (token(), token());
        let given = form_token(&mai);
        assert!(!form_token_holds(&binh, &given));
        assert!(!form_token_holds(&mai, ""));
        assert!(!form_token_holds(&mai, "ắắắắắắắắ"));
        assert!(!form_token_holds(&mai, &given[..given.len() - 1]));
        assert!(form_token_holds(&mai, &given));
        assert_ne!(given, form_token(&mai));
    }

    #[test]
    fn a_password_that_is_guessed_first_is_refused() {
        for (password, why) in [
            ("ngắn", "first-short"),
            ("aaaaaaaaaaaa", "password-obvious"),
            ("1234567890", "password-obvious"),
            ("MatKhau2026!", "password-obvious"),
            ("nguyenmai-2026", "password-obvious"),
        ] {
            assert_eq!(weakness(password, "nguyenmai"), Some(why), "{password}");
        }
        assert_eq!(weakness("mùa thu Hà Nội", "nguyenmai"), None);
    }

    #[test]
    fn only_the_password_itself_opens() {
        let hash = hash_password("mùa thu Hà Nội");
        assert!(!password_holds("mua thu Ha Noi", &hash));
        assert!(!password_holds("mùa thu Hà Nội", "not a hash"));
        assert!(password_holds("mùa thu Hà Nội", &hash));
    }
}
