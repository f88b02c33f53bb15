//! One subject's records packed for the columns of a snapshot, and how the packed lists are read back.

use chrono::{Datelike, NaiveDate};

use crate::ask::{grade_day, title_day, year_end};
use crate::facts::{Day, Facts, Grade, Group, InitiativeFact, MembersFact, Sex, Year};
use crate::scan::names::{BETWEEN, NO_USE, Names};
use crate::scan::snapshot::{BITS, KINDS, WHOLE_BITS, Whole};

/// The lists behind a subject, in the order in which they lie; the number is the place of their count.
pub(crate) const AWARDS: usize = 0;
pub(crate) const INITIATIVES: usize = 1;
pub(crate) const TITLE_DAYS: usize = 2;
pub(crate) const POSTS: usize = 3;
pub(crate) const CONFIRMED: usize = 4;
pub(crate) const LEAVE: usize = 5;
pub(crate) const DISCIPLINES: usize = 6;
pub(crate) const HOLDS: usize = 7;

/// How many words one record of each list takes.
const WIDTHS: [usize; 8] = [2, 1, 1, 2, 1, 2, 2, 1];
/// The words before the lists: the counts, one byte each.
const HEAD: usize = 2;
/// No day, in the packed form.
pub(crate) const OPEN: u32 = 0xFFFF;

/// Everything of one subject that a snapshot keeps.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    pub graded: [u64; 4],
    /// By number of the honour, each once.
    pub titles: Vec<(u16, u64)>,
    pub registered: u64,
    pub recruited: Option<Day>,
    pub life: i16,
    pub who: u8,
    pub whole: Whole,
    pub tail: Vec<u32>,
    pub members: Option<MembersFact>,
}

/// Packs what is known of a subject on a day; none where a record does not fit the columns.
pub(crate) fn pack(names: &mut Names, facts: &Facts, day: Day) -> Option<Packed> {
    let mut packed = Packed {
        registered: registered(facts, day)?,
        recruited: facts.recruited,
        life: match facts.recruited.or(facts.born) {
            Some(first) => i16::try_from(first.year()).ok().filter(|year| *year != i16::MIN)?,
            None => i16::MIN,
        },
        who: who(facts.sex, facts.group),
        whole: whole(facts, day)?,
        ..Packed::default()
    };
    graded(&mut packed, facts, day)?;
    let mut lists = Lists::default();
    titles(&mut packed, &mut lists, names, facts, day)?;
    awards(&mut lists, names, facts, day)?;
    initiatives(&mut lists, names, facts, day)?;
    spans(&mut lists, names, facts, day)?;
    confirmed(&mut lists, names, facts, day)?;
    packed.tail = lists.joined()?;
    let review = review_year(&packed.graded, day);
    packed.members = facts.members.iter().find(|fact| fact.year == review && fact.total > 0).cloned();
    Some(packed)
}

/// The year under review: this year once its grade is decided, else last year.
pub(crate) fn review_year(graded: &[u64; 4], day: Day) -> Year {
    day.year() - i32::from(graded[0] >> (BITS - 1) == 0)
}

/// The bit of a year in the columns of a day; none outside their years.
pub(crate) fn bit(year: Year, day: Day) -> Option<u64> {
    let place = year.checked_sub(day.year())?.checked_add(BITS - 1)?;
    (0..BITS).contains(&place).then(|| 1 << place)
}

fn registered(facts: &Facts, day: Day) -> Option<u64> {
    // A registration for a year to come is asked for by nothing on the day.
    let years = facts.registrations.iter().filter(|year| **year <= day.year());
    years.map(|year| bit(*year, day)).try_fold(0, |bits, bit| Some(bits | bit?))
}

