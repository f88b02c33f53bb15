//! The units of a day as a tree in the order of the decree, with their clusters and people; a long tree level by level.

pub mod file;

use askama::Template;
use store::access;
use store::page::{Page, Total};
use store::units::level::{self, Level, Standing};
use store::units::{self, Node, Unit};
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::print::{self, Format, Way};
use crate::query;
use crate::visit::{Answer, Visit};
use crate::wording;

/// A tree of no more units is shown whole; a level has as many on a page.
const ROWS: u32 = 60;

#[derive(Template)]
#[template(path = "units.html")]
struct UnitsPage {
    frame: Frame,
    day: String,
    files: Vec<Way>,
    rows: Vec<Row>,
    shown: String,
    first: String,
    after: String,
    /// Whether one level is shown and not the whole tree.
    by_level: bool,
    /// Whether the viewer enters units.
    writes: bool,
}

struct Row {
    href: String,
    name: String,
    /// A class of the style sheet: how far the name stands in.
    depth: &'static str,
    code: String,
    kind: String,
    cluster: String,
    /// How many units lie directly under it; empty in a whole tree, which shows them.
    below: String,
    below_href: String,
    /// In a whole tree with the sub-units, in a level without them.
    people: String,
    /// The list of them; empty where there is nobody.
    people_href: String,
}

/// `GET /tap-the`.
pub async fn show(visit: Visit) -> Answer {
    let viewer = &visit.signed_in()?.viewer;
    let under = visit.asked("duoi").map(|id| id.parse().map_err(|_| Error::NotFound)).transpose()?;
    let after = visit.asked("sau").and_then(|id| id.parse().ok());
    if under.is_none()
        && after.is_none()
        && let Some(tree) = units::tree_up_to(&visit.app.store, viewer, visit.day, ROWS).await?
    {
        return visit.page(&whole(&visit, &tree)?);
    }
    let page = Page { after, size: ROWS };
    let level = level::level(&visit.app.store, viewer, under, visit.day, page).await?;
    let way = match under {
        Some(under) => level::way(&visit.app.store, viewer, under, visit.day).await?,
        None => Vec::new(),
    };
    if under.is_some() && way.is_empty() {
        return Err(Error::NotFound);
    }
    visit.page(&one_level(&visit, &way, &level)?)
}

fn whole(visit: &Visit, tree: &[Node]) -> Result<UnitsPage, Error> {
    let frame = visit.frame(visit.t("units-title"));
    let people: u32 = tree.iter().map(|node| node.members).sum();
    Ok(UnitsPage {
        day: visit.language.day(visit.day),
        writes: access::writes(&visit.signed_in()?.viewer, "unit"),
        files: print::ways(visit, &[Format::Xlsx]),
        shown: visit.language.text_with("units-shown", &[("units", &tree.len()), ("people", &people)]),
        first: String::new(),
        after: String::new(),
        by_level: false,
        rows: tree.iter().enumerate().map(|(place, node)| in_tree(&frame, &tree[place..], node)).collect(),
        frame,
    })
}

fn one_level(visit: &Visit, way: &[Unit], level: &Level) -> Result<UnitsPage, Error> {
    let name = |unit: &Unit| wording::name_of(visit.language, unit);
    let mut frame = visit.frame(way.last().map_or_else(|| visit.t("units-title"), name));
    if let Some((_, above)) = way.split_last() {
        frame = frame.crumb(visit.t("units-title"), "/tap-the");
        frame = above.iter().fold(frame, |frame, unit| frame.crumb(name(unit), below_href(unit.id)));
    }
    let under = way.last().map(|unit| unit.id.to_string());
    let here = |after: Option<String>| {
        let pairs: Vec<(&str, &str)> =
            under.iter().map(|id| ("duoi", id.as_str())).chain(after.iter().map(|id| ("sau", id.as_str()))).collect();
        frame.href(&query::address("/tap-the", &pairs))
    };
    let (key, total) = match level.total {
        Total::Exactly(total) => ("levels-shown", total),
        Total::MoreThan(least) => ("levels-shown-more", least),
    };
    Ok(UnitsPage {
        day: visit.language.day(visit.day),
        writes: access::writes(&visit.signed_in()?.viewer, "unit"),
        shown: visit.language.text_with(key, &[("rows", &level.rows.len()), ("total", &total)]),
        files: print::ways(visit, &[Format::Xlsx]),
        first: visit.asked("sau").map_or_else(String::new, |_| here(None)),
        after: level.next.map_or_else(String::new, |id| here(Some(id.to_string()))),
        by_level: true,
        rows: level.rows.iter().map(|standing| in_level(&frame, standing)).collect(),
        frame,
    })
}

fn below_href(unit: Uuid) -> String {
    format!("/tap-the?duoi={unit}")
}

/// The line of a unit; `tree` begins with it and goes on with its sub-units.
fn in_tree(frame: &Frame, tree: &[Node], node: &Node) -> Row {
    let people = people_of(tree, node);
    let unit = &node.unit;
    Row {
        depth: match node.depth {
            0 => "in-0",
            1 => "in-1",
            2 => "in-2",
            _ => "in-3",
        },
        people: frame.language.number(people.into()),
        people_href: match people {
            0 => String::new(),
            _ => frame.href(&format!("/ca-nhan?don-vi={}", unit.id)),
        },
        ..row(frame, unit)
    }
}

fn in_level(frame: &Frame, standing: &Standing) -> Row {
    let unit = &standing.unit;
    let below = match standing.below {
        0 => (String::new(), String::new()),
        below => (frame.language.number(below.into()), frame.href(&below_href(unit.id))),
    };
    Row {
        below: below.0,
        below_href: below.1,
        people: frame.language.number(standing.members.into()),
        people_href: match standing.members {
            0 => String::new(),
            _ => frame.href(&format!("/ca-nhan?don-vi={}&chi-don-vi=1", unit.id)),
        },
        ..row(frame, unit)
    }
}

/// What both ways of showing a unit have in common.
fn row(frame: &Frame, unit: &Unit) -> Row {
    Row {
        href: frame.href(&format!("/tap-the/{}", unit.id)),
        name: wording::name_of(frame.language, unit),
        depth: "in-0",
        code: unit.code.clone(),
        kind: wording::unit_kind(frame.language, &unit.kind),
        cluster: unit.cluster.clone().unwrap_or_default(),
        below: String::new(),
        below_href: String::new(),
        people: String::new(),
        people_href: String::new(),
    }
}

/// The people of a unit with its sub-units; `tree` begins with it and goes on with them.
fn people_of(tree: &[Node], node: &Node) -> u32 {
    let below = tree.iter().skip(1).take_while(|other| other.depth > node.depth).map(|other| other.members);
    node.members + below.sum::<u32>()
}
