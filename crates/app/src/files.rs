//! The folder of files: a file comes in through a temporary one, is checked by its content, and lies under a random name.

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use axum::extract::multipart::Field;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use crate::error::Error;
use crate::imports::receiving;
use crate::secret;
use crate::state::App;

/// The largest file that is taken, in bytes.
pub const LARGEST: u64 = 50 << 20;
/// What stands in the folder for longer without a record is swept away.
const ORPHANED_AFTER: TimeDelta = TimeDelta::days(1);
/// The folder in which files arrive.
const ARRIVING: &str = "arriving";
/// The longest name that is kept of a file, in letters.
const LONGEST_NAME: usize = 120;

/// What a file is, found from its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Jpeg,
    Png,
    Tiff,
    Docx,
}

/// A file that has arrived whole and lies in its place.
#[derive(Debug)]
pub struct Arrived {
    pub kind: Kind,
    pub file_name: String,
    pub size: u64,
    /// In hexadecimal digits.
    pub sha256: String,
    pub stored_as: String,
    path: PathBuf,
}

/// Why a file was not taken.
#[derive(Debug)]
pub enum Refused {
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// It is none of the kinds, or is cut off.
    Unknown,
    /// It was broken off on its way.
    BrokenOff,
    /// The disk is full or cannot be written.
    Machine(Error),
}

impl Kind {
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// What a file is by its first and last bytes; a document of Word also by what it holds. Nothing where it is cut off.
    pub fn of(file: &mut std::fs::File) -> std::io::Result<Option<Self>> {
        let size = file.seek(SeekFrom::End(0))?;
        let (head, tail) = (part(file, 0, 16)?, part(file, size.saturating_sub(2048), 2048)?);
        let ends_with = |mark: &[u8]| tail.windows(mark.len()).any(|window| window == mark);
        Ok(if head.starts_with(b"%PDF-") && ends_with(b"%%EOF") {
            Some(Self::Pdf)
        } else if head.starts_with(&[0xff, 0xd8, 0xff]) && ends_with(&[0xff, 0xd9]) {
            Some(Self::Jpeg)
        } else if head.starts_with(b"\x89PNG\r\n\x1a\n") && ends_with(b"IEND") {
            Some(Self::Png)
        } else if (head.starts_with(b"II*\0") || head.starts_with(b"MM\0*")) && tiff_is_whole(&head, size) {
            Some(Self::Tiff)
        } else if head.starts_with(b"PK\x03\x04") && ends_with(b"PK\x05\x06") && is_word(file)? {
            Some(Self::Docx)
        } else {
            None
        })
    }
}

impl Arrived {
    /// Takes the file away again: its record could not be entered.
    pub async fn undo(self) {
        // What cannot be removed now is swept away later.
        let _ = tokio::fs::remove_file(self.path).await;
    }
}

/// Reads a file from a form into the folder, whole and safely on disk, or leaves nothing behind.
pub async fn arrive(app: &App, mut field: Field<'_>) -> Result<Arrived, Refused> {
    let file_name = plain_name(field.file_name().unwrap_or_default());
    let folder = app.settings.files.join(ARRIVING);
    tokio::fs::create_dir_all(&folder).await.map_err(machine)?;
    let stored_as = secret::token();
    let arriving = Arriving(folder.join(&stored_as));
    let mut file = tokio::fs::File::create(&arriving.0).await.map_err(machine)?;
    let (mut size, mut hash) = (0_u64, Sha256::new());
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        size += chunk.len() as u64;
        if size > LARGEST {
            return Err(Refused::TooLarge);
        }
        hash.update(&chunk);
        file.write_all(&chunk).await.map_err(machine)?;
    }
    file.flush().await.map_err(machine)?;
    file.sync_all().await.map_err(machine)?;
    drop(file);
    let path = place(&app.settings.files, &stored_as);
    let kind = settle(arriving, path.clone()).await?;
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Arrived { kind, file_name, size, sha256, stored_as, path })
}

/// Where the file with a random name lies; two letters of it name its folder.
pub fn place(folder: &Path, stored_as: &str) -> PathBuf {
    folder.join(stored_as.get(..2).unwrap_or("00")).join(stored_as)
}

/// Where the bytes that a record names lie: those of a list that was brought in, or of an attachment.
pub fn of_record(folder: &Path, stored_as: &str) -> PathBuf {
    match stored_as.parse() {
        Ok(import) => receiving::place(folder, import),
        Err(_) => place(folder, stored_as),
    }
}

