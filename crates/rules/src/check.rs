//! Checks that the loaded files fit together: ids that exist, leaves that can be counted in, no circles, no overlaps.

use std::collections::{BTreeMap, BTreeSet};

use crate::conditions::Links;
use crate::explain::DEEPEST;
use crate::law::{Award, Law, Leaf, NATION, Principle, Source, Standard, Value};
use crate::reader::{Fault, nearest};
use crate::words::Words;

/// So many faults of one sort are told at the most; each is looked at for what may have been meant.
const TOLD: usize = 100;
/// More standards than an honour asks for through others, its own among them.
const MOST_ASKED: u64 = 200;

/// Everything that does not fit, in file order.
pub(crate) fn whole(law: &Law) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for award in &law.awards {
        if faults.len() > TOLD {
            return faults;
        }
        if !seen.insert(&award.id) {
            let words = (format!("“{}” có hai lần", award.id), format!("`{}` stands twice", award.id));
            let twice = fault(&award.file, award.line, words.0, words.1);
            faults.push(match award.layer == NATION {
                true => twice,
                false => twice.hint("đặt một ký hiệu khác", "choose another id"),
            });
        }
        sources(law, award, &mut faults);
        overlaps(award, &mut faults);
        for standard in &award.standards {
            standard_fits(law, award, standard, &mut faults);
        }
    }
    principles(law, &mut faults);
    let of_all = law.rounding.iter().map(|row| &row.source).chain(law.base_salary.iter().map(|row| &row.source));
    let of_all = of_all.chain(law.together.iter().map(|row| &row.source));
    faults.extend(of_all.filter_map(|source| unlisted(law, source, &source.document)).take(TOLD));
    circles(law, &mut faults);
    faults
}

fn fault(file: &str, line: usize, vi: String, en: String) -> Fault {
    Fault { file: file.to_owned(), line, message: Words::new(vi, en), hint: None }
}

/// Every source names a text that is listed.
fn sources(law: &Law, award: &Award, faults: &mut Vec<Fault>) {
    let rows = [&award.names, &award.decided_by, &award.papers, &award.deadlines, &award.notes].into_iter().flatten();
    let values = award.standards.iter().flat_map(|standard| standard.leaves.values()).flat_map(|leaf| &leaf.values);
    let cited = rows
        .map(|row| &row.source)
        .chain(award.bonuses.iter().map(|row| &row.source))
        .chain(award.votes.iter().map(|row| &row.source))
        .chain(award.quotas.iter().map(|row| &row.source))
        .chain(values.map(|value| &value.source));
    faults.extend(cited.filter_map(|source| unlisted(law, source, &source.document)).take(TOLD));
}

/// The fault of a text that is cited at a place and not listed.
fn unlisted(law: &Law, at: &Source, document: &str) -> Option<Fault> {
    if law.documents.contains_key(document) {
        return None;
    }
    let known: Vec<&str> = law.documents.keys().map(String::as_str).collect();
    let fault = fault(
        &at.file,
        at.line,
        format!("văn bản “{document}” không có trong danh mục văn bản"),
        format!("`{document}` is not among the listed texts"),
    );
    Some(match nearest(document, &known) {
        Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
        None if law.layers.iter().any(|layer| layer.file == at.file) => {
            fault.hint("thêm [[document]] cho văn bản này", "add a [[document]] for this text")
        }
        None => fault.hint("thêm [[document]] vào documents.toml", "add a [[document]] to documents.toml"),
    })
}

/// Standards of one id and subject never overlap.
fn overlaps(award: &Award, faults: &mut Vec<Fault>) {
    for (place, standard) in award.standards.iter().enumerate() {
        let earlier = award.standards[..place].iter().filter(|known| known.id == standard.id);
        let shares = |known: &&Standard| known.subjects.iter().any(|subject| standard.subjects.contains(subject));
        let meets = |known: &&Standard| {
            let ends_before = known.until.is_some_and(|until| until < standard.from);
            let begins_after = standard.until.is_some_and(|until| until < known.from);
            !ends_before && !begins_after
        };
        if let Some(known) = earlier.filter(shares).find(meets) {
            faults.push(
                fault(
                    &standard.file,
                    standard.line,
                    format!("tiêu chuẩn “{}” chồng lên tiêu chuẩn cùng tên ở dòng {}", standard.id, known.line),
                    format!("standard `{}` overlaps the one of the same id in line {}", standard.id, known.line),
                )
                .hint("thêm “until” cho tiêu chuẩn trước", "give the earlier one an `until`"),
            );
        }
    }
}

