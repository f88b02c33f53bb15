//! One honour on a day: its standards in words with what they were before, its dated rows, and the cases that prove it.

mod history;
mod proof;
mod rows;
mod standards;

use askama::Template;
use askama::filters::Safe;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use rules::facts::{Day, Subject};
use rules::law::{Award, CountedBy, rows_on};

use crate::catalogue::{self, SUBJECTS};
use crate::citation;
use crate::frame::Frame;
use crate::query;
use crate::standing::{self, Loaded};
use crate::visit::{Answer, Visit};

/// The parts of the page: the word in the address and the key of the label.
const PARTS: [(&str, &str); 3] =
    [("", "award-part-standards"), ("ho-so", "award-part-rows"), ("vi-du", "award-part-proof")];

#[derive(Template)]
#[template(path = "award.html")]
struct AwardPage {
    frame: Frame,
    lead: String,
    facts: Vec<(String, String)>,
    /// What is not verified or not loaded, in sentences.
    warnings: Vec<String>,
    /// The change dates, each with the way to it.
    changes: Vec<Link>,
    between: String,
    parts: Vec<Link>,
    subjects: Vec<Link>,
    body: Safe<String>,
}

/// A way to another day, part or subject of the page.
struct Link {
    href: String,
    label: String,
    chosen: bool,
}

/// What is asked of the page: which part, and for which kind of subject.
#[derive(Clone, Copy)]
struct Asked {
    part: &'static str,
    subject: Subject,
}

/// `GET /danh-muc/{award}`.
pub async fn show(visit: Visit, path: Result<Path<String>, PathRejection>) -> Answer {
    let Path(id) = path?;
    let law = &visit.app.law;
    let Some(award) = law.award(&id) else { return catalogue::no_such_award(&visit, &id) };
    let (day, language) = (visit.day, visit.language);
    let frame = visit.frame(language.pick(&award.name(day))).crumb(visit.t("law-title"), "/danh-muc");
    let asked = Asked::of(&visit, award);
    let body = match asked.part {
        "ho-so" => rows::render(law, award, day, &frame)?,
        "vi-du" => proof::render(award, &frame, &asked.address(award), visit.asked("tu"))?,
        _ => standards::render(law, award, asked.subject, day, &frame)?,
    };
    let changes = standing::changes(law, award);
    visit.page(&AwardPage {
        lead: language.text_with("award-lead", &[("day", &language.day(day))]),
        facts: facts(&visit, award),
        warnings: warnings(&visit, award),
        between: between(&visit, &changes),
        changes: change_links(&frame, award, asked, &changes),
        parts: part_links(&frame, award, asked),
        subjects: subject_links(&frame, award, asked),
        body: Safe(body),
        frame,
    })
}

impl Asked {
    fn of(visit: &Visit, award: &Award) -> Self {
        let part = PARTS.into_iter().map(|(part, _)| part).find(|part| visit.asked("phan") == Some(part));
        let subject = SUBJECTS.into_iter().find(|(word, _)| visit.asked("doi-tuong") == Some(word));
        let subject = subject.map(|(_, subject)| subject).filter(|subject| award.subjects.contains(subject));
        let first = award.subjects.first().copied().unwrap_or_default();
        Self { part: part.unwrap_or_default(), subject: subject.unwrap_or(first) }
    }

    /// The address of this part and subject, without the day.
    fn address(self, award: &Award) -> String {
        let first = award.subjects.first() == Some(&self.subject);
        let word = SUBJECTS.into_iter().find(|(_, subject)| *subject == self.subject).map(|(word, _)| word);
        let subject = word.filter(|_| !first).map(|word| ("doi-tuong", word));
        let part = Some(("phan", self.part)).filter(|(_, part)| !part.is_empty());
        query::address(&format!("/danh-muc/{}", award.id), &part.into_iter().chain(subject).collect::<Vec<_>>())
    }
}

