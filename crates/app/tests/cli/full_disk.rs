//! A disk that fills up in the middle of a backup and of a restore: nothing half-made is left under a final name.

use std::process::Command;

use crate::program::{Program, Ran};

/// Runs the program where no file may grow beyond so many blocks of 512 bytes, as on a disk that is full.
fn on_a_full_disk(program: &Program, blocks: u32, arguments: &[&str]) -> Ran {
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell.args(["-c", &limited, env!("CARGO_BIN_EXE_vinhdanh")]).args(arguments).current_dir(&program.folder);
    Ran::of(shell.output().expect("a shell"))
}

fn files_of_a_backup(program: &Program) -> Vec<String> {
    let entries = std::fs::read_dir(&program.folder).expect("the folder").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("mau.tar")).collect()
}

#[test]
fn a_full_disk_leaves_neither_half_a_backup_nor_half_a_database() {
    let program = Program::new();
    let sample = program.run(&["sample", "--people", "400", "--database", "sqlite:mau.db", "--format", "json"]);
    assert_eq!(sample.code, 0, "{}", sample.complained);

    let back_up = ["backup", "--out", "mau.tar.zst", "--database", "sqlite:mau.db", "--format", "json"];
    let ran = on_a_full_disk(&program, 256, &back_up);
    assert_eq!(ran.code, 3, "{}{}", ran.said, ran.complained);
    assert_eq!(files_of_a_backup(&program), Vec::<String>::new());
    assert_eq!(program.run(&back_up).code, 0);

    let restore = ["restore", "mau.tar.zst", "--database", "sqlite:neu.db", "--format", "json"];
    for blocks in [256, 2_000, 6_000] {
        let ran = on_a_full_disk(&program, blocks, &restore);
        assert_eq!(ran.code, 3, "{blocks}: {}{}", ran.said, ran.complained);
    }
    let ran = program.run(&restore);
    assert_eq!(ran.code, 0, "{}", ran.complained);
}
