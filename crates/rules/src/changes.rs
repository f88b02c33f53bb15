//! What one layer changes in the law: each row of it with what stood in its place.

use crate::facts::Day;
use crate::law::{
    Award, Bonus, Document, Law, Leaf, Mark, Principle, Quota, Row, Source, Standard, Together, Value, Vote,
};
use crate::layer::same_base;
use crate::words::Words;

/// One row of a layer.
#[derive(Debug)]
pub struct Change<'l> {
    pub what: What<'l>,
    pub from: Day,
    /// The last day, where one is known.
    pub until: Option<Day>,
    pub source: Option<&'l Source>,
    pub mark: Mark,
    /// Whether a row of the shipped edition of the same day stands in its place.
    pub replaced: bool,
}

/// What a row says, and what stood in its place.
#[derive(Debug)]
pub enum What<'l> {
    Award(&'l Award),
    /// A further way to an honour.
    Standard(&'l Award, &'l Standard),
    Value {
        award: &'l Award,
        standard: &'l Standard,
        leaf: &'l Leaf,
        value: &'l Value,
        before: Option<&'l Value>,
    },
    /// A further condition.
    Principle(&'l Principle, &'l Value),
    Quota {
        award: &'l Award,
        quota: &'l Quota,
        before: Option<&'l Row<Quota>>,
    },
    Rounding {
        dong: u64,
        before: Option<u64>,
    },
    /// A row on which no finding rests; of an honour, or of all.
    Said {
        award: Option<&'l Award>,
        said: Said<'l>,
        /// What ended the day before.
        before: Vec<Said<'l>>,
    },
    Document(&'l Document),
}

/// What a row says that is no condition.
#[derive(Debug, Clone, Copy)]
pub enum Said<'l> {
    Name(&'l Words),
    Decider(&'l Words),
    Bonus(&'l Bonus),
    Vote(&'l Vote),
    Paper(&'l Words),
    Deadline(&'l Words),
    /// Đồng a month.
    Salary(u64),
    Together(&'l Together),
}

impl What<'_> {
    /// Whether a worked example can show it.
    pub fn is_decided(&self) -> bool {
        !matches!(self, What::Document(_) | What::Quota { .. } | What::Rounding { .. } | What::Said { .. })
    }
}

/// The rows of a layer: honours, standards and values in the order of lists, then conditions, ceilings, rounding, what
/// is no condition, texts.
pub fn of<'l>(law: &'l Law, layer: &str) -> Vec<Change<'l>> {
    let mut changes = Vec::new();
    for award in &law.awards {
        if award.layer == layer {
            changes.extend(award.names.first().map(|row| Change {
                what: What::Award(award),
                from: row.from,
                until: row.until,
                source: Some(&row.source),
                mark: row.mark,
                replaced: false,
            }));
        }
        for standard in &award.standards {
            standard_rows(law, award, standard, layer, &mut changes);
        }
    }
    changes.extend(principles(law, layer));
    changes.extend(law.awards.iter().flat_map(|award| quotas(law, award, layer)));
    changes.extend(rounding(law, layer));
    for award in law.awards.iter().filter(|award| award.layer != layer) {
        said_of(law, award, layer, &mut changes);
    }
    let of_all = |name: &str| Table { law, award: None, layer, name: name.to_owned() };
    changes.extend(said(&of_all("salary"), &law.base_salary, |dong| Said::Salary(*dong)));
    changes.extend(said(&of_all("together"), &law.together, Said::Together));
    changes.extend(documents(law, layer));
    changes
}

fn standard_rows<'l>(
    law: &'l Law,
    award: &'l Award,
    standard: &'l Standard,
    layer: &str,
    changes: &mut Vec<Change<'l>>,
) {
    if standard.layer == layer {
        let first = standard.in_order()[0].values.first();
        changes.push(Change {
            what: What::Standard(award, standard),
            from: standard.from,
            until: standard.until,
            source: first.map(|value| &value.source),
            mark: first.map_or(Mark::Never, |value| value.mark),
            replaced: false,
        });
        return;
    }
    for leaf in standard.in_order() {
        for value in leaf.values.iter().filter(|value| value.layer == layer) {
            // What holds on its first day without it.
            let others = leaf.values.iter().filter(|other| other.layer != layer && other.from <= value.from);
            let before = others.rev().find(|other| other.until.is_none_or(|until| value.from <= until));
            let path = format!("{}/{}/{}", award.id, standard.id, leaf.id);
            changes.push(Change {
                what: What::Value { award, standard, leaf, value, before },
                from: value.from,
                until: value.until,
                source: Some(&value.source),
                mark: value.mark,
                replaced: is_replaced(law, layer, &path, value.from),
            });
        }
    }
}

fn principles<'l>(law: &'l Law, layer: &str) -> impl Iterator<Item = Change<'l>> {
    let own = law.principles.iter().flat_map(|principle| principle.leaf.values.iter().map(move |v| (principle, v)));
    own.filter(move |(_, value)| value.layer == layer).map(|(principle, value)| Change {
        what: What::Principle(principle, value),
        from: principle.from,
        until: principle.until,
        source: Some(&value.source),
        mark: value.mark,
        replaced: false,
    })
}

fn quotas<'l>(law: &'l Law, award: &'l Award, layer: &str) -> impl Iterator<Item = Change<'l>> {
    award.quotas.iter().filter(move |row| row.layer == layer).map(|row| {
        let others =
            award.quotas.iter().filter(|other| other.layer != row.layer && same_base(&other.value, &row.value));
        Change {
            what: What::Quota { award, quota: &row.value, before: others.rev().find(|other| other.holds(row.from)) },
            from: row.from,
            until: row.until,
            source: Some(&row.source),
            mark: row.mark,
            replaced: is_replaced(law, &row.layer, &format!("{}/quota", award.id), row.from),
        }
    })
}

fn rounding<'l>(law: &'l Law, layer: &str) -> impl Iterator<Item = Change<'l>> {
    law.rounding.iter().filter(move |row| row.layer == layer).map(|row| Change {
        what: What::Rounding {
            dong: row.value,
            before: law
                .rounding
                .iter()
                .rev()
                .find(|other| other.layer != row.layer && other.holds(row.from))
                .map(|other| other.value),
        },
        from: row.from,
        until: row.until,
        source: Some(&row.source),
        mark: row.mark,
        replaced: is_replaced(law, &row.layer, "rounding", row.from),
    })
}

