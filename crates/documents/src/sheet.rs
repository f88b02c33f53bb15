//! Lists for a spreadsheet: typed cells, a head that stays in sight and is repeated on paper, widths, A4.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Why a sheet could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritten(pub String);

/// One sheet of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub name: String,
    /// Lines above the table: what the list is, of when, and that it is made up where it is.
    pub above: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: String,
    /// In letters.
    pub width: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A number without marks of thousands.
    Year(i32),
    Day(NaiveDate),
}

/// Letters that a sheet's name may have.
const LONGEST_NAME: usize = 31;
/// The paper size of A4 in the file format.
const A4: u8 = 9;

/// The sheets as an XLSX file.
///
/// # Errors
/// When a sheet has more rows or longer texts than the format holds.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, Unwritten> {
    let mut workbook = Workbook::new();
    for (place, sheet) in sheets.iter().enumerate() {
        sheet.fill(workbook.add_worksheet(), place).map_err(unwritten)?;
    }
    workbook.save_to_buffer().map_err(unwritten)
}

impl Sheet {
    fn fill(&self, paper: &mut Worksheet, place: usize) -> Result<(), XlsxError> {
        let font = Format::new().set_font_name("Times New Roman").set_font_size(12);
        let title = font.clone().set_bold();
        let head = title.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Center);
        let plain = font.set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        let day = plain.clone().set_num_format("dd/mm/yyyy");
        let number = plain.clone().set_num_format("#,##0.##");
        let year = plain.clone().set_num_format("0");
        let whole = plain.clone().set_num_format("#,##0");
        paper.set_name(name(&self.name, place))?;
        let mut row = 0;
        for line in &self.above {
            paper.write_string_with_format(row, 0, line, &title)?;
            row += 1;
        }
        for (column, at) in self.columns.iter().zip(0..) {
            paper.set_column_width(at, column.width)?;
            paper.write_string_with_format(row, at, &column.name, &head)?;
        }
        set_up(paper, row)?;
        for cells in &self.rows {
            row += 1;
            for (cell, at) in cells.iter().zip(0..) {
                match cell {
                    Cell::Empty => paper.write_blank(row, at, &plain)?,
                    Cell::Text(text) => paper.write_string_with_format(row, at, text, &plain)?,
                    Cell::Number(value) if value.fract() == 0.0 => {
                        paper.write_number_with_format(row, at, *value, &whole)?
                    }
                    Cell::Year(value) => paper.write_number_with_format(row, at, f64::from(*value), &year)?,
                    Cell::Number(value) => paper.write_number_with_format(row, at, *value, &number)?,
                    Cell::Day(value) => match excel_day(*value) {
                        Some(value) => paper.write_datetime_with_format(row, at, &value, &day)?,
                        None => {
                            paper.write_string_with_format(row, at, value.format("%d/%m/%Y").to_string(), &plain)?
                        }
                    },
                };
            }
        }
        Ok(())
    }
}

/// The head stays in sight and is repeated on every page.
fn set_up(paper: &mut Worksheet, head: u32) -> Result<(), XlsxError> {
    paper.set_freeze_panes(head + 1, 0)?;
    paper.set_repeat_rows(head, head)?;
    paper.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The format knows no day before 1900.
fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

/// A name without the signs that the format forbids, and with a number in front where there are several.
fn name(text: &str, place: usize) -> String {
    let allowed: String = text.chars().filter(|sign| !"[]:*?/\\'".contains(*sign)).collect();
    let text = if place == 0 { allowed } else { format!("{} {allowed}", place + 1) };
    text.chars().take(LONGEST_NAME).collect()
}

fn unwritten(error: XlsxError) -> Unwritten {
    Unwritten(error.to_string())
}
