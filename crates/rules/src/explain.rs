//! Walks the standards of one honour for one subject on one day and says what holds, what fails and why.

use std::collections::BTreeMap;

use crate::answer::{Answer, Finding, Left, StandardFinding, verdict_of};
use crate::ask::{Ask, Cause, Clip, Missing, Outcome, Record, Verdict};
use crate::facts::{Day, Facts, Group, Kind};
use crate::law::{Award, Law, Leaf, Mark, Node, Principle, Role, Standard, Value};
use crate::layer;
use crate::regime::{self, Regime};
use crate::words::Words;

/// Standards ask for other honours at most so deep; the loader refuses circles.
pub(crate) const DEEPEST: u8 = 8;

/// The leaf that a standard gains where it is only for some groups and the subject's group is not known.
pub const GROUP: &str = "doi-tuong";

/// Why a question cannot be put.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    UnknownAward { award: String, near: Option<String> },
    WrongSubject { award: String },
}

impl Refusal {
    /// The refusal in words.
    pub fn words(&self) -> Words {
        match self {
            Refusal::UnknownAward { award, .. } => Words::new(
                format!("không có danh hiệu, hình thức khen thưởng “{award}”"),
                format!("no honour `{award}`"),
            ),
            Refusal::WrongSubject { award } => Words::new(
                format!("“{award}” không dành cho loại đối tượng này"),
                format!("`{award}` is not for this kind of subject"),
            ),
        }
    }
}

/// Answers whether a subject can be given an honour on a day. `received` is the day the competent body received the
/// dossier, by default the same day; `kind` keeps to the standards of one kind of commendation.
pub fn explain(
    law: &Law,
    award: &str,
    facts: &Facts,
    on: Day,
    received: Option<Day>,
    kind: Option<Kind>,
) -> Result<Answer, Refusal> {
    let Some(honour) = law.award(award) else {
        let ids: Vec<&str> = law.awards.iter().map(|known| known.id.as_str()).collect();
        let near = crate::reader::nearest(award, &ids).map(str::to_owned);
        return Err(Refusal::UnknownAward { award: award.to_owned(), near });
    };
    if !honour.subjects.contains(&facts.subject) {
        return Err(Refusal::WrongSubject { award: award.to_owned() });
    }
    let question = Question { law, award: honour, facts, on, received: received.unwrap_or(on), depth: 0 };
    Ok(question.answer(kind))
}

/// What a standard that asks for another honour learns about it.
pub(crate) struct Below {
    pub verdict: Verdict,
    pub provisional: Option<Verdict>,
    pub cause: Option<Cause>,
    pub records: Vec<Record>,
    pub missing: Vec<Missing>,
    pub earliest: Option<Day>,
}

/// Evaluates another honour for the same subject and day, one level deeper.
pub(crate) fn below(ask: &Ask<'_>, award: &Award) -> Below {
    let nothing = Below {
        verdict: Verdict::Unknown,
        provisional: None,
        cause: Some(Cause::TextMissing),
        records: Vec::new(),
        missing: Vec::new(),
        earliest: None,
    };
    if ask.depth >= DEEPEST {
        return nothing;
    }
    let question =
        Question { law: ask.law, award, facts: ask.facts, on: ask.on, received: ask.received, depth: ask.depth + 1 };
    let answer = question.found(None, &regime::choose(ask.law, ask.on, ask.received));
    let Some(best) = answer.nearest() else {
        return Below { verdict: answer.verdict, provisional: answer.provisional, ..nothing };
    };
    let mut blocking = best.blocking();
    if blocking.is_empty() && answer.verdict != Verdict::Met {
        // Only a text that is not loaded stands in the way.
        blocking = best.conditions.iter().filter(|finding| finding.verdict == answer.verdict).collect();
    }
    Below {
        verdict: answer.verdict,
        provisional: answer.provisional,
        cause: blocking.iter().find_map(|finding| finding.cause),
        records: best.conditions.iter().flat_map(|finding| finding.records.clone()).collect(),
        missing: blocking.iter().flat_map(|finding| finding.missing.clone()).collect(),
        earliest: best.earliest,
    }
}

