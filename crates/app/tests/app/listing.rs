//! The lists of people, units and decisions taken home as sheets: the same rows as the page, with real days and numbers.

use std::ops::ControlFlow;

use axum::http::StatusCode;
use intake::refusal::Limits;
use intake::workbook::Workbook;
use rules::facts::Sex;
use uuid::Uuid;

use crate::browser::{Browser, Seen, between};
use crate::honours::{self, Honour, Paper, To};
use crate::test_app::TestApp;

const LISTS: [&str; 3] = ["/ca-nhan", "/tap-the", "/quyet-dinh"];

/// An office with people of two units and two decisions.
async fn told() -> (TestApp, Uuid) {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let elsewhere = honours::unit(store, "Vụ Pháp luật", "PL", 2).await;
    honours::person(store, "Trần Thị Hoà", Sex::Nu, test_app.office.unit).await;
    let an = honours::person(store, "=Đỗ Văn An", Sex::Nam, elsewhere).await;
    for (number, day) in [("MH-001", "2024-01-15"), ("MH-002", "2025-02-05")] {
        let paper = Paper { number, issuer: "VPCP", day, summary: "Về việc công nhận danh hiệu" };
        let year = day[..4].parse::<i32>().ok().map(|year| year - 1);
        let honour = Honour { award: "lao-dong-tien-tien", to: To::Person(an, elsewhere), year, level: None };
        honours::decision(store, &paper, &[honour]).await;
    }
    (test_app, elsewhere)
}

/// The lines of a sheet, each as its texts; a day of the sheet is one with dashes.
fn lines(seen: &Seen) -> Vec<Vec<String>> {
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    let mut book = Workbook::open(seen.bytes.clone(), "danh-sach.xlsx", Limits::default()).expect("a workbook");
    let mut lines = Vec::new();
    let rows = book.rows(0, |row| {
        lines.push(row.cells.into_iter().map(|cell| cell.text).collect());
        ControlFlow::Continue(())
    });
    rows.expect("rows");
    lines
}

/// The rows of a list under its head and the lines above it.
async fn rows(browser: &mut Browser, path: &str) -> Vec<Vec<String>> {
    lines(&browser.get(path).await).into_iter().skip_while(|line| line[0] != "STT").skip(1).collect()
}

#[tokio::test]
async fn each_list_offers_its_sheet_with_what_was_asked_and_no_other_format() {
    let (test_app, _) = told().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for list in LISTS {
        let offered = thanh_officer.get(&format!("{list}?ngay=2025-06-01")).await;
        let href = format!("href=\"{list}/tep/xlsx?ngay=2025-06-01\"");
        assert_eq!(offered.body.matches(&href).count(), 1, "{list}");
        for format in ["pdf", "docx", "csv"] {
            let seen = thanh_officer.get(&format!("{list}/tep/{format}")).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND, "{list} as {format}");
        }
    }
}

#[tokio::test]
async fn what_the_page_refuses_its_sheet_refuses_too() {
    let (test_app, elsewhere) = told().await;
    for (login, path, status) in [
        ("binh", "/ca-nhan/tep/xlsx?gioi-tinh=nu", StatusCode::FORBIDDEN),
        ("lan", "/tap-the/tep/xlsx", StatusCode::FORBIDDEN),
        ("lan", "/ca-nhan/tep/xlsx?don-vi=khong-co", StatusCode::UNPROCESSABLE_ENTITY),
        ("binh", "/ca-nhan/tep/xlsx?cap=khong-co", StatusCode::UNPROCESSABLE_ENTITY),
        ("binh", "/quyet-dinh/tep/xlsx?nam=hai", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let mut person = test_app.signed_in(login).await;
        let page = person.get(&path.replace("/tep/xlsx", "")).await.status;
        assert_eq!((person.get(path).await.status, page), (status, status), "{path}");
    }
    let mut mai_clerk = test_app.signed_in("mai").await;
    let other_unit = rows(&mut mai_clerk, &format!("/ca-nhan/tep/xlsx?don-vi={elsewhere}")).await;
    assert_eq!(other_unit.len(), 0);
    let own = rows(&mut mai_clerk, "/ca-nhan/tep/xlsx").await;
    let names: Vec<&str> = own.iter().map(|line| line[1].as_str()).collect();
    assert_eq!(names, ["Trần Thị Hoà"]);
    let units = rows(&mut mai_clerk, "/tap-the/tep/xlsx").await;
    assert_eq!(units.iter().map(|line| line[1].as_str()).collect::<Vec<_>>(), ["Vụ Tổ chức cán bộ"]);
}

#[tokio::test]
async fn an_officer_takes_the_lists_home_with_heads_days_and_numbers() {
    let (test_app, elsewhere) = told().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let people = lines(&thanh_officer.get(&format!("/ca-nhan/tep/xlsx?don-vi={elsewhere}")).await);
    assert_eq!(
        people,
        [
            &["SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"][..],
            &["Cá nhân"],
            &["Văn phòng Chính phủ, ngày 23/11/2026"],
            &["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Ký hiệu", "Giới tính", "Ngày sinh"],
            &["1", "=Đỗ Văn An", "", "Vụ Pháp luật", "PL", "Nam"],
        ]
    );
    let units = rows(&mut thanh_officer, "/tap-the/tep/xlsx").await;
    assert_eq!(
        units,
        [
            ["1", "Vụ Tổ chức cán bộ", "TCCB", "Vụ", "", "2015-01-01", "1", "1"],
            ["2", "Vụ Pháp luật", "PL", "Vụ", "", "2000-01-01", "1", "1"],
        ]
    );
    let decisions = rows(&mut thanh_officer, "/quyet-dinh/tep/xlsx?nam=2025").await;
    let state = "minh họa";
    let (authority, summary) = ("Bộ trưởng, Chủ nhiệm", "Về việc công nhận danh hiệu");
    assert_eq!(decisions, [["1", "MH-002/QĐ-VPCP", "2025-02-05", "VPCP", authority, summary, "1", "", state]]);
}

#[tokio::test]
async fn a_list_of_more_than_a_page_comes_whole() {
    let (test_app, _) = told().await;
    for n in 0..120 {
        honours::person(&test_app.app.store, &format!("Lê Văn {n}"), Sex::Nam, test_app.office.unit).await;
    }
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let first = thanh_officer.get("/ca-nhan?cap=truc-tiep").await;
    let next = between(&first.body, "rel=\"next\" href=\"", "\"").expect("a next page").replace("&#38;", "&");
    let second = thanh_officer.get(&next).await;
    let href = between(&second.body, "href=\"/ca-nhan/tep/xlsx", "\"");
    assert_eq!((next.contains("&sau="), href), (true, Some("?cap=truc-tiep")));
    let people = rows(&mut thanh_officer, "/ca-nhan/tep/xlsx").await;
    let places: Vec<String> = people.iter().map(|line| line[0].clone()).collect();
    assert_eq!(places, (1..=122).map(|n| n.to_string()).collect::<Vec<_>>());
    assert_eq!(people.iter().map(|line| &line[1]).collect::<std::collections::BTreeSet<_>>().len(), 122);
}
