//! `vinhdanh backup`, `restore` and `drill`: makes a backup, brings one back, proves one without touching the live database.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use store::Store;
use store::journal::proofs;
use store::verify::database::DatabaseSource;

use crate::backup::{Trouble, read, write};
use crate::cli::{Telling, report, serve, wait_for};
use crate::clock::Clock;
use crate::config::{Flags, Settings};
use crate::failure::{Failure, Fault, Place};
use crate::files;
use crate::keys::{JOURNAL_KEY, PERSONAL_KEY};
use crate::session::OFFICE;

/// Makes a backup.
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    flags: Flags,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Brings a backup back into an empty database.
#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    flags: Flags,
    /// The backup.
    archive: PathBuf,
}

/// Proves a backup without touching the live database.
#[derive(Debug, Args)]
pub struct Drill {
    #[command(flatten)]
    flags: Flags,
    /// The backup.
    archive: PathBuf,
}

impl Backup {
    /// Writes one file and names the keys that must be kept beside it.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let settings = Settings::office(self.flags)?;
        report::is_there(&settings)?;
        let now = Clock::Machine.now();
        let out = self.out.unwrap_or_else(|| settings.backups.folder.join(name(now)));
        wait_for(async {
            let store = checked(&settings).await?;
            let made = write::write(&store, &settings.files, &out, now).await;
            let made = made.map_err(|trouble| failure(&trouble, &out, &settings))?;
            serve::close(store, &settings).await?;
            let missing = made.manifest.missing.len();
            let file = out.display().to_string();
            let (rows, files) = (made.manifest.rows(), made.manifest.files.len());
            let mut lines = vec![telling.lang.text_with(
                "backup-made",
                &[
                    ("file", &file),
                    ("size", &telling.lang.number(made.size as i64)),
                    ("rows", &rows),
                    ("files", &files),
                ],
            )];
            if missing > 0 {
                lines.push(telling.lang.text_with("backup-missing", &[("files", &missing)]));
            }
            lines.push(keys(&settings, telling));
            let value = json!({"file": file, "bytes": made.size, "rows": rows, "files": files, "missing": made.manifest.missing, "header": made.beginning});
            telling.say(&lines.join("\n"), &value);
            match missing {
                0 => Ok(()),
                _ => Err(Failure::new(Fault::Verification, "backup-incomplete")),
            }
        })
    }
}

impl Restore {
    /// Restores everything or nothing.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let settings = Settings::office(self.flags)?;
        wait_for(async {
            let store = store::open(&settings.database).await.map_err(|error| serve::failure(error, &settings))?;
            let restored = read::restore(&self.archive, &store, &settings.files).await;
            let restored = restored.map_err(|trouble| failure(&trouble, &self.archive, &settings))?;
            store.analyze().await.map_err(|error| serve::failure(error, &settings))?;
            serve::close(store, &settings).await?;
            let (rows, files) = (restored.manifest.rows(), restored.manifest.files.len());
            let missing = &restored.manifest.missing;
            let mut lines = vec![telling.lang.text_with("backup-restored", &[("rows", &rows), ("files", &files)])];
            if !missing.is_empty() {
                let words: [(&str, &dyn crate::language::Word); 2] =
                    [("files", &missing.len()), ("names", &missing.join(", "))];
                lines.push(telling.lang.text_with("backup-restored-without", &words));
            }
            lines.push(keys(&settings, telling));
            let value = json!({"rows": rows, "files": files, "missing": missing, "header": restored.beginning});
            telling.say(&lines.join("\n"), &value);
            Ok(())
        })
    }
}

impl Drill {
    /// Restores into a database of its own, verifies it, compares it with the live one and deletes it again.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let settings = Settings::office(self.flags)?;
        wait_for(async {
            let folder = std::env::temp_dir().join(format!("vinhdanh-drill-{}", uuid::Uuid::now_v7().simple()));
            let proved = prove(&self.archive, &folder, &settings).await;
            if let Err(why) = std::fs::remove_dir_all(&folder)
                && why.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(folder = %folder.display(), %why, "left behind by a drill");
            }
            let proved = proved?;
            let key = match (proved.found, proved.continues) {
                (0, Some(false)) => "drill-other",
                (0, Some(true)) => "drill-proved",
                (0, None) => "drill-proved-alone",
                _ => "drill-found",
            };
            let words: [(&str, &dyn crate::language::Word); 3] =
                [("rows", &proved.rows), ("size", &proved.size), ("found", &proved.found)];
            let value =
                json!({"rows": proved.rows, "size": proved.size, "found": proved.found, "continues": proved.continues});
            telling.say(&telling.lang.text_with(key, &words), &value);
            match proved.found == 0 && proved.continues != Some(false) {
                true => Ok(()),
                false => Err(Failure::new(Fault::Verification, "drill-failed")),
            }
        })
    }
}

