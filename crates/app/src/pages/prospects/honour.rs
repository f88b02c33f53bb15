//! One honour: who meets it, who falls one short and of what, split by unit, level and sex.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use axum::extract::Path;
use rules::ask::Verdict;
use rules::facts::{Sex, Subject};
use store::access::sees_personal_data;
use store::units::branch::Branch;
use store::units::{self, Node, Unit, level};
use uuid::Uuid;

use super::{Reach, address, is_seen, making, reach};
use crate::error::{Error, Refusal};
use crate::frame::Frame;
use crate::offered::{By, LISTED, Offered};
use crate::print::{self, Format, Way};
use crate::prospects::Snapshot;
use crate::prospects::count::{self, Split, Tally, Which};
use crate::prospects::kept::{Kept, Standing};
use crate::prospects::listed::{self, Filter, Line};
use crate::prospects::missing;
use crate::prospects::sheets;
use crate::query;
use crate::visit::{Answer, Visit};
use crate::wording;

/// Rows of one page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "prospects/honour.html")]
struct HonourPage {
    frame: Frame,
    files: Vec<Way>,
    tabs: Vec<Tab>,
    heads: Vec<String>,
    parts: Vec<Part>,
    /// Where the office has more units than a page tells apart, the form that finds one of them.
    find: Option<Offered>,
    /// The word of the address for the subjects that are listed.
    which: &'static str,
    title: String,
    rows: Vec<Shown>,
    total: usize,
    first: String,
    next: String,
    provisional: bool,
    /// How many can be given the honour at the most, told to those who see the whole office.
    ceiling: Option<String>,
    /// The list without filters, where there are some.
    all: Option<String>,
}

struct Tab {
    label: String,
    count: u32,
    href: String,
    chosen: bool,
}

/// One part of the office: a unit, a level, a sex.
struct Part {
    name: String,
    href: String,
    counts: Vec<u32>,
}

struct Shown {
    name: String,
    href: String,
    why: String,
    unit: String,
    verdict: &'static str,
    /// What the rules before say, where the law of the day is not loaded.
    before: String,
    missing: Vec<String>,
    earliest: String,
}

/// What was asked of the page.
pub struct Question {
    pub subject: Subject,
    pub award: String,
    pub filter: Filter,
    narrows: bool,
}

impl Question {
    /// From the address; an error where it names no honour, or asks by what the visitor does not see. `branch` is the
    /// unit asked for with everything under it.
    pub fn of(visit: &Visit, kept: &Kept, kind: &str, award: &str, branch: Option<Vec<Uuid>>) -> Result<Self, Error> {
        let subject: Subject = store::words::parse(kind).map_err(|_| Error::NotFound)?;
        let honour = kept.laws().knowing(award).award(award).filter(|award| award.subjects.contains(&subject));
        let asked = visit.asked("loc").unwrap_or(Which::Eligible.word());
        let which = Which::ALL.into_iter().find(|which| which.word() == asked).ok_or(Error::NotFound)?;
        let sex: Option<Sex> = visit.asked("gioi-tinh").and_then(|text| store::words::parse(text).ok());
        if sex.is_some() && !sees_personal_data(&visit.signed_in()?.viewer, Uuid::nil()) {
            return Err(Error::Forbidden(Refusal::Role));
        }
        let leaders = visit.asked("cap").map(|level| level == "lanh-dao");
        let narrows = branch.is_some() || leaders.is_some() || sex.is_some();
        let filter = Filter { which, units: branch.map(|units| units.into_iter().collect()), leaders, sex };
        Ok(Question { subject, award: honour.ok_or(Error::NotFound)?.id.clone(), filter, narrows })
    }

    /// The address of the same honour with one filter, or without.
    fn address(&self, filter: Option<(&str, &str)>) -> String {
        let path = address(self.subject, &self.award);
        let which = ("loc", self.filter.which.word());
        query::address(&path, &std::iter::once(which).chain(filter).collect::<Vec<_>>())
    }
}

/// The unit that the address names.
fn unit_asked(visit: &Visit) -> Result<Option<Uuid>, Error> {
    visit.asked("don-vi").map(str::parse).transpose().map_err(|_| Error::NotFound)
}

/// A unit with everything under it on the day of the visit.
pub async fn branch(visit: &Visit, unit: Option<Uuid>) -> Result<Option<Vec<Uuid>>, Error> {
    let Some(unit) = unit else { return Ok(None) };
    let branch = Branch { office: visit.signed_in()?.viewer.office, unit, day: visit.day };
    Ok(Some(branch.list(&visit.app.store).await?))
}

