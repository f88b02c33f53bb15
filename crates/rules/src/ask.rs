//! What one condition is asked: the subject as of a day, the law of that day, and what its sister leaves found.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::facts::{AwardFact, Day, Facts, GradeFact, InitiativeFact, Kind, RecordKind, TitleFact, Year};
use crate::law::Law;
use crate::regime;
use crate::words::Words;

/// A run of years, both ends included; empty where the first lies after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    pub first: Year,
    pub last: Year,
}

impl Years {
    /// How many years.
    pub fn count(self) -> u32 {
        (self.last - self.first + 1).max(0) as u32
    }

    pub fn contains(self, year: Year) -> bool {
        self.first <= year && year <= self.last
    }

    pub fn iter(self) -> std::ops::RangeInclusive<Year> {
        self.first..=self.last
    }
}

/// The years of a leaf: those that certainly belong to it and those that may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub certain: Years,
    pub possible: Years,
}

impl Span {
    /// Years known without doubt.
    pub fn sure(first: Year, last: Year) -> Self {
        Span { certain: Years { first, last }, possible: Years { first, last } }
    }
}

/// From which year on achievements count, certainly and possibly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clip {
    pub certain: Year,
    pub possible: Year,
}

impl Clip {
    /// Of two the later, in both.
    pub fn later(self, other: Clip) -> Clip {
        Clip { certain: self.certain.max(other.certain), possible: self.possible.max(other.possible) }
    }
}

/// A record that a finding rests on.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Record {
    /// A JSON pointer into the facts.
    pub fact: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// The year that the record speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
}

/// What stands between the subject and a condition.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Missing {
    #[serde(flatten)]
    pub what: Words,
    /// Who can supply the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Words>,
    /// The text that is not at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Missing {
    /// Something the subject has yet to earn.
    pub fn to_earn(what: Words) -> Self {
        Missing { what, supplier: None, text: None }
    }

    /// A record that somebody can supply.
    pub fn record(what: Words, supplier: Words) -> Self {
        Missing { what, supplier: Some(supplier), text: None }
    }

    /// A text that must be loaded, or whose wording must be found, first.
    pub fn text(law: &Law, document: &str) -> Self {
        let known = law.documents.get(document);
        let name = known.map_or_else(|| Words::same(document), |known| known.name.clone());
        let what = match known.is_some_and(|known| known.at_hand) {
            true => Words::new(
                format!("chưa có nguyên văn quy định này của {}", name.vi),
                format!("the wording of this rule is not at hand: {}", name.en),
            ),
            false => Words::new(format!("chưa được cập nhật: {}", name.vi), format!("not loaded: {}", name.en)),
        };
        Missing { what, supplier: None, text: Some(document.to_owned()) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    NotMet,
    Unknown,
    Met,
}

impl Verdict {
    /// Met and not met change places; unknown stays.
    pub fn opposite(self) -> Self {
        match self {
            Verdict::NotMet => Verdict::Met,
            Verdict::Unknown => Verdict::Unknown,
            Verdict::Met => Verdict::NotMet,
        }
    }
}

/// Why a finding is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    FactMissing,
    TextMissing,
}

/// What a condition found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub verdict: Verdict,
    pub cause: Option<Cause>,
    pub records: Vec<Record>,
    pub missing: Vec<Missing>,
    /// The first day on which it can hold, if the subject earns what is missing as soon as possible.
    pub earliest: Option<Day>,
    /// The verdict under the last loaded values, where the condition itself rests on a text that is not loaded.
    pub provisional: Option<Verdict>,
    /// How many more are needed, where the condition counts something and is not met.
    pub lacking: Option<u32>,
    /// The rule does not touch this subject, so the verdict stands even where the text is missing.
    pub untouched: bool,
}

impl Outcome {
    pub fn met(records: Vec<Record>) -> Self {
        Outcome {
            verdict: Verdict::Met,
            cause: None,
            records,
            missing: Vec::new(),
            earliest: None,
            provisional: None,
            lacking: None,
            untouched: false,
        }
    }

    pub fn not_met(records: Vec<Record>, missing: Words, earliest: Option<Day>) -> Self {
        let missing = vec![Missing::to_earn(missing)];
        Outcome {
            verdict: Verdict::NotMet,
            cause: None,
            records,
            missing,
            earliest,
            provisional: None,
            lacking: None,
            untouched: false,
        }
    }

