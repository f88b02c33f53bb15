//! Reads one regulation laid over the nation's law, and orders its rows among those of the other layers.

use std::collections::BTreeMap;

use crate::conditions::{self, Asked};
use crate::facts::Day;
use crate::law::{Law, Leaf, NATION, Row, Standard, Value};
use crate::layer::{Layer, Replaced, Tier};
use crate::load::{award, principles, quota, unknown_award};
use crate::load_layer_rows;
use crate::load_rows::dated;
use crate::load_standard::{finish_value, standard};
use crate::load_tables::{self as tables, dong};
use crate::reader::{Fault, Reader, nearest};
use crate::words::Words;

/// The regulation of one file; withdrawn ones hold until their last day.
pub(crate) fn read(law: &mut Law, reader: &Reader<'_>, until: Option<Day>) -> Result<(), Fault> {
    let layer = head(law, reader, until)?;
    let (id, tier, from) = (layer.id.clone(), layer.tier, layer.from);
    law.layers.push(layer.clone());
    tables::layer_documents(law, reader, &id, tier)?;
    for row in reader.tables("award")? {
        award(law, &row, &id)?;
        row.finish()?;
    }
    for row in reader.tables("standard")? {
        further_standard(law, &row, &id)?;
    }
    for row in reader.tables("value")? {
        value(law, &row, &id, from)?;
    }
    for row in reader.tables("quota")? {
        let name = row.text("award")?;
        let quota = quota(&row, &id)?;
        row.finish()?;
        find_award(law, &row, &name)?.quotas.push(quota);
    }
    for row in reader.tables("rounding")? {
        law.rounding.push(dated(&row, dong(&row)?, &id)?);
        row.finish()?;
    }
    load_layer_rows::read(law, reader, &layer)?;
    if tier == Tier::Nation {
        tables::layer_transitions(law, reader, &id)?;
    }
    principles(law, reader, &id)?;
    early(law, reader, &id, from)?;
    if let Some(until) = until {
        end(law, &id, until);
    }
    Ok(())
}

/// The head of the file: its id, its name, whose it is, and the day from which it holds.
fn head(law: &Law, reader: &Reader<'_>, until: Option<Day>) -> Result<Layer, Fault> {
    let id = reader.text("layer")?;
    if id == NATION || law.layers.iter().any(|known| known.id == id) {
        return Err(reader
            .fault_at(
                "layer",
                Words::new(format!("ký hiệu “{id}” đã có quy định khác dùng"), format!("`{id}` is already in use")),
            )
            .hint("đặt một ký hiệu khác", "choose another id"));
    }
    let tier = reader.opt_word("tier")?.unwrap_or(Tier::Office);
    let (file, _) = reader.place();
    Ok(Layer { id, name: reader.vi_en()?, tier, from: reader.opt_day("from")?, until, file })
}

/// The honour that a row names.
pub(crate) fn find_award<'l>(law: &'l mut Law, row: &Reader<'_>, id: &str) -> Result<&'l mut crate::law::Award, Fault> {
    if let Some(place) = law.awards.iter().position(|known| known.id == id) {
        return Ok(&mut law.awards[place]);
    }
    let fault = row.fault_at("award", unknown_award(id));
    Err(match nearest(id, &law.awards.iter().map(|known| known.id.as_str()).collect::<Vec<_>>()) {
        Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
        None => fault,
    })
}

fn further_standard(law: &mut Law, row: &Reader<'_>, layer: &str) -> Result<(), Fault> {
    let name = row.text("award")?;
    let further = standard(row, layer)?;
    row.finish()?;
    find_award(law, row, &name)?.standards.push(further);
    Ok(())
}

