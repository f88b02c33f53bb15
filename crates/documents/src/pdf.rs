//! Prints a paper as PDF/A-2a and PDF/UA-1 with Typst; what stands on it is handed over as data, never as markup.

mod world;

use std::collections::HashMap;

use chrono::Datelike;
use serde_json::{Value, json};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::block::{Block, Paper, addressed, ended, received};
use crate::layout::LAYOUT;
use crate::pdf::world::PaperWorld;
use crate::picture;
use crate::rule;

/// Why a paper could not be printed, in the words of the typesetter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprinted(pub String);

/// Results of earlier papers that the typesetter keeps in memory.
const KEPT: usize = 4;

/// The paper as a PDF.
///
/// # Errors
/// When a text holds a letter that Tinos lacks, or a figure cannot be drawn.
pub fn print(paper: &Paper) -> Result<Vec<u8>, Unprinted> {
    print_all(std::slice::from_ref(paper))
}

/// Many papers in one PDF, each on a page of its own; language, title and notice are those of the first.
///
/// # Errors
/// As [`print`], and when there is no paper.
pub fn print_all(papers: &[Paper]) -> Result<Vec<u8>, Unprinted> {
    let first = papers.first().ok_or_else(|| Unprinted("no paper".to_owned()))?;
    let mut pictures = HashMap::new();
    let blocks: Vec<Vec<Value>> =
        papers.iter().map(|paper| paper.blocks.iter().map(|block| told(block, &mut pictures)).collect()).collect();
    let data = json!({
        "layout": LAYOUT,
        "language": first.language,
        "title": first.title,
        "day": [first.day.year(), first.day.month(), first.day.day()],
        "notice": first.notice,
        "papers": blocks,
    });
    let world = PaperWorld::new(Bytes::new(data.to_string().into_bytes()), pictures);
    let document = typst::compile::<PagedDocument>(&world).output.map_err(|errors| words(&errors))?;
    let printed = typst_pdf::pdf(&document, &options()?).map_err(|errors| words(&errors));
    typst::comemo::evict(KEPT);
    printed
}

fn options() -> Result<PdfOptions, Unprinted> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| Unprinted(error.message().to_string()))?;
    Ok(PdfOptions { standards, creator: Smart::Custom(Some("vinhdanh".to_owned())), ..PdfOptions::default() })
}

/// A block as the template reads it: lines with their marks, rules with their length, figures as files.
fn told(block: &Block, pictures: &mut HashMap<String, Bytes>) -> Value {
    let mut value = json!(block);
    match block {
        Block::Frame(frame) => {
            let rules = rule::of_frame(frame);
            value["issuer_rule"] = json!(rules.issuer);
            value["motto_rule"] = json!(rules.motto);
        }
        Block::Addressees { names, .. } => value["lines"] = json!(addressed(names)),
        Block::Bases { texts } => value["lines"] = json!(ended(texts)),
        Block::Closing(closing) => value["lines"] = json!(received(&closing.recipients)),
        Block::Figure { svg, .. } => {
            let name = format!("figure-{}.svg", pictures.len());
            pictures.insert(name.clone(), Bytes::from_string(picture::for_paper(svg)));
            value["file"] = json!(name);
        }
        _ => {}
    }
    if let Some(length) = rule::of_block(block) {
        value["rule"] = json!(length);
    }
    value
}

fn words(errors: &[SourceDiagnostic]) -> Unprinted {
    let one = |error: &SourceDiagnostic| {
        let hints = error.hints.iter().map(|hint| hint.v.to_string());
        std::iter::once(error.message.to_string()).chain(hints).collect::<Vec<_>>().join(" – ")
    };
    Unprinted(errors.iter().map(one).collect::<Vec<_>>().join("; "))
}
