//! Three texts of each paper are the same words: the blocks, the PDF as read by poppler, the DOCX as read by LibreOffice.

use documents::block::{Block, Paper};
use documents::{docx, pdf};

use crate::forms::samples;
use crate::tools::{folder, run, text_of_docx, text_of_pdf, words};

#[test]
fn blocks_pdf_and_docx_say_the_same_words() {
    for (name, paper) in samples() {
        the_same(name, &paper);
    }
}

#[test]
fn what_looks_like_markup_is_printed_as_it_is() {
    let said = "#panic[*đậm*] {issuer} $x$ <b>&amp; \\ _a_ = b / / c // d";
    let paper = Paper {
        language: "vi".to_owned(),
        title: "t".to_owned(),
        day: chrono::NaiveDate::default(),
        notice: None,
        blocks: vec![
            Block::Kind { kind: "BÁO CÁO".to_owned(), about: said.to_owned() },
            Block::Paragraph { text: said.to_owned() },
        ],
    };
    the_same("markup", &paper);
}

/// Prints a paper twice and compares what is read back.
fn the_same(name: &str, paper: &Paper) {
    let folder = folder(&format!("texts-{name}"));
    let (as_pdf, as_docx) = (folder.join("paper.pdf"), folder.join("paper.docx"));
    std::fs::write(&as_pdf, pdf::print(paper).unwrap_or_else(|flaw| panic!("{name}: {}", flaw.0))).expect("written");
    std::fs::write(&as_docx, docx::print(paper).unwrap_or_else(|flaw| panic!("{name}: {}", flaw.0))).expect("written");
    let blocks = words(&paper.texts().join("\n"));
    if let Some(text) = text_of_pdf(&as_pdf) {
        assert_eq!(words(&without_page_furniture(paper, &text)), blocks, "{name} as PDF");
    }
    if let Some(text) = text_of_docx(&as_docx) {
        assert_eq!(words(&text), blocks, "{name} as DOCX");
    }
    if let Some(fonts) = run("pdffonts", &[&as_pdf.display().to_string()]) {
        let fonts: Vec<&str> = fonts.lines().skip(2).collect();
        let own = |line: &&str| line.split('+').nth(1).is_some_and(|name| name.starts_with("Tinos"));
        assert!(!fonts.is_empty() && fonts.iter().all(own), "{name}: {fonts:?}");
    }
}

/// Without page numbers, the notice, repeated heads of tables and the letters in figures.
fn without_page_furniture(paper: &Paper, text: &str) -> String {
    let mut pages: Vec<String> =
        text.split('\u{c}').map(str::to_owned).filter(|page| !page.trim().is_empty()).collect();
    for (place, page) in pages.iter_mut().enumerate() {
        let mut lines: Vec<&str> = page.lines().filter(|line| !line.trim().is_empty()).collect();
        if let Some(notice) = &paper.notice {
            let count = lines.len();
            lines.retain(|line| *line != notice);
            assert_eq!(count - lines.len(), 1, "page {}: the notice stands once", place + 1);
        }
        let is_number = |line: Option<&&str>| line.is_some_and(|line| line.parse::<usize>().is_ok());
        if place > 0 && is_number(lines.first()) {
            lines.remove(0);
        } else if place > 0 && is_number(lines.last()) {
            lines.pop();
        }
        let mut joined = lines.join("\n");
        if place > 0 {
            for head in heads(paper) {
                if let Some(rest) = words(&joined).join(" ").strip_prefix(&format!("{head} ")) {
                    joined = rest.to_owned();
                }
            }
        }
        *page = joined;
    }
    let mut whole = pages.join("\n");
    for block in &paper.blocks {
        if let Block::Figure { svg, .. } = block {
            for letters in svg
                .split("<text")
                .skip(1)
                .filter_map(|part| part.split_once('>')?.1.split_once('<'))
                .map(|(letters, _)| letters)
            {
                whole = whole.replacen(&format!("{letters}\n"), "", 1);
            }
        }
    }
    whole
}

/// The heads of the tables as lines of words.
fn heads(paper: &Paper) -> Vec<String> {
    let tables = paper.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.map(|table| table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(" ")).collect()
}