/// Another value of a leaf from a day on, or the one before it under a new source (`same = true`).
fn value(law: &mut Law, row: &Reader<'_>, layer: &str, holds_from: Option<Day>) -> Result<(), Fault> {
    let path = row.text("leaf")?;
    let from = match (row.opt_day("from")?, holds_from) {
        (Some(from), _) | (None, Some(from)) => from,
        (None, None) => row.day("from")?,
    };
    let standard = place(law, row, &path, from)?;
    let Some(leaf) = path.rsplit('/').next().and_then(|leaf| standard.leaves.get_mut(leaf)) else {
        return Err(row.fault_at("leaf", Words::default()));
    };
    let asked = if row.opt_flag("same")?.unwrap_or(false) {
        before(leaf, from)
            .map(|value| Asked { condition: value.condition.clone(), parameters: value.parameters.clone() })
    } else {
        Some(conditions::read(&leaf.condition_name, row)?.1)
    };
    let Some(asked) = asked else {
        return Err(row.fault_at(
            "same",
            Words::new(
                format!("trước {from} chưa có giá trị để giữ"),
                format!("there is no value before {from} to keep"),
            ),
        ));
    };
    let mut value = finish_value(row, from, asked, layer)?;
    if value.words.is_none() && row.has("same") {
        value.words = before(leaf, from).and_then(|value| value.words.clone());
    }
    row.finish()?;
    leaf.values.push(value);
    Ok(())
}

/// The latest value begun before a day.
fn before(leaf: &Leaf, from: Day) -> Option<&Value> {
    leaf.values.iter().filter(|value| value.from < from).max_by_key(|value| value.from)
}

