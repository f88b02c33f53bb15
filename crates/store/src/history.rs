//! Who entered, corrected, ended or took out which record, when and why, with what it said before and after.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rules::facts::Day;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::Store;
use crate::access::Viewer;
use crate::entry::{self, Subject};
use crate::error::StoreError;
use crate::schema;
use crate::sql::{Row, Sql, member};

/// The fields of a record.
pub type Fields = Map<String, Json>;

/// One thing that happened to one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The record, correction, ending or removal that tells it.
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// The display name of the account; absent where the program itself acted.
    pub actor: Option<String>,
    pub why: String,
    /// The table of the record.
    pub noun: String,
    pub record: Uuid,
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// With everything it said then.
    Entered(Fields),
    /// The fields that differ, as they stood and as they stood afterwards.
    Corrected { before: Fields, after: Fields },
    /// With its last day.
    Ended(Day),
    /// With everything it had said.
    Removed(Fields),
}

/// A page of a history, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    pub rows: Vec<Change>,
    /// What to pass as `after` for the next page: the place of the last change in the journal.
    pub next: Option<i64>,
}

/// Changes on one page.
pub const ROWS: usize = 50;

/// Everything that happened to the records of a subject whom the viewer sees on a day.
///
/// `after` is [`Changes::next`] of the page before. The number of statements does not depend on how much there is.
pub async fn of_subject(
    store: &Store,
    viewer: &Viewer,
    subject: Subject,
    day: Day,
    after: Option<i64>,
) -> Result<Changes, StoreError> {
    entry::seen(store, viewer, subject, day).await?;
    let mut mine = Sql::default();
    for (place, noun) in subject.nouns().iter().enumerate() {
        let union = if place == 0 { "" } else { " UNION ALL " };
        mine.add(&format!("{union}SELECT '{noun}' AS noun, c.id AS record, c.step FROM {noun} c WHERE "), []);
        mine.join(subject.condition(viewer.office, noun, "c"));
    }
    let mut removed = Sql::new("r.office = ? AND (", [viewer.office.into()]);
    removed.join(was_about(store, subject)).add(")", []);
    told(store, viewer.office, mine, removed, after).await
}

/// Everything that happened to one record, also to one that was taken out, of a subject whom the viewer sees on a day.
pub async fn of_record(
    store: &Store,
    viewer: &Viewer,
    noun: &'static str,
    record: Uuid,
    day: Day,
) -> Result<(entry::Named, Changes), StoreError> {
    let table = schema::table(noun).ok_or(StoreError::NotFound)?;
    let content = match store.content(viewer.office, noun, record).await? {
        Some(content) => Some(content),
        None => removed_content(store, viewer.office, noun, record).await?,
    };
    let Some(Json::Object(content)) = content else {
        return Err(StoreError::NotFound);
    };
    let subject = entry::subject_of(store, viewer.office, noun, &content).await?.ok_or(StoreError::NotFound)?;
    let whose = entry::seen(store, viewer, subject, day).await?;
    let text =
        format!("SELECT '{0}' AS noun, c.id AS record, c.step FROM {0} c WHERE c.office = ? AND c.id = ?", table.noun);
    let mine = Sql::new(&text, [viewer.office.into(), record.into()]);
    let mut removed = Sql::new("r.office = ? AND r.noun = ? AND r.record = ?", [viewer.office.into()]);
    removed.add("", [noun.into(), record.into()]);
    Ok((whose, told(store, viewer.office, mine, removed, None).await?))
}

