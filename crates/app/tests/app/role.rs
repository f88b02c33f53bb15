//! Choosing among several roles.

use axum::http::StatusCode;
use store::words::Role;

use crate::builders::account;
use crate::test_app::TestApp;

#[tokio::test]
async fn someone_with_two_roles_chooses_one_and_can_change_it() {
    let test_app = TestApp::new().await;
    let roles = [(Role::Officer, None), (Role::Head, Some(test_app.office.unit))];
    account(&test_app.app.store, "giang", "Đặng Hương Giang", &roles).await;
    let mut giang = test_app.browser();
    assert_eq!(giang.sign_in("giang").await.leads_to(), "/vai?ve=%2F");
    let choice = giang.get("/vai?ve=%2F").await;
    assert_eq!(choice.heading(), "Chọn vai trò");
    assert_eq!(choice.body.matches("method=\"post\" action=\"/vai\"").count(), 2);
    let head = choice
        .body
        .rsplit_once("name=\"role\" value=\"")
        .expect("a button")
        .1
        .split('"')
        .next()
        .expect("a mark")
        .to_owned();
    assert_eq!(giang.post("/vai", &[("role", &head), ("ve", "/")]).await.leads_to(), "/");
    let home = giang.get("/").await;
    assert_eq!(home.role(), "Thủ trưởng đơn vị – Vụ Tổ chức cán bộ");
}

#[tokio::test]
async fn a_role_that_was_not_granted_cannot_be_taken() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    mai_clerk.get("/vai").await;
    assert_eq!(mai_clerk.post("/vai", &[("role", "quan-tri")]).await.status, StatusCode::NOT_FOUND);
    mai_clerk.cookies.insert("vinhdanh-vai".to_owned(), "quan-tri".to_owned());
    assert_eq!(mai_clerk.get("/").await.role(), "Người lập hồ sơ của đơn vị – Vụ Tổ chức cán bộ");
}
