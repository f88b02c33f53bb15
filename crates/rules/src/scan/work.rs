//! What is found out about the subjects of one block, column by column, each only for those for whom it is asked.

use std::rc::Rc;

use crate::ask::{Clip, Span};
use crate::facts::Subject;
use crate::scan::asked::{Asked, NO_ANCHOR, NO_CLIP, Rests};
use crate::scan::award::AwardFound;
use crate::scan::cell::{Cell, Cells, NEVER, Wanted, When};
use crate::scan::columns::{Columns, YearsOf};
use crate::scan::panel::Panel;
use crate::scan::planes::{BLOCK, Planes, Set};
use crate::scan::snapshot::Snapshot;
use crate::scan::told::Told;
use crate::scan::tree::Wish;

/// The subjects of one block before the columns.
pub(crate) struct Work<'b, 'l> {
    pub columns: &'b Columns<'l>,
    snapshot: &'b Snapshot,
    pub panel: &'b Panel,
    pub first: usize,
    /// Every subject of the block.
    pub all: Set,
    count: usize,
    memory: Memory,
}

/// What is known of the subjects of a block; kept for its room when the block is done.
#[derive(Default)]
pub(crate) struct Memory {
    clips: Vec<Memo<Clip>>,
    choices: Vec<Option<Rc<Choices>>>,
    awards: Vec<Option<Rc<AwardFound>>>,
    /// One for each award that can be chosen in turn; what hangs on no choice lies in the first.
    rounds: Vec<Round>,
}

#[derive(Default)]
struct Round {
    spans: Vec<Memo<Option<Span>>>,
    leaves: Vec<Leaf>,
}

/// One value for each subject of the block, where it is known.
pub(crate) struct Memo<T> {
    known: Set,
    pub values: Vec<T>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo { known: Set::EMPTY, values: Vec::new() }
    }
}

/// What a leaf comes to for those of whom it is known; of some only whether they meet it.
#[derive(Clone)]
struct Leaf {
    known: Set,
    planes: Planes,
    known_met: Set,
    met: Set,
}

impl Leaf {
    const OPEN: Leaf = Leaf { known: Set::EMPTY, planes: Planes::UNKNOWN, known_met: Set::EMPTY, met: Set::EMPTY };

    fn forget(&mut self) {
        (self.known, self.known_met) = (Set::EMPTY, Set::EMPTY);
    }
}

/// The awards held of which one is chosen in turn: of each subject the first, then the second, and so on.
pub(crate) struct Choices {
    /// Who has so many, and the places of the awards; in the first everybody.
    pub rounds: Vec<(Set, Vec<u8>)>,
}

impl Memory {
    /// Forgets everything and makes room for the columns.
    fn clear(&mut self, columns: &Columns<'_>) {
        fn unknown<T>(memos: &mut Vec<Memo<T>>, count: usize) {
            memos.iter_mut().for_each(|memo| memo.known = Set::EMPTY);
            memos.resize_with(count, Memo::default);
        }
        unknown(&mut self.clips, columns.clips.len());
        self.choices.clear();
        self.choices.resize(columns.choices.len(), None);
        self.awards.clear();
        self.awards.resize(columns.awards.len(), None);
        self.rounds.resize_with(self.rounds.len().max(1), Round::default);
        for round in &mut self.rounds {
            unknown(&mut round.spans, columns.spans.len());
            round.leaves.iter_mut().for_each(Leaf::forget);
            round.leaves.resize(columns.leaves.len(), Leaf::OPEN);
        }
    }
}

impl<'b, 'l> Work<'b, 'l> {
    pub fn new(
        columns: &'b Columns<'l>,
        snapshot: &'b Snapshot,
        subject: Subject,
        rows: std::ops::Range<u32>,
        mut memory: Memory,
    ) -> Self {
        let count = rows.len();
        assert!(count <= BLOCK, "a block holds at most {BLOCK} subjects");
        memory.clear(columns);
        let (panel, first) = snapshot.panel(subject, rows.start);
        Work { columns, snapshot, panel, first, all: Set::first(count), count, memory }
    }

