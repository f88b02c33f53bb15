//! The records of many subjects of one kind as tables in memory, each sorted by subject: what a snapshot is packed from.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::ask::{grade_day, title_day, year_end};
use crate::facts::{
    AttestedFact, AwardFact, Day, Discipline, DisciplineFact, Facts, Grade, GradeFact, Group, HoldFact, InitiativeFact,
    Kind, LeaveFact, MembersFact, PostFact, RecordKind, Scope, Sex, Sort, Subject, TitleFact, Year,
};
use crate::scan::names::{BETWEEN, Names};

/// The rows of one kind of record with the numbers of their subjects, in the order of the subjects.
#[derive(Debug)]
pub(crate) struct Table<R> {
    subjects: Vec<u32>,
    rows: Vec<R>,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Table { subjects: Vec::new(), rows: Vec::new() }
    }
}

impl<R> Table<R> {
    /// The rows of some subjects, each with its subject.
    pub fn of(&self, subjects: Range<u32>) -> impl ExactSizeIterator<Item = (u32, &R)> {
        let place = |subject: u32| self.subjects.partition_point(|known| *known < subject);
        let rows = place(subjects.start)..place(subjects.end);
        self.subjects[rows.clone()].iter().copied().zip(&self.rows[rows])
    }

    fn add(&mut self, subject: u32, rows: impl Iterator<Item = R>) {
        self.rows.extend(rows);
        self.subjects.resize(self.rows.len(), subject);
    }

    fn facts<F>(&self, subject: u32, fact: impl Fn(&R) -> F) -> Vec<F> {
        self.of(subject..subject + 1).map(|(_, row)| fact(row)).collect()
    }
}

/// In which years each kind of record is whole.
pub(crate) type Complete = BTreeMap<RecordKind, Vec<(Year, Year)>>;

/// Who the subjects are.
#[derive(Debug, Default)]
pub(crate) struct Bare {
    pub sex: Vec<Option<Sex>>,
    pub group: Vec<Option<Group>>,
    pub born: Vec<Option<Day>>,
    pub recruited: Vec<Option<Day>>,
    /// The place of the years for which records are whole among those of all.
    pub complete: Vec<u32>,
}

#[derive(Debug)]
pub(crate) struct GradeRow {
    pub year: Year,
    pub grade: Grade,
    pub decided: Day,
}

#[derive(Debug)]
pub(crate) struct TitleRow {
    pub award: u32,
    pub year: Year,
    pub decided: Day,
}

#[derive(Debug)]
pub(crate) struct AwardRow {
    pub award: u32,
    pub decided: Day,
    pub period: Option<(Year, Year)>,
    pub kind: Option<Kind>,
}

#[derive(Debug)]
pub(crate) struct InitiativeRow {
    pub year: Year,
    pub sort: Sort,
    pub scope: Scope,
    pub decided: Day,
    /// The number of the honours that it already served.
    pub uses: u32,
}

#[derive(Debug)]
pub(crate) struct DisciplineRow {
    pub kind: Discipline,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Debug)]
pub(crate) struct PostRow {
    pub post: u32,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Debug)]
pub(crate) struct AttestedRow {
    pub condition: u32,
    pub value: bool,
    pub on: Day,
}

/// The records of many subjects of one kind, numbered as they were added; words are numbered as they were first met.
#[derive(Debug, Default)]
pub struct Records {
    subject: Subject,
    pub(crate) names: Names,
    pub(crate) bare: Bare,
    pub(crate) complete: Vec<Complete>,
    numbers: HashMap<Complete, u32>,
    pub(crate) grades: Table<GradeRow>,
    pub(crate) titles: Table<TitleRow>,
    pub(crate) awards: Table<AwardRow>,
    pub(crate) initiatives: Table<InitiativeRow>,
    pub(crate) disciplines: Table<DisciplineRow>,
    pub(crate) holds: Table<HoldFact>,
    pub(crate) posts: Table<PostRow>,
    pub(crate) leave: Table<LeaveFact>,
    pub(crate) registrations: Table<Year>,
    pub(crate) attested: Table<AttestedRow>,
    pub(crate) members: Table<MembersFact>,
}

impl Records {
    /// No records of subjects of a kind.
    pub fn new(subject: Subject) -> Self {
        Records { subject, ..Records::default() }
    }

    /// Of which kind the subjects are.
    pub fn subject(&self) -> Subject {
        self.subject
    }

    /// How many subjects.
    pub fn count(&self) -> u32 {
        self.bare.complete.len() as u32
    }

