//! Rows laid down to be looked at: units found, people matched, what is there already recognised, in chunks.

use std::collections::hash_map::{DefaultHasher, Entry};
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::Store;
use crate::access::Viewer;
use crate::error::StoreError;
use crate::imports::existing::{self, Subject};
use crate::imports::files::{self, ImportFile};
use crate::imports::rows::{Existing, ImportRow};
use crate::imports::values::Values;
use crate::imports::{FileState, Kind, Problem, RowState, write};
use crate::matching::units::{Named, UnitIndex};
use crate::matching::{self, Sought, Verdict, folded};
use crate::sql::Sql;
use crate::words;

/// Rows that are matched together.
pub const CHUNK: usize = 500;

/// A row as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    /// Its number in the sheet, from 1.
    pub n: i64,
    pub values: Values,
    pub problems: Vec<Problem>,
    /// Why it is passed over as no record; it can still be read as one.
    pub passed: Option<Problem>,
}

/// The rows of one file being laid down; what it keeps in memory is 24 bytes a row.
pub struct Stage<'s> {
    store: &'s Store,
    office: i32,
    file: Uuid,
    kind: Kind,
    unit: Option<Uuid>,
    /// The units that whoever brings the file in may write; absent where that is the whole office.
    reach: Option<HashSet<Uuid>>,
    units: UnitIndex,
    /// Where in the file a thing was said first, and what was said.
    said: HashMap<u64, (i64, u64)>,
    /// Units that stand in the file itself.
    own_units: HashSet<String>,
}

