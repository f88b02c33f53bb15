//! One standard compiled for a scan: its leaves as columns, its tree as the worst and the best of them.

use std::cell::RefCell;
use std::cmp::Reverse;

use crate::facts::Day;
use crate::law::{self, Award, Leaf, Node, Principle, Role, Value};
use crate::scan::asked::{Plan, Sisters};
use crate::scan::award::Compiler;
use crate::scan::cell::{MET, NEVER, NOT_MET, When};
use crate::scan::columns::YearsOf;
use crate::scan::packed;
use crate::scan::planes::{BLOCK, Planes, Set, Trits};
use crate::scan::reads::Part;
use crate::scan::told::Told;
use crate::scan::tree::{Tree, Wish};
use crate::scan::work::Work;

/// A standard as columns.
pub(crate) struct StandardPlan {
    /// `AWARD/STANDARD`.
    pub path: String,
    pub leaves: Vec<LeafPlan>,
    /// None where there is nothing but judgement.
    tree: Option<Tree>,
    /// The number of the choices, where leaves count from one of several awards held.
    choices: Option<usize>,
    groups: Groups,
}

/// One leaf as a column.
pub(crate) struct LeafPlan {
    /// `AWARD/STANDARD/LEAF`.
    pub path: String,
    /// The number of its column.
    column: usize,
    attested: bool,
}

/// For which groups of people a standard is, as bits counted like the packed group.
#[derive(Debug, Clone, Copy)]
struct Groups {
    only: u16,
    except: u16,
}

/// Whether a standard is for a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fits {
    No,
    Surely,
    /// It is only for some groups and the subject's group is not known.
    Perhaps,
}

impl Groups {
    fn of(standard: &law::Standard) -> Self {
        let bits = |groups: &[crate::facts::Group]| groups.iter().fold(0, |bits, group| bits | 2 << *group as u16);
        Groups { only: bits(&standard.groups), except: bits(&standard.except_groups) }
    }

    fn are_asked(self) -> bool {
        self.only != 0 || self.except != 0
    }

    fn fits(self, group: u8) -> Fits {
        match (group, self.only) {
            (0, 0) => Fits::Surely,
            (0, _) => Fits::Perhaps,
            (group, _) if self.except >> group & 1 != 0 => Fits::No,
            (group, only) if only != 0 && only >> group & 1 == 0 => Fits::No,
            _ => Fits::Surely,
        }
    }
}

impl StandardPlan {
    /// Compiles a standard with the principles that bind it.
    pub fn new<'l>(compiler: &Compiler<'_, 'l>, award: &'l Award, standard: &'l law::Standard, depth: u8) -> Self {
        let day = compiler.day();
        let path = format!("{}/{}", award.id, standard.id);
        let principles: Vec<&'l Principle> =
            compiler.law.principles.iter().filter(|principle| principle.binds(award, standard, day)).collect();
        let own = standard.in_order().into_iter().map(|leaf| (leaf, standard.doubtful(day)));
        let shared =
            principles.iter().map(|principle| (&principle.leaf, principle.doubtful(day) || standard.doubtful(day)));
        let leaves: Vec<(&'l Leaf, bool)> = own.chain(shared).filter(|(leaf, _)| !leaf.values.is_empty()).collect();
        let place = Place { compiler, award, path: &path, yearly: standard.kind.is_none(), depth };
        let groups = Groups::of(standard);
        if groups.are_asked() {
            compiler.reads().add(Part::Who);
        }
        let sisters = place.sisters(&leaves, anchor(standard, day));
        let counts = |id: &str| {
            leaves.iter().rposition(|(leaf, _)| leaf.id == id).filter(|place| leaves[*place].0.role != Role::Judgement)
        };
        let mut nodes = match &standard.tree {
            Node::All(nodes) => nodes.clone(),
            other => vec![other.clone()],
        };
        nodes.extend(principles.iter().map(|principle| Node::Leaf(principle.leaf.id.clone())));
        StandardPlan {
            leaves: leaves.iter().map(|(leaf, doubtful)| place.leaf(leaf, *doubtful, &sisters)).collect(),
            tree: Tree::of(&Node::All(nodes), &counts),
            choices: sisters.anchor.map(|(_, choices)| choices),
            groups,
            path,
        }
    }