/// What a page tells of the units of an office.
pub enum Units {
    /// All of them, in the order of the decree.
    Few(Vec<Node>),
    /// What finds one, with the one that was asked for.
    Many(Box<Offered>),
}

impl Units {
    /// As many statements as units are few or many, however many they are.
    pub async fn of(visit: &Visit) -> Result<Self, Error> {
        let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
        if let Some(tree) = units::tree_up_to(store, viewer, visit.day, LISTED).await? {
            return Ok(Self::Few(tree));
        }
        let asked = |name: &str| visit.asked(name).unwrap_or_default();
        let offered = Offered::of(visit, visit.day, By::Id, asked("don-vi"), asked("don-vi-tim")).await?;
        Ok(Self::Many(Box::new(offered)))
    }

    /// The unit asked for: by the words typed, or else by the address.
    pub fn asked(&self, visit: &Visit) -> Result<Option<Uuid>, Error> {
        match self {
            Self::Many(offered) if visit.asked("don-vi-tim").is_some() => {
                Ok(offered.meant.as_ref().map(|unit| unit.id))
            }
            Self::Few(_) | Self::Many(_) => unit_asked(visit),
        }
    }
}

/// `GET /de-nghi/{kind}/{award}`.
pub async fn show(visit: Visit, Path((kind, award)): Path<(String, String)>) -> Answer {
    let reach = reach(&visit).await?;
    let units = Units::of(&visit).await?;
    let branch = branch(&visit, units.asked(&visit)?).await?;
    let kept = match visit.app.prospects.of(&visit.app, visit.day).await? {
        Snapshot::Ready(kept) => kept,
        Snapshot::Making(done, total) => return making(&visit, done, total),
    };
    let question = Question::of(&visit, &kept, &kind, &award, branch)?;
    let page = page(&visit, &question, &kept, &reach, units).await?;
    visit.page(&page)
}

async fn page(
    visit: &Visit,
    question: &Question,
    kept: &Kept,
    reach: &Reach,
    units: Units,
) -> Result<HonourPage, Error> {
    let seen = |standing: &Standing| is_seen(reach, standing);
    let (subject, award) = (question.subject, question.award.as_str());
    let split = count::split(kept, subject, award, seen).unwrap_or_default();
    let rows = listed::rows(kept, subject, award, &question.filter, seen);
    let after = visit.asked("sau").and_then(|row| row.parse::<u32>().ok());
    let begin = after.and_then(|after| rows.iter().position(|row| *row == after)).map_or(0, |place| place + 1);
    let shown = &rows[begin..rows.len().min(begin + ROWS)];
    let is_last = begin + shown.len() == rows.len();
    let lines = listed::lines(kept, subject, award, shown);
    let names = unit_names(visit, &lines).await?;
    let heads = count::heads(visit.language, split.provisional);
    let head = |which: Which| heads[Which::ALL.iter().position(|known| *known == which).unwrap_or_default()].clone();
    let tab = |which: Which| Tab {
        label: head(which),
        count: split.all.of(which),
        href: query::address(&address(subject, award), &[("loc", which.word())]),
        chosen: which == question.filter.which,
    };
    Ok(HonourPage {
        files: print::ways(visit, &[Format::Xlsx]),
        tabs: Which::ALL.map(tab).into(),
        parts: parts(visit, question, &split, &units),
        which: question.filter.which.word(),
        title: head(question.filter.which),
        heads: heads.to_vec(),
        provisional: split.provisional,
        ceiling: kept
            .standing(subject)
            .all(|(_, standing)| seen(standing))
            .then(|| ceiling_said(visit, kept, subject, award, &split.all))
            .flatten(),
        next: shown.last().filter(|_| !is_last).map_or_else(String::new, |row| turned(visit, Some(*row))),
        first: if begin > 0 { turned(visit, None) } else { String::new() },
        rows: lines.into_iter().map(|line| row(visit, question, kept, &names, line)).collect(),
        total: rows.len(),
        all: question.narrows.then(|| question.address(None)),
        frame: visit
            .frame(visit.language.pick(&kept.name(award)).to_owned())
            .crumb(visit.t("prospects-title"), "/de-nghi"),
        find: match units {
            Units::Few(_) => None,
            Units::Many(offered) => Some(*offered),
        },
    })
}

