//! No text makes the readers of the law, of cases, of layers and of facts stumble: it is read, or refused with a reason.

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rules::explain::explain;
use rules::facts::{Day, Facts, Subject};
use rules::law::Law;
use rules::load::load;
use rules::path::{Options, find};
use rules::{cases, facts_check, path};

use crate::files;

/// How many inputs each test makes up; an environment variable asks for more.
fn generated(usual: u32) -> Config {
    let asked = std::env::var("VINHDANH_GENERATED").ok().and_then(|many| many.parse().ok());
    Config { cases: asked.unwrap_or(usual), failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
}

/// Runs a check over made-up inputs.
fn over<S: Strategy>(inputs: S, usual: u32, check: impl Fn(S::Value)) {
    let outcome = TestRunner::new(generated(usual)).run(&inputs, |input| {
        check(input);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// The files of the repository, read once.
fn real() -> &'static [(String, String)] {
    static REAL: OnceLock<Vec<(String, String)>> = OnceLock::new();
    REAL.get_or_init(files::all)
}

fn nation() -> &'static Law {
    static NATION: OnceLock<Law> = OnceLock::new();
    NATION.get_or_init(files::nation)
}

/// What a slip of the hand, or an ill will, does to a line.
#[derive(Debug, Clone)]
enum Slip {
    Leave,
    Twice,
    Number(&'static str),
    Day(&'static str),
    Word(&'static str),
    Letter(usize, char),
    Cut(usize),
    Exchange(usize),
}

const NUMBERS: [&str; 8] = ["0", "1", "10000", "10001", "4294967295", "-1", "99999999999999999999", "0x10"];
const DAYS: [&str; 5] = ["0000-01-01", "9999-12-31", "2024-02-30", "2024-01-01T00:00:00Z", "00:00:00"];
const WORDS: [&str; 10] = [
    "[]",
    "{}",
    "\"\"",
    "[[[[]]]]",
    "{ all = [] }",
    "{ not = { not = \"a\" } }",
    "true",
    "\"1/0\"",
    "\"9/4294967295\"",
    "nan",
];

fn slip() -> impl Strategy<Value = (prop::sample::Index, Slip)> {
    let slip = prop_oneof![
        Just(Slip::Leave),
        Just(Slip::Twice),
        prop::sample::select(NUMBERS.to_vec()).prop_map(Slip::Number),
        prop::sample::select(DAYS.to_vec()).prop_map(Slip::Day),
        prop::sample::select(WORDS.to_vec()).prop_map(Slip::Word),
        (0..80_usize, any::<char>()).prop_map(|(at, letter)| Slip::Letter(at, letter)),
        (0..80_usize).prop_map(Slip::Cut),
        (0..400_usize).prop_map(Slip::Exchange),
    ];
    (any::<prop::sample::Index>(), slip)
}

/// A text with slips in some of its lines.
fn slipped(text: &str, slips: &[(prop::sample::Index, Slip)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (index, slip) in slips.iter().filter(|_| !text.is_empty()) {
        let at = index.index(lines.len());
        let value = |new: &str| lines[at].split_once('=').map(|(key, _)| format!("{key}= {new}"));
        let digits = |new: &str| {
            let kept: String =
                lines[at].chars().map(|letter| if letter.is_ascii_digit() { '\0' } else { letter }).collect();
            let first = kept.split('\0').next().unwrap_or_default().to_owned();
            let rest = kept.trim_start_matches(first.as_str()).trim_start_matches('\0').replace('\0', "1");
            if kept.contains('\0') { Some(first + new + &rest) } else { None }
        };
        match slip {
            Slip::Leave => lines[at].clear(),
            Slip::Twice => lines[at] = format!("{0}\n{0}", lines[at]),
            Slip::Number(new) => lines[at] = digits(new).unwrap_or_else(|| (*new).to_owned()),
            Slip::Day(new) | Slip::Word(new) => lines[at] = value(new).unwrap_or_else(|| (*new).to_owned()),
            Slip::Letter(place, letter) => {
                let kept: Vec<char> = lines[at].chars().collect();
                let place = place.min(&kept.len()).to_owned();
                lines[at] = kept[..place].iter().chain([letter]).chain(&kept[place..]).collect();
            }
            Slip::Cut(place) => lines[at] = lines[at].chars().take(*place).collect(),
            Slip::Exchange(other) => {
                let other = other % lines.len();
                lines.swap(at, other);
            }
        }
    }
    lines.join("\n")
}

/// A few honours that ask for no others than themselves, with what they rest on.
fn few(changed: usize, slips: &[(prop::sample::Index, Slip)]) -> Vec<(String, String)> {
    const NAMES: [&str; 7] = [
        "documents.toml",
        "transitions.toml",
        "base-salary.toml",
        "calendar.toml",
        "posts.toml",
        "awards/lao-dong-tien-tien.toml",
        "awards/chien-si-thi-dua-co-so.toml",
    ];
    let kept =
        real().iter().filter(|(name, _)| NAMES.contains(&name.as_str()) || name.ends_with("chien-si-tien-tien.toml"));
    let kept = kept.filter(|(name, _)| !name.starts_with("cases/")).enumerate();
    let slipped = kept.map(|(place, (name, text))| {
        (name.clone(), if place == changed % 8 { slipped(text, slips) } else { text.clone() })
    });
    slipped.collect()
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// A person of whom a good deal is known.
fn nga() -> Facts {
    let text = r#"{"subject":"ca-nhan","sex":"nu","group":"cong-chuc","born":"1985-05-01","recruited":"2010-01-04",
        "complete":{"titles":[[2010,2026]],"leave":[[2010,2026]],"holds":[[2010,2026]],"disciplines":[[2010,2026]]},
        "grades":[{"year":2024,"grade":"tot"},{"year":2025,"grade":"xuat-sac"}],
        "titles":[{"award":"chien-si-thi-dua-co-so","year":2024}],
        "leave":[{"kind":"dao-tao","from":"2024-01-01","to":"2025-06-01"}],
        "posts":[{"post":"vu-truong","from":"2012-01-01"}]}"#;
    facts_check::parse(nation(), text).expect("facts")
}

/// Whether what is read is asked as well, which takes longer than to read it.
fn asked() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.2)
}

/// Asks everything of a subject that can be asked.
fn ask_all(law: &Law, facts: &Facts, on: Day) {
    let options = Options { years: 3, limit: 40, ..Options::default() };
    for award in law.awards.iter().filter(|award| award.subjects.contains(&facts.subject)) {
        explain(law, &award.id, facts, on, None, None).expect("an answer");
        explain(law, &award.id, facts, on, on.pred_opt(), None).expect("an answer");
        rules::bonus::amount(law, &award.id, on, facts.subject);
        find(law, &award.id, facts, on, &options).expect("a path");
    }
}

#[test]
fn any_text_is_a_file_of_the_law_or_refused() {
    let named =
        prop::sample::select(vec!["documents.toml", "awards/a.toml", "posts.toml", "principles.toml", "x.toml"]);
    over((named, "\\PC{0,200}"), 2_000, |(name, text)| {
        let _ = load(&[(name, &text)], &[("layer.toml", &text)]);
        let _ = cases::read(&[("cases/a.toml", &text)]);
        let _ = path::case::read(&[("cases/a.toml", &text)]);
    });
}

#[test]
fn a_law_with_slips_is_read_or_refused_and_what_is_read_answers() {
    let slips = prop::collection::vec(slip(), 1..4);
    let (nga, days) = (nga(), prop::sample::select(vec!["2019-03-01", "2024-02-01", "2026-11-20"]));
    over((0..8_usize, slips, days, asked()), 4_000, |(changed, slips, on, asked)| {
        let files = few(changed, &slips);
        let law = load(&files::pairs(&files), &[]);
        if let (Ok(law), true) = (law, asked) {
            ask_all(&law, &nga, day(on));
        }
    });
}

#[test]
fn a_layer_with_slips_is_read_or_refused() {
    const LAYER: &str = "layer = \"VPCP\"\nvi = \"Quy chế\"\nen = \"Regulation\"\n\n[[value]]\nleaf = \"lao-dong-tien-tien/hang-nam/hoan-thanh-tot\"\nfrom = 2024-10-15\ngrade = \"xuat-sac\"\nsource = { document = \"Q\", article = \"5\" }\nmark = \"V2\"\n\n[[quota]]\naward = \"chien-si-thi-dua-co-so\"\nfrom = 2024-10-15\npercent = 15\nbase_vi = \"tất cả\"\nbase_en = \"all\"\nsource = { document = \"Q\" }\nmark = \"V2\"\n\n[[principle]]\nid = \"them\"\nclasses = [\"danh-hieu\"]\nfrom = 2024-10-15\ncondition = \"no-hold\"\nsource = { document = \"Q\" }\nmark = \"V2\"\n\n[[document]]\nid = \"Q\"\nvi = \"Quy chế\"\nen = \"Regulation\"\nmark = \"V2\"\n";
    let (base, nga) = (few(0, &[]), nga());
    over((prop::collection::vec(slip(), 0..4), asked()), 2_000, |(slips, asked)| {
        let layer = slipped(LAYER, &slips);
        let law = load(&files::pairs(&base), &[("quy-che.toml", &layer)]);
        if let (Ok(law), true) = (law, asked) {
            ask_all(&law, &nga, day("2025-02-01"));
        }
    });
}

#[test]
fn cases_with_slips_are_read_or_refused() {
    let slips = prop::collection::vec(slip(), 1..4);
    let names: Vec<&(String, String)> = real().iter().filter(|(name, _)| name.starts_with("cases/")).collect();
    over((any::<prop::sample::Index>(), slips), 1_000, |(file, slips)| {
        let (name, text) = names[file.index(names.len())];
        let text = slipped(text, &slips);
        if let Ok(cases) = cases::read(&[(name, &text)]) {
            cases.iter().take(3).for_each(|case| {
                cases::run(nation(), case);
            });
        }
        let _ = path::case::read(&[(name, &text)]);
    });
}

const FACTS: &str = r#"{"subject":"ca-nhan","sex":"nu","born":"1985-05-01","group":"cong-chuc","recruited":"2010-01-04",
"complete":{"grades":[[2010,2026]],"titles":[[2010,2026]],"awards":[[2010,2026]]},
"grades":[{"year":2024,"grade":"tot","decided":"2024-12-15"},
{"year":2025,"grade":"xuat-sac"}],
"titles":[{"award":"chien-si-thi-dua-co-so","year":2024,"decided":"2025-01-10"}],
"awards":[{"award":"bang-khen-thu-tuong","decided":"2021-05-10","period":[2016,2020],"kind":"cong-trang"}],
"initiatives":[{"id":"a","year":2024,"sort":"sang-kien","scope":"bo","used_for":["chien-si-thi-dua-co-so"]}],
"disciplines":[{"kind":"khien-trach","from":"2015-01-01","to":"2016-01-01"}],
"holds":[{"kind":"thanh-tra","from":"2019-01-01","to":null}],
"posts":[{"post":"vu-truong","from":"2012-01-01"}],
"leave":[{"kind":"dao-tao","from":"2024-01-01","to":"2025-06-01"}],
"registrations":[2024,2025],
"attested":[{"condition":"giay-khen/phong-trao/phong-trao","value":true,"on":"2025-03-01"}]}"#;

#[test]
fn any_text_is_facts_or_refused() {
    over("\\PC{0,300}", 4_000, |text: String| {
        let _ = facts_check::parse(nation(), &text);
    });
}

#[test]
fn facts_with_slips_are_read_or_refused_and_what_is_read_is_judged() {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), change()), 1..5);
    over((changes, 1990..2060_i32), 2_000, |(changes, year)| {
        let mut text = FACTS.to_owned();
        for (index, change) in changes {
            text = changed(&text, index, &change);
        }
        if let Ok(facts) = facts_check::parse(nation(), &text) {
            ask_some(&facts, Day::from_ymd_opt(year, 3, 1).expect("a day"));
        }
    });
}

