//! The journal's pages: who may read them, what they list, the files they give, and the verification they start.

use app::config::Settings;
use app::jobs;
use app::router::router;
use app::session::OFFICE;
use app::state::App;
use axum::http::StatusCode;
use store::journal::checkpoints;
use store::journal::note::{Note, VerifierKey};
use store::journal::proofs::LeafProof;
use store::words::Role;

use crate::browser::{Browser, Seen, between};
use crate::builders::account;
use crate::test_app::TestApp;

fn rows(seen: &Seen) -> Vec<&str> {
    let rows = seen.body.split("<th scope=\"row\" class=\"number\">").skip(1);
    rows.filter_map(|row| between(row, ">", "</a>")).collect()
}

async fn signed(test_app: &TestApp) {
    let keys = test_app.app.keys().expect("keys");
    let now = test_app.app.settings.clock.now();
    checkpoints::make(&test_app.app.store, OFFICE, &keys.journal, now).await.expect("signed");
}

#[tokio::test]
async fn a_clerk_reads_neither_the_journal_nor_its_files() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    for path in ["/nhat-ky", "/nhat-ky/0", "/nhat-ky/0/bang-chung", "/nhat-ky/khoa", "/nhat-ky/moc"] {
        assert_eq!(mai_clerk.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    mai_clerk.get("/").await;
    assert_eq!(mai_clerk.post("/nhat-ky/kiem-tra", &[]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_cannot_be_read_and_what_is_not_there_is_told() {
    let test_app = TestApp::new().await;
    let mut yen_auditor = test_app.signed_in("yen").await;
    let refused = yen_auditor.get("/nhat-ky?tu=2026-02-31&den=x").await;
    assert_eq!((refused.status, refused.body.matches("aria-invalid").count()), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    for path in ["/nhat-ky/99999", "/nhat-ky/x", "/nhat-ky/0/bang-chung", "/nhat-ky/moc"] {
        assert_eq!(yen_auditor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_auditor_reads_who_did_what_and_takes_the_proof_home() {
    let test_app = TestApp::new().await;
    signed(&test_app).await;
    let mut yen_auditor = test_app.signed_in("yen").await;
    let list = yen_auditor.get("/nhat-ky?loai=unit_name").await;
    assert_eq!((list.status, rows(&list)), (StatusCode::OK, vec!["3"]));
    assert_eq!(list.body.matches("Ghi: Tên gọi của đơn vị").count(), 1);
    let leaf = yen_auditor.get("/nhat-ky/3").await;
    assert_eq!(leaf.heading(), "Lá 3 của sổ nhật ký");
    let key: VerifierKey = yen_auditor.get("/nhat-ky/khoa").await.body.parse().expect("a key");
    let keys = [key];
    let proof = LeafProof::parse(&yen_auditor.get("/nhat-ky/3/bang-chung").await.body).expect("a proof");
    let newest: Note = yen_auditor.get("/nhat-ky/moc").await.body.parse().expect("a note");
    assert_eq!(proof.verified(&keys).expect("it holds"), newest.verified(&keys).expect("it holds"));
}

#[tokio::test]
async fn a_page_of_the_journal_costs_the_same_however_long_it_is() {
    let test_app = TestApp::demonstration().await;
    let store = &test_app.app.store;
    for login in ["hoa", "huong", "hue"] {
        account(store, login, "Chị Hoa", &[(Role::Employee, None)]).await;
    }
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/nhat-ky").await;
    let mut cost = async |path: &str| {
        let before = store.statements();
        let seen = thanh_officer.get(path).await;
        (store.statements() - before, seen)
    };
    let (few, none) = cost("/nhat-ky?loai=removal").await;
    let (many, seen) = cost("/nhat-ky").await;
    assert_eq!((many, rows(&none).len(), rows(&seen).len()), (few, 0, 50));
    assert!(seen.body.len() <= 40_000, "{} bytes", seen.body.len());
    let next = between(&seen.body, "rel=\"next\" href=\"", "\"").expect("a next page").replace("&#38;", "&");
    let (_, rest) = cost(&next).await;
    assert_ne!(rows(&rest), rows(&seen));
}

#[tokio::test]
async fn a_verification_that_was_asked_for_is_made_once_and_tells_its_outcome_after_a_restart_too() {
    let test_app = TestApp::new().await;
    signed(&test_app).await;
    let mut yen_auditor = test_app.signed_in("yen").await;
    let before = yen_auditor.get("/nhat-ky").await;
    assert_eq!(before.body.matches("Chưa kiểm tra sổ lần nào từ trang này.").count(), 1);
    for _ in 0..2 {
        let asked = yen_auditor.post("/nhat-ky/kiem-tra", &[]).await;
        assert_eq!((asked.status, asked.leads_to()), (StatusCode::SEE_OTHER, "/nhat-ky"));
    }
    let waiting = yen_auditor.get("/nhat-ky").await;
    assert_eq!(waiting.body.matches("Đang kiểm tra sổ.").count(), 1);
    assert_eq!(waiting.headers.get("refresh").map(|value| value.as_bytes()), Some(&b"2"[..]));
    assert_eq!([jobs::run_one(&test_app.app).await, jobs::run_one(&test_app.app).await], [true, false]);
    // Another server over the same database, as after a restart.
    let restarted = App::new(test_app.app.store.clone(), Settings::clone(&test_app.app.settings));
    let mut after = Browser::new(router(restarted));
    after.sign_in("yen").await;
    let told = after.get("/nhat-ky").await;
    assert_eq!(told.body.matches("không có sai khác").count(), 1, "{}", told.body);
}
