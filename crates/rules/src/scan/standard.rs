//! One standard compiled for a scan: its leaves as columns, its tree as minima and maxima over them.

use std::rc::Rc;

use crate::ask::{Clip, Span};
use crate::facts::Day;
use crate::law::{self, Award, Mark, Node, Principle, Role};
use crate::layer;
use crate::scan::asked::{Asked, ClipColumn, Column, NO_ANCHOR, NO_CLIP, Plan, Rows, SpanColumn};
use crate::scan::award::{Best, Compiler};
use crate::scan::cell::{Cells, Code, MET, NEVER, NOT_MET, UNKNOWN, When};
use crate::scan::packed;
use crate::scan::tree::{Nodes, Tree};

/// A standard as columns.
pub(crate) struct StandardPlan<'l> {
    /// `AWARD/STANDARD`.
    pub path: String,
    pub leaves: Vec<LeafPlan<'l>>,
    /// None where there is nothing but judgement.
    tree: Option<Tree>,
    /// The honours of which one is chosen in turn, where a leaf counts from it.
    anchors: Option<Vec<u16>>,
    groups: Groups,
}

/// One leaf as a column.
pub(crate) struct LeafPlan<'l> {
    /// `AWARD/STANDARD/LEAF`.
    pub path: String,
    column: Column<'l>,
    span: Option<SpanColumn<'l>>,
    clip: Option<ClipColumn<'l>>,
    attested: bool,
    /// By which cells are kept that other standards of the honours ask for too; none where they are this standard's own.
    shared: Option<(usize, bool)>,
    /// What each outcome comes to where a text is missing.
    told: [u8; 64],
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

impl<'l> StandardPlan<'l> {
    /// Compiles a standard with the principles that bind it.
    pub fn new(compiler: &Compiler<'_, 'l>, award: &'l Award, standard: &'l law::Standard) -> Self {
        let day = compiler.day();
        let path = format!("{}/{}", award.id, standard.id);
        let principles: Vec<&Principle> =
            compiler.law.principles.iter().filter(|principle| principle.binds(award, standard, day)).collect();
        let own = standard.in_order().into_iter().map(|leaf| (leaf, standard.doubtful(day)));
        let shared =
            principles.iter().map(|principle| (&principle.leaf, principle.doubtful(day) || standard.doubtful(day)));
        let leaves: Vec<(&law::Leaf, bool)> = own.chain(shared).filter(|(leaf, _)| !leaf.values.is_empty()).collect();
        let ids: Vec<&str> = leaves.iter().map(|(leaf, _)| leaf.id.as_str()).collect();
        let anchor = anchor(standard, day);
        let plan = |place: usize| Plan {
            law: compiler.law,
            award,
            day,
            leaves: &ids,
            place,
            path: format!("{path}/{}", ids[place]),
            yearly: standard.kind.is_none(),
            anchor: anchor.as_ref().map(|(leaf, _)| *leaf),
            compiler,
        };
        let compiled = leaves
            .iter()
            .enumerate()
            .map(|(place, (leaf, doubtful))| LeafPlan::new(compiler.law, leaf, *doubtful, &plan(place)));
        let counts = |id: &str| {
            ids.iter().rposition(|known| *known == id).filter(|place| leaves[*place].0.role != Role::Judgement)
        };
        let mut nodes = match &standard.tree {
            Node::All(nodes) => nodes.clone(),
            other => vec![other.clone()],
        };
        nodes.extend(principles.iter().map(|principle| Node::Leaf(principle.leaf.id.clone())));
        StandardPlan {
            leaves: compiled.collect(),
            tree: Tree::of(&Node::All(nodes), &counts),
            anchors: anchor
                .map(|(_, awards)| awards.iter().filter_map(|id| compiler.names().awards.find(id)).collect()),
            groups: Groups::of(standard),
            path,
        }
    }

    /// What the standard comes to for each subject.
    pub fn run(&self, asked: &Asked<'_>) -> StandardRun {
        let fits = self.fits(asked);
        if fits.as_ref().is_some_and(|fits| fits.iter().all(|fits| *fits == Fits::No)) {
            // Nobody asked about is among those for whom the standard is.
            return StandardRun { chosen: None, fits, found: Found::default() };
        }
        let Some(awards) = &self.anchors else {
            let once = self.evaluate(asked, &[]);
            return StandardRun { chosen: None, fits, found: once };
        };
        let choices = Choices::of(asked, awards);
        let each = Asked { rows: Rows::List(&choices.rows), anchors: &choices.anchors, known: None, ..*asked };
        let found = self.evaluate(&each, &choices.anchors);
        let chosen = choices.first.windows(2).map(|pair| found.best(pair[0]..pair[1])).collect();
        StandardRun { chosen: Some(chosen), fits, found }
    }

    /// For which subjects the standard is; none where it is for all.
    fn fits(&self, asked: &Asked<'_>) -> Option<Vec<Fits>> {
        if self.groups.only == 0 && self.groups.except == 0 {
            return None;
        }
        let fits = |place: usize| self.groups.fits(packed::group(asked.panel.who[asked.rows.row(place) as usize]));
        Some((0..asked.rows.count()).map(fits).collect())
    }

