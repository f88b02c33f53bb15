//! What waits for a text that is not loaded: every condition by honour, with what the text before it asked.

use std::collections::BTreeMap;

use askama::Template;
use rules::facts::Day;
use rules::law::{Award, Law, Leaf, NATION, Value};
use store::access::{self, Scope};

use crate::catalogue;
use crate::citation::{self, cite};
use crate::frame::Frame;
use crate::query;
use crate::regulations::told;
use crate::standing::{self, Standing};
use crate::visit::{Answer, Visit};

/// Conditions are drawn until so many; the honours after that are named with the way to each.
const DRAWN: usize = 40;

#[derive(Template)]
#[template(path = "awaiting.html")]
struct AwaitingPage {
    frame: Frame,
    lead: String,
    texts: Vec<Text>,
    /// The text chosen; empty where nothing waits for any.
    chosen: String,
    honours: Vec<Honour>,
    /// Honours that are only named: address, name, how many conditions.
    others: Vec<(String, String, usize)>,
    /// Where the viewer can write the text down.
    write_href: String,
}

/// A text for which something waits.
struct Text {
    href: String,
    name: String,
    count: usize,
    chosen: bool,
}

/// An honour with its conditions that wait.
struct Honour {
    href: String,
    name: String,
    leaves: Vec<Waiting>,
}

/// A condition that waits, under the text before.
struct Waiting {
    standard: String,
    words: String,
    cite: String,
    until: String,
}

/// `GET /cho-van-ban`.
pub async fn show(visit: Visit) -> Answer {
    let (law, day, language) = (&visit.app.law, visit.day, visit.language);
    let frame = visit.frame(visit.t("awaiting-title")).crumb(visit.t("law-title"), "/danh-muc");
    let counts = counts(law, day);
    let most = counts.iter().max_by_key(|(_, count)| **count).map(|(text, _)| *text);
    let chosen = visit.asked("van-ban").filter(|asked| counts.contains_key(asked)).or(most).unwrap_or_default();
    let wanted = visit.asked("danh-hieu");
    let mut found: Vec<(&Award, Vec<Found<'_>>)> =
        law.awards.iter().map(|award| (award, waiting(law, award, day, chosen))).collect();
    found.retain(|(_, leaves)| !leaves.is_empty());
    found.sort_by_key(|(award, _)| Some(award.id.as_str()) != wanted);
    let (mut honours, mut others, mut drawn) = (Vec::new(), Vec::new(), 0);
    for (award, leaves) in found {
        let name = language.pick(&award.name(day)).to_owned();
        if drawn > 0 && drawn + leaves.len() > DRAWN {
            let href = query::address("/cho-van-ban", &[("van-ban", chosen), ("danh-hieu", &award.id)]);
            others.push((frame.href(&href), name, leaves.len()));
            continue;
        }
        drawn += leaves.len();
        let leaves = leaves.iter().map(|found| told(law, found, &frame)).collect();
        honours.push(Honour { href: catalogue::address(&frame, &award.id), name, leaves });
    }
    let viewer = &visit.signed_in()?.viewer;
    let writes =
        access::writes_layers(viewer) && access::scope(viewer, visit.today) == Scope::Office && !chosen.is_empty();
    let page = AwaitingPage {
        lead: language.text_with("awaiting-lead", &[("day", &language.day(day))]),
        texts: counts.iter().map(|(text, count)| choice(law, text, *count, chosen, &frame)).collect(),
        chosen: if chosen.is_empty() { String::new() } else { citation::text(law, chosen, language) },
        honours,
        others,
        write_href: if writes { query::address("/quy-che/moi", &[("van-ban", chosen)]) } else { String::new() },
        frame,
    };
    visit.page(&page)
}

/// A condition that waits for the chosen text.
struct Found<'l> {
    standard: Option<&'l rules::words::Words>,
    value: &'l Value,
    until: Option<Day>,
}

/// How many conditions wait for each text on a day.
fn counts(law: &Law, day: Day) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for award in &law.awards {
        for (_, leaf, value) in leaves(law, award, day) {
            if let Standing::Waits { text, .. } = standing::of_value(law, leaf, value, day) {
                *counts.entry(text).or_default() += 1;
            }
        }
    }
    counts
}

fn waiting<'l>(law: &'l Law, award: &'l Award, day: Day, chosen: &str) -> Vec<Found<'l>> {
    let found =
        leaves(law, award, day).filter_map(|(standard, leaf, value)| match standing::of_value(law, leaf, value, day) {
            Standing::Waits { text, until } if text == chosen => Some(Found { standard, value, until }),
            _ => None,
        });
    found.collect()
}

/// The values of an honour on a day, with the name of the standard; what binds many honours has none.
fn leaves<'l>(
    law: &'l Law,
    award: &'l Award,
    day: Day,
) -> impl Iterator<Item = (Option<&'l rules::words::Words>, &'l Leaf, &'l Value)> {
    let own = award.standards.iter().filter(move |standard| standard.touches(day));
    let own = own.flat_map(move |standard| {
        standing::values(standard, day).map(move |(leaf, value)| (Some(&standard.name), leaf, value))
    });
    let shared = standing::principles(law, award, day);
    own.chain(shared.filter_map(move |principle| Some((None, &principle.leaf, principle.leaf.on(day)?))))
}

fn told(law: &Law, found: &Found<'_>, frame: &Frame) -> Waiting {
    let language = frame.language;
    let mut cited = cite(law, &found.value.source, language);
    if found.value.layer != NATION {
        let layer = law.layers.iter().find(|layer| layer.id == found.value.layer);
        let name = layer.map_or(found.value.layer.as_str(), |layer| language.pick(&layer.name));
        cited = format!("{cited} ({})", frame.t1("law-layer", "name", name));
    }
    Waiting {
        standard: match found.standard {
            Some(name) => language.pick(name).to_owned(),
            None => frame.t("award-principles").into_owned(),
        },
        words: told::value_words(law, found.value, frame),
        cite: cited,
        until: match found.until {
            Some(until) => frame.t1("awaiting-until", "day", language.day(until)),
            None => frame.t("awaiting-never").into_owned(),
        },
    }
}

fn choice(law: &Law, text: &str, count: usize, chosen: &str, frame: &Frame) -> Text {
    Text {
        href: frame.href(&query::address("/cho-van-ban", &[("van-ban", text)])),
        name: citation::short(law, text, frame.language),
        count,
        chosen: text == chosen,
    }
}
