//! The records against their leaves: sums first, which tell whether anything differs; then, where it does, one by one.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::finding::{Finding, Findings, Kind, MOST};
use super::source::{Source, StoredLeaf, StoredRow, derived};
use super::tree::{Placed, Tree};
use crate::error::StoreError;
use crate::merkle::Hash;
use crate::record::{Record, canonical};
use crate::records::{NewCorrection, NewEnding, NewRemoval};
use crate::schema::{self, STEP, TABLES, Table};
use crate::step::salted;

/// Records are summed in so many parts, by their ids, so that a difference is looked for in few of them.
const PARTS: usize = 1 << 16;
/// Differences are looked for in so many parts at most.
const MOST_PARTS: usize = 4_096;

/// A record as its leaf names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    noun: &'static str,
    id: Uuid,
    hash: Hash,
    /// Absent where it cannot be said.
    step: Option<Uuid>,
}

/// What happened to a record after it was entered.
struct Change {
    id: Uuid,
    what: What,
}

enum What {
    Corrected {
        before: Map<String, Value>,
        after: Map<String, Value>,
    },
    Ended {
        to_day: Value,
    },
    /// A correction that cannot be read, so that nothing can be taken back.
    Unreadable,
}

/// The two sums, and what is needed to take changes back.
pub struct Records {
    /// Fresh for each verification: nobody can have prepared two contents with one sum.
    key: [u8; 32],
    leaves: Vec<u128>,
    rows: Vec<u128>,
    number: u64,
    changes: HashMap<(&'static str, Uuid), Vec<Change>>,
    /// The leaf of each change.
    places: HashMap<Uuid, Option<u64>>,
}

/// Which parts differ, and all that is in them.
#[derive(Default)]
struct Differing {
    parts: HashSet<usize>,
    leaves: Vec<(Named, u64)>,
    rows: Vec<Named>,
}

/// What speaks of one record: mostly one leaf and one row.
#[derive(Default)]
struct Pair {
    leaves: Vec<(Named, u64)>,
    rows: Vec<Named>,
}

impl Records {
    /// Reads what corrected or ended a record; the memory it takes grows with their number alone.
    pub async fn read_changes<S: Source>(source: &mut S) -> Result<Self, StoreError> {
        let mut key = [0_u8; 32];
        getrandom::fill(&mut key).map_err(|why| StoreError::Unreachable(why.to_string()))?;
        let (mut changes, mut places) = (HashMap::<_, Vec<Change>>::new(), HashMap::new());
        for noun in [NewCorrection::NOUN, NewEnding::NOUN] {
            let table = schema::table(noun).ok_or(StoreError::NotFound)?;
            source
                .rows(table, &mut |row| {
                    if let Some((of, change)) = change(noun, &row) {
                        places.insert(change.id, None);
                        changes.entry(of).or_default().push(change);
                    }
                })
                .await?;
        }
        Ok(Self { key, leaves: vec![0; PARTS], rows: vec![0; PARTS], number: 0, changes, places })
    }

    /// Adds a leaf to its sum.
    pub fn take_leaf(&mut self, leaf: &StoredLeaf, placed: Placed) {
        if let Some(place) = self.places.get_mut(&leaf.id) {
            *place = Some(leaf.n);
        }
        if let Some(named) = named(leaf, placed) {
            let sum = self.sum(&named);
            let part = &mut self.leaves[part(named.id)];
            *part = part.wrapping_add(sum);
        }
    }

    /// Reads every row, and tells of each that is not what a leaf says, and of each leaf without a row.
    pub async fn compare<S: Source>(
        &mut self,
        source: &mut S,
        tree: &Tree,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        self.order_changes();
        let mut erased = HashSet::new();
        let (mut rows, mut number) = (std::mem::take(&mut self.rows), 0);
        for table in tables() {
            let take = &mut |row: StoredRow| {
                check_derived(table, &row, findings);
                for named in self.in_row(table, &row) {
                    number += 1;
                    match named {
                        Ok(named) => {
                            let part = &mut rows[part(named.id)];
                            *part = part.wrapping_add(self.sum(&named));
                        }
                        Err((noun, id)) => {
                            findings.add(Finding::record(Kind::RecordErased, noun, id));
                            if erased.len() < MOST {
                                erased.insert((noun, id));
                            }
                        }
                    }
                }
            };
            source.rows(table, take).await?;
        }
        self.number = number;
        let differs = |part: &usize| self.leaves[*part] != rows[*part];
        let parts: HashSet<usize> = (0..PARTS).filter(differs).take(MOST_PARTS).collect();
        if !parts.is_empty() {
            let differing = self.collect(source, tree, parts).await?;
            differing.tell(tree, &erased, findings);
        }
        Ok(())
    }

