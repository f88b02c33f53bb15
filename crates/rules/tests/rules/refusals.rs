//! Files of the law that are refused: file, line, and what to write instead.

use rules::load::load;
use rules::reader::Fault;

const TEXTS: &str = r#"
[[document]]
id = "T/1"
vi = "Văn bản một"
en = "Text one"
mark = "V"
"#;

const TITLE: &str = r#"id = "lao-dong-tien-tien"
class = "danh-hieu"
level = "co-so"
subjects = ["ca-nhan"]
order = 110
counted_by = "nam"

[[name]]
from = 2004-07-01
vi = "Lao động tiên tiến"
en = "Advanced worker"
source = { document = "T/1", article = "24" }
mark = "V"

[[standard]]
id = "hang-nam"
subjects = ["ca-nhan"]
vi = "Hằng năm"
en = "Yearly"
from = 2014-06-01
tree = { all = ["hoan-thanh-tot"] }

[standard.leaf.hoan-thanh-tot]
condition = "year-grade"
grade = "tot"
source = { document = "T/1", article = "24" }
mark = "V"
"#;

/// The faults of the law with one change in the title's file.
fn faults(written: &str, instead: &str) -> Vec<Fault> {
    assert!(TITLE.contains(written), "{written}");
    let title = TITLE.replacen(written, instead, 1);
    let files = [("documents.toml", TEXTS), ("awards/lao-dong-tien-tien.toml", title.as_str())];
    load(&files, &[]).err().unwrap_or_default()
}

/// Line, message and hint of the first fault in English.
fn first(faults: &[Fault]) -> (usize, &str, Option<&str>) {
    let fault = &faults[0];
    assert_eq!(fault.file, "awards/lao-dong-tien-tien.toml");
    (fault.line, &fault.message.en, fault.hint.as_ref().map(|hint| hint.en.as_str()))
}

#[test]
fn the_unchanged_file_loads() {
    assert_eq!(faults("order = 110", "order = 110"), []);
}

#[test]
fn a_misspelt_key_is_named_with_the_right_one() {
    let faults = faults("level = \"co-so\"", "levl = \"co-so\"");
    assert_eq!(first(&faults), (1, "`level` is missing", None));
    let faults = self::faults("mark = \"V\"\n\n[[standard]]", "mark = \"V\"\nmrak = \"V\"\n\n[[standard]]");
    assert_eq!(first(&faults), (14, "`mrak` does not belong here", Some("write `mark`")));
}

#[test]
fn a_misspelt_kind_of_condition_is_named_with_the_right_one() {
    let faults = faults("\"year-grade\"", "\"year-grad\"");
    assert_eq!(first(&faults), (24, "no kind of condition `year-grad`", Some("write `year-grade`")));
}

#[test]
fn a_word_outside_its_list_is_named_with_the_list() {
    let faults = faults("grade = \"tot\"", "grade = \"gioi\"");
    let hint = "write one of: khong-hoan-thanh, hoan-thanh, tot, xuat-sac";
    assert_eq!(first(&faults), (25, "`grade` does not accept `gioi`", Some(hint)));
}

#[test]
fn a_day_in_quotes_and_a_day_that_is_not_in_the_calendar_are_refused() {
    let faults = faults("from = 2014-06-01", "from = \"2014-06-01\"");
    let message = "`from` must be a day without quotes, such as 2014-01-01".replace("2014-01-01", "2024-01-01");
    assert_eq!(first(&faults), (20, message.as_str(), None));
    let faults = self::faults("from = 2014-06-01", "from = 2014-06-31");
    assert_eq!(faults[0].line, 20);
}

#[test]
fn a_leaf_without_a_source_is_refused() {
    let faults = faults("grade = \"tot\"\nsource = { document = \"T/1\", article = \"24\" }\n", "grade = \"tot\"\n");
    let hint = "add source = { document = \"…\", article = \"…\" }";
    assert_eq!(first(&faults), (23, "`source` is missing", Some(hint)));
}

#[test]
fn a_text_that_is_not_listed_is_refused() {
    let faults = faults("document = \"T/1\"", "document = \"T/2\"");
    assert_eq!(first(&faults), (12, "`T/2` is not among the listed texts", Some("write `T/1`")));
}

#[test]
fn a_leaf_outside_the_tree_and_a_name_without_a_leaf_are_refused() {
    let faults = faults("[\"hoan-thanh-tot\"]", "[\"hoan-thanh-tott\"]");
    let message = "the tree names `hoan-thanh-tott`, but there is no [standard.leaf.hoan-thanh-tott]";
    assert_eq!(first(&faults), (21, message, Some("write `hoan-thanh-tot`")));
}

#[test]
fn standards_of_one_id_that_overlap_in_time_are_refused() {
    let second =
        TITLE.split_once("[[standard]]").map(|(_, second)| format!("[[standard]]{second}")).unwrap_or_default();
    let second = second.replace("2014-06-01", "2024-01-01");
    let title = format!("{TITLE}\n{second}");
    let files = [("documents.toml", TEXTS), ("awards/lao-dong-tien-tien.toml", title.as_str())];
    let faults = load(&files, &[]).err().unwrap_or_default();
    assert_eq!(
        first(&faults),
        (29, "standard `hang-nam` overlaps the one of the same id in line 15", Some("give the earlier one an `until`"))
    );
}

#[test]
fn an_unknown_honour_in_a_condition_is_refused() {
    let faults = faults(
        "condition = \"year-grade\"\ngrade = \"tot\"",
        "condition = \"title-count\"\naward = [\"lao-dong-tien-tein\"]\ncount = 1",
    );
    let message = "`hoan-thanh-tot` names `lao-dong-tien-tein`, but there is no such honour";
    assert_eq!(first(&faults), (27, message, Some("write `lao-dong-tien-tien`")));
}

#[test]
fn an_honour_that_asks_for_its_own_standard_is_refused() {
    let faults = faults(
        "condition = \"year-grade\"\ngrade = \"tot\"",
        "condition = \"meets-award\"\naward = \"lao-dong-tien-tien\"",
    );
    assert_eq!(first(&faults), (1, "`lao-dong-tien-tien` asks for itself through other honours", None));
}

#[test]
fn a_file_that_is_not_toml_is_refused_where_it_breaks() {
    let faults = faults("order = 110", "order = = 110");
    assert_eq!(faults[0].line, 5);
}

#[test]
fn a_file_without_a_place_in_the_law_is_refused() {
    let files = [("documents.toml", TEXTS), ("danh-hieu.toml", "")];
    let faults = load(&files, &[]).err().unwrap_or_default();
    assert_eq!(faults[0].message.en, "a file that has no place in the law");
}
