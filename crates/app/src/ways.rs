//! Ways to an honour in words, alike on the page and on the command line.

use rules::ask::Verdict;
use rules::facts::RecordKind;
use rules::law::Law;
use rules::path::demand::Demand;
use rules::path::{Path, Serves, Step, Way};

use crate::citation;
use crate::language::{Language, Word};

/// What the ways come to, in one sentence.
pub fn sentence(law: &Law, path: &Path, language: Language) -> String {
    let Some(soonest) = path.ways.first() else {
        let until = path.until.to_string();
        let key = if path.exact { "path-none" } else { "path-stopped" };
        return language.text_with(key, &[("until", &until)]);
    };
    let decisions = language.number(i64::from(soonest.demand.decisions));
    let (month, decisions): (&dyn Word, &dyn Word) = (&language.day(soonest.day), &decisions);
    match soonest.verdict {
        _ if path.suffices => language.text("path-now").into_owned(),
        Verdict::Unknown => {
            let texts = missing_texts(law, soonest, language);
            language.text_with("path-soonest-unknown", &[("day", month), ("decisions", decisions), ("texts", &texts)])
        }
        _ if soonest.day == path.on => language.text_with("path-today", &[("decisions", decisions)]),
        _ => language.text_with("path-soonest", &[("day", month), ("decisions", decisions)]),
    }
}

/// The texts that are not at hand and have the last word on a way, each once.
fn missing_texts(law: &Law, way: &Way, language: Language) -> String {
    let ids = way.open.iter().flat_map(|open| &open.missing).filter_map(|missing| missing.text.as_deref());
    let mut texts: Vec<String> = ids.map(|id| citation::text(law, id, language)).collect();
    texts.sort();
    texts.dedup();
    texts.join("; ")
}

/// What a reader must know beside the sentence.
pub fn notes(law: &Law, path: &Path, language: Language) -> Vec<String> {
    let mut notes = Vec::new();
    if !path.ways.is_empty() {
        notes.push(language.text("path-certain").into_owned());
        notes.push(language.text("path-order").into_owned());
    }
    if let Some(day) = path.earliest_under {
        notes.push(language.text_with("path-under", &[("day", &language.day(day))]));
    }
    if !path.supposed.is_empty() {
        let kinds: Vec<_> = path.supposed.iter().map(|kind| language.text(record_key(*kind)).into_owned()).collect();
        notes.push(language.text_with("path-supposed", &[("records", &kinds.join(", "))]));
    }
    if !path.exact && !path.ways.is_empty() {
        notes.push(language.text("path-inexact").into_owned());
    }
    for missing in &path.blocking {
        let what = language.pick(&missing.what).to_owned();
        let text = missing.text.as_deref().map(|text| citation::text(law, text, language));
        let told = text.filter(|text| !what.contains(text.as_str())).map(|text| format!(" ({text})"));
        notes.push(language.text_with("path-blocking", &[("what", &(what + &told.unwrap_or_default()))]));
    }
    notes
}

/// The name of a way: soonest, least demanding, or both, with its day.
pub fn title(path: &Path, way: &Way, language: Language) -> String {
    let (first, last) = (path.ways.first() == Some(way), path.ways.last() == Some(way));
    let key = match (first, last) {
        (true, true) => "path-way-both",
        (true, false) => "path-way-soonest",
        (false, true) => "path-way-least",
        (false, false) => "path-way-between",
    };
    language.text_with(key, &[("day", &language.day(way.day))])
}

/// What a way asks, from the weightiest on; what it does not ask is left out.
pub fn demand(demand: &Demand, language: Language) -> String {
    let asked = [
        ("path-demand-decisions", demand.decisions),
        ("path-demand-state", demand.of_state),
        ("path-demand-ministry", demand.of_ministry),
        ("path-demand-excellent", demand.excellent),
        ("path-demand-initiatives-nation", demand.initiatives_nation),
        ("path-demand-initiatives-ministry", demand.initiatives_ministry),
        ("path-demand-initiatives-unit", demand.initiatives_unit),
        ("path-demand-members", demand.members),
        ("path-demand-registrations", demand.registrations),
        ("path-demand-good", demand.good),
        ("path-demand-papers", demand.papers),
    ];
    let told = asked.into_iter().filter(|(_, count)| *count > 0);
    let told = told.map(|(key, count)| language.text_with(key, &[("count", &language.number(i64::from(count)))]));
    told.collect::<Vec<_>>().join(" · ")
}

/// The conditions that a step serves, those of one wording once.
pub fn served(step: &Step) -> Vec<&Serves> {
    let mut told: Vec<&Serves> = Vec::new();
    for served in &step.serves {
        if told.iter().all(|known| known.words != served.words || known.source != served.source) {
            told.push(served);
        }
    }
    told
}

fn record_key(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Grades => "path-record-grades",
        RecordKind::Titles => "path-record-titles",
        RecordKind::Awards => "path-record-awards",
        RecordKind::Initiatives => "path-record-initiatives",
        RecordKind::Disciplines => "path-record-disciplines",
        RecordKind::Holds => "path-record-holds",
        RecordKind::Posts => "path-record-posts",
        RecordKind::Leave => "path-record-leave",
        RecordKind::Registrations => "path-record-registrations",
        RecordKind::Members => "path-record-members",
    }
}
