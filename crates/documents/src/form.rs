//! Forms: papers as text with placeholders, filled with data; a form is one file under `forms/` and one sample.

use include_dir::{Dir, include_dir};
use serde_json::{Map, Value};

use crate::block::{Block, Paper};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../forms");

/// Why a form could not be filled, in words for who edits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfilled(pub String);

/// A form as its file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    name: String,
    head: Map<String, Value>,
    blocks: Vec<Value>,
}

impl Form {
    /// The form of this name, as the program carries it.
    ///
    /// # Errors
    /// When there is no such form or its file is not sound.
    pub fn built_in(name: &str) -> Result<Self, Unfilled> {
        let file = FILES.get_file(format!("{name}.toml")).and_then(|file| file.contents_utf8());
        Self::read(name, file.ok_or_else(|| Unfilled(format!("{name}: no such form")))?)
    }

    /// The names of the forms that the program carries.
    pub fn names() -> Vec<&'static str> {
        let names = FILES.files().filter_map(|file| file.path().to_str()).filter_map(|path| path.strip_suffix(".toml"));
        names.collect()
    }

    /// The data that a form's sample gives.
    ///
    /// # Errors
    /// When there is none or it is not JSON.
    pub fn sample(name: &str) -> Result<Value, Unfilled> {
        let file = FILES.get_file(format!("samples/{name}.json")).and_then(|file| file.contents_utf8());
        let text = file.ok_or_else(|| Unfilled(format!("{name}: no sample")))?;
        serde_json::from_str(text).map_err(|error| Unfilled(format!("{name}: {error}")))
    }

    /// Reads a form's text.
    ///
    /// # Errors
    /// When it is not TOML or has no blocks.
    pub fn read(name: &str, text: &str) -> Result<Self, Unfilled> {
        let unsound = |what: String| Unfilled(format!("{name}: {what}"));
        let value: Value = toml::from_str(text).map_err(|error| unsound(error.to_string()))?;
        let Value::Object(mut head) = value else { return Err(unsound("no table".to_owned())) };
        let Some(Value::Array(blocks)) = head.remove("blocks") else { return Err(unsound("no [[blocks]]".to_owned())) };
        Ok(Self { name: name.to_owned(), head, blocks })
    }

    /// The paper that the form makes of the data, which always hold the `day` and may hold a `notice`.
    ///
    /// A text `{name}` takes the data's value; a text that is nothing else takes it whole, lists and tables too.
    /// A block with `when = "name"` is left out where the value is missing or empty, one with `each = "name"` is
    /// printed for each item, and `insert = "name"` stands for blocks that the data bring.
    ///
    /// # Errors
    /// When a value is missing or a filled block is not sound.
    pub fn fill(&self, data: &Value) -> Result<Paper, Unfilled> {
        let mut blocks = Vec::new();
        for block in &self.blocks {
            self.add(block, data, &mut blocks)?;
        }
        let mut paper = self.head.clone();
        for value in paper.values_mut() {
            *value = self.filled(value, data)?;
        }
        paper.insert("blocks".to_owned(), Value::Array(blocks));
        for name in ["day", "notice"] {
            paper.extend(data.get(name).map(|value| (name.to_owned(), value.clone())));
        }
        serde_json::from_value(Value::Object(paper)).map_err(|error| self.unfilled(&error.to_string()))
    }

    fn add(&self, block: &Value, data: &Value, blocks: &mut Vec<Value>) -> Result<(), Unfilled> {
        let mut block = block.as_object().cloned().ok_or_else(|| self.unfilled("a block is no table"))?;
        let mut rule = |name: &str| block.remove(name).and_then(|value| value.as_str().map(str::to_owned));
        let (when, each, insert) = (rule("when"), rule("each"), rule("insert"));
        if when.is_some_and(|name| is_empty(found(&name, data))) {
            return Ok(());
        }
        if let Some(name) = insert {
            blocks.extend(self.list(&name, data)?);
            return Ok(());
        }
        let block = Value::Object(block);
        let Some(name) = each else {
            blocks.push(self.filled(&block, data)?);
            return Ok(());
        };
        for item in self.list(&name, data)? {
            let mut inner = data.clone();
            inner["item"] = item;
            blocks.push(self.filled(&block, &inner)?);
        }
        Ok(())
    }

    fn list(&self, name: &str, data: &Value) -> Result<Vec<Value>, Unfilled> {
        let list = found(name, data).and_then(Value::as_array);
        list.cloned().ok_or_else(|| self.unfilled(&format!("the data hold no list {name}")))
    }

    fn filled(&self, value: &Value, data: &Value) -> Result<Value, Unfilled> {
        match value {
            Value::String(text) => self.text(text, data),
            Value::Array(items) => items.iter().map(|item| self.filled(item, data)).collect(),
            Value::Object(fields) => {
                let fields = fields.iter().map(|(name, field)| Ok((name.clone(), self.filled(field, data)?)));
                fields.collect::<Result<Map<_, _>, _>>().map(Value::Object)
            }
            other => Ok(other.clone()),
        }
    }

    fn text(&self, text: &str, data: &Value) -> Result<Value, Unfilled> {
        let missing = |name: &str| self.unfilled(&format!("the data hold no {name}"));
        if let Some(name) =
            text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|name| !name.contains('{'))
        {
            return found(name, data).cloned().ok_or_else(|| missing(name));
        }
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| self.unfilled(&format!("no }} in: {text}")))?;
            filled.push_str(before);
            match found(name, data).ok_or_else(|| missing(name))? {
                Value::String(value) => filled.push_str(value),
                value => filled.push_str(&value.to_string()),
            }
            rest = after;
        }
        Ok(Value::String(filled + rest))
    }

    fn unfilled(&self, what: &str) -> Unfilled {
        Unfilled(format!("{}: {what}", self.name))
    }
}

/// Blocks as the data of a form hold them.
pub fn as_data(blocks: &[Block]) -> Value {
    serde_json::to_value(blocks).unwrap_or_default()
}

/// The value at `a.b` in the data.
fn found<'d>(name: &str, data: &'d Value) -> Option<&'d Value> {
    name.split('.').try_fold(data, |value, part| value.get(part))
}

fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(_) => false,
    }
}
