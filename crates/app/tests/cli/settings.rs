//! Where the settings come from.

use crate::program::{Program, Ran};

#[test]
fn a_slip_in_the_settings_file_is_told_with_its_line_and_what_is_allowed() {
    let program = Program::new();
    program.write("vinhdanh.toml", "listen = \"127.0.0.1:0\"\ndatabse = \"sqlite:a.db\"\n");
    let ran = program.run(&["migrate", "--format", "json"]);
    assert_eq!(ran.code, 1);
    let error = ran.error();
    assert_eq!((error["where"]["file"].as_str(), error["where"]["line"].as_u64()), (Some("vinhdanh.toml"), Some(2)));
    assert_eq!(
        error["hint"],
        "Các mục được phép: database, files, keys, public_url, listen, trusted_proxies, backups, backup_at, backup_keep, log."
    );
}

#[test]
fn a_settings_file_that_was_named_must_be_there() {
    let ran = Program::new().run(&["migrate", "--config", "none.toml", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.complained,
        "Error: Cannot read the settings file none.toml: No such file or directory (os error 2)\n"
    );
}

#[test]
fn a_flag_goes_before_the_variable_and_the_variable_before_the_file() {
    let program = Program::new();
    program.write("vinhdanh.toml", "database = \"sqlite:file.db\"\n");
    let mut by_variable = program.command(&["migrate"]);
    by_variable.env("VINHDANH_DATABASE", "sqlite:variable.db");
    let mut by_flag = program.command(&["migrate", "--database", "sqlite:flag.db"]);
    by_flag.env("VINHDANH_DATABASE", "sqlite:unused.db");
    assert_eq!(program.run(&["migrate"]).said, "Cơ sở dữ liệu sqlite:file.db đã ở phiên bản mới nhất.\n");
    assert_eq!(Ran::of(by_variable.output().expect("the program runs")).code, 0);
    assert_eq!(Ran::of(by_flag.output().expect("the program runs")).code, 0);
    let made = ["file.db", "variable.db", "flag.db", "unused.db"].map(|file| program.has(file));
    assert_eq!(made, [true, true, true, false]);
}
