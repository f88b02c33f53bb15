//! Finds records by their words, with or without diacritics: exact form first, then folded.

mod postgres;
mod sqlite;

use rules::facts::Day;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::names;
use crate::page::Page;
use crate::record::SearchText;
use crate::sql::{Row, Sql};

/// What is indexed beside people, with the columns of which its words are made.
const NOUNS: [(&str, &str); 2] = [
    ("unit_name", "SELECT id, name, code FROM unit_name WHERE office = ?"),
    ("decision", "SELECT id, number, symbol, issuer, summary, authority, signer, day FROM decision WHERE office = ?"),
];
/// People who are read together when the index is made anew, in the order of lists.
const PEOPLE: &str = "SELECT id, full_name, sort_key FROM person WHERE office = ?";
const BLOCK: i64 = 10_000;

/// Of so many who were indexed later a list is put in order with those of the index.
const LATER: u32 = 500;

/// What may stand before a word of a name, as a pattern of SQLite.
const BEFORE: &str = "[ .,'’()/-]";

/// A row of the index as it is written.
struct Indexed {
    noun: &'static str,
    subject: Uuid,
    order: Vec<u8>,
    exact: String,
    folded: String,
}

/// The words of a query: each must begin a word of the record.
struct Words {
    exact: Vec<String>,
    folded: Vec<String>,
}

/// Which of the two columns is asked.
#[derive(Clone, Copy)]
enum Form {
    Exact,
    Folded,
}

/// Makes the whole index of an office anew, every noun in the order of its list.
///
/// On SQLite what was entered later is found after what lay there before; from here on it is found in its place.
pub async fn rebuild(store: &Store, office: i32) -> Result<(), StoreError> {
    let transaction = store.begin().await?;
    rebuild_in(&transaction, office).await?;
    Ok(transaction.commit().await?)
}

/// The same within a transaction.
pub(crate) async fn rebuild_in(transaction: &DatabaseTransaction, office: i32) -> Result<(), StoreError> {
    match transaction.get_database_backend() {
        DbBackend::Postgres => postgres::clear(transaction, office).await?,
        _ => sqlite::clear(transaction, office).await?,
    }
    people(transaction, office).await?;
    for (noun, select) in NOUNS {
        let mut found = Vec::new();
        for row in Sql::new(select, [office.into()]).all(transaction).await? {
            let text = match noun {
                "unit_name" => of_unit(&row.get::<String>("name")?, &row.get::<String>("code")?),
                _ => decision_row(&row)?,
            };
            found.push((text, noun, row.get("id")?));
        }
        found.sort();
        insert(transaction, office, &found).await?;
    }
    Ok(())
}

/// Indexes everyone block by block along the list, which is never in memory as a whole.
async fn people(transaction: &DatabaseTransaction, office: i32) -> Result<(), StoreError> {
    let on_sqlite = transaction.get_database_backend() == DbBackend::Sqlite;
    let first = if on_sqlite { sqlite::last(transaction).await? + 1 } else { 0 };
    let mut last: Option<(Vec<u8>, Uuid)> = None;
    loop {
        let mut sql = Sql::new(PEOPLE, [office.into()]);
        if let Some((key, id)) = last {
            sql.add(" AND (sort_key, id) > (?, ?)", [key.into(), id.into()]);
        }
        sql.add(" ORDER BY sort_key, id LIMIT ?", [BLOCK.into()]);
        let mut block = Vec::new();
        for row in sql.all(transaction).await? {
            let (order, text) = (row.get("sort_key")?, row.get("full_name")?);
            block.push((SearchText { order, text }, "person", row.get("id")?));
        }
        let Some((text, _, id)) = block.last() else { break };
        last = Some((text.order.clone(), *id));
        insert(transaction, office, &block).await?;
    }
    if on_sqlite {
        let last = sqlite::last(transaction).await?;
        sqlite::note_order(transaction, office, (first, last)).await?;
    }
    Ok(())
}

/// Found by name, in the order of lists of people.
pub(crate) fn of_person(full_name: &str) -> SearchText {
    SearchText { order: names::sort_key(full_name), text: full_name.to_owned() }
}

/// Found by name and code, in the order of names.
pub(crate) fn of_unit(name: &str, code: &str) -> SearchText {
    SearchText { order: names::sort_key(name), text: format!("{name} {code}") }
}

/// Found by number, symbol, issuer, summary, authority and signer, the newest first.
pub(crate) fn of_decision(words: &[&str; 6], day: Day) -> SearchText {
    SearchText { order: day.to_string().bytes().map(|byte| u8::MAX - byte).collect(), text: words.join(" ") }
}

