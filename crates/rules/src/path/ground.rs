//! What a search stands on: the rounds of the years to come, the honours that can matter, and their standards by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::asks::Asks;
use super::known;
use super::moves::{self, Move};
use crate::ask::{Verdict, after_year, grade_day};
use crate::explain::explain;
use crate::facts::{Day, Facts, Grade, Kind, RecordKind, Scope, Sort, Year};
use crate::law::{Award, Class, Law, Mark, Node, Role, Standard as Written, Value};

/// The grade that asks nothing of a year.
pub const PLAIN: Grade = Grade::HoanThanh;

/// More honours than any chain of standards names; their sets are bits.
pub const MOST: usize = 64;

/// One occasion a year: when the work of a year is known, titles and awards for it can be decided.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    pub day: Day,
    /// The year under review.
    pub year: Year,
    /// Which of [`Ground::editions`] is in force.
    pub edition: usize,
}

/// An honour that the target or its conditions name.
#[derive(Debug)]
pub struct Honour<'l> {
    pub award: &'l Award,
    /// Whether a decision that confers it can serve; else only its standard is asked for.
    pub wanted: bool,
    /// Whether a standard on the way asks for it; else it only uses up or excludes.
    pub named: bool,
}

/// The standards of one honour that are open to the subject on a day.
pub type Standards<'l> = Vec<Standard<'l>>;

/// One standard with the principles joined to it.
#[derive(Debug)]
pub struct Standard<'l> {
    pub id: String,
    pub kind: Option<Kind>,
    pub tree: Tree,
    pub leaves: Vec<Leaf<'l>>,
    /// The `prior-award` leaf from which others count.
    pub since: Option<usize>,
}

/// How the leaves are joined, by their places.
#[derive(Debug)]
pub enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Leaf(usize),
    /// What is met by the absence of something.
    Not,
}

/// One condition with its values of a day.
#[derive(Debug)]
pub struct Leaf<'l> {
    pub id: &'l str,
    /// The kind of condition, and its value in force.
    pub condition: &'l str,
    pub value: Option<&'l Value>,
    pub asks: Asks<'l>,
    /// The honours that it names, as bits.
    pub names: u64,
    /// The honours that use up what it counts, as bits.
    pub spent: u64,
    pub within: Vec<usize>,
    pub since: bool,
    pub gives_years: bool,
    pub prior: bool,
    pub meets: Option<usize>,
    /// Whether a sister counts in the longest of several leaves, this one among them.
    pub rivals: bool,
    /// Whether achievements count only from the end of a disciplinary measure.
    pub after_discipline: bool,
    /// Whether its text is not at hand, so that it is never met.
    pub missing: bool,
}

/// The subject, the law by round, and what may be done in a year.
pub struct Ground<'l> {
    pub law: &'l Law,
    /// What is on record on the first day; later records are left out.
    pub base: Facts,
    /// The honours, each after those that its standards ask for; the target is the last.
    pub honours: Vec<Honour<'l>>,
    pub rounds: Vec<Round>,
    /// From this round on waiting alone changes nothing.
    pub settled: usize,
    /// For each set of values in force, the standards of each honour.
    pub editions: Vec<Vec<Standards<'l>>>,
    /// The first year whose grade and titles are still to come.
    pub open_from: Year,
    pub kinds: Vec<Kind>,
    /// The grades that conditions ask for, the lowest first; the first is what asks nothing.
    pub grades: Vec<Grade>,
    /// The sorts of initiative that conditions ask for, each with the most that one condition asks.
    pub initiatives: Vec<(Scope, Sort, u32)>,
}

