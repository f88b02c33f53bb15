//! A file as it comes: streamed to its place, hashed, never larger than allowed.

use std::path::{Path, PathBuf};

use axum::extract::multipart::Field;
use sha2::{Digest, Sha256};
use store::journal::hex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use uuid::Uuid;

/// The largest file that is taken, in bytes.
pub const LARGEST: u64 = 64 << 20;
/// The folder within that of the files.
const FOLDER: &str = "import";

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub struct Received {
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}

/// Why a file did not come.
#[derive(Debug)]
pub enum Broken {
    TooLarge,
    /// The connection broke, or the form is none.
    Cut,
    Machine(std::io::Error),
}

/// Where the file with an id lies.
pub fn place(files: &Path, id: Uuid) -> PathBuf {
    files.join(FOLDER).join(id.to_string())
}

/// Writes a field of a form to the place of an id; nothing stays of a file that did not come whole.
pub async fn receive(files: &Path, id: Uuid, field: Field<'_>) -> Result<Received, Broken> {
    let path = place(files, id);
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(Broken::Machine)?;
    }
    let received = stream(&path, field).await;
    if received.is_err() {
        // What cannot be removed has no row and is never read.
        let _ = tokio::fs::remove_file(&path).await;
    }
    received
}

async fn stream(path: &Path, mut field: Field<'_>) -> Result<Received, Broken> {
    let mut file = tokio::fs::File::create(path).await.map_err(Broken::Machine)?;
    let (mut size, mut hash) = (0_u64, Sha256::new());
    while let Some(chunk) = field.chunk().await.map_err(|_| Broken::Cut)? {
        size += chunk.len() as u64;
        if size > LARGEST {
            return Err(Broken::TooLarge);
        }
        hash.update(&chunk);
        file.write_all(&chunk).await.map_err(Broken::Machine)?;
    }
    file.sync_all().await.map_err(Broken::Machine)?;
    Ok(Received { sha256: hex(&hash.finalize()), size })
}

/// The same for a file of this machine, as the command line brings it in; one too large is not read at all.
pub async fn copy(files: &Path, id: Uuid, from: &Path) -> Result<Received, Broken> {
    let mut source = tokio::fs::File::open(from).await.map_err(Broken::Machine)?;
    if source.metadata().await.map_err(Broken::Machine)?.len() > LARGEST {
        return Err(Broken::TooLarge);
    }
    let path = place(files, id);
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(Broken::Machine)?;
    }
    let mut bytes = Vec::new();
    // It may have grown since it was weighed.
    (&mut source).take(LARGEST + 1).read_to_end(&mut bytes).await.map_err(Broken::Machine)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Broken::TooLarge);
    }
    tokio::fs::write(&path, &bytes).await.map_err(Broken::Machine)?;
    Ok(Received { sha256: hex(&Sha256::digest(&bytes)), size: bytes.len() as u64 })
}