fn who(sex: Option<Sex>, group: Option<Group>) -> u8 {
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

fn whole(facts: &Facts, day: Day) -> Option<Whole> {
    let mut whole = [0; KINDS];
    let first = day.year() - WHOLE_BITS + 1;
    for (kind, ranges) in &facts.complete {
        for (from, to) in ranges.iter().map(|&(from, to)| (from, to.min(day.year()))) {
            if from > to {
                continue;
            }
            if from < first {
                return None;
            }
            whole[*kind as usize] |= run((from - first) as u32, (to - first) as u32);
        }
    }
    Some(whole)
}

/// The bits from one place to another, both included.
pub(crate) fn run(first: u32, last: u32) -> u128 {
    (u128::MAX << first) & (u128::MAX >> (127 - last))
}

fn graded(packed: &mut Packed, facts: &Facts, day: Day) -> Option<()> {
    for fact in facts.grades.iter().filter(|fact| grade_day(fact) <= day) {
        let bit = bit(fact.year, day)?;
        let reached = [true, fact.grade >= Grade::HoanThanh, fact.grade >= Grade::Tot, fact.grade >= Grade::XuatSac];
        for (years, reached) in packed.graded.iter_mut().zip(reached) {
            *years = if reached { *years | bit } else { *years & !bit };
        }
    }
    Some(())
}

/// One honour while the titles of a subject are collected.
struct Held<'f> {
    id: &'f str,
    award: u16,
    years: u64,
    decided: u32,
}

fn titles(packed: &mut Packed, lists: &mut Lists, names: &mut Names, facts: &Facts, day: Day) -> Option<()> {
    let mut held: Vec<Held<'_>> = Vec::new();
    for fact in facts.titles.iter().filter(|fact| title_day(fact) <= day) {
        let (years, decided) = (bit(fact.year, day)?, short(title_day(fact))?);
        match held.iter_mut().find(|known| known.id == fact.award) {
            Some(known) => {
                known.years |= years;
                known.decided = known.decided.max(decided);
            }
            None => {
                held.push(Held { id: &fact.award, award: names.awards.take(&fact.award, u16::MAX)?, years, decided })
            }
        }
    }
    lists.of[TITLE_DAYS].extend(held.iter().map(|known| u32::from(known.award) << 16 | known.decided));
    packed.titles = held.iter().map(|known| (known.award, known.years)).collect();
    Some(())
}

