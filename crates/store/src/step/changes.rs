//! What a step does to records that are already there: correct them, take out those entered by mistake, see that nobody was faster.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbBackend};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::Step;
use crate::Store;
use crate::error::StoreError;
use crate::journal::hex;
use crate::record::{Record, canonical};
use crate::records::{NewCorrection, NewRemoval};
use crate::schema::{self, Table};
use crate::search;
use crate::sql::{Row, Sql};

/// Records taken out with one statement.
const REMOVED_AT_ONCE: usize = 500;

impl Store {
    /// The step that last entered, corrected or ended a record: what a form carries as `after`.
    ///
    /// Whoever asks has checked that the viewer sees the record.
    pub async fn last_step(&self, office: i32, noun: &str, record: Uuid) -> Result<Uuid, StoreError> {
        let noun = table(noun)?.noun;
        last_step(office, noun, record).read_one(self).await?.ok_or(StoreError::NotFound)?.get("step")
    }

    /// A record as it stands now; `None` where it is not there. Whoever asks has checked the viewer.
    pub async fn record<R: Record + DeserializeOwned>(&self, office: i32, id: Uuid) -> Result<Option<R>, StoreError> {
        let is = Sql::new("id = ?", [id.into()]);
        Ok(self.records_where(office, is).await?.pop())
    }

    /// The records whose column names another record.
    pub(crate) async fn records_of<R: Record + DeserializeOwned>(
        &self,
        office: i32,
        column: &str,
        of: Uuid,
    ) -> Result<Vec<R>, StoreError> {
        self.records_where(office, Sql::new(&format!("{column} = ?"), [of.into()])).await
    }

    /// The records of an office for which a condition holds.
    pub(crate) async fn records_where<R: Record + DeserializeOwned>(
        &self,
        office: i32,
        condition: Sql,
    ) -> Result<Vec<R>, StoreError> {
        let table = table(R::NOUN)?;
        let mut sql =
            Sql::new(&format!("SELECT {} FROM {} WHERE office = ? AND ", table.select(), R::NOUN), [office.into()]);
        let rows = sql.join(condition).read(self).await?;
        rows.iter().map(|row| read(table, row)).collect()
    }

    /// A record as its JSON stands now; `None` where it is not there. Whoever asks has checked the viewer.
    pub async fn content(&self, office: i32, noun: &str, record: Uuid) -> Result<Option<Json>, StoreError> {
        let table = table(noun)?;
        let text = format!("SELECT {} FROM {} WHERE office = ? AND id = ?", table.select(), table.noun);
        let row = Sql::new(&text, [office.into(), record.into()]).read_one(self).await?;
        row.map(|row| Ok(Json::Object(table.content(&row)?))).transpose()
    }
}

impl Step {
    /// Corrects a record: its row holds `record` from now on, and a correction keeps what it held before.
    ///
    /// Returns the id of the correction. Refused where nothing differs; [`StoreError::NotFound`] where the record is
    /// not there. Fields that others are held to by a key, such as the day of a decision with lines, cannot change.
    pub async fn correct<R: Record>(&mut self, record: R) -> Result<Uuid, StoreError> {
        self.flush().await?;
        let table = table(R::NOUN)?;
        let before = self.locked(table, record.id()).await?;
        let after = members(&record);
        let changed: Vec<&str> =
            table.fields.iter().map(|field| field.name).filter(|name| before[*name] != after[*name]).collect();
        if changed.is_empty() {
            return Err(StoreError::Refused(format!("{} {}: nothing differs", R::NOUN, record.id())));
        }
        let ordinal = Sql::new(
            "SELECT coalesce(max(ordinal), 0) + 1 AS next FROM correction WHERE office = ? AND noun = ? AND record = ?",
            [self.office.into(), R::NOUN.into(), record.id().into()],
        );
        let ordinal = ordinal.one(&self.transaction).await?.ok_or(StoreError::NotFound)?.get("next")?;
        self.overwrite(&record).await?;
        if let (Some(old), Some(new)) = (search::text_of(R::NOUN, &before), record.search()) {
            search::remove(&self.transaction, self.office, R::NOUN, record.id(), &old).await?;
            self.search.push((new, R::NOUN, record.id()));
        }
        self.touch(R::NOUN, record.id());
        let part = |content: &Map<String, Json>| {
            let kept: Map<String, Json> =
                changed.iter().map(|name| ((*name).to_owned(), content[*name].clone())).collect();
            canonical(&kept)
        };
        let (noun, record) = (R::NOUN.to_owned(), record.id());
        let correction =
            NewCorrection { id: self.id(), noun, record, ordinal, before: part(&before), after: part(&after) };
        self.add(correction)
    }

    /// Lets records that hold each other be corrected one after the other: their keys are looked at when the step ends.
    pub async fn correct_together(&mut self) -> Result<(), StoreError> {
        self.flush().await?;
        let text = match self.transaction.get_database_backend() {
            DbBackend::Postgres => "SET CONSTRAINTS ALL DEFERRED",
            _ => "PRAGMA defer_foreign_keys = ON",
        };
        self.transaction.execute_unprepared(text).await?;
        Ok(())
    }

