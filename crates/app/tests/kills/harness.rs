//! Starts something that writes and acknowledges line by line, and kills it at a random moment.
//!
//! The writer is a test of this binary that does nothing unless it is started by [`kill`], or the program itself.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// Names the test that writes, for the process that is started.
const WRITER: &str = "VINHDANH_TEST_WRITER";
/// The word before each acknowledged thing on the standard output.
const DONE: &str = "done ";

/// A generator of numbers that can be told again.
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(seed * 2 + 1)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }
}

/// How many kills there are; an environment variable asks for more.
pub fn kills(usual: u64) -> u64 {
    std::env::var("VINHDANH_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(usual)
}

/// What a writer is told where it is one: the database and whatever else it needs.
pub fn told() -> Option<String> {
    std::env::var(WRITER).ok()
}

/// Tells the process that kills that something is written for good.
pub fn acknowledge(what: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{DONE}{what}").expect("somebody reads");
    out.flush().expect("somebody reads");
}

/// The writer named by the path of its test, such as `steps::writer`.
pub fn writer(test: &str, told: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env(WRITER, told);
    command
}

/// Starts a writer, kills it (SIGKILL) a random while after a random one of its acknowledgements, and returns all of them.
pub fn kill(mut writer: Command, most: u64, draw: &mut Draw) -> Vec<String> {
    let mut running =
        writer.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the writer starts");
    let mut lines = BufReader::new(running.stdout.take().expect("its output")).lines();
    let mut acknowledged = Vec::new();
    let enough = draw.below(most);
    while let Some(Ok(line)) = lines.next() {
        acknowledged.extend(line.strip_prefix(DONE).map(str::to_owned));
        if acknowledged.len() as u64 > enough {
            break;
        }
    }
    // Somewhere in what it does next.
    for _ in 0..draw.below(3_000_000) {
        std::hint::spin_loop();
    }
    running.kill().expect("killed");
    running.wait().expect("its end");
    acknowledged.extend(lines.map_while(Result::ok).filter_map(|line| line.strip_prefix(DONE).map(str::to_owned)));
    acknowledged
}
