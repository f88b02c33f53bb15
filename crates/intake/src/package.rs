//! A packed file (XLSX, ODS): its parts, opened one at a time and never unpacked beyond the limits.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;

use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::refusal::{Limits, Refusal};

/// What a broken bound is called inside an input error, so that the reader of a part can tell it from damage.
pub(crate) const TOO_MUCH: &str = "more than the part may hold";

/// The parts of a packed file.
#[derive(Clone)]
pub(crate) struct Package {
    bytes: Arc<[u8]>,
    pub(crate) parts: Vec<Part>,
    limit: u64,
}

/// Where one part lies.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    start: u64,
    packed: u64,
    method: CompressionMethod,
}

/// Bytes of one part, unpacked while they are read.
pub(crate) type Stream = BufReader<Bounded>;

/// Fails when a part yields more than its bound, whatever its directory promises.
pub(crate) struct Bounded {
    inner: Box<dyn Read + Send>,
    left: u64,
}

impl Package {
    /// Reads the directory of a file that was weighed; nothing is unpacked.
    pub(crate) fn open(bytes: Arc<[u8]>, limits: Limits) -> Result<Package, Refusal> {
        let broken = |error: zip::result::ZipError| Refusal::Damaged(error.to_string());
        let mut archive = ZipArchive::new(Cursor::new(bytes.clone())).map_err(broken)?;
        let mut parts = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(broken)?;
            let name = file.name().map_err(broken)?.replace('\\', "/");
            let start = file.data_start().ok_or_else(|| damaged(&name, "no data"))?;
            parts.push(Part { name, start, packed: file.compressed_size(), method: file.compression() });
        }
        Ok(Package { bytes, parts, limit: limits.unpacked })
    }

    pub(crate) fn bytes(&self) -> Arc<[u8]> {
        self.bytes.clone()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.part(name).is_some()
    }

    /// A stream that owns what it reads from.
    pub(crate) fn stream(&self, name: &str) -> Result<Stream, Refusal> {
        let part = self.part(name).ok_or_else(|| damaged(name, "missing"))?;
        let raw = Slice { bytes: self.bytes.clone(), at: part.start, end: part.start.saturating_add(part.packed) };
        let inner: Box<dyn Read + Send> = match part.method {
            CompressionMethod::Stored => Box::new(raw),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(raw)),
            _ => return Err(damaged(name, "unknown compression")),
        };
        Ok(BufReader::with_capacity(64 << 10, Bounded { inner, left: self.limit }))
    }

    /// A small part as text, at most `most` bytes of it.
    pub(crate) fn text(&self, name: &str, most: u64) -> Result<String, Refusal> {
        let mut text = Vec::new();
        let mut stream = self.stream(name)?.take(most);
        stream.read_to_end(&mut text).map_err(|error| damaged(name, error))?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn part(&self, name: &str) -> Option<&Part> {
        let same = |part: &&Part| part.name.eq_ignore_ascii_case(name.trim_start_matches('/'));
        self.parts.iter().find(same)
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other(TOO_MUCH))?;
        Ok(read)
    }
}

/// What an error of reading a part comes to.
pub(crate) fn refusal(part: &str, error: impl ToString) -> Refusal {
    let detail = error.to_string();
    match detail.contains(TOO_MUCH) {
        true => Refusal::Bomb,
        false => damaged(part, detail),
    }
}

/// A part that contradicts itself.
pub(crate) fn damaged(part: &str, why: impl ToString) -> Refusal {
    Refusal::Damaged(format!("{part}: {}", why.to_string()))
}

/// A stretch of shared bytes.
struct Slice {
    bytes: Arc<[u8]>,
    at: u64,
    end: u64,
}

impl Read for Slice {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.end.min(self.bytes.len() as u64);
        let at = self.at.min(end);
        let length = ((end - at) as usize).min(buffer.len());
        buffer[..length].copy_from_slice(&self.bytes[at as usize..at as usize + length]);
        self.at = at + length as u64;
        Ok(length)
    }
}
