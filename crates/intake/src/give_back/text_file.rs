//! A text with its complaints, in its own encoding and with its own separator.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use crate::give_back::{Complaints, HEADING, head_row, place};
use crate::package::damaged;
use crate::refusal::Refusal;
use crate::shape::Shape;
use crate::text::Style;

/// Writes every record again; what a spreadsheet program would run as a formula stays text only where it was ours.
pub(super) fn written(text: &str, style: Style, shape: &Shape, complaints: &Complaints) -> Result<Vec<u8>, Refusal> {
    let broken = |error: csv::Error| damaged("csv", error);
    let mut rules = ReaderBuilder::new();
    rules.delimiter(style.separator).has_headers(false).flexible(true);
    let mut reader = rules.from_reader(text.as_bytes());
    let mut writer = WriterBuilder::new().delimiter(style.separator).flexible(true).from_writer(Vec::new());
    let (column, mut number, mut record) = (place(shape), 0, StringRecord::new());
    while reader.read_record(&mut record).map_err(broken)? {
        number += 1;
        let complaint = match head_row(shape) == Some(number) {
            true => HEADING.to_owned(),
            false => complaints.get(&number).map(|text| harmless(text)).unwrap_or_default(),
        };
        let mut fields: Vec<&str> = record.iter().collect();
        fields.resize(fields.len().max(column + 1), "");
        fields[column] = &complaint;
        writer.write_record(&fields).map_err(broken)?;
    }
    let written = writer.into_inner().map_err(|error| damaged("csv", error))?;
    let written = String::from_utf8(written).map_err(|error| damaged("csv", error))?;
    Ok(encoded(style, &written))
}

/// A complaint quotes what somebody typed; in a CSV only an apostrophe keeps that from becoming a formula.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.into(),
    }
}

/// What the encoding lacks is told by `encoding_rs` as a reference; the file then goes out in UTF-8 with a mark.
fn encoded(style: Style, written: &str) -> Vec<u8> {
    if style.encoding == UTF_16LE || style.encoding == UTF_16BE {
        let little = style.encoding == UTF_16LE;
        let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        return std::iter::once(0xFEFF).chain(written.encode_utf16()).flat_map(unit).collect();
    }
    if style.encoding != UTF_8 {
        let (bytes, _, lost) = style.encoding.encode(written);
        if !lost {
            return bytes.into_owned();
        }
    }
    let mark: &[u8] = if style.marked || style.encoding != UTF_8 { b"\xEF\xBB\xBF" } else { b"" };
    [mark, written.as_bytes()].concat()
}
