//! Units that merge, split, take another name or parent, or end: in one step, with their lineage and their people.

use rules::facts::Day;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::Store;
use crate::access::{self, Viewer};
use crate::error::StoreError;
use crate::places::before;
use crate::records::{NewUnitLineage, NewUnitName};
use crate::schema;
use crate::sql::Sql;
use crate::step::Step;
use crate::words::LineageKind;

/// A merger or a split, as the document orders it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reorganisation {
    pub kind: LineageKind,
    pub predecessors: Vec<Uuid>,
    /// The first takes over people and sub-units of every predecessor that is no successor itself.
    pub successors: Vec<Uuid>,
    /// The first day of the new order.
    pub day: Day,
    pub keeps_honours: bool,
    pub document: Option<String>,
    /// People who go to another successor than the first.
    pub elsewhere: Vec<(Uuid, Uuid)>,
}

/// What still stands in a unit after a day, so that it cannot end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub members: u32,
    pub sub_units: u32,
}

impl Step {
    /// Begins a new name, parent, cluster or order from a day: the name of the day before ends.
    ///
    /// `after` is the last step of the present name. [`StoreError::Changed`] where that is another by now.
    pub async fn rename(&mut self, name: NewUnitName, present: Uuid, after: Uuid) -> Result<Uuid, StoreError> {
        self.unchanged_since("unit_name", present, after).await?;
        self.cut("unit_name", present, before(name.from_day)?).await?;
        self.add(name)
    }

    /// Merges or splits units; predecessors that are no successors end the day before.
    ///
    /// People and sub-units of a unit that ends go on in the first successor, or in the one named for them.
    pub async fn reorganise(&mut self, order: &Reorganisation) -> Result<(), StoreError> {
        let Some(first) = order.successors.first().copied() else {
            return Err(StoreError::Refused("no successor".to_owned()));
        };
        for predecessor in &order.predecessors {
            for successor in order.successors.iter().filter(|successor| *successor != predecessor) {
                self.add(NewUnitLineage {
                    id: self.id(),
                    kind: order.kind,
                    predecessor: *predecessor,
                    successor: *successor,
                    day: order.day,
                    keeps_honours: order.keeps_honours,
                    document: order.document.clone(),
                })?;
            }
        }
        let gone: Vec<Uuid> =
            order.predecessors.iter().filter(|unit| !order.successors.contains(unit)).copied().collect();
        let last = before(order.day)?;
        self.flush().await?;
        for name in self.lasting_of("unit_name", &["unit"], &gone, order.day).await? {
            self.cut("unit_name", id(&name, "id")?, last).await?;
        }
        for name in self.lasting_of("unit_name", &["parent"], &gone, order.day).await? {
            self.go_on("unit_name", name, order.day, &["parent"], &gone, first).await?;
        }
        for stay in self.lasting_of("membership", &["unit", "review_unit"], &gone, order.day).await? {
            let person = id(&stay, "person")?;
            let elsewhere = order.elsewhere.iter().find(|(who, _)| *who == person);
            let to = elsewhere.map_or(first, |(_, unit)| *unit);
            self.go_on("membership", stay, order.day, &["unit", "review_unit"], &gone, to).await?;
        }
        Ok(())
    }

    /// The records of a table that name one of the units and still last on a day.
    async fn lasting_of(
        &self,
        noun: &str,
        columns: &[&str],
        units: &[Uuid],
        day: Day,
    ) -> Result<Vec<Map<String, Json>>, StoreError> {
        let table = schema::table(noun).ok_or(StoreError::NotFound)?;
        let text = format!(
            "SELECT {} FROM {noun} WHERE office = ? AND (to_day IS NULL OR to_day >= ?) AND (1 = 0",
            table.select()
        );
        let mut sql = Sql::new(&text, [self.office().into(), day.into()]);
        for column in columns {
            sql.add(&format!(" OR {column} IN "), []).set(units.iter().map(|unit| (*unit).into()));
        }
        sql.add(") ORDER BY from_day, id", []);
        sql.all(self.connection()).await?.iter().map(|row| table.content(row)).collect()
    }

    /// Ends a record the day before and begins it anew with the units that go on; one that begins later is corrected.
    async fn go_on(
        &mut self,
        noun: &str,
        mut record: Map<String, Json>,
        day: Day,
        columns: &[&str],
        gone: &[Uuid],
        to: Uuid,
    ) -> Result<(), StoreError> {
        let own = id(&record, "id")?;
        let begun = record["from_day"].as_str().is_some_and(|from| from < day.to_string().as_str());
        for column in columns {
            if id(&record, column).is_ok_and(|unit| gone.contains(&unit)) {
                record.insert((*column).to_owned(), to.to_string().into());
            }
        }
        if !begun {
            self.correct_named(noun, record).await?;
            return Ok(());
        }
        self.cut(noun, own, before(day)?).await?;
        record.insert("id".to_owned(), self.id().to_string().into());
        record.insert("from_day".to_owned(), day.to_string().into());
        self.add_named(noun, record)?;
        self.flush().await
    }
}

/// What still stands in a unit after its last day; the viewer writes units.
pub async fn standing_after(store: &Store, viewer: &Viewer, unit: Uuid, last: Day) -> Result<Standing, StoreError> {
    if !access::writes(viewer, "unit") {
        return Err(StoreError::Forbidden);
    }
    let sql = Sql::new(
        "SELECT (SELECT count(*) FROM membership m WHERE m.office = ? AND (m.unit = ? OR m.review_unit = ?) \
         AND (m.to_day IS NULL OR m.to_day > ?)) AS members, \
         (SELECT count(*) FROM unit_name n WHERE n.office = ? AND n.parent = ? \
         AND (n.to_day IS NULL OR n.to_day > ?)) AS sub_units",
        [viewer.office.into(), unit.into(), unit.into(), last.into(), viewer.office.into(), unit.into(), last.into()],
    );
    let row = sql.one(&store.connection).await?.ok_or(StoreError::NotFound)?;
    Ok(Standing { members: row.count("members")?, sub_units: row.count("sub_units")? })
}

fn id(record: &Map<String, Json>, name: &str) -> Result<Uuid, StoreError> {
    record.get(name).and_then(Json::as_str).and_then(|id| id.parse().ok()).ok_or(StoreError::NotFound)
}
