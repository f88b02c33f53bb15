//! One honour compiled for a scan: the best of its standards, and of them the one to speak of first.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::explain::DEEPEST;
use crate::facts::{Day, Subject};
use crate::law::{Award, Law, Standard};
use crate::scan::asked::{Asked, Rows};
use crate::scan::cell::{Cell, Cells, Code, MET, NEVER, NOT_MET, UNKNOWN, When};
use crate::scan::names::Names;
use crate::scan::snapshot::Snapshot;
use crate::scan::standard::{Fits, StandardPlan, StandardRun, told};

/// Compiles honours for one kind of subject, each once.
pub(crate) struct Compiler<'s, 'l> {
    pub law: &'l Law,
    snapshot: &'s Snapshot,
    subject: Subject,
    made: RefCell<HashMap<&'l str, Arc<AwardPlan<'l>>>>,
}

impl<'s, 'l> Compiler<'s, 'l> {
    pub fn new(law: &'l Law, snapshot: &'s Snapshot, subject: Subject) -> Self {
        Compiler { law, snapshot, subject, made: RefCell::default() }
    }

    pub fn day(&self) -> Day {
        self.snapshot.day()
    }

    pub fn names(&self) -> &'s Names {
        self.snapshot.names()
    }

    /// An honour for the kind of subject; none where the law has no such honour.
    pub fn award(&self, id: &str) -> Option<Arc<AwardPlan<'l>>> {
        let award = self.law.award(id)?;
        if let Some(made) = self.made.borrow().get(award.id.as_str()) {
            return Some(made.clone());
        }
        let plan = Arc::new(AwardPlan::new(self, award));
        self.made.borrow_mut().insert(&award.id, plan.clone());
        Some(plan)
    }
}

/// An honour as columns.
pub(crate) struct AwardPlan<'l> {
    pub award: &'l Award,
    pub standards: Vec<StandardPlan<'l>>,
    /// What it comes to for those for whom no standard is.
    others: Code,
}

impl<'l> AwardPlan<'l> {
    fn new(compiler: &Compiler<'_, 'l>, award: &'l Award) -> Self {
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
        let standards = standards.into_iter().map(|standard| StandardPlan::new(compiler, award, standard)).collect();
        AwardPlan { award, standards, others }
    }

    /// What the honour comes to for each subject.
    pub fn run(&self, asked: &Asked<'_>) -> AwardRun {
        let standards: Vec<StandardRun> = self.standards.iter().map(|standard| standard.run(asked)).collect();
        let count = asked.rows.count();
        let mut best = Best { verdict: vec![0; count], leaning: vec![0; count], degraded: vec![0; count] };
        let mut earliest = vec![NEVER; count];
        let mut for_some = vec![false; count];
        for standard in &standards {
            standard.join(&mut best, &mut earliest, &mut for_some);
        }
        let code = |place: usize| match for_some[place] {
            true => told(best.verdict[place], best.leaning[place], best.degraded[place] != 0),
            false => self.others,
        };
        let codes: Vec<u8> = (0..count).map(|place| code(place).0).collect();
        for (earliest, code) in earliest.iter_mut().zip(&codes) {
            *earliest = if Code(*code).leaning() == NOT_MET { *earliest } else { NEVER };
        }
        AwardRun { standards, codes, earliest }
    }

    /// The honour as a standard of another one asks for it; none where it lies too deep.
    pub fn below(&self, asked: &Asked<'_>) -> Option<Rc<Vec<Cell>>> {
        if asked.depth >= DEEPEST {
            return None;
        }
        let Some(known) = asked.known else { return Some(Rc::new(self.cells(asked))) };
        let key = std::ptr::from_ref(self.award).addr();
        if let Some(cells) = known.awards.borrow().get(&key) {
            return Some(cells.clone());
        }
        let cells = Rc::new(self.cells(asked));
        known.awards.borrow_mut().insert(key, cells.clone());
        Some(cells)
    }

    fn cells(&self, asked: &Asked<'_>) -> Vec<Cell> {
        let run = self.run(&Asked { depth: asked.depth + 1, anchors: &[], ..*asked });
        let cell = |place: usize| {
            let earliest = run.nearest(place).map_or(NEVER, |nearest| run.standards[nearest].earliest(place));
            Cell { code: run.code(place), earliest, lacking: 0 }
        };
        (0..asked.rows.count()).map(cell).collect()
    }
}

/// What several standards ask for, kept for the subjects of one block.
#[derive(Default)]
pub(crate) struct Known {
    /// What honours below others came to, by the address of the honour.
    awards: RefCell<HashMap<usize, Rc<Vec<Cell>>>>,
    /// What leaves that stand alone came to, by the address of the value and whether it may not bind.
    pub leaves: RefCell<HashMap<(usize, bool), Rc<Cells>>>,
}

/// The best of the standards so far, subject by subject.
pub(crate) struct Best {
    pub verdict: Vec<u8>,
    pub leaning: Vec<u8>,
    pub degraded: Vec<u8>,
}

/// What an honour comes to for each of the subjects asked about.
pub(crate) struct AwardRun {
    standards: Vec<StandardRun>,
    codes: Vec<u8>,
    earliest: Vec<When>,
}

impl AwardRun {
    /// Verdict and leaning: the best of the standards.
    pub fn code(&self, place: usize) -> Code {
        Code(self.codes[place])
    }

    /// How many subjects meet it.
    pub fn count_met(&self) -> u64 {
        self.codes.iter().map(|code| u64::from(Code(*code).verdict() == MET)).sum()
    }

    /// The first day on which it can be met; [`NEVER`] where it is not "not met" or waiting does not help.
    pub fn earliest(&self, place: usize) -> When {
        self.earliest[place]
    }

    /// The standard to speak of first, as [`crate::answer::Answer::nearest`] chooses it.
    pub fn nearest(&self, place: usize) -> Option<usize> {
        let rank = |(number, standard): &(usize, &StandardRun)| {
            let leaning = standard.code(place).leaning();
            (leaning == MET, !standard.waits(place), leaning, Reverse(standard.open(place)), Reverse(*number))
        };
        let open = self.standards.iter().enumerate().filter(|(_, standard)| standard.fits(place) != Fits::No);
        open.max_by_key(rank).map(|(number, _)| number)
    }

    pub fn standard(&self, number: usize) -> &StandardRun {
        &self.standards[number]
    }
}

/// A question for some subjects, before any leaf is asked.
pub(crate) fn asked<'s>(snapshot: &'s Snapshot, subject: Subject, rows: Rows<'s>, known: &'s Known) -> Asked<'s> {
    let panel = snapshot.panel(subject);
    Asked { snapshot, panel, rows, anchors: &[], spans: &[], clips: &[], known: Some(known), depth: 0 }
}
