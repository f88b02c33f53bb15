//! How Decree 30/2020/NĐ-CP writes numbers of documents and days.

use chrono::{Datelike, NaiveDate};

/// `Số: 05/QĐ-VPCP`: a number below ten has a nought before it (annex I, II.3.b); room is left where it is not given yet.
pub fn number_line(number: &str, symbol: &str) -> String {
    let number = number.trim();
    let is_single = number.len() == 1 && number.chars().all(|letter| letter.is_ascii_digit());
    match (number, is_single) {
        ("", _) => format!("Số:\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/{symbol}"),
        (_, true) => format!("Số: 0{number}/{symbol}"),
        (_, false) => format!("Số: {number}/{symbol}"),
    }
}

/// `ngày 05 tháng 01 năm 2020`: days below ten and the months one and two have a nought before them (annex I, II.4.b).
pub fn day_words(day: NaiveDate) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// `Hà Nội, ngày 05 tháng 01 năm 2020`.
pub fn place_and_day(place: &str, day: NaiveDate) -> String {
    format!("{place}, {}", day_words(day))
}
