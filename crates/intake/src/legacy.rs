//! Texts typed for the fonts of before Unicode, TCVN3 and VNI: told apart by their letters and turned into Unicode.
//!
//! Such a file holds Latin letters that only look Vietnamese in their font: `NguyÔn V¨n` or `Nguyeãn Vaên`.

use unicode_normalization::UnicodeNormalization;

use crate::syllable;

/// How the letters of a text are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    #[default]
    Unicode,
    Tcvn3,
    /// TCVN3 in a font that draws every letter as a capital, such as `.VnTimeH`.
    Tcvn3Capitals,
    Vni,
}

/// TCVN3's letter and what it stands for.
#[rustfmt::skip]
const TCVN3: [(char, char); 74] = [
    ('¸', 'á'), ('µ', 'à'), ('¶', 'ả'), ('·', 'ã'), ('¹', 'ạ'),
    ('¨', 'ă'), ('¾', 'ắ'), ('»', 'ằ'), ('¼', 'ẳ'), ('½', 'ẵ'), ('Æ', 'ặ'),
    ('©', 'â'), ('Ê', 'ấ'), ('Ç', 'ầ'), ('È', 'ẩ'), ('É', 'ẫ'), ('Ë', 'ậ'),
    ('®', 'đ'),
    ('Ð', 'é'), ('Ì', 'è'), ('Î', 'ẻ'), ('Ï', 'ẽ'), ('Ñ', 'ẹ'),
    ('ª', 'ê'), ('Õ', 'ế'), ('Ò', 'ề'), ('Ó', 'ể'), ('Ô', 'ễ'), ('Ö', 'ệ'),
    ('Ý', 'í'), ('×', 'ì'), ('Ø', 'ỉ'), ('Ü', 'ĩ'), ('Þ', 'ị'),
    ('ã', 'ó'), ('ß', 'ò'), ('á', 'ỏ'), ('â', 'õ'), ('ä', 'ọ'),
    ('«', 'ô'), ('è', 'ố'), ('å', 'ồ'), ('æ', 'ổ'), ('ç', 'ỗ'), ('é', 'ộ'),
    ('¬', 'ơ'), ('í', 'ớ'), ('ê', 'ờ'), ('ë', 'ở'), ('ì', 'ỡ'), ('î', 'ợ'),
    ('ó', 'ú'), ('ï', 'ù'), ('ñ', 'ủ'), ('ò', 'ũ'), ('ô', 'ụ'),
    ('\u{AD}', 'ư'), ('ø', 'ứ'), ('õ', 'ừ'), ('ö', 'ử'), ('÷', 'ữ'), ('ù', 'ự'),
    ('ý', 'ý'), ('ú', 'ỳ'), ('û', 'ỷ'), ('ü', 'ỹ'), ('þ', 'ỵ'),
    ('¡', 'Ă'), ('¢', 'Â'), ('§', 'Đ'), ('£', 'Ê'), ('¤', 'Ô'), ('¥', 'Ơ'), ('¦', 'Ư'),
];

/// VNI's letters that stand alone.
#[rustfmt::skip]
const VNI_ALONE: [(char, char); 9] = [
    ('ñ', 'đ'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('ô', 'ơ'), ('ö', 'ư'), ('î', 'ỵ'),
];

/// VNI's second letters and the combining marks that they lay on the first.
#[rustfmt::skip]
const VNI_MARKS: [(char, &str); 17] = [
    ('ù', "\u{301}"), ('ø', "\u{300}"), ('û', "\u{309}"), ('õ', "\u{303}"), ('ï', "\u{323}"),
    ('ê', "\u{306}"), ('é', "\u{306}\u{301}"), ('è', "\u{306}\u{300}"), ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"), ('ë', "\u{323}\u{306}"), ('â', "\u{302}"), ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"), ('å', "\u{302}\u{309}"), ('ã', "\u{302}\u{303}"),
    ('ä', "\u{323}\u{302}"),
];

/// The script of a font by its name: `.VnTime`, `.VnArialH`, `VNI-Times`.
pub fn of_font(name: &str) -> Option<Script> {
    let name = name.trim().to_lowercase();
    if name.starts_with("vni-") || name.starts_with("vni ") {
        return Some(Script::Vni);
    }
    let capitals = name.strip_prefix(".vn").map(|rest| rest.trim_end_matches(" bold").ends_with('h'));
    capitals.map(|capitals| if capitals { Script::Tcvn3Capitals } else { Script::Tcvn3 })
}

/// The script of texts that belong together, such as a column, with the legacy font of each where it is known.
/// Plain letters say nothing; proper Vietnamese letters speak for Unicode.
pub fn judge<'t>(texts: impl Iterator<Item = (&'t str, Option<Script>)>) -> Script {
    let (mut fonts, mut points, mut spoken) = ([0_i64; 4], [0_i64; 4], 0_i64);
    for (text, font) in texts.filter(|(text, _)| !text.is_ascii()) {
        if is_unicode(text) {
            points[0] += 4;
            continue;
        }
        spoken += 1;
        if let Some(font) = font {
            fonts[font as usize] += 1;
        }
        for script in [Script::Unicode, Script::Tcvn3, Script::Vni] {
            points[script as usize] += i64::from(plausible(text, script));
        }
    }
    let named = [Script::Tcvn3, Script::Tcvn3Capitals, Script::Vni].into_iter().max_by_key(|one| fonts[*one as usize]);
    if let Some(script) = named.filter(|one| fonts[*one as usize] * 2 > spoken && points[0] < 4 * spoken.max(1)) {
        return script;
    }
    let best = if points[Script::Tcvn3 as usize] >= points[Script::Vni as usize] { Script::Tcvn3 } else { Script::Vni };
    // A legacy reading must explain more of the words than Unicode does, not as much.
    if points[best as usize] > points[0] { best } else { Script::Unicode }
}

