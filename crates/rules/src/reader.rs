//! Reads one TOML file of the law and says file, line and what to write instead where something is wrong.

use std::cell::RefCell;
use std::ops::Range;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::facts::Day;
use crate::words::Words;

/// What is wrong in a file of the law, and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fault {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub message: Words,
    pub hint: Option<Words>,
}

/// One TOML file: its name and its text.
#[derive(Debug, Clone, Copy)]
pub struct File<'t> {
    pub name: &'t str,
    pub text: &'t str,
}

impl File<'_> {
    /// A fault at a place of the text.
    pub fn fault(&self, at: usize, message: Words) -> Fault {
        let line = self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count() + 1;
        Fault { file: self.name.to_owned(), line, message, hint: None }
    }
}

impl Fault {
    /// The same fault with what to write instead.
    pub fn hint(mut self, vi: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Words::new(vi, en));
        self
    }
}

/// More bytes than any file of the law has.
pub const LONGEST: usize = 1 << 20;
/// The largest number that is no amount of money.
const LARGEST: u32 = 10_000;
/// More bytes than any id or key has.
const LONGEST_WORD: usize = 200;

impl File<'_> {
    /// Refuses a file that is too large to be one of the law.
    pub fn weighed(&self) -> Result<(), Fault> {
        match self.text.len() > LONGEST {
            true => Err(self.fault(0, Words::new("tệp quá lớn (tối đa 1 MB)", "the file is too large (1 MB at most)"))),
            false => Ok(()),
        }
    }
}

/// Parses a whole file and hands its top table to `read`.
pub fn read_file<T>(file: File<'_>, read: impl FnOnce(&Reader<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    file.weighed()?;
    let table = DeTable::parse(file.text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        file.fault(
            at,
            Words::new(
                format!("không đúng cú pháp TOML: {}", error.message()),
                format!("not valid TOML: {}", error.message()),
            ),
        )
    })?;
    let lines = Lines::of(file.text);
    let reader = Reader { file, lines: &lines, table: table.get_ref(), span: table.span(), asked: RefCell::default() };
    let value = read(&reader)?;
    reader.finish()?;
    Ok(value)
}

/// Where the lines of a text end, so that a place finds its line without counting from the beginning.
#[derive(Debug)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(end, _)| end).collect())
    }

    /// The line of a place, counted from 1.
    pub(crate) fn at(&self, place: usize) -> usize {
        self.0.partition_point(|end| *end < place) + 1
    }
}