    pub fn fact_missing(records: Vec<Record>, missing: Words, supplier: Words) -> Self {
        let missing = vec![Missing::record(missing, supplier)];
        let cause = Some(Cause::FactMissing);
        Outcome {
            verdict: Verdict::Unknown,
            cause,
            records,
            missing,
            earliest: None,
            provisional: None,
            lacking: None,
            untouched: false,
        }
    }

    pub fn text_missing(records: Vec<Record>, missing: Missing) -> Self {
        let cause = Some(Cause::TextMissing);
        Outcome {
            verdict: Verdict::Unknown,
            cause,
            records,
            missing: vec![missing],
            earliest: None,
            provisional: None,
            lacking: None,
            untouched: false,
        }
    }

    /// The same outcome with the verdict under the last loaded values.
    pub fn leaning(mut self, provisional: Option<Verdict>) -> Self {
        self.provisional = provisional;
        self
    }

    /// The same outcome with how many more are needed.
    pub fn lacking(mut self, count: u32) -> Self {
        self.lacking = Some(count);
        self
    }

    /// The same outcome, standing whatever a missing text may say.
    pub fn untouched(mut self) -> Self {
        self.untouched = true;
        self
    }
}

/// The question put to one condition.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    pub law: &'a Law,
    pub facts: &'a Facts,
    pub on: Day,
    pub received: Day,
    /// The day whose law applies.
    pub law_day: Day,
    /// `AWARD/STANDARD/LEAF`.
    pub leaf: &'a str,
    /// The kind of the standard; none for a yearly title.
    pub kind: Option<Kind>,
    /// The document that the leaf rests on.
    pub document: &'a str,
    /// The award chosen for each `prior-award` leaf, as an index into the facts.
    pub anchors: &'a BTreeMap<String, usize>,
    pub spans: &'a BTreeMap<&'a str, Span>,
    pub clip: Option<Clip>,
    /// How many awards deep one standard asks for another.
    pub depth: u8,
}

impl<'a> Ask<'a> {
    /// The year whose work is reviewed: this year once its grade is decided, else last year.
    pub fn review_year(&self) -> Year {
        let this_year = self.on.year();
        let decided = self.facts.grades.iter().any(|fact| fact.year == this_year && grade_day(fact) <= self.on);
        if decided { this_year } else { this_year - 1 }
    }

    /// The longest of the years that the named leaves stand for, or the year under review where none is named. The
    /// error is the finding where those years are not known.
    pub fn within(&self, leaves: &[String]) -> Result<Span, Outcome> {
        if leaves.is_empty() {
            let year = self.review_year();
            return Ok(Span::sure(year, year));
        }
        let spans = leaves.iter().filter_map(|leaf| self.spans.get(leaf.as_str()));
        let longest = spans.max_by_key(|span| (span.certain.count(), span.possible.count()));
        longest.copied().ok_or_else(|| {
            let what =
                Words::new("chưa xác định được khoảng thời gian để tính", "the years in which to count are not known");
            Outcome::fact_missing(Vec::new(), what, unit_supplier())
        })
    }

    /// A span cut to the years that count.
    pub fn clipped(&self, span: Span) -> Span {
        let Some(clip) = self.clip else { return span };
        Span {
            certain: Years { first: span.certain.first.max(clip.certain), last: span.certain.last },
            possible: Years { first: span.possible.first.max(clip.possible), last: span.possible.last },
        }
    }

    /// Whether the record of a kind is whole for a year.
    pub fn complete(&self, kind: RecordKind, year: Year) -> bool {
        let ranges = self.facts.complete.get(&kind);
        ranges.is_some_and(|ranges| ranges.iter().any(|&(from, to)| from <= year && year <= to))
    }

    /// Whether the record of a kind is whole for all these years.
    pub fn complete_for(&self, kind: RecordKind, years: Years) -> bool {
        years.iter().all(|year| self.complete(kind, year))
    }

    /// The years in which the subject can have records: from recruitment (or founding), else birth, to the day.
    pub fn lifetime(&self) -> Option<Years> {
        let first = self.facts.recruited.or(self.facts.born)?.year();
        Some(Years { first, last: self.on.year() })
    }

    /// Whether the record of a kind is whole for the subject's whole life.
    pub fn complete_for_life(&self, kind: RecordKind) -> bool {
        self.lifetime().is_some_and(|years| self.complete_for(kind, years))
    }

    /// The grade of a year as known on the day.
    pub fn grade(&self, year: Year) -> Option<(usize, &'a GradeFact)> {
        let mut facts = self.facts.grades.iter().enumerate();
        facts.rfind(|(_, fact)| fact.year == year && grade_day(fact) <= self.on)
    }

