//! The least that must still come before the target can be given: never more than what really must.

use super::asks::Asks;
use super::digest::View;
use super::ground::{Leaf, Standard, Tree, is_title};
use super::least::Least;
use super::line::Given;
use super::yearly::{After, Yearly};
use crate::facts::{Grade, Scope};

/// The least that must come in the rounds after the view's before the target can be given; none where it never can.
pub fn least(view: &View<'_, '_>, yearly: &Yearly, open: bool) -> Option<Least> {
    let after = yearly.after(view.round);
    let mut bound = Bound { view: *view, after, open, visiting: 0, flat: false, wait: 0 };
    bound.conferring(view.ground.target())
}

struct Bound<'v, 'l> {
    view: View<'v, 'l>,
    after: &'v After,
    /// Whether texts that are not at hand are passed over.
    open: bool,
    /// The honours that are being bounded, as bits.
    visiting: u64,
    /// Whether only what the conditions themselves count is taken, not what it takes to come by it.
    flat: bool,
    /// How many years after the view's certainly end before the year in which a run must still hold.
    wait: u32,
}

impl<'l> Bound<'_, 'l> {
    fn nothing(&self) -> Least {
        Least::nothing(self.view.ground.honours.len())
    }

    /// What it takes to be given an honour.
    fn conferring(&mut self, honour: usize) -> Option<Least> {
        let mut least = self.meeting(honour)?;
        least.honours[honour] = least.honours[honour].saturating_add(1);
        least.unsure += std::mem::take(&mut least.own);
        Some(least)
    }

    /// What it takes to meet the standard of an honour. Each honour on the way may fall under another of the editions to
    /// come, so of all their standards the least is taken, part by part.
    fn meeting(&mut self, honour: usize) -> Option<Least> {
        if self.visiting >> honour & 1 == 1 {
            return Some(Least { rounds: 1, ..self.nothing() });
        }
        self.visiting |= 1 << honour;
        let (ground, after) = (self.view.ground, self.after);
        let standards = after.editions.iter().flat_map(|edition| &ground.editions[*edition][honour]);
        let best = standards.filter_map(|standard| self.standard(standard)).reduce(|one, other| one.either(&other));
        self.visiting &= !(1 << honour);
        best.map(|least| Least { rounds: least.rounds.max(1), ..least })
    }

    fn standard(&mut self, standard: &Standard<'l>) -> Option<Least> {
        let held = self.view.anchors(standard).into_iter().flatten();
        let mut found = self.anew(standard);
        for given in held {
            if !self.view.is_broken(standard, given) {
                let counted = self.tree(standard, &standard.tree, Some(given), &|_| true);
                found = found.into_iter().chain(counted).reduce(|one, other| one.either(&other));
            }
        }
        found
    }

    /// Where the earlier award has yet to come, what it takes comes before what counts after it.
    fn anew(&mut self, standard: &Standard<'l>) -> Option<Least> {
        let Some(prior) = standard.since else { return self.tree(standard, &standard.tree, None, &|_| true) };
        let after = |place: usize| {
            let leaf = &standard.leaves[place];
            leaf.since || (!leaf.within.is_empty() && leaf.within.iter().all(|other| standard.leaves[*other].since))
        };
        let all = self.tree(standard, &standard.tree, None, &|_| true)?;
        let before = self.tree(standard, &standard.tree, None, &|place| place == prior)?;
        self.flat = true;
        let then = self.tree(standard, &standard.tree, None, &after);
        self.flat = false;
        let then = then?;
        // A title that counts after the earlier award is one of a year after it, and so is the end of the run it needs.
        let wait = self.wait;
        self.wait = wait.max(before.rounds);
        let late = self.tree(standard, &standard.tree, None, &after);
        self.wait = wait;
        Some(all.both(&before.then(then)).both(&late?))
    }

    fn tree(
        &mut self,
        standard: &Standard<'l>,
        tree: &Tree,
        anchor: Option<&Given>,
        counted: &dyn Fn(usize) -> bool,
    ) -> Option<Least> {
        match tree {
            Tree::All(trees) => {
                let mut all = self.nothing();
                for tree in trees {
                    all = all.both(&self.tree(standard, tree, anchor, counted)?);
                }
                Some(all)
            }
            Tree::Any(trees) => {
                let found = trees.iter().filter_map(|tree| self.tree(standard, tree, anchor, counted));
                found.reduce(|one, other| one.either(&other))
            }
            Tree::Leaf(place) if counted(*place) => self.leaf(standard, *place, anchor),
            Tree::Leaf(_) | Tree::Not => Some(self.nothing()),
        }
    }

    fn leaf(&mut self, standard: &Standard<'l>, place: usize, anchor: Option<&Given>) -> Option<Least> {
        let leaf = &standard.leaves[place];
        let mut least = self.nothing();
        if let Some(asked) = leaf.meets {
            return self.meeting(asked);
        }
        match leaf.asks {
            _ if leaf.missing && !self.open => return None,
            _ if leaf.missing => least.own = 1,
            Asks::YearGrade { grade } => {
                self.years(&mut least, grade, 1);
            }
            Asks::Grades { grade, years, .. } => {
                let lacking = self.lacking(standard, leaf, anchor, years);
                least.rounds = lacking;
                if leaf.names == 0 {
                    self.years(&mut least, grade, lacking);
                }
            }
            Asks::Titles { count, .. } | Asks::TitlesInARow { count, .. } => {
                let lacking = self.lacking(standard, leaf, anchor, count);
                return self.conferred(leaf.names, lacking, lacking);
            }
            Asks::TitlesApart { count, cycle, .. } => {
                let chain = self.view.line.chain(leaf.names, count, cycle, self.view.year);
                let lacking = count.saturating_sub(chain.len() as u32);
                let rounds = match chain.first() {
                    Some(latest) => (latest + (cycle * lacking) as i32 - self.view.year).max(0) as u32,
                    None => cycle * (count - 1) + 1,
                };
                return self.conferred(leaf.names, lacking, rounds);
            }
            Asks::Awards { count, kinds, .. } => {
                let held = match (leaf.prior, anchor) {
                    (true, Some(_)) if standard.since == Some(place) => count,
                    (true, None) if standard.since == Some(place) => 0,
                    (true, _) => u32::from(self.view.line.holds(leaf.names, kinds)),
                    _ => self.view.line.count(leaf, self.longest(standard, leaf, anchor)),
                };
                return self.conferred(leaf.names, count.saturating_sub(held), 0);
            }
            Asks::Initiatives { count, scope, .. } => {
                let lacking = count.saturating_sub(self.found(standard, leaf, anchor));
                let place = match scope {
                    Scope::CoSo => 0,
                    Scope::Bo => 1,
                    Scope::ToanQuoc => 2,
                };
                least.initiatives[place] = lacking;
                least.merits = u32::from(leaf.within.is_empty());
                if self.after.merited & !leaf.spent == 0 {
                    least.fresh = lacking;
                }
            }
            Asks::Members => least.members = 1,
            Asks::Confirmation if standard.kind.is_none() => least.confirm(),
            _ => {}
        }
        Some(least)
    }

    fn years(&self, least: &mut Least, grade: Grade, count: u32) {
        match grade {
            Grade::XuatSac => (least.excellent, least.merits) = (count, count),
            Grade::Tot => least.good = count,
            Grade::HoanThanh | Grade::KhongHoanThanh => {}
        }
    }

    /// How many years a leaf still needs: at least the coming one where it must hold up to the end.
    fn lacking(&self, standard: &Standard<'l>, leaf: &Leaf<'l>, anchor: Option<&Given>, count: u32) -> u32 {
        if !leaf.gives_years {
            return count.saturating_sub(self.found(standard, leaf, anchor));
        }
        let span = self.view.span(standard, leaf, anchor);
        let length = (span.1 - span.0 + 1).max(0) as u32;
        // Of the years so far as many count at most as leave room for those that come first and for the last.
        count.saturating_sub(length.min(count.saturating_sub(self.wait + 1)))
    }

    fn found(&self, standard: &Standard<'l>, leaf: &Leaf<'l>, anchor: Option<&Given>) -> u32 {
        if leaf.within.is_empty() {
            return 0;
        }
        self.view.line.count(leaf, self.longest(standard, leaf, anchor))
    }

    /// The widest of the spans in which a leaf may come to count.
    fn longest(&self, standard: &Standard<'l>, leaf: &Leaf<'l>, anchor: Option<&Given>) -> (i32, i32) {
        let view = &self.view;
        let spans = leaf.within.iter().map(|place| view.span(standard, &standard.leaves[*place], anchor));
        spans.min_by_key(|span| span.0).unwrap_or((view.year, view.year))
    }

    /// So many decisions of one of these honours, the last not before a number of rounds.
    fn conferred(&mut self, names: u64, count: u32, rounds: u32) -> Option<Least> {
        let least = Least { rounds, ..self.nothing() };
        if count == 0 {
            return Some(least);
        }
        let mut cheapest: Option<Least> = None;
        for place in (0..self.view.ground.honours.len()).filter(|place| names >> place & 1 == 1) {
            let mut one = self.nothing();
            let many = u8::try_from(count).unwrap_or(u8::MAX);
            one.honours[place] = many;
            if is_title(self.view.ground.honours[place].award) {
                one = one.both(&self.after.least[place].times(count));
            }
            if !self.flat {
                // An award is not tied to the year of what asks for it, a title is.
                let kept = if is_title(self.view.ground.honours[place].award) { self.wait } else { 0 };
                let wait = std::mem::replace(&mut self.wait, kept);
                let meeting = self.meeting(place);
                self.wait = wait;
                let Some(meeting) = meeting else { continue };
                one = one.both(&meeting);
                one.honours[place] = meeting.honours[place].saturating_add(many);
                one.unsure = meeting.unsure + meeting.own * count;
                one.own = 0;
            }
            cheapest = Some(cheapest.map_or(one, |known| known.either(&one)));
        }
        Some(least.both(&cheapest?))
    }
}
