//! The question put to one condition for many subjects of a snapshot at once, and how it reads one of them.

use std::sync::Arc;

use crate::ask::{Clip, Span, Years};
use crate::facts::{Day, MembersFact, RecordKind, Sex, Year};
use crate::law::{Award, Law};
use crate::scan::award::{AwardPlan, Compiler, Known};
use crate::scan::cell::{Cell, Cells};
use crate::scan::names::BETWEEN;
use crate::scan::packed::{self, PackedAward, PackedConfirmation, PackedInitiative};
use crate::scan::snapshot::{BITS, Panel, Snapshot, WHOLE_BITS};

/// What one condition finds for the subjects asked about.
pub type Column<'l> = Box<dyn Fn(&Asked<'_>, &mut Cells) + Send + Sync + 'l>;
/// The years of a condition for each subject.
pub type SpanColumn<'l> = Box<dyn Fn(&Asked<'_>, &mut Vec<Option<Span>>) + Send + Sync + 'l>;
/// From which year on achievements count, for each subject.
pub type ClipColumn<'l> = Box<dyn Fn(&Asked<'_>, &mut [Clip]) + Send + Sync + 'l>;

/// Keeps no year from counting.
pub(crate) const NO_CLIP: Clip = Clip { certain: i32::MIN, possible: i32::MIN };

/// What a condition is told of its place when it is compiled.
pub struct Plan<'p, 'l> {
    pub law: &'l Law,
    pub award: &'l Award,
    /// The day of the question, whose law applies.
    pub day: Day,
    /// The leaves of the standard in order; [`Asked`] knows their years by these places.
    pub leaves: &'p [&'l str],
    /// The place of this leaf among them.
    pub place: usize,
    /// `AWARD/STANDARD/LEAF`.
    pub path: String,
    /// Whether the standard is that of a yearly title.
    pub yearly: bool,
    /// The leaf whose award is chosen in turn, where others count from it.
    pub anchor: Option<&'l str>,
    pub(crate) compiler: &'p Compiler<'p, 'l>,
}

impl<'l> Plan<'_, 'l> {
    /// The numbers of honours; those that no record names are left out.
    pub(crate) fn awards<'t>(&self, ids: impl IntoIterator<Item = &'t str>) -> Vec<u16> {
        ids.into_iter().filter_map(|id| self.compiler.names().awards.find(id)).collect()
    }

    /// The places of leaves among their sisters.
    pub(crate) fn places(&self, leaves: &[String]) -> Within {
        let place = |leaf: &String| self.leaves.iter().position(|known| known == leaf);
        Within { review: leaves.is_empty(), places: leaves.iter().filter_map(place).collect() }
    }

    /// How the confirmation of this leaf is found.
    pub(crate) fn confirmation(&self) -> Confirmation {
        Confirmation {
            condition: self.compiler.names().confirmed.find(&self.path),
            award: self.compiler.names().awards.find(&self.award.id),
            yearly: self.yearly,
        }
    }

    /// The posts that records name, in the order of their numbers.
    pub(crate) fn posts(&self) -> &[String] {
        self.compiler.names().posts.texts()
    }

    /// The numbers of the uses of an initiative that hold one of these honours.
    pub(crate) fn uses_of(&self, awards: &[String]) -> Vec<u16> {
        let holds = |uses: &str| uses.split(BETWEEN).any(|used| awards.iter().any(|award| award == used));
        let uses = self.compiler.names().uses.texts().iter().enumerate();
        uses.filter(|(_, uses)| holds(uses)).map(|(number, _)| number as u16).collect()
    }

    /// Another honour, for the same subjects.
    pub(crate) fn below(&self, award: &str) -> Option<Arc<AwardPlan<'l>>> {
        self.compiler.award(award)
    }

    /// Whether this leaf is the one whose award is chosen in turn.
    pub(crate) fn is_anchor(&self) -> bool {
        self.anchor == Some(self.leaves[self.place])
    }
}

/// The years in which a leaf counts: those of sister leaves, or the year under review.
#[derive(Debug)]
pub(crate) struct Within {
    review: bool,
    places: Vec<usize>,
}

