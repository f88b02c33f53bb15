//! Prints a paper as DOCX: named styles of Word, Times New Roman, and the measures that the PDF has.

mod body;
mod package;
mod styles;

use crate::block::Paper;
use crate::docx::body::Body;
use crate::docx::package::Package;

/// The paper as a DOCX.
///
/// # Errors
/// When a figure cannot be drawn or the file cannot be packed.
pub fn print(paper: &Paper) -> Result<Vec<u8>, Unprinted> {
    let mut body = Body::default();
    paper.blocks.iter().enumerate().try_for_each(|(place, block)| {
        let is_before_signature = matches!(paper.blocks.get(place + 1), Some(crate::block::Block::Closing(_)));
        body.block(block, is_before_signature)
    })?;
    let mut package = Package::new();
    package.add("word/document.xml", &body.document())?;
    package.add("word/styles.xml", &styles::all(&paper.language))?;
    for (name, text) in package::fixed(paper) {
        package.add(name, &text)?;
    }
    package.add("word/_rels/document.xml.rels", &package::relations(body.pictures.len()))?;
    for (place, picture) in body.pictures.iter().enumerate() {
        package.add_bytes(&package::picture_name(place), picture)?;
    }
    package.finish()
}

/// Why a paper could not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprinted(pub String);
