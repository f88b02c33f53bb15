//! The registry of reports, the period report and the lines behind its figures.

use app::config::Mode;
use app::session::OFFICE;
use axum::http::StatusCode;
use rules::facts::Sex;

use crate::browser::{Browser, Seen, between};
use crate::builders::PEOPLE;
use crate::honours::{Honour, Paper, To, decision, person, unit};
use crate::test_app::{TestApp, now, today};

const ARTICLE: &str = "/bao-cao/giai-doan?tu=2015&den=2020&so-tu=2006&so-den=2010&don-vi=TCCB";

/// The demonstration, and its emulation officer at the door.
async fn demonstration() -> (TestApp, Browser) {
    let test_app = TestApp::empty(Mode::Demonstration).await;
    app::demo::fill::fill(&test_app.app.store, OFFICE, today(), now()).await.expect("the demonstration");
    let officer = enter(&test_app, "Chuyên viên thi đua, khen thưởng").await;
    (test_app, officer)
}

/// Signs the first demonstration person of a role in.
async fn enter(test_app: &TestApp, role: &str) -> Browser {
    let mut person = test_app.browser();
    let door = person.get("/dang-nhap").await;
    let form = door.body.split("action=\"/dang-nhap/minh-hoa\"").find(|form| form.contains(role)).expect("a person");
    let login = between(form, "name=\"login\" value=\"", "\"").expect("a login").to_owned();
    person.post("/dang-nhap/minh-hoa", &[("login", &login)]).await;
    person
}

/// The figures of the line with this label in the table with this caption, with the addresses behind them.
fn line<'s>(seen: &'s Seen, caption: &str, label: &str) -> Vec<(&'s str, &'s str)> {
    let table = between(&seen.body, &format!("<caption>{caption}</caption>"), "</table>").expect("a table");
    let line =
        table.split("<th>").find(|line| line.split("<td>").next().map(str::trim) == Some(label)).expect("a line");
    let cells = line.split("<tr").next().unwrap_or_default().split("<td>").skip(1);
    let read = |cell: &'s str| match between(cell, "<a href=\"", "\">") {
        Some(href) => (between(cell, "\">", "</a>").unwrap_or_default(), href),
        None => (cell.split('<').next().unwrap_or_default().trim(), ""),
    };
    cells.map(read).collect()
}

fn figures<'s>(line: &[(&'s str, &'s str)]) -> Vec<&'s str> {
    line.iter().map(|(figure, _)| *figure).collect()
}

