//! `vinhdanh migrate`: brings the schema of a database to the version of this program.

use clap::Args;
use serde_json::json;

use crate::cli::{Telling, serve, wait_for};
use crate::config::{Flags, Settings};
use crate::failure::Failure;

/// Brings the schema of a database to the version of this program.
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    flags: Flags,
}

impl Migrate {
    /// Migrates and says so.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let settings = Settings::office(self.flags)?;
        wait_for(async {
            let store = serve::open(&settings).await?;
            serve::close(store, &settings).await?;
            let database = serve::shown(&settings.database);
            let line = telling.lang.text_with("cli-migrated", &[("database", &database)]);
            telling.say(&line, &json!({"database": database}));
            Ok(())
        })
    }
}
