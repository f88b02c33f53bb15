//! The way of a person or a collective to an honour, year by year.

use axum::http::StatusCode;
use uuid::Uuid;

use crate::browser::{Seen, between};
use crate::test_app::TestApp;
use crate::why::told;

const MINISTRY: &str = "chien-si-thi-dua-bo";
/// No page is heavier, in bytes before compression.
const HEAVIEST: usize = 40_000;

/// The rows of the first table of steps: year, what it takes, on whom it depends.
fn steps(page: &Seen) -> Vec<(String, String, String)> {
    let table = between(&page.body, "path-steps\">", "</table>").expect("a table");
    let rows = table.split("<tr><td>").skip(1);
    let row = |row: &str| {
        let year = row.split('<').next()?.to_owned();
        let depends = between(row, "class=\"path-mark\">", "</td>")?.rsplit("</svg>").next()?.to_owned();
        Some((year, between(row, "<th scope=\"row\">", "</th>")?.to_owned(), depends))
    };
    rows.map(|text| row(text).expect("a step")).collect()
}

#[tokio::test]
async fn an_honour_or_a_subject_that_cannot_be_asked_for_is_refused_in_words() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let lost = thanh_officer.get(&format!("/duong-di/ca-nhan/{}/khong-co", told.hoa)).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    let wrong = thanh_officer.get(&format!("/duong-di/ca-nhan/{}/co-thi-dua-bo", told.hoa)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = thanh_officer.get(&format!("/duong-di/ca-nhan/{}/{MINISTRY}", Uuid::now_v7())).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_way_of_somebody_outside_the_viewers_units_is_forbidden() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let path = format!("/duong-di/ca-nhan/{}/{MINISTRY}", told.hoa);
    let of_unit = format!("/duong-di/tap-the/{}/tap-the-lao-dong-tien-tien", test_app.office.unit);
    let mut lan_employee = test_app.signed_in("lan").await;
    assert_eq!(lan_employee.get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(lan_employee.get(&of_unit).await.status, StatusCode::FORBIDDEN);
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(mai_clerk.get(&path).await.status, StatusCode::OK);
    assert_eq!(mai_clerk.get(&of_unit).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_number_of_years_that_cannot_be_looked_ahead_comes_back_with_the_reason() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get(&format!("/duong-di/ca-nhan/{}/{MINISTRY}?nam=400", told.khanh)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(between(&page.body, "id=\"w-nam\">", "</p>"), Some("Nhập số năm từ 1 đến 40."));
    assert_eq!(page.body.matches("class=\"sentence\"").count(), 0);
}

#[tokio::test]
async fn after_two_titles_the_way_takes_one_more_year_an_initiative_and_two_decisions() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get(&format!("/duong-di/ca-nhan/{}/{MINISTRY}?ngay=2025-01-15", told.khanh)).await;
    assert_eq!((page.status, page.heading()), (StatusCode::OK, "Con đường đến Chiến sĩ thi đua Bộ, ban, ngành, tỉnh"));
    assert_eq!(
        between(&page.body, "<p class=\"sentence\">", "</p>"),
        Some("Sớm nhất có thể đề nghị từ ngày 01/01/2026, cần 2 quyết định của hội đồng, cấp có thẩm quyền.")
    );
    let own = "Kết quả công tác của chính mình";
    let council = "Hội đồng, cấp có thẩm quyền quyết định";
    let told: Vec<(String, String, String)> = [
        ("2025", "Hoàn thành tốt nhiệm vụ trở lên", own),
        ("2025", "Có sáng kiến được công nhận, có hiệu quả trong phạm vi bộ, ban, ngành, tỉnh", council),
        ("2025", "Được tặng Chiến sĩ thi đua cơ sở", council),
        ("2025", "Được tặng Chiến sĩ thi đua Bộ, ban, ngành, tỉnh", council),
    ]
    .map(|(year, words, depends)| (year.to_owned(), words.to_owned(), depends.to_owned()))
    .to_vec();
    assert_eq!(steps(&page), told);
    assert_eq!(page.body.matches("role=\"img\"").count(), 1, "one picture with its words");
    assert_eq!(page.body.matches(" style=").count(), 0);
}

#[tokio::test]
async fn whose_records_are_not_whole_is_not_said_to_have_met_the_standard() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let nga = crate::honours::person(store, "Phạm Thị Nga", rules::facts::Sex::Nu, test_app.office.unit).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let form = format!("/ca-nhan/{nga}/ghi/xep-loai");
    thanh_officer.get(&form).await;
    thanh_officer.post(&form, &[("year", "2024"), ("grade", "tot"), ("ly-do", "Nhập từ hồ sơ giấy")]).await;
    let page = thanh_officer.get(&format!("/duong-di/ca-nhan/{nga}/lao-dong-tien-tien?ngay=2025-01-15")).await;
    assert_eq!(
        between(&page.body, "<p class=\"sentence\">", "</p>"),
        Some(
            "Có thể đề nghị ngay khi có đủ hồ sơ, xác nhận nêu dưới đây; cần 1 quyết định của hội đồng, cấp có thẩm quyền."
        )
    );
    assert_eq!(between(&page.body, "<span class=\"verdict verdict-", "\""), Some("unknown"));
    assert_eq!(page.body.matches("Giả định từ nay hồ sơ được ghi đầy đủ").count(), 1);
}

#[tokio::test]
async fn whoever_has_met_the_standard_is_told_so_and_the_reasons_lead_to_the_way() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get(&format!("/duong-di/ca-nhan/{}/{MINISTRY}?ngay=2025-01-15", told.hoa)).await;
    assert_eq!(
        between(&page.body, "<p class=\"sentence\">", "</p>"),
        Some("Hồ sơ hiện có đã đủ để đề nghị; còn lại là quyết định của cấp có thẩm quyền.")
    );
    let why = thanh_officer.get(&format!("/can-cu/ca-nhan/{}/{MINISTRY}?ngay=2025-01-15", told.khanh)).await;
    let link = format!("href=\"/duong-di/ca-nhan/{}/{MINISTRY}?ngay=2025-01-15\"", told.khanh);
    assert_eq!(why.body.matches(&link).count(), 1);
    let person = thanh_officer.get(&format!("/ca-nhan/{}?ngay=2025-01-15", told.khanh)).await;
    assert_eq!(person.body.matches(&link).count(), 1);
}