/// A text in Unicode. A text that is already proper Vietnamese or plain ASCII is returned as it is.
pub fn decode(text: &str, script: Script) -> String {
    if script == Script::Unicode || text.is_ascii() || is_unicode(text) {
        return text.into();
    }
    match script {
        Script::Unicode => text.into(),
        Script::Tcvn3 => tcvn3(text),
        Script::Tcvn3Capitals => tcvn3(text).to_uppercase(),
        Script::Vni => vni(text),
    }
}

/// A Unicode text in the letters of a script; what the script lacks stays. The inverse of `decode` for tests and files
/// that go back.
pub fn encode(text: &str, script: Script) -> String {
    let composed: String = text.nfc().collect();
    match script {
        Script::Unicode => composed,
        Script::Tcvn3 | Script::Tcvn3Capitals => composed.chars().map(into_tcvn3).collect(),
        Script::Vni => composed.chars().flat_map(|letter| into_vni(letter).chars().collect::<Vec<_>>()).collect(),
    }
}

/// Whether a text holds letters that only Vietnamese in Unicode has.
pub(crate) fn is_unicode(text: &str) -> bool {
    text.chars().any(|letter| {
        matches!(letter, '\u{1EA0}'..='\u{1EF9}' | 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ'
        | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{300}'..='\u{323}')
    })
}

/// How many words with other than plain letters are Vietnamese syllables when read so, less those that are not.
fn plausible(text: &str, script: Script) -> i32 {
    let read = match script {
        Script::Unicode => text.to_owned(),
        Script::Tcvn3 | Script::Tcvn3Capitals => tcvn3(text),
        Script::Vni => vni(text),
    };
    let words = read.split(|letter: char| letter.is_whitespace() || letter.is_ascii_punctuation());
    let words = words.filter(|word| !word.is_ascii());
    words.map(|word| if syllable::is_vietnamese(word) { 1 } else { -1 }).sum()
}

fn tcvn3(text: &str) -> String {
    let read = |letter| match letter {
        'μ' => 'à',
        _ => TCVN3.iter().find(|(typed, _)| *typed == letter).map_or(letter, |(_, meant)| *meant),
    };
    text.chars().map(read).collect()
}

fn vni(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (mut read, mut at) = (String::with_capacity(text.len()), 0);
    while at < letters.len() {
        let letter = letters[at];
        let base = alone(letter);
        let mark = letters.get(at + 1).and_then(|next| vni_mark(*next)).filter(|_| carries_mark(letter));
        read.push(base.unwrap_or(letter));
        read.extend(mark);
        at += 1 + usize::from(mark.is_some());
    }
    read.nfc().collect()
}

fn alone(letter: char) -> Option<char> {
    let small = lower(letter);
    let meant = VNI_ALONE.iter().find(|(typed, _)| *typed == small)?.1;
    Some(if small == letter { meant } else { upper(meant) })
}

fn vni_mark(letter: char) -> Option<&'static str> {
    let small = lower(letter);
    VNI_MARKS.iter().find(|(typed, _)| *typed == small).map(|(_, mark)| *mark)
}

/// The second letter that lays these marks on the first.
fn vni_letter(marks: &str) -> Option<char> {
    VNI_MARKS.iter().find(|(_, combining)| *combining == marks).map(|(typed, _)| *typed)
}

fn carries_mark(letter: char) -> bool {
    matches!(lower(letter), 'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö')
}

fn into_tcvn3(letter: char) -> char {
    let find = |letter| TCVN3.iter().find(|(_, meant)| *meant == letter).map(|(typed, _)| *typed);
    find(letter).or_else(|| find(lower(letter))).unwrap_or(letter)
}

fn into_vni(letter: char) -> String {
    let small = lower(letter);
    let cased = |typed: char| if small == letter { typed } else { upper(typed) };
    if letter.is_ascii() {
        return letter.into();
    }
    if let Some((typed, _)) = VNI_ALONE.iter().find(|(_, meant)| *meant == small) {
        return cased(*typed).into();
    }
    let apart = |letter: char| std::iter::once(letter).nfd().collect::<String>();
    let whole = apart(small);
    let bases = "aeouyôö".chars().map(|base| (base, apart(alone(base).unwrap_or(base))));
    let typed = bases.filter_map(|(typed, base)| Some((typed, vni_letter(whole.strip_prefix(&base)?)?)));
    typed.map(|(typed, mark)| [cased(typed), cased(mark)].into_iter().collect()).next().unwrap_or_else(|| letter.into())
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn upper(letter: char) -> char {
    letter.to_uppercase().next().unwrap_or(letter)
}
