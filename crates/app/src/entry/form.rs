//! A form as it is asked, typed and read: nothing typed is lost, each fault stands beside its field.

use rules::facts::Day;
use serde_json::{Map, Value as Json};
use store::names;

use super::book::{Book, Groups, SEALED_FOR};
use super::{Choices, Field, Kind, Sort, When};
use crate::field;
use crate::language::Language;
use crate::query;

/// The longest reason.
const LONGEST_REASON: usize = 500;
/// A number of the State: so many letters or digits.
const SHORTEST_NUMBER: usize = 4;
const LONGEST_NUMBER: usize = 20;
/// Places in a printed order.
const PLACES: std::ops::RangeInclusive<i32> = 0..=9_999;

/// What a form sent: names and values, each tidied.
pub struct Typed(Vec<(String, String)>);

/// One field as it is shown.
pub struct Input {
    pub field: &'static Field,
    pub typed: String,
    pub wrong: String,
}

/// The fields of a kind as they are shown.
pub struct Form {
    pub kind: &'static Kind,
    pub inputs: Vec<Input>,
    /// Why (lý do), which the step keeps.
    pub why: String,
    pub why_wrong: String,
}

/// How a field is drawn.
pub enum Control {
    Line { mode: &'static str, placeholder: String },
    Area,
    List(Groups),
}

impl Typed {
    /// Reads the body of a form; what is not text counts as nothing.
    pub fn read(body: &[u8]) -> Self {
        let text = std::str::from_utf8(body).unwrap_or_default();
        Self(query::pairs(text).into_iter().map(|(name, value)| (name, names::tidy(&value))).collect())
    }

