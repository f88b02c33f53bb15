//! Entry by form: what each role may enter, how a form refuses, corrects, ends, takes out, and what the history tells.

mod kinds;
mod people;
mod units;

use crate::browser::{Browser, Seen, between};

/// The step that a form has seen.
pub fn after(seen: &Seen) -> String {
    between(&seen.body, "name=\"after\" value=\"", "\"").unwrap_or_default().to_owned()
}

/// The first record of a kind in a list of records.
pub fn record(seen: &Seen, word: &str) -> String {
    between(&seen.body, &format!("/ban-ghi/{word}/"), "/").unwrap_or_default().to_owned()
}

/// The sentences beside the fields.
pub fn wrong(seen: &Seen) -> Vec<String> {
    let parts = seen.body.split("<p class=\"wrong\"").skip(1);
    parts.filter_map(|part| between(part, "</svg>", "</p>")).map(str::to_owned).collect()
}

/// The notice at the top.
pub fn notice(seen: &Seen) -> String {
    let part = seen.body.split("class=\"notice notice-bad\"").nth(1).unwrap_or_default();
    between(part, "<p>", "</p>").unwrap_or_default().to_owned()
}

/// Opens a form and sends it with the step it has seen.
pub async fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Seen {
    let form = browser.get(path).await;
    let step = after(&form);
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("after", step.as_str())]).collect();
    browser.post(path, &fields).await
}
