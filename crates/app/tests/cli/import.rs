//! `vinhdanh import`: shown before it is entered, refused in words, and whole or not at all whatever kills it.

use std::process::Stdio;
use std::sync::mpsc;
use std::time::Instant;

use serde_json::{Value, json};
use store::Store;
use store::access::Viewer;
use store::page::Page;
use store::people::{self, Filter};
use store::records::{NewOffice, NewUnit, NewUnitName};
use store::verify::database::DatabaseSource;
use store::verify::verify;
use store::words::{Certainty, Role};
use uuid::Uuid;

use crate::program::{Program, Ran};

const OFFICE: i32 = 1;
const DATABASE: &str = "sqlite:office.db";
/// Kills at random moments unless more are asked for.
const KILLS: u64 = 60;
/// Rows of the file that is brought in while the program is killed.
const ROWS: u32 = 500;
/// What one whole import adds to the journal: a person and a membership a row, the batch and the step.
const LEAVES: u64 = 2 * ROWS as u64 + 2;

/// A program beside a database with an office and one unit.
fn office() -> Program {
    let program = Program::new();
    in_store(&program, async |store| {
        store.migrate().await.expect("a schema");
        let founded = store.step(OFFICE, None, chrono::Utc::now(), "story", async |step| {
            let (code, name) = ("VPCP".to_owned(), "Văn phòng Chính phủ".to_owned());
            step.add(NewOffice { id: step.id(), code, name, name_en: None, illustrative: true })?;
            let unit = step.add(NewUnit { id: step.id(), kind: "vu".to_owned(), fictitious: true })?;
            step.add(NewUnitName {
                id: step.id(),
                unit,
                name: "Vụ Tổ chức cán bộ".to_owned(),
                name_en: None,
                code: "TCCB".to_owned(),
                parent: None,
                cluster: None,
                position: 1,
                basis: None,
                certainty: Certainty::DaDoiChieu,
                from_day: "2015-01-01".parse().expect("a day"),
                to_day: None,
            })
        });
        founded.await.expect("an office");
    });
    program
}

/// Does something with the database of a program.
fn in_store<T>(program: &Program, ask: impl AsyncFnOnce(&Store) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let url = format!("sqlite:{}", program.folder.join("office.db").display());
        let store = store::open(&url).await.expect("a database");
        let answer = ask(&store).await;
        store.close().await.expect("closed");
        answer
    })
}

/// How many leaves the journal has, and that it holds.
fn leaves(program: &Program) -> u64 {
    in_store(program, async |store| {
        let mut source = DatabaseSource::open(store, OFFICE).await.expect("the records are read");
        assert!(verify(&mut source, OFFICE, &[], None).await.expect("the records are read").holds());
        store::journal::head(store, OFFICE).await.expect("a journal").size
    })
}

/// How many people the office knows, up to 1,000.
fn people(program: &Program) -> u32 {
    in_store(program, async |store| {
        let viewer = Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None };
        let everyone = Filter::everyone("2026-11-23".parse().expect("a day"));
        let listed = people::list(store, &viewer, &everyone, Page::first(1)).await.expect("a list");
        match listed.total {
            store::page::Total::Exactly(total) | store::page::Total::MoreThan(total) => total,
        }
    })
}

fn list(first: u32, rows: u32) -> String {
    let row = |n: u32| format!("{n},Nguyễn Văn Số {n},{:02}/{:02}/1980,TCCB\n", n % 28 + 1, n / 28 % 12 + 1);
    format!("STT,Họ và tên,Ngày sinh,Đơn vị\n{}", (first..first + rows).map(row).collect::<String>())
}

fn asked<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["import", file, "--as", "ca-nhan", "--database", DATABASE], more].concat()
}

