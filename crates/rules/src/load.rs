//! Builds the law from its files and refuses what does not fit together.

use std::collections::BTreeMap;

use crate::check;
use crate::conditions;
use crate::facts::Subject;
use crate::law::{
    Award, Bonus, Calendar, CountedBy, Law, Layer, Leaf, NATION, Posts, Principle, Quota, Reach, Row, Vote,
};
use crate::load_rows::{dated, ordered};
use crate::load_standard::{finish_value, standard, unsure};
use crate::load_tables as tables;
use crate::reader::{Fault, File, Reader, read_file};
use crate::words::Words;

/// Builds the law from the nation's files (name relative to `law/`, text) and the layers laid over it.
/// Case files and files that are not TOML are passed over.
pub fn load(nation: &[(&str, &str)], layers: &[(&str, &str)]) -> Result<Law, Vec<Fault>> {
    let mut law = empty();
    let mut faults = Vec::new();
    let files = nation.iter().filter(|(name, _)| name.ends_with(".toml") && !name.starts_with("cases/"));
    for &(name, text) in files {
        let file = File { name, text };
        if let Err(fault) = read_file(file, |reader| nation_file(&mut law, name, reader)) {
            faults.push(fault);
        }
    }
    for &(name, text) in layers {
        if let Err(fault) = read_file(File { name, text }, |reader| layer_file(&mut law, reader)) {
            faults.push(fault);
        }
    }
    finish(&mut law);
    faults.extend(check::whole(&law));
    if faults.is_empty() { Ok(law) } else { Err(faults) }
}

fn empty() -> Law {
    Law {
        awards: Vec::new(),
        principles: Vec::new(),
        documents: BTreeMap::new(),
        transitions: Vec::new(),
        counting: Vec::new(),
        base_salary: Vec::new(),
        rounding: Vec::new(),
        together: Vec::new(),
        posts: Posts::default(),
        calendar: Calendar::default(),
        layers: Vec::new(),
    }
}

/// Closes open rows and sorts lists, so that readers need not.
fn finish(law: &mut Law) {
    law.awards.sort_by(|one, other| (one.order, &one.id).cmp(&(other.order, &other.id)));
    law.transitions.sort_by_key(|row| row.change);
    law.counting.sort_by_key(|row| row.from);
    let leaves =
        law.awards.iter_mut().flat_map(|award| &mut award.standards).flat_map(|standard| standard.leaves.values_mut());
    for leaf in leaves {
        // Of equal dates the nation's value comes last, so that it wins.
        leaf.values.sort_by_key(|value| (value.from, value.layer == NATION));
    }
}

fn nation_file(law: &mut Law, name: &str, reader: &Reader<'_>) -> Result<(), Fault> {
    match name {
        "documents.toml" => tables::documents(law, reader, NATION),
        "principles.toml" => principles(law, reader, NATION),
        "transitions.toml" => tables::transitions(law, reader),
        "base-salary.toml" => tables::base_salary(law, reader),
        "posts.toml" => tables::posts(law, reader),
        "calendar.toml" => tables::calendar(law, reader),
        _ => match name.strip_prefix("awards/").and_then(|file| file.strip_suffix(".toml")) {
            Some(id) => award(law, reader, id),
            None => Err(reader
                .fault(Words::new("tệp không có chỗ trong bộ luật", "a file that has no place in the law"))
                .hint("các tệp được nhận: xem law/README.md", "see law/README.md for the files that belong here")),
        },
    }
}