    /// Takes records that were entered by mistake out of their table and keeps them whole as removals.
    ///
    /// [`StoreError::NotFound`] where one is not there, [`StoreError::DanglingReference`] where another record needs it.
    pub async fn remove(&mut self, noun: &str, records: &[Uuid]) -> Result<(), StoreError> {
        self.flush().await?;
        let table = table(noun)?;
        for chunk in records.chunks(REMOVED_AT_ONCE) {
            let ids = || chunk.iter().map(|id| (*id).into());
            let text = format!("SELECT {}, step, salt FROM {noun} WHERE office = ? AND id IN ", table.select());
            let mut found = Sql::new(&text, [self.office.into()]);
            found.set(ids()).add(self.lock(), []);
            let rows = found.all(&self.transaction).await?;
            if rows.len() != chunk.len() {
                return Err(StoreError::NotFound);
            }
            for row in &rows {
                self.keep(table, row).await?;
            }
            let mut delete = Sql::new(&format!("DELETE FROM {noun} WHERE office = ? AND id IN "), [self.office.into()]);
            delete.set(ids()).run(&self.transaction).await?;
        }
        Ok(())
    }

    /// That nobody changed a record since the step `after`, which is the last that its form had seen.
    ///
    /// [`StoreError::Changed`] where somebody did. The record stays locked until the step ends.
    pub async fn unchanged_since(&mut self, noun: &str, record: Uuid, after: Uuid) -> Result<(), StoreError> {
        self.flush().await?;
        self.locked(table(noun)?, record).await?;
        let last = last_step(self.office, noun, record).one(&self.transaction).await?.ok_or(StoreError::NotFound)?;
        if last.get::<Uuid>("step")? == after { Ok(()) } else { Err(StoreError::Changed) }
    }

    /// The removal of one row, which is no longer found by its words.
    async fn keep(&mut self, table: &Table, row: &Row) -> Result<(), StoreError> {
        let (content, record) = (table.content(row)?, row.get("id")?);
        if let Some(text) = search::text_of(table.noun, &content) {
            search::remove(&self.transaction, self.office, table.noun, record, &text).await?;
        }
        self.add(NewRemoval {
            id: self.id(),
            noun: table.noun.to_owned(),
            record,
            content: canonical(&content),
            entered: row.get("step")?,
            record_salt: row.get::<Option<Vec<u8>>>("salt")?.map(|salt| hex(&salt)),
        })?;
        Ok(())
    }

    /// Keeps other steps from changing a record until this one ends.
    pub(crate) async fn lock_record(&mut self, noun: &str, record: Uuid) -> Result<(), StoreError> {
        self.flush().await?;
        self.locked(table(noun)?, record).await?;
        Ok(())
    }

    /// A record as it stands now, kept from other steps until this one ends.
    pub(crate) async fn entered<R: Record + DeserializeOwned>(
        &mut self,
        record: Uuid,
    ) -> Result<Option<R>, StoreError> {
        self.flush().await?;
        match self.locked(table(R::NOUN)?, record).await {
            Ok(content) => serde_json::from_value(Json::Object(content))
                .map(Some)
                .map_err(|why| StoreError::Database(why.to_string())),
            Err(StoreError::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The content of a record; no other step can change it until this one ends.
    async fn locked(&self, table: &Table, record: Uuid) -> Result<Map<String, Json>, StoreError> {
        let text = format!("SELECT {} FROM {} WHERE office = ? AND id = ?{}", table.select(), table.noun, self.lock());
        let row = Sql::new(&text, [self.office.into(), record.into()]).one(&self.transaction).await?;
        table.content(&row.ok_or(StoreError::NotFound)?)
    }

    /// SQLite has one writer at a time and knows no lock on a row.
    fn lock(&self) -> &'static str {
        match self.transaction.get_database_backend() {
            DbBackend::Postgres => " FOR UPDATE",
            _ => "",
        }
    }

    async fn overwrite<R: Record>(&self, record: &R) -> Result<(), StoreError> {
        let mut update = Query::update();
        update.table(Alias::new(R::NOUN));
        for (column, value) in R::COLUMNS.iter().zip(record.values()).filter(|(column, _)| **column != "id") {
            update.value(Alias::new(*column), value);
        }
        update
            .and_where(Expr::col(Alias::new("office")).eq(self.office))
            .and_where(Expr::col(Alias::new("id")).eq(record.id()));
        self.transaction.execute(&update).await?;
        Ok(())
    }
}

/// The last step that entered, corrected or ended a record, in the column `step`; no row where it is not there.
pub(crate) fn last_step(office: i32, noun: &str, record: Uuid) -> Sql {
    let text = format!(
        "SELECT x.step FROM (SELECT office, id, step FROM {noun} WHERE office = ? AND id = ? \
         UNION ALL SELECT office, id, step FROM correction WHERE office = ? AND noun = ? AND record = ? \
         UNION ALL SELECT office, id, step FROM ending WHERE office = ? AND noun = ? AND record = ?) x \
         JOIN journal_leaf l ON l.office = x.office AND l.id = x.id ORDER BY l.n DESC LIMIT 1"
    );
    let key = [office.into(), noun.into(), record.into()];
    let mut sql = Sql::new(&text, [office.into(), record.into()]);
    sql.add("", key.clone()).add("", key);
    sql
}

/// A row that was read with [`Table::select`], as its record.
pub(crate) fn read<R: DeserializeOwned>(table: &Table, row: &Row) -> Result<R, StoreError> {
    let content = Json::Object(table.content(row)?);
    serde_json::from_value(content).map_err(|why| StoreError::Database(why.to_string()))
}

/// The fields of a record as its JSON has them.
fn members<R: Record>(record: &R) -> Map<String, Json> {
    match serde_json::to_value(record) {
        Ok(Json::Object(members)) => members,
        other => unreachable!("a record is a struct, not {other:?}"),
    }
}

fn table(noun: &str) -> Result<&'static Table, StoreError> {
    schema::table(noun).ok_or_else(|| StoreError::Refused(format!("no records are called {noun}")))
}
