//! Plain text as a table: which letters the bytes stand for, and what separates the columns.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

/// How a text file is written, so that it can be given back alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub encoding: &'static Encoding,
    /// Whether it begins with a byte order mark.
    pub marked: bool,
    pub separator: u8,
}

/// Separators in the order of preference where two split alike.
const SEPARATORS: [u8; 4] = *b",;\t|";
/// How much of a text is looked at to find its separator.
const LOOKED_AT: usize = 64 << 10;

/// The text of a file and how it is written. Bytes of the fonts TCVN3 and VNI come out as the Latin letters that
/// stand in their places, which [`crate::legacy`] reads.
pub fn decode(bytes: &[u8]) -> (String, Style) {
    let (encoding, marked) = encoding(bytes);
    let body = if marked { &bytes[if encoding == UTF_8 { 3 } else { 2 }..] } else { bytes };
    let text = encoding.decode_without_bom_handling(body).0.into_owned();
    let separator = separator(&text);
    (text, Style { encoding, marked, separator })
}

fn encoding(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, true);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, false);
    }
    let zeros = |odd: usize| bytes.iter().take(LOOKED_AT).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(LOOKED_AT) / 4;
    match (zeros(1) > half, zeros(0) > half) {
        (true, false) => (UTF_16LE, false),
        (false, true) => (UTF_16BE, false),
        _ if is_vietnamese(bytes) => (WINDOWS_1258, false),
        _ => (WINDOWS_1252, false),
    }
}

/// Whether bytes read as windows-1258: marks that stand behind a vowel are frequent there and nowhere else.
fn is_vietnamese(bytes: &[u8]) -> bool {
    let marks = |byte: &u8| matches!(byte, 0xcc | 0xd2 | 0xde | 0xec | 0xf2);
    let behind = |pair: &[u8]| b"aeiouyAEIOUY\xe2\xea\xf4\xf5\xfd\xe3".contains(&pair[0]) && marks(&pair[1]);
    let found = bytes.windows(2).take(LOOKED_AT).filter(|pair| behind(pair)).count();
    found > 0 && found * 2 >= bytes.iter().take(LOOKED_AT).filter(|byte| marks(byte)).count()
}

/// The separator that splits the most lines into the same number of columns.
fn separator(text: &str) -> u8 {
    let head: String = text.chars().take(LOOKED_AT).collect();
    let score = |separator: &u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(*separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(head.as_bytes());
        let widths: Vec<usize> = reader.records().take(200).filter_map(Result::ok).map(|line| line.len()).collect();
        let widest = widths
            .iter()
            .copied()
            .filter(|width| *width > 1)
            .max_by_key(|width| (widths.iter().filter(|other| *other == width).count(), *width));
        widest.map_or((0, 0), |width| (widths.iter().filter(|other| **other == width).count(), width))
    };
    let best = SEPARATORS.iter().rev().max_by_key(|separator| score(separator));
    best.copied().unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn read(bytes: &[u8]) -> (String, &'static str, char) {
        let (text, style) = decode(bytes);
        (text, style.encoding.name(), style.separator as char)
    }

    #[test]
    fn each_way_of_writing_is_found() {
        assert_eq!(read("Họ tên;Năm\nMai;1980".as_bytes()), ("Họ tên;Năm\nMai;1980".into(), "UTF-8", ';'));
        let marked = [b"\xef\xbb\xbf", "Họ tên\tNăm".as_bytes()].concat();
        assert_eq!(read(&marked), ("Họ tên\tNăm".into(), "UTF-8", '\t'));
        let wide: Vec<u8> = "Họ,Tên".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&[b"\xff\xfe", wide.as_slice()].concat()), ("Họ,Tên".into(), "UTF-16LE", ','));
        assert_eq!(read(b"Nguy\xea\xden,Ho\xcca").1, "windows-1258");
        assert_eq!(read(b"Nguy\xd4n,Ho\xb5"), ("NguyÔn,Hoµ".into(), "windows-1252", ','));
    }
}
