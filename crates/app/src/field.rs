//! A field of a form that asks by its address: what was typed, and what is wrong with it.

use chrono::{Datelike, NaiveDate};

use crate::language::Language;
use crate::visit::Visit;

/// One field as it comes back to who filled it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the address.
    pub name: &'static str,
    pub typed: String,
    /// Why it cannot be taken; empty where it can.
    pub wrong: String,
}

impl Field {
    /// The field as the address fills it.
    pub fn asked(visit: &Visit, name: &'static str) -> Self {
        Self { name, typed: visit.asked(name).unwrap_or_default().to_owned(), wrong: String::new() }
    }

    /// What was typed, read; nothing where it is blank. What cannot be read gets the text of `key` beside it.
    pub fn read<T>(&mut self, language: Language, key: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if self.typed.is_empty() {
            return None;
        }
        let read = read(&self.typed);
        if read.is_none() {
            self.wrong = language.text(key).into_owned();
        }
        read
    }
}

/// A day as `2020-06-16` or `16/06/2020`.
pub fn day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = text.parse().or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y")).ok()?;
    // A sign before the year would be read as well.
    (text.starts_with(|letter: char| letter.is_ascii_digit()) && YEARS.contains(&day.year())).then_some(day)
}

/// A year in which records can lie, in four digits.
pub fn year(text: &str) -> Option<i32> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| digits && YEARS.contains(year))
}

/// From the first year of the Republic's records to as far ahead as anyone plans.
const YEARS: std::ops::RangeInclusive<i32> = 1945..=2145;

#[cfg(test)]
mod tests {
    use super::{day, year};

    #[test]
    fn what_is_no_day_and_no_year_is_not_guessed() {
        for text in ["", "2020-02-30", "31/06/2020", "16.06.2020", "20-06-16", "0020-06-16", "+2020-06-16", "hôm nay"]
        {
            assert_eq!(day(text), None, "{text}");
        }
        for text in ["", "20", "02020", "1944", "2146", "-201", "+201", "2o20"] {
            assert_eq!(year(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_read_in_both_ways_of_writing() {
        assert_eq!(day("2020-06-16"), day("16/06/2020"));
        assert_eq!(day("16/6/2020").map(|day| day.to_string()), Some("2020-06-16".to_owned()));
        assert_eq!(year("2020"), Some(2020));
    }
}
