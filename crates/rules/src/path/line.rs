//! The records of a subject as a search moves over them: years as places, honours as bits, and what can be counted.

use chrono::Datelike;

use super::asks::Asks;
use super::ground::{Ground, Leaf, Standard};
use crate::facts::{Facts, Grade, Kind, Scope, Sort, Year};
use crate::law::{CountingRule, Mark};

/// Years of one subject, past and planned.
#[derive(Debug, Clone)]
pub struct Line {
    first: Year,
    grades: Vec<Option<Grade>>,
    titles: Vec<u64>,
    registered: Vec<bool>,
    members: Vec<bool>,
    pub ideas: Vec<Idea>,
    pub given: Vec<Given>,
    /// Confirmations of planned years: the honour, the standard and the leaf by their places, and the year.
    confirmed: Vec<(String, Year)>,
    /// The years in which disciplinary measures ended; none for one that lasts.
    measures: Vec<Option<Year>>,
}

/// An initiative or a topic.
#[derive(Debug, Clone, Copy)]
pub struct Idea {
    pub year: Year,
    pub scope: Scope,
    pub sort: Sort,
    /// The honours for which it has served.
    pub used: u64,
}

/// An award, or the decision of a title.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    pub honour: usize,
    /// The last year of the achievement, or the year of the decision where it names none.
    pub last: Year,
    pub decided: Year,
    pub kind: Option<Kind>,
    /// A title stands here with the year of its decision only.
    pub title: bool,
}

/// No career is longer.
const LONGEST: Year = 80;

/// First and last year; empty where the first lies after the last.
pub type Span = (Year, Year);

impl Line {
    /// The records of the base, with room for the years of all rounds.
    pub fn new(ground: &Ground<'_>) -> Self {
        let facts = &ground.base;
        let last = ground.rounds.last().map_or(0, |round| round.year) + 1;
        let years = facts.grades.iter().map(|fact| fact.year).chain(facts.titles.iter().map(|fact| fact.year));
        let first = years.chain([ground.rounds[0].year, ground.open_from]).min().unwrap_or(last) - 1;
        let first = first.max(ground.open_from - LONGEST);
        let room = (last - first + 1) as usize;
        let mut line = Self {
            first,
            grades: vec![None; room],
            titles: vec![0; room],
            registered: vec![false; room],
            members: vec![false; room],
            ideas: Vec::new(),
            given: Vec::new(),
            confirmed: Vec::new(),
            measures: facts.disciplines.iter().map(|fact| fact.to.map(|to| to.year())).collect(),
        };
        line.fill(ground, facts);
        line
    }

    fn fill(&mut self, ground: &Ground<'_>, facts: &Facts) {
        for fact in &facts.grades {
            self.set_grade(fact.year, fact.grade);
        }
        for fact in &facts.titles {
            if let Some(honour) = ground.place(&fact.award) {
                self.add_title(honour, fact.year, fact.decided.map_or(fact.year, |day| day.year()));
            }
        }
        for fact in &facts.awards {
            if let Some(honour) = ground.place(&fact.award) {
                let decided = fact.decided.year();
                let last = fact.period.map_or(decided, |(_, last)| last);
                self.given.push(Given { honour, last, decided, kind: fact.kind, title: false });
            }
        }
        let ideas = facts.initiatives.iter().map(|fact| Idea {
            year: fact.year,
            scope: fact.scope,
            sort: fact.sort,
            used: ground.mask(&fact.used_for),
        });
        self.ideas = ideas.collect();
        for year in &facts.registrations {
            self.register(*year);
        }
    }

    fn at(&self, year: Year) -> Option<usize> {
        usize::try_from(year - self.first).ok().filter(|place| *place < self.grades.len())
    }

    pub fn grade(&self, year: Year) -> Option<Grade> {
        self.grades[self.at(year)?]
    }

    pub fn set_grade(&mut self, year: Year, grade: Grade) {
        if let Some(place) = self.at(year) {
            self.grades[place] = Some(grade);
        }
    }

