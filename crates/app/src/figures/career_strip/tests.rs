//! Where the parts of a career strip stand, and what its table tells.

use rules::facts::Day;

use super::{Bar, Cell, Cells, HEAD, Mark, Row, Shape, Still, Strip, fitting};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn mark(year: i32, tier: u8, name: &str) -> Mark {
    let (sort, href) = (name.to_owned(), "/quyet-dinh/1".to_owned());
    Mark { year, shape: Shape::Circle, tier, name: name.to_owned(), sort, count: 1, href }
}

fn row(label: &str) -> Row {
    Row { label: label.to_owned(), ..Row::default() }
}

#[test]
fn a_strip_of_nothing_has_no_rows() {
    let strip = Strip { rows: vec![row("Danh hiệu")], until: day("2026-11-23") };
    assert!(strip.is_empty());
    let drawn = strip.draw();
    assert_eq!((drawn.bands, drawn.height, drawn.years.len()), (Vec::new(), HEAD, 1));
}

#[test]
fn years_begin_with_the_first_mark_however_long_a_post_was_held() {
    let post = Bar {
        from: day("1993-01-01"),
        to: None,
        tone: "post",
        text: "Chuyên viên".to_owned(),
        days: "từ 01/01/1993".to_owned(),
    };
    let titles = Row { marks: vec![mark(2024, 0, "Lao động tiên tiến")], ..row("Danh hiệu") };
    let strip = Strip { rows: vec![titles, Row { bars: vec![post], ..row("Chức vụ") }], until: day("2026-11-23") };
    let drawn = strip.draw();
    assert_eq!(
        drawn.years.iter().map(|tick| (tick.year, tick.x)).collect::<Vec<_>>(),
        [(2024, 36), (2025, 108), (2026, 180)]
    );
    assert_eq!((drawn.bars[0].x, drawn.bars[0].width, drawn.bars[0].text.as_str()), (0, 207, "Chuyên viên"));
    let told = |label: &str, what: &str, when: &str| (label.to_owned(), vec![(what.to_owned(), when.to_owned())]);
    assert_eq!(drawn.bars[0].saying, "Chuyên viên, từ 01/01/1993");
    assert_eq!(
        drawn.table,
        [told("Danh hiệu", "Lao động tiên tiến", "2024"), told("Chức vụ", "Chuyên viên", "từ 01/01/1993")]
    );
}

#[test]
fn marks_of_one_year_stand_above_each_other_and_the_legend_names_each_once() {
    let marks = vec![
        mark(2026, 0, "Lao động tiên tiến"),
        mark(2026, 1, "Chiến sĩ thi đua cơ sở"),
        mark(2025, 0, "Lao động tiên tiến"),
    ];
    let strip = Strip { rows: vec![Row { marks, ..row("Danh hiệu") }], until: day("2026-11-23") };
    let drawn = strip.draw();
    let places: Vec<(i32, i32, &str)> = drawn.marks.iter().map(|mark| (mark.x, mark.y, mark.symbol.as_str())).collect();
    assert_eq!(places, [(108, 39, "c0"), (108, 63, "c1"), (36, 39, "c0")]);
    assert_eq!(drawn.marks[0].saying, "2026: Lao động tiên tiến");
    assert_eq!(
        drawn.legend,
        [("c0".to_owned(), "Lao động tiên tiến".to_owned()), ("c1".to_owned(), "Chiến sĩ thi đua cơ sở".to_owned())]
    );
    assert_eq!(drawn.height, 24 + 48 + 6);
}

#[test]
fn several_alike_in_a_year_are_one_mark_with_their_number() {
    let several = Mark { count: 3, href: String::new(), ..mark(2025, 0, "Sáng kiến") };
    let one = Mark { href: String::new(), ..mark(2026, 0, "Sáng kiến") };
    let rows = vec![Row { marks: vec![several, one], ..row("Sáng kiến") }];
    let drawn = Strip { rows, until: day("2026-11-23") }.draw();
    let places = vec![(36, 39, "3".to_owned()), (108, 39, String::new())];
    assert_eq!(drawn.still, [Still { symbol: "c0".to_owned(), saying: "Sáng kiến".to_owned(), places }]);
    assert_eq!(drawn.marks, []);
    assert_eq!(drawn.table[0].1, [("Sáng kiến".to_owned(), "2025–2026 (4)".to_owned())]);
}

#[test]
fn bars_that_overlap_take_lanes_of_their_own() {
    let bar = |from: &str, to: Option<&str>| Bar {
        from: day(from),
        to: to.map(day),
        tone: "post",
        text: String::new(),
        days: String::new(),
    };
    let bars = vec![bar("2020-01-01", Some("2022-12-31")), bar("2021-01-01", None), bar("2023-01-01", None)];
    let cell = |year| Cell { year, tone: "g3", letters: "XS".to_owned(), saying: "Xuất sắc".to_owned() };
    let cells = vec![cell(2020), cell(2022)];
    let rows = vec![Row { cells, ..row("Xếp loại") }, Row { bars, ..row("Chức vụ") }];
    let drawn = Strip { rows, until: day("2026-11-23") }.draw();
    assert_eq!(drawn.bars.iter().map(|bar| bar.y).collect::<Vec<_>>(), [53, 75, 53]);
    let letters = vec![(36, 41, "XS".to_owned()), (180, 41, "XS".to_owned())];
    let outline = "M1 27h70v20h-70zM145 27h70v20h-70z".to_owned();
    assert_eq!(drawn.cells, [Cells { tone: "g3", saying: "Xuất sắc".to_owned(), outline, letters }]);
}

#[test]
fn a_text_that_does_not_fit_is_cut_with_a_sign() {
    assert_eq!(fitting("Chuyên viên", 200), "Chuyên viên");
    assert_eq!(fitting("Chuyên viên", 64), "Chuyên…");
    assert_eq!(fitting("Chuyên viên", 20), "");
}
