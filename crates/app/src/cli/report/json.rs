//! The period report for a program: never localised.

use serde_json::{Value, json};
use store::reports::arithmetic::{Change, Period};
use store::reports::counted::{Category, CountBy, SubjectKind};
use store::reports::period::{Part, PartRow, PeriodReport, Row};
use store::words;

use super::Asked;
use crate::period::counting::Way;

/// The report as JSON: days in ISO form, percentages as numbers, words as the records have them.
pub fn told(asked: &Asked, report: &PeriodReport) -> Value {
    let unit = asked
        .unit
        .as_ref()
        .map(|unit| json!({"code": unit.code, "name": unit.name, "name_en": unit.name_en, "own_only": asked.own_only}));
    let forms = report.forms.iter().map(|form| {
        let mut row = row(&form.row);
        row["award"] = json!(form.award);
        row["category"] = json!(category(form.category));
        row["subject"] = json!(subject(form.subject));
        row["counted_by"] = json!(counted_by(form.by));
        row
    });
    let totals = report.totals.iter().map(|total| {
        let mut row = row(&total.row);
        row["category"] = json!(category(total.category));
        row["subject"] = json!(subject(total.subject));
        row["yearly"] = decimal(Some(total.yearly));
        row["compared_yearly"] = decimal(total.compared_yearly);
        row["yearly_change_percent"] = decimal(total.yearly_change);
        row
    });
    json!({
        "report": "period",
        "illustrative": asked.illustrative,
        "period": days(asked.period),
        "compare": asked.compare.map(days),
        "unit": unit,
        "count_by": way(asked.way),
        "years": report.years,
        "totals": totals.collect::<Vec<_>>(),
        "forms": forms.collect::<Vec<_>>(),
        "levels": report.by_level.iter().map(part).collect::<Vec<_>>(),
        "sexes": report.by_sex.iter().map(part).collect::<Vec<_>>(),
        "kinds": report.by_kind.iter().map(part).collect::<Vec<_>>(),
        "other_bodies": report.other_bodies.lines,
        "unlisted": report.unlisted,
    })
}

fn row(row: &Row) -> Value {
    json!({
        "years": row.years.iter().map(|cell| cell.lines).collect::<Vec<_>>(),
        "total": row.total.lines,
        "compared": row.compared.as_ref().map(|cell| cell.lines),
        "change_percent": decimal(row.change.and_then(|change| change.hundredths)),
    })
}

fn part(row: &PartRow) -> Value {
    let compared = row.compared.as_ref().map(|cell| cell.lines);
    let change = compared.and_then(|before| Change::between(before, row.total.lines).hundredths);
    let word = match row.part {
        Part::Level(level) => level.map(words::text),
        Part::Sex(sex) => sex.map(words::text),
        Part::Kind(kind) => kind.map(words::text),
    };
    json!({
        "category": category(row.category),
        "subject": subject(row.subject),
        "part": word,
        "total": row.total.lines,
        "compared": compared,
        "change_percent": decimal(change),
    })
}

fn days(period: Period) -> Value {
    json!({"from": period.from, "to": period.to})
}

/// Hundredths as a number with at most two digits after the point.
fn decimal(hundredths: Option<i64>) -> Value {
    hundredths.map_or(Value::Null, |hundredths| json!(hundredths as f64 / 100.0))
}

fn category(category: Category) -> &'static str {
    match category {
        Category::Title => "title",
        Category::Flag => "flag",
        Category::Commendation => "commendation",
    }
}

fn subject(subject: SubjectKind) -> &'static str {
    match subject {
        SubjectKind::Collective => "tap-the",
        SubjectKind::Individual => "ca-nhan",
        SubjectKind::Household => "ho-gia-dinh",
    }
}

fn counted_by(by: CountBy) -> &'static str {
    match by {
        CountBy::TitleYear => "nam",
        CountBy::DecisionDay => "quyet-dinh",
    }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Catalogue => "catalogue",
        Way::TitleYear => "title-year",
        Way::DecisionDay => "decision-day",
    }
}
