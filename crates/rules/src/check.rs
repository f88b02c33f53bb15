//! Checks that the loaded files fit together: ids that exist, leaves that can be counted in, no circles, no overlaps.

use std::collections::{BTreeMap, BTreeSet};

use crate::conditions::Links;
use crate::law::{Award, Law, Leaf, Source, Standard};
use crate::reader::{Fault, nearest};
use crate::words::Words;

/// Everything that does not fit, in file order.
pub(crate) fn whole(law: &Law) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for award in &law.awards {
        if !seen.insert(&award.id) {
            faults.push(fault(
                &award_file(award),
                1,
                format!("“{}” có hai lần", award.id),
                format!("`{}` stands twice", award.id),
            ));
        }
        sources(law, award, &mut faults);
        overlaps(award, &mut faults);
        for standard in &award.standards {
            standard_fits(law, award, standard, &mut faults);
        }
    }
    principles(law, &mut faults);
    circles(law, &mut faults);
    faults
}

fn award_file(award: &Award) -> String {
    format!("awards/{}.toml", award.id)
}

fn fault(file: &str, line: usize, vi: String, en: String) -> Fault {
    Fault { file: file.to_owned(), line, message: Words::new(vi, en), hint: None }
}

/// Every source names a text that is listed.
fn sources(law: &Law, award: &Award, faults: &mut Vec<Fault>) {
    let file = award_file(award);
    let rows = [&award.names, &award.decided_by, &award.papers, &award.deadlines, &award.notes].into_iter().flatten();
    let mut cited: Vec<(&Source, usize)> = rows.map(|row| (&row.source, 1)).collect();
    cited.extend(award.bonuses.iter().map(|row| (&row.source, 1)));
    cited.extend(award.votes.iter().map(|row| (&row.source, 1)));
    cited.extend(award.quotas.iter().map(|row| (&row.source, 1)));
    for standard in &award.standards {
        let values = standard.leaves.values().flat_map(|leaf| &leaf.values);
        cited.extend(values.map(|value| (&value.source, standard.line)));
    }
    for (source, line) in cited {
        if !law.documents.contains_key(&source.document) {
            faults.push(unlisted(law, &file, line, &source.document));
        }
    }
}

fn unlisted(law: &Law, file: &str, line: usize, document: &str) -> Fault {
    let known: Vec<&str> = law.documents.keys().map(String::as_str).collect();
    let fault = fault(
        file,
        line,
        format!("văn bản “{document}” không có trong documents.toml"),
        format!("`{document}` is not in documents.toml"),
    );
    match nearest(document, &known) {
        Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
        None => fault.hint("thêm [[document]] vào documents.toml", "add a [[document]] to documents.toml"),
    }
}

/// Standards of one id and subject never overlap.
fn overlaps(award: &Award, faults: &mut Vec<Fault>) {
    for (place, standard) in award.standards.iter().enumerate() {
        let earlier = award.standards[..place].iter().filter(|known| known.id == standard.id);
        for known in earlier.filter(|known| known.subjects.iter().any(|subject| standard.subjects.contains(subject))) {
            let ends_before = known.until.is_some_and(|until| until < standard.from);
            let begins_after = standard.until.is_some_and(|until| until < known.from);
            if !ends_before && !begins_after {
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
}

fn standard_fits(law: &Law, award: &Award, standard: &Standard, faults: &mut Vec<Fault>) {
    let place = |vi: String, en: String| fault(&standard.file, standard.line, vi, en);
    if let Some(subject) = standard.subjects.iter().find(|subject| !award.subjects.contains(subject)) {
        faults.push(place(
            format!("tiêu chuẩn “{}” nêu đối tượng {subject:?} không có trong “subjects” của danh hiệu", standard.id),
            format!("standard `{}` names a subject that the honour does not", standard.id),
        ));
    }
    for leaf in standard.leaves.values() {
        for value in &leaf.values {
            let links = value.condition.links();
            award_ids(law, &links, leaf, &place, faults);
            for sister in links.within.iter().chain(&links.since) {
                let known = standard
                    .leaves
                    .get(*sister)
                    .and_then(|leaf| leaf.values.first())
                    .map(|value| value.condition.links());
                let wanted_prior = links.since == Some(sister);
                let fits =
                    known.is_some_and(|known| if wanted_prior { known.is_prior_award } else { known.gives_years });
                if !fits {
                    let what = if wanted_prior { "prior-award" } else { "graded-years, consecutive-titles" };
                    faults.push(
                        place(
                            format!(
                                "“{}” dựa vào “{sister}”, không phải điều kiện phù hợp của tiêu chuẩn này",
                                leaf.id
                            ),
                            format!("`{}` counts in `{sister}`, which is no fitting leaf of this standard", leaf.id),
                        )
                        .hint(format!("nêu một điều kiện loại {what}"), format!("name a leaf of kind {what}")),
                    );
                }
            }
            let needed = links.needs.into_iter().chain(value.needs.as_deref());
            for document in needed.filter(|document| !law.documents.contains_key(*document)) {
                faults.push(unlisted(law, &standard.file, standard.line, document));
            }
        }
    }
}

fn award_ids(
    law: &Law,
    links: &Links<'_>,
    leaf: &Leaf,
    place: &dyn Fn(String, String) -> Fault,
    faults: &mut Vec<Fault>,
) {
    let known: Vec<&str> = law.awards.iter().map(|award| award.id.as_str()).collect();
    for id in links.awards.iter().filter(|id| law.award(id).is_none()) {
        let fault = place(
            format!("“{}” nêu “{id}”, không có danh hiệu, hình thức này", leaf.id),
            format!("`{}` names `{id}`, but there is no such honour", leaf.id),
        );
        faults.push(match nearest(id, &known) {
            Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
            None => fault,
        });
    }
}

/// Principles cite listed texts, name known honours, and never share a leaf's id within their reach.
fn principles(law: &Law, faults: &mut Vec<Fault>) {
    let file = "principles.toml";
    for principle in &law.principles {
        let leaf = &principle.leaf;
        let place = |vi: String, en: String| fault(file, 1, vi, en);
        for value in &leaf.values {
            award_ids(law, &value.condition.links(), leaf, &place, faults);
            if !law.documents.contains_key(&value.source.document) {
                faults.push(unlisted(law, file, 1, &value.source.document));
            }
        }
        for id in
            principle.reach.awards.iter().chain(&principle.reach.except_awards).filter(|id| law.award(id).is_none())
        {
            faults.push(place(
                format!("“{}” nêu “{id}”, không có danh hiệu, hình thức này", leaf.id),
                format!("`{}` names `{id}`, but there is no such honour", leaf.id),
            ));
        }
        let clash = law
            .awards
            .iter()
            .flat_map(|award| &award.standards)
            .find(|standard| standard.leaves.contains_key(&leaf.id));
        if let Some(standard) = clash {
            faults.push(fault(
                &standard.file,
                standard.line,
                format!("“{}” trùng tên một nguyên tắc chung", leaf.id),
                format!("`{}` is also the id of a principle", leaf.id),
            ));
        }
    }
    for (place, one) in law.principles.iter().enumerate() {
        let twin = law.principles[..place].iter().find(|other| {
            let apart =
                other.until.is_some_and(|until| until < one.from) || one.until.is_some_and(|until| until < other.from);
            other.leaf.id == one.leaf.id && !apart
        });
        if twin.is_some() {
            faults.push(fault(
                file,
                1,
                format!("nguyên tắc “{}” chồng ngày", one.leaf.id),
                format!("principle `{}` overlaps itself in time", one.leaf.id),
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
                        &award_file(award),
                        1,
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
}