fn layer_file(law: &mut Law, reader: &Reader<'_>) -> Result<(), Fault> {
    let id = reader.text("layer")?;
    law.layers.push(Layer { id: id.clone(), name: reader.vi_en()? });
    tables::documents(law, reader, &id)?;
    for row in reader.tables("value")? {
        let path = row.text("leaf")?;
        let from = row.day("from")?;
        let place = leaf_place(law, &path);
        let Some((award, standard, leaf)) = place else {
            return Err(row
                .fault_at("leaf", Words::new(format!("không có điều kiện “{path}”"), format!("no condition `{path}`")))
                .hint("viết theo mẫu DANH-HIỆU/TIÊU-CHUẨN/ĐIỀU-KIỆN", "write AWARD/STANDARD/LEAF"));
        };
        let kind = law.awards[award].standards[standard].leaves[&leaf].condition_name.clone();
        let (_, condition) = conditions::read(&kind, &row)?;
        let value = finish_value(&row, from, condition, &id)?;
        row.finish()?;
        if let Some(known) = law.awards[award].standards[standard].leaves.get_mut(&leaf) {
            known.values.push(value);
        }
    }
    for row in reader.tables("quota")? {
        let award = row.text("award")?;
        let quota = quota(&row, &id)?;
        row.finish()?;
        match law.awards.iter_mut().find(|known| known.id == award) {
            Some(known) => known.quotas.push(quota),
            None => return Err(row.fault_at("award", unknown_award(&award))),
        }
    }
    principles(law, reader, &id)
}

fn unknown_award(award: &str) -> Words {
    Words::new(format!("không có danh hiệu, hình thức “{award}”"), format!("no honour `{award}`"))
}

fn award(law: &mut Law, reader: &Reader<'_>, file: &str) -> Result<(), Fault> {
    let id = reader.text("id")?;
    if id != file {
        return Err(reader
            .fault_at("id", Words::new(format!("“{id}” khác tên tệp"), format!("`{id}` differs from the file's name")))
            .hint(format!("viết “{file}”"), format!("write `{file}`")));
    }
    let subjects = reader.words("subjects")?;
    if subjects.is_empty() {
        return Err(reader.fault_at("subjects", Words::new("thiếu “subjects”", "`subjects` is missing")));
    }
    let award = Award {
        class: reader.word("class")?,
        level: reader.word("level")?,
        order: reader.number("order")?,
        counted_by: reader.opt_word("counted_by")?.unwrap_or(CountedBy::QuyetDinh),
        family: reader.opt_text("family")?,
        names: rows(reader, "name", |row| row.vi_en())?,
        decided_by: rows(reader, "decided_by", |row| row.vi_en())?,
        bonuses: bonuses(reader, &subjects)?,
        votes: rows(reader, "vote", vote)?,
        quotas: reader
            .tables("quota")?
            .iter()
            .map(|row| finished(row, quota(row, NATION)))
            .collect::<Result<_, _>>()?,
        papers: rows(reader, "paper", |row| row.vi_en())?,
        deadlines: rows(reader, "deadline", |row| row.vi_en())?,
        notes: rows(reader, "note", |row| row.vi_en())?,
        standards: reader
            .tables("standard")?
            .iter()
            .map(|row| finished(row, standard(row)))
            .collect::<Result<_, _>>()?,
        subjects,
        id,
    };
    if award.names.is_empty() {
        return Err(reader.fault(Words::new("thiếu “[[name]]”", "`[[name]]` is missing")));
    }
    law.awards.push(award);
    Ok(())
}

fn finished<T>(row: &Reader<'_>, value: Result<T, Fault>) -> Result<T, Fault> {
    let value = value?;
    row.finish()?;
    Ok(value)
}

