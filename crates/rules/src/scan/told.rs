//! What a leaf comes to where a text of the day is not at hand.

use crate::facts::Day;
use crate::law::{Law, Leaf, Mark, Role, Value};
use crate::layer;
use crate::scan::planes::{Planes, Set, Trits};

/// How a leaf takes what its condition finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Told {
    /// As it is.
    Plain,
    /// It never decides, but for those whom the rule does not touch.
    Never { touches_all: bool },
    /// It stands beside an unknown verdict, but for those whom the rule does not touch.
    Beside { touches_all: bool },
    /// Judgement is told by nothing.
    Judgement,
}

impl Told {
    /// How a leaf is told on a day; `doubtful` where it may not bind at all.
    pub fn of(law: &Law, leaf: &Leaf, value: &Value, doubtful: bool, day: Day) -> Self {
        let basis = layer::basis(law, leaf, value, day);
        let rests_on = || [Some(value), basis].into_iter().flatten();
        let mut texts = rests_on().filter_map(|value| law.documents.get(&value.source.document));
        let ended = texts.any(|text| text.loaded_until.is_some_and(|last| last < day));
        let touches_all = leaf.on(day).is_none();
        match () {
            () if leaf.role == Role::Judgement => Told::Judgement,
            () if rests_on().any(|value| value.mark == Mark::Never) => Told::Never { touches_all },
            () if ended || doubtful || touches_all => Told::Beside { touches_all },
            () => Told::Plain,
        }
    }

    /// What the leaf comes to from what its condition found.
    pub fn apply(self, found: Planes) -> Planes {
        let fixed = match self {
            Told::Judgement => Set::ALL,
            Told::Never { touches_all: true } | Told::Beside { touches_all: true } => Set::EMPTY,
            _ => found.untouched,
        };
        let (verdict, leaning, told) = match self {
            Told::Plain | Told::Judgement => (found.verdict, found.leaning, found.told),
            Told::Never { .. } => (Trits::UNKNOWN, Trits::UNKNOWN, Set::EMPTY),
            Told::Beside { .. } => (Trits::UNKNOWN, found.leaning, Set::ALL),
        };
        Planes {
            verdict: verdict.or(found.verdict, fixed),
            leaning: leaning.or(found.verdict, fixed),
            told: told & !fixed,
            untouched: Set::EMPTY,
        }
    }
}