    /// The room that the block took.
    pub fn into_memory(self) -> Memory {
        self.memory
    }

    /// The awards of which one is chosen in turn.
    pub fn choices(&mut self, number: usize) -> Rc<Choices> {
        if let Some(choices) = &self.memory.choices[number] {
            return choices.clone();
        }
        let awards = &self.columns.choices[number];
        let mut rounds = vec![(self.all, vec![NO_ANCHOR; self.count])];
        for place in 0..self.count {
            let held = self.panel.awards(self.first + place).enumerate();
            for (round, (held, _)) in held.filter(|(_, fact)| awards.contains(&fact.award)).enumerate() {
                if rounds.len() == round {
                    rounds.push((Set::EMPTY, vec![NO_ANCHOR; self.count]));
                }
                rounds[round].0.insert(place);
                rounds[round].1[place] = held as u8;
            }
        }
        let choices = Rc::new(Choices { rounds });
        self.memory.choices[number] = Some(choices.clone());
        choices
    }

    /// What a leaf comes to for the subjects that were asked about, in a round of choices.
    pub fn planes(&self, round: usize, leaf: usize) -> &Planes {
        let round = self.columns.leaves[leaf].round(round);
        &self.memory.rounds[round].leaves[leaf].planes
    }

    /// Finds what a leaf comes to for some subjects.
    pub fn find(&mut self, round: usize, leaf: usize, need: Set) {
        let columns = self.columns;
        let node = &columns.leaves[leaf];
        let round = self.open(node.round(round));
        let need = need & !self.memory.rounds[round].leaves[leaf].known;
        if need.is_empty() {
            return;
        }
        let below = node.rests.below.map(|award| self.award(award).planes);
        let cells = self.ask(round, leaf, need, Wanted::Codes, below.as_ref().map(|planes| (planes, NEVER)));
        let known = &mut self.memory.rounds[round].leaves[leaf];
        known.planes = known.planes.or(node.column.told.apply(cells.planes), need);
        known.known |= need;
    }

    /// Which of some subjects meet a leaf, or fail it.
    pub fn decide(&mut self, round: usize, leaf: usize, wish: Wish, need: Set) -> Set {
        let columns = self.columns;
        let node = &columns.leaves[leaf];
        let round = self.open(node.round(round));
        if wish == Wish::Failed || node.column.told != Told::Plain {
            self.find(round, leaf, need);
            let verdict = &self.memory.rounds[round].leaves[leaf].planes.verdict;
            return need & if wish == Wish::Met { verdict.met } else { verdict.failed };
        }
        let known = &self.memory.rounds[round].leaves[leaf];
        let open = need & !known.known & !known.known_met;
        if !open.is_empty() {
            let below = node.rests.below.map(|award| {
                let mut planes = Planes::UNKNOWN;
                planes.verdict.met = self.award_met(award, open);
                planes
            });
            let cells = self.ask(round, leaf, open, Wanted::Met, below.as_ref().map(|planes| (planes, NEVER)));
            let known = &mut self.memory.rounds[round].leaves[leaf];
            known.met = known.met.or(cells.planes.verdict.met, open);
            known.known_met |= open;
        }
        let known = &self.memory.rounds[round].leaves[leaf];
        known.met.or(known.planes.verdict.met, known.known) & need
    }

    /// Everything that a leaf comes to for one subject.
    pub fn cell(&mut self, round: usize, leaf: usize, place: usize) -> Cell {
        let columns = self.columns;
        let node = &columns.leaves[leaf];
        let round = self.open(node.round(round));
        let below = node.rests.below.map(|award| (self.award(award).planes, self.day_of_nearest(award, place)));
        let below: Option<(&Planes, When)> = below.as_ref().map(|(planes, earliest)| (planes, *earliest));
        self.ask(round, leaf, Set::only(place), Wanted::One(place), below).one
    }

