//! Names for fictitious people: plausible, never those of a person the sources name, and no two drawn alike.

use std::collections::BTreeSet;

use rules::facts::Sex;
use serde::Deserialize;

use super::draw::Draw;

/// What `names.toml` holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameLists {
    pub surnames: Vec<(String, u32)>,
    pub women: Parts,
    pub men: Parts,
    pub never: Never,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    pub middle: Vec<(String, u32)>,
    pub given: Vec<String>,
}

/// Names that no fictitious person bears.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    pub names: Vec<String>,
}

/// Draws names and remembers them.
#[derive(Debug)]
pub struct Namer<'a> {
    lists: &'a NameLists,
    taken: BTreeSet<String>,
}

impl<'a> Namer<'a> {
    /// A namer that keeps clear of the names never to be drawn and of those already written in the files.
    pub fn new(lists: &'a NameLists, written: impl IntoIterator<Item = String>) -> Self {
        Self { lists, taken: lists.never.names.iter().cloned().chain(written).collect() }
    }

    /// A name not given before.
    pub fn name(&mut self, sex: Sex, draw: &mut Draw) -> String {
        loop {
            let parts = if sex == Sex::Nu { &self.lists.women } else { &self.lists.men };
            let name = format!(
                "{} {} {}",
                draw.weighted(&self.lists.surnames),
                draw.weighted(&parts.middle),
                draw.one_of(&parts.given)
            );
            let repeats = name.split(' ').collect::<BTreeSet<_>>().len() < name.split(' ').count();
            if !repeats && self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}
