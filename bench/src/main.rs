//! Our own numbers: `bench rule N`, `bench book N`, `bench explain N`; `bench export N FOLDER` for other engines.

mod export;

use std::path::Path;

use bench::result::{Asked, Met, Times, best, forget_peak, tell, timed};
use bench::{FIVE, ONE, SEED, day, law, people};
use rayon::prelude::*;
use rules::ask::Verdict;
use rules::explain::explain;
use rules::facts::{Facts, Subject};
use rules::law::{Award, Law};
use rules::scan::reads::Reads;
use rules::scan::records::Records;
use rules::scan::rulebook::{Progress, Rulebook};
use rules::scan::snapshot::{Place, Snapshot};

/// How many people are made before they are put into the tables; making them is not timed.
const CHUNK: u64 = 20_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count: u64 = arguments.get(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    match arguments.first().map(String::as_str) {
        Some("rule") => rule(count),
        Some("book") => book(count),
        Some("explain") => explained(count),
        Some("export") => export::export(count, Path::new(arguments.get(2).map_or(".", String::as_str))),
        _ => println!("rule N | book N | explain N | export N FOLDER"),
    }
}

/// The records of so many people as tables.
fn records(count: u64, keep: fn(Facts) -> Facts) -> Records {
    let mut records = Records::new(Subject::CaNhan);
    for first in (0..count).step_by(CHUNK as usize) {
        let made = (first..count.min(first + CHUNK)).into_par_iter();
        let made: Vec<Facts> = made.map(|number| keep(people::person(SEED, number, day()))).collect();
        made.iter().for_each(|facts| records.push(facts));
    }
    records
}

/// The snapshot of everything that the records tell.
fn snapshot(records: &Records) -> Snapshot {
    let mut snapshot = Snapshot::new(day());
    snapshot.extend(records);
    let people = records.count();
    let bytes = snapshot.bytes(Subject::CaNhan) as f64 / f64::from(people);
    println!("{{\"engine\":\"vinhdanh\",\"people\":{people},\"bytes_a_person\":{bytes:.1}}}");
    snapshot
}

/// Asks the honours of everybody on one and on two threads, of the snapshot and of the records.
fn ask(rules: &str, law: &Law, records: &Records, snapshot: &Snapshot, wanted: &[&str]) {
    let wanted = |award: &Award| wanted.contains(&award.id.as_str());
    let met = everybody(law, snapshot, &wanted);
    let counts: Vec<u64> = met.iter().map(|met| met.count).collect();
    for threads in [1, 2] {
        let (mut asked, times, counted) = timed_on(threads, rules, snapshot, || count_met(law, snapshot, &wanted));
        assert_eq!(counted, counts, "two ways to count");
        tell(asked, times, &met);
        let (_, times, counted) = timed_on(threads, rules, snapshot, || {
            let mut packed = Snapshot::reading(day(), Reads::of(law, day(), Subject::CaNhan, wanted));
            packed.extend(records);
            count_met(law, &packed, &wanted)
        });
        assert_eq!(counted, counts, "from the records");
        asked.from = "records";
        tell(asked, times, &met);
    }
}

/// Asks every honour of the law; nobody else is asked this, so who meets them is not kept.
fn ask_every(law: &Law, snapshot: &Snapshot) {
    // One thread would take minutes for ten million people.
    let few = snapshot.count(Subject::CaNhan) <= 1_000_000;
    for threads in if few { vec![1, 2] } else { vec![2] } {
        let (asked, times, counted) = timed_on(threads, "every", snapshot, || count_met(law, snapshot, &|_| true));
        tell(asked, times, &[Met { count: counted.iter().sum(), digest: 0 }]);
    }
}

/// The best time of a question on so many threads, with what was asked and how many meet each honour.
fn timed_on<'a>(
    threads: usize,
    rules: &'a str,
    snapshot: &Snapshot,
    question: impl Fn() -> Vec<u64> + Sync,
) -> (Asked<'a>, Times, Vec<u64>) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    forget_peak();
    let (times, counted) = best(|| pool.install(&question));
    let people = snapshot.count(Subject::CaNhan) as u64;
    (Asked { engine: "vinhdanh", from: "snapshot", rules, people, threads }, times, counted)
}

/// How many meet each honour: the timed question, with the compiling of the law.
fn count_met(law: &Law, snapshot: &Snapshot, wanted: &dyn Fn(&Award) -> bool) -> Vec<u64> {
    let book = Rulebook::new(law, snapshot, Subject::CaNhan, wanted);
    let honours = book.awards().count();
    let blocks =
        book.run(&Progress::default(), |block| (0..honours).map(|award| block.count_met(award)).collect::<Vec<u64>>());
    let sum = |mut sum: Vec<u64>, block: Vec<u64>| {
        sum.iter_mut().zip(block).for_each(|(sum, count)| *sum += count);
        sum
    };
    let counts = blocks.expect("a whole run").into_iter().fold(vec![0; honours], sum);
    in_order(&book, &counts)
}

