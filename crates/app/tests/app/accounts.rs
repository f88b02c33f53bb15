//! Accounts at the pages: invited by a link, kept by the administrator, secured by a second factor, lent while away.

use app::totp;
use axum::http::StatusCode;
use store::words::Role;

use crate::browser::{Browser, Seen, between};
use crate::builders::{PASSWORD, account};
use crate::honours::unit;
use crate::test_app::{TestApp, now};

/// Opens an account and returns the path of its link.
async fn invited(test_app: &TestApp, login: &str, role: &str) -> String {
    let mut son = test_app.signed_in("son").await;
    son.get("/quan-tri/tai-khoan/moi").await;
    let fields = [("login", login), ("name", "Trịnh Vy"), ("role", role), ("ly_do", "phân công mới")];
    let given = son.post("/quan-tri/tai-khoan/moi", &fields).await;
    assert_eq!((given.status, given.heading()), (StatusCode::OK, "Đường dẫn dùng một lần"), "{}", given.body);
    let link = between(&given.body, "value=\"http://localhost:8080", "\"").expect("a link");
    link.to_owned()
}

#[tokio::test]
async fn someone_invited_sets_a_password_once_and_signs_in() {
    let test_app = TestApp::new().await;
    let link = invited(&test_app, "vy", "ca-nhan").await;
    let mut vy = test_app.browser();
    assert_eq!(vy.get("/duong-dan/0000").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(vy.get(&link).await.heading(), "Đặt mật khẩu");
    for (password, again, told) in [
        ("ngắn", "ngắn", "ít nhất 10"),
        ("matkhau12345", "matkhau12345", "dễ đoán"),
        (PASSWORD, "khác hẳn", "không giống"),
    ] {
        let refused = vy.post(&link, &[("password", password), ("again", again)]).await;
        assert_eq!((refused.status, refused.body.contains(told)), (StatusCode::UNPROCESSABLE_ENTITY, true), "{told}");
    }
    let set = vy.post(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(set.leads_to(), "/dang-nhap");
    let gone = vy.get(&link).await;
    assert_eq!((gone.status, gone.body.contains("đã được dùng")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    assert_eq!(vy.sign_in("vy").await.leads_to(), "/");
    assert_eq!(vy.get("/tai-khoan").await.heading(), "Tài khoản của tôi");
}

#[tokio::test]
async fn a_form_of_the_administrator_is_refused_with_its_reason_and_by_role() {
    let test_app = TestApp::new().await;
    let mut son = test_app.signed_in("son").await;
    son.get("/quan-tri/tai-khoan/moi").await;
    let taken = [("login", "mai"), ("name", "Ai Đó"), ("role", "ca-nhan"), ("ly_do", "thử")];
    let refused = son.post("/quan-tri/tai-khoan/moi", &taken).await;
    assert_eq!((refused.status, refused.body.contains("đã có")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let list = son.get("/quan-tri/tai-khoan?q=son").await;
    let page = between(&list.body, "href=\"/quan-tri/tai-khoan/0", "\"").expect("a row");
    let acts = format!("/quan-tri/tai-khoan/0{page}/viec");
    let closed = son.post(&acts, &[("viec", "trang-thai"), ("active", "dong"), ("ly_do", "nghỉ")]).await;
    assert_eq!(closed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(closed.body.contains("người quản trị cuối cùng"), "{}", closed.body);
    let silent = son.post(&acts, &[("viec", "trang-thai"), ("active", "dong")]).await;
    assert!(silent.body.contains("Ghi lý do hoặc căn cứ"));
    let mut yen_auditor = test_app.signed_in("yen").await;
    let read = yen_auditor.get(&format!("/quan-tri/tai-khoan/0{page}")).await;
    assert_eq!((read.status, read.body.matches("/viec\"").count()), (StatusCode::OK, 0));
    assert_eq!(yen_auditor.post(&acts, &[("viec", "moi-phien")]).await.status, StatusCode::FORBIDDEN);
    let log = son.get("/quan-tri/nhat-ky?su-kien=role-refused").await;
    assert!(log.body.contains("Vai trò không được phép</td><td>yen"), "{}", log.body);
}

#[tokio::test]
async fn closing_an_account_ends_its_sessions() {
    let test_app = TestApp::new().await;
    let mut mai = test_app.signed_in("mai").await;
    assert_eq!(mai.get("/").await.status, StatusCode::OK);
    let mut son = test_app.signed_in("son").await;
    let list = son.get("/quan-tri/tai-khoan?q=mai").await;
    let page = between(&list.body, "href=\"/quan-tri/tai-khoan/0", "\"").expect("a row");
    let acts = format!("/quan-tri/tai-khoan/0{page}/viec");
    let closed = son.post(&acts, &[("viec", "trang-thai"), ("active", "dong"), ("ly_do", "chuyển công tác")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    assert_eq!(mai.get("/").await.leads_to(), "/dang-nhap");
}

#[tokio::test]
async fn a_second_factor_is_taken_asked_for_and_not_replayed() {
    let test_app = TestApp::new().await;
    let mut son = test_app.signed_in("son").await;
    let page = son.get("/tai-khoan/ma").await;
    let secret = between(&page.body, "id=\"secret\">", "<").expect("a secret").to_owned();
    let sealed = between(&page.body, "name=\"sealed\" value=\"", "\"")
        .expect("sealed")
        .replace("&#43;", "+")
        .replace("&#61;", "=");
    let code = totp::code_at(&secret, now().timestamp()).expect("a code");
    let wrong = son.post("/tai-khoan/ma", &[("sealed", &sealed), ("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let codes = son.post("/tai-khoan/ma", &[("sealed", &sealed), ("code", &code)]).await;
    assert_eq!(codes.heading(), "Mã dự phòng", "{}", codes.body);
    let recovery = between(&codes.body, "<ul class=\"codes\"><li>", "</li>").expect("a recovery code").to_owned();
    let mut again = test_app.browser();
    assert_eq!(again.sign_in("son").await.leads_to(), "/dang-nhap/ma?ve=%2F");
    assert_eq!(again.get("/").await.leads_to(), "/dang-nhap", "half signed in is not signed in");
    again.get("/dang-nhap/ma").await;
    let replayed = again.post("/dang-nhap/ma", &[("code", &code)]).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "the code that enrolled does not open");
    let next = totp::code_at(&secret, now().timestamp() + 30).expect("a code");
    assert_eq!(again.post("/dang-nhap/ma", &[("code", &next)]).await.leads_to(), "/");
    assert_eq!(again.get("/").await.status, StatusCode::OK);
    for (n, leads_to) in [(0, "/"), (1, "")] {
        let mut lost = test_app.browser();
        lost.sign_in("son").await;
        lost.get("/dang-nhap/ma").await;
        assert_eq!(lost.post("/dang-nhap/ma", &[("code", &recovery)]).await.leads_to(), leads_to, "try {n}");
    }
}

#[tokio::test]
async fn who_lacks_a_required_second_factor_is_led_to_take_one() {
    let test_app = TestApp::new().await;
    let mut son = test_app.signed_in("son").await;
    son.get("/quan-tri/hai-lop").await;
    let set = son.post("/quan-tri/hai-lop", &[("role", "thu-ky-hoi-dong"), ("ly_do", "quy chế")]).await;
    assert_eq!(set.leads_to(), "/quan-tri/hai-lop", "{}", set.body);
    let mut ha = test_app.browser();
    assert_eq!(ha.sign_in("ha").await.leads_to(), "/tai-khoan/ma");
    assert_eq!(ha.get("/quyet-dinh").await.leads_to(), "/tai-khoan/ma");
    assert_eq!(ha.get("/tai-khoan/ma").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_delegate_acts_on_behalf_of_the_lender_and_stops_when_it_is_withdrawn() {
    let test_app = TestApp::new().await;
    let vy = account(&test_app.app.store, "vy", "Trịnh Vy", &[(Role::Employee, None)]).await;
    let mut hung = test_app.signed_in("hung").await;
    let page = hung.get("/tai-khoan").await;
    let form = between(&page.body, "name=\"role\">", "</select>").expect("roles");
    let grant = between(form, "value=\"", "\"").expect("a grant").to_owned();
    let vy = vy.to_string();
    let fields =
        [("viec", "uy-quyen"), ("role", &grant), ("account", &vy), ("to", "2026-11-25"), ("ly_do", "nghỉ phép")];
    let unsaid = hung.post("/tai-khoan/viec", &fields[..4]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hung.post("/tai-khoan/viec", &fields).await.leads_to(), "/tai-khoan");
    let mut vy = test_app.browser();
    assert_eq!(vy.sign_in("vy").await.leads_to(), "/vai?ve=%2F");
    let choice = vy.get("/vai").await;
    let mark = format!("uy.{}", between(&choice.body, "value=\"uy.", "\"").expect("the lent role"));
    assert_eq!(vy.post("/vai", &[("role", &mark)]).await.leads_to(), "/");
    let home = vy.get("/").await;
    assert_eq!(home.role(), "Thủ trưởng đơn vị – Vụ Tổ chức cán bộ");
    assert!(home.body.contains("Thay mặt Trần Văn Hùng"));
    let mine = hung.get("/tai-khoan").await;
    let withdraw = between(&mine.body, "value=\"thoi-uy-quyen\"><input type=\"hidden\" name=\"id\" value=\"", "\"");
    let id = withdraw.expect("a delegation").to_owned();
    assert_eq!(hung.post("/tai-khoan/viec", &[("viec", "thoi-uy-quyen"), ("id", &id)]).await.leads_to(), "/tai-khoan");
    assert_eq!(
        vy.get("/").await.role(),
        "Công chức, viên chức, người lao động – Toàn cơ quan".split(" – ").next().unwrap_or_default()
    );
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_needs_the_old_one() {
    let test_app = TestApp::new().await;
    let (mut here, mut there) = (test_app.signed_in("mai").await, test_app.signed_in("mai").await);
    here.get("/tai-khoan").await;
    let fresh = "gió mùa đông bắc";
    let wrong = [("viec", "mat-khau"), ("old", "không phải"), ("password", fresh), ("again", fresh)];
    assert_eq!(here.post("/tai-khoan/viec", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("viec", "mat-khau"), ("old", PASSWORD), ("password", fresh), ("again", fresh)];
    assert_eq!(here.post("/tai-khoan/viec", &right).await.leads_to(), "/tai-khoan");
    assert_eq!(here.get("/").await.status, StatusCode::OK);
    assert_eq!(there.get("/").await.leads_to(), "/dang-nhap");
}

/// An office of a hundred and one more divisions, of which two are called alike.
pub async fn divided(test_app: &TestApp) {
    let store = &test_app.app.store;
    for n in 0..101 {
        unit(store, &format!("Phòng Nội vụ số {n:03}"), &format!("NV{n:03}"), n).await;
    }
}

#[tokio::test]
async fn where_there_are_many_units_the_one_of_a_role_is_found_by_words_and_nothing_is_granted_before() {
    let test_app = TestApp::new().await;
    divided(&test_app).await;
    let mut son = test_app.signed_in("son").await;
    let fresh = son.get("/quan-tri/tai-khoan/moi").await;
    let options =
        |seen: &Seen| between(&seen.body, "name=\"unit\"", "</select>").map(|list| list.matches("<option").count());
    assert_eq!(options(&fresh), Some(1), "the whole office alone");
    let typed = [("login", "vy"), ("name", "Trịnh Vy"), ("role", "can-bo-don-vi"), ("ly_do", "phân công")];
    let seek = async |son: &mut Browser, words: &str| {
        son.post("/quan-tri/tai-khoan/moi", &[&typed[..], &[("unit", ""), ("unit-tim", words)]].concat()).await
    };
    let none = seek(&mut son, "cục không có").await;
    assert_eq!((none.status, options(&none)), (StatusCode::OK, Some(1)));
    assert_eq!(none.body.matches("Không có đơn vị nào có các từ «cục không có».").count(), 1);
    let many = seek(&mut son, "noi vu").await;
    assert_eq!(options(&many), Some(21));
    assert_eq!(many.body.matches("Có hơn 20 đơn vị").count(), 1);
    assert!(many.body.len() <= 40_000, "{} bytes", many.body.len());
    let one = seek(&mut son, "nv007").await;
    assert_eq!((one.heading(), options(&one)), (fresh.heading(), Some(2)));
    assert!(one.body.contains("Phòng Nội vụ số 007 (NV007)</option>"), "{}", one.body);
    assert_eq!(between(&one.body, "id=\"new-login\" name=\"login\" type=\"text\" value=\"", "\""), Some("vy"));
    assert_eq!(son.get("/quan-tri/tai-khoan?q=vy").await.body.matches("Trịnh Vy").count(), 0);
    let list = between(&one.body, "name=\"unit\"", "</select>").expect("a list");
    let id =
        between(list.split("Toàn cơ quan").nth(1).expect("the found"), "value=\"", "\"").expect("an id").to_owned();
    let given = son.post("/quan-tri/tai-khoan/moi", &[&typed[..], &[("unit", &id), ("unit-tim", "")]].concat()).await;
    assert_eq!((given.status, given.heading()), (StatusCode::OK, "Đường dẫn dùng một lần"), "{}", given.body);
    let account = between(&given.body, "href=\"/quan-tri/tai-khoan/", "\"").expect("the account").to_owned();
    let account = format!("/quan-tri/tai-khoan/{account}");
    let page = son.get(&account).await;
    assert_eq!(page.body.matches(" – Phòng Nội vụ số 007</th>").count(), 1, "{}", page.body);
    assert!(page.body.len() <= 40_000, "{} bytes", page.body.len());
    let more = [("viec", "them-vai"), ("role", "can-bo-don-vi"), ("unit-tim", "nv008")];
    let sought = son.post(&format!("{account}/viec"), &more).await;
    assert_eq!((sought.status, options(&sought)), (StatusCode::OK, Some(2)));
    assert_eq!(sought.body.matches("Phòng Nội vụ số 008 (NV008)").count(), 1);
}
