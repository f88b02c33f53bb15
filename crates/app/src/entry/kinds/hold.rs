//! Holds: a matter under examination that keeps a proposal back.

use crate::entry::{Choices, Field, Kind, Of, Sort, When, said};
use crate::wording::capital;

const MATTERS: Choices = Choices {
    words: &["ky-luat", "dieu-tra", "thanh-tra", "kiem-toan", "khieu-nai", "bao-chi"],
    said: |language, word| said(word, |hold| capital(language.pick(&rules::words::hold(hold)))),
};

pub const KIND: Kind = Kind::new(
    "dang-xem-xet",
    "hold",
    "entry-hold",
    "hourglass",
    Of::Anyone,
    &[
        Field::new("kind", "field-matter", Sort::Choice(&MATTERS)),
        Field::new("document", "field-document", Sort::Text(200)).optional().hinted("field-document-hint"),
        Field::new("from_day", "field-from", Sort::Day(When::Past)),
        Field::new("to_day", "field-to", Sort::Day(When::Any)).optional().hinted("field-open-hint"),
    ],
)
.ending();
