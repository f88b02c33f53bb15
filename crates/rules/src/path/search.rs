//! The search over years: the least demanding way to the target by a round, proven least unless a limit is hit.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::asks::Asks;
use super::bound;
use super::demand::Demand;
use super::digest::View;
use super::ground::{Ground, is_title};
use super::judge::Judge;
use super::line::Line;
use super::moves::{self, Move};
use crate::facts::Year;

/// A way that reaches the target.
#[derive(Debug, Clone)]
pub struct Found {
    /// The round at which the target is given.
    pub round: usize,
    pub demand: Demand,
    pub moves: Vec<Move>,
}

/// A record at the end of a round.
struct Node {
    parent: Option<usize>,
    /// How many rounds are over.
    rounds: usize,
    line: Line,
    demand: Demand,
    moves: Vec<Move>,
    reached: bool,
}

/// The way up to a node within a round that is being filled.
#[derive(Clone)]
pub(super) struct Draft {
    pub line: Line,
    pub demand: Demand,
    pub moves: Vec<Move>,
}

/// One search for the least demanding way by a last round.
pub struct Search<'s, 'g, 'l> {
    judge: &'s mut Judge<'g, 'l>,
    /// The last round at which the target may be given.
    last: usize,
    /// How many records may still be looked at; counted over several searches.
    left: &'s mut usize,
    nodes: Vec<Node>,
    heap: BinaryHeap<Reverse<(Demand, Reverse<usize>, usize)>>,
    /// The first round by which a record that came too late may lead to the target.
    next: usize,
    /// Only ways that ask less than this are looked for.
    below: Option<Demand>,
    /// For records with the same key: what each holds, at which round, and what it cost. The round is part of the key
    /// as long as waiting alone can still change something.
    seen: HashMap<(usize, Vec<i32>), Vec<Known>>,
}

/// A record that was looked at.
struct Known {
    more: Vec<i32>,
    round: usize,
    demand: Demand,
}

/// What a search came to.
pub enum Outcome {
    Found(Found),
    /// No way by that round; the first round by which there may be one.
    Nothing(usize),
    /// The limit was hit before the answer was certain.
    Stopped,
}

/// The least demanding way that gives the target at a round not after `last` and asks less than `below`.
pub fn least(judge: &mut Judge<'_, '_>, last: usize, below: Option<Demand>, left: &mut usize) -> Outcome {
    let line = Line::new(judge.ground);
    let start = Node { parent: None, rounds: 0, line, demand: Demand::default(), moves: Vec::new(), reached: false };
    let (nodes, heap, seen) = (vec![start], BinaryHeap::new(), HashMap::new());
    let mut search = Search { judge, last, left, nodes, heap, next: usize::MAX, below, seen };
    search.heap.push(Reverse((Demand::default(), Reverse(0), 0)));
    while let Some(Reverse((_, _, place))) = search.heap.pop() {
        if search.nodes[place].reached {
            return Outcome::Found(search.found(place));
        }
        if search.nodes[place].rounds <= last {
            search.expand(place);
        }
        if *search.left == 0 {
            return Outcome::Stopped;
        }
    }
    Outcome::Nothing(search.next)
}