    /// What a form without JavaScript is opened with by an address.
    pub fn of_query(pairs: &[(String, String)]) -> Self {
        Self(pairs.iter().map(|(name, value)| (name.clone(), names::tidy(value))).collect())
    }

    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// Every value of a name.
    pub fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(found, value)| found == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The names and values in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Form {
    /// The fields of a kind with what was typed; a personal field only where the viewer sees personal data.
    pub fn typed(kind: &'static Kind, typed: &Typed, book: &Book) -> Self {
        let input =
            |field: &'static Field| Input { field, typed: typed.get(field.name).to_owned(), wrong: String::new() };
        Self {
            kind,
            inputs: book.seen(kind).map(input).collect(),
            why: typed.get("ly-do").to_owned(),
            why_wrong: String::new(),
        }
    }

    /// The fields with what a record says.
    pub fn of(kind: &'static Kind, content: &Map<String, Json>, book: &Book) -> Self {
        let mut form = Self::typed(kind, &Typed(Vec::new()), book);
        for input in &mut form.inputs {
            let value = content.get(input.field.name).unwrap_or(&Json::Null);
            input.typed = written(input.field.sort, value);
            if matches!(input.field.sort, Sort::Unit) && book.types_units() {
                // The code says more than the id where it is typed.
                if let Some(unit) = book.unit_typed(&input.typed) {
                    input.typed = unit.code.clone();
                }
            }
        }
        form
    }

    /// Reads every field into `content`; false where something is wrong, which then stands beside its field.
    pub fn read(&mut self, book: &Book, content: &mut Map<String, Json>) -> bool {
        for input in &mut self.inputs {
            match value(input, book) {
                // A sealed number left empty in a correction stays as it is.
                Ok(Json::Null) if matches!(input.field.sort, Sort::Sealed) && input.typed.is_empty() => {
                    if !content.contains_key("sealed") {
                        input.wrong = book.language.text("entry-wrong-needed").into_owned();
                    }
                }
                Ok(value) => {
                    content.insert(input.field.name.to_owned(), value);
                }
                Err(wrong) => input.wrong = wrong,
            }
        }
        if self.inputs.iter().all(|input| input.wrong.is_empty()) {
            let found = order(content).into_iter().chain((self.kind.check)(content));
            for (name, key) in found.collect::<Vec<_>>() {
                self.complain(name, book.language.text(key).into_owned());
            }
        }
        self.why_wrong = why_wrong(&self.why, book.language);
        self.sound()
    }

    /// Whether nothing is wrong.
    pub fn sound(&self) -> bool {
        self.why_wrong.is_empty() && self.inputs.iter().all(|input| input.wrong.is_empty())
    }

    /// Says what is wrong with a field, unless something is said already.
    pub fn complain(&mut self, name: &str, wrong: String) {
        if let Some(input) =
            self.inputs.iter_mut().find(|input| input.field.name == name).filter(|input| input.wrong.is_empty())
        {
            input.wrong = wrong;
        }
    }

    /// Seals the number typed, so that the record holds no readable one; an unreadable key is our own fault.
    pub fn seal(&self, book: &Book, content: &mut Map<String, Json>) -> std::io::Result<()> {
        let Some(input) = self.inputs.iter().find(|input| matches!(input.field.sort, Sort::Sealed)) else {
            return Ok(());
        };
        let text = |name: &str| content.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let kind = text("kind");
        let keys = book.app.keys()?;
        if input.typed.is_empty() {
            // The kind may have changed, under which the number is found.
            if let Some(number) = keys.unseal(SEALED_FOR, &text("sealed")) {
                content.insert("lookup".to_owned(), keys.lookup(&kind, &number).into());
            }
            return Ok(());
        }
        let number = digits(&input.typed);
        content.insert("sealed".to_owned(), keys.seal(SEALED_FOR, &number).into());
        content.insert("lookup".to_owned(), keys.lookup(&kind, &number).into());
        Ok(())
    }
}

impl Input {
    /// How it is drawn.
    pub fn control(&self, book: &Book) -> Control {
        let line = |mode, key: &str| Control::Line {
            mode,
            placeholder: if key.is_empty() { String::new() } else { book.language.text(key).into_owned() },
        };
        match self.field.sort {
            Sort::Text(_) => line("text", ""),
            Sort::Sealed => line("text", ""),
            Sort::Note(_) => Control::Area,
            Sort::Day(_) => line("numeric", "entry-day-form"),
            Sort::Unit if book.types_units() => line("text", "entry-unit-code-form"),
            Sort::Year(_) | Sort::Number => line("numeric", ""),
            _ => Control::List(book.offered(self.field, &self.typed)),
        }
    }
}

/// What is wrong with a reason; empty where nothing is.
pub fn why_wrong(why: &str, language: Language) -> String {
    match why.chars().count() {
        0 => language.text("entry-wrong-why").into_owned(),
        letters if letters > LONGEST_REASON => too_long(LONGEST_REASON, language),
        _ => String::new(),
    }
}

/// A number of the State without what is written between its digits.
pub fn digits(typed: &str) -> String {
    typed.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn value(input: &Input, book: &Book) -> Result<Json, String> {
    let (field, typed) = (input.field, input.typed.as_str());
    let say = |key: &str| Err(book.language.text(key).into_owned());
    if typed.is_empty() {
        return match field.required && !matches!(field.sort, Sort::Sealed) {
            true => say("entry-wrong-needed"),
            false => Ok(Json::Null),
        };
    }
    match field.sort {
        Sort::Text(most) | Sort::Note(most) if typed.chars().count() > most => Err(too_long(most, book.language)),
        Sort::Text(_) | Sort::Note(_) => Ok(typed.into()),
        Sort::Day(when) => match field::day(typed) {
            None => say("entry-wrong-day"),
            Some(day) if when == When::Past && day > book.today => say("entry-wrong-future"),
            Some(day) => Ok(day.to_string().into()),
        },
        Sort::Year(when) => match field::year(typed) {
            None => say("entry-wrong-year"),
            Some(year) if year > last_year(when, book.today) => say("entry-wrong-future"),
            Some(year) => Ok(year.into()),
        },
        Sort::Number => match typed.parse::<i32>().ok().filter(|number| PLACES.contains(number)) {
            None => say("entry-wrong-number"),
            Some(number) => Ok(number.into()),
        },
        Sort::YesNo => match typed {
            "1" => Ok(true.into()),
            "0" => Ok(false.into()),
            _ => say("entry-wrong-choice"),
        },
        Sort::Choice(Choices { words, .. }) if !words.contains(&typed) => say("entry-wrong-choice"),
        Sort::Choice(_) => Ok(typed.into()),
        Sort::Condition if book.leaf(typed).is_none() => say("entry-wrong-choice"),
        Sort::Condition => Ok(typed.into()),
        Sort::Sealed => {
            let letters = digits(typed).chars().count();
            if (SHORTEST_NUMBER..=LONGEST_NUMBER).contains(&letters) {
                Ok(Json::Null)
            } else {
                say("entry-wrong-identity")
            }
        }
        Sort::Unit => match book.unit_typed(typed) {
            Some(unit) => Ok(unit.id.to_string().into()),
            None => say("entry-wrong-choice"),
        },
        Sort::Award | Sort::Post | Sort::Initiative => {
            let offered = book.offered(field, typed);
            let known = offered.iter().flat_map(|(_, list)| list).any(|(value, _)| value == typed);
            if known { Ok(typed.into()) } else { say("entry-wrong-choice") }
        }
    }
}

/// The faults that any record with two ends can have.
fn order(content: &Map<String, Json>) -> Vec<(&'static str, &'static str)> {
    let text = |name: &str| content.get(name).and_then(Json::as_str);
    let number = |name: &str| content.get(name).and_then(Json::as_i64);
    let mut wrong = Vec::new();
    if text("from_day").zip(text("to_day")).is_some_and(|(from, to)| to < from) {
        wrong.push(("to_day", "entry-wrong-order"));
    }
    if number("from_year").zip(number("to_year")).is_some_and(|(from, to)| to < from) {
        wrong.push(("to_year", "entry-wrong-order"));
    }
    wrong
}

/// The next year can be planned for; further ahead nobody registers.
fn last_year(when: When, today: Day) -> i32 {
    let year = chrono::Datelike::year(&today);
    if when == When::Any { year + 1 } else { year }
}

/// A stored value as it is typed.
fn written(sort: Sort, value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(yes) => if *yes { "1" } else { "0" }.to_owned(),
        // A sealed number is typed anew or stays.
        Json::String(_) if matches!(sort, Sort::Sealed) => String::new(),
        Json::String(text) if matches!(sort, Sort::Day(_)) => {
            text.parse::<Day>().map_or_else(|_| text.clone(), |day| day.format("%d/%m/%Y").to_string())
        }
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn too_long(most: usize, language: Language) -> String {
    language.text_with("entry-wrong-long", &[("letters", &most)])
}
