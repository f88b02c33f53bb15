//! The program as a test starts it: in a folder of its own, without the settings of whoever runs the test.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use uuid::Uuid;

/// A folder that is gone when the test ends, and the program run in it.
pub struct Program {
    pub folder: PathBuf,
}

/// What one run left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub said: String,
    pub complained: String,
}

impl Program {
    /// A program in an empty folder.
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("vinhdanh-cli-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self { folder }
    }

    /// The program with its arguments, ready to be started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vinhdanh"));
        command.args(arguments).current_dir(&self.folder);
        let named = std::env::vars_os().map(|(name, _)| name);
        for name in named.filter(|name| name.to_string_lossy().starts_with("VINHDANH_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("the program runs"))
    }

    /// Whether a file is in the folder.
    pub fn has(&self, file: &str) -> bool {
        Path::new(&self.folder).join(file).exists()
    }

    /// Writes a file into the folder.
    pub fn write(&self, file: &str, text: &str) {
        std::fs::write(self.folder.join(file), text).expect("a file");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // What cannot be deleted lies in the system's folder for such files.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Ran {
    /// From what the system tells of a process that has ended.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code"),
            said: String::from_utf8(output.stdout).expect("text"),
            complained: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// The error that was told as JSON.
    pub fn error(&self) -> Value {
        let told: Value = serde_json::from_str(&self.complained).expect("JSON on standard error");
        told["error"].clone()
    }
}

/// How many kills there are; an environment variable asks for more.
pub fn kills(usual: u64) -> u64 {
    std::env::var("VINHDANH_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(usual)
}
