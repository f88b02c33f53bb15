//! Disciplines: a measure with the days of its effect.

use crate::entry::{Choices, Field, Kind, Of, Sort, When, said};
use crate::wording::capital;

const MEASURES: Choices = Choices {
    words: &[
        "khien-trach",
        "canh-cao",
        "ha-bac-luong",
        "giang-chuc",
        "cach-chuc",
        "bai-nhiem",
        "buoc-thoi-viec",
        "khai-tru",
    ],
    said: |language, word| said(word, |measure| capital(language.pick(&rules::words::discipline(measure)))),
};

pub const KIND: Kind = Kind::new(
    "ky-luat",
    "discipline",
    "entry-discipline",
    "gavel",
    Of::Staff,
    &[
        Field::new("kind", "field-measure", Sort::Choice(&MEASURES)),
        Field::new("number", "field-document", Sort::Text(200)).optional().hinted("field-document-hint"),
        Field::new("from_day", "field-from", Sort::Day(When::Any)),
        Field::new("to_day", "field-effect-to", Sort::Day(When::Any)).optional().hinted("field-open-hint"),
    ],
)
.ending();