struct Question<'a> {
    law: &'a Law,
    award: &'a Award,
    facts: &'a Facts,
    on: Day,
    received: Day,
    depth: u8,
}

impl<'a> Question<'a> {
    fn answer(&self, kind: Option<Kind>) -> Answer {
        let regime = regime::choose(self.law, self.on, self.received);
        let mut answer = self.found(kind, &regime);
        answer.left_to_council = self.left(&answer.standards, regime.day);
        answer.summary = crate::summary::sentence(self.law, &answer);
        answer
    }

    /// The answer without what is left to the council and without the sentence.
    fn found(&self, kind: Option<Kind>, regime: &Regime<'_>) -> Answer {
        let standards = self.award.standards_on(regime.day, self.facts.subject);
        let asked = standards.filter(|standard| kind.is_none() || standard.kind.is_none() || standard.kind == kind);
        let asked: Vec<&Standard> = asked.collect();
        let open = asked.iter().filter_map(|standard| Some((*standard, group_fits(standard, self.facts.group)?)));
        let findings: Vec<StandardFinding> = open.map(|(standard, sure)| self.best(standard, regime, sure)).collect();
        let (verdict, provisional) = if findings.is_empty() && !asked.is_empty() {
            self.for_others(&asked, regime)
        } else {
            let verdict = findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Unknown);
            let provisional = findings.iter().map(StandardFinding::leaning).max();
            (verdict, provisional.filter(|_| findings.iter().any(|finding| finding.provisional.is_some())))
        };
        let (verdict, provisional) = match regime.favourable {
            Some(_) if verdict == Verdict::NotMet => (Verdict::Unknown, Some(Verdict::NotMet)),
            _ => (verdict, provisional.filter(|provisional| verdict == Verdict::Unknown || *provisional != verdict)),
        };
        let leaning = provisional.unwrap_or(verdict);
        let earliest = match leaning {
            Verdict::NotMet => findings.iter().filter_map(|finding| finding.earliest).min(),
            _ => None,
        };
        Answer {
            award: self.award.id.clone(),
            subject: self.facts.subject,
            on: self.on,
            received: self.received,
            verdict,
            provisional,
            earliest,
            earliest_under: earliest.map(|_| self.loaded_day(regime.day)),
            summary: Words::default(),
            left_to_council: Vec::new(),
            standards: findings,
        }
    }

    /// Verdict and provisional verdict where every standard of the day is for other groups of people; the text that
    /// says for whom is that of a standard's first condition.
    fn for_others(&self, asked: &[&Standard], regime: &Regime<'_>) -> (Verdict, Option<Verdict>) {
        let values = asked.iter().filter_map(|standard| standard.in_order()[0].on(regime.day));
        let mut texts = values.filter_map(|value| self.law.documents.get(&value.source.document));
        let ended = texts.any(|text| text.loaded_until.is_some_and(|last| last < regime.day));
        match ended || regime.unsettled.is_some() {
            true => (Verdict::Unknown, Some(Verdict::NotMet)),
            false => (Verdict::NotMet, None),
        }
    }

    /// The last day up to `day` for which every text that the honour rests on is loaded.
    fn loaded_day(&self, day: Day) -> Day {
        let values = self.award.standards_on(day, self.facts.subject).flat_map(|standard| standard.leaves.values());
        let documents = values.filter_map(|leaf| Some(&leaf.on(day)?.source.document));
        let ends = documents.filter_map(|id| self.law.documents.get(id)?.loaded_until);
        ends.fold(day, Day::min)
    }

    /// The standard under the choice of earlier awards that serves the subject best.
    fn best(&self, standard: &'a Standard, regime: &Regime<'_>, sure: bool) -> StandardFinding {
        let findings = self.anchors(standard, regime.day).into_iter();
        let findings = findings.map(|anchors| self.standard(standard, regime, sure, &anchors));
        let rank = |finding: &StandardFinding| {
            let met = finding.conditions.iter().filter(|leaf| leaf.leaning() == Verdict::Met).count();
            (
                finding.provisional.unwrap_or(finding.verdict),
                met,
                std::cmp::Reverse(finding.earliest.unwrap_or(Day::MAX)),
            )
        };
        findings.max_by_key(rank).unwrap_or_else(|| self.standard(standard, regime, sure, &BTreeMap::new()))
    }

    /// Every choice of one earlier award for the leaf from which others count; one empty choice where there is none.
    fn anchors(&self, standard: &'a Standard, day: Day) -> Vec<BTreeMap<String, usize>> {
        let values = standard.leaves.values().filter_map(|leaf| leaf.on(day));
        let Some(since) = values.filter_map(|value| value.condition.links().since).next() else {
            return vec![BTreeMap::new()];
        };
        let Some(value) = standard.leaves.get(since).and_then(|leaf| leaf.on(day)) else {
            return vec![BTreeMap::new()];
        };
        let awards = value.condition.links().awards;
        let held = self.facts.awards.iter().enumerate();
        let held = held.filter(|(_, fact)| awards.contains(&fact.award.as_str()) && fact.decided <= self.on);
        held.map(|(place, _)| BTreeMap::from([(since.to_owned(), place)])).collect()
    }

    fn standard(
        &self,
        standard: &'a Standard,
        regime: &Regime<'_>,
        sure: bool,
        anchors: &BTreeMap<String, usize>,
    ) -> StandardFinding {
        let principles: Vec<&Principle> =
            self.law.principles.iter().filter(|principle| principle.binds(self.award, standard, regime.day)).collect();
        let walk = Walk { question: self, standard, regime, principles, anchors };
        let mut findings = walk.findings();
        let mut tree = walk.tree();
        if !sure {
            let open = group_open(self.award, standard, regime.day);
            if let Node::All(nodes) = &mut tree {
                nodes.insert(0, Node::Leaf(GROUP.to_owned()));
            }
            findings.insert(0, open);
        }
        let by_leaf: BTreeMap<&str, &Finding> = findings.iter().map(|finding| (finding.leaf(), finding)).collect();
        let verdict = combine(&tree, &|leaf| by_leaf.get(leaf).and_then(|finding| counts(finding, finding.verdict)));
        let leaning = combine(&tree, &|leaf| by_leaf.get(leaf).and_then(|finding| counts(finding, finding.leaning())));
        let degraded = findings.iter().any(|finding| finding.provisional.is_some());
        let provisional = degraded.then_some(leaning);
        let earliest = (provisional.unwrap_or(verdict) == Verdict::NotMet).then(|| earliest(&tree, &by_leaf)).flatten();
        StandardFinding {
            id: format!("{}/{}", self.award.id, standard.id),
            kind: standard.kind,
            name: standard.name.clone(),
            verdict,
            provisional: provisional.filter(|provisional| verdict == Verdict::Unknown || *provisional != verdict),
            earliest,
            tree,
            conditions: findings,
        }
    }

    fn left(&self, findings: &[StandardFinding], day: Day) -> Vec<Left> {
        let mut left: Vec<Left> = Vec::new();
        for finding in findings.iter().flat_map(|standard| &standard.conditions) {
            if finding.role == Role::Judgement && left.iter().all(|known| known.words != finding.words) {
                let (id, words, source) = (finding.id.clone(), finding.words.clone(), finding.source.clone());
                left.push(Left { id, words, source, verified: finding.verified });
            }
        }
        for quota in layer::ceilings(self.award, day) {
            let (percent, base) = (quota.value.percent, &quota.value.base_words);
            left.push(Left {
                id: format!("{}/quota", self.award.id),
                words: Words::new(
                    format!("Không quá {percent}% {}", base.vi),
                    format!("At most {percent}% of {}", base.en),
                ),
                source: quota.source.clone(),
                verified: quota.mark == Mark::Verified,
            });
        }
        left
    }
}

