//! The list of decisions, and one decision with its lines.

use app::session::OFFICE;
use axum::http::StatusCode;
use rules::facts::Sex;
use store::access::Viewer;
use store::decisions::lines;
use store::words::{PostLevel, Role};
use uuid::Uuid;

use crate::browser::{Seen, between};
use crate::honours::{Honour, Paper, To, decision, employee, person, revoke, revoke_line, unit};
use crate::test_app::TestApp;

fn paper<'a>(number: &'a str, day: &'a str) -> Paper<'a> {
    Paper { number, issuer: "VPCP", day, summary: "Về việc tặng Bằng khen" }
}

fn certificate(to: To) -> Honour<'static> {
    Honour { award: "bang-khen-bo", to, year: None, level: Some(PostLevel::TrucTiep) }
}

/// The headings of the rows of all tables.
fn rows(seen: &Seen) -> Vec<&str> {
    let rows = seen.body.split("<th scope=\"row\">").skip(1);
    rows.filter_map(|row| between(row, ">", "</a>")).collect()
}

/// An office whose own unit and another have one certificate each.
async fn two_units() -> (TestApp, Uuid, Uuid) {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let other = unit(store, "Vụ Pháp luật", "PL", 2).await;
    let khoa = person(store, "Lê Văn Khoa", Sex::Nam, test_app.office.unit).await;
    let nga = person(store, "Đỗ Thị Nga", Sex::Nu, other).await;
    let own =
        decision(store, &paper("MH-001", "2020-02-25"), &[certificate(To::Person(khoa, test_app.office.unit))]).await;
    let foreign = decision(store, &paper("MH-002", "2021-02-25"), &[certificate(To::Person(nga, other))]).await;
    (test_app, own, foreign)
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_with_the_reason_beside_it() {
    let (test_app, _, _) = two_units().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let refused = thanh_officer.get("/quyet-dinh?nam=20x&tu=2020-02-31&den=2020-01-01").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.body.matches("aria-invalid=\"true\"").count(), 2);
    assert_eq!(between(&refused.body, "name=\"nam\" type=\"text\" value=\"", "\""), Some("20x"));
    assert_eq!(refused.body.matches("Ghi năm bằng bốn chữ số, ví dụ 2020.").count(), 1);
    let backwards = thanh_officer.get("/quyet-dinh?tu=2020-02-01&den=2020-01-01").await;
    assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(backwards.body.matches("Ngày cuối đứng trước ngày đầu.").count(), 1);
}

