//! What every single year of an honour needs in that year itself: it rests on the law alone, so it is worked out once.

use super::asks::Asks;
use super::ground::{Ground, Leaf, Standard, Tree, is_title};
use super::least::Least;
use crate::facts::Grade;

/// For each round, what holds whatever standards are in force after it.
#[derive(Debug)]
pub struct Yearly {
    /// For each round its place in the list, and the list of what holds from there on.
    of_round: Vec<usize>,
    list: Vec<After>,
}

/// What holds from a round on.
#[derive(Debug)]
pub struct After {
    /// The editions that may come to be in force.
    pub editions: Vec<usize>,
    /// For each honour, what a year of it needs in that year.
    pub least: Vec<Least>,
    /// The titles whose every year needs a grade of excellence or an initiative, as bits.
    pub merited: u64,
}

impl Yearly {
    pub fn new(ground: &Ground<'_>) -> Self {
        let mut yearly = Self { of_round: Vec::new(), list: Vec::new() };
        for round in 0..ground.rounds.len() {
            let next = (round + 1).min(ground.rounds.len() - 1);
            let editions: Vec<usize> = ground.later(next).into_iter().collect();
            let known = yearly.list.iter().position(|after| after.editions == editions);
            yearly.of_round.push(known.unwrap_or(yearly.list.len()));
            if known.is_none() {
                yearly.list.push(After::new(ground, editions));
            }
        }
        yearly
    }

    /// What holds after a round.
    pub fn after(&self, round: usize) -> &After {
        &self.list[self.of_round[round]]
    }
}

impl After {
    fn new(ground: &Ground<'_>, editions: Vec<usize>) -> Self {
        let mut years = Years { ground, editions: &editions, visiting: 0 };
        let least: Vec<Least> = (0..ground.honours.len()).map(|honour| years.of(honour)).collect();
        let titles = ground.honours.iter().enumerate();
        let titles = titles.filter(|(_, honour)| honour.wanted && honour.named && is_title(honour.award));
        let merited =
            titles.filter(|(place, _)| least[*place].merits > 0).fold(0, |bits, (place, _)| bits | 1 << place);
        Self { editions, least, merited }
    }
}

struct Years<'y, 'l> {
    ground: &'y Ground<'l>,
    editions: &'y [usize],
    /// The honours that are being looked at, as bits; what needs itself needs nothing more.
    visiting: u64,
}

impl<'l> Years<'_, 'l> {
    fn nothing(&self) -> Least {
        Least::nothing(self.ground.honours.len())
    }

    fn of(&mut self, honour: usize) -> Least {
        if self.visiting >> honour & 1 == 1 {
            return self.nothing();
        }
        self.visiting |= 1 << honour;
        let ground = self.ground;
        let standards = self.editions.iter().flat_map(|edition| &ground.editions[*edition][honour]);
        let least =
            standards.map(|standard| self.tree(standard, &standard.tree)).reduce(|one, other| one.either(&other));
        self.visiting &= !(1 << honour);
        least.unwrap_or_else(|| self.nothing())
    }

    fn tree(&mut self, standard: &Standard<'l>, tree: &Tree) -> Least {
        match tree {
            Tree::All(trees) => trees.iter().fold(self.nothing(), |all, tree| all.both(&self.tree(standard, tree))),
            Tree::Any(trees) => {
                let least = trees.iter().map(|tree| self.tree(standard, tree)).reduce(|one, other| one.either(&other));
                least.unwrap_or_else(|| self.nothing())
            }
            Tree::Not => self.nothing(),
            Tree::Leaf(place) => self.leaf(standard, &standard.leaves[*place]),
        }
    }

    fn leaf(&mut self, standard: &Standard<'l>, leaf: &Leaf<'l>) -> Least {
        let mut least = self.nothing();
        if let Some(asked) = leaf.meets {
            return self.of(asked);
        }
        match leaf.asks {
            _ if leaf.missing => {}
            Asks::YearGrade { grade: Grade::XuatSac } => (least.excellent, least.merits) = (1, 1),
            Asks::YearGrade { grade: Grade::Tot } => least.good = 1,
            Asks::Initiatives { .. } if leaf.within.is_empty() => least.merits = 1,
            Asks::Members => least.members = 1,
            Asks::Confirmation if standard.kind.is_none() => least.confirm(),
            Asks::TitlesInARow { .. } if leaf.names.count_ones() == 1 => {
                let place = leaf.names.trailing_zeros() as usize;
                least = self.of(place);
                least.honours[place] = least.honours[place].max(1);
            }
            _ => {}
        }
        least
    }
}
