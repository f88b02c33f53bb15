//! A command line that cannot be understood.

use crate::program::Program;

#[test]
fn an_unknown_command_is_told_in_the_language_asked_for() {
    let ran = Program::new().run(&["khong-co"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.complained, "Lỗi: Không có lệnh «khong-co».\n  → Xem các lệnh và tùy chọn: vinhdanh --help\n");
    let ran = Program::new().run(&["khong-co", "--lang", "en"]);
    assert_eq!(ran.complained.lines().next(), Some("Error: There is no command “khong-co”."));
}

#[test]
fn an_unknown_option_a_bad_value_and_no_command_are_wrong_usage() {
    let ran = Program::new().run(&["demo", "--port", "1", "--format=json"]);
    assert_eq!((ran.code, ran.error()["kind"].as_str()), (2, Some("usage")));
    assert_eq!(ran.error()["message"], "Không có tùy chọn --port.");
    let ran = Program::new().run(&["demo", "--today", "2026-02-30"]);
    assert_eq!(ran.complained.lines().next(), Some("Lỗi: Giá trị «2026-02-30» không dùng được cho --today <DAY>."));
    assert_eq!(Program::new().run(&[]).code, 2);
}

#[test]
fn help_speaks_both_languages() {
    let vietnamese = Program::new().run(&["demo", "--help"]);
    assert_eq!((vietnamese.code, vietnamese.complained.as_str()), (0, ""));
    assert_eq!(vietnamese.said.lines().nth(2), Some("Cách dùng: vinhdanh demo [TÙY CHỌN]"));
    let english = Program::new().run(&["demo", "--help", "--lang", "en"]);
    assert_eq!(english.said.lines().nth(2), Some("Usage: vinhdanh demo [OPTIONS]"));
}