/// On an alias `r` of `removal`: what was taken out was about the subject.
fn was_about(store: &Store, subject: Subject) -> Sql {
    let said = |name: &str| member(store.connection.get_database_backend(), "r.content", name);
    let (key, id) = (|| subject.id().into(), || subject.id().to_string().into());
    match subject {
        Subject::Person(_) => {
            let text = format!("{} = ? OR (r.noun = 'person' AND r.record = ?)", said("person"));
            Sql::new(&text, [id(), key()])
        }
        Subject::Unit(_) => {
            let text = format!(
                "{} = ? OR (r.noun = 'unit' AND r.record = ?) OR (r.noun = 'unit_name' AND {} = ?) \
                 OR (r.noun = 'unit_lineage' AND ({} = ? OR {} = ?))",
                said("collective"),
                said("unit"),
                said("predecessor"),
                said("successor")
            );
            Sql::new(&text, [id(), key(), id(), id(), id()])
        }
    }
}

async fn removed_content(store: &Store, office: i32, noun: &str, record: Uuid) -> Result<Option<Json>, StoreError> {
    let sql = Sql::new(
        "SELECT content FROM removal WHERE office = ? AND noun = ? AND record = ?",
        [office.into(), noun.into(), record.into()],
    );
    sql.read_one(store).await?.map(|row| json(&row.get::<String>("content")?)).transpose()
}

/// One change before its content is known.
struct Event {
    n: i64,
    change: Uuid,
    what: String,
    noun: String,
    record: Uuid,
    at: DateTime<Utc>,
    actor: Option<String>,
    why: String,
}

/// The page of changes of the records that `mine` selects, and of those taken out that meet `removed`.
async fn told(store: &Store, office: i32, mine: Sql, removed: Sql, after: Option<i64>) -> Result<Changes, StoreError> {
    let mut sql = Sql::new("WITH mine (noun, record, step) AS (", []);
    sql.join(mine).add(" UNION ALL SELECT r.noun, r.record, r.entered FROM removal r WHERE ", []).join(removed);
    sql.add(
        "), events (change, what, noun, record, step) AS (SELECT record, 'enter', noun, record, step FROM mine",
        [],
    );
    for (table, what) in [("correction", "correct"), ("ending", "end"), ("removal", "remove")] {
        let text = format!(
            " UNION ALL SELECT t.id, '{what}', t.noun, t.record, t.step FROM {table} t \
             JOIN mine m ON m.noun = t.noun AND m.record = t.record WHERE t.office = ?"
        );
        sql.add(&text, [office.into()]);
    }
    sql.add(
        ") SELECT l.n, e.change, e.what, e.noun, e.record, s.at, s.why, a.display_name AS actor FROM events e \
         JOIN journal_leaf l ON l.office = ? AND l.id = e.change JOIN step s ON s.office = l.office AND s.id = e.step \
         LEFT JOIN account a ON a.office = s.office AND a.id = s.actor",
        [office.into()],
    );
    if let Some(after) = after {
        sql.add(" WHERE l.n < ?", [after.into()]);
    }
    sql.add(" ORDER BY l.n DESC LIMIT ?", [(ROWS as i64 + 1).into()]);
    let mut events: Vec<Event> = sql.read(store).await?.iter().map(event).collect::<Result<_, _>>()?;
    let next = (events.len() > ROWS).then(|| events[ROWS - 1].n);
    events.truncate(ROWS);
    let past = Past::read(store, office, &events).await?;
    let rows = events.into_iter().map(|event| past.change(event)).collect::<Result<_, _>>()?;
    Ok(Changes { rows, next })
}

/// A correction with its place in the journal.
struct Correction {
    n: i64,
    id: Uuid,
    record: Uuid,
    before: Fields,
    after: Fields,
}

/// What the records of some events say now, and what happened to them since they were entered.
struct Past {
    now: HashMap<Uuid, Fields>,
    removed: HashMap<Uuid, Fields>,
    corrections: Vec<Correction>,
    endings: HashMap<Uuid, (i64, Day)>,
}