/// Who meets each honour, for the comparison of answers.
fn everybody(law: &Law, snapshot: &Snapshot, wanted: &dyn Fn(&Award) -> bool) -> Vec<Met> {
    let book = Rulebook::new(law, snapshot, Subject::CaNhan, wanted);
    let honours = book.awards().count();
    let blocks = book.run(&Progress::default(), |block| {
        let one = |award: usize| {
            let mut met = Met::default();
            let rows = block.rows().filter(|row| block.answered(award, *row).verdict == Verdict::Met);
            rows.for_each(|row| met.add(u64::from(row)));
            met
        };
        (0..honours).map(one).collect::<Vec<Met>>()
    });
    let sum = |sum: Vec<Met>, block: Vec<Met>| sum.iter().zip(block).map(|(sum, met)| sum.and(met)).collect();
    let met: Vec<Met> = blocks.expect("a whole run").into_iter().fold(vec![Met::default(); honours], sum);
    in_order(&book, &met)
}

/// What was found by honour: the five in the order of the comparison, others in that of the law.
fn in_order<T: Copy>(book: &Rulebook<'_>, found: &[T]) -> Vec<T> {
    let ids: Vec<&str> = book.awards().map(|award| award.id.as_str()).collect();
    let places = FIVE.iter().map(|five| ids.iter().position(|id| id == five)).collect::<Option<Vec<usize>>>();
    match places.filter(|places| places.len() == ids.len()) {
        Some(places) => places.into_iter().map(|place| found[place]).collect(),
        None => found.to_vec(),
    }
}

/// One rule of three conditions, over people with the records alone that it reads.
fn rule(count: u64) {
    let records = records(count, people::for_one_rule);
    ask("one", &law::one_rule(), &records, &snapshot(&records), &ONE);
}

/// Five honours, then every honour of the law of the country, over people with all their records.
fn book(count: u64) {
    let records = records(count, |facts| facts);
    let (mut snapshot, law) = (snapshot(&records), law::nation());
    ask("five", &law, &records, &snapshot, &FIVE);
    drop(records);
    ask_every(&law, &snapshot);
    let changes: Vec<Facts> = (0..1_000).map(|number| people::person(SEED + 1, number, day())).collect();
    let (times, ()) = timed(|| {
        for (row, facts) in (0..count as u32).zip(&changes) {
            snapshot.set(Place { subject: Subject::CaNhan, row }, facts);
        }
    });
    let each = times.processor * 1e6 / count.min(1_000) as f64;
    println!("{{\"engine\":\"vinhdanh\",\"people\":{count},\"change_microseconds\":{each:.2}}}");
}

/// The explainer with its words for one person at a time, on one thread.
fn explained(count: u64) {
    let everyone: Vec<Facts> = (0..count).map(|number| people::person(SEED, number, day())).collect();
    let law = law::nation();
    let for_persons = law.awards.iter().filter(|it| it.subjects.contains(&Subject::CaNhan));
    let every: Vec<&str> = for_persons.map(|it| it.id.as_str()).collect();
    let one = law::one_rule();
    let mut snapshot = Snapshot::new(day());
    for facts in &everyone {
        snapshot.push(facts);
    }
    for (rules, law, awards) in [("one", &one, &ONE[..]), ("five", &law, &FIVE[..])] {
        let met = explain_all(rules, law, &everyone, awards);
        let scanned = everybody(law, &snapshot, &|award| awards.contains(&award.id.as_str()));
        assert_eq!(met, scanned, "the explainer and the scan");
    }
    // The whole card of each; the answers of all honours are told together.
    explain_all("every", &law, &everyone[..everyone.len().min(2_000)], &every);
}

fn explain_all(rules: &str, law: &Law, everyone: &[Facts], awards: &[&str]) -> Vec<Met> {
    let (times, met) = best(|| {
        let mut met = vec![Met::default(); awards.len()];
        for (number, facts) in everyone.iter().enumerate() {
            for (award, met) in awards.iter().zip(&mut met) {
                if explain(law, award, facts, day(), None, None).is_ok_and(|it| it.verdict == Verdict::Met) {
                    met.add(number as u64);
                }
            }
        }
        met
    });
    let asked =
        Asked { engine: "vinhdanh explainer", from: "person", rules, people: everyone.len() as u64, threads: 1 };
    tell(asked, times, if rules == "every" { &[] } else { &met });
    met
}
