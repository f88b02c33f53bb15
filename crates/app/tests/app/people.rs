//! People: the list with its filters, and one person's page.

use app::session::OFFICE;
use axum::http::StatusCode;
use rules::facts::Sex;
use store::error::StoreError;
use store::records::NewPerson;
use uuid::Uuid;

use crate::browser::{Seen, between};
use crate::careers::{crowd, employee, long_career, somebody};
use crate::honours::{self, Honour, Paper, To};
use crate::test_app::{TestApp, now};

/// The largest page before compression.
const HEAVIEST: usize = 40_000;
const NOBODY: &str = "/ca-nhan/00000000-0000-7000-8000-000000000000";

#[tokio::test]
async fn a_clerk_is_refused_the_record_of_another_unit_and_an_unknown_one_is_not_found() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let elsewhere = honours::unit(store, "Vụ Pháp luật", "PL", 2).await;
    let own = honours::person(store, "Đỗ Văn An", Sex::Nam, test_app.office.unit).await;
    let other = honours::person(store, "Lý Thị Bình", Sex::Nu, elsewhere).await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let refused = mai_clerk.get(&format!("/ca-nhan/{other}")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(refused.body.matches("Lý Thị Bình").count(), 0);
    let mut thanh_officer = test_app.signed_in("thanh").await;
    assert_eq!(thanh_officer.get(NOBODY).await.status, StatusCode::NOT_FOUND);
    assert_eq!(thanh_officer.get("/ca-nhan/khong-co").await.status, StatusCode::NOT_FOUND);
    assert_eq!(thanh_officer.get(&format!("/ca-nhan/{other}")).await.heading(), "Lý Thị Bình");
    assert_eq!(mai_clerk.get(&format!("/ca-nhan/{own}")).await.heading(), "Đỗ Văn An");
    assert_eq!(names(&mai_clerk.get("/ca-nhan").await), ["Đỗ Văn An"]);
}

