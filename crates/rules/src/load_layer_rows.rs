//! Reads the rows that a layer gives beside conditions, and orders them: names, deciders, bonuses, votes, papers, deadlines, salaries.

use crate::facts::Day;
use crate::law::{Award, Bonus, Law, NATION, Row};
use crate::layer::{Layer, Replaced, Tier};
use crate::load::{bonus, vote};
use crate::load_layer::{ended, find_award, too_early};
use crate::load_rows::dated;
use crate::load_tables::{dong, together};
use crate::reader::{Fault, Reader};
use crate::words::Words;

/// Tables that only a text of the nation fills.
const OF_THE_NATION: [&str; 6] = ["name", "decided_by", "bonus", "vote", "salary", "together"];

/// The rows of one layer; those of a withdrawn one end on its last day.
pub(crate) fn read(law: &mut Law, reader: &Reader<'_>, layer: &Layer) -> Result<(), Fault> {
    if layer.tier != Tier::Nation
        && let Some(key) = OF_THE_NATION.into_iter().find(|key| reader.has(key))
    {
        let words = Words::new(
            format!("“{key}” chỉ do văn bản của Trung ương quy định"),
            format!("only a text of the nation says `{key}`"),
        );
        let fault = reader.fault_at(key, words);
        return Err(fault.hint("bỏ dòng này, hoặc viết tier = \"nation\"", "leave it out, or write tier = \"nation\""));
    }
    of_honours(law, reader, layer, "name", |row, _| row.vi_en(), |award| &mut award.names, in_turn)?;
    of_honours(law, reader, layer, "vote", |row, _| vote(row), |award| &mut award.votes, in_turn)?;
    let multiple = |row: &Reader<'_>, award: &Award| bonus(row, &award.subjects);
    of_honours(
        law,
        reader,
        layer,
        "bonus",
        multiple,
        |award| &mut award.bonuses,
        |rows, own, row, _| {
            let alike = |known: &Row<Bonus>| known.value.subject == own.value.subject;
            once(rows.iter().filter(|known| alike(known)), &own, row)?;
            rows.push(own);
            Ok(())
        },
    )?;
    of_honours(law, reader, layer, "decided_by", |row, _| row.vi_en(), |award| &mut award.decided_by, beside)?;
    of_honours(law, reader, layer, "paper", |row, _| row.vi_en(), |award| &mut award.papers, beside)?;
    of_honours(law, reader, layer, "deadline", |row, _| row.vi_en(), |award| &mut award.deadlines, beside)?;
    for row in reader.tables("salary")? {
        let own = held(&row, layer, dong(&row)?)?;
        row.finish()?;
        own.map_or(Ok(()), |own| in_turn(&mut law.base_salary, own, &row, layer))?;
    }
    for row in reader.tables("together")? {
        let own = held(&row, layer, together(&row)?)?;
        row.finish()?;
        own.map_or(Ok(()), |own| in_turn(&mut law.together, own, &row, layer))?;
    }
    Ok(())
}

