//! Asks the explainer whether an honour can be given at a round, and remembers what it said of records alike.

use std::collections::HashMap;

use super::asks::Asks;
use super::digest::{Digest, View};
use super::ground::Ground;
use super::moves::{self, Move};
use super::spared::Spared;
use super::yearly::Yearly;
use crate::answer::{Finding, StandardFinding, verdict_of};
use crate::ask::{Cause, Verdict};
use crate::explain::{GROUP, explain};
use crate::facts::{Facts, Kind};
use crate::law::Role;

/// That an honour can be given, and on what terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// The place of the standard among those of the honour.
    pub standard: usize,
    pub kind: Option<Kind>,
    /// A text that is not at hand has the last word.
    pub unsure: bool,
    /// Records of the past that somebody has to supply.
    pub papers: u32,
    /// The leaves of initiatives without which the standard would not be met.
    pub uses: Vec<usize>,
}

/// The explainer with its memory.
pub struct Judge<'g, 'l> {
    pub ground: &'g Ground<'l>,
    /// Whether texts that are not at hand are passed over.
    pub open: bool,
    /// What every year of an honour needs.
    pub yearly: Yearly,
    /// What a year need not be filled with.
    pub spared: Spared,
    said: HashMap<(usize, usize, Digest), Option<Granted>>,
    /// How often the explainer was asked.
    pub asked: usize,
}

impl<'g, 'l> Judge<'g, 'l> {
    pub fn new(ground: &'g Ground<'l>, open: bool) -> Self {
        Self { ground, open, yearly: Yearly::new(ground), spared: Spared::of(ground), said: HashMap::new(), asked: 0 }
    }

    /// Whether an honour can be given at the view's round; the moves before and those of the round lead to its line.
    pub fn grants(&mut self, view: &View<'_, 'l>, honour: usize, before: &[Move], now: &[Move]) -> Option<Granted> {
        let edition = self.ground.rounds[view.round].edition;
        let key = (honour, view.round, view.of(edition, honour));
        if let Some(said) = self.said.get(&key) {
            return said.clone();
        }
        let facts = moves::facts(self.ground, before.iter().chain(now), view.round);
        let granted = self.judge(&facts, honour, view.round);
        self.said.insert(key, granted.clone());
        granted
    }

    /// What the explainer says of an honour for these facts at a round: of several standards the surest.
    pub fn judge(&mut self, facts: &Facts, honour: usize, round: usize) -> Option<Granted> {
        let mut best: Option<Granted> = None;
        for (finding, standard) in self.findings(facts, honour, round) {
            let Some(granted) = self.granted(&finding, standard, facts, honour, round) else { continue };
            let rank = |granted: &Granted| (granted.unsure, granted.papers, granted.uses.len());
            if best.as_ref().is_none_or(|best| rank(&granted) < rank(best)) {
                best = Some(granted);
            }
        }
        best
    }

    /// What the explainer finds for each open standard of an honour.
    pub fn findings(&mut self, facts: &Facts, honour: usize, round: usize) -> Vec<(StandardFinding, usize)> {
        let ground = self.ground;
        let (award, day) = (ground.honours[honour].award, ground.rounds[round].day);
        let mut list: Vec<(StandardFinding, usize)> = Vec::new();
        for kind in &ground.kinds {
            self.asked += 1;
            let Ok(answer) = explain(ground.law, &award.id, facts, day, None, Some(*kind)) else { continue };
            for finding in answer.standards {
                let standards = ground.standards(honour, round);
                let place = standards.iter().position(|known| known.id == finding.id && known.kind == finding.kind);
                if let Some(place) = place.filter(|place| list.iter().all(|(_, known)| known != place)) {
                    list.push((finding, place));
                }
            }
        }
        list
    }