    /// For whom of some subjects it surely is, and for whom perhaps.
    fn fits(&self, work: &Work<'_, '_>, need: Set) -> (Set, Set) {
        if !self.groups.are_asked() {
            return (need, Set::EMPTY);
        }
        let (mut surely, mut perhaps) = (Set::EMPTY, Set::EMPTY);
        for place in need.places() {
            match self.groups.fits(packed::group(work.panel.who[work.first + place])) {
                Fits::Surely => surely.insert(place),
                Fits::Perhaps => perhaps.insert(place),
                Fits::No => {}
            }
        }
        (surely, perhaps)
    }

    /// What the standard comes to for some subjects.
    pub fn find(&self, work: &mut Work<'_, '_>, need: Set) -> StandardFound {
        let (surely, perhaps) = self.fits(work, need);
        let fits = surely | perhaps;
        let mut found = StandardFound { perhaps, fits, ..StandardFound::default() };
        if fits.is_empty() {
            return found;
        }
        let choices = self.choices.map(|choices| work.choices(choices));
        let mut best = self.round(work, 0, fits);
        let more = choices.iter().flat_map(|choices| choices.rounds.iter().enumerate().skip(1));
        for (round, (held, _)) in more {
            let held = *held & fits;
            let next = self.round(work, round, held);
            found.chosen.resize(BLOCK, 0);
            let mut better = Set::EMPTY;
            for place in held.places() {
                let former = usize::from(found.chosen[place]);
                if self.rank(work, &next, round, place) >= self.rank(work, &best, former, place) {
                    found.chosen[place] = round as u8;
                    better.insert(place);
                }
            }
            best = best.or(&next, better);
        }
        // Where the group is not known, the standard is at most perhaps met.
        found.codes.verdict = best.verdict.unmet_for(perhaps);
        found.codes.leaning = best.leaning.unmet_for(perhaps);
        found.codes.told = told(found.codes.verdict, found.codes.leaning, best.degraded) & fits;
        found.waits = best.waits;
        found
    }

    /// What it comes to in one round of choices, before it is known for whom it is.
    fn round(&self, work: &mut Work<'_, '_>, round: usize, need: Set) -> Found {
        let (mut waits, mut degraded) = (Set::EMPTY, Set::EMPTY);
        for leaf in &self.leaves {
            work.find(round, leaf.column, need);
            let planes = work.planes(round, leaf.column);
            degraded |= planes.told;
            if leaf.attested {
                waits |= !(planes.leaning.met | planes.leaning.failed);
            }
        }
        let planes = |leaf: usize| work.planes(round, self.leaves[leaf].column);
        let fold = |read: fn(&Planes) -> Trits| {
            self.tree.as_ref().map_or(Trits::UNKNOWN, |tree| tree.fold(&|leaf| read(planes(leaf))))
        };
        Found { verdict: fold(|planes| planes.verdict), leaning: fold(|planes| planes.leaning), waits, degraded }
    }

    /// How well a choice serves a subject; of equals the last serves best.
    fn rank(
        &self,
        work: &mut Work<'_, '_>,
        found: &Found,
        round: usize,
        place: usize,
    ) -> (u8, Reverse<u16>, Reverse<When>) {
        let leaning = found.leaning.of(place);
        let earliest = if leaning == NOT_MET { self.earliest(work, round, place) } else { NEVER };
        (leaning, Reverse(self.open(work, round, place)), Reverse(earliest))
    }

    /// Which of some subjects meet it.
    pub fn met(&self, work: &mut Work<'_, '_>, need: Set) -> Set {
        let need = self.fits(work, need).0;
        let choices = self.choices.map(|choices| work.choices(choices));
        // Which of several choices serves best is known only after all is known of them.
        let several = choices.and_then(|choices| Some(choices.rounds.get(1)?.0)).unwrap_or(Set::EMPTY) & need;
        let Some(tree) = &self.tree else { return Set::EMPTY };
        let mut leaf = |leaf: usize, wish: Wish, need: Set| work.decide(0, self.leaves[leaf].column, wish, need);
        let met = tree.decide(Wish::Met, need & !several, &mut leaf);
        if several.is_empty() { met } else { met | (self.find(work, several).codes.verdict.met & several) }
    }