    /// Puts a question to a leaf after what it rests on is known.
    fn ask(&mut self, round: usize, leaf: usize, need: Set, wanted: Wanted, below: Option<(&Planes, When)>) -> Cells {
        let columns = self.columns;
        let node = &columns.leaves[leaf];
        node.rests.spans.iter().for_each(|years| self.span(round, *years, need));
        self.clip(&node.rests, need);
        let choices = node.rests.choices.map(|choices| self.choices(choices));
        let anchors = anchors(choices.as_deref(), round);
        let spans = [0, round].map(|round| self.memory.rounds[round].spans.as_slice());
        let asked = Asked { anchors, spans, below, ..self.bare(&node.rests, need) };
        let mut cells = Cells::new(wanted);
        (node.column.find)(&asked, &mut cells);
        cells
    }

    /// A question without the years of leaves.
    fn bare(&self, rests: &Rests, need: Set) -> Asked<'_> {
        let clips = rests.clip.map_or(&[][..], |clip| &self.memory.clips[clip].values);
        let (snapshot, panel, first) = (self.snapshot, self.panel, self.first);
        Asked { snapshot, panel, first, need, anchors: &[], spans: [&[]; 2], clips, below: None }
    }

    /// Finds the years of a leaf for some subjects.
    fn span(&mut self, round: usize, years: YearsOf, need: Set) {
        let columns = self.columns;
        let node = &columns.spans[years.number];
        let round = node.round(round);
        let need = need & !self.memory.rounds[round].spans[years.number].known;
        if need.is_empty() {
            return;
        }
        self.clip(&node.rests, need);
        let choices = node.rests.choices.map(|choices| self.choices(choices));
        let mut values = std::mem::take(&mut self.memory.rounds[round].spans[years.number].values);
        values.resize(values.len().max(self.count), None);
        let anchors = anchors(choices.as_deref(), round);
        (node.column)(&Asked { anchors, ..self.bare(&node.rests, need) }, &mut values);
        let known = &mut self.memory.rounds[round].spans[years.number];
        known.values = values;
        known.known |= need;
    }

    /// Finds what keeps years from counting for some subjects.
    fn clip(&mut self, rests: &Rests, need: Set) {
        let Some(number) = rests.clip else { return };
        let need = need & !self.memory.clips[number].known;
        if need.is_empty() {
            return;
        }
        let mut values = std::mem::take(&mut self.memory.clips[number].values);
        values.resize(values.len().max(self.count), NO_CLIP);
        need.places().for_each(|place| values[place] = NO_CLIP);
        let asked = self.bare(&Rests::default(), need);
        self.columns.clips[number].iter().for_each(|column| column(&asked, &mut values));
        self.memory.clips[number] = Memo { known: self.memory.clips[number].known | need, values };
    }

    /// A round of choices with room in the memory.
    fn open(&mut self, round: usize) -> usize {
        while self.memory.rounds.len() <= round {
            let mut fresh = Round::default();
            fresh.spans.resize_with(self.columns.spans.len(), Memo::default);
            fresh.leaves.resize(self.columns.leaves.len(), Leaf::OPEN);
            self.memory.rounds.push(fresh);
        }
        round
    }

    /// What an honour comes to for every subject.
    pub fn award(&mut self, award: usize) -> Rc<AwardFound> {
        if let Some(found) = &self.memory.awards[award] {
            return found.clone();
        }
        let columns = self.columns;
        let found = Rc::new(columns.awards[award].find(self));
        self.memory.awards[award] = Some(found.clone());
        found
    }

    /// Which of some subjects meet an honour.
    pub fn award_met(&mut self, award: usize, need: Set) -> Set {
        match &self.memory.awards[award] {
            Some(found) => found.planes.verdict.met & need,
            None => {
                let columns = self.columns;
                columns.awards[award].met(self, need)
            }
        }
    }
}

/// The places of the awards chosen in a round.
fn anchors(choices: Option<&Choices>, round: usize) -> &[u8] {
    choices.and_then(|choices| choices.rounds.get(round)).map_or(&[], |(_, places)| places)
}
