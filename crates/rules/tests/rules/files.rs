//! Reads the files of the law as they stand in the repository.

use std::fs;
use std::path::Path;

use rules::law::Law;
use rules::reader::Fault;

/// Name relative to `law/` and text of every file, in the order of names.
pub fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
    let mut files = Vec::new();
    for folder in ["", "awards", "cases"] {
        for entry in fs::read_dir(root.join(folder)).expect("the folder of the law") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let file = path.file_name().expect("a name").to_string_lossy().into_owned();
                let name = if folder.is_empty() { file } else { format!("{folder}/{file}") };
                files.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    files.sort();
    files
}

/// The files as borrowed pairs.
pub fn pairs(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// The law of the repository.
pub fn nation() -> Law {
    rules::load::load(&pairs(&all()), &[]).unwrap_or_else(|faults| panic!("{}", listed(&faults)))
}

/// Faults one to a line, as the command line prints them.
pub fn listed(faults: &[Fault]) -> String {
    let line = |fault: &Fault| {
        let hint = fault.hint.as_ref().map_or(String::new(), |hint| format!(" — {}", hint.en));
        format!("{}:{}: {}{hint}", fault.file, fault.line, fault.message.en)
    };
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}
