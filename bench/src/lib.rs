//! What the measuring programs share: the laws that are asked, the people, and how a result is told.

pub mod law;
pub mod people;
pub mod result;

use rules::facts::Day;

/// The seed of everybody.
pub const SEED: u64 = 1;

/// The five honours of the comparison.
pub const FIVE: [&str; 5] = [
    "chien-si-thi-dua-bo",
    "chien-si-thi-dua-toan-quoc",
    "bang-khen-bo",
    "bang-khen-thu-tuong",
    "huan-chuong-lao-dong-ba",
];

/// The one rule of three conditions.
pub const ONE: [&str; 1] = ["mot-quy-tac"];

/// The day asked.
pub fn day() -> Day {
    Day::from_ymd_opt(2026, 3, 15).unwrap_or_default()
}
