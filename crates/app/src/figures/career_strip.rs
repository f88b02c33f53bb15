//! The career strip: years across, a row for each sort of record, every mark leading to its decision.
//!
//! Here the places are worked out; `parts/career_strip.html` writes them as SVG, as a legend and as a table.

use std::collections::BTreeMap;

use chrono::Datelike;
use rules::facts::{Day, Year};

/// What a strip shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    pub rows: Vec<Row>,
    /// The last day that is drawn.
    pub until: Day,
}

/// One sort of record; a row holds cells, marks or bars.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub label: String,
    pub cells: Vec<Cell>,
    pub marks: Vec<Mark>,
    pub bars: Vec<Bar>,
}

/// Something that every year has one of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub year: Year,
    /// A class of the style sheet.
    pub tone: &'static str,
    pub letters: String,
    /// The whole of it in words.
    pub saying: String,
}

/// Something given in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub year: Year,
    pub shape: Shape,
    /// From 0, hollow, to 3, filled and ringed twice: base unit, ministry, State.
    pub tier: u8,
    pub name: String,
    /// What the legend calls all marks of this form.
    pub sort: String,
    /// How many of them the mark stands for; beyond one the number is drawn beside it.
    pub count: usize,
    /// Where it leads; empty where it has no page.
    pub href: String,
}

/// Plain geometric forms; no medal, flag or emblem is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    Circle,
    Pennant,
    Diamond,
    Triangle,
}

/// Something that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub from: Day,
    /// The last day, itself included; open while it lasts.
    pub to: Option<Day>,
    pub tone: &'static str,
    pub text: String,
    /// Its days in words.
    pub days: String,
}

/// A strip with everything in its place, in pixels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The width of the column that names the rows.
    pub labels: i32,
    pub width: i32,
    pub height: i32,
    /// The forms that the marks use, as SVG groups with the symbols for their ids.
    pub symbols: String,
    pub years: Vec<Tick>,
    /// The lines between years and rows, as the `d` of a path.
    pub grid: String,
    pub bands: Vec<Band>,
    /// Cells of one tone together.
    pub cells: Vec<Cells>,
    pub bars: Vec<Placed>,
    /// Marks that lead to a decision.
    pub marks: Vec<Point>,
    /// Marks that lead nowhere, those of one form together.
    pub still: Vec<Still>,
    /// The symbols used with all that each stands for.
    pub legend: Vec<(String, String)>,
    /// For each row what it holds, each with its years.
    pub table: Vec<(String, Vec<(String, String)>)>,
}

/// A year above its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    pub year: Year,
    pub x: i32,
}

/// The ground of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    pub label: String,
    pub y: i32,
    pub height: i32,
}

/// A bar in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub tone: &'static str,
    pub text: String,
    pub saying: String,
}

/// The cells of one tone: an outline for all of them, and the letters in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    pub tone: &'static str,
    pub saying: String,
    /// The `d` of a path.
    pub outline: String,
    pub letters: Vec<(i32, i32, String)>,
}

/// A mark in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub x: i32,
    pub y: i32,
    pub symbol: String,
    pub saying: String,
    pub href: String,
}

/// The marks of one form that lead nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Still {
    pub symbol: String,
    pub saying: String,
    /// Where each stands, with the number beside it, which is empty for one.
    pub places: Vec<(i32, i32, String)>,
}

const LABELS: i32 = 116;
/// The room above the rows, in which the years stand.
const HEAD: i32 = 24;
/// The height of a cell and of a bar.
const BAR: i32 = 20;
/// Marks of one year stand above each other at this distance, wide enough for a finger.
const LANE: i32 = 24;
const PADDING: i32 = 6;
/// What the years may take together before they are drawn as narrow as they go.
const ROOM: i32 = 800;
const NARROWEST: i32 = 36;
const WIDEST: i32 = 72;
/// Around every mark, unseen.
const ROOM_FOR_A_FINGER: &str = r#"<path id="h" class="h" d="M-17-12h34v24h-34z"/>"#;
/// The width of a letter of a bar, on average.
const LETTER: i32 = 7;