/// The standard in force on the day whose leaf the path names.
fn place<'l>(law: &'l mut Law, row: &Reader<'_>, path: &str, from: Day) -> Result<&'l mut Standard, Fault> {
    let mut parts = path.splitn(3, '/');
    let (award, id, leaf) = (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let named = |standard: &Standard| standard.id == id && standard.leaves.contains_key(leaf);
    let place = law.awards.iter().position(|known| Some(known.id.as_str()) == award);
    let Some(place) = place.filter(|place| law.awards[*place].standards.iter().any(named)) else {
        let known = paths(law);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let words = Words::new(format!("không có điều kiện “{path}”"), format!("no condition `{path}`"));
        let fault = row.fault_at("leaf", words);
        return Err(match nearest(path, &known) {
            Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
            None => fault.hint("viết theo mẫu DANH-HIỆU/TIÊU-CHUẨN/ĐIỀU-KIỆN", "write AWARD/STANDARD/LEAF"),
        });
    };
    let standards = law.awards[place].standards.iter_mut();
    let mut own: Vec<&mut Standard> = standards.filter(|standard| named(standard)).collect();
    let holds = |standard: &&mut Standard| standard.from <= from && standard.until.is_none_or(|until| from <= until);
    let first = own.iter().map(|standard| standard.from).min().unwrap_or(from);
    match own.iter().rposition(holds) {
        Some(found) => Ok(own.swap_remove(found)),
        None => Err(row
            .fault_at(
                "from",
                Words::new(
                    format!("ngày {from} không có tiêu chuẩn nào đang áp dụng có điều kiện này"),
                    format!("no standard with this condition is in force on {from}"),
                ),
            )
            .hint(format!("viết một ngày từ {first}"), format!("write a day from {first} on"))),
    }
}

fn paths(law: &Law) -> Vec<String> {
    let standards = law.awards.iter().flat_map(|award| award.standards.iter().map(move |standard| (award, standard)));
    standards
        .flat_map(|(award, standard)| {
            standard.leaves.keys().map(move |leaf| format!("{}/{}/{leaf}", award.id, standard.id))
        })
        .collect()
}

/// Refuses rows that begin before the day from which the regulation holds.
fn early(law: &Law, reader: &Reader<'_>, layer: &str, holds_from: Option<Day>) -> Result<(), Fault> {
    let Some(holds_from) = holds_from else { return Ok(()) };
    let values = law.awards.iter().flat_map(|award| &award.standards).flat_map(|standard| standard.leaves.values());
    let values = values.flat_map(|leaf| &leaf.values).filter(|value| value.layer == layer);
    let quotas = law.awards.iter().flat_map(|award| &award.quotas).filter(|row| row.layer == layer);
    let principles = law.principles.iter().flat_map(|principle| &principle.leaf.values);
    let principles = principles.filter(|value| value.layer == layer);
    let days = values.map(|value| (value.from, value.source.line)).chain(quotas.map(|row| (row.from, row.source.line)));
    let days = days.chain(principles.map(|value| (value.from, value.source.line)));
    match days.filter(|(from, _)| *from < holds_from).min_by_key(|(_, line)| *line) {
        None => Ok(()),
        Some((from, line)) => Err(Fault { line, ..too_early(reader, from, holds_from) }),
    }
}

/// The fault of a row that begins before the day from which its regulation holds.
pub(crate) fn too_early(reader: &Reader<'_>, from: Day, holds_from: Day) -> Fault {
    let words = Words::new(
        format!("dòng này bắt đầu {from}, trước ngày {holds_from} là ngày quy định có hiệu lực"),
        format!("this row begins on {from}, before {holds_from}, the day from which the regulation holds"),
    );
    let fault = reader.fault(words);
    fault.hint(format!("viết một ngày từ {holds_from}"), format!("write a day from {holds_from} on"))
}

/// Ends everything that a withdrawn layer says; what would begin later is gone.
fn end(law: &mut Law, layer: &str, until: Day) {
    for award in &mut law.awards {
        award.quotas.retain(|row| row.layer != layer || row.from <= until);
        award.quotas.iter_mut().filter(|row| row.layer == layer).for_each(|row| row.until = ended(row.until, until));
        if award.layer == layer {
            award.names.iter_mut().for_each(|row| row.until = ended(row.until, until));
        }
        award.standards.retain(|standard| standard.layer != layer || standard.from <= until);
        for standard in &mut award.standards {
            if standard.layer == layer {
                standard.until = ended(standard.until, until);
                continue;
            }
            for leaf in standard.leaves.values_mut() {
                leaf.values.retain(|value| value.layer != layer || value.from <= until);
                let own = leaf.values.iter_mut().filter(|value| value.layer == layer);
                own.for_each(|value| value.until = Some(until));
            }
        }
    }
    law.rounding.retain(|row| row.layer != layer || row.from <= until);
    law.rounding.iter_mut().filter(|row| row.layer == layer).for_each(|row| row.until = ended(row.until, until));
    let of_layer = |values: &[Value]| values.iter().any(|value| value.layer == layer);
    law.principles.retain(|principle| !of_layer(&principle.leaf.values) || principle.from <= until);
    let own = law.principles.iter_mut().filter(|principle| of_layer(&principle.leaf.values));
    own.for_each(|principle| principle.until = ended(principle.until, until));
}

/// The earlier of two last days.
pub(crate) fn ended(own: Option<Day>, until: Day) -> Option<Day> {
    Some(own.map_or(until, |own| own.min(until)))
}

/// Puts the rows of all layers in the order of their days, of one day the lower layer first, so that the last holds;
/// notes which rows gave way to the shipped edition.
pub(crate) fn order(law: &mut Law) {
    let tiers: BTreeMap<String, Tier> = law.layers.iter().map(|layer| (layer.id.clone(), layer.tier)).collect();
    let rank = |layer: &str| (layer == NATION, tiers.get(layer).copied());
    let mut replaced = Vec::new();
    for award in &mut law.awards {
        for standard in &mut award.standards {
            for leaf in standard.leaves.values_mut() {
                leaf.values.sort_by_key(|value| (value.from, rank(&value.layer)));
                let what = || format!("{}/{}/{}", award.id, standard.id, leaf.id);
                let days = leaf.values.iter().map(|value| (value.from, value.layer.as_str()));
                replaced.extend(gave_way(days.collect(), &what));
            }
        }
        if award.quotas.iter().any(|row| row.layer != NATION) {
            award.quotas.sort_by_key(|row| (row.from, rank(&row.layer)));
            replaced.extend(gave_way(days(&award.quotas), &|| format!("{}/quota", award.id)));
        }
    }
    if !tiers.is_empty() {
        law.rounding.sort_by_key(|row| (row.from, rank(&row.layer)));
        replaced.extend(gave_way(days(&law.rounding), &|| "rounding".to_owned()));
        replaced.extend(load_layer_rows::order(law));
    }
    law.replaced.extend(replaced);
}

fn days<T>(rows: &[Row<T>]) -> Vec<(Day, &str)> {
    rows.iter().map(|row| (row.from, row.layer.as_str())).collect()
}

/// The rows of layers beside which the shipped edition has one of the same day.
fn gave_way(days: Vec<(Day, &str)>, what: &dyn Fn() -> String) -> Vec<Replaced> {
    let shipped = |from: Day| days.iter().any(|(day, layer)| *day == from && *layer == NATION);
    let lost = days.iter().filter(|(from, layer)| *layer != NATION && shipped(*from));
    lost.map(|(from, layer)| Replaced { layer: (*layer).to_owned(), what: what(), from: *from }).collect()
}
