//! The one place that knows what day it is; everything else is told.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Where the day and the instant come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// A chosen day with the machine's instants, for the demonstration.
    On(NaiveDate),
    /// A chosen instant that never moves.
    Still(DateTime<Utc>),
}

impl Clock {
    /// The instant, in UTC.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::Machine | Self::On(_) => Utc::now(),
            Self::Still(instant) => instant,
        }
    }

    /// The day in Asia/Ho_Chi_Minh, which has kept UTC+7 without summer time since 1975.
    pub fn today(self) -> NaiveDate {
        match self {
            Self::On(day) => day,
            Self::Machine | Self::Still(_) => day_of(self.now()),
        }
    }
}

/// The day in Asia/Ho_Chi_Minh to which an instant belongs.
pub fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    let hanoi = FixedOffset::east_opt(7 * 3600).expect("seven hours are an offset");
    instant.with_timezone(&hanoi).date_naive()
}

/// The time of that day in Asia/Ho_Chi_Minh, such as `14:05`.
pub fn time_of(instant: DateTime<Utc>) -> String {
    let hanoi = FixedOffset::east_opt(7 * 3600).expect("seven hours are an offset");
    instant.with_timezone(&hanoi).format("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};

    use super::Clock;

    #[test]
    fn an_evening_in_utc_is_the_next_day_in_hanoi() {
        let late: DateTime<Utc> = "2026-11-22T17:00:00Z".parse().expect("an instant");
        assert_eq!(Clock::Still(late).today(), NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day"));
    }
}
