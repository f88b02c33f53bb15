//! A field of a form as the template draws it.

use crate::entry::book::Book;
use crate::entry::form::{Control, Input};

/// One field with its label, what was typed and what is wrong.
pub struct Drawn {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub wrong: String,
    pub typed: String,
    pub required: bool,
    pub control: Control,
}

impl Drawn {
    /// The attributes that tie hint or fault to the field.
    pub fn described(&self) -> String {
        let mut attributes = String::new();
        if !self.hint.is_empty() || !self.wrong.is_empty() {
            attributes.push_str(&format!(" aria-describedby=\"n-{}\"", self.name));
        }
        if !self.wrong.is_empty() {
            attributes.push_str(" aria-invalid=\"true\"");
        }
        attributes
    }

    /// Whether it takes the whole width.
    pub fn wide(&self) -> bool {
        matches!(self.control, Control::Area)
    }
}

/// The fields of a form.
pub fn drawn(inputs: &[Input], book: &Book) -> Vec<Drawn> {
    let text = |key: &str| if key.is_empty() { String::new() } else { book.language.text(key).into_owned() };
    let draw = |input: &Input| Drawn {
        name: input.field.name,
        label: book.label(input.field),
        hint: text(input.field.hint),
        wrong: input.wrong.clone(),
        typed: input.typed.clone(),
        required: input.field.required,
        control: input.control(book),
    };
    inputs.iter().map(draw).collect()
}
