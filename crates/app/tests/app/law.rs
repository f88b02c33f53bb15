//! The shelf of honours, the page of one honour on a day, and the texts behind them.

use axum::http::StatusCode;

use crate::browser::{Seen, between};
use crate::test_app::TestApp;

/// The largest page before compression.
const HEAVIEST: usize = 40_000;

#[tokio::test]
async fn an_honour_that_is_not_listed_is_named_by_its_nearest_and_leads_to_the_shelf() {
    let test_app = TestApp::new().await;
    let mut lan_employee = test_app.signed_in("lan").await;
    let lost = lan_employee.get("/danh-muc/chien-si-thi-dua-co-soo").await;
    assert_eq!((lost.status, lost.heading()), (StatusCode::NOT_FOUND, "Không có danh hiệu, hình thức này"));
    assert_eq!(links(&lost), ["Chiến sĩ thi đua cơ sở", "Mở danh mục"]);
    let far = lan_employee.get("/danh-muc/xyz").await;
    assert_eq!((far.status, links(&far)), (StatusCode::NOT_FOUND, vec!["Mở danh mục"]));
}

#[tokio::test]
async fn a_filter_that_fits_nothing_says_so_and_keeps_what_was_typed() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let empty = thanh_officer.get("/danh-muc?q=khong+co+gi&doi-tuong=tap-the").await;
    assert_eq!(empty.body.matches("<h2>Không có danh hiệu, hình thức nào phù hợp</h2>").count(), 1);
    assert_eq!(empty.body.matches("id=\"f-q\" type=\"search\" name=\"q\" value=\"khong co gi\"").count(), 1);
    assert_eq!(empty.body.matches("<option value=\"tap-the\" selected>Tập thể</option>").count(), 1);
}

#[tokio::test]
async fn the_shelf_is_ordered_by_level_and_searched_without_diacritics() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let shelf = mai_clerk.get("/danh-muc").await;
    assert_eq!(shelf.heading(), "Danh mục danh hiệu, hình thức khen thưởng");
    let levels: Vec<&str> = inner(&shelf, "<div class=\"card-header\"><h2>", "</h2>");
    assert_eq!(levels[..3], ["Cấp Nhà nước", "Cấp bộ, ban, ngành, tỉnh", "Cấp cơ sở"]);
    let found = mai_clerk.get("/danh-muc?q=lao+dong+tien+tien&doi-tuong=ca-nhan").await;
    assert_eq!(names(&found), ["Lao động tiên tiến"]);
}

#[tokio::test]
async fn the_shelf_shows_the_bonus_of_the_day_rounded_up() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for (day, said) in [("2025-06-30", "1 lần = 2.340.000 đồng"), ("2022-06-30", "1 lần = 1.490.000 đồng")] {
        let found = thanh_officer.get(&format!("/danh-muc?q=chien+si+thi+dua+co+so&ngay={day}")).await;
        assert_eq!(between(&found.body, "<td><span>", "</span>"), Some(said), "{day}");
    }
}

#[tokio::test]
async fn what_waits_for_the_law_of_2026_is_said_from_its_first_day_and_not_before() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let before = thanh_officer.get("/danh-muc?q=chien+si+thi+dua+co+so&ngay=2026-09-30").await;
    assert_eq!(inner(&before, "<td><span class=\"law-loaded\">", "</span>"), ["Đã cập nhật"]);
    let after = thanh_officer.get("/danh-muc?q=chien+si+thi+dua+co+so&ngay=2026-10-01").await;
    let said = inner(&after, "<td><span class=\"law-unverified\">", "</span>");
    assert_eq!(said, ["Cần đối chiếu Luật số 06/2026/QH16"]);
    let waiting =
        thanh_officer.get("/danh-muc?q=chien+si+thi+dua+co+so&tinh-trang=can-doi-chieu&ngay=2026-09-30").await;
    assert_eq!(names(&waiting), Vec::<&str>::new());
}

#[tokio::test]
async fn an_honour_shows_the_values_of_the_day_and_strikes_the_older() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get("/danh-muc/chien-si-thi-dua-co-so?ngay=2025-01-15").await;
    assert_eq!(page.heading(), "Chiến sĩ thi đua cơ sở");
    let standard = between(&page.body, "<ul class=\"tree\">", "</section>").expect("a standard");
    let asks = standard.split("<h3>").next().expect("a tree");
    let words: Vec<&str> = asks.split("<p>").skip(1).filter_map(|rest| rest.split("</p>").next()).collect();
    assert_eq!(words[0], "Đạt tiêu chuẩn Lao động tiên tiến");
    assert_eq!(
        inner_of(asks, "<p class=\"join\">", "</p>"),
        ["Có một trong các điều kiện:"],
        "the alternatives are joined in words"
    );
    assert_eq!(
        inner_of(asks, "<p class=\"cite\">", "</p>")[0],
        "khoản 1 Điều 23 Luật Thi đua, khen thưởng số 06/2022/QH15"
    );
    let gone = standard.split("<h3>Không còn áp dụng</h3>").nth(1).expect("what is over");
    assert_eq!(inner_of(gone, "<del>", "</del>"), ["Tiêu chuẩn theo Luật năm 2003 khi chưa sửa đổi"]);
    assert_eq!(between(gone, "</del> ", " <span").map(str::to_owned), Some("từ 01/07/2004 đến 31/05/2014".to_owned()));
}

