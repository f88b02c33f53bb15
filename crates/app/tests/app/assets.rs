//! Style sheets, scripts, fonts and icons.

use axum::http::StatusCode;

use crate::test_app::TestApp;

#[tokio::test]
async fn a_file_is_kept_for_a_year_under_its_hash_and_not_at_all_under_another() {
    let test_app = TestApp::new().await;
    let mut guest = test_app.browser();
    assert_eq!(guest.get("/assets/0/none.css").await.status, StatusCode::NOT_FOUND);
    let kept = guest.get(&app::assets::address("app.css")).await;
    assert_eq!(kept.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(kept.headers["content-type"], "text/css; charset=utf-8");
    let old = guest.get("/assets/0000/app.css").await;
    assert_eq!(old.status, StatusCode::OK);
    assert_eq!(old.headers["cache-control"], "no-cache");
}
