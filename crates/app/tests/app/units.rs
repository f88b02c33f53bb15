//! Units: the tree of a day, and one unit's page.

use app::session::OFFICE;
use axum::http::StatusCode;
use rules::facts::{Grade, Sex};
use store::Store;
use store::error::StoreError;
use store::records::{NewGrade, NewUnit, NewUnitLineage, NewUnitName};
use store::words::{Certainty, LineageKind, PostLevel};
use uuid::Uuid;

use crate::browser::{Seen, between};
use crate::careers::crowd;
use crate::honours::{self, Honour, Paper, To};
use crate::test_app::{TestApp, now};

/// The largest page before compression.
const HEAVIEST: usize = 40_000;
const NOWHERE: &str = "/tap-the/00000000-0000-7000-8000-000000000000";

#[tokio::test]
async fn a_clerk_is_refused_another_unit_an_employee_every_unit_and_an_unknown_one_is_not_found() {
    let test_app = TestApp::new().await;
    let elsewhere = honours::unit(&test_app.app.store, "Vụ Pháp luật", "PL", 2).await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let refused = mai_clerk.get(&format!("/tap-the/{elsewhere}")).await;
    assert_eq!((refused.status, refused.body.matches("Vụ Pháp luật").count()), (StatusCode::FORBIDDEN, 0));
    assert_eq!(mai_clerk.get(&format!("/tap-the/{}", test_app.office.unit)).await.heading(), "Vụ Tổ chức cán bộ");
    assert_eq!(units(&mai_clerk.get("/tap-the").await), ["Vụ Tổ chức cán bộ"]);
    let mut lan_employee = test_app.signed_in("lan").await;
    assert_eq!(lan_employee.get("/tap-the").await.status, StatusCode::FORBIDDEN);
    assert_eq!(lan_employee.get(&format!("/tap-the/{elsewhere}")).await.status, StatusCode::FORBIDDEN);
    let mut thanh_officer = test_app.signed_in("thanh").await;
    assert_eq!(thanh_officer.get(NOWHERE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(thanh_officer.get("/tap-the/TCCB").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn units_stand_in_the_order_of_the_decree_with_their_clusters_and_people() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let law = honours::unit(store, "Vụ Pháp luật", "PL", 0).await;
    let division = named(store, &Named { parent: Some(law), cluster: Some("Cụm Nội chính"), ..PHONG }).await;
    honours::person(store, "Đỗ Văn An", Sex::Nam, law).await;
    honours::person(store, "Lý Thị Bình", Sex::Nu, division).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let tree = thanh_officer.get("/tap-the").await;
    assert_eq!(units(&tree), ["Vụ Pháp luật", "Phòng Thẩm định", "Vụ Tổ chức cán bộ"]);
    assert_eq!(tree.body.matches("<th scope=\"row\" class=\"in-1\">").count(), 1);
    assert_eq!(tree.body.matches("<td>Cụm Nội chính</td>").count(), 1);
    let people: Vec<&str> =
        tree.body.split("data-label=\"Số người\">").skip(1).filter_map(|cell| cell.split("</td>").next()).collect();
    let counted: Vec<&str> = people
        .iter()
        .filter_map(|cell| cell.rsplit("\">").nth(1).map_or(Some(*cell), |_| between(cell, "\">", "<")))
        .collect();
    assert_eq!(counted, ["2", "1", "0"]);
    assert_eq!(between(&tree.body, "aria-label=\"Phân trang\"><p>", "</p>"), Some("3 đơn vị, 2 người"));
    let before = thanh_officer.get("/tap-the?ngay=1999-12-31").await;
    assert_eq!(between(&before.body, "<h2>", "</h2>"), Some("Chưa có đơn vị nào tại ngày này"));
}

#[tokio::test]
async fn a_unit_tells_its_names_and_from_which_it_came() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let industry =
        named(store, &Named { name: "Vụ Kinh tế ngành", code: "KTN", until: Some("2016-11-10"), ..PHONG }).await;
    let farming = named(store, &Named { name: "Vụ Nông nghiệp", code: "NN", from: "2016-11-11", ..PHONG }).await;
    came_from(store, industry, farming, "2016-11-11").await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let seen = thanh_officer.get(&format!("/tap-the/{farming}")).await;
    let told = between(&seen.body, "<ul class=\"lineage\">", "</ul>").expect("a lineage");
    let name = "<li><strong>Vụ Nông nghiệp (NN)</strong> <span class=\"soft\">từ 11/11/2016 – Nghị định số 150/2016/NĐ-CP</span> \
        <span class=\"said\">chưa đối chiếu văn bản gốc</span></li>";
    assert_eq!(told.matches(name).count(), 1);
    let step = format!(
        "<li>11/11/2016: Vụ Nông nghiệp được tách ra từ Vụ Kinh tế ngành (Nghị định số 150/2016/NĐ-CP). \
        <a href=\"/tap-the/{industry}\">Vụ Kinh tế ngành</a></li>"
    );
    assert_eq!(told.matches(&step).count(), 1);
    let gone = thanh_officer.get(&format!("/tap-the/{industry}")).await;
    let notice = "Đơn vị không còn hoạt động từ sau ngày 10/11/2016; thông tin dưới đây theo tên cuối cùng.";
    assert_eq!(gone.body.matches(notice).count(), 1);
    let early = thanh_officer.get(&format!("/tap-the/{farming}?ngay=2010-01-01")).await;
    let notice = "Đơn vị chưa thành lập tại ngày này; tên đầu tiên có từ ngày 11/11/2016.";
    assert_eq!(early.body.matches(notice).count(), 1);
}

#[tokio::test]
async fn shares_are_cut_after_two_decimals_and_members_show_their_last_year() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let unit = honours::unit(store, "Vụ Pháp luật", "PL", 2).await;
    let an = honours::person(store, "Đỗ Văn An", Sex::Nam, unit).await;
    let binh = honours::person(store, "Lý Thị Bình", Sex::Nu, unit).await;
    let cuc = honours::person(store, "Vũ Thu Cúc", Sex::Nu, unit).await;
    for person in [an, binh, cuc] {
        graded(store, person, 2025, if person == an { Grade::XuatSac } else { Grade::Tot }).await;
    }
    let honour = |award, to| Honour { award, to, year: Some(2025), level: Some(PostLevel::TrucTiep) };
    let paper = Paper { number: "MH-001", issuer: "VPCP", day: "2026-01-15", summary: "Công nhận danh hiệu" };
    let lines = [
        honour("lao-dong-tien-tien", To::Person(an, unit)),
        honour("chien-si-thi-dua-co-so", To::Person(an, unit)),
        honour("lao-dong-tien-tien", To::Person(binh, unit)),
        honour("tap-the-lao-dong-tien-tien", To::Collective(unit)),
    ];
    let decision = honours::decision(store, &paper, &lines).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let seen = thanh_officer.get(&format!("/tap-the/{unit}")).await;
    let year = between(&seen.body, "<tr><th scope=\"row\">2025</th>", "</tr>").expect("the year");
    let cells: Vec<&str> = year.split("<td").skip(1).filter_map(|cell| between(cell, ">", "</td>")).collect();
    assert_eq!(cells, ["3", "1", "2", "0", "0", "2 (66,66%)", "1 (33,33%)", "Tập thể lao động tiên tiến"]);
    let members = between(&seen.body, "id=\"thanh-vien\"", "</section>").expect("the members");
    let rows: Vec<String> = members
        .split("<tr><th scope=\"row\">")
        .skip(1)
        .map(|row| {
            row.split("<td>").filter_map(|cell| cell.split("</td>").next()).skip(1).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    assert_eq!(
        rows,
        [
            " | Hoàn thành xuất sắc nhiệm vụ | Lao động tiên tiến; Chiến sĩ thi đua cơ sở",
            " | Hoàn thành tốt nhiệm vụ | Lao động tiên tiến",
            " | Hoàn thành tốt nhiệm vụ | "
        ]
    );
    let mark = format!("<a href=\"/quyet-dinh/{}\"><title>2025: Tập thể lao động tiên tiến</title>", decision.simple());
    assert_eq!(seen.body.matches(&mark).count(), 1);
    let why = format!("href=\"/can-cu/tap-the/{unit}/tap-the-lao-dong-tien-tien\">Căn cứ</a>");
    assert_eq!(seen.body.matches(&why).count(), 1);
    let earlier = thanh_officer.get(&format!("/tap-the/{unit}?ngay=2026-01-14")).await;
    assert_eq!(earlier.body.matches("66,66%").count() + earlier.body.matches("<svg class=\"years\"").count(), 1);
}

#[tokio::test]
async fn a_unit_of_sixty_is_light_and_costs_no_more_than_an_empty_one() {
    let test_app = TestApp::demonstration().await;
    let store = &test_app.app.store;
    let unit = honours::unit(store, "Vụ Pháp luật", "PL", 2).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let address = format!("/tap-the/{unit}");
    let before = store.statements();
    let empty = thanh_officer.get(&address).await;
    let for_none = store.statements() - before;
    assert_eq!(empty.body.matches("Không có thành viên tại ngày này").count(), 1);
    crowd(store, unit, 60).await;
    let before = store.statements();
    let seen = thanh_officer.get(&address).await;
    assert_eq!(store.statements() - before, for_none);
    assert!(seen.body.len() <= HEAVIEST, "{} bytes", seen.body.len());
    assert_eq!(seen.body.matches(" style=").count() + seen.body.matches('‹').count(), 0);
    assert_eq!(seen.body.matches("<p>5 trong 60 người, gồm đơn vị trực thuộc</p>").count(), 1);
    let all = thanh_officer.get(&format!("{address}?thanh-vien=tat-ca")).await;
    assert_eq!(all.body.matches("<p>60 trong 60 người, gồm đơn vị trực thuộc</p>").count(), 1);
    thanh_officer.get("/ngon-ngu/en").await;
    let english = thanh_officer.get(&address).await;
    assert_eq!(english.body.matches("<p>5 of 60 people, with sub-units</p>").count(), 1);
    assert_eq!(english.body.matches('‹').count(), 0);
}

#[tokio::test]
async fn an_office_of_many_units_is_shown_level_by_level_and_its_people_found_by_way_of_it() {
    let test_app = TestApp::demonstration().await;
    let store = &test_app.app.store;
    let cuc = named(store, &Named { name: "Cục Quản trị", code: "QT", ..PHONG }).await;
    for n in 0..61 {
        let (name, code) = (format!("Phòng số {n:02}"), format!("QT.{n:02}"));
        named(store, &Named { name: &name, code: &code, parent: Some(cuc), ..PHONG }).await;
    }
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let top = thanh_officer.get("/tap-the").await;
    assert_eq!(units(&top), ["Vụ Tổ chức cán bộ", "Cục Quản trị"]);
    let below = format!("<a href=\"/tap-the?duoi={cuc}\">61<span class=\"visually-hidden\"> – Cục Quản trị</span></a>");
    assert_eq!(top.body.matches(&below).count(), 1);
    let first = thanh_officer.get(&format!("/tap-the?duoi={cuc}")).await;
    assert_eq!((first.heading(), units(&first).len()), ("Cục Quản trị", 60));
    assert!(first.body.len() <= HEAVIEST, "{} bytes", first.body.len());
    assert_eq!(first.body.matches("<p>60 trong 61 đơn vị</p>").count(), 1);
    let next = between(&first.body, "rel=\"next\" href=\"", "\"").expect("a next page").replace("&#38;", "&");
    assert_eq!(units(&thanh_officer.get(&next).await), ["Phòng số 60"]);
    let nowhere = thanh_officer.get(&format!("/tap-the?duoi={}", Uuid::nil())).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    // The list of people has no room for so many names: the unit is chosen in the tree.
    let list = thanh_officer.get("/ca-nhan").await;
    assert_eq!(list.body.matches("<a href=\"/tap-the\">Chọn trong cây đơn vị</a>").count(), 1);
    let chosen = thanh_officer.get(&format!("/ca-nhan?don-vi={cuc}")).await;
    let kept = format!("<input type=\"hidden\" name=\"don-vi\" value=\"{cuc}\"><span>Cục Quản trị</span>");
    assert_eq!(chosen.body.matches(&kept).count(), 1);
}

/// A unit with one name.
struct Named<'a> {
    name: &'a str,
    code: &'a str,
    parent: Option<Uuid>,
    cluster: Option<&'a str>,
    from: &'a str,
    until: Option<&'a str>,
}

const PHONG: Named<'static> =
    Named { name: "Phòng Thẩm định", code: "PL.1", parent: None, cluster: None, from: "2000-01-01", until: None };

async fn named(store: &Store, named: &Named<'_>) -> Uuid {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let unit = step.add(NewUnit { id: step.id(), kind: "phong".to_owned(), fictitious: true })?;
        step.add(NewUnitName {
            id: step.id(),
            unit,
            name: named.name.to_owned(),
            name_en: None,
            code: named.code.to_owned(),
            parent: named.parent,
            cluster: named.cluster.map(str::to_owned),
            position: 5,
            basis: Some("Nghị định số 150/2016/NĐ-CP".to_owned()),
            certainty: Certainty::CanDoiChieu,
            from_day: named.from.parse().expect("a day"),
            to_day: named.until.map(|day| day.parse().expect("a day")),
        })?;
        Ok::<Uuid, StoreError>(unit)
    });
    entered.await.expect("a unit")
}

async fn came_from(store: &Store, predecessor: Uuid, successor: Uuid, day: &str) {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        step.add(NewUnitLineage {
            id: step.id(),
            kind: LineageKind::ChiaTach,
            predecessor,
            successor,
            day: day.parse().expect("a day"),
            keeps_honours: true,
            document: Some("Nghị định số 150/2016/NĐ-CP".to_owned()),
        })?;
        Ok::<(), StoreError>(())
    });
    entered.await.expect("a lineage");
}

async fn graded(store: &Store, person: Uuid, year: i32, grade: Grade) {
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let (person, decided) = (Some(person), Some(format!("{year}-12-20").parse().expect("a day")));
        step.add(NewGrade {
            id: step.id(),
            person,
            collective: None,
            year,
            grade,
            decided,
            number: None,
            issuer: None,
        })?;
        Ok::<(), StoreError>(())
    });
    entered.await.expect("a grade");
}

/// The names of the tree, in its order.
fn units(seen: &Seen) -> Vec<&str> {
    let rows = seen.body.split("<th scope=\"row\" class=\"in-").skip(1);
    rows.filter_map(|row| between(row, "<a href=\"", "</a>")?.split_once("\">").map(|(_, name)| name)).collect()
}
