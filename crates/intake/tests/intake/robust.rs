//! No bytes make the reader stumble: whatever comes is read or refused.

use std::ops::ControlFlow;

use intake::legacy::{self, Script};
use intake::refusal::Limits;
use intake::value;
use intake::workbook::Workbook;
use proptest::prelude::*;

use crate::messy::messy;

fn read_all(bytes: Vec<u8>) {
    let limits = Limits { bytes: 1 << 20, unpacked: 4 << 20, rows: 500, columns: 200 };
    let Ok(mut book) = Workbook::open(bytes, "a.xlsx", limits) else { return };
    for sheet in 0..book.sheets.len() {
        // A refusal halfway is as good as one at once.
        let _ = book.rows(sheet, |row| {
            assert!(row.cells.len() <= 200);
            ControlFlow::Continue(())
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_all(bytes.clone());
        read_all([b"PK\x03\x04".to_vec(), bytes.clone()].concat());
        read_all([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), bytes].concat());
    }

    #[test]
    fn a_file_with_spoilt_bytes_is_read_or_refused(spoilt in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = messy();
        for (index, byte) in spoilt {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(bytes);
    }

    #[test]
    fn any_text_is_a_value_or_a_complaint(text in "\\PC{0,60}") {
        let _ = (value::when(&text), value::year(&text), value::years(&text), value::sex(&text), value::grade(&text));
        let _ = (value::scope(&text), value::discipline(&text), value::decision_number(&text), value::id_number(&text));
        for script in [Script::Unicode, Script::Tcvn3, Script::Tcvn3Capitals, Script::Vni] {
            let _ = legacy::encode(&legacy::decode(&text, script), script);
        }
    }
}
