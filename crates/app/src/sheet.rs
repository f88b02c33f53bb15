//! The fields of a form that is sent: what was typed in each, and what is wrong with it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::field::{self, Field};
use crate::language::Language;
use crate::query;

/// What a browser sent.
#[derive(Debug, Clone, Default)]
pub struct Posted(Vec<(String, String)>);

/// Fields with fixed names, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet(Vec<Field>);

impl Posted {
    /// From the body of an urlencoded form.
    pub fn of(body: &str) -> Self {
        Self(query::pairs(body))
    }

    /// The value of a name without the blanks round it; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.sent(name).unwrap_or_default()
    }

    /// The value of a name, if it was sent at all.
    pub fn sent(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.trim())
    }
}

impl Sheet {
    /// Blank fields.
    pub fn new(names: &[&'static str]) -> Self {
        Self(names.iter().map(|name| Field { name, typed: String::new(), wrong: String::new() }).collect())
    }

    /// Takes over what was sent; a field that was not sent keeps what it holds.
    pub fn take(&mut self, posted: &Posted) {
        for field in &mut self.0 {
            if let Some(sent) = posted.sent(field.name) {
                field.typed = sent.replace("\r\n", "\n");
            }
        }
    }

    /// What is typed, by name, to be kept in a draft.
    pub fn kept(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|field| (field.name.to_owned(), field.typed.clone())).collect()
    }

    /// Takes over what a draft kept.
    pub fn restore(&mut self, kept: &BTreeMap<String, String>) {
        for field in &mut self.0 {
            if let Some(typed) = kept.get(field.name) {
                field.typed.clone_from(typed);
            }
        }
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> &Field {
        self.0.iter().find(|field| field.name == name).unwrap_or(&NONE)
    }

    pub fn typed(&self, name: &str) -> &str {
        &self.field(name).typed
    }

    /// What is typed, unless it is blank.
    pub fn filled(&self, name: &str) -> Option<String> {
        Some(self.typed(name).to_owned()).filter(|typed| !typed.is_empty())
    }

    pub fn set(&mut self, name: &str, typed: impl Into<String>) {
        if let Some(field) = self.0.iter_mut().find(|field| field.name == name) {
            field.typed = typed.into();
        }
    }

    /// Says what is wrong with a field; the first fault of a field stays.
    pub fn wrong(&mut self, name: &str, why: impl Into<String>) {
        if let Some(field) = self.0.iter_mut().find(|field| field.name == name && field.wrong.is_empty()) {
            field.wrong = why.into();
        }
    }

    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.0.iter().all(|field| field.wrong.is_empty())
    }

    /// Says so where any of these is blank.
    pub fn need(&mut self, language: Language, names: &[&str]) {
        for name in names {
            if self.typed(name).is_empty() {
                self.wrong(name, language.text("sheet-empty"));
            }
        }
    }

    /// A day that must be there.
    pub fn day(&mut self, language: Language, name: &str) -> Option<NaiveDate> {
        let day = field::day(self.typed(name));
        if day.is_none() {
            self.wrong(name, language.text("field-wrong-day"));
        }
        day
    }

    /// A year that may be blank.
    pub fn year(&mut self, language: Language, name: &str) -> Option<i32> {
        if self.typed(name).is_empty() {
            return None;
        }
        let year = field::year(self.typed(name));
        if year.is_none() {
            self.wrong(name, language.text("field-wrong-year"));
        }
        year
    }

    /// A word of the store chosen from a list; nothing where it is blank or none of the list.
    pub fn word<T: for<'de> serde::Deserialize<'de>>(&self, name: &str) -> Option<T> {
        store::words::parse(self.typed(name)).ok()
    }
}

static NONE: Field = Field { name: "", typed: String::new(), wrong: String::new() };
