//! A PDF says that it is PDF/A-2a and PDF/UA-1, and long papers keep their heads and signatures.

use documents::block::{Block, Row, Tone};
use documents::pdf;

use crate::forms::samples;
use crate::tools::{folder, run};

#[test]
fn each_paper_is_marked_as_archival_and_accessible() {
    for (name, paper) in samples() {
        let file = folder(&format!("marks-{name}")).join("paper.pdf");
        std::fs::write(&file, pdf::print(&paper).unwrap_or_else(|flaw| panic!("{name}: {}", flaw.0))).expect("written");
        let file = file.display().to_string();
        if let Some(marks) = run("pdfinfo", &["-meta", &file]) {
            for mark in [
                "<pdfaid:part>2</pdfaid:part>",
                "<pdfaid:conformance>A</pdfaid:conformance>",
                "<pdfuaid:part>1</pdfuaid:part>",
            ] {
                assert!(marks.contains(mark), "{name}: {mark} in {marks}");
            }
        }
        if let Some(info) = run("pdfinfo", &[&file]) {
            let line = |start: &str| {
                info.lines()
                    .find(|line| line.starts_with(start))
                    .map(|line| line.split_whitespace().skip(1).collect::<Vec<_>>().join(" "))
            };
            assert_eq!((line("Tagged:"), line("Title:")), (Some("yes".to_owned()), Some(paper.title.clone())));
        }
    }
}

#[test]
fn a_list_of_five_hundred_repeats_its_head_and_ends_with_company() {
    let (_, mut paper) =
        samples().into_iter().find(|(name, _)| *name == "quyet-dinh-khen-thuong").expect("the form is there");
    for block in &mut paper.blocks {
        if let Block::Table(table) = block {
            let row = |n: usize| Row {
                tone: Tone::Plain,
                cells: vec![
                    n.to_string(),
                    "Bà Nguyễn Thị Ỷ".to_owned(),
                    "Chuyên viên, Vụ Pháp luật".to_owned(),
                    "Năm 2020".to_owned(),
                ],
            };
            table.rows = (1..=500).map(row).collect();
        }
    }
    let begun = std::time::Instant::now();
    let printed = pdf::print(&paper).unwrap_or_else(|flaw| panic!("{}", flaw.0));
    eprintln!("500 rows, first time: {:?}", begun.elapsed());
    paper.title.push('.');
    let begun = std::time::Instant::now();
    pdf::print(&paper).unwrap_or_else(|flaw| panic!("{}", flaw.0));
    eprintln!("500 rows, again: {:?}", begun.elapsed());
    let file = folder("five-hundred").join("paper.pdf");
    std::fs::write(&file, printed).expect("written");
    let Some(text) = run("pdftotext", &["-layout", &file.display().to_string(), "-"]) else { return };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| page.contains("Chuyên viên,")).collect();
    assert!(pages.len() > 10 && pages.iter().all(|page| page.matches("STT").count() == 1), "{} pages", pages.len());
}

#[test]
fn a_thousand_papers_are_one_file() {
    let (_, paper) = samples().into_iter().find(|(name, _)| *name == "thu-tra-loi").expect("the form is there");
    let papers: Vec<_> = (0..1000)
        .map(|n| {
            let mut paper = paper.clone();
            paper.blocks.insert(2, Block::Paragraph { text: format!("Ông Đỗ Văn Ơn {n}") });
            paper
        })
        .collect();
    let begun = std::time::Instant::now();
    let printed = pdf::print_all(&papers).unwrap_or_else(|flaw| panic!("{}", flaw.0));
    eprintln!("1,000 papers: {:?}, {} bytes", begun.elapsed(), printed.len());
    let file = folder("thousand").join("papers.pdf");
    std::fs::write(&file, printed).expect("written");
    let Some(info) = run("pdfinfo", &[&file.display().to_string()]) else { return };
    assert_eq!(info.lines().find_map(|line| line.strip_prefix("Pages:")).map(str::trim), Some("1000"));
}