#[tokio::test]
async fn an_employee_sees_their_own_record_and_no_other() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let own = honours::person(store, "Trịnh Thu Vy", Sex::Nu, test_app.office.unit).await;
    let other = honours::person(store, "Đỗ Văn An", Sex::Nam, test_app.office.unit).await;
    employee(store, "vy", own).await;
    let mut vy_employee = test_app.signed_in("vy").await;
    assert_eq!(vy_employee.get(&format!("/ca-nhan/{other}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(vy_employee.get(&format!("/ca-nhan/{own}")).await.heading(), "Trịnh Thu Vy");
    assert_eq!(names(&vy_employee.get("/ca-nhan").await), ["Trịnh Thu Vy"]);
    let mut lan_employee = test_app.signed_in("lan").await;
    let nothing = lan_employee.get("/ca-nhan").await;
    assert_eq!(between(&nothing.body, "<h2>", "</h2>"), Some("Tài khoản chưa gắn với hồ sơ cá nhân"));
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_is_told_beside_its_field() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for (query, field) in [
        ("don-vi=vu-nao-do", "don-vi"),
        ("cap=lanh-dao", "cap"),
        ("khen-thuong=huan-chuong-vang", "khen-thuong"),
        ("gioi-tinh=khac", "gioi-tinh"),
        ("chua-xep-loai=25", "chua-xep-loai"),
    ] {
        let refused = thanh_officer.get(&format!("/ca-nhan?{query}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(refused.body.matches("class=\"wrong\"").count(), 1, "{query}");
        assert_eq!(refused.body.matches(&format!("id=\"n-{field}\"")).count(), 1, "{query}");
    }
}

#[tokio::test]
async fn who_may_not_see_the_sex_of_others_cannot_ask_by_it() {
    let test_app = TestApp::new().await;
    let binh = honours::person(&test_app.app.store, "Lý Thị Bình", Sex::Nu, test_app.office.unit).await;
    let mut binh_council = test_app.signed_in("binh").await;
    assert_eq!(binh_council.get("/ca-nhan?gioi-tinh=nu").await.status, StatusCode::FORBIDDEN);
    assert_eq!(binh_council.get("/ca-nhan").await.body.matches("name=\"gioi-tinh\"").count(), 0);
    let seen = binh_council.get(&format!("/ca-nhan/{binh}")).await;
    assert_eq!(seen.body.matches("<dt>Giới tính</dt>").count(), 0);
    let mut thanh_officer = test_app.signed_in("thanh").await;
    assert_eq!(names(&thanh_officer.get("/ca-nhan?gioi-tinh=nu").await), ["Lý Thị Bình"]);
    assert_eq!(names(&thanh_officer.get("/ca-nhan?gioi-tinh=nam").await), Vec::<&str>::new());
    let seen = thanh_officer.get(&format!("/ca-nhan/{binh}")).await;
    assert_eq!(seen.body.matches("<dt>Giới tính</dt><dd>Nữ</dd>").count(), 1);
}

#[tokio::test]
async fn people_stand_by_given_name_and_are_found_without_diacritics() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let elsewhere = honours::unit(store, "Vụ Pháp luật", "PL", 2).await;
    for name in ["Trần Văn Hoà", "Nguyễn Thị Ánh", "Đặng Hoa", "Lê Đức Anh"] {
        honours::person(store, name, Sex::Nu, test_app.office.unit).await;
    }
    let an = honours::person(store, "Đỗ Văn An", Sex::Nam, elsewhere).await;
    let paper = Paper { number: "MH-001", issuer: "VPCP", day: "2025-01-15", summary: "Khen thưởng" };
    let honour = Honour { award: "lao-dong-tien-tien", to: To::Person(an, elsewhere), year: Some(2024), level: None };
    honours::decision(store, &paper, &[honour]).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let all = thanh_officer.get("/ca-nhan").await;
    assert_eq!(names(&all), ["Đỗ Văn An", "Lê Đức Anh", "Nguyễn Thị Ánh", "Đặng Hoa", "Trần Văn Hoà"]);
    assert_eq!(between(&all.body, "aria-label=\"Phân trang\"><p>", "</p>"), Some("5 trong 5 người"));
    assert_eq!(names(&thanh_officer.get("/ca-nhan?q=nguyen+anh").await), ["Nguyễn Thị Ánh"]);
    // The names written as typed come first.
    assert_eq!(names(&thanh_officer.get("/ca-nhan?q=h%C3%B2a").await), ["Trần Văn Hoà", "Đặng Hoa"]);
    assert_eq!(names(&thanh_officer.get(&format!("/ca-nhan?don-vi={elsewhere}")).await), ["Đỗ Văn An"]);
    assert_eq!(names(&thanh_officer.get("/ca-nhan?khen-thuong=lao-dong-tien-tien").await), ["Đỗ Văn An"]);
    assert_eq!(names(&thanh_officer.get("/ca-nhan?cap=lanh-dao-vu").await), Vec::<&str>::new());
    let nobody = thanh_officer.get("/ca-nhan?q=zzz").await;
    assert_eq!(between(&nobody.body, "<h2>", "</h2>"), Some("Không tìm thấy người phù hợp"));
}

#[tokio::test]
async fn a_list_of_fifty_is_light_and_costs_no_more_than_a_list_of_one() {
    let test_app = TestApp::demonstration().await;
    let store = &test_app.app.store;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    honours::person(store, "Nguyễn Thị Ánh", Sex::Nu, test_app.office.unit).await;
    let before = store.statements();
    assert_eq!(names(&thanh_officer.get("/ca-nhan").await).len(), 1);
    let for_one = store.statements() - before;
    crowd(store, test_app.office.unit, 59).await;
    let before = store.statements();
    let first = thanh_officer.get("/ca-nhan").await;
    assert_eq!(store.statements() - before, for_one);
    assert_eq!(names(&first).len(), 50);
    assert!(first.body.len() <= HEAVIEST, "{} bytes", first.body.len());
    let next = between(&first.body, "rel=\"next\" href=\"", "\"").expect("a next page").to_owned();
    let second = thanh_officer.get(&next).await;
    assert_eq!(names(&second).len(), 10);
    let shown = [&first, &second].map(names).concat();
    assert_eq!(shown.iter().collect::<std::collections::BTreeSet<_>>().len(), 60);
    assert_eq!(between(&second.body, "rel=\"first\" href=\"", "\""), Some("/ca-nhan"));
}

#[tokio::test]
async fn a_person_whom_the_article_names_is_quoted_and_nothing_more() {
    let test_app = TestApp::new().await;
    let quoted = test_app.app.store.step(OFFICE, None, now(), "story", async |step| {
        let person = step.add(NewPerson {
            full_name: "Hoàng Văn Tuệ".to_owned(),
            fictitious: false,
            quotation: Some("“Phó Vụ trưởng phụ trách <Vụ>”".to_owned()),
            excluded_from_roster: true,
            ..somebody(step.id())
        })?;
        Ok::<Uuid, StoreError>(person)
    });
    let quoted = quoted.await.expect("a person");
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let seen = thanh_officer.get(&format!("/ca-nhan/{quoted}")).await;
    let marker = "<span class=\"said\">Người thật được bài báo nêu tên – chỉ ghi chức vụ như bài báo in</span>";
    assert_eq!(seen.body.matches(marker).count(), 1);
    assert_eq!(
        between(&seen.body, "<blockquote lang=\"vi\">", "</blockquote>"),
        Some("“Phó Vụ trưởng phụ trách &#60;Vụ&#62;”")
    );
    assert_eq!(seen.body.matches("id=\"qua-trinh\"").count() + seen.body.matches("id=\"khen-thuong\"").count(), 0);
    assert_eq!(seen.body.matches("Nhân vật hư cấu").count(), 0);
    assert_eq!(cards(&seen)[0].0, "Chiến sĩ thi đua cơ sở");
    assert_eq!(names(&thanh_officer.get("/ca-nhan").await), Vec::<&str>::new());
    assert_eq!(names(&thanh_officer.get("/ca-nhan?q=tue").await), ["Hoàng Văn Tuệ"]);
}

#[tokio::test]
async fn cards_tell_the_nearest_honours_with_conditions_and_articles() {
    let test_app = TestApp::new().await;
    let (hoa, _) = long_career(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let then = thanh_officer.get(&format!("/ca-nhan/{hoa}?ngay=2026-09-30")).await;
    let told = cards(&then);
    assert_eq!(told.len(), 10);
    assert_eq!(told[0].0, "Chiến sĩ thi đua Bộ, ban, ngành, tỉnh");
    assert_eq!(told[0].1, "Đủ tiêu chuẩn");
    let first = between(&then.body, "<article", "</article>").expect("a card");
    let line = "<li class=\"met\"><b>Đạt</b> Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở: <i>2011–2025</i></li>";
    // What was achieved before the measure of 2010 ended does not count.
    assert_eq!(first.matches(line).count(), 1);
    assert_eq!(first.matches("<li class=\"left\"><b>Hội đồng xem xét</b>").count(), 1);
    assert_eq!(
        between(first, "<p class=\"sources\">", "</p>"),
        Some("Điều 22 Luật Thi đua, khen thưởng số 06/2022/QH15")
    );
    let why = format!("href=\"/can-cu/ca-nhan/{hoa}/chien-si-thi-dua-bo?ngay=2026-09-30\">Căn cứ</a>");
    assert_eq!(first.matches(&why).count(), 1);
    let rest = format!("<a class=\"btn\" href=\"/ca-nhan/{hoa}?tat-ca=1&#38;ngay=2026-09-30#tieu-chuan\">");
    assert_eq!(then.body.matches(&rest).count(), 1);
    let all = thanh_officer.get(&format!("/ca-nhan/{hoa}?tat-ca=1&ngay=2026-09-30")).await;
    let more = between(&then.body, "#chevron-down\"/></svg>Xem thêm ", " danh hiệu").expect("how many more");
    assert_eq!(cards(&all).len(), 10 + more.parse::<usize>().expect("a number"));
}

#[tokio::test]
async fn after_the_loaded_law_ends_no_card_says_eligible_or_not_without_the_reservation() {
    let test_app = TestApp::new().await;
    let (hoa, _) = long_career(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let now = thanh_officer.get(&format!("/ca-nhan/{hoa}")).await;
    let reservation = "Theo quy định đến 30/09/2026: đủ tiêu chuẩn. \
        Cần đối chiếu Luật số 06/2026/QH16 (chưa được cập nhật).";
    let first = cards(&now).remove(0);
    assert_eq!(first, ("Chiến sĩ thi đua Bộ, ban, ngành, tỉnh".to_owned(), reservation.to_owned()));
    let plain = cards(&now).into_iter().filter(|(_, said)| said == "Đủ tiêu chuẩn").count();
    assert_eq!(plain, 0);
    thanh_officer.get("/ngon-ngu/en").await;
    let english = thanh_officer.get(&format!("/ca-nhan/{hoa}")).await;
    let reservation = "Under the rules up to 30 September 2026: standards met. \
        To be checked against Law 06/2026/QH16 (not loaded).";
    assert_eq!(cards(&english)[0].1, reservation);
}

#[tokio::test]
async fn twenty_years_stand_on_one_light_page_with_every_mark_at_its_decision() {
    let test_app = TestApp::demonstration().await;
    let (hoa, decisions) = long_career(&test_app).await;
    let store = &test_app.app.store;
    let short = honours::person(store, "Đỗ Văn An", Sex::Nam, test_app.office.unit).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let before = store.statements();
    thanh_officer.get(&format!("/ca-nhan/{short}")).await;
    let for_none = store.statements() - before;
    let before = store.statements();
    let seen = thanh_officer.get(&format!("/ca-nhan/{hoa}")).await;
    assert_eq!(store.statements() - before, for_none);
    assert!(seen.body.len() <= HEAVIEST, "{} bytes", seen.body.len());
    assert_eq!(seen.body.matches(" style=").count() + seen.body.matches('‹').count(), 0);
    let strip = between(&seen.body, "<svg class=\"years\"", "</svg>").expect("a strip");
    assert_eq!(strip.matches("<a href=\"/quyet-dinh/").count(), 42);
    let newest = decisions.last().expect("a decision");
    let mark = format!("<a href=\"/quyet-dinh/{}\"><title>2025: Lao động tiên tiến</title>", newest.simple());
    assert_eq!(strip.matches(&mark).count(), 1);
    assert_eq!(strip.matches(">XS</text>").count(), 20);
    let table = between(&seen.body, "<details><summary>", "</details>").expect("a table");
    assert_eq!(table.matches("<tr><td>Chiến sĩ thi đua cơ sở</td><td>2006–2025</td></tr>").count(), 1);
    assert_eq!(table.matches("<tr><td>Cảnh cáo</td><td>từ 01/03/2010 đến 01/03/2011</td></tr>").count(), 1);
    assert_eq!(table.matches("<tr><td>Trưởng phòng</td><td>từ 01/01/2015</td></tr>").count(), 1);
    let honours = between(&seen.body, "id=\"khen-thuong\"", "</section>").expect("honours");
    let rest = format!("href=\"/ca-nhan/{hoa}?khen-thuong=tat-ca#khen-thuong\"");
    assert_eq!((honours.matches("<tr><th scope=\"row\">").count(), honours.matches(&rest).count()), (5, 1));
    let whole = thanh_officer.get(&format!("/ca-nhan/{hoa}?khen-thuong=tat-ca")).await;
    let honours = between(&whole.body, "id=\"khen-thuong\"", "</section>").expect("honours");
    assert_eq!(honours.matches("<tr><th scope=\"row\">").count(), 42);
    let history = between(&seen.body, "id=\"lich-su\"", "</section>").expect("the history");
    assert_eq!(history.matches("<td class=\"nowrap\">23/11/2026</td>").count(), 1);
    assert_eq!(history.matches("khen thưởng (42)").count(), 1);
}

#[tokio::test]
async fn what_was_decided_later_is_not_told_of_an_earlier_day() {
    let test_app = TestApp::new().await;
    let (hoa, decisions) = long_career(&test_app).await;
    honours::revoke(&test_app.app.store, decisions[0], "2020-01-01").await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let then = thanh_officer.get(&format!("/ca-nhan/{hoa}?ngay=2010-06-01&khen-thuong=tat-ca")).await;
    let honours = between(&then.body, "id=\"khen-thuong\"", "</section>").expect("honours");
    assert_eq!(honours.matches("<tr><th scope=\"row\">").count(), 8);
    assert_eq!(honours.matches("class=\"gone\"").count(), 0);
    assert_eq!(then.body.matches("<dt>Chức vụ</dt><dd>Chuyên viên</dd>").count(), 1);
    let now = thanh_officer.get(&format!("/ca-nhan/{hoa}?khen-thuong=tat-ca")).await;
    assert_eq!(now.body.matches("<dt>Chức vụ</dt><dd>Trưởng phòng</dd>").count(), 1);
    let ended = "Hủy bỏ từ ngày 01/01/2020 theo Quyết định số MH-099/QĐ-VPCP";
    assert_eq!(now.body.matches(ended).count(), 2);
    let strip = between(&now.body, "<svg class=\"years\"", "</svg>").expect("a strip");
    assert_eq!(strip.matches("<a href=\"/quyet-dinh/").count(), 40);
}

/// The names of a list, in its order.
fn names(seen: &Seen) -> Vec<&str> {
    let body = seen.body.split("people-list").nth(1).unwrap_or_default();
    body.split("<th scope=\"row\"><a href=\"").skip(1).filter_map(|row| between(row, "\">", "</a>")).collect()
}

/// The cards: the honour, and what stands in the place of the verdict.
fn cards(seen: &Seen) -> Vec<(String, String)> {
    let read = |card: &str| {
        let name = between(card, "<h3>", "</h3>").expect("a name").to_owned();
        let provisional = between(card, "<p class=\"provisional\">", "</p>").map(str::to_owned);
        let verdict = || between(card, "</svg>", "</span>").unwrap_or_default().to_owned();
        (name, provisional.unwrap_or_else(verdict))
    };
    seen.body.split("<article class=\"card\">").skip(1).map(read).collect()
}
