//! Sets of the subjects of one block, and what one question comes to for them, one bit for each subject.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, Not};

use crate::scan::cell::{Code, MET, NOT_MET, TOLD, UNKNOWN, UNTOUCHED};

/// How many subjects are judged together: what is found for them stays in the near caches.
pub(crate) const BLOCK: usize = 256;

/// The subjects that lie in one word of a set.
pub(crate) const WORD: usize = 64;

/// Some subjects of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Set(pub [u64; BLOCK / WORD]);

impl Set {
    pub const EMPTY: Set = Set([0; BLOCK / WORD]);
    pub const ALL: Set = Set([u64::MAX; BLOCK / WORD]);

    /// The first so many subjects.
    pub fn first(count: usize) -> Self {
        let bits = |word: usize| match count.saturating_sub(word * WORD) {
            0 => 0,
            left if left < WORD => (1 << left) - 1,
            _ => u64::MAX,
        };
        Set(std::array::from_fn(bits))
    }

    /// One subject alone.
    pub fn only(place: usize) -> Self {
        let mut set = Set::EMPTY;
        set.insert(place);
        set
    }

    pub fn insert(&mut self, place: usize) {
        self.0[place / WORD] |= 1 << (place % WORD);
    }

    pub fn remove(&mut self, place: usize) {
        self.0[place / WORD] &= !(1 << (place % WORD));
    }

    #[inline(always)]
    pub fn has(&self, place: usize) -> bool {
        self.0[place / WORD] >> (place % WORD) & 1 != 0
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The other within `of`.
    pub fn or(self, other: Set, of: Set) -> Set {
        (self & !of) | (other & of)
    }

    /// The places of the subjects, in order.
    #[inline(always)]
    pub fn places(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| Bits(bits).map(move |bit| word * WORD + bit))
    }
}

/// The bits of a word that are set, from the lowest.
pub(crate) struct Bits(pub u64);

impl Iterator for Bits {
    type Item = usize;

    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0.wrapping_sub(1);
        (bit < WORD).then_some(bit)
    }
}

impl BitAnd for Set {
    type Output = Set;

    fn bitand(mut self, other: Set) -> Set {
        self &= other;
        self
    }
}

impl BitOr for Set {
    type Output = Set;

    fn bitor(mut self, other: Set) -> Set {
        self |= other;
        self
    }
}

impl Not for Set {
    type Output = Set;

    fn not(self) -> Set {
        Set(self.0.map(|word| !word))
    }
}

impl BitAndAssign for Set {
    fn bitand_assign(&mut self, other: Set) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word &= other);
    }
}

impl BitOrAssign for Set {
    fn bitor_assign(&mut self, other: Set) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }
}

/// Who meets something and who fails it; for the others it is unknown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trits {
    pub met: Set,
    pub failed: Set,
}

impl Trits {
    pub const UNKNOWN: Trits = Trits { met: Set::EMPTY, failed: Set::EMPTY };
    pub const MET: Trits = Trits { met: Set::ALL, failed: Set::EMPTY };
    pub const FAILED: Trits = Trits { met: Set::EMPTY, failed: Set::ALL };

    /// The worse of both.
    pub fn worst(self, other: Trits) -> Trits {
        Trits { met: self.met & other.met, failed: self.failed | other.failed }
    }

    /// The better of both.
    pub fn best(self, other: Trits) -> Trits {
        Trits { met: self.met | other.met, failed: self.failed & other.failed }
    }

    pub fn opposite(self) -> Trits {
        Trits { met: self.failed, failed: self.met }
    }

    /// The other for the subjects of a set.
    pub fn or(self, other: Trits, set: Set) -> Trits {
        Trits { met: self.met.or(other.met, set), failed: self.failed.or(other.failed, set) }
    }

    /// Never better than unknown for the subjects of a set.
    pub fn unmet_for(self, set: Set) -> Trits {
        Trits { met: self.met & !set, failed: self.failed }
    }

    /// The subjects for whom the two differ.
    pub fn differs(self, other: Trits) -> Set {
        let differ = |one: Set, two: Set| (one & !two) | (two & !one);
        differ(self.met, other.met) | differ(self.failed, other.failed)
    }

