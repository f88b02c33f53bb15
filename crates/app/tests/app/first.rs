//! The one-time link of the first start.

use app::config::Mode;
use app::session::first_link;
use axum::http::StatusCode;

use crate::browser::between;
use crate::builders::PASSWORD;
use crate::test_app::TestApp;

#[tokio::test]
async fn an_office_with_records_gets_no_link() {
    let test_app = TestApp::new().await;
    assert_eq!(first_link(&test_app.app).await, Ok(None));
}

#[tokio::test]
async fn the_link_names_the_office_and_makes_its_administrator_once() {
    let test_app = TestApp::empty(Mode::Office).await;
    let link = first_link(&test_app.app).await.expect("an answer").expect("a link");
    let path = link.strip_prefix("http://localhost:8080").expect("our address");
    let mut son_administrator = test_app.browser();
    assert_eq!(son_administrator.get("/khoi-tao/0000").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(son_administrator.get(path).await.heading(), "Khởi tạo hệ thống");
    let mut fields = vec![
        ("office", "Bộ Nội vụ"),
        ("code", "BNV"),
        ("name", "Bùi Ngọc Sơn"),
        ("login", " Son "),
        ("password", "ngắn"),
        ("again", ""),
    ];
    let refused = son_administrator.post(path, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.body.matches("Mật khẩu cần ít nhất 10 ký tự.").count(), 1);
    assert_eq!(between(&refused.body, "name=\"office\" type=\"text\" value=\"", "\""), Some("Bộ Nội vụ"));
    fields[4] = ("password", PASSWORD);
    fields[5] = ("again", PASSWORD);
    assert_eq!(son_administrator.post(path, &fields).await.leads_to(), "/");
    let home = son_administrator.get("/").await;
    assert_eq!((home.heading(), home.role()), ("Xin chào, Bùi Ngọc Sơn", "Quản trị hệ thống"));
    assert_eq!(home.body.matches("<strong>Bộ Nội vụ</strong>").count(), 1);
    assert_eq!(test_app.browser().get(path).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(first_link(&test_app.app).await, Ok(None));
}