/// What finds the confirmation of a leaf.
#[derive(Debug)]
pub(crate) struct Confirmation {
    condition: Option<u16>,
    award: Option<u16>,
    yearly: bool,
}

/// The subjects asked about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rows<'s> {
    Run {
        first: u32,
        count: u32,
    },
    /// One after the other, perhaps more than once.
    List(&'s [u32]),
}

impl Rows<'_> {
    pub fn count(&self) -> usize {
        match self {
            Rows::Run { count, .. } => *count as usize,
            Rows::List(rows) => rows.len(),
        }
    }

    pub fn row(&self, place: usize) -> u32 {
        match self {
            Rows::Run { first, .. } => first + place as u32,
            Rows::List(rows) => rows[place],
        }
    }
}

/// One question for many subjects.
#[derive(Clone, Copy)]
pub struct Asked<'s> {
    pub(crate) snapshot: &'s Snapshot,
    pub(crate) panel: &'s Panel,
    pub(crate) rows: Rows<'s>,
    /// For each subject the place of the award chosen among those held; [`NO_ANCHOR`] where none is.
    pub(crate) anchors: &'s [u8],
    /// By leaf and subject.
    pub(crate) spans: &'s [Vec<Option<Span>>],
    /// By subject; empty where nothing keeps years from counting.
    pub(crate) clips: &'s [Clip],
    /// What several standards ask for, kept where all subjects of a block are asked about.
    pub(crate) known: Option<&'s Known>,
    pub(crate) depth: u8,
}

/// No award is chosen.
pub(crate) const NO_ANCHOR: u8 = u8::MAX;

impl<'s> Asked<'s> {
    /// Judges each subject.
    #[inline(always)]
    pub(crate) fn each(&self, cells: &mut Cells, judge: impl Fn(Row<'_, 's>) -> Cell) {
        cells.clear(self.rows.count());
        let write = |cells: &mut Cells, place: usize, row: u32| {
            let cell = judge(Row { asked: self, place, at: row as usize });
            cells.codes[place] = cell.code.0;
            cells.earliest[place] = cell.earliest;
            cells.lacking[place] = cell.lacking;
        };
        match self.rows {
            Rows::Run { first, count } => {
                (0..count as usize).for_each(|place| write(cells, place, first + place as u32))
            }
            Rows::List(rows) => rows.iter().enumerate().for_each(|(place, row)| write(cells, place, *row)),
        }
    }

    /// Finds the years of each subject.
    pub(crate) fn each_span(&self, spans: &mut Vec<Option<Span>>, find: impl Fn(Row<'_, 's>) -> Option<Span>) {
        spans.clear();
        spans.extend((0..self.rows.count()).map(|place| find(self.row(place))));
    }

    /// Joins what keeps years from counting: the later year holds.
    pub(crate) fn each_clip(&self, clips: &mut [Clip], find: impl Fn(Row<'_, 's>) -> Option<Clip>) {
        for (place, clip) in clips.iter_mut().enumerate() {
            if let Some(found) = find(self.row(place)) {
                clip.certain = clip.certain.max(found.certain);
                clip.possible = clip.possible.max(found.possible);
            }
        }
    }

    pub(crate) fn row(&self, place: usize) -> Row<'_, 's> {
        Row { asked: self, place, at: self.rows.row(place) as usize }
    }

    /// The columns of these titles.
    pub(crate) fn titles(&self, awards: &[u16]) -> Titles<'s> {
        let column = |award: &u16| self.panel.titles.get(usize::from(*award)).map(Vec::as_slice);
        Titles { columns: awards.iter().filter_map(column).filter(|column| !column.is_empty()).collect() }
    }
}

/// The columns of some titles.
pub(crate) struct Titles<'s> {
    columns: Vec<&'s [u64]>,
}

impl Titles<'_> {
    /// The years in which a subject holds one of them.
    #[inline(always)]
    pub(crate) fn of(&self, row: &Row<'_, '_>) -> u64 {
        self.columns.iter().fold(0, |years, column| years | column[row.at])
    }
}

/// One subject of a snapshot.
#[derive(Clone, Copy)]
pub(crate) struct Row<'q, 's> {
    asked: &'q Asked<'s>,
    /// Its place among the subjects asked about.
    pub place: usize,
    /// Its place in the columns.
    pub at: usize,
}

