//! Periods, changes and yearly rates in whole numbers, rounded once and at the end.

use chrono::{Datelike, Days};
use rules::facts::{Day, Year};

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Day,
    pub to: Day,
}

/// A length of time in years as an exact fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearsLong {
    pub numerator: u32,
    pub denominator: u32,
}

/// How a number has changed against an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The new number less the old one: the numerator of the exact fraction.
    pub difference: i64,
    /// The old number: the denominator.
    pub base: u32,
    /// The change in hundredths of a percent, 4103 for 41.03 %, halves rounded away from zero; absent where the base is 0.
    pub hundredths: Option<i64>,
}

impl Period {
    /// From 1 January of a year to 31 December of another, or `None` where a year cannot be dated or the order is wrong.
    pub fn of_years(from: Year, to: Year) -> Option<Self> {
        let period = Self { from: Day::from_ymd_opt(from, 1, 1)?, to: Day::from_ymd_opt(to, 12, 31)? };
        (from <= to).then_some(period)
    }

    /// Every calendar year touched.
    pub fn years(self) -> impl Iterator<Item = Year> {
        self.from.year()..=self.to.year()
    }

    /// The first and last year whose last day lies in the period: those whose titles count by title year.
    pub fn title_years(self) -> (Year, Year) {
        let last_is_whole = (self.to.month(), self.to.day()) == (12, 31);
        (self.from.year(), self.to.year() - i32::from(!last_is_whole))
    }

    /// Whole years from the first day on, and the days left over as a part of the year they fall in.
    pub fn length(self) -> YearsLong {
        let end = self.to.checked_add_days(Days::new(1)).unwrap_or(self.to);
        let mut years = 0;
        while anniversary(self.from, years + 1) <= end {
            years += 1;
        }
        let (start, next) = (anniversary(self.from, years), anniversary(self.from, years + 1));
        let year_days = u32::try_from((next - start).num_days()).unwrap_or(365);
        let days = u32::try_from((end - start).num_days()).unwrap_or(0);
        if days == 0 {
            return YearsLong { numerator: years, denominator: 1 };
        }
        YearsLong { numerator: years * year_days + days, denominator: year_days }
    }
}

impl YearsLong {
    /// How many a year, in hundredths: 917 for 55 in six years.
    pub fn rate_hundredths(self, count: u32) -> i64 {
        rounded(i128::from(count) * 100 * i128::from(self.denominator), i128::from(self.numerator.max(1)))
    }
}

impl Change {
    /// From a total of an earlier period to that of a later one.
    pub fn between(earlier: u32, later: u32) -> Self {
        let difference = i64::from(later) - i64::from(earlier);
        let hundredths = (earlier > 0).then(|| rounded(i128::from(difference) * 10_000, i128::from(earlier)));
        Self { difference, base: earlier, hundredths }
    }
}

/// The change of the yearly rate in hundredths of a percent; absent where the earlier total is 0.
pub fn rate_change_hundredths(earlier: (u32, YearsLong), later: (u32, YearsLong)) -> Option<i64> {
    let rate = |(count, length): (u32, YearsLong)| {
        (i128::from(count) * i128::from(length.denominator), i128::from(length.numerator.max(1)))
    };
    let ((before, before_base), (after, after_base)) = (rate(earlier), rate(later));
    let base = before * after_base;
    (base > 0).then(|| rounded((after * before_base - base) * 10_000, base))
}

/// The same day so many years later; 29 February becomes 1 March.
fn anniversary(day: Day, years: u32) -> Day {
    let year = day.year() + i32::try_from(years).unwrap_or(i32::MAX);
    Day::from_ymd_opt(year, day.month(), day.day()).or_else(|| Day::from_ymd_opt(year, 3, 1)).unwrap_or(Day::MAX)
}

/// The quotient with halves rounded away from zero; the divisor is positive.
fn rounded(dividend: i128, divisor: i128) -> i64 {
    let magnitude = (dividend.abs() * 2 + divisor) / (divisor * 2);
    i64::try_from(magnitude * dividend.signum()).unwrap_or(i64::MAX)
}
