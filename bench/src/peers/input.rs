//! The records of one person as JSON, as the policies read them.

use bench::people::{self, CONFIRMED};
use bench::{FIVE, SEED, day};
use chrono::Datelike;
use rules::facts::{Day, Facts, Grade};
use serde_json::{Value, json};

/// The years that can be asked about, the latest first; nobody worked in the last of them.
fn years() -> Vec<i32> {
    (1989..=2025).rev().collect()
}

fn days(day: Day) -> i64 {
    (day - Day::default()).num_days()
}

fn titles(facts: &Facts, award: &str) -> Vec<i32> {
    facts.titles.iter().filter(|fact| fact.award == award).map(|fact| fact.year).collect()
}

/// What the one rule reads.
pub fn one(count: u64) -> Vec<Value> {
    let one = |number| {
        let facts = people::person(SEED, number, day());
        let measures = facts.disciplines.iter();
        let measures = measures.map(|it| json!({"from": it.from.year(), "to": it.to.map_or(9999, |to| to.year())}));
        json!({
            "years": years(),
            "base": titles(&facts, "chien-si-thi-dua-co-so"),
            "initiatives": facts.initiatives.iter().map(|it| json!({"year": it.year})).collect::<Vec<_>>(),
            "disciplines": measures.collect::<Vec<_>>(),
        })
    };
    (0..count).map(one).collect()
}

/// What the five honours read.
pub fn five(count: u64) -> Vec<Value> {
    (0..count).map(|number| person(&people::person(SEED, number, day()))).collect()
}

fn person(facts: &Facts) -> Value {
    let far = |day: Option<Day>| day.map_or(i64::from(i32::MAX), days);
    let graded = |least: Grade| -> Vec<i32> {
        facts.grades.iter().filter(|fact| fact.grade >= least).map(|fact| fact.year).collect()
    };
    let ministry = facts.titles.iter().filter(|fact| fact.award == FIVE[0]);
    let honour = |id: &str| FIVE[2..].iter().position(|five| id == *five).unwrap_or(FIVE.len());
    let initiatives = facts.initiatives.iter().map(|it| {
        let used = i32::from(!it.used_for.is_empty());
        json!({"year": it.year, "sort": it.sort as u8, "scope": it.scope as u8, "used": used})
    });
    let awards = facts.awards.iter().map(|it| {
        let last = it.period.map_or(it.decided.year(), |(_, last)| last);
        let kind = it.kind.map_or(9, |kind| kind as u8);
        json!({"award": honour(&it.award), "kind": kind, "last": last, "decided": days(it.decided)})
    });
    let measures = facts
        .disciplines
        .iter()
        .map(|it| json!({"from": it.from.year(), "to": it.to.map_or(9999, |to| to.year()), "to_day": far(it.to)}));
    let attested = facts.attested.iter().map(|it| {
        let condition = CONFIRMED.iter().position(|(id, ..)| *id == it.condition);
        let honour = honour(it.condition.split('/').next().unwrap_or_default());
        json!({"condition": condition, "honour": honour, "value": u8::from(it.value), "on": days(it.on)})
    });
    let months = |post: Option<&str>| -> i32 {
        let asked = facts.posts.iter().filter(|fact| post.is_none_or(|post| post == fact.post));
        let month = |day: Day| day.year() * 12 + day.month0() as i32;
        asked.map(|it| month(it.to.and_then(|to| to.succ_opt()).unwrap_or_else(day)) - month(it.from)).sum()
    };
    json!({
        "years": years(),
        "sex": facts.sex.map_or(0, |sex| sex as u8),
        "grp": facts.group.map_or(0, |group| group as u8),
        "base": titles(facts, "chien-si-thi-dua-co-so"),
        "ministry": titles(facts, FIVE[0]),
        "ministry_decided": ministry.map(|it| it.decided.map_or(it.year, |day| day.year())).collect::<Vec<_>>(),
        "good": graded(Grade::Tot),
        "excellent": graded(Grade::XuatSac),
        "initiatives": initiatives.collect::<Vec<_>>(),
        "awards": awards.collect::<Vec<_>>(),
        "disciplines": measures.collect::<Vec<_>>(),
        "holds": facts.holds.iter().map(|it| json!({"from": days(it.from), "to": far(it.to)})).collect::<Vec<_>>(),
        "director": months(Some("vu-truong")),
        "deputy": months(None),
        "attested": attested.collect::<Vec<_>>(),
    })
}
