//! Unbroken years at a grade or better up to now; with `since`, every year since an earlier award.

use std::sync::Arc;

use super::{Condition, Links, borrowed};
use crate::ask::{Ask, Outcome, Record, Span, Years, after_year, grade_record, title_record, unit_supplier};
use crate::facts::{Day, Grade, RecordKind, Year};
use crate::law::Law;
use crate::path::asks::Asks;
use crate::reader::{Fault, Reader};
use crate::regime;
use crate::scan::asked::{Column, Plan, Row, SpanColumn};
use crate::scan::cell::{Cell, NEVER, after};
use crate::scan::reads::Part;
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
        Outcome::not_met(records, what, after_year(from + lacking as i32)).lacking(lacking)
    }
}

/// What is known of the years of one subject of a scan, as bits.
#[derive(Clone, Copy)]
struct KnownYears {
    good: u64,
    bad: u64,
}

/// From where a scan counts the years.
enum Reach<'l> {
    Back,
    Since(&'l Law, Day),
    /// The leaf whose award would be chosen is not there.
    Nowhere,
}

impl<'l> Reach<'l> {
    fn new(years: &GradedYears, plan: &Plan<'_, 'l>) -> Self {
        plan.clips();
        plan.reads(&[Part::Grades, Part::Life]);
        match &years.since {
            None => Reach::Back,
            Some(leaf) if plan.is_anchor(leaf) => Reach::Since(plan.law, plan.day),
            Some(_) => Reach::Nowhere,
        }
    }

    /// The years asked about: since the award, or back to the last bad year.
    #[inline(always)]
    fn years(&self, row: &Row<'_, '_>, known: KnownYears) -> Option<Span> {
        let last = row.review_year();
        let (certain, possible) = match self {
            Reach::Nowhere => return None,
            Reach::Since(law, day) => {
                let award = row.anchor()?;
                let first = regime::first_year_after(law, award.decided(), award.last(), *day);
                (first.certain, first.possible)
            }
            Reach::Back => {
                let lowest = row.lifetime().map_or(last - LONGEST, |life| life.first.max(last - LONGEST));
                let bad = row.last_year(known.bad & row.bits(Years { first: i32::MIN, last }));
                let good = last - row.run_up_to(known.good, last) + 1;
                (lowest.max(good), bad.map_or(lowest, |year| lowest.max(year + 1)))
            }
        };
        Some(row.clipped(Span { certain: Years { first: certain, last }, possible: Years { first: possible, last } }))
    }
}

impl GradedYears {
    #[inline(always)]
    fn known_years(&self, row: &Row<'_, '_>, titles: u64) -> KnownYears {
        let good = row.graded(self.grade as usize) | titles;
        let closed = if self.or_titles.is_empty() { u64::MAX } else { row.whole_years(RecordKind::Titles) };
        KnownYears { good, bad: row.graded(0) & !good & closed }
    }

    #[inline(always)]
    fn judge(&self, row: &Row<'_, '_>, span: Span, known: KnownYears) -> Cell {
        let (certain, possible) = (row.bits(span.certain), row.bits(span.possible));
        if known.bad & certain & possible != 0 {
            return Cell::not_met(NEVER);
        }
        let bad = row.last_year(known.bad & possible);
        let years = Years { first: bad.map_or(span.possible.first, |year| year + 1), last: span.possible.last };
        if years.count() < self.years {
            let lacking = self.years - years.count();
            let from = years.last.max(years.first - 1);
            return Cell::not_met(after(i64::from(from) + i64::from(lacking))).lacking(lacking);
        }
        let both = Years { first: span.certain.first.max(span.possible.first), last: span.certain.last };
        let known_years = ((known.good | known.bad) & row.bits(both)).count_ones();
        Cell::met_if(span.certain.count() >= self.years && both.count() == known_years)
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

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        let (reach, titles) = (Reach::new(self, plan), plan.titles(&self.or_titles));
        Box::new(move |asked, cells| {
            let titles = asked.titles(&titles);
            asked.each(cells, |row| {
                let known = self.known_years(&row, titles.of(&row));
                match reach.years(&row, known) {
                    Some(span) => self.judge(&row, span, known),
                    None => Cell::UNKNOWN,
                }
            })
        })
    }

    fn span_column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Option<SpanColumn<'l>> {
        let (reach, titles) = (Reach::new(self, plan), plan.titles(&self.or_titles));
        Some(Box::new(move |asked, spans| {
            let titles = asked.titles(&titles);
            asked.each_span(spans, |row| reach.years(&row, self.known_years(&row, titles.of(&row))))
        }))
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
