//! The register of decisions: drafts, entering, later documents and corrections, as its keepers meet them.

use axum::http::StatusCode;
use rules::facts::Sex;
use uuid::Uuid;

use crate::browser::{Browser, Seen, between};
use crate::honours::{person, unit};
use crate::test_app::TestApp;

const DRAFTS: &str = "/quyet-dinh/du-thao";

/// The fields of a decision of the office itself, number 12 of 2025.
pub fn paper() -> Vec<(&'static str, &'static str)> {
    vec![
        ("do-mat", "thuong"),
        ("loai-co-quan", "co-quan-minh"),
        ("co-quan", "VPCP"),
        ("so", "12"),
        ("ky-hieu", "QĐ-VPCP"),
        ("ngay", "16/06/2025"),
        ("nam", ""),
        ("tham-quyen", "Bộ trưởng, Chủ nhiệm"),
        ("nguoi-ky", "Đỗ Quang Khải"),
        ("tu-cach", "kt"),
        ("chuc-vu-ky", "Phó Chủ nhiệm"),
        ("trich-yeu", "Về việc tặng Bằng khen"),
        ("ban-giay", "ban-chinh"),
        ("chung-minh", ""),
        ("ly-do-trung", ""),
        ("tinh", "co"),
        ("can-cu", ""),
    ]
}

/// The same fields, some of them otherwise.
fn but(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields = paper();
    fields.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    fields.extend(changed);
    fields
}

/// Begins a draft and opens it.
pub async fn begin(keeper: &mut Browser) -> String {
    keeper.get(DRAFTS).await;
    let begun = keeper.post(DRAFTS, &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let draft = begun.leads_to().to_owned();
    keeper.get(&draft).await;
    draft
}

/// Presses a button of a draft with these fields, and opens where it leads.
pub async fn press(keeper: &mut Browser, draft: &str, fields: &[(&str, &str)], button: &str) -> Seen {
    let open = keeper.get(draft).await;
    let version = between(&open.body, "name=\"phien\" value=\"", "\"").expect("a version").to_owned();
    let mut fields = fields.to_vec();
    fields.extend([("phien", version.as_str()), ("viec", button)]);
    let answer = keeper.post(draft, &fields).await;
    if answer.status == StatusCode::SEE_OTHER {
        let next = answer.leads_to().split('#').next().expect("an address").to_owned();
        return keeper.get(&next).await;
    }
    answer
}

pub fn adding(names: &str) -> Vec<(&str, &str)> {
    vec![
        ("danh-hieu", "bang-khen-bo"),
        ("loai-hinh", "cong-trang"),
        ("tu-nam", "2020"),
        ("den-nam", "2024"),
        ("danh-sach", names),
    ]
}

/// An office with two people of one name in two units, and a third person.
async fn office() -> (TestApp, [Uuid; 3]) {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let law = unit(store, "Vụ Pháp luật", "PL", 2).await;
    let own = test_app.office.unit;
    let hoa = person(store, "Trần Thị Hoa", Sex::Nu, own).await;
    let other = person(store, "Trần Thị Hoà", Sex::Nu, law).await;
    let binh = person(store, "Lê Văn Bình", Sex::Nam, law).await;
    (test_app, [hoa, other, binh])
}

/// The address of the one decision that is listed.
async fn listed(keeper: &mut Browser) -> String {
    let list = keeper.get("/quyet-dinh").await;
    let href = between(&list.body, "<a class=\"nowrap\" href=\"", "\"").expect("a decision");
    href.to_owned()
}

/// Enters number 12 with Bình's certificate and returns its address.
async fn entered(keeper: &mut Browser) -> String {
    let draft = begin(keeper).await;
    press(keeper, &draft, &[paper(), adding("le van binh")].concat(), "them").await;
    press(keeper, &draft, &[], "ghi").await;
    listed(keeper).await
}

#[tokio::test]
async fn what_lacks_or_cannot_be_is_told_beside_its_field_and_nothing_is_entered() {
    let (test_app, _) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begin(&mut thanh_officer).await;
    let fields = but(&[("so", ""), ("ngay", "31/06/2025"), ("ban-giay", "mat"), ("loai-co-quan", "dang")]);
    let seen = press(&mut thanh_officer, &draft, &fields, "ghi").await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(seen.body.matches("aria-invalid=\"true\"").count(), 4, "number, day, proof and ground");
    assert_eq!(seen.body.matches("Danh sách chưa có dòng nào.").count(), 1);
    let again = thanh_officer.get(&draft).await;
    assert_eq!(between(&again.body, "name=\"trich-yeu\" rows=\"2\">", "<"), Some("Về việc tặng Bằng khen"));
    let ahead = press(&mut thanh_officer, &draft, &but(&[("ngay", "24/11/2026")]), "ghi").await;
    assert_eq!(ahead.body.matches("Ngày này chưa đến.").count(), 1);
}

#[tokio::test]
async fn a_secret_paper_is_refused_and_nothing_of_it_is_kept() {
    let (test_app, _) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begin(&mut thanh_officer).await;
    let fields = but(&[("do-mat", "mat"), ("trich-yeu", "Chuyện kín")]);
    let refused = press(&mut thanh_officer, &draft, &fields, "luu").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.body.matches("Văn bản mang độ mật không được đưa vào hệ thống").count(), 1);
    let again = thanh_officer.get(&draft).await;
    assert_eq!(again.body.matches("Chuyện kín").count(), 0);
}

