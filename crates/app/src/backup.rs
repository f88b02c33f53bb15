//! Backups: one `.tar.zst` of every table and every file as they stood at one instant; keys are never in it.

pub mod due;
pub mod read;
pub mod schedule;
pub mod told;
pub mod write;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::archive::Header;
use store::error::StoreError;
use store::journal::hex;

/// The version of the form of a backup.
pub const FORM: u32 = 1;
/// The entry that stands first: what the archive is, so that a wrong one is refused before anything is read.
pub const BEGINNING: &str = "header.json";
/// The entry that stands last: what everything before it must come to.
pub const MANIFEST: &str = "manifest.json";

/// What a backup says of itself before everything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beginning {
    pub form: u32,
    /// The version of the program that made it.
    pub program: String,
    pub made: DateTime<Utc>,
    #[serde(flatten)]
    pub header: Header,
}

/// What a backup holds, by table and by file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    pub tables: BTreeMap<String, TableSum>,
    pub files: BTreeMap<String, FileSum>,
    /// Files that a record names and the folder of files lacked, or held changed.
    pub missing: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableSum {
    pub rows: u64,
    /// Of all its lines, in hexadecimal digits.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileSum {
    /// In bytes.
    pub size: u64,
    /// In hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|table| table.rows).sum()
    }
}

/// Why a backup could not be made or read.
#[derive(Debug)]
pub enum Trouble {
    Store(StoreError),
    /// The disk.
    Disk(io::Error),
    /// The file is no backup, or breaks off.
    NoBackup(String),
    /// A backup of a newer program.
    Newer,
    /// What was read is not what the manifest says; the entry concerned.
    Differs(String),
    /// Another backup into the same folder is under way.
    UnderWay,
    /// A file of this name with another content lies where one of the backup belongs.
    Occupied(String),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NewerSchema { .. } => Self::Newer,
            error => Self::Store(error),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Disk(error) => error.fmt(f),
            Self::NoBackup(why) => write!(f, "not a backup: {why}"),
            Self::Newer => write!(f, "a backup of a newer program"),
            Self::Differs(entry) => write!(f, "{entry} is not what the manifest says"),
            Self::UnderWay => write!(f, "another backup into the same folder is under way"),
            Self::Occupied(name) => write!(f, "another file lies where {name} belongs"),
        }
    }
}

/// A reader that weighs what goes through it.
pub struct Weighed<'r, R: ?Sized> {
    inner: &'r mut R,
    size: u64,
    hash: Sha256,
}

impl<'r, R: ?Sized> Weighed<'r, R> {
    /// Nothing has gone through yet.
    pub fn new(inner: &'r mut R) -> Self {
        Self { inner, size: 0, hash: Sha256::new() }
    }

    /// What has gone through.
    pub fn sum(self) -> FileSum {
        FileSum { size: self.size, sha256: hex(&self.hash.finalize()) }
    }
}

impl<R: Read + ?Sized> Read for Weighed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.size += read as u64;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}
