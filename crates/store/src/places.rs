//! Where people sit: one moves to another unit, or is seconded to it, in one step.

use rules::facts::Day;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::error::StoreError;
use crate::records::NewMembership;
use crate::schema;
use crate::sql::Sql;
use crate::step::Step;
use crate::words::MembershipKind;

/// A transfer or a secondment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub person: Uuid,
    pub unit: Uuid,
    /// The unit that reviews and proposes from then on.
    pub review_unit: Uuid,
    pub kind: MembershipKind,
    /// The first day in the new unit.
    pub from_day: Day,
    /// The last day of a secondment whose end is known; the day after, the person is back where they came from.
    pub until: Option<Day>,
}

impl Step {
    /// Ends the membership of the day before and begins the next; the way back is entered too where its day is known.
    ///
    /// `after` is the last step of the present membership, absent for a person who sits nowhere.
    /// [`StoreError::Changed`] where the present membership is another, [`StoreError::Refused`] where the person has
    /// a membership that begins later.
    pub async fn transfer(&mut self, transfer: &Transfer, after: Option<Uuid>) -> Result<Uuid, StoreError> {
        let present = self.lasting(transfer.person, transfer.from_day).await?;
        if after.is_some() != present.is_some() {
            return Err(StoreError::Changed);
        }
        if let (Some(present), Some(after)) = (&present, after) {
            self.unchanged_since("membership", present.id, after).await?;
            self.cut("membership", present.id, before(transfer.from_day)?).await?;
        }
        let Transfer { person, unit, review_unit, kind, from_day, until } = transfer.clone();
        let entered =
            self.add(NewMembership { id: self.id(), person, unit, review_unit, kind, from_day, to_day: until })?;
        if let (Some(present), Some(until)) = (present, until) {
            let back = until.succ_opt().ok_or_else(|| StoreError::Refused("no day after that".to_owned()))?;
            self.add(NewMembership { id: self.id(), from_day: back, to_day: None, ..present })?;
        }
        Ok(entered)
    }

    /// Gives a record its last day: an open one ends, one whose last day was known has it corrected.
    pub(crate) async fn cut(&mut self, noun: &str, record: Uuid, to_day: Day) -> Result<(), StoreError> {
        self.flush().await?;
        let mut content = self.read(noun, record).await?;
        if content.get("to_day").is_none_or(Json::is_null) {
            self.end_named(noun, record, to_day)?;
        } else {
            content.insert("to_day".to_owned(), to_day.to_string().into());
            self.correct_named(noun, content).await?;
        }
        self.flush().await
    }

    /// The content of a record as this step sees it.
    pub(crate) async fn read(&self, noun: &str, record: Uuid) -> Result<Map<String, Json>, StoreError> {
        let table = schema::table(noun).ok_or(StoreError::NotFound)?;
        let text = format!("SELECT {} FROM {noun} WHERE office = ? AND id = ?", table.select());
        let sql = Sql::new(&text, [self.office().into(), record.into()]);
        table.content(&sql.one(self.connection()).await?.ok_or(StoreError::NotFound)?)
    }

    /// The membership that would still last on a day.
    async fn lasting(&mut self, person: Uuid, day: Day) -> Result<Option<NewMembership>, StoreError> {
        self.flush().await?;
        let sql = Sql::new(
            "SELECT id, unit, review_unit, kind, from_day, to_day FROM membership WHERE office = ? AND person = ? \
             AND (to_day IS NULL OR to_day >= ?) ORDER BY from_day",
            [self.office().into(), person.into(), day.into()],
        );
        let rows = sql.all(self.connection()).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let from_day: Day = row.get("from_day")?;
        if rows.len() > 1 || from_day >= day {
            return Err(StoreError::Refused(format!("person {person} has a membership that begins later")));
        }
        Ok(Some(NewMembership {
            id: row.get("id")?,
            person,
            unit: row.get("unit")?,
            review_unit: row.get("review_unit")?,
            kind: row.word("kind")?,
            from_day,
            to_day: row.get("to_day")?,
        }))
    }
}

/// The day before.
pub(crate) fn before(day: Day) -> Result<Day, StoreError> {
    day.pred_opt().ok_or_else(|| StoreError::Refused("no day before that".to_owned()))
}
