//! The tables of the period report: each figure with what picks the lines behind it.

use store::reports::arithmetic::{Change, Period};
use store::reports::counted::{Category, CellFilter, SubjectKind};
use store::reports::period::{self, Part, PartRow, PeriodReport, TotalRow};

use crate::language::Language;
use crate::period::forms::{self, Form};
use crate::period::words::{category_key, change, of_key, part, signed, subject_key};
use crate::period::{Telling, asked};

/// A table of figures.
pub struct Table {
    pub caption: String,
    pub columns: Vec<String>,
    pub lines: Vec<Line>,
}

/// A line of a table.
pub struct Line {
    pub label: String,
    /// A class of the style sheet: `total`, `class`, or nothing.
    pub tone: &'static str,
    pub numbers: Vec<Number>,
}

/// A figure, and the lines behind it where there are any.
pub struct Number {
    pub text: String,
    pub behind: Option<Behind>,
}

/// What picks the lines behind a figure.
pub struct Behind {
    pub period: Period,
    pub cell: Cell,
}

/// A form or all, within the cell that the store counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// An order whose classes are counted together.
    pub order: Option<String>,
    pub filter: CellFilter,
}

/// Columns of single years; a longer period stands in columns of several years.
const MOST_YEARS: usize = 6;
/// Years of one column of a long period.
const SPAN: usize = 5;

/// The years of the report by columns: from the place of the first to the place after the last.
pub fn columns(report: &PeriodReport) -> Vec<std::ops::Range<usize>> {
    let step = if report.years.len() <= MOST_YEARS { 1 } else { SPAN };
    (0..report.years.len()).step_by(step).map(|start| start..(start + step).min(report.years.len())).collect()
}

/// The name of a column: a year or a span of years.
pub fn column_name(language: Language, report: &PeriodReport, column: &std::ops::Range<usize>) -> String {
    language.years(report.years[column.start], report.years[column.end - 1])
}

impl Line {
    /// How far the line stands in, in letters.
    pub fn indent(&self) -> usize {
        match self.tone {
            "total" => 0,
            "class" => 4,
            _ => 2,
        }
    }
}

