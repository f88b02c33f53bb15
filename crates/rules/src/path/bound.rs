//! The least that must still come before the target can be given: never more than what really must.

use super::asks::Asks;
use super::demand::Demand;
use super::digest::View;
use super::ground::{Leaf, Standard, is_title};
use super::line::Given;
use crate::facts::{Grade, Scope};
use crate::law::Node;

/// Rounds and records that are certainly still needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Least {
    pub rounds: u32,
    excellent: u32,
    good: u32,
    /// Initiatives of the unit, the ministry, the nation or wider.
    initiatives: [u32; 3],
    /// Years that need a grade of excellence or an initiative, whichever.
    merits: u32,
    /// Initiatives that have not served for a title which needs such a year.
    fresh: u32,
    members: u32,
    confirmations: u32,
    /// How often each honour must be conferred.
    honours: Vec<u32>,
}

impl Least {
    /// The same for each of so many years.
    fn times(mut self, count: u32) -> Self {
        self.excellent *= count;
        self.good *= count;
        self.merits *= count;
        self.honours.iter_mut().for_each(|honour| *honour *= count);
        Self { rounds: 0, ..self }
    }

    fn nothing(honours: usize) -> Self {
        Self {
            rounds: 0,
            excellent: 0,
            good: 0,
            initiatives: [0; 3],
            merits: 0,
            fresh: 0,
            members: 0,
            confirmations: 0,
            honours: vec![0; honours],
        }
    }

    fn joined(mut self, other: &Self, by: fn(u32, u32) -> u32) -> Self {
        self.rounds = by(self.rounds, other.rounds);
        self.excellent = by(self.excellent, other.excellent);
        self.good = by(self.good, other.good);
        self.merits = by(self.merits, other.merits);
        self.fresh = by(self.fresh, other.fresh);
        self.members = by(self.members, other.members);
        self.confirmations = by(self.confirmations, other.confirmations);
        for (mine, more) in self.initiatives.iter_mut().zip(&other.initiatives) {
            *mine = by(*mine, *more);
        }
        for (mine, more) in self.honours.iter_mut().zip(&other.honours) {
            *mine = by(*mine, *more);
        }
        self
    }

    /// The demand that this comes to; what wider initiatives and better grades also serve is counted once.
    pub fn demand(&self, view: &View<'_, '_>) -> Demand {
        let mut demand = Demand { excellent: self.excellent, members: self.members, ..Demand::default() };
        demand.good = self.good.saturating_sub(self.excellent);
        let [unit, ministry, nation] = self.initiatives;
        demand.initiatives_nation = nation;
        demand.initiatives_ministry = ministry.saturating_sub(nation);
        demand.initiatives_unit = unit.saturating_sub(ministry.max(nation));
        // Where no more years are excellent than must be, the other years of merit need an initiative each.
        let recorded = view.ground.recorded_after(view.year);
        let all = (self.fresh + self.merits.saturating_sub(self.excellent)).saturating_sub(recorded);
        let told = demand.initiatives_nation + demand.initiatives_ministry + demand.initiatives_unit;
        demand.initiatives_unit += all.saturating_sub(told);
        demand.decisions = self.confirmations;
        for (honour, count) in view.ground.honours.iter().zip(&self.honours) {
            (0..*count).for_each(|_| demand.honour(honour.award.level));
        }
        demand
    }
}

/// The least that must come in the rounds after the view's before the target can be given; none where it never can.
pub fn least(view: &View<'_, '_>, open: bool) -> Option<Least> {
    let mut bound = Bound { view: *view, open, visiting: 0, flat: false, edition: 0 };
    let editions = view.ground.later((view.round + 1).min(view.ground.rounds.len() - 1));
    let found = editions.into_iter().filter_map(|edition| {
        bound.edition = edition;
        bound.conferring(view.ground.target())
    });
    found.reduce(|one, other| one.joined(&other, u32::min))
}

struct Bound<'v, 'l> {
    view: View<'v, 'l>,
    /// Whether texts that are not at hand are passed over.
    open: bool,
    /// The honours that are being bounded, as bits.
    visiting: u64,
    /// Whether only what the conditions themselves count is taken, not what it takes to come by it.
    flat: bool,
    edition: usize,
}

