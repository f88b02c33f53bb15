//! The period report: titles and commendations of a period beside those of another.

use rules::facts::{Day, Kind, Sex, Year};

use crate::Store;
use crate::access::Viewer;
use crate::conferrals::Conferral;
use crate::error::StoreError;
use crate::page::{Listed, Page};
use crate::reports::Report;
use crate::reports::arithmetic::{Change, Period, rate_change_hundredths};
use crate::reports::counted::{self, Category, CellFilter, CountBy, Counted, Counting, Group, SubjectKind, UnitChoice};
use crate::words::PostLevel;

pub const REPORT: Report = Report { id: "giai-doan", compares: true };

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    pub period: Period,
    pub compare: Option<Period>,
    /// Absent for the whole office.
    pub unit: Option<UnitChoice>,
    /// Every award that counts, in the order of the rows.
    pub countings: Vec<Counting>,
}

/// Which of the two periods a cell belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Period,
    Compare,
}

/// A number and the way to the lines behind it, which [`lines`] opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub lines: u32,
    pub side: Side,
    pub filter: CellFilter,
}

/// A row of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// One for each of [`PeriodReport::years`].
    pub years: Vec<Cell>,
    pub total: Cell,
    /// Absent without a comparison.
    pub compared: Option<Cell>,
    pub change: Option<Change>,
}

/// One award to one sort of subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    pub award: String,
    pub category: Category,
    pub by: CountBy,
    pub subject: SubjectKind,
    pub row: Row,
}

/// All awards of one category to one sort of subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalRow {
    pub category: Category,
    pub subject: SubjectKind,
    pub row: Row,
    /// In hundredths: 917 for 9.17 a year.
    pub yearly: i64,
    pub compared_yearly: Option<i64>,
    /// The change of the yearly rate in hundredths of a percent.
    pub yearly_change: Option<i64>,
}

/// A part of a category, of individuals unless it goes by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    pub category: Category,
    pub subject: SubjectKind,
    pub part: Part,
    pub total: Cell,
    pub compared: Option<Cell>,
}

/// By what a category is divided; an inner `None` is what is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Level(Option<PostLevel>),
    Sex(Option<Sex>),
    Kind(Option<Kind>),
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodReport {
    /// Every calendar year of the period.
    pub years: Vec<Year>,
    /// In the order of the countings, collectives before individuals; forms never given are left out.
    pub forms: Vec<FormRow>,
    /// Titles, flags, commendations; collectives, individuals, and households where any were honoured.
    pub totals: Vec<TotalRow>,
    /// Leaders and staff.
    pub by_level: Vec<PartRow>,
    pub by_sex: Vec<PartRow>,
    pub by_kind: Vec<PartRow>,
    /// Honours by way of other bodies, not counted above.
    pub other_bodies: Cell,
    /// Awards decided in the period that the countings do not name.
    pub unlisted: Vec<String>,
}

const CATEGORIES: [Category; 3] = [Category::Title, Category::Flag, Category::Commendation];
const SUBJECTS: [SubjectKind; 3] = [SubjectKind::Collective, SubjectKind::Individual, SubjectKind::Household];
const LEVELS: [Option<PostLevel>; 4] =
    [Some(PostLevel::LanhDaoVu), Some(PostLevel::LanhDaoPhong), Some(PostLevel::TrucTiep), None];
const SEXES: [Option<Sex>; 3] = [Some(Sex::Nam), Some(Sex::Nu), None];
const KINDS: [Option<Kind>; 7] = [
    Some(Kind::CongTrang),
    Some(Kind::DotXuat),
    Some(Kind::PhongTrao),
    Some(Kind::CongHien),
    Some(Kind::NienHan),
    Some(Kind::DoiNgoai),
    None,
];

/// Computes the report; five statements at most beside that for the viewer's reach. `day` is the day of asking.
pub async fn report(
    store: &Store,
    viewer: &Viewer,
    parameters: &Parameters,
    day: Day,
) -> Result<PeriodReport, StoreError> {
    counted::check(store, viewer, parameters.unit, day).await?;
    let main = parameters.counted(viewer.office, parameters.period, day);
    let groups = counted::groups(store, main).await?;
    let compared = match parameters.compare {
        Some(period) => Some(counted::groups(store, parameters.counted(viewer.office, period, day)).await?),
        None => None,
    };
    let tally = Tally { parameters, groups, compared };
    let beside = CellFilter { other_bodies: true, ..CellFilter::default() };
    Ok(PeriodReport {
        years: parameters.period.years().collect(),
        forms: tally.forms(),
        totals: tally.totals(),
        by_level: tally.parts(&[SubjectKind::Individual], LEVELS.map(Part::Level)),
        by_sex: tally.parts(&[SubjectKind::Individual], SEXES.map(Part::Sex)),
        by_kind: tally.parts(&SUBJECTS, KINDS.map(Part::Kind)),
        other_bodies: Cell { lines: counted::count(store, main, &beside).await?, side: Side::Period, filter: beside },
        unlisted: counted::unlisted(store, main).await?,
    })
}

