//! Files of a decision: what comes in, what is refused and leaves nothing behind, and who may open it.

use std::path::Path;

use app::backup::{read, write};
use app::config::Mode;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use rules::facts::Sex;
use store::words::PostLevel;
use uuid::Uuid;

use crate::browser::{Browser, between};
use crate::honours::{Honour, Paper, To, decision, person};
use crate::test_app::{TestApp, now};

const PDF: &[u8] = b"%PDF-1.7\nmot trang\n%%EOF\n";

/// A decision with one line, and its address.
async fn one(test_app: &TestApp) -> String {
    let store = &test_app.app.store;
    let unit = test_app.office.unit;
    let hoa = person(store, "Trần Thị Hoa", Sex::Nu, unit).await;
    let paper = Paper { number: "12", issuer: "VPCP", day: "2025-06-16", summary: "Về việc tặng Bằng khen" };
    let honour =
        Honour { award: "bang-khen-bo", to: To::Person(hoa, unit), year: None, level: Some(PostLevel::TrucTiep) };
    decision(store, &paper, &[honour]).await.to_string()
}

/// Every file in the folder of files.
fn kept(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries.map(|entry| entry.expect("an entry").path()).map(|path| if path.is_dir() { kept(&path) } else { 1 }).sum()
}

async fn keeper(test_app: &TestApp, id: &str) -> Browser {
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get(&format!("/quyet-dinh/{id}")).await;
    thanh_officer
}

