//! What of a record still matters: two records with the same digest fare alike in every year to come.

use chrono::Datelike;

use super::asks::Asks;
use super::ground::{Ground, Leaf, Standard};
use super::line::{Given, Line, Span, serves};
use crate::facts::{Kind, Year};

/// Numbers that tell records apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Digest {
    /// What only the year under review can use.
    pub now: Vec<i32>,
    /// What must be alike for two records to be compared.
    pub key: Vec<i32>,
    /// What is the better the more there is of it.
    pub more: Vec<i32>,
}

/// A line at a round, with the year whose work is the latest to count.
#[derive(Clone, Copy)]
pub struct View<'v, 'l> {
    pub ground: &'v Ground<'l>,
    pub line: &'v Line,
    pub round: usize,
    pub year: Year,
}

impl<'v, 'l> View<'v, 'l> {
    /// Everything that the explainer's answer for an honour can depend on beside what all lines share.
    pub fn of(&self, edition: usize, honour: usize) -> Digest {
        let mut digest = Digest::default();
        self.honour(edition, honour, &mut digest);
        digest
    }

    fn honour(&self, edition: usize, honour: usize, digest: &mut Digest) {
        for standard in &self.ground.editions[edition][honour] {
            for anchor in self.anchors(standard) {
                digest.key.push(i32::MIN);
                self.standard(edition, honour, standard, anchor, digest);
            }
        }
    }

    /// What matters from the next round on of all honours that can still serve.
    pub fn ahead(&self) -> Digest {
        let mut digest = Digest::default();
        let Some(next) = self.ground.rounds.get(self.round + 1).map(|_| self.round + 1) else { return digest };
        for edition in self.ground.later(next) {
            let needed = self.needed(edition);
            digest.key.extend([(needed & 0xffff_ffff) as i32, (needed >> 32) as i32]);
            for honour in (0..self.ground.honours.len()).filter(|honour| needed >> honour & 1 == 1) {
                for standard in &self.ground.editions[edition][honour] {
                    self.best_anchors(edition, honour, standard, &mut digest);
                }
            }
        }
        digest.now.clear();
        digest
    }

    /// Anchors that no other outdoes and that can still lead somewhere.
    fn best_anchors(&self, edition: usize, honour: usize, standard: &Standard<'l>, digest: &mut Digest) {
        let mut found: Vec<Digest> = Vec::new();
        for anchor in self.anchors(standard) {
            if anchor.is_some_and(|given| self.is_broken(standard, given)) {
                continue;
            }
            let mut one = Digest::default();
            self.standard(edition, honour, standard, anchor, &mut one);
            found.push(one);
        }
        found.sort();
        found.dedup();
        let outdone = |one: &Digest| {
            found.iter().any(|other| {
                other != one
                    && other.key == one.key
                    && other.more.len() == one.more.len()
                    && other.more.iter().zip(&one.more).all(|(other, one)| other >= one)
            })
        };
        for one in found.iter().filter(|one| !outdone(one)) {
            digest.key.push(i32::MIN);
            digest.key.extend(&one.key);
            digest.more.extend(&one.more);
        }
        digest.key.push(i32::MIN + 1);
    }

