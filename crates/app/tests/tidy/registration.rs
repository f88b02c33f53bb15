//! No file of Rust lies beside the others without being part of the program.

use std::collections::BTreeMap;

use crate::tree::sources;

#[test]
fn every_rust_file_is_declared_by_the_module_above_it() {
    let files: BTreeMap<String, String> =
        sources("crates", &[".rs"]).into_iter().map(|file| (file.path, file.text)).collect();
    let lost: Vec<&String> = files.keys().filter(|path| !is_root(path) && !is_declared(path, &files)).collect();
    assert_eq!(lost, Vec::<&String>::new());
}

fn is_root(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = path.rsplit('/').nth(1).unwrap_or_default();
    matches!(name, "main.rs" | "lib.rs" | "build.rs") || matches!(folder, "tests" | "examples" | "bin" | "benches")
}

fn is_declared(path: &str, files: &BTreeMap<String, String>) -> bool {
    let (folder, name) = path.rsplit_once('/').expect("a file in a folder");
    let stem = name.trim_end_matches(".rs");
    // The module that a `mod.rs` holds is declared one folder further up.
    let (folder, stem) = match (stem, folder.rsplit_once('/')) {
        ("mod", Some((above, own))) => (above, own),
        _ => (folder, stem),
    };
    let above =
        [format!("{folder}/mod.rs"), format!("{folder}/main.rs"), format!("{folder}/lib.rs"), format!("{folder}.rs")];
    let line = format!("mod {stem};");
    let declares = |text: &String| {
        text.lines().any(|found| found.trim_start_matches("pub ").trim_start_matches("pub(crate) ") == line)
    };
    above.iter().filter_map(|path| files.get(path)).any(declares)
}
