//! Signing in and out.

use app::config::Mode;
use app::limits::BY_LOGIN;
use axum::http::StatusCode;
use store::words::Role;

use crate::browser::between;
use crate::builders::{PASSWORD, account};
use crate::test_app::TestApp;

#[tokio::test]
async fn someone_not_signed_in_is_led_to_the_door_and_back_again() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.browser();
    let refused = mai_clerk.get("/vai?ngay=2025-01-01").await;
    assert_eq!(
        (refused.status, refused.leads_to()),
        (StatusCode::SEE_OTHER, "/dang-nhap?ve=%2Fvai%3Fngay%3D2025-01-01")
    );
    let door = mai_clerk.get(refused.leads_to()).await;
    assert_eq!(door.heading(), "Đăng nhập");
    let back = between(&door.body, "name=\"ve\" value=\"", "\"").expect("where it leads back").to_owned();
    let entered = mai_clerk.post("/dang-nhap", &[("login", "mai"), ("password", PASSWORD), ("ve", &back)]).await;
    assert_eq!((entered.status, entered.leads_to()), (StatusCode::SEE_OTHER, "/vai?ngay=2025-01-01"));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_refused_alike_and_keep_what_was_typed() {
    let test_app = TestApp::new().await;
    let mut somebody = test_app.browser();
    for login in ["mai", "nobody"] {
        somebody.get("/dang-nhap").await;
        let refused = somebody.post("/dang-nhap", &[("login", login), ("password", "mùa xuân")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            between(&refused.body, "role=\"alert\">", "</div>")
                .map(|alert| alert.contains("Tên đăng nhập hoặc mật khẩu không đúng.")),
            Some(true)
        );
        assert_eq!(between(&refused.body, "name=\"login\" value=\"", "\""), Some(login));
        assert_eq!(refused.body.matches("mùa xuân").count(), 0);
    }
    assert_eq!(somebody.get("/").await.leads_to(), "/dang-nhap");
}

#[tokio::test]
async fn after_too_many_failures_even_the_right_password_waits() {
    let test_app = TestApp::new().await;
    let mut somebody = test_app.browser();
    for _ in 0..BY_LOGIN {
        somebody.get("/dang-nhap").await;
        somebody.post("/dang-nhap", &[("login", "mai"), ("password", "mùa xuân")]).await;
    }
    let locked = somebody.post("/dang-nhap", &[("login", "Mai "), ("password", PASSWORD)]).await;
    assert_eq!((locked.status, locked.heading()), (StatusCode::TOO_MANY_REQUESTS, "Đã thử quá nhiều lần"));
    assert_eq!(locked.headers["retry-after"], "960");
    let other = somebody.sign_in("hung").await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_without_the_token_of_its_page_changes_nothing() {
    let test_app = TestApp::new().await;
    let mut forger = test_app.browser();
    let fields = [("login", "mai"), ("password", PASSWORD)];
    let bare = forger.post_bare("/dang-nhap", &fields).await;
    assert_eq!((bare.status, bare.heading()), (StatusCode::FORBIDDEN, "Biểu mẫu đã hết hiệu lực"));
    let mut victim = test_app.browser();
    let page = victim.get("/dang-nhap").await;
    let token = between(&page.body, "name=\"csrf\" value=\"", "\"").expect("a token").to_owned();
    let stolen = forger.post_bare("/dang-nhap", &[fields[0], fields[1], ("csrf", &token)]).await;
    assert_eq!(stolen.status, StatusCode::FORBIDDEN);
    assert_eq!(forger.get("/").await.leads_to(), "/dang-nhap");
}

#[tokio::test]
async fn after_signing_out_the_old_cookie_opens_nothing() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let cookies = mai_clerk.cookies.clone();
    assert_eq!(mai_clerk.get("/").await.heading(), "Xin chào, Nguyễn Thị Mai");
    assert_eq!(mai_clerk.post("/dang-xuat", &[]).await.leads_to(), "/dang-nhap");
    mai_clerk.cookies = cookies;
    assert_eq!(mai_clerk.get("/").await.leads_to(), "/dang-nhap");
}

#[tokio::test]
async fn the_way_back_never_leads_to_another_site() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.browser();
    mai_clerk.get("/dang-nhap").await;
    let fields = [("login", "mai"), ("password", PASSWORD), ("ve", "//elsewhere.example/")];
    assert_eq!(mai_clerk.post("/dang-nhap", &fields).await.leads_to(), "/");
}

#[tokio::test]
async fn the_demonstration_offers_everyone_with_one_button_and_says_what_it_is() {
    let test_app = TestApp::demonstration().await;
    let mut guest = test_app.browser();
    let door = guest.get("/dang-nhap").await;
    assert_eq!(
        between(&door.body, "class=\"demo-banner\" role=\"note\">", "</p>"),
        Some("SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ")
    );
    assert_eq!(door.body.matches("action=\"/dang-nhap/minh-hoa\"").count(), 9);
    assert_eq!(guest.post("/dang-nhap/minh-hoa", &[("login", "ha")]).await.leads_to(), "/");
    assert_eq!(guest.get("/").await.heading(), "Xin chào, Đỗ Thu Hà");
}

#[tokio::test]
async fn an_office_offers_no_door_without_a_password() {
    let test_app = TestApp::new().await;
    let mut guest = test_app.browser();
    let door = guest.get("/dang-nhap").await;
    assert_eq!(door.body.matches("/dang-nhap/minh-hoa").count() + door.body.matches("demo-banner").count(), 0);
    assert_eq!(guest.post("/dang-nhap/minh-hoa", &[("login", "ha")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_account_without_a_role_gets_in_nowhere() {
    let test_app = TestApp::empty(Mode::Demonstration).await;
    account(&test_app.app.store, "vy", "Trịnh Vy", &[]).await;
    account(&test_app.app.store, "tu", "Trịnh Tú", &[(Role::Officer, None)]).await;
    let mut vy_without = test_app.signed_in("vy").await;
    assert_eq!(vy_without.get("/").await.leads_to(), "/dang-nhap");
}