/// The ceiling of the honour and how many meet it, in words; none where the law of the day sets none.
fn ceiling_said(visit: &Visit, kept: &Kept, subject: Subject, award: &str, all: &Tally) -> Option<String> {
    let ceiling = count::ceiling(kept, subject, award)?;
    let base = visit.language.pick(&kept.name(&ceiling.base)).to_owned();
    let [percent, of, most, met] = [ceiling.percent, ceiling.of, ceiling.most, all.of(Which::Eligible)].map(u64::from);
    Some(visit.language.text_with(
        "prospects-ceiling",
        &[("percent", &percent), ("of", &of), ("base", &base), ("most", &most), ("met", &met)],
    ))
}

/// This page from the row after another on, or from the beginning.
fn turned(visit: &Visit, after: Option<u32>) -> String {
    let after = after.map(|row| row.to_string());
    let here = visit.query.iter().filter(|(name, _)| name != "sau");
    let here = here.map(|(name, value)| (name.as_str(), value.as_str()));
    query::address(&visit.path, &here.chain(after.as_deref().map(|row| ("sau", row))).collect::<Vec<_>>())
}

/// The parts of the office: units in the order of the decree, or where they are many the one asked for with all under
/// it, then leaders and staff, women and men.
fn parts(visit: &Visit, question: &Question, split: &Split, units: &Units) -> Vec<Part> {
    let part = |name: String, filter: (&str, &str), tally: &Tally| Part {
        name,
        href: question.address(Some(filter)),
        counts: tally.0.to_vec(),
    };
    let of_unit = |unit: &Unit, tally: &Tally| {
        let name = wording::name_of(visit.language, unit);
        part(name, ("don-vi", &unit.id.to_string()), tally)
    };
    let mut parts = Vec::new();
    match units {
        Units::Few(tree) => {
            let told = |node: &Node| split.by_unit.get(&node.unit.id).filter(|tally| !tally.is_nothing()).copied();
            parts.extend(tree.iter().filter_map(|node| Some(of_unit(&node.unit, &told(node)?))));
        }
        Units::Many(offered) => parts.extend(offered.meant.as_ref().map(|unit| {
            let branch = question.filter.units.iter().flatten();
            let all = branch.filter_map(|unit| split.by_unit.get(unit)).fold(Tally::default(), Tally::with);
            of_unit(unit, &all)
        })),
    }
    if question.subject == Subject::CaNhan {
        parts.push(part(visit.t("prospects-leaders"), ("cap", "lanh-dao"), &split.leaders));
        parts.push(part(visit.t("prospects-staff"), ("cap", "nhan-vien"), &split.staff));
        let viewer = visit.signed_in.as_ref().map(|signed_in| &signed_in.viewer);
        if viewer.is_some_and(|viewer| sees_personal_data(viewer, Uuid::nil())) {
            parts.push(part(visit.t("prospects-women"), ("gioi-tinh", "nu"), &split.women));
            parts.push(part(visit.t("prospects-men"), ("gioi-tinh", "nam"), &split.men));
        }
    }
    parts
}

/// What the units are called in which those of some lines stand; one statement.
pub async fn unit_names(visit: &Visit, lines: &[Line]) -> Result<HashMap<Uuid, String>, Error> {
    let units: BTreeSet<Uuid> = lines.iter().map(|line| line.standing.unit).collect();
    let units: Vec<Uuid> = units.into_iter().collect();
    let ways = level::ways(&visit.app.store, &visit.signed_in()?.viewer, &units, visit.day).await?;
    Ok(ways.into_iter().filter_map(|(id, mut way)| Some((id, wording::name_of(visit.language, &way.pop()?)))).collect())
}

fn row(visit: &Visit, question: &Question, kept: &Kept, names: &HashMap<Uuid, String>, line: Line) -> Shown {
    let list = if question.subject == Subject::TapThe { "tap-the" } else { "ca-nhan" };
    let id = line.standing.id;
    let unit = names.get(&line.standing.unit).filter(|_| question.subject != Subject::TapThe);
    Shown {
        href: format!("/{list}/{id}"),
        why: format!("/can-cu/{list}/{id}/{}", question.award),
        unit: unit.cloned().unwrap_or_default(),
        verdict: match line.mark.verdict() {
            _ if line.mark.is_provisional() => "unknown",
            Verdict::Met => "met",
            Verdict::NotMet => "not-met",
            Verdict::Unknown => "unknown",
        },
        before: match line.mark.is_provisional() {
            true => visit.t(sheets::verdict_key(line.mark)),
            false => String::new(),
        },
        missing: missing::said(kept, &line, visit.language),
        earliest: line.earliest.map_or_else(String::new, |day| visit.language.day(day)),
        name: line.standing.name,
    }
}
