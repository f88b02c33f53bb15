//! What is drawn on the pages, measured on the PDF and on the DOCX as LibreOffice lays it out: rules, page numbers.

use std::path::Path;

use documents::block::{Block, Paper};
use documents::layout::LAYOUT;
use documents::{docx, pdf};

use crate::forms::samples;
use crate::tools::{folder, pages_of_docx, run};

/// Points of a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Points by which a drawn length may differ from a measured one.
const BLUR: f64 = 1.5;

/// A word, or a line that is drawn, with its place in points from the left and from the top.
#[derive(Debug, Clone, PartialEq)]
struct Placed {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Placed {
    fn width(&self) -> f64 {
        self.right - self.left
    }
}

#[test]
fn rules_are_as_long_as_the_decree_asks_on_every_paper_and_in_both_files() {
    for (name, paper) in samples() {
        for (kind, file) in printed(&format!("rules-{name}"), &paper) {
            let pages = words(&file);
            for (text, least, most) in ruled(&paper) {
                let (page, line) = pages
                    .iter()
                    .enumerate()
                    .find_map(|(page, words)| Some((page, widest(words, text)?)))
                    .unwrap_or_else(|| panic!("{name} as {kind}: no {text:?}"));
                let below = |rule: &&Placed| {
                    (line.bottom - 3.0..line.bottom + 12.0).contains(&rule.top)
                        && rule.left >= line.left - BLUR
                        && rule.right <= line.right + BLUR
                };
                let rules = rules(&file, page + 1);
                let rule =
                    rules.iter().find(below).unwrap_or_else(|| panic!("{name} as {kind}: no rule under {text:?}"));
                let share = least * line.width() - BLUR..=most * line.width() + BLUR;
                assert!(share.contains(&rule.width()), "{name} as {kind}: {rule:?} under {line:?}");
                let off = (rule.left + rule.right - line.left - line.right) / 2.0;
                assert!(off.abs() <= BLUR, "{name} as {kind}: {rule:?} is not in the middle of {line:?}");
            }
        }
    }
}

#[test]
fn the_first_page_bears_no_number_and_each_later_one_its_own_in_the_upper_margin() {
    let (_, mut paper) = samples().into_iter().find(|(name, _)| *name == "thu-tra-loi").expect("the form is there");
    let text = "Hồ sơ của cá nhân đã được đối chiếu với từng điều kiện của quy định đang có hiệu lực. ".repeat(3);
    let end = paper.blocks.len() - 1;
    paper.blocks.splice(end..end, (0..60).map(|_| Block::Paragraph { text: text.clone() }));
    for (kind, file) in printed("numbers", &paper) {
        let pages = words(&file);
        assert!(pages.len() >= 4, "{kind}: {} pages", pages.len());
        for (place, words) in pages.iter().enumerate() {
            let above: Vec<&Placed> = words.iter().filter(|word| word.bottom < LAYOUT.top * POINTS).collect();
            let texts: Vec<&str> = above.iter().map(|word| word.text.as_str()).collect();
            if place == 0 {
                assert_eq!(texts, Vec::<&str>::new(), "{kind}: page 1");
                continue;
            }
            assert_eq!(texts, [(place + 1).to_string()], "{kind}: page {}", place + 1);
            let middle = (LAYOUT.left + LAYOUT.text_width() / 2.0) * POINTS;
            let off = (above[0].left + above[0].right) / 2.0 - middle;
            assert!(off.abs() <= BLUR, "{kind}: page {}: {:?}", place + 1, above[0]);
        }
    }
}

/// Both files of a paper as pages; a tool that is not there leaves its file out.
fn printed(name: &str, paper: &Paper) -> Vec<(&'static str, std::path::PathBuf)> {
    let folder = folder(name);
    let (as_pdf, as_docx) = (folder.join("paper.pdf"), folder.join("paper.docx"));
    std::fs::write(&as_pdf, pdf::print(paper).unwrap_or_else(|flaw| panic!("{name}: {}", flaw.0))).expect("written");
    std::fs::write(&as_docx, docx::print(paper).unwrap_or_else(|flaw| panic!("{name}: {}", flaw.0))).expect("written");
    if run("pdftotext", &["-v"]).is_none() {
        return Vec::new();
    }
    let pages = pages_of_docx(&as_docx);
    [("PDF", as_pdf)].into_iter().chain(pages.map(|pages| ("DOCX", pages))).collect()
}

/// The texts under which a rule stands, with the least and the most of their length that it is.
fn ruled(paper: &Paper) -> Vec<(&str, f64, f64)> {
    let short = (1.0 / 3.0, 0.5);
    let mut ruled = Vec::new();
    for block in &paper.blocks {
        match block {
            Block::Frame(frame) => ruled.extend([(&*frame.issuer, short.0, short.1), (&*frame.motto, 1.0, 1.0)]),
            Block::Kind { about, .. } if !about.is_empty() => ruled.push((about, short.0, short.1)),
            Block::Annex { guidance, .. } => ruled.push((guidance, short.0, short.1)),
            _ => {}
        }
    }
    ruled
}

/// Where a text stands among the words of a page: the left and right end of its widest line, and its last bottom.
fn widest(words: &[Placed], text: &str) -> Option<Placed> {
    let wanted: Vec<&str> = text.split_whitespace().collect();
    let found =
        words.windows(wanted.len()).find(|run| run.iter().map(|word| word.text.as_str()).eq(wanted.iter().copied()))?;
    let lines = found.chunk_by(|one, next| (one.top - next.top).abs() < 3.0);
    let widest = lines.max_by(|a, b| length(a).total_cmp(&length(b)))?;
    Some(Placed {
        text: text.to_owned(),
        left: widest.first()?.left,
        right: widest.last()?.right,
        top: found.first()?.top,
        bottom: found.last()?.bottom,
    })
}

fn length(line: &[Placed]) -> f64 {
    line.last().map_or(0.0, |last| last.right) - line.first().map_or(0.0, |first| first.left)
}

/// The words of each page.
fn words(file: &Path) -> Vec<Vec<Placed>> {
    let told = run("pdftotext", &["-bbox", &file.display().to_string(), "-"]).expect("poppler was there a moment ago");
    let pages = told.split("<page ").skip(1);
    pages.map(|page| page.split("<word ").skip(1).filter_map(word).collect()).collect()
}

/// `xMin="1" yMin="2" xMax="3" yMax="4">word</word>`.
fn word(told: &str) -> Option<Placed> {
    let side = |name: &str| told.split_once(&format!("{name}=\""))?.1.split_once('"')?.0.parse::<f64>().ok();
    let text = told.split_once('>')?.1.split_once("</word>")?.0.to_owned();
    Some(Placed { text, left: side("xMin")?, right: side("xMax")?, top: side("yMin")?, bottom: side("yMax")? })
}

/// The level lines that are drawn on a page, by poppler's own reading of it.
fn rules(file: &Path, page: usize) -> Vec<Placed> {
    let page = page.to_string();
    let arguments = ["-svg", "-f", &page, "-l", &page, &file.display().to_string(), "-"];
    let drawn = run("pdftocairo", &arguments).expect("poppler was there a moment ago");
    drawn.split("<path ").skip(1).filter_map(rule).collect()
}

/// `… d="M 1 2 L 3 2 " transform="matrix(1,0,0,1,5,6)"/>`; nothing for what is no single level line.
fn rule(told: &str) -> Option<Placed> {
    let part = |name: &str| Some(told.split_once(&format!("{name}=\""))?.1.split_once('"')?.0);
    let numbers = |text: &str| -> Vec<f64> {
        text.split(|sign: char| !sign.is_ascii_digit() && sign != '.' && sign != '-')
            .filter_map(|n| n.parse().ok())
            .collect()
    };
    let (line, matrix) = (numbers(part(" d")?), numbers(part("transform")?));
    let ([x0, y0, x1, y1], [a, b, c, d, e, f]) = (line.as_slice(), matrix.as_slice()) else { return None };
    let at = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
    let ((left, top), (right, bottom)) = (at(*x0, *y0), at(*x1, *y1));
    ((top - bottom).abs() < 0.5).then(|| Placed {
        text: String::new(),
        left: left.min(right),
        right: left.max(right),
        top,
        bottom,
    })
}
