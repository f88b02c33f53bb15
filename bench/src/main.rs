//! Measures the scan and the explainer: `bench scan N` makes N people, builds the snapshot and asks the law.

mod people;

use std::fs;
use std::path::Path;
use std::time::Instant;

use rules::ask::Verdict;
use rules::explain::explain;
use rules::facts::{Day, Subject};
use rules::law::Law;
use rules::scan::rulebook::{Progress, Rulebook};
use rules::scan::snapshot::Snapshot;

/// The law of the repository.
fn nation() -> Law {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../law");
    let mut files = Vec::new();
    for folder in ["", "awards"] {
        for entry in fs::read_dir(root.join(folder)).expect("the law") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let file = path.file_name().expect("a name").to_string_lossy().into_owned();
                let name = if folder.is_empty() { file } else { format!("{folder}/{file}") };
                files.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    rules::load::load(&files, &[]).expect("a sound law")
}

fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let day: Day = "2026-03-15".parse().expect("a day");
    let law = nation();
    let started = Instant::now();
    let mut snapshot = Snapshot::new(day);
    for number in 0..count {
        snapshot.push(&people::person(1, number, day));
    }
    println!("made and packed in {:.2} s, {} bytes each", started.elapsed().as_secs_f64(), snapshot.bytes(Subject::CaNhan) as u64 / count);
    for awards in [vec!["chien-si-thi-dua-bo"], vec!["chien-si-thi-dua-bo", "chien-si-thi-dua-toan-quoc", "bang-khen-bo", "bang-khen-thu-tuong", "huan-chuong-lao-dong-ba"], vec![]] {
        let book = Rulebook::new(&law, &snapshot, Subject::CaNhan, |award| awards.is_empty() || awards.contains(&award.id.as_str()));
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let started = Instant::now();
            let met = pool.install(|| {
                book.run(&Progress::default(), |block| {
                    let mut met = 0_u64;
                    for row in block.rows() {
                        for award in 0..book.awards().count() {
                            met += u64::from(block.answered(award, row).verdict == Verdict::Met);
                        }
                    }
                    met
                })
            });
            let met: u64 = met.expect("done").iter().sum();
            let seconds = started.elapsed().as_secs_f64();
            println!("{:3} honours, {threads} threads: {seconds:.3} s, {:.1} M people/s, {met} met", book.awards().count(), count as f64 / seconds / 1e6);
        }
    }
    for award in law.awards.iter().filter(|award| award.subjects.contains(&Subject::CaNhan)) {
        let book = Rulebook::new(&law, &snapshot, Subject::CaNhan, |known| known.id == award.id);
        let started = Instant::now();
        book.run(&Progress::default(), |block| block.rows().len());
        let seconds = started.elapsed().as_secs_f64();
        if seconds > 0.03 { println!("{}: {seconds:.3} s", award.id); }
    }
    let people: Vec<_> = (0..1000).map(|number| people::person(1, number, day)).collect();
    let started = Instant::now();
    let mut rules = 0;
    for facts in &people {
        for award in law.awards.iter().filter(|award| award.subjects.contains(&Subject::CaNhan)) {
            rules += explain(&law, &award.id, facts, day, None, None).expect("an answer").standards.len();
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("explained: {rules} standards of 1000 people in {seconds:.3} s: {:.0} per s, {:.0} µs a card", rules as f64 / seconds, seconds * 1e3);
}
