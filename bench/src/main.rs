//! Measures the scan and the explainer: `bench rule N`, `bench book N`, `bench explain N`, `bench export N FOLDER`.

mod law;
mod people;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use rules::ask::Verdict;
use rules::explain::explain;
use rules::facts::{Day, Subject};
use rules::law::Law;
use rules::scan::rulebook::{Progress, Rulebook};
use rules::scan::snapshot::{Place, Snapshot};

const SEED: u64 = 1;
/// The five honours of the comparison.
const FIVE: [&str; 5] = [
    "chien-si-thi-dua-bo",
    "chien-si-thi-dua-toan-quoc",
    "bang-khen-bo",
    "bang-khen-thu-tuong",
    "huan-chuong-lao-dong-ba",
];

fn day() -> Day {
    Day::from_ymd_opt(2026, 3, 15).unwrap_or_default()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count: u64 = arguments.get(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    match arguments.first().map(String::as_str) {
        Some("rule") => rule(count),
        Some("book") => book(count),
        Some("explain") => explained(count),
        Some("export") => export(count, Path::new(arguments.get(2).map_or(".", String::as_str))),
        _ => println!("rule N | book N | explain N | export N FOLDER"),
    }
}

/// The snapshot of so many people, with the time it took to make and pack them.
fn snapshot(count: u64) -> Snapshot {
    let started = Instant::now();
    let mut snapshot = Snapshot::new(day());
    for number in 0..count {
        snapshot.push(&people::person(SEED, number, day()));
    }
    let seconds = started.elapsed().as_secs_f64();
    let bytes = snapshot.bytes(Subject::CaNhan) as f64 / count as f64;
    println!("{count} people made and packed in {seconds:.2} s; {bytes:.0} bytes each, names and ids not counted");
    println!("peak memory {:.0} MB", peak());
    snapshot
}

/// The most memory that the process held, in MB, as the system tells it.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

/// Times a question to the whole snapshot on one and on two threads: the best of five runs.
fn time(law: &Law, snapshot: &Snapshot, title: &str, wanted: &[&str]) {
    let book =
        Rulebook::new(law, snapshot, Subject::CaNhan, |award| wanted.is_empty() || wanted.contains(&award.id.as_str()));
    let honours = book.awards().count();
    let count = snapshot.count(Subject::CaNhan) as f64;
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let ask = || {
            let met =
                book.run(&Progress::default(), |block| (0..honours).map(|award| block.count_met(award)).sum::<u64>());
            met.expect("a whole run").iter().sum::<u64>()
        };
        let mut best = f64::MAX;
        let mut met = 0;
        for _ in 0..5 {
            let started = Instant::now();
            met = pool.install(ask);
            best = best.min(started.elapsed().as_secs_f64());
        }
        println!(
            "{title}: {honours} honours, {threads} threads: {best:.4} s, {:.1} M people/s, {met} met",
            count / best / 1e6
        );
    }
}

/// One rule of three conditions, as in the comparison with other engines.
fn rule(count: u64) {
    let snapshot = snapshot(count);
    time(&law::one_rule(), &snapshot, "one rule", &["mot-quy-tac"]);
}

/// Five honours, then every honour of the law of the country.
fn book(count: u64) {
    let snapshot = snapshot(count);
    let law = law::nation();
    time(&law, &snapshot, "five honours", &FIVE);
    time(&law, &snapshot, "every honour", &[]);
    let mut changing = snapshot;
    let started = Instant::now();
    for number in 0..1_000_u32 {
        let facts = people::person(SEED + 1, u64::from(number), day());
        changing.set(Place { subject: Subject::CaNhan, row: number }, &facts);
    }
    println!("one changed record: {:.1} µs", started.elapsed().as_secs_f64() * 1e3);
}

/// Whole cards by the explainer, words included, and by the scan with who is one step short each honour.
fn explained(count: u64) {
    let law = law::nation();
    let people: Vec<_> = (0..count).map(|number| people::person(SEED, number, day())).collect();
    let awards: Vec<&str> =
        law.awards.iter().filter(|it| it.subjects.contains(&Subject::CaNhan)).map(|it| it.id.as_str()).collect();
    let started = Instant::now();
    let mut met = 0;
    for facts in &people {
        for award in &awards {
            met += u64::from(explain(&law, award, facts, day(), None, None).is_ok_and(|it| it.verdict == Verdict::Met));
        }
    }
    let each = started.elapsed().as_secs_f64() / count as f64;
    println!("explainer with words: {:.0} µs a card of {} honours, {met} met", each * 1e6, awards.len());
    let mut snapshot = Snapshot::new(day());
    people.iter().for_each(|facts| {
        snapshot.push(facts);
    });
    let book = Rulebook::new(&law, &snapshot, Subject::CaNhan, |_| true);
    let started = Instant::now();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("threads");
    let blocked = pool.install(|| {
        book.run(&Progress::default(), |block| {
            let rows = block.rows();
            let one = |row: u32| (0..awards.len()).filter(|award| block.is_one_short(*award, row)).count();
            rows.map(one).sum::<usize>()
        })
    });
    let seconds = started.elapsed().as_secs_f64();
    let answers = count as f64 * awards.len() as f64 / seconds / 1e6;
    let conditions: usize = blocked.expect("a whole run").iter().sum();
    println!(
        "scan with who is one step short: {:.1} µs a card, {answers:.2} M answers/s on one thread, {conditions} one step short",
        seconds / count as f64 * 1e6
    );
}

/// Writes the raw records that the one rule reads as CSV, for other engines.
fn export(count: u64, folder: &Path) {
    let (mut people, mut titles, mut initiatives, mut disciplines) = (
        String::from("person\n"),
        String::from("person,year\n"),
        String::from("person,year\n"),
        String::from("person,year\n"),
    );
    for number in 0..count {
        let facts = people::person(SEED, number, day());
        let _ = writeln!(people, "{number}");
        for fact in facts.titles.iter().filter(|fact| fact.award == "chien-si-thi-dua-co-so") {
            let _ = writeln!(titles, "{number},{}", fact.year);
        }
        for fact in &facts.initiatives {
            let _ = writeln!(initiatives, "{number},{}", fact.year);
        }
        for fact in &facts.disciplines {
            let _ = writeln!(disciplines, "{number},{}", chrono::Datelike::year(&fact.from));
        }
    }
    for (name, text) in
        [("people", people), ("titles", titles), ("initiatives", initiatives), ("disciplines", disciplines)]
    {
        std::fs::write(folder.join(name).with_extension("csv"), text).expect("a file");
    }
}
