//! The shape of a sheet: where its head ends and what each column holds.

use sha2::{Digest, Sha256};

use crate::cell::{Note, Row};
use crate::field::Field;
use crate::fold::fold;
use crate::give_back;
use crate::vocabulary::HEADINGS;

/// Rows among which the head is looked for.
pub const HEAD_AMONG: usize = 30;
/// A heading is no longer than this; what is longer is a sentence.
const LONGEST_HEADING: usize = 90;
/// Below this score a heading is not taken for a field.
const CERTAIN_ENOUGH: u8 = 60;

/// What a sheet looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The numbers of the rows of the head, the row of column numbers included.
    pub head: Vec<u32>,
    pub columns: Vec<Column>,
    /// The same for every file with these headings in this order.
    pub fingerprint: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading as it stands, of a head in two rows both parts with ` / ` between them.
    pub heading: String,
    pub field: Option<Field>,
    /// From 0 to 100.
    pub score: u8,
    /// The heading of the vocabulary that it was taken for.
    pub like: Option<&'static str>,
}

impl Shape {
    /// The first column that holds a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    /// The fields found, in the order of the columns.
    pub fn fields(&self) -> Vec<Field> {
        self.columns.iter().filter_map(|column| column.field).collect()
    }

    /// Whether a row lies below the head.
    pub fn is_below(&self, row: &Row) -> bool {
        self.head.last().is_none_or(|last| row.number > *last)
    }
}

/// The shape of a sheet from its first rows; `None` where no row looks like a head.
pub fn detect(rows: &[Row]) -> Option<Shape> {
    let candidates = rows.iter().take(HEAD_AMONG).enumerate().flat_map(|(place, row)| {
        let single = headings(&[row]);
        let double = rows.get(place + 1).filter(|below| continues(row, below)).map(|below| headings(&[row, below]));
        [Some((place, 1, single)), double.map(|double| (place, 2, double))]
    });
    let scored = candidates.flatten().map(|(place, height, headings)| {
        let columns = columns(&headings);
        let found: u32 =
            columns.iter().filter(|column| column.field.is_some()).map(|column| u32::from(column.score)).sum();
        (found, std::cmp::Reverse(height), std::cmp::Reverse(place), columns)
    });
    let (found, height, place, columns) = scored.max_by_key(|(found, height, place, _)| (*found, *height, *place))?;
    let known = columns.iter().filter(|column| column.field.is_some()).count();
    if known < 2 && found < 100 || known == 0 {
        return None;
    }
    let (first, mut end) = (place.0, place.0 + height.0);
    if rows.get(end).is_some_and(is_index) {
        end += 1;
    }
    let fingerprint = fingerprint(&columns);
    Some(Shape { head: rows[first..end].iter().map(|row| row.number).collect(), columns, fingerprint })
}

/// Joins the rows of a head by column; equal parts once.
fn headings(rows: &[&Row]) -> Vec<String> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let heading = |column: usize| {
        let mut parts: Vec<&str> = rows.iter().map(|row| row.text(column)).filter(|text| !text.is_empty()).collect();
        parts.dedup();
        parts.join(" / ")
    };
    (0..width).map(heading).collect()
}

/// Whether the row below can be the second row of a head: it stands right below and holds short words, no records.
fn continues(row: &Row, below: &Row) -> bool {
    let plain = |text: &str| text.chars().all(|letter| !letter.is_ascii_digit()) && text.chars().count() <= 40;
    let own = below.cells.iter().filter(|cell| cell.note != Some(Note::Merged) && !cell.text.is_empty());
    row.number.checked_add(1) == Some(below.number)
        && own.clone().count() > 0
        && own.clone().all(|cell| plain(&cell.text))
}

