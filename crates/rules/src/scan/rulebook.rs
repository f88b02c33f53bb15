//! Every honour of the law compiled against a snapshot, and the run over its subjects in blocks.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::answer::StandardFinding;
use crate::ask::Verdict;
use crate::explain::explain;
use crate::facts::{Facts, Subject};
use crate::law::{Award, Law};
use crate::scan::answers::{Answered, Blocked};
use crate::scan::award::Compiler;
use crate::scan::cell;
use crate::scan::columns::Columns;
use crate::scan::planes::BLOCK;
use crate::scan::snapshot::{Place, Snapshot};
use crate::scan::work::{Memory, Work};

/// Honours compiled for one kind of subject of a snapshot.
pub struct Rulebook<'l> {
    law: &'l Law,
    snapshot: &'l Snapshot,
    subject: Subject,
    columns: Columns<'l>,
    /// The places of the honours among the columns.
    awards: Vec<usize>,
}

/// How far a run is; shared between the one who runs and the one who watches.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    cancelled: AtomicBool,
}

impl Progress {
    /// How many subjects have been judged.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Ends the run before its next block.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl<'l> Rulebook<'l> {
    /// The honours of the law that `wanted` keeps, for one kind of subject, as of the day of the snapshot.
    ///
    /// # Panics
    /// When the snapshot does not keep what they read.
    pub fn new(law: &'l Law, snapshot: &'l Snapshot, subject: Subject, wanted: impl Fn(&Award) -> bool) -> Self {
        let compiler = Compiler::new(law, snapshot, subject);
        let awards = compiler.awards(wanted);
        let (columns, reads) = compiler.compiled();
        assert!(snapshot.reads().covers(&reads), "the snapshot was made for other questions");
        Rulebook { law, snapshot, subject, awards, columns }
    }

    /// The honours, in the order of the law.
    pub fn awards(&self) -> impl Iterator<Item = &'l Award> {
        self.awards.iter().map(|place| self.columns.awards[*place].award)
    }

    /// Judges every subject, block by block on all threads of the pool, and joins what `collect` makes of each block
    /// in the order of the rows. None where the run was cancelled.
    pub fn run<T: Send>(&self, progress: &Progress, collect: impl Fn(&Block<'_, 'l>) -> T + Sync) -> Option<Vec<T>> {
        let count = self.snapshot.count(self.subject);
        let blocks = count.div_ceil(BLOCK);
        let one = |memory: &mut Memory, block: usize| {
            if progress.is_cancelled() {
                return None;
            }
            let first = block * BLOCK;
            let count = BLOCK.min(count - first);
            let block = self.block_in(std::mem::take(memory), first as u32, count as u32);
            let found = collect(&block);
            *memory = block.work.into_inner().into_memory();
            progress.done.fetch_add(count, Ordering::Relaxed);
            Some(found)
        };
        (0..blocks).into_par_iter().map_init(Memory::default, one).collect()
    }

    /// Judges the subject of a row.
    pub fn block(&self, row: u32) -> Block<'_, 'l> {
        self.block_in(Memory::default(), row, 1)
    }

    fn block_in(&self, memory: Memory, first: u32, count: u32) -> Block<'_, 'l> {
        let work = Work::new(&self.columns, self.snapshot, self.subject, first..first + count, memory);
        Block { book: self, first, count, work: RefCell::new(work) }
    }
}

/// The answers for some subjects that stand together; each is found out when it is asked for.
pub struct Block<'b, 'l> {
    book: &'b Rulebook<'l>,
    first: u32,
    count: u32,
    work: RefCell<Work<'b, 'l>>,
}

