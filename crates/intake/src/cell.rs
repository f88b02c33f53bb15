//! One cell as it is read: its text, and what a reader should know of how it came about.

use unicode_normalization::UnicodeNormalization;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The text in composed Unicode, without white space at its ends; a day as `2020-01-05`, a whole number without a point.
    pub text: String,
    pub note: Option<Note>,
}

/// What a reader should know of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The value was computed by a formula when the file was last saved.
    Computed,
    /// A formula without a value: the file was never computed.
    NotComputed,
    /// An error such as `#N/A`; the text holds it.
    Error,
    /// Taken from the cell with which it is merged.
    Merged,
}

/// A row with its number in the file, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub number: u32,
    /// Hidden by a filter or by hand; read all the same.
    pub hidden: bool,
    /// From the first column on; cells after the last that holds something are absent.
    pub cells: Vec<Cell>,
}

impl Cell {
    /// A cell that holds a text.
    pub fn of(text: &str) -> Self {
        Self { text: clean(text), note: None }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.note != Some(Note::NotComputed)
    }
}

impl Row {
    /// The text of a column; empty where the row is shorter.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }
}

/// Composed Unicode without control and invisible letters, every run of white space one blank.
pub fn clean(text: &str) -> String {
    let visible = text.nfc().filter(|letter| !is_invisible(*letter));
    let mut clean = String::with_capacity(text.len());
    for letter in visible {
        match letter {
            letter if letter.is_whitespace() || letter.is_control() => {
                if !clean.is_empty() && !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            letter => clean.push(letter),
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// Letters that take no room: zero-width, byte order mark, soft hyphen, directions.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_cannot_be_seen_is_taken_away_and_marks_are_composed() {
        assert_eq!(clean(" \u{feff}Nguye\u{302}\u{303}n\u{a0}\u{a0}Thi\u{323}\u{200b}\tMai\r\n"), "Nguyễn Thị Mai");
        assert_eq!(clean("\u{200b} \u{a0}"), "");
    }
}
