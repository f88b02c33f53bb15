//! A list of a page as a sheet: every row of it, page by page, up to as many as a sheet is good for.

use documents::sheet::{Column, Sheet};
use store::page::{LONGEST, Listed, Page};

use crate::error::Error;
use crate::print::{Format, Letterhead, Printable};
use crate::visit::{Answer, Visit};

/// Rows of the longest list that is given as a sheet; a longer one is to be narrowed, not cut.
const MOST: usize = 20_000;

/// The rows of a list as they come page by page.
pub struct Gathered<T> {
    pub rows: Vec<T>,
    /// The page to be asked for next; absent once all have come.
    pub next: Option<Page>,
}

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), next: Some(Page::first(LONGEST)) }
    }
}

impl<T> Gathered<T> {
    /// Takes a page in; refused where the list is longer than a sheet is good for.
    pub fn add(&mut self, visit: &Visit, listed: Listed<T>) -> Result<(), Error> {
        self.rows.extend(listed.rows);
        if self.rows.len() > MOST {
            let most = visit.language.number(MOST as i64);
            return Err(Error::Invalid(visit.language.text_with("sheet-too-long", &[("most", &most)])));
        }
        self.next = listed.next.map(|last| Page { after: Some(last), size: LONGEST });
        Ok(())
    }
}

/// The sheet of a list, ready to be taken home in the format of an ending.
pub async fn answer(visit: &Visit, format: &str, name: &str, mut sheet: Sheet) -> Answer {
    let format = Format::of(format).ok_or(Error::NotFound)?;
    let letterhead = Letterhead::of(visit).await?;
    let day = visit.language.day(visit.day);
    let of = visit.language.text_with("sheet-of", &[("office", &letterhead.name), ("day", &day)]);
    sheet.above = letterhead.notice(visit.language).into_iter().chain([sheet.name.clone(), of]).collect();
    Printable { name: format!("{name}-{}", visit.day), paper: None, sheets: vec![sheet] }.answer(format).await
}

/// A column whose head is a text of the locale files.
pub fn column(visit: &Visit, key: &str, width: f64) -> Column {
    Column { name: visit.t(key), width }
}