    fn evaluate(&self, asked: &Asked<'_>, anchors: &[u8]) -> Found {
        let count = asked.rows.count();
        let nothing: Vec<Vec<Option<Span>>> = vec![Vec::new(); self.leaves.len()];
        let bare = Asked { anchors, spans: &nothing, clips: &[], ..*asked };
        let mut clips: Vec<Clip> = Vec::new();
        for clip in self.leaves.iter().filter_map(|leaf| leaf.clip.as_ref()) {
            clips.resize(count, NO_CLIP);
            clip(&bare, &mut clips);
        }
        let clipped = Asked { clips: &clips, ..bare };
        let mut spans = nothing.clone();
        for (leaf, years) in self.leaves.iter().zip(&mut spans) {
            if let Some(span) = &leaf.span {
                span(&clipped, years);
            }
        }
        let whole = Asked { spans: &spans, ..clipped };
        let leaves = self.leaves.iter().map(|leaf| leaf.cells(&whole)).collect();
        Found::of(self, leaves, count)
    }
}

/// The leaf whose award is chosen in turn, with its honours.
fn anchor(standard: &law::Standard, day: Day) -> Option<(&str, Vec<&str>)> {
    let values = standard.leaves.values().filter_map(|leaf| leaf.on(day));
    let since = values.filter_map(|value| value.condition.links().since).next()?;
    let value = standard.leaves.get(since)?.on(day)?;
    Some((since, value.condition.links().awards))
}

impl<'l> LeafPlan<'l> {
    fn new(law: &'l law::Law, leaf: &'l law::Leaf, doubtful: bool, plan: &Plan<'_, 'l>) -> Self {
        let (day, in_force) = (plan.day, leaf.on(plan.day));
        let value = in_force.unwrap_or(&leaf.values[0]);
        let basis = layer::basis(law, leaf, value, day);
        let rests_on = || [Some(value), basis].into_iter().flatten();
        let never = rests_on().any(|value| value.mark == Mark::Never);
        let mut texts = rests_on().filter_map(|value| law.documents.get(&value.source.document));
        let ended = texts.any(|text| text.loaded_until.is_some_and(|last| last < day));
        let told = |raw: Code| match () {
            () if leaf.role == Role::Judgement || (raw.untouched() && in_force.is_some()) => Code::plain(raw.verdict()),
            () if never => Code::plain(UNKNOWN),
            () if ended || doubtful || in_force.is_none() => Code::of(UNKNOWN, Some(raw.leaning())),
            () => Code::of(raw.verdict(), raw.provisional()),
        };
        LeafPlan {
            column: value.condition.column(plan),
            span: in_force.and_then(|value| value.condition.span_column(plan)),
            clip: in_force.and_then(|value| value.condition.clip_column(plan)),
            attested: leaf.role == Role::Attested,
            shared: value.condition.stands_alone().then(|| (std::ptr::from_ref(value).addr(), doubtful)),
            told: std::array::from_fn(|raw| told(Code(raw as u8)).0),
            path: plan.path.clone(),
        }
    }

    fn cells(&self, asked: &Asked<'_>) -> Rc<Cells> {
        let Some((known, key)) = asked.known.zip(self.shared) else { return Rc::new(self.found(asked)) };
        if let Some(cells) = known.leaves.borrow().get(&key) {
            return cells.clone();
        }
        let cells = Rc::new(self.found(asked));
        known.leaves.borrow_mut().insert(key, cells.clone());
        cells
    }

    fn found(&self, asked: &Asked<'_>) -> Cells {
        let mut cells = Cells::default();
        (self.column)(asked, &mut cells);
        cells.codes.iter_mut().for_each(|code| *code = self.told[usize::from(*code & 63)]);
        cells
    }
}

/// Every choice of one award held, subject after subject.
struct Choices {
    rows: Vec<u32>,
    anchors: Vec<u8>,
    /// Where the choices of each subject begin; one more at the end.
    first: Vec<usize>,
}

impl Choices {
    fn of(asked: &Asked<'_>, awards: &[u16]) -> Self {
        let mut choices = Choices { rows: Vec::new(), anchors: Vec::new(), first: vec![0] };
        for place in 0..asked.rows.count() {
            let row = asked.row(place);
            let before = choices.rows.len();
            for (held, _) in row.awards().enumerate().filter(|(_, fact)| awards.contains(&fact.award)) {
                choices.rows.push(row.at as u32);
                choices.anchors.push(held as u8);
            }
            if choices.rows.len() == before {
                choices.rows.push(row.at as u32);
                choices.anchors.push(NO_ANCHOR);
            }
            choices.first.push(choices.rows.len());
        }
        choices
    }
}

/// What a standard comes to, before it is known for whom it is.
#[derive(Default)]
pub(crate) struct Found {
    leaves: Vec<Rc<Cells>>,
    codes: Vec<u8>,
    /// [`NEVER`] but where the leaning is not met.
    earliest: Vec<When>,
    /// How many leaves are not met, under the last loaded values.
    open: Vec<u16>,
    /// Whether it rests on a confirmation that is not there.
    waits: Vec<bool>,
    /// Whether a text is missing for one of the leaves.
    degraded: Vec<bool>,
}

