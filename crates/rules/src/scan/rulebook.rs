//! Every honour of the law compiled against a snapshot, and the run over its subjects in blocks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::answer::StandardFinding;
use crate::ask::Verdict;
use crate::explain::explain;
use crate::facts::{Facts, Subject};
use crate::law::{Award, Law};
use crate::scan::answers::{Answered, Blocked};
use crate::scan::asked::Rows;
use crate::scan::award::{self, AwardPlan, AwardRun, Compiler, Known};
use crate::scan::cell;
use crate::scan::snapshot::{Place, Snapshot};

/// How many subjects are judged together: their cells stay in the nearest cache.
const BLOCK: usize = 1024;

/// Honours compiled for one kind of subject of a snapshot.
pub struct Rulebook<'l> {
    law: &'l Law,
    snapshot: &'l Snapshot,
    subject: Subject,
    awards: Vec<Arc<AwardPlan<'l>>>,
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
    pub fn new(law: &'l Law, snapshot: &'l Snapshot, subject: Subject, wanted: impl Fn(&Award) -> bool) -> Self {
        let compiler = Compiler::new(law, snapshot, subject);
        let awards = law.awards.iter().filter(|award| award.subjects.contains(&subject) && wanted(award));
        let awards = awards.filter_map(|award| compiler.award(&award.id)).collect();
        Rulebook { law, snapshot, subject, awards }
    }

    /// The honours, in the order of the law.
    pub fn awards(&self) -> impl Iterator<Item = &'l Award> {
        self.awards.iter().map(|plan| plan.award)
    }

    /// Judges every subject, block by block on all threads of the pool, and joins what `collect` makes of each block
    /// in the order of the rows. None where the run was cancelled.
    pub fn run<T: Send>(&self, progress: &Progress, collect: impl Fn(&Block<'_, 'l>) -> T + Sync) -> Option<Vec<T>> {
        let count = self.snapshot.count(self.subject);
        let blocks = count.div_ceil(BLOCK);
        let one = |block: usize| {
            if progress.is_cancelled() {
                return None;
            }
            let first = block * BLOCK;
            let count = BLOCK.min(count - first);
            let found = collect(&self.block(first as u32, count as u32));
            progress.done.fetch_add(count, Ordering::Relaxed);
            Some(found)
        };
        (0..blocks).into_par_iter().map(one).collect()
    }

    /// Judges the subjects of a run of rows.
    pub fn block(&self, first: u32, count: u32) -> Block<'_, 'l> {
        let known = Known::default();
        let asked = award::asked(self.snapshot, self.subject, Rows::Run { first, count }, &known);
        let runs = self.awards.iter().map(|plan| plan.run(&asked)).collect();
        Block { book: self, first, count, runs }
    }
}

/// The answers for some subjects that stand together.
pub struct Block<'b, 'l> {
    book: &'b Rulebook<'l>,
    first: u32,
    count: u32,
    runs: Vec<AwardRun>,
}

impl Block<'_, '_> {
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
            None => Answered::of(&self.runs[award], (row - self.first) as usize),
        }
    }

    /// How many rows meet an honour for certain.
    pub fn count_met(&self, award: usize) -> u64 {
        let odd = self.book.snapshot.panel(self.book.subject).odd.range(self.rows());
        let odd: Vec<u32> = odd.map(|(row, _)| *row).collect();
        let regular = self.runs[award].count_met();
        let (mut added, mut taken) = (0, 0);
        for row in odd {
            added += u64::from(self.answered(award, row).verdict == Verdict::Met);
            taken += u64::from(self.runs[award].code((row - self.first) as usize).verdict() == cell::MET);
        }
        regular + added - taken
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
            None => Blocked::of(&self.book.awards[award], &self.runs[award], (row - self.first) as usize),
        }
    }

    /// What the standard to speak of first comes to for a row, under the last loaded values: other standards may wait
    /// for an occasion to be confirmed. None where no standard is for the row.
    pub fn nearest(&self, award: usize, row: u32) -> Option<Verdict> {
        if let Some(facts) = self.odd(row) {
            return self.explained(award, facts, |answer| answer.nearest().map(StandardFinding::leaning));
        }
        let (run, place) = (&self.runs[award], (row - self.first) as usize);
        run.nearest(place).map(|nearest| cell::verdict(run.standard(nearest).code(place).leaning()))
    }

    /// Whether a row is one step short of the nearest standard: one condition alone is not met, it asks for one more, and
    /// with it the standard would hold.
    pub fn is_one_short(&self, award: usize, row: u32) -> bool {
        if let Some(facts) = self.odd(row) {
            return self.explained(award, facts, |answer| answer.nearest().is_some_and(StandardFinding::is_one_short));
        }
        let (plan, run, place) = (&self.book.awards[award], &self.runs[award], (row - self.first) as usize);
        let Some(nearest) = run.nearest(place) else { return false };
        let (standard, found) = (&plan.standards[nearest], run.standard(nearest));
        if found.code(place).leaning() != cell::NOT_MET {
            return false;
        }
        match found.blocking(standard, place).as_slice() {
            [leaf] => found.lacking(*leaf, place) == 1 && found.holds_with(standard, place, *leaf),
            _ => false,
        }
    }

    /// Whether a row was ever given an honour, by its place in [`Rulebook::awards`].
    pub fn is_held(&self, award: usize, row: u32) -> bool {
        self.book.snapshot.holds(Place { subject: self.book.subject, row }, &self.book.awards[award].award.id)
    }

    /// The records of a subject that do not fit the columns.
    fn odd(&self, row: u32) -> Option<&Facts> {
        self.book.snapshot.panel(self.book.subject).odd.get(&row)
    }

    fn explained<T>(&self, award: usize, facts: &Facts, read: impl Fn(&crate::answer::Answer) -> T) -> T {
        let day = self.book.snapshot.day();
        let id = &self.book.awards[award].award.id;
        let answer = explain(self.book.law, id, facts, day, None, None);
        // The book holds only honours of the law that are for this kind of subject.
        read(&answer.unwrap_or_else(|refusal| unreachable!("{refusal:?}")))
    }
}
