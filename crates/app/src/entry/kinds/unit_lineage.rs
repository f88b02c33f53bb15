//! Lineage: how one unit goes on as another, and whether its honours go on with it.

use crate::entry::{Choices, Field, Kind, Of, Sort, When};

const KINDS: Choices = Choices {
    words: &["doi-ten", "sap-nhap", "chia-tach", "chuyen"],
    said: |language, word| language.text(&format!("choice-lineage-{word}")).into_owned(),
};

pub const KIND: Kind = Kind::new(
    "ke-tuc",
    "unit_lineage",
    "entry-lineage",
    "route",
    Of::Unit,
    &[
        Field::new("kind", "field-lineage", Sort::Choice(&KINDS)),
        Field::new("predecessor", "field-predecessor", Sort::Unit),
        Field::new("successor", "field-successor", Sort::Unit),
        Field::new("day", "field-lineage-day", Sort::Day(When::Any)),
        Field::new("keeps_honours", "field-keeps-honours", Sort::YesNo).hinted("field-keeps-honours-hint"),
        Field::new("document", "field-document", Sort::Text(200)).optional().hinted("field-document-hint"),
    ],
)
.checked(|content| match content.get("predecessor") == content.get("successor") {
    true => vec![("successor", "entry-wrong-same-unit")],
    false => Vec::new(),
})
.entered_elsewhere();