impl Found {
    fn of(plan: &StandardPlan<'_>, leaves: Vec<Rc<Cells>>, count: usize) -> Self {
        let mut node = Nodes::all(count, UNKNOWN);
        if let Some(tree) = &plan.tree {
            node = tree.fold(&leaves, count);
        }
        let (mut open, mut waits, mut degraded) = (vec![0_u16; count], vec![false; count], vec![false; count]);
        for (leaf, cells) in plan.leaves.iter().zip(&leaves) {
            for place in 0..count {
                let code = cells.code(place);
                open[place] += u16::from(code.leaning() != MET);
                degraded[place] |= code.told();
                waits[place] |= leaf.attested && code.leaning() == UNKNOWN;
            }
        }
        let code = |place: usize| told(node.verdict[place], node.leaning[place], degraded[place]).0;
        let codes = (0..count).map(code).collect();
        let earliest =
            (0..count).map(|place| if node.leaning[place] == NOT_MET { node.earliest[place] } else { NEVER });
        let earliest = earliest.collect();
        Found { leaves, codes, earliest, open, waits, degraded }
    }

    /// Of the choices of one subject the one that serves it best, of equals the last.
    fn best(&self, choices: std::ops::Range<usize>) -> u32 {
        let rank = |place: &usize| {
            let leaning = Code(self.codes[*place]).leaning();
            (leaning, std::cmp::Reverse(self.open[*place]), std::cmp::Reverse(self.earliest[*place]))
        };
        choices.max_by_key(rank).unwrap_or_default() as u32
    }
}

/// The code of a verdict with the verdict under the last loaded values where a text is missing.
pub(crate) fn told(verdict: u8, leaning: u8, degraded: bool) -> Code {
    Code::of(verdict, Some(leaning).filter(|leaning| degraded && (verdict == UNKNOWN || *leaning != verdict)))
}

/// What a standard comes to for each of the subjects asked about.
pub(crate) struct StandardRun {
    /// By subject the place of its best choice; none where there is nothing to choose.
    chosen: Option<Vec<u32>>,
    fits: Option<Vec<Fits>>,
    found: Found,
}

impl StandardRun {
    fn place(&self, place: usize) -> usize {
        self.chosen.as_ref().map_or(place, |chosen| chosen[place] as usize)
    }

    pub fn fits(&self, place: usize) -> Fits {
        self.fits.as_ref().map_or(Fits::Surely, |fits| fits[place])
    }

    /// Verdict and leaning for a subject for whom it is, or may be.
    pub fn code(&self, place: usize) -> Code {
        let found = self.place(place);
        let code = Code(self.found.codes[found]);
        match self.fits(place) {
            Fits::Perhaps => {
                let (verdict, leaning) = (code.verdict().min(UNKNOWN), code.leaning().min(UNKNOWN));
                told(verdict, leaning, self.found.degraded[found])
            }
            _ => code,
        }
    }

    /// Joins it to what other standards came to: the best verdict and the first day.
    pub fn join(&self, best: &mut Best, earliest: &mut [When], for_some: &mut [bool]) {
        for place in 0..for_some.len() {
            if self.fits(place) == Fits::No {
                continue;
            }
            let code = self.code(place);
            best.verdict[place] = best.verdict[place].max(code.verdict());
            best.leaning[place] = best.leaning[place].max(code.leaning());
            best.degraded[place] |= u8::from(code.told());
            earliest[place] = earliest[place].min(self.earliest(place));
            for_some[place] = true;
        }
    }

    pub fn earliest(&self, place: usize) -> When {
        self.found.earliest[self.place(place)]
    }

    pub fn open(&self, place: usize) -> u16 {
        self.found.open[self.place(place)] + u16::from(self.fits(place) == Fits::Perhaps)
    }

    pub fn waits(&self, place: usize) -> bool {
        self.found.waits[self.place(place)]
    }

    /// The leaves that keep the standard from being met, as places in the plan; of alternatives those of the first.
    pub fn blocking(&self, plan: &StandardPlan<'_>, place: usize) -> Vec<usize> {
        let leaning = self.code(place).leaning();
        let mut leaves = Vec::new();
        if leaning != MET
            && let Some(tree) = &plan.tree
        {
            tree.blocking(&self.found.leaves, self.place(place), leaning, &mut leaves);
        }
        leaves
    }

    /// Whether the standard would hold for a subject if one leaf did.
    pub fn holds_with(&self, plan: &StandardPlan<'_>, place: usize, leaf: usize) -> bool {
        let found = self.place(place);
        let given = |known: usize| if known == leaf { MET } else { self.found.leaves[known].code(found).leaning() };
        self.fits(place) == Fits::Surely && plan.tree.as_ref().is_some_and(|tree| tree.fold_one(&given) == MET)
    }

    /// How many more the leaf asks for, where it counts something; 0 elsewhere.
    pub fn lacking(&self, leaf: usize, place: usize) -> u16 {
        self.found.leaves[leaf].lacking[self.place(place)]
    }
}
