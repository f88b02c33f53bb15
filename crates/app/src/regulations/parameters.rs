//! The parameters of a condition as fields of a form: numbers, words and switches to type, all else as the text has it.

use rules::law::Value;
use rules::layer_text::quoted;

use crate::language::Language;
use crate::register::choices::Choice;
use crate::sheet::Posted;

/// One parameter.
pub struct Parameter {
    pub key: String,
    /// Its name in the form.
    pub name: String,
    pub label: String,
    pub typed: String,
    pub wrong: String,
    /// The type of the input; empty for a list to choose from.
    pub input: &'static str,
    pub choices: Vec<Choice>,
    sort: Sort,
}

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    Text,
    Switch,
    /// Lists and tables, as TOML.
    Other,
}

/// The parameters that have a name of their own for the reader.
const NAMED: [&str; 17] = [
    "percent",
    "years",
    "count",
    "months",
    "cycle",
    "working_days",
    "clear_months",
    "grade",
    "scope",
    "title",
    "award",
    "above",
    "at_least",
    "within",
    "kinds",
    "month",
    "day",
];

impl Parameter {
    /// The parameter as TOML.
    pub fn toml(&self) -> String {
        match self.sort {
            Sort::Text => quoted(&self.typed),
            Sort::Number | Sort::Switch | Sort::Other => self.typed.clone(),
        }
    }
}

/// The parameters of a value; none where there is no value.
pub fn of(value: Option<&Value>, language: Language) -> Vec<Parameter> {
    let parameters = value.into_iter().flat_map(|value| &value.parameters);
    parameters.map(|(key, toml)| parameter(key, toml, language)).collect()
}

/// Takes over what was sent, and says what cannot be taken.
pub fn take(parameters: &mut [Parameter], posted: &Posted, language: Language) {
    for parameter in parameters {
        if let Some(sent) = posted.sent(&parameter.name) {
            parameter.typed = sent.to_owned();
        }
        let sound = match parameter.sort {
            Sort::Number => parameter.typed.parse::<u32>().is_ok(),
            Sort::Text | Sort::Other => !parameter.typed.is_empty(),
            Sort::Switch => ["true", "false"].contains(&parameter.typed.as_str()),
        };
        if !sound {
            let key = if parameter.sort == Sort::Number { "regulation-wrong-number" } else { "sheet-empty" };
            parameter.wrong = language.text(key).into_owned();
        }
    }
}

fn parameter(key: &str, toml: &str, language: Language) -> Parameter {
    let (sort, typed) = match toml {
        "true" | "false" => (Sort::Switch, toml.to_owned()),
        _ if toml.starts_with('"') && !toml.starts_with("\"\"\"") => {
            (Sort::Text, serde_json::from_str(toml).unwrap_or_else(|_| toml.to_owned()))
        }
        _ => match toml.replace('_', "").parse::<u32>() {
            Ok(number) => (Sort::Number, number.to_string()),
            Err(_) => (Sort::Other, toml.to_owned()),
        },
    };
    let label = match NAMED.contains(&key) {
        true => language.text(&format!("regulation-parameter-{}", key.replace('_', "-"))).into_owned(),
        false => key.to_owned(),
    };
    let switch = |word: &str, key: &str| (word.to_owned(), language.text(key).into_owned());
    Parameter {
        key: key.to_owned(),
        name: format!("ts-{key}"),
        label,
        typed,
        wrong: String::new(),
        input: match sort {
            Sort::Number => "number",
            Sort::Text | Sort::Other => "text",
            Sort::Switch => "",
        },
        choices: match sort {
            Sort::Switch => vec![switch("true", "regulation-yes"), switch("false", "regulation-no")],
            Sort::Number | Sort::Text | Sort::Other => Vec::new(),
        },
        sort,
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMED, parameter};
    use crate::language::Language;

    #[test]
    fn each_named_parameter_has_a_text_in_both_languages() {
        for language in Language::ALL {
            for key in NAMED {
                assert!(!parameter(key, "1", language).label.contains('‹'), "{key}");
            }
        }
    }

    #[test]
    fn what_was_read_is_written_back_as_it_was() {
        for toml in ["80", "true", "\"lao-dong-tien-tien\"", "[\"a\", \"b\"]", "{ off = \"1/3\" }", "\"\\\"nháy\\\"\""]
        {
            assert_eq!(parameter("x", toml, Language::Vi).toml(), toml);
        }
    }
}
