//! One honour compiled for a scan: the best of its standards, and of them the one to speak of first.

use std::cell::{RefCell, RefMut};
use std::cmp::Reverse;
use std::collections::HashMap;

use crate::explain::DEEPEST;
use crate::facts::{Day, Subject};
use crate::law::{Award, Law, Standard};
use crate::scan::cell::{Code, MET, NEVER, NOT_MET, UNKNOWN, When};
use crate::scan::columns::{Collected, Columns};
use crate::scan::names::Names;
use crate::scan::planes::{Planes, Set, Trits};
use crate::scan::reads::Reads;
use crate::scan::snapshot::Snapshot;
use crate::scan::standard::{Fits, StandardFound, StandardPlan, told};
use crate::scan::work::Work;

/// Compiles honours for one kind of subject, each once at each depth.
pub(crate) struct Compiler<'s, 'l> {
    pub law: &'l Law,
    snapshot: &'s Snapshot,
    subject: Subject,
    collected: RefCell<Collected<'l>>,
    reads: RefCell<Reads>,
    made: RefCell<HashMap<(&'l str, u8), usize>>,
}

impl<'s, 'l> Compiler<'s, 'l> {
    pub fn new(law: &'l Law, snapshot: &'s Snapshot, subject: Subject) -> Self {
        Compiler {
            law,
            snapshot,
            subject,
            collected: RefCell::default(),
            reads: RefCell::default(),
            made: RefCell::default(),
        }
    }

    pub fn day(&self) -> Day {
        self.snapshot.day()
    }

    pub fn names(&self) -> &'s Names {
        self.snapshot.names()
    }

    pub fn collected(&self) -> RefMut<'_, Collected<'l>> {
        self.collected.borrow_mut()
    }

    pub fn reads(&self) -> RefMut<'_, Reads> {
        self.reads.borrow_mut()
    }

    /// The numbers of the honours of the law that `wanted` keeps, as far as they are for the kind of subject.
    pub fn awards(&self, wanted: impl Fn(&Award) -> bool) -> Vec<usize> {
        let awards = self.law.awards.iter().filter(|award| award.subjects.contains(&self.subject) && wanted(award));
        awards.filter_map(|award| self.award(&award.id, 0)).collect()
    }

    /// The number of an honour among the columns; none where the law has no such honour, or where it lies too deep below
    /// the one asked for.
    pub fn award(&self, id: &str, depth: u8) -> Option<usize> {
        let award = self.law.award(id).filter(|_| depth <= DEEPEST)?;
        let key = (award.id.as_str(), depth);
        if let Some(made) = self.made.borrow().get(&key) {
            return Some(*made);
        }
        let plan = AwardPlan::new(self, award, depth);
        let made = self.collected().award(plan);
        self.made.borrow_mut().insert(key, made);
        Some(made)
    }

    /// Every column that the honours compiled ask for, and what they read.
    pub fn compiled(self) -> (Columns<'l>, Reads) {
        (self.collected.into_inner().columns, self.reads.into_inner())
    }
}

/// An honour as columns.
pub(crate) struct AwardPlan<'l> {
    pub award: &'l Award,
    pub standards: Vec<StandardPlan>,
    /// What it comes to for those for whom no standard is.
    others: Code,
}

impl<'l> AwardPlan<'l> {
    fn new(compiler: &Compiler<'_, 'l>, award: &'l Award, depth: u8) -> Self {
        let day = compiler.day();
        let standards: Vec<&Standard> = award.standards_on(day, compiler.subject).collect();
        let values = standards.iter().filter_map(|standard| standard.in_order()[0].on(day));
        let mut texts = values.filter_map(|value| compiler.law.documents.get(&value.source.document));
        let others = match standards.is_empty() {
            true => Code::plain(UNKNOWN),
            false if texts.any(|text| text.loaded_until.is_some_and(|last| last < day)) => {
                Code::of(UNKNOWN, Some(NOT_MET))
            }
            false => Code::plain(NOT_MET),
        };
        let compiled = standards.into_iter().map(|standard| StandardPlan::new(compiler, award, standard, depth));
        AwardPlan { award, standards: compiled.collect(), others }
    }