impl<'l> Ground<'l> {
    /// Lays out so many years after the first day for a target and the kinds of standard that may be used.
    pub fn new(law: &'l Law, target: &'l Award, facts: &Facts, on: Day, years: u32, kinds: &[Kind]) -> Self {
        let base = known::on(facts, on);
        let (open_from, mut rounds) = rounds(&base, on, years);
        let (mut starts, mut edition_of) = (Vec::new(), BTreeMap::new());
        for round in &mut rounds {
            let mark = edition_mark(law, round.day);
            round.edition = *edition_of.entry(mark).or_insert_with(|| {
                starts.push(round.day);
                starts.len() - 1
            });
        }
        let group = |award: &'l Award, day| open_standards(award, &base, day, kinds);
        let mut honours = closure(law, target, &starts, &group);
        mark_wanted(&mut honours, target, &starts, &group);
        let place: BTreeMap<&str, usize> =
            honours.iter().enumerate().map(|(place, honour)| (honour.award.id.as_str(), place)).collect();
        let editions = starts
            .iter()
            .map(|day| {
                honours
                    .iter()
                    .map(|honour| {
                        let open = group(honour.award, *day).into_iter();
                        open.map(|standard| compiled(law, honour.award, standard, *day, &place)).collect()
                    })
                    .collect()
            })
            .collect();
        let mut ground = Self {
            law,
            base,
            honours,
            rounds,
            settled: 0,
            editions,
            open_from,
            kinds: kinds.to_vec(),
            grades: Vec::new(),
            initiatives: Vec::new(),
        };
        ground.grades = ground.asked_grades();
        ground.initiatives = ground.asked_initiatives();
        ground.settled = ground.settled();
        ground
    }

    /// The place of the target among the honours.
    pub fn target(&self) -> usize {
        self.honours.len() - 1
    }

    /// The places of these honours as bits.
    pub fn mask(&self, awards: &[String]) -> u64 {
        let places = self.honours.iter().enumerate().filter(|(_, honour)| awards.contains(&honour.award.id));
        places.fold(0, |mask, (place, _)| mask | 1 << place)
    }

    /// The place of an honour.
    pub fn place(&self, award: &str) -> Option<usize> {
        self.honours.iter().position(|honour| honour.award.id == award)
    }