impl<'l> Block<'_, 'l> {
    /// The rows of the block in the snapshot.
    pub fn rows(&self) -> std::ops::Range<u32> {
        self.first..self.first + self.count
    }

    /// What an honour, by its place in [`Rulebook::awards`], comes to for a row.
    pub fn answered(&self, award: usize, row: u32) -> Answered {
        match self.odd(row) {
            Some(facts) => self.explained(award, facts, |answer| Answered {
                verdict: answer.verdict,
                provisional: answer.provisional,
                earliest: answer.earliest,
            }),
            None => Answered::of(&mut self.work.borrow_mut(), self.book.awards[award], self.place(row)),
        }
    }

    /// What an honour comes to for a row, without the day.
    pub fn verdict(&self, award: usize, row: u32) -> (Verdict, Option<Verdict>) {
        match self.odd(row) {
            Some(facts) => self.explained(award, facts, |answer| (answer.verdict, answer.provisional)),
            None => {
                let code = self.work.borrow_mut().award(self.book.awards[award]).planes.code(self.place(row));
                (cell::verdict(code.verdict()), code.provisional().map(cell::verdict))
            }
        }
    }

    /// How many rows meet an honour for certain; nothing else is found out about them.
    pub fn count_met(&self, award: usize) -> u64 {
        let mut work = self.work.borrow_mut();
        let mut met = work.all;
        let places = work.first as u32..work.first as u32 + self.count;
        let odd = work.panel.odd.range(places).filter(|(at, facts)| {
            met.remove(**at as usize - work.first);
            self.explained(award, facts, |answer| answer.verdict == Verdict::Met)
        });
        let odd = odd.count();
        (work.award_met(self.book.awards[award], met).count() + odd) as u64
    }

    /// What keeps a row from an honour; none where no standard is for it.
    pub fn blocked(&self, award: usize, row: u32) -> Option<Blocked> {
        match self.odd(row) {
            Some(facts) => self.explained(award, facts, |answer| {
                let nearest = answer.nearest()?;
                let blocking = nearest.blocking();
                let lacking = blocking.first().and_then(|finding| finding.lacking).unwrap_or_default();
                Some(Blocked {
                    standard: nearest.id.clone(),
                    conditions: blocking.iter().map(|finding| finding.id.clone()).collect(),
                    lacking: lacking.min(u32::from(u16::MAX)) as u16,
                })
            }),
            None => Blocked::of(&mut self.work.borrow_mut(), self.book.awards[award], self.place(row)),
        }
    }

    /// What the standard to speak of first comes to for a row, under the last loaded values: other standards may wait
    /// for an occasion to be confirmed. None where no standard is for the row.
    pub fn nearest(&self, award: usize, row: u32) -> Option<Verdict> {
        if let Some(facts) = self.odd(row) {
            return self.explained(award, facts, |answer| answer.nearest().map(StandardFinding::leaning));
        }
        let (mut work, award, place) = (self.work.borrow_mut(), self.book.awards[award], self.place(row));
        let nearest = work.nearest(award, place)?;
        Some(cell::verdict(work.award(award).standards[nearest].codes.leaning.of(place)))
    }

    /// Whether a row is one step short of the nearest standard: one condition alone is not met, it asks for one more, and
    /// with it the standard would hold.
    pub fn is_one_short(&self, award: usize, row: u32) -> bool {
        if let Some(facts) = self.odd(row) {
            return self.explained(award, facts, |answer| answer.nearest().is_some_and(StandardFinding::is_one_short));
        }
        let (mut work, award, place) = (self.work.borrow_mut(), self.book.awards[award], self.place(row));
        let Some(nearest) = work.nearest(award, place) else { return false };
        let (plan, found) = (&work.columns.awards[award].standards[nearest], work.award(award));
        let found = &found.standards[nearest];
        if found.codes.leaning.of(place) != cell::NOT_MET {
            return false;
        }
        match plan.blocking(&work, found, place).as_slice() {
            [leaf] => plan.holds_with(&work, found, place, *leaf) && plan.lacking(&mut work, found, place, *leaf) == 1,
            _ => false,
        }
    }

    /// Whether a row was ever given an honour, by its place in [`Rulebook::awards`].
    pub fn is_held(&self, award: usize, row: u32) -> bool {
        self.book.snapshot.holds(
            Place { subject: self.book.subject, row },
            &self.book.columns.awards[self.book.awards[award]].award.id,
        )
    }

    /// The place of a row in the block.
    fn place(&self, row: u32) -> usize {
        (row - self.first) as usize
    }

    /// The records of a subject that do not fit the columns.
    fn odd(&self, row: u32) -> Option<&Facts> {
        let (panel, at) = self.book.snapshot.panel(self.book.subject, row);
        panel.odd.get(&(at as u32))
    }

    fn explained<T>(&self, award: usize, facts: &Facts, read: impl Fn(&crate::answer::Answer) -> T) -> T {
        let day = self.book.snapshot.day();
        let id = &self.book.columns.awards[self.book.awards[award]].award.id;
        let answer = explain(self.book.law, id, facts, day, None, None);
        // The book holds only honours of the law that are for this kind of subject.
        read(&answer.unwrap_or_else(|refusal| unreachable!("{refusal:?}")))
    }
}
