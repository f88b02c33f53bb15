//! What makes a struct a record: its table, its columns, and its content for the journal.

use sea_orm::Value;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::schema::Field;

/// Something that can be entered by a step, once and for good.
pub trait Record: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The table, and the noun of the journal.
    const NOUN: &'static str;
    /// What entering it does, as the journal says it.
    const VERB: &'static str;
    /// The columns beside office, step and salt; their names are those of the fields.
    const COLUMNS: &'static [&'static str];
    /// Its content as the journal hashes it: the members of its JSON and how each is read back from its column.
    const FIELDS: &'static [Field];

    fn id(&self) -> Uuid;

    /// The values of [`Record::COLUMNS`], in that order.
    fn values(&self) -> Vec<Value>;

    /// The words by which it can be found, and the key that orders what is found.
    fn search(&self) -> Option<SearchText> {
        None
    }
}

/// The words by which a record is found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SearchText {
    /// The place among all that is found.
    pub order: Vec<u8>,
    pub text: String,
}

/// Defines a struct whose fields are the columns of a table.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $name:ident, $noun:literal, $verb:literal $(, search $search:expr)? ;
        $($(#[doc = $field_doc:literal])* $field:ident : $type:ty),* $(,)?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            /// A UUIDv7, made by the caller or by [`crate::step::Step::id`].
            pub id: Uuid,
            $($(#[doc = $field_doc])* pub $field: $type,)*
        }

        impl Record for $name {
            const NOUN: &'static str = $noun;
            const VERB: &'static str = $verb;
            const COLUMNS: &'static [&'static str] = &["id", $(stringify!($field)),*];
            const FIELDS: &'static [Field] = &[
                Field { name: "id", column: ColumnType::Uuid },
                $(Field { name: stringify!($field), column: <$type as Cell>::TYPE }),*
            ];

            fn id(&self) -> Uuid {
                self.id
            }

            fn values(&self) -> Vec<Value> {
                vec![self.id.cell(), $(self.$field.cell()),*]
            }

            $(fn search(&self) -> Option<SearchText> {
                let search: fn(&Self) -> SearchText = $search;
                Some(search(self))
            })?
        }
    };
}

pub(crate) use record;

/// RFC 8785: the one way to write a record as JSON, members in the order of their names; records hold no fractions.
pub fn canonical<T: Serialize>(content: &T) -> String {
    let written = match serde_json::to_string(content) {
        Ok(written) => written,
        Err(why) => unreachable!("a record is plain data: {why}"),
    };
    // Almost every record is flat: its members need only be put in order.
    let Some(mut members) = flat_members(&written) else { return canonical_tree(content) };
    members.sort_unstable();
    let mut text = String::with_capacity(written.len());
    text.push('{');
    for (n, member) in members.into_iter().enumerate() {
        text.push_str(if n > 0 { "," } else { "" });
        text.push_str(member);
    }
    text.push('}');
    text
}

/// The members of an object as serde writes them, `"name":value`; `None` where a value has members of its own.
fn flat_members(written: &str) -> Option<Vec<&str>> {
    let inner = written.strip_prefix('{')?.strip_suffix('}')?;
    let (mut members, mut start) = (Vec::with_capacity(16), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => return None,
            b',' if !quoted => {
                members.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    members.push(&inner[start..]);
    Some(members)
}

fn canonical_tree<T: Serialize>(content: &T) -> String {
    let mut text = String::new();
    match serde_json::to_value(content) {
        Ok(value) => write_canonical(&value, &mut text),
        Err(why) => unreachable!("a record is plain data: {why}"),
    }
    text
}

fn write_canonical(value: &serde_json::Value, text: &mut String) {
    match value {
        serde_json::Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            text.push('{');
            for (n, name) in names.into_iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                text.push_str(&serde_json::Value::from(name.as_str()).to_string());
                text.push(':');
                write_canonical(&members[name], text);
            }
            text.push('}');
        }
        serde_json::Value::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                write_canonical(item, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}
