//! Draws that come out the same on every machine and in every run: a seed and a key fix the whole sequence.

/// A sequence of draws (SplitMix64) for one purpose; another key gives an independent sequence,
/// so that editing one unit does not change another.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    /// The sequence of a key under a seed.
    pub fn new(seed: u64, key: &str) -> Self {
        // FNV-1a, chosen because its value is fixed by its definition, unlike the hasher of the standard library.
        let hash = key
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(hash ^ seed.rotate_left(17))
    }

    /// A number from 0 up to, not including, `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        let wide = u64::from(end) * (self.next() >> 32);
        u32::try_from(wide >> 32).expect("a product of two 32-bit numbers, shifted by 32, fits in 32 bits")
    }

    /// True in so many of a hundred draws.
    pub fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    /// One of the items, each as likely as the others.
    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let count = u32::try_from(items.len()).expect("a list of the files has fewer than 2^32 items");
        &items[self.below(count) as usize]
    }

    /// One of the words, as likely as its weight.
    pub fn weighted<'a>(&mut self, words: &'a [(String, u32)]) -> &'a str {
        let mut rest = self.below(words.iter().map(|(_, weight)| weight).sum());
        for (word, weight) in words {
            if rest < *weight {
                return word;
            }
            rest -= weight;
        }
        unreachable!("a draw below the sum of the weights falls into one of them")
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
