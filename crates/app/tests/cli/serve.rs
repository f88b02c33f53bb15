//! `vinhdanh serve` from its first start to its stop.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::program::Program;

#[test]
fn the_first_start_prints_the_link_of_the_administrator_and_a_stop_ends_it_well() {
    let program = Program::new();
    let mut serving = program
        .command(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            "sqlite:office.db",
            "--public-url",
            "https://khen.example",
            "--log",
            "off",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(serving.stdout.take().expect("its output")).lines().map(|line| line.expect("text"));
    assert_eq!(lines.next().as_deref(), Some("Đang chạy tại https://khen.example."));
    assert_eq!(
        lines.next().as_deref(),
        Some("Cơ quan chưa có dữ liệu. Mở đường dẫn sau (dùng được một lần) để tạo người quản trị:")
    );
    let link = lines.next().expect("a link");
    assert_eq!(
        link.trim().rsplit_once('/').map(|(start, token)| (start, token.len())),
        Some(("https://khen.example/khoi-tao", 64))
    );
    let stopped = Command::new("kill").args(["-TERM", &serving.id().to_string()]).status().expect("a signal");
    assert!(stopped.success());
    assert_eq!(serving.wait().expect("an end").code(), Some(0));
    let files = ["office.db", "office.db-wal"].map(|file| program.has(file));
    assert_eq!(files, [true, false]);
}
