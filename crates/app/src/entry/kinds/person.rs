//! The person: name, birth, recruitment; entered by a page of its own, which looks for the same person first.

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value as Json};

use crate::entry::{Choices, Field, Kind, Of, Sort, When, said};
use crate::wording;

const SEXES: Choices =
    Choices { words: &["nam", "nu"], said: |language, word| said(word, |sex| wording::sex(language, sex)) };
const GROUPS: Choices = Choices {
    words: &[
        "can-bo",
        "cong-chuc",
        "vien-chuc",
        "hop-dong",
        "tap-su",
        "cong-nhan",
        "nong-dan",
        "luc-luong-vu-trang",
        "khac",
    ],
    said: |language, word| said(word, |group| wording::group(language, group)),
};
/// Nobody younger is recruited.
const YOUNGEST: i32 = 15;

pub const KIND: Kind = Kind::new(
    "thong-tin",
    "person",
    "entry-person",
    "user-circle",
    Of::Individual,
    &[
        Field::new("full_name", "field-full-name", Sort::Text(100)).called_of_household("households-name"),
        Field::new("sex", "field-sex", Sort::Choice(&SEXES)).optional().personal().of_people(),
        Field::new("born", "field-born", Sort::Day(When::Past)).optional().personal().of_people(),
        Field::new("recruited", "field-recruited", Sort::Day(When::Any)).optional().of_people(),
        Field::new("staff_group", "field-group", Sort::Choice(&GROUPS)).optional().of_people(),
        Field::new("excluded_from_roster", "field-excluded", Sort::YesNo).hinted("field-excluded-hint").of_people(),
    ],
)
.with(r#"{"fictitious":false,"excluded_from_roster":false}"#)
.checked(recruited_after_birth)
.doubted(|content| {
    let name = content.get("full_name").and_then(Json::as_str).unwrap_or_default();
    (name.split(' ').count() < 2).then_some("entry-doubt-name")
})
.entered_elsewhere();

fn recruited_after_birth(content: &Map<String, Json>) -> Vec<(&'static str, &'static str)> {
    let day = |name: &str| content.get(name)?.as_str()?.parse::<NaiveDate>().ok();
    match (day("born"), day("recruited")) {
        (Some(born), Some(recruited)) if recruited.year() - born.year() < YOUNGEST => {
            vec![("recruited", "entry-wrong-recruited")]
        }
        _ => Vec::new(),
    }
}
