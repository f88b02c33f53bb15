//! The texts that the law data cites: in force, ended or not at hand on the day, and which honours wait for which.

use std::collections::BTreeMap;

use askama::Template;
use rules::facts::Day;
use rules::law::{Document, Law, Mark};

use crate::catalogue;
use crate::citation;
use crate::frame::Frame;
use crate::standing;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "texts.html")]
struct TextsPage {
    frame: Frame,
    lead: String,
    shelves: Vec<Shelf>,
}

/// The texts in one state.
struct Shelf {
    title: &'static str,
    texts: Vec<Text>,
}

struct Text {
    name: String,
    about: Vec<String>,
    unverified: bool,
    note: Option<String>,
    /// How far its wording is loaded, where that ends.
    loaded: Option<String>,
    /// How many conditions wait for it on the day.
    waiting: Option<String>,
    honours: Vec<(String, String)>,
}

/// The state of a text on a day, in the order of the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    NotAtHand,
    InForce,
    ToCome,
    Ended,
}

/// What waits for a text: values by honour, in the order of lists.
type Waiting<'l> = BTreeMap<&'l str, Vec<(&'l str, usize)>>;

impl State {
    const ALL: [(State, &'static str); 4] = [
        (State::NotAtHand, "texts-not-at-hand"),
        (State::InForce, "texts-in-force"),
        (State::ToCome, "texts-to-come"),
        (State::Ended, "texts-ended"),
    ];

    fn of(document: &Document, day: Day) -> Self {
        match document {
            _ if !document.at_hand => Self::NotAtHand,
            _ if document.until.is_some_and(|until| until < day) => Self::Ended,
            _ if document.from.or(document.signed).is_some_and(|from| from > day) => Self::ToCome,
            _ => Self::InForce,
        }
    }
}

/// `GET /van-ban`.
pub async fn show(visit: Visit) -> Answer {
    let (law, day) = (&visit.app.law, visit.day);
    let frame = visit.frame(visit.t("texts-title")).crumb(visit.t("law-title"), "/danh-muc");
    let waiting = waiting(law, day);
    let shelf = |(state, title): (State, &'static str)| {
        let of_state = law.documents.values().filter(|document| State::of(document, day) == state);
        let mut documents: Vec<&Document> = of_state.collect();
        documents.sort_by_key(|document| std::cmp::Reverse(document.from.or(document.signed)));
        Shelf { title, texts: documents.iter().map(|document| text(law, document, &waiting, &frame)).collect() }
    };
    let shelves = State::ALL.into_iter().map(shelf).filter(|shelf| !shelf.texts.is_empty()).collect();
    let lead = visit.language.text_with("texts-lead", &[("day", &visit.language.day(day))]);
    visit.page(&TextsPage { lead, shelves, frame })
}

fn waiting(law: &Law, day: Day) -> Waiting<'_> {
    let mut waiting = Waiting::new();
    for award in &law.awards {
        for (text, count) in standing::tally(law, award, day).waiting {
            waiting.entry(text).or_default().push((&award.id, count));
        }
    }
    waiting
}

fn text(law: &Law, document: &Document, waiting: &Waiting<'_>, frame: &Frame) -> Text {
    let language = frame.language;
    let waits = waiting.get(document.id.as_str()).map_or(&[][..], Vec::as_slice);
    let count: usize = waits.iter().map(|(_, count)| count).sum();
    let name = |award: &str| language.pick(&law.name(award, frame.day)).to_owned();
    let loaded = document.loaded_until.map(|until| {
        let until = language.day(until);
        match &document.next {
            Some(next) => {
                frame.t2("texts-loaded-until-next", "until", until, "next", citation::text(law, next, language))
            }
            None => frame.t1("texts-loaded-until", "until", until),
        }
    });
    Text {
        name: language.pick(&document.name).to_owned(),
        about: about(document, frame),
        unverified: document.mark != Mark::Verified,
        note: document.note.as_ref().map(|note| language.pick(note).to_owned()),
        loaded,
        waiting: (count > 0).then(|| frame.t2("texts-waiting", "count", count, "honours", waits.len())),
        honours: waits.iter().map(|(award, _)| (catalogue::address(frame, award), name(award))).collect(),
    }
}

/// When it was signed and for which days it is in force.
fn about(document: &Document, frame: &Frame) -> Vec<String> {
    let language = frame.language;
    let mut about = Vec::new();
    about.extend(document.signed.map(|day| frame.t1("texts-signed", "day", language.day(day))));
    match (document.from, document.until) {
        (Some(from), until) => {
            about.push(frame.t1("texts-force", "span", catalogue::span(language, from, until)));
        }
        (None, Some(until)) => about.push(frame.t1("texts-until", "day", language.day(until))),
        (None, None) => {}
    }
    about
}