    /// The titles of these awards decided by the day, with their places in the facts.
    pub fn titles(&self, awards: &'a [String]) -> impl Iterator<Item = (usize, &'a TitleFact)> {
        let on = self.on;
        let titles = self.facts.titles.iter().enumerate();
        titles.filter(move |(_, fact)| awards.contains(&fact.award) && title_day(fact) <= on)
    }

    /// The awards of these ids decided by the day, with their places in the facts.
    pub fn awards(&self, awards: &'a [String]) -> impl Iterator<Item = (usize, &'a AwardFact)> {
        let on = self.on;
        let facts = self.facts.awards.iter().enumerate();
        facts.filter(move |(_, fact)| awards.contains(&fact.award) && fact.decided <= on)
    }

    /// The initiatives recognised by the day, with their places in the facts.
    pub fn initiatives(&self) -> impl Iterator<Item = (usize, &'a InitiativeFact)> {
        let on = self.on;
        let facts = self.facts.initiatives.iter().enumerate();
        facts.filter(move |(_, fact)| fact.decided.unwrap_or_else(|| year_end(fact.year)) <= on)
    }

    /// The first years counted after an earlier award, by the rule of the day; where the rule itself is not certain,
    /// the later year is certain and the earlier possible.
    pub fn first_year_after(&self, award: &AwardFact) -> Clip {
        regime::first_year_after(self.law, award.decided, award.period.map(|(_, last)| last), self.law_day)
    }

    /// The name of an award as the law of the day prints it.
    pub fn name(&self, award: &str) -> Words {
        self.law.name(award, self.law_day)
    }

    /// The confirmation of this leaf that speaks of the occasion asked about, with its place in the facts: for a
    /// yearly title one of the year under review or later, else one that no decision has used up since.
    pub fn attested(&self) -> Option<(usize, bool)> {
        let award = self.leaf.split('/').next().unwrap_or_default();
        let yearly = self.kind.is_none();
        let used = self.facts.awards.iter().filter(|fact| fact.award == award && fact.decided <= self.on);
        let used = used.map(|fact| fact.decided).max();
        let year = self.review_year();
        let known = self.facts.attested.iter().enumerate().filter(|(_, fact)| {
            let fresh = if yearly { fact.on.year() >= year } else { used.is_none_or(|used| fact.on > used) };
            fact.condition == self.leaf && fact.on <= self.on && fresh
        });
        known.max_by_key(|(_, fact)| fact.on).map(|(place, fact)| (place, fact.value))
    }

    /// What is missing where the leaf's own text does not settle a question.
    pub fn text(&self) -> Missing {
        Missing::text(self.law, self.document)
    }
}

/// The first day after a year: when the work of that year can be counted.
pub fn after_year(year: Year) -> Option<Day> {
    Day::from_ymd_opt(year + 1, 1, 1)
}

/// The last day of a year.
pub fn year_end(year: Year) -> Day {
    Day::from_ymd_opt(year, 12, 31).unwrap_or(Day::MAX)
}

/// The day a grade was decided.
pub fn grade_day(fact: &GradeFact) -> Day {
    fact.decided.unwrap_or_else(|| year_end(fact.year))
}

/// The day a title was decided.
pub fn title_day(fact: &TitleFact) -> Day {
    fact.decided.unwrap_or_else(|| year_end(fact.year))
}

/// Whether a grade is at least as good as another, with its record.
pub fn grade_record(place: usize, fact: &GradeFact) -> Record {
    Record { fact: format!("/grades/{place}"), decision: fact.number.clone(), year: Some(fact.year) }
}

pub fn title_record(place: usize, fact: &TitleFact) -> Record {
    Record { fact: format!("/titles/{place}"), decision: fact.number.clone(), year: Some(fact.year) }
}

pub fn award_record(place: usize, fact: &AwardFact) -> Record {
    Record { fact: format!("/awards/{place}"), decision: fact.number.clone(), year: Some(fact.decided.year()) }
}

/// A record without a decision number of its own.
pub fn plain_record(list: &str, place: usize) -> Record {
    Record { fact: format!("/{list}/{place}"), decision: None, year: None }
}

/// Who keeps the yearly grades, titles and initiatives of the subject.
pub fn unit_supplier() -> Words {
    Words::new("đơn vị quản lý hồ sơ thi đua, khen thưởng", "the unit that keeps the emulation records")
}

/// Who keeps records of staff.
pub fn personnel_supplier() -> Words {
    Words::new("đơn vị làm công tác tổ chức cán bộ", "the personnel unit")
}
