//! The raw records that the rules read, one file a column, for other engines: numbers in little endian, sorted by person.

use std::collections::BTreeMap;
use std::fs::{File, create_dir_all};
use std::io::{BufWriter, Write};
use std::path::Path;

use bench::people::CONFIRMED;
use bench::{SEED, day, people};
use chrono::Datelike;
use rayon::prelude::*;
use rules::facts::{Day, Facts};

/// How many people are made at once.
const CHUNK: u64 = 50_000;
/// The day of what has not ended.
const OPEN: i32 = i32::MAX;

const TITLES: [&str; 2] = ["chien-si-thi-dua-co-so", "chien-si-thi-dua-bo"];
const AWARDS: [&str; 3] = ["bang-khen-bo", "bang-khen-thu-tuong", "huan-chuong-lao-dong-ba"];
const POSTS: [&str; 2] = ["vu-truong", "pho-vu-truong"];

/// The bytes of each column, by `table.column.type`.
#[derive(Default)]
struct Columns(BTreeMap<&'static str, Vec<u8>>);

impl Columns {
    fn put<const N: usize>(&mut self, column: &'static str, bytes: [u8; N]) {
        self.0.entry(column).or_default().extend_from_slice(&bytes);
    }
}

/// Writes so many people into a folder.
pub fn export(count: u64, folder: &Path) {
    create_dir_all(folder).expect("a folder");
    let mut files: BTreeMap<&str, BufWriter<File>> = BTreeMap::new();
    // Two chunks at a time, so that both cores make people; written in order.
    let chunks: Vec<u64> = (0..count).step_by(CHUNK as usize).collect();
    for pair in chunks.chunks(2) {
        let made: Vec<Columns> = pair.par_iter().map(|first| columns(*first..count.min(first + CHUNK))).collect();
        for (column, bytes) in made.into_iter().flat_map(|columns| columns.0) {
            let open = || BufWriter::new(File::create(folder.join(column)).expect("a file"));
            files.entry(column).or_insert_with(open).write_all(&bytes).expect("room on the disk");
        }
    }
    for file in files.values_mut() {
        file.flush().expect("room on the disk");
    }
    File::create(folder.join("whole")).expect("a file");
}

fn columns(numbers: std::ops::Range<u64>) -> Columns {
    let mut columns = Columns::default();
    for number in numbers {
        let facts = people::person(SEED, number, day());
        yearly(&mut columns, number as u32, &facts);
        dated(&mut columns, number as u32, &facts);
    }
    columns
}

/// A day as days since 1970.
fn days(day: Day) -> [u8; 4] {
    (day - Day::default()).num_days().to_le_bytes()[..4].try_into().expect("four bytes")
}

fn end(day: Option<Day>) -> [u8; 4] {
    day.map_or(OPEN.to_le_bytes(), days)
}

fn year(year: i32) -> [u8; 2] {
    (year as i16).to_le_bytes()
}

fn place(list: &[&str], id: &str) -> Option<[u8; 1]> {
    list.iter().position(|known| *known == id).map(|place| [place as u8])
}

fn yearly(columns: &mut Columns, number: u32, facts: &Facts) {
    let person = number.to_le_bytes();
    columns.put("people.person.u4", person);
    columns.put("people.sex.u1", [facts.sex.map_or(0, |sex| sex as u8)]);
    columns.put("people.grp.u1", [facts.group.map_or(0, |group| group as u8)]);
    for fact in &facts.grades {
        columns.put("grades.person.u4", person);
        columns.put("grades.year.i2", year(fact.year));
        columns.put("grades.grade.u1", [fact.grade as u8]);
    }
    for fact in &facts.titles {
        // Nothing asked reads the other titles.
        let Some(award) = place(&TITLES, &fact.award) else { continue };
        columns.put("titles.person.u4", person);
        columns.put("titles.award.u1", award);
        columns.put("titles.year.i2", year(fact.year));
        columns.put("titles.decided_year.i2", year(fact.decided.map_or(fact.year, |day| day.year())));
    }
    for fact in &facts.initiatives {
        columns.put("initiatives.person.u4", person);
        columns.put("initiatives.year.i2", year(fact.year));
        columns.put("initiatives.sort.u1", [fact.sort as u8]);
        columns.put("initiatives.scope.u1", [fact.scope as u8]);
        columns.put("initiatives.used.u1", [u8::from(!fact.used_for.is_empty())]);
    }
}

fn dated(columns: &mut Columns, number: u32, facts: &Facts) {
    let person = number.to_le_bytes();
    for fact in &facts.awards {
        columns.put("awards.person.u4", person);
        columns.put("awards.award.u1", place(&AWARDS, &fact.award).expect("one of the awards"));
        columns.put("awards.decided.i4", days(fact.decided));
        columns.put("awards.last_year.i2", year(fact.period.expect("a period").1));
        columns.put("awards.kind.u1", [fact.kind.expect("a kind") as u8]);
    }
    for fact in &facts.disciplines {
        columns.put("disciplines.person.u4", person);
        columns.put("disciplines.from_year.i2", year(fact.from.year()));
        columns.put("disciplines.to_year.i2", year(fact.to.expect("an end").year()));
        columns.put("disciplines.to_day.i4", end(fact.to));
    }
    for fact in &facts.holds {
        columns.put("holds.person.u4", person);
        columns.put("holds.from_day.i4", days(fact.from));
        columns.put("holds.to_day.i4", end(fact.to));
    }
    for fact in &facts.posts {
        let until = fact.to.and_then(|to| to.succ_opt()).unwrap_or_else(day);
        let months = |day: Day| day.year() * 12 + day.month0() as i32;
        columns.put("posts.person.u4", person);
        columns.put("posts.post.u1", place(&POSTS, &fact.post).expect("one of the posts"));
        columns.put("posts.months.i2", ((months(until) - months(fact.from)) as i16).to_le_bytes());
    }
    for fact in &facts.attested {
        let condition = CONFIRMED.iter().position(|(id, ..)| *id == fact.condition).expect("one of the conditions");
        columns.put("attested.person.u4", person);
        columns.put("attested.condition.u1", [condition as u8]);
        columns.put("attested.value.u1", [u8::from(fact.value)]);
        columns.put("attested.on_day.i4", days(fact.on));
    }
}
