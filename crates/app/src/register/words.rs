//! The fields of a decision, its paper and its lines in words: their labels, and what they hold.

use rules::facts::Day;
use rules::law::Law;
use serde::Serialize;
use serde_json::{Map, Value};
use store::words;

use crate::honours;
use crate::language::Language;
use crate::register::choices;
use crate::wording;

/// A field of which two versions differ: label, one version, the other.
pub type Differing = (String, String, String);

/// The key of the label of a field; nothing for a field that nobody typed.
pub fn label(field: &str) -> Option<&'static str> {
    Some(match field {
        "number" => "decisions-number",
        "symbol" => "register-symbol",
        "issuer" => "decisions-issuer",
        "year" => "register-year",
        "day" => "register-day",
        "summary" => "decision-about",
        "authority" => "decision-authority",
        "signer" => "decision-signer",
        "body" => "register-body",
        "capacity" => "register-capacity",
        "signer_post" => "register-signer-post",
        "state" => "register-paper",
        "proof" => "register-proof",
        "legacy" => "register-legacy",
        "twin_reason" => "register-twin",
        "counts" => "register-counts",
        "ground" => "register-ground",
        "award" => "register-award",
        "title_year" => "register-title-year",
        "period_from" => "register-from-year",
        "period_to" => "register-to-year",
        "kind" => "register-kind",
        "post_printed" => "register-post",
        "level" => "register-level",
        "unit_printed" => "register-unit",
        "position" => "register-position",
        _ => return None,
    })
}

/// What a field holds, in words; a dash where it is blank.
pub fn said(language: Language, law: &Law, field: &str, value: &Value) -> String {
    let text = match value {
        Value::Null => return "–".to_owned(),
        Value::Bool(yes) => return language.text(if *yes { "words-yes" } else { "words-no" }).into_owned(),
        Value::String(text) => text.clone(),
        plain => return plain.to_string(),
    };
    let worded = match field {
        "body" => words::parse(&text).ok().map(|body| choices::body_name(language, body)),
        "capacity" => words::parse(&text).ok().map(|capacity| choices::capacity_name(language, capacity)),
        "state" => words::parse(&text).ok().map(|state| choices::state_name(language, state)),
        "kind" => words::parse(&text).ok().map(|kind| wording::capital(language.pick(&rules::words::kind(kind)))),
        "level" => words::parse(&text).ok().map(|level| language.text(wording::level_key(level)).into_owned()),
        "award" => Some(honours::name(law, &text, Day::MAX, language)),
        "number" => Some(store::numbering::borne(&text).to_owned()),
        "day" => text.parse().ok().map(|day| language.day(day)),
        _ => None,
    };
    worded.unwrap_or(text)
}

/// Where two versions of a record differ, each in words.
pub fn differing(
    language: Language,
    law: &Law,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<Differing> {
    let fields = before.keys().filter(|field| before.get(*field) != after.get(*field));
    let told = fields.filter_map(|field| {
        let in_words = |of: &Map<String, Value>| said(language, law, field, of.get(field).unwrap_or(&Value::Null));
        Some((language.text(label(field)?).into_owned(), in_words(before), in_words(after)))
    });
    told.filter(|(_, one, other)| one != other).collect()
}

/// A record as its fields.
pub fn fields(record: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
