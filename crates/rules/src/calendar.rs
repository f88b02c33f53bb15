//! Public holidays and the days worked instead, by year.

use std::collections::BTreeSet;

use crate::facts::{Day, Year};

/// Public holidays and days worked instead.
#[derive(Debug, Default)]
pub struct Calendar {
    pub years: BTreeSet<Year>,
    pub holidays: BTreeSet<Day>,
    pub worked: BTreeSet<Day>,
}

impl Calendar {
    /// Working days from one day to another, both included; none where a year is not loaded.
    pub fn working_days(&self, from: Day, to: Day) -> Option<u32> {
        use chrono::{Datelike, Weekday};
        if (from.year()..=to.year()).any(|year| !self.years.contains(&year)) {
            return None;
        }
        let works = |day: &Day| {
            let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            self.worked.contains(day) || (!weekend && !self.holidays.contains(day))
        };
        let days = from.iter_days().take_while(|day| *day <= to);
        Some(days.filter(works).count() as u32)
    }
}