    /// The standards of an honour at a round.
    pub fn standards(&self, honour: usize, round: usize) -> &Standards<'l> {
        &self.editions[self.rounds[round].edition][honour]
    }

    /// The editions in force at a round or later.
    pub fn later(&self, round: usize) -> BTreeSet<usize> {
        self.rounds[round..].iter().map(|round| round.edition).collect()
    }

    /// The first round from which on the values in force and every verdict that rests on time alone stay as they are.
    fn settled(&self) -> usize {
        let mut settled = 0;
        let mut before: Option<(usize, Vec<Verdict>)> = None;
        for (place, round) in self.rounds.iter().enumerate() {
            let now = (round.edition, self.fixed(place));
            if before.as_ref().is_some_and(|before| *before != now) {
                settled = place;
            }
            before = Some(now);
        }
        settled.max(self.rounds.iter().position(|round| round.year >= self.last_recorded()).unwrap_or(settled))
    }

    /// The last year of which anything is on record; up to it one year is not like another.
    fn last_recorded(&self) -> Year {
        let base = &self.base;
        let years = base.grades.iter().map(|fact| fact.year);
        let years = years.chain(base.titles.iter().map(|fact| fact.year));
        let years = years.chain(base.initiatives.iter().map(|fact| fact.year));
        let years = years.chain(base.members.iter().map(|fact| fact.year));
        let years = years.chain(base.attested.iter().map(|fact| fact.on.year()));
        years.chain(base.registrations.iter().copied()).max().unwrap_or(Year::MIN)
    }

    /// What the explainer says of the conditions that nobody can bring about, where every year only asks nothing.
    fn fixed(&self, round: usize) -> Vec<Verdict> {
        let years = self.open_from..=self.rounds[round].year;
        let plain = years.filter(|year| self.base.grades.iter().all(|fact| fact.year != *year));
        let moves: Vec<Move> = plain.map(|year| Move::Grade { year, grade: PLAIN }).collect();
        let facts = moves::facts(self, &moves, round);
        let mut verdicts = Vec::new();
        for honour in self.honours.iter().filter(|honour| honour.named) {
            let answer = explain(self.law, &honour.award.id, &facts, self.rounds[round].day, None, None);
            let findings = answer.into_iter().flat_map(|answer| answer.standards);
            for finding in findings.flat_map(|standard| standard.conditions) {
                if finding.role == Role::Record && self.is_fixed(&finding.id) {
                    verdicts.push(finding.leaning());
                }
            }
        }
        verdicts
    }

    /// Whether a condition rests on time and on what is on record alone.
    fn is_fixed(&self, id: &str) -> bool {
        let Some((standard, leaf)) = id.rsplit_once('/') else { return false };
        let standards = self.editions.iter().flatten().flatten().filter(|known| known.id == standard);
        let mut leaves = standards.flat_map(|standard| &standard.leaves).filter(|known| known.id == leaf);
        leaves.any(|leaf| matches!(leaf.asks, Asks::Nothing) && leaf.meets.is_none() && leaf.within.is_empty())
    }

    fn all_asks(&self) -> impl Iterator<Item = Asks<'l>> {
        self.editions.iter().flatten().flatten().flat_map(|standard| &standard.leaves).map(|leaf| leaf.asks)
    }

    fn asked_grades(&self) -> Vec<Grade> {
        let mut grades = BTreeSet::from([PLAIN]);
        grades.extend(self.all_asks().filter_map(|asks| match asks {
            Asks::YearGrade { grade } | Asks::Grades { grade, .. } => Some(grade),
            _ => None,
        }));
        grades.into_iter().filter(|grade| *grade >= PLAIN).collect()
    }

    /// A topic stands beside an initiative wherever the law asks for either, so topics are only planned where one is
    /// on record already, or where a condition asks for topics alone.
    fn asked_initiatives(&self) -> Vec<(Scope, Sort, u32)> {
        let mut most: BTreeMap<(Scope, bool), u32> = BTreeMap::new();
        for asks in self.all_asks() {
            if let Asks::Initiatives { count, scope, sorts, .. } = asks {
                let topic = !sorts.is_empty() && !sorts.contains(&Sort::SangKien);
                let known = most.entry((scope, topic)).or_default();
                *known = (*known).max(count);
            }
        }
        let topics = self.base.initiatives.iter().any(|fact| fact.sort == Sort::DeTai);
        let needless = |scope, count| !topics && most.get(&(scope, false)).is_some_and(|other| *other >= count);
        // Of two alike the initiative is tried first, which is what comes later here.
        let kept = most.iter().rev().filter(|((scope, topic), count)| !*topic || !needless(*scope, **count));
        kept.map(|((scope, topic), count)| (*scope, if *topic { Sort::DeTai } else { Sort::SangKien }, *count))
            .collect()
    }
}

/// The first open year, and the rounds: the first day itself, then the first day of each year after.
fn rounds(base: &Facts, on: Day, years: u32) -> (Year, Vec<Round>) {
    let this_year = on.year();
    let graded = |year| base.grades.iter().any(|fact| fact.year == year);
    let whole = base.complete.get(&RecordKind::Titles);
    let whole = whole.is_some_and(|ranges| ranges.iter().any(|&(from, to)| from < this_year && this_year <= to + 1));
    let last_is_open = !graded(this_year - 1) || !whole;
    let open_from = if last_is_open { this_year - 1 } else { this_year };
    let decided = base.grades.iter().any(|fact| fact.year == this_year && grade_day(fact) <= on);
    let first = if decided { this_year } else { this_year - 1 };
    let now = Round { day: on, year: first, edition: 0 };
    let later = (1..=years as Year)
        .filter_map(|ahead| Some(Round { day: after_year(first + ahead)?, year: first + ahead, edition: 0 }));
    (open_from, std::iter::once(now).chain(later).collect())
}

