//! Bonus money: a multiple of the base salary of the day of the decision, rounded up as the law of that day says.

use crate::facts::{Day, Subject};
use crate::law::{Law, Mark, Source, row_on};

/// The bonus paid with one honour, with both texts it rests on.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Amount {
    /// In đồng.
    pub dong: u64,
    pub base_salary: u64,
    /// The multiple in thousandths.
    pub thousandths: u64,
    pub multiple_source: Source,
    pub salary_source: Source,
    pub verified: bool,
}

/// What is paid for an honour decided on a day; none where the multiple or the salary of the day does not decide.
pub fn amount(law: &Law, award: &str, day: Day, subject: Subject) -> Option<Amount> {
    let bonus = law.award(award)?.bonus(day, subject).filter(|row| row.mark != Mark::Never)?;
    let salary = law.base_salary(day).filter(|row| row.mark != Mark::Never)?;
    let exact = salary.value * bonus.value.thousandths;
    let step = row_on(&law.rounding, day).filter(|row| row.mark != Mark::Never)?.value * 1_000;
    Some(Amount {
        dong: exact.div_ceil(step) * step / 1_000,
        base_salary: salary.value,
        thousandths: bonus.value.thousandths,
        multiple_source: bonus.source.clone(),
        salary_source: salary.source.clone(),
        verified: bonus.mark == Mark::Verified && salary.mark == Mark::Verified,
    })
}