/// A number, a day or a letter in the place of another.
#[derive(Debug, Clone)]
enum Change {
    Number(i64),
    Digit(char),
    Letter(char),
    Out(usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        prop_oneof![any::<i64>(), 1900..2100_i64, Just(i64::from(i32::MIN)), Just(i64::from(i32::MAX))]
            .prop_map(Change::Number),
        prop::char::range('0', '9').prop_map(Change::Digit),
        any::<char>().prop_map(Change::Letter),
        (1..40_usize).prop_map(Change::Out),
    ]
}

fn changed(text: &str, index: prop::sample::Index, change: &Change) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return String::new();
    }
    let at = index.index(letters.len());
    let digit = |place: &usize| letters[*place].is_ascii_digit();
    let near = (at..letters.len()).find(digit).unwrap_or(at);
    let end = |from: usize| (from..letters.len()).find(|place| !digit(place)).unwrap_or(letters.len());
    let (from, to, new) = match change {
        Change::Number(number) => (near, end(near), number.to_string()),
        Change::Digit(digit) => (near, (near + 1).min(letters.len()), digit.to_string()),
        Change::Letter(letter) => (at, at + 1, letter.to_string()),
        Change::Out(many) => (at, (at + many).min(letters.len()), String::new()),
    };
    letters[..from].iter().collect::<String>() + &new + &letters[to.max(from)..].iter().collect::<String>()
}

