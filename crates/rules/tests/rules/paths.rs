//! Ways to an honour over the law of the repository: those that the cases write down, and how they are told.

use rules::ask::Verdict;
use rules::explain::Refusal;
use rules::facts::Facts;
use rules::law::Law;
use rules::path::moves::Move;
use rules::path::{Depends, Options, Path, find};

use crate::files;

/// An officer since 2010 whose record is whole and who was graded “hoàn thành” in 2024 and 2025.
fn tuan() -> Facts {
    let complete = ["grades", "titles", "awards", "initiatives", "disciplines", "holds", "posts", "leave"];
    let complete: Vec<String> = complete.iter().map(|kind| format!("\"{kind}\": [[2010, 2026]]")).collect();
    let text = format!(
        r#"{{"subject":"ca-nhan","group":"cong-chuc","born":"1985-05-01","recruited":"2010-01-04","complete":{{{}}},
        "grades":[{{"year":2024,"grade":"hoan-thanh"}},{{"year":2025,"grade":"hoan-thanh"}}]}}"#,
        complete.join(",")
    );
    serde_json::from_str(&text).expect("facts")
}

fn way(law: &Law, award: &str, facts: &Facts, years: u32) -> Path {
    let on = "2026-09-01".parse().expect("a day");
    find(law, award, facts, on, &Options { years, ..Options::default() }).expect("a path")
}

/// The steps of the soonest way, each as its year, its Vietnamese words and on whom it depends.
fn steps(path: &Path) -> Vec<(i32, &str, Depends)> {
    path.ways[0].steps.iter().map(|step| (step.year, step.words.vi.as_str(), step.depends)).collect()
}

/// An officer of the army whose record is whole since 2020, with some years and titles before.
const QUAN: &str = r#"{"subject":"ca-nhan","group":"luc-luong-vu-trang","born":"1990-05-01","recruited":"2012-01-04",
    "complete":{"grades":[[2020,2026]],"titles":[[2020,2026]],"awards":[[2020,2025]],"initiatives":[[2020,2025]],
    "disciplines":[[2020,2026]],"holds":[[2020,2025]],"posts":[[2020,2025]],"leave":[[2020,2026]]},
    "grades":[{"year":2021,"grade":"tot"},{"year":2022,"grade":"xuat-sac"},{"year":2023,"grade":"hoan-thanh"},
    {"year":2024,"grade":"xuat-sac"},{"year":2025,"grade":"tot"}],
    "titles":[{"award":"chien-si-tien-tien","year":2020},{"award":"chien-si-thi-dua-co-so","year":2020},
    {"award":"chien-si-tien-tien","year":2024}]}"#;

#[test]
fn a_way_of_the_armed_forces_is_looked_for_to_its_end_within_what_a_page_looks_at() {
    let (law, quan) = (files::nation(), serde_json::from_str::<Facts>(QUAN).expect("facts"));
    let on = "2025-12-31".parse().expect("a day");
    let options = Options { limit: 40_000, ..Options::default() };
    let path = find(&law, "huan-chuong-lao-dong-nhi", &quan, on, &options).expect("a path");
    assert!(path.exact, "{} records", path.looked);
}

#[test]
fn an_honour_that_cannot_be_asked_for_is_refused_as_the_explainer_refuses_it() {
    let law = files::nation();
    let on = "2026-09-01".parse().expect("a day");
    let refused = |award: &str| find(&law, award, &tuan(), on, &Options::default()).expect_err("a refusal");
    assert_eq!(refused("co-thi-dua-bo"), Refusal::WrongSubject { award: "co-thi-dua-bo".to_owned() });
    assert!(matches!(refused("chien-si"), Refusal::UnknownAward { .. }));
}

#[test]
fn where_the_years_do_not_suffice_there_is_no_way_and_it_is_said_what_stands_in_it() {
    let law = files::nation();
    let path = way(&law, "chien-si-thi-dua-bo", &tuan(), 2);
    assert_eq!((path.ways.len(), path.exact, path.until), (0, true, 2028));
    assert_eq!(path.blocking[0].what.vi, "còn thiếu 03 lần liên tục đạt Chiến sĩ thi đua cơ sở");
}

#[test]
fn a_search_that_hits_its_limit_says_so() {
    let law = files::nation();
    let on = "2026-09-01".parse().expect("a day");
    let options = Options { limit: 5, ..Options::default() };
    let path = find(&law, "chien-si-thi-dua-bo", &tuan(), on, &options).expect("a path");
    assert_eq!((path.ways.len(), path.exact), (0, false));
}

#[test]
fn a_title_of_the_unit_takes_a_good_year_and_an_initiative() {
    let law = files::nation();
    let path = way(&law, "chien-si-thi-dua-co-so", &tuan(), 5);
    assert_eq!(
        steps(&path),
        [
            (2026, "Hoàn thành tốt nhiệm vụ trở lên", Depends::OwnWork),
            (2026, "Có sáng kiến được công nhận, có hiệu quả trong phạm vi cấp cơ sở", Depends::Council),
            (2026, "Được tặng Chiến sĩ thi đua cơ sở", Depends::Council),
        ]
    );
    let served = |place: usize| -> Vec<&str> {
        path.ways[0].steps[place].serves.iter().map(|served| served.condition.as_str()).collect()
    };
    assert_eq!(served(0), ["chien-si-thi-dua-co-so/hang-nam/lao-dong-tien-tien"]);
    assert_eq!(served(1), ["chien-si-thi-dua-co-so/hang-nam/sang-kien"]);
    assert_eq!(path.earliest_under, Some("2026-09-30".parse().expect("a day")));
    assert_eq!(path.ways[0].verdict, Verdict::Met);
}

#[test]
fn every_honour_on_a_way_is_granted_by_the_explainer_over_what_came_before() {
    let law = files::nation();
    let path = way(&law, "bang-khen-thu-tuong", &tuan(), 8);
    let years: Vec<(String, i32)> = path.ways[0]
        .steps
        .iter()
        .filter_map(|step| match &step.what {
            Move::Title { award, year, .. } => Some((award.clone(), *year)),
            Move::Award { award, .. } => Some((award.clone(), step.year)),
            _ => None,
        })
        .collect();
    assert_eq!(years.iter().filter(|(award, _)| award == "chien-si-thi-dua-co-so").count(), 3);
    assert_eq!(
        &years[years.len() - 2..],
        [("bang-khen-bo".to_owned(), 2031), ("bang-khen-thu-tuong".to_owned(), 2031)]
    );
}

#[test]
fn the_ways_that_the_cases_write_down_come_out_as_written() {
    let law = files::nation();
    let files = files::all();
    let cases = rules::path::case::read(&files::pairs(&files)).unwrap_or_else(|faults| panic!("{faults:?}"));
    let mut failed = Vec::new();
    for case in &cases {
        for difference in rules::path::case::run(&law, case).differences {
            failed.push(format!("{}:{}: {}: {}", case.file, case.line, case.name, difference.en));
        }
    }
    assert!(!cases.is_empty() && failed.is_empty(), "{} cases:\n{}", cases.len(), failed.join("\n"));
}
