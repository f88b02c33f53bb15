//! The law of the repository loads, and its cases come out as written.

use crate::files;

#[test]
fn the_law_fits_together() {
    let law = files::nation();
    assert!(law.award("lao-dong-tien-tien").is_some());
}

#[test]
fn every_case_comes_out_as_written() {
    let law = files::nation();
    let files = files::all();
    let cases = rules::cases::read(&files::pairs(&files)).unwrap_or_else(|faults| panic!("{}", files::listed(&faults)));
    let mut failed = Vec::new();
    for case in &cases {
        let outcome = rules::cases::run(&law, case);
        for difference in &outcome.differences {
            failed.push(format!("{}:{}: {}: {}", case.file, case.line, case.name, difference.en));
        }
    }
    assert!(failed.is_empty(), "{} of {} cases differ:\n{}", failed.len(), cases.len(), failed.join("\n"));
}