    #[inline(always)]
    pub fn of(&self, place: usize) -> u8 {
        match (self.met.has(place), self.failed.has(place)) {
            (true, _) => MET,
            (_, true) => NOT_MET,
            _ => UNKNOWN,
        }
    }
}

/// Verdict, verdict under the last loaded values, and marks, as [`Code`] holds them for one subject.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Planes {
    pub verdict: Trits,
    pub leaning: Trits,
    pub told: Set,
    pub untouched: Set,
}

impl Planes {
    pub const UNKNOWN: Planes =
        Planes { verdict: Trits::UNKNOWN, leaning: Trits::UNKNOWN, told: Set::EMPTY, untouched: Set::EMPTY };

    /// One code for all.
    pub fn same(code: Code) -> Self {
        let set = |holds: bool| if holds { Set::ALL } else { Set::EMPTY };
        let trits = |verdict: u8| Trits { met: set(verdict == MET), failed: set(verdict == NOT_MET) };
        Planes {
            verdict: trits(code.verdict()),
            leaning: trits(code.leaning()),
            told: set(code.told()),
            untouched: set(code.untouched()),
        }
    }

    /// Puts the codes of the subjects `need` of one word in their places.
    #[inline]
    pub fn put(&mut self, word: usize, need: u64, codes: &[u8; WORD]) {
        let [unknown, met, leaning_unknown, leaning_met, told, untouched] = turned(codes);
        let put = |set: &mut Set, bits: u64| set.0[word] = (set.0[word] & !need) | (bits & need);
        put(&mut self.verdict.met, met);
        put(&mut self.verdict.failed, !(met | unknown));
        put(&mut self.leaning.met, leaning_met);
        put(&mut self.leaning.failed, !(leaning_met | leaning_unknown));
        put(&mut self.told, told);
        put(&mut self.untouched, untouched);
    }

    /// The other for the subjects of a set.
    pub fn or(self, other: Planes, set: Set) -> Planes {
        Planes {
            verdict: self.verdict.or(other.verdict, set),
            leaning: self.leaning.or(other.leaning, set),
            told: self.told.or(other.told, set),
            untouched: self.untouched.or(other.untouched, set),
        }
    }

    /// The code of one subject.
    pub fn code(&self, place: usize) -> Code {
        let mark = |set: &Set, mark: u8| if set.has(place) { mark } else { 0 };
        let marks = mark(&self.told, TOLD) | mark(&self.untouched, UNTOUCHED);
        Code(self.verdict.of(place) | self.leaning.of(place) << 2 | marks)
    }
}

/// The codes of 64 subjects turned on their side: of each bit of the codes one word with the bit of each subject.
#[inline]
fn turned(codes: &[u8; WORD]) -> [u64; 6] {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Multiplied so, the lowest bits of eight bytes come to lie side by side in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut words = [0; 6];
    for (place, eight) in codes.as_chunks::<8>().0.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        for (bit, word) in words.iter_mut().enumerate() {
            *word |= ((eight >> bit & ONES).wrapping_mul(GATHER) >> 56) << (8 * place);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_from_their_planes() {
        let codes: [u8; WORD] =
            std::array::from_fn(|place| [0, 1, 2][place % 3] | [0, 4, 8][place / 3 % 3] | (place as u8 & 0x30));
        let mut planes = Planes::UNKNOWN;
        planes.put(2, u64::MAX, &codes);
        let back: [u8; WORD] = std::array::from_fn(|place| planes.code(2 * WORD + place).0);
        assert_eq!(back, codes);
        planes.put(2, 1, &[2; WORD]);
        assert_eq!((planes.code(128).0, planes.code(129).0), (2, codes[1]));
    }

    #[test]
    fn a_set_knows_its_places() {
        assert_eq!(Set::first(70).places().collect::<Vec<_>>(), (0..70).collect::<Vec<_>>());
        assert_eq!((Set::first(BLOCK), Set::first(0).count()), (Set::ALL, 0));
        assert_eq!(Set::only(200).places().collect::<Vec<_>>(), [200]);
    }
}