impl Strip {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.cells.is_empty() && row.marks.is_empty() && row.bars.is_empty())
    }

    /// Everything in its place; rows without anything are left out.
    pub fn draw(&self) -> Drawn {
        let (first, last) = (self.first_year(), self.until.year());
        let count = (last - first + 1).max(1);
        let wide = (ROOM / count).clamp(NARROWEST, WIDEST);
        let scale = Scale { first, wide, until: self.until };
        let mut drawn = Drawn { labels: LABELS, width: wide * count, ..Drawn::default() };
        drawn.years = (first..=last).map(|year| Tick { year, x: scale.column(year) + wide / 2 }).collect();
        let mut y = HEAD;
        for row in self.rows() {
            let height = row.place(&scale, y + PADDING / 2, &mut drawn) + PADDING;
            drawn.bands.push(Band { label: row.label.clone(), y, height });
            y += height;
        }
        drawn.height = y;
        let columns = (first..=last).map(|year| format!("M{} {HEAD}V{y}", scale.column(year)));
        let rows = drawn.bands.iter().map(|band| format!("M0 {}h{}", band.y, drawn.width));
        drawn.grid = columns.chain(rows).collect();
        let forms = self.forms();
        let symbols = forms.keys().map(|(shape, tier)| form(*shape, *tier));
        drawn.symbols = [ROOM_FOR_A_FINGER.to_owned()].into_iter().chain(symbols).collect();
        drawn.legend =
            forms.into_iter().map(|((shape, tier), names)| (symbol(shape, tier), names.join("; "))).collect();
        drawn.table = self.rows().map(|row| (row.label.clone(), row.told())).collect();
        drawn
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !(row.cells.is_empty() && row.marks.is_empty() && row.bars.is_empty()))
    }

    /// The year of the first mark or cell, else of the first bar: a post held for decades does not push all else aside.
    fn first_year(&self) -> Year {
        let cells = self.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.year));
        let marks = self.rows.iter().flat_map(|row| row.marks.iter().map(|mark| mark.year));
        let bars = || self.rows.iter().flat_map(|row| row.bars.iter().map(|bar| bar.from.year()));
        cells.chain(marks).min().or_else(|| bars().min()).unwrap_or(self.until.year()).min(self.until.year())
    }

    /// The forms used, each with the names of all that it stands for.
    fn forms(&self) -> BTreeMap<(Shape, u8), Vec<&str>> {
        let mut names: BTreeMap<(Shape, u8), Vec<&str>> = BTreeMap::new();
        for mark in self.rows.iter().flat_map(|row| &row.marks) {
            let known = names.entry((mark.shape, mark.tier)).or_default();
            if !known.contains(&mark.sort.as_str()) {
                known.push(&mark.sort);
            }
        }
        names
    }
}

impl Row {
    /// Puts all of it in its place below `y` and returns the height it takes.
    fn place(&self, scale: &Scale, y: i32, drawn: &mut Drawn) -> i32 {
        for cell in &self.cells {
            let (x, width) = (scale.column(cell.year) + 1, scale.wide - 2);
            let alike = drawn.cells.iter().position(|known| known.tone == cell.tone).unwrap_or(drawn.cells.len());
            if alike == drawn.cells.len() {
                let (saying, outline, letters) = (cell.saying.clone(), String::new(), Vec::new());
                drawn.cells.push(Cells { tone: cell.tone, saying, outline, letters });
            }
            drawn.cells[alike].outline.push_str(&format!("M{x} {y}h{width}v{BAR}h-{width}z"));
            drawn.cells[alike].letters.push((x + width / 2, y + 14, cell.letters.clone()));
        }
        let mut stacked: BTreeMap<Year, i32> = BTreeMap::new();
        for mark in &self.marks {
            let lane = stacked.entry(mark.year).or_default();
            mark.place(scale, y + LANE * *lane + LANE / 2, drawn);
            *lane += 1;
        }
        let mut ends: Vec<i32> = Vec::new();
        for bar in &self.bars {
            let (x, end) = scale.span(bar);
            let lane = ends.iter().position(|taken| *taken <= x).unwrap_or(ends.len());
            if lane == ends.len() {
                ends.push(end);
            }
            ends[lane] = end;
            let width = (end - x - 1).max(3);
            let text = fitting(&bar.text, width);
            let y = y + (BAR + 2) * lane as i32;
            let saying = format!("{}, {}", bar.text, bar.days);
            drawn.bars.push(Placed { x, y, width, tone: bar.tone, text, saying });
        }
        let cells = if self.cells.is_empty() { 0 } else { BAR };
        let marks = stacked.values().max().map_or(0, |most| most * LANE);
        cells.max(marks).max(ends.len() as i32 * (BAR + 2) - 2)
    }

