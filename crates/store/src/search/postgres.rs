//! The index of words on PostgreSQL, by `tsvector('simple')` with prefixes.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Form, Indexed, Words};
use crate::error::StoreError;
use crate::sql::Sql;

pub async fn insert(connection: &impl ConnectionTrait, office: i32, rows: &[Indexed]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO search_text (office, noun, subject, sort_key, exact, folded) VALUES ", []);
    for (n, row) in rows.iter().enumerate() {
        sql.add(if n > 0 { ", " } else { "" }, []).add(
            "(?, ?, ?, ?, to_tsvector('simple', ?), to_tsvector('simple', ?))",
            [
                office.into(),
                row.noun.into(),
                row.subject.into(),
                row.order.clone().into(),
                row.exact.as_str().into(),
                row.folded.as_str().into(),
            ],
        );
    }
    sql.run(connection).await?;
    Ok(())
}

pub async fn remove(
    connection: &impl ConnectionTrait,
    office: i32,
    noun: &str,
    subject: Uuid,
) -> Result<(), StoreError> {
    let key = [office.into(), noun.into(), subject.into()];
    Sql::new("DELETE FROM search_text WHERE office = ? AND noun = ? AND subject = ?", key).run(connection).await?;
    Ok(())
}

pub async fn clear(connection: &impl ConnectionTrait, office: i32) -> Result<(), StoreError> {
    Sql::new("DELETE FROM search_text WHERE office = ?", [office.into()]).run(connection).await?;
    Ok(())
}

pub fn matches(office: i32, noun: &str, words: &Words, form: Form) -> Sql {
    let (column, words) = match form {
        Form::Exact => ("exact", &words.exact),
        Form::Folded => ("folded", &words.folded),
    };
    // Words hold letters and digits only, so no operator can hide in one.
    let terms: Vec<String> = words.iter().map(|word| format!("'{word}':*")).collect();
    let mut sql = Sql::new("office = ? AND noun = ?", [office.into(), noun.into()]);
    sql.add(&format!(" AND {column} @@ to_tsquery('simple', ?)"), [terms.join(" & ").into()]);
    sql
}

/// The planner walks the index of sort keys where many match and sorts where few do.
pub const ORDER: &str = " ORDER BY sort_key, subject";