/// Honours with conditions of every kind.
fn ask_some(facts: &Facts, on: Day) {
    let law = nation();
    let names = ["chien-si-thi-dua-bo", "chien-si-thi-dua-toan-quoc", "bang-khen-thu-tuong", "huan-chuong-lao-dong-ba"];
    for award in names.into_iter().filter(|_| facts.subject == Subject::CaNhan) {
        explain(law, award, facts, on, None, None).expect("an answer");
    }
}

#[test]
fn a_tree_or_a_list_without_end_is_refused_with_the_reason() {
    let award = real().iter().find(|(name, _)| name == "awards/lao-dong-tien-tien.toml").expect("an honour");
    let tree = format!("tree = {}\"hoan-thanh-tot\"{}", "{ not = ".repeat(12), " }".repeat(12));
    let text = award.1.replacen("tree = { all = [", &format!("{tree}\n# ["), 1);
    let faults = load(&[(&award.0, &text)], &[]).expect_err("faults");
    assert_eq!(faults[0].message.en, "the tree is too deep");
    let endless = format!("id = {}{}", "[".repeat(50_000), "]".repeat(50_000));
    let faults = load(&[("awards/a.toml", &endless)], &[]).expect_err("faults");
    assert_eq!(faults[0].line, 1);
    let faults = cases::read(&[("cases/a.toml", &endless)]).expect_err("faults");
    assert_eq!(faults.len(), 1);
    let endless = format!("{{\"subject\":{}{}}}", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(facts_check::parse(nation(), &endless).expect_err("a fault").line, Some(1));
}

#[test]
fn what_is_too_large_for_one_person_or_one_file_is_refused() {
    let many = vec!["2024"; 2_001].join(",");
    let fault = facts_check::parse(nation(), &format!("{{\"subject\":\"ca-nhan\",\"registrations\":[{many}]}}"))
        .expect_err("a fault");
    assert_eq!(
        (fault.path.as_str(), fault.message.en.as_str()),
        ("/registrations", "2001 records are too many (2000 at most)")
    );
    let long = format!("# {}", "a".repeat(2 << 20));
    let faults = load(&[("documents.toml", &long)], &[]).expect_err("faults");
    assert_eq!(faults[0].message.en, "the file is too large (1 MB at most)");
    assert_eq!(
        cases::read(&[("cases/a.toml", &long)]).expect_err("faults")[0].message.en,
        "the file is too large (1 MB at most)"
    );
}

#[test]
fn a_day_or_a_year_out_of_all_time_is_refused() {
    let refused = |text: &str| facts_check::parse(nation(), text).expect_err("a fault").path;
    let of = |rest: &str| format!("{{\"subject\":\"ca-nhan\",{rest}}}");
    assert_eq!(refused(&of(r#""born":"-9999-01-01""#)), "/born");
    assert_eq!(refused(&of(r#""holds":[{"kind":"thanh-tra","from":"2020-01-01","to":"9999-12-31"}]"#)), "/holds/0");
    let award =
        r#""awards":[{"award":"bang-khen-thu-tuong","decided":"2021-05-10","period":[-2147483648,-2147483648]}]"#;
    assert_eq!(refused(&of(award)), "/awards/0/period");
}

#[test]
fn numbers_that_would_run_over_are_refused_where_they_stand() {
    let refused = |file: &str, old: &str, new: &str| {
        let (name, text) = real().iter().find(|(name, _)| name == file).expect("a file");
        load(&[(name, &text.replacen(old, new, 1))], &[]).expect_err("faults")[0].message.en.clone()
    };
    let toan_quoc = "awards/chien-si-thi-dua-toan-quoc.toml";
    assert_eq!(refused(toan_quoc, "cycle = 3", "cycle = 4294967295"), "`cycle` must be a whole number from 0 to 10000");
    assert_eq!(refused(toan_quoc, "count = 2", "count = 0"), "`count` must be 1 or more");
    assert_eq!(refused("base-salary.toml", "dong = 10_000", "dong = 0"), "`dong` must be đồng, from 1 to 4294967295");
    let ba = "awards/huan-chuong-lao-dong-ba.toml";
    assert_eq!(refused(ba, "off = \"1/3\"", "off = \"1/4294967295\""), "`off` must be a fraction such as 1/3");
    assert_eq!(refused(ba, "times = \"", "times = \"99999999999999"), "`times` must be a number such as \"1.5\"");
}

/// The file of a title whose one standard asks so many times for that of another.
fn asking(id: &str, other: &str, times: usize) -> (String, String) {
    let names: Vec<String> = (0..times).map(|place| format!("\"a{place}\"")).collect();
    let source = "source = { document = \"06/2022/QH15\", article = \"23\" }\nmark = \"V\"\n";
    let leaf =
        |name: &String| format!("[standard.leaf.{name}]\ncondition = \"meets-award\"\naward = \"{other}\"\n{source}");
    let leaves: String = names.iter().map(leaf).collect();
    let text = format!(
        "id = \"{id}\"\nclass = \"danh-hieu\"\nlevel = \"co-so\"\nsubjects = [\"ca-nhan\"]\norder = 900\n\
         [[name]]\nfrom = 2024-01-01\nvi = \"a\"\nen = \"a\"\n{source}\
         [[standard]]\nid = \"hang-nam\"\nvi = \"a\"\nen = \"a\"\nfrom = 2024-01-01\nsubjects = [\"ca-nhan\"]\n\
         tree = {{ all = [{}] }}\n{leaves}",
        names.join(", ")
    );
    (format!("awards/{id}.toml"), text)
}

/// Titles that ask one for the next, the last for the one of the nation.
fn chain(length: usize, times: usize) -> Result<Law, Vec<rules::reader::Fault>> {
    let next =
        |place: usize| if place + 1 == length { "lao-dong-tien-tien".to_owned() } else { format!("h{}", place + 1) };
    let files: Vec<(String, String)> =
        (0..length).map(|place| asking(&format!("h{place}"), &next(place), times)).chain(few(8, &[])).collect();
    load(&files::pairs(&files), &[])
}

#[test]
fn an_honour_that_asks_without_end_for_others_is_refused() {
    let law = chain(8, 1).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    let (deep, held) = (explain(&law, "h0", &nga(), day("2025-02-01"), None, None), "lao-dong-tien-tien");
    let title = explain(&law, held, &nga(), day("2025-02-01"), None, None).expect("an answer");
    assert_eq!(deep.expect("an answer").verdict, title.verdict, "eight deep is answered as what lies at the bottom");
    for (length, times) in [(9, 1), (8, 10), (2, 200)] {
        let faults = chain(length, times).expect_err("faults");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].message.en, "`h0` asks for too many standards through other honours");
    }
}

#[test]
fn examples_that_take_over_more_than_a_file_can_hold_are_refused() {
    let long = "a".repeat(100_000);
    for table in ["case", "path"] {
        let first = format!(
            "award = \"a\"\n[[{table}]]\nname = \"0\"\non = 2025-01-01\nexpect = \"met\"\nfacts = {{ sex = \"{long}\" }}\n"
        );
        let next = |place: usize| {
            let base = place - 1;
            format!("[[{table}]]\nname = \"{place}\"\nbase = \"{base}\"\non = 2025-01-01\nexpect = \"met\"\n")
        };
        let text: String = std::iter::once(first).chain((1..300).map(next)).collect();
        let faults = match table {
            "case" => cases::read(&[("cases/a.toml", &text)]).expect_err("faults"),
            _ => path::case::read(&[("cases/a.toml", &text)]).expect_err("faults"),
        };
        assert_eq!(faults[0].message.en, "the examples take over too much from each other");
        assert_eq!(faults[0].line, 837);
    }
}

#[test]
fn of_thousands_of_faults_a_hundred_of_a_sort_are_told() {
    let (name, text) = asking("h", "lao-dong-tien-tien", 1);
    let paper = "[[paper]]\nfrom = 2024-01-01\nvi = \"a\"\nen = \"a\"\nsource = { document = \"06/2022/QH16\" }\nmark = \"V\"\n";
    let papers = format!("{text}{}", paper.repeat(5_000));
    let (_, standard) = text.split_once("[[standard]]").expect("a standard");
    let standards = format!("{text}{}", format!("[[standard]]{standard}").repeat(80));
    let told = |text: &str| {
        let files: Vec<(String, String)> = few(8, &[]).into_iter().chain([(name.clone(), text.to_owned())]).collect();
        load(&files::pairs(&files), &[]).expect_err("faults")
    };
    let faults = told(&papers);
    assert_eq!(
        (faults.len(), faults[99].hint.as_ref().map(|hint| hint.en.as_str())),
        (100, Some("write `06/2022/QH15`"))
    );
    assert_eq!(told(&standards).len(), 80, "each overlaps one before it");
}

#[test]
fn a_way_over_thousands_of_initiatives_a_year_is_not_looked_for() {
    let asks = |scope: &str| {
        format!(
            "[standard.leaf.{scope}]\ncondition = \"initiatives\"\ncount = 2000\nscope = \"{scope}\"\n\
             source = {{ document = \"06/2022/QH15\", article = \"23\" }}\nmark = \"V\"\n"
        )
    };
    let (name, text) = asking("h", "lao-dong-tien-tien", 1);
    let text = text.replace("[\"a0\"]", "[\"a0\", \"co-so\", \"bo\"]") + &asks("co-so") + &asks("bo");
    let files: Vec<(String, String)> = few(8, &[]).into_iter().chain([(name, text)]).collect();
    let law = load(&files::pairs(&files), &[]).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    let found = find(&law, "h", &nga(), day("2025-02-01"), &Options::default()).expect("a path");
    assert_eq!((found.exact, found.ways.len()), (false, 0));
}
