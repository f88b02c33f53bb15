//! The units of a day as a sheet, in the order of the page.

use axum::extract::Path;
use documents::sheet::{Cell, Sheet};
use store::units::{self, Node};

use super::people_of;
use crate::listing::{answer, column};
use crate::visit::{Answer, Visit};
use crate::wording;

/// Set before the name of a unit for each unit above it.
const INDENT: &str = "    ";

/// `GET /tap-the/tep/{format}`.
pub async fn show(visit: Visit, Path(format): Path<String>) -> Answer {
    let tree = units::tree(&visit.app.store, &visit.signed_in()?.viewer, visit.day).await?;
    let columns = vec![
        column(&visit, "decision-column-place", 6.0),
        column(&visit, "units-name", 60.0),
        column(&visit, "units-code", 14.0),
        column(&visit, "units-kind", 20.0),
        column(&visit, "units-cluster", 30.0),
        column(&visit, "units-from", 14.0),
        column(&visit, "units-people-own", 14.0),
        column(&visit, "units-people", 14.0),
    ];
    let rows = tree.iter().enumerate().map(|(place, node)| row(&visit, place, &tree[place..], node)).collect();
    let sheet = Sheet { name: visit.t("units-title"), above: Vec::new(), columns, rows };
    answer(&visit, &format, "danh-sach-tap-the", sheet).await
}

/// The line of a unit; `tree` begins with it and goes on with its sub-units.
fn row(visit: &Visit, place: usize, tree: &[Node], node: &Node) -> Vec<Cell> {
    let unit = &node.unit;
    let name = wording::name_of(visit.language, unit);
    vec![
        Cell::Number((place + 1) as f64),
        Cell::Text(format!("{}{name}", INDENT.repeat(node.depth as usize))),
        Cell::Text(unit.code.clone()),
        Cell::Text(wording::unit_kind(visit.language, &unit.kind)),
        unit.cluster.clone().map_or(Cell::Empty, Cell::Text),
        Cell::Day(unit.from),
        Cell::Number(node.members.into()),
        Cell::Number(people_of(tree, node).into()),
    ]
}