/// What a drill found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    pub rows: u64,
    /// Leaves of the journal in the backup.
    pub size: u64,
    /// What differs between its records and its journal.
    pub found: u64,
    /// Whether the live journal goes on from that of the backup; absent where there is no live database.
    pub continues: Option<bool>,
}

/// Restores a backup into a folder of its own and looks at it closely; the live database is only asked for its journal.
pub async fn prove(backup: &Path, folder: &Path, settings: &Settings) -> Result<Proved, Failure> {
    let database = format!("sqlite:{}", folder.join("drill.db").display());
    let own = Settings { database, files: folder.join("files"), ..settings.clone() };
    let unread = |error| serve::failure(error, &own);
    let store = store::open(&own.database).await.map_err(unread)?;
    let restored = read::restore(backup, &store, &own.files).await;
    let restored = restored.map_err(|trouble| failure(&trouble, backup, settings))?;
    let mut source = DatabaseSource::open(&store, OFFICE).await.map_err(unread)?;
    let report = store::verify::verify(&mut source, OFFICE, &[], None).await.map_err(unread)?;
    drop(source);
    serve::close(store, &own).await?;
    let continues = continues(&report.tree, settings).await?;
    Ok(Proved { rows: restored.manifest.rows(), size: report.tree.size, found: report.found, continues })
}

async fn continues(head: &store::journal::Head, settings: &Settings) -> Result<Option<bool>, Failure> {
    if report::is_there(settings).is_err() {
        return Ok(None);
    }
    let live = checked(settings).await?;
    let unread = |error| serve::failure(error, settings);
    let now = store::journal::head(&live, OFFICE).await.map_err(unread)?;
    let goes_on = match now.size < head.size {
        true => false,
        false => proofs::root_at(&live, OFFICE, head.size).await.map_err(unread)? == head.root,
    };
    serve::close(live, settings).await?;
    Ok(Some(goes_on))
}

/// The name of a backup made at an instant.
pub fn name(now: chrono::DateTime<chrono::Utc>) -> String {
    format!("vinhdanh-{}.tar.zst", now.format("%Y%m%dT%H%M%SZ"))
}

/// The database of the settings, whose schema must be that of this program.
async fn checked(settings: &Settings) -> Result<Store, Failure> {
    let unread = |error| serve::failure(error, settings);
    let store = store::open(&settings.database).await.map_err(unread)?;
    store.check_schema().await.map_err(unread)?;
    Ok(store)
}

fn keys(settings: &Settings, telling: Telling) -> String {
    let path = |name: &str| settings.keys.join(name).display().to_string();
    telling.lang.text_with("backup-keys", &[("journal", &path(JOURNAL_KEY)), ("personal", &path(PERSONAL_KEY))])
}

/// Why a backup could not be made or read, as a failure of the command.
pub fn failure(trouble: &Trouble, file: &Path, settings: &Settings) -> Failure {
    let place = Place { file: Some(file.display().to_string()), ..Place::default() };
    match trouble {
        Trouble::Store(store::error::StoreError::Refused(why)) => {
            Failure::new(Fault::Input, "backup-refused").word("cause", why.clone()).hint("backup-hint-empty")
        }
        Trouble::Store(store::error::StoreError::Damaged(why)) => {
            Failure::new(Fault::Input, "backup-damaged").word("cause", why.clone()).at(place)
        }
        Trouble::Store(error) => serve::failure(error.clone(), settings),
        Trouble::Disk(why) if why.kind() == std::io::ErrorKind::AlreadyExists => {
            Failure::new(Fault::Input, "backup-there").at(place)
        }
        Trouble::Disk(why) => Failure::new(Fault::Machine, "backup-disk").word("cause", why.to_string()).at(place),
        Trouble::NoBackup(why) => Failure::new(Fault::Input, "backup-none").word("cause", why.clone()).at(place),
        Trouble::Newer => Failure::new(Fault::Input, "backup-newer").at(place),
        Trouble::Differs(entry) => Failure::new(Fault::Input, "backup-differs").word("entry", entry.clone()).at(place),
        Trouble::UnderWay => Failure::new(Fault::Machine, "backup-two").at(place).hint("backup-hint-two"),
        Trouble::Occupied(name) => Failure::new(Fault::Input, "backup-occupied")
            .word("name", files::of_record(&settings.files, name).display().to_string())
            .hint("backup-hint-occupied"),
    }
}