/// Whether a standard is for the subject's group: not at all, surely, or perhaps where the group is not known.
fn group_fits(standard: &Standard, group: Option<Group>) -> Option<bool> {
    match group {
        None => Some(standard.groups.is_empty()),
        Some(group) if standard.except_groups.contains(&group) => None,
        Some(group) if !standard.groups.is_empty() && !standard.groups.contains(&group) => None,
        Some(_) => Some(true),
    }
}

/// The finding that the subject's group is not known, for a standard that is only for some.
fn group_open(award: &Award, standard: &Standard, day: Day) -> Finding {
    let groups: Vec<Words> = standard.groups.iter().map(|group| crate::words::group(*group)).collect();
    let groups = crate::words::either(&groups);
    let missing = Missing::record(
        Words::new("chưa rõ thuộc nhóm đối tượng nào", "the group of the subject is not on record"),
        crate::ask::personnel_supplier(),
    );
    // The group is bound by the same text as the standard's first condition.
    let leaf = standard.in_order()[0];
    let value = leaf.on(day).unwrap_or(&leaf.values[0]);
    Finding {
        id: format!("{}/{}/{GROUP}", award.id, standard.id),
        role: Role::Record,
        verdict: Verdict::Unknown,
        provisional: None,
        cause: Some(Cause::FactMissing),
        words: Words::new(format!("Thuộc đối tượng: {}", groups.vi), format!("Is one of: {}", groups.en)),
        records: Vec::new(),
        missing: vec![missing],
        lacking: None,
        earliest: None,
        source: value.source.clone(),
        verified: value.mark == Mark::Verified,
        layer: standard.layer.clone(),
    }
}