impl<'l> Bound<'_, 'l> {
    fn nothing(&self) -> Least {
        Least::nothing(self.view.ground.honours.len())
    }

    /// What it takes to be given an honour.
    fn conferring(&mut self, honour: usize) -> Option<Least> {
        let mut least = self.meeting(honour)?;
        least.honours[honour] += 1;
        Some(least)
    }

    /// What it takes to meet the standard of an honour.
    fn meeting(&mut self, honour: usize) -> Option<Least> {
        if self.visiting >> honour & 1 == 1 {
            return Some(Least { rounds: 1, ..self.nothing() });
        }
        self.visiting |= 1 << honour;
        let standards = &self.view.ground.editions[self.edition][honour];
        let found: Vec<Least> = standards.iter().filter_map(|standard| self.standard(standard)).collect();
        self.visiting &= !(1 << honour);
        let best = found.into_iter().reduce(|one, other| one.joined(&other, u32::min));
        best.map(|least| Least { rounds: least.rounds.max(1), ..least })
    }

    fn standard(&mut self, standard: &Standard<'l>) -> Option<Least> {
        let held = self.view.anchors(standard).into_iter().flatten();
        let held: Vec<&Given> = held.filter(|given| !self.view.is_broken(standard, given)).collect();
        let mut found: Vec<Least> = Vec::new();
        for given in held {
            found.extend(self.node(standard, &standard.tree, Some(given), &|_| true));
        }
        found.extend(self.anew(standard));
        found.into_iter().reduce(|one, other| one.joined(&other, u32::min))
    }

    /// Where the earlier award has yet to come, what it takes comes before what counts after it.
    fn anew(&mut self, standard: &Standard<'l>) -> Option<Least> {
        let Some(prior) = standard.since else { return self.node(standard, &standard.tree, None, &|_| true) };
        let after = |place: usize| {
            let leaf = &standard.leaves[place];
            leaf.since || (!leaf.within.is_empty() && leaf.within.iter().all(|other| standard.leaves[*other].since))
        };
        let all = self.node(standard, &standard.tree, None, &|_| true)?;
        let before = self.node(standard, &standard.tree, None, &|place| place == prior)?;
        self.flat = true;
        let then = self.node(standard, &standard.tree, None, &after);
        self.flat = false;
        let then = then?;
        Some(all.joined(&before.joined(&then, |one, other| one + other), u32::max))
    }

    fn node(
        &mut self,
        standard: &Standard<'l>,
        node: &Node,
        anchor: Option<&Given>,
        counted: &dyn Fn(usize) -> bool,
    ) -> Option<Least> {
        match node {
            Node::All(nodes) => {
                let mut all = self.nothing();
                for node in nodes {
                    all = all.joined(&self.node(standard, node, anchor, counted)?, u32::max);
                }
                Some(all)
            }
            Node::Any(nodes) => {
                let found = nodes.iter().filter_map(|node| self.node(standard, node, anchor, counted));
                found.collect::<Vec<_>>().into_iter().reduce(|one, other| one.joined(&other, u32::min))
            }
            Node::Not(_) => Some(self.nothing()),
            Node::Leaf(id) => {
                let Some(place) = standard.leaves.iter().position(|leaf| leaf.id == id) else {
                    return Some(self.nothing());
                };
                if counted(place) { self.leaf(standard, place, anchor) } else { Some(self.nothing()) }
            }
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
            _ if leaf.missing => {}
            Asks::YearGrade { grade } => {
                self.years(&mut least, grade, 1);
                least.merits = u32::from(grade == Grade::XuatSac);
            }
            Asks::Grades { grade, years, or_titles } => {
                let lacking = self.lacking(standard, leaf, anchor, years);
                least.rounds = lacking;
                if or_titles.is_empty() {
                    self.years(&mut least, grade, lacking);
                }
            }
            Asks::Titles { award, count } | Asks::TitlesInARow { award, count, .. } => {
                let lacking = self.lacking(standard, leaf, anchor, count);
                return self.conferred(award, lacking, lacking);
            }
            Asks::TitlesApart { award, count, cycle } => {
                let chain = self.view.line.chain(self.view.ground.mask(award), count, cycle, self.view.year);
                let lacking = count.saturating_sub(chain.len() as u32);
                let rounds = match chain.first() {
                    Some(latest) => (latest + (cycle * lacking) as i32 - self.view.year).max(0) as u32,
                    None => cycle * (count - 1) + 1,
                };
                return self.conferred(award, lacking, rounds);
            }
            Asks::Awards { award, count, kinds } => {
                let held = match (leaf.prior, anchor) {
                    (true, Some(_)) if standard.since == Some(place) => count,
                    (true, None) if standard.since == Some(place) => 0,
                    (true, _) => u32::from(self.view.line.holds(self.view.ground.mask(award), kinds)),
                    _ => self.view.line.count(self.view.ground, leaf.asks, self.longest(standard, leaf, anchor)),
                };
                return self.conferred(award, count.saturating_sub(held), 0);
            }
            Asks::Initiatives { count, scope, not_used_for, .. } => {
                let lacking = count.saturating_sub(self.found(standard, leaf, anchor));
                let place = match scope {
                    Scope::CoSo => 0,
                    Scope::Bo => 1,
                    Scope::ToanQuoc => 2,
                };
                least.initiatives[place] = lacking;
                least.merits = u32::from(leaf.within.is_empty());
                let titles = self.merited();
                if titles & self.view.ground.mask(not_used_for) == titles {
                    least.fresh = lacking;
                }
            }
            Asks::Members => least.members = 1,
            Asks::Confirmation if standard.kind.is_none() => least.confirmations = 1,
            _ => {}
        }
        Some(least)
    }

    fn years(&self, least: &mut Least, grade: Grade, count: u32) {
        match grade {
            Grade::XuatSac => least.excellent = count,
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
        count.saturating_sub((span.1 - span.0 + 1).max(0) as u32).max(1)
    }

    fn found(&self, standard: &Standard<'l>, leaf: &Leaf<'l>, anchor: Option<&Given>) -> u32 {
        if leaf.within.is_empty() {
            return 0;
        }
        self.view.line.count(self.view.ground, leaf.asks, self.longest(standard, leaf, anchor))
    }

    /// The widest of the spans in which a leaf may come to count.
    fn longest(&self, standard: &Standard<'l>, leaf: &Leaf<'l>, anchor: Option<&Given>) -> (i32, i32) {
        let view = &self.view;
        let spans = leaf.within.iter().map(|place| view.span(standard, &standard.leaves[*place], anchor));
        spans.min_by_key(|span| span.0).unwrap_or((view.year, view.year))
    }

    /// So many decisions of one of these honours, the last not before a number of rounds.
    fn conferred(&mut self, awards: &[String], count: u32, rounds: u32) -> Option<Least> {
        let mut least = Least { rounds, ..self.nothing() };
        if count == 0 {
            return Some(least);
        }
        let mask = self.view.ground.mask(awards);
        let places: Vec<usize> = (0..self.view.ground.honours.len()).filter(|place| mask >> place & 1 == 1).collect();
        let mut found: Vec<Least> = Vec::new();
        for place in places {
            let mut one = self.nothing();
            one.honours[place] = count;
            if is_title(self.view.ground.honours[place].award) {
                one = one.joined(&self.yearly(place).times(count), u32::max);
            }
            if !self.flat {
                let Some(meeting) = self.meeting(place) else { continue };
                let conferring = meeting.honours[place] + count;
                one = one.joined(&meeting, u32::max);
                one.honours[place] = conferring;
            }
            found.push(one);
        }
        let cheapest = found.into_iter().reduce(|one, other| one.joined(&other, u32::min))?;
        least = least.joined(&cheapest, u32::max);
        Some(least)
    }

    /// What every single year of a title needs in that year itself.
    fn yearly(&mut self, honour: usize) -> Least {
        if self.visiting >> honour & 1 == 1 {
            return self.nothing();
        }
        self.visiting |= 1 << honour;
        let standards = &self.view.ground.editions[self.edition][honour];
        let found: Vec<Least> = standards.iter().map(|standard| self.yearly_node(standard, &standard.tree)).collect();
        self.visiting &= !(1 << honour);
        let least = found.into_iter().reduce(|one, other| one.joined(&other, u32::min));
        least.unwrap_or_else(|| self.nothing())
    }

    fn yearly_node(&mut self, standard: &Standard<'l>, node: &Node) -> Least {
        match node {
            Node::All(nodes) => {
                nodes.iter().fold(self.nothing(), |all, node| all.joined(&self.yearly_node(standard, node), u32::max))
            }
            Node::Any(nodes) => {
                let found: Vec<Least> = nodes.iter().map(|node| self.yearly_node(standard, node)).collect();
                let least = found.into_iter().reduce(|one, other| one.joined(&other, u32::min));
                least.unwrap_or_else(|| self.nothing())
            }
            Node::Not(_) => self.nothing(),
            Node::Leaf(id) => {
                let Some(leaf) = standard.leaves.iter().find(|leaf| leaf.id == id) else { return self.nothing() };
                self.yearly_leaf(leaf)
            }
        }
    }

    fn yearly_leaf(&mut self, leaf: &Leaf<'l>) -> Least {
        let mut least = self.nothing();
        if let Some(asked) = leaf.meets {
            return self.yearly(asked);
        }
        match leaf.asks {
            Asks::YearGrade { grade } => {
                self.years(&mut least, grade, 1);
                least.merits = u32::from(grade == Grade::XuatSac);
            }
            Asks::Initiatives { .. } if leaf.within.is_empty() => least.merits = 1,
            Asks::TitlesInARow { award, .. } => {
                let mask = self.view.ground.mask(award);
                if mask.count_ones() == 1 {
                    let place = mask.trailing_zeros() as usize;
                    least = self.yearly(place);
                    least.honours[place] = least.honours[place].max(1);
                }
            }
            _ => {}
        }
        least
    }

    /// The titles whose every year needs a grade of excellence or an initiative.
    fn merited(&mut self) -> u64 {
        let ground = self.view.ground;
        let titles = (0..ground.honours.len()).filter(|place| {
            let honour = &ground.honours[*place];
            honour.wanted && honour.named && is_title(honour.award)
        });
        let titles: Vec<usize> = titles.collect();
        let visiting = std::mem::take(&mut self.visiting);
        let merited = titles.into_iter().filter(|place| self.yearly(*place).merits > 0);
        let mask = merited.fold(0, |mask, place| mask | 1 << place);
        self.visiting = visiting;
        mask
    }
}
