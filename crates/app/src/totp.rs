//! Codes that change every thirty seconds (RFC 6238, SHA-1, six digits), and the picture from which a telephone learns the secret.

use hmac::{Hmac, KeyInit, Mac};
use qrcode::{Color, EcLevel, QrCode};
use sha1::Sha1;

/// Seconds of one slot.
const STEP: i64 = 30;
/// A clock may be wrong by this many slots.
const SKEW: i64 = 1;
/// RFC 4648, without padding.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Bytes of a secret, as RFC 4226 advises.
const SECRET: usize = 20;
/// Light modules round the picture, as its standard asks.
const QUIET: usize = 4;

/// A fresh secret in base32.
pub fn secret() -> String {
    let mut bytes = [0_u8; SECRET];
    getrandom::fill(&mut bytes).expect("the machine gives random bytes");
    base32(&bytes)
}

/// A code that stands in for the second factor once: ten letters and digits in two groups.
pub fn recovery_code() -> String {
    let mut bytes = [0_u8; 7];
    getrandom::fill(&mut bytes).expect("the machine gives random bytes");
    let text = base32(&bytes).to_lowercase();
    format!("{}-{}", &text[..5], &text[5..10])
}

/// A recovery code as it is hashed: without what people add when they type it.
pub fn plain(code: &str) -> String {
    code.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect::<String>().to_lowercase()
}

/// The slot whose code was given at an instant in seconds, one slot early or late included; the latest where several match.
pub fn slot(secret: &str, given: &str, seconds: i64) -> Option<i64> {
    let key = from_base32(secret)?;
    let given: String = given.chars().filter(|letter| !letter.is_whitespace()).collect();
    let now = seconds.div_euclid(STEP);
    // Every slot is computed, so that the time tells nothing.
    let matching: Vec<i64> =
        (now - SKEW..=now + SKEW).filter(|slot| format!("{:06}", code(&key, *slot, 6)) == given).collect();
    matching.last().copied()
}

/// The code of an instant in seconds, as the telephone shows it.
pub fn code_at(secret: &str, seconds: i64) -> Option<String> {
    Some(format!("{:06}", code(&from_base32(secret)?, seconds.div_euclid(STEP), 6)))
}

/// The purpose for which the secret of an account is sealed.
pub fn purpose(account: uuid::Uuid) -> String {
    format!("totp {account}")
}

/// The purpose for which the recovery codes of an account are hashed.
pub fn recovery(account: uuid::Uuid) -> String {
    format!("recovery {account}")
}

/// What the telephone's camera reads.
pub fn address(issuer: &str, login: &str, secret: &str) -> String {
    let part = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    format!("otpauth://totp/{}:{}?secret={secret}&issuer={}", part(issuer), part(login), part(issuer))
}

/// A text as a picture to be read by a camera, in SVG without styles; `None` where it is too long.
pub fn picture(text: &str, label: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == Color::Dark);
    let path: String = dark.map(|(n, _)| format!("M{} {}h1v1h-1z", n % width + QUIET, n / width + QUIET)).collect();
    let side = width + 2 * QUIET;
    Some(format!(
        r##"<svg class="qr" role="img" aria-label="{label}" width="220" height="220" viewBox="0 0 {side} {side}"><rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

fn code(key: &[u8], slot: i64, digits: u32) -> u32 {
    let mut mac = <Hmac<Sha1> as KeyInit>::new_from_slice(key).expect("a key of any length will do");
    mac.update(&slot.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 0xf);
    let four = [hash[offset] & 0x7f, hash[offset + 1], hash[offset + 2], hash[offset + 3]];
    u32::from_be_bytes(four) % 10_u32.pow(digits)
}

fn base32(bytes: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
    }
    text
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = BASE32.iter().position(|known| *known == letter)?;
        held = held << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 255) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{SECRET, base32, code, code_at, from_base32, plain, recovery_code, secret, slot};

    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        let vectors = [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ];
        for (seconds, expected) in vectors {
            assert_eq!(code(RFC, seconds / 30, 8), expected, "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_wrong_by_one_slot_and_no_more() {
        let rfc = base32(RFC);
        let given = code_at(&rfc, 59).expect("a code");
        assert_eq!(given, "287082");
        assert_eq!([29, 30, 59, 60, 89].map(|now| slot(&rfc, &given, now)), [Some(1); 5]);
        assert_eq!([slot(&rfc, &given, -1), slot(&rfc, &given, 90)], [None, None]);
        assert_eq!(slot(&rfc, " 287 082 ", 59), Some(1));
        assert_eq!([slot(&rfc, "", 59), slot(&rfc, "287083", 59), slot("không", &given, 59)], [None; 3]);
    }

    #[test]
    fn secrets_are_read_back_and_recovery_codes_forgive_how_they_are_typed() {
        assert_eq!(from_base32(&secret()).map(|key| key.len()), Some(SECRET));
        assert_eq!(base32(RFC), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let code = recovery_code();
        assert_eq!(code.len(), 11);
        assert_eq!(plain(&format!(" {} ", code.to_uppercase())), plain(&code));
    }
}