impl<'l> Search<'_, '_, 'l> {
    fn ground(&self) -> &Ground<'l> {
        self.judge.ground
    }

    fn found(&self, place: usize) -> Found {
        let node = &self.nodes[place];
        Found { round: node.rounds - 1, demand: node.demand, moves: self.way(place) }
    }

    /// Every move from the start to a node.
    fn way(&self, place: usize) -> Vec<Move> {
        let (mut steps, mut at) = (Vec::new(), Some(place));
        while let Some(node) = at.map(|place| &self.nodes[place]) {
            steps.push(&node.moves);
            at = node.parent;
        }
        steps.into_iter().rev().flatten().cloned().collect()
    }

    /// Fills the next round in every way that can matter.
    fn expand(&mut self, place: usize) {
        let (round, before) = (self.nodes[place].rounds, self.way(place));
        let start = Draft { line: self.nodes[place].line.clone(), demand: self.nodes[place].demand, moves: Vec::new() };
        let year = self.ground().rounds[round].year;
        let edition = self.ground().rounds[round].edition;
        let needed = View { ground: self.judge.ground, line: &start.line, round, year }.needed(edition);
        let Some(drafts) = choices(self.ground(), &start, round, needed) else {
            *self.left = 0;
            return;
        };
        for draft in drafts {
            if self.judge.spared.holds(self.ground(), edition, &draft.moves) {
                continue;
            }
            self.conferrals(place, round, needed, 0, draft, &before);
            if *self.left == 0 {
                return;
            }
        }
    }

    /// From an honour on, each is given or not where it can be; then the round is over.
    fn conferrals(&mut self, parent: usize, round: usize, needed: u64, from: usize, draft: Draft, before: &[Move]) {
        let ground = self.judge.ground;
        let year = ground.rounds[round].year;
        for honour in from..ground.honours.len() {
            let known = &ground.honours[honour];
            let late = is_title(known.award) && honour != ground.target() && year < ground.open_from;
            if needed >> honour & 1 == 0 || !known.wanted || late || draft.line.has_title(1 << honour, year) {
                continue;
            }
            let view = View { ground, line: &draft.line, round, year };
            let Some(granted) = self.judge.grants(&view, honour, before, &draft.moves) else { continue };
            let (line, given) = moves::confer(&view, honour, &granted);
            let mut demand = draft.demand;
            demand.honour(known.award.level);
            demand.unsure += u32::from(granted.unsure);
            demand.papers += granted.papers;
            let mut with = Draft { line, demand, moves: draft.moves.clone() };
            with.moves.extend(given);
            if honour == ground.target() {
                self.push(parent, round, with, true);
                // What is given on sure ground asks no more than any way that waits for it.
                if granted.unsure || granted.papers > 0 {
                    break;
                }
                return;
            }
            self.conferrals(parent, round, needed, honour + 1, with, before);
        }
        self.push(parent, round, draft, false);
    }

    fn push(&mut self, parent: usize, round: usize, draft: Draft, reached: bool) {
        *self.left = self.left.saturating_sub(1);
        let ground = self.judge.ground;
        let mut least = draft.demand;
        if !reached {
            if round + 1 >= ground.rounds.len() {
                return;
            }
            let view = View { ground, line: &draft.line, round, year: ground.rounds[round].year };
            // Asked first because it is the cheaper: what is outdone by a record without a way has no way either.
            if self.is_outdone(&view, draft.demand) {
                return;
            }
            let Some(still) = bound::least(&view, &self.judge.yearly, self.judge.open) else { return };
            let soonest = round + (still.rounds as usize).max(1);
            if soonest > self.last {
                self.next = self.next.min(soonest);
                return;
            }
            least = least.and(&still.demand(&view));
        }
        if self.below.is_some_and(|below| least >= below) {
            return;
        }
        let Draft { line, demand, moves } = draft;
        self.nodes.push(Node { parent: Some(parent), rounds: round + 1, line, demand, moves, reached });
        self.heap.push(Reverse((least, Reverse(round + 1), self.nodes.len() - 1)));
    }
}

impl<'l> Search<'_, '_, 'l> {
    /// Whether another record is as good in everything that still matters, not later and not dearer; if not, the
    /// record is remembered.
    fn is_outdone(&mut self, view: &View<'_, 'l>, demand: Demand) -> bool {
        let digest = view.ahead();
        let at = if view.round >= self.judge.ground.settled { usize::MAX } else { view.round };
        let known = self.seen.entry((at, digest.key)).or_default();
        let outdoes = |known: &Known| {
            known.demand <= demand
                && known.round <= view.round
                && known.more.iter().zip(&digest.more).all(|(known, mine)| known >= mine)
        };
        if known.iter().any(outdoes) {
            return true;
        }
        known.push(Known { more: digest.more, round: view.round, demand });
        false
    }
}

