//! Whether a word can be a syllable of Vietnamese, judged by its parts.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];
const NUCLEI: [&str; 61] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ia", "iê", "ya", "yê", "ua", "uô", "ưa", "ươ", "oa",
    "oă", "oe", "uâ", "uê", "uy", "uya", "uyê", "uơ", "oo", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "iu",
    "iêu", "yêu", "oi", "ôi", "ơi", "ui", "ưi", "ưu", "uôi", "ươi", "ươu", "oai", "oay", "oao", "oeo", "uây", "uyu",
    "uêu", "uao", "uă", "iơ", "iă",
];
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Whether `word`, in any case, is built as a Vietnamese syllable with at most one tone.
pub(crate) fn is_vietnamese(word: &str) -> bool {
    // A capital inside a small word is a letter of another script, not a way to write.
    let capitals = word.chars().skip(1).filter(|letter| letter.is_uppercase()).count();
    if capitals > 0 && word.chars().any(char::is_lowercase) {
        return false;
    }
    let taken_apart: Vec<char> = word.nfd().flat_map(char::to_lowercase).collect();
    let tones = taken_apart.iter().filter(|letter| TONES.contains(letter)).count();
    let bare: String = taken_apart.into_iter().filter(|letter| !TONES.contains(letter)).nfc().collect();
    tones <= 1 && ONSETS.iter().filter_map(|onset| bare.strip_prefix(onset)).any(is_rhyme)
}

fn is_rhyme(rest: &str) -> bool {
    CODAS.iter().filter_map(|coda| rest.strip_suffix(coda)).any(|nucleus| NUCLEI.contains(&nucleus))
}