#[tokio::test]
async fn a_long_way_is_light_and_costs_as_many_statements_as_a_short_one() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let store = &test_app.app.store;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let mut asked = Vec::new();
    for (person, award) in [(told.khanh, MINISTRY), (told.hoa, MINISTRY), (told.khanh, "huan-chuong-lao-dong-nhi")] {
        let before = store.statements();
        let page = thanh_officer.get(&format!("/duong-di/ca-nhan/{person}/{award}?ngay=2025-01-15")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.len() <= HEAVIEST, "{award}: {} bytes", page.body.len());
        asked.push(store.statements() - before);
    }
    assert_eq!(asked, [asked[0]; 3]);
}

#[tokio::test]
async fn the_first_class_of_an_order_ends_in_a_text_that_is_not_at_hand() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let path = format!("/duong-di/ca-nhan/{}/huan-chuong-lao-dong-nhat?ngay=2025-01-15", told.khanh);
    let page = thanh_officer.get(&path).await;
    let sentence = between(&page.body, "<p class=\"sentence\">", "</p>").expect("a sentence");
    let ends = "chưa đủ căn cứ kết luận vì chưa có nguyên văn: Luật Thi đua, khen thưởng số 06/2022/QH15.";
    assert!(sentence.ends_with(ends), "{sentence}");
    assert!(page.body.len() <= HEAVIEST, "{} bytes", page.body.len());
}
