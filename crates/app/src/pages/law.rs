//! The shelf of honours by level and class on the chosen day: who decides, the bonus, and how much of the law is at hand.

use askama::Template;
use rules::bonus;
use rules::facts::{Day, Subject};
use rules::law::{Award, Class, Law, Level, rows_on};
use store::names;

use crate::catalogue::{self, SUBJECTS};
use crate::citation::{self, cite};
use crate::frame::Frame;
use crate::language::Language;
use crate::query;
use crate::standing::{self, Loaded};
use crate::visit::{Answer, Visit};

/// Levels from the State down, as lists of honours are ordered.
const LEVELS: [Level; 3] = [Level::NhaNuoc, Level::Bo, Level::CoSo];
const CLASSES: [Class; 2] = [Class::DanhHieu, Class::HinhThuc];

/// How much of the law of an honour is at hand: the word in the address, the key of the text, the class of the mark.
const STATES: [(&str, &str, &str); 5] = [
    ("da-cap-nhat", "law-state-whole", "loaded"),
    ("mot-phan", "law-state-partly", "unverified"),
    ("can-doi-chieu", "law-state-to-check", "unverified"),
    ("chua-cap-nhat", "law-state-nothing", "unloaded"),
    ("chua-kiem-chung", "law-state-unverified", "unverified"),
];
/// The last of [`STATES`], which an honour can be in beside one of the others.
const UNVERIFIED: &str = "chua-kiem-chung";

#[derive(Template)]
#[template(path = "law.html")]
struct LawPage {
    frame: Frame,
    lead: String,
    salary: Option<String>,
    text: String,
    subjects: Vec<Choice>,
    /// The state asked for, kept by the form.
    state: String,
    counts: Vec<Count>,
    shelves: Vec<Shelf>,
    shown: String,
    narrowed: bool,
    /// Honours that are not given on the day.
    absent: Vec<Line>,
}

/// An entry of a list to choose from.
struct Choice {
    value: &'static str,
    label: String,
    chosen: bool,
}

/// How many honours are in a state, with the way to them.
struct Count {
    href: String,
    label: String,
    number: String,
    tone: &'static str,
    chosen: bool,
}

/// The honours of one level.
struct Shelf {
    title: String,
    groups: Vec<Group>,
}

struct Group {
    title: String,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    subjects: String,
    decider: String,
    bonus: Vec<String>,
    tone: &'static str,
    state: String,
    unverified: usize,
}

/// What the list is narrowed to.
struct Filter {
    text: String,
    subject: Option<Subject>,
    state: Option<&'static str>,
}

/// `GET /danh-muc`.
pub async fn show(visit: Visit) -> Answer {
    let (law, day, language) = (&visit.app.law, visit.day, visit.language);
    let frame = visit.frame(visit.t("law-title"));
    let filter = Filter::asked(&visit);
    let own = law.awards.iter().filter(|award| !stands_for_others(award));
    let named: Vec<&Award> = own.filter(|award| filter.names(award, day, language)).collect();
    let (given, absent): (Vec<&Award>, Vec<&Award>) = named.into_iter().partition(|award| is_given(award, day));
    let counts = counts(&visit, &filter, &given);
    let shown: Vec<&Award> = given.iter().copied().filter(|award| filter.has_state(law, award, day)).collect();
    let absent = if filter.state.is_none() { absent } else { Vec::new() };
    let line = |award: &&Award| line(law, award, day, &frame);
    let shelves = shelves(&shown, language, &line);
    let salary = law.base_salary(day).map(|row| {
        let (dong, source) = (language.money(row.value as i64), cite(law, &row.source, language));
        language.text_with("law-salary", &[("dong", &dong), ("source", &source)])
    });
    visit.page(&LawPage {
        lead: language.text_with("law-lead", &[("day", &language.day(day))]),
        salary,
        subjects: filter.subjects(language),
        state: filter.state.unwrap_or_default().to_owned(),
        counts,
        shelves,
        shown: language.text_with("law-shown", &[("count", &shown.len())]),
        narrowed: filter.state.is_some() || filter.subject.is_some() || !filter.text.is_empty(),
        absent: absent.iter().map(line).collect(),
        text: filter.text,
        frame,
    })
}

impl Filter {
    fn asked(visit: &Visit) -> Self {
        let subject = SUBJECTS.into_iter().find(|(word, _)| visit.asked("doi-tuong") == Some(word));
        let state = STATES.into_iter().find(|(word, ..)| visit.asked("tinh-trang") == Some(word));
        Self {
            text: visit.asked("q").unwrap_or_default().to_owned(),
            subject: subject.map(|(_, subject)| subject),
            state: state.map(|(word, ..)| word),
        }
    }

    /// Whether the words and the subject of the list are those of an honour.
    fn names(&self, award: &Award, day: Day, language: Language) -> bool {
        let name = award.name(day);
        let name = names::fold(&format!("{} {}", name.vi, language.pick(&name)));
        names::fold(&self.text).split_whitespace().all(|word| name.contains(word))
            && self.subject.is_none_or(|subject| award.subjects.contains(&subject))
    }

    fn has_state(&self, law: &Law, award: &Award, day: Day) -> bool {
        self.state.is_none_or(|state| is_in(law, award, day, state))
    }

