//! Bonus money: a multiple of the base salary of the day of the decision, rounded up as the law of that day says.

use crate::facts::{Day, Subject, Year};
use crate::law::{Class, Law, Mark, Row, Source, Together, TogetherRule, row_on};

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

/// One of several honours decided on a day for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conferred {
    pub award: String,
    /// First and last year of what it rewards; one year for a yearly title.
    pub period: Option<(Year, Year)>,
}

/// What one of several honours brings.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Paid {
    pub award: String,
    /// Absent where the multiple or the salary is not known.
    pub amount: Option<Amount>,
    pub share: Share,
    /// The text that lets only the highest be paid, or that is missing.
    pub source: Option<Source>,
}

/// Whether the bonus of an honour is paid beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    Paid,
    /// A higher one for the same period is paid instead.
    Absorbed,
    Unknown,
}

/// What is paid for several honours of one subject decided on the same day, in the order given.
pub fn together(law: &Law, honours: &[Conferred], day: Day, subject: Subject) -> Vec<Paid> {
    let amounts: Vec<Option<Amount>> = honours.iter().map(|one| amount(law, &one.award, day, subject)).collect();
    let rule = row_on(&law.together, day);
    let paid = honours.iter().enumerate().map(|(place, one)| {
        let rivals = honours.iter().enumerate().filter(|(other, _)| *other != place);
        let mut share = Share::Paid;
        for (other, rival) in rivals {
            let met = match binding(law, rule, one, rival) {
                TogetherRule::Each => Share::Paid,
                TogetherRule::Unknown => Share::Unknown,
                TogetherRule::Highest => outbid(&amounts, place, other),
            };
            share = match (share, met) {
                (Share::Absorbed, _) | (_, Share::Absorbed) => Share::Absorbed,
                (Share::Unknown, _) | (_, Share::Unknown) => Share::Unknown,
                _ => Share::Paid,
            };
        }
        let source = (share != Share::Paid).then(|| rule.map(|row| row.source.clone())).flatten();
        Paid { award: one.award.clone(), amount: amounts[place].clone(), share, source }
    });
    paid.collect()
}

/// The rule between two honours of one day: none binds those for different periods, nor two forms of commendation.
fn binding(law: &Law, rule: Option<&Row<Together>>, one: &Conferred, other: &Conferred) -> TogetherRule {
    let class = |honour: &Conferred| law.award(&honour.award).map(|award| award.class);
    let titles = [one, other].iter().filter(|honour| class(honour) == Some(Class::DanhHieu)).count();
    let Some(row) = rule.filter(|row| row.mark != Mark::Never) else { return TogetherRule::Unknown };
    match titles {
        0 => TogetherRule::Each,
        _ if one.period.is_some() && other.period.is_some() && one.period != other.period => TogetherRule::Each,
        2 if one.period.is_none() || other.period.is_none() => TogetherRule::Unknown,
        2 => row.value.titles,
        _ => row.value.title_and_form,
    }
}

/// Whether the bonus at one place gives way to that at another; of equal ones the first is paid.
fn outbid(amounts: &[Option<Amount>], place: usize, other: usize) -> Share {
    match (&amounts[place], &amounts[other]) {
        (Some(own), Some(rival)) if rival.dong > own.dong => Share::Absorbed,
        (Some(own), Some(rival)) if rival.dong == own.dong && other < place => Share::Absorbed,
        (Some(_), Some(_)) => Share::Paid,
        _ => Share::Unknown,
    }
}
