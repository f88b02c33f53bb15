//! Builds the law from its files and refuses what does not fit together.

use std::collections::BTreeMap;

use crate::calendar::Calendar;
use crate::check;
use crate::conditions;
use crate::facts::{Day, Subject};
use crate::law::{Award, Bonus, CountedBy, Law, Leaf, NATION, Principle, Quota, Reach, Row, Vote};
use crate::load_layer;
use crate::load_rows::{dated, ordered};
use crate::load_standard::{finish_value, standard, unsure};
use crate::load_tables as tables;
use crate::posts::Posts;
use crate::reader::{Fault, File, Reader, read_file};
use crate::words::Words;

/// A regulation to lay over the nation's law.
#[derive(Debug, Clone, Copy)]
pub struct Laid<'t> {
    /// How a fault names it.
    pub name: &'t str,
    pub text: &'t str,
    /// Its last day, where it was withdrawn.
    pub until: Option<Day>,
}

/// Builds the law from the nation's files (name relative to `law/`, text) and the layers laid over it.
/// Case files and files that are not TOML are passed over.
pub fn load(nation: &[(&str, &str)], layers: &[(&str, &str)]) -> Result<Law, Vec<Fault>> {
    let laid: Vec<Laid<'_>> = layers.iter().map(|&(name, text)| Laid { name, text, until: None }).collect();
    load_laid(nation, &laid)
}

/// [`load`] with layers that may have been withdrawn.
pub fn load_laid(nation: &[(&str, &str)], layers: &[Laid<'_>]) -> Result<Law, Vec<Fault>> {
    let mut law = empty();
    let mut faults = Vec::new();
    let files = nation.iter().filter(|(name, _)| name.ends_with(".toml") && !name.starts_with("cases/"));
    for &(name, text) in files {
        let file = File { name, text };
        if let Err(fault) = read_file(file, |reader| nation_file(&mut law, name, reader)) {
            faults.push(fault);
        }
    }
    for laid in layers {
        let file = File { name: laid.name, text: laid.text };
        if let Err(fault) = read_file(file, |reader| load_layer::read(&mut law, reader, laid.until)) {
            faults.push(fault);
        }
    }
    finish(&mut law);
    load_layer::order(&mut law);
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
        replaced: Vec::new(),
    }
}

/// Closes open rows and sorts lists, so that readers need not.
fn finish(law: &mut Law) {
    law.awards.sort_by(|one, other| (one.order, &one.id).cmp(&(other.order, &other.id)));
    law.transitions.sort_by_key(|row| row.change);
    law.counting.sort_by_key(|row| row.from);
}

fn nation_file(law: &mut Law, name: &str, reader: &Reader<'_>) -> Result<(), Fault> {
    match name {
        "documents.toml" => tables::documents(law, reader),
        "principles.toml" => principles(law, reader, NATION),
        "transitions.toml" => tables::transitions(law, reader),
        "base-salary.toml" => tables::base_salary(law, reader),
        "posts.toml" => tables::posts(law, reader),
        "calendar.toml" => tables::calendar(law, reader),
        _ => match name.strip_prefix("awards/").and_then(|file| file.strip_suffix(".toml")) {
            Some(id) => {
                named_as_file(reader, id)?;
                award(law, reader, NATION)
            }
            None => Err(reader
                .fault(Words::new("tệp không có chỗ trong bộ luật", "a file that has no place in the law"))
                .hint("các tệp được nhận: xem law/README.md", "see law/README.md for the files that belong here")),
        },
    }
}

pub(crate) fn unknown_award(award: &str) -> Words {
    Words::new(format!("không có danh hiệu, hình thức “{award}”"), format!("no honour `{award}`"))
}

fn named_as_file(reader: &Reader<'_>, file: &str) -> Result<(), Fault> {
    let id = reader.text("id")?;
    if id == file {
        return Ok(());
    }
    Err(reader
        .fault_at("id", Words::new(format!("“{id}” khác tên tệp"), format!("`{id}` differs from the file's name")))
        .hint(format!("viết “{file}”"), format!("write `{file}`")))
}

