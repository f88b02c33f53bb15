//! Makes a backup: under another name until it is whole, so that nobody ever takes half of one for a backup.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::Store;
use store::archive::dump::Dump;
use store::journal::hex;
use tar::{Builder, EntryType, Header as Entry};
use zstd::Encoder;

use super::{BEGINNING, Beginning, FORM, FileSum, MANIFEST, Manifest, TableSum, Trouble, Weighed};
use crate::files;

/// The tables whose rows name a file each.
const WITH_FILES: [&str; 2] = ["attachment", "import_file"];
/// How hard zstd tries; its own default.
const LEVEL: i32 = 3;

type Packed = Builder<Encoder<'static, BufWriter<File>>>;

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
    pub beginning: Beginning,
    pub manifest: Manifest,
}

/// What a row tells of its file.
#[derive(Deserialize)]
struct Attached {
    stored_as: String,
    sha256: String,
}

/// Writes everything to `target`, which must not be there yet; a fault leaves nothing.
///
/// Of two into one folder at once the second is refused.
pub async fn write(store: &Store, files: &Path, target: &Path, now: DateTime<Utc>) -> Result<Made, Trouble> {
    if target.exists() {
        return Err(Trouble::Disk(std::io::Error::from(std::io::ErrorKind::AlreadyExists)));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // The lock is on the folder itself, so nothing is left behind, and it falls with the process that holds it.
    let locked = File::open(folder)?;
    match locked.try_lock() {
        Err(TryLockError::WouldBlock) => return Err(Trouble::UnderWay),
        // A file system without locks: a backup that is there is still never overwritten.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    let unfinished = target.with_extension(format!("unfinished-{}", std::process::id()));
    let written = fill(store, files, &unfinished, now).await;
    let kept = written.and_then(|(beginning, manifest)| {
        fs::hard_link(&unfinished, target)?;
        locked.sync_all()?;
        let size = fs::metadata(target)?.len();
        Ok(Made { path: target.to_owned(), size, beginning, manifest })
    });
    match fs::remove_file(&unfinished) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound && kept.is_ok() => Err(why.into()),
        _ => kept,
    }
}

async fn fill(store: &Store, files: &Path, path: &Path, now: DateTime<Utc>) -> Result<(Beginning, Manifest), Trouble> {
    let mut dump = Dump::open(store).await?;
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let beginning = Beginning { form: FORM, program, made: now, header: dump.header().clone() };
    let mut packed = Builder::new(Encoder::new(BufWriter::new(File::create(path)?), LEVEL)?);
    add(&mut packed, BEGINNING, &json(&beginning), now)?;
    let mut sums: BTreeMap<String, (u64, u32, Sha256)> = BTreeMap::new();
    let mut attached = Vec::new();
    while let Some(part) = dump.next().await? {
        let (rows, number, hash) = sums.entry(part.table.clone()).or_default();
        add(&mut packed, &format!("tables/{}/{number:05}.ndjson", part.table), &part.lines, now)?;
        *rows += part.rows;
        *number += 1;
        hash.update(&part.lines);
        if WITH_FILES.contains(&part.table.as_str()) {
            attached.extend(attachments(&part.lines));
        }
    }
    let tables =
        sums.into_iter().map(|(name, (rows, _, hash))| (name, TableSum { rows, sha256: hex(&hash.finalize()) }));
    let mut manifest = Manifest { tables: tables.collect(), ..Manifest::default() };
    for file in attached {
        match add_file(&mut packed, files, &file, now)? {
            Some(sum) => _ = manifest.files.insert(file.stored_as, sum),
            None => manifest.missing.push(file.stored_as),
        }
    }
    add(&mut packed, MANIFEST, &json(&manifest), now)?;
    let mut file = packed.into_inner()?.finish()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok((beginning, manifest))
}

fn attachments(lines: &[u8]) -> impl Iterator<Item = Attached> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.filter_map(|line| serde_json::from_slice(line).ok())
}

/// Adds a file of the folder; nothing where it is not there or not what its record says.
fn add_file(
    packed: &mut Packed,
    folder: &Path,
    attached: &Attached,
    now: DateTime<Utc>,
) -> Result<Option<FileSum>, Trouble> {
    let path = files::of_record(folder, &attached.stored_as);
    let Ok(mut file) = File::open(&path) else { return Ok(None) };
    let mut weighed = Weighed::new(&mut file);
    std::io::copy(&mut weighed, &mut std::io::sink())?;
    let sum = weighed.sum();
    if sum.sha256 != attached.sha256 {
        return Ok(None);
    }
    let mut entry = entry(sum.size, now);
    packed.append_data(&mut entry, format!("files/{}", attached.stored_as), File::open(&path)?)?;
    Ok(Some(sum))
}

fn add(packed: &mut Packed, name: &str, bytes: &[u8], now: DateTime<Utc>) -> Result<(), Trouble> {
    let mut entry = entry(bytes.len() as u64, now);
    Ok(packed.append_data(&mut entry, name, bytes)?)
}

fn entry(size: u64, now: DateTime<Utc>) -> Entry {
    let mut entry = Entry::new_gnu();
    entry.set_entry_type(EntryType::Regular);
    entry.set_mode(0o600);
    entry.set_mtime(u64::try_from(now.timestamp()).unwrap_or_default());
    entry.set_size(size);
    entry
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(value).unwrap_or_default()
}