#[tokio::test]
async fn a_draft_is_its_owners_and_the_second_window_is_told() {
    let (test_app, _) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begin(&mut thanh_officer).await;
    let mut ha_secretary = test_app.signed_in("ha").await;
    assert_eq!(ha_secretary.get(&draft).await.status, StatusCode::NOT_FOUND);
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(mai_clerk.get(DRAFTS).await.status, StatusCode::FORBIDDEN);
    let fields = [paper(), vec![("phien", "1"), ("viec", "luu")]].concat();
    let late = thanh_officer.post(&draft, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(between(&late.body, "name=\"so\" type=\"text\" value=\"", "\""), Some("12"), "what was typed is kept");
}

#[tokio::test]
async fn names_are_matched_told_apart_and_entered_with_one_press() {
    let (test_app, [hoa, other, _]) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begin(&mut thanh_officer).await;
    let names = "1. tran thi hoa\n2. Lê Văn Bình\n3. Vũ Thị Khách\n4. Trần Thị Hoa; PL";
    let seen = press(&mut thanh_officer, &draft, &[paper(), adding(names)].concat(), "them").await;
    assert_eq!(seen.body.matches("name=\"ai-").count(), 2, "two bear the first name, nobody the third");
    assert_eq!(seen.body.matches("name=\"ai-0\"").count(), 1);
    let refused = press(&mut thanh_officer, &draft, &[], "ghi").await;
    assert_eq!(
        (refused.status, refused.body.matches("Chưa rõ là ai.").count() > 0),
        (StatusCode::UNPROCESSABLE_ENTITY, true)
    );
    let hoa_value = format!("ca-nhan.{}", hoa.simple());
    assert_eq!(seen.body.matches(&format!("value=\"ca-nhan.{}\"", other.simple())).count(), 1);
    let told = [("ai-0", hoa_value.as_str()), ("ai-2", "ngoai.ca-nhan")];
    let seen = press(&mut thanh_officer, &draft, &told, "luu").await;
    assert_eq!(seen.body.matches("name=\"ai-").count(), 0);
    let entered = press(&mut thanh_officer, &draft, &[], "ghi").await;
    assert_eq!(entered.heading(), "Quyết định số 12/QĐ-VPCP ngày 16/06/2025");
    for name in ["Trần Thị Hoa", "Trần Thị Hoà", "Lê Văn Bình", "Vũ Thị Khách"] {
        assert!(entered.body.contains(&format!(">{name}</a>")), "{name}");
    }
    assert_eq!(entered.body.matches("Đỗ Quang Khải (KT. Phó Chủ nhiệm)").count(), 1);
    assert_eq!(thanh_officer.get(&draft).await.status, StatusCode::NOT_FOUND);
    let found = thanh_officer.get("/quyet-dinh?q=vu+thi+khach").await;
    assert_eq!(found.body.matches("12/QĐ-VPCP").count(), 1);
}

#[tokio::test]
async fn a_number_that_is_borne_is_refused_and_an_older_twin_needs_a_reason() {
    let (test_app, _) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    entered(&mut thanh_officer).await;
    let draft = begin(&mut thanh_officer).await;
    let names = adding("lê văn bình");
    press(&mut thanh_officer, &draft, &[paper(), names].concat(), "them").await;
    let taken = press(&mut thanh_officer, &draft, &[], "ghi").await;
    assert_eq!(taken.body.matches("Số này đã có quyết định khác mang.").count(), 1);
    let twin = press(&mut thanh_officer, &draft, &but(&[("co-truoc", "co")]), "ghi").await;
    assert_eq!(twin.body.matches("Số này đã có; hãy ghi lý do trùng số.").count(), 1);
    let why = but(&[("co-truoc", "co"), ("ly-do-trung", "Văn thư cấp trùng số")]);
    let second = press(&mut thanh_officer, &draft, &why, "ghi").await;
    assert_eq!(second.body.matches("đây là bản thứ 2").count(), 1);
    let draft = begin(&mut thanh_officer).await;
    let next = press(&mut thanh_officer, &draft, &but(&[("so", "")]), "so").await;
    assert_eq!(between(&next.body, "name=\"so\" type=\"text\" value=\"", "\""), Some("13"));
}

#[tokio::test]
async fn a_line_is_revoked_and_restored_and_the_slower_officer_is_told() {
    let (test_app, _) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let decision = entered(&mut thanh_officer).await;
    let page = thanh_officer.get(&decision).await;
    let line = between(&page.body, "\"dong/", "\"").expect("a line").to_owned();
    let revoke = format!("{decision}/viec/thu-hoi?dong={line}");
    let form = thanh_officer.get(&revoke).await;
    let after = between(&form.body, "name=\"after\" value=\"", "\"").expect("a step").to_owned();
    let document = |after: &str| {
        vec![
            ("after", after.to_owned()),
            ("dong", Uuid::parse_str(&line).expect("an id").to_string()),
            ("van-ban", "Quyết định số 30/QĐ-VPCP".to_owned()),
            ("ngay-van-ban", "01/03/2026".to_owned()),
            ("co-quan", "Văn phòng Chính phủ".to_owned()),
            ("ly-do", "khai sai thành tích".to_owned()),
            ("hinh-thuc", "huy-bo".to_owned()),
        ]
    };
    let send = async |browser: &mut Browser, act: &str, fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&format!("{decision}/viec/{act}"), &fields).await
    };
    let early = [document(&after), vec![("tu-ngay", "01/01/2025".to_owned())]].concat();
    let early = send(&mut thanh_officer, "thu-hoi", early).await;
    assert_eq!(
        (early.status, early.body.matches("Ngày này trước ngày quyết định.").count()),
        (StatusCode::UNPROCESSABLE_ENTITY, 1)
    );
    assert_eq!(send(&mut thanh_officer, "thu-hoi", document(&after)).await.status, StatusCode::SEE_OTHER);
    let late = send(&mut thanh_officer, "thu-hoi", document(&after)).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.body.matches("Người khác vừa ghi vào quyết định này.").count(), 1);
    let told = "Hủy bỏ từ ngày 01/03/2026 theo Quyết định số 30/QĐ-VPCP của Văn phòng Chính phủ";
    let seen = thanh_officer.get(&decision).await;
    assert_eq!((seen.body.matches("class=\"gone\"").count(), seen.body.matches(told).count() >= 1), (1, true));
    assert_eq!(
        thanh_officer.get(&format!("{decision}?ngay=2026-02-28")).await.body.matches("class=\"gone\"").count(),
        0
    );
    let form = thanh_officer.get(&format!("{decision}/viec/khoi-phuc?dong={line}")).await;
    let after = between(&form.body, "name=\"after\" value=\"", "\"").expect("a step").to_owned();
    let select = between(&form.body, "name=\"thu-hoi\"", "</select>").expect("revocations");
    let end = between(select, "option value=\"", "\"").expect("an end").to_owned();
    let back = [document(&after), vec![("thu-hoi", end), ("ngay-van-ban", "01/06/2026".to_owned())]].concat();
    let back: Vec<_> =
        back.into_iter().filter(|(name, value)| *name != "ngay-van-ban" || value.ends_with("06/2026")).collect();
    assert_eq!(send(&mut thanh_officer, "khoi-phuc", back).await.status, StatusCode::SEE_OTHER);
    let seen = thanh_officer.get(&decision).await;
    assert_eq!(
        (seen.body.matches("class=\"gone\"").count(), seen.body.matches("Khôi phục từ ngày 01/06/2026").count()),
        (0, 1)
    );
}

