//! Prints: one list of blocks as PDF and as DOCX, and lists as XLSX; knows no database and asks for no clock.
//!
//! [`block::Paper`] says what stands on a paper, in the frame of Decree 30/2020/NĐ-CP.
//! [`pdf::print`] and [`docx::print`] print it; both take every measure from [`layout`].
//! [`form::Form`] makes a paper of a text with placeholders and of data; [`sheet::Workbook`] is a list for a spreadsheet.

pub mod block;
pub mod form;
pub mod layout;
pub mod wording;

pub mod docx;
pub mod pdf;
pub mod sheet;

mod font;
mod picture;
mod rule;
