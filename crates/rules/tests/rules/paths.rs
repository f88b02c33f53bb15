//! Ways to an honour over the law of the repository, checked by hand.

use rules::facts::Facts;
use rules::path::{Options, find};

use crate::files;

fn tuan() -> Facts {
    let complete = ["grades", "titles", "awards", "initiatives", "disciplines", "holds", "posts", "leave", "registrations"];
    let complete: Vec<String> = complete.iter().map(|kind| format!("\"{kind}\": [[2010, 2026]]")).collect();
    let text = format!(
        r#"{{"subject":"ca-nhan","group":"cong-chuc","born":"1985-05-01","recruited":"2010-01-04","complete":{{{}}},
        "grades":[{{"year":2024,"grade":"hoan-thanh"}},{{"year":2025,"grade":"hoan-thanh"}}]}}"#,
        complete.join(",")
    );
    serde_json::from_str(&text).expect("facts")
}

#[test]
fn scratch() {
    let law = files::nation();
    for award in ["lao-dong-tien-tien", "chien-si-thi-dua-co-so", "chien-si-thi-dua-bo", "bang-khen-bo", "chien-si-thi-dua-toan-quoc", "bang-khen-thu-tuong", "huan-chuong-lao-dong-ba", "huan-chuong-lao-dong-nhi", "huan-chuong-lao-dong-nhat"] {
        let start = std::time::Instant::now();
        let path = find(&law, award, &tuan(), "2026-09-01".parse().expect("a day"), &Options{ years: 25, ..Options::default()}).expect("a path");
        println!("== {award} {:?} exact {} under {:?}", start.elapsed(), path.exact, path.earliest_under);
        for way in &path.ways {
            println!("  -> {} {:?} {:?}", way.day, way.verdict, way.demand);
            for step in &way.steps {
                println!("     {} {:?} {} <- {:?}", step.year, step.depends, step.words.vi, step.serves.iter().map(|s| &s.condition).collect::<Vec<_>>());
            }
            for open in &way.open { println!("     open {} {:?}", open.condition, open.missing.iter().map(|m| &m.what.vi).collect::<Vec<_>>()); }
        }
    }
}
