//! Names of units: name, parent, cluster, order and code during a time; a page of its own begins the next one.

use crate::entry::{Choices, Field, Kind, Of, Sort, When};

const CERTAINTIES: Choices = Choices {
    words: &["da-doi-chieu", "can-doi-chieu", "minh-hoa"],
    said: |language, word| language.text(&format!("choice-certainty-{word}")).into_owned(),
};

pub const KIND: Kind = Kind::new(
    "ten-goi",
    "unit_name",
    "entry-unit-name",
    "file-text",
    Of::Unit,
    &[
        Field::new("name", "field-unit-name", Sort::Text(300)),
        Field::new("name_en", "field-unit-name-en", Sort::Text(300)).optional(),
        Field::new("code", "field-unit-code", Sort::Text(30)).hinted("field-unit-code-hint"),
        Field::new("parent", "field-parent", Sort::Unit).optional().hinted("field-parent-hint"),
        Field::new("cluster", "field-cluster", Sort::Text(100)).optional(),
        Field::new("position", "field-unit-position", Sort::Number).hinted("field-unit-position-hint"),
        Field::new("basis", "field-basis", Sort::Text(300)).optional().hinted("field-document-hint"),
        Field::new("certainty", "field-certainty", Sort::Choice(&CERTAINTIES)),
        Field::new("from_day", "field-from", Sort::Day(When::Any)),
        Field::new("to_day", "field-to", Sort::Day(When::Any)).optional().hinted("field-open-hint"),
    ],
)
.entered_elsewhere();
