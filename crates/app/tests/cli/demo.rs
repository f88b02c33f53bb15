//! `vinhdanh demo` where the machine does not let it.

use std::net::TcpListener;

use store::records::NewOffice;

use crate::program::Program;

#[test]
fn a_port_that_is_taken_is_told_before_any_data_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let program = Program::new();
    let ran = program.run(&["demo", "--listen", &address]);
    assert_eq!(ran.code, 3);
    let told = format!("Lỗi: Không mở được {address}: Address already in use (os error 98)");
    assert_eq!(ran.complained.lines().next(), Some(told.as_str()));
    assert!(!program.has("var"));
}

#[test]
fn an_address_that_is_none_is_wrong_usage() {
    let ran = Program::new().run(&["demo", "--listen", "here", "--format", "json", "--lang", "en"]);
    assert_eq!((ran.code, ran.error()["kind"].as_str()), (2, Some("usage")));
    assert_eq!(ran.error()["message"], "“here” is not an address with a port.");
}

#[test]
fn a_file_that_is_no_database_is_left_as_it_is() {
    let program = Program::new();
    program.write(
        "notes.db",
        "Ghi chép, không phải cơ sở dữ liệu, dài hơn một trăm byte để chương trình thực sự đọc nó như một tệp SQLite.",
    );
    let ran = program.run(&["demo", "--prepare-only", "--database", "sqlite:notes.db", "--format", "json"]);
    assert_eq!((ran.code, ran.error()["kind"].as_str()), (3, Some("machine")));
    assert_eq!(
        std::fs::read_to_string(program.folder.join("notes.db")).map(|text| text.starts_with("Ghi chép")).ok(),
        Some(true)
    );
}

#[test]
fn only_a_demonstration_in_a_file_can_be_made_afresh() {
    let ran =
        Program::new().run(&["demo", "--fresh", "--database", "postgres://mai:mat-khau@localhost/x", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    let told = "Error: --fresh is for a demonstration database in an SQLite file, not for postgres://…@localhost/x.";
    assert_eq!(ran.complained.lines().next(), Some(told));
}

#[tokio::test]
async fn an_offices_own_records_are_neither_opened_nor_deleted() {
    let program = Program::new();
    let store = store::open(&format!("sqlite:{}/own.db", program.folder.display())).await.expect("a database");
    store.migrate().await.expect("a schema");
    let founded = store.step(1, None, "2026-11-23T02:00:00Z".parse().expect("an instant"), "story", async |step| {
        let (code, name) = ("BKH".to_owned(), "Bộ minh chứng".to_owned());
        step.add(NewOffice { id: step.id(), code, name, name_en: None, illustrative: false })
    });
    founded.await.expect("an office");
    store.close().await.expect("a whole file");
    for fresh in [&[][..], &["--fresh"][..]] {
        let question = ["demo", "--prepare-only", "--database", "sqlite:own.db", "--format", "json", "--lang", "en"];
        let ran = program.run(&[&question[..], fresh].concat());
        assert_eq!((ran.code, ran.error()["kind"].as_str()), (1, Some("input")));
        let told = "The database sqlite:own.db holds an office's own records; the demonstration neither opens nor deletes them.";
        assert_eq!(ran.error()["message"].as_str(), Some(told));
    }
    assert!(program.has("own.db"));
}
