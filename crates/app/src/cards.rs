//! Eligibility cards: the honours within reach of a person or collective on a day, the nearest first, each with its conditions.

mod tree;

use rules::answer::{Answer, Finding, StandardFinding};
use rules::ask::{Cause, Missing, Record, Verdict};
use rules::explain::{GROUP, explain};
use rules::facts::{Day, Facts};
use rules::law::{Award, Law, Level, Role};
use rules::words::Words;

use self::tree::{leaves, listed, open};
use crate::citation;
use crate::frame::Frame;
use crate::language::Language;
use crate::query;
use crate::wording::capital;

/// The cards of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cards {
    pub cards: Vec<Card>,
    /// How many more there are on request.
    pub more: usize,
    /// How many honours for this kind of subject wait for a text alone and are not shown.
    pub waiting: usize,
    /// The day of consideration in words.
    pub day: String,
    /// This page with every card.
    pub all_href: String,
}

/// One honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub name: String,
    /// The way to earn it that is nearest, where there are several.
    pub way: String,
    /// `met`, `not-met` or `unknown`, as the `verdict` macro takes it.
    pub verdict: &'static str,
    /// What the last loaded values say, where a text of the day is not loaded; it stands in the place of the verdict.
    pub provisional: String,
    pub earliest: String,
    /// Whether other ways stay open until an occasion is confirmed; told on the nearest cards.
    pub others: bool,
    pub lines: Vec<Line>,
    /// How many conditions are met and not listed, on a card that is not among the nearest.
    pub met: usize,
    /// How many more are open, on a card that is not among the nearest.
    pub more: usize,
    /// How many conditions that bind many honours alike are met and not listed, on a card among the nearest.
    pub settled: usize,
    /// How many are left to the council and not listed, on a card that is not among the nearest.
    pub left: usize,
    /// Where the conditions stand, each text once.
    pub sources: String,
    pub why_href: String,
    /// The way to the honour; empty where its standard is met.
    pub path_href: String,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// A class of the style sheet.
    pub tone: &'static str,
    /// The key of the word for how it stands.
    pub stands: &'static str,
    pub words: String,
    /// The records that it rests on.
    pub records: String,
    /// What it lacks, and who can supply it.
    pub missing: Vec<String>,
    /// Whether it may hold in the place of the one before.
    pub instead: bool,
}

/// Cards on a page before the rest is asked for.
pub const NEAREST: usize = 10;
/// Cards that list every condition; the others list what is open, and count the rest.
const WHOLE: usize = 2;
/// Open conditions listed on the other cards.
const OPEN: usize = 2;
/// Records whose decisions are named beside a condition.
const RECORDS: usize = 3;

/// The cards of a subject on a day; `path` is the beginning of the addresses that tell why.
pub fn of(law: &Law, facts: &Facts, day: Day, frame: &Frame, path: &str, all: bool) -> Cards {
    let language = frame.language;
    let awards = law.awards.iter().filter(|award| award.subjects.contains(&facts.subject));
    let answers = awards.filter_map(|award| Some((award, explain(law, &award.id, facts, day, None, None).ok()?)));
    // An honour that is only for people of another group, or of a group not known, is not within reach.
    let meant = |answer: &Answer| answer.standards.iter().any(|standard| standard.condition(GROUP).is_none());
    let (mut reached, waiting): (Vec<_>, Vec<_>) =
        answers.filter(|(_, answer)| meant(answer)).partition(|(award, answer)| decides(award, answer));
    reached.sort_by_cached_key(|(award, answer)| distance(award, answer));
    let shown = if all { reached.len() } else { reached.len().min(NEAREST) };
    let cards = reached[..shown].iter().enumerate().filter_map(|(place, (award, answer))| {
        let teller = Teller { law, award, answer, language, whole: place < WHOLE };
        let nearest = answer.nearest()?;
        let way = path.replacen("/can-cu/", "/duong-di/", 1);
        let path_href = match nearest.leaning() {
            Verdict::Met => String::new(),
            _ => frame.href(&format!("{way}/{}", award.id)),
        };
        Some(Card { why_href: frame.href(&format!("{path}/{}", award.id)), path_href, ..teller.card(nearest) })
    });
    Cards {
        cards: cards.collect(),
        more: reached.len() - shown,
        waiting: waiting.len(),
        day: language.day(day),
        all_href: frame.href(&query::address(&frame.path, &[("tat-ca", "1")])) + "#tieu-chuan",
    }
}

