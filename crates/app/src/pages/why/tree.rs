//! The tree of conditions of one standard with what each found, drawn as nested lists.

use askama::Template;
use rules::answer::{Finding, StandardFinding};
use rules::ask::{Missing, Verdict};
use rules::facts::Day;
use rules::law::NATION;
use rules::law::{Law, Node, Role};

use super::records::{Book, Line};
use crate::catalogue;
use crate::citation::cite;
use crate::error::Error;
use crate::frame::Frame;
use crate::query;

#[derive(Template)]
#[template(path = "why/node.html")]
pub struct Branch<'f> {
    frame: &'f Frame,
    /// The class of the style sheet: `met`, `not-met`, `unknown` or `left`.
    tone: &'static str,
    icon: &'static str,
    pub word: String,
    /// The key of the words that join the children; empty for a leaf.
    pub join: &'static str,
    pub leaf: Option<Leaf>,
    pub children: Vec<Branch<'f>>,
}

/// One condition with what it found.
pub struct Leaf {
    pub words: String,
    pub records: Vec<Line>,
    pub missing: Vec<Lack>,
    pub earliest: Option<String>,
    /// Where the confirmation that is missing can be entered.
    attest: Option<String>,
    pub cite: String,
    cite_href: String,
    /// That the text was not checked, or that an office's own regulation sets the value.
    pub marks: Vec<String>,
    /// The regulation that sets the value, with its address.
    regulation: Option<(String, String)>,
}

/// What is missing and who supplies it.
pub struct Lack {
    pub what: String,
    pub supplier: Option<String>,
}

/// What every level of a tree is drawn from.
struct Draw<'f, 'b> {
    law: &'b Law,
    standard: &'b StandardFinding,
    book: &'b Book<'b>,
    frame: &'f Frame,
}

/// The tree of a standard; its outermost *all* is the list itself.
pub fn render(law: &Law, standard: &StandardFinding, book: &Book<'_>, frame: &Frame) -> Result<String, Error> {
    let drawn = branches(law, standard, book, frame).into_iter().map(|branch| branch.render());
    Ok(drawn.collect::<Result<Vec<_>, _>>()?.concat())
}

/// What stands in the list of a standard, from the outermost level on.
pub fn branches<'f>(law: &Law, standard: &StandardFinding, book: &Book<'_>, frame: &'f Frame) -> Vec<Branch<'f>> {
    let draw = Draw { law, standard, book, frame };
    let nodes = match &standard.tree {
        Node::All(nodes) => nodes.as_slice(),
        other => std::slice::from_ref(other),
    };
    nodes.iter().filter_map(|node| draw.branch(node)).collect()
}

/// The class and the word for a verdict; under a text that is not loaded, never plainly met or not met.
pub fn word(
    verdict: Verdict,
    provisional: Option<Verdict>,
    until: Option<Day>,
    frame: &Frame,
) -> (&'static str, String) {
    let key = |verdict| match verdict {
        Verdict::Met => "why-met",
        Verdict::NotMet => "why-not-met",
        Verdict::Unknown => "why-unknown",
    };
    let tone = match verdict {
        _ if provisional.is_some() => "unknown",
        Verdict::Met => "met",
        Verdict::NotMet => "not-met",
        Verdict::Unknown => "unknown",
    };
    let word = match (provisional, until) {
        (None, _) => frame.t(key(verdict)).into_owned(),
        (Some(provisional), Some(until)) => {
            let verdict = frame.t(key(provisional)).to_lowercase();
            frame.t2("why-until", "day", frame.language.day(until), "verdict", verdict)
        }
        (Some(provisional), None) => frame.t1("why-provisional", "verdict", frame.t(key(provisional)).to_lowercase()),
    };
    (tone, word)
}

fn icon(tone: &str) -> &'static str {
    match tone {
        "met" => "circle-check",
        "not-met" => "circle-x",
        "left" => "scale",
        _ => "help-circle",
    }
}

