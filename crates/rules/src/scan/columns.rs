//! Every column that some honours ask for, each once however many standards share it.

use std::collections::HashMap;

use crate::scan::asked::{ClipColumn, Column, Rests, SpanColumn};
use crate::scan::award::AwardPlan;
use crate::scan::told::Told;

/// The years of one leaf among all columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct YearsOf {
    pub number: usize,
    /// Whether they hang on the award chosen.
    pub anchored: bool,
}

/// A column with what it rests on.
pub(crate) struct Node<C> {
    pub column: C,
    pub rests: Rests,
    /// The choices on which it hangs, itself or through the years it counts in.
    pub choices: Option<usize>,
}

impl<C> Node<C> {
    /// Of the rounds of choices the one to look at: what hangs on none is the same in all.
    pub fn round(&self, round: usize) -> usize {
        if self.choices.is_some() { round } else { 0 }
    }
}

/// What a leaf comes to, and how a missing text changes that.
pub(crate) struct LeafColumn<'l> {
    pub find: Column<'l>,
    pub told: Told,
}

/// The columns of all honours compiled, by number; each stands before those that rest on it.
#[derive(Default)]
pub(crate) struct Columns<'l> {
    pub clips: Vec<Vec<ClipColumn<'l>>>,
    pub spans: Vec<Node<SpanColumn<'l>>>,
    pub leaves: Vec<Node<LeafColumn<'l>>>,
    /// The honours of which one is chosen in turn.
    pub choices: Vec<Vec<u16>>,
    pub awards: Vec<AwardPlan<'l>>,
}

/// Columns while they are collected, with the numbers they were given: a condition is known by what it prints and by
/// what it rests on.
#[derive(Default)]
pub(crate) struct Collected<'l> {
    pub columns: Columns<'l>,
    clips: HashMap<Vec<String>, usize>,
    spans: HashMap<(String, Rests), usize>,
    leaves: HashMap<(String, Rests, Told), usize>,
    choices: HashMap<Vec<u16>, usize>,
}

impl<'l> Collected<'l> {
    pub fn clip(&mut self, printed: Vec<String>, columns: Vec<ClipColumn<'l>>) -> usize {
        let list = &mut self.columns.clips;
        *self.clips.entry(printed).or_insert_with(|| added(list, columns))
    }

    pub fn span(&mut self, printed: String, column: SpanColumn<'l>, rests: Rests) -> YearsOf {
        let (list, choices) = (&mut self.columns.spans, rests.choices);
        let node = Node { column, rests: rests.clone(), choices };
        let number = *self.spans.entry((printed, rests)).or_insert_with(|| added(list, node));
        YearsOf { number, anchored: choices.is_some() }
    }

    pub fn leaf(&mut self, printed: String, find: Column<'l>, told: Told, rests: Rests) -> usize {
        let Columns { spans, leaves, .. } = &mut self.columns;
        let choices = rests.choices.or_else(|| rests.spans.iter().find_map(|years| spans[years.number].choices));
        let node = Node { column: LeafColumn { find, told }, rests: rests.clone(), choices };
        *self.leaves.entry((printed, rests, told)).or_insert_with(|| added(leaves, node))
    }

    pub fn choices(&mut self, awards: Vec<u16>) -> usize {
        let list = &mut self.columns.choices;
        *self.choices.entry(awards.clone()).or_insert_with(|| added(list, awards))
    }

    pub fn award(&mut self, plan: AwardPlan<'l>) -> usize {
        added(&mut self.columns.awards, plan)
    }
}

fn added<T>(list: &mut Vec<T>, one: T) -> usize {
    list.push(one);
    list.len() - 1
}
