//! Memberships: the unit of work, or that where a household lives, with its days, and the unit that reviews.

use crate::entry::{Choices, Field, Kind, Of, Sort, When};

pub const KINDS: Choices = Choices {
    words: &["chinh", "biet-phai"],
    said: |language, word| language.text(&format!("choice-membership-{word}")).into_owned(),
};

pub const KIND: Kind = Kind::new(
    "noi-cong-tac",
    "membership",
    "entry-membership",
    "building",
    Of::Individual,
    &[
        Field::new("unit", "field-unit", Sort::Unit).called_of_household("households-unit"),
        Field::new("review_unit", "field-review-unit", Sort::Unit).hinted("field-review-unit-hint"),
        Field::new("kind", "field-membership", Sort::Choice(&KINDS)).of_people(),
        Field::new("from_day", "field-from", Sort::Day(When::Any)),
        Field::new("to_day", "field-to", Sort::Day(When::Any)).optional().hinted("field-open-hint"),
    ],
)
.called_of_household("entry-residence")
.with(r#"{"kind":"chinh"}"#)
.ending();