/// What tells the values of two days apart: every day on which the law changes, up to the day.
fn edition_mark(law: &Law, day: Day) -> usize {
    let standards = law.awards.iter().flat_map(|award| &award.standards);
    let values = standards.clone().flat_map(|standard| standard.leaves.values()).flat_map(|leaf| &leaf.values);
    let ends = |until: Option<Day>| until.and_then(|until| until.succ_opt());
    let changes = standards
        .flat_map(|standard| [Some(standard.from), ends(standard.until)])
        .chain(values.map(|value| Some(value.from)))
        .chain(law.principles.iter().flat_map(|principle| [Some(principle.from), ends(principle.until)]))
        .chain(law.counting.iter().map(|row| Some(row.from)));
    changes.flatten().filter(|change| *change <= day).count()
}

fn open_standards<'l>(award: &'l Award, base: &Facts, day: Day, kinds: &[Kind]) -> Vec<&'l Written> {
    let open = award.standards_on(day, base.subject).filter(|standard| {
        let closed = base.group.is_some_and(|group| {
            standard.except_groups.contains(&group)
                || (!standard.groups.is_empty() && !standard.groups.contains(&group))
        });
        !closed && standard.kind.is_none_or(|kind| kinds.contains(&kind))
    });
    open.collect()
}

/// Every honour that the target's standards want or whose standard they ask for, and so on, each after those that it
/// asks for; before them those that are only named, as used up or as excluding.
fn closure<'l>(
    law: &'l Law,
    target: &'l Award,
    days: &[Day],
    open: &dyn Fn(&'l Award, Day) -> Vec<&'l Written>,
) -> Vec<Honour<'l>> {
    let mut walk = Walk { law, days, open, seen: BTreeSet::new(), list: Vec::new(), beside: BTreeSet::new() };
    walk.visit(target);
    let known: BTreeSet<&str> = walk.list.iter().map(|honour| honour.award.id.as_str()).collect();
    let beside = walk.beside.iter().filter(|id| !known.contains(*id)).filter_map(|id| law.award(id));
    let beside = beside.map(|award| Honour { award, wanted: false, named: false });
    let room = MOST.saturating_sub(walk.list.len());
    beside.take(room).chain(walk.list.iter().map(|honour| Honour { ..*honour })).collect()
}

struct Walk<'w, 'l> {
    law: &'l Law,
    days: &'w [Day],
    open: &'w dyn Fn(&'l Award, Day) -> Vec<&'l Written>,
    seen: BTreeSet<&'l str>,
    list: Vec<Honour<'l>>,
    beside: BTreeSet<&'l str>,
}

impl<'l> Walk<'_, 'l> {
    fn visit(&mut self, award: &'l Award) {
        if !self.seen.insert(&award.id) || self.seen.len() > MOST {
            return;
        }
        for day in self.days {
            for standard in (self.open)(award, *day) {
                for value in standard.leaves.values().filter_map(|leaf| leaf.on(*day)) {
                    let (links, wants) = (value.condition.links(), named(value.condition.asks()));
                    let asked = wants.iter().map(String::as_str).chain(links.meets);
                    for next in asked.filter_map(|id| self.law.award(id)) {
                        self.visit(next);
                    }
                    self.beside.extend(links.awards);
                }
                let bound = self.law.principles.iter().filter(|principle| principle.binds(award, standard, *day));
                let values = bound.filter_map(|principle| principle.leaf.on(*day));
                self.beside.extend(values.flat_map(|value| value.condition.links().awards));
            }
        }
        self.list.push(Honour { award, wanted: false, named: true });
    }
}

