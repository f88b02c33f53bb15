//! The program as a test drives it: the real router in memory over an SQLite file of its own, on a day that stands still.

use std::path::PathBuf;

use app::backup::schedule::{Keep, Schedule};
use app::clock::Clock;
use app::config::{Mode, Settings};
use app::router::router;
use app::state::App;
use axum::Router;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::browser::Browser;
use crate::builders::Office;

/// The day of every story unless it says otherwise.
pub const TODAY: &str = "2026-11-23";

/// One program with its database, gone when the test ends.
pub struct TestApp {
    pub app: App,
    pub router: Router,
    pub office: Office,
    folder: PathBuf,
}

impl TestApp {
    /// An office with one unit and one account for every role.
    pub async fn new() -> Self {
        let mut test_app = Self::empty(Mode::Office).await;
        test_app.office = Office::found(&test_app.app.store).await;
        test_app
    }

    /// The same as a demonstration.
    pub async fn demonstration() -> Self {
        let mut test_app = Self::empty(Mode::Demonstration).await;
        test_app.office = Office::found(&test_app.app.store).await;
        test_app
    }

    /// A database in which nothing has been entered.
    pub async fn empty(mode: Mode) -> Self {
        let folder = std::env::temp_dir().join(format!("vinhdanh-test-{}", Uuid::now_v7().simple()));
        let settings = Settings {
            mode,
            clock: Clock::Still(now()),
            database: format!("sqlite:{}", folder.join("test.db").display()),
            files: folder.join("files"),
            keys: folder.join("keys"),
            public_url: "http://localhost:8080".to_owned(),
            listen: "127.0.0.1:0".parse().expect("an address"),
            trusted_proxies: Vec::new(),
            backups: Schedule {
                folder: folder.join("backups"),
                at: None,
                keep: Keep { days: 7, weeks: 5, months: 12 },
            },
            log: "off".to_owned(),
        };
        let store = store::open(&settings.database).await.expect("a database");
        store.migrate().await.expect("a schema");
        let app = App::new(store, settings);
        Self { router: router(app.clone()), app, office: Office::default(), folder }
    }

    /// A browser in which nobody has signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser in which the person with this login has signed in.
    pub async fn signed_in(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        browser.sign_in(login).await;
        browser
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // What cannot be deleted lies in the system's folder for such files.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The instant at which every story plays: the morning of [`TODAY`].
pub fn now() -> DateTime<Utc> {
    format!("{TODAY}T02:00:00Z").parse().expect("an instant")
}

/// [`TODAY`] as a day.
pub fn today() -> NaiveDate {
    TODAY.parse().expect("a day")
}
