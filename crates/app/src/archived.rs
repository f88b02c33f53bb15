//! A backup as the source of a verification: its tables unpacked into a folder, its files weighed on the way.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Write};
use std::path::Path;

use serde_json::Value;
use store::journal::note::VerifierKey;
use store::verify::finding::{Finding, Kind};
use store::verify::ndjson::NdjsonSource;
use store::verify::{Report, verify};
use uuid::Uuid;

use crate::backup::read::{Entry, read};
use crate::backup::{Trouble, Weighed};
use crate::session::OFFICE;

/// What was seen of a backup while its tables were unpacked.
#[derive(Default)]
struct Seen {
    /// Attachments by the name under which their bytes are stored: the record and the hash it keeps.
    attachments: BTreeMap<String, (Uuid, String)>,
    /// The hash of each file.
    files: BTreeMap<String, String>,
}

/// Verifies a backup without any database. `folder` is made, filled with its tables, and gone again at the end.
///
/// An entry that is not what the manifest says does not end it: what was altered in it is looked for record by record.
pub async fn verified(
    path: &Path,
    folder: &Path,
    keys: &[VerifierKey],
    since: Option<&str>,
) -> Result<Report, Trouble> {
    fs::create_dir_all(folder)?;
    let found = unpacked(path, folder, keys, since).await;
    fs::remove_dir_all(folder)?;
    found
}

async fn unpacked(path: &Path, folder: &Path, keys: &[VerifierKey], since: Option<&str>) -> Result<Report, Trouble> {
    let mut seen = Seen::default();
    let entries = read(path, &mut async |entry: Entry<'_>| seen.take(entry, folder)).await;
    let differs = match entries {
        Ok(_) => None,
        Err(Trouble::Differs(entry)) => Some(entry),
        Err(trouble) => return Err(trouble),
    };
    let tables = folder.to_owned();
    let open = move |table: &str| match File::open(tables.join(table)) {
        Ok(file) => Ok(Some(Box::new(BufReader::new(file)) as Box<_>)),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(why),
    };
    let mut source = NdjsonSource::new(Box::new(open), OFFICE);
    let mut report = verify(&mut source, OFFICE, keys, since).await?;
    let entry = differs.map(|entry| Finding { table: Some(entry), ..Finding::of(Kind::EntryChanged) });
    for finding in seen.altered().chain(entry) {
        report.found += 1;
        report.findings.push(finding);
    }
    Ok(report)
}

impl Seen {
    fn take(&mut self, entry: Entry<'_>, folder: &Path) -> Result<(), Trouble> {
        match entry {
            Entry::Beginning(_) => {}
            Entry::Rows(table, lines) => {
                OpenOptions::new().create(true).append(true).open(folder.join(table))?.write_all(&lines)?;
                if table == "attachment" {
                    self.attachments.extend(lines.split(|byte| *byte == b'\n').filter_map(attachment));
                }
            }
            Entry::File(name, content) => {
                let mut weighed = Weighed::new(content);
                io::copy(&mut weighed, &mut io::sink())?;
                self.files.insert(name.to_owned(), weighed.sum().sha256);
            }
        }
        Ok(())
    }

    /// Attachments whose bytes are not there, or not those of their record.
    fn altered(&self) -> impl Iterator<Item = Finding> {
        self.attachments.iter().filter_map(|(stored_as, (id, sha256))| {
            let kind = match self.files.get(stored_as) {
                Some(found) if found == sha256 => return None,
                Some(_) => Kind::FileChanged,
                None => Kind::FileMissing,
            };
            Some(Finding { table: Some("attachment".to_owned()), id: Some(*id), ..Finding::of(kind) })
        })
    }
}

fn attachment(line: &[u8]) -> Option<(String, (Uuid, String))> {
    let row: Value = serde_json::from_slice(line).ok()?;
    let text = |column: &str| row[column].as_str().map(str::to_owned);
    Some((text("stored_as")?, (text("id")?.parse().ok()?, text("sha256")?)))
}
