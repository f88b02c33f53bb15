//! The question put to one condition for many subjects of a snapshot at once, and how it reads one of them.

use std::cell::RefCell;

use crate::ask::{Clip, Span, Years};
use crate::facts::{Day, MembersFact, RecordKind, Sex, Year};
use crate::law::{Award, Law};
use crate::scan::award::Compiler;
use crate::scan::cell::{Cell, Cells, Code, MET, Wanted, When};
use crate::scan::columns::YearsOf;
use crate::scan::names::BETWEEN;
use crate::scan::packed::{self, PackedAward, PackedConfirmation, PackedInitiative};
use crate::scan::panel::Panel;
use crate::scan::planes::{Bits, Planes, Set, WORD};
use crate::scan::reads::Part;
use crate::scan::snapshot::{BITS, Snapshot, WHOLE_BITS};
use crate::scan::titles::Titles;
use crate::scan::work::Memo;

/// What one condition finds for the subjects asked about.
pub type Column<'l> = Box<dyn Fn(&Asked<'_>, &mut Cells) + Send + Sync + 'l>;
/// The years of a condition for each subject.
pub type SpanColumn<'l> = Box<dyn Fn(&Asked<'_>, &mut [Option<Span>]) + Send + Sync + 'l>;
/// From which year on achievements count, for each subject.
pub type ClipColumn<'l> = Box<dyn Fn(&Asked<'_>, &mut [Clip]) + Send + Sync + 'l>;

/// Keeps no year from counting.
pub(crate) const NO_CLIP: Clip = Clip { certain: i32::MIN, possible: i32::MIN };

/// What a condition is told of its place when it is compiled. Of the place it learns only by asking, so that what it
/// asked for is all that its column rests on.
pub struct Plan<'p, 'l> {
    pub law: &'l Law,
    /// The day of the question, whose law applies.
    pub day: Day,
    /// The id of the leaf.
    pub leaf: &'p str,
    pub(super) award: &'l Award,
    /// `AWARD/STANDARD/LEAF`.
    pub(super) path: String,
    /// Whether the standard is that of a yearly title.
    pub(super) yearly: bool,
    /// How deep below the honour asked for the standard lies.
    pub(super) depth: u8,
    pub(super) sisters: &'p Sisters<'p>,
    pub(super) compiler: &'p Compiler<'p, 'l>,
    pub(super) rests: RefCell<Rests>,
}

/// What the leaves of one standard share, by the numbers that [`Columns`](crate::scan::columns::Columns) gives.
#[derive(Debug, Default)]
pub(crate) struct Sisters<'p> {
    /// The ids of the leaves in order, each with its years.
    pub spans: Vec<(&'p str, Option<YearsOf>)>,
    /// What keeps years from counting.
    pub clip: Option<usize>,
    /// The leaf whose award is chosen in turn, with the choices.
    pub anchor: Option<(&'p str, usize)>,
}

/// What a column rests on beside the records of the subject; columns that rest on the same are one.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Rests {
    pub spans: Vec<YearsOf>,
    pub clip: Option<usize>,
    /// The choices of an earlier award.
    pub choices: Option<usize>,
    /// Another honour.
    pub below: Option<usize>,
    /// Where the leaf stands, where a confirmation of it is asked for.
    pub path: Option<String>,
}

