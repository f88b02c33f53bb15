//! The units of a day as a tree in the order of the decree, with their clusters and people.

pub mod file;

use askama::Template;
use store::access;
use store::units::{self, Node};

use crate::frame::Frame;
use crate::print::{self, Format, Way};
use crate::visit::{Answer, Visit};
use crate::wording;

#[derive(Template)]
#[template(path = "units.html")]
struct UnitsPage {
    frame: Frame,
    day: String,
    files: Vec<Way>,
    rows: Vec<Row>,
    shown: String,
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
    /// With the sub-units.
    people: String,
    /// The list of them; empty where there is nobody.
    people_href: String,
}

/// `GET /tap-the`.
pub async fn show(visit: Visit) -> Answer {
    let tree = units::tree(&visit.app.store, &visit.signed_in()?.viewer, visit.day).await?;
    let frame = visit.frame(visit.t("units-title"));
    let people: u32 = tree.iter().map(|node| node.members).sum();
    visit.page(&UnitsPage {
        day: visit.language.day(visit.day),
        writes: access::writes(&visit.signed_in()?.viewer, "unit"),
        files: print::ways(&visit, &[Format::Xlsx]),
        shown: visit.language.text_with("units-shown", &[("units", &tree.len()), ("people", &people)]),
        rows: tree.iter().enumerate().map(|(place, node)| row(&frame, &tree[place..], node)).collect(),
        frame,
    })
}

/// The line of a unit; `tree` begins with it and goes on with its sub-units.
fn row(frame: &Frame, tree: &[Node], node: &Node) -> Row {
    let people = people_of(tree, node);
    let unit = &node.unit;
    Row {
        href: frame.href(&format!("/tap-the/{}", unit.id)),
        name: wording::unit_name(frame.language, &unit.name, unit.name_en.as_deref()),
        depth: match node.depth {
            0 => "in-0",
            1 => "in-1",
            2 => "in-2",
            _ => "in-3",
        },
        code: unit.code.clone(),
        kind: wording::unit_kind(frame.language, &unit.kind),
        cluster: unit.cluster.clone().unwrap_or_default(),
        people: frame.language.number(people.into()),
        people_href: match people {
            0 => String::new(),
            _ => frame.href(&format!("/ca-nhan?don-vi={}", unit.id)),
        },
    }
}

/// The people of a unit with its sub-units; `tree` begins with it and goes on with them.
fn people_of(tree: &[Node], node: &Node) -> u32 {
    let below = tree.iter().skip(1).take_while(|other| other.depth > node.depth).map(|other| other.members);
    node.members + below.sum::<u32>()
}