    pub fn add_title(&mut self, honour: usize, year: Year, decided: Year) {
        if let Some(place) = self.at(year) {
            self.titles[place] |= 1 << honour;
        }
        self.given.push(Given { honour, last: year, decided, kind: None, title: true });
    }

    pub fn has_title(&self, mask: u64, year: Year) -> bool {
        self.at(year).is_some_and(|place| self.titles[place] & mask != 0)
    }

    pub fn register(&mut self, year: Year) {
        if let Some(place) = self.at(year) {
            self.registered[place] = true;
        }
    }

    pub fn is_registered(&self, year: Year) -> bool {
        self.at(year).is_some_and(|place| self.registered[place])
    }

    pub fn set_members(&mut self, year: Year) {
        if let Some(place) = self.at(year) {
            self.members[place] = true;
        }
    }

    pub fn has_members(&self, year: Year) -> bool {
        self.at(year).is_some_and(|place| self.members[place])
    }

    pub fn confirm(&mut self, condition: String, year: Year) {
        self.confirmed.push((condition, year));
    }

    /// Whether a planned confirmation of a condition can serve: for a yearly title one of the year, else one that no
    /// decision has used up.
    pub fn is_confirmed(&self, condition: &str, yearly: bool, honour: usize, year: Year) -> bool {
        let used = self.given.iter().filter(|given| given.honour == honour && !given.title).map(|given| given.decided);
        let used = used.max();
        self.confirmed.iter().any(|(known, on)| {
            known == condition && if yearly { *on == year } else { used.is_none_or(|used| *on >= used) }
        })
    }

    /// Whether an award is held for one of these kinds; a decision that names no kind does not count.
    pub fn holds(&self, mask: u64, kinds: &[Kind]) -> bool {
        self.given.iter().any(|given| !given.title && mask >> given.honour & 1 == 1 && serves(given, kinds))
    }

    /// The first year that counts after an earlier award by the rule of the round; the later where it is not certain.
    pub fn first_after(&self, ground: &Ground<'_>, round: usize, given: &Given) -> Year {
        let (decision, achievement) = (given.decided + 1, given.last + 1);
        let day = ground.rounds[round].day;
        match ground.law.counting.iter().rev().find(|row| row.from <= day) {
            Some(row) if row.mark != Mark::Never && row.rule == CountingRule::Decision => decision,
            Some(row) if row.mark != Mark::Never => achievement,
            _ => decision.max(achievement),
        }
    }

    /// The first year that counts anywhere in a standard.
    pub fn clip(&self, ground: &Ground<'_>, standard: &Standard<'_>, round: usize) -> Year {
        let mut clip = Year::MIN;
        for leaf in &standard.leaves {
            if let Asks::Unspent { kinds, .. } = leaf.asks {
                let used = self.given.iter().filter(|given| !given.title && leaf.names >> given.honour & 1 == 1);
                let used = used.filter(|given| given.kind.is_none() || serves(given, kinds));
                clip = used.map(|given| given.last + 1).fold(clip, Year::max);
            }
            if leaf.after_discipline {
                let today = ground.rounds[round].day.year();
                let ends = self.measures.iter().map(|end| end.map_or(today, |end| end.min(today)) + 1);
                clip = ends.fold(clip, Year::max);
            }
        }
        clip
    }