fn standard_fits(law: &Law, award: &Award, standard: &Standard, faults: &mut Vec<Fault>) {
    let place = |vi: String, en: String| fault(&standard.file, standard.line, vi, en);
    if let Some(subject) = standard.subjects.iter().find(|subject| !award.subjects.contains(subject)) {
        faults.push(place(
            format!("tiêu chuẩn “{}” nêu đối tượng {subject:?} không có trong “subjects” của danh hiệu", standard.id),
            format!("standard `{}` names a subject that the honour does not", standard.id),
        ));
    }
    faults.extend(standard.leaves.values().filter_map(|leaf| twice_from(law, leaf)));
    for (leaf, value) in standard.leaves.values().flat_map(|leaf| leaf.values.iter().map(move |value| (leaf, value))) {
        if faults.len() > TOLD {
            return;
        }
        let links = value.condition.links();
        award_ids(law, &links, leaf, &value.source, faults);
        let sisters = links.within.iter().chain(&links.since);
        faults.extend(sisters.filter_map(|sister| misplaced(standard, leaf, value, &links, sister)));
        let needed = links.needs.into_iter().chain(value.needs.as_deref());
        faults.extend(needed.filter_map(|document| unlisted(law, &value.source, document)));
    }
}

/// The fault of two regulations of one tier that give a leaf a value from the same day.
fn twice_from(law: &Law, leaf: &Leaf) -> Option<Fault> {
    let tier = |value: &Value| law.layers.iter().find(|layer| layer.id == value.layer).map(|layer| layer.tier);
    let clash = leaf
        .values
        .windows(2)
        .find(|pair| pair[0].from == pair[1].from && pair[0].layer != NATION && tier(&pair[0]) == tier(&pair[1]))?;
    let at = |value: &Value| law.layers.iter().position(|layer| layer.id == value.layer);
    let (first, second) = if at(&clash[0]) <= at(&clash[1]) { (&clash[0], &clash[1]) } else { (&clash[1], &clash[0]) };
    let (leaf, layer, from) = (&leaf.id, &first.layer, first.from);
    let twice = fault(
        &second.source.file,
        second.source.line,
        format!("“{leaf}” đã có giá trị từ ngày {from} theo “{layer}”"),
        format!("`{leaf}` already has a value from {from} by `{layer}`"),
    );
    Some(twice.hint("viết một ngày sau đó; giá trị đã có không được sửa", "write a later day; a value is never edited"))
}

/// The fault of a leaf that counts in, or from, a sister leaf that cannot be counted in.
fn misplaced(standard: &Standard, leaf: &Leaf, value: &Value, links: &Links<'_>, sister: &str) -> Option<Fault> {
    let known = standard.leaves.get(sister).and_then(|leaf| leaf.values.first()).map(|value| value.condition.links());
    let wanted_prior = links.since == Some(sister);
    let fits = known.is_some_and(|known| if wanted_prior { known.is_prior_award } else { known.gives_years });
    let what = if wanted_prior { "prior-award" } else { "graded-years, consecutive-titles, title-cycles" };
    let fault = fault(
        &value.source.file,
        value.source.line,
        format!("“{}” dựa vào “{sister}”, không phải điều kiện phù hợp của tiêu chuẩn này", leaf.id),
        format!("`{}` counts in `{sister}`, which is no fitting leaf of this standard", leaf.id),
    );
    (!fits).then(|| fault.hint(format!("nêu một điều kiện loại {what}"), format!("name a leaf of kind {what}")))
}

fn award_ids(law: &Law, links: &Links<'_>, leaf: &Leaf, at: &Source, faults: &mut Vec<Fault>) {
    faults.extend(links.awards.iter().filter_map(|id| no_such_award(law, &leaf.id, id, at)).take(TOLD));
}

/// The fault of a leaf that names an honour that does not exist.
fn no_such_award(law: &Law, leaf: &str, id: &str, at: &Source) -> Option<Fault> {
    if law.award(id).is_some() {
        return None;
    }
    let known: Vec<&str> = law.awards.iter().map(|award| award.id.as_str()).collect();
    let fault = fault(
        &at.file,
        at.line,
        format!("“{leaf}” nêu “{id}”, không có danh hiệu, hình thức này"),
        format!("`{leaf}` names `{id}`, but there is no such honour"),
    );
    Some(match nearest(id, &known) {
        Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
        None => fault,
    })
}

