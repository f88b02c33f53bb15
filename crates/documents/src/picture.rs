//! Figures drawn for a page, made ready for paper: a fixed width, letters of Tinos, and a bitmap for Word.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::font;

/// How wide a figure is drawn, in its own units.
const WIDTH: f64 = 620.0;
/// Dots of the bitmap for one unit of the figure.
const SCALE: f32 = 2.0;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    font::FILES.iter().for_each(|file| fonts.load_font_data(file.to_vec()));
    Arc::new(fonts)
});

/// The figure with a fixed width, so that parts of a hundred have a meaning, and with letters of Tinos.
pub fn for_paper(svg: &str) -> String {
    let Some((head, rest)) = svg.split_once('>') else { return svg.to_owned() };
    let head = head.replacen(r#"width="100%""#, &format!(r#"width="{WIDTH}""#), 1);
    let head = if head.contains("font-family") { head } else { format!(r#"{head} font-family="Tinos""#) };
    format!("{head}>{rest}")
}

/// A figure as PNG with its size in its own units; nothing where it cannot be drawn.
pub fn bitmap(svg: &str) -> Option<(Vec<u8>, f32, f32)> {
    let options = Options { fontdb: FONTS.clone(), font_family: "Tinos".to_owned(), ..Options::default() };
    let tree = Tree::from_str(&for_paper(svg), &options).ok()?;
    let size = tree.size();
    let (wide, high) = ((size.width() * SCALE).ceil() as u32, (size.height() * SCALE).ceil() as u32);
    let mut pixels = Pixmap::new(wide, high)?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    Some((pixels.encode_png().ok()?, size.width(), size.height()))
}