    pub fn number(&self) -> u64 {
        self.number
    }

    /// What happened to a record in the order of the journal; what has no leaf is told of by itself.
    fn order_changes(&mut self) {
        for changes in self.changes.values_mut() {
            changes.retain(|change| self.places.get(&change.id).is_some_and(Option::is_some));
            changes.sort_by_key(|change| self.places.get(&change.id).copied().flatten());
        }
    }

    /// What is in the parts that differ.
    async fn collect<S: Source>(
        &self,
        source: &mut S,
        tree: &Tree,
        parts: HashSet<usize>,
    ) -> Result<Differing, StoreError> {
        let mut differing = Differing { parts, ..Differing::default() };
        let mut step = None;
        let mut next = 0;
        source
            .leaves(&mut |leaf| {
                let suspect = tree.is_suspect(leaf.n);
                if leaf.noun == STEP.noun || leaf.n != next || suspect {
                    step = (leaf.noun == STEP.noun && !suspect).then_some(leaf.id);
                }
                next = leaf.n + 1;
                if differing.parts.contains(&part(leaf.id))
                    && let Some(named) = named(&leaf, Placed { step })
                {
                    differing.leaves.push((named, leaf.n));
                }
            })
            .await?;
        for table in tables() {
            source
                .rows(table, &mut |row| {
                    let here = self.in_row(table, &row).into_iter().flatten();
                    let here = here.filter(|named| differing.parts.contains(&part(named.id))).collect::<Vec<_>>();
                    differing.rows.extend(here);
                })
                .await?;
        }
        Ok(differing)
    }

    /// What a row is as it was entered, and for a removal also the record it keeps; an error where the salt is gone.
    fn in_row(&self, table: &'static Table, row: &StoredRow) -> Vec<Result<Named, (&'static str, Uuid)>> {
        let mut found = vec![match &row.salt {
            None => Err((table.noun, row.id)),
            Some(salt) => Ok(Named {
                noun: table.noun,
                id: row.id,
                hash: self.entered(table.noun, row.id, row.content.clone(), salt),
                step: row.step,
            }),
        }];
        if table.noun == NewRemoval::NOUN
            && let Some(content) = &row.content
            && let Some(kept) = self.kept(content)
        {
            found.push(kept);
        }
        found
    }

    /// The record that a removal keeps.
    fn kept(&self, removal: &Map<String, Value>) -> Option<Result<Named, (&'static str, Uuid)>> {
        let noun = schema::table(removal["noun"].as_str()?)?.noun;
        let id = removal["record"].as_str()?.parse().ok()?;
        let step = removal["entered"].as_str().and_then(|step| step.parse().ok());
        let Some(salt) = removal["record_salt"].as_str().and_then(from_hex) else {
            return Some(Err((noun, id)));
        };
        let content = removal["content"].as_str().and_then(|content| serde_json::from_str(content).ok());
        Some(Ok(Named { noun, id, hash: self.entered(noun, id, content, &salt), step }))
    }

    /// The hash of a record as it was entered: with every change taken back, the last first.
    ///
    /// All zero where it cannot be that, because a change does not fit what the record holds.
    fn entered(&self, noun: &'static str, id: Uuid, content: Option<Map<String, Value>>, salt: &[u8]) -> Hash {
        let taken_back = content.and_then(|mut content| {
            for change in self.changes.get(&(noun, id)).into_iter().flatten().rev() {
                take_back(&mut content, &change.what)?;
            }
            Some(content)
        });
        taken_back.map_or([0; 32], |content| salted(salt, &canonical(&content)))
    }

    fn sum(&self, named: &Named) -> u128 {
        let hash = Sha256::new()
            .chain_update(self.key)
            .chain_update(named.noun)
            .chain_update([0])
            .chain_update(named.id)
            .chain_update(named.hash)
            .chain_update(named.step.unwrap_or_default())
            .finalize();
        hash.iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte))
    }
}

