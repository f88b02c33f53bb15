//! The binary `vinhdanh`: web pages and command line.
fn main() {}
