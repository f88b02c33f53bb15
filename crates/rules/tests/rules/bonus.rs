//! Bonus money for several honours decided on one day.

use rules::bonus::{Conferred, Share, together};
use rules::facts::{Day, Subject};

use crate::files;

fn shares(day: &str, honours: &[(&str, Option<(i32, i32)>)]) -> Vec<(Share, Option<u64>)> {
    let law = files::nation();
    let conferred =
        |(award, period): &(&str, Option<(i32, i32)>)| Conferred { award: (*award).to_owned(), period: *period };
    let honours: Vec<Conferred> = honours.iter().map(conferred).collect();
    let day: Day = day.parse().expect("a day");
    let paid = together(&law, &honours, day, Subject::CaNhan);
    paid.into_iter().map(|paid| (paid.share, paid.amount.map(|amount| amount.dong))).collect()
}

#[test]
fn of_two_titles_for_one_year_only_the_higher_is_paid() {
    let both = [("lao-dong-tien-tien", Some((2025, 2025))), ("chien-si-thi-dua-co-so", Some((2025, 2025)))];
    assert_eq!(shares("2026-01-15", &both), [(Share::Absorbed, Some(710_000)), (Share::Paid, Some(2_340_000))]);
}

#[test]
fn titles_for_different_years_are_paid_each() {
    let both = [("lao-dong-tien-tien", Some((2024, 2024))), ("chien-si-thi-dua-co-so", Some((2025, 2025)))];
    assert_eq!(shares("2026-01-15", &both), [(Share::Paid, Some(710_000)), (Share::Paid, Some(2_340_000))]);
}

#[test]
fn a_title_and_a_certificate_are_paid_both() {
    let both = [("chien-si-thi-dua-co-so", Some((2025, 2025))), ("bang-khen-bo", Some((2024, 2025)))];
    assert_eq!(shares("2026-01-15", &both), [(Share::Paid, Some(2_340_000)), (Share::Paid, Some(3_510_000))]);
}

#[test]
fn where_the_rule_is_not_known_nothing_is_decided() {
    let both = [("lao-dong-tien-tien", Some((2024, 2024))), ("chien-si-thi-dua-co-so", Some((2024, 2024)))];
    let unknown: Vec<Share> = shares("2025-01-15", &both).into_iter().map(|(share, _)| share).collect();
    assert_eq!(unknown, [Share::Unknown, Share::Unknown]);
}

#[test]
fn a_title_whose_year_is_not_known_is_not_decided_beside_another() {
    let both = [("lao-dong-tien-tien", None), ("chien-si-thi-dua-co-so", Some((2025, 2025)))];
    let unknown: Vec<Share> = shares("2026-01-15", &both).into_iter().map(|(share, _)| share).collect();
    assert_eq!(unknown, [Share::Unknown, Share::Unknown]);
}
