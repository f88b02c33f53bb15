//! One measured number as a line of JSON, for the runner that makes the tables.

use std::time::Instant;

use crate::people::mixed;

/// Who meets an honour: how many, and the sum of their mixed numbers, the same in whatever order they come.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    pub count: u64,
    pub digest: u64,
}

impl Met {
    /// Adds a person.
    pub fn add(&mut self, person: u64) {
        self.count += 1;
        self.digest = self.digest.wrapping_add(mixed(person));
    }

    /// Both together.
    pub fn and(self, other: Met) -> Met {
        Met { count: self.count + other.count, digest: self.digest.wrapping_add(other.digest) }
    }
}

/// What was asked of whom.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub engine: &'a str,
    /// `records`, `snapshot` or `person`.
    pub from: &'a str,
    /// `one`, `five` or `every`.
    pub rules: &'a str,
    pub people: u64,
    pub threads: usize,
}

/// Prints a measured time with the answers, in the order of the rules.
pub fn tell(asked: Asked<'_>, seconds: f64, met: &[Met]) {
    let met: Vec<String> = met.iter().map(|met| format!("[{},\"{:016x}\"]", met.count, met.digest)).collect();
    println!(
        "{{\"engine\":\"{}\",\"from\":\"{}\",\"rules\":\"{}\",\"people\":{},\"threads\":{},\"seconds\":{seconds:.6},\"peak_mb\":{:.0},\"met\":[{}]}}",
        asked.engine,
        asked.from,
        asked.rules,
        asked.people,
        asked.threads,
        peak(),
        met.join(",")
    );
}

/// The best time of up to five runs, fewer where they take longer than ten seconds together, with the last result.
pub fn best<T>(mut run: impl FnMut() -> T) -> (f64, T) {
    let begun = Instant::now();
    let (mut best, mut times) = (f64::MAX, 0);
    loop {
        let started = Instant::now();
        let result = run();
        best = best.min(started.elapsed().as_secs_f64());
        times += 1;
        if times == 5 || begun.elapsed().as_secs_f64() > 10.0 {
            return (best, result);
        }
    }
}

/// The most memory that the process held, in MB, as the system tells it.
pub fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
