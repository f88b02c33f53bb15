//! The index of words on SQLite, by FTS5; rows come back in the order in which they were added.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Form, Indexed, Words};
use crate::error::StoreError;
use crate::sql::Sql;

pub async fn insert(connection: &impl ConnectionTrait, office: i32, rows: &[Indexed]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO search_text (scope, subject, exact, folded) VALUES ", []);
    for (n, row) in rows.iter().enumerate() {
        sql.add(if n > 0 { ", " } else { "" }, []).set([
            scope(office, row.noun).into(),
            row.subject.into(),
            row.exact.as_str().into(),
            row.folded.as_str().into(),
        ]);
    }
    sql.run(connection).await?;
    Ok(())
}

pub async fn remove(
    connection: &impl ConnectionTrait,
    office: i32,
    noun: &str,
    subject: Uuid,
    words: &Words,
) -> Result<(), StoreError> {
    let mut sql = Sql::new("DELETE FROM search_text WHERE rowid IN (SELECT rowid FROM search_text WHERE ", []);
    sql.add("search_text MATCH ?", [terms(office, noun, words, Form::Exact).into()]);
    if sql.add(" AND subject = ?)", [subject.into()]).run(connection).await? > 0 {
        return Ok(());
    }
    // It was indexed with other words, by an older program: found by looking at every record of its noun.
    let term = format!("scope : \"{}\"", scope(office, noun));
    let all = "DELETE FROM search_text WHERE search_text MATCH ? AND subject = ?";
    Sql::new(all, [term.into(), subject.into()]).run(connection).await?;
    Ok(())
}

pub async fn clear(connection: &impl ConnectionTrait, office: i32, nouns: &[&str]) -> Result<(), StoreError> {
    for noun in nouns {
        let term = format!("scope : \"{}\"", scope(office, noun));
        Sql::new("DELETE FROM search_text WHERE search_text MATCH ?", [term.into()]).run(connection).await?;
    }
    Ok(())
}

pub fn matches(office: i32, noun: &str, words: &Words, form: Form) -> Sql {
    Sql::new("search_text MATCH ?", [terms(office, noun, words, form).into()])
}

fn terms(office: i32, noun: &str, words: &Words, form: Form) -> String {
    let (column, words) = match form {
        Form::Exact => ("exact", &words.exact),
        Form::Folded => ("folded", &words.folded),
    };
    let mut terms = vec![format!("scope : \"{}\"", scope(office, noun))];
    // Words hold letters and digits only, so a quotation mark cannot end one early.
    terms.extend(words.iter().map(|word| format!("{column} : \"{word}\" *")));
    terms.join(" AND ")
}

/// The rows of the index come back as they were added: to sort those of a common word would read them all.
pub const ORDER: &str = " ORDER BY rowid";

/// One word that stands for an office and a noun.
fn scope(office: i32, noun: &str) -> String {
    format!("o{office}{}", noun.replace('_', ""))
}