/// The lines behind a cell of the same parameters: as many as the cell says.
pub async fn lines(
    store: &Store,
    viewer: &Viewer,
    parameters: &Parameters,
    side: Side,
    filter: &CellFilter,
    day: Day,
    page: Page,
) -> Result<Listed<Conferral>, StoreError> {
    counted::check(store, viewer, parameters.unit, day).await?;
    let period = match side {
        Side::Period => parameters.period,
        Side::Compare => parameters.compare.ok_or(StoreError::NotFound)?,
    };
    counted::lines(store, parameters.counted(viewer.office, period, day), filter, page).await
}

impl Row {
    /// Whether it counts anything in either period.
    fn is_given(&self) -> bool {
        self.total.lines > 0 || self.compared.as_ref().is_some_and(|cell| cell.lines > 0)
    }
}

impl Parameters {
    fn counted(&self, office: i32, period: Period, day: Day) -> Counted<'_> {
        Counted { office, period, unit: self.unit, countings: &self.countings, day }
    }
}

struct Tally<'a> {
    parameters: &'a Parameters,
    groups: Vec<Group>,
    compared: Option<Vec<Group>>,
}

impl Tally<'_> {
    fn forms(&self) -> Vec<FormRow> {
        let pairs = self.parameters.countings.iter().flat_map(|counting| SUBJECTS.map(|subject| (counting, subject)));
        pairs
            .map(|(counting, subject)| FormRow {
                award: counting.award.clone(),
                category: counting.category,
                by: counting.by,
                subject,
                row: self.row(&CellFilter {
                    award: Some(counting.award.clone()),
                    subject: Some(subject),
                    ..CellFilter::default()
                }),
            })
            .filter(|form| form.row.is_given())
            .collect()
    }

    fn totals(&self) -> Vec<TotalRow> {
        let pairs = CATEGORIES.into_iter().flat_map(|category| SUBJECTS.map(|subject| (category, subject)));
        let rows = pairs.map(|(category, subject)| self.total_row(category, subject));
        rows.filter(|row| row.subject != SubjectKind::Household || row.row.is_given()).collect()
    }

    fn total_row(&self, category: Category, subject: SubjectKind) -> TotalRow {
        let filter = CellFilter { category: Some(category), subject: Some(subject), ..CellFilter::default() };
        let row = self.row(&filter);
        let length = self.parameters.period.length();
        let before =
            row.compared.as_ref().zip(self.parameters.compare).map(|(cell, period)| (cell.lines, period.length()));
        TotalRow {
            category,
            subject,
            yearly: length.rate_hundredths(row.total.lines),
            compared_yearly: before.map(|(lines, length)| length.rate_hundredths(lines)),
            yearly_change: before.and_then(|before| rate_change_hundredths(before, (row.total.lines, length))),
            row,
        }
    }

    /// The parts that hold anything in either period.
    fn parts(&self, subjects: &[SubjectKind], parts: impl IntoIterator<Item = Part>) -> Vec<PartRow> {
        let parts: Vec<Part> = parts.into_iter().collect();
        let mut rows = Vec::new();
        for category in CATEGORIES {
            for subject in subjects {
                let pieces = parts.iter().map(|part| self.part_row(category, *subject, *part));
                rows.extend(
                    pieces
                        .filter(|row| row.total.lines > 0 || row.compared.as_ref().is_some_and(|cell| cell.lines > 0)),
                );
            }
        }
        rows
    }

    fn part_row(&self, category: Category, subject: SubjectKind, part: Part) -> PartRow {
        let mut filter = CellFilter { category: Some(category), subject: Some(subject), ..CellFilter::default() };
        match part {
            Part::Level(level) => filter.level = Some(level),
            Part::Sex(sex) => filter.sex = Some(sex),
            Part::Kind(kind) => filter.kind = Some(kind),
        }
        let Row { total, compared, .. } = self.row(&filter);
        PartRow { category, subject, part, total, compared }
    }

    fn row(&self, filter: &CellFilter) -> Row {
        let in_year = |year| CellFilter { year: Some(year), ..filter.clone() };
        let total = self.cell(&self.groups, Side::Period, filter.clone());
        let compared = self.compared.as_ref().map(|groups| self.cell(groups, Side::Compare, filter.clone()));
        Row {
            years: self
                .parameters
                .period
                .years()
                .map(|year| self.cell(&self.groups, Side::Period, in_year(year)))
                .collect(),
            change: compared.as_ref().map(|compared| Change::between(compared.lines, total.lines)),
            total,
            compared,
        }
    }

    fn cell(&self, groups: &[Group], side: Side, filter: CellFilter) -> Cell {
        let lines = groups.iter().filter(|group| self.holds(&filter, group)).map(|group| group.lines).sum();
        Cell { lines, side, filter }
    }

    /// The condition of the list behind a cell, asked of a group instead of a line.
    fn holds(&self, filter: &CellFilter, group: &Group) -> bool {
        let category = || self.parameters.countings.iter().find(|it| it.award == group.award).map(|it| it.category);
        filter.category.is_none_or(|wanted| category() == Some(wanted))
            && filter.award.as_ref().is_none_or(|award| *award == group.award)
            && filter.subject.is_none_or(|subject| subject == group.subject)
            && filter.year.is_none_or(|year| year == group.year)
            && filter.level.is_none_or(|level| level == group.level)
            && filter.sex.is_none_or(|sex| sex == group.sex)
            && filter.kind.is_none_or(|kind| kind == group.kind)
    }
}