/// Whether anything but a missing text speaks for or against it.
fn decides(award: &Award, answer: &Answer) -> bool {
    answer.standards.iter().any(|standard| {
        own(award, answer.on, standard)
            .any(|finding| finding.provisional.is_some() || finding.cause != Some(Cause::TextMissing))
    })
}

/// The findings of a standard's own conditions, without those that bind many honours and those left to the council.
fn own<'a>(award: &'a Award, on: Day, standard: &'a StandardFinding) -> impl Iterator<Item = &'a Finding> {
    standard.conditions.iter().filter(move |finding| is_own(award, on, finding) && finding.role != Role::Judgement)
}

/// Whether a condition is the honour's own and not one that binds many alike.
fn is_own(award: &Award, on: Day, finding: &Finding) -> bool {
    let standards = award.standards.iter().filter(|standard| standard.touches(on));
    let mut named = standards.filter(|standard| finding.id.split('/').nth(1) == Some(standard.id.as_str()));
    named.any(|standard| standard.leaves.contains_key(finding.leaf()))
}

/// How far an honour is, compared field by field: the smaller, the nearer.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    not_met: bool,
    /// Nothing speaks for it: then the base unit's honours come before those of the State.
    without_anything: Option<Level>,
    open: usize,
    /// What nothing speaks against comes before what fails.
    fails: bool,
    earliest: Day,
    /// The higher honour comes first.
    order: u32,
}

fn distance(award: &Award, answer: &Answer) -> Distance {
    let nearest = answer.nearest();
    let leaning = nearest.map_or(answer.verdict, StandardFinding::leaning);
    let any = nearest
        .is_some_and(|standard| own(award, answer.on, standard).any(|finding| finding.leaning() == Verdict::Met));
    Distance {
        not_met: leaning != Verdict::Met,
        without_anything: (!any).then_some(award.level),
        open: nearest.map_or(usize::MAX, |standard| open(&standard.tree, &leaves(standard))),
        fails: leaning == Verdict::NotMet,
        earliest: nearest.and_then(|standard| standard.earliest).unwrap_or(Day::MAX),
        order: award.order,
    }
}

struct Teller<'a> {
    law: &'a Law,
    award: &'a Award,
    answer: &'a Answer,
    language: Language,
    /// Whether every condition is listed.
    whole: bool,
}

