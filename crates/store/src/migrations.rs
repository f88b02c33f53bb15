//! The schema in numbered steps, each run once in its own transaction.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};

use crate::Store;
use crate::error::StoreError;
use crate::journal;
use crate::sql::Sql;

struct Migration {
    version: i32,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "records",
        sqlite: include_str!("../migrations/0001_records.sql"),
        postgres: include_str!("../migrations/0001_records.sql"),
    },
    Migration {
        version: 2,
        name: "search",
        sqlite: include_str!("../migrations/0002_search.sqlite.sql"),
        postgres: include_str!("../migrations/0002_search.postgres.sql"),
    },
    Migration {
        version: 3,
        name: "changes",
        sqlite: include_str!("../migrations/0003_changes.sql"),
        postgres: include_str!("../migrations/0003_changes.sql"),
    },
    Migration {
        version: JOURNAL,
        name: "journal",
        sqlite: include_str!("../migrations/0004_journal.sql"),
        postgres: include_str!("../migrations/0004_journal.sql"),
    },
    Migration {
        version: 5,
        name: "register",
        sqlite: include_str!("../migrations/0005_register.sql"),
        postgres: concat!(
            include_str!("../migrations/0005_register.sql"),
            include_str!("../migrations/0005_register.postgres.sql")
        ),
    },
    Migration {
        version: 6,
        name: "imports",
        sqlite: include_str!("../migrations/0006_imports.sql"),
        postgres: include_str!("../migrations/0006_imports.sql"),
    },
    Migration {
        version: 7,
        name: "accounts",
        sqlite: include_str!("../migrations/0007_accounts.sql"),
        postgres: include_str!("../migrations/0007_accounts.sql"),
    },
    Migration {
        version: 8,
        name: "lists",
        sqlite: concat!(
            include_str!("../migrations/0008_lists.sql"),
            include_str!("../migrations/0008_lists.sqlite.sql")
        ),
        postgres: concat!(
            include_str!("../migrations/0008_lists.sql"),
            include_str!("../migrations/0008_lists.postgres.sql")
        ),
    },
    Migration {
        version: 9,
        name: "layers",
        sqlite: include_str!("../migrations/0009_layers.sql"),
        postgres: include_str!("../migrations/0009_layers.sql"),
    },
    Migration {
        version: 10,
        name: "levels",
        sqlite: concat!(
            include_str!("../migrations/0010_levels.sql"),
            include_str!("../migrations/0010_levels.sqlite.sql")
        ),
        postgres: include_str!("../migrations/0010_levels.sql"),
    },
    Migration {
        version: 11,
        name: "households",
        sqlite: include_str!("../migrations/0011_households.sql"),
        postgres: include_str!("../migrations/0011_households.sql"),
    },
];

/// The migration after which the hashes of older journals are completed.
const JOURNAL: i32 = 4;

const NEWEST: i32 = MIGRATIONS[MIGRATIONS.len() - 1].version;

/// Every program that starts at the same time waits here for the one that migrates.
const POSTGRES_LOCK: &str = "SELECT pg_advisory_xact_lock(7611203)";

/// Runs what is missing; two servers that start together run each migration once.
pub async fn run(store: &Store) -> Result<(), StoreError> {
    run_to(store, NEWEST).await
}

/// Runs what is missing up to a version, and nothing where the database is there already.
pub async fn run_to(store: &Store, wanted: i32) -> Result<(), StoreError> {
    if wanted > NEWEST {
        return Err(StoreError::NewerSchema { found: wanted, known: NEWEST });
    }
    let transaction = store.begin().await?;
    let backend = transaction.get_database_backend();
    if backend == DbBackend::Postgres {
        transaction.execute_unprepared(POSTGRES_LOCK).await?;
    }
    transaction
        .execute_unprepared("CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, name text NOT NULL)")
        .await?;
    let found = version(&transaction).await?;
    if found > NEWEST {
        return Err(StoreError::NewerSchema { found, known: NEWEST });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > found && migration.version <= wanted) {
        apply(&transaction, migration, backend).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Says whether the schema is older or newer than this program needs.
pub async fn check(store: &Store) -> Result<(), StoreError> {
    // A database without the table has never been migrated; any other fault shows in the next statement as well.
    let found = version(&store.connection).await.unwrap_or(0);
    match found.cmp(&NEWEST) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(StoreError::NewerSchema { found, known: NEWEST }),
        std::cmp::Ordering::Less => {
            store.ping().await?;
            Err(StoreError::OlderSchema { found, needed: NEWEST })
        }
    }
}

pub(crate) async fn version(connection: &impl ConnectionTrait) -> Result<i32, StoreError> {
    let newest = Sql::new("SELECT coalesce(max(version), 0) AS version FROM migration", []);
    newest.one(connection).await?.ok_or(StoreError::NotFound)?.get("version")
}

async fn apply(transaction: &DatabaseTransaction, migration: &Migration, backend: DbBackend) -> Result<(), StoreError> {
    let text = match backend {
        DbBackend::Postgres => migration.postgres.to_owned(),
        _ => without_comments(migration.sqlite),
    };
    transaction.execute_unprepared(&text).await?;
    if migration.version == JOURNAL {
        journal::complete(transaction).await?;
    }
    let done = Sql::new(
        "INSERT INTO migration (version, name) VALUES (?, ?)",
        [migration.version.into(), migration.name.into()],
    );
    done.run(transaction).await?;
    Ok(())
}

/// SQLite knows no COMMENT; each of them is one line.
fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("COMMENT ON ")).collect::<Vec<_>>().join("\n")
}
