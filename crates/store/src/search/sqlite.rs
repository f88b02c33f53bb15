//! The index of words on SQLite, by FTS5; rows come back in the order in which they were added.

use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{Form, Indexed, Words};
use crate::Store;
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

/// Takes everything of an office out.
pub async fn clear(connection: &impl ConnectionTrait, office: i32) -> Result<(), StoreError> {
    for noun in ["person", "unit_name", "decision", IN_ORDER] {
        let term = format!("scope : \"{}\"", scope(office, noun));
        Sql::new("DELETE FROM search_text WHERE search_text MATCH ?", [term.into()]).run(connection).await?;
    }
    Ok(())
}

/// The number of the row that was added last; 0 where there is none.
pub async fn last(connection: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let sql = Sql::new("SELECT rowid AS last FROM search_text ORDER BY rowid DESC LIMIT 1", []);
    sql.one(connection).await?.map_or(Ok(0), |row| row.get("last"))
}

/// Notes in the index itself that the rows from one to another are those of people, in the order of their list.
pub async fn note_order(
    connection: &impl ConnectionTrait,
    office: i32,
    (first, last): (i64, i64),
) -> Result<(), StoreError> {
    let values = [scope(office, IN_ORDER).into(), format!("{first} {last}").into()];
    let sql = Sql::new("INSERT INTO search_text (scope, subject, exact, folded) VALUES (?, ?, '', '')", values);
    sql.run(connection).await?;
    Ok(())
}

/// The rows of which [`note_order`] told.
pub async fn order(store: &Store, office: i32) -> Result<Option<(i64, i64)>, StoreError> {
    let term = format!("scope : \"{}\"", scope(office, IN_ORDER));
    let sql = Sql::new("SELECT subject FROM search_text WHERE search_text MATCH ? LIMIT 1", [term.into()]);
    let Some(row) = sql.read_one(store).await? else { return Ok(None) };
    let rows: String = row.get("subject")?;
    let rows = rows.split_once(' ').and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
    Ok(rows)
}

/// Of the rows of people in the order of their list, the first behind a person, found by halving.
pub async fn place_after(
    store: &Store,
    office: i32,
    (first, last): (i64, i64),
    person: Uuid,
) -> Result<i64, StoreError> {
    // A row stands for the first that is still there from its place on.
    let behind = |middle: &str| {
        format!(
            "coalesce((SELECT (p.sort_key, p.id) > (a.sort_key, a.id) FROM search_text s CROSS JOIN person p \
             WHERE s.rowid >= {middle} AND p.office = a.office AND p.id = s.subject ORDER BY s.rowid LIMIT 1), 1)"
        )
    };
    let text = format!(
        "WITH RECURSIVE halved (low, middle, high, behind) AS (SELECT ?, ?, ?, {} FROM person a \
         WHERE a.office = ? AND a.id = ? UNION ALL SELECT {LOW}, ({LOW} + {HIGH}) / 2, {HIGH}, {} \
         FROM halved h CROSS JOIN person a WHERE a.office = ? AND a.id = ? AND h.low < h.high) \
         SELECT coalesce(max(low), ?) AS place FROM halved",
        behind("?"),
        behind(&format!("({LOW} + {HIGH}) / 2")),
    );
    let middle = (first + last + 1) / 2;
    let values = [first, middle, last + 1, middle].map(Value::from);
    let mut sql = Sql::new(&text, values);
    sql.add("", [office.into(), person.into(), office.into(), person.into(), first.into()]);
    let row = sql.read_one(store).await?.ok_or(StoreError::NotFound)?;
    row.get("place")
}

/// The rows of a noun that match.
pub fn matches(office: i32, noun: &str, words: &Words, form: Form) -> Sql {
    Sql::new("search_text MATCH ?", [terms(office, noun, words, form).into()])
}

/// Of the rows of people in the order of their list those that match. Which office they are of is not asked: to go
/// through everyone beside each word takes longer than the words.
pub fn matches_along(words: &Words, form: Form, (first, last): (i64, i64)) -> Sql {
    let values = [of_words(words, form).join(" AND ").into(), first.into(), last.into()];
    Sql::new("search_text MATCH ? AND rowid >= ? AND rowid <= ?", values)
}

/// Of the rows of people those that match and were indexed after the list was put in order.
pub fn matches_later(office: i32, words: &Words, form: Form, last: i64) -> Sql {
    let mut sql = matches(office, "person", words, form);
    sql.add(" AND rowid > ?", [last.into()]);
    sql
}

fn terms(office: i32, noun: &str, words: &Words, form: Form) -> String {
    let mut terms = vec![format!("scope : \"{}\"", scope(office, noun))];
    terms.extend(of_words(words, form));
    terms.join(" AND ")
}

fn of_words(words: &Words, form: Form) -> Vec<String> {
    let (column, words) = match form {
        Form::Exact => ("exact", &words.exact),
        Form::Folded => ("folded", &words.folded),
    };
    // Words hold letters and digits only, so a quotation mark cannot end one early.
    words.iter().map(|word| format!("{column} : \"{word}\" *")).collect()
}

/// The rows of the index come back as they were added: to sort those of a common word would read them all.
pub const ORDER: &str = " ORDER BY rowid";

/// The noun of the note on the order of the rows of people.
const IN_ORDER: &str = "in_order";
/// Where the halving goes on, from the row before.
const LOW: &str = "CASE WHEN h.behind THEN h.low ELSE h.middle + 1 END";
const HIGH: &str = "CASE WHEN h.behind THEN h.middle ELSE h.high END";

/// One word that stands for an office and a noun.
fn scope(office: i32, noun: &str) -> String {
    format!("o{office}{}", noun.replace('_', ""))
}