#[tokio::test]
async fn what_is_no_scan_or_cut_off_or_too_large_is_refused_and_leaves_nothing() {
    let test_app = TestApp::new().await;
    let id = one(&test_app).await;
    let mut thanh_officer = keeper(&test_app, &id).await;
    let to = format!("/dinh-kem/decision/{id}");
    let macros = b"PK\x03\x04[Content_Types].xml word/document.xml word/vbaProject.bin PK\x05\x06".to_vec();
    let page = b"<!DOCTYPE html><script>alert(1)</script>".to_vec();
    for (name, bytes) in [
        ("qd.pdf", page),
        ("qd.pdf", b"%PDF-1.7\nbi cat".to_vec()),
        ("qd.docx", macros),
        ("qd.png", b"\x89PNG\r\n\x1a\nbi cat".to_vec()),
        ("qd.tif", b"II*\0\xff\xff\xff\x7f".to_vec()),
        ("qd.pdf", Vec::new()),
    ] {
        let refused = thanh_officer.post_file(&to, "/", name, &bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(refused.body.matches("Tệp không phải PDF").count(), 1, "{name}");
    }
    let mut large = b"%PDF-1.7\n".to_vec();
    large.resize(usize::try_from(app::files::LARGEST).expect("a size") + 1, b' ');
    assert_eq!(thanh_officer.post_file(&to, "/", "qd.pdf", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let token = thanh_officer.token().to_owned();
    let cut = format!(
        "--ranh\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--ranh\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7"
    );
    let broken = thanh_officer.post_bytes(&to, "multipart/form-data; boundary=ranh", cut.into_bytes()).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(broken.body.matches("Tệp bị đứt giữa chừng").count(), 1);
    assert_eq!(kept(&test_app.app.settings.files), 0);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_takes_no_file_and_enters_no_record() {
    let test_app = TestApp::new().await;
    let id = one(&test_app).await;
    let mut thanh_officer = keeper(&test_app, &id).await;
    std::fs::create_dir_all(test_app.app.settings.files.parent().expect("a folder")).expect("a folder");
    std::fs::write(&test_app.app.settings.files, "không phải thư mục").expect("a file");
    let failed = thanh_officer.post_file(&format!("/dinh-kem/decision/{id}"), "/", "qd.pdf", PDF).await;
    assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(thanh_officer.get(&format!("/quyet-dinh/{id}")).await.body.matches("href=\"/tep/").count(), 0);
}

#[tokio::test]
async fn a_form_without_its_token_brings_no_file_and_a_large_form_comes_in_nowhere_else() {
    let test_app = TestApp::new().await;
    let id = one(&test_app).await;
    let mut thanh_officer = keeper(&test_app, &id).await;
    let to = format!("/dinh-kem/decision/{id}");
    let bare = thanh_officer.post_parts(&to, &[("ve", "/")], "qd.pdf", PDF).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN);
    let wrong = thanh_officer.post_parts(&to, &[("csrf", "0000")], "qd.pdf", PDF).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    let elsewhere = thanh_officer.post_file("/quyet-dinh/du-thao", "/", "qd.pdf", PDF).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let large = vec![b'a'; 2 << 20];
    let form = thanh_officer.post_bytes("/quyet-dinh/du-thao", "application/x-www-form-urlencoded", large).await;
    assert_eq!(form.status, StatusCode::PAYLOAD_TOO_LARGE);
    let nowhere = thanh_officer.post_file(&format!("/dinh-kem/khong-co/{id}"), "/", "qd.pdf", PDF).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let nobody = thanh_officer.post_file(&format!("/dinh-kem/decision/{}", Uuid::nil()), "/", "qd.pdf", PDF).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    let mut mai_clerk = keeper(&test_app, &id).await;
    mai_clerk.sign_in("mai").await;
    mai_clerk.get("/quyet-dinh").await;
    assert_eq!(mai_clerk.post_file(&to, "/", "qd.pdf", PDF).await.status, StatusCode::FORBIDDEN);
    assert_eq!(kept(&test_app.app.settings.files), 0);
}

#[tokio::test]
async fn a_scan_comes_in_under_a_random_name_and_goes_out_to_those_who_read_the_office() {
    let test_app = TestApp::new().await;
    let id = one(&test_app).await;
    let mut thanh_officer = keeper(&test_app, &id).await;
    let here = format!("/quyet-dinh/{id}");
    let sent =
        thanh_officer.post_file(&format!("/dinh-kem/decision/{id}"), &here, "../../Quyết định 12.pdf", PDF).await;
    assert_eq!((sent.status, sent.leads_to()), (StatusCode::SEE_OTHER, here.as_str()));
    assert_eq!(kept(&test_app.app.settings.files), 1);
    let page = thanh_officer.get(&here).await;
    let href = between(&page.body, "<a href=\"/tep/", "\"").expect("a file").to_owned();
    let file = thanh_officer.get(&format!("/tep/{href}")).await;
    assert_eq!(file.body.as_bytes(), PDF);
    let header = |name| file.headers.get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header(CONTENT_TYPE), Some("application/pdf"));
    assert_eq!(
        header(CONTENT_DISPOSITION),
        Some("attachment; filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%2012.pdf")
    );
    assert_eq!(file.headers.get("x-content-type-options").and_then(|value| value.to_str().ok()), Some("nosniff"));
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(mai_clerk.get(&format!("/tep/{href}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mai_clerk.get(&here).await.body.matches("href=\"/tep/").count(), 0);
    let mut guest = test_app.browser();
    assert_eq!(guest.get(&format!("/tep/{href}")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_scan_and_a_list_brought_in_come_back_from_a_backup_and_open_again() {
    let test_app = TestApp::new().await;
    let id = one(&test_app).await;
    let mut thanh_officer = keeper(&test_app, &id).await;
    let here = format!("/quyet-dinh/{id}");
    thanh_officer.post_file(&format!("/dinh-kem/decision/{id}"), &here, "qd.pdf", PDF).await;
    let href = between(&thanh_officer.get(&here).await.body, "<a href=\"/tep/", "\"").expect("a file").to_owned();
    let list = "Họ và tên,Năm sinh\nLê Văn Bình,1985\n";
    let list = thanh_officer.upload("/nhap-du-lieu", &[("loai", "ca-nhan")], "ds.csv", list.as_bytes()).await;
    let target = test_app.app.settings.backups.folder.join("mot.tar.zst");
    let made = write::write(&test_app.app.store, &test_app.app.settings.files, &target, now()).await.expect("made");
    assert_eq!((made.manifest.files.len(), made.manifest.missing), (2, Vec::new()));

    let restored = TestApp::empty(Mode::Office).await;
    read::restore(&target, &restored.app.store, &restored.app.settings.files).await.expect("restored");
    assert_eq!(kept(&restored.app.settings.files), 2);
    let mut after = restored.signed_in("thanh").await;
    assert_eq!(after.get(&format!("/tep/{href}")).await.body.as_bytes(), PDF);
    assert_eq!(after.get(list.leads_to()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_lies_in_the_folder_without_a_record_is_swept_after_a_day_and_nothing_else() {
    let test_app = TestApp::new().await;
    let id = one(&test_app).await;
    let mut thanh_officer = keeper(&test_app, &id).await;
    thanh_officer.post_file(&format!("/dinh-kem/decision/{id}"), "/", "qd.pdf", PDF).await;
    let folder = test_app.app.settings.files.clone();
    let orphan = app::files::place(&folder, &"ab".repeat(32));
    std::fs::create_dir_all(orphan.parent().expect("a folder")).expect("a folder");
    std::fs::write(&orphan, PDF).expect("a file");
    std::fs::write(folder.join("DOC-TOI.txt"), "giữ lại").expect("a file");
    let later = chrono_days(&orphan, 2);
    assert_eq!(app::files::sweep(&test_app.app, now() - chrono::TimeDelta::days(4000)).await, Ok(0));
    assert_eq!(app::files::sweep(&test_app.app, later).await, Ok(1));
    assert_eq!(kept(&folder), 2);
}

/// So many days after a file was written.
fn chrono_days(file: &Path, days: i64) -> chrono::DateTime<chrono::Utc> {
    let written = std::fs::metadata(file).and_then(|file| file.modified()).expect("a time");
    chrono::DateTime::<chrono::Utc>::from(written) + chrono::TimeDelta::days(days)
}