impl<'l> Plan<'_, 'l> {
    /// The numbers of honours; those that no record names are left out.
    pub(crate) fn awards<'t>(&self, ids: impl IntoIterator<Item = &'t str>) -> Vec<u16> {
        ids.into_iter().filter_map(|id| self.compiler.names().awards.find(id)).collect()
    }

    /// Has [`Row`] know some columns.
    pub(crate) fn reads(&self, parts: &[Part]) {
        parts.iter().for_each(|part| self.compiler.reads().add(*part));
    }

    /// The same as [`Plan::awards`] for titles; has [`Asked::titles`] know their years.
    pub(crate) fn titles(&self, ids: &[String]) -> Vec<u16> {
        let ids = || ids.iter().map(String::as_str);
        self.compiler.reads().add_titles(ids());
        self.awards(ids())
    }

    /// The years for which sister leaves stand, or the year under review where none is named.
    pub(crate) fn within(&self, leaves: &[String]) -> Within {
        if leaves.is_empty() {
            self.reads(&[Part::Grades]);
        }
        let years = |leaf: &String| self.sisters.spans.iter().find(|(id, _)| id == leaf)?.1;
        let spans: Vec<YearsOf> = leaves.iter().filter_map(years).collect();
        self.rests.borrow_mut().spans.extend(&spans);
        Within { review: leaves.is_empty(), clipped: false, spans }
    }

    /// The same cut to the years that count.
    pub(crate) fn clipped_within(&self, leaves: &[String]) -> Within {
        self.clips();
        Within { clipped: true, ..self.within(leaves) }
    }

    /// Has [`Row::clipped`] know which years count.
    pub(crate) fn clips(&self) {
        self.rests.borrow_mut().clip = self.sisters.clip;
    }

    /// The years of every leaf of the standard.
    pub(crate) fn every_span(&self) -> Vec<YearsOf> {
        let spans: Vec<YearsOf> = self.sisters.spans.iter().filter_map(|(_, years)| *years).collect();
        self.rests.borrow_mut().spans.extend(&spans);
        spans
    }

    /// How the confirmation of this leaf is found.
    pub(crate) fn confirmation(&self) -> Confirmation {
        self.reads(&[Part::List(packed::CONFIRMED), Part::List(packed::AWARDS), Part::Grades]);
        let condition = self.compiler.names().confirmed.find(&self.path);
        // Where nobody confirmed it, it does not matter where it stands.
        self.rests.borrow_mut().path = condition.map(|_| self.path.clone());
        let award = self.compiler.names().awards.find(&self.award.id);
        Confirmation { condition, award, yearly: self.yearly }
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

    /// Has [`Row::below`] know what another honour comes to for the same subjects.
    pub(crate) fn below(&self, award: &str) {
        self.rests.borrow_mut().below = self.compiler.award(award, self.depth + 1);
    }

    /// Whether a leaf is the one whose award is chosen in turn; then [`Row::anchor`] knows the choice.
    pub(crate) fn is_anchor(&self, leaf: &str) -> bool {
        let choices = self.sisters.anchor.filter(|(anchor, _)| *anchor == leaf).map(|(_, choices)| choices);
        self.rests.borrow_mut().choices = choices;
        choices.is_some()
    }
}

/// The years in which a leaf counts: those of sister leaves, or the year under review.
#[derive(Debug)]
pub(crate) struct Within {
    review: bool,
    clipped: bool,
    spans: Vec<YearsOf>,
}

/// What finds the confirmation of a leaf.
#[derive(Debug)]
pub(crate) struct Confirmation {
    condition: Option<u16>,
    award: Option<u16>,
    yearly: bool,
}