#[tokio::test]
async fn the_change_dates_lead_to_the_page_of_each_and_mark_the_one_in_force() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get("/danh-muc/chien-si-thi-dua-co-so?ngay=2025-01-15").await;
    let changes = between(&page.body, "<nav class=\"changes\"", "</nav>").expect("the change dates");
    let chosen: Vec<&str> = inner_of(changes, "aria-current=\"date\">", "</a>");
    assert_eq!(chosen, ["01/01/2024"]);
    assert_eq!(changes.matches("href=\"/danh-muc/chien-si-thi-dua-co-so?ngay=2017-10-01\"").count(), 1);
    let old = thanh_officer.get("/danh-muc/chien-si-thi-dua-co-so?ngay=2017-10-01").await;
    let changes = between(&old.body, "<nav class=\"changes\"", "</nav>").expect("the change dates");
    assert_eq!(inner_of(changes, "aria-current=\"date\">", "</a>"), ["01/10/2017"]);
}

#[tokio::test]
async fn a_value_that_waits_for_a_text_names_it_and_its_last_day() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get("/danh-muc/chien-si-thi-dua-co-so").await;
    let notice = between(&page.body, "<div class=\"notice\">", "</div></div>").expect("a notice");
    let first = between(notice, "<div><p>", "</p>").expect("a sentence");
    assert_eq!(
        first,
        "Giá trị dưới đây theo quy định đến 30/09/2026; cần đối chiếu Luật sửa đổi, bổ sung một số điều của Luật Thi đua, \
         khen thưởng số 06/2026/QH16 (chưa được cập nhật)."
    );
}

#[tokio::test]
async fn the_rows_by_date_strike_what_has_ended_and_compute_each_bonus() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let rows = thanh_officer.get("/danh-muc/chien-si-thi-dua-co-so?phan=ho-so&ngay=2025-07-01").await;
    let deciders = rows.body.split("<h2>Thẩm quyền quyết định</h2>").nth(1).expect("who decides");
    let deciders = deciders.split("</section>").next().expect("a list");
    assert!(inner_of(deciders, "<del>", "</del>").contains(&"Chủ tịch Ủy ban nhân dân cấp huyện"));
    let now = between(&rows.body, "<tr class=\"now\" aria-current=\"true\">", "</tr>").expect("today's bonus");
    let cells: Vec<&str> = now.split("</td>").filter_map(|cell| cell.rsplit('>').next()).collect();
    assert_eq!(cells[..3], ["từ 01/07/2025 đến 30/06/2026", "2.340.000 đồng", "2.340.000 đồng"]);
}

#[tokio::test]
async fn every_case_of_an_honour_is_run_and_holds() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let none = thanh_officer.get("/danh-muc/huan-chuong-lao-dong?phan=vi-du").await;
    assert_eq!(none.body.matches("<h2>Chưa có ví dụ</h2>").count(), 1);
    let proof = thanh_officer.get("/danh-muc/don-vi-tien-tien?phan=vi-du").await;
    let rows = proof.body.matches("<th scope=\"row\" lang=\"vi\">").count();
    assert!(rows >= 6);
    assert_eq!(proof.body.matches("<span class=\"law-loaded\">Đúng</span>").count(), rows);
    let saying = between(&proof.body, "<caption>", "</caption>").expect("a sentence");
    assert_eq!(saying, format!("{rows} trong {rows} ví dụ cho kết quả đúng như mong đợi với quy định đã cập nhật."));
}

#[tokio::test]
async fn many_cases_of_an_honour_stand_on_pages_that_lead_to_each_other() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let mut path = "/danh-muc/bang-khen-thu-tuong?phan=vi-du".to_owned();
    let (mut shown, mut counts) = (0, Vec::new());
    let saying = loop {
        let page = thanh_officer.get(&path).await;
        let rows = page.body.matches("<th scope=\"row\" lang=\"vi\">").count();
        let saying = between(&page.body, "<caption>", "</caption>").expect("a sentence").to_owned();
        let pager = between(&page.body, "<nav class=\"pager\"", "</nav>").expect("the pages");
        counts.push(between(pager, "<p>", "</p>").expect("which of how many").to_owned());
        assert_eq!(pager.matches("rel=\"prev\"").count(), usize::from(shown > 0));
        shown += rows;
        match between(pager, "rel=\"next\" href=\"", "\"") {
            Some(next) => path = next.replace("&amp;", "&").replace("&#38;", "&"),
            None => break saying,
        }
    };
    assert!(counts.len() > 1);
    assert_eq!(counts[0], format!("Dòng 1–50 trong {shown}"));
    assert_eq!(saying, format!("{shown} trong {shown} ví dụ cho kết quả đúng như mong đợi với quy định đã cập nhật."));
}

