//! The units with their names in time and their lineage.

use chrono::Datelike;
use rules::facts::Day;
use store::error::StoreError;
use store::records::{NewUnit, NewUnitLineage, NewUnitName};
use store::step::Step;
use store::words::LineageKind;

use super::{Ids, Population, last_day};
use crate::demo::unit::{Change, Kind, Mark, Unit};

/// Adds the units that stand on the day or stood before it.
pub fn add(step: &mut Step, known: &Population, today: Day, ids: &mut Ids) -> Result<(), StoreError> {
    let begun: Vec<&Unit> = known.plan.units.iter().filter(|unit| unit.from.is_none_or(|from| from <= today)).collect();
    for unit in &begun {
        let id = step.id();
        let fictitious = unit.names.iter().all(|name| name.mark == Mark::MH);
        step.add(NewUnit { id, kind: kind(unit).to_owned(), fictitious })?;
        ids.units.insert(unit.code.clone(), id);
    }
    for unit in &begun {
        names(step, known, unit, today, ids)?;
        lineage(step, unit, ids)?;
    }
    Ok(())
}

fn names(step: &mut Step, known: &Population, unit: &Unit, today: Day, ids: &Ids) -> Result<(), StoreError> {
    let cluster = known.plan.clusters.iter().find(|cluster| Some(&cluster.code) == unit.cluster.as_ref());
    for name in &unit.names {
        let from_day = name.from.or(unit.from).unwrap_or(known.plan.office.records_from);
        if from_day > today {
            continue;
        }
        let until = name.until.or(unit.until).filter(|until| *until <= today);
        step.add(NewUnitName {
            id: step.id(),
            unit: ids.units[&unit.code],
            name: name.name.clone(),
            name_en: Some(unit.en.clone()),
            code: unit.code.clone(),
            parent: unit.parent.as_ref().map(|parent| ids.units[parent]),
            cluster: cluster.map(|cluster| cluster.name.clone()),
            position: i32::try_from(unit.order).expect("an office has few units"),
            basis: name.basis.clone(),
            certainty: name.mark.certainty(),
            from_day,
            to_day: last_day(until),
        })?;
    }
    Ok(())
}

fn lineage(step: &mut Step, unit: &Unit, ids: &Ids) -> Result<(), StoreError> {
    let (Some(change), Some(day)) = (unit.change, unit.from) else { return Ok(()) };
    for predecessor in &unit.predecessors {
        step.add(NewUnitLineage {
            id: step.id(),
            kind: match change {
                Change::Tach => LineageKind::ChiaTach,
                Change::HopNhat => LineageKind::SapNhap,
                Change::DoiTen => LineageKind::DoiTen,
            },
            predecessor: ids.units[predecessor],
            successor: ids.units[&unit.code],
            day,
            keeps_honours: unit.keeps_honours,
            document: unit
                .names
                .iter()
                .find(|name| name.from.is_none_or(|from| from.year() == day.year()))
                .and_then(|name| name.basis.clone()),
        })?;
    }
    Ok(())
}

fn kind(unit: &Unit) -> &'static str {
    match unit.kind {
        Kind::Vu => "vu",
        Kind::Cuc => "cuc",
        Kind::SuNghiep => "su-nghiep",
        Kind::DoanThe => "doan-the",
        Kind::Phong => "phong",
    }
}