impl<'s> Row<'_, 's> {
    pub fn day(&self) -> Day {
        self.asked.snapshot.day()
    }

    /// The year of the day.
    pub fn year(&self) -> Year {
        self.asked.snapshot.year()
    }

    /// The year whose work is reviewed: this year once its grade is decided, else last year.
    #[inline(always)]
    pub fn review_year(&self) -> Year {
        self.year() - i32::from(self.asked.panel.graded[0][self.at] >> (BITS - 1) == 0)
    }

    /// The years with a grade; with `least` from 1 to 3, with that grade or better.
    #[inline(always)]
    pub fn graded(&self, least: usize) -> u64 {
        self.asked.panel.graded[least][self.at]
    }

    pub fn registered(&self) -> u64 {
        self.asked.panel.registered[self.at]
    }

    /// The years within a span as bits of a column.
    #[inline(always)]
    pub fn bits(&self, years: Years) -> u64 {
        let first = self.year() - BITS + 1;
        let (from, to) = ((years.first.saturating_sub(first)).max(0), years.last.saturating_sub(first).min(BITS - 1));
        if from > to { 0 } else { (u64::MAX << from) & (u64::MAX >> (BITS - 1 - to)) }
    }

    /// The year of a bit counted from the lowest.
    #[inline(always)]
    pub fn year_of(&self, bit: u32) -> Year {
        self.year() - BITS + 1 + bit as i32
    }

    /// The year of the highest bit; none where no bit is set.
    #[inline(always)]
    pub fn last_year(&self, bits: u64) -> Option<Year> {
        (bits != 0).then(|| self.year_of(63 - bits.leading_zeros()))
    }

    /// How many years up to `last`, itself included, have their bit set without a break.
    #[inline(always)]
    pub fn run_up_to(&self, bits: u64, last: Year) -> i32 {
        (bits << (self.year() - last)).leading_ones() as i32
    }

    #[inline(always)]
    fn whole(&self, kind: RecordKind) -> u128 {
        let panel = self.asked.panel;
        panel.wholes[panel.whole[self.at] as usize][kind as usize]
    }

    /// The years of the columns for which the record of a kind is whole.
    #[inline(always)]
    pub fn whole_years(&self, kind: RecordKind) -> u64 {
        (self.whole(kind) >> (WHOLE_BITS - BITS)) as u64
    }

    /// Whether the record of a kind is whole for a year.
    pub fn is_whole(&self, kind: RecordKind, year: Year) -> bool {
        self.is_whole_for(kind, Years { first: year, last: year })
    }

    /// Whether the record of a kind is whole for all these years.
    #[inline(always)]
    pub fn is_whole_for(&self, kind: RecordKind, years: Years) -> bool {
        let first = self.year() - WHOLE_BITS + 1;
        let (from, to) = (years.first.saturating_sub(first), years.last.saturating_sub(first));
        if from > to {
            return true;
        }
        let inside = from >= 0 && to < WHOLE_BITS;
        inside && !self.whole(kind) & packed::run(from as u32, to as u32) == 0
    }

    /// How many of these years the record of a kind is not whole for and `known` has no bit for.
    pub fn open_years(&self, kind: RecordKind, years: Years, known: u64) -> u32 {
        let first = self.year() - WHOLE_BITS + 1;
        let (from, to) =
            (years.first.saturating_sub(first).max(0), years.last.saturating_sub(first).min(WHOLE_BITS - 1));
        if from > to {
            return years.count();
        }
        let closed = self.whole(kind) | u128::from(known) << (WHOLE_BITS - BITS);
        years.count() - (closed & packed::run(from as u32, to as u32)).count_ones()
    }

    /// The years in which the subject can have records.
    #[inline(always)]
    pub fn lifetime(&self) -> Option<Years> {
        let first = self.asked.panel.life[self.at];
        (first != i16::MIN).then(|| Years { first: Year::from(first), last: self.year() })
    }

    /// Whether the record of a kind is whole for the subject's whole life.
    pub fn is_whole_for_life(&self, kind: RecordKind) -> bool {
        self.lifetime().is_some_and(|years| self.is_whole_for(kind, years))
    }

    /// The day of recruitment as days since the start of the era.
    pub fn recruited(&self) -> Option<i32> {
        let days = self.asked.panel.recruited[self.at];
        (days != i32::MIN).then_some(days)
    }

    pub fn sex(&self) -> Option<Sex> {
        packed::sex(self.asked.panel.who[self.at])
    }

    pub fn members(&self) -> Option<&'s MembersFact> {
        self.asked.panel.members.get(&(self.at as u32))
    }

    /// One of the packed lists, see [`packed`].
    #[inline(always)]
    pub fn list(&self, which: usize) -> &'s [u32] {
        let begin = self.asked.panel.tail[self.at] as usize;
        if begin == 0 { &[] } else { packed::list(&self.asked.panel.words[begin..], which) }
    }

    /// The awards decided by the day, in the order of the record.
    pub fn awards(&self) -> impl Iterator<Item = PackedAward> + 's {
        self.list(packed::AWARDS).chunks_exact(2).map(PackedAward::read)
    }

    pub fn initiatives(&self) -> impl Iterator<Item = PackedInitiative> + 's {
        self.list(packed::INITIATIVES).iter().map(|word| PackedInitiative(*word))
    }

    /// The latest day on which one of these titles was decided.
    pub fn title_decided(&self, awards: &[u16]) -> Option<Day> {
        let words = self.list(packed::TITLE_DAYS).iter();
        let decided = words.filter(|word| awards.contains(&((**word >> 16) as u16))).map(|word| word & 0xFFFF);
        decided.max().map(packed::long)
    }

    /// What the confirmation says that speaks of the occasion asked about.
    pub fn confirmed(&self, by: &Confirmation) -> Option<bool> {
        let condition = by.condition?;
        let known = self.list(packed::CONFIRMED).iter().map(|word| PackedConfirmation(*word));
        let mut known = known.filter(|fact| fact.condition() == condition).peekable();
        known.peek()?;
        let year = self.review_year();
        let used = by
            .award
            .filter(|_| !by.yearly)
            .and_then(|award| self.awards().filter(|fact| fact.award == award).map(|fact| fact.decided()).max());
        let fresh = |fact: &PackedConfirmation| match by.yearly {
            true => chrono::Datelike::year(&fact.on()) >= year,
            false => used.is_none_or(|used| fact.on() > used),
        };
        known.filter(fresh).max_by_key(|fact| fact.on()).map(|fact| fact.value())
    }

    /// The award chosen among those held.
    pub fn anchor(&self) -> Option<PackedAward> {
        let place = *self.asked.anchors.get(self.place)?;
        if place == NO_ANCHOR { None } else { self.awards().nth(usize::from(place)) }
    }

    /// The place of the award chosen among those held.
    pub fn anchor_place(&self) -> Option<usize> {
        let place = *self.asked.anchors.get(self.place)?;
        (place != NO_ANCHOR).then_some(usize::from(place))
    }

    /// The longest of the years that the leaves stand for, or the year under review; none where they are not known.
    #[inline(always)]
    pub fn within(&self, within: &Within) -> Option<Span> {
        if within.review {
            let year = self.review_year();
            return Some(Span::sure(year, year));
        }
        let spans = within.places.iter().filter_map(|leaf| *self.asked.spans[*leaf].get(self.place)?);
        spans.max_by_key(|span| (span.certain.count(), span.possible.count()))
    }

    /// A span cut to the years that count.
    #[inline(always)]
    pub fn clipped(&self, span: Span) -> Span {
        let clip = self.asked.clips.get(self.place).copied().unwrap_or(NO_CLIP);
        Span {
            certain: Years { first: span.certain.first.max(clip.certain), last: span.certain.last },
            possible: Years { first: span.possible.first.max(clip.possible), last: span.possible.last },
        }
    }

    /// The first of all years that leaves of the standard may stand for.
    pub fn first_of_spans(&self) -> Option<Year> {
        let spans = self.asked.spans.iter().filter_map(|leaf| *leaf.get(self.place)?);
        spans.map(|span| span.possible.first).min()
    }
}
