//! Lists in pages: at most 100 rows, the next page found by the last row, totals counted to 1,000.

use uuid::Uuid;

use crate::error::StoreError;
use crate::sql::Row;

/// No page is longer.
pub const LONGEST: u32 = 100;
/// Totals above it are not counted.
pub const COUNTED_TO: u32 = 1_000;

/// Which page of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The last row of the page before; absent for the first page.
    pub after: Option<Uuid>,
    /// At most [`LONGEST`].
    pub size: u32,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<T> {
    pub rows: Vec<T>,
    /// What to pass as [`Page::after`] for the next page; absent on the last.
    pub next: Option<Uuid>,
    pub total: Total,
}

/// How many rows the whole list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    Exactly(u32),
    /// More than this, which is [`COUNTED_TO`].
    MoreThan(u32),
}

impl Page {
    /// The first page.
    pub fn first(size: u32) -> Self {
        Self { after: None, size }
    }

    /// One row more than the page shows, which tells whether there is a next page.
    pub(crate) fn limit(self) -> i64 {
        i64::from(self.rows()) + 1
    }

    pub(crate) fn rows(self) -> u32 {
        self.size.clamp(1, LONGEST)
    }
}

impl<T> Listed<T> {
    /// From up to one row more than the page shows, and the count of the whole list.
    pub(crate) fn cut(mut rows: Vec<T>, page: Page, total: Total, id: impl Fn(&T) -> Uuid) -> Self {
        let shown = page.rows() as usize;
        let more = rows.len() > shown;
        rows.truncate(shown);
        let next = if more { rows.last().map(id) } else { None };
        Self { rows, next, total }
    }
}

impl Total {
    /// The number that is told.
    pub fn at_least(self) -> u32 {
        match self {
            Self::Exactly(total) | Self::MoreThan(total) => total,
        }
    }

    /// From `count(*)` over at most [`COUNTED_TO`] + 1 rows, in the column `total`.
    pub(crate) fn read(row: Option<Row>) -> Result<Self, StoreError> {
        Ok(Self::counted(row.ok_or(StoreError::NotFound)?.count("total")?))
    }

    /// From a count that may have gone further than is told.
    pub(crate) fn counted(counted: u32) -> Self {
        if counted > COUNTED_TO { Self::MoreThan(COUNTED_TO) } else { Self::Exactly(counted) }
    }
}
