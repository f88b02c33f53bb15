//! The rows of a text with separators.

use std::io::Cursor;
use std::sync::Arc;

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::package::damaged;
use crate::raw::{self, Cell, Row};
use crate::refusal::Refusal;

/// Rows numbered by record.
pub(crate) struct TextRows {
    reader: Reader<Cursor<Letters>>,
    record: StringRecord,
    number: u32,
}

/// A shared text as bytes that a cursor can own.
struct Letters(Arc<str>);

impl AsRef<[u8]> for Letters {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl TextRows {
    pub(crate) fn open(text: Arc<str>, separator: u8) -> TextRows {
        let mut rules = ReaderBuilder::new();
        rules.delimiter(separator).has_headers(false).flexible(true);
        TextRows { reader: rules.from_reader(Cursor::new(Letters(text))), record: StringRecord::new(), number: 0 }
    }
}

impl Iterator for TextRows {
    type Item = Result<Row, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.reader.read_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                self.number = self.number.saturating_add(1);
                let cells = self.record.iter().map(cell).collect();
                Some(Ok(Row { number: self.number, hidden: false, cells }))
            }
            Err(error) => Some(Err(damaged("csv", error))),
        }
    }
}

/// `="0123"` is how a spreadsheet program keeps leading zeros in a text file.
fn cell(field: &str) -> Cell {
    let field = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(field);
    Cell { content: raw::text(field), ..Cell::default() }
}