#[tokio::test]
async fn a_clerk_opens_the_decisions_of_the_own_unit_and_no_other() {
    let (test_app, own, foreign) = two_units().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(rows(&mai_clerk.get("/quyet-dinh").await), ["MH-001/QĐ-VPCP"]);
    assert_eq!(mai_clerk.get(&format!("/quyet-dinh/{foreign}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mai_clerk.get(&format!("/quyet-dinh/{own}")).await.status, StatusCode::OK);
    let mut thanh_officer = test_app.signed_in("thanh").await;
    assert_eq!(rows(&thanh_officer.get("/quyet-dinh").await), ["MH-002/QĐ-VPCP", "MH-001/QĐ-VPCP"]);
}

#[tokio::test]
async fn an_account_without_a_record_of_its_own_is_told_so() {
    let (test_app, own, _) = two_units().await;
    let mut lan_employee = test_app.signed_in("lan").await;
    let empty = lan_employee.get("/quyet-dinh").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert_eq!(empty.body.matches("<h2>Tài khoản chưa gắn với hồ sơ cá nhân</h2>").count(), 1);
    assert_eq!(lan_employee.get(&format!("/quyet-dinh/{own}")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_employee_opens_the_decisions_that_name_them_and_reads_the_own_line_only() {
    let (test_app, own, foreign) = two_units().await;
    let store = &test_app.app.store;
    let unit = test_app.office.unit;
    let quy = person(store, "Trần Thị Quý", Sex::Nu, unit).await;
    let hai = person(store, "Trần Văn Hải", Sex::Nam, unit).await;
    employee(store, "quy", quy, unit).await;
    let lines = [hai, quy].map(|person| certificate(To::Person(person, unit)));
    let both = decision(store, &paper("MH-006", "2022-02-25"), &lines).await;
    let mut quy_employee = test_app.signed_in("quy").await;
    assert_eq!(rows(&quy_employee.get("/quyet-dinh").await), ["MH-006/QĐ-VPCP"]);
    assert_eq!(rows(&quy_employee.get(&format!("/quyet-dinh/{both}")).await), ["Trần Thị Quý"]);
    for other in [own, foreign] {
        assert_eq!(quy_employee.get(&format!("/quyet-dinh/{other}")).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn the_list_is_narrowed_by_number_year_issuer_and_words_without_marks() {
    let (test_app, _, _) = two_units().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for (query, found) in [
        ("nam=2020", vec!["MH-001/QĐ-VPCP"]),
        ("so=MH-002", vec!["MH-002/QĐ-VPCP"]),
        ("co-quan=TTg", vec![]),
        ("q=bang+khen&tu=2020-12-31", vec!["MH-002/QĐ-VPCP"]),
        ("ngay=2020-06-16", vec!["MH-001/QĐ-VPCP"]),
    ] {
        assert_eq!(rows(&thanh_officer.get(&format!("/quyet-dinh?{query}")).await), found, "{query}");
    }
    let nothing = thanh_officer.get("/quyet-dinh?so=MH-777").await;
    assert_eq!(nothing.body.matches("<h2>Không có quyết định phù hợp</h2>").count(), 1);
}

#[tokio::test]
async fn lines_stand_by_form_then_collectives_then_units_then_rank_then_name() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let (own, law) = (test_app.office.unit, unit(store, "Vụ Pháp luật", "PL", 2).await);
    let mut people = Vec::new();
    for (name, home) in [("Bùi Văn Yên", own), ("Hồ Thị An", own), ("Cao Văn Ánh", own), ("Vũ Văn Bảo", law)]
    {
        people.push(To::Person(person(store, name, Sex::Nam, home).await, home));
    }
    let leader = Honour { level: Some(PostLevel::LanhDaoPhong), ..certificate(people[0]) };
    let order = Honour { award: "huan-chuong-lao-dong-ba", ..certificate(people[3]) };
    let collective = Honour { level: None, ..certificate(To::Collective(law)) };
    let lines = [certificate(people[3]), certificate(people[2]), leader, collective, certificate(people[1]), order];
    let id = decision(store, &paper("MH-003", "2020-02-25"), &lines).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let seen = thanh_officer.get(&format!("/quyet-dinh/{id}")).await;
    assert_eq!(seen.heading(), "Quyết định số MH-003/QĐ-VPCP ngày 25/02/2020");
    assert_eq!(rows(&seen), ["Vũ Văn Bảo", "Vụ Pháp luật", "Bùi Văn Yên", "Hồ Thị An", "Cao Văn Ánh", "Vũ Văn Bảo"]);
    assert_eq!(seen.body.matches("Quyết định minh họa, không có người ký, không có giá trị pháp lý.").count(), 1);
}

#[tokio::test]
async fn a_revocation_is_told_from_its_day_on() {
    let (test_app, own, _) = two_units().await;
    revoke(&test_app.app.store, own, "2022-05-04").await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let told = "Hủy bỏ từ ngày 04/05/2022 theo Quyết định số MH-099/QĐ-VPCP.";
    let today = thanh_officer.get(&format!("/quyet-dinh/{own}")).await;
    assert_eq!(today.body.matches(&format!("<p>{told}</p>")).count(), 1);
    let before = thanh_officer.get(&format!("/quyet-dinh/{own}?ngay=2022-05-03")).await;
    assert_eq!(before.body.matches(told).count(), 0);
    assert_eq!(thanh_officer.get(&format!("/quyet-dinh/{own}?ngay=2020-02-24")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn fifty_rows_are_light_and_cost_as_many_statements_as_one() {
    let (test_app, _, _) = two_units().await;
    let store = &test_app.app.store;
    let unit = test_app.office.unit;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/").await;
    let mut cost = async |path: &str| {
        let before = store.statements();
        let seen = thanh_officer.get(path).await;
        (store.statements() - before, seen)
    };
    let (few, _) = cost("/quyet-dinh").await;
    let hung = person(store, "Nguyễn Văn Hưng", Sex::Nam, unit).await;
    for number in 100..160 {
        let number = format!("MH-{number}");
        decision(store, &paper(&number, "2019-02-25"), &[certificate(To::Person(hung, unit)); 3]).await;
    }
    let (many, seen) = cost("/quyet-dinh").await;
    assert_eq!((many, rows(&seen).len()), (few, 50));
    assert!(seen.body.len() <= 40_000, "{} bytes", seen.body.len());
    let next = between(&seen.body, "rel=\"next\" href=\"", "\"").expect("a next page").replace("&#38;", "&");
    let (_, rest) = cost(&next).await;
    assert_eq!(rows(&rest).len(), 12);
    assert_eq!(rest.body.matches("rel=\"first\" href=\"/quyet-dinh\"").count(), 1);
}

#[tokio::test]
async fn a_decision_of_three_hundred_lines_is_read_in_light_pages() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let unit = test_app.office.unit;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/").await;
    let mut cost = async |path: String| {
        let before = store.statements();
        let seen = thanh_officer.get(&path).await;
        (store.statements() - before, seen)
    };
    let hung = person(store, "Nguyễn Văn Hưng", Sex::Nam, unit).await;
    let title = Honour { award: "lao-dong-tien-tien", to: To::Person(hung, unit), year: Some(2019), level: None };
    let one = decision(store, &paper("MH-004", "2020-01-15"), &[title]).await;
    let (few, _) = cost(format!("/quyet-dinh/{one}")).await;
    let all = decision(store, &paper("MH-005", "2020-01-15"), &[title; 300]).await;
    let (many, seen) = cost(format!("/quyet-dinh/{all}")).await;
    assert_eq!((many, rows(&seen).len()), (few, 75));
    assert!(seen.body.len() <= 40_000, "{} bytes", seen.body.len());
    assert_eq!(seen.body.matches("Dòng 1–75 trong 300").count(), 1);
    let next = between(&seen.body, "rel=\"next\" href=\"", "\"").expect("a next page").to_owned();
    let (_, second) = cost(next).await;
    assert_eq!(second.body.matches("Dòng 76–150 trong 300").count(), 1);
}

#[tokio::test]
async fn what_happened_to_a_line_is_told_on_every_page_of_its_decision() {
    let test_app = TestApp::new().await;
    let (store, unit) = (&test_app.app.store, test_app.office.unit);
    let hung = person(store, "Nguyễn Văn Hưng", Sex::Nam, unit).await;
    let id = decision(store, &paper("MH-005", "2020-01-15"), &[certificate(To::Person(hung, unit)); 80]).await;
    let officer = Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None };
    let today = "2026-11-23".parse().expect("a day");
    let (_, placed) = lines::placed(store, &officer, id, today).await.expect("read").expect("a decision");
    revoke_line(store, id, placed[79].id, "2022-05-04").await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let first = thanh_officer.get(&format!("/quyet-dinh/{id}")).await;
    let next = between(&first.body, "rel=\"next\" href=\"", "\"").expect("a next page").to_owned();
    let second = thanh_officer.get(&next).await;
    let told = |seen: &Seen| {
        let happened = seen.body.matches("<li>Nguyễn Văn Hưng: ").count();
        (happened, seen.body.matches("<tr class=\"gone\">").count(), rows(seen).len())
    };
    assert_eq!((told(&first), told(&second)), ((1, 0, 75), (1, 1, 5)));
}

#[tokio::test]
async fn the_pages_speak_english_without_a_code() {
    let (test_app, own, _) = two_units().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/ngon-ngu/en").await;
    let list = thanh_officer.get("/quyet-dinh").await;
    assert_eq!((list.heading(), list.body.matches('‹').count()), ("Award decisions", 0));
    assert_eq!(list.body.matches("2 of 2 decisions").count(), 1);
    let one = thanh_officer.get(&format!("/quyet-dinh/{own}")).await;
    assert_eq!(one.heading(), "Decision MH-001/QĐ-VPCP of 25 February 2020");
    assert_eq!(one.body.matches("bang-khen-bo").count(), 0);
}