    /// How many leaves are not met, under the last loaded values.
    pub fn open(&self, work: &Work<'_, '_>, round: usize, place: usize) -> u16 {
        let met = |leaf: &&LeafPlan| work.planes(round, leaf.column).leaning.met.has(place);
        (self.leaves.len() - self.leaves.iter().filter(met).count()) as u16
    }

    /// The first day on which it can hold.
    pub fn earliest(&self, work: &mut Work<'_, '_>, round: usize, place: usize) -> When {
        let Some(tree) = &self.tree else { return NEVER };
        let leaning: Vec<u8> = (0..self.leaves.len()).map(|leaf| self.leaning(work, round, place, leaf)).collect();
        let mut day = |leaf: usize| work.cell(round, self.leaves[leaf].column, place).earliest;
        match tree.fold_one(&|leaf| leaning[leaf]) {
            NOT_MET => tree.earliest(&|leaf| leaning[leaf], &mut day),
            _ => NEVER,
        }
    }

    fn leaning(&self, work: &Work<'_, '_>, round: usize, place: usize, leaf: usize) -> u8 {
        work.planes(round, self.leaves[leaf].column).leaning.of(place)
    }

    /// The leaves that keep a subject from it, as places in the plan; of alternatives those of the first.
    pub fn blocking(&self, work: &Work<'_, '_>, found: &StandardFound, place: usize) -> Vec<usize> {
        let (leaning, round) = (found.codes.leaning.of(place), found.round(place));
        let mut leaves = Vec::new();
        if leaning != MET
            && let Some(tree) = &self.tree
        {
            tree.blocking(&|leaf| self.leaning(work, round, place, leaf), leaning, &mut leaves);
        }
        leaves
    }

    /// Whether it would hold for a subject if one leaf did.
    pub fn holds_with(&self, work: &Work<'_, '_>, found: &StandardFound, place: usize, leaf: usize) -> bool {
        let round = found.round(place);
        let given = |known: usize| if known == leaf { MET } else { self.leaning(work, round, place, known) };
        found.fits(place) == Fits::Surely && self.tree.as_ref().is_some_and(|tree| tree.fold_one(&given) == MET)
    }

    /// How many more a leaf asks for, where it counts something; 0 elsewhere.
    pub fn lacking(&self, work: &mut Work<'_, '_>, found: &StandardFound, place: usize, leaf: usize) -> u16 {
        work.cell(found.round(place), self.leaves[leaf].column, place).lacking
    }
}

/// The leaf whose award is chosen in turn, with its honours.
fn anchor(standard: &law::Standard, day: Day) -> Option<(&str, Vec<&str>)> {
    let values = standard.leaves.values().filter_map(|leaf| leaf.on(day));
    let since = values.filter_map(|value| value.condition.links().since).next()?;
    let value = standard.leaves.get(since)?.on(day)?;
    Some((since, value.condition.links().awards))
}

/// Where leaves are compiled: one standard of an honour.
struct Place<'p, 'l> {
    compiler: &'p Compiler<'p, 'l>,
    award: &'l Award,
    /// `AWARD/STANDARD`.
    path: &'p str,
    yearly: bool,
    depth: u8,
}

