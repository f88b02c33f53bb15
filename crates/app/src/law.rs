//! The law that the binary carries, and law read from a folder or a layer file.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, DirEntry, include_dir};
use rules::law::Law;
use rules::reader::Fault;

use crate::failure::{Failure, Fault as Whose, Place};
use crate::language::Language;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../law");

/// Files as name relative to the folder of the law, and text.
pub type Files = Vec<(String, String)>;

/// The nation's law as this program ships it, read once.
///
/// # Panics
/// If the shipped files do not load, which `vinhdanh law check` and the tests refuse before a release.
pub fn built_in() -> Arc<Law> {
    static LAW: OnceLock<Arc<Law>> = OnceLock::new();
    let law = LAW.get_or_init(|| {
        let loaded = rules::load::load(&pairs(&built_in_files()), &[]);
        Arc::new(loaded.unwrap_or_else(|faults| panic!("the shipped law does not load: {faults:?}")))
    });
    Arc::clone(law)
}

/// The files that the binary carries.
pub fn built_in_files() -> Files {
    let mut files = Vec::new();
    collect(&FILES, &mut files);
    files.sort();
    files
}

/// The TOML files of a folder of law: its own, and those under `awards` and `cases`.
pub fn folder_files(folder: &Path) -> Result<Files, Failure> {
    let mut files = Vec::new();
    for below in ["", "awards", "cases"] {
        let path = folder.join(below);
        if !below.is_empty() && !path.is_dir() {
            continue;
        }
        let entries = std::fs::read_dir(&path).map_err(|error| unreadable(&path, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| unreadable(folder, &error))?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let name = if below.is_empty() { file } else { format!("{below}/{file}") };
                files.push((name, read(&path)?));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The text of a file given on the command line.
pub fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

/// The files as borrowed pairs, as the loader takes them.
pub fn pairs(files: &Files) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// The first of the faults as a failure, with its file and line.
pub fn failure(faults: &[Fault], language: Language) -> Failure {
    let Some(fault) = faults.first() else { return Failure::new(Whose::Input, "cli-law-empty") };
    let place = Place { file: Some(fault.file.clone()), line: Some(fault.line), path: None };
    let failure = Failure::said(Whose::Input, language.pick(&fault.message)).at(place);
    match &fault.hint {
        Some(hint) => failure.hint_said(language.pick(hint)),
        None => failure,
    }
}

fn collect(folder: &Dir<'_>, files: &mut Files) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(below) => collect(below, files),
            DirEntry::File(file) if file.path().extension().is_some_and(|ending| ending == "toml") => {
                let text = file.contents_utf8().unwrap_or_default().to_owned();
                files.push((file.path().to_string_lossy().into_owned(), text));
            }
            DirEntry::File(_) => {}
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Whose::Input, "cli-file-unreadable")
        .word("file", path.display().to_string())
        .word("cause", error.to_string())
}
