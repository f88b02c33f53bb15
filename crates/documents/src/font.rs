//! Tinos, the only letters of a PDF: as wide as Times New Roman, with every letter of Vietnamese.

use std::sync::LazyLock;

use ttf_parser::Face;

/// Regular, bold, italic, bold italic.
pub const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/Tinos-Regular.ttf"),
    include_bytes!("../fonts/Tinos-Bold.ttf"),
    include_bytes!("../fonts/Tinos-Italic.ttf"),
    include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
];

const MILLIMETRES_PER_POINT: f64 = 25.4 / 72.0;

static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(FILES[1], 0).ok());

/// How wide a text stands in bold letters of this size, in millimetres.
pub fn bold_width(text: &str, size: f64) -> f64 {
    let Some(face) = BOLD.as_ref() else { return 0.0 };
    let units: u32 = text
        .chars()
        .filter_map(|letter| face.glyph_index(letter))
        .filter_map(|glyph| face.glyph_hor_advance(glyph))
        .map(u32::from)
        .sum();
    f64::from(units) / f64::from(face.units_per_em()) * size * MILLIMETRES_PER_POINT
}
