//! The law as loaded: honours with their dated rows and standards, texts, transitions, salaries, posts and holidays.

use std::collections::BTreeMap;

use serde::Serialize;

use std::sync::Arc;

use crate::calendar::Calendar;
use crate::conditions::Condition;
use crate::facts::{Day, Group, Kind, Subject};
use crate::layer::{Layer, Replaced};
use crate::posts::Posts;
use crate::words::Words;

/// The nation's layer.
pub const NATION: &str = "nation";

/// Everything that answers are made from; built once by [`crate::load`], never changed afterwards.
#[derive(Debug)]
pub struct Law {
    /// In the order of lists: low `order` first.
    pub awards: Vec<Award>,
    /// Conditions that bind many honours at once.
    pub principles: Vec<Principle>,
    pub documents: BTreeMap<String, Document>,
    pub transitions: Vec<Transition>,
    pub counting: Vec<Counting>,
    /// Rows of đồng a month.
    pub base_salary: Vec<Row<u64>>,
    /// Rows of đồng: bonuses are rounded up to the next multiple.
    pub rounding: Vec<Row<u64>>,
    /// What is paid for several honours decided at once.
    pub together: Vec<Row<Together>>,
    pub posts: Posts,
    pub calendar: Calendar,
    /// The layers laid over the nation's law, in the order given.
    pub layers: Vec<Layer>,
    /// Rows of layers that gave way to a row of the same day of the shipped edition.
    pub replaced: Vec<Replaced>,
}

impl Law {
    /// The honour with this id.
    pub fn award(&self, id: &str) -> Option<&Award> {
        self.awards.iter().find(|award| award.id == id)
    }

    /// The name of an honour as the law of the day prints it; its id where no such honour is loaded.
    pub fn name(&self, id: &str, day: Day) -> Words {
        self.award(id).map_or_else(|| Words::same(id), |award| award.name(day))
    }

    /// The base salary of the day in đồng a month, with its source.
    pub fn base_salary(&self, day: Day) -> Option<&Row<u64>> {
        row_on(&self.base_salary, day)
    }
}

/// One honour: a title or a form of commendation.
#[derive(Debug)]
pub struct Award {
    pub id: String,
    pub class: Class,
    pub level: Level,
    pub subjects: Vec<Subject>,
    pub order: u32,
    pub counted_by: CountedBy,
    pub family: Option<String>,
    pub names: Vec<Row<Words>>,
    pub decided_by: Vec<Row<Words>>,
    pub bonuses: Vec<Row<Bonus>>,
    pub votes: Vec<Row<Vote>>,
    pub quotas: Vec<Row<Quota>>,
    pub papers: Vec<Row<Words>>,
    pub deadlines: Vec<Row<Words>>,
    pub notes: Vec<Row<Words>>,
    pub standards: Vec<Standard>,
    /// The layer that founds it; `nation` for an honour of the shipped law.
    pub layer: String,
    pub(crate) file: String,
    pub(crate) line: usize,
}

impl Award {
    /// The name as the law of the day prints it: the latest begun by that day, else the first.
    pub fn name(&self, day: Day) -> Words {
        let begun = self.names.iter().rev().find(|row| row.from <= day);
        begun.or(self.names.first()).map_or_else(|| Words::same(&self.id), |row| row.value.clone())
    }

    /// The standards in force on the day for this kind of subject.
    pub fn standards_on(&self, day: Day, subject: Subject) -> impl Iterator<Item = &Standard> {
        self.standards.iter().filter(move |standard| standard.subjects.contains(&subject) && standard.touches(day))
    }

    /// The bonus multiple of the day for a kind of subject.
    pub fn bonus(&self, day: Day, subject: Subject) -> Option<&Row<Bonus>> {
        self.bonuses.iter().rev().find(|row| row.value.subject == subject && row.holds(day))
    }
}

/// Rows in force on a day, in file order.
pub fn rows_on<T>(rows: &[Row<T>], day: Day) -> impl Iterator<Item = &Row<T>> {
    rows.iter().filter(move |row| row.holds(day))
}

/// The latest row in force on a day.
pub fn row_on<T>(rows: &[Row<T>], day: Day) -> Option<&Row<T>> {
    rows.iter().rev().find(|row| row.holds(day))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    DanhHieu,
    HinhThuc,
}

