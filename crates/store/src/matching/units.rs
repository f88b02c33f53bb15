//! Which unit a text names: by any of its names and codes over time, with or without marks.

use std::collections::{HashMap, HashSet};

use rules::facts::Day;
use uuid::Uuid;

use super::folded;
use crate::Store;
use crate::error::StoreError;
use crate::sql::Sql;

/// Every name and code of every unit; two statements for a whole office.
#[derive(Debug, Default)]
pub struct UnitIndex {
    by_words: HashMap<String, Vec<(Uuid, Day, Option<Day>)>>,
    names: HashMap<Uuid, String>,
    /// Pairs of units of which one lies under, or went on as, the other.
    near: HashSet<(Uuid, Uuid)>,
}

/// What a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    One(Uuid),
    /// More than one unit has had that name or code.
    Several,
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// One is the parent of the other, or went on as it.
    Near,
    Apart,
}

impl UnitIndex {
    pub async fn load(store: &Store, office: i32) -> Result<Self, StoreError> {
        let mut index = Self::default();
        let names = Sql::new(
            "SELECT unit, name, code, parent, from_day, to_day FROM unit_name WHERE office = ? ORDER BY from_day",
            [office.into()],
        );
        for row in names.all(&store.connection).await? {
            let (unit, name): (Uuid, String) = (row.get("unit")?, row.get("name")?);
            let code: String = row.get("code")?;
            index.add(unit, &name, &code, row.get("from_day")?, row.get("to_day")?);
            if let Some(parent) = row.get::<Option<Uuid>>("parent")? {
                index.near.extend([(unit, parent), (parent, unit)]);
            }
        }
        let lineage = Sql::new("SELECT predecessor, successor FROM unit_lineage WHERE office = ?", [office.into()]);
        for row in lineage.all(&store.connection).await? {
            let (before, after): (Uuid, Uuid) = (row.get("predecessor")?, row.get("successor")?);
            index.near.extend([(before, after), (after, before)]);
        }
        Ok(index)
    }

    /// Adds one name of a unit; the last added is the one by which it is called.
    pub(crate) fn add(&mut self, unit: Uuid, name: &str, code: &str, from: Day, to: Option<Day>) {
        for words in [folded(name), folded(code)] {
            self.by_words.entry(words).or_default().push((unit, from, to));
        }
        self.names.insert(unit, name.to_owned());
    }

    /// The unit of that name or code on a day, else at any time.
    pub fn find(&self, text: &str, on: Option<Day>) -> Named {
        let Some(spans) = self.by_words.get(&folded(text)) else {
            return Named::Nothing;
        };
        let distinct = |spans: Vec<Uuid>| spans.into_iter().collect::<HashSet<_>>();
        let then = |(_, from, to): &&(Uuid, Day, Option<Day>)| match on {
            Some(day) => *from <= day && to.is_none_or(|to| day <= to),
            None => to.is_none(),
        };
        let here = distinct(spans.iter().filter(then).map(|(unit, ..)| *unit).collect());
        let ever = distinct(spans.iter().map(|(unit, ..)| *unit).collect());
        match (here.len(), ever.len()) {
            (1, _) => here.into_iter().next().map_or(Named::Nothing, Named::One),
            (0, 1) => ever.into_iter().next().map_or(Named::Nothing, Named::One),
            _ => Named::Several,
        }
    }

    /// The newest name of a unit.
    pub fn name(&self, unit: Uuid) -> Option<&str> {
        self.names.get(&unit).map(String::as_str)
    }

    pub(crate) fn nearness(&self, one: Uuid, other: Uuid) -> Nearness {
        if self.near.contains(&(one, other)) { Nearness::Near } else { Nearness::Apart }
    }
}
