//! What a person sees when a page cannot be given.

use axum::http::StatusCode;

use crate::test_app::TestApp;

#[tokio::test]
async fn an_address_without_a_page_says_so_and_shows_the_way_home() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let lost = mai_clerk.get("/khong-co").await;
    assert_eq!((lost.status, lost.heading()), (StatusCode::NOT_FOUND, "Không tìm thấy trang"));
    assert_eq!(lost.body.matches("<a class=\"btn btn-primary\" href=\"/\">").count(), 1);
    let guest = test_app.browser().get("/khong-co").await;
    assert_eq!(guest.body.matches("<a class=\"btn btn-primary\" href=\"/dang-nhap\">").count(), 1);
}

#[tokio::test]
async fn a_wrong_method_and_a_form_too_large_are_told_as_pages() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let wrong = mai_clerk.get("/dang-xuat").await;
    assert_eq!((wrong.status, wrong.heading()), (StatusCode::METHOD_NOT_ALLOWED, "Không thực hiện được yêu cầu"));
    let large = mai_clerk.post("/vai", &[("role", &"x".repeat(2 << 20))]).await;
    assert_eq!((large.status, large.heading()), (StatusCode::PAYLOAD_TOO_LARGE, "Nội dung gửi quá lớn"));
}

#[tokio::test]
async fn every_answer_carries_the_content_policy_and_is_kept_by_no_cache() {
    let test_app = TestApp::new().await;
    for path in ["/dang-nhap", "/khong-co", "/"] {
        let seen = test_app.browser().get(path).await;
        let policy = seen.headers["content-security-policy"].to_str().expect("a policy");
        let start = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; worker-src 'self';";
        assert_eq!(&policy[..start.len()], start);
        assert_eq!(seen.headers["cache-control"], "no-store", "{path}");
        assert_eq!(seen.headers["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn a_database_that_is_gone_is_told_as_a_page() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    test_app.app.store.clone().close().await.expect("the database closes");
    let lost = mai_clerk.get("/").await;
    assert_eq!((lost.status, lost.heading()), (StatusCode::INTERNAL_SERVER_ERROR, "Có lỗi xảy ra"));
}