    fn granted(
        &mut self,
        finding: &StandardFinding,
        standard: usize,
        facts: &Facts,
        honour: usize,
        round: usize,
    ) -> Option<Granted> {
        let (mut unsure, mut papers) = (false, 0);
        let mut passed: Vec<(String, Verdict)> = Vec::new();
        for leaf in finding.conditions.iter().filter(|leaf| leaf.role != Role::Judgement) {
            let mut verdict = leaf.leaning();
            if verdict == Verdict::Unknown {
                match self.passes(leaf, standard, facts, honour, round) {
                    Some(Pass::Paper) => verdict = Verdict::Met,
                    Some(Pass::Text) if self.open => verdict = Verdict::Met,
                    Some(Pass::Below(true)) if self.open => verdict = Verdict::Met,
                    Some(Pass::Below(false)) => verdict = Verdict::Met,
                    _ => {}
                }
            }
            passed.push((leaf.leaf().to_owned(), verdict));
        }
        let of = |skip: &[&str]| {
            verdict_of(&finding.tree, &|leaf| {
                let known = passed.iter().find(|(id, _)| id == leaf)?;
                Some(if skip.contains(&leaf) { Verdict::NotMet } else { known.1 })
            }) == Some(Verdict::Met)
        };
        if !of(&[]) {
            return None;
        }
        if finding.leaning() != Verdict::Met {
            let mut texts: Vec<&str> = Vec::new();
            for leaf in finding.conditions.iter().filter(|leaf| leaf.role != Role::Judgement) {
                if leaf.leaning() != Verdict::Unknown {
                    continue;
                }
                match self.passes(leaf, standard, facts, honour, round) {
                    Some(Pass::Text | Pass::Below(true)) => texts.push(leaf.leaf()),
                    _ => papers += u32::from(!of(&[leaf.leaf()])),
                }
            }
            // Of alternatives that each rest on a missing text none is needed alone, but one of them is.
            unsure = !texts.is_empty() && !of(&texts);
        }
        let leaves = &self.ground.standards(honour, round)[standard].leaves;
        let serving = leaves.iter().enumerate().filter(|(_, leaf)| matches!(leaf.asks, Asks::Initiatives { .. }));
        // As many as can be are left out; what then remains has served.
        let (mut spared, mut uses): (Vec<&str>, Vec<usize>) = (Vec::new(), Vec::new());
        for (place, leaf) in serving {
            spared.push(leaf.id);
            if !of(&spared) {
                spared.pop();
                uses.push(place);
            }
        }
        Some(Granted { standard, kind: finding.kind, unsure, papers, uses })
    }

    /// Whether an unknown leaf stands only for want of a text, or of a record that is no matter of planning.
    fn passes(&mut self, leaf: &Finding, standard: usize, facts: &Facts, honour: usize, round: usize) -> Option<Pass> {
        let compiled =
            self.ground.standards(honour, round)[standard].leaves.iter().find(|known| known.id == leaf.leaf());
        if let Some(asked) = compiled.and_then(|known| known.meets) {
            return self.judge(facts, asked, round).map(|granted| Pass::Below(granted.unsure));
        }
        // Where the law of the day is not loaded, that stands before what the records lack under its last values.
        let lacks = leaf.provisional.is_some() && leaf.missing.iter().any(|missing| missing.text.is_none());
        let of_text = compiled.is_none_or(|known| known.missing);
        match leaf.cause {
            Some(Cause::TextMissing) if of_text || !lacks => Some(Pass::Text),
            Some(Cause::FactMissing) if leaf.leaf() == GROUP => Some(Pass::Paper),
            Some(_) => {
                let fixed = Asks::Nothing;
                let asks = compiled.map_or(fixed, |known| known.asks);
                matches!(asks, Asks::Nothing | Asks::Unspent { .. } | Asks::Alone { .. }).then_some(Pass::Paper)
            }
            None => None,
        }
    }
}

/// Why an unknown leaf need not keep an honour from being planned.
enum Pass {
    /// A record that somebody has to supply.
    Paper,
    /// A text that is not at hand.
    Text,
    /// The standard of another honour; whether that rests on a missing text.
    Below(bool),
}
