//! Printed papers, read back with the tools of other houses: the same words in PDF and DOCX, in the frame of the Decree.

mod drawn;
mod forms;
mod frame;
mod pdf;
mod sheets;
mod texts;
mod tools;
