//! The tools that read papers back, a folder for each test, and words as they are compared.

use std::path::{Path, PathBuf};
use std::process::Command;

use unicode_normalization::UnicodeNormalization;

/// Set by `./check`: a tool that is not there is then a failure.
const REQUIRED: &str = "VINHDANH_TEST_REQUIRE_PRINTERS";

/// A folder of its own for one test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("the folder of tests can be made");
    folder
}

/// What a tool prints; nothing where it is not there and need not be.
pub fn run(program: &str, arguments: &[&str]) -> Option<String> {
    read(program, Command::new(program).args(arguments))
}

fn read(program: &str, command: &mut Command) -> Option<String> {
    match command.output() {
        Ok(output) => {
            assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Err(error) => {
            assert!(std::env::var_os(REQUIRED).is_none(), "{program}: {error}");
            None
        }
    }
}

/// What LibreOffice prints; it sees the fonts of the program alone, so that a line is as long on every machine.
fn office(folder: &Path, arguments: &[&str]) -> Option<String> {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let known = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>{}</dir>\
         <cachedir>{}</cachedir><alias binding=\"same\"><family>Times New Roman</family><accept><family>Tinos</family>\
         </accept></alias></fontconfig>",
        fonts.display(),
        folder.join("fonts").display(),
    );
    let file = folder.join("fonts.conf");
    std::fs::write(&file, known).expect("the fonts can be named");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    read("soffice", Command::new("soffice").env("FONTCONFIG_FILE", file).arg(profile).args(arguments))
}

/// The text of a PDF in the order in which it is printed.
pub fn text_of_pdf(file: &Path) -> Option<String> {
    run("pdftotext", &["-raw", &file.display().to_string(), "-"])
}

/// The text of a DOCX as LibreOffice reads it.
pub fn text_of_docx(file: &Path) -> Option<String> {
    let folder = file.parent().expect("a file lies in a folder");
    let (out, file_name) = (folder.display().to_string(), file.display().to_string());
    office(folder, &["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", &out, &file_name])?;
    std::fs::read_to_string(file.with_extension("txt")).ok()
}

/// A DOCX as pages, as LibreOffice lays them out.
pub fn pages_of_docx(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().expect("a file lies in a folder").join("pages");
    std::fs::create_dir_all(&folder).expect("the folder of pages can be made");
    let (out, file_name) = (folder.display().to_string(), file.display().to_string());
    office(&folder, &["--headless", "--convert-to", "pdf", "--outdir", &out, &file_name])?;
    Some(folder.join(file.file_name()?).with_extension("pdf"))
}

/// Words after NFC, white space folded; a word that a line's end broke after a dash or a stroke is one again.
pub fn words(text: &str) -> Vec<String> {
    let text: String = text.nfc().collect();
    let mut words: Vec<String> = Vec::new();
    for word in text.trim_start_matches('\u{feff}').split_whitespace() {
        match words.last_mut().filter(|last| last.chars().count() > 1 && last.ends_with(['–', '-', '/'])) {
            Some(last) => last.push_str(word),
            None => words.push(word.to_owned()),
        }
    }
    words
}