    fn subjects(&self, language: Language) -> Vec<Choice> {
        let choice = |(value, subject)| Choice {
            value,
            label: language.text(catalogue::subject_key(subject)).into_owned(),
            chosen: self.subject == Some(subject),
        };
        SUBJECTS.into_iter().map(choice).collect()
    }

    /// The address of this list in another state.
    fn address(&self, frame: &Frame, state: Option<&str>) -> String {
        let subject = SUBJECTS.into_iter().find(|(_, subject)| self.subject == Some(*subject)).map(|(word, _)| word);
        let text = Some(self.text.as_str()).filter(|text| !text.is_empty());
        let pairs = [("q", text), ("doi-tuong", subject), ("tinh-trang", state)];
        let pairs: Vec<(&str, &str)> = pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        frame.href(&query::address("/danh-muc", &pairs))
    }
}

/// Whether it is only the name under which records are kept that do not say of which class they are.
fn stands_for_others(award: &Award) -> bool {
    award.family.as_ref() == Some(&award.id)
}

/// Whether the law of the day has the honour.
fn is_given(award: &Award, day: Day) -> bool {
    award.names.iter().any(|row| row.holds(day))
}

fn is_in(law: &Law, award: &Award, day: Day, state: &str) -> bool {
    match state {
        UNVERIFIED => standing::tally(law, award, day).unverified > 0,
        _ => state_of(standing::loaded(law, award, day)).0 == state,
    }
}

fn state_of(loaded: Loaded<'_>) -> (&'static str, &'static str, &'static str) {
    STATES[match loaded {
        Loaded::Whole => 0,
        Loaded::Partly => 1,
        Loaded::ToCheck { .. } => 2,
        Loaded::Nothing => 3,
    }]
}

fn counts(visit: &Visit, filter: &Filter, given: &[&Award]) -> Vec<Count> {
    let (law, language) = (&visit.app.law, visit.language);
    let frame = visit.frame("");
    let count = |(word, key, tone): (&'static str, &'static str, &'static str)| {
        let number = given.iter().filter(|award| is_in(law, award, visit.day, word)).count();
        let chosen = filter.state == Some(word);
        Count {
            href: filter.address(&frame, (!chosen).then_some(word)),
            label: language.text(key).into_owned(),
            number: language.number(number as i64),
            tone,
            chosen,
        }
    };
    STATES.into_iter().map(count).collect()
}

fn shelves(shown: &[&Award], language: Language, line: &dyn Fn(&&Award) -> Line) -> Vec<Shelf> {
    let group = |level: Level, class: Class| Group {
        title: language.text(catalogue::class_key(class)).into_owned(),
        lines: shown.iter().filter(|award| award.level == level && award.class == class).map(line).collect(),
    };
    let shelf = |level: Level| Shelf {
        title: language.text(catalogue::level_key(level)).into_owned(),
        groups: CLASSES
            .into_iter()
            .map(|class| group(level, class))
            .filter(|group: &Group| !group.lines.is_empty())
            .collect(),
    };
    LEVELS.into_iter().map(shelf).filter(|shelf| !shelf.groups.is_empty()).collect()
}

fn line(law: &Law, award: &Award, day: Day, frame: &Frame) -> Line {
    let language = frame.language;
    let loaded = standing::loaded(law, award, day);
    let (_, key, tone) = state_of(loaded);
    let state = match loaded {
        Loaded::ToCheck { text, .. } => frame.t1("law-check-against", "text", citation::short(law, text, language)),
        _ => frame.t(key).into_owned(),
    };
    let subjects = award.subjects.iter().map(|subject| frame.t(catalogue::subject_key(*subject)));
    Line {
        href: catalogue::address(frame, &award.id),
        name: language.pick(&award.name(day)).to_owned(),
        subjects: subjects.collect::<Vec<_>>().join(", "),
        decider: decider(award, day, frame),
        bonus: bonuses(law, award, day, frame),
        tone,
        state,
        unverified: standing::tally(law, award, day).unverified,
    }
}

/// The first who decides, and how many others do.
fn decider(award: &Award, day: Day, frame: &Frame) -> String {
    let deciders: Vec<&str> = rows_on(&award.decided_by, day).map(|row| frame.language.pick(&row.value)).collect();
    match deciders.split_first() {
        None => String::new(),
        Some((first, [])) => (*first).to_owned(),
        Some((first, others)) => frame.t2("law-deciders", "first", *first, "others", others.len()),
    }
}

/// The bonus of each kind of subject: `Cá nhân: 1,5 lần = 3.510.000 đồng`.
fn bonuses(law: &Law, award: &Award, day: Day, frame: &Frame) -> Vec<String> {
    let said = |subject: &Subject| {
        let amount = bonus::amount(law, &award.id, day, *subject)?;
        let times = frame.language.hundredths(amount.thousandths as i64 / 10);
        let said = frame.t2("law-bonus", "times", times, "dong", frame.language.money(amount.dong as i64));
        match award.subjects.len() {
            1 => Some(said),
            _ => Some(format!("{}: {said}", frame.t(catalogue::subject_key(*subject)))),
        }
    };
    award.subjects.iter().filter_map(said).collect()
}
