//! Papers and lists taken home as files: by those who see the page, in the formats that the page offers.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use rules::facts::Sex;
use store::words::PostLevel;
use uuid::Uuid;

use crate::browser::Seen;
use crate::honours::{Honour, Paper, To, decision, person, unit};
use crate::test_app::TestApp;

const MINISTRY: &str = "chien-si-thi-dua-bo";

/// The office with one person of another unit than the clerk's, and the decision that names the person.
async fn told() -> (TestApp, Uuid, Uuid) {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let other = unit(store, "Vụ Pháp luật", "PL", 2).await;
    let nga = person(store, "Đỗ Thị Nga", Sex::Nu, other).await;
    let honour =
        Honour { award: "bang-khen-bo", to: To::Person(nga, other), year: None, level: Some(PostLevel::TrucTiep) };
    let paper =
        Paper { number: "MH-002", issuer: "VPCP", day: "2021-02-25", summary: "Về việc tặng Bằng khen" };
    let decision = decision(store, &paper, &[honour]).await;
    (test_app, nga, decision)
}

fn header(seen: &Seen, name: axum::http::HeaderName) -> &str {
    seen.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn what_lies_outside_the_viewers_units_is_not_printed_either() {
    let (test_app, nga, decision) = told().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    for path in [
        format!("/quyet-dinh/{decision}/tep/pdf"),
        format!("/ca-nhan/{nga}/tep/docx"),
        format!("/can-cu/ca-nhan/{nga}/{MINISTRY}/tep/pdf"),
        "/bao-cao/giai-doan/tep/xlsx?don-vi=PL".to_owned(),
    ] {
        assert_eq!(mai_clerk.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_format_that_is_none_and_a_question_that_cannot_be_read_are_refused() {
    let (test_app, nga, decision) = told().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for path in [
        format!("/quyet-dinh/{decision}/tep/exe"),
        format!("/ca-nhan/{nga}/tep/txt"),
        format!("/can-cu/ca-nhan/{nga}/{MINISTRY}/tep/xlsx"),
        "/bao-cao/giai-doan/tep/html".to_owned(),
    ] {
        assert_eq!(thanh_officer.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let backwards = thanh_officer.get("/bao-cao/giai-doan/tep/pdf?tu=2020&den=2015").await;
    assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_officer_takes_each_paper_home_in_each_format_that_its_page_offers() {
    let (test_app, nga, decision) = told().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for (page, formats) in [
        (format!("/quyet-dinh/{decision}"), &["pdf", "docx", "xlsx"][..]),
        (format!("/ca-nhan/{nga}"), &["pdf", "docx", "xlsx"]),
        (format!("/can-cu/ca-nhan/{nga}/{MINISTRY}"), &["pdf", "docx"]),
        ("/bao-cao/giai-doan".to_owned(), &["pdf", "docx", "xlsx"]),
    ] {
        let shown = thanh_officer.get(&page).await;
        let offered: Vec<&str> = ["pdf", "docx", "xlsx"]
            .into_iter()
            .filter(|format| shown.body.contains(&format!("href=\"{page}/tep/{format}\"")))
            .collect();
        assert_eq!(offered, formats, "{page}");
        for format in formats {
            let file = thanh_officer.get(&format!("{page}/tep/{format}")).await;
            assert_eq!(file.status, StatusCode::OK, "{page} as {format}: {}", file.body);
            let begins = if *format == "pdf" { "%PDF-1.7" } else { "PK" };
            assert!(file.body.starts_with(begins), "{page} as {format}");
            let name = header(&file, CONTENT_DISPOSITION);
            assert!(name.starts_with("attachment; filename=\"") && name.ends_with(&format!(".{format}\"")), "{name}");
            assert!(header(&file, CONTENT_TYPE).starts_with("application/"), "{page} as {format}");
        }
    }
}
