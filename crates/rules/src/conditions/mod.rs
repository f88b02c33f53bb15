//! The kinds of condition: one file each, and the registry that names them.

mod absence_below;
mod attested;
mod award_count;
mod consecutive_titles;
mod discipline_ended;
mod dossier_by;
mod grade_count;
mod graded_years;
mod initiatives;
mod judgement;
mod long_training;
mod meets_award;
mod member_share;
mod member_titles;
mod members_disciplined;
mod members_graded;
mod missing_text;
mod no_discipline;
mod no_hold;
mod not_rewarded;
mod one_a_year;
mod post_service;
mod prior_award;
mod registration;
mod tenure;
mod title_count;
mod title_cycles;
mod year_grade;

use std::fmt::Debug;
use std::sync::Arc;

use crate::ask::{Ask, Clip, Outcome, Record, Span, unit_supplier};
use crate::facts::{Day, Year};
use crate::law::{Law, Role};
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{ClipColumn, Column, Plan, SpanColumn};
use crate::words::Words;

/// One condition with its parameters.
pub trait Condition: Debug + Send + Sync {
    /// What it finds for a subject.
    fn decide(&self, ask: &Ask<'_>) -> Outcome;

    /// What it asks, in words, with names as the law of the day prints them.
    fn words(&self, law: &Law, day: Day) -> Words;

    /// What it asks of the years to come, where that can be planned.
    fn asks(&self) -> Asks<'_> {
        Asks::Nothing
    }

    /// What it points to, so that the loader can check it.
    fn links(&self) -> Links<'_> {
        Links::default()
    }

    /// The years it stands for, where sister leaves may count within them.
    fn span(&self, _ask: &Ask<'_>) -> Option<Span> {
        None
    }

    /// The years that it keeps every leaf of the standard from counting.
    fn clip(&self, _ask: &Ask<'_>) -> Option<Clip> {
        None
    }

    /// The same as [`Condition::decide`] for many subjects of a snapshot, without words.
    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l>;

    /// The same as [`Condition::span`] for many subjects; none where the condition has no years.
    fn span_column<'l>(&'l self, _plan: &Plan<'_, 'l>) -> Option<SpanColumn<'l>> {
        None
    }

    /// The same as [`Condition::clip`] for many subjects; none where the condition never cuts.
    fn clip_column<'l>(&'l self, _plan: &Plan<'_, 'l>) -> Option<ClipColumn<'l>> {
        None
    }
}

/// What a condition points to: honours, and sister leaves by id.
#[derive(Debug, Default)]
pub struct Links<'c> {
    pub awards: Vec<&'c str>,
    /// Leaves whose years it counts in.
    pub within: Vec<&'c str>,
    /// The `prior-award` leaf from which it counts.
    pub since: Option<&'c str>,
    /// An honour whose standard it evaluates.
    pub meets: Option<&'c str>,
    /// A text that it names as missing.
    pub needs: Option<&'c str>,
    pub gives_years: bool,
    pub is_prior_award: bool,
}

type Read = fn(&Reader<'_>) -> Result<Arc<dyn Condition>, Fault>;

/// Every kind of condition with the function that reads its parameters, in alphabetical order.
const KINDS: &[(&str, Role, Read)] = &[
    ("absence-below", Role::Record, absence_below::read),
    ("attested", Role::Attested, attested::read),
    ("award-count", Role::Record, award_count::read),
    ("consecutive-titles", Role::Record, consecutive_titles::read),
    ("discipline-ended", Role::Record, discipline_ended::read),
    ("dossier-by", Role::Record, dossier_by::read),
    ("grade-count", Role::Record, grade_count::read),
    ("graded-years", Role::Record, graded_years::read),
    ("initiatives", Role::Record, initiatives::read),
    ("judgement", Role::Judgement, judgement::read),
    ("long-training", Role::Record, long_training::read),
    ("meets-award", Role::Record, meets_award::read),
    ("member-share", Role::Record, member_share::read),
    ("member-titles", Role::Record, member_titles::read),
    ("members-disciplined", Role::Record, members_disciplined::read),
    ("members-graded", Role::Record, members_graded::read),
    ("missing-text", Role::Record, missing_text::read),
    ("no-discipline", Role::Record, no_discipline::read),
    ("no-hold", Role::Record, no_hold::read),
    ("not-rewarded", Role::Record, not_rewarded::read),
    ("one-a-year", Role::Record, one_a_year::read),
    ("post-service", Role::Record, post_service::read),
    ("prior-award", Role::Record, prior_award::read),
    ("registration", Role::Record, registration::read),
    ("tenure", Role::Record, tenure::read),
    ("title-count", Role::Record, title_count::read),
    ("title-cycles", Role::Record, title_cycles::read),
    ("year-grade", Role::Record, year_grade::read),
];

/// A condition as it was read, with its parameters as the file writes them.
#[derive(Debug, Clone)]
pub struct Asked {
    pub condition: Arc<dyn Condition>,
    /// Each parameter with its TOML.
    pub parameters: Vec<(String, String)>,
}

/// Reads the parameters of the kind that `condition` names.
pub fn read(kind: &str, reader: &Reader<'_>) -> Result<(Role, Asked), Fault> {
    let Some((_, role, read)) = KINDS.iter().find(|(name, ..)| *name == kind) else {
        let names: Vec<&str> = KINDS.iter().map(|(name, ..)| *name).collect();
        let fault = reader.fault_at(
            "condition",
            Words::new(format!("không có loại điều kiện “{kind}”"), format!("no kind of condition `{kind}`")),
        );
        return Err(match crate::reader::nearest(kind, &names) {
            Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
            None => fault
                .hint(format!("viết một trong: {}", names.join(", ")), format!("write one of: {}", names.join(", "))),
        });
    };
    let place = reader.asked_so_far();
    let condition = read(reader)?;
    Ok((*role, Asked { condition, parameters: reader.written_since(place) }))
}

/// `within`, written as one leaf or a list of leaves.
fn read_within(reader: &Reader<'_>) -> Result<Vec<String>, Fault> {
    match reader.opt_texts("within") {
        Ok(list) => Ok(list.unwrap_or_default()),
        Err(_) => Ok(reader.opt_text("within")?.into_iter().collect()),
    }
}

/// A list of ids, written as a list or as one text.
fn read_ids(reader: &Reader<'_>, key: &'static str) -> Result<Vec<String>, Fault> {
    match reader.texts(key) {
        Ok(list) => Ok(list),
        Err(fault) => match reader.opt_text(key) {
            Ok(Some(one)) => Ok(vec![one]),
            _ => Err(fault),
        },
    }
}

fn names(law: &Law, day: Day, awards: &[String]) -> Words {
    let names: Vec<Words> = awards.iter().map(|award| law.name(award, day)).collect();
    crate::words::either(&names)
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// The finding where the record does not say whether a title was given for these years.
fn title_not_on_record(records: Vec<Record>, name: &Words, open: &[Year]) -> Outcome {
    let open = crate::words::years(open);
    let what = Words::new(
        format!("chưa rõ năm {open} có đạt {} hay không", name.vi),
        format!("not on record whether {} was given for {open}", name.en),
    );
    Outcome::fact_missing(records, what, unit_supplier())
}