/// One standard with everything that its leaves are asked.
struct Walk<'w, 'a> {
    question: &'w Question<'a>,
    standard: &'a Standard,
    regime: &'w Regime<'w>,
    principles: Vec<&'a Principle>,
    anchors: &'w BTreeMap<String, usize>,
}

impl<'a> Walk<'_, 'a> {
    /// The tree of the standard with the principles joined by *all*.
    fn tree(&self) -> Node {
        let mut nodes = match &self.standard.tree {
            Node::All(nodes) => nodes.clone(),
            other => vec![other.clone()],
        };
        nodes.extend(self.principles.iter().map(|principle| Node::Leaf(principle.leaf.id.clone())));
        Node::All(nodes)
    }

    /// The leaves in the order of the tree, then the principles, each with whether it may not bind at all.
    fn leaves(&self) -> Vec<(&'a Leaf, bool)> {
        let day = self.regime.day;
        let own = self.standard.in_order().into_iter().map(|leaf| (leaf, self.standard.doubtful(day)));
        let shared = self
            .principles
            .iter()
            .map(|principle| (&principle.leaf, principle.doubtful(day) || self.standard.doubtful(day)));
        own.chain(shared).collect()
    }

    /// Years first, so that other leaves can count in them; then every leaf.
    fn findings(&self) -> Vec<Finding> {
        let leaves = self.leaves();
        let (award, standard) = (&self.question.award.id, &self.standard.id);
        let ids: Vec<String> = leaves.iter().map(|(leaf, _)| format!("{award}/{standard}/{}", leaf.id)).collect();
        let no_spans = BTreeMap::new();
        let clips = leaves.iter().zip(&ids).filter_map(|((leaf, _), id)| {
            let value = leaf.on(self.regime.day)?;
            value.condition.clip(&self.ask(id, value, &no_spans, None))
        });
        let clip = clips.reduce(Clip::later);
        let mut spans = BTreeMap::new();
        for ((leaf, _), id) in leaves.iter().zip(&ids) {
            let Some(value) = leaf.on(self.regime.day) else { continue };
            if let Some(span) = value.condition.span(&self.ask(id, value, &no_spans, clip)) {
                spans.insert(leaf.id.as_str(), span);
            }
        }
        let found = leaves.iter().zip(&ids);
        found.filter_map(|((leaf, doubtful), id)| self.finding(leaf, id, *doubtful, &spans, clip)).collect()
    }

    fn ask<'s>(
        &'s self,
        leaf: &'s str,
        value: &'s Value,
        spans: &'s BTreeMap<&'s str, crate::ask::Span>,
        clip: Option<Clip>,
    ) -> Ask<'s> {
        let question = self.question;
        Ask {
            law: question.law,
            facts: question.facts,
            on: question.on,
            received: question.received,
            law_day: self.regime.day,
            leaf,
            kind: self.standard.kind,
            document: &value.source.document,
            anchors: self.anchors,
            spans,
            clip,
            depth: question.depth,
        }
    }

    fn finding(
        &self,
        leaf: &Leaf,
        id: &str,
        doubtful: bool,
        spans: &BTreeMap<&str, crate::ask::Span>,
        clip: Option<Clip>,
    ) -> Option<Finding> {
        let value = leaf.on(self.regime.day).or(leaf.values.first())?;
        let ask = self.ask(id, value, spans, clip);
        let raw = value.condition.decide(&ask);
        let (outcome, provisional) = self.degrade(leaf, value, raw, doubtful);
        let words = value.words.clone();
        Some(Finding {
            id: id.to_owned(),
            role: leaf.role,
            verdict: outcome.verdict,
            provisional,
            cause: outcome.cause,
            words: words.unwrap_or_else(|| value.condition.words(self.question.law, self.regime.day)),
            records: outcome.records,
            missing: outcome.missing,
            lacking: outcome.lacking,
            earliest: outcome.earliest,
            source: value.source.clone(),
            verified: value.mark == Mark::Verified,
            layer: value.layer.clone(),
        })
    }

    /// Turns an outcome into *unknown* where the text of the day is not at hand; keeps the verdict under the last
    /// loaded values beside it.
    fn degrade(&self, leaf: &Leaf, value: &Value, raw: Outcome, doubtful: bool) -> (Outcome, Option<Verdict>) {
        if leaf.role == Role::Judgement || (raw.untouched && leaf.on(self.regime.day).is_some()) {
            return (raw, None);
        }
        let law = self.question.law;
        let basis = layer::basis(law, leaf, value, self.regime.day);
        let never = [Some(value), basis].into_iter().flatten().find(|value| value.mark == Mark::Never);
        if let Some(value) = never {
            let needed = value.needs.as_deref().unwrap_or(&value.source.document);
            return (unknown(raw, Missing::text(law, needed)), None);
        }
        let needed = value.needs.as_deref().unwrap_or(&value.source.document);
        let rests_on = [Some(value), basis].into_iter().flatten();
        let mut documents = rests_on.filter_map(|value| law.documents.get(&value.source.document));
        let ended = documents.find(|document| document.loaded_until.is_some_and(|last| last < self.regime.day));
        let missing = if let Some(document) = ended {
            Missing::text(law, document.next.as_deref().unwrap_or(&document.id))
        } else if let Some(change) = self.regime.unsettled {
            regime::missing(law, change)
        } else if doubtful || leaf.on(self.regime.day).is_none() {
            Missing::text(law, needed)
        } else {
            let provisional = raw.provisional;
            return (raw, provisional);
        };
        let verdict = raw.provisional.unwrap_or(raw.verdict);
        (unknown(raw, missing), Some(verdict))
    }
}