    /// What the honour comes to for every subject of a block.
    pub fn find(&self, work: &mut Work<'_, '_>) -> AwardFound {
        let standards: Vec<StandardFound> =
            self.standards.iter().map(|standard| standard.find(work, work.all)).collect();
        let best = |read: fn(&Planes) -> Trits| {
            let each = standards.iter().map(|found| Trits::FAILED.or(read(&found.codes), found.fits));
            each.fold(Trits::FAILED, Trits::best)
        };
        let (mut for_some, mut degraded) = (Set::EMPTY, Set::EMPTY);
        for found in &standards {
            for_some |= found.fits;
            degraded |= found.codes.told;
        }
        let (verdict, leaning) = (best(|codes| codes.verdict), best(|codes| codes.leaning));
        let told = told(verdict, leaning, degraded);
        let codes = Planes { verdict, leaning, told, untouched: Set::EMPTY };
        AwardFound { planes: Planes::same(self.others).or(codes, for_some), standards }
    }

    /// Which of some subjects meet the honour.
    pub fn met(&self, work: &mut Work<'_, '_>, need: Set) -> Set {
        self.standards.iter().fold(Set::EMPTY, |met, standard| match need & !met {
            Set::EMPTY => met,
            open => met | standard.met(work, open),
        })
    }
}

/// What an honour comes to for the subjects of a block.
pub(crate) struct AwardFound {
    /// Verdict and leaning: the best of the standards.
    pub planes: Planes,
    pub standards: Vec<StandardFound>,
}

impl<'l> Work<'_, 'l> {
    /// The standard to speak of first, as [`crate::answer::Answer::nearest`] chooses it.
    pub fn nearest(&mut self, award: usize, place: usize) -> Option<usize> {
        let (found, plan) = (self.award(award), &self.columns.awards[award]);
        let rank = |number: usize| {
            let standard = &found.standards[number];
            let leaning = standard.codes.leaning.of(place);
            (leaning == MET, !standard.waits(place), leaning)
        };
        // How many leaves are open is counted only where all else is alike.
        let open = |number: usize| {
            let standard = &found.standards[number];
            let perhaps = u16::from(standard.fits(place) == Fits::Perhaps);
            Reverse(plan.standards[number].open(self, standard.round(place), place) + perhaps)
        };
        let fitting = (0..found.standards.len()).rev().filter(|number| found.standards[*number].fits.has(place));
        fitting.max_by(|one, other| rank(*one).cmp(&rank(*other)).then_with(|| open(*one).cmp(&open(*other))))
    }

    /// The first day on which a standard of an honour can be met.
    pub fn day_of(&mut self, award: usize, standard: usize, place: usize) -> When {
        let (found, columns) = (self.award(award), self.columns);
        let round = found.standards[standard].round(place);
        columns.awards[award].standards[standard].earliest(self, round, place)
    }

    /// The first day on which the standard to speak of first can be met.
    pub fn day_of_nearest(&mut self, award: usize, place: usize) -> When {
        self.nearest(award, place).map_or(NEVER, |nearest| self.day_of(award, nearest, place))
    }

    /// The first day on which an honour can be met; [`NEVER`] where it is not "not met" or waiting does not help.
    pub fn earliest(&mut self, award: usize, place: usize) -> When {
        let found = self.award(award);
        if found.planes.leaning.of(place) != NOT_MET {
            return NEVER;
        }
        let fitting = (0..found.standards.len()).filter(|number| found.standards[*number].fits.has(place));
        fitting.map(|number| self.day_of(award, number, place)).min().unwrap_or(NEVER)
    }
}
