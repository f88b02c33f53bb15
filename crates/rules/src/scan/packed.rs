//! How records lie in the columns of a snapshot, and how they are read back.

use chrono::{Datelike, NaiveDate};

use crate::facts::{Day, Group, Sex, Year};
use crate::scan::records::{AttestedRow, AwardRow, InitiativeRow};
use crate::scan::snapshot::BITS;

/// The lists of a subject.
pub(crate) const AWARDS: usize = 0;
pub(crate) const INITIATIVES: usize = 1;
pub(crate) const TITLE_DAYS: usize = 2;
pub(crate) const POSTS: usize = 3;
pub(crate) const CONFIRMED: usize = 4;
pub(crate) const LEAVE: usize = 5;
pub(crate) const DISCIPLINES: usize = 6;
pub(crate) const HOLDS: usize = 7;
/// How many there are.
pub(crate) const LISTS: usize = 8;

/// No day, in the packed form.
const OPEN: u32 = 0xFFFF;

/// The bit of a year in columns that begin with the year `first`; none outside their years.
#[inline(always)]
pub(crate) fn bit(year: Year, first: Year) -> Option<u64> {
    let place = i64::from(year) - i64::from(first);
    (0..i64::from(BITS)).contains(&place).then(|| 1 << place)
}

/// Sex and group in one byte.
pub(crate) fn who(sex: Option<Sex>, group: Option<Group>) -> u8 {
    let sex = match sex {
        None => 0,
        Some(Sex::Nam) => 1,
        Some(Sex::Nu) => 2,
    };
    sex | group.map_or(0, |group| group as u8 + 1) << 2
}

/// The sex that [`who`] packed.
pub(crate) fn sex(who: u8) -> Option<Sex> {
    match who & 3 {
        1 => Some(Sex::Nam),
        2 => Some(Sex::Nu),
        _ => None,
    }
}

/// The group that [`who`] packed, counted from 1; 0 where it is not known.
pub(crate) fn group(who: u8) -> u8 {
    who >> 2
}

/// The bits from one place to another, both included.
pub(crate) fn run(first: u32, last: u32) -> u128 {
    (u128::MAX << first) & (u128::MAX >> (127 - last))
}

/// An award as it lies in its two words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PackedAward {
    pub award: u16,
    decided: u32,
    /// The kind counted from 1; 0 where the decision does not name it.
    pub kind: u8,
    last: u32,
}

impl PackedAward {
    /// The words of an award of a number; none where it does not fit.
    pub fn words(award: u16, row: &AwardRow) -> Option<[u32; 2]> {
        let last = match row.period {
            Some((_, last)) => u32::try_from(last - FIRST_YEAR + 1).ok().filter(|last| (1..0xFFFF).contains(last))?,
            None => 0,
        };
        let kind = row.kind.map_or(0, |kind| kind as u32 + 1);
        Some([u32::from(award) << 16 | short(row.decided)?, kind << 16 | last])
    }

    pub fn read(words: &[u32]) -> Self {
        let (one, two) = (words[0], words[1]);
        PackedAward { award: (one >> 16) as u16, decided: one & 0xFFFF, kind: (two >> 16) as u8, last: two & 0xFFFF }
    }

    pub fn decided(&self) -> Day {
        long(self.decided)
    }

    /// The last year of the achievement, where the decision names it.
    pub fn last(&self) -> Option<Year> {
        (self.last != 0).then(|| self.last as Year + FIRST_YEAR - 1)
    }
}

/// An initiative as it lies in its word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PackedInitiative(pub u32);

impl PackedInitiative {
    /// An initiative that served the honours of a number; none where it does not fit.
    pub fn of(uses: u16, row: &InitiativeRow) -> Option<Self> {
        let year = u32::try_from(row.year - FIRST_YEAR).ok().filter(|year| *year <= 0xFF)?;
        Some(PackedInitiative(year << 24 | (row.scope as u32) << 20 | (row.sort as u32) << 16 | u32::from(uses)))
    }

    pub fn year(self) -> Year {
        (self.0 >> 24) as Year + FIRST_YEAR
    }

    pub fn scope(self) -> u8 {
        (self.0 >> 20 & 15) as u8
    }

    pub fn sort(self) -> u8 {
        (self.0 >> 16 & 15) as u8
    }

    /// The number of the honours for which it has served.
    pub fn uses(self) -> u16 {
        self.0 as u16
    }
}

/// From one day to another in one word; none where a day does not fit.
pub(crate) fn between(from: Day, to: Option<Day>) -> Option<u32> {
    Some(short(from)? << 16 | until(to)?)
}

/// A last day in two bytes; none where it does not fit.
pub(crate) fn until(to: Option<Day>) -> Option<u32> {
    to.map_or(Some(OPEN), short)
}

/// From one day to another as they lie in one word; an open end is none.
pub(crate) fn days(word: u32) -> (Day, Option<Day>) {
    let to = word & 0xFFFF;
    (long(word >> 16), (to != OPEN).then(|| long(to)))
}

/// A confirmation as it lies in its word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PackedConfirmation(pub u32);

impl PackedConfirmation {
    /// What was said of the condition of a number; none where it does not fit.
    pub fn of(condition: u16, row: &AttestedRow) -> Option<Self> {
        Some(PackedConfirmation(short(row.on)? << 16 | u32::from(condition) << 1 | u32::from(row.value)))
    }

    pub fn condition(self) -> u16 {
        (self.0 as u16) >> 1
    }

    pub fn value(self) -> bool {
        self.0 & 1 != 0
    }

    pub fn on(self) -> Day {
        long(self.0 >> 16)
    }
}

/// Years in packed lists are counted from here.
const FIRST_YEAR: Year = 1900;

/// 1 January 1900, from which days in packed lists are counted, as days since the start of the era.
const EPOCH: i32 = 693_596;

/// A day in two bytes; none where it does not fit.
pub(crate) fn short(day: Day) -> Option<u32> {
    u32::try_from(day.num_days_from_ce() - EPOCH).ok().filter(|days| *days < OPEN)
}

/// The day that [`short`] packed.
pub(crate) fn long(days: u32) -> Day {
    // Every day that fits two bytes is one of the calendar.
    NaiveDate::from_num_days_from_ce_opt(EPOCH + days as i32).unwrap_or_default()
}