fn awards(lists: &mut Lists, names: &mut Names, facts: &Facts, day: Day) -> Option<()> {
    for fact in facts.awards.iter().filter(|fact| fact.decided <= day) {
        let award = u32::from(names.awards.take(&fact.award, u16::MAX)?);
        let kind = fact.kind.map_or(0, |kind| kind as u32 + 1);
        let last = match fact.period {
            Some((_, last)) => u32::try_from(last - FIRST_YEAR + 1).ok().filter(|last| (1..0xFFFF).contains(last))?,
            None => 0,
        };
        lists.of[AWARDS].extend([award << 16 | short(fact.decided)?, kind << 16 | last]);
    }
    Some(())
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

fn initiatives(lists: &mut Lists, names: &mut Names, facts: &Facts, day: Day) -> Option<()> {
    let recognised = |fact: &&InitiativeFact| fact.decided.unwrap_or_else(|| year_end(fact.year)) <= day;
    for fact in facts.initiatives.iter().filter(recognised) {
        bit(fact.year, day)?;
        let year = u32::try_from(fact.year - FIRST_YEAR).ok().filter(|year| *year <= 0xFF)?;
        let uses = match fact.used_for.as_slice() {
            [] => NO_USE,
            used => names.uses.take(&used.join(&BETWEEN.to_string()), u16::MAX)?,
        };
        lists.of[INITIATIVES].push(year << 24 | (fact.scope as u32) << 20 | (fact.sort as u32) << 16 | u32::from(uses));
    }
    Some(())
}

/// An initiative as it lies in its word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PackedInitiative(pub u32);

impl PackedInitiative {
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

/// Measures, holds, posts and leave: records from a day to a day.
fn spans(lists: &mut Lists, names: &mut Names, facts: &Facts, day: Day) -> Option<()> {
    let last = |to: Option<Day>| to.map_or(Some(OPEN), short);
    for fact in facts.disciplines.iter().filter(|fact| fact.from <= day) {
        lists.of[DISCIPLINES].extend([short(fact.from)? << 16 | last(fact.to)?, fact.kind as u32]);
    }
    for fact in facts.holds.iter().filter(|fact| fact.from <= day && fact.to.is_none_or(|to| to >= day)) {
        lists.of[HOLDS].push((fact.kind as u32) << 16 | last(fact.to)?);
    }
    for fact in facts.posts.iter().filter(|fact| fact.from <= day) {
        let post = u32::from(names.posts.take(&fact.post, u16::MAX)?);
        lists.of[POSTS].extend([short(fact.from)? << 16 | last(fact.to)?, post]);
    }
    let review = NaiveDate::from_ymd_opt(day.year() - 1, 1, 1)?;
    for fact in facts.leave.iter().filter(|fact| fact.from <= day && fact.to.is_none_or(|to| to >= review)) {
        lists.of[LEAVE].extend([short(fact.from)? << 16 | last(fact.to)?, fact.kind as u32]);
    }
    Some(())
}

/// From one day to another as they lie in one word; an open end is none.
pub(crate) fn days(word: u32) -> (Day, Option<Day>) {
    let to = word & 0xFFFF;
    (long(word >> 16), (to != OPEN).then(|| long(to)))
}

fn confirmed(lists: &mut Lists, names: &mut Names, facts: &Facts, day: Day) -> Option<()> {
    for fact in facts.attested.iter().filter(|fact| fact.on <= day) {
        let condition = u32::from(names.confirmed.take(&fact.condition, i16::MAX as u16)?);
        lists.of[CONFIRMED].push(short(fact.on)? << 16 | condition << 1 | u32::from(fact.value));
    }
    Some(())
}

/// A confirmation as it lies in its word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PackedConfirmation(pub u32);

impl PackedConfirmation {
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
fn short(day: Day) -> Option<u32> {
    u32::try_from(day.num_days_from_ce() - EPOCH).ok().filter(|days| *days < OPEN)
}

/// The day that [`short`] packed.
pub(crate) fn long(days: u32) -> Day {
    // Every day that fits two bytes is one of the calendar.
    NaiveDate::from_num_days_from_ce_opt(EPOCH + days as i32).unwrap_or_default()
}

/// The lists of one subject while they are collected.
#[derive(Debug, Default)]
struct Lists {
    of: [Vec<u32>; 8],
}

impl Lists {
    /// The counts and the lists one after the other; empty where there are none, none where one is too long.
    fn joined(&self) -> Option<Vec<u32>> {
        if self.of.iter().all(Vec::is_empty) {
            return Some(Vec::new());
        }
        let mut counts: u64 = 0;
        for (list, (words, width)) in self.of.iter().zip(WIDTHS).enumerate() {
            let count = u8::try_from(words.len() / width).ok()?;
            counts |= u64::from(count) << (8 * list);
        }
        let mut joined = vec![counts as u32, (counts >> 32) as u32];
        self.of.iter().for_each(|words| joined.extend(words));
        Some(joined)
    }
}

/// How many words the lists that begin here take, counts included.
pub(crate) fn length(words: &[u32]) -> usize {
    HEAD + (0..WIDTHS.len()).map(|list| count(words, list) * WIDTHS[list]).sum::<usize>()
}

#[inline(always)]
fn count(words: &[u32], list: usize) -> usize {
    (words[list / 4] >> (8 * (list % 4)) & 0xFF) as usize
}

/// One list of those that begin here.
#[inline(always)]
pub(crate) fn list(words: &[u32], which: usize) -> &[u32] {
    let begin = HEAD + (0..which).map(|list| count(words, list) * WIDTHS[list]).sum::<usize>();
    &words[begin..begin + count(words, which) * WIDTHS[which]]
}