impl Telling<'_> {
    /// Every table that holds anything, in the order of reading.
    pub fn tables(&self) -> Vec<Table> {
        // Titles and flags have no kind.
        let kinds = self.report.by_kind.iter().filter(|row| row.category == Category::Commendation);
        let kinds: Vec<PartRow> = kinds.cloned().collect();
        let tables = [
            self.by_form(SubjectKind::Collective),
            self.by_form(SubjectKind::Individual),
            self.by_form(SubjectKind::Household),
            Some(self.rates()).filter(|table| !table.lines.is_empty()),
            self.by_part("period-table-levels", &self.report.by_level),
            self.by_part("period-table-sexes", &self.report.by_sex),
            self.by_part("period-table-kinds", &kinds),
        ];
        tables.into_iter().flatten().collect()
    }

    /// Titles, flags and commendations of one sort of subject by form and year.
    fn by_form(&self, subject: SubjectKind) -> Option<Table> {
        let totals = self.given().filter(|total| total.subject == subject);
        let lines: Vec<Line> = totals.flat_map(|total| self.category(total)).collect();
        let mut names: Vec<String> =
            columns(self.report).iter().map(|column| column_name(self.language, self.report, column)).collect();
        names.push(self.text("period-column-total"));
        names.extend(self.compared_columns());
        (!lines.is_empty()).then(|| Table { caption: self.text(subject_key(subject)), columns: names, lines })
    }

    /// Totals and yearly rates beside those of the comparison.
    fn rates(&self) -> Table {
        let mut names = vec![self.text("period-column-total"), self.text("period-column-yearly")];
        if let Some(compare) = self.compare {
            let period = asked::told(self.language, compare);
            names.push(period.clone());
            names.push(self.language.text_with("period-column-yearly-of", &[("period", &period)]));
            names.push(self.text("period-column-change"));
            names.push(self.text("period-column-yearly-change"));
        }
        let lines = self.given().map(|total| Line {
            label: format!("{} – {}", self.text(category_key(total.category)), self.text(of_key(total.subject))),
            tone: "",
            numbers: self.rate_numbers(total),
        });
        Table { caption: self.text("period-table-rates"), columns: names, lines: lines.collect() }
    }

    /// Leaders and staff, women and men, or kinds.
    fn by_part(&self, caption: &str, rows: &[PartRow]) -> Option<Table> {
        let lines =
            rows.chunk_by(|a, b| (a.category, a.subject) == (b.category, b.subject)).flat_map(|rows| self.parts(rows));
        let lines: Vec<Line> = lines.collect();
        let mut names = vec![self.text("period-column-count"), self.text("period-column-share")];
        names.extend(self.compared_columns());
        (!lines.is_empty()).then(|| Table { caption: self.text(caption), columns: names, lines })
    }

    fn text(&self, key: &str) -> String {
        self.language.text(key).into_owned()
    }

    fn compared_columns(&self) -> Vec<String> {
        let Some(compare) = self.compare else { return Vec::new() };
        vec![asked::told(self.language, compare), self.text("period-column-change")]
    }

    /// The line of a category, then its forms, then their classes.
    fn category(&self, total: &TotalRow) -> Vec<Line> {
        let years: Vec<u32> = total.row.years.iter().map(|cell| cell.lines).collect();
        let cell = Cell { order: None, filter: total.row.total.filter.clone() };
        let compared = total.row.compared.as_ref().map(|cell| cell.lines);
        let numbers = self.numbers(&cell, &years, total.row.total.lines, compared, total.row.change);
        let category = self.text(category_key(total.category));
        if let [only] = forms::of(self.forms, total.category, total.subject).collect::<Vec<_>>()[..] {
            let mut lines = vec![self.form(only, "total")];
            lines[0].label = format!("{category}: {}", lines[0].label);
            lines.extend(only.classes.iter().map(|class| self.form(class, "class")));
            return lines;
        }
        let mut lines = vec![Line { label: category, tone: "total", numbers }];
        for form in forms::of(self.forms, total.category, total.subject) {
            lines.push(self.form(form, ""));
            lines.extend(form.classes.iter().map(|class| self.form(class, "class")));
        }
        lines
    }

    fn form(&self, form: &Form, tone: &'static str) -> Line {
        let joined = !form.classes.is_empty();
        let cell = Cell {
            order: joined.then(|| form.id.clone()),
            filter: CellFilter {
                award: (!joined).then(|| form.id.clone()),
                subject: Some(form.subject),
                ..CellFilter::default()
            },
        };
        let numbers = self.numbers(&cell, &form.years, form.total, form.compared, form.change());
        Line { label: self.language.pick(&form.name).to_owned(), tone, numbers }
    }

    fn numbers(
        &self,
        cell: &Cell,
        years: &[u32],
        total: u32,
        compared: Option<u32>,
        changed: Option<Change>,
    ) -> Vec<Number> {
        let columns = columns(self.report).into_iter();
        let mut numbers: Vec<Number> =
            columns.map(|column| self.number(self.during(&column), cell, years[column].iter().sum())).collect();
        numbers.push(self.number(self.period, cell, total));
        numbers.extend(self.compared(cell, compared, changed));
        numbers
    }

    /// The part of the period that lies in a column.
    fn during(&self, column: &std::ops::Range<usize>) -> Period {
        let (first, last) = (self.report.years[column.start], self.report.years[column.end - 1]);
        let years = Period::of_years(first, last).unwrap_or(self.period);
        Period { from: years.from.max(self.period.from), to: years.to.min(self.period.to) }
    }

    fn compared(&self, cell: &Cell, compared: Option<u32>, changed: Option<Change>) -> Vec<Number> {
        let Some((period, lines)) = self.compare.zip(compared) else { return Vec::new() };
        vec![self.number(period, cell, lines), plain(change(self.language, changed))]
    }

    fn number(&self, period: Period, cell: &Cell, lines: u32) -> Number {
        let behind = (lines > 0).then(|| Behind { period, cell: cell.clone() });
        Number { text: self.language.number(lines.into()), behind }
    }

    fn rate_numbers(&self, total: &TotalRow) -> Vec<Number> {
        let rate = |hundredths: i64| plain(self.language.hundredths(hundredths));
        let cell = Cell { order: None, filter: total.row.total.filter.clone() };
        let mut numbers = vec![self.number(self.period, &cell, total.row.total.lines), rate(total.yearly)];
        let compared = total.row.compared.as_ref().zip(total.compared_yearly).zip(self.compare);
        if let Some(((compared, yearly), period)) = compared {
            numbers.push(self.number(period, &cell, compared.lines));
            numbers.push(rate(yearly));
            numbers.push(plain(change(self.language, total.row.change)));
            let of_rate = total.yearly_change.map_or_else(|| "–".to_owned(), |change| signed(self.language, change));
            numbers.push(plain(of_rate));
        }
        numbers
    }

    fn parts(&self, rows: &[PartRow]) -> Vec<Line> {
        let whole: u32 = rows.iter().map(|row| row.total.lines).sum();
        let (category, subject) = (rows[0].category, rows[0].subject);
        let sum = PartRow {
            total: period::Cell { lines: whole, ..rows[0].total.clone() },
            compared: rows[0].compared.clone().map(|cell| period::Cell {
                lines: rows.iter().filter_map(|row| row.compared.as_ref()).map(|cell| cell.lines).sum(),
                ..cell
            }),
            ..rows[0].clone()
        };
        let heading = self.heading(category, subject, rows[0].part);
        let all = CellFilter { category: Some(category), subject: Some(subject), ..CellFilter::default() };
        let mut lines = vec![self.part_line(heading, "total", &sum, all, whole)];
        lines.extend(
            rows.iter()
                .map(|row| self.part_line(part(self.language, row.part), "", row, row.total.filter.clone(), whole)),
        );
        lines
    }

    fn heading(&self, category: Category, subject: SubjectKind, part: Part) -> String {
        let category = self.text(category_key(category));
        match part {
            Part::Kind(_) => format!("{category} – {}", self.text(of_key(subject))),
            Part::Level(_) | Part::Sex(_) => category,
        }
    }

    fn part_line(&self, label: String, tone: &'static str, row: &PartRow, filter: CellFilter, whole: u32) -> Line {
        let cell = Cell { order: None, filter };
        let share = self.language.share(row.total.lines.into(), whole.into());
        let mut numbers = vec![self.number(self.period, &cell, row.total.lines), plain(share)];
        let compared = row.compared.as_ref().map(|cell| cell.lines);
        let changed = compared.map(|before| Change::between(before, row.total.lines));
        numbers.extend(self.compared(&cell, compared, changed));
        Line { label, tone, numbers }
    }
}

fn plain(text: String) -> Number {
    Number { text, behind: None }
}