impl Teller<'_> {
    fn card(&self, nearest: &StandardFinding) -> Card {
        let on = self.answer.on;
        let mut list = Vec::new();
        listed(&nearest.tree, &leaves(nearest), self.whole, false, &mut list);
        let (judged, decided): (Vec<_>, Vec<_>) =
            list.into_iter().partition(|(finding, _)| finding.role == Role::Judgement);
        let sources = self.sources(decided.iter().chain(&judged).map(|(finding, _)| *finding));
        let met: Vec<_> = decided.iter().filter(|(finding, _)| finding.leaning() == Verdict::Met).collect();
        let settled = met.iter().filter(|(finding, _)| !is_own(self.award, on, finding)).count();
        let listed = decided.iter().filter(|(finding, _)| {
            finding.leaning() != Verdict::Met || (self.whole && is_own(self.award, on, finding))
        });
        let mut lines: Vec<Line> = listed.map(|(finding, instead)| self.line(finding, *instead)).collect();
        let shown = if self.whole { lines.len() } else { lines.len().min(OPEN) };
        let more = lines.split_off(shown).len();
        let quotas = self.answer.left_to_council.iter().filter(|left| left.id.ends_with("/quota"));
        let judged: Vec<&Words> =
            judged.iter().map(|(finding, _)| &finding.words).chain(quotas.map(|left| &left.words)).collect();
        if self.whole {
            lines.extend(judged.iter().map(|words| self.left(self.language.pick(words))));
        }
        // A single standard may be kept from a verdict by a transition that belongs to the whole answer.
        let single = self.answer.standards.len() == 1;
        let open = nearest.provisional.is_some() || (single && self.answer.provisional.is_some());
        Card {
            name: self.language.pick(&self.award.name(on)).to_owned(),
            way: if self.answer.standards.len() > 1 {
                self.language.pick(&nearest.name).to_owned()
            } else {
                String::new()
            },
            verdict: tone(nearest.leaning()),
            provisional: if open { self.provisional(nearest) } else { String::new() },
            earliest: self.earliest(nearest),
            others: self.whole && nearest.leaning() != Verdict::Met && self.answer.other_occasions(),
            lines,
            more,
            met: if self.whole { 0 } else { met.len() },
            settled: if self.whole { settled } else { 0 },
            left: if self.whole { 0 } else { judged.len() },
            sources,
            why_href: String::new(),
            path_href: String::new(),
        }
    }

    fn line(&self, finding: &Finding, instead: bool) -> Line {
        let verdict = finding.leaning();
        let stands = match verdict {
            Verdict::Met => "cards-holds",
            Verdict::NotMet => "cards-fails",
            Verdict::Unknown => "cards-open",
        };
        // What the banner of the card says of the text that is not loaded is not said again beside each condition.
        let missing = finding.missing.iter().filter(|missing| finding.provisional.is_none() || missing.text.is_none());
        let mut missing: Vec<String> =
            missing.filter(|_| verdict != Verdict::Met).map(|missing| self.lacking(missing)).collect();
        // What is missing says enough where the whole condition is not told.
        if !self.whole && !missing.is_empty() {
            let (words, records) = (missing.remove(0), String::new());
            return Line { tone: tone(verdict), stands, words, records, missing: Vec::new(), instead };
        }
        let words = self.language.pick(&finding.words).to_owned();
        Line { tone: tone(verdict), stands, words, records: self.records(&finding.records), missing, instead }
    }

    fn left(&self, words: &str) -> Line {
        let (words, records, missing) = (words.to_owned(), String::new(), Vec::new());
        Line { tone: "left", stands: "cards-council", words, records, missing, instead: false }
    }

    /// The years of the records with their decisions, such as `2024 (MH-012/QĐ-VPCP), 2025`; of many, the years alone.
    fn records(&self, records: &[Record]) -> String {
        if records.len() > RECORDS {
            let mut years: Vec<i32> = records.iter().filter_map(|record| record.year).collect();
            years.sort_unstable();
            years.dedup();
            return rules::words::years(&years);
        }
        let told = records.iter().filter_map(|record| match (record.year, &record.decision) {
            (Some(year), Some(decision)) => Some(format!("{year} ({decision})")),
            (Some(year), None) => Some(year.to_string()),
            (None, decision) => decision.clone(),
        });
        told.collect::<Vec<_>>().join(", ")
    }

    fn lacking(&self, missing: &Missing) -> String {
        let what = capital(self.language.pick(&missing.what));
        match &missing.supplier {
            Some(supplier) => {
                self.language.text_with("cards-supply", &[("what", &what), ("supplier", &self.language.pick(supplier))])
            }
            None => what,
        }
    }

    /// «Theo quy định đến 30/09/2026: chưa đủ tiêu chuẩn. Cần đối chiếu Luật số 06/2026/QH16 (chưa được cập nhật).»
    fn provisional(&self, nearest: &StandardFinding) -> String {
        let degraded = || nearest.conditions.iter().filter(|finding| finding.provisional.is_some());
        let until = self.loaded_until(nearest);
        let rules = match until {
            Some(until) => self.language.text_with("cards-rules-until", &[("until", &self.language.day(until))]),
            None => self.language.text("cards-rules-at-hand").into_owned(),
        };
        let mut texts: Vec<String> = Vec::new();
        for id in degraded().flat_map(|finding| &finding.missing).filter_map(|missing| missing.text.as_deref()) {
            let name = short_name(self.law, id, self.language);
            if !texts.contains(&name) {
                texts.push(name);
            }
        }
        let text = match texts.is_empty() {
            true => self.language.text("cards-text").into_owned(),
            false => texts.join(", "),
        };
        let key = match nearest.leaning() {
            Verdict::Met => "cards-provisional-met",
            Verdict::NotMet => "cards-provisional-not-met",
            Verdict::Unknown => "cards-provisional-unknown",
        };
        self.language.text_with(key, &[("rules", &rules), ("text", &text)])
    }

    /// The last day for which every text that the conditions rest on is loaded, where that is before the day asked.
    fn loaded_until(&self, nearest: &StandardFinding) -> Option<Day> {
        let degraded = nearest.conditions.iter().filter(|finding| finding.provisional.is_some());
        let documents = degraded.filter_map(|finding| self.law.documents.get(&finding.source.document));
        documents.filter_map(|document| document.loaded_until).min().filter(|until| *until < self.answer.on)
    }

    fn earliest(&self, nearest: &StandardFinding) -> String {
        let Some(day) = nearest.earliest else { return String::new() };
        let month = match self.language {
            Language::Vi => day.format("%m/%Y").to_string(),
            Language::En => {
                self.language.day(day).split_once(' ').map_or_else(String::new, |(_, month)| month.to_owned())
            }
        };
        match self.loaded_until(nearest) {
            Some(under) => {
                let under = self.language.day(under);
                self.language.text_with("cards-earliest-under", &[("month", &month), ("under", &under)])
            }
            None => self.language.text_with("cards-earliest", &[("month", &month)]),
        }
    }

    /// The articles of the conditions shown, each once, the text named after its last.
    fn sources<'f>(&self, findings: impl Iterator<Item = &'f Finding>) -> String {
        let mut texts: Vec<(String, Vec<String>)> = Vec::new();
        for finding in findings.filter(|finding| is_own(self.award, self.answer.on, finding)) {
            // A note of the source belongs to the page that tells why.
            let mut source = finding.source.clone();
            source.note.clear();
            let cited = citation::cite(self.law, &source, self.language);
            let text = citation::text(self.law, &finding.source.document, self.language);
            let place = cited.strip_suffix(&text).unwrap_or(&cited).trim_end_matches([' ', ',']).to_owned();
            let text = if place == cited { String::new() } else { text };
            match texts.iter_mut().find(|(known, _)| *known == text) {
                Some((_, places)) if places.contains(&place) => {}
                Some((_, places)) => places.push(place),
                None => texts.push((text, vec![place])),
            }
        }
        let told = texts.into_iter().map(|(text, places)| match self.language {
            Language::Vi => format!("{} {text}", places.join(", ")).trim().to_owned(),
            Language::En => format!("{}, {text}", places.join("; ")).trim_matches([',', ' ']).to_owned(),
        });
        told.collect::<Vec<_>>().join("; ")
    }
}

/// A text by its sort and number alone: `Luật số 06/2026/QH16`.
fn short_name(law: &Law, id: &str, language: Language) -> String {
    const SORTS: [&str; 6] = ["Luật", "Nghị định", "Nghị quyết", "Thông tư", "Quyết định", "Công văn"];
    let name = citation::text(law, id, language);
    match SORTS.iter().find(|sort| language == Language::Vi && name.starts_with(**sort) && name.ends_with(id)) {
        Some(sort) => format!("{sort} số {id}"),
        None => name,
    }
}

fn tone(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not-met",
        Verdict::Unknown => "unknown",
    }
}
