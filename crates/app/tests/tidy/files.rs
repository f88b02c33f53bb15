//! Every file says what it holds, is short enough to be read, and leaves nothing half done.

use crate::tree::{Source, sources};

const LONGEST: usize = 500;

/// Marks that no source may hold, put together here so that this file does not hold them either.
const FORBIDDEN: [&str; 4] =
    [concat!("#[ign", "ore"), concat!("#[al", "low"), concat!("#![al", "low"), concat!("unim", "plemented!")];

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    let long = sources("", &[".rs", ".js", ".html"]).into_iter().filter(|file| file.text.lines().count() > LONGEST);
    assert_eq!(paths(long), Vec::<String>::new());
}

#[test]
fn the_first_line_of_a_file_says_what_it_holds() {
    let starts = [(".rs", "//! "), (".js", "// "), (".css", "/* "), (".ftl", "# "), (".py", "\"\"\"")];
    for (end, start) in starts {
        let silent = sources("", &[end]).into_iter().filter(|file| !file.text.starts_with(start));
        assert_eq!(paths(silent), Vec::<String>::new(), "these do not begin with {start:?}");
    }
}

#[test]
fn nothing_is_skipped_allowed_or_left_undone() {
    let mut found = Vec::new();
    for file in sources("crates", &[".rs"]) {
        let marks = FORBIDDEN.iter().filter(|mark| file.text.contains(*mark));
        found.extend(marks.map(|mark| format!("{}: {mark}", file.path)));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_note_of_work_to_do_says_why_it_waits() {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut bare = Vec::new();
    for file in sources("", &[".rs", ".js", ".html", ".css", ".ftl", ".py", ".toml"]) {
        for line in file.text.lines() {
            let notes = words.iter().filter_map(|word| line.split_once(word));
            bare.extend(
                notes
                    .filter(|(_, rest)| !rest.starts_with(": ") || rest.len() < 20)
                    .map(|_| format!("{}: {line}", file.path)),
            );
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}

fn paths(files: impl Iterator<Item = Source>) -> Vec<String> {
    files.map(|file| file.path).collect()
}