impl Differing {
    fn tell(mut self, tree: &Tree, erased: &HashSet<(&'static str, Uuid)>, findings: &mut Findings) {
        let mut pairs: BTreeMap<(&'static str, Uuid), Pair> = BTreeMap::new();
        for leaf in self.leaves.drain(..) {
            pairs.entry((leaf.0.noun, leaf.0.id)).or_default().leaves.push(leaf);
        }
        for row in self.rows.drain(..) {
            pairs.entry((row.noun, row.id)).or_default().rows.push(row);
        }
        for ((noun, id), Pair { mut leaves, mut rows }) in pairs {
            leaves.retain(|(leaf, _)| match rows.iter().position(|row| same(leaf, row)) {
                Some(row) => {
                    rows.swap_remove(row);
                    false
                }
                None => true,
            });
            // The more leaves than rows, the more records are gone; the more rows, the more were added.
            for (at, (leaf, n)) in leaves.iter().enumerate() {
                let kind = match rows.get(at) {
                    None if erased.contains(&(noun, id)) => continue,
                    None => Kind::RecordMissing,
                    Some(row) if row.hash == leaf.hash => Kind::RecordOfAnotherStep,
                    Some(_) => Kind::RecordChanged,
                };
                if !tree.is_suspect(*n) {
                    findings.add(Finding::record(kind, noun, id).at_leaf(*n));
                }
            }
            for _ in rows.iter().skip(leaves.len()) {
                findings.add(Finding::record(Kind::RecordAdded, noun, id));
            }
        }
    }
}

/// Every table whose rows have leaves.
fn tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().chain([&STEP])
}

fn same(leaf: &Named, row: &Named) -> bool {
    leaf.hash == row.hash && (leaf.step.is_none() || leaf.step == row.step)
}

/// A leaf as a record is named; nothing for a noun that this program does not know.
fn named(leaf: &StoredLeaf, placed: Placed) -> Option<Named> {
    let noun = tables().find(|table| table.noun == leaf.noun)?.noun;
    Some(Named { noun, id: leaf.id, hash: leaf.hash, step: placed.step })
}

/// By the last two bytes of the id, which are random.
fn part(id: Uuid) -> usize {
    let [.., high, low] = *id.as_bytes();
    usize::from(high) << 8 | usize::from(low)
}

fn check_derived(table: &Table, row: &StoredRow, findings: &mut Findings) {
    let Some(content) = row.content.as_ref().filter(|_| !row.derived.is_empty()) else {
        return;
    };
    for (column, own) in derived(table, content) {
        if row.derived.iter().any(|(name, stored)| *name == column && *stored != own) {
            findings.add(Finding { column: Some(column), ..Finding::record(Kind::RecordDerived, table.noun, row.id) });
        }
    }
}

/// A correction or an ending as what happened to a record; nothing where it names none.
fn change(noun: &str, row: &StoredRow) -> Option<((&'static str, Uuid), Change)> {
    let content = row.content.as_ref()?;
    let of = (schema::table(content["noun"].as_str()?)?.noun, content["record"].as_str()?.parse().ok()?);
    let part = |name: &str| content[name].as_str().and_then(|text| serde_json::from_str(text).ok());
    let what = if noun == NewEnding::NOUN {
        What::Ended { to_day: content["to_day"].clone() }
    } else {
        match (part("before"), part("after")) {
            (Some(before), Some(after)) => What::Corrected { before, after },
            _ => What::Unreadable,
        }
    };
    Some((of, Change { id: row.id, what }))
}

/// Takes one change back; nothing where the record does not hold what the change left.
fn take_back(content: &mut Map<String, Value>, change: &What) -> Option<()> {
    match change {
        What::Unreadable => None,
        What::Ended { to_day } => {
            let last = content.get_mut("to_day").filter(|last| *last == to_day)?;
            *last = Value::Null;
            Some(())
        }
        What::Corrected { before, after } => {
            let fits = after.iter().all(|(name, value)| content.get(name) == Some(value));
            if !fits || !before.keys().eq(after.keys()) {
                return None;
            }
            content.extend(before.iter().map(|(name, value)| (name.clone(), value.clone())));
            Some(())
        }
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