impl<'f> Draw<'f, '_> {
    fn branch(&self, node: &Node) -> Option<Branch<'f>> {
        let (join, nodes) = match node {
            Node::All(nodes) => ("law-join-all", nodes.as_slice()),
            Node::Any(nodes) => ("law-join-any", nodes.as_slice()),
            Node::Not(node) => ("law-join-not", std::slice::from_ref(&**node)),
            Node::Leaf(id) => return self.standard.condition(id).map(|finding| self.leaf(finding)),
        };
        let (tone, word) = match self.standard.leaning_of(node) {
            None => ("left", self.frame.t("why-left").into_owned()),
            Some(verdict) => {
                let provisional = self.is_provisional(node).then_some(verdict);
                word(verdict, provisional, None, self.frame)
            }
        };
        let children = nodes.iter().filter_map(|node| self.branch(node)).collect();
        Some(Branch { frame: self.frame, tone, icon: icon(tone), word, join, leaf: None, children })
    }

    /// Whether a condition below was judged under values that are no longer those of the day.
    fn is_provisional(&self, node: &Node) -> bool {
        let mut ids = Vec::new();
        node.leaf_ids(&mut ids);
        ids.iter().filter_map(|id| self.standard.condition(id)).any(|finding| finding.provisional.is_some())
    }

    fn leaf(&self, finding: &Finding) -> Branch<'f> {
        let frame = self.frame;
        let until = self.law.documents.get(&finding.source.document).and_then(|document| document.loaded_until);
        let (tone, word) = match finding.role {
            Role::Judgement => ("left", frame.t("why-left").into_owned()),
            _ => word(finding.verdict, finding.provisional, until.filter(|until| *until < frame.day), frame),
        };
        let titles = self.titles(finding);
        let lines = finding.records.iter().filter_map(|record| self.book.line(record, &titles));
        let mut records: Vec<Line> = lines.collect();
        records.dedup();
        // The text that every such condition waits for is named once, above the trees.
        let told = |missing: &&Missing| finding.provisional.is_none() || missing.text.is_none();
        let leaf = Leaf {
            words: frame.language.pick(&finding.words).to_owned(),
            records,
            missing: finding.missing.iter().filter(told).map(|missing| self.lack(missing)).collect(),
            earliest: finding.earliest.map(|day| frame.t1("why-earliest", "day", frame.language.day(day))),
            attest: self.attest(finding),
            cite: cite(self.law, &finding.source, frame.language),
            cite_href: catalogue::address(frame, finding.id.split('/').next().unwrap_or_default()),
            marks: self.marks(finding),
            regulation: self.regulation(finding),
        };
        Branch { frame, tone, icon: icon(tone), word, join: "", leaf: Some(leaf), children: Vec::new() }
    }

    /// The honours that the condition names.
    fn titles(&self, finding: &Finding) -> Vec<&str> {
        let mut path = finding.id.split('/');
        let award = path.next().and_then(|award| self.law.award(award));
        let standard = path.next();
        let own =
            award.into_iter().flat_map(|award| &award.standards).filter(|known| Some(known.id.as_str()) == standard);
        let leaf = own.filter_map(|known| known.leaves.get(finding.leaf())).next_back();
        let value = leaf.and_then(|leaf| leaf.values.last());
        value.map(|value| value.condition.links().awards).unwrap_or_default()
    }

    fn lack(&self, missing: &Missing) -> Lack {
        let language = self.frame.language;
        Lack {
            what: language.pick(&missing.what).to_owned(),
            supplier: missing.supplier.as_ref().map(|supplier| language.pick(supplier).to_owned()),
        }
    }

    fn attest(&self, finding: &Finding) -> Option<String> {
        let is_open = finding.role == Role::Attested && finding.records.is_empty();
        let form = self.book.attest.as_ref().filter(|_| is_open)?;
        Some(query::address(form, &[("condition", &finding.id)]))
    }

    fn marks(&self, finding: &Finding) -> Vec<String> {
        let frame = self.frame;
        let mut marks = Vec::new();
        if !finding.verified {
            marks.push(frame.t("law-unverified").into_owned());
        }
        marks
    }

    fn regulation(&self, finding: &Finding) -> Option<(String, String)> {
        let layer = self.law.layers.iter().find(|layer| layer.id == finding.layer);
        let name = layer.map_or(finding.layer.as_str(), |layer| self.frame.language.pick(&layer.name));
        let href = self.frame.href(&format!("/quy-che/theo-ma/{}", finding.layer));
        (finding.layer != NATION).then(|| (href, self.frame.t1("law-layer", "name", name)))
    }
}