/// Deletes what lies in the folder without a record and has lain there for a day. Returns how many files went.
pub async fn sweep(app: &App, now: DateTime<Utc>) -> Result<usize, Error> {
    let known = store::attachments::stored_names(&app.store).await?.into_iter().collect();
    let folder = app.settings.files.clone();
    let swept = tokio::task::spawn_blocking(move || swept(&folder, &known, now - ORPHANED_AFTER));
    let swept = swept.await.map_err(|error| Error::Internal(error.to_string()))?;
    swept.map_err(|error| Error::Internal(format!("sweeping the folder of files: {error}")))
}

/// Deleted when it goes out of hands without having been moved to its place.
struct Arriving(PathBuf);

impl Drop for Arriving {
    fn drop(&mut self) {
        // Gone already where it was moved to its place.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Checks what arrived and moves it to its place, so that it survives a loss of power.
async fn settle(arriving: Arriving, path: PathBuf) -> Result<Kind, Refused> {
    let settled = tokio::task::spawn_blocking(move || {
        let kind = Kind::of(&mut std::fs::File::open(&arriving.0).map_err(machine)?).map_err(machine)?;
        let kind = kind.ok_or(Refused::Unknown)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(machine)?;
            std::fs::rename(&arriving.0, &path).map_err(machine)?;
            std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(machine)?;
        }
        Ok(kind)
    });
    settled.await.map_err(|error| Refused::Machine(Error::Internal(error.to_string())))?
}

fn swept(folder: &Path, known: &std::collections::HashSet<String>, before: DateTime<Utc>) -> std::io::Result<usize> {
    let mut gone = 0;
    let Ok(shelves) = std::fs::read_dir(folder) else {
        return Ok(0);
    };
    for shelf in shelves {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(shelf.path())? {
            let file = file?;
            let changed: DateTime<Utc> = file.metadata()?.modified()?.into();
            let is_random = file.file_name().to_str().is_some_and(is_random);
            let is_known = file.file_name().to_str().is_some_and(|name| known.contains(name));
            if is_random && !is_known && changed < before {
                std::fs::remove_file(file.path())?;
                gone += 1;
            }
        }
    }
    Ok(gone)
}

/// Whether a name is one of those given here; nothing else in the folder is touched.
fn is_random(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The last part of the name under which a file came, without what no name should hold.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
    match plain.trim().trim_start_matches('.') {
        "" => "tep".to_owned(),
        plain => plain.to_owned(),
    }
}

fn part(file: &mut std::fs::File, from: u64, length: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether the directory that the head points to lies inside the file.
fn tiff_is_whole(head: &[u8], size: u64) -> bool {
    let Some(bytes) = head.get(4..8).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok()) else {
        return false;
    };
    let first = if head[0] == b'I' { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
    first >= 8 && u64::from(first) + 2 <= size
}

/// Whether an archive is a document of Word without macros: its table of contents names the one and not the other.
fn is_word(file: &mut std::fs::File) -> std::io::Result<bool> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    Ok(holds(b"word/document.xml") && holds(b"[Content_Types].xml") && !holds(b"vbaProject.bin"))
}

fn broken(error: &axum::extract::multipart::MultipartError) -> Refused {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Refused::TooLarge,
        _ => Refused::BrokenOff,
    }
}

fn machine(error: std::io::Error) -> Refused {
    Refused::Machine(match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::Full,
        _ => Error::Internal(format!("the folder of files: {error}")),
    })
}

#[cfg(test)]
mod tests {
    use super::{is_random, plain_name};

    #[test]
    fn a_name_that_climbs_or_hides_is_only_its_last_part() {
        let names =
            ["../../etc/passwd", "C:\\Users\\mai\\qd.pdf", "..", ".ẩn", "a\u{0}b\n.pdf", "", "Quyết định 12.pdf"];
        let plain = names.map(plain_name);
        assert_eq!(plain, ["passwd", "qd.pdf", "tep", "ẩn", "ab.pdf", "tep", "Quyết định 12.pdf"]);
        assert_eq!(plain_name(&"ă".repeat(500)).chars().count(), 120);
    }

    #[test]
    fn only_names_given_here_are_swept() {
        assert!(is_random(&"0f".repeat(32)));
        assert!(!is_random("README") && !is_random(&"0g".repeat(32)));
    }
}
