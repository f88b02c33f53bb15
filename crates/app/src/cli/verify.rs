//! `vinhdanh verify`: whether the records, the journal and what was signed of it agree; or whether one proof holds.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use store::journal::checkpoints;
use store::journal::note::{Doubt, VerifierKey};
use store::journal::proofs::{Flaw, LeafProof};
use store::verify::Report;
use store::verify::database::DatabaseSource;

use crate::archived;
use crate::cli::{Format, Telling, backup, report, serve, wait_for};
use crate::config::{Flags, Settings};
use crate::failure::{Failure, Fault, Place};
use crate::keys::{JOURNAL_KEY, Keys};
use crate::session::OFFICE;
use crate::verifying;

/// Verifies the records against the journal.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    flags: Flags,
    /// File with the public keys of the journal, one a line.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// File with an older checkpoint from which the journal must go on.
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// A backup, verified without any database.
    #[arg(long, value_name = "FILE", conflicts_with = "proof")]
    archive: Option<PathBuf>,
    /// File with the proof of one leaf; nothing else is verified.
    #[arg(long, value_name = "FILE", requires = "key", conflicts_with = "since")]
    proof: Option<PathBuf>,
}

impl Verify {
    /// Prints what was found; exit code 4 where anything differs.
    pub fn run(self, telling: Telling) -> Result<(), Failure> {
        let keys = self.key.as_deref().map(keys).transpose()?;
        if let Some(file) = &self.proof {
            return proof(file, &keys.unwrap_or_default(), telling);
        }
        let since = self.since.as_deref().map(text).transpose()?;
        let settings = Settings::office(self.flags)?;
        if let Some(file) = &self.archive {
            let folder = std::env::temp_dir().join(format!("vinhdanh-verify-{}", std::process::id()));
            let found = wait_and_give(async {
                let found = archived::verified(file, &folder, &keys.unwrap_or_default(), since.as_deref()).await;
                found.map_err(|trouble| backup::failure(&trouble, file, &settings))
            })?;
            return tell(telling, &found);
        }
        report::is_there(&settings)?;
        let found = wait_and_give(async {
            let unread = |error| serve::failure(error, &settings);
            let store = store::open(&settings.database).await.map_err(unread)?;
            store.check_schema().await.map_err(unread)?;
            let keys = match keys {
                Some(keys) => keys,
                None => own_key(&store, &settings).await?,
            };
            let mut source = DatabaseSource::open(&store, OFFICE).await.map_err(unread)?;
            let found = store::verify::verify(&mut source, OFFICE, &keys, since.as_deref()).await.map_err(unread)?;
            drop(source);
            serve::close(store, &settings).await?;
            Ok(found)
        })?;
        tell(telling, &found)
    }
}

/// Prints a report; a failure where anything differs.
fn tell(telling: Telling, found: &Report) -> Result<(), Failure> {
    match telling.format {
        Format::Json => say!("{}", verifying::json(telling.lang, found)),
        Format::Text => verifying::lines(telling.lang, found).iter().for_each(|line| say!("{line}")),
    }
    match found.found {
        0 => Ok(()),
        number => Err(Failure::new(Fault::Verification, "verify-failed").word("number", number.to_string())),
    }
}

fn proof(file: &Path, keys: &[VerifierKey], telling: Telling) -> Result<(), Failure> {
    let proof = LeafProof::parse(&text(file)?).ok_or_else(|| failed("verify-proof-form", file))?;
    let said = proof.verified(keys).map_err(|flaw| {
        let key = match flaw {
            Flaw::Form | Flaw::Checkpoint(Doubt::Form) => "verify-proof-form",
            Flaw::Checkpoint(Doubt::UnknownKey) => "verify-proof-unknown-key",
            Flaw::Checkpoint(Doubt::Signature) => "verify-proof-forged",
            Flaw::Path => "verify-proof-path",
        };
        failed(key, file)
    })?;
    let words: [(&str, &dyn crate::language::Word); 3] =
        [("leaf", &proof.n.to_string()), ("origin", &said.origin), ("size", &said.size.to_string())];
    let line = format!("{}\n{}", telling.lang.text_with("verify-proof-holds", &words), proof.leaf);
    let leaf: serde_json::Value = serde_json::from_str(&proof.leaf).unwrap_or_default();
    telling.say(&line, &json!({"holds": true, "leaf": leaf, "n": proof.n, "origin": said.origin, "size": said.size}));
    Ok(())
}

/// The office's own public key, where its key lies in the folder of keys.
async fn own_key(store: &store::Store, settings: &Settings) -> Result<Vec<VerifierKey>, Failure> {
    if !settings.keys.join(JOURNAL_KEY).exists() {
        return Ok(Vec::new());
    }
    let keys = Keys::open(&settings.keys).map_err(|error| crate::server::keys_failure(&error))?;
    let own = checkpoints::verifier(store, OFFICE, &keys.journal).await;
    Ok(own.map_err(|error| serve::failure(error, settings))?.into_iter().collect())
}

/// Every key of a file; a line that is none is named.
fn keys(file: &Path) -> Result<Vec<VerifierKey>, Failure> {
    let text = text(file)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let key = |(at, line): (usize, &str)| {
        line.parse().map_err(|_| {
            let place = Place { file: Some(file.display().to_string()), line: Some(at + 1), path: None };
            Failure::new(Fault::Input, "verify-no-such-key").at(place).hint("verify-hint-key")
        })
    };
    lines.map(key).collect()
}

fn text(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| {
        Failure::new(Fault::Input, "cli-error-settings-unread")
            .word("file", file.display().to_string())
            .word("cause", error.to_string())
    })
}

fn failed(key: &'static str, file: &Path) -> Failure {
    let place = Place { file: Some(file.display().to_string()), ..Place::default() };
    Failure::new(Fault::Verification, key).at(place)
}

/// Runs a command that gives something back.
fn wait_and_give<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let mut given = None;
    wait_for(async {
        given = Some(work.await?);
        Ok(())
    })?;
    given.ok_or_else(|| Failure::new(Fault::Machine, "cli-error-runtime").word("cause", String::new()))
}