/// Marks the honours that some standard wants conferred.
fn mark_wanted<'l>(
    honours: &mut [Honour<'l>],
    target: &'l Award,
    days: &[Day],
    open: &dyn Fn(&'l Award, Day) -> Vec<&'l Written>,
) {
    let mut wanted = BTreeSet::from([target.id.as_str()]);
    let asked = honours.iter().filter(|honour| honour.named);
    for (award, day) in asked.flat_map(|honour| days.iter().map(move |day| (honour.award, *day))) {
        for standard in open(award, day) {
            let values = standard.leaves.values().filter_map(|leaf| leaf.on(day));
            wanted.extend(values.flat_map(|value| named(value.condition.asks())).map(String::as_str));
        }
    }
    for honour in honours {
        honour.wanted = wanted.contains(honour.award.id.as_str());
    }
}

/// The honours that a condition wants conferred.
fn named(asks: Asks<'_>) -> &[String] {
    match asks {
        Asks::Grades { or_titles, .. } => or_titles,
        Asks::Titles { award, .. }
        | Asks::TitlesInARow { award, .. }
        | Asks::TitlesApart { award, .. }
        | Asks::Awards { award, .. } => award,
        _ => &[],
    }
}

fn compiled<'l>(
    law: &'l Law,
    award: &'l Award,
    standard: &'l Written,
    day: Day,
    place: &BTreeMap<&str, usize>,
) -> Standard<'l> {
    let principles = law.principles.iter().filter(|principle| principle.binds(award, standard, day));
    let shared: Vec<_> = principles.map(|principle| &principle.leaf).collect();
    let own = standard.in_order();
    let written: Vec<_> = own.into_iter().chain(shared.iter().copied()).collect();
    let at = |id: &str| written.iter().position(|leaf| leaf.id == id);
    let bits =
        |ids: &[String]| ids.iter().filter_map(|id| place.get(id.as_str())).fold(0_u64, |bits, at| bits | 1 << at);
    let mut leaves: Vec<Leaf<'l>> = Vec::new();
    let mut since = None;
    for leaf in &written {
        let value = leaf.on(day).unwrap_or(&leaf.values[0]);
        let links = value.condition.links();
        since = since.or(links.since.and_then(at));
        leaves.push(Leaf {
            id: &leaf.id,
            condition: &leaf.condition_name,
            value: leaf.on(day),
            asks: value.condition.asks(),
            names: bits(value.condition.asks().names()),
            spent: bits(value.condition.asks().spent_by()),
            within: links.within.iter().filter_map(|id| at(id)).collect(),
            since: links.since.is_some(),
            gives_years: links.gives_years,
            prior: links.is_prior_award,
            meets: links.meets.and_then(|id| place.get(id).copied()),
            rivals: false,
            after_discipline: leaf.condition_name == "discipline-ended",
            missing: leaf.role != Role::Judgement && (value.mark == Mark::Never || links.needs.is_some()),
        });
    }
    let rivals: BTreeSet<usize> =
        leaves.iter().filter(|leaf| leaf.within.len() > 1).flat_map(|leaf| leaf.within.clone()).collect();
    rivals.into_iter().for_each(|place| leaves[place].rivals = true);
    let mut nodes = vec![tree(&standard.tree, &at)];
    nodes.extend(shared.iter().filter_map(|leaf| at(&leaf.id)).map(Tree::Leaf));
    Standard { id: format!("{}/{}", award.id, standard.id), kind: standard.kind, tree: Tree::All(nodes), leaves, since }
}

fn tree(node: &Node, at: &dyn Fn(&str) -> Option<usize>) -> Tree {
    match node {
        Node::All(nodes) => Tree::All(nodes.iter().map(|node| tree(node, at)).collect()),
        Node::Any(nodes) => Tree::Any(nodes.iter().map(|node| tree(node, at)).collect()),
        Node::Leaf(id) => at(id).map_or(Tree::Not, Tree::Leaf),
        Node::Not(_) => Tree::Not,
    }
}

/// Whether a honour is recorded as a title of a year.
pub fn is_title(award: &Award) -> bool {
    award.class == Class::DanhHieu
}