fn told(ran: &Ran) -> Vec<Value> {
    ran.said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn what_cannot_be_read_is_refused_in_words_and_leaves_nothing() {
    let program = office();
    std::fs::write(program.folder.join("a.xlsx"), b"%PDF-1.7 no list").expect("a file");
    let refused = program.run(&asked("a.xlsx", &["--yes"]));
    assert_eq!((refused.code, refused.said.as_str()), (1, ""));
    let why = "Tên tệp là .xlsx nhưng nội dung là .pdf. Hãy gửi đúng tệp bảng tính.";
    assert_eq!(refused.complained.lines().next(), Some(format!("Lỗi: a.xlsx: {why}").as_str()));
    let lost = program.run(&asked("khong-co.xlsx", &["--yes"]));
    assert_eq!(lost.code, 1);
    let strange = program.run(&["import", "a.xlsx", "--as", "gi-do"]);
    assert_eq!(strange.code, 2);
    let left = std::fs::read_dir(program.folder.join("var/files/import")).map_or(0, Iterator::count);
    assert_eq!((left, people(&program)), (0, 0));
}

#[test]
fn what_is_too_large_or_too_long_is_refused_with_a_reason_and_leaves_nothing() {
    let program = office();
    let large = std::fs::File::create(program.folder.join("to.csv")).expect("a file");
    large.set_len(200 << 20).expect("a file of 200 MB that takes no room");
    let long: String = std::iter::once("Họ và tên,Năm sinh\n".to_owned())
        .chain((0..=200_000).map(|n| format!("An {n},1985\n")))
        .collect();
    program.write("dai.csv", &long);
    let asked =
        ["--as", "ca-nhan", "--yes", "--database", DATABASE, "--files", "tep", "--keys", "khoa", "--format", "json"];
    for (file, message) in [
        ("to.csv", "Tệp lớn hơn 64 MB. Hãy chia thành nhiều tệp."),
        ("dai.csv", "Bảng có hơn 200.000 dòng. Hãy chia thành nhiều tệp."),
    ] {
        let ran = program.run(&[&["import", file][..], &asked[..]].concat());
        let error = ran.error();
        assert_eq!(
            (ran.code, error["message"].as_str(), error["where"]["file"].as_str()),
            (1, Some(message), Some(file))
        );
    }
    let left = std::fs::read_dir(program.folder.join("tep/import")).map_or(0, Iterator::count);
    let known = in_store(&program, async |store| {
        let viewer = Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None };
        store::imports::files::list(store, &viewer, Page::first(5)).await.expect("a list").rows.len()
    });
    assert_eq!((left, known), (0, 0));
}

#[test]
fn a_trial_enters_nothing_and_the_same_file_is_then_entered_once() {
    let program = office();
    program.write("ds.csv", &list(1, 3));
    let tried = program.run(&asked("ds.csv", &["--dry-run", "--format", "json"]));
    assert_eq!(tried.code, 0, "{}", tried.complained);
    let shown = json!({"file": "ds.csv", "kind": "ca-nhan", "rows": {"moi": 3}, "in_the_way": [], "passed": []});
    assert_eq!(told(&tried), [shown]);
    assert_eq!(people(&program), 0);
    let unasked = program.run(&asked("ds.csv", &[]));
    assert_eq!((unasked.code, people(&program)), (2, 0));
    let entered = program.run(&asked("ds.csv", &["--yes", "--format", "json"]));
    assert_eq!(entered.code, 0, "{}", entered.complained);
    assert_eq!((told(&entered)[1]["written"].clone(), people(&program)), (json!(3), 3));
    let again = program.run(&asked("ds.csv", &["--yes", "--format", "json"]));
    assert_eq!((again.code, told(&again)[0]["rows"].clone()), (0, json!({"da-co": 3})));
    assert_eq!(people(&program), 3);
}

