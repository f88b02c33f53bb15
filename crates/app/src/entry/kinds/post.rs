//! Posts: State, Party and mass organisations together, held in full, in charge, acting or in rank.

use crate::entry::{Choices, Field, Kind, Of, Sort, When, said};
use crate::wording;

const SIDES: Choices = Choices {
    words: &["chinh-quyen", "dang", "doan-the"],
    said: |language, word| language.text(&format!("choice-side-{word}")).into_owned(),
};
const LEVELS: Choices = Choices {
    words: &["lanh-dao-vu", "lanh-dao-phong", "truc-tiep"],
    said: |language, word| said(word, |level| language.text(wording::level_key(level)).into_owned()),
};
const FORMS: Choices = Choices {
    words: &["chinh-thuc", "phu-trach", "quyen", "ham"],
    said: |language, word| language.text(&format!("choice-form-{word}")).into_owned(),
};

pub const KIND: Kind = Kind::new(
    "chuc-vu",
    "post",
    "entry-post",
    "user-shield",
    Of::Person,
    &[
        Field::new("label", "field-post", Sort::Text(300)).hinted("field-post-hint"),
        Field::new("side", "field-side", Sort::Choice(&SIDES)),
        Field::new("form", "field-form", Sort::Choice(&FORMS)),
        Field::new("level", "field-level", Sort::Choice(&LEVELS)),
        Field::new("unit", "field-post-unit", Sort::Unit).optional(),
        Field::new("post", "field-post-equal", Sort::Post).optional().hinted("field-post-equal-hint"),
        Field::new("position", "field-position", Sort::Number).hinted("field-position-hint"),
        Field::new("from_day", "field-from", Sort::Day(When::Any)),
        Field::new("to_day", "field-to", Sort::Day(When::Any)).optional().hinted("field-open-hint"),
    ],
)
.ending();
