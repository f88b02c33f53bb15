//! Builds the program again when a file embedded in it is added or removed.

fn main() {
    for folder in ["../../locales", "../../law", "../../demonstration", "assets", "src/pages"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