#[test]
fn a_trial_names_the_rows_that_are_no_records() {
    let program = office();
    program.write("ds.csv", &format!("{}STT,Họ và tên,Ngày sinh,Đơn vị\n{},Tổng cộng: 2,,\n", list(1, 1), list(2, 1)));
    let tried = program.run(&asked("ds.csv", &["--dry-run"]));
    let lines: Vec<&str> = tried.said.lines().collect();
    assert_eq!(
        lines[3..],
        [
            "  Đã bỏ qua 3 dòng không phải là dữ liệu: 2 dòng tiêu đề lặp lại, 1 dòng cộng.",
            "  Dòng 3: dòng tiêu đề lặp lại: «STT, Họ và tên, Ngày sinh, Đơn vị»",
            "  Dòng 4: dòng tiêu đề lặp lại: «STT, Họ và tên, Ngày sinh, Đơn vị»",
            "  Dòng 6: dòng cộng: «Tổng cộng: 2»",
        ]
    );
}

#[test]
fn wrong_rows_keep_everything_out_unless_the_valid_part_is_wanted() {
    let program = office();
    program.write("ds.csv", &format!("{}4,Ngô Thị Sai,không rõ,TCCB\n", list(1, 3)));
    let refused = program.run(&asked("ds.csv", &["--yes", "--errors-to", "loi.csv"]));
    assert_eq!((refused.code, people(&program)), (1, 0), "{}", refused.complained);
    let back = std::fs::read_to_string(program.folder.join("loi.csv")).expect("the file with its errors");
    assert_eq!(back.lines().last(), Some("4,Ngô Thị Sai,không rõ,TCCB,«không rõ» không phải là ngày"));
    let entered = program.run(&asked("ds.csv", &["--yes", "--valid-part"]));
    assert_eq!((entered.code, people(&program)), (0, 3), "{}", entered.complained);
}

#[test]
fn where_no_more_can_be_written_nothing_is_entered_and_it_is_told() {
    let program = office();
    program.write("ds.csv", &list(1, 4_000));
    let room = std::fs::metadata(program.folder.join("office.db")).expect("a database").len() / 512 + 1_000;
    let line = format!(
        "trap '' XFSZ; ulimit -f {room}; exec {} import ds.csv --as ca-nhan --database {DATABASE} --yes",
        env!("CARGO_BIN_EXE_vinhdanh")
    );
    let mut limited = std::process::Command::new("sh");
    let full = Ran::of(limited.args(["-c", &line]).current_dir(&program.folder).output().expect("a shell"));
    assert_eq!(full.code, 3, "{}", full.complained);
    assert_eq!(people(&program), 0);
    let again = program.run(&asked("ds.csv", &["--yes"]));
    assert_eq!(again.code, 0, "{}", again.complained);
}

#[test]
fn whatever_kills_an_import_it_is_whole_or_not_at_all() {
    let (program, kills) = (office(), crate::program::kills(KILLS));
    program.write("ds.csv", &list(1 + kills as u32 * ROWS, ROWS));
    let began = Instant::now();
    assert_eq!(program.run(&asked("ds.csv", &["--yes"])).code, 0);
    let whole = began.elapsed();
    let (first_leaves, mut draw) = (leaves(&program), 88_172_645_463_325_252_u64);
    let mut killed = 0;
    for kill in 0..kills {
        let first = 1 + kill as u32 * ROWS;
        program.write("ds.csv", &list(first, ROWS));
        let mut running = program
            .command(&asked("ds.csv", &["--yes"]))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        draw ^= draw << 13;
        draw ^= draw >> 7;
        draw ^= draw << 17;
        // Some moment between its start and its end.
        let moment = whole.mul_f64((draw >> 11) as f64 / (1_u64 << 53) as f64);
        let (done, never) = mpsc::channel::<()>();
        assert!(never.recv_timeout(moment).is_err());
        drop(done);
        killed += u64::from(running.try_wait().expect("its state").is_none());
        running.kill().expect("killed");
        running.wait().expect("its end");
        assert_eq!((leaves(&program) - first_leaves) % LEAVES, 0, "after kill {kill}");
    }
    assert!(killed > kills / 4, "only {killed} were killed in the middle");
    program.write("ds.csv", &list(1_000_000, ROWS));
    let at_last = program.run(&asked("ds.csv", &["--yes", "--format", "json"]));
    assert_eq!((at_last.code, told(&at_last)[1]["written"].clone()), (0, json!(ROWS)), "{}", at_last.complained);
}
