//! The frame of Decree 30/2020/NĐ-CP, annex I, held on every paper that the program prints.

use chrono::NaiveDate;
use documents::block::{Block, Paper, ended, received};
use documents::layout::{LAYOUT, SHORT_RULE};
use documents::wording::{number_line, place_and_day};

use crate::forms::samples;

#[test]
fn margins_and_sizes_lie_within_the_decree() {
    let within = |value: f64, least: f64, most: f64| (least..=most).contains(&value);
    let layout = LAYOUT;
    let margins =
        [(layout.top, 20.0, 25.0), (layout.bottom, 20.0, 25.0), (layout.left, 30.0, 35.0), (layout.right, 15.0, 20.0)];
    let letters = [
        (layout.nation, 12.0, 13.0),
        (layout.motto, 13.0, 14.0),
        (layout.issuer, 12.0, 13.0),
        (layout.number, 13.0, 13.0),
        (layout.place_and_day, 13.0, 14.0),
        (layout.kind, 13.0, 14.0),
        (layout.body, 13.0, 14.0),
        (layout.capacity, 13.0, 14.0),
        (layout.recipients_label, 12.0, 12.0),
        (layout.recipients, 11.0, 11.0),
        (layout.annex, 14.0, 14.0),
        (layout.page_number, 13.0, 14.0),
    ];
    let gaps = [
        (layout.first_line, 10.0, 12.7),
        (layout.gap, 6.0, 12.0),
        (layout.line, 1.0, 1.5),
        (SHORT_RULE, 1.0 / 3.0, 0.5),
    ];
    for (value, least, most) in margins.into_iter().chain(letters).chain(gaps) {
        assert!(within(value, least, most), "{value} is not in {least}–{most}");
    }
    assert_eq!(layout.paper, (210.0, 297.0));
    assert!(layout.nation <= layout.motto);
}

#[test]
fn a_number_below_ten_and_an_early_day_have_a_nought_before_them() {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar");
    assert_eq!(number_line("5", "QĐ-VPCP"), "Số: 05/QĐ-VPCP");
    assert_eq!(number_line("127", "QĐ-VPCP"), "Số: 127/QĐ-VPCP");
    assert_eq!(place_and_day("Hà Nội", day(2020, 1, 5)), "Hà Nội, ngày 05 tháng 01 năm 2020");
    assert_eq!(place_and_day("Hà Nội", day(2020, 3, 5)), "Hà Nội, ngày 05 tháng 3 năm 2020");
    assert_eq!(place_and_day("Hà Nội", day(2020, 12, 15)), "Hà Nội, ngày 15 tháng 12 năm 2020");
}

#[test]
fn lines_end_with_semicolons_and_the_last_with_a_full_stop() {
    let lines = ["Căn cứ một;", "Căn cứ hai", "Theo đề nghị của Vụ trưởng;"].map(str::to_owned);
    assert_eq!(ended(&lines), ["Căn cứ một;", "Căn cứ hai;", "Theo đề nghị của Vụ trưởng."]);
    assert_eq!(ended(&["Lưu: VT, …".to_owned()]), ["Lưu: VT, …"]);
    assert_eq!(
        received(&["Như Điều 3".to_owned(), "Lưu: VT, TCCB.".to_owned()]),
        ["- Như Điều 3;", "- Lưu: VT, TCCB."]
    );
}

#[test]
fn each_sample_keeps_the_rules_of_its_parts() {
    for (name, paper) in samples() {
        assert_eq!(flaws(&paper), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_paper_that_breaks_the_rules_is_found() {
    let (_, mut paper) =
        samples().into_iter().find(|(name, _)| *name == "quyet-dinh-khen-thuong").expect("the form is there");
    for block in &mut paper.blocks {
        match block {
            Block::Bases { texts } => texts[0] = "Căn cứ Luật số 06/2022/QH15".to_owned(),
            Block::Closing(closing) => closing.recipients.reverse(),
            Block::Article { text, .. } => *text = text.trim_end_matches("./.").to_owned(),
            Block::Annex { guidance, .. } => guidance.clear(),
            Block::Kind { about, .. } => *about = "V/v tặng huân chương lao động".to_owned(),
            _ => {}
        }
    }
    assert_eq!(
        flaws(&paper),
        ["V/v", "huân chương", "a law by its number", "no ./. before the signature", "Lưu is not last", "no guidance"]
    );
}

/// What a paper breaks of the rules for its parts.
fn flaws(paper: &Paper) -> Vec<String> {
    let mut flaws = Vec::new();
    let mut flaw = |is_flaw: bool, what: &str| {
        if is_flaw && !flaws.contains(&what.to_owned()) {
            flaws.push(what.to_owned());
        }
    };
    let is_decision = paper.blocks.iter().any(|block| matches!(block, Block::Resolved { .. }));
    for (place, block) in paper.blocks.iter().enumerate() {
        match block {
            Block::Kind { about, .. } => {
                flaw(about.contains("V/v"), "V/v");
                flaw(about.contains("huân chương"), "huân chương");
            }
            Block::Bases { texts } => flaw(texts.iter().any(|text| text.contains("Luật số")), "a law by its number"),
            Block::Closing(closing) => {
                let before = match &paper.blocks[place - 1] {
                    Block::Article { text, .. } | Block::Paragraph { text } => text.as_str(),
                    _ => "",
                };
                flaw(is_decision && !before.ends_with("./."), "no ./. before the signature");
                let is_last = closing.recipients.last().is_none_or(|last| last.starts_with("Lưu: VT, "));
                flaw(!is_last, "Lưu is not last");
            }
            Block::Annex { guidance, .. } => flaw(!guidance.starts_with("(Kèm theo "), "no guidance"),
            _ => {}
        }
    }
    flaws
}
