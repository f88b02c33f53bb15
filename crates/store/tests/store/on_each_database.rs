//! Opens a fresh database of each kind for a story, and removes it afterwards.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use store::Store;

/// Where a server takes new databases, such as `postgres://postgres@/postgres?host=/run/postgresql`.
pub const SERVER: &str = "VINHDANH_TEST_POSTGRES";
/// When it is `1`, a test without a server fails.
const REQUIRED: &str = "VINHDANH_TEST_REQUIRE_POSTGRES";

static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Tells a story on an empty, migrated database of each kind at hand.
pub fn on_each_database(story: impl AsyncFn(Store)) {
    on_each_address(async |store, _| story(store).await);
}

/// The same for a story that looks at the database by itself, at its address.
pub fn on_each_address(story: impl AsyncFn(Store, String)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = fresh_folder();
        let url = format!("sqlite:{}/story.db", folder.display());
        let store = store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        story(store.clone(), url).await;
        store.close().await.unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        match std::env::var(SERVER) {
            Ok(server) => on_postgres(&server, &story).await,
            Err(_) if std::env::var(REQUIRED).is_ok_and(|required| required == "1") => {
                panic!("{REQUIRED}=1, but {SERVER} names no server")
            }
            Err(_) => {}
        }
    });
}

/// A folder of its own for a test.
pub fn fresh_folder() -> PathBuf {
    let n = DATABASES.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("vinhdanh-store-{}-{n}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn on_postgres(server: &str, story: &impl AsyncFn(Store, String)) {
    let n = DATABASES.fetch_add(1, Ordering::Relaxed);
    let name = format!("story_{}_{n}", std::process::id());
    execute(server, &format!("CREATE DATABASE {name}")).await;
    let url = database_url(server, &name);
    let store = store::open(&url).await.unwrap();
    store.migrate().await.unwrap();
    story(store.clone(), url).await;
    store.close().await.unwrap();
    execute(server, &format!("DROP DATABASE {name}")).await;
}

/// The address of another database on the same server.
pub fn database_url(server: &str, name: &str) -> String {
    let (base, options) = server.split_once('?').map_or((server, ""), |(base, options)| (base, options));
    let (host, _) = base.rsplit_once('/').unwrap();
    if options.is_empty() { format!("{host}/{name}") } else { format!("{host}/{name}?{options}") }
}

/// What somebody does behind the store's back.
pub async fn execute(url: &str, statement: &str) {
    let intruder = sea_orm::Database::connect(url).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&intruder, statement).await.unwrap();
    intruder.close().await.unwrap();
}
