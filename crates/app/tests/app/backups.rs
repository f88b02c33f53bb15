//! Backups by themselves: made when due and by one server only, kept and given up by age, drilled, and failures told at home.

use app::backup::schedule::{kept, look};
use app::backup::{read, write};
use app::cli::backup;
use app::config::{Mode, Settings};
use app::language::Language;
use app::session::OFFICE;
use app::state::App;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::honours::{Paper, decision};
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
    assert!(son_administrator.get("/quan-tri/sao-luu").await.body.contains("Đang sao lưu."));
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

#[tokio::test]
async fn a_scheduled_backup_that_failed_is_made_again_the_same_day() {
    let test_app = scheduled().await;
    let folder = test_app.app.settings.backups.folder.clone();
    std::fs::write(&folder, "a file where the folder should be").expect("a file");
    look(&test_app.app, now()).await.expect("a look");
    std::fs::remove_file(&folder).expect("the administrator mends it");
    look(&test_app.app, now() + TimeDelta::minutes(29)).await.expect("a look too early");
    assert_eq!(lying(&test_app).len(), 0);
    look(&test_app.app, now() + TimeDelta::minutes(30)).await.expect("a look half an hour later");
    look(&test_app.app, now() + TimeDelta::hours(2)).await.expect("a look after it went well");
    assert_eq!(lying(&test_app), [now() + TimeDelta::minutes(30)]);
    let mut son_administrator = test_app.signed_in("son").await;
    let home = son_administrator.get("/").await;
    assert_eq!(home.body.matches("Lần sao lưu gần nhất không thành công").count(), 0);
}

#[tokio::test]
async fn of_two_backups_into_one_folder_at_once_the_second_is_refused_in_words() {
    let test_app = TestApp::new().await;
    let folder = test_app.app.settings.backups.folder.clone();
    std::fs::create_dir_all(&folder).expect("a folder");
    let first = std::fs::File::open(&folder).expect("the folder");
    first.lock().expect("the first holds it");
    let (store, files) = (&test_app.app.store, &test_app.app.settings.files);
    let second = write::write(store, files, &folder.join("hai.tar.zst"), now()).await;
    let second = backup::failure(&second.expect_err("refused"), &folder, &test_app.app.settings);
    assert_eq!(second.json(Language::Vi)["error"]["message"], "Đang có một lần sao lưu khác vào cùng thư mục.");
    drop(first);
    write::write(store, files, &folder.join("hai.tar.zst"), now()).await.expect("made once the first is done");
    let lies = std::fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    assert_eq!(lies.collect::<Vec<_>>(), ["hai.tar.zst"]);
}

#[tokio::test]
async fn only_the_administrator_takes_a_backup_home_and_the_log_says_so() {
    let test_app = TestApp::new().await;
    let mut son_administrator = test_app.signed_in("son").await;
    son_administrator.get("/quan-tri/sao-luu").await;
    son_administrator.post("/quan-tri/sao-luu", &[]).await;
    look(&test_app.app, now()).await.expect("a look");
    let lies = kept(&test_app.app.settings.backups.folder);
    let file = lies[0].path.file_name().expect("a name").to_string_lossy().into_owned();
    let address = format!("/quan-tri/sao-luu/{file}");
    let mut yen_auditor = test_app.signed_in("yen").await;
    assert_eq!(yen_auditor.get("/quan-tri/sao-luu").await.body.matches(&address).count(), 0);
    assert_eq!(yen_auditor.get(&address).await.status, StatusCode::FORBIDDEN);
    for foreign in ["khac.tar.zst", "..%2Ftest.db", "vinhdanh-20000101T000000Z.tar.zst"] {
        let seen = son_administrator.get(&format!("/quan-tri/sao-luu/{foreign}")).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{foreign}");
    }
    assert_eq!(son_administrator.get("/quan-tri/sao-luu").await.body.matches(&address).count(), 1);
    let taken = son_administrator.get(&address).await;
    assert_eq!(taken.status, StatusCode::OK);
    assert_eq!(taken.headers["content-length"].to_str().ok(), Some(lies[0].size.to_string().as_str()));
    let log = yen_auditor.get("/quan-tri/nhat-ky?su-kien=backup-taken").await;
    assert_eq!(log.body.matches(&format!("<td>{file}</td>")).count(), 1, "{}", log.body);
}

#[tokio::test]
async fn rows_of_many_megabytes_come_back_from_a_backup_as_they_were() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let summary = "Về việc tặng Bằng khen; ".repeat(400_000);
    let mut decisions = Vec::new();
    for number in ["MH-001", "MH-002", "MH-003"] {
        let paper = Paper { number, issuer: "VPCP", day: "2021-02-25", summary: &summary };
        decisions.push(decision(store, &paper, &[]).await);
    }
    let (files, folder) = (&test_app.app.settings.files, &test_app.app.settings.backups.folder);
    let target = folder.join("lon.tar.zst");
    write::write(store, files, &target, now()).await.expect("a backup");
    let restored = TestApp::empty(Mode::Office).await;
    read::restore(&target, &restored.app.store, &restored.app.settings.files).await.expect("restored");
    for decision in decisions {
        let content = restored.app.store.content(OFFICE, "decision", decision).await.expect("a store");
        assert!(content.as_ref().is_some_and(|content| content["summary"].as_str() == Some(summary.as_str())));
        assert!(content == store.content(OFFICE, "decision", decision).await.expect("a store"));
    }
}

#[tokio::test]
async fn a_scheduled_drill_that_failed_is_told_and_done_again_the_same_day() {
    let test_app = scheduled().await;
    let folder = test_app.app.settings.backups.folder.clone();
    std::fs::create_dir_all(&folder).expect("a folder");
    let torn = folder.join(backup::name(now() + TimeDelta::minutes(1)));
    std::fs::write(&torn, "the newest backup, torn on its way").expect("a file");
    look(&test_app.app, now()).await.expect("a look");
    let mut son_administrator = test_app.signed_in("son").await;
    let failed = "Lần kiểm tra phục hồi gần nhất không thành công";
    assert_eq!(son_administrator.get("/").await.body.matches(failed).count(), 1);
    std::fs::remove_file(&torn).expect("the administrator mends it");
    look(&test_app.app, now() + TimeDelta::minutes(29)).await.expect("a look too early");
    assert_eq!(son_administrator.get("/").await.body.matches(failed).count(), 1);
    look(&test_app.app, now() + TimeDelta::minutes(30)).await.expect("a look half an hour later");
    assert_eq!(son_administrator.get("/").await.body.matches(failed).count(), 0);
    assert_eq!(son_administrator.get("/quan-tri/sao-luu").await.body.matches("Phục hồi thử được").count(), 1);
}

#[tokio::test]
async fn a_backup_made_after_the_clock_was_set_back_stays_beside_the_one_of_a_later_time() {
    let test_app = scheduled().await;
    let folder = &test_app.app.settings.backups.folder;
    let later = now() + TimeDelta::hours(5);
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join(backup::name(later)), "made while the clock was wrong").expect("a file");
    look(&test_app.app, now()).await.expect("a look");
    assert_eq!(lying(&test_app), [later, now()]);
}
