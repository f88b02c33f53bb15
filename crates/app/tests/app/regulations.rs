//! A regulation from its first form to the page of a person: written, checked, tried out, confirmed by another, withdrawn.

use app::jobs;
use app::session::OFFICE;
use axum::http::StatusCode;

use crate::accounts::divided;
use crate::browser::{Browser, Seen, between};
use crate::prospects::{CEILING, second_unit};
use crate::test_app::{TestApp, now};
use crate::why::{Told, told};

const LEAF: &str = "chien-si-thi-dua-bo/hang-nam/ba-lan-lien-tuc";
/// Hoa has three titles in a row; the regulation asks for four.
const CASES: &str = r#"award = "chien-si-thi-dua-bo"

[[case]]
name = "Ba lần liên tục chưa đủ"
on = 2025-01-15
expect = "not_met"
[case.facts]
subject = "ca-nhan"
recruited = 2010-03-01
group = "cong-chuc"
complete = { titles = [[2010, 2026]] }
titles = [
  { award = "chien-si-thi-dua-co-so", year = 2022, decided = 2023-01-12 },
  { award = "chien-si-thi-dua-co-so", year = 2023, decided = 2024-01-11 },
  { award = "chien-si-thi-dua-co-so", year = 2024, decided = 2025-01-10 },
]
"#;

/// Fills the form of a new regulation; the address of its draft.
async fn begun(officer: &mut Browser, whose: &str) -> Seen {
    officer.get("/quy-che/moi").await;
    let fields = [
        ("ten", "Quy chế thi đua, khen thưởng"),
        ("ky-hieu", "QC-2025"),
        ("cua", whose),
        ("tu-ngay", "01/01/2025"),
        ("van-ban", "12/QĐ-VPCP"),
        ("ngay-ky", "20/12/2024"),
        ("ten-van-ban", "Quyết định số 12/QĐ-VPCP"),
    ];
    officer.post("/quy-che/moi", &fields).await
}

/// Adds by form that four titles in a row are asked for.
async fn four_in_a_row(officer: &mut Browser, draft: &str) -> Seen {
    let chosen = format!("{draft}/them?loai=gia-tri&danh-hieu=chien-si-thi-dua-bo&dieu-kien={LEAF}");
    let form = officer.get(&chosen).await;
    assert_eq!(form.body.matches("name=\"ts-count\" type=\"number\" value=\"3\"").count(), 1);
    let version = version(&form);
    let fields = [
        ("phien", version.as_str()),
        ("loai", "gia-tri"),
        ("danh-hieu", "chien-si-thi-dua-bo"),
        ("dieu-kien", LEAF),
        ("ts-count", "4"),
        ("tu-ngay", "01/01/2025"),
        ("van-ban", "12/QĐ-VPCP"),
        ("dieu", "5"),
    ];
    officer.post(&format!("{draft}/them"), &fields).await
}

/// What the forms of a draft carry of its last change.
fn version(seen: &Seen) -> String {
    between(&seen.body, "name=\"phien\" value=\"", "\"").expect("a version").to_owned()
}

fn content(seen: &Seen) -> String {
    let text = between(&seen.body, "name=\"noi-dung\"", "</textarea>").expect("a text");
    let text = text.split_once('>').expect("a text").1;
    text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&")
}

/// Saves the draft with examples and does what the button says.
async fn saved(officer: &mut Browser, draft: &str, cases: &str, work: &str) -> Seen {
    let page = officer.get(draft).await;
    let (text, version) = (content(&page), version(&page));
    let fields = [("phien", version.as_str()), ("noi-dung", text.as_str()), ("vi-du", cases), ("viec", work)];
    officer.post(draft, &fields).await
}

/// A regulation submitted by Thành; its address.
async fn submitted(officer: &mut Browser, whose: &str) -> String {
    let draft = begun(officer, whose).await.leads_to().to_owned();
    four_in_a_row(officer, &draft).await;
    let sent = saved(officer, &draft, CASES, "trinh").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.leads_to().to_owned()
}

fn condition(seen: &Seen) -> &str {
    let mut parts = seen.body.split("<li class=\"found ");
    parts.find(|part| part.contains("<p>Có 0")).expect("the condition")
}

async fn why(browser: &mut Browser, told: &Told) -> Seen {
    browser.get(&format!("/can-cu/ca-nhan/{}/chien-si-thi-dua-bo?ngay=2025-01-15", told.hoa)).await
}

