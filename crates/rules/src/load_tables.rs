//! Reads the tables of the law that are not honours: texts, transitions, salaries, posts and holidays.

use chrono::Datelike;

use crate::law::{Counting, Document, Law, Mark, NATION, Row, Together, Transition, TransitionRule};
use crate::layer::{Replaced, Tier};
use crate::load_rows::{dated, mark, source};
use crate::posts::{Equivalent, Post};
use crate::reader::{Fault, Reader};
use crate::words::Words;

pub(crate) fn documents(law: &mut Law, reader: &Reader<'_>) -> Result<(), Fault> {
    for row in reader.tables("document")? {
        let document = document(&row, NATION)?;
        let id = document.id.clone();
        if law.documents.insert(id.clone(), document).is_some() {
            return Err(row.fault_at(
                "id",
                Words::new(format!("văn bản “{id}” có hai lần"), format!("the text `{id}` stands twice")),
            ));
        }
    }
    Ok(())
}

/// The texts of a layer. A text of the nation that is listed but not at hand is thereby obtained; one that the shipped
/// edition holds stays as it is shipped.
pub(crate) fn layer_documents(law: &mut Law, reader: &Reader<'_>, layer: &str, tier: Tier) -> Result<(), Fault> {
    for row in reader.tables("document")? {
        let document = document(&row, layer)?;
        let id = document.id.clone();
        match law.documents.get(&id) {
            Some(known) if tier == Tier::Nation && known.at_hand && known.layer == NATION => {
                let from = document.from.or(document.signed).unwrap_or_default();
                law.replaced.push(Replaced { layer: layer.to_owned(), what: id, from });
            }
            Some(known) if tier != Tier::Nation || known.at_hand => {
                let words = Words::new(
                    format!("văn bản “{id}” đã có trong danh mục"),
                    format!("the text `{id}` is already listed"),
                );
                return Err(row.fault_at("id", words).hint("bỏ dòng [[document]] này", "leave this [[document]] out"));
            }
            _ => {
                law.documents.insert(id, document);
            }
        }
    }
    Ok(())
}

fn document(row: &Reader<'_>, layer: &str) -> Result<Document, Fault> {
    let note = match (row.opt_text("note_vi")?, row.opt_text("note_en")?) {
        (Some(vi), Some(en)) => Some(Words::new(vi, en)),
        _ => None,
    };
    let document = Document {
        id: row.text("id")?,
        name: row.vi_en()?,
        signed: row.opt_day("signed")?,
        from: row.opt_day("from")?,
        until: row.opt_day("until")?,
        loaded_until: row.opt_day("loaded_until")?,
        next: row.opt_text("next")?,
        at_hand: row.opt_flag("at_hand")?.unwrap_or(true),
        note,
        mark: mark(row)?,
        layer: layer.to_owned(),
    };
    row.finish()?;
    Ok(document)
}

/// The transitions of a text of the nation, in the place of what the shipped edition could not say.
pub(crate) fn layer_transitions(law: &mut Law, reader: &Reader<'_>, layer: &str) -> Result<(), Fault> {
    for row in reader.tables("transition")? {
        let change = transition(&row)?;
        match law.transitions.iter_mut().find(|known| known.change == change.change) {
            None => law.transitions.push(change),
            Some(known) if known.mark == Mark::Never || known.rule == TransitionRule::Unknown => *known = change,
            Some(known) => {
                let (layer, what) = (layer.to_owned(), "transition".to_owned());
                law.replaced.push(Replaced { layer, what, from: known.change });
            }
        }
    }
    Ok(())
}

fn transition(row: &Reader<'_>) -> Result<Transition, Fault> {
    let transition = Transition {
        change: row.day("change")?,
        rule: row.word("rule")?,
        favourable: row.opt_flag("favourable")?.unwrap_or(false),
        source: source(row)?,
        mark: mark(row)?,
    };
    row.finish()?;
    Ok(transition)
}

pub(crate) fn transitions(law: &mut Law, reader: &Reader<'_>) -> Result<(), Fault> {
    for row in reader.tables("transition")? {
        law.transitions.push(transition(&row)?);
    }
    for row in reader.tables("counting")? {
        law.counting.push(Counting {
            from: row.day("from")?,
            rule: row.word("rule")?,
            source: source(&row)?,
            mark: mark(&row)?,
        });
        row.finish()?;
    }
    Ok(())
}

pub(crate) fn base_salary(law: &mut Law, reader: &Reader<'_>) -> Result<(), Fault> {
    for row in reader.tables("salary")? {
        let salary: Row<u64> = dated(&row, dong(&row)?, NATION)?;
        row.finish()?;
        if let Some(last) = law.base_salary.last_mut() {
            if last.from >= salary.from {
                return Err(row.fault_at(
                    "from",
                    Words::new("không sau ngày của dòng trước", "does not lie after the row before"),
                ));
            }
            last.until = last.until.or(salary.from.pred_opt());
        }
        law.base_salary.push(salary);
    }
    for row in reader.tables("rounding")? {
        law.rounding.push(dated(&row, dong(&row)?, NATION)?);
        row.finish()?;
    }
    for row in reader.tables("together")? {
        law.together.push(dated(&row, together(&row)?, NATION)?);
        row.finish()?;
    }
    Ok(())
}

/// An amount of money.
pub(crate) fn dong(row: &Reader<'_>) -> Result<u64, Fault> {
    Ok(u64::from(row.amount("dong")?))
}

/// What is paid for several honours at once.
pub(crate) fn together(row: &Reader<'_>) -> Result<Together, Fault> {
    Ok(Together { titles: row.word("titles")?, title_and_form: row.word("title_and_form")? })
}

pub(crate) fn posts(law: &mut Law, reader: &Reader<'_>) -> Result<(), Fault> {
    for row in reader.tables("post")? {
        law.posts.posts.push(Post { id: row.text("id")?, name: row.vi_en()?, rank: row.opt_number("rank")? });
        row.finish()?;
    }
    for row in reader.tables("equivalent")? {
        let equivalent = Equivalent { post: row.text("post")?, like: row.text("like")? };
        let known = law.posts.posts.iter().any(|post| post.id == equivalent.like);
        if !known {
            return Err(row.fault_at(
                "like",
                Words::new(format!("không có chức vụ “{}”", equivalent.like), format!("no post `{}`", equivalent.like)),
            ));
        }
        law.posts.equivalents.push(dated(&row, equivalent, NATION)?);
        row.finish()?;
    }
    Ok(())
}

pub(crate) fn calendar(law: &mut Law, reader: &Reader<'_>) -> Result<(), Fault> {
    for row in reader.tables("year")? {
        let year = row.number("year")? as i32;
        let (holidays, worked) = (row.days("holidays")?, row.days("worked")?);
        row.finish()?;
        if let Some(stray) = holidays.iter().find(|day| day.year() != year) {
            return Err(row.fault_at(
                "holidays",
                Words::new(format!("ngày {stray} không thuộc năm {year}"), format!("{stray} does not lie in {year}")),
            ));
        }
        law.calendar.years.insert(year);
        law.calendar.holidays.extend(holidays);
        law.calendar.worked.extend(worked);
    }
    Ok(())
}
