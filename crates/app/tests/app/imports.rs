//! Bringing files in by the pages: read, decided on, entered, given back and undone.

use app::jobs;
use axum::http::StatusCode;
use rules::facts::Sex;
use store::people;

use crate::browser::{Browser, Seen, between};
use crate::builders::PEOPLE;
use crate::honours;
use crate::test_app::{TestApp, now, today};

const GRADES: &str = "Danh sách xếp loại năm 2025,,,,\n\
    STT,Họ và tên,Ngày sinh,Đơn vị,Xếp loại\n\
    1,Đỗ Văn An,01/02/1980,Vụ Tổ chức cán bộ,HTXSNV\n\
    2,Lý Thị Bình,,TCCB,HTTNV\n\
    3,Phan Văn Mới,05/06/1990,TCCB,Hoàn thành nhiệm vụ\n\
    4,Ngô Thị Sai,,Vụ Không Có,Khá\n\
    Người lập biểu,,,,\n";

/// An and Bình of the unit, as the records know them.
async fn known(test_app: &TestApp) {
    let store = &test_app.app.store;
    let an = honours::person(store, "Đỗ Văn An", Sex::Nam, test_app.office.unit).await;
    honours::person(store, "Lý Thị Bình", Sex::Nu, test_app.office.unit).await;
    born(store, an, "1980-02-01").await;
}

async fn born(store: &store::Store, person: uuid::Uuid, born: &str) {
    let content = store.content(app::session::OFFICE, "person", person).await.expect("a store").expect("a person");
    let text = |name: &str| content[name].as_str().map(str::to_owned);
    let corrected = store::records::NewPerson {
        id: person,
        full_name: text("full_name").expect("a name"),
        sex: text("sex").and_then(|sex| store::words::parse(&sex).ok()),
        born: born.parse().ok(),
        recruited: None,
        staff_group: None,
        fictitious: true,
        quotation: None,
        excluded_from_roster: false,
    };
    let step = store.step(app::session::OFFICE, None, now(), "story", async |step| step.correct(corrected).await);
    step.await.expect("a correction");
}

/// Sends a file and reads it as found.
pub async fn sent(test_app: &TestApp, browser: &mut Browser, kind: &str, name: &str, text: &str) -> String {
    browser.get("/nhap-du-lieu").await;
    let seen = browser.upload("/nhap-du-lieu", &[("loai", kind)], name, text.as_bytes()).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    let here = seen.leads_to().to_owned();
    let columns = browser.get(&here).await;
    assert_eq!(columns.status, StatusCode::OK, "{}", columns.body);
    let mut fields = chosen(&columns);
    fields.push(("nam".to_owned(), "2025".to_owned()));
    fields.push(("viec".to_owned(), "doc".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let read = browser.post(&format!("{here}/doc"), &fields).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.body);
    let waiting = browser.get(&here).await;
    assert_eq!(waiting.headers.get("refresh").map(|value| value.as_bytes()), Some(&b"2"[..]));
    assert!(jobs::run_one(&test_app.app).await);
    here
}

/// What the form of columns has chosen by itself.
fn chosen(seen: &Seen) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for select in seen.body.split("<select ").skip(1) {
        let name = between(select, "name=\"", "\"").unwrap_or_default();
        let value = select
            .split("<option value=\"")
            .find(|option| option.split('>').next().is_some_and(|o| o.contains(" selected")));
        let value = value.and_then(|option| option.split('"').next()).unwrap_or_default();
        fields.push((name.to_owned(), value.to_owned()));
    }
    for name in ["tu", "den"] {
        let input = seen.body.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_default();
        fields.push((name.to_owned(), between(input, "value=\"", "\"").unwrap_or_default().to_owned()));
    }
    fields
}

/// The state and the complaint of each row shown.
pub fn rows(seen: &Seen) -> Vec<String> {
    let row = |row: &str| {
        let said = between(row, "<p><span class=\"said", "</p>").and_then(|said| said.split_once('>'));
        said.map_or("", |(_, said)| said).replace("</span>", ":")
    };
    seen.body.split("<li id=\"d-").skip(1).map(row).collect()
}