/// The rows of one table, each with `award = "…"`, put by `place` into the list of their honour.
fn of_honours<T>(
    law: &mut Law,
    reader: &Reader<'_>,
    layer: &Layer,
    key: &'static str,
    value: impl Fn(&Reader<'_>, &Award) -> Result<T, Fault>,
    list: impl Fn(&mut Award) -> &mut Vec<Row<T>>,
    place: impl Fn(&mut Vec<Row<T>>, Row<T>, &Reader<'_>, &Layer) -> Result<(), Fault>,
) -> Result<(), Fault> {
    for row in reader.tables(key)? {
        let award = find_award(law, &row, &row.text("award")?)?;
        let own = held(&row, layer, value(&row, award)?)?;
        if let Some(own) = own {
            place(list(award), own, &row, layer)?;
        }
        row.finish()?;
    }
    Ok(())
}

/// A row for as long as its layer holds; none where the layer was withdrawn before it began.
fn held<T>(row: &Reader<'_>, layer: &Layer, value: T) -> Result<Option<Row<T>>, Fault> {
    let mut own = dated(row, value, &layer.id)?;
    if let Some(holds_from) = layer.from.filter(|holds_from| own.from < *holds_from) {
        return Err(too_early(row, own.from, holds_from));
    }
    if let Some(until) = layer.until {
        own.until = ended(own.until, until);
    }
    Ok((layer.until.is_none_or(|until| own.from <= until)).then_some(own))
}

/// A row of a list of which one holds at a time.
fn in_turn<T>(rows: &mut Vec<Row<T>>, own: Row<T>, row: &Reader<'_>, _: &Layer) -> Result<(), Fault> {
    once(rows.iter(), &own, row)?;
    rows.push(own);
    Ok(())
}

/// Refuses a second row of layers from the same day.
fn once<'r, T: 'r>(mut known: impl Iterator<Item = &'r Row<T>>, own: &Row<T>, row: &Reader<'_>) -> Result<(), Fault> {
    let Some(twice) = known.find(|known| known.layer != NATION && known.from == own.from) else { return Ok(()) };
    let (from, layer) = (own.from, &twice.layer);
    let words = Words::new(
        format!("đã có dòng từ ngày {from} theo “{layer}”"),
        format!("there is a row from {from} by `{layer}` already"),
    );
    Err(row.fault_at("from", words).hint("viết một ngày sau đó", "write a later day"))
}

/// A row that stands beside others; with `instead = true` it ends those of the nation that began before it.
fn beside<T: Clone>(rows: &mut Vec<Row<T>>, own: Row<T>, row: &Reader<'_>, layer: &Layer) -> Result<(), Fault> {
    if row.opt_flag("instead")?.unwrap_or(false) {
        if layer.tier != Tier::Nation {
            let words = Words::new(
                "cơ quan bổ sung, không thay thế quy định của Trung ương",
                "an office adds to what the nation says and cannot stand in its place",
            );
            return Err(row.fault_at("instead", words).hint("bỏ “instead”", "leave `instead` out"));
        }
        let mut others = Vec::new();
        for known in rows.drain(..) {
            match known.layer == NATION && known.from < own.from {
                true => without(known, own.from, own.until, &mut others),
                false => others.push(known),
            }
        }
        *rows = others;
    }
    rows.push(own);
    Ok(())
}

/// What is left of a row outside of some days: the part before and the part after.
fn without<T: Clone>(row: Row<T>, from: Day, until: Option<Day>, left: &mut Vec<Row<T>>) {
    let meets = until.is_none_or(|until| row.from <= until) && row.until.is_none_or(|own| from <= own);
    if !meets {
        return left.push(row);
    }
    if let Some(before) = from.pred_opt().filter(|before| row.from <= *before) {
        left.push(Row { until: Some(before), ..row.clone() });
    }
    let after = until.and_then(|until| until.succ_opt());
    if let Some(after) = after.filter(|after| row.until.is_none_or(|own| *after <= own)) {
        left.push(Row { from: after.max(row.from), ..row });
    }
}

/// Orders the rows of all layers, so that of one list and day one holds, and tells which gave way to the shipped edition.
pub(crate) fn order(law: &mut Law) -> Vec<Replaced> {
    let mut replaced = Vec::new();
    let of_nation: Vec<String> =
        law.layers.iter().filter(|layer| layer.tier == Tier::Nation).map(|layer| layer.id.clone()).collect();
    for award in &mut law.awards {
        let what = |table: &str| format!("{}/{table}", award.id);
        turns(&mut award.names, |_, _| true, &what("name"), &mut replaced);
        turns(&mut award.votes, |_, _| true, &what("vote"), &mut replaced);
        turns(&mut award.bonuses, |one, other| one.subject == other.subject, &what("bonus"), &mut replaced);
        sides(&mut award.decided_by, &of_nation, &what("decided_by"), &mut replaced);
        sides(&mut award.papers, &of_nation, &what("paper"), &mut replaced);
        sides(&mut award.deadlines, &of_nation, &what("deadline"), &mut replaced);
    }
    turns(&mut law.base_salary, |_, _| true, "salary", &mut replaced);
    turns(&mut law.together, |_, _| true, "together", &mut replaced);
    replaced
}

/// Rows alike one after another: each ends where the next begins, and goes on where the next ended before it.
fn turns<T: Clone>(rows: &mut Vec<Row<T>>, alike: impl Fn(&T, &T) -> bool, what: &str, replaced: &mut Vec<Replaced>) {
    if rows.iter().all(|row| row.layer == NATION) {
        return;
    }
    rows.sort_by_key(|row| (row.from, row.layer == NATION));
    let mut told: Vec<Row<T>> = Vec::with_capacity(rows.len());
    for row in rows.drain(..) {
        let mut others = Vec::with_capacity(told.len() + 2);
        for known in told {
            if !alike(&known.value, &row.value) {
                others.push(known);
                continue;
            }
            if known.from == row.from && known.layer != NATION && row.layer == NATION {
                replaced.push(Replaced { layer: known.layer.clone(), what: what.to_owned(), from: row.from });
            }
            without(known, row.from, row.until, &mut others);
        }
        others.push(row);
        told = others;
    }
    told.sort_by_key(|row| row.from);
    *rows = told;
}

/// Rows side by side: those of a text of the nation give way where the shipped edition has rows of the same day.
fn sides<T>(rows: &mut Vec<Row<T>>, of_nation: &[String], what: &str, replaced: &mut Vec<Replaced>) {
    let shipped: Vec<Day> = rows.iter().filter(|row| row.layer == NATION).map(|row| row.from).collect();
    rows.retain(|row| {
        let gone = of_nation.contains(&row.layer) && shipped.contains(&row.from);
        if gone {
            replaced.push(Replaced { layer: row.layer.clone(), what: what.to_owned(), from: row.from });
        }
        !gone
    });
}
