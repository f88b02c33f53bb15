//! A period as people write it, in years or days, and a period that can be reported on.

use chrono::{Datelike, NaiveDate};
use store::reports::arithmetic::Period;

use crate::field;
use crate::language::Language;

/// The longest period of one report, in calendar years.
pub const LONGEST: i32 = 50;

/// One end of a period: a whole year or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Year(i32),
    Day(NaiveDate),
}

/// Why two ends make no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The last day lies before the first.
    Backwards,
    /// More than [`LONGEST`] years.
    TooLong,
    /// The period begins after the day of asking.
    NotBegun,
}

impl End {
    /// The first day of the year, or the day itself.
    pub fn first(self) -> NaiveDate {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN),
            Self::Day(day) => day,
        }
    }

    /// The year or the day as an address writes it.
    pub fn written(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// The last day of the year, or the day itself.
    pub fn last(self) -> NaiveDate {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX),
            Self::Day(day) => day,
        }
    }
}

impl Flaw {
    /// The text that says so.
    pub fn key(self) -> &'static str {
        match self {
            Self::Backwards => "period-wrong-order",
            Self::TooLong => "period-wrong-length",
            Self::NotBegun => "period-wrong-future",
        }
    }
}

/// What [`written`] has written in one word.
pub fn read(text: &str) -> Option<(End, End)> {
    end(text).map(|end| (end, end)).or_else(|| span(text))
}

/// `2015`, `2015-01-31` or `31/01/2015`.
pub fn end(text: &str) -> Option<End> {
    let text = text.trim();
    field::year(text).map(End::Year).or_else(|| field::day(text).map(End::Day))
}

/// The period between two ends, both included, as far as it has come by the day of asking.
pub fn between(from: End, to: End, day: NaiveDate) -> Result<Period, Flaw> {
    let (from, to) = (from.first(), to.last());
    if from > to {
        return Err(Flaw::Backwards);
    }
    if to.year() - from.year() >= LONGEST {
        return Err(Flaw::TooLong);
    }
    if from > day {
        return Err(Flaw::NotBegun);
    }
    Ok(Period { from, to: to.min(day) })
}

/// Two years or two days with a dash between them, as on the command line: `2006-2010`.
pub fn span(text: &str) -> Option<(End, End)> {
    // A day holds dashes of its own, so every dash may be the one in the middle.
    text.match_indices(['-', '–']).find_map(|(place, dash)| {
        let from = end(&text[..place])?;
        let to = end(&text[place + dash.len()..])?;
        matches!((from, to), (End::Year(_), End::Year(_)) | (End::Day(_), End::Day(_))).then_some((from, to))
    })
}

/// The period in words: `2015–2020` for whole years, else its days.
pub fn told(language: Language, period: Period) -> String {
    let (from, to) = (period.from, period.to);
    if (from.ordinal(), to.month(), to.day()) == (1, 12, 31) {
        return language.years(from.year(), to.year());
    }
    format!("{} – {}", language.day(from), language.day(to))
}

/// The period in one word of an address: `2015-2020`, `2015`, or its days.
pub fn written(period: Period) -> String {
    let (from, to) = (period.from, period.to);
    match (from.ordinal(), to.month(), to.day()) {
        (1, 12, 31) if from.year() == to.year() => from.year().to_string(),
        (1, 12, 31) => format!("{}-{}", from.year(), to.year()),
        _ if from == to => from.to_string(),
        _ => format!("{from}-{to}"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use store::reports::arithmetic::Period;

    use super::{End, Flaw, between, end, read, span, told, written};
    use crate::language::Language::{En, Vi};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn what_cannot_be_a_period_is_refused_for_its_own_reason() {
        let today = day("2026-11-23");
        assert_eq!(between(End::Year(2020), End::Year(2015), today), Err(Flaw::Backwards));
        assert_eq!(between(End::Year(1960), End::Year(2010), today), Err(Flaw::TooLong));
        assert_eq!(between(End::Year(2027), End::Year(2028), today), Err(Flaw::NotBegun));
        for text in ["2015-13-01", "15", "2015/01/01", "từ 2015", "", "2015-2020"] {
            assert_eq!(end(text), None, "{text}");
        }
        for text in ["2006", "2006-", "2006-2010-2011", "2006-2010-06-01", "trước"] {
            assert_eq!(span(text), None, "{text}");
        }
    }

    #[test]
    fn years_and_days_are_read_and_written_back() {
        assert_eq!(end("2015"), Some(End::Year(2015)));
        assert_eq!(end(" 16/06/2020 "), Some(End::Day(day("2020-06-16"))));
        assert_eq!(span("2006-2010"), Some((End::Year(2006), End::Year(2010))));
        assert_eq!(span("2006–2010"), Some((End::Year(2006), End::Year(2010))));
        let days = Some((End::Day(day("2015-01-01")), End::Day(day("2020-06-15"))));
        assert_eq!(span("2015-01-01-2020-06-15"), days);
        let years = between(End::Year(2015), End::Year(2020), day("2026-11-23")).expect("a period");
        assert_eq!((told(Vi, years), written(years)), ("2015–2020".to_owned(), "2015-2020".to_owned()));
    }

    #[test]
    fn a_period_that_has_not_ended_is_reported_up_to_the_day_of_asking() {
        let begun = between(End::Year(2015), End::Year(2020), day("2020-06-16")).expect("a period");
        assert_eq!(begun, Period { from: day("2015-01-01"), to: day("2020-06-16") });
        assert_eq!(told(Vi, begun), "01/01/2015 – 16/06/2020");
        assert_eq!(told(En, begun), "1 January 2015 – 16 June 2020");
        assert_eq!(written(begun), "2015-01-01-2020-06-16");
        for period in [begun, Period { from: begun.to, to: begun.to }] {
            let (from, to) = read(&written(period)).expect("a period");
            assert_eq!(Period { from: from.first(), to: to.last() }, period);
        }
    }
}
