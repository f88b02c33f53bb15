//! The home page.

use std::sync::Arc;

use app::counted::Counted;
use app::router::router;
use rules::facts::Sex;

use crate::browser::{Seen, between};
use crate::honours;
use crate::test_app::TestApp;

#[tokio::test]
async fn a_person_is_greeted_by_full_name_on_the_day_it_is() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let home = mai_clerk.get("/").await;
    assert_eq!(home.heading(), "Xin chào, Nguyễn Thị Mai");
    assert_eq!(home.body.matches("<p class=\"lead\">Thứ Hai, 23/11/2026</p>").count(), 1);
    assert_eq!(home.menu().first(), Some(&"Trang chủ"));
}

#[tokio::test]
async fn a_chosen_day_is_shown_kept_by_every_link_and_can_be_left() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let home = mai_clerk.get("/?ngay=2020-06-16").await;
    assert_eq!(home.body.matches("<p class=\"lead\">Thứ Ba, 16/06/2020</p>").count(), 1);
    assert_eq!(home.body.matches("class=\"chosen-day\"").count(), 1);
    assert!(home.body.matches("href=\"/?ngay=2020-06-16\"").count() >= 2);
    assert_eq!(home.body.matches("Trở về hôm nay (23/11/2026)").count(), 1);
    for no_day in ["30-02-2020", "2020-02-30", "0001-01-01", "+99999-01-01"] {
        let unread = mai_clerk.get(&format!("/?ngay={no_day}")).await;
        assert_eq!(unread.body.matches("class=\"chosen-day\"").count(), 0, "{no_day}");
    }
}

#[tokio::test]
async fn what_the_law_lacks_is_told_to_everyone_and_figures_to_those_who_count() {
    let test_app = TestApp::new().await;
    let told = ["Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng số 06/2026/QH16:", "Lượt khen thưởng"];
    let counts = |body: &str| told.map(|words| body.matches(words).count());
    let mut lan_employee = test_app.signed_in("lan").await;
    assert_eq!(counts(&lan_employee.get("/").await.body), [1, 0]);
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(counts(&mai_clerk.get("/").await.body), [1, 1]);
    assert_eq!(counts(&mai_clerk.get("/?ngay=2025-08-01").await.body), [0, 1]);
}

#[tokio::test]
async fn deadlines_are_those_of_the_law_of_the_day_with_their_source() {
    let test_app = TestApp::new().await;
    let flag = "Hồ sơ gửi Bộ Nội vụ trước ngày 30/6; hệ thống giáo dục (xét theo năm học) trước ngày 31/12<br>";
    let told = |body: &str| {
        let after = body.split(flag).nth(1)?;
        crate::browser::between(after, "<span class=\"soft\">", "</span>").map(str::to_owned)
    };
    let mut lan_employee = test_app.signed_in("lan").await;
    assert_eq!(told(&lan_employee.get("/?ngay=2024-06-01").await.body), None);
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(told(&mai_clerk.get("/?ngay=2026-11-23").await.body), None);
    assert_eq!(
        told(&mai_clerk.get("/?ngay=2024-06-01").await.body),
        Some("Cờ thi đua của Chính phủ – Điều 32 Nghị định số 98/2023/NĐ-CP".to_owned())
    );
}

#[tokio::test]
async fn a_large_office_is_counted_beside_the_visit_and_says_from_when_its_figures_are() {
    let mut test_app = TestApp::new().await;
    // Every office counts as large, and nobody rests between two counts.
    test_app.app.counted = Arc::new(Counted::new(0, 2, 0));
    test_app.router = router(test_app.app.clone());
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let told = |seen: &Seen| {
        let remark = between(&seen.body, "role=\"status\">", "</p>").map(str::to_owned);
        (remark, between(&seen.body, "<dt>Quyết định khen thưởng</dt><dd><strong>", "</strong>").is_some())
    };
    let wait = "Đang đếm số liệu lần đầu. Hãy tải lại trang sau ít phút.".to_owned();
    assert_eq!(told(&thanh_officer.get("/").await), (Some(wait), false));
    test_app.app.counted.idle().await;
    assert_eq!(told(&thanh_officer.get("/").await), (None, true));
    honours::person(&test_app.app.store, "Nguyễn Thị Ánh", Sex::Nu, test_app.office.unit).await;
    let then = "Số liệu lúc 23/11/2026 09:00; đang đếm lại.".to_owned();
    assert_eq!(told(&thanh_officer.get("/").await), (Some(then), true));
    test_app.app.counted.idle().await;
    assert_eq!(told(&thanh_officer.get("/").await), (None, true));
    // A unit of a few people is counted at once, however large the office; one of more is not.
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(told(&mai_clerk.get("/").await), (None, true));
    for name in ["Nguyễn Thị Bình", "Nguyễn Thị Chi"] {
        honours::person(&test_app.app.store, name, Sex::Nu, test_app.office.unit).await;
    }
    let then = "Số liệu lúc 23/11/2026 09:00; đang đếm lại.".to_owned();
    assert_eq!(told(&mai_clerk.get("/").await), (Some(then), true));
    test_app.app.counted.idle().await;
    assert_eq!(told(&mai_clerk.get("/").await), (None, true));
}
