//! Leave: a time away from work, with its ground.

use crate::entry::{Choices, Field, Kind, Of, Sort, When, said};
use crate::wording::capital;

const GROUNDS: Choices = Choices {
    words: &["thai-san", "dao-tao", "cuu-nguoi", "om", "khong-luong", "biet-phai", "khac"],
    said: |language, word| said(word, |leave| capital(language.pick(&rules::words::leave(leave)))),
};

pub const KIND: Kind = Kind::new(
    "nghi",
    "leave",
    "entry-leave",
    "calendar-event",
    Of::Person,
    &[
        Field::new("kind", "field-ground", Sort::Choice(&GROUNDS)),
        Field::new("from_day", "field-from", Sort::Day(When::Any)),
        Field::new("to_day", "field-to", Sort::Day(When::Any)).optional().hinted("field-open-hint"),
    ],
)
.ending();
