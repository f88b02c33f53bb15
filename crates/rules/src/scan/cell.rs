//! What one condition, or one honour, comes to for one subject of a scan, packed into a few bytes.

use chrono::Datelike;

use crate::ask::Verdict;
use crate::facts::Day;
use crate::scan::planes::Planes;

/// A day as year and day of the year in one number that sorts like the day; [`NEVER`] where there is none.
pub type When = i32;

/// No day: waiting does not help.
pub const NEVER: When = i32::MAX;

/// The years that a day can lie in.
const YEARS: std::ops::RangeInclusive<i64> = -200_000..=200_000;

/// A day in the form of [`When`].
pub fn when(day: Day) -> When {
    (day.year() << 9) | day.ordinal() as i32
}

/// The first day after a year.
pub fn after(year: i64) -> When {
    match YEARS.contains(&(year + 1)) {
        true => (((year + 1) as i32) << 9) | 1,
        false => NEVER,
    }
}

/// The day that [`when`] packed; none for [`NEVER`].
pub fn day(when: When) -> Option<Day> {
    if when == NEVER { None } else { Day::from_yo_opt(when >> 9, (when & 511) as u32) }
}

/// Verdict, leaning and marks in one byte.
///
/// Bits 0–1 hold the verdict, bits 2–3 the verdict under the last loaded values, bit 4 whether the two are told apart,
/// bit 5 that a missing text does not touch the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code(pub u8);

pub(crate) const TOLD: u8 = 16;
pub(crate) const UNTOUCHED: u8 = 32;

pub(crate) const NOT_MET: u8 = 0;
pub(crate) const UNKNOWN: u8 = 1;
pub(crate) const MET: u8 = 2;

/// The verdict of a number.
pub(crate) fn verdict(number: u8) -> Verdict {
    match number {
        NOT_MET => Verdict::NotMet,
        UNKNOWN => Verdict::Unknown,
        _ => Verdict::Met,
    }
}

impl Code {
    pub(crate) const fn plain(verdict: u8) -> Self {
        Code(verdict | verdict << 2)
    }

    pub(crate) fn of(verdict: u8, provisional: Option<u8>) -> Self {
        match provisional {
            Some(leaning) => Code(verdict | leaning << 2 | TOLD),
            None => Code::plain(verdict),
        }
    }

    pub(crate) fn verdict(self) -> u8 {
        self.0 & 3
    }

    /// The verdict under the last loaded values, else the verdict.
    pub(crate) fn leaning(self) -> u8 {
        self.0 >> 2 & 3
    }

    /// Whether the verdict under the last loaded values stands beside the verdict.
    pub(crate) fn told(self) -> bool {
        self.0 & TOLD != 0
    }

    pub(crate) fn untouched(self) -> bool {
        self.0 & UNTOUCHED != 0
    }

    /// The verdict under the last loaded values where it is told apart.
    pub(crate) fn provisional(self) -> Option<u8> {
        self.told().then_some(self.leaning())
    }
}

/// What one condition comes to for one subject.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub(crate) code: Code,
    pub(crate) earliest: When,
    pub(crate) lacking: u16,
}

impl Cell {
    pub(crate) const MET: Cell = Cell { code: Code::plain(MET), earliest: NEVER, lacking: 0 };
    pub(crate) const UNKNOWN: Cell = Cell { code: Code::plain(UNKNOWN), earliest: NEVER, lacking: 0 };

    /// Not met, but perhaps from a day on.
    pub(crate) fn not_met(earliest: When) -> Cell {
        Cell { code: Code::plain(NOT_MET), earliest, lacking: 0 }
    }

    /// The same with how many more are needed.
    pub(crate) fn lacking(mut self, count: u32) -> Cell {
        self.lacking = count.min(u32::from(u16::MAX)) as u16;
        self
    }

    /// Met where it holds, else unknown.
    pub(crate) fn met_if(holds: bool) -> Cell {
        if holds { Cell::MET } else { Cell::UNKNOWN }
    }

    /// The same, standing whatever a missing text may say.
    pub(crate) fn untouched(mut self) -> Cell {
        self.code.0 |= UNTOUCHED;
        self
    }

    /// The same with the verdict under the last loaded values.
    pub(crate) fn leaning(mut self, provisional: Option<u8>) -> Cell {
        self.code = Code::of(self.code.verdict(), provisional);
        self
    }
}

/// What is wanted of a condition, and what it found.
pub struct Cells {
    pub(crate) wanted: Wanted,
    /// The codes of the subjects asked about.
    pub(crate) planes: Planes,
    /// What one subject comes to, where it alone is asked about.
    pub(crate) one: Cell,
}

/// How much of an answer is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted {
    /// Who meets it, nothing else.
    Met,
    Codes,
    /// Everything of the subject at one place.
    One(usize),
}

impl Cells {
    pub(crate) fn new(wanted: Wanted) -> Self {
        Cells { wanted, planes: Planes::UNKNOWN, one: Cell::UNKNOWN }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_keep_their_order_and_come_back() {
        let days = ["1955-02-28", "2024-02-29", "2024-12-31", "2025-01-01"].map(|text| text.parse::<Day>().unwrap());
        assert!(days.windows(2).all(|pair| when(pair[0]) < when(pair[1])));
        assert_eq!(days.map(|one| day(when(one))), days.map(Some));
        assert_eq!(day(after(2025)), Day::from_ymd_opt(2026, 1, 1));
        assert_eq!(day(after(i64::from(u32::MAX))), None);
    }
}