#[tokio::test]
async fn a_slip_of_form_is_shown_beside_the_words_it_mends() {
    let (test_app, _) = office().await;
    let mut ha_secretary = test_app.signed_in("ha").await;
    let decision = entered(&mut ha_secretary).await;
    let page = ha_secretary.get(&decision).await;
    let line = between(&page.body, "\"dong/", "\"").expect("a line").to_owned();
    let form = ha_secretary.get(&format!("{decision}/viec/dinh-chinh?dong={line}")).await;
    let after = between(&form.body, "name=\"after\" value=\"", "\"").expect("a step").to_owned();
    let id = Uuid::parse_str(&line).expect("an id").to_string();
    let mut fields = vec![
        ("after", after.as_str()),
        ("dong", id.as_str()),
        ("van-ban", "Công văn số 99/VPCP-TCCB"),
        ("ngay-van-ban", "2025-07-01"),
        ("co-quan", "Bộ Nội vụ"),
        ("ke-thua", "Ban Thi đua – Khen thưởng Trung ương"),
        ("ly-do", "in sai"),
        ("phan", "ho-ten"),
        ("truoc", "Lê Văn Bìn"),
    ];
    let act = format!("{decision}/viec/dinh-chinh");
    assert_eq!(ha_secretary.post(&act, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    fields.push(("sau", "Lê Văn Bình"));
    assert_eq!(ha_secretary.post(&act, &fields).await.status, StatusCode::SEE_OTHER);
    let seen = ha_secretary.get(&decision).await;
    assert_eq!(seen.body.matches("Đọc là: Lê Văn Bình").count(), 1);
    assert_eq!(seen.body.matches("(kế thừa Ban Thi đua – Khen thưởng Trung ương)").count(), 1);
    assert_eq!(ha_secretary.get("/quyet-dinh?tinh-trang=sua-doi").await.body.matches("12/QĐ-VPCP").count(), 1);
    assert_eq!(ha_secretary.get("/quyet-dinh?tinh-trang=thu-hoi").await.body.matches("12/QĐ-VPCP").count(), 0);
}

#[tokio::test]
async fn a_day_entered_wrongly_is_corrected_with_its_lines_and_a_mistaken_decision_taken_out() {
    let (test_app, [_, _, binh]) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let decision = entered(&mut thanh_officer).await;
    let mend = format!("{decision}/sua");
    let form = thanh_officer.get(&mend).await;
    let after = between(&form.body, "name=\"after\" value=\"", "\"").expect("a step").to_owned();
    let fields = [but(&[("ngay", "17/06/2025")]), vec![("after", after.as_str())]].concat();
    let without_reason = thanh_officer.post(&mend, &fields).await;
    assert_eq!(without_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [fields, vec![("ly-do", "bản ký ghi ngày 17")]].concat();
    assert_eq!(thanh_officer.post(&mend, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(thanh_officer.post(&mend, &fields).await.status, StatusCode::CONFLICT);
    assert_eq!(thanh_officer.get(&decision).await.heading(), "Quyết định số 12/QĐ-VPCP ngày 17/06/2025");
    let record = thanh_officer.get(&format!("/ca-nhan/{binh}")).await;
    assert_eq!(record.body.matches("<td>17/06/2025</td>").count(), 1);
    let form = thanh_officer.get(&mend).await;
    let after = between(&form.body, "name=\"after\" value=\"", "\"").expect("a step").to_owned();
    let fields =
        [but(&[("ngay", "17/06/2025")]), vec![("after", after.as_str()), ("ly-do", "nhập hai lần"), ("viec", "xoa")]]
            .concat();
    assert_eq!(thanh_officer.post(&mend, &fields).await.leads_to(), "/quyet-dinh");
    assert_eq!(thanh_officer.get(&decision).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_of_five_hundred_names_stays_a_light_page() {
    let (test_app, _) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begin(&mut thanh_officer).await;
    let names: String = (0..500).map(|n| format!("Lê Văn Bình; {}\n", 1950 + n % 50)).collect();
    let seen = press(&mut thanh_officer, &draft, &[paper(), adding(&names)].concat(), "them").await;
    assert_eq!(seen.body.matches("<tr><td class=\"number\">").count(), 20);
    assert!(seen.body.len() <= 40_000, "{} bytes", seen.body.len());
    let entered = press(&mut thanh_officer, &draft, &[], "ghi").await;
    assert_eq!(entered.body.matches("Dòng 1–75 trong 500").count(), 1);
    assert!(entered.body.len() <= 40_000, "{} bytes", entered.body.len());
}

#[tokio::test]
async fn a_collective_among_many_is_found_by_its_words_and_by_its_name_in_a_list() {
    let (test_app, _) = office().await;
    for n in 0..101 {
        unit(&test_app.app.store, &format!("Phòng Nội vụ số {n:03}"), &format!("NV{n:03}"), n).await;
    }
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begin(&mut thanh_officer).await;
    let before = test_app.app.store.statements();
    let found = thanh_officer.get(&format!("{draft}/tim?tim=n%E1%BB%99i+v%E1%BB%A5")).await;
    assert_eq!(found.body.matches("value=\"chon:").count(), 12);
    assert!(test_app.app.store.statements() - before <= 20);
    let one = thanh_officer.get(&format!("{draft}/tim?tim=nv042")).await;
    assert_eq!(
        (one.body.matches("value=\"chon:").count(), one.body.matches("Phòng Nội vụ số 042").count() > 0),
        (1, true)
    );
    let names = adding("PHÒNG NỘI VỤ SỐ 007\nnv008\nPhòng Nội vụ số 999");
    let seen = press(&mut thanh_officer, &draft, &[paper(), names].concat(), "them").await;
    assert_eq!(seen.body.matches("<tr><td class=\"number\">").count(), 3);
    // Of the third name nobody is known.
    assert_eq!(seen.body.matches("name=\"ai-").count(), 1);
    assert_eq!(between(&seen.body, "<label for=\"ai-2\">", " <span"), Some("Phòng Nội vụ số 999"));
}

#[tokio::test]
async fn a_line_left_out_is_added_and_the_history_tells_what_was_corrected() {
    let (test_app, _) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let decision = entered(&mut thanh_officer).await;
    let add = format!("{decision}/them-dong");
    let form = thanh_officer.get(&add).await;
    let after = between(&form.body, "name=\"after\" value=\"", "\"").expect("a step").to_owned();
    let fields = |name: &'static str, after: &str| {
        vec![
            ("ho-ten", name.to_owned()),
            ("danh-hieu", "bang-khen-bo".to_owned()),
            ("ly-do", "sót khi nhập".to_owned()),
            ("after", after.to_owned()),
        ]
    };
    let send = async |browser: &mut Browser, path: &str, fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(path, &fields).await
    };
    let nobody = send(&mut thanh_officer, &add, fields("Không Có Ai", &after)).await;
    assert_eq!(
        (nobody.status, nobody.body.matches("Trong hồ sơ không có ai mang tên này.").count()),
        (StatusCode::UNPROCESSABLE_ENTITY, 1)
    );
    let several = send(&mut thanh_officer, &add, fields("tran thi hoa", &after)).await;
    assert_eq!(
        (several.status, several.body.matches("value=\"ca-nhan.").count()),
        (StatusCode::UNPROCESSABLE_ENTITY, 2)
    );
    assert_eq!(send(&mut thanh_officer, &add, fields("tran thi hoa; PL", &after)).await.status, StatusCode::SEE_OTHER);
    let seen = thanh_officer.get(&decision).await;
    assert_eq!(seen.body.matches("sót khi nhập").count(), 1);
    let line = between(&seen.body, "\"dong/", "\"").expect("a line").to_owned();
    let page = format!("/quyet-dinh/dong/{line}");
    let form = thanh_officer.get(&page).await;
    let after = between(&form.body, "name=\"after\" value=\"", "\"").expect("a step").to_owned();
    let mended = |years: &'static str| {
        let fields = [("danh-hieu", "bang-khen-bo"), ("tu-nam", years), ("den-nam", years), ("ly-do", "nhập nhầm năm")];
        fields
            .map(|(name, value)| (name, value.to_owned()))
            .into_iter()
            .chain([("after", after.clone())])
            .collect::<Vec<_>>()
    };
    assert_eq!(send(&mut thanh_officer, &page, mended("2023")).await.status, StatusCode::SEE_OTHER);
    let late = send(&mut thanh_officer, &page, mended("2022")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.body.matches("Thành tích từ năm: 2023 / <b>2022</b>").count(), 1, "both versions are shown");
    let history = thanh_officer.get(&decision).await;
    assert_eq!(history.body.matches("→ 2023").count(), 2);
}

#[tokio::test]
async fn an_award_of_the_union_says_so_on_the_record_of_whom_it_honours() {
    let (test_app, [_, _, binh]) = office().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begin(&mut thanh_officer).await;
    let union = but(&[
        ("loai-co-quan", "cong-doan"),
        ("co-quan", "Công đoàn VPCP"),
        ("tinh", "khong"),
        ("can-cu", "khen nội bộ công đoàn"),
    ]);
    press(&mut thanh_officer, &draft, &[union, adding("le van binh")].concat(), "them").await;
    press(&mut thanh_officer, &draft, &[], "ghi").await;
    let record = thanh_officer.get(&format!("/ca-nhan/{binh}")).await;
    assert_eq!(record.body.matches("Công đoàn: không tính vào tiêu chuẩn (khen nội bộ công đoàn)").count(), 1);
    assert_eq!(thanh_officer.get("/quyet-dinh?loai=cong-doan").await.body.matches("12/QĐ-VPCP").count(), 1);
    assert_eq!(thanh_officer.get("/quyet-dinh?loai=dang").await.body.matches("12/QĐ-VPCP").count(), 0);
}