impl Past {
    async fn read(store: &Store, office: i32, events: &[Event]) -> Result<Self, StoreError> {
        let mut past =
            Self { now: HashMap::new(), removed: HashMap::new(), corrections: Vec::new(), endings: HashMap::new() };
        let records = || events.iter().map(|event| event.record.into());
        for table in schema::TABLES.iter().filter(|table| events.iter().any(|event| event.noun == table.noun)) {
            let mut sql = Sql::new(
                &format!("SELECT {} FROM {} WHERE office = ? AND id IN ", table.select(), table.noun),
                [office.into()],
            );
            sql.set(events.iter().filter(|event| event.noun == table.noun).map(|event| event.record.into()));
            for row in sql.read(store).await? {
                past.now.insert(row.get("id")?, table.content(&row)?);
            }
        }
        let select = async |columns: &str, table: &str| -> Result<Vec<Row>, StoreError> {
            let text = format!(
                "SELECT {columns} FROM {table} t JOIN journal_leaf l ON l.office = t.office AND l.id = t.id \
                 WHERE t.office = ? AND t.record IN "
            );
            let mut sql = Sql::new(&text, [office.into()]);
            sql.set(records()).read(store).await
        };
        for row in select("l.n, t.id, t.record, t.before, t.after", "correction").await? {
            past.corrections.push(Correction {
                n: row.get("n")?,
                id: row.get("id")?,
                record: row.get("record")?,
                before: fields(&row, "before")?,
                after: fields(&row, "after")?,
            });
        }
        for row in select("l.n, t.record, t.to_day", "ending").await? {
            past.endings.insert(row.get("record")?, (row.get("n")?, row.get("to_day")?));
        }
        for row in select("t.record, t.content", "removal").await? {
            past.removed.insert(row.get("record")?, fields(&row, "content")?);
        }
        Ok(past)
    }

    fn change(&self, event: Event) -> Result<Change, StoreError> {
        let what = match event.what.as_str() {
            "enter" => What::Entered(self.as_entered(event.record)),
            "end" => What::Ended(self.endings.get(&event.record).ok_or(StoreError::NotFound)?.1),
            "remove" => What::Removed(self.removed.get(&event.record).cloned().unwrap_or_default()),
            _ => {
                let found = self.corrections.iter().find(|correction| correction.id == event.change);
                let found = found.ok_or(StoreError::NotFound)?;
                What::Corrected { before: found.before.clone(), after: found.after.clone() }
            }
        };
        let Event { change, noun, record, at, actor, why, .. } = event;
        Ok(Change { id: change, at, actor, why, noun, record, what })
    }

    /// What a record said when it was entered: as it stands, with its corrections and its ending taken back.
    fn as_entered(&self, record: Uuid) -> Fields {
        let mut content = self.now.get(&record).or(self.removed.get(&record)).cloned().unwrap_or_default();
        let corrections = self.corrections.iter().filter(|correction| correction.record == record);
        let mut since: Vec<(i64, Option<&Fields>)> = corrections
            .map(|correction| (correction.n, Some(&correction.before)))
            .chain(self.endings.get(&record).map(|(n, _)| (*n, None)))
            .collect();
        since.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        for (_, before) in since {
            match before {
                Some(before) => content.extend(before.clone()),
                None => {
                    content.insert("to_day".to_owned(), Json::Null);
                }
            }
        }
        content
    }
}

fn event(row: &Row) -> Result<Event, StoreError> {
    Ok(Event {
        n: row.get("n")?,
        change: row.get("change")?,
        what: row.get("what")?,
        noun: row.get("noun")?,
        record: row.get("record")?,
        at: row.instant("at")?,
        actor: row.get("actor")?,
        why: row.get("why")?,
    })
}

fn fields(row: &Row, column: &str) -> Result<Fields, StoreError> {
    match json(&row.get::<String>(column)?)? {
        Json::Object(fields) => Ok(fields),
        other => Err(StoreError::Database(format!("no fields: {other}"))),
    }
}

fn json(text: &str) -> Result<Json, StoreError> {
    serde_json::from_str(text).map_err(|why| StoreError::Database(why.to_string()))
}
