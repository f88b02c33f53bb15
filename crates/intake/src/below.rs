//! What each row below the head is: a record, or a line that a list has besides its records.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::cell::{Note, Row};
use crate::field::Field;
use crate::fold::fold;
use crate::give_back;
use crate::shape::{Shape, is_index};
use crate::vocabulary::HEADINGS;

/// What a row below the head is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Record,
    /// Nothing stands in it.
    Blank,
    /// The head once more, as a printed list has it on every page.
    HeadAgain,
    /// A line that names the group of the rows below it, such as a unit.
    Section(String),
    /// A sum, which is no record.
    Total,
    /// What is printed above a list: its name, the office, the motto, the number of a page.
    Title,
    /// What is printed below a list: signatures, recipients, notes.
    Foot,
    /// Another table on the same sheet: its head and everything below it.
    OtherTable,
}

/// The rows below a head, told one after another.
#[derive(Debug)]
pub struct Below<'s> {
    shape: &'s Shape,
    /// The texts of each row of the head, made comparable.
    head: Vec<Vec<String>>,
    place: Place,
    section: Option<String>,
    after_head: bool,
}

/// Where the row before stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    List,
    Foot,
    OtherTable,
}

static FIELDS: LazyLock<HashMap<&str, Field>> =
    LazyLock::new(|| HEADINGS.iter().flat_map(|(field, known)| known.iter().map(|like| (*like, *field))).collect());

impl<'s> Below<'s> {
    /// `first` are the first rows of the sheet, among them those of the head.
    pub fn of(shape: &'s Shape, first: &[Row]) -> Self {
        let head = first.iter().filter(|row| shape.head.contains(&row.number));
        let folded = |row: &Row| row.cells.iter().map(|cell| fold(&cell.text)).collect();
        let head = head.map(folded).collect();
        Self { shape, head, place: Place::List, section: None, after_head: false }
    }

    /// What the next row is. The rows come in the order of the sheet.
    pub fn part(&mut self, row: &Row) -> Part {
        let texts = texts(row, self.shape);
        if texts.is_empty() {
            return Part::Blank;
        }
        let after_head = std::mem::replace(&mut self.after_head, false);
        if self.is_head(&texts) || after_head && is_index(row) {
            self.place = Place::List;
            self.after_head = true;
            return Part::HeadAgain;
        }
        if is_other_head(&texts) {
            self.place = Place::OtherTable;
            self.section = None;
        }
        if self.place == Place::OtherTable {
            return Part::OtherTable;
        }
        let part = part(row, self.shape);
        if self.place == Place::Foot && !self.resumes(row, &texts, &part) {
            return Part::Foot;
        }
        self.place = if part == Part::Foot { Place::Foot } else { Place::List };
        match &part {
            Part::Section(name) => self.section = Some(name.clone()),
            Part::Foot => self.section = None,
            _ => {}
        }
        part
    }

    /// The section in which the row told last stands.
    pub fn section(&self) -> Option<&str> {
        self.section.as_deref()
    }

    /// Whether every text stands in the head above its column, or is another word for what does.
    fn is_head(&self, texts: &[(usize, &str)]) -> bool {
        let width = |row: &Vec<String>| row.iter().filter(|text| !text.is_empty()).count();
        let least = self.head.iter().map(width).max().unwrap_or(usize::MAX).min(2);
        let headed = |(column, text): &(usize, &str)| {
            let text = fold(text);
            let above = self.head.iter().filter_map(|row| row.get(*column)).filter(|above| !above.is_empty());
            let field = FIELDS.get(text.as_str());
            above.clone().any(|above| *above == text)
                || field.is_some() && above.clone().any(|above| FIELDS.get(above.as_str()) == field)
        };
        texts.len() >= least && texts.iter().all(headed)
    }

    /// Whether a row below a foot belongs to the list again: a counted or wide row, or a counted section.
    fn resumes(&self, row: &Row, texts: &[(usize, &str)], part: &Part) -> bool {
        let counted = |field| self.shape.column(field).is_some_and(|column| is_number(row.text(column)));
        match part {
            Part::Record => counted(Field::Ordinal) && has_name(row, self.shape) || texts.len() >= 4,
            Part::Section(_) => {
                let first = texts.first().map_or("", |(_, text)| *text);
                is_roman(first.split(['.', ')', '-', ' ']).next().unwrap_or_default())
            }
            _ => false,
        }
    }
}

/// What a row is by itself.
fn part(row: &Row, shape: &Shape) -> Part {
    let mut texts: Vec<&str> = texts(row, shape).into_iter().map(|(_, text)| text).collect();
    texts.dedup();
    let has_name = has_name(row, shape);
    let Some(first) = texts.first() else { return Part::Blank };
    let folded = fold(first);
    let begins = |list: &[&str]| list.iter().any(|word| folded == *word || folded.starts_with(&format!("{word} ")));
    let few = texts.len() <= 3;
    match texts.len() {
        _ if few && is_total(first) => Part::Total,
        _ if few && (begins(ENDS) || is_place_and_day(&folded)) => Part::Foot,
        _ if few && texts.iter().any(|text| is_title(&fold(text))) => Part::Title,
        1 if !first.chars().any(char::is_alphabetic) => Part::Title,
        1 if !has_name || is_numbered(first) || names_unit(first) => Part::Section(without_number(first).to_owned()),
        2 if is_roman(first) || !has_name && is_ordinal(first) => Part::Section(texts[1].to_owned()),
        _ => Part::Record,
    }
}

