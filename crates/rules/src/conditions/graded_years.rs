//! Unbroken years at a grade or better up to now; with `since`, every year since an earlier award.

use std::sync::Arc;

use super::{Condition, Links, borrowed};
use crate::ask::{Ask, Outcome, Record, Span, Years, after_year, grade_record, title_record, unit_supplier};
use crate::facts::{Day, Grade, RecordKind, Year};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::words::{self, Words, count_en, count_vi};

/// No career is longer; bounds the walk back through unknown years.
const LONGEST: i32 = 80;

#[derive(Debug)]
struct GradedYears {
    grade: Grade,
    years: u32,
    since: Option<String>,
    or_titles: Vec<String>,
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    Ok(Arc::new(GradedYears {
        grade: reader.word("grade")?,
        years: reader.count("years")?,
        since: reader.opt_text("since")?,
        or_titles: reader.opt_texts("or_titles")?.unwrap_or_default(),
    }))
}

/// What is known of one year.
enum Known {
    Good(Record),
    Bad(Option<Record>),
    Unknown,
}

impl GradedYears {
    fn known(&self, ask: &Ask<'_>, year: Year) -> Known {
        let title = ask.titles(&self.or_titles).find(|(_, fact)| fact.year == year);
        match (ask.grade(year), title) {
            (Some((place, fact)), _) if fact.grade >= self.grade => Known::Good(grade_record(place, fact)),
            (_, Some((place, fact))) => Known::Good(title_record(place, fact)),
            (Some((place, fact)), None) if self.or_titles.is_empty() || ask.complete(RecordKind::Titles, year) => {
                Known::Bad(Some(grade_record(place, fact)))
            }
            _ => Known::Unknown,
        }
    }

    /// The years asked about: since the award, or back to the last bad year.
    fn years(&self, ask: &Ask<'_>) -> Option<Span> {
        let last = ask.review_year();
        if let Some(leaf) = &self.since {
            let award = &ask.facts.awards[*ask.anchors.get(leaf)?];
            let first = ask.first_year_after(award);
            let span =
                Span { certain: Years { first: first.certain, last }, possible: Years { first: first.possible, last } };
            return Some(ask.clipped(span));
        }
        let back = |stop: fn(&Known) -> bool| {
            let lowest = ask.lifetime().map_or(last - LONGEST, |life| life.first.max(last - LONGEST));
            (lowest..=last).rev().find(|year| stop(&self.known(ask, *year))).map_or(lowest, |year| year + 1)
        };
        let certain = back(|known| !matches!(known, Known::Good(_)));
        let possible = back(|known| matches!(known, Known::Bad(_)));
        let span = Span { certain: Years { first: certain, last }, possible: Years { first: possible, last } };
        Some(ask.clipped(span))
    }

    fn short(&self, span: Span, records: Vec<Record>) -> Outcome {
        let lacking = self.years - span.possible.count();
        let grade = words::grade(self.grade);
        let what = Words::new(
            format!("còn thiếu {} năm {}", count_vi(lacking), grade.vi),
            format!("{} more of “{}” needed", count_en(lacking, "year"), grade.en),
        );
        let from = span.possible.last.max(span.possible.first - 1);
        Outcome::not_met(records, what, after_year(from + lacking as i32))
    }
}

impl Condition for GradedYears {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let Some(span) = self.years(ask) else {
            let what = Words::new(
                "chưa xác định được quyết định khen thưởng trước làm mốc",
                "the earlier award to count from is not known",
            );
            return Outcome::fact_missing(Vec::new(), what, unit_supplier());
        };
        let (mut records, mut unknown, mut bad) = (Vec::new(), Vec::new(), Vec::new());
        let mut possible_first = span.possible.first;
        for year in span.possible.iter() {
            match self.known(ask, year) {
                Known::Good(record) => records.push(record),
                Known::Bad(record) if span.certain.contains(year) => {
                    bad.push(year);
                    records.extend(record);
                }
                Known::Bad(_) => possible_first = year + 1,
                Known::Unknown => unknown.push(year),
            }
        }
        if !bad.is_empty() {
            let grade = words::grade(self.grade);
            let what = Words::new(
                format!("năm {} chưa {}", words::years(&bad), grade.vi),
                format!("{}: below “{}”", words::years(&bad), grade.en),
            );
            return Outcome::not_met(records, what, None);
        }
        let possible = Years { first: possible_first, last: span.possible.last };
        if possible.count() < self.years {
            return self.short(Span { possible, ..span }, records);
        }
        let certain_known = span.certain.iter().all(|year| !unknown.contains(&year));
        if span.certain.count() >= self.years && certain_known {
            return Outcome::met(records);
        }
        if unknown.is_empty() {
            return Outcome::text_missing(records, ask.text());
        }
        let near: Vec<Year> = unknown
            .into_iter()
            .filter(|year| *year > possible.last - self.years as i32 || self.since.is_some())
            .collect();
        let what = Words::new(
            format!("chưa có kết quả đánh giá năm {}", words::years(&near)),
            format!("no yearly grade on record for {}", words::years(&near)),
        );
        Outcome::fact_missing(records, what, unit_supplier())
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Grades { grade: self.grade, years: self.years, or_titles: &self.or_titles }
    }

    fn words(&self, law: &Law, day: Day) -> Words {
        let grade = words::grade(self.grade);
        let titles = super::names(law, day, &self.or_titles);
        let (vi, en) = if self.or_titles.is_empty() {
            (grade.vi, grade.en)
        } else {
            (format!("{} hoặc đạt {}", grade.vi, titles.vi), format!("{}, or with {}", grade.en, titles.en))
        };
        let (count, years) = (count_vi(self.years), count_en(self.years, "year"));
        match self.since {
            Some(_) => Words::new(
                format!("Sau đó có {count} năm liên tục trở lên {vi}"),
                format!("Since then {years} or more without a break: {en}"),
            ),
            None => Words::new(
                format!("Có {count} năm liên tục trở lên {vi}, tính đến thời điểm đề nghị"),
                format!("{years} or more without a break up to the proposal: {en}"),
            ),
        }
    }

    fn links(&self) -> Links<'_> {
        Links { awards: borrowed(&self.or_titles), since: self.since.as_deref(), gives_years: true, ..Links::default() }
    }

    fn span(&self, ask: &Ask<'_>) -> Option<Span> {
        self.years(ask)
    }
}