    /// The years that a leaf stands for up to a year, `anchor` being the award from which it counts.
    pub fn span(
        &self,
        ground: &Ground<'_>,
        standard: &Standard<'_>,
        leaf: &Leaf<'_>,
        anchor: Option<&Given>,
        round: usize,
        year: Year,
    ) -> Span {
        let clip = self.clip(ground, standard, round);
        let first = match leaf.asks {
            Asks::Grades { grade, .. } => match (leaf.since, anchor) {
                (true, Some(given)) => self.first_after(ground, round, given),
                (true, None) => year + 1,
                _ => self.run(year, &|year| self.is_good(grade, leaf.names, year)),
            },
            Asks::TitlesInARow { .. } => {
                let spent = (self.first..=year + 1).rev().find(|year| self.has_title(leaf.spent, *year));
                self.run(year, &|year| self.has_title(leaf.names, year)).max(spent.map_or(Year::MIN, |year| year + 1))
            }
            Asks::TitlesApart { count, cycle, .. } => {
                let chain = self.chain(leaf.names, count, cycle, year);
                match (chain.first(), chain.last()) {
                    (Some(latest), Some(oldest)) => return ((oldest - cycle as Year + 1).max(clip), *latest),
                    _ => year + 1,
                }
            }
            _ => year,
        };
        (first.max(clip), year)
    }

    pub fn is_good(&self, grade: Grade, or_titles: u64, year: Year) -> bool {
        self.grade(year).is_some_and(|known| known >= grade) || self.has_title(or_titles, year)
    }

    /// The first of the years up to a year that all count.
    fn run(&self, year: Year, counts: &dyn Fn(Year) -> bool) -> Year {
        (self.first..=year).rev().find(|year| !counts(*year)).map_or(self.first, |year| year + 1)
    }

    /// From the latest title backwards: those a full cycle apart.
    pub fn chain(&self, mask: u64, count: u32, cycle: u32, year: Year) -> Vec<Year> {
        let mut chain: Vec<Year> = Vec::new();
        for year in (self.first..=year).rev().filter(|year| self.has_title(mask, *year)) {
            if chain.last().is_none_or(|next| next - year >= cycle as Year) && chain.len() < count as usize {
                chain.push(year);
            }
        }
        chain
    }

    /// Years of titles up to a year, the latest first.
    pub fn title_years(&self, mask: u64, year: Year) -> Vec<Year> {
        (self.first..=year).rev().filter(|year| self.has_title(mask, *year)).collect()
    }

    /// What counts for a leaf in a span; for initiatives, those that serve.
    pub fn count(&self, leaf: &Leaf<'_>, span: Span) -> u32 {
        let years = || span.0.max(self.first)..=span.1;
        let many = match leaf.asks {
            Asks::Grades { grade, .. } => years().filter(|year| self.is_good(grade, 0, *year)).count(),
            Asks::Titles { .. } => years().filter(|year| self.has_title(leaf.names, *year)).count(),
            Asks::Awards { kinds, .. } => {
                let within = |given: &&Given| {
                    !given.title
                        && leaf.names >> given.honour & 1 == 1
                        && serves(given, kinds)
                        && span.0 <= given.last
                        && given.last <= span.1
                };
                self.given.iter().filter(within).count()
            }
            Asks::Initiatives { .. } => self.serving(leaf, span).len(),
            Asks::Registration => years().filter(|year| self.is_registered(*year)).count(),
            _ => 0,
        };
        many as u32
    }

    /// The places of the initiatives that serve a leaf in a span, those of the narrowest scope first.
    pub fn serving(&self, leaf: &Leaf<'_>, span: Span) -> Vec<usize> {
        let Asks::Initiatives { scope, sorts, .. } = leaf.asks else { return Vec::new() };
        let serves = |idea: &Idea| {
            idea.scope >= scope
                && (sorts.is_empty() || sorts.contains(&idea.sort))
                && idea.used & leaf.spent == 0
                && span.0 <= idea.year
                && idea.year <= span.1
        };
        let mut places: Vec<usize> =
            self.ideas.iter().enumerate().filter(|(_, idea)| serves(idea)).map(|(place, _)| place).collect();
        places.sort_by_key(|place| self.ideas[*place].scope);
        places
    }
}

/// Whether an award was given for one of these kinds.
pub fn serves(given: &Given, kinds: &[Kind]) -> bool {
    kinds.is_empty() || given.kind.is_some_and(|kind| kinds.contains(&kind))
}
