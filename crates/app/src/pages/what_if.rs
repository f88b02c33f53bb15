//! What a change of the law would do to the people of the office: who gains, who loses, by unit, sex and level; nothing takes effect.

use std::collections::HashMap;

use askama::Template;
use axum::http::StatusCode;
use documents::sheet::{Cell, Column, Sheet};
use rules::facts::Subject;
use rules::load::Laid;
use rules::reader::Fault;
use rules::scan::rulebook::Progress;
use store::units::{self, Node, level};
use store::words::Role;
use uuid::Uuid;

use crate::error::Error;
use crate::figures::bars::{Chart, Group};
use crate::frame::Frame;
use crate::offered::LISTED;
use crate::print::{Format, Letterhead, Printable};
use crate::prospects::compare::{Changed, Moved, compare};
use crate::prospects::laws::Laws;
use crate::prospects::sheets::subject_key;
use crate::prospects::{Ready, Snapshot};
use crate::sheet::Posted;
use crate::visit::{Answer, Visit};
use crate::wording;

/// Those who prepare or decide regulations, and those who check.
pub const READERS: &[Role] =
    &[Role::Officer, Role::CouncilSecretary, Role::DecidingAuthority, Role::Auditor, Role::Administrator];
/// More text than any regulation has.
const LONGEST: usize = 64 * 1024;
/// How often the snapshot is looked for, each time with the patience of a page.
const LOOKS: usize = 10;
/// Units told of one honour where the office has more than a page tells apart.
const TOLD: usize = 20;
/// Letters and lines that stand for the text in messages of the loader.
const NAME: &str = "thu";

#[derive(Template)]
#[template(path = "what_if.html")]
struct WhatIfPage {
    frame: Frame,
    text: String,
    wrong: Vec<String>,
    found: Option<Found>,
}

/// What the change does.
struct Found {
    drawing: Option<(Chart, String)>,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    subject: String,
    before: u32,
    after: u32,
    moved: Moved,
    /// The ceiling after the change and how many can be given the honour before and after it.
    ceiling: Option<String>,
    parts: Vec<(String, Moved)>,
    /// How many units beside those told gain or lose too.
    more: usize,
}

/// The units that a page or a workbook names.
struct Names {
    of: HashMap<Uuid, String>,
    /// Their order; absent where there are so many that those come first in which the most gain or lose.
    order: Option<Vec<Uuid>>,
}

/// `GET /thu-quy-dinh`.
pub async fn show(visit: Visit) -> Answer {
    visit.signed_in()?;
    visit.page(&WhatIfPage {
        frame: visit.frame(visit.t("what-if-title")),
        text: String::new(),
        wrong: Vec::new(),
        found: None,
    })
}

