//! An office's regulation laid over the nation's law.

use rules::ask::Verdict;
use rules::explain::explain;
use rules::facts::Facts;
use rules::load::load;

use crate::files;

/// A unit of twenty people, of whom so many hold the title of Advanced worker for 2025.
fn unit(holders: u32) -> Facts {
    let text = format!(
        r#"{{"subject":"tap-the","recruited":"2004-07-01","complete":{{"holds":[[2020,2026]]}},
        "grades":[{{"year":2025,"grade":"tot","decided":"2025-12-20"}}],
        "members":[{{"year":2025,"total":20,"grades":{{"tot":20}},"titles":{{"lao-dong-tien-tien":{holders}}},"disciplined":{{"canh-cao":0}}}}]}}"#
    );
    serde_json::from_str(&text).expect("facts")
}

/// What the share of members comes to under a layer, and which layer set it.
fn share(layer: &str, holders: u32) -> (Verdict, String) {
    let all = files::all();
    let law = load(&files::pairs(&all), &[("quy-che.toml", layer)])
        .unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    let on = "2026-02-01".parse().expect("a day");
    let answer = explain(&law, "tap-the-lao-dong-tien-tien", &unit(holders), on, None, None).expect("an answer");
    let findings = answer.standards.iter().flat_map(|standard| &standard.conditions);
    let finding = findings.into_iter().find(|finding| finding.leaf() == LEAF).expect("the share");
    (finding.verdict, finding.layer.clone())
}

const LEAF: &str = "ty-le";

/// A layer that asks for four fifths from a day on.
fn layer(from: &str) -> String {
    format!(
        r#"
layer = "VPCP"
vi = "Quy chế của cơ quan"
en = "Regulation of the office"

[[document]]
id = "QC-1"
vi = "Quy chế thi đua, khen thưởng"
en = "Regulation on emulation and commendation"
mark = "V"

[[value]]
leaf = "tap-the-lao-dong-tien-tien/hang-nam/{LEAF}"
from = {from}
title = "lao-dong-tien-tien"
percent = 80
above = false
source = {{ document = "QC-1", article = "5" }}
mark = "V"
"#
    )
}

#[test]
fn the_later_value_of_the_office_wins() {
    assert_eq!(share(&layer("2025-01-01"), 15), (Verdict::NotMet, "VPCP".into()));
    assert_eq!(share(&layer("2025-01-01"), 16), (Verdict::Met, "VPCP".into()));
}

#[test]
fn before_its_day_the_office_changes_nothing() {
    assert_eq!(share(&layer("2026-03-01"), 15), (Verdict::Met, "nation".into()));
}

#[test]
fn of_equal_days_the_nation_wins() {
    assert_eq!(share(&layer("2024-01-01"), 15), (Verdict::Met, "nation".into()));
}

#[test]
fn a_further_condition_of_the_office_binds() {
    let further = r#"
layer = "VPCP"
vi = "Quy chế"
en = "Regulation"

[[document]]
id = "QC-1"
vi = "Quy chế"
en = "Regulation"
mark = "V"

[[principle]]
id = "khong-tre-han"
awards = ["tap-the-lao-dong-tien-tien"]
from = 2025-01-01
condition = "attested"
vi = "Gửi hồ sơ đúng hạn"
en = "The dossier was sent in time"
supplier_vi = "Vụ Tổ chức cán bộ"
supplier_en = "The personnel department"
source = { document = "QC-1", article = "9" }
mark = "V"
"#;
    let all = files::all();
    let law = load(&files::pairs(&all), &[("quy-che.toml", further)]).expect("a law");
    let on = "2026-02-01".parse().expect("a day");
    let answer = explain(&law, "tap-the-lao-dong-tien-tien", &unit(20), on, None, None).expect("an answer");
    let findings = answer.standards.iter().flat_map(|standard| &standard.conditions);
    let found: Vec<(Verdict, &str)> = findings
        .filter(|finding| finding.leaf() == "khong-tre-han")
        .map(|finding| (finding.verdict, finding.layer.as_str()))
        .collect();
    assert_eq!(found, [(Verdict::Unknown, "VPCP")]);
    assert_eq!(answer.verdict, Verdict::Unknown);
}

#[test]
fn a_value_for_a_leaf_that_does_not_exist_is_refused() {
    let all = files::all();
    let wrong = layer("2025-01-01").replace("/ty-le\"", "/ty-le-cao\"");
    let faults = load(&files::pairs(&all), &[("quy-che.toml", wrong.as_str())]).expect_err("a fault");
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].file.as_str(), faults[0].line), ("quy-che.toml", 13));
    assert_eq!(faults[0].message.en, "no condition `tap-the-lao-dong-tien-tien/hang-nam/ty-le-cao`");
}