/// Who stands behind an honour, from the base unit up to the State.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    CoSo,
    Bo,
    NhaNuoc,
}

/// Whether reports count an honour by its title year or by the day of its decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountedBy {
    Nam,
    QuyetDinh,
}

/// A value with the days for which it holds and the text that says so.
#[derive(Debug, Clone)]
pub struct Row<T> {
    pub from: Day,
    /// The last day; open where none is known.
    pub until: Option<Day>,
    pub value: T,
    pub source: Source,
    pub mark: Mark,
    pub layer: String,
}

impl<T> Row<T> {
    /// Whether the row is in force on the day.
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// The multiple of the base salary paid with an honour.
#[derive(Debug, Clone)]
pub struct Bonus {
    pub subject: Subject,
    /// In thousandths, so that it multiplies without rounding.
    pub thousandths: u64,
}

/// What is paid for several honours decided at once.
#[derive(Debug, Clone)]
pub struct Together {
    /// For titles of one and the same period.
    pub titles: TogetherRule,
    /// For a title with a form of commendation.
    pub title_and_form: TogetherRule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TogetherRule {
    Each,
    Highest,
    Unknown,
}

/// The vote of a council: a share of all its members, in percent.
#[derive(Debug, Clone)]
pub struct Vote {
    pub percent: u32,
    pub ballot: bool,
}

/// A ceiling for a group, in percent of a base.
#[derive(Debug, Clone)]
pub struct Quota {
    pub percent: u32,
    pub base: Option<String>,
    pub base_words: Words,
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    pub document: String,
    pub article: String,
    pub clause: String,
    pub point: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Where the file of the law says so.
    #[serde(skip)]
    pub(crate) file: String,
    #[serde(skip)]
    pub(crate) line: usize,
}

/// How sure a value is: verified, usable but unverified, or never to decide by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Never,
    Unverified,
    Verified,
}

impl Mark {
    /// What the mark means to a reader.
    pub fn words(self) -> Words {
        match self {
            Mark::Verified => Words::new("đã đối chiếu", "verified"),
            Mark::Unverified => Words::new("chưa đối chiếu văn bản gốc", "not checked against the official text"),
            Mark::Never => Words::new("chưa có văn bản, không dùng để kết luận", "text not at hand, never decides"),
        }
    }
}

/// A text that is cited.
#[derive(Debug, Clone)]
pub struct Document {
    pub id: String,
    pub name: Words,
    pub signed: Option<Day>,
    pub from: Option<Day>,
    pub until: Option<Day>,
    /// The last day for which its wording is loaded.
    pub loaded_until: Option<Day>,
    /// The text to load for the days after.
    pub next: Option<String>,
    pub at_hand: bool,
    pub note: Option<Words>,
    pub mark: Mark,
    pub layer: String,
}

/// Which law finishes a dossier that was received before a change of the law.
#[derive(Debug, Clone)]
pub struct Transition {
    pub change: Day,
    pub rule: TransitionRule,
    /// The new law applies where it is better for the subject.
    pub favourable: bool,
    pub source: Source,
    pub mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransitionRule {
    Old,
    New,
    Unknown,
}

/// From where years since an earlier honour are counted, by date.
#[derive(Debug, Clone)]
pub struct Counting {
    pub from: Day,
    pub rule: CountingRule,
    pub source: Source,
    pub mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountingRule {
    Decision,
    Achievement,
}

/// One way to earn an honour.
#[derive(Debug)]
pub struct Standard {
    pub id: String,
    pub kind: Option<Kind>,
    pub subjects: Vec<Subject>,
    /// Only for these groups of people; empty: for all.
    pub groups: Vec<Group>,
    pub except_groups: Vec<Group>,
    pub name: Words,
    pub from: Day,
    pub until: Option<Day>,
    /// Days for which the start or end is not certain.
    pub unsure: Option<(Day, Day)>,
    pub tree: Node,
    pub leaves: BTreeMap<String, Leaf>,
    pub layer: String,
    pub(crate) file: String,
    pub(crate) line: usize,
}

impl Standard {
    /// Whether the standard is, or may be, in force on the day.
    pub fn touches(&self, day: Day) -> bool {
        (self.from <= day && self.until.is_none_or(|until| day <= until)) || self.doubtful(day)
    }