/// What an honour is, at a glance: class, level, subjects, who decides, bonus, how it is counted.
fn facts(visit: &Visit, award: &Award) -> Vec<(String, String)> {
    let (law, day, language) = (&visit.app.law, visit.day, visit.language);
    let subjects: Vec<String> =
        award.subjects.iter().map(|subject| visit.t(catalogue::subject_key(*subject))).collect();
    let counted = match award.counted_by {
        CountedBy::Nam => "award-counted-by-year",
        CountedBy::QuyetDinh => "award-counted-by-decision",
    };
    let bonus = |subject: &Subject| {
        let amount = rules::bonus::amount(law, &award.id, day, *subject)?;
        let said = language.text_with(
            "award-bonus",
            &[
                ("times", &language.hundredths(amount.thousandths as i64 / 10)),
                ("dong", &language.money(amount.dong as i64)),
            ],
        );
        let named = award.subjects.len() > 1;
        Some(if named { format!("{}: {said}", visit.t(catalogue::subject_key(*subject))) } else { said })
    };
    let bonuses: Vec<String> = award.subjects.iter().filter_map(bonus).collect();
    let deciders: Vec<&str> = rows_on(&award.decided_by, day).map(|row| language.pick(&row.value)).collect();
    let said = |words: Vec<&str>| if words.is_empty() { visit.t("law-not-on-record") } else { words.join("; ") };
    vec![
        (
            visit.t("award-kind"),
            format!("{} · {}", visit.t(catalogue::class_key(award.class)), visit.t(catalogue::level_key(award.level))),
        ),
        (visit.t("award-subjects"), subjects.join(", ")),
        (visit.t("law-column-decider"), said(deciders)),
        (visit.t("law-column-bonus"), said(bonuses.iter().map(String::as_str).collect())),
        (visit.t("award-counted"), visit.t(counted)),
    ]
}

fn warnings(visit: &Visit, award: &Award) -> Vec<String> {
    let (law, language) = (&visit.app.law, visit.language);
    let mut warnings = Vec::new();
    let tally = standing::tally(law, award, visit.day);
    let first = award.names.iter().map(|row| row.from).min();
    if !award.names.iter().any(|row| row.holds(visit.day)) {
        let from = first.map_or_else(String::new, |day| language.day(day));
        warnings.push(language.text_with("award-absent", &[("from", &from)]));
    }
    match standing::loaded(law, award, visit.day) {
        Loaded::Whole => {}
        Loaded::Partly => warnings.push(visit.t("award-partly")),
        Loaded::Nothing => warnings.push(visit.t("award-nothing")),
        Loaded::ToCheck { text, until } => {
            let (text, until) = (citation::text(law, text, language), language.day(until));
            warnings.push(language.text_with("award-to-check", &[("text", &text), ("until", &until)]));
        }
    }
    for (text, count) in &tally.waiting {
        let text = citation::short(law, text, language);
        warnings.push(language.text_with("award-waiting", &[("count", count), ("text", &text)]));
    }
    if tally.unverified > 0 {
        let all = tally.unverified + tally.verified + tally.waits();
        warnings.push(language.text_with("award-unverified", &[("count", &tally.unverified), ("all", &all)]));
    }
    warnings
}

/// Between which changes of the law the day lies.
fn between(visit: &Visit, changes: &[Day]) -> String {
    let language = visit.language;
    let day = language.day(visit.day);
    let last = changes.iter().rfind(|change| **change <= visit.day);
    let next = changes.iter().find(|change| **change > visit.day).and_then(|change| change.pred_opt());
    match (last, next) {
        (Some(from), next) => {
            let span = catalogue::span(language, *from, next);
            language.text_with("award-between", &[("day", &day), ("span", &span)])
        }
        (None, Some(until)) => language.text_with("award-before", &[("day", &day), ("until", &language.day(until))]),
        (None, None) => day,
    }
}

fn change_links(frame: &Frame, award: &Award, asked: Asked, changes: &[Day]) -> Vec<Link> {
    let here = asked.address(award);
    let mark = if here.contains('?') { '&' } else { '?' };
    let last = changes.iter().rfind(|change| **change <= frame.day);
    let link = |change: &Day| Link {
        href: format!("{here}{mark}ngay={change}"),
        label: frame.language.day(*change),
        chosen: Some(change) == last,
    };
    changes.iter().map(link).collect()
}

fn part_links(frame: &Frame, award: &Award, asked: Asked) -> Vec<Link> {
    let link = |(part, key): (&'static str, &str)| Link {
        href: frame.href(&Asked { part, ..asked }.address(award)),
        label: frame.t(key).into_owned(),
        chosen: part == asked.part,
    };
    PARTS.into_iter().map(link).collect()
}

/// The kinds of subject to choose from, where standards differ by it.
fn subject_links(frame: &Frame, award: &Award, asked: Asked) -> Vec<Link> {
    if award.subjects.len() < 2 || !asked.part.is_empty() {
        return Vec::new();
    }
    let link = |subject: &Subject| Link {
        href: frame.href(&Asked { subject: *subject, ..asked }.address(award)),
        label: frame.t(catalogue::subject_key(*subject)).into_owned(),
        chosen: *subject == asked.subject,
    };
    award.subjects.iter().map(link).collect()
}
