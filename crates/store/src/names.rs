//! Vietnamese names: without marks for search, and with a key by which every database orders them alike.

use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Raised whenever the rule of [`sort_key`] or its collation data changes; keys of older versions are made anew.
pub const SORT_KEY_VERSION: i32 = 1;

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(locale!("vi").into(), CollatorOptions::default())
        .expect("the Vietnamese collation is compiled in")
});

/// Grave, hook above, tilde, acute and dot below: the five written tones.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// The text as it is kept: composed letters, no space at either end, one between words.
pub fn tidy(text: &str) -> String {
    text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text in lower case without any mark; đ and ð become d.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'đ' | 'ð' => 'd',
            other => other,
        })
        .collect()
}

/// The text in lower case with its marks, each tone moved to the first vowel of its word, so that hòa and hoà are alike.
pub fn exact(text: &str) -> String {
    settle_tones(&text.to_lowercase())
}

/// The words of a text for the index: letters and digits only.
pub fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter)).filter(|word| !word.is_empty())
}

/// Orders by given name (the last word), then surname (the first), then what stands between; tones as à ả ã á ạ.
pub fn sort_key(full_name: &str) -> Vec<u8> {
    let words: Vec<&str> = full_name.split_whitespace().collect();
    let (given, rest) = words.split_last().map_or(("", &[][..]), |(given, rest)| (*given, rest));
    let (surname, middle) = rest.split_first().map_or(("", &[][..]), |(surname, middle)| (*surname, middle));
    let mut key = Vec::new();
    for part in [given, surname, &middle.join(" ")] {
        let Ok(()) = COLLATOR.write_sort_key_to(&settle_tones(part), &mut key);
        // No byte of a sort key is 0, so a shorter part comes before a longer one that begins alike.
        key.push(0);
    }
    key
}

fn settle_tones(text: &str) -> String {
    text.split(' ').map(settle_tone).collect::<Vec<_>>().join(" ")
}

fn settle_tone(word: &str) -> String {
    let letters: Vec<char> = word.nfd().collect();
    let Some(tone) = letters.iter().copied().find(|letter| TONES.contains(letter)) else {
        return word.nfc().collect();
    };
    let mut settled: Vec<char> = letters.into_iter().filter(|letter| *letter != tone).collect();
    let vowel = settled.iter().position(|letter| "aeiouyAEIOUY".contains(*letter)).unwrap_or(settled.len());
    // The tone stands after the marks that make another letter of the vowel, as in ễ.
    let after = settled.iter().skip(vowel + 1).take_while(|letter| is_combining_mark(**letter)).count();
    settled.insert((vowel + 1 + after).min(settled.len()), tone);
    settled.into_iter().nfc().collect()
}