/// The dated rows under a key. A row without `until` ends where the next begins, except rows that may stand side by
/// side (papers, deadlines, notes, deciders).
fn rows<T>(
    reader: &Reader<'_>,
    key: &'static str,
    value: impl Fn(&Reader<'_>) -> Result<T, Fault>,
) -> Result<Vec<Row<T>>, Fault> {
    let mut rows: Vec<Row<T>> = Vec::new();
    for row in reader.tables(key)? {
        let dated = dated(&row, value(&row)?, NATION)?;
        row.finish()?;
        if matches!(key, "name" | "vote") {
            close(&mut rows, &dated, &row)?;
        }
        rows.push(dated);
    }
    Ok(rows)
}

/// Ends the open row before a new one; refuses overlaps and disorder.
fn close<T>(rows: &mut [Row<T>], next: &Row<T>, reader: &Reader<'_>) -> Result<(), Fault> {
    let Some(last) = rows.last_mut() else { return Ok(()) };
    if last.from >= next.from || last.until.is_some_and(|until| until >= next.from) {
        let last_day = last.until.unwrap_or(last.from);
        return Err(reader
            .fault_at(
                "from",
                Words::new(
                    format!("chồng lên dòng trước, có hiệu lực đến {last_day}"),
                    format!("overlaps the row before it, which holds until {last_day}"),
                ),
            )
            .hint("bắt đầu sau ngày kết thúc của dòng trước", "begin after the last day of the row before"));
    }
    last.until = last.until.or(next.from.pred_opt());
    Ok(())
}

fn bonuses(reader: &Reader<'_>, subjects: &[Subject]) -> Result<Vec<Row<Bonus>>, Fault> {
    let mut bonuses: Vec<Row<Bonus>> = Vec::new();
    for row in reader.tables("bonus")? {
        let subject: Subject = row.word("subject")?;
        if !subjects.contains(&subject) {
            return Err(row.fault_at(
                "subject",
                Words::new("đối tượng không có trong “subjects”", "a subject that `subjects` does not name"),
            ));
        }
        let times = row.text("times")?;
        let Some(thousandths) = thousandths(&times) else {
            return Err(row.fault_at(
                "times",
                Words::new("“times” phải là số như \"1.5\"", "`times` must be a number such as \"1.5\""),
            ));
        };
        let bonus = dated(&row, Bonus { subject, thousandths }, NATION)?;
        row.finish()?;
        let mut same: Vec<Row<Bonus>> =
            bonuses.iter().filter(|known| known.value.subject == subject).cloned().collect();
        close(&mut same, &bonus, &row)?;
        if let (Some(last), Some(known)) =
            (same.last(), bonuses.iter_mut().rev().find(|known| known.value.subject == subject))
        {
            known.until = last.until;
        }
        bonuses.push(bonus);
    }
    Ok(bonuses)
}

/// Far more than any honour brings; keeps the amount from running over.
const LARGEST_MULTIPLE: u64 = 1_000_000;

/// A decimal of at most three places as thousandths.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || rest.len() > 3 || !digits(whole) || !digits(rest) {
        return None;
    }
    let whole = whole.parse::<u64>().ok().filter(|whole| *whole < LARGEST_MULTIPLE)?;
    Some(whole * 1_000 + format!("{rest:0<3}").parse::<u64>().ok()?)
}

fn vote(row: &Reader<'_>) -> Result<Vote, Fault> {
    Ok(Vote { percent: row.number("percent")?, ballot: row.opt_flag("ballot")?.unwrap_or(false) })
}

fn quota(row: &Reader<'_>, layer: &str) -> Result<Row<Quota>, Fault> {
    let base_words = Words::new(row.text("base_vi")?, row.text("base_en")?);
    dated(row, Quota { percent: row.number("percent")?, base: row.opt_text("base")?, base_words }, layer)
}

fn principles(law: &mut Law, reader: &Reader<'_>, layer: &str) -> Result<(), Fault> {
    for row in reader.tables("principle")? {
        let (from, until) = (row.day("from")?, row.opt_day("until")?);
        ordered(&row, from, until)?;
        let (id, kind) = (row.text("id")?, row.text("condition")?);
        let (role, condition) = conditions::read(&kind, &row)?;
        let reach = Reach {
            classes: row.words("classes")?,
            levels: row.words("levels")?,
            awards: row.opt_texts("awards")?.unwrap_or_default(),
            except_awards: row.opt_texts("except_awards")?.unwrap_or_default(),
            subjects: row.words("subjects")?,
            kinds: row.words("kinds")?,
            except_kinds: row.words("except_kinds")?,
        };
        let unsure = unsure(&row)?;
        let value = finish_value(&row, from, condition, layer)?;
        row.finish()?;
        let leaf = Leaf { id, condition_name: kind, role, values: vec![value] };
        law.principles.push(Principle { reach, from, until, unsure, leaf });
    }
    Ok(())
}

fn leaf_place(law: &Law, path: &str) -> Option<(usize, usize, String)> {
    let mut parts = path.split('/');
    let (award, standard, leaf) = (parts.next()?, parts.next()?, parts.next()?);
    let award_place = law.awards.iter().position(|known| known.id == award)?;
    let standards = &law.awards[award_place].standards;
    let standard_place = standards.iter().rposition(|known| known.id == standard && known.leaves.contains_key(leaf))?;
    Some((award_place, standard_place, leaf.to_owned()))
}