/// One question for many subjects.
#[derive(Clone, Copy)]
pub struct Asked<'s> {
    pub(crate) snapshot: &'s Snapshot,
    pub(crate) panel: &'s Panel,
    /// The place of the first subject of the block in the panel.
    pub(crate) first: usize,
    /// Those of the block who are asked about.
    pub(crate) need: Set,
    /// By subject the place of the award chosen among those held; [`NO_ANCHOR`] where none is.
    pub(crate) anchors: &'s [u8],
    /// The years that do not hang on the award chosen, and those that do; by number and subject.
    pub(crate) spans: [&'s [Memo<Option<Span>>]; 2],
    /// By subject; empty where nothing keeps years from counting.
    pub(crate) clips: &'s [Clip],
    /// What another honour comes to, and for the one subject asked about its first day.
    pub(crate) below: Option<(&'s Planes, When)>,
}

/// No award is chosen.
pub(crate) const NO_ANCHOR: u8 = u8::MAX;

impl<'s> Asked<'s> {
    /// Judges each subject.
    #[inline(always)]
    pub(crate) fn each(&self, cells: &mut Cells, judge: impl Fn(Row<'_, 's>) -> Cell) {
        let met = |place: usize| judge(self.row(place)).code.verdict() == MET;
        for (word, need) in self.need.0.into_iter().enumerate().filter(|(_, need)| *need != 0) {
            let begin = word * WORD;
            match cells.wanted {
                Wanted::One(place) => cells.one = judge(self.row(place)),
                Wanted::Met if need == u64::MAX => {
                    cells.planes.verdict.met.0[word] =
                        (0..WORD).fold(0, |bits, bit| bits | u64::from(met(begin + bit)) << bit);
                }
                Wanted::Met => {
                    let places = Bits(need).filter(|bit| met(begin + bit));
                    cells.planes.verdict.met.0[word] = places.fold(0, |bits, bit| bits | 1 << bit);
                }
                Wanted::Codes => {
                    let mut codes = [0; WORD];
                    Bits(need).for_each(|bit| codes[bit] = judge(self.row(begin + bit)).code.0);
                    cells.planes.put(word, need, &codes);
                }
            }
        }
    }

    /// Judges each subject as [`Asked::each`] does; those whose years of titles `may` refuses cannot meet it, and where
    /// nothing else is wanted they are passed over many at a time.
    #[inline(always)]
    pub(crate) fn each_holding(
        &self,
        cells: &mut Cells,
        titles: &Titles<'s>,
        may: impl Fn(u64) -> bool,
        judge: impl Fn(Row<'_, 's>) -> Cell,
    ) {
        let Wanted::Met = cells.wanted else { return self.each(cells, judge) };
        for (word, need) in self.need.0.into_iter().enumerate().filter(|(_, need)| *need != 0) {
            let begin = word * WORD;
            let open = need & titles.holding(self.first + begin, &may);
            let met = Bits(open).filter(|bit| judge(self.row(begin + bit)).code.verdict() == MET);
            cells.planes.verdict.met.0[word] = met.fold(0, |bits, bit| bits | 1 << bit);
        }
    }

    /// Finds the years of each subject.
    pub(crate) fn each_span(&self, spans: &mut [Option<Span>], find: impl Fn(Row<'_, 's>) -> Option<Span>) {
        self.need.places().for_each(|place| spans[place] = find(self.row(place)));
    }

    /// Joins what keeps years from counting: the later year holds.
    pub(crate) fn each_clip(&self, clips: &mut [Clip], find: impl Fn(Row<'_, 's>) -> Option<Clip>) {
        for place in self.need.places() {
            if let Some(found) = find(self.row(place)) {
                clips[place] = clips[place].later(found);
            }
        }
    }

    #[inline(always)]
    fn row(&self, place: usize) -> Row<'_, 's> {
        Row { asked: self, place, at: self.first + place }
    }

    /// The columns of these titles.
    pub(crate) fn titles(&self, awards: &[u16]) -> Titles<'s> {
        Titles::new(self.panel, awards)
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
        let whole = panel.whole.get(self.at).and_then(|number| panel.wholes.get(*number as usize));
        whole.map_or(0, |whole| whole[kind as usize])
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
        self.asked.panel.list(self.at, which)
    }

    /// The awards decided by the day, in the order of the record.
    pub fn awards(&self) -> impl Iterator<Item = PackedAward> + 's {
        self.asked.panel.awards(self.at)
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
        self.anchor_place().and_then(|place| self.awards().nth(place))
    }

    /// The place of the award chosen among those held.
    pub fn anchor_place(&self) -> Option<usize> {
        let place = *self.asked.anchors.get(self.place)?;
        (place != NO_ANCHOR).then_some(usize::from(place))
    }

    /// What another honour comes to, and its first day.
    pub fn below(&self) -> Option<(Code, When)> {
        self.asked.below.map(|(planes, earliest)| (planes.code(self.place), earliest))
    }

    #[inline(always)]
    fn span(&self, years: YearsOf) -> Option<Span> {
        *self.asked.spans[usize::from(years.anchored)][years.number].values.get(self.place)?
    }

    /// The longest of the years that the leaves stand for, or the year under review; none where they are not known.
    #[inline(always)]
    pub fn within(&self, within: &Within) -> Option<Span> {
        let span = match within.spans.as_slice() {
            _ if within.review => {
                let year = self.review_year();
                Span::sure(year, year)
            }
            [one] => self.span(*one)?,
            several => {
                let spans = several.iter().filter_map(|years| self.span(*years));
                spans.max_by_key(|span| (span.certain.count(), span.possible.count()))?
            }
        };
        Some(if within.clipped { self.clipped(span) } else { span })
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

    /// The first of all years that some leaves may stand for.
    pub fn first_of(&self, spans: &[YearsOf]) -> Option<Year> {
        spans.iter().filter_map(|years| self.span(*years)).map(|span| span.possible.first).min()
    }
}
