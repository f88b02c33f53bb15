//! Initiatives and subjects of research, with the recognition and its scope.

use crate::entry::{Choices, Field, Kind, Of, Sort, When, said};
use crate::wording;

const SORTS: Choices = Choices {
    words: &["sang-kien", "de-tai"],
    said: |language, word| said(word, |sort| wording::sort(language, sort)),
};
const SCOPES: Choices = Choices {
    words: &["co-so", "bo", "toan-quoc"],
    said: |language, word| said(word, |scope| wording::capital(language.pick(&rules::words::scope(scope)))),
};

pub const KIND: Kind = Kind::new(
    "sang-kien",
    "initiative",
    "entry-initiative",
    "bulb",
    Of::Staff,
    &[
        Field::new("name", "field-initiative-name", Sort::Note(500)),
        Field::new("sort", "field-initiative-sort", Sort::Choice(&SORTS)),
        Field::new("scope", "field-scope", Sort::Choice(&SCOPES)),
        Field::new("year", "field-year", Sort::Year(When::Past)),
        Field::new("decided", "field-recognised", Sort::Day(When::Past)).optional().hinted("field-recognised-hint"),
        Field::new("number", "field-number", Sort::Text(100)).optional(),
    ],
);