/// What a layer says of an honour beside its conditions.
fn said_of<'l>(law: &'l Law, award: &'l Award, layer: &str, changes: &mut Vec<Change<'l>>) {
    let of = |table| Table { law, award: Some(award), layer, name: format!("{}/{table}", award.id) };
    changes.extend(said(&of("name"), &award.names, Said::Name));
    changes.extend(said(&of("decided_by"), &award.decided_by, Said::Decider));
    for subject in &award.subjects {
        let own = award.bonuses.iter().filter(|row| row.value.subject == *subject);
        changes.extend(said(&of("bonus"), own, Said::Bonus));
    }
    changes.extend(said(&of("vote"), &award.votes, Said::Vote));
    changes.extend(said(&of("paper"), &award.papers, Said::Paper));
    changes.extend(said(&of("deadline"), &award.deadlines, Said::Deadline));
}

/// A list of dated rows, and the layer whose rows are asked for.
struct Table<'l, 'n> {
    law: &'l Law,
    award: Option<&'l Award>,
    layer: &'n str,
    name: String,
}

/// The rows of a layer in a list, each with those that end the day before it.
fn said<'l, T: 'l>(
    table: &Table<'l, '_>,
    rows: impl IntoIterator<Item = &'l Row<T>>,
    words: impl Fn(&'l T) -> Said<'l>,
) -> Vec<Change<'l>> {
    let rows: Vec<&'l Row<T>> = rows.into_iter().collect();
    let mut told = Vec::new();
    for row in rows.iter().filter(|row| row.layer == table.layer) {
        // A row that goes on after another has ended is told once.
        if told.iter().any(|known: &Change<'_>| known.source == Some(&row.source)) {
            continue;
        }
        let ended = |other: &&&Row<T>| other.layer != row.layer && other.until == row.from.pred_opt();
        told.push(Change {
            what: What::Said {
                award: table.award,
                said: words(&row.value),
                before: rows.iter().filter(ended).map(|other| words(&other.value)).collect(),
            },
            from: row.from,
            until: row.until,
            source: Some(&row.source),
            mark: row.mark,
            replaced: is_replaced(table.law, table.layer, &table.name, row.from),
        });
    }
    told
}

fn documents<'l>(law: &'l Law, layer: &str) -> impl Iterator<Item = Change<'l>> {
    law.documents.values().filter(move |document| document.layer == layer).map(|document| Change {
        what: What::Document(document),
        from: document.from.or(document.signed).unwrap_or_default(),
        until: document.until,
        source: None,
        mark: document.mark,
        replaced: false,
    })
}

fn is_replaced(law: &Law, layer: &str, what: &str, from: Day) -> bool {
    law.replaced.iter().any(|gone| gone.layer == layer && gone.what == what && gone.from == from)
}