/// One honour: a file of the nation's law, or an `[[award]]` of a layer.
pub(crate) fn award(law: &mut Law, reader: &Reader<'_>, layer: &str) -> Result<(), Fault> {
    let id = reader.text("id")?;
    let subjects = reader.words("subjects")?;
    if subjects.is_empty() {
        return Err(reader.fault_at("subjects", Words::new("thiếu “subjects”", "`subjects` is missing")));
    }
    let (file, line) = reader.place();
    let award = Award {
        layer: layer.to_owned(),
        file,
        line,
        class: reader.word("class")?,
        level: reader.word("level")?,
        order: reader.number("order")?,
        counted_by: reader.opt_word("counted_by")?.unwrap_or(CountedBy::QuyetDinh),
        family: reader.opt_text("family")?,
        names: rows(reader, "name", layer, |row| row.vi_en())?,
        decided_by: rows(reader, "decided_by", layer, |row| row.vi_en())?,
        bonuses: bonuses(reader, &subjects, layer)?,
        votes: rows(reader, "vote", layer, vote)?,
        quotas: reader.tables("quota")?.iter().map(|row| finished(row, quota(row, layer))).collect::<Result<_, _>>()?,
        papers: rows(reader, "paper", layer, |row| row.vi_en())?,
        deadlines: rows(reader, "deadline", layer, |row| row.vi_en())?,
        notes: rows(reader, "note", layer, |row| row.vi_en())?,
        standards: reader
            .tables("standard")?
            .iter()
            .map(|row| finished(row, standard(row, layer)))
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
    layer: &str,
    value: impl Fn(&Reader<'_>) -> Result<T, Fault>,
) -> Result<Vec<Row<T>>, Fault> {
    let mut rows: Vec<Row<T>> = Vec::new();
    for row in reader.tables(key)? {
        let dated = dated(&row, value(&row)?, layer)?;
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

fn bonuses(reader: &Reader<'_>, subjects: &[Subject], layer: &str) -> Result<Vec<Row<Bonus>>, Fault> {
    let mut bonuses: Vec<Row<Bonus>> = Vec::new();
    for row in reader.tables("bonus")? {
        let bonus = dated(&row, bonus(&row, subjects)?, layer)?;
        row.finish()?;
        let last = bonuses.iter().rposition(|known| known.value.subject == bonus.value.subject);
        close(last.map_or_else(Default::default, |last| &mut bonuses[last..=last]), &bonus, &row)?;
        bonuses.push(bonus);
    }
    Ok(bonuses)
}

/// The multiple for one of the subjects of an honour.
pub(crate) fn bonus(row: &Reader<'_>, subjects: &[Subject]) -> Result<Bonus, Fault> {
    let subject: Subject = row.word("subject")?;
    if !subjects.contains(&subject) {
        return Err(row.fault_at(
            "subject",
            Words::new("đối tượng không có trong “subjects”", "a subject that `subjects` does not name"),
        ));
    }
    match thousandths(&row.text("times")?) {
        Some(thousandths) => Ok(Bonus { subject, thousandths }),
        None => Err(row.fault_at(
            "times",
            Words::new("“times” phải là số như \"1.5\"", "`times` must be a number such as \"1.5\""),
        )),
    }
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

/// A council's vote.
pub(crate) fn vote(row: &Reader<'_>) -> Result<Vote, Fault> {
    Ok(Vote { percent: row.number("percent")?, ballot: row.opt_flag("ballot")?.unwrap_or(false) })
}

pub(crate) fn quota(row: &Reader<'_>, layer: &str) -> Result<Row<Quota>, Fault> {
    let base_words = Words::new(row.text("base_vi")?, row.text("base_en")?);
    dated(row, Quota { percent: row.number("percent")?, base: row.opt_text("base")?, base_words }, layer)
}

pub(crate) fn principles(law: &mut Law, reader: &Reader<'_>, layer: &str) -> Result<(), Fault> {
    for row in reader.tables("principle")? {
        let (from, until) = (row.day("from")?, row.opt_day("until")?);
        ordered(&row, from, until)?;
        let (id, kind) = (row.text("id")?, row.text("condition")?);
        let (role, asked) = conditions::read(&kind, &row)?;
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
        let value = finish_value(&row, from, asked, layer)?;
        row.finish()?;
        let leaf = Leaf { id, condition_name: kind, role, values: vec![value] };
        law.principles.push(Principle { reach, from, until, unsure, leaf });
    }
    Ok(())
}
