//! Reads a backup: entry by entry, each weighed against the manifest; restores it, or only proves it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use store::Store;
use store::archive::load::Load;
use store::journal::hex;
use tar::{Archive, EntryType};
use zstd::Decoder;

use super::{BEGINNING, Beginning, FORM, FileSum, MANIFEST, Manifest, TableSum, Trouble, Weighed};
use crate::files;

/// The largest part of a table and the largest description that are read; a file is copied and may be larger.
const LARGEST_PART: u64 = 256 << 20;
/// Where files wait until everything has proved right.
const WAITING: &str = "restoring";

/// One entry of a backup, in the order in which they stand.
pub enum Entry<'e> {
    /// The first.
    Beginning(Beginning),
    /// Some rows of a table, one JSON object to a line.
    Rows(&'e str, Vec<u8>),
    /// An attachment under the name under which it is stored.
    File(&'e str, &'e mut dyn Read),
}

/// What a backup came to when every entry had been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    pub beginning: Beginning,
    pub manifest: Manifest,
}

/// Hands on every entry of a backup and sees at its end that all of them are as the manifest says.
pub async fn read(
    path: &Path,
    each: &mut (impl AsyncFnMut(Entry<'_>) -> Result<(), Trouble> + ?Sized),
) -> Result<Contents, Trouble> {
    let unpacked = Decoder::new(BufReader::new(File::open(path)?)).map_err(no_backup)?;
    let mut archive = Archive::new(unpacked);
    let (mut beginning, mut manifest) = (None, None);
    let mut tables: BTreeMap<String, (u64, Sha256)> = BTreeMap::new();
    let mut files: BTreeMap<String, FileSum> = BTreeMap::new();
    for entry in archive.entries().map_err(no_backup)? {
        let mut entry = entry.map_err(no_backup)?;
        let name = String::from_utf8(entry.path_bytes().into_owned()).map_err(no_backup)?;
        if entry.header().entry_type() != EntryType::Regular || manifest.is_some() {
            return Err(Trouble::NoBackup(name));
        }
        match (place(&name), &beginning) {
            (Place::Beginning, None) => {
                let found: Beginning = description(&mut entry)?;
                if found.form > FORM {
                    return Err(Trouble::Newer);
                }
                each(Entry::Beginning(found.clone())).await?;
                beginning = Some(found);
            }
            (Place::Table(table), Some(_)) => {
                let lines = all(&mut entry)?;
                let (rows, hash) = tables.entry(table.to_owned()).or_default();
                *rows += lines.iter().filter(|byte| **byte == b'\n').count() as u64;
                hash.update(&lines);
                each(Entry::Rows(table, lines)).await?;
            }
            (Place::File(file), Some(_)) => {
                let mut weighed = Weighed::new(&mut entry);
                each(Entry::File(file, &mut weighed)).await?;
                std::io::copy(&mut weighed, &mut std::io::sink()).map_err(no_backup)?;
                files.insert(file.to_owned(), weighed.sum());
            }
            (Place::Manifest, Some(_)) => manifest = Some(description::<Manifest>(&mut entry)?),
            _ => return Err(Trouble::NoBackup(name)),
        }
    }
    let (Some(beginning), Some(manifest)) = (beginning, manifest) else {
        return Err(Trouble::NoBackup("it breaks off".to_owned()));
    };
    let tables =
        tables.into_iter().map(|(name, (rows, hash))| (name, TableSum { rows, sha256: hex(&hash.finalize()) }));
    let tables: BTreeMap<String, TableSum> = tables.collect();
    let differs = first_difference(&tables, &manifest.tables).or_else(|| first_difference(&files, &manifest.files));
    match differs {
        Some(name) => Err(Trouble::Differs(name)),
        None => Ok(Contents { beginning, manifest }),
    }
}

/// Restores a backup into an empty database and its files into a folder: all, or nothing, and over no other file.
pub async fn restore(path: &Path, store: &Store, folder: &Path) -> Result<Contents, Trouble> {
    let waiting = folder.join(format!("{WAITING}-{}", std::process::id()));
    let restored = restore_beside(path, store, folder, &waiting).await;
    match fs::remove_dir_all(&waiting) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound && restored.is_ok() => Err(why.into()),
        _ => restored,
    }
}

async fn restore_beside(path: &Path, store: &Store, folder: &Path, waiting: &Path) -> Result<Contents, Trouble> {
    let mut load: Option<Load> = None;
    let mut arrived: Vec<String> = Vec::new();
    let contents = read(path, &mut async |entry: Entry<'_>| {
        match (entry, &mut load) {
            (Entry::Beginning(beginning), load) => *load = Some(Load::begin(store, &beginning.header).await?),
            (Entry::Rows(table, lines), Some(load)) => _ = load.rows(table, &lines).await?,
            (Entry::File(name, content), Some(_)) => {
                fs::create_dir_all(waiting)?;
                let mut file = File::create_new(waiting.join(name))?;
                std::io::copy(content, &mut file)?;
                file.sync_all()?;
                arrived.push(name.to_owned());
            }
            _ => return Err(Trouble::NoBackup("it begins with something else".to_owned())),
        }
        Ok(())
    })
    .await?;
    let load = load.ok_or_else(|| Trouble::NoBackup("it is empty".to_owned()))?;
    // The files first: a record without its file would be worse than a file without its record.
    let mut placed = Vec::new();
    let kept = match lay(&arrived, waiting, folder, &mut placed) {
        Ok(()) => load.finish(store, &contents.beginning.header.offices).await.map_err(Trouble::from),
        Err(trouble) => Err(trouble),
    };
    if kept.is_err() {
        placed.iter().try_for_each(fs::remove_file)?;
    }
    kept.map(|()| contents)
}

