//! The same file once more, with what is wrong with each line in a last column.

mod patch;
mod plain;
mod text_file;

use std::collections::BTreeMap;

use crate::fold::fold;
use crate::refusal::Refusal;
use crate::shape::Shape;
use crate::workbook::{FileKind, Source, Workbook};

/// The heading of the added column; a file that comes back has its own column replaced.
pub const HEADING: &str = "Lỗi cần sửa (vinhdanh)";

/// What is wrong, by the number of the row.
pub type Complaints = BTreeMap<u32, String>;

/// A file to hand back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub bytes: Vec<u8>,
    /// The usual ending of such a file.
    pub ending: &'static str,
    /// The form could not be written, so the values come in an XLSX without looks and formulas.
    pub changed_form: bool,
}

/// Writes the file, read under `name`'s bytes as `book`, with the complaints of one sheet. An XLSX keeps everything
/// else as it is; a text keeps its separator and encoding; XLS and ODS come back as an XLSX that holds the values of the
/// sheet.
pub fn give_back(book: &mut Workbook, sheet: usize, shape: &Shape, complaints: &Complaints) -> Result<Given, Refusal> {
    let given = |bytes, ending, changed_form| Given { bytes, ending, changed_form };
    match (&book.source, book.kind) {
        (Source::Xlsx { book, .. }, _) => Ok(given(patch::patched(book, sheet, shape, complaints)?, "xlsx", false)),
        (Source::Csv(text), FileKind::Csv(style)) => {
            Ok(given(text_file::written(text, style, shape, complaints)?, "csv", false))
        }
        _ => Ok(given(plain::written(book, sheet, shape, complaints)?, "xlsx", true)),
    }
}

/// Whether a heading is the one of an earlier return.
pub(crate) fn is_ours(heading: &str) -> bool {
    fold(heading.rsplit(" / ").next().unwrap_or(heading)) == fold(HEADING)
}

/// The column of complaints: the one of an earlier return, or the next free one.
fn place(shape: &Shape) -> usize {
    shape.columns.iter().position(|column| is_ours(&column.heading)).unwrap_or(shape.columns.len())
}

/// The row that carries the heading, where the sheet has a head.
fn head_row(shape: &Shape) -> Option<u32> {
    shape.head.first().copied()
}