impl<'s> Stage<'s> {
    /// Begins anew: rows laid down before are taken away.
    pub async fn begin(
        store: &'s Store,
        office: i32,
        file: &ImportFile,
        reach: Option<HashSet<Uuid>>,
    ) -> Result<Stage<'s>, StoreError> {
        let sql = Sql::new("DELETE FROM import_row WHERE office = ? AND file = ?", [office.into(), file.id.into()]);
        sql.run(&store.connection).await?;
        Self::over(store, office, file, reach).await
    }

    /// Beside the rows that lie there already.
    pub(crate) async fn over(
        store: &'s Store,
        office: i32,
        file: &ImportFile,
        reach: Option<HashSet<Uuid>>,
    ) -> Result<Stage<'s>, StoreError> {
        Ok(Self {
            store,
            office,
            file: file.id,
            kind: file.kind,
            unit: file.unit,
            reach,
            units: UnitIndex::load(store, office).await?,
            said: HashMap::new(),
            own_units: HashSet::new(),
        })
    }

    /// Lays rows down, at most [`CHUNK`] in a constant number of statements.
    pub async fn add(&mut self, given: Vec<Given>) -> Result<(), StoreError> {
        let rows = self.matched(given).await?;
        insert(&self.store.connection, self.office, self.file, &rows).await
    }

    /// What becomes of rows, as they would be laid down.
    pub(crate) async fn matched(&mut self, given: Vec<Given>) -> Result<Vec<ImportRow>, StoreError> {
        let mut rows: Vec<ImportRow> = given.into_iter().map(|given| self.placed(given)).collect();
        self.match_people(&mut rows).await?;
        look_up(&self.store.connection, self.office, self.kind, &mut rows).await?;
        for row in rows.iter_mut().filter(|row| row.state != RowState::Skipped) {
            self.keep_to_reach(row);
            self.compare_within(row);
        }
        Ok(rows)
    }

    /// The row with its unit found and what it lacks named.
    fn placed(&mut self, given: Given) -> ImportRow {
        let Given { n, mut values, mut problems, passed } = given;
        if let Some(passed) = passed {
            problems.insert(0, passed);
            return laid_down(n, RowState::Skipped, values, problems);
        }
        let text = if self.kind == Kind::Units { values.parent.clone() } else { values.unit.clone() };
        values.unit_id = match &text {
            None => self.unit,
            Some(text) => match self.units.find(text, values.on(self.kind)) {
                Named::One(unit) => Some(unit),
                Named::Several => {
                    problems.push(Problem::new("unit-several", Some(text)));
                    None
                }
                Named::Nothing if self.own_units.contains(&folded(text)) => None,
                Named::Nothing => {
                    problems.push(Problem::new("unit-unknown", Some(text)));
                    None
                }
            },
        };
        problems.extend(lacks(self.kind, &values).into_iter().map(|field| Problem::new("missing", Some(field))));
        let state = if problems.is_empty() { RowState::Ready } else { RowState::Wrong };
        let mut row = laid_down(n, state, values, problems);
        if self.kind == Kind::Units && row.state == RowState::Ready {
            self.place_unit(&mut row);
        }
        row
    }

    fn place_unit(&mut self, row: &mut ImportRow) {
        let name = row.values.name.clone().unwrap_or_default();
        match self.units.find(&name, None) {
            Named::Nothing => {
                self.own_units.insert(folded(&name));
                self.own_units.extend(row.values.code.as_deref().map(folded));
                row.state = RowState::New;
            }
            Named::One(_) | Named::Several => {
                row.state = RowState::Known;
                row.existing = Some(Existing { record: None, same: true, says: name });
            }
        }
    }

    async fn match_people(&self, rows: &mut [ImportRow]) -> Result<(), StoreError> {
        let wanted = |row: &ImportRow| row.state == RowState::Ready && row.values.of_person(self.kind);
        let sought: Vec<Sought> =
            rows.iter().filter(|row| wanted(row)).map(|row| row.values.sought(self.kind)).collect();
        let matched = matching::people(&self.store.connection, self.office, &self.units, &sought).await?;
        for (row, matched) in rows.iter_mut().filter(|row| wanted(row)).zip(matched) {
            row.candidates = matched.candidates;
            row.state = match matched.verdict {
                Verdict::Certain => {
                    row.person = row.candidates.first().map(|candidate| candidate.person);
                    RowState::Ready
                }
                Verdict::New => RowState::New,
                Verdict::Doubtful => RowState::Doubtful,
                Verdict::Conflict => RowState::Conflict,
            };
        }
        Ok(())
    }

    /// Who writes for some units only sees and touches nobody else.
    fn keep_to_reach(&self, row: &mut ImportRow) {
        let Some(reach) = &self.reach else {
            return;
        };
        let inside = |unit: Option<Uuid>| unit.is_some_and(|unit| reach.contains(&unit));
        let own = row.candidates.iter().all(|candidate| inside(candidate.unit_id));
        if (!own || !inside(row.values.unit_id)) && row.state != RowState::Wrong {
            row.state = RowState::Wrong;
            row.problems.push(Problem::new("outside-reach", row.values.unit.as_deref()));
        }
        row.candidates.retain(|candidate| inside(candidate.unit_id));
        if row.state == RowState::Wrong {
            (row.person, row.existing) = (None, None);
        }
    }

    /// What an earlier row of the file says of the same subject; who is in doubt is compared with nobody.
    fn compare_within(&mut self, row: &mut ImportRow) {
        if !matches!(row.state, RowState::Ready | RowState::New) {
            return;
        }
        let key = said(self.kind, row);
        let value = hash(&existing::told(self.kind, &row.values));
        match self.said.entry(key) {
            Entry::Vacant(place) => {
                place.insert((row.n, value));
            }
            Entry::Occupied(place) => {
                let (first, said) = place.get();
                row.state = if *said == value { RowState::Known } else { RowState::Conflict };
                row.existing = Some(Existing { record: None, same: *said == value, says: first.to_string() });
            }
        }
    }
}

fn laid_down(n: i64, state: RowState, values: Values, problems: Vec<Problem>) -> ImportRow {
    ImportRow { n, state, values, problems, candidates: Vec::new(), person: None, existing: None, correct: false }
}

/// Says that a file is to be read as chosen, and asks for the work; [`StoreError::Changed`] where it is past that.
pub async fn ask(
    store: &Store,
    viewer: &Viewer,
    file: Uuid,
    kind: &str,
    asked: &serde_json::Value,
    job: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let file = files::one(store, viewer, file).await?;
    write::ask(store, viewer, file.id, (FileState::New, FileState::Reading), kind, asked, job, now).await
}

