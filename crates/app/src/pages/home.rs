//! The home page: whom it greets, what waits, how the year stands, what to note, and the doors to the rest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;
use store::home::{self, Figures};
use store::words::Role;

use crate::frame::Frame;
use crate::router::Entry;
use crate::visit::{Answer, Visit};
use crate::{citation, query, standing};

/// Where the law of a day is read.
const LAW: &str = "/danh-muc";

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    today: String,
    waiting: Vec<Waiting>,
    year: Option<Year>,
    notes: Vec<String>,
    /// The record of the person who is signed in.
    own: Option<String>,
    law: Option<&'static str>,
    doors: Vec<Entry>,
}

/// Something that waits to be done.
struct Waiting {
    icon: &'static str,
    words: String,
    /// The list behind the number; empty where there is none.
    href: String,
}

/// How the year stands.
struct Year {
    title: String,
    registered: u32,
    working: u32,
    share: String,
    of: String,
    decisions: String,
    decisions_href: String,
    conferrals: String,
}

/// `GET /`.
pub async fn show(visit: Visit) -> Answer {
    let signed_in = visit.signed_in()?;
    let greeting = visit.language.text_with("home-greeting", &[("name", &signed_in.name)]);
    let frame = visit.frame(greeting);
    // An employee sees one record, of which there is nothing to count.
    let figures = match signed_in.viewer.role {
        Role::Employee => None,
        _ => Some(home::figures(&visit.app.store, &signed_in.viewer, visit.day).await?),
    };
    let doors = frame.menu.iter().filter(|entry| entry.path != "/").copied().collect();
    visit.page(&HomePage {
        today: visit.language.weekday(visit.day),
        waiting: figures.as_ref().map(|figures| waiting(&visit, &frame, figures)).unwrap_or_default(),
        year: figures.as_ref().map(|figures| year(&visit, &frame, figures)),
        notes: notes(&visit),
        own: signed_in.viewer.person.map(|person| frame.href(&format!("/ca-nhan/{person}"))),
        law: frame.menu.iter().map(|entry| entry.path).find(|path| *path == LAW),
        doors,
        frame,
    })
}

fn waiting(visit: &Visit, frame: &Frame, figures: &Figures) -> Vec<Waiting> {
    let last_year = (figures.year - 1).to_string();
    let without_grade = frame.href(&query::address("/ca-nhan", &[("chua-xep-loai", &last_year)]));
    let lines = [
        (figures.without_grade, "clipboard-list", "home-without-grade", without_grade),
        (figures.initiatives_waiting, "bulb", "home-initiatives", String::new()),
        (figures.holds, "hourglass", "home-holds", String::new()),
    ];
    let some = lines.into_iter().filter(|(count, ..)| *count > 0);
    let told = some.map(|(count, icon, key, href)| Waiting {
        icon,
        href,
        words: visit.language.text_with(key, &[("count", &count), ("year", &last_year)]),
    });
    told.collect()
}

fn year(visit: &Visit, frame: &Frame, figures: &Figures) -> Year {
    let language = visit.language;
    Year {
        title: language.text_with("home-year", &[("year", &figures.year.to_string())]),
        registered: figures.registered,
        working: figures.working,
        share: language.share(figures.registered.into(), figures.working.into()),
        of: language.text_with("home-registered-of", &[("part", &figures.registered), ("whole", &figures.working)]),
        decisions: language.number(figures.decisions.into()),
        decisions_href: frame.href(&query::address("/quyet-dinh", &[("nam", &figures.year.to_string())])),
        conferrals: language.number(figures.conferrals.into()),
    }
}

/// The texts that the day asks for and that are not loaded, each with the number of honours that wait for it, most first.
fn notes(visit: &Visit) -> Vec<String> {
    let law = &visit.app.law;
    let mut honours: BTreeMap<&str, usize> = BTreeMap::new();
    for award in &law.awards {
        for text in standing::tally(law, award, visit.day).waiting.into_keys() {
            *honours.entry(text).or_default() += 1;
        }
    }
    let mut honours: Vec<(&str, usize)> = honours.into_iter().collect();
    honours.sort_by_key(|(_, count)| Reverse(*count));
    let told = honours.into_iter().map(|(text, count)| {
        let text = citation::text(law, text, visit.language);
        visit.language.text_with("home-law-text", &[("text", &text), ("count", &count)])
    });
    told.collect()
}
