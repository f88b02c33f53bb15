//! How long the lines under a motto, an issuer and a title are.

use crate::block::{Block, Frame};
use crate::font::bold_width;
use crate::layout::{LAYOUT, SHORT_RULE};

/// Lengths in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    pub issuer: f64,
    pub motto: f64,
}

/// The lines of a head: as long as the motto, and a part of the issuer's name.
pub fn of_frame(frame: &Frame) -> Rules {
    Rules {
        issuer: short(&frame.issuer, LAYOUT.issuer, LAYOUT.left_part),
        motto: bold_width(&frame.motto, LAYOUT.motto),
    }
}

/// The line under what the paper is about.
pub fn under(about: &str) -> f64 {
    short(about, LAYOUT.kind, LAYOUT.text_width())
}

/// Every line of a paper, block by block; nothing for a block without one.
pub fn of_block(block: &Block) -> Option<f64> {
    match block {
        Block::Kind { about, .. } => Some(under(about)),
        Block::Annex { guidance, .. } => Some(under(guidance)),
        _ => None,
    }
}

/// A part of the text's width as it stands on its longest line.
fn short(text: &str, size: f64, room: f64) -> f64 {
    let longest = text.lines().map(|line| bold_width(line, size)).fold(0.0, f64::max);
    longest.min(room) * SHORT_RULE
}
