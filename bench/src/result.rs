//! One measured number as a line of JSON, for the runner that makes the tables.

use std::time::Instant;

use cpu_time::ProcessTime;

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
pub fn tell(asked: Asked<'_>, times: Times, met: &[Met]) {
    let met: Vec<String> = met.iter().map(|met| format!("[{},\"{:016x}\"]", met.count, met.digest)).collect();
    println!(
        "{{\"engine\":\"{}\",\"from\":\"{}\",\"rules\":\"{}\",\"people\":{},\"threads\":{},\"seconds\":{:.6},\"processor\":{:.6},\"peak_mb\":{:.0},\"met\":[{}]}}",
        asked.engine,
        asked.from,
        asked.rules,
        asked.people,
        asked.threads,
        times.clock,
        times.processor,
        peak(),
        met.join(",")
    );
}

/// Seconds by the clock and of the processor.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    pub clock: f64,
    pub processor: f64,
}

impl Times {
    /// Both together.
    pub fn and(self, other: Times) -> Times {
        Times { clock: self.clock + other.clock, processor: self.processor + other.processor }
    }
}

/// How long something takes.
pub fn timed<T>(run: impl FnOnce() -> T) -> (Times, T) {
    let (started, used) = (Instant::now(), ProcessTime::now());
    let result = run();
    (Times { clock: started.elapsed().as_secs_f64(), processor: used.elapsed().as_secs_f64() }, result)
}

/// The best times of up to five runs, fewer where they take longer than ten seconds together, with the last result.
pub fn best<T>(mut run: impl FnMut() -> T) -> (Times, T) {
    let begun = Instant::now();
    let (mut best, mut result) = timed(&mut run);
    let mut count = 1;
    while count < 5 && begun.elapsed().as_secs_f64() < 10.0 {
        let (times, again) = timed(&mut run);
        best = Times { clock: best.clock.min(times.clock), processor: best.processor.min(times.processor) };
        result = again;
        count += 1;
    }
    (best, result)
}

/// From now on the peak memory is that of the question, with what is held for it.
pub fn forget_peak() {
    // Where the system does not allow it, the making of the people counts as well.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that the process held, in MB, as the system tells it.
pub fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
