//! The schema keeps the rules that let it be spread over many servers.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::on_each_database::on_each_address;

/// Not an office's: the migrations of the database itself.
const OF_NO_OFFICE: [&str; 1] = ["migration"];
/// The shadow tables that FTS5 makes for itself; SQLite is never spread.
const SHADOWS: &str = "search_text_";

#[test]
fn the_office_stands_first_in_every_key() {
    on_each_address(async |_, url| {
        let database = sea_orm::Database::connect(&url).await.unwrap();
        let keys =
            if url.starts_with("sqlite:") { sqlite_keys(&database).await } else { postgres_keys(&database).await };
        assert!(keys.len() > 40, "{keys:?}");
        let without: Vec<_> = keys.into_iter().filter(|(_, column)| column != "office").collect();
        assert_eq!(without, []);
        database.close().await.unwrap();
    });
}

#[test]
fn nothing_is_triggered_or_numbered_by_the_database() {
    on_each_address(async |_, url| {
        let database = sea_orm::Database::connect(&url).await.unwrap();
        let question = if url.starts_with("sqlite:") {
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' OR sql LIKE '%AUTOINCREMENT%'"
        } else {
            "SELECT tgname::text AS name FROM pg_trigger WHERE NOT tgisinternal UNION ALL \
             SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' \
             AND (is_identity = 'YES' OR column_default IS NOT NULL)"
        };
        assert_eq!(names(&database, question).await, Vec::<String>::new());
        database.close().await.unwrap();
    });
}

#[test]
fn every_table_and_column_says_what_it_holds() {
    on_each_address(async |_, url| {
        if url.starts_with("sqlite:") {
            return;
        }
        let database = sea_orm::Database::connect(&url).await.unwrap();
        let silent = "SELECT c.relname || coalesce('.' || a.attname, '') AS name FROM pg_class c \
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' \
            AND (obj_description(c.oid) IS NULL OR col_description(c.oid, a.attnum) IS NULL) ORDER BY 1";
        assert_eq!(names(&database, silent).await, Vec::<String>::new());
        database.close().await.unwrap();
    });
}

/// The first column of each primary key and each unique index.
async fn sqlite_keys(database: &DatabaseConnection) -> Vec<(String, String)> {
    let question = "SELECT t.name || ' ' || i.name AS name, c.name AS first FROM sqlite_schema t \
        JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c ON c.seqno = 0 \
        WHERE t.type = 'table' AND i.\"unique\" ORDER BY 1";
    firsts(database, question).await
}

async fn postgres_keys(database: &DatabaseConnection) -> Vec<(String, String)> {
    let question = "SELECT t.relname || ' ' || x.relname AS name, a.attname::text AS first FROM pg_index i \
        JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid \
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0] \
        WHERE t.relnamespace = 'public'::regnamespace AND i.indisunique ORDER BY 1";
    firsts(database, question).await
}

async fn firsts(database: &DatabaseConnection, question: &str) -> Vec<(String, String)> {
    let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), question)).await.unwrap();
    rows.iter()
        .map(|row| (row.try_get("", "name").unwrap(), row.try_get("", "first").unwrap()))
        .filter(|(name, _): &(String, String)| {
            !name.starts_with(SHADOWS) && !OF_NO_OFFICE.iter().any(|table| name.starts_with(&format!("{table} ")))
        })
        .collect()
}

async fn names(database: &DatabaseConnection, question: &str) -> Vec<String> {
    let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), question)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}
