//! Backups by themselves: made when due and by one server only, kept and given up by age, drilled, and failures told at home.

use app::backup::schedule::{kept, look};
use app::config::Settings;
use app::state::App;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::test_app::{TestApp, now};

/// An office whose backups are made at half past two in the morning, as on the day itself.
async fn scheduled() -> TestApp {
    let mut test_app = TestApp::new().await;
    test_app.app = by_schedule(&test_app);
    test_app
}

/// The instants of the backups that lie in the folder, the newest first.
fn lying(test_app: &TestApp) -> Vec<DateTime<Utc>> {
    kept(&test_app.app.settings.backups.folder).into_iter().map(|backup| backup.made).collect()
}

#[tokio::test]
async fn a_day_has_one_backup_however_often_servers_look() {
    let test_app = scheduled().await;
    look(&test_app.app, now()).await.expect("a look");
    look(&test_app.app, now() + TimeDelta::minutes(1)).await.expect("another look");
    assert_eq!(lying(&test_app).len(), 1);
    let next_day = now() + TimeDelta::days(1);
    look(&test_app.app, next_day).await.expect("a look on the next day");
    assert_eq!(lying(&test_app).first().map(DateTime::timestamp), Some(next_day.timestamp()));
    assert_eq!(lying(&test_app).len(), 2);
}

#[tokio::test]
async fn a_backup_asked_for_is_made_and_shown_with_its_drill() {
    let test_app = TestApp::new().await;
    let mut son_administrator = test_app.signed_in("son").await;
    let page = son_administrator.get("/quan-tri/sao-luu").await;
    assert!(page.body.contains("Chưa có bản sao lưu nào"), "{}", page.body);
    let asked = son_administrator.post("/quan-tri/sao-luu", &[]).await;
    assert_eq!((asked.status, asked.leads_to()), (StatusCode::SEE_OTHER, "/quan-tri/sao-luu"));
    assert!(son_administrator.get("/quan-tri/sao-luu").await.body.contains("Đang chờ hoặc đang sao lưu."));
    look(&test_app.app, now()).await.expect("a look");
    let page = son_administrator.get("/quan-tri/sao-luu").await;
    assert!(page.body.contains("Chưa kiểm tra") && page.body.contains(".tar.zst"), "{}", page.body);

    let drilled = by_schedule(&test_app);
    look(&drilled, now() + TimeDelta::minutes(1)).await.expect("a look by schedule");
    let page = son_administrator.get("/quan-tri/sao-luu").await;
    assert!(page.body.contains("Phục hồi thử được"), "{}", page.body);
}

/// The same office with a schedule.
fn by_schedule(test_app: &TestApp) -> App {
    let mut settings = Settings::clone(&test_app.app.settings);
    settings.backups.at = NaiveTime::from_hms_opt(2, 30, 0);
    App::new(test_app.app.store.clone(), settings)
}

#[tokio::test]
async fn a_backup_that_fails_is_told_at_home_and_the_auditor_only_looks() {
    let test_app = scheduled().await;
    std::fs::write(&test_app.app.settings.backups.folder, "a file where the folder should be").expect("a file");
    look(&test_app.app, now()).await.expect("a look");
    let mut son_administrator = test_app.signed_in("son").await;
    assert!(son_administrator.get("/").await.body.contains("Lần sao lưu gần nhất không thành công"));
    let mut yen_auditor = test_app.signed_in("yen").await;
    let page = yen_auditor.get("/quan-tri/sao-luu").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Sao lưu ngay</button>"));
    assert_eq!(yen_auditor.post("/quan-tri/sao-luu", &[]).await.status, StatusCode::FORBIDDEN);
}
