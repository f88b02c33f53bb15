//! Facts that are refused, with the path to what is wrong.

use rules::facts_check::parse;

use crate::files;

/// The path and the message in English of what is refused.
fn refused(text: &str) -> (String, String) {
    let fault = parse(&files::nation(), text).expect_err("facts that must be refused");
    (fault.path, fault.message.en)
}

#[test]
fn facts_of_one_subject_are_read() {
    let text = r#"{"subject":"ca-nhan","sex":"nu","born":"1980-05-02","grades":[{"year":2024,"grade":"tot"}]}"#;
    let facts = parse(&files::nation(), text).expect("facts");
    assert_eq!(facts.grades.len(), 1);
}

#[test]
fn an_unknown_field_is_refused_with_its_path() {
    let (path, message) = refused(r#"{"subject":"ca-nhan","titles":[{"award":"lao-dong-tien-tien","yaer":2024}]}"#);
    assert_eq!(path, "/titles/0/yaer");
    assert!(message.starts_with("unknown field `yaer`"), "{message}");
}

#[test]
fn an_impossible_day_is_refused_with_its_path() {
    let (path, message) =
        refused(r#"{"subject":"ca-nhan","awards":[{"award":"bang-khen-bo","decided":"2022-02-30"}]}"#);
    assert_eq!((path.as_str(), message.as_str()), ("/awards/0/decided", "no such day in the calendar"));
}

#[test]
fn two_grades_for_one_year_are_refused() {
    let text = r#"{"subject":"ca-nhan","grades":[{"year":2024,"grade":"tot"},{"year":2024,"grade":"xuat-sac"}]}"#;
    assert_eq!(refused(text), ("/grades/1".into(), "two grades for 2024".into()));
}

#[test]
fn a_title_before_birth_is_refused() {
    let text = r#"{"subject":"ca-nhan","born":"1990-01-01","titles":[{"award":"lao-dong-tien-tien","year":1985}]}"#;
    assert_eq!(refused(text), ("/titles/0".into(), "it lies before birth".into()));
}

#[test]
fn an_honour_that_does_not_exist_is_refused_with_the_nearest() {
    let text = r#"{"subject":"ca-nhan","titles":[{"award":"lao-dong-tien-tein","year":2024}]}"#;
    assert_eq!(
        refused(text),
        ("/titles/0/award".into(), "no honour `lao-dong-tien-tein`; write `lao-dong-tien-tien`".into())
    );
}

#[test]
fn a_person_has_no_members() {
    let text = r#"{"subject":"ca-nhan","members":[{"year":2024,"total":5}]}"#;
    assert_eq!(refused(text), ("/members".into(), "only a collective has members".into()));
}

#[test]
fn a_part_larger_than_its_collective_is_refused() {
    let text = r#"{"subject":"tap-the","members":[{"year":2024,"total":5,"grades":{"tot":4,"xuat-sac":2}}]}"#;
    assert_eq!(refused(text), ("/members/0".into(), "a part is larger than the number of members".into()));
}

#[test]
fn an_end_before_its_beginning_is_refused() {
    let text = r#"{"subject":"ca-nhan","disciplines":[{"kind":"khien-trach","from":"2020-01-05","to":"2019-01-05"}]}"#;
    assert_eq!(refused(text), ("/disciplines/0".into(), "it ends before it begins".into()));
}

#[test]
fn text_that_is_no_json_is_refused_with_its_line() {
    let fault = parse(&files::nation(), "{\n\"subject\":").expect_err("facts that must be refused");
    assert_eq!(fault.line, Some(2));
}

#[test]
fn facts_beyond_the_size_limit_are_refused() {
    let text = format!("{{\"subject\":\"ca-nhan\"{}}}", " ".repeat(5 * 1024 * 1024));
    assert_eq!(refused(&text), (String::new(), "the file is too large (4 MB at most)".into()));
}
