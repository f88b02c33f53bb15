//! Left to the review or the council: never changes a verdict.

use std::sync::Arc;

use super::Condition;
use crate::ask::{Ask, Outcome};
use crate::facts::Day;
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::Cell;
use crate::words::Words;

#[derive(Debug)]
struct Judgement {
    words: Words,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(Judgement { words: reader.vi_en()? }))
}

impl Condition for Judgement {
    fn decide(&self, _ask: &Ask<'_>) -> Outcome {
        Outcome::met(Vec::new())
    }

    fn column<'l>(&'l self, _plan: &Plan<'_, 'l>) -> Column<'l> {
        Box::new(|asked, cells| asked.each(cells, |_| Cell::MET))
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        self.words.clone()
    }
}
