//! What a regulation would change: its rows beside those of the nation, and the answers that would be others.

use rules::ask::Verdict;
use rules::changes::{self, What};
use rules::compare::{Changed, Said, compare};
use rules::facts::Facts;
use rules::law::Law;
use rules::layer::Tier;
use rules::layer_text::{
    Cited, Document, Head, NewCondition, NewQuota, NewValue, case, condition, documents, head, quota, value,
};
use rules::load::load;
use rules::words::Words;

use crate::files;

fn source(article: &str) -> Cited {
    Cited { document: "12/QĐ-VPCP".into(), article: article.into(), ..Cited::default() }
}

/// A regulation as a form writes it: four fifths, a letter in time, a ceiling.
fn written() -> String {
    let mut text = head(&Head {
        id: "QC-VPCP".into(),
        name: Words::new("Quy chế “mới”", "The \"new\" regulation"),
        tier: Tier::Office,
        from: "2025-01-01".parse().expect("a day"),
        document: Document {
            id: "12/QĐ-VPCP".into(),
            name: Words::new("Quyết định số 12/QĐ-VPCP", "Decision 12/QĐ-VPCP"),
            signed: "2024-12-20".parse().expect("a day"),
        },
    });
    let parameters = [("title", "\"lao-dong-tien-tien\""), ("percent", "80"), ("above", "false")];
    text += &value(&NewValue {
        leaf: "tap-the-lao-dong-tien-tien/hang-nam/ty-le".into(),
        from: "2025-01-01".parse().expect("a day"),
        parameters: parameters.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec(),
        source: source("5"),
    });
    text += &condition(&NewCondition {
        id: "dung-han".into(),
        awards: vec!["giay-khen".into()],
        from: "2025-01-01".parse().expect("a day"),
        words: Words::new("Hồ sơ gửi đúng hạn", "The dossier was in time"),
        supplier: Words::new("Vụ Tổ chức cán bộ", "The personnel department"),
        source: source("9"),
    });
    text + &quota(&NewQuota {
        award: "chien-si-thi-dua-co-so".into(),
        from: "2025-01-01".parse().expect("a day"),
        percent: 10,
        base: Words::new("tổng số người", "all people"),
        source: source("6"),
    })
}

fn law(text: &str) -> Law {
    let all = files::all();
    load(&files::pairs(&all), &[("quy-che", text)]).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)))
}

/// A unit of twenty with so many holders in 2025.
fn unit(holders: u32) -> Facts {
    let text = format!(
        r#"{{"subject":"tap-the","recruited":"2004-07-01","complete":{{"holds":[[2020,2026]]}},
        "registrations":[2025],
        "grades":[{{"year":2025,"grade":"tot","decided":"2025-12-20"}}],
        "members":[{{"year":2025,"total":20,"grades":{{"tot":20}},"titles":{{"lao-dong-tien-tien":{holders}}},"disciplined":{{"canh-cao":0}}}}]}}"#
    );
    serde_json::from_str(&text).expect("facts")
}

#[test]
fn the_documents_of_a_text_are_read_and_a_broken_text_lists_none() {
    let named = Words::new("Quyết định số 12/QĐ-VPCP", "Decision 12/QĐ-VPCP");
    assert_eq!(documents(&written()), [("12/QĐ-VPCP".to_owned(), named)]);
    assert_eq!(documents("[[document]]\nid = "), []);
}

#[test]
fn the_example_to_begin_from_can_be_read() {
    let text = case("chien-si-thi-dua-co-so", "2026-02-01".parse().expect("a day"));
    let cases =
        rules::cases::read(&[("cases/mau.toml", &text)]).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    assert_eq!(cases.len(), 1);
    let outcome = rules::cases::run(&files::nation(), &cases[0]);
    assert!(outcome.answer.is_some(), "{:?}", outcome.differences);
}

#[test]
fn a_law_beside_itself_changes_nothing() {
    let nation = files::nation();
    assert_eq!(compare(&nation, &files::nation(), &unit(15), "2026-02-01".parse().expect("a day")), []);
}

#[test]
fn a_raised_share_changes_the_answer_of_those_between_both_values_alone() {
    let (nation, office) = (files::nation(), law(&written()));
    let on = "2026-02-01".parse().expect("a day");
    let of_title = |facts: &Facts| -> Vec<Changed> {
        let mut changed = compare(&nation, &office, facts, on);
        changed.retain(|changed| changed.award == "tap-the-lao-dong-tien-tien");
        changed
    };
    let said = |verdict| Some(Said { verdict, provisional: None, earliest: None });
    let changed = of_title(&unit(15));
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].before, said(Verdict::Met));
    assert_eq!(changed[0].after.map(|said| said.verdict), Some(Verdict::NotMet));
    assert_eq!((of_title(&unit(16)), of_title(&unit(13))), (vec![], vec![]));
    assert_eq!(compare(&office, &nation, &unit(15), "2024-12-31".parse().expect("a day")), [], "before its day");
}

#[test]
fn the_rows_that_a_form_writes_stand_beside_what_was() {
    let law = law(&written());
    let on = "2026-02-01".parse().expect("a day");
    let mut told = Vec::new();
    for change in changes::of(&law, "QC-VPCP") {
        told.push(match change.what {
            What::Value { value, before, .. } => {
                let before = before.map(|before| before.condition.words(&law, on).vi).unwrap_or_default();
                format!("{before} → {}", value.condition.words(&law, on).vi)
            }
            What::Principle(_, value) => value.condition.words(&law, on).vi,
            What::Quota { quota, before, .. } => format!("{} {}", quota.percent, before.is_some()),
            What::Document(document) => document.name.vi.clone(),
            What::Award(_) | What::Standard(..) | What::Rounding { .. } | What::Said { .. } => String::new(),
        });
    }
    let share = |percent: u32| format!("Có ít nhất {percent}% cá nhân đạt Lao động tiên tiến");
    assert_eq!(told.len(), 4);
    assert_eq!(told[0], format!("{} → {}", share(70), share(80)));
    assert_eq!(told[1..], ["Hồ sơ gửi đúng hạn", "10 false", "Quyết định số 12/QĐ-VPCP"]);
}
