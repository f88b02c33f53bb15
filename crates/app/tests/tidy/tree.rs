//! The sources of the project as the tidy tests read them.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold nothing of ours.
const NOT_OURS: [&str; 8] = [".git", "target", "var", ".venv", "node_modules", "vendor", "fonts", "__pycache__"];

/// One file of ours with its text.
pub struct Source {
    /// From the root of the project, with slashes.
    pub path: String,
    pub text: String,
}

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the root of the project")
}

/// Every file of ours under a folder whose name ends in one of `ends`, in the order of their paths; minified ones are not ours.
pub fn sources(folder: &str, ends: &[&str]) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    found.sort();
    let ours = found.into_iter().filter_map(|file| {
        let path = file.strip_prefix(&root).expect("a file of the project").to_str().expect("a path").to_owned();
        let wanted = ends.iter().any(|end| path.ends_with(end)) && !path.contains(".min.");
        wanted.then(|| Source { text: fs::read_to_string(&file).expect("a text"), path })
    });
    ours.collect()
}

/// The places where `mark` stands in a text, as the text that follows it up to the next quotation mark.
pub fn quoted_after<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Whatever stands between two quotation marks of a line: string literals, and some of what lies between them.
pub fn literals(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split('"').skip(1)).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let entry = entry.expect("an entry of a folder");
        let name = entry.file_name();
        if NOT_OURS.iter().any(|other| name == *other) {
            continue;
        }
        if entry.file_type().expect("a type of file").is_dir() {
            walk(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}