impl<'p, 'l> Place<'p, 'l> {
    fn plan<'s>(&'s self, leaf: &'s str, sisters: &'s Sisters<'s>) -> Plan<'s, 'l> {
        Plan {
            law: self.compiler.law,
            award: self.award,
            day: self.compiler.day(),
            leaf,
            path: format!("{}/{leaf}", self.path),
            yearly: self.yearly,
            depth: self.depth,
            sisters,
            compiler: self.compiler,
            rests: RefCell::default(),
        }
    }

    /// Compiles what leaves give each other: first what keeps years from counting, then years.
    fn sisters(&self, leaves: &[(&'l Leaf, bool)], anchor: Option<(&'l str, Vec<&str>)>) -> Sisters<'l> {
        let day = self.compiler.day();
        let in_force = || leaves.iter().map(|(leaf, _)| (leaf.id.as_str(), leaf.on(day)));
        let anchor = anchor.map(|(leaf, awards)| {
            self.compiler.reads().add(Part::List(packed::AWARDS));
            let awards = awards.iter().filter_map(|id| self.compiler.names().awards.find(id)).collect();
            (leaf, self.compiler.collected().choices(awards))
        });
        let mut sisters = Sisters { anchor, ..Sisters::default() };
        let clip = |(leaf, value): (&str, Option<&'l Value>)| {
            let condition = &value?.condition;
            Some((format!("{condition:?}"), condition.clip_column(&self.plan(leaf, &sisters))?))
        };
        let (printed, columns): (Vec<_>, Vec<_>) = in_force().filter_map(clip).unzip();
        sisters.clip = (!printed.is_empty()).then(|| self.compiler.collected().clip(printed, columns));
        let span = |(leaf, value): (&'l str, Option<&'l Value>)| {
            let plan = self.plan(leaf, &sisters);
            let column = value.and_then(|value| Some((value, value.condition.span_column(&plan)?)));
            let years = column.map(|(value, column)| {
                let printed = format!("{:?}", value.condition);
                self.compiler.collected().span(printed, column, plan.rests.into_inner())
            });
            (leaf, years)
        };
        let spans: Vec<(&'l str, Option<YearsOf>)> = in_force().map(span).collect();
        Sisters { spans, ..sisters }
    }

    fn leaf(&self, leaf: &'l Leaf, doubtful: bool, sisters: &Sisters<'_>) -> LeafPlan {
        let day = self.compiler.day();
        let value = leaf.on(day).unwrap_or(&leaf.values[0]);
        let plan = self.plan(&leaf.id, sisters);
        let column = value.condition.column(&plan);
        let told = Told::of(self.compiler.law, leaf, value, doubtful, day);
        let (path, rests) = (plan.path, plan.rests.into_inner());
        let column = self.compiler.collected().leaf(format!("{:?}", value.condition), column, told, rests);
        LeafPlan { path, column, attested: leaf.role == Role::Attested }
    }
}

/// What a standard comes to in one round of choices.
struct Found {
    verdict: Trits,
    leaning: Trits,
    /// Whether it rests on a confirmation that is not there.
    waits: Set,
    /// Whether a text is missing for one of the leaves.
    degraded: Set,
}

impl Found {
    /// The other for the subjects of a set.
    fn or(&self, other: &Found, set: Set) -> Found {
        Found {
            verdict: self.verdict.or(other.verdict, set),
            leaning: self.leaning.or(other.leaning, set),
            waits: self.waits.or(other.waits, set),
            degraded: self.degraded.or(other.degraded, set),
        }
    }
}

/// For whom the verdict under the last loaded values is told beside the verdict.
pub(crate) fn told(verdict: Trits, leaning: Trits, degraded: Set) -> Set {
    degraded & (!(verdict.met | verdict.failed) | verdict.differs(leaning))
}

/// What a standard comes to for the subjects of a block.
pub(crate) struct StandardFound {
    /// For whom it is, surely or perhaps.
    pub fits: Set,
    perhaps: Set,
    pub codes: Planes,
    waits: Set,
    /// By subject the round of its best choice; empty where there was nothing to choose.
    chosen: Vec<u8>,
}

impl Default for StandardFound {
    fn default() -> Self {
        StandardFound {
            fits: Set::EMPTY,
            perhaps: Set::EMPTY,
            codes: Planes::UNKNOWN,
            waits: Set::EMPTY,
            chosen: Vec::new(),
        }
    }
}

impl StandardFound {
    /// The round of choices that serves a subject best.
    pub fn round(&self, place: usize) -> usize {
        self.chosen.get(place).copied().map_or(0, usize::from)
    }

    pub fn fits(&self, place: usize) -> Fits {
        match (self.fits.has(place), self.perhaps.has(place)) {
            (false, _) => Fits::No,
            (true, true) => Fits::Perhaps,
            (true, false) => Fits::Surely,
        }
    }

    /// Whether it rests on a confirmation that is not there.
    pub fn waits(&self, place: usize) -> bool {
        self.waits.has(place)
    }
}
