//! Forms of entry: each kind of record says its fields once, and from that it is asked, read, refused, corrected, told.

pub mod book;
pub mod drawn;
pub mod form;
pub mod kinds;
pub mod page;

use serde_json::{Map, Value as Json};
use store::entry::{Named, Subject};

use crate::language::Language;

/// A kind of record as a form asks for it and a history tells it.
pub struct Kind {
    /// Its word in addresses.
    pub word: &'static str,
    /// Its table.
    pub noun: &'static str,
    /// The key of its name, see [`Kind::named`].
    pub name: &'static str,
    /// The same where the records are about a household.
    pub name_of_household: &'static str,
    pub icon: &'static str,
    pub of: Of,
    /// In the order of the form; a member of the record that is no field is not asked and not told.
    pub fields: &'static [Field],
    /// Members of a new record that no field fills, as JSON.
    pub fixed: &'static str,
    /// What a reader finds wrong with the fields together: the field and the key of the sentence.
    pub check: Check,
    /// What is unusual, so that the officer says that it is meant: the key of the sentence.
    pub doubt: fn(&Map<String, Json>) -> Option<&'static str>,
    /// Whether it is entered by the general form; otherwise a page of its own enters it.
    pub entered: bool,
    /// Whether it is corrected, ended and taken out by form; otherwise it is only told.
    pub changed: bool,
    /// Whether it may last and then gets a last day.
    pub ends: bool,
}

/// Looks at all fields of a record and returns its faults: the field and the key of the sentence.
pub type Check = fn(&Map<String, Json>) -> Vec<(&'static str, &'static str)>;

/// About whom records of a kind are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A person, and not a household.
    Person,
    Household,
    /// Everyone who is entered as a person.
    Individual,
    Unit,
    /// People and units.
    Staff,
    Anyone,
}

impl Of {
    /// Whether records of it are about such a subject.
    pub fn suits(self, subject: Subject, household: bool) -> bool {
        match (self, subject) {
            (Self::Anyone, _) | (Self::Individual, Subject::Person(_)) => true,
            (Self::Unit | Self::Staff, Subject::Unit(_)) => true,
            (Self::Person | Self::Staff, Subject::Person(_)) => !household,
            (Self::Household, Subject::Person(_)) => household,
            (Self::Person | Self::Household | Self::Individual, Subject::Unit(_))
            | (Self::Unit, Subject::Person(_)) => false,
        }
    }
}

/// One field of a record.
pub struct Field {
    /// The member of the record and the name in the form.
    pub name: &'static str,
    /// The key of its label, see [`book::Book::label`].
    pub label: &'static str,
    /// The same where the record is about a household.
    pub label_of_household: &'static str,
    /// The key of its hint; empty for none.
    pub hint: &'static str,
    pub sort: Sort,
    pub required: bool,
    /// Shown and asked only where the viewer sees personal data.
    pub personal: bool,
    /// Not shown and not asked of a household.
    pub of_people: bool,
}

/// What is typed into a field.
#[derive(Clone, Copy)]
pub enum Sort {
    /// One line of at most so many letters.
    Text(usize),
    /// Several lines of at most so many letters.
    Note(usize),
    Day(When),
    Year(When),
    Number,
    YesNo,
    Choice(&'static Choices),
    Unit,
    Award,
    /// A post of the law, by which posts are taken as equal.
    Post,
    /// A condition of an award that a confirmation decides.
    Condition,
    /// One of the subject's initiatives.
    Initiative,
    /// A number of the State, which is kept sealed.
    Sealed,
}

/// On which side of today a day or year may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Past,
    Any,
}

/// The words of a choice.
pub struct Choices {
    pub words: &'static [&'static str],
    pub said: fn(Language, &str) -> String,
}

impl Kind {
    pub const fn new(
        word: &'static str,
        noun: &'static str,
        name: &'static str,
        icon: &'static str,
        of: Of,
        fields: &'static [Field],
    ) -> Self {
        Self {
            word,
            noun,
            name,
            name_of_household: name,
            icon,
            of,
            fields,
            fixed: "{}",
            check: |_| Vec::new(),
            doubt: |_| None,
            entered: true,
            changed: true,
            ends: false,
        }
    }

    /// The key of its name where the records are about a household.
    pub const fn called_of_household(mut self, name: &'static str) -> Self {
        self.name_of_household = name;
        self
    }

    /// The key of its name for someone's records.
    pub fn named(&self, whose: &Named) -> &'static str {
        if whose.household { self.name_of_household } else { self.name }
    }

    pub const fn checked(mut self, check: Check) -> Self {
        self.check = check;
        self
    }

    pub const fn doubted(mut self, doubt: fn(&Map<String, Json>) -> Option<&'static str>) -> Self {
        self.doubt = doubt;
        self
    }

    pub const fn with(mut self, fixed: &'static str) -> Self {
        self.fixed = fixed;
        self
    }

    /// It lasts until it gets a last day.
    pub const fn ending(mut self) -> Self {
        self.ends = true;
        self
    }

    /// A page of its own enters it.
    pub const fn entered_elsewhere(mut self) -> Self {
        self.entered = false;
        self
    }

    /// The history tells it, no form changes it.
    pub const fn only_told(mut self) -> Self {
        self.entered = false;
        self.changed = false;
        self
    }
}

impl Field {
    pub const fn new(name: &'static str, label: &'static str, sort: Sort) -> Self {
        Self {
            name,
            label,
            label_of_household: label,
            hint: "",
            sort,
            required: true,
            personal: false,
            of_people: false,
        }
    }

    /// It may stay empty.
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    pub const fn hinted(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    pub const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }

    /// The key of its label where the record is about a household.
    pub const fn called_of_household(mut self, label: &'static str) -> Self {
        self.label_of_household = label;
        self
    }

    /// A household has no such thing.
    pub const fn of_people(mut self) -> Self {
        self.of_people = true;
        self
    }
}

/// The word of a record said by a function over its type; the text itself where it is none of its words.
pub fn said<T: for<'de> serde::Deserialize<'de>>(text: &str, say: impl FnOnce(T) -> String) -> String {
    store::words::parse(text).map_or_else(|_| text.to_owned(), say)
}
