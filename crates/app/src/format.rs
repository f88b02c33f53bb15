//! How numbers, shares, money and days are written in each language; nothing else in the program formats them.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

use crate::language::Language;

impl Language {
    /// A whole number with its thousands grouped: `1.234` or `1,234`.
    pub fn number(self, number: i64) -> String {
        let separator = match self {
            Self::Vi => '.',
            Self::En => ',',
        };
        let digits = number.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if number < 0 {
            grouped.push('−');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A number given in hundredths, without trailing zeros: 4103 is `41,03` or `41.03`, 8750 is `87,5`.
    pub fn hundredths(self, hundredths: i64) -> String {
        let point = match self {
            Self::Vi => ',',
            Self::En => '.',
        };
        let fraction = format!("{:02}", hundredths.unsigned_abs() % 100);
        let sign = if hundredths < 0 { "−" } else { "" };
        let whole = self.number((hundredths / 100).abs());
        match fraction.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            digits => format!("{sign}{whole}{point}{digits}"),
        }
    }

    /// A percentage given in hundredths of a percent: 4103 is `41,03%`.
    pub fn percent(self, hundredths: i64) -> String {
        format!("{}%", self.hundredths(hundredths))
    }

    /// The share of `part` in `whole` as a percentage, cut rather than rounded so that it never seems to reach a threshold
    /// that it does not reach; a dash where the whole is nothing.
    pub fn share(self, part: u64, whole: u64) -> String {
        match (part * 10_000).checked_div(whole) {
            Some(hundredths) => self.percent(hundredths as i64),
            None => "–".to_owned(),
        }
    }

    /// The change from `base` to `now` as a signed percentage, rounded to the nearest hundredth: 39 to 55 is `+41,03%`;
    /// a dash where there is nothing to compare with.
    pub fn change(self, base: i64, now: i64) -> String {
        match change_hundredths(base, now) {
            Some(hundredths) if hundredths > 0 => format!("+{}", self.percent(hundredths)),
            Some(hundredths) => self.percent(hundredths),
            None => "–".to_owned(),
        }
    }

    /// An amount in whole đồng: `1.800.000 đồng` or `VND 1,800,000`.
    pub fn money(self, dong: i64) -> String {
        match self {
            Self::Vi => format!("{} đồng", self.number(dong)),
            Self::En => format!("VND {}", self.number(dong)),
        }
    }

    /// A day: `23/11/2026` or `23 November 2026`.
    pub fn day(self, day: NaiveDate) -> String {
        self.pick(&rules::words::day(day)).to_owned()
    }

    /// An instant as the clocks of Hà Nội show it: `23/11/2026 09:05`.
    pub fn moment(self, at: DateTime<Utc>) -> String {
        let there = at + TimeDelta::hours(7);
        format!("{} {}", self.day(there.date_naive()), there.format("%H:%M"))
    }

    /// A day with its weekday: `Thứ Hai, 23/11/2026` or `Monday, 23 November 2026`.
    pub fn weekday(self, day: NaiveDate) -> String {
        let name = match (self, day.weekday()) {
            (Self::Vi, Weekday::Mon) => "Thứ Hai",
            (Self::Vi, Weekday::Tue) => "Thứ Ba",
            (Self::Vi, Weekday::Wed) => "Thứ Tư",
            (Self::Vi, Weekday::Thu) => "Thứ Năm",
            (Self::Vi, Weekday::Fri) => "Thứ Sáu",
            (Self::Vi, Weekday::Sat) => "Thứ Bảy",
            (Self::Vi, Weekday::Sun) => "Chủ Nhật",
            (Self::En, Weekday::Mon) => "Monday",
            (Self::En, Weekday::Tue) => "Tuesday",
            (Self::En, Weekday::Wed) => "Wednesday",
            (Self::En, Weekday::Thu) => "Thursday",
            (Self::En, Weekday::Fri) => "Friday",
            (Self::En, Weekday::Sat) => "Saturday",
            (Self::En, Weekday::Sun) => "Sunday",
        };
        format!("{name}, {}", self.day(day))
    }

    /// A span of years: `2015–2020`, or one year alone.
    pub fn years(self, from: i32, to: i32) -> String {
        if from == to { from.to_string() } else { format!("{from}–{to}") }
    }
}

/// The change from `base` to `now` in hundredths of a percent, rounded half away from zero; nothing for a base of nought.
pub fn change_hundredths(base: i64, now: i64) -> Option<i64> {
    if base == 0 {
        return None;
    }
    let scaled = (now - base) * 10_000;
    let half = base.abs() / 2 * scaled.signum();
    Some((scaled + half) / base.abs())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::change_hundredths;
    use crate::language::Language::{En, Vi};

    #[test]
    fn a_change_from_nothing_has_no_percentage() {
        assert_eq!(change_hundredths(0, 7), None);
        assert_eq!(Vi.change(0, 7), "–");
    }

    #[test]
    fn the_report_prints_forty_one_point_oh_three() {
        assert_eq!(change_hundredths(39, 55), Some(4103));
        assert_eq!(Vi.change(39, 55), "+41,03%");
        assert_eq!(En.change(39, 55), "+41.03%");
        assert_eq!(Vi.change(55, 39), "−29,09%");
    }

    #[test]
    fn a_share_just_below_a_threshold_is_not_rounded_up_to_it() {
        assert_eq!(Vi.share(699_999, 1_000_000), "69,99%");
        assert_eq!(Vi.share(42, 48), "87,5%");
        assert_eq!(En.share(1, 2), "50%");
        assert_eq!(Vi.share(0, 0), "–");
    }

    #[test]
    fn numbers_money_and_days_follow_the_language() {
        assert_eq!(Vi.number(1_234_567), "1.234.567");
        assert_eq!(En.number(-1_234), "−1,234");
        assert_eq!(Vi.hundredths(-5), "−0,05");
        assert_eq!(Vi.money(1_800_000), "1.800.000 đồng");
        assert_eq!(En.money(1_800_000), "VND 1,800,000");
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        assert_eq!(Vi.weekday(day), "Thứ Hai, 23/11/2026");
        assert_eq!(En.weekday(day), "Monday, 23 November 2026");
        assert_eq!(Vi.years(2015, 2020), "2015–2020");
    }
}