const ENDS: &[&str] = &[
    "nguoi lap",
    "nguoi lap bieu",
    "noi nhan",
    "ghi chu",
    "thu truong",
    "kt",
    "tm",
    "tl",
    "tuq",
    "xac nhan",
    "danh sach nay co",
    "danh sach co",
    "bang chu",
    "ky ten",
    "lanh dao",
    "truong phong",
    "vu truong",
    "chu tich",
    "giam doc",
];

const TITLES: &[&str] =
    &["danh sach", "cong hoa xa hoi chu nghia", "doc lap tu do", "phu luc", "bieu so", "mau so", "kem theo", "trang"];

/// Words that begin the name of a unit and of nobody: with their marks, since `Vũ` is a family name and `vụ` is none.
const UNITS: &[&str] = &[
    "khối ",
    "vụ ",
    "cục ",
    "tổng cục ",
    "chi cục ",
    "phòng ",
    "văn phòng ",
    "sở ",
    "ủy ban ",
    "uỷ ban ",
    "ubnd ",
    "trung tâm ",
    "công ty ",
    "tổng công ty ",
    "huyện ",
    "phường ",
    "thành phố ",
    "đơn vị ",
];

/// The texts of a row with their columns, without the column that we added to a file given back.
fn texts<'r>(row: &'r Row, shape: &Shape) -> Vec<(usize, &'r str)> {
    let ours = shape.columns.iter().position(|column| give_back::is_ours(&column.heading));
    let texts = row.cells.iter().enumerate().map(|(column, cell)| (column, cell.text.as_str()));
    texts.filter(|(column, text)| !text.is_empty() && Some(*column) != ours).collect()
}

fn has_name(row: &Row, shape: &Shape) -> bool {
    let mut named = [Field::FullName, Field::GivenName].into_iter().filter_map(|field| shape.column(field));
    named.any(|column| !row.text(column).is_empty() && row.cells[column].note != Some(Note::Merged))
}

/// Whether most of the texts are headings, though not those of this list.
fn is_other_head(texts: &[(usize, &str)]) -> bool {
    // Most rows count or date something; a head does not.
    if texts.len() < 3 || texts.iter().any(|(_, text)| text.chars().any(|letter| letter.is_ascii_digit())) {
        return false;
    }
    let known = texts.iter().filter(|(_, text)| FIELDS.contains_key(fold(text).as_str())).count();
    known >= 3 && known * 3 >= texts.len() * 2
}

/// `Tổng cộng`, `Cộng:`, `Cộng mục II`; neither `Công ty` nor a person of the family Tống.
fn is_total(text: &str) -> bool {
    const WHOLE: &[&str] = &["tổng cộng", "tổng số", "cộng dồn", "lũy kế", "luỹ kế", "tong cong", "tong so", "luy ke"];
    const SHORT: &[&str] = &["tổng", "cộng", "tong", "cong"];
    const OF: &[&str] = &["mục", "muc", "trang", "phần", "phan", "nhóm", "nhom", "khối", "khoi", "đơn", "don", "toàn"];
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let begins = |known: &&str| {
        let known: Vec<&str> = known.split(' ').collect();
        words.starts_with(&known)
    };
    let after_short = |next: &&str| OF.contains(next) || is_number(next) || is_roman(&next.to_uppercase());
    match words.as_slice() {
        ["tong", "cong", "ty", ..] => false,
        words if WHOLE.iter().any(begins) => !words.is_empty(),
        [one] => SHORT.contains(one),
        [one, next, ..] => SHORT.contains(one) && after_short(next),
        [] => false,
    }
}

fn is_title(folded: &str) -> bool {
    TITLES.iter().any(|title| folded == *title || folded.starts_with(&format!("{title} ")))
}

/// `Hà Nội, ngày … tháng … năm …` above a signature.
fn is_place_and_day(folded: &str) -> bool {
    ["ngay", "thang", "nam"].iter().all(|word| folded.split(' ').any(|own| own == *word))
}

fn names_unit(text: &str) -> bool {
    let lower = text.to_lowercase();
    UNITS.iter().any(|unit| lower.starts_with(unit))
}

fn is_number(text: &str) -> bool {
    let bare = bare(text);
    !bare.is_empty() && bare.chars().all(|letter| letter.is_ascii_digit())
}

/// Whether a text is a running number, Roman or Arabic, or a letter.
fn is_ordinal(text: &str) -> bool {
    let bare = bare(text);
    is_roman(text) || bare.len() <= 3 && is_number(text) || bare.chars().count() == 1
}

/// Whether a text is a Roman number, which in lists stands before groups and not before people.
fn is_roman(text: &str) -> bool {
    let bare = bare(text);
    !bare.is_empty() && bare.chars().all(|letter| "IVXLC".contains(letter))
}

fn bare(text: &str) -> &str {
    text.trim_end_matches(['.', ')', '-']).trim()
}

/// Whether a text begins with a running number: `II. Vụ Pháp luật`.
fn is_numbered(text: &str) -> bool {
    text.split_once(['.', ')', '-', ' ']).is_some_and(|(first, rest)| !rest.trim().is_empty() && is_ordinal(first))
}

fn without_number(text: &str) -> &str {
    match text.split_once(['.', ')', '-']) {
        Some((first, rest)) if is_ordinal(first) => rest.trim(),
        _ => text,
    }
}
