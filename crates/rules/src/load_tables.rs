//! Reads the tables of the law that are not honours: texts, transitions, salaries, posts and holidays.

use chrono::Datelike;

use crate::law::{Counting, Document, Equivalent, Law, NATION, Post, Row, Together, Transition};
use crate::load_rows::{dated, mark, source};
use crate::reader::{Fault, Reader};
use crate::words::Words;

pub(crate) fn documents(law: &mut Law, reader: &Reader<'_>, layer: &str) -> Result<(), Fault> {
    for row in reader.tables("document")? {
        let id = row.text("id")?;
        let note = match (row.opt_text("note_vi")?, row.opt_text("note_en")?) {
            (Some(vi), Some(en)) => Some(Words::new(vi, en)),
            _ => None,
        };
        let document = Document {
            name: row.vi_en()?,
            signed: row.opt_day("signed")?,
            from: row.opt_day("from")?,
            until: row.opt_day("until")?,
            loaded_until: row.opt_day("loaded_until")?,
            next: row.opt_text("next")?,
            at_hand: row.opt_flag("at_hand")?.unwrap_or(true),
            note,
            mark: mark(&row)?,
            layer: layer.to_owned(),
            id: id.clone(),
        };
        row.finish()?;
        if law.documents.insert(id.clone(), document).is_some() {
            return Err(row.fault_at(
                "id",
                Words::new(format!("văn bản “{id}” có hai lần"), format!("the text `{id}` stands twice")),
            ));
        }
    }
    Ok(())
}

pub(crate) fn transitions(law: &mut Law, reader: &Reader<'_>) -> Result<(), Fault> {
    for row in reader.tables("transition")? {
        law.transitions.push(Transition {
            change: row.day("change")?,
            rule: row.word("rule")?,
            favourable: row.opt_flag("favourable")?.unwrap_or(false),
            source: source(&row)?,
            mark: mark(&row)?,
        });
        row.finish()?;
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
        let amount = row.amount("dong")?;
        let salary: Row<u64> = dated(&row, u64::from(amount), NATION)?;
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
        law.rounding.push(dated(&row, u64::from(row.amount("dong")?), NATION)?);
        row.finish()?;
    }
    for row in reader.tables("together")? {
        let together = Together { titles: row.word("titles")?, title_and_form: row.word("title_and_form")? };
        law.together.push(dated(&row, together, NATION)?);
        row.finish()?;
    }
    Ok(())
}

pub(crate) fn posts(law: &mut Law, reader: &Reader<'_>) -> Result<(), Fault> {
    for row in reader.tables("post")? {
        law.posts.posts.push(Post { id: row.text("id")?, name: row.vi_en()?, rank: row.number("rank")? });
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