#[tokio::test]
async fn the_texts_stand_under_their_state_on_the_day() {
    let test_app = TestApp::new().await;
    let mut yen_auditor = test_app.signed_in("yen").await;
    let after = yen_auditor.get("/van-ban").await;
    let decree = "Nghị định số 98/2023/NĐ-CP quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng";
    assert_eq!(state(&after, decree), "Đã hết hiệu lực");
    let amending = "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng số 06/2026/QH16";
    assert_eq!(state(&after, amending), "Chưa được cập nhật");
    let then = yen_auditor.get("/van-ban?ngay=2024-01-01").await;
    assert_eq!(state(&then, decree), "Đang áp dụng");
    let earlier = yen_auditor.get("/van-ban?ngay=2023-12-30").await;
    assert_eq!(state(&earlier, decree), "Chưa có hiệu lực");
    let loaded =
        after.body.split("<strong>Luật Thi đua, khen thưởng số 06/2022/QH15</strong>").nth(1).expect("the law");
    assert_eq!(
        between(loaded, "<span class=\"law-unloaded\">", "</span>"),
        Some(
            "Nội dung đã cập nhật đến 30/09/2026; sau đó cần Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng \
             số 06/2026/QH16."
        )
    );
}

#[tokio::test]
async fn every_page_of_the_law_is_light_and_whole_in_both_languages_on_every_change_date() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let law = app::law::built_in();
    let parts = ["", "&phan=ho-so", "&phan=vi-du", "&doi-tuong=tap-the"];
    for language in ["vi", "en"] {
        thanh_officer.get(&format!("/ngon-ngu/{language}")).await;
        for path in ["/danh-muc", "/van-ban", "/danh-muc?ngay=2020-01-01", "/van-ban?ngay=2020-01-01"] {
            assert_sound(path, &thanh_officer.get(path).await);
        }
        for award in &law.awards {
            for (day, part) in ["2005-01-01", "2018-01-01", "2025-01-01", "2026-11-23"].iter().zip(parts.iter().cycle())
            {
                let path = format!("/danh-muc/{}?ngay={day}{part}", award.id);
                assert_sound(&path, &thanh_officer.get(&path).await);
            }
            let path = format!("/danh-muc/{}", award.id);
            assert_sound(&path, &thanh_officer.get(&path).await);
        }
    }
}

/// A page that is light, lacks no text, carries no style and shows no id of the law data in its words.
fn assert_sound(path: &str, seen: &Seen) {
    assert_eq!(seen.status, StatusCode::OK, "{path}");
    assert!(seen.body.len() <= HEAVIEST, "{path}: {} bytes", seen.body.len());
    for slip in ["‹", " style=", "fact_missing", "text_missing", "not_met", ">ca-nhan", ">tap-the"] {
        assert_eq!(seen.body.matches(slip).count(), 0, "{path}: {slip}");
    }
}

/// The heading under which a text is listed.
fn state<'s>(seen: &'s Seen, name: &str) -> &'s str {
    let before = seen.body.split(&format!("<strong>{name}</strong>")).next().expect("the page before the text");
    before.rsplit("<h2>").next().and_then(|rest| rest.split("</h2>").next()).expect("a heading")
}

/// The honours on the shelf.
fn names(seen: &Seen) -> Vec<&str> {
    let lines = inner(seen, "<tr><th scope=\"row\">", "</th>");
    lines.into_iter().filter_map(|line| between(line, "\">", "</a>")).collect()
}

/// The words of the links in the page's own content, without the frame's.
fn links(seen: &Seen) -> Vec<&str> {
    let content = seen.body.split("<div class=\"card-body\">").nth(1).expect("content");
    let content = content.split("</main>").next().expect("content");
    content.split("<a ").skip(1).filter_map(|rest| between(rest, ">", "</a>")).collect()
}

fn inner<'s>(seen: &'s Seen, start: &str, end: &str) -> Vec<&'s str> {
    inner_of(&seen.body, start, end)
}

/// Everything that stands between two marks.
fn inner_of<'s>(text: &'s str, start: &str, end: &str) -> Vec<&'s str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

#[tokio::test]
async fn the_coverage_tells_every_honour_under_every_regime_and_the_texts_that_are_missing() {
    let test_app = TestApp::new().await;
    let mut yen_auditor = test_app.signed_in("yen").await;
    let page = yen_auditor.get("/do-phu").await;
    assert_eq!((page.status, page.heading()), (StatusCode::OK, "Độ phủ của tiêu chuẩn"));
    let fighter = between(&page.body, "/danh-muc/chien-si-thi-dua-co-so\">", "</tr>").expect("the title");
    let words: Vec<&str> =
        fighter.split("<td class=\"").skip(1).map(|cell| between(cell, ">", "</td>").expect("a word")).collect();
    assert_eq!(words.last(), Some(&"cần đối chiếu"));
    assert_eq!(words.len(), page.body.matches("<th scope=\"col\">Từ ").count());
    assert_eq!(page.body.matches("06/2026/QH16: ").count(), 1);
}
