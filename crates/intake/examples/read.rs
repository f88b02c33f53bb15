//! Reads every row of the first sheet of a file and says how many there were and how long it took: for measuring by hand.

use std::ops::ControlFlow;
use std::time::Instant;

use intake::refusal::Limits;
use intake::workbook::Workbook;

fn main() {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("read FILE");
        return;
    };
    let begun = Instant::now();
    let mut rows = 0_u64;
    let read = std::fs::read(&path).map_err(|why| why.to_string()).and_then(|bytes| {
        let mut book = Workbook::open(bytes, &path, Limits::default()).map_err(|why| why.to_string())?;
        let counted = book.rows(0, |_| {
            rows += 1;
            ControlFlow::Continue(())
        });
        counted.map_err(|why| why.to_string())
    });
    let said = read.err().map_or_else(|| "read to its end".to_owned(), |why| format!("refused: {why}"));
    println!("{path}: {rows} rows, {:?}, {said}", begun.elapsed());
}