/// Finds what the records say of rows whose subject is known, and sets their state.
pub(crate) async fn look_up(
    connection: &impl ConnectionTrait,
    office: i32,
    kind: Kind,
    rows: &mut [ImportRow],
) -> Result<(), StoreError> {
    let mut places = Vec::new();
    let mut wanted = Vec::new();
    for (n, row) in rows.iter().enumerate().filter(|(_, row)| row.state == RowState::Ready) {
        if let Some(subject) = subject(kind, row) {
            places.push(n);
            wanted.push((subject, &row.values));
        }
    }
    let found = existing::find(connection, office, kind, &wanted).await?;
    for (n, existing) in found {
        let row = &mut rows[places[n]];
        row.state = if existing.same { RowState::Known } else { RowState::Conflict };
        row.existing = Some(existing);
    }
    if kind == Kind::People {
        for row in rows.iter_mut().filter(|row| row.state == RowState::Ready) {
            let says = row.values.full_name.clone().unwrap_or_default();
            row.existing = Some(Existing { record: row.person, same: true, says });
            row.state = RowState::Known;
        }
    }
    Ok(())
}

/// Whom or what a row is about, where that is known.
pub(crate) fn subject(kind: Kind, row: &ImportRow) -> Option<Subject> {
    match (row.person, row.values.of_person(kind)) {
        (Some(person), _) => Some(Subject::Person(person)),
        (None, true) => None,
        (None, false) => row.values.unit_id.map(Subject::Collective),
    }
}

/// What a row says of whom, whatever it says.
pub(crate) fn said(kind: Kind, row: &ImportRow) -> u64 {
    let subject = match (row.person, row.values.of_person(kind)) {
        (Some(person), _) => person.to_string(),
        (None, true) => row.values.person_key(),
        (None, false) => format!("{:?}", row.values.unit_id),
    };
    hash(&(subject, row.values.fact_key(kind)))
}

/// The fields that a row cannot be entered without.
fn lacks(kind: Kind, values: &Values) -> Vec<&'static str> {
    let subject = values.full_name.is_none() && values.unit.is_none();
    let needed: &[(&str, bool)] = match kind {
        Kind::People => &[("full-name", values.full_name.is_none())],
        Kind::Units => &[("name", values.name.is_none())],
        Kind::Posts => &[("full-name", values.full_name.is_none()), ("from", values.from.is_none())],
        Kind::Grades => &[("subject", subject), ("year", values.year.is_none()), ("grade", values.grade.is_none())],
        Kind::Awards => &[
            ("subject", subject),
            ("award", values.award.is_none()),
            ("number", values.number.is_none()),
            ("decided", values.decided.is_none()),
            ("year", values.for_a_year && values.year.is_none()),
        ],
        Kind::Initiatives => &[("subject", subject), ("name", values.name.is_none()), ("year", values.year.is_none())],
        Kind::Disciplines => {
            &[("subject", subject), ("discipline", values.discipline.is_none()), ("from", values.from.is_none())]
        }
    };
    needed.iter().filter(|(_, absent)| *absent).map(|(field, _)| *field).collect()
}

async fn insert(
    connection: &impl ConnectionTrait,
    office: i32,
    file: Uuid,
    rows: &[ImportRow],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(
        "INSERT INTO import_row (office, file, n, state, content, problems, candidates, person, existing, correct) VALUES ",
        [],
    );
    for (n, row) in rows.iter().enumerate() {
        if n > 0 {
            sql.add(", ", []);
        }
        sql.set([
            office.into(),
            file.into(),
            row.n.into(),
            words::text(row.state).into(),
            json(&row.values).into(),
            json(&row.problems).into(),
            json(&row.candidates).into(),
            row.person.into(),
            row.existing.as_ref().map(json).into(),
            row.correct.into(),
        ]);
    }
    sql.run(connection).await?;
    Ok(())
}

pub(crate) fn json<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_string(value) {
        Ok(text) => text,
        Err(why) => unreachable!("plain data: {why}"),
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