#[tokio::test]
async fn the_first_form_keeps_what_was_typed_and_says_what_is_wrong() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/quy-che/moi").await;
    let wrong = thanh_officer.post("/quy-che/moi", &[("ten", "Quy chế"), ("ky-hieu", "quy chế"), ("cua", "ai")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.matches("name=\"ten\" type=\"text\" value=\"Quy chế\"").count(), 1);
    assert_eq!(wrong.body.matches("Chỉ dùng chữ không dấu, số, gạch nối.</p>").count(), 1);
    let mut mai_clerk = test_app.signed_in("mai").await;
    let form = mai_clerk.get("/quy-che/moi").await;
    assert_eq!(form.body.matches("value=\"co-quan\"").count(), 0, "a clerk writes for the own unit alone");
    assert_eq!(form.body.matches("Vụ Tổ chức cán bộ</option>").count(), 1);
    assert_eq!(begun(&mut mai_clerk, "co-quan").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_text_with_a_fault_is_told_by_line_and_not_submitted() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begun(&mut thanh_officer, "co-quan").await.leads_to().to_owned();
    let page = thanh_officer.get(&draft).await;
    let broken = format!("{}\n[[value]]\nleaf = \"{LEAF}e\"\n", content(&page).trim_end());
    let version = version(&page);
    let fields = [("phien", version.as_str()), ("noi-dung", broken.as_str()), ("vi-du", ""), ("viec", "trinh")];
    let refused = thanh_officer.post(&draft, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = format!("<li>Nội dung, dòng 15: không có điều kiện “{LEAF}e” – viết “{LEAF}”</li>");
    assert_eq!(refused.body.matches(&said).count(), 1, "{}", refused.body);
    assert_eq!(thanh_officer.get("/quy-che").await.body.matches("Chờ xác nhận").count(), 0);
}

#[tokio::test]
async fn a_text_of_the_nation_shows_its_bonuses_and_salary_beside_those_they_end() {
    let test_app = TestApp::new().await;
    let mut thanh = test_app.signed_in("thanh").await;
    let draft = begun(&mut thanh, "quoc-gia").await.leads_to().to_owned();
    let page = thanh.get(&draft).await;
    let source = "source = { document = \"12/QĐ-VPCP\", article = \"1\" }\nmark = \"V\"\n";
    let rows = format!(
        "{}\n[[bonus]]\naward = \"giay-khen\"\nsubject = \"ca-nhan\"\ntimes = \"0.7\"\nfrom = 2027-01-01\n{source}\n\
         [[salary]]\ndong = 3_000_000\nfrom = 2027-01-01\n{source}",
        content(&page)
    );
    let version = version(&page);
    let fields = [("phien", version.as_str()), ("noi-dung", rows.as_str()), ("vi-du", ""), ("viec", "luu")];
    thanh.post(&draft, &fields).await;
    let seen = thanh.get(&draft).await.body;
    for told in
        ["Giấy khen – Tiền thưởng", "Cá nhân: 0,7 lần mức lương cơ sở", "Mức lương cơ sở một tháng", "3.000.000"]
    {
        assert!(seen.contains(told), "{told}: {seen}");
    }
    assert!(seen.contains("2.530.000"), "the salary before it: {seen}");
}

#[tokio::test]
async fn two_who_write_at_once_do_not_overwrite_each_other() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begun(&mut thanh_officer, "co-quan").await.leads_to().to_owned();
    let seen = thanh_officer.get(&draft).await;
    let mut ha_secretary = test_app.signed_in("ha").await;
    assert_eq!(saved(&mut ha_secretary, &draft, "", "luu").await.status, StatusCode::SEE_OTHER);
    thanh_officer.get(&draft).await;
    let version = version(&seen);
    let fields = [("phien", version.as_str()), ("noi-dung", "layer = \"X\""), ("vi-du", ""), ("viec", "luu")];
    let told = thanh_officer.post(&draft, &fields).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert_eq!(content(&told).trim(), "layer = \"X\"", "what was typed stays");
    assert_eq!(told.body.matches("Xem bản của người khác").count(), 1);
}

#[tokio::test]
async fn a_case_that_fails_keeps_the_colleague_from_confirming() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begun(&mut thanh_officer, "co-quan").await.leads_to().to_owned();
    four_in_a_row(&mut thanh_officer, &draft).await;
    let red = CASES.replace("expect = \"not_met\"", "expect = \"met\"");
    let page = saved(&mut thanh_officer, &draft, &red, "trinh").await.leads_to().to_owned();
    let mut duc_decider = test_app.signed_in("duc").await;
    let shown = duc_decider.get(&page).await;
    assert_eq!(shown.body.matches("<span class=\"law-unloaded\">Khác</span>").count(), 1);
    let refused = duc_decider.post(&format!("{page}/viec"), &[("viec", "xac-nhan")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = duc_decider.post(&format!("{page}/viec"), &[("viec", "tra-lai"), ("ly-do", "")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "a return needs its reason");
    let returned = duc_decider.post(&format!("{page}/viec"), &[("viec", "tra-lai"), ("ly-do", "Ví dụ sai")]).await;
    assert_eq!(returned.status, StatusCode::SEE_OTHER);
    let list = thanh_officer.get("/quy-che").await;
    let again = between(&list.body, "<tbody>\n<tr><th scope=\"row\"><a href=\"", "\"").expect("the draft").to_owned();
    let draft = thanh_officer.get(&again).await;
    assert_eq!(draft.body.matches("Hoàng Anh Đức trả lại: Ví dụ sai").count(), 1);
}

#[tokio::test]
async fn a_threshold_raised_and_confirmed_changes_the_why_page_and_names_the_regulation() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let before = why(&mut thanh_officer, &told).await;
    assert_eq!(between(condition(&before), "<p>", "</p>"), Some("Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở"));
    let page = submitted(&mut thanh_officer, "co-quan").await;
    let own = thanh_officer.get(&page).await;
    assert_eq!(own.body.matches("value=\"xac-nhan\"").count(), 0);
    assert_eq!(
        thanh_officer.post(&format!("{page}/viec"), &[("viec", "xac-nhan")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(condition(&why(&mut thanh_officer, &told).await), condition(&before), "not before it is confirmed");
    let mut lan_employee = test_app.signed_in("lan").await;
    assert_eq!(lan_employee.get(&page).await.status, StatusCode::FORBIDDEN, "not law yet");
    let mut duc_decider = test_app.signed_in("duc").await;
    let shown = duc_decider.get(&page).await;
    let rows = between(&shown.body, "<h2 id=\"thay-doi\">", "</section>").expect("its rows");
    assert_eq!(rows.matches("Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở</td>").count(), 1);
    assert_eq!(rows.matches("Có 04 lần liên tục đạt Chiến sĩ thi đua cơ sở</td>").count(), 1);
    assert_eq!(duc_decider.post(&format!("{page}/viec"), &[("viec", "xac-nhan")]).await.status, StatusCode::SEE_OTHER);
    let after = why(&mut thanh_officer, &told).await;
    assert_eq!(between(condition(&after), "<p>", "</p>"), Some("Có 04 lần liên tục đạt Chiến sĩ thi đua cơ sở"));
    let named = between(condition(&after), "<a class=\"law-unverified\" href=\"", "</a>").expect("the regulation");
    assert_eq!(named, "/quy-che/theo-ma/QC-2025?ngay=2025-01-15\">theo Quy chế thi đua, khen thưởng");
    assert_eq!(thanh_officer.get("/quy-che/theo-ma/QC-2025").await.leads_to(), page);
    assert_eq!(lan_employee.get(&page).await.status, StatusCode::OK);
    let earlier = thanh_officer.get(&format!("/can-cu/ca-nhan/{}/chien-si-thi-dua-bo?ngay=2024-12-31", told.hoa)).await;
    assert_eq!(earlier.body.matches("theo Quy chế thi đua").count(), 0, "before its day the nation's value stays");
    assert_eq!(
        duc_decider
            .post(&format!("{page}/viec"), &[("viec", "rut"), ("tu-ngay", "10/01/2025"), ("ly-do", "Thay")])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(condition(&why(&mut thanh_officer, &told).await), condition(&before), "withdrawn from 10 January");
    let list = thanh_officer.get("/quy-che").await;
    assert_eq!(between(&list.body, "data-label=\"Thời gian áp dụng\">", "</td>"), Some("từ 01/01/2025 đến 09/01/2025"));
}

#[tokio::test]
async fn a_units_regulation_is_that_of_its_people_alone() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let page = submitted(&mut mai_clerk, &test_app.office.unit.to_string()).await;
    let mut duc_decider = test_app.signed_in("duc").await;
    duc_decider.get(&page).await;
    assert_eq!(duc_decider.post(&format!("{page}/viec"), &[("viec", "xac-nhan")]).await.status, StatusCode::SEE_OTHER);
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let here = why(&mut thanh_officer, &told).await;
    assert_eq!(between(condition(&here), "<p>", "</p>"), Some("Có 04 lần liên tục đạt Chiến sĩ thi đua cơ sở"));
    let person = thanh_officer.get(&format!("/ca-nhan/{}?ngay=2025-01-15&tat-ca=1", told.hoa)).await;
    assert_eq!(person.status, StatusCode::OK);
    let honour = thanh_officer.get("/danh-muc/chien-si-thi-dua-bo?ngay=2025-01-15").await;
    assert_eq!(honour.body.matches("Có 04 lần liên tục").count(), 0, "the shelf shows the law of the whole office");
}

#[tokio::test]
async fn who_can_be_proposed_is_judged_by_the_regulations_of_the_office_and_of_each_unit() {
    for (whose, is_short) in [("co-quan", true), ("own", true), ("other", false)] {
        let test_app = TestApp::new().await;
        told(&test_app).await;
        let other = test_app.app.store.step(OFFICE, None, now(), "story", async |step| second_unit(step));
        let other = other.await.expect("a second unit").to_string();
        let own = test_app.office.unit.to_string();
        let unit = match whose {
            "own" => own.as_str(),
            "other" => other.as_str(),
            office => office,
        };
        let mut thanh_officer = test_app.signed_in("thanh").await;
        let mut duc_decider = test_app.signed_in("duc").await;
        let list = |which: &str| format!("/de-nghi/ca-nhan/chien-si-thi-dua-bo?loc={which}&ngay=2025-01-15");
        let names_hoa = |seen: &Seen| seen.body.contains(">Nguyễn Thị Hoa</a>");
        assert!(names_hoa(&thanh_officer.get(&list("du-dieu-kien")).await), "three in a row are enough before");
        let page = submitted(&mut thanh_officer, unit).await;
        duc_decider.get(&page).await;
        let confirmed = duc_decider.post(&format!("{page}/viec"), &[("viec", "xac-nhan")]).await;
        assert_eq!(confirmed.status, StatusCode::SEE_OTHER);
        assert_eq!(names_hoa(&thanh_officer.get(&list("du-dieu-kien")).await), !is_short, "{whose}");
        let short = thanh_officer.get(&list("con-thieu-mot")).await;
        assert_eq!(names_hoa(&short), is_short, "{whose}");
        assert_eq!(short.body.contains("Có 04 lần liên tục đạt Chiến sĩ thi đua cơ sở"), is_short, "{whose}");
        thanh_officer.get("/thu-quy-dinh").await;
        let tried = thanh_officer.post("/thu-quy-dinh?ngay=2025-01-15", &[("quy-dinh", CEILING)]).await;
        let found = between(&tried.body, "<tbody>", "</tbody>").expect("what it does");
        assert_eq!(found.matches("Chiến sĩ thi đua cơ sở").count(), 1, "{found}");
        assert_eq!(found.matches("Chiến sĩ thi đua bộ").count(), 0, "what is confirmed stays: {found}");
    }
}

#[tokio::test]
async fn the_effect_lists_whose_answer_changes_and_can_be_stopped_before_it_begins() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begun(&mut thanh_officer, "co-quan").await.leads_to().to_owned();
    four_in_a_row(&mut thanh_officer, &draft).await;
    let here = format!("{draft}/anh-huong?ngay=2025-01-15");
    let path = format!("{draft}/anh-huong");
    thanh_officer.get(&here).await;
    thanh_officer.post(&here, &[("viec", "xem")]).await;
    assert_eq!(thanh_officer.get(&path).await.body.matches("Đang chờ đến lượt.").count(), 1);
    thanh_officer.post(&path, &[("viec", "dung")]).await;
    assert_eq!(thanh_officer.get(&path).await.body.matches("Đã dừng; chưa có kết quả.").count(), 1);
    thanh_officer.post(&here, &[("viec", "xem")]).await;
    assert!(jobs::run_one(&test_app.app).await);
    let shown = thanh_officer.get(&path).await;
    let said = between(&shown.body, "<p class=\"card-body mb-0\" role=\"status\">", "</p>");
    // Hoa, Khánh and the unit itself.
    assert_eq!(said, Some("Xét ngày 15/01/2025: 1 trong 3 cá nhân, tập thể có kết luận khác, với 1 kết luận."));
    let link = format!("/can-cu/ca-nhan/{}/chien-si-thi-dua-bo?ngay=2025-01-15", told.hoa);
    assert_eq!(shown.body.matches(&link).count(), 1);
    let row = between(&shown.body, "<tbody>\n<tr>", "</tr>").expect("a row");
    assert_eq!(row.matches("verdict-met").count() + row.matches("verdict-not-met").count(), 2);
    saved(&mut thanh_officer, &draft, CASES, "luu").await;
    let stale = thanh_officer.get(&path).await;
    assert_eq!(stale.body.matches("Nội dung đã thay đổi sau lần so sánh này.").count(), 1);
    let mut ha_secretary = test_app.signed_in("ha").await;
    let others = ha_secretary.get(&path).await;
    assert_eq!(others.body.matches("id=\"ket-qua\"").count(), 0, "what one may see is not shown to another");
}

#[tokio::test]
async fn what_waits_for_the_law_of_2026_is_listed_by_honour_with_what_was_asked_before() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get("/cho-van-ban?van-ban=06/2026/QH16&danh-hieu=chien-si-thi-dua-bo").await;
    assert_eq!((page.status, page.heading()), (StatusCode::OK, "Chờ văn bản"));
    assert!(page.body.len() <= 40_000, "{} bytes", page.body.len());
    let first = between(&page.body, "<section class=\"card\">", "</section>").expect("an honour");
    assert_eq!(first.matches("href=\"/danh-muc/chien-si-thi-dua-bo\"").count(), 1);
    assert_eq!(first.matches("<th scope=\"row\">Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở</th>").count(), 2);
    assert!(first.contains("đến 30/09/2026"));
    assert_eq!(page.body.matches("href=\"/quy-che/moi?van-ban=").count(), 1);
    let before = thanh_officer.get("/cho-van-ban?van-ban=06/2026/QH16&ngay=2026-09-30").await;
    let named = |seen: &Seen| seen.body.matches("</strong> Luật số 06/2026/QH16</a>").count();
    assert_eq!((named(&page), named(&before)), (1, 0));
}

#[tokio::test]
async fn every_page_of_regulations_is_light_and_whole_in_both_languages() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let draft = begun(&mut thanh_officer, "co-quan").await.leads_to().to_owned();
    four_in_a_row(&mut thanh_officer, &draft).await;
    let choose = |kind: &str| format!("{draft}/them?loai={kind}&danh-hieu=giay-khen");
    for language in ["vi", "en"] {
        thanh_officer.get(&format!("/ngon-ngu/{language}")).await;
        let paths = [
            "/quy-che".to_owned(),
            "/quy-che/moi".to_owned(),
            "/quy-che/moi?van-ban=06/2026/QH16".to_owned(),
            draft.clone(),
            format!("{draft}/them"),
            choose("gia-tri"),
            choose("dieu-kien"),
            choose("ty-le"),
            format!("{draft}/anh-huong"),
            "/cho-van-ban".to_owned(),
            "/cho-van-ban?ngay=2020-01-01".to_owned(),
        ];
        for path in paths {
            let seen = thanh_officer.get(&path).await;
            assert_eq!(seen.status, StatusCode::OK, "{path}");
            assert!(seen.body.len() <= 40_000, "{path}: {} bytes", seen.body.len());
            assert_eq!(seen.body.matches('‹').count() + seen.body.matches(" style=").count(), 0, "{path}");
        }
    }
}

#[tokio::test]
async fn where_there_are_many_units_the_one_of_a_regulation_is_found_by_words_and_nothing_is_begun_before() {
    let test_app = TestApp::new().await;
    divided(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let fresh = thanh_officer.get("/quy-che/moi").await;
    let options =
        |seen: &Seen| between(&seen.body, "name=\"cua\"", "</select>").map(|list| list.matches("<option").count());
    assert_eq!(options(&fresh), Some(2), "the office and the nation");
    let typed = [
        ("ten", "Quy chế của phòng"),
        ("ky-hieu", "QC-NV"),
        ("tu-ngay", "01/01/2025"),
        ("van-ban", "12/QĐ-VPCP"),
        ("ngay-ky", "20/12/2024"),
        ("ten-van-ban", "Quyết định số 12/QĐ-VPCP"),
    ];
    let post = async |officer: &mut Browser, whose: &str, words: &str| {
        officer.post("/quy-che/moi", &[&typed[..], &[("cua", whose), ("cua-tim", words)]].concat()).await
    };
    let sought = post(&mut thanh_officer, "co-quan", "nv007").await;
    assert_eq!((sought.status, options(&sought)), (StatusCode::OK, Some(3)));
    assert_eq!(sought.body.matches("value=\"Quy chế của phòng\"").count(), 1, "what was typed is kept");
    let found = between(&sought.body, "name=\"cua\"", "</select>").expect("a list");
    let id = between(found.rsplit("<option").next().expect("the found"), "value=\"", "\"").expect("an id").to_owned();
    let wrong = post(&mut thanh_officer, "ai", "").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let begun = post(&mut thanh_officer, &id, "").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let draft = begun.leads_to().to_owned();
    assert_eq!(content(&thanh_officer.get(&draft).await).matches("tier = \"unit\"").count(), 1);
}