/// The outcome as unknown for want of a text; what the records lack stays in the list behind it.
fn unknown(mut raw: Outcome, missing: Missing) -> Outcome {
    raw.verdict = Verdict::Unknown;
    raw.cause = Some(Cause::TextMissing);
    if !raw.missing.contains(&missing) {
        raw.missing.insert(0, missing);
    }
    raw
}

/// Judgement leaves never count.
fn counts(finding: &Finding, verdict: Verdict) -> Option<Verdict> {
    (finding.role != Role::Judgement).then_some(verdict)
}

/// `all` is the worst of its children, `any` the best, `not` swaps; children that do not count are passed over.
fn combine(node: &Node, verdict: &dyn Fn(&str) -> Option<Verdict>) -> Verdict {
    // A standard of judgement leaves alone is for the council to decide.
    verdict_of(node, verdict).unwrap_or(Verdict::Unknown)
}

/// The first day on which the tree can hold; none where something that failed cannot be mended by waiting.
fn earliest(node: &Node, findings: &BTreeMap<&str, &Finding>) -> Option<Day> {
    let fails = |node: &&Node| {
        combine(node, &|leaf| findings.get(leaf).and_then(|finding| counts(finding, finding.leaning())))
            == Verdict::NotMet
    };
    match node {
        Node::All(nodes) => {
            let days: Option<Vec<Day>> = nodes.iter().filter(fails).map(|node| earliest(node, findings)).collect();
            days?.into_iter().max()
        }
        Node::Any(nodes) => nodes.iter().filter_map(|node| earliest(node, findings)).min(),
        Node::Not(_) => None,
        Node::Leaf(id) => findings.get(id.as_str()).and_then(|finding| finding.earliest),
    }
}