    /// The awards from which a standard can count; one that is none where it has no such leaf or none is held.
    pub fn anchors(&self, standard: &Standard<'l>) -> Vec<Option<&'v Given>> {
        let Some(leaf) = standard.since.map(|place| &standard.leaves[place]) else { return vec![None] };
        let Asks::Awards { kinds, .. } = leaf.asks else { return vec![None] };
        let held = self.line.given.iter().filter(|given| !given.title && leaf.names >> given.honour & 1 == 1);
        let held: Vec<_> = held.filter(|given| given.kind.is_none() || serves(given, kinds)).map(Some).collect();
        if held.is_empty() { vec![None] } else { held }
    }

    /// Whether a year since an award certainly fails, or is not known, so that it can no longer be counted from.
    pub fn is_broken(&self, standard: &Standard<'l>, given: &Given) -> bool {
        standard.leaves.iter().filter(|leaf| leaf.since).any(|leaf| {
            let Asks::Grades { grade, .. } = leaf.asks else { return false };
            let (first, last) = self.span(standard, leaf, Some(given));
            (first..=last).any(|year| !self.line.is_good(grade, leaf.names, year))
        })
    }

    pub fn span(&self, standard: &Standard<'l>, leaf: &Leaf<'l>, anchor: Option<&Given>) -> Span {
        self.line.span(self.ground, standard, leaf, anchor, self.round, self.year)
    }

    /// The longest of the spans in which a leaf counts; the year under review where it names none.
    pub fn within(&self, standard: &Standard<'l>, leaf: &Leaf<'l>, anchor: Option<&Given>) -> Span {
        let spans = leaf.within.iter().map(|place| self.span(standard, &standard.leaves[*place], anchor));
        spans.max_by_key(|span| span.1 - span.0).unwrap_or((self.year, self.year))
    }

    fn standard(
        &self,
        edition: usize,
        honour: usize,
        standard: &Standard<'l>,
        anchor: Option<&Given>,
        digest: &mut Digest,
    ) {
        for leaf in &standard.leaves {
            self.leaf(edition, honour, standard, leaf, anchor, digest);
        }
    }

    fn leaf(
        &self,
        edition: usize,
        honour: usize,
        standard: &Standard<'l>,
        leaf: &Leaf<'l>,
        anchor: Option<&Given>,
        digest: &mut Digest,
    ) {
        if let Some(asked) = leaf.meets {
            digest.now.push(i32::from(self.line.has_title(1 << asked, self.year)));
            return self.honour(edition, asked, digest);
        }
        match leaf.asks {
            Asks::Nothing | Asks::Unspent { .. } if !leaf.within.is_empty() => {
                digest.key.push(self.start(self.within(standard, leaf, anchor)));
            }
            Asks::Nothing | Asks::Unspent { .. } => {}
            Asks::YearGrade { grade } => digest.now.push(i32::from(self.line.is_good(grade, 0, self.year))),
            Asks::TitlesInARow { count, .. } => self.run(standard, leaf, anchor, count, digest),
            Asks::Grades { years, .. } if leaf.gives_years => self.run(standard, leaf, anchor, years, digest),
            Asks::TitlesApart { .. } => {
                let years = self.line.title_years(leaf.names, self.year);
                digest.key.extend(years.into_iter().map(|year| self.year - year));
                digest.key.push(-1);
            }
            Asks::Awards { kinds, .. } if leaf.prior => {
                let known = anchor.map(|given| given.kind.is_some() || kinds.is_empty());
                let held = known.unwrap_or_else(|| self.line.holds(leaf.names, kinds));
                digest.more.push(i32::from(held));
            }
            Asks::Initiatives { .. } if leaf.within.len() > 1 => {
                let span = self.within(standard, leaf, anchor);
                let serving = self.line.serving(leaf, (i32::MIN, span.1));
                let years = serving.into_iter().map(|place| self.line.ideas[place].year);
                let mut ago: Vec<_> = years.filter(|year| *year >= span.0).map(|year| self.year - year).collect();
                ago.sort_unstable();
                digest.key.extend(ago);
                digest.key.push(-1);
            }
            Asks::Grades { years: count, .. }
            | Asks::Titles { count, .. }
            | Asks::Awards { count, .. }
            | Asks::Initiatives { count, .. } => {
                let found = self.line.count(leaf, self.within(standard, leaf, anchor));
                let found = found.min(count) as i32;
                if leaf.within.is_empty() { digest.now.push(found) } else { digest.more.push(found) }
            }
            Asks::Registration => {
                let span = self.within(standard, leaf, anchor);
                let open = span.1 - span.0 + 1 - self.line.count(leaf, span) as i32;
                if leaf.within.is_empty() { digest.now.push(open) } else { digest.more.push(-open) }
            }
            Asks::Confirmation => {
                let condition = format!("{}/{}", standard.id, leaf.id);
                let yearly = standard.kind.is_none();
                let known = i32::from(self.line.is_confirmed(&condition, yearly, honour, self.year));
                if yearly { digest.now.push(known) } else { digest.more.push(known) }
            }
            Asks::Members => digest.now.push(i32::from(self.line.has_members(self.year))),
            Asks::Alone { .. } => digest.now.push(i32::from(self.given_this_year(leaf.names))),
            Asks::Fresh { .. } => {
                let titles = self.line.given.iter().filter(|given| given.title && leaf.names >> given.honour & 1 == 1);
                digest.key.push(titles.map(|given| self.year - given.decided).min().unwrap_or(i32::MAX));
            }
        }
    }

    /// The length of a run: as much of it as is asked for, unless it reaches into the past or others compare with it.
    fn run(&self, standard: &Standard<'l>, leaf: &Leaf<'l>, anchor: Option<&Given>, years: u32, digest: &mut Digest) {
        let span = self.span(standard, leaf, anchor);
        let length = (span.1 - span.0 + 1).max(0);
        let exact = leaf.rivals || (length > 0 && span.0 < self.ground.open_from);
        digest.key.push(if exact { length } else { 0 });
        let broken = anchor.is_some_and(|given| leaf.since && self.is_broken(standard, given));
        digest.more.push(if broken { -1 } else { length.min(years as i32) });
    }

    /// The first year of a span where it lies in the past; else all spans are alike.
    fn start(&self, span: Span) -> i32 {
        if span.0 < self.ground.open_from { span.0 } else { 0 }
    }

    fn given_this_year(&self, mask: u64) -> bool {
        let year = self.ground.rounds[self.round].day.year();
        self.line.given.iter().any(|given| mask >> given.honour & 1 == 1 && given.decided == year)
    }

    /// The honours that can still serve: the target, and whatever its standards ask for that is not yet there.
    pub fn needed(&self, edition: usize) -> u64 {
        let (mut needed, mut open) = (0_u64, vec![self.ground.target()]);
        while let Some(honour) = open.pop() {
            if needed >> honour & 1 == 1 {
                continue;
            }
            needed |= 1 << honour;
            for standard in &self.ground.editions[edition][honour] {
                for (place, leaf) in standard.leaves.iter().enumerate() {
                    open.extend(leaf.meets);
                    let anchors = standard.since == Some(place);
                    match leaf.asks {
                        Asks::Grades { .. }
                        | Asks::Titles { .. }
                        | Asks::TitlesInARow { .. }
                        | Asks::TitlesApart { .. } => {}
                        Asks::Awards { kinds, .. } => match leaf.prior {
                            true if anchors && self.is_anchored(standard, kinds) => continue,
                            true if !anchors && self.line.holds(leaf.names, kinds) => continue,
                            _ => {}
                        },
                        _ => continue,
                    }
                    open.extend((0..self.ground.honours.len()).filter(|place| leaf.names >> place & 1 == 1));
                }
            }
        }
        needed
    }

    /// Whether an earlier award is held from which the standard can count, so that another could only cost more.
    fn is_anchored(&self, standard: &Standard<'l>, kinds: &[Kind]) -> bool {
        let held = self.anchors(standard).into_iter().flatten();
        held.filter(|given| serves(given, kinds)).any(|given| !self.is_broken(standard, given))
    }
}
