//! Yearly grades: the degree of task completion of a person or collective.

use crate::entry::{Choices, Field, Kind, Of, Sort, When, said};
use crate::wording;

pub const GRADES: Choices = Choices {
    words: &["xuat-sac", "tot", "hoan-thanh", "khong-hoan-thanh"],
    said: |language, word| said(word, |grade| wording::grade(language, grade)),
};

pub const KIND: Kind = Kind::new(
    "xep-loai",
    "grade",
    "entry-grade",
    "chart-bar",
    Of::Staff,
    &[
        Field::new("year", "field-year", Sort::Year(When::Past)),
        Field::new("grade", "field-grade", Sort::Choice(&GRADES)),
        Field::new("decided", "field-decided", Sort::Day(When::Past)).optional().hinted("field-decided-hint"),
        Field::new("number", "field-number", Sort::Text(100)).optional(),
        Field::new("issuer", "field-issuer", Sort::Text(200)).optional(),
    ],
);