    /// Adds a subject of the kind.
    ///
    /// # Panics
    /// When the subject is of another kind.
    pub fn push(&mut self, facts: &Facts) {
        assert_eq!(facts.subject, self.subject, "records hold subjects of one kind");
        let of = self.count();
        let complete = self.complete_number(&facts.complete);
        self.bare.sex.push(facts.sex);
        self.bare.group.push(facts.group);
        self.bare.born.push(facts.born);
        self.bare.recruited.push(facts.recruited);
        self.bare.complete.push(complete);
        let grade = |fact: &GradeFact| GradeRow { year: fact.year, grade: fact.grade, decided: grade_day(fact) };
        self.grades.add(of, facts.grades.iter().map(grade));
        self.honours(of, facts);
        let measure = |fact: &DisciplineFact| DisciplineRow { kind: fact.kind, from: fact.from, to: fact.to };
        self.disciplines.add(of, facts.disciplines.iter().map(measure));
        self.holds.add(of, facts.holds.iter().cloned());
        let Records { names, posts, attested, .. } = self;
        let post = |fact: &PostFact| PostRow { post: names.posts.take(&fact.post), from: fact.from, to: fact.to };
        posts.add(of, facts.posts.iter().map(post));
        self.leave.add(of, facts.leave.iter().cloned());
        self.registrations.add(of, facts.registrations.iter().copied());
        let confirmed = |fact: &AttestedFact| AttestedRow {
            condition: names.confirmed.take(&fact.condition),
            value: fact.value,
            on: fact.on,
        };
        attested.add(of, facts.attested.iter().map(confirmed));
        self.members.add(of, facts.members.iter().cloned());
    }

    fn honours(&mut self, of: u32, facts: &Facts) {
        let Records { names, titles, awards, initiatives, .. } = self;
        let title = |fact: &TitleFact| TitleRow {
            award: names.awards.take(&fact.award),
            year: fact.year,
            decided: title_day(fact),
        };
        titles.add(of, facts.titles.iter().map(title));
        let award = |fact: &AwardFact| AwardRow {
            award: names.awards.take(&fact.award),
            decided: fact.decided,
            period: fact.period,
            kind: fact.kind,
        };
        awards.add(of, facts.awards.iter().map(award));
        let initiative = |fact: &InitiativeFact| InitiativeRow {
            year: fact.year,
            sort: fact.sort,
            scope: fact.scope,
            decided: fact.decided.unwrap_or_else(|| year_end(fact.year)),
            uses: names.uses.take(&fact.used_for.join(&BETWEEN.to_string())),
        };
        initiatives.add(of, facts.initiatives.iter().map(initiative));
    }

    fn complete_number(&mut self, complete: &Complete) -> u32 {
        if let Some(number) = self.numbers.get(complete) {
            return *number;
        }
        let number = self.complete.len() as u32;
        self.complete.push(complete.clone());
        self.numbers.insert(complete.clone(), number);
        number
    }

    /// What is known of a subject as the explainer reads it, without numbers of decisions.
    pub(crate) fn facts(&self, of: u32) -> Facts {
        let (bare, at) = (&self.bare, of as usize);
        let award = |number: u32| self.names.awards.texts()[number as usize].clone();
        let grade = |row: &GradeRow| GradeFact {
            year: row.year,
            grade: row.grade,
            decided: Some(row.decided),
            number: None,
            issuer: None,
        };
        let title = |row: &TitleRow| TitleFact {
            award: award(row.award),
            year: row.year,
            decided: Some(row.decided),
            number: None,
            issuer: None,
        };
        let given = |row: &AwardRow| AwardFact {
            award: award(row.award),
            decided: row.decided,
            period: row.period,
            kind: row.kind,
            number: None,
            issuer: None,
        };
        let initiative = |row: &InitiativeRow| {
            let uses = self.names.uses.texts()[row.uses as usize].split(BETWEEN);
            InitiativeFact {
                id: String::new(),
                year: row.year,
                sort: row.sort,
                scope: row.scope,
                decided: Some(row.decided),
                number: None,
                used_for: uses.filter(|used| !used.is_empty()).map(str::to_owned).collect(),
            }
        };
        let measure = |row: &DisciplineRow| DisciplineFact { kind: row.kind, from: row.from, to: row.to, number: None };
        let post = |row: &PostRow| PostFact {
            post: self.names.posts.texts()[row.post as usize].clone(),
            from: row.from,
            to: row.to,
        };
        let confirmed = |row: &AttestedRow| AttestedFact {
            condition: self.names.confirmed.texts()[row.condition as usize].clone(),
            value: row.value,
            on: row.on,
            by: None,
        };
        Facts {
            subject: self.subject,
            sex: bare.sex[at],
            born: bare.born[at],
            group: bare.group[at],
            recruited: bare.recruited[at],
            complete: self.complete[bare.complete[at] as usize].clone(),
            grades: self.grades.facts(of, grade),
            titles: self.titles.facts(of, title),
            awards: self.awards.facts(of, given),
            initiatives: self.initiatives.facts(of, initiative),
            disciplines: self.disciplines.facts(of, measure),
            holds: self.holds.facts(of, HoldFact::clone),
            posts: self.posts.facts(of, post),
            leave: self.leave.facts(of, LeaveFact::clone),
            registrations: self.registrations.facts(of, |year| *year),
            attested: self.attested.facts(of, confirmed),
            members: self.members.facts(of, MembersFact::clone),
        }
    }
}
