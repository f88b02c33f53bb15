//! Identities: numbers by which the State knows a person, kept sealed and shown by their last four digits.

use crate::entry::{Choices, Field, Kind, Of, Sort};

pub const NUMBERS: Choices = Choices {
    words: &["cccd", "cmnd", "so-hieu"],
    said: |language, word| language.text(&format!("choice-identity-{word}")).into_owned(),
};

pub const KIND: Kind = Kind::new(
    "giay-to",
    "identity",
    "entry-identity",
    "id",
    Of::Person,
    &[
        Field::new("kind", "field-identity", Sort::Choice(&NUMBERS)).personal(),
        Field::new("sealed", "field-identity-number", Sort::Sealed).hinted("field-identity-number-hint").personal(),
    ],
);
