//! The switch between Vietnamese and English.

use axum::http::StatusCode;

use crate::test_app::TestApp;

#[tokio::test]
async fn the_switch_leads_back_to_the_page_it_was_on_in_the_other_language() {
    let test_app = TestApp::new().await;
    let mut guest = test_app.browser();
    let door = guest.get("/dang-nhap?ve=%2Fvai").await;
    assert_eq!(door.body.matches("href=\"/ngon-ngu/en?ve=%2Fdang-nhap%3Fve%3D%252Fvai\"").count(), 1);
    let switched = guest.get("/ngon-ngu/en?ve=%2Fdang-nhap%3Fve%3D%252Fvai").await;
    assert_eq!((switched.status, switched.leads_to()), (StatusCode::SEE_OTHER, "/dang-nhap?ve=%2Fvai"));
    let door = guest.get("/dang-nhap").await;
    assert_eq!((door.heading(), door.body.matches("<html lang=\"en\">").count()), ("Sign in", 1));
    let mut mai_clerk = test_app.signed_in("mai").await;
    mai_clerk.get("/ngon-ngu/en").await;
    let home = mai_clerk.get("/").await;
    assert_eq!(home.heading(), "Hello, Nguyễn Thị Mai");
    assert_eq!(home.body.matches("Monday, 23 November 2026").count(), 1);
}

#[tokio::test]
async fn an_unknown_language_or_a_foreign_way_back_is_refused() {
    let test_app = TestApp::new().await;
    let mut guest = test_app.browser();
    assert_eq!(guest.get("/ngon-ngu/fr").await.status, StatusCode::NOT_FOUND);
    assert_eq!(guest.get("/ngon-ngu/en?ve=https%3A%2F%2Felsewhere.example").await.leads_to(), "/");
}
