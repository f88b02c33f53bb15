//! Writes rows of a regulation as TOML, for those who fill in a form instead of typing the text.

use chrono::Datelike;
use serde::Deserialize;

use crate::facts::Day;
use crate::layer::Tier;
use crate::words::Words;

/// The head of a regulation with the document that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub id: String,
    pub name: Words,
    pub tier: Tier,
    pub from: Day,
    pub document: Document,
}

/// The document that a regulation rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: String,
    pub name: Words,
    pub signed: Day,
}

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cited {
    pub document: String,
    pub article: String,
    pub clause: String,
    pub point: String,
}

/// Another value of a condition from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewValue {
    /// `AWARD/STANDARD/LEAF`.
    pub leaf: String,
    pub from: Day,
    /// Each parameter with its TOML; empty: the value before it stays, under the new source.
    pub parameters: Vec<(String, String)>,
    pub source: Cited,
}

/// A further condition that a document must confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCondition {
    pub id: String,
    pub awards: Vec<String>,
    pub from: Day,
    pub words: Words,
    pub supplier: Words,
    pub source: Cited,
}

/// A ceiling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuota {
    pub award: String,
    pub from: Day,
    pub percent: u32,
    pub base: Words,
    pub source: Cited,
}

/// A new regulation without rows.
pub fn head(head: &Head) -> String {
    let tier = match head.tier {
        Tier::Unit => "unit",
        Tier::Office => "office",
        Tier::Nation => "nation",
    };
    let document = &head.document;
    let mut text = lines(&[
        ("layer", quoted(&head.id)),
        ("tier", quoted(tier)),
        ("vi", quoted(&head.name.vi)),
        ("en", quoted(&head.name.en)),
        ("from", head.from.to_string()),
    ]);
    text += "\n[[document]]\n";
    text += &lines(&[
        ("id", quoted(&document.id)),
        ("vi", quoted(&document.name.vi)),
        ("en", quoted(&document.name.en)),
        ("signed", document.signed.to_string()),
        ("from", head.from.to_string()),
        ("mark", quoted(MARK)),
    ]);
    text
}

/// A row `[[value]]`.
pub fn value(row: &NewValue) -> String {
    let mut text = String::from("\n[[value]]\n");
    text += &lines(&[("leaf", quoted(&row.leaf)), ("from", row.from.to_string())]);
    match row.parameters.is_empty() {
        true => text += &lines(&[("same", "true".to_owned())]),
        false => row.parameters.iter().for_each(|(key, value)| text += &lines(&[(key, value.clone())])),
    }
    text + &cited(&row.source)
}

/// A row `[[principle]]` that a document must confirm.
pub fn condition(row: &NewCondition) -> String {
    let awards: Vec<String> = row.awards.iter().map(|award| quoted(award)).collect();
    let mut text = String::from("\n[[principle]]\n");
    text += &lines(&[
        ("id", quoted(&row.id)),
        ("awards", format!("[{}]", awards.join(", "))),
        ("from", row.from.to_string()),
        ("condition", quoted("attested")),
        ("vi", quoted(&row.words.vi)),
        ("en", quoted(&row.words.en)),
        ("supplier_vi", quoted(&row.supplier.vi)),
        ("supplier_en", quoted(&row.supplier.en)),
    ]);
    text + &cited(&row.source)
}

/// A row `[[quota]]`.
pub fn quota(row: &NewQuota) -> String {
    let mut text = String::from("\n[[quota]]\n");
    text += &lines(&[
        ("award", quoted(&row.award)),
        ("from", row.from.to_string()),
        ("percent", row.percent.to_string()),
        ("base_vi", quoted(&row.base.vi)),
        ("base_en", quoted(&row.base.en)),
    ]);
    text + &cited(&row.source)
}

/// A worked example of an honour to begin from: facts, a day, and what must come out.
pub fn case(award: &str, on: Day) -> String {
    let mut text = lines(&[("award", quoted(award))]);
    text += "\n[[case]]\n";
    text += &lines(&[("name", quoted("…")), ("on", on.to_string()), ("expect", quoted("not_met"))]);
    text += "[case.facts]\n";
    let titles = format!("[{{ award = {}, year = {}, decided = {on} }}]", quoted(award), on.year() - 1);
    text + &lines(&[("subject", quoted("ca-nhan")), ("titles", titles)])
}

/// The documents that a text lists, as far as it can be read: the id and the name of each.
pub fn documents(text: &str) -> Vec<(String, Words)> {
    let texts = toml::from_str::<Texts>(text).unwrap_or_default();
    texts.document.into_iter().map(|document| (document.id, Words::new(document.vi, document.en))).collect()
}

#[derive(Default, Deserialize)]
struct Texts {
    #[serde(default)]
    document: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    vi: String,
    en: String,
}

/// A text as TOML writes it, in quotes.
pub fn quoted(text: &str) -> String {
    // The escapes of JSON are those of TOML.
    serde_json::Value::from(text).to_string()
}

/// What a person who has the document before them writes down is verified.
const MARK: &str = "V";

fn cited(source: &Cited) -> String {
    let parts = [
        ("document", &source.document),
        ("article", &source.article),
        ("clause", &source.clause),
        ("point", &source.point),
    ];
    let parts = parts.iter().filter(|(_, part)| !part.is_empty());
    let parts: Vec<String> = parts.map(|(key, part)| format!("{key} = {}", quoted(part))).collect();
    lines(&[("source", format!("{{ {} }}", parts.join(", "))), ("mark", quoted(MARK))])
}

fn lines(pairs: &[(&str, String)]) -> String {
    pairs.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
}
