//! The words that records use, each with a small number of its own: honours, posts, confirmations.

use std::collections::HashMap;

/// Texts numbered in the order in which they were first seen.
#[derive(Debug, Default)]
pub struct Numbered {
    texts: Vec<String>,
    numbers: HashMap<String, u16>,
}

impl Numbered {
    /// The number of a text, if it has one.
    pub(crate) fn find(&self, text: &str) -> Option<u16> {
        self.numbers.get(text).copied()
    }

    /// The number of a text, given now if it has none; none where the numbers are used up.
    pub(crate) fn take(&mut self, text: &str, most: u16) -> Option<u16> {
        if let Some(number) = self.find(text) {
            return Some(number);
        }
        let number = u16::try_from(self.texts.len()).ok().filter(|number| *number <= most)?;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        Some(number)
    }

    /// The texts in the order of their numbers.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// Every numbered word of a snapshot.
#[derive(Debug, Default)]
pub struct Names {
    pub(crate) awards: Numbered,
    pub(crate) posts: Numbered,
    /// `AWARD/STANDARD/LEAF` of the conditions that somebody confirmed.
    pub(crate) confirmed: Numbered,
    /// The honours that an initiative already served, as one text; number 0 is none.
    pub(crate) uses: Numbered,
}

/// The number of the uses of an initiative that served no honour.
pub(crate) const NO_USE: u16 = 0;

/// Between the honours of one entry of `uses`; no id holds it.
pub(crate) const BETWEEN: char = '\n';
