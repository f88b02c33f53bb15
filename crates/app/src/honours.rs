//! The honours of one person or collective as lines of a table, with the decision behind each.

use rules::facts::Day;
use rules::law::Law;
use store::conferrals::{Conferral, Revocation};
use store::words::EndKind;

use crate::frame::Frame;
use crate::language::Language;
use crate::query;
use crate::register::choices;
use crate::register::paper::of_another;
use crate::wording::capital;

/// The honours of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Honours {
    /// The newest first.
    pub rows: Vec<Honour>,
    /// How many more there are on request.
    pub more: usize,
    /// This page with every honour.
    pub all_href: String,
}

/// One honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Honour {
    /// Its name as the law of its day prints it.
    pub name: String,
    /// The year of a title, or the years of the achievement.
    pub years: String,
    /// For what it was given.
    pub kind: String,
    pub decision: String,
    pub decision_href: String,
    pub day: String,
    pub authority: String,
    /// What ended it, in a sentence; empty while it stands.
    pub ended: String,
    /// Which other body gave it, and whether it counts; empty for an honour of the office or of the State.
    pub body: String,
}

/// Rows of a page before the rest is asked for.
pub const NEWEST: usize = 5;

/// The honours decided by a day.
pub fn of(law: &Law, conferrals: &[Conferral], day: Day, frame: &Frame, all: bool) -> Honours {
    let mut known: Vec<&Conferral> = conferrals.iter().filter(|conferral| conferral.is_known(day)).collect();
    known.sort_by_key(|conferral| std::cmp::Reverse(conferral.decided));
    let shown = if all { known.len() } else { known.len().min(NEWEST) };
    Honours {
        rows: known[..shown].iter().map(|conferral| honour(law, conferral, day, frame)).collect(),
        more: known.len() - shown,
        all_href: frame.href(&query::address(&frame.path, &[("khen-thuong", "tat-ca")])) + "#khen-thuong",
    }
}

/// The end of an honour known on a day.
pub fn ended(conferral: &Conferral, day: Day) -> Option<&Revocation> {
    conferral.revoked.as_ref().filter(|end| end.day <= day)
}

/// The name of an honour as the law of its day prints it; one that the catalogue does not hold is called that.
pub fn name(law: &Law, award: &str, day: Day, language: Language) -> String {
    match law.award(award) {
        Some(award) => language.pick(&award.name(day)).to_owned(),
        None => language.text("honours-not-listed").into_owned(),
    }
}

/// The title year, or the first and last year of the achievement.
pub fn years(conferral: &Conferral, language: Language) -> String {
    match (conferral.title_year, conferral.period) {
        (Some(year), _) => year.to_string(),
        (None, Some((from, to))) => language.years(from, to),
        (None, None) => String::new(),
    }
}

fn honour(law: &Law, conferral: &Conferral, day: Day, frame: &Frame) -> Honour {
    let language = frame.language;
    Honour {
        name: name(law, &conferral.award, conferral.decided, language),
        years: years(conferral, language),
        kind: conferral.kind.map_or_else(String::new, |kind| capital(language.pick(&rules::words::kind(kind)))),
        decision: conferral.number.clone(),
        decision_href: frame.href(&format!("/quyet-dinh/{}", conferral.decision)),
        day: language.day(conferral.decided),
        authority: conferral.authority.clone(),
        body: body(conferral, language),
        ended: ended(conferral, day).map_or_else(String::new, |end| told(end, language)),
    }
}

fn body(conferral: &Conferral, language: Language) -> String {
    let Some(body) = conferral.body.filter(|body| of_another(*body)) else {
        return String::new();
    };
    let body = choices::body_name(language, body);
    let ground = conferral.ground.clone().unwrap_or_default();
    let key = if conferral.counts { "honours-body-counts" } else { "honours-body-counts-not" };
    language.text_with(key, &[("body", &body), ("ground", &ground)])
}

fn told(end: &Revocation, language: Language) -> String {
    let key = match end.kind {
        EndKind::ThuHoi => "honours-withdrawn",
        EndKind::HuyBo => "honours-annulled",
        EndKind::SuaDoi => "honours-amended",
    };
    language.text_with(key, &[("document", &end.document), ("day", &language.day(end.day))])
}