fn columns(headings: &[String]) -> Vec<Column> {
    let mut columns: Vec<Column> = headings.iter().map(|heading| column(heading)).collect();
    settle_years(&mut columns);
    // Of two columns for one field the more certain keeps it, of equal ones the first.
    for place in 0..columns.len() {
        let Some(field) = columns[place].field else { continue };
        let rivals = columns.iter().enumerate().filter(|(_, other)| other.field == Some(field));
        let best = rivals.max_by_key(|(place, other)| (other.score, std::cmp::Reverse(*place))).map(|(place, _)| place);
        if best != Some(place) {
            columns[place] = Column { field: None, score: 0, like: None, ..columns[place].clone() };
        }
    }
    columns
}

/// "Nam" is a sex only beside "Nữ", else it is the year.
fn settle_years(columns: &mut [Column]) {
    let women = columns.iter().any(|column| column.field == Some(Field::Female));
    let marked = |column: &Column| column.heading.chars().any(|letter| matches!(letter, 'ă' | 'Ă'));
    for column in columns.iter_mut().filter(|column| matches!(column.like, Some("nam"))) {
        column.field = Some(if women && !marked(column) { Field::Male } else { Field::Year });
    }
}

fn column(heading: &str) -> Column {
    let nothing = Column { heading: heading.to_owned(), field: None, score: 0, like: None };
    if heading.is_empty() || give_back::is_ours(heading) || heading.chars().count() > LONGEST_HEADING {
        return nothing;
    }
    let last = heading.rsplit(" / ").next().unwrap_or(heading);
    // The whole of a two-row head says more than its last part.
    let tries = [(fold(heading), 0), (fold(last), u8::from(last != heading) * 10)];
    let best = HEADINGS.iter().flat_map(|(field, known)| known.iter().map(move |like| (*field, *like))).map(
        |(field, like)| {
            let score =
                tries.iter().map(|(heading, less)| likeness(heading, like).saturating_sub(*less)).max().unwrap_or(0);
            (score, like.len(), field, like)
        },
    );
    match best.max_by_key(|(score, length, ..)| (*score, *length)) {
        Some((score, _, field, like)) if score >= CERTAIN_ENOUGH => {
            Column { field: Some(field), score, like: Some(like), ..nothing }
        }
        _ => nothing,
    }
}

/// How much a heading is like a known one, from 0 to 100.
fn likeness(heading: &str, like: &str) -> u8 {
    if heading == like {
        return 100;
    }
    // Of all that are known hardly any stands in a heading; only those are taken apart.
    if !heading.contains(like) {
        return 0;
    }
    let (own, known): (Vec<&str>, Vec<&str>) = (heading.split(' ').collect(), like.split(' ').collect());
    // One short word inside a long heading says nothing.
    if known.len() < 2 {
        return 0;
    }
    let inside = own.windows(known.len()).any(|window| window == known);
    let extra = own.len().saturating_sub(known.len());
    match inside {
        true => 90_u8.saturating_sub(u8::try_from(extra * 6).unwrap_or(u8::MAX)),
        false => 0,
    }
}

/// A row that numbers the columns: `(1) (2) (3)`, `1 2 3` or `A B C 1 2`.
pub(crate) fn is_index(row: &Row) -> bool {
    let texts: Vec<&str> =
        row.cells.iter().map(|cell| cell.text.trim_matches(['(', ')'])).filter(|text| !text.is_empty()).collect();
    let numbers: Vec<u32> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    let letters =
        texts.iter().filter(|text| text.len() == 1 && text.chars().all(|letter| letter.is_ascii_alphabetic()));
    texts.len() >= 3
        && numbers.len() + letters.count() == texts.len()
        && numbers.len() >= 2
        && numbers.is_sorted_by(|a, b| a + 1 == *b)
}

fn fingerprint(columns: &[Column]) -> String {
    let own = columns.iter().filter(|column| !give_back::is_ours(&column.heading));
    let headings: Vec<String> = own.map(|column| fold(&column.heading)).collect();
    let hash = Sha256::digest(headings.join("|"));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
