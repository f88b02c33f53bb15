//! Reads somebody's spreadsheet: rows, heads, columns and values; knows no database and asks for no clock.
//!
//! [`workbook::Workbook::open`] takes the bytes of a file and refuses what cannot be read safely.
//! [`workbook::Workbook::rows`] hands on one row after another, so that memory does not grow with the file.
//! [`shape::detect`] finds the head and what each column holds; the reader may overrule it.
//! [`below::Below`] tells the records below it from heads repeated, sections, sums, titles and signatures.
//! [`workbook::Workbook::scripts`] tells which columns are in the letters of an old font; the reader may overrule it.
//! [`give_back::give_back`] writes the same file with complaints in a last column.
//! [`value`] turns the text of a cell into a day, a grade, a number of a decision, or says what is wrong with it.

pub mod cell;
pub mod refusal;
pub mod workbook;

pub mod field;
pub mod shape;
pub mod below;
mod vocabulary;

pub mod value;

pub mod give_back;

pub mod legacy;
mod syllable;

mod raw;
mod xlsx;
mod xlsx_rows;
mod merges;
mod ods;
mod xls;
mod compound;
mod text_rows;
mod package;
mod xml;

mod fold;
mod text;
