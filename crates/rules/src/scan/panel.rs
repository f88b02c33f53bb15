//! The columns of some subjects of one kind that stand together.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::facts::{Facts, MembersFact};
use crate::scan::packed::{self, LISTS, PackedAward};

/// The kinds of record that can be declared whole.
pub(crate) const KINDS: usize = 10;

/// In which years each kind of record is whole, as bits; the last bit is the year of the day.
pub(crate) type Whole = [u128; KINDS];

/// The columns; what the snapshot does not read is empty.
#[derive(Debug, Default)]
pub(crate) struct Panel {
    /// Years with a grade, and with each grade from `hoan-thanh` upwards or better.
    pub graded: [Vec<u64>; 4],
    /// By number of the honour: the years of the title; an empty column where nobody holds it.
    pub titles: Vec<Vec<u64>>,
    pub registered: Vec<u64>,
    /// Days since the start of the era; [`i32::MIN`] where not known.
    pub recruited: Vec<i32>,
    /// The first year in which there can be records; [`i16::MIN`] where not known.
    pub life: Vec<i16>,
    /// Sex and group, see [`packed`].
    pub who: Vec<u8>,
    /// The place of the years for which records are whole in `wholes`.
    pub whole: Vec<u32>,
    pub wholes: Vec<Whole>,
    pub lists: [List; LISTS],
    /// Of a collective: its members in the year under review.
    pub members: BTreeMap<u32, MembersFact>,
    /// Subjects whose records do not fit the columns; the explainer answers for them.
    pub odd: BTreeMap<u32, Facts>,
}

/// The words of one list of every subject, one after the other.
#[derive(Debug, Default)]
pub(crate) struct List {
    /// Where each subject's words end; before the first stands 0.
    pub ends: Vec<u32>,
    pub words: Vec<u32>,
}

impl List {
    /// The words of a subject.
    #[inline(always)]
    pub fn of(&self, at: usize) -> &[u32] {
        match self.ends.get(at..at + 2) {
            Some(ends) => &self.words[ends[0] as usize..ends[1] as usize],
            None => &[],
        }
    }

    fn lay(&mut self, at: &Range<usize>, other: &List) {
        if other.ends.is_empty() {
            return;
        }
        if self.ends.is_empty() {
            self.ends.push(0);
        }
        let (from, to) = (self.ends[at.start], self.ends[at.end]);
        self.words.splice(from as usize..to as usize, other.words.iter().copied());
        self.ends.splice(at.start + 1..at.end + 1, other.ends[1..].iter().map(|end| from + end));
        let (more, less) = (other.words.len() as u32, to - from);
        if more != less {
            let after = at.start + other.ends.len();
            self.ends[after..].iter_mut().for_each(|end| *end = *end - less + more);
        }
    }
}

impl Panel {
    /// How many subjects.
    pub fn count(&self) -> usize {
        self.whole.len()
    }

    /// One of the packed lists of a subject, see [`packed`].
    #[inline(always)]
    pub fn list(&self, at: usize, which: usize) -> &[u32] {
        self.lists[which].of(at)
    }

    /// The awards of a subject decided by the day, in the order of the record.
    pub fn awards(&self, at: usize) -> impl Iterator<Item = PackedAward> {
        self.list(at, packed::AWARDS).chunks_exact(2).map(PackedAward::read)
    }

    /// Lays another panel in the place of some subjects; an empty range at the end adds its subjects.
    pub fn lay(&mut self, at: Range<usize>, other: Panel) {
        fn lay<T: Copy>(mine: &mut Vec<T>, at: &Range<usize>, other: &[T]) {
            if !other.is_empty() {
                mine.splice(at.clone(), other.iter().copied());
            }
        }
        let (before, count) = (self.count(), other.count());
        self.titles.resize_with(self.titles.len().max(other.titles.len()), Vec::new);
        for (number, mine) in self.titles.iter_mut().enumerate() {
            let theirs = other.titles.get(number).map_or(&[][..], Vec::as_slice);
            if mine.is_empty() && theirs.is_empty() {
                continue;
            }
            mine.resize(before, 0);
            let none = if theirs.is_empty() { count } else { 0 };
            mine.splice(at.clone(), theirs.iter().copied().chain(std::iter::repeat_n(0, none)));
        }
        let whole: Vec<u32> = other.wholes.iter().map(|whole| self.whole_number(whole)).collect();
        self.whole.splice(at.clone(), other.whole.iter().map(|number| whole[*number as usize]));
        self.graded.iter_mut().zip(&other.graded).for_each(|(mine, theirs)| lay(mine, &at, theirs));
        lay(&mut self.registered, &at, &other.registered);
        lay(&mut self.recruited, &at, &other.recruited);
        lay(&mut self.life, &at, &other.life);
        lay(&mut self.who, &at, &other.who);
        self.lists.iter_mut().zip(&other.lists).for_each(|(mine, theirs)| mine.lay(&at, theirs));
        let shifted = |row: u32| row + at.start as u32;
        self.members.retain(|row, _| !at.contains(&(*row as usize)));
        self.members.extend(other.members.into_iter().map(|(row, members)| (shifted(row), members)));
        self.odd.retain(|row, _| !at.contains(&(*row as usize)));
        self.odd.extend(other.odd.into_iter().map(|(row, facts)| (shifted(row), facts)));
    }

    fn whole_number(&mut self, whole: &Whole) -> u32 {
        let known = self.wholes.iter().position(|known| known == whole);
        let number = known.unwrap_or(self.wholes.len());
        if known.is_none() {
            self.wholes.push(*whole);
        }
        number as u32
    }

    /// The bytes that the columns take.
    pub fn bytes(&self) -> usize {
        let years = self.graded.iter().chain(&self.titles).map(Vec::len).sum::<usize>() + self.registered.len();
        let small = self.who.len() + 2 * self.life.len();
        let lists = self.lists.iter().map(|list| list.ends.len() + list.words.len()).sum::<usize>();
        let fours = self.recruited.len() + self.whole.len() + lists;
        8 * years + small + 4 * fours + self.wholes.len() * size_of::<Whole>()
    }
}
