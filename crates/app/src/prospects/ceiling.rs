//! The ceiling of an honour in people: a share of those who meet the honour that it is counted from.

use rules::facts::Day;
use rules::law::Law;
use rules::layer;

/// A ceiling for a group, in people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceiling {
    pub percent: u32,
    /// The honour whose holders are the base.
    pub base: String,
    /// How many meet the standard of that honour.
    pub of: u32,
    /// The most that the share allows: never rounded up.
    pub most: u32,
}

/// The lowest ceiling of an honour on a day, `holders` telling how many meet another honour; none where the law sets
/// none that is a share of an honour.
pub fn lowest(law: &Law, award: &str, day: Day, holders: impl Fn(&str) -> u32) -> Option<Ceiling> {
    let ceilings = layer::ceilings(law.award(award)?, day).into_iter().filter_map(|quota| {
        let base = quota.value.base.clone()?;
        let of = holders(&base);
        let most = (u64::from(of) * u64::from(quota.value.percent) / 100) as u32;
        Some(Ceiling { percent: quota.value.percent, base, of, most })
    });
    ceilings.min_by_key(|ceiling| ceiling.most)
}