/// One table of a file; remembers which keys were asked for, so that all others are faults.
pub struct Reader<'t> {
    file: File<'t>,
    lines: &'t Lines,
    table: &'t DeTable<'t>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'t> Reader<'t> {
    /// The file and line where the table begins.
    pub fn place(&self) -> (String, usize) {
        (self.file.name.to_owned(), self.lines.at(self.span.start))
    }

    /// A fault at the table itself.
    pub fn fault(&self, message: Words) -> Fault {
        self.file.fault(self.span.start, message)
    }

    /// A fault at the value of a key, or at the table where the key is absent.
    pub fn fault_at(&self, key: &str, message: Words) -> Fault {
        let at = self.get(key).map_or(self.span.start, |value| value.span().start);
        self.file.fault(at, message)
    }

    pub fn has(&self, key: &'static str) -> bool {
        self.ask(key).is_some()
    }

    pub fn text(&self, key: &'static str) -> Result<String, Fault> {
        self.opt_text(key)?.ok_or_else(|| self.absent(key))
    }

    pub fn opt_text(&self, key: &'static str) -> Result<Option<String>, Fault> {
        self.ask(key).map(|value| self.as_text(key, value)).transpose()
    }

    pub fn texts(&self, key: &'static str) -> Result<Vec<String>, Fault> {
        let list = self.opt_texts(key)?.ok_or_else(|| self.absent(key))?;
        if list.is_empty() {
            return Err(self.fault_at(key, Words::new(format!("“{key}” trống"), format!("`{key}` is empty"))));
        }
        Ok(list)
    }

    pub fn opt_texts(&self, key: &'static str) -> Result<Option<Vec<String>>, Fault> {
        let Some(value) = self.ask(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Array(items) => {
                items.iter().map(|item| self.as_text(key, item)).collect::<Result<_, _>>().map(Some)
            }
            _ => Err(self.wrong(value, key, "một danh sách", "a list")),
        }
    }

    /// A text that must be one of the words of `T`.
    pub fn word<T: DeserializeOwned>(&self, key: &'static str) -> Result<T, Fault> {
        self.opt_word(key)?.ok_or_else(|| self.absent(key))
    }

    pub fn opt_word<T: DeserializeOwned>(&self, key: &'static str) -> Result<Option<T>, Fault> {
        let Some(value) = self.ask(key) else { return Ok(None) };
        let text = self.as_text(key, value)?;
        self.parse_word(key, value, &text).map(Some)
    }

    pub fn words<T: DeserializeOwned>(&self, key: &'static str) -> Result<Vec<T>, Fault> {
        let Some(value) = self.ask(key) else { return Ok(Vec::new()) };
        let texts = self.opt_texts(key)?.unwrap_or_default();
        texts.iter().map(|text| self.parse_word(key, value, text)).collect()
    }

    /// A number of years, percent, places and the like: small enough that sums of a few never run over.
    pub fn number(&self, key: &'static str) -> Result<u32, Fault> {
        self.opt_number(key)?.ok_or_else(|| self.absent(key))
    }

    pub fn opt_number(&self, key: &'static str) -> Result<Option<u32>, Fault> {
        let Some(value) = self.ask(key) else { return Ok(None) };
        let number = whole(value).filter(|number| *number <= LARGEST);
        number
            .map(Some)
            .ok_or_else(|| self.wrong(value, key, "một số nguyên từ 0 đến 10000", "a whole number from 0 to 10000"))
    }

    /// How often something is asked for: at least once.
    pub fn count(&self, key: &'static str) -> Result<u32, Fault> {
        let count = self.number(key)?;
        if count == 0 {
            return Err(
                self.fault_at(key, Words::new(format!("“{key}” phải từ 1"), format!("`{key}` must be 1 or more")))
            );
        }
        Ok(count)
    }

    /// An amount of đồng, more than nothing.
    pub fn amount(&self, key: &'static str) -> Result<u32, Fault> {
        let Some(value) = self.ask(key) else { return Err(self.absent(key)) };
        let amount = whole(value).filter(|amount| *amount > 0);
        amount.ok_or_else(|| self.wrong(value, key, "số đồng, từ 1 đến 4294967295", "đồng, from 1 to 4294967295"))
    }

    pub fn opt_flag(&self, key: &'static str) -> Result<Option<bool>, Fault> {
        let Some(value) = self.ask(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Boolean(flag) => Ok(Some(*flag)),
            _ => Err(self.wrong(value, key, "true hoặc false", "true or false")),
        }
    }

    pub fn day(&self, key: &'static str) -> Result<Day, Fault> {
        self.opt_day(key)?.ok_or_else(|| self.absent(key))
    }

    pub fn opt_day(&self, key: &'static str) -> Result<Option<Day>, Fault> {
        self.ask(key).map(|value| self.as_day(key, value)).transpose()
    }

    pub fn days(&self, key: &'static str) -> Result<Vec<Day>, Fault> {
        let Some(value) = self.ask(key) else { return Ok(Vec::new()) };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| self.as_day(key, item)).collect(),
            _ => Err(self.wrong(value, key, "một danh sách ngày", "a list of days")),
        }
    }

    /// The two texts under `vi` and `en`.
    pub fn vi_en(&self) -> Result<Words, Fault> {
        Ok(Words::new(self.text("vi")?, self.text("en")?))
    }

    pub fn table(&self, key: &'static str) -> Result<Reader<'t>, Fault> {
        self.opt_table(key)?.ok_or_else(|| self.absent(key))
    }

    pub fn opt_table(&self, key: &'static str) -> Result<Option<Reader<'t>>, Fault> {
        self.ask(key).map(|value| self.as_table(key, value)).transpose()
    }

    /// The tables of a list such as `[[standard]]`; empty where there is none.
    pub fn tables(&self, key: &'static str) -> Result<Vec<Reader<'t>>, Fault> {
        let Some(value) = self.ask(key) else { return Ok(Vec::new()) };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| self.as_table(key, item)).collect(),
            _ => Err(self.wrong(value, key, "một danh sách bảng", "a list of tables")),
        }
    }

    /// The tables below a table, with their names in the order of the file.
    pub fn named_tables(&self, key: &'static str) -> Result<Vec<(String, Reader<'t>)>, Fault> {
        let Some(value) = self.ask(key) else { return Ok(Vec::new()) };
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.wrong(value, key, "một bảng", "a table"));
        };
        table.iter().map(|(name, inner)| Ok((name.get_ref().to_string(), self.as_table(key, inner)?))).collect()
    }

    /// The value as it stands, for trees.
    pub fn value(&self, key: &'static str) -> Result<&'t Spanned<DeValue<'t>>, Fault> {
        self.ask(key).ok_or_else(|| self.absent(key))
    }

    /// A fault at a value taken by [`Reader::value`].
    pub fn fault_in(&self, value: &Spanned<DeValue<'_>>, message: Words) -> Fault {
        self.file.fault(value.span().start, message)
    }

    /// How many keys have been asked for, to be given to [`Reader::written_since`].
    pub fn asked_so_far(&self) -> usize {
        self.asked.borrow().len()
    }

    /// The keys asked for since, of those that are there, each with its TOML as the file writes it.
    pub fn written_since(&self, place: usize) -> Vec<(String, String)> {
        let asked = self.asked.borrow();
        let mut keys: Vec<&str> = asked[place..].to_vec();
        keys.dedup();
        let written = keys.into_iter().filter_map(|key| {
            let value = self.get(key)?;
            Some((key.to_owned(), self.file.text[value.span()].to_owned()))
        });
        written.collect()
    }

    /// Refuses keys that nobody asked for.
    pub fn finish(&self) -> Result<(), Fault> {
        let asked = self.asked.borrow();
        let Some((key, _)) = self.table.iter().find(|(key, _)| !asked.contains(&key.get_ref().as_ref())) else {
            return Ok(());
        };
        let name = key.get_ref();
        let fault = self.file.fault(
            key.span().start,
            Words::new(format!("không có mục “{name}” ở đây"), format!("`{name}` does not belong here")),
        );
        Err(match nearest(name, &asked) {
            Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
            None => {
                let mut known = asked.clone();
                known.sort_unstable();
                known.dedup();
                fault.hint(
                    format!("các mục được nhận: {}", known.join(", ")),
                    format!("accepted here: {}", known.join(", ")),
                )
            }
        })
    }

    fn ask(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().push(key);
        self.get(key)
    }

    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn absent(&self, key: &str) -> Fault {
        self.fault(Words::new(format!("thiếu “{key}”"), format!("`{key}` is missing")))
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, key: &str, vi: &str, en: &str) -> Fault {
        self.fault_in(value, Words::new(format!("“{key}” phải là {vi}"), format!("`{key}` must be {en}")))
    }

    fn as_text(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<String, Fault> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Ok(text.to_string()),
            DeValue::String(_) => {
                Err(self.fault_in(value, Words::new(format!("“{key}” trống"), format!("`{key}` is empty"))))
            }
            _ => Err(self.wrong(value, key, "chữ trong ngoặc kép", "a text in quotes")),
        }
    }

    fn as_day(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Day, Fault> {
        let date = match value.get_ref() {
            DeValue::Datetime(stamp) if stamp.time.is_none() && stamp.offset.is_none() => stamp.date,
            _ => None,
        };
        date.and_then(|date| Day::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day)))
            .ok_or_else(|| {
                self.wrong(
                    value,
                    key,
                    "một ngày không có ngoặc kép, như 2024-01-01",
                    "a day without quotes, such as 2024-01-01",
                )
            })
    }

    fn as_table(&self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Result<Reader<'t>, Fault> {
        match value.get_ref() {
            DeValue::Table(table) => {
                let (file, lines, span) = (self.file, self.lines, value.span());
                Ok(Reader { file, lines, table, span, asked: RefCell::default() })
            }
            _ => Err(self.wrong(value, key, "một bảng", "a table")),
        }
    }

    fn parse_word<T: DeserializeOwned>(&self, key: &str, value: &Spanned<DeValue<'_>>, text: &str) -> Result<T, Fault> {
        let reader: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
        T::deserialize(reader).map_err(|error| {
            let error = error.to_string();
            let allowed = error.split_once("expected ").map_or("", |(_, allowed)| allowed).replace('`', "");
            let allowed = allowed.trim_start_matches("one of ").to_owned();
            self.fault_in(
                value,
                Words::new(format!("“{key}” không nhận “{text}”"), format!("`{key}` does not accept `{text}`")),
            )
            .hint(format!("viết một trong: {allowed}"), format!("write one of: {allowed}"))
        })
    }
}

/// A whole number written in tens.
fn whole(value: &Spanned<DeValue<'_>>) -> Option<u32> {
    match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().replace('_', "").parse().ok(),
        _ => None,
    }
}

/// The known word that differs least from the one written, if the difference is small.
pub fn nearest<'w>(written: &str, known: &[&'w str]) -> Option<&'w str> {
    // No word is so long; comparing one would take a table of its length.
    if written.len() > LONGEST_WORD {
        return None;
    }
    let distance = |word: &&'w str| strsim::damerau_levenshtein(written, word);
    let near = known.iter().copied().min_by_key(|word| distance(word))?;
    (distance(&near) <= 2.max(written.chars().count() / 4)).then_some(near)
}