async fn grades(test_app: &TestApp, name: &str) -> usize {
    let viewer = store::access::Viewer {
        office: app::session::OFFICE,
        account: uuid::Uuid::nil(),
        role: store::words::Role::Officer,
        unit: None,
        person: None,
    };
    let found = people::search(&test_app.app.store, &viewer, name, today(), 5).await.expect("a store");
    let Some(found) = found.first() else {
        return 0;
    };
    let person = people::one(&test_app.app.store, &viewer, found.id, today()).await.expect("a store");
    person.map_or(0, |person| person.records.grades.len())
}

#[tokio::test]
async fn what_is_no_list_is_refused_in_words_and_nothing_is_kept() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/nhap-du-lieu").await;
    let empty = thanh_officer.upload("/nhap-du-lieu", &[("loai", "xep-loai")], "rong.xlsx", b"").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(empty.body.matches("Tệp không có nội dung.").count(), 1);
    let without_kind = thanh_officer.upload("/nhap-du-lieu", &[], "a.csv", b"x").await;
    assert_eq!(without_kind.body.matches("Chưa chọn nội dung các dòng.").count(), 1);
    let picture = b"%PDF-1.7 nothing of a list";
    let picture = thanh_officer.upload("/nhap-du-lieu", &[("loai", "xep-loai")], "a.xlsx", picture).await;
    let columns = thanh_officer.get(picture.leads_to()).await;
    assert_eq!(columns.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(columns.body.matches("Tên tệp là .xlsx nhưng nội dung là .pdf.").count(), 1);
    let forged =
        test_app.signed_in("thanh").await.upload("/nhap-du-lieu", &[("loai", "xep-loai")], "a.csv", b"x").await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn only_who_brings_in_may_and_a_clerk_only_what_a_unit_knows() {
    let test_app = TestApp::new().await;
    for (login, _, role, _) in PEOPLE {
        let mut person = test_app.signed_in(login).await;
        let seen = person.get("/nhap-du-lieu").await;
        let offered = seen.body.matches("<option value=\"").count().saturating_sub(1);
        let expected = match role {
            store::words::Role::Clerk => 3,
            store::words::Role::CouncilSecretary => 6,
            store::words::Role::Officer | store::words::Role::Administrator => 7,
            _ => 0,
        };
        assert_eq!(offered, expected, "{role:?}");
    }
    let mut mai_clerk = test_app.signed_in("mai").await;
    mai_clerk.get("/nhap-du-lieu").await;
    let awards = mai_clerk.upload("/nhap-du-lieu", &[("loai", "khen-thuong")], "a.csv", b"x").await;
    assert_eq!(awards.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_list_is_read_decided_entered_given_back_and_undone() {
    let test_app = TestApp::new().await;
    known(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let here = sent(&test_app, &mut thanh_officer, "xep-loai", "xep-loai.csv", GRADES).await;
    let seen = thanh_officer.get(&here).await;
    assert_eq!(
        rows(&seen),
        [
            "Sẵn sàng:",
            "Cần xác định:",
            "Người hoặc đơn vị mới:",
            "Có lỗi: «Khá» không phải là mức xếp loại; không có đơn vị «Vụ Không Có»; thiếu mức xếp loại",
            "Bỏ qua: ký tên, nơi nhận hoặc ghi chú cuối danh sách: «Người lập biểu»",
        ]
    );
    assert!(seen.body.contains("cùng tên, ở Vụ Tổ chức cán bộ vào lúc đó"));
    thanh_officer.post(&format!("{here}/khop"), &[]).await;
    thanh_officer.get(&here).await;
    let all = thanh_officer.post(&format!("{here}/xac-nhan"), &[("viec", "tat-ca")]).await;
    assert_eq!(all.status, StatusCode::UNPROCESSABLE_ENTITY);
    let confirm = thanh_officer.get(&format!("{here}/xac-nhan")).await;
    assert!(confirm.body.contains("3 dòng sẽ được ghi trong một lần"), "{}", confirm.body);
    let valid = thanh_officer.post(&format!("{here}/xac-nhan"), &[("viec", "phan-dung")]).await;
    assert_eq!(valid.status, StatusCode::SEE_OTHER);
    assert!(jobs::run_one(&test_app.app).await);
    assert_eq!((grades(&test_app, "do van an").await, grades(&test_app, "phan van moi").await), (1, 1));
    let back = thanh_officer.get(&format!("{here}/tep")).await;
    let lines: Vec<&str> = back.body.lines().collect();
    assert!(lines[1].ends_with("Lỗi cần sửa (vinhdanh)"), "{}", lines[1]);
    assert!(lines[5].contains("không có đơn vị «Vụ Không Có»"), "{}", lines[5]);
    thanh_officer.get(&here).await;
    let silent = thanh_officer.post(&format!("{here}/hoan-tac"), &[("ly_do", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    thanh_officer.post(&format!("{here}/hoan-tac"), &[("ly_do", "nhập nhầm năm")]).await;
    assert!(jobs::run_one(&test_app.app).await);
    assert_eq!((grades(&test_app, "do van an").await, grades(&test_app, "phan van moi").await), (0, 0));
    let list = thanh_officer.get("/nhap-du-lieu").await;
    assert_eq!(list.body.matches("Đã hoàn tác").count(), 1);
}

#[tokio::test]
async fn the_same_file_twice_is_told_and_its_columns_are_remembered() {
    let test_app = TestApp::new().await;
    known(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let first = sent(&test_app, &mut thanh_officer, "xep-loai", "xep-loai.csv", GRADES).await;
    thanh_officer.post(&format!("{first}/khop"), &[]).await;
    thanh_officer.post(&format!("{first}/xac-nhan"), &[("viec", "phan-dung")]).await;
    assert!(jobs::run_one(&test_app.app).await);
    let second = sent(&test_app, &mut thanh_officer, "xep-loai", "xep-loai.csv", GRADES).await;
    let seen = thanh_officer.get(&second).await;
    assert!(seen.body.contains("Tệp này đã nhập ngày"), "{}", seen.body);
    assert_eq!(rows(&seen)[0], "Đã có: đã có: Hoàn thành xuất sắc nhiệm vụ");
}

#[tokio::test]
async fn an_import_that_is_stopped_before_it_begins_stands_where_it_stood() {
    let test_app = TestApp::new().await;
    known(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let here = sent(&test_app, &mut thanh_officer, "xep-loai", "xep-loai.csv", GRADES).await;
    thanh_officer.get(&here).await;
    thanh_officer.post(&format!("{here}/xac-nhan"), &[("viec", "phan-dung")]).await;
    let late = thanh_officer.post(&format!("{here}/xac-nhan"), &[("viec", "phan-dung")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    thanh_officer.post(&format!("{here}/dung"), &[]).await;
    assert!(!jobs::run_one(&test_app.app).await);
    assert_eq!(grades(&test_app, "do van an").await, 0);
    assert!(thanh_officer.get(&here).await.body.contains("Xem và xác nhận"));
}

#[tokio::test]
async fn a_clerk_does_not_see_the_files_of_others() {
    let test_app = TestApp::new().await;
    known(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let here = sent(&test_app, &mut thanh_officer, "xep-loai", "xep-loai.csv", GRADES).await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(mai_clerk.get(&here).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mai_clerk.get(&format!("{here}/tep")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mai_clerk.get("/nhap-du-lieu").await.body.matches("xep-loai.csv").count(), 0);
    let own = sent(&test_app, &mut mai_clerk, "xep-loai", "cua-mai.csv", GRADES).await;
    assert_eq!(thanh_officer.get(&own).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_that_ended_meanwhile_enters_nothing_and_the_file_waits() {
    let test_app = TestApp::new().await;
    known(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let here = sent(&test_app, &mut thanh_officer, "xep-loai", "xep-loai.csv", GRADES).await;
    thanh_officer.get(&here).await;
    thanh_officer.cookies.clear();
    let refused = thanh_officer.post(&format!("{here}/xac-nhan"), &[("viec", "phan-dung")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(!jobs::run_one(&test_app.app).await);
    thanh_officer.sign_in("thanh").await;
    assert_eq!(rows(&thanh_officer.get(&here).await).len(), 5);
}

#[tokio::test]
async fn a_printed_list_names_each_row_that_is_no_record_and_an_officer_takes_one_back() {
    let test_app = TestApp::new().await;
    known(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let printed = "STT,Họ và tên,Ngày sinh,Xếp loại\n\
        I. Vụ Tổ chức cán bộ,,,\n\
        1,Đỗ Văn An,01/02/1980,HTXSNV\n\
        STT,Họ và tên,Ngày sinh,Xếp loại\n\
        Lý Thị Bình,,,HTTNV\n\
        ,Cộng: 2 người,,\n\
        ,Lý Thị Bình,,\n\
        ,Tổng cộng: 2 người,,\n\
        ,Người lập biểu,,\n\
        ,Lý Thị Bình,,HTTNV\n";
    let here = sent(&test_app, &mut thanh_officer, "xep-loai", "in.csv", printed).await;
    let seen = thanh_officer.get(&here).await;
    let told = "Đã bỏ qua 6 dòng không phải là dữ liệu: 1 dòng tiêu đề lặp lại, 1 dòng chia nhóm (các dòng bên dưới không \
        ghi đơn vị được hiểu là thuộc nhóm đó), 2 dòng cộng, 2 dòng ký tên, nơi nhận, ghi chú cuối danh sách.";
    assert!(seen.body.contains(told), "{}", seen.body);
    let section = "Bỏ qua: dòng chia nhóm; các dòng bên dưới không ghi đơn vị được hiểu là thuộc «Vụ Tổ chức cán bộ»";
    assert_eq!(
        rows(&seen)[..3],
        [section, "Sẵn sàng:", "Bỏ qua: dòng tiêu đề lặp lại: «STT, Họ và tên, Ngày sinh, Xếp loại»"]
    );
    assert_eq!(rows(&seen)[8], "Bỏ qua: ký tên, nơi nhận hoặc ghi chú cuối danh sách: «Lý Thị Bình, HTTNV»");
    let passed = thanh_officer.get(&format!("{here}?loc=bo-qua")).await;
    assert_eq!(rows(&passed).len(), 6);
    thanh_officer.post(&format!("{here}/dong/10"), &[("viec", "lay-lai")]).await;
    // Below a signature no section holds any more: a name alone never decides.
    assert_eq!(rows(&thanh_officer.get(&here).await)[8], "Cần xác định:");
    thanh_officer.post(&format!("{here}/dong/4"), &[("viec", "lay-lai")]).await;
    let head = &rows(&thanh_officer.get(&here).await)[2];
    assert!(head.starts_with("Có lỗi:") && head.contains("«Xếp loại» không phải là mức xếp loại"), "{head}");
    let back = thanh_officer.get(&format!("{here}/tep")).await;
    assert!(back.body.lines().nth(5).is_some_and(|line| line.ends_with("dòng cộng: «Cộng: 2 người»")), "{}", back.body);
}

#[tokio::test]
async fn an_officer_says_that_the_group_lines_of_a_list_are_no_units() {
    let test_app = TestApp::new().await;
    known(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let list = "STT,Họ và tên,Ngày sinh,Xếp loại\nI. KHỐI CƠ QUAN,,,\n1,Đỗ Văn An,01/02/1980,HTXSNV\n";
    let here = sent(&test_app, &mut thanh_officer, "xep-loai", "khoi.csv", list).await;
    let unread = "Có lỗi: không có đơn vị «KHỐI CƠ QUAN»";
    assert_eq!(rows(&thanh_officer.get(&here).await)[1], unread);
    thanh_officer.post(&format!("{here}/doc-lai"), &[]).await;
    let mut fields = chosen(&thanh_officer.get(&here).await);
    fields.retain(|(name, _)| name != "nhom");
    fields.extend([("nam", "2025"), ("nhom", "khong"), ("viec", "doc")].map(|(n, v)| (n.to_owned(), v.to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    thanh_officer.post(&format!("{here}/doc"), &fields).await;
    assert!(jobs::run_one(&test_app.app).await);
    let seen = thanh_officer.get(&here).await;
    assert_eq!(rows(&seen), ["Bỏ qua: dòng chia nhóm: «I. KHỐI CƠ QUAN»", "Sẵn sàng:"]);
}

#[tokio::test]
async fn a_workbook_with_every_fault_is_read_and_goes_back_as_a_workbook() {
    let test_app = TestApp::new().await;
    let messy = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../intake/tests/files/messy.xlsx"));
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/nhap-du-lieu").await;
    let sent = thanh_officer.upload("/nhap-du-lieu", &[("loai", "ca-nhan")], "ds.xlsx", &messy.expect("a file")).await;
    let here = sent.leads_to().to_owned();
    let columns = thanh_officer.get(&here).await;
    assert!(columns.body.contains("<td>Nguyễn Văn An · Trần Thị Bình"), "{}", columns.body);
    let mut fields = chosen(&columns);
    assert!(fields.contains(&("trang".to_owned(), "1".to_owned())), "{fields:?}");
    // The units of the list are no units of this office.
    fields.iter_mut().filter(|(_, field)| field == "don-vi").for_each(|(_, field)| field.clear());
    fields.push(("viec".to_owned(), "doc".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let read = thanh_officer.post(&format!("{here}/doc"), &fields).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.body);
    assert!(jobs::run_one(&test_app.app).await);
    let seen = thanh_officer.get(&here).await;
    assert!(rows(&seen).len() > 5, "{}", seen.body);
    let back = thanh_officer.get(&format!("{here}/tep")).await;
    assert_eq!((back.status, back.body.starts_with("PK")), (StatusCode::OK, true));
    assert_eq!(
        back.headers.get("content-disposition").map(|value| value.as_bytes()),
        Some(&b"attachment; filename*=UTF-8''ds.xlsx"[..])
    );
}

#[tokio::test]
async fn an_officer_says_in_which_letters_a_list_is_typed_and_it_is_read_so() {
    let test_app = TestApp::new().await;
    known(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/nhap-du-lieu").await;
    let typed = "Ho ten,Nam sinh,Xep loai\n§ç V¨n An,1980,HTTNV\n";
    let sent = thanh_officer.upload("/nhap-du-lieu", &[("loai", "xep-loai")], "cu.csv", typed.as_bytes()).await;
    let here = sent.leads_to().to_owned();
    let shown = |seen: &Seen| between(&seen.body, "</th><td>", "</td>").map(str::to_owned);
    assert_eq!(shown(&thanh_officer.get(&format!("{here}?trang=0&chu=unicode")).await).as_deref(), Some("§ç V¨n An"));
    assert_eq!(shown(&thanh_officer.get(&format!("{here}?trang=0&chu=tcvn3")).await).as_deref(), Some("Đỗ Văn An"));
    let page = thanh_officer.get(&format!("{here}?trang=0&chu=tcvn3")).await;
    let mut fields = chosen(&page);
    assert!(fields.contains(&("chu".to_owned(), "tcvn3".to_owned())), "{fields:?}");
    // Another sheet is looked at before it is read.
    let moved = [fields.clone(), vec![("trang-cu".to_owned(), "7".to_owned()), ("viec".to_owned(), "doc".to_owned())]];
    let moved = moved.concat();
    let moved: Vec<(&str, &str)> = moved.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let looked = thanh_officer.post(&format!("{here}/doc"), &moved).await;
    assert_eq!(looked.leads_to(), format!("{here}?trang=0&nam="));
    fields.extend([("nam".to_owned(), "2025".to_owned()), ("viec".to_owned(), "doc".to_owned())]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    thanh_officer.post(&format!("{here}/doc"), &fields).await;
    assert!(jobs::run_one(&test_app.app).await);
    let read = thanh_officer.get(&here).await;
    assert_eq!(between(&read.body, "<strong>Đỗ", "</strong>"), Some(" Văn An, sinh 1980"), "{}", read.body);
}
