//! Tables in files: the same verification, and lines that are changed, removed, added and put elsewhere are found.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::{Map, Value, json};
use store::error::StoreError;
use store::journal::note::VerifierKey;
use store::schema::{ColumnType, STEP, TABLES, Table};
use store::verify::finding::Kind;
use store::verify::ndjson::NdjsonSource;
use store::verify::{Report, verify};
use uuid::Uuid;

use crate::builders::OFFICE;
use crate::on_each_database::on_each_address;
use crate::story::{play, verifier};
use crate::tampering::forger::Draw;

/// Alterations of lines.
const MANY: u64 = 1_000;
/// The tables of the journal with their columns of bytes and of numbers.
const JOURNAL: [(&str, &[&str], &[&str]); 4] = [
    ("journal_leaf", &["hash", "tree_hash"], &["n", "at"]),
    ("journal_head", &["root", "edge"], &["size"]),
    ("journal_node", &["hash"], &["level", "n"]),
    ("checkpoint", &["root"], &["size", "at"]),
];

/// The lines of each table.
type Archive = BTreeMap<String, Vec<Map<String, Value>>>;

#[test]
fn the_tables_of_either_database_are_found_whole_and_altered_lines_in_their_places() {
    on_each_address(async |store, url| {
        play(&store).await;
        let key = verifier(&store).await;
        let connection = sea_orm::Database::connect(&url).await.unwrap();
        let archive = written(&connection).await;
        connection.close().await.unwrap();
        let whole = read(&archive, &key).await.unwrap();
        let head = store::journal::head(&store, OFFICE).await.unwrap();
        assert_eq!((whole.findings, whole.tree), (Vec::new(), head));
        if url.starts_with("sqlite:") {
            let mut draw = Draw::new(42);
            for _ in 0..MANY {
                alter(&archive, &key, &mut draw).await;
            }
        }
    });
}

#[test]
fn a_file_that_is_no_table_is_refused_with_its_line() {
    on_each_address(async |store, _| {
        let open = |table: &str| {
            let text = if table == "correction" { "{\"office\":1}\n" } else { "" };
            Ok(Some(Box::new(Cursor::new(text.to_owned())) as Box<_>))
        };
        let mut source = NdjsonSource::new(Box::new(open), OFFICE);
        let refused = verify(&mut source, OFFICE, &[], None).await;
        assert_eq!(refused, Err(StoreError::Damaged("correction, line 1".to_owned())));
        drop(store);
    });
}

async fn read(archive: &Archive, key: &VerifierKey) -> Result<Report, StoreError> {
    let files: BTreeMap<String, String> = archive
        .iter()
        .map(|(table, rows)| (table.clone(), rows.iter().map(|row| format!("{}\n", json!(row))).collect()))
        .collect();
    let files = Arc::new(files);
    let open = move |table: &str| Ok(files.get(table).map(|text| Box::new(Cursor::new(text.clone())) as Box<_>));
    let mut source = NdjsonSource::new(Box::new(open), OFFICE);
    verify(&mut source, OFFICE, std::slice::from_ref(key), None).await
}

/// One alteration of one line of a table of records or of the leaves; the report must name its place and no other.
async fn alter(archive: &Archive, key: &VerifierKey, draw: &mut Draw) {
    let mut altered = archive.clone();
    let full: Vec<&String> = archive.iter().filter(|(_, rows)| rows.len() > 1).map(|(table, _)| table).collect();
    let table = full[draw.below(full.len())].clone();
    let rows = altered.get_mut(&table).unwrap();
    let (at, other) = (draw.below(rows.len()), draw.below(rows.len()));
    let of_records = store::schema::table(&table).or((table == STEP.noun).then_some(&STEP));
    let mut named = vec![place(&rows[at])];
    let what = match draw.below(4) {
        0 => {
            rows.remove(at);
            "removed"
        }
        1 => {
            let mut copy = rows[at].clone();
            if of_records.is_some() {
                copy.insert("id".to_owned(), Uuid::from_u128(draw.below(usize::MAX) as u128).to_string().into());
            }
            named.push(place(&copy));
            rows.insert(other, copy);
            "added"
        }
        2 if of_records.is_some() && at != other => {
            let ids = [at, other].map(|at| rows[at]["id"].clone());
            named.push(place(&rows[other]));
            rows[at].insert("id".to_owned(), ids[1].clone());
            rows[other].insert("id".to_owned(), ids[0].clone());
            "ids swapped"
        }
        2 if table == "journal_leaf" && at != other => {
            named.push(place(&rows[other]));
            rows.swap(at, other);
            "lines swapped"
        }
        _ => {
            let columns: Vec<String> = match of_records {
                Some(table) => table.fields[1..].iter().map(|field| field.name.to_owned()).collect(),
                None => {
                    rows[at].keys().filter(|column| !["office", "at"].contains(&column.as_str())).cloned().collect()
                }
            };
            let column = &columns[draw.below(columns.len())];
            let new = changed(&rows[at][column], column);
            rows[at].insert(column.clone(), new);
            named.push(place(&rows[at]));
            "changed"
        }
    };
    let told = format!("{table}, line {at}, {what}: {named:?}");
    let report = match read(&altered, key).await {
        // A column that can no longer be read is refused with its line, which is its place as well.
        Err(StoreError::Damaged(line)) => {
            return assert!(line.starts_with(&format!("{table}, line ")), "{line}: {told}");
        }
        other => other.unwrap_or_else(|why| panic!("{why}: {told}")),
    };
    // A checkpoint can be taken away: what others have kept of it is for `--since`.
    if report.findings.is_empty() && table == "checkpoint" {
        return assert!(what == "removed" || what == "added", "{told}");
    }
    let of_journal = of_records.is_none();
    let found = report.findings.iter().any(|finding| {
        let id = finding.id.map(|id| id.to_string());
        let leaf = finding.leaf.map(|first| first..=finding.last_leaf.unwrap_or(first));
        named.iter().any(|(named_id, n)| {
            (id.is_some() && id == *named_id)
                || n.zip(leaf.as_ref()).is_some_and(|(n, leaf)| leaf.contains(&n))
                || (of_journal && n.is_none())
                || (table == "journal_node"
                    && matches!(finding.kind, Kind::NodeAdded | Kind::NodeMissing | Kind::NodeChanged))
        })
    });
    assert!(found, "{told}: {:#?}", report.findings);
}