#[tokio::test]
async fn a_period_that_cannot_be_is_refused_beside_its_field_and_what_was_typed_stays() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for (query, field, typed, why) in [
        ("tu=2020&den=2015", "den", "2015", "Thời điểm cuối đứng trước thời điểm đầu."),
        ("tu=2015-02-30&den=2020", "tu", "2015-02-30", "Ghi năm (2015) hoặc ngày có thật (16/06/2020)."),
        ("tu=2015&den=", "den", "", "Cần ghi mục này."),
        ("tu=1950&den=2020", "den", "2020", "Giai đoạn dài nhất là 50 năm."),
        ("tu=2030&den=2031", "tu", "2030", "Giai đoạn này chưa bắt đầu vào ngày xem dữ liệu."),
        ("tu=2015&den=2020&so-tu=2006", "so-den", "", "Cần ghi mục này."),
    ] {
        let refused = thanh_officer.get(&format!("/bao-cao/giai-doan?{query}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let input = between(&refused.body, &format!("id=\"f-{field}\""), "</div>").expect("the field");
        assert_eq!(between(input, "value=\"", "\""), Some(typed), "{query}");
        assert_eq!(input.matches(why).count(), 1, "{query}: {input}");
        assert_eq!(refused.body.matches("aria-invalid").count(), 1, "{query}");
        assert_eq!(refused.body.matches("<table").count(), 0, "{query}");
    }
    let lost = thanh_officer.get("/bao-cao/giai-doan?tu=2015&den=2020&don-vi=XYZ").await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(lost.body.matches("<option value=\"XYZ\" selected>XYZ</option>").count(), 1);
    assert_eq!(lost.body.matches("Không có đơn vị mang ký hiệu này.").count(), 1);
    let no_way = thanh_officer.get("/bao-cao/giai-doan?dem=sao").await;
    assert_eq!(no_way.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn where_there_are_many_units_the_one_of_a_report_is_found_by_words() {
    let test_app = TestApp::new().await;
    for n in 0..101 {
        unit(&test_app.app.store, &format!("Phòng Nội vụ số {n:03}"), &format!("NV{n:03}"), n).await;
    }
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let options =
        |seen: &Seen| between(&seen.body, "name=\"don-vi\"", "</select>").map(|list| list.matches("<option").count());
    let whole = thanh_officer.get("/bao-cao/giai-doan").await;
    assert_eq!((whole.status, options(&whole)), (StatusCode::OK, Some(1)));
    assert!(whole.body.len() <= 40_000, "{} bytes", whole.body.len());
    let several = thanh_officer.get("/bao-cao/giai-doan?tu=2015&den=2020&don-vi=&don-vi-tim=noi+vu").await;
    assert_eq!((several.status, options(&several)), (StatusCode::UNPROCESSABLE_ENTITY, Some(21)));
    assert_eq!(several.body.matches("Hãy chọn một đơn vị trong danh sách.").count(), 1);
    assert!(several.body.len() <= 40_000, "{} bytes", several.body.len());
    let none = thanh_officer.get("/bao-cao/giai-doan?tu=2015&den=2020&don-vi-tim=khong+co").await;
    assert_eq!((none.status, options(&none)), (StatusCode::UNPROCESSABLE_ENTITY, Some(1)));
    for asked in ["don-vi=NV007", "don-vi=&don-vi-tim=nv007", "don-vi=NV001&don-vi-tim=n%E1%BB%99i+v%E1%BB%A5+007"] {
        let one = thanh_officer.get(&format!("/bao-cao/giai-doan?tu=2015&den=2020&{asked}")).await;
        assert_eq!((one.status, options(&one)), (StatusCode::OK, Some(2)), "{asked}");
        assert_eq!(one.body.matches("Phòng Nội vụ số 007, giai đoạn 2015–2020").count(), 1, "{asked}");
    }
}

#[tokio::test]
async fn an_address_of_lines_that_was_tampered_with_is_refused() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for (path, status) in [
        ("2015-2020/TCCB/ai-do", StatusCode::UNPROCESSABLE_ENTITY),
        ("2020-2015/TCCB/khen", StatusCode::UNPROCESSABLE_ENTITY),
        ("bao-gio/TCCB/khen", StatusCode::UNPROCESSABLE_ENTITY),
        ("2015-2020/XYZ/khen", StatusCode::UNPROCESSABLE_ENTITY),
        ("2015-2020/TCCB/khen", StatusCode::OK),
    ] {
        assert_eq!(thanh_officer.get(&format!("/bao-cao/giai-doan/{path}")).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_clerk_reports_on_the_own_unit_and_an_employee_on_nothing() {
    let test_app = TestApp::new().await;
    unit(&test_app.app.store, "Vụ Pháp luật", "PL", 2).await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let own = mai_clerk.get("/bao-cao/giai-doan").await;
    assert_eq!(own.status, StatusCode::OK);
    assert_eq!(own.body.matches("Vụ Tổ chức cán bộ, giai đoạn 2021–2025").count(), 1);
    assert_eq!(own.body.matches("Toàn cơ quan").count(), 0);
    assert_eq!(mai_clerk.get("/bao-cao/giai-doan?don-vi=PL").await.status, StatusCode::FORBIDDEN);
    assert_eq!(mai_clerk.get("/bao-cao/giai-doan/2020/PL/khen").await.status, StatusCode::FORBIDDEN);
    assert_eq!(mai_clerk.get("/bao-cao/giai-doan/2020/toan-co-quan/khen").await.status, StatusCode::FORBIDDEN);
    let mut lan_employee = test_app.signed_in("lan").await;
    for path in ["/bao-cao", "/bao-cao/giai-doan", "/bao-cao/giai-doan/2020/TCCB/khen"] {
        assert_eq!(lan_employee.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!lan_employee.get("/").await.menu().contains(&"Báo cáo, thống kê"));
}

#[tokio::test]
async fn every_reader_finds_the_period_report_in_the_registry() {
    let test_app = TestApp::new().await;
    for (login, _, _, _) in PEOPLE.iter().filter(|(login, ..)| *login != "lan") {
        let seen = test_app.signed_in(login).await.get("/bao-cao").await;
        assert_eq!(seen.heading(), "Báo cáo, thống kê");
        assert_eq!(seen.body.matches("href=\"/bao-cao/giai-doan\"><svg").count(), 1, "{login}");
    }
}

#[tokio::test]
async fn the_article_comes_out_of_the_records_and_each_figure_opens_its_lines() {
    let (test_app, mut officer) = demonstration().await;
    let report = officer.get(ARTICLE).await;
    assert_eq!((report.status, report.heading()), (StatusCode::OK, "Báo cáo giai đoạn"));
    assert!(report.body.len() <= 40_000, "{} bytes", report.body.len());
    assert_eq!(report.body.matches(" style=").count() + report.body.matches('‹').count(), 0);
    let commended = line(&report, "Cá nhân", "Hình thức khen thưởng");
    assert_eq!(figures(&commended), ["9", "11", "11", "10", "11", "3", "55", "39", "+41,03%"]);
    let flags = line(&report, "Tập thể", "Cờ thi đua");
    assert_eq!(figures(&flags), ["1", "1", "1", "1", "1", "1", "6", "0", "–"]);
    for (caption, label, total) in [
        ("Tập thể", "Cờ thi đua của Chính phủ", "2"),
        ("Tập thể", "Cờ thi đua cấp bộ, ban, ngành, tỉnh, đoàn thể trung ương", "4"),
        ("Tập thể", "Huân chương Lao động (hạng không rõ)", "1"),
        ("Tập thể", "Bằng khen của Thủ tướng Chính phủ", "2"),
        ("Tập thể", "Bằng khen cấp Bộ, ban, ngành, tỉnh, đoàn thể trung ương", "6"),
        ("Cá nhân", "Huân chương Lao động", "5"),
        ("Cá nhân", "Huân chương Lao động hạng Ba", "4"),
        ("Cá nhân", "Bằng khen của Thủ tướng Chính phủ", "9"),
    ] {
        assert_eq!(figures(&line(&report, caption, label))[6], total, "{label}");
    }
    let text =
        "so với giai đoạn 2006–2010 (39 lượt) tăng 41,03%, bình quân mỗi năm 9,17 lượt so với 7,8 lượt (+17,52%)";
    assert_eq!(report.body.matches(text).count(), 1);
    assert_eq!(report.body.matches("giai đoạn 2006–2010 không có lượt nào nên không tính được tỷ lệ").count(), 1);
    assert_eq!(report.body.matches("So sánh theo tổng số, hai kỳ dài khác nhau").count(), 2);
    let links: Vec<&str> = report.body.split("<td><a href=\"").skip(1).collect();
    assert!(links.len() > 100, "{} figures", links.len());
    for link in links {
        let (href, rest) = link.split_once("\">").expect("a link");
        let figure = rest.split("</a>").next().expect("a figure");
        let lines = officer.get(&format!("/bao-cao/{href}")).await;
        assert_eq!(lines.status, StatusCode::OK, "{href}");
        assert_eq!(lines.body.matches(&format!(" trong {figure} lượt</p>")).count(), 1, "{href}: {figure}");
        assert!(lines.body.len() <= 40_000, "{href}: {} bytes", lines.body.len());
    }
    drop(test_app);
}

#[tokio::test]
async fn counted_the_other_way_the_first_flag_falls_out_and_by_the_conference_nothing_later_counts() {
    let (_test_app, mut officer) = demonstration().await;
    let by_year = officer.get(&format!("{ARTICLE}&dem=nam&ngay=2020-06-16")).await;
    assert_eq!(figures(&line(&by_year, "Tập thể", "Cờ thi đua của Chính phủ"))[6], "2");
    let ministry = line(&by_year, "Tập thể", "Cờ thi đua cấp bộ, ban, ngành, tỉnh, đoàn thể trung ương");
    assert_eq!(figures(&ministry)[6], "3");
    assert_eq!(ministry[6].1.rsplit_once('?').map(|(_, kept)| kept), Some("dem=nam&ngay=2020-06-16"));
    let conference = officer.get(&format!("{ARTICLE}&ngay=2020-06-16")).await;
    assert_eq!(figures(&line(&conference, "Cá nhân", "Hình thức khen thưởng"))[6], "55");
    assert_eq!(conference.body.matches("Số liệu tính đến hết ngày 16/06/2020.").count(), 1);
    assert_eq!(conference.body.matches("giai đoạn 01/01/2015 – 16/06/2020").count(), 1);
}

#[tokio::test]
async fn more_lines_cost_no_more_statements() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let home = test_app.office.unit;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/").await;
    let mut cost = async |path: &str| {
        let before = store.statements();
        thanh_officer.get(path).await;
        store.statements() - before
    };
    let confer = async |number: &str, award: &'static str| {
        let nga = person(store, "Đỗ Thị Nga", Sex::Nu, home).await;
        let honour = Honour { award, to: To::Person(nga, home), year: None, level: None };
        let paper = Paper { number, issuer: "VPCP", day: "2018-02-25", summary: "Về việc khen thưởng" };
        decision(store, &paper, &[honour; 3]).await;
    };
    let lines = "/bao-cao/giai-doan/2015-2020/TCCB/khen.ca-nhan";
    confer("MH-001", "bang-khen-bo").await;
    let few = (cost(ARTICLE).await, cost(lines).await);
    for (number, award) in
        [("MH-002", "bang-khen-thu-tuong"), ("MH-003", "huan-chuong-lao-dong-ba"), ("MH-004", "giay-khen")]
    {
        confer(number, award).await;
    }
    assert_eq!((cost(ARTICLE).await, cost(lines).await), few);
}

#[tokio::test]
async fn a_period_without_anything_says_what_to_do() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let empty = thanh_officer.get("/bao-cao/giai-doan?tu=2015&den=2020").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert_eq!(empty.body.matches("<h2>Chưa có danh hiệu, khen thưởng nào trong giai đoạn này</h2>").count(), 1);
    assert_eq!(empty.body.matches("<svg xmlns").count(), 0);
}

#[tokio::test]
async fn an_honour_that_the_catalogue_lacks_is_told_and_shown_without_its_code() {
    let test_app = TestApp::new().await;
    let (store, home) = (&test_app.app.store, test_app.office.unit);
    let nga = person(store, "Đỗ Thị Nga", Sex::Nu, home).await;
    let honour = Honour { award: "giai-thuong-la", to: To::Person(nga, home), year: None, level: None };
    let paper = Paper { number: "MH-001", issuer: "VPCP", day: "2018-02-25", summary: "Về việc khen thưởng" };
    let id = decision(store, &paper, &[honour]).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let report = thanh_officer.get("/bao-cao/giai-doan?tu=2015&den=2020").await;
    let told = "Có quyết định về 1 danh hiệu, hình thức chưa có trong danh mục";
    assert_eq!((report.body.matches(told).count(), report.body.matches("giai-thuong-la").count()), (1, 0));
    let one = thanh_officer.get(&format!("/quyet-dinh/{id}")).await;
    assert_eq!((one.status, one.body.matches("giai-thuong-la").count()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn a_long_period_stands_in_columns_of_years_and_in_english() {
    let (_test_app, mut officer) = demonstration().await;
    officer.get("/ngon-ngu/en").await;
    let report = officer.get("/bao-cao/giai-doan?tu=2006&den=2025").await;
    assert_eq!((report.heading(), report.body.matches('‹').count()), ("Period report", 0));
    assert!(report.body.len() <= 40_000, "{} bytes", report.body.len());
    let head = between(&report.body, "<caption>Individuals</caption>", "</thead>").expect("a table");
    let columns: Vec<&str> = head.split("<th>").skip(2).map(|column| column.trim()).collect();
    assert_eq!(columns, ["2006–2010", "2011–2015", "2016–2020", "2021–2025", "Total"]);
    let whole = line(&report, "Individuals", "Forms of commendation");
    assert_eq!(whole[1].1, "giai-doan/2011-2015/toan-co-quan/khen.ca-nhan");
}
