//! What the explainer answers: verdict, findings, and what is left to the council.

use serde::Serialize;

use crate::ask::{Cause, Missing, Record, Verdict};
use crate::facts::{Day, Kind, Subject};
use crate::law::{Node, Role, Source};
use crate::words::Words;

/// One honour, one subject, one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    pub award: String,
    pub subject: Subject,
    pub on: Day,
    pub received: Day,
    /// The best of the standards.
    pub verdict: Verdict,
    /// The verdict under the last loaded values, where a text of the day is not loaded.
    pub provisional: Option<Verdict>,
    /// The first day on which it can be met, if the values stay as they are on `earliest_under`.
    pub earliest: Option<Day>,
    pub earliest_under: Option<Day>,
    /// One sentence.
    pub summary: Words,
    pub standards: Vec<StandardFinding>,
    pub left_to_council: Vec<Left>,
}

impl Answer {
    /// The verdict to sort and colour by: the provisional one where the law of the day is not loaded.
    pub fn leaning(&self) -> Verdict {
        self.provisional.unwrap_or(self.verdict)
    }

    /// The standard to speak of first: one that is met, else one that does not wait for an occasion to be confirmed,
    /// and of those the best with the fewest conditions open.
    pub fn nearest(&self) -> Option<&StandardFinding> {
        self.standards.iter().rev().max_by_key(|standard| {
            let open = standard.conditions.iter().filter(|finding| finding.leaning() != Verdict::Met).count();
            let leaning = standard.leaning();
            (leaning == Verdict::Met, !standard.waits_for_occasion(), leaning, std::cmp::Reverse(open))
        })
    }

    /// Whether other standards than the nearest stay open until an occasion is confirmed: a movement, a sudden
    /// achievement, a prize, retirement.
    pub fn other_occasions(&self) -> bool {
        let nearest = self.nearest().map(|nearest| &nearest.id);
        let mut others = self.standards.iter().filter(|standard| Some(&standard.id) != nearest);
        others.any(|standard| standard.leaning() == Verdict::Unknown && standard.waits_for_occasion())
    }
}

/// What one standard found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandardFinding {
    /// `AWARD/STANDARD`.
    pub id: String,
    pub kind: Option<Kind>,
    pub name: Words,
    pub verdict: Verdict,
    pub provisional: Option<Verdict>,
    pub earliest: Option<Day>,
    /// The shape; each leaf is the last part of a condition's id.
    pub tree: Node,
    pub conditions: Vec<Finding>,
}

impl StandardFinding {
    /// The verdict under the last loaded values.
    pub fn leaning(&self) -> Verdict {
        self.provisional.unwrap_or(self.verdict)
    }

    /// What a leaf of the tree found.
    pub fn condition(&self, leaf: &str) -> Option<&Finding> {
        self.conditions.iter().find(|finding| finding.leaf() == leaf)
    }

    /// The verdict of a part of the tree under the last loaded values; none where it holds nothing but judgement.
    pub fn leaning_of(&self, node: &Node) -> Option<Verdict> {
        verdict_of(node, &|leaf| {
            self.condition(leaf).filter(|found| found.role != Role::Judgement).map(Finding::leaning)
        })
    }

    /// The leaves that keep it from being met, under the last loaded values; of alternatives those of the first.
    pub fn blocking(&self) -> Vec<&Finding> {
        let mut list = Vec::new();
        if self.leaning() != Verdict::Met {
            self.collect_blocking(&self.tree, self.leaning(), &mut list);
        }
        list
    }

    fn collect_blocking<'s>(&'s self, node: &Node, verdict: Verdict, list: &mut Vec<&'s Finding>) {
        let blocks = |node: &&Node| self.leaning_of(node) == Some(verdict);
        match node {
            Node::All(nodes) => {
                nodes.iter().filter(blocks).for_each(|node| self.collect_blocking(node, verdict, list));
            }
            Node::Any(nodes) => {
                nodes.iter().find(blocks).into_iter().for_each(|node| self.collect_blocking(node, verdict, list));
            }
            Node::Not(node) => self.collect_blocking(node, verdict.opposite(), list),
            Node::Leaf(id) => list.extend(self.condition(id)),
        }
    }

    /// Whether one condition alone is not met, it asks for one more, and with it the standard would hold.
    pub fn is_one_short(&self) -> bool {
        let blocking = self.blocking();
        let [only] = blocking.as_slice() else { return false };
        let given = |leaf: &str| {
            let found = self.condition(leaf).filter(|found| found.role != Role::Judgement);
            found.map(|found| if found.id == only.id { Verdict::Met } else { found.leaning() })
        };
        self.leaning() == Verdict::NotMet
            && only.lacking == Some(1)
            && verdict_of(&self.tree, &given) == Some(Verdict::Met)
    }

    /// Whether it rests on a confirmation that is not among the facts.
    pub fn waits_for_occasion(&self) -> bool {
        self.conditions.iter().any(|finding| finding.role == Role::Attested && finding.leaning() == Verdict::Unknown)
    }
}

/// What one leaf found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// `AWARD/STANDARD/LEAF`.
    pub id: String,
    pub role: Role,
    pub verdict: Verdict,
    pub provisional: Option<Verdict>,
    pub cause: Option<Cause>,
    pub words: Words,
    pub records: Vec<Record>,
    pub missing: Vec<Missing>,
    /// How many more are needed, where the condition counts something and is not met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lacking: Option<u32>,
    pub earliest: Option<Day>,
    pub source: Source,
    pub verified: bool,
    /// The layer that sets the value: `nation` or an office's.
    pub layer: String,
}

impl Finding {
    /// The last part of the id.
    pub fn leaf(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or_default()
    }

    /// The verdict under the last loaded values.
    pub fn leaning(&self) -> Verdict {
        self.provisional.unwrap_or(self.verdict)
    }
}

/// Something that no record decides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Left {
    pub id: String,
    pub words: Words,
    pub source: Source,
    pub verified: bool,
}

/// What a part of a tree comes to from the verdicts of its leaves: `all` the worst, `any` the best, `not` the opposite.
/// Leaves without a verdict are passed over; none where no leaf has one.
pub(crate) fn verdict_of(node: &Node, leaf: &dyn Fn(&str) -> Option<Verdict>) -> Option<Verdict> {
    match node {
        Node::All(nodes) => nodes.iter().filter_map(|node| verdict_of(node, leaf)).min(),
        Node::Any(nodes) => nodes.iter().filter_map(|node| verdict_of(node, leaf)).max(),
        Node::Not(node) => verdict_of(node, leaf).map(Verdict::opposite),
        Node::Leaf(id) => leaf(id),
    }
}