    /// Whether it is not certain that the standard is in force on the day.
    pub fn doubtful(&self, day: Day) -> bool {
        self.unsure.is_some_and(|(from, until)| from <= day && day <= until)
    }

    /// The leaves in the order of the tree.
    pub fn in_order(&self) -> Vec<&Leaf> {
        let mut ids = Vec::new();
        self.tree.leaf_ids(&mut ids);
        ids.iter().map(|id| &self.leaves[*id]).collect()
    }
}

/// A condition that is joined by *all* to every standard within its reach.
#[derive(Debug)]
pub struct Principle {
    pub reach: Reach,
    pub from: Day,
    pub until: Option<Day>,
    pub unsure: Option<(Day, Day)>,
    pub leaf: Leaf,
}

impl Principle {
    /// Whether it binds, or may bind, a standard of an honour on a day.
    pub fn binds(&self, award: &Award, standard: &Standard, day: Day) -> bool {
        let doubtful = self.doubtful(day);
        let holds = (self.from <= day && self.until.is_none_or(|until| day <= until)) || doubtful;
        holds && self.reach.covers(award, standard)
    }

    /// Whether it is not certain that it binds on the day.
    pub fn doubtful(&self, day: Day) -> bool {
        self.unsure.is_some_and(|(from, until)| from <= day && day <= until)
    }
}

/// Which standards a principle binds; an empty list sets no bound.
#[derive(Debug, Default)]
pub struct Reach {
    pub classes: Vec<Class>,
    pub levels: Vec<Level>,
    pub awards: Vec<String>,
    pub except_awards: Vec<String>,
    pub subjects: Vec<Subject>,
    pub kinds: Vec<Kind>,
    pub except_kinds: Vec<Kind>,
}

impl Reach {
    fn covers(&self, award: &Award, standard: &Standard) -> bool {
        fn within<T: PartialEq>(list: &[T], one: &T) -> bool {
            list.is_empty() || list.contains(one)
        }
        within(&self.classes, &award.class)
            && within(&self.levels, &award.level)
            && within(&self.awards, &award.id)
            && !self.except_awards.contains(&award.id)
            && (self.subjects.is_empty() || standard.subjects.iter().any(|subject| self.subjects.contains(subject)))
            && (self.kinds.is_empty() || standard.kind.is_some_and(|kind| self.kinds.contains(&kind)))
            && !standard.kind.is_some_and(|kind| self.except_kinds.contains(&kind))
    }
}

/// The shape of a standard; leaves are named by their id.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    #[serde(untagged)]
    Leaf(String),
}

impl Node {
    /// Adds the ids of the leaves below, in order.
    pub fn leaf_ids<'n>(&'n self, ids: &mut Vec<&'n str>) {
        match self {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| node.leaf_ids(ids)),
            Node::Not(node) => node.leaf_ids(ids),
            Node::Leaf(id) => ids.push(id),
        }
    }
}

/// One condition of a standard, with its values by date.
#[derive(Debug)]
pub struct Leaf {
    pub id: String,
    /// The kind of condition, as the files write it.
    pub condition_name: String,
    pub role: Role,
    /// In the order of their days; never empty.
    pub values: Vec<Value>,
}

impl Leaf {
    /// The value in force on the day; before the first, none.
    pub fn on(&self, day: Day) -> Option<&Value> {
        self.values.iter().rev().find(|value| value.from <= day && value.until.is_none_or(|until| day <= until))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Record,
    Attested,
    Judgement,
}

/// What a leaf asks from a day on.
#[derive(Debug)]
pub struct Value {
    pub from: Day,
    /// The last day of a value whose layer was withdrawn; open for every other.
    pub until: Option<Day>,
    pub condition: Arc<dyn Condition>,
    /// The parameters as the file writes them, each with its TOML, in the order of the file.
    pub parameters: Vec<(String, String)>,
    /// Words that replace those the condition makes.
    pub words: Option<Words>,
    pub source: Source,
    pub mark: Mark,
    /// The text that is missing where the mark does not decide.
    pub needs: Option<String>,
    pub layer: String,
}