/// `POST /thu-quy-dinh`.
pub async fn ask(visit: Visit, body: String) -> Answer {
    let text = Posted::of(&body).get("quy-dinh").to_owned();
    let (changed, after) = match changes(&visit, &text).await? {
        Outcome::Changed(changed, after) => (changed, after),
        Outcome::Refused(wrong) => {
            let frame = visit.frame(visit.t("what-if-title"));
            let page = WhatIfPage { frame, text, wrong, found: None };
            return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
    let names = match units::tree_up_to(store, viewer, visit.day, LISTED).await? {
        Some(tree) => Names::all(&visit, &tree),
        None => {
            let told: Vec<Uuid> = changed.iter().flat_map(most_moved).collect();
            let ways = level::ways(store, viewer, &told, visit.day).await?;
            let own =
                ways.into_iter().filter_map(|(id, mut way)| Some((id, wording::name_of(visit.language, &way.pop()?))));
            Names { of: own.collect(), order: None }
        }
    };
    let rows: Vec<Row> = changed.iter().map(|one| row(&visit, &after, one, &names)).collect();
    let drawing = drawing(&visit, &rows);
    visit.page(&WhatIfPage {
        frame: visit.frame(visit.t("what-if-title")),
        text,
        wrong: Vec::new(),
        found: Some(Found { drawing, rows }),
    })
}

/// `POST /thu-quy-dinh/tep`: the same as a workbook.
pub async fn file(visit: Visit, body: String) -> Answer {
    let text = Posted::of(&body).get("quy-dinh").to_owned();
    let (changed, after) = match changes(&visit, &text).await? {
        Outcome::Changed(changed, after) => (changed, after),
        Outcome::Refused(wrong) => return Err(Error::Invalid(wrong.join("; "))),
    };
    let letterhead = Letterhead::of(&visit).await?;
    let tree = units::tree(&visit.app.store, &visit.signed_in()?.viewer, visit.day).await?;
    let names = Names::all(&visit, &tree);
    let rows: Vec<Row> = changed.iter().map(|one| row(&visit, &after, one, &names)).collect();
    Printable {
        name: format!("thu-quy-dinh-{}", visit.day),
        paper: None,
        sheets: vec![sheet(&visit, &letterhead, &rows)],
    }
    .answer(Format::Xlsx)
    .await
}

/// What became of the question.
enum Outcome {
    Changed(Vec<Changed>, Laws),
    /// Why the text cannot be laid over the law, line by line.
    Refused(Vec<String>),
}

async fn changes(visit: &Visit, text: &str) -> Result<Outcome, Error> {
    if text.is_empty() || text.len() > LONGEST {
        let key = if text.is_empty() { "what-if-empty" } else { "what-if-too-long" };
        return Ok(Outcome::Refused(vec![visit.t(key)]));
    }
    let laws = Laws::in_force(&visit.app.store, &visit.app.in_force, visit.day).await?;
    let after = match laws.with(&[Laid { name: NAME, text, until: None }]) {
        Ok(after) => after,
        Err(faults) => return Ok(Outcome::Refused(faults.iter().map(|fault| told(visit, fault)).collect())),
    };
    let Some(kept) = kept(visit).await? else { return Ok(Outcome::Refused(vec![visit.t("what-if-making")])) };
    // The comparison computes for long where the office is large, so it leaves the threads that serve pages.
    let compared = tokio::task::spawn_blocking(move || {
        let changed = compare(&kept, &after, &Progress::default()).unwrap_or_default();
        (changed, after)
    });
    let (changed, after) = compared.await.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Outcome::Changed(changed, after))
}

/// The office on the day; none where reading it takes too long to wait for.
async fn kept(visit: &Visit) -> Result<Option<Ready>, Error> {
    for _ in 0..LOOKS {
        if let Snapshot::Ready(kept) = visit.app.prospects.of(&visit.app, visit.day).await? {
            return Ok(Some(kept));
        }
    }
    Ok(None)
}

fn told(visit: &Visit, fault: &Fault) -> String {
    let message = visit.language.pick(&fault.message).to_owned();
    let hint = fault.hint.as_ref().map_or_else(String::new, |hint| format!(" — {}", visit.language.pick(hint)));
    visit.language.text_with("what-if-fault", &[("line", &fault.line), ("message", &format!("{message}{hint}"))])
}

impl Names {
    fn all(visit: &Visit, tree: &[Node]) -> Self {
        let of = tree.iter().map(|node| (node.unit.id, wording::name_of(visit.language, &node.unit))).collect();
        Self { of, order: Some(tree.iter().map(|node| node.unit.id).collect()) }
    }

    /// The units of an honour that are told, with what moves there.
    fn moved(&self, changed: &Changed) -> Vec<(String, Moved)> {
        let told = |unit: &Uuid| Some((self.of.get(unit)?.clone(), *changed.by_unit.get(unit)?));
        match &self.order {
            Some(order) => order.iter().filter_map(told).collect(),
            None => most_moved(changed).iter().filter_map(told).collect(),
        }
    }
}

/// The units in which the most gain or lose an honour, those first.
fn most_moved(changed: &Changed) -> Vec<Uuid> {
    let mut units: Vec<(u32, Uuid)> =
        changed.by_unit.iter().map(|(unit, moved)| (moved.gain + moved.lose, *unit)).collect();
    units.sort_by_key(|(moved, unit)| (std::cmp::Reverse(*moved), *unit));
    units.into_iter().take(TOLD).map(|(_, unit)| unit).collect()
}

fn row(visit: &Visit, after: &Laws, changed: &Changed, names: &Names) -> Row {
    let (language, law) = (visit.language, after.knowing(&changed.award));
    let units = names.moved(changed);
    let of_people = [
        ("prospects-leaders", changed.leaders),
        ("prospects-staff", changed.staff),
        ("prospects-women", changed.women),
        ("prospects-men", changed.men),
    ];
    let of_people = of_people.map(|(key, moved)| (visit.t(key), moved));
    let is_person = changed.subject == Subject::CaNhan;
    Row {
        name: language.pick(&law.name(&changed.award, visit.day)).to_owned(),
        subject: visit.t(subject_key(changed.subject)),
        before: changed.before,
        after: changed.after,
        moved: changed.all,
        ceiling: changed.ceiling_said(law, visit.day, language),
        more: if names.order.is_none() { changed.by_unit.len() - units.len() } else { 0 },
        parts: units
            .into_iter()
            .chain(of_people.into_iter().filter(|(_, moved)| is_person && *moved != Moved::default()))
            .collect(),
    }
}

/// Rows of who gains and who loses; none where nobody does.
fn drawing(visit: &Visit, rows: &[Row]) -> Option<(Chart, String)> {
    let moving = rows.iter().filter(|row| row.moved != Moved::default());
    let group = |row: &Row| Group {
        label: format!("{} ({})", row.name, row.subject),
        values: vec![row.moved.gain, row.moved.lose],
    };
    let groups: Vec<Group> = moving.map(group).collect();
    let (gain, lose) = rows.iter().fold((0, 0), |(gain, lose), row| (gain + row.moved.gain, lose + row.moved.lose));
    let saying = visit.language.text_with(
        "what-if-saying",
        &[("gain", &u64::from(gain)), ("lose", &u64::from(lose)), ("awards", &groups.len())],
    );
    let series = vec![visit.t("what-if-gain"), visit.t("what-if-lose")];
    let chart = Chart { caption: visit.t("what-if-caption"), saying, series, groups };
    (!chart.groups.is_empty()).then(|| {
        let svg = chart.rows();
        (chart, svg)
    })
}

fn sheet(visit: &Visit, letterhead: &Letterhead, rows: &[Row]) -> Sheet {
    let heads = [
        ("prospects-honour", 50.0),
        ("prospects-subject", 14.0),
        ("prospects-part", 40.0),
        ("what-if-before", 14.0),
        ("what-if-after", 14.0),
        ("what-if-gain", 14.0),
        ("what-if-lose", 14.0),
        ("what-if-ceiling-head", 60.0),
    ];
    let number = |count: u32| Cell::Number(f64::from(count));
    let mut lines = Vec::new();
    for row in rows {
        let head = [Cell::Text(row.name.clone()), Cell::Text(row.subject.clone())];
        let all = [
            Cell::Text(visit.t("prospects-whole-office")),
            number(row.before),
            number(row.after),
            number(row.moved.gain),
            number(row.moved.lose),
            row.ceiling.clone().map_or(Cell::Empty, Cell::Text),
        ];
        lines.push(head.iter().cloned().chain(all).collect());
        for (part, moved) in &row.parts {
            let part = [
                Cell::Text(part.clone()),
                Cell::Empty,
                Cell::Empty,
                number(moved.gain),
                number(moved.lose),
                Cell::Empty,
            ];
            lines.push(head.iter().cloned().chain(part).collect());
        }
    }
    let day = visit.language.text_with("prospects-as-of", &[("day", &visit.language.day(visit.day))]);
    Sheet {
        name: visit.t("what-if-title"),
        above: [letterhead.name.clone(), visit.t("what-if-title"), day]
            .into_iter()
            .chain(letterhead.notice(visit.language))
            .collect(),
        columns: heads.map(|(key, width)| Column { name: visit.t(key), width }).into(),
        rows: lines,
    }
}
