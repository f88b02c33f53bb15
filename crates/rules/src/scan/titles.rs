//! The years of some titles read together.

use crate::scan::asked::Row;
use crate::scan::panel::Panel;
use crate::scan::planes::WORD;

/// The columns of some titles; those that nobody holds are left out.
pub(crate) struct Titles<'s> {
    first: &'s [u64],
    more: Vec<&'s [u64]>,
}

impl<'s> Titles<'s> {
    /// The columns of honours by their numbers.
    pub fn new(panel: &'s Panel, awards: &[u16]) -> Self {
        let column = |award: &u16| panel.titles.get(usize::from(*award)).map(Vec::as_slice);
        let mut columns = awards.iter().filter_map(column).filter(|column| !column.is_empty());
        Titles { first: columns.next().unwrap_or_default(), more: columns.collect() }
    }

    /// The years in which a subject holds one of them.
    #[inline(always)]
    pub fn of(&self, row: &Row<'_, '_>) -> u64 {
        self.at(row.at)
    }

    /// Of the 64 subjects from a place on those whose years `may` accepts, as bits.
    #[inline(always)]
    pub fn holding(&self, at: usize, may: impl Fn(u64) -> bool) -> u64 {
        let bits = |years: &[u64; WORD]| (0..WORD).fold(0, |bits, place| bits | u64::from(may(years[place])) << place);
        match (self.more.as_slice(), self.first.get(at..).and_then(<[u64]>::first_chunk)) {
            ([], Some(years)) => bits(years),
            _ => bits(&std::array::from_fn(|place| self.at(at + place))),
        }
    }

    #[inline(always)]
    fn at(&self, at: usize) -> u64 {
        let of = |column: &[u64]| column.get(at).copied().unwrap_or_default();
        self.more.iter().fold(of(self.first), |years, column| years | of(column))
    }
}
