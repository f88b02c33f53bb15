//! The words that records use, each with a small number of its own: honours, posts, confirmations.

use std::collections::HashMap;

/// Texts numbered in the order in which they were first seen.
#[derive(Debug, Default)]
pub struct Numbered {
    texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Numbered {
    /// The number of a text, if it has one that fits a column.
    pub(crate) fn find(&self, text: &str) -> Option<u16> {
        self.numbers.get(text).and_then(|number| u16::try_from(*number).ok())
    }

    /// The number of a text, given now if it has none.
    pub(crate) fn take(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// The texts in the order of their numbers.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The numbers here of the texts of another list, by their numbers there; none above `most`.
    pub(crate) fn join(&mut self, other: &Numbered, most: u16) -> Vec<Option<u16>> {
        let taken = other.texts.iter().map(|text| u16::try_from(self.take(text)).ok());
        taken.map(|number| number.filter(|number| *number <= most)).collect()
    }
}

/// Every numbered word of records.
#[derive(Debug)]
pub struct Names {
    pub(crate) awards: Numbered,
    pub(crate) posts: Numbered,
    /// `AWARD/STANDARD/LEAF` of the conditions that somebody confirmed.
    pub(crate) confirmed: Numbered,
    /// The honours that an initiative already served, as one text; number 0 is none.
    pub(crate) uses: Numbered,
}

impl Default for Names {
    fn default() -> Self {
        let mut uses = Numbered::default();
        uses.take("");
        Names { awards: Numbered::default(), posts: Numbered::default(), confirmed: Numbered::default(), uses }
    }
}

/// Between the honours of one entry of `uses`; no id holds it.
pub(crate) const BETWEEN: char = '\n';