/// Principles cite listed texts, name known honours, never overlap themselves and share no leaf's id.
fn principles(law: &Law, faults: &mut Vec<Fault>) {
    for (place, principle) in law.principles.iter().enumerate() {
        if faults.len() > TOLD {
            return;
        }
        let leaf = &principle.leaf;
        let Some(value) = leaf.values.first() else { continue };
        let at = &value.source;
        award_ids(law, &value.condition.links(), leaf, at, faults);
        faults.extend(unlisted(law, at, &at.document));
        let reach = principle.reach.awards.iter().chain(&principle.reach.except_awards);
        faults.extend(reach.filter_map(|id| no_such_award(law, &leaf.id, id, at)).take(TOLD));
        let standards = law.awards.iter().flat_map(|award| &award.standards);
        if let Some(standard) = standards.into_iter().find(|standard| standard.leaves.contains_key(&leaf.id)) {
            faults.push(fault(
                &standard.file,
                standard.line,
                format!("“{}” trùng tên một nguyên tắc chung", leaf.id),
                format!("`{}` is also the id of a principle", leaf.id),
            ));
        }
        let ends_before = |one: &Principle, other: &Principle| one.until.is_some_and(|until| until < other.from);
        let twin = law.principles[..place]
            .iter()
            .find(|known| known.leaf.id == leaf.id && !ends_before(known, principle) && !ends_before(principle, known));
        if twin.is_some() {
            faults.push(fault(
                &at.file,
                at.line,
                format!("nguyên tắc “{}” chồng ngày", leaf.id),
                format!("principle `{}` overlaps itself in time", leaf.id),
            ));
        }
    }
}

/// No honour asks, through others, for its own standard.
fn circles(law: &Law, faults: &mut Vec<Fault>) {
    let asks: BTreeMap<&str, BTreeSet<&str>> = law
        .awards
        .iter()
        .map(|award| {
            let values =
                award.standards.iter().flat_map(|standard| standard.leaves.values()).flat_map(|leaf| &leaf.values);
            (award.id.as_str(), values.filter_map(|value| value.condition.links().meets).collect())
        })
        .collect();
    for award in &law.awards {
        let (mut open, mut seen) = (vec![award.id.as_str()], BTreeSet::new());
        while let Some(id) = open.pop() {
            for &next in asks.get(id).into_iter().flatten() {
                if next == award.id {
                    faults.push(fault(
                        &award.file,
                        award.line,
                        format!("“{}” hỏi lại chính nó qua các danh hiệu khác", award.id),
                        format!("`{}` asks for itself through other honours", award.id),
                    ));
                    return;
                }
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
    }
    faults.extend(overgrown(law));
}

/// The fault of an honour that asks, through others and those through others, for more standards than can be looked at
/// in a moment, or more deeply than [`DEEPEST`].
fn overgrown(law: &Law) -> Option<Fault> {
    let asked = |award: &Award, known: &BTreeMap<&str, u64>| {
        let leaves = award.standards.iter().flat_map(|standard| standard.leaves.values());
        let of_leaf = |leaf: &Leaf| {
            let meets = leaf.values.iter().filter_map(|value| value.condition.links().meets);
            meets.filter_map(|id| known.get(id)).max().copied().unwrap_or(0)
        };
        leaves.map(of_leaf).fold(1_u64, u64::saturating_add)
    };
    let mut known: BTreeMap<&str, u64> = law.awards.iter().map(|award| (award.id.as_str(), 1)).collect();
    for _ in 0..DEEPEST {
        known = law.awards.iter().map(|award| (award.id.as_str(), asked(award, &known))).collect();
    }
    let too_much =
        |award: &&Award| known[award.id.as_str()] > MOST_ASKED || asked(award, &known) > known[award.id.as_str()];
    law.awards.iter().find(too_much).map(|award| {
        fault(
            &award.file,
            award.line,
            format!("“{}” hỏi quá nhiều tiêu chuẩn qua các danh hiệu khác", award.id),
            format!("`{}` asks for too many standards through other honours", award.id),
        )
    })
}
