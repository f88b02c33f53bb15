//! The demonstration in a database of its own, for the tests that go through the store.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::DateTime;
use rules::facts::Day;
use store::Store;
use store::access::Viewer;
use store::page::Page;
use store::people;
use store::people::Filter;
use store::words::Role;
use uuid::Uuid;

use super::day;
use crate::demo::fill::fill;

const OFFICE: i32 = 1;

/// A database of its own with the demonstration, in a folder of its own.
pub struct Filled {
    pub store: Store,
    pub viewer: Viewer,
    pub today: Day,
    folder: PathBuf,
}

/// The demonstration in a database of its own, on its last day.
pub async fn filled() -> Filled {
    filled_on(day("2026-11-23")).await
}

/// The demonstration as a program started on a day writes it.
pub async fn filled_on(today: Day) -> Filled {
    let folder = std::env::temp_dir().join(format!("vinhdanh-demonstration-{}", Uuid::now_v7().simple()));
    let store = store::open(&format!("sqlite:{}/demo.db", folder.display())).await.expect("a new database opens");
    store.migrate().await.expect("a new database takes the schema");
    let at = DateTime::from_timestamp(1_795_400_000, 0).expect("an instant");
    fill(&store, OFFICE, today, at).await.expect("the demonstration fits the store");
    let viewer = Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None };
    Filled { store, viewer, today, folder }
}

impl Filled {
    /// Closes the database and deletes it.
    pub async fn delete(self) {
        self.store.close().await.expect("the database closes");
        std::fs::remove_dir_all(self.folder).expect("the folder of the test goes");
    }
}

/// The ids of all people by name and day of birth.
pub async fn everyone(store: &Store, viewer: &Viewer, today: Day) -> BTreeMap<(String, Day), Uuid> {
    let (mut ids, mut after) = (BTreeMap::new(), None);
    loop {
        let page = Page { after, size: 100 };
        let listed = people::list(store, viewer, &Filter::everyone(today), page).await.expect("the list reads");
        ids.extend(listed.rows.into_iter().filter_map(|row| Some(((row.full_name, row.born?), row.id))));
        match listed.next {
            Some(next) => after = Some(next),
            None => return ids,
        }
    }
}