    /// All that the row holds, each with its years and, of several a year, how many in all.
    fn told(&self) -> Vec<(String, String)> {
        let cells = self.cells.iter().map(|cell| (cell.saying.as_str(), cell.year, 1));
        let marks = self.marks.iter().map(|mark| (mark.name.as_str(), mark.year, mark.count));
        let mut told: Vec<(&str, Vec<Year>, usize)> = Vec::new();
        for (name, year, count) in cells.chain(marks) {
            let place = told.iter().position(|(known, _, _)| *known == name).unwrap_or(told.len());
            if place == told.len() {
                told.push((name, Vec::new(), 0));
            }
            told[place].1.push(year);
            told[place].2 += count;
        }
        let yearly = told.into_iter().map(|(name, mut years, count)| {
            years.sort_unstable();
            years.dedup();
            let several = if count > years.len() { format!(" ({count})") } else { String::new() };
            (name.to_owned(), format!("{}{several}", rules::words::years(&years)))
        });
        yearly.chain(self.bars.iter().map(|bar| (bar.text.clone(), bar.days.clone()))).collect()
    }
}

impl Mark {
    fn place(&self, scale: &Scale, y: i32, drawn: &mut Drawn) {
        let (x, symbol) = (scale.column(self.year) + scale.wide / 2, symbol(self.shape, self.tier));
        if !self.href.is_empty() {
            let saying = format!("{}: {}", self.year, self.name);
            return drawn.marks.push(Point { x, y, symbol, saying, href: self.href.clone() });
        }
        let count = if self.count > 1 { self.count.to_string() } else { String::new() };
        match drawn.still.iter_mut().find(|still| still.symbol == symbol) {
            Some(still) => still.places.push((x, y, count)),
            None => drawn.still.push(Still { symbol, saying: self.sort.clone(), places: vec![(x, y, count)] }),
        }
    }
}

/// From days to pixels.
struct Scale {
    first: Year,
    wide: i32,
    until: Day,
}

impl Scale {
    /// The left edge of a year.
    fn column(&self, year: Year) -> i32 {
        (year - self.first) * self.wide
    }

    fn x(&self, day: Day) -> i32 {
        self.column(day.year()) + day.ordinal0() as i32 * self.wide / 366
    }

    /// The left and right edge of a bar, cut to what is drawn.
    fn span(&self, bar: &Bar) -> (i32, i32) {
        let after = bar.to.filter(|to| *to < self.until).unwrap_or(self.until).succ_opt().unwrap_or(self.until);
        let x = self.x(bar.from).max(0);
        (x, self.x(after).max(x + 4))
    }
}

/// The id of the symbol in the template.
fn symbol(shape: Shape, tier: u8) -> String {
    let letter = match shape {
        Shape::Circle => 'c',
        Shape::Pennant => 'p',
        Shape::Diamond => 'd',
        Shape::Triangle => 't',
    };
    format!("{letter}{tier}")
}

/// A form about its centre, with room around it for a finger; higher tiers are filled, then ringed.
fn form(shape: Shape, tier: u8) -> String {
    let rings = match tier {
        0 | 1 => "",
        2 => r#"<circle r="10"/>"#,
        _ => r#"<circle r="8"/><circle r="11"/>"#,
    };
    let small = tier > 1 && shape != Shape::Pennant;
    let (class, drawing) = match (shape, small) {
        (Shape::Circle, false) => ('c', r#"<circle class="f" r="6"/>"#),
        (Shape::Circle, true) => ('c', r#"<circle class="f" r="5"/>"#),
        (Shape::Pennant, _) => ('p', r#"<path d="M-6-8V10"/><path class="f" d="M-6-8L8-3-6 2z"/>"#),
        (Shape::Diamond, false) => ('d', r#"<path class="f" d="M0-8L8 0 0 8-8 0z"/>"#),
        (Shape::Diamond, true) => ('d', r#"<path class="f" d="M0-6L6 0 0 6-6 0z"/>"#),
        (Shape::Triangle, false) => ('t', r#"<path class="f" d="M0-7L8 6H-8z"/>"#),
        (Shape::Triangle, true) => ('t', r#"<path class="f" d="M0-6L6 4H-6z"/>"#),
    };
    let rings = if shape == Shape::Pennant { "" } else { rings };
    // A pennant has two tiers only: of the ministry, hollow, and of the Government, filled.
    let hollow = if tier == 0 || (shape == Shape::Pennant && tier == 1) { " o" } else { "" };
    format!(r##"<g id="{}" class="s {class}{hollow}"><use href="#h"/>{drawing}{rings}</g>"##, symbol(shape, tier))
}

/// As much of a text as a bar holds; nothing where that would be a letter or two.
fn fitting(text: &str, width: i32) -> String {
    let room = usize::try_from((width - 8) / LETTER).unwrap_or(0);
    match text.chars().count() {
        count if count <= room => text.to_owned(),
        _ if room < 4 => String::new(),
        _ => text.chars().take(room - 1).collect::<String>().trim_end().to_owned() + "…",
    }
}

#[cfg(test)]
mod tests;
