//! A branch whose wording is not at hand: always unknown.

use std::sync::Arc;

use super::{Condition, Links};
use crate::ask::{Ask, Missing, Outcome};
use crate::facts::Day;
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::Cell;
use crate::words::Words;

#[derive(Debug)]
struct MissingText {
    words: Words,
    needs: String,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(MissingText { words: reader.vi_en()?, needs: reader.text("needs")? }))
}

impl Condition for MissingText {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        Outcome::text_missing(Vec::new(), Missing::text(ask.law, &self.needs))
    }

    fn column<'l>(&'l self, _plan: &Plan<'_, 'l>) -> Column<'l> {
        Box::new(|asked, cells| asked.each(cells, |_| Cell::UNKNOWN))
    }

    fn words(&self, _law: &Law, _day: Day) -> Words {
        self.words.clone()
    }

    fn links(&self) -> Links<'_> {
        Links { needs: Some(&self.needs), ..Links::default() }
    }
}
