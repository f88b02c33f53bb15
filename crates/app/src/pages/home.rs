//! The home page: whom it greets, what waits, how the year stands, what to note, and the doors to the rest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use rules::facts::Day;
use rules::law::{Award, Law, Standard, rows_on};
use store::access;
use store::home::Figures;
use store::jobs;
use store::words::Role;

use crate::backup::schedule::{BACKUP, DRILL};
use crate::backup::told::troubles as backup_troubles;
use crate::counted::{self, Known};
use crate::error::Error;
use crate::frame::Frame;
use crate::router::Entry;
use crate::standing::Standing;
use crate::visit::{Answer, Visit};
use crate::{catalogue, citation, query, standing};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    today: String,
    waiting: Vec<Waiting>,
    year: Option<Year>,
    /// From when the figures are, where they are not from now.
    remark: Option<String>,
    notes: Option<Notes>,
    deadlines: Vec<Deadline>,
    /// The record of the person who is signed in.
    own: Option<String>,
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

/// What the loaded law cannot answer on the day.
struct Notes {
    lead: String,
    texts: Vec<String>,
}

/// A time that the law sets.
struct Deadline {
    words: String,
    honours: Vec<String>,
    source: String,
    /// That it is not verified, where it is not.
    remark: String,
}

impl Deadline {
    /// The honours by name, or how many where they would fill the page.
    fn whose(&self, frame: &Frame) -> String {
        match self.honours.len() {
            ..=2 => self.honours.join(", "),
            count => frame.t1("home-deadline-honours", "count", count),
        }
    }
}

/// `GET /`.
pub async fn show(visit: Visit) -> Answer {
    let signed_in = visit.signed_in()?;
    let greeting = visit.language.text_with("home-greeting", &[("name", &signed_in.name)]);
    let frame = visit.frame(greeting);
    // An employee sees one record, of which there is nothing to count.
    let figures = match signed_in.viewer.role {
        Role::Employee => None,
        _ => Some(counted::figures(&visit.app, &signed_in.viewer, visit.day).await?),
    };
    let (figures, remark) = told(&visit, figures);
    let backups = troubles(&visit).await?;
    let doors = frame.menu.iter().filter(|entry| entry.path != "/").copied().collect();
    visit.page(&HomePage {
        today: visit.language.weekday(visit.day),
        waiting: backups.into_iter().chain(figures.iter().flat_map(|it| waiting(&visit, &frame, it))).collect(),
        year: figures.as_ref().map(|figures| year(&visit, &frame, figures)),
        remark,
        notes: notes(&visit),
        deadlines: deadlines(&visit),
        own: signed_in.viewer.person.map(|person| frame.href(&format!("/ca-nhan/{person}"))),
        doors,
        frame,
    })
}

/// The figures, and from when they are where they are not from now.
fn told(visit: &Visit, known: Option<Known>) -> (Option<Figures>, Option<String>) {
    match known {
        None => (None, None),
        Some(Known::Now(figures)) => (Some(figures), None),
        Some(Known::Then(figures, at)) => {
            let time = visit.language.moment(at);
            (Some(figures), Some(visit.language.text_with("home-counted", &[("time", &time)])))
        }
        Some(Known::NotYet) => (None, Some(visit.t("home-counting"))),
    }
}

/// What went wrong with the backups, for those who look after them.
async fn troubles(visit: &Visit) -> Result<Vec<Waiting>, Error> {
    let viewer = &visit.signed_in()?.viewer;
    if !access::sees_backups(viewer) {
        return Ok(Vec::new());
    }
    let done = jobs::latest(&visit.app.store, viewer.office, &[BACKUP, DRILL], 10).await?;
    let told = |words| Waiting { icon: "alert-triangle", words, href: "/quan-tri/sao-luu".to_owned() };
    Ok(backup_troubles(visit, &done).into_iter().map(told).collect())
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

/// How many standards of the day wait for a text, and for which, most first; nothing where none waits.
fn notes(visit: &Visit) -> Option<Notes> {
    let (law, language) = (&visit.app.law, visit.language);
    let (mut all, mut wait) = (0_usize, 0_usize);
    let mut standards: BTreeMap<&str, usize> = BTreeMap::new();
    for award in &law.awards {
        for standard in award.standards.iter().filter(|standard| standard.touches(visit.day)) {
            let texts = texts_lacking(law, award, standard, visit.day);
            all += 1;
            wait += usize::from(!texts.is_empty());
            texts.into_iter().for_each(|text| *standards.entry(text).or_default() += 1);
        }
    }
    let mut standards: Vec<(&str, usize)> = standards.into_iter().collect();
    standards.sort_by_key(|(_, count)| Reverse(*count));
    let told = standards.into_iter().map(|(text, count)| {
        language.text_with("home-law-text", &[("text", &citation::text(law, text, language)), ("count", &count)])
    });
    let lead = language.text_with("home-law-waits", &[("count", &wait), ("all", &all)]);
    (wait > 0).then(|| Notes { lead, texts: told.collect() })
}

/// The texts without which a standard cannot be answered on a day.
fn texts_lacking<'l>(law: &'l Law, award: &Award, standard: &'l Standard, day: Day) -> BTreeSet<&'l str> {
    let bound = law.principles.iter().filter(|principle| principle.binds(award, standard, day));
    let bound = bound.filter_map(|principle| Some((&principle.leaf, principle.leaf.on(day)?)));
    let lacking = standing::values(standard, day).chain(bound).filter_map(|(leaf, value)| {
        match standing::of_value(law, leaf, value, day) {
            Standing::Waits { text, .. } => Some(text),
            Standing::Verified | Standing::Unverified => None,
        }
    });
    lacking.collect()
}

/// What the law of the day sets a time for, each with the honours it is for.
fn deadlines(visit: &Visit) -> Vec<Deadline> {
    let (law, language) = (&visit.app.law, visit.language);
    let mut deadlines: Vec<Deadline> = Vec::new();
    for award in &law.awards {
        let name = award.name(visit.day);
        for row in rows_on(&award.deadlines, visit.day) {
            let words = language.pick(&row.value);
            match deadlines.iter_mut().find(|deadline| deadline.words == words) {
                Some(deadline) => deadline.honours.push(language.pick(&name).to_owned()),
                None => deadlines.push(Deadline {
                    words: words.to_owned(),
                    honours: vec![language.pick(&name).to_owned()],
                    source: citation::cite(law, &row.source, language),
                    remark: catalogue::remark(law, standing::of_row(law, row, visit.day), language)
                        .map_or_else(String::new, |remark| remark.words),
                }),
            }
        }
    }
    deadlines
}