/// The id of a record, and the place of a leaf.
fn place(row: &Map<String, Value>) -> (Option<String>, Option<u64>) {
    (row.get("id").and_then(Value::as_str).map(str::to_owned), row.get("n").and_then(Value::as_u64))
}

fn changed(old: &Value, column: &str) -> Value {
    match old {
        Value::Null if column.ends_with("day") || column == "born" => json!("2001-02-03"),
        Value::Null => json!(Uuid::from_u128(7).to_string()),
        Value::Bool(held) => json!(!held),
        Value::Number(number) => json!(number.as_i64().unwrap() + 1),
        Value::String(text) => match text.parse::<chrono::NaiveDate>() {
            Ok(day) => json!((day + chrono::Days::new(1)).to_string()),
            Err(_) if text.parse::<Uuid>().is_ok() => json!(Uuid::from_u128(9).to_string()),
            Err(_) if STANDARD.decode(text).is_ok_and(|bytes| bytes.len() >= 32) => json!(STANDARD.encode([6_u8; 32])),
            Err(_) => json!(format!("{text} x")),
        },
        other => other.clone(),
    }
}

/// Every table as a backup writes it.
async fn written(connection: &DatabaseConnection) -> Archive {
    let mut archive = Archive::new();
    for table in TABLES.iter().chain([&STEP]) {
        let rows = all(connection, table.noun, "id").await;
        let rows = rows.iter().map(|row| record(table, row));
        archive.insert(table.noun.to_owned(), rows.collect());
    }
    for (table, hashes, numbers) in JOURNAL {
        let order = if table == "journal_head" || table == "checkpoint" { "size" } else { "n" };
        let rows = all(connection, table, order).await;
        let line = |row: &sea_orm::QueryResult| {
            let mut line = Map::from_iter([("office".to_owned(), json!(OFFICE))]);
            for column in hashes {
                line.insert((*column).to_owned(), STANDARD.encode(row.try_get::<Vec<u8>>("", column).unwrap()).into());
            }
            for column in numbers {
                let number = row.try_get::<i64>("", column).or_else(|_| row.try_get::<i32>("", column).map(i64::from));
                line.insert((*column).to_owned(), number.unwrap().into());
            }
            let (texts, ids): (&[&str], &[&str]) = match table {
                "journal_leaf" => (&["verb", "noun"], &["id", "actor"]),
                "checkpoint" => (&["note"], &[]),
                _ => (&[], &[]),
            };
            for column in texts {
                line.insert((*column).to_owned(), row.try_get::<String>("", column).unwrap().into());
            }
            for column in ids {
                line.insert((*column).to_owned(), json!(row.try_get::<Option<Uuid>>("", column).unwrap()));
            }
            line
        };
        archive.insert(table.to_owned(), rows.iter().map(line).collect());
    }
    archive
}

fn record(table: &Table, row: &sea_orm::QueryResult) -> Map<String, Value> {
    let salt: Vec<u8> = row.try_get("", "salt").unwrap();
    let mut line =
        Map::from_iter([("office".to_owned(), json!(OFFICE)), ("salt".to_owned(), STANDARD.encode(salt).into())]);
    line.extend(row.try_get::<Uuid>("", "step").ok().map(|step| ("step".to_owned(), json!(step))));
    for field in table.fields {
        let value = match field.column {
            ColumnType::Uuid => json!(row.try_get::<Option<Uuid>>("", field.name).unwrap()),
            ColumnType::Text => json!(row.try_get::<Option<String>>("", field.name).unwrap()),
            ColumnType::Day => json!(row.try_get::<Option<chrono::NaiveDate>>("", field.name).unwrap()),
            ColumnType::Bool => json!(row.try_get::<Option<bool>>("", field.name).unwrap()),
            ColumnType::Int => json!(row.try_get::<Option<i32>>("", field.name).unwrap()),
            ColumnType::Long => json!(row.try_get::<Option<i64>>("", field.name).unwrap()),
        };
        line.insert(field.name.to_owned(), value);
    }
    line
}

async fn all(connection: &DatabaseConnection, table: &str, order: &str) -> Vec<sea_orm::QueryResult> {
    let backend: DbBackend = connection.get_database_backend();
    let text = format!("SELECT * FROM {table} ORDER BY {order}");
    connection.query_all_raw(Statement::from_string(backend, text)).await.unwrap()
}