/// Adds records in the order given, which is the order in which they will be found.
pub(crate) async fn insert(
    connection: &impl ConnectionTrait,
    office: i32,
    sorted: &[(SearchText, &'static str, Uuid)],
) -> Result<(), StoreError> {
    for chunk in sorted.chunks(250) {
        let rows: Vec<Indexed> = chunk
            .iter()
            .map(|(text, noun, subject)| Indexed {
                noun,
                subject: *subject,
                order: text.order.clone(),
                exact: joined(&names::exact(&text.text)),
                folded: joined(&names::fold(&text.text)),
            })
            .collect();
        match connection.get_database_backend() {
            DbBackend::Postgres => postgres::insert(connection, office, &rows).await?,
            _ => sqlite::insert(connection, office, &rows).await?,
        }
    }
    Ok(())
}

/// The text by which a record was indexed, from its content; `None` for a noun that is not found by words.
pub(crate) fn text_of(noun: &str, content: &Map<String, Value>) -> Option<String> {
    let fields: &[&str] = match noun {
        "person" => &["full_name"],
        "unit_name" => &["name", "code"],
        "decision" => &["number", "symbol", "issuer", "summary", "authority", "signer"],
        _ => return None,
    };
    let words = fields.iter().filter_map(|field| content.get(*field).and_then(Value::as_str));
    Some(words.collect::<Vec<_>>().join(" "))
}

/// Takes a record out of the index in which it stands with this text.
pub(crate) async fn remove(
    connection: &impl ConnectionTrait,
    office: i32,
    noun: &str,
    subject: Uuid,
    text: &str,
) -> Result<(), StoreError> {
    match (connection.get_database_backend(), words(text)) {
        (DbBackend::Postgres, _) => postgres::remove(connection, office, noun, subject).await,
        (_, Some(words)) => sqlite::remove(connection, office, noun, subject, &words).await,
        (_, None) => Ok(()),
    }
}

/// Up to `limit` records of one noun, those that match with their marks first; at most three statements.
pub(crate) async fn find(
    store: &Store,
    office: i32,
    noun: &str,
    query: &str,
    limit: u32,
) -> Result<Vec<Uuid>, StoreError> {
    let Some(sought) = Sought::of(store, office, noun, query).await? else {
        return Ok(Vec::new());
    };
    let mut found: Vec<Uuid> = Vec::new();
    for form in [Form::Exact, Form::Folded] {
        for row in sought.first(form, limit).read(store).await? {
            let subject = Row::get(&row, "subject")?;
            if !found.contains(&subject) {
                found.push(subject);
            }
        }
    }
    found.truncate(limit as usize);
    Ok(found)
}

/// The records of a noun that are asked for by words.
pub(crate) struct Sought<'s> {
    store: &'s Store,
    office: i32,
    noun: &'s str,
    words: Words,
    /// The rows of people on SQLite in the order of their list, where the index was made anew.
    rows: Option<(i64, i64)>,
}

impl<'s> Sought<'s> {
    /// `None` where the query holds no word; at most one statement.
    pub async fn of(store: &'s Store, office: i32, noun: &'s str, query: &str) -> Result<Option<Self>, StoreError> {
        let Some(words) = words(query) else { return Ok(None) };
        let rows = match store.connection.get_database_backend() {
            DbBackend::Sqlite if noun == "person" => sqlite::order(store, office).await?,
            _ => None,
        };
        Ok(Some(Self { store, office, noun, words, rows }))
    }

    /// The first records that match in one form.
    fn first(&self, form: Form, limit: u32) -> Sql {
        let limit = sea_orm::Value::from(i64::from(limit));
        let Some(rows) = self.rows else {
            let mut sql = matching(self.store, self.office, self.noun, &self.words, form, "subject");
            let order = match self.store.connection.get_database_backend() {
                DbBackend::Postgres => postgres::ORDER,
                _ => sqlite::ORDER,
            };
            sql.add(order, []).add(" LIMIT ?", [limit]);
            return sql;
        };
        let mut sql = Sql::new("SELECT subject FROM (SELECT subject FROM search_text WHERE ", []);
        sql.join(sqlite::matches_along(&self.words, form, rows)).add(" ORDER BY rowid LIMIT ?)", [limit.clone()]);
        sql.add(" UNION ALL SELECT subject FROM (SELECT subject FROM search_text WHERE ", []);
        sql.join(sqlite::matches_later(self.office, &self.words, form, rows.1));
        sql.add(" ORDER BY rowid LIMIT ?)", [limit]);
        sql
    }

    /// How many records match without marks, counted to `most`.
    pub async fn count(&self, most: u32) -> Result<u32, StoreError> {
        let mut sql = Sql::new("SELECT count(*) AS total FROM (", []);
        match self.rows {
            Some(rows) => {
                sql.add("SELECT 1 AS one FROM search_text WHERE ", []);
                sql.join(sqlite::matches_along(&self.words, Form::Folded, rows));
                sql.add(" UNION ALL SELECT 1 FROM search_text WHERE ", []);
                sql.join(sqlite::matches_later(self.office, &self.words, Form::Folded, rows.1));
            }
            None => {
                sql.join(matching(self.store, self.office, self.noun, &self.words, Form::Folded, "1 AS one"));
            }
        }
        sql.add(" LIMIT ?) counted", [i64::from(most).into()]);
        sql.read_one(self.store).await?.ok_or(StoreError::NotFound)?.count("total")
    }

    /// People found by name on SQLite, as `(SELECT subject …)`: the first of them along the list, and whoever was indexed
    /// later.
    ///
    /// `None` where the index was never made anew, or where too many were indexed later.
    pub async fn along_the_list(&self, page: Page) -> Result<Option<Sql>, StoreError> {
        let (store, office, words) = (self.store, self.office, &self.words);
        let Some((first, last)) = self.rows else { return Ok(None) };
        let mut later = Sql::new("SELECT count(*) AS total FROM (SELECT 1 AS one FROM search_text WHERE ", []);
        later.join(sqlite::matches_later(office, words, Form::Folded, last));
        later.add(" LIMIT ?) counted", [i64::from(LATER + 1).into()]);
        if later.read_one(store).await?.ok_or(StoreError::NotFound)?.count("total")? > LATER {
            return Ok(None);
        }
        let first = match page.after {
            Some(after) => sqlite::place_after(store, office, (first, last), after).await?,
            None => first,
        };
        let mut sql = Sql::new("(SELECT subject FROM (SELECT subject FROM search_text WHERE ", []);
        sql.join(sqlite::matches_along(words, Form::Folded, (first, last)));
        sql.add(" ORDER BY rowid LIMIT ?) UNION ALL SELECT subject FROM search_text WHERE ", [page.limit().into()]);
        sql.join(sqlite::matches_later(office, words, Form::Folded, last)).add(")", []);
        Ok(Some(sql))
    }
}

/// `(SELECT subject …)` for the condition of a list: every record of the noun that matches without marks.
///
/// `None` where the query holds no word.
pub(crate) fn subjects(store: &Store, office: i32, noun: &str, query: &str) -> Option<Sql> {
    let words = words(query)?;
    let mut sql = Sql::new("(", []);
    sql.join(matching(store, office, noun, &words, Form::Folded, "subject")).add(")", []);
    Some(sql)
}

/// For the condition of a list on SQLite: a column that holds a name without marks has all words of the query. It is
/// asked of one row, where the index of words only answers with all.
pub(crate) fn bears(column: &str, query: &str) -> Sql {
    let mut sql = Sql::new("1 = 1", []);
    for word in words(query).map(|words| words.folded).unwrap_or_default() {
        // Words hold letters and digits only, so none is a sign of the pattern.
        sql.add(&format!(" AND (' ' || {column}) GLOB ?"), [format!("*{BEFORE}{word}*").into()]);
    }
    sql
}

fn decision_row(row: &Row) -> Result<SearchText, StoreError> {
    let text = |column: &str| row.get::<String>(column);
    let signer: Option<String> = row.get("signer")?;
    let (number, symbol, issuer) = (text("number")?, text("symbol")?, text("issuer")?);
    let (summary, authority) = (text("summary")?, text("authority")?);
    let words = [&number, &symbol, &issuer, &summary, &authority, signer.as_deref().unwrap_or_default()];
    Ok(of_decision(&words, row.get("day")?))
}

fn matching(store: &Store, office: i32, noun: &str, words: &Words, form: Form, what: &str) -> Sql {
    let mut sql = Sql::new(&format!("SELECT {what} FROM search_text WHERE "), []);
    sql.join(match store.connection.get_database_backend() {
        DbBackend::Postgres => postgres::matches(office, noun, words, form),
        _ => sqlite::matches(office, noun, words, form),
    });
    sql
}

fn words(query: &str) -> Option<Words> {
    let of = |text: String| -> Vec<String> { names::split_words(&text).map(str::to_owned).collect() };
    let words = Words { exact: of(names::exact(query)), folded: of(names::fold(query)) };
    (!words.folded.is_empty()).then_some(words)
}

fn joined(text: &str) -> String {
    names::split_words(text).collect::<Vec<_>>().join(" ")
}
