//! Merged cells: one text that stands for several cells.

use crate::raw::{Cell, Content, Row};

/// More merged cells than a list has; what goes beyond is not filled.
const MOST: usize = 50_000;

/// Cells that show the text of their first; rows and columns from 0, both ends within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Merge {
    pub(crate) top: u32,
    pub(crate) left: u32,
    pub(crate) bottom: u32,
    pub(crate) right: u32,
}

/// The merged cells of one sheet, from the top.
#[derive(Clone, Debug, Default)]
pub(crate) struct Merges(std::sync::Arc<[Merge]>);

/// Fills the rows of one sheet as they pass.
pub(crate) struct Filling {
    merges: Merges,
    next: usize,
    open: Vec<(Merge, Cell)>,
}

impl Merge {
    /// From a name such as `B2:D4`.
    pub(crate) fn named(span: &str) -> Option<Merge> {
        let (from, to) = span.split_once(':')?;
        let ((top, left), (bottom, right)) = (place(from)?, place(to)?);
        (top <= bottom && left <= right).then_some(Merge { top, left, bottom, right })
    }
}

impl Merges {
    pub(crate) fn new(mut merges: Vec<Merge>) -> Merges {
        merges.sort_unstable();
        merges.truncate(MOST);
        Merges(merges.into())
    }
}

impl Filling {
    pub(crate) fn of(merges: Merges) -> Filling {
        Filling { merges, next: 0, open: Vec::new() }
    }

    /// Copies the text of each merged block into the cells of this row that belong to it.
    pub(crate) fn fill(&mut self, row: &mut Row, columns: u32) {
        let at = row.number.saturating_sub(1);
        self.open.retain(|(merge, _)| merge.bottom >= at);
        while let Some(merge) = self.merges.0.get(self.next).filter(|merge| merge.top <= at) {
            self.next += 1;
            // No spreadsheet program merges a cell twice; a thousand blocks over each other would fill every row as often.
            let apart = self.open.iter().all(|(other, _)| other.right < merge.left || merge.right < other.left);
            if merge.top == at && merge.left < columns && apart {
                self.open.push((*merge, row.cells.get(merge.left as usize).cloned().unwrap_or_default()));
            }
        }
        for (merge, first) in self.open.iter().filter(|(_, first)| first.content != Content::Empty) {
            let right = merge.right.min(columns - 1) as usize;
            if row.cells.len() <= right {
                row.cells.resize(right + 1, Cell::default());
            }
            for column in merge.left as usize..=right {
                let is_first = at == merge.top && column == merge.left as usize;
                if !is_first {
                    row.cells[column] = first.clone();
                    row.cells[column].merged = true;
                }
            }
        }
    }
}

/// Row and column from 0 of a name such as `AB12`.
pub(crate) fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim().replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let column = name[..letters].bytes().try_fold(0_u32, |sum, letter| {
        sum.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row: u32 = name[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// The letters of a column counted from 0.
pub(crate) fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.insert(0, b'A' + (column % 26) as u8);
        match column / 26 {
            0 => return letters.into_iter().map(char::from).collect(),
            more => column = more - 1,
        }
    }
}
