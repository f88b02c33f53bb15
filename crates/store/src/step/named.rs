//! Records written by the name of their table: what a form, a sheet or a backup holds as JSON becomes the record it names.

use std::future::Future;
use std::pin::Pin;

use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::Step;
use crate::error::StoreError;
use crate::record::Record;
use crate::schema;
use crate::sql::Sql;

/// Adds a record from its JSON.
type Add = fn(&mut Step, Json) -> Result<Uuid, StoreError>;
/// Corrects a record from its JSON.
type Correct = for<'s> fn(&'s mut Step, Json) -> Pin<Box<dyn Future<Output = Result<Uuid, StoreError>> + Send + 's>>;

/// How a table's records are written from their JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByName {
    pub add: Add,
    pub correct: Correct,
}

impl Step {
    /// [`Step::add`] of the record that the JSON describes; a member that is absent is `null`, an `id` is made.
    pub fn add_named(&mut self, noun: &str, mut content: Map<String, Json>) -> Result<Uuid, StoreError> {
        let id = self.id().to_string();
        content.entry("id").or_insert(id.into());
        (by_name(noun)?.add)(self, content.into())
    }

    /// [`Step::correct`] to what the JSON describes.
    pub async fn correct_named(&mut self, noun: &str, content: Map<String, Json>) -> Result<Uuid, StoreError> {
        (by_name(noun)?.correct)(self, content.into()).await
    }

    pub(crate) fn office(&self) -> i32 {
        self.office
    }

    /// That an initiative has served for no award yet: it serves once.
    ///
    /// [`StoreError::Duplicate`] with the award it served for.
    pub async fn unused(&mut self, initiative: Uuid) -> Result<(), StoreError> {
        self.lock_record("initiative", initiative).await?;
        let sql = Sql::new(
            "SELECT award FROM initiative_use WHERE office = ? AND initiative = ? LIMIT 1",
            [self.office.into(), initiative.into()],
        );
        match sql.one(&self.transaction).await? {
            None => Ok(()),
            Some(row) => Err(StoreError::Duplicate(row.get("award")?)),
        }
    }
}

pub(crate) fn add<R: Record>(step: &mut Step, content: Json) -> Result<Uuid, StoreError> {
    step.add(read::<R>(content)?)
}

pub(crate) fn correct<'s, R: Record>(
    step: &'s mut Step,
    content: Json,
) -> Pin<Box<dyn Future<Output = Result<Uuid, StoreError>> + Send + 's>> {
    Box::pin(async move { step.correct(read::<R>(content)?).await })
}

fn read<R: Record>(content: Json) -> Result<R, StoreError> {
    serde_json::from_value(content).map_err(|why| StoreError::Refused(format!("{}: {why}", R::NOUN)))
}

fn by_name(noun: &str) -> Result<ByName, StoreError> {
    let table = schema::table(noun).and_then(|table| table.by_name);
    table.ok_or_else(|| StoreError::Refused(format!("no records are called {noun}")))
}