/// Lays each file in its place; one that lies there already stays, and must be the very same.
fn lay(arrived: &[String], waiting: &Path, folder: &Path, placed: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    for name in arrived {
        let (from, to) = (waiting.join(name), files::of_record(folder, name));
        fs::create_dir_all(to.parent().unwrap_or(folder))?;
        // A link never takes the place of a file, as moving would.
        match fs::hard_link(&from, &to) {
            Ok(()) => placed.push(to),
            Err(why) if why.kind() == std::io::ErrorKind::AlreadyExists => {
                if weight(&from)? != weight(&to)? {
                    return Err(Trouble::Occupied(name.clone()));
                }
            }
            Err(why) => return Err(why.into()),
        }
    }
    Ok(())
}

fn weight(path: &Path) -> std::io::Result<FileSum> {
    let mut file = File::open(path)?;
    let mut weighed = Weighed::new(&mut file);
    std::io::copy(&mut weighed, &mut std::io::sink())?;
    Ok(weighed.sum())
}

enum Place<'n> {
    Beginning,
    Table(&'n str),
    File(&'n str),
    Manifest,
    Elsewhere,
}

/// What stands under a name; a name that leads anywhere else is none of a backup.
fn place(name: &str) -> Place<'_> {
    let plain = |text: &str| {
        !text.is_empty()
            && !text.starts_with('.')
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    match name.split('/').collect::<Vec<_>>().as_slice() {
        [BEGINNING] => Place::Beginning,
        [MANIFEST] => Place::Manifest,
        ["tables", table, part] if plain(table) && plain(part) => Place::Table(table),
        ["files", file] if plain(file) => Place::File(file),
        _ => Place::Elsewhere,
    }
}

fn description<T: for<'de> serde::Deserialize<'de>>(entry: &mut impl Read) -> Result<T, Trouble> {
    serde_json::from_slice(&all(entry)?).map_err(no_backup)
}

/// Everything of an entry, which is no larger than [`LARGEST_PART`].
fn all(entry: &mut impl Read) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    entry.take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(no_backup)?;
    if bytes.len() as u64 > LARGEST_PART {
        return Err(Trouble::NoBackup("a part is too large".to_owned()));
    }
    Ok(bytes)
}

fn first_difference<S: PartialEq>(found: &BTreeMap<String, S>, said: &BTreeMap<String, S>) -> Option<String> {
    let differs = |name: &&String| found.get(*name) != said.get(*name);
    said.keys().find(differs).or_else(|| found.keys().find(differs)).cloned()
}

fn no_backup(why: impl std::fmt::Display) -> Trouble {
    Trouble::NoBackup(why.to_string())
}
