//! What the machine that watches over the program asks.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;

use crate::test_app::TestApp;

#[tokio::test]
async fn a_program_that_was_told_to_stop_lives_but_is_not_ready() {
    let test_app = TestApp::new().await;
    let mut watcher = test_app.browser();
    assert_eq!(watcher.get("/readyz").await.body, "ready\n");
    test_app.app.stopping.store(true, Ordering::Relaxed);
    let stopping = watcher.get("/readyz").await;
    assert_eq!((stopping.status, stopping.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "stopping\n"));
    assert_eq!(watcher.get("/healthz").await.body, "ok\n");
}

#[tokio::test]
async fn the_counters_tell_answers_and_sign_ins() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    mai_clerk.get("/khong-co").await;
    let counted = mai_clerk.get("/metrics").await.body;
    let line = |name: &str| counted.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).map(str::to_owned);
    assert_eq!(line("http_requests_total{class=\"2xx\"}"), Some("1".to_owned()));
    assert_eq!(line("http_requests_total{class=\"3xx\"}"), Some("1".to_owned()));
    assert_eq!(line("http_requests_total{class=\"4xx\"}"), Some("1".to_owned()));
    assert_eq!(line("http_request_duration_seconds_count"), Some("3".to_owned()));
    assert_eq!(line("sign_ins_total "), Some("1".to_owned()));
}
