//! The measures of Decree 30/2020/NĐ-CP, annex I, that both printers take; lengths in millimetres, letters in points.

use serde::Serialize;

use crate::font;

/// Page, letters and gaps; handed to Typst as data and written into the styles of the DOCX.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Layout {
    /// A4, upright (I.1, I.2).
    pub paper: (f64, f64),
    /// 20–25 mm (I.3).
    pub top: f64,
    /// 20–25 mm (I.3).
    pub bottom: f64,
    /// 30–35 mm (I.3).
    pub left: f64,
    /// 15–20 mm (I.3).
    pub right: f64,
    /// From the second page on, in the middle of the upper margin; 13–14 (I.7).
    pub page_number: f64,
    /// 12–13 (II.1.a).
    pub nation: f64,
    /// 13–14 (II.1.b).
    pub motto: f64,
    /// 12–13 (II.2).
    pub issuer: f64,
    /// 13 (II.3).
    pub number: f64,
    /// 13–14 (II.4).
    pub place_and_day: f64,
    /// 13–14 (II.5.b).
    pub kind: f64,
    /// 13–14 (II.6.d).
    pub body: f64,
    /// 1 cm or 1.27 cm (II.6.c).
    pub first_line: f64,
    /// 6 pt at least (II.6.c).
    pub gap: f64,
    /// Single to one and a half (II.6.c).
    pub line: f64,
    /// 13–14 (II.7.b).
    pub capacity: f64,
    /// Room for a signature.
    pub signature: f64,
    /// `Nơi nhận:`; 12 (II.9.b).
    pub recipients_label: f64,
    /// 11 (II.9.b).
    pub recipients: f64,
    /// `Phụ lục`; 14 (III.1).
    pub annex: f64,
    /// Tables are not sized by the Decree; smaller than the body, so that a row is a line.
    pub table: f64,
    /// The left part of the head and of the end of a paper.
    pub left_part: f64,
}

/// The layout of every paper; the sizes are those of the Decree's samples.
pub const LAYOUT: Layout = Layout {
    paper: (210.0, 297.0),
    top: 20.0,
    bottom: 20.0,
    left: 30.0,
    right: 15.0,
    page_number: 13.0,
    nation: 12.0,
    motto: 13.0,
    issuer: 12.0,
    number: 13.0,
    place_and_day: 13.0,
    kind: 14.0,
    body: 14.0,
    first_line: 12.7,
    gap: 6.0,
    line: 1.2,
    capacity: 14.0,
    signature: 26.0,
    recipients_label: 12.0,
    recipients: 11.0,
    annex: 14.0,
    table: 12.0,
    left_part: 70.0,
};

/// A line under the issuer or under what the paper is about is a third to a half of the text (II.2, II.5.b).
pub const SHORT_RULE: f64 = 0.4;

impl Layout {
    /// The width between the margins.
    pub fn text_width(&self) -> f64 {
        self.paper.0 - self.left - self.right
    }
}

/// How wide a text stands in the bold letters of a table, in millimetres; a column as wide breaks it nowhere.
pub fn width_in_table(text: &str) -> f64 {
    font::bold_width(text, LAYOUT.table)
}