/// More ways to fill one year, and more initiatives in one, than any law asks to choose among.
const MOST_WAYS: usize = 10_000;
const MOST_INITIATIVES: u32 = 50;

/// What a year can hold of the subject's own work and of what others record of it; none where that is too much to be
/// looked at.
pub(super) fn choices(ground: &Ground<'_>, start: &Draft, round: usize, needed: u64) -> Option<Vec<Draft>> {
    let year = ground.rounds[round].year;
    if year < ground.open_from {
        return Some(vec![start.clone()]);
    }
    if ground.initiatives.iter().map(|(_, _, most)| most).sum::<u32>() > MOST_INITIATIVES {
        return None;
    }
    let mut drafts = vec![start.clone()];
    if start.line.grade(year).is_none() {
        drafts = widened(&drafts, ground.grades.len() as u32, |draft, place| {
            let grade = ground.grades[place as usize];
            draft.demand.grade(grade);
            draft.put(Move::Grade { year, grade });
        })?;
    }
    for (scope, sort, most) in &ground.initiatives {
        drafts = widened(&drafts, most + 1, |draft, count| {
            draft.demand.initiatives(*scope, count);
            (0..count).for_each(|_| draft.put(Move::Initiative { year, scope: *scope, sort: *sort }));
        })?;
    }
    let asked = asked(ground, round, needed);
    if asked.registration && !start.line.is_registered(year) {
        drafts = widened(&drafts, 2, |draft, count| {
            draft.demand.registrations += count;
            (0..count).for_each(|_| draft.put(Move::Registration { year }));
        })?;
    }
    if asked.members && !recorded_members(ground, year) {
        drafts = widened(&drafts, 2, |draft, count| {
            draft.demand.members += count;
            (0..count).for_each(|_| draft.put(Move::Members { year }));
        })?;
    }
    let on = moves::confirmed_on(ground, round);
    for condition in asked.confirmations {
        drafts = widened(&drafts, 2, |draft, count| {
            draft.demand.decisions += count;
            let confirmation = || Move::Confirmation { year, condition: condition.clone(), on };
            (0..count).for_each(|_| draft.put(confirmation()));
        })?;
    }
    Some(drafts)
}

impl Draft {
    fn put(&mut self, one: Move) {
        moves::work(&mut self.line, &one);
        self.moves.push(one);
    }
}

/// Each draft in as many ways as there are; none where they are too many.
fn widened(drafts: &[Draft], ways: u32, put: impl Fn(&mut Draft, u32)) -> Option<Vec<Draft>> {
    if drafts.len().saturating_mul(ways as usize) > MOST_WAYS {
        return None;
    }
    let widened = drafts.iter().flat_map(|draft| (0..ways).map(move |way| (draft.clone(), way)));
    let put = |(mut draft, way)| {
        put(&mut draft, way);
        draft
    };
    Some(widened.map(put).collect())
}

fn recorded_members(ground: &Ground<'_>, year: Year) -> bool {
    ground.base.members.iter().any(|fact| fact.year == year && fact.total > 0)
}

/// What else the standards of a round ask for.
struct Asked {
    registration: bool,
    members: bool,
    confirmations: Vec<String>,
}

fn asked(ground: &Ground<'_>, round: usize, needed: u64) -> Asked {
    let mut asked = Asked { registration: false, members: false, confirmations: Vec::new() };
    for honour in (0..ground.honours.len()).filter(|honour| needed >> honour & 1 == 1) {
        for standard in ground.standards(honour, round) {
            for leaf in &standard.leaves {
                match leaf.asks {
                    Asks::Registration => asked.registration = true,
                    Asks::Members => asked.members = true,
                    Asks::Confirmation => asked.confirmations.push(format!("{}/{}", standard.id, leaf.id)),
                    _ => {}
                }
            }
        }
    }
    asked
}
