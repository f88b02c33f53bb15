//! Who can be proposed, and what a change of the rules would do: numbers as the explainer gives them, by unit and role.

use app::session::OFFICE;
use axum::http::StatusCode;
use rules::facts::{Grade, RecordKind, Sex};
use store::access::Viewer;
use store::error::StoreError;
use store::records::{NewCompleteRange, NewGrade, NewMembership, NewPerson, NewUnit, NewUnitName};
use store::step::Step;
use store::words::{Certainty, MembershipKind, Role};
use uuid::Uuid;

use crate::accounts::divided;
use crate::browser::{Browser, Seen, between};
use crate::honours::unit;
use crate::test_app::{TestApp, now};

const LIST: &str = "/de-nghi/ca-nhan/lao-dong-tien-tien";
const DAY: &str = "ngay=2025-01-15";

/// The 15 % ceiling as a regulation to be tried.
pub const CEILING: &str = r#"layer = "THU"
vi = "Phương án"
en = "Trial"

[[document]]
id = "THU/1"
vi = "Phương án"
en = "Trial"
from = 2025-01-01
mark = "V2"

[[quota]]
award = "chien-si-thi-dua-co-so"
from = 2025-01-01
percent = 15
base = "lao-dong-tien-tien"
base_vi = "tổng số cá nhân đạt danh hiệu Lao động tiên tiến"
base_en = "all persons with the title Advanced worker"
source = { document = "THU/1", article = "1" }
mark = "V2"
"#;

/// The rows of the list as name and what is in the way.
fn listed(seen: &Seen) -> Vec<(String, String)> {
    let rows = seen.body.split("<tr><th scope=\"row\"><a href=\"/ca-nhan/").skip(1);
    let row = |row: &str| {
        let name = between(row, ">", "</a>").unwrap_or_default().to_owned();
        let cells: Vec<&str> = row.split("<td>").collect();
        (name, cells.get(3).and_then(|cell| cell.split("</td>").next()).unwrap_or_default().to_owned())
    };
    rows.map(row).collect()
}

/// Hoa and Khánh of the one unit, Nga of another; Hoa did well in 2024, Khánh did not, of Nga nothing is known.
async fn told(test_app: &TestApp) -> (Uuid, NewGrade) {
    let unit = test_app.office.unit;
    let step = test_app.app.store.step(OFFICE, None, now(), "story", async |step| {
        let other = second_unit(step)?;
        let hoa = person(step, "Trần Thị Hoa", Sex::Nu, unit)?;
        let khanh = person(step, "Lê Văn Khánh", Sex::Nam, unit)?;
        person(step, "Phạm Thị Nga", Sex::Nu, other)?;
        let poor = graded(step, khanh, Grade::HoanThanh);
        for grade in [graded(step, hoa, Grade::XuatSac), poor.clone()] {
            let person = grade.person.expect("a person");
            step.add(grade)?;
            for kind in ["disciplines", "holds", "leave", "awards", "titles", "initiatives"] {
                step.add(NewCompleteRange {
                    id: step.id(),
                    person: Some(person),
                    collective: None,
                    kind: store::words::parse::<RecordKind>(kind)?,
                    from_year: 2015,
                    to_year: 2026,
                })?;
            }
            step.add(store::records::NewRegistration {
                id: step.id(),
                person: Some(person),
                collective: None,
                year: 2024,
            })?;
        }
        Ok::<_, StoreError>((hoa, poor))
    });
    step.await.expect("a story")
}

fn person(step: &mut Step, name: &str, sex: Sex, unit: Uuid) -> Result<Uuid, StoreError> {
    let person = step.add(NewPerson {
        id: step.id(),
        full_name: name.to_owned(),
        sex: Some(sex),
        born: "1985-03-08".parse().ok(),
        recruited: "2015-02-01".parse().ok(),
        staff_group: store::words::parse("cong-chuc").ok(),
        fictitious: true,
        quotation: None,
        excluded_from_roster: false,
    })?;
    step.add(NewMembership {
        id: step.id(),
        person,
        unit,
        review_unit: unit,
        kind: MembershipKind::Chinh,
        from_day: "2015-02-01".parse().expect("a day"),
        to_day: None,
    })?;
    Ok(person)
}

pub fn second_unit(step: &mut Step) -> Result<Uuid, StoreError> {
    let unit = step.add(NewUnit { id: step.id(), kind: "vu".to_owned(), fictitious: true })?;
    step.add(NewUnitName {
        id: step.id(),
        unit,
        name: "Vụ Pháp chế".to_owned(),
        name_en: None,
        code: "PC".to_owned(),
        parent: None,
        cluster: None,
        position: 2,
        basis: None,
        certainty: Certainty::DaDoiChieu,
        from_day: "2015-01-01".parse().expect("a day"),
        to_day: None,
    })?;
    Ok(unit)
}

fn officer() -> Viewer {
    Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None }
}

/// The id of Nga.
async fn nga(test_app: &TestApp) -> Uuid {
    let everyone = store::people::Filter { working: true, ..store::people::Filter::everyone(crate::test_app::today()) };
    let page = store::page::Page::first(100);
    let listed = store::people::list(&test_app.app.store, &officer(), &everyone, page).await.expect("people");
    listed.rows.iter().find(|person| person.full_name == "Phạm Thị Nga").expect("Nga").id
}

fn graded(step: &Step, person: Uuid, grade: Grade) -> NewGrade {
    NewGrade {
        id: step.id(),
        person: Some(person),
        collective: None,
        year: 2024,
        grade,
        decided: "2024-12-20".parse().ok(),
        number: None,
        issuer: None,
    }
}

#[tokio::test]
async fn what_is_no_list_is_not_found_and_sex_is_asked_only_by_those_who_see_it() {
    let test_app = TestApp::new().await;
    told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for path in [
        "/de-nghi/ca-nhan/khong-co",
        "/de-nghi/ho/lao-dong-tien-tien",
        "/de-nghi/tap-the/lao-dong-tien-tien",
        &format!("{LIST}?loc=gi"),
        &format!("{LIST}?don-vi=x"),
        &format!("{LIST}/tep/txt"),
    ] {
        assert_eq!(thanh_officer.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut binh_council = test_app.signed_in("binh").await;
    assert_eq!(binh_council.get(&format!("{LIST}?gioi-tinh=nu")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(thanh_officer.get(&format!("{LIST}?gioi-tinh=nu")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn each_list_holds_those_of_whom_the_law_says_so_and_the_clerk_sees_the_own_unit() {
    let test_app = TestApp::new().await;
    told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let names = async |browser: &mut Browser, which: &str| {
        let seen = browser.get(&format!("{LIST}?loc={which}&{DAY}")).await;
        listed(&seen).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(&mut thanh_officer, "du-dieu-kien").await, ["Trần Thị Hoa"]);
    assert_eq!(names(&mut thanh_officer, "chua-tung-khen").await, ["Trần Thị Hoa"]);
    assert_eq!(names(&mut thanh_officer, "chua-ro").await, ["Phạm Thị Nga"]);
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(names(&mut mai_clerk, "chua-ro").await, Vec::<String>::new());
    assert_eq!(names(&mut mai_clerk, "du-dieu-kien").await, ["Trần Thị Hoa"]);
    let unknown = thanh_officer.get(&format!("{LIST}?loc=chua-ro&{DAY}")).await;
    let law = app::law::built_in();
    let day = "2025-01-15".parse().expect("a day");
    let nothing = store::people::facts(&test_app.app.store, &officer(), nga(&test_app).await, day).await;
    let facts = nothing.expect("facts").expect("a person").facts;
    let answer = rules::explain::explain(&law, "lao-dong-tien-tien", &facts, day, None, None).expect("an answer");
    let blocking = answer.nearest().map_or(0, |nearest| nearest.blocking().len());
    assert_eq!(listed(&unknown)[0].1.matches("<br>").count() + 1, blocking, "{:?}", listed(&unknown));
}

#[tokio::test]
async fn the_ceiling_of_the_day_is_told_to_those_who_see_everyone() {
    let test_app = TestApp::new().await;
    let (hoa, _) = told(&test_app).await;
    let store = &test_app.app.store;
    let graded = store.step(OFFICE, None, now(), "story", async |step| {
        let year = 2022;
        step.add(NewGrade { year, decided: "2022-12-20".parse().ok(), ..graded(step, hoa, Grade::XuatSac) })?;
        step.add(store::records::NewRegistration { id: step.id(), person: Some(hoa), collective: None, year })
    });
    graded.await.expect("a grade");
    let page = |day: &str| format!("/de-nghi/ca-nhan/chien-si-thi-dua-co-so?ngay={day}");
    let said = "Không quá 15% của 1 trường hợp đủ Lao động tiên tiến: tối đa 0; đang đủ 0.";
    let mut thanh_officer = test_app.signed_in("thanh").await;
    assert_eq!(thanh_officer.get(&page("2023-01-15")).await.body.matches(said).count(), 1);
    assert_eq!(
        thanh_officer.get(&page("2024-01-15")).await.body.matches("Không quá").count(),
        0,
        "no ceiling any more"
    );
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(mai_clerk.get(&page("2023-01-15")).await.body.matches("Không quá").count(), 0, "others are not counted");
}

#[tokio::test]
async fn a_record_entered_now_changes_the_list_at_once() {
    let test_app = TestApp::new().await;
    let (hoa, poor) = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let path = format!("{LIST}?{DAY}");
    let names = |seen: &Seen| listed(seen).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&thanh_officer.get(&path).await), ["Trần Thị Hoa"]);
    let store = &test_app.app.store;
    let corrected = store.step(OFFICE, None, now(), "kiểm tra lại", async |step| {
        step.correct(NewGrade { grade: Grade::Tot, ..poor }).await
    });
    corrected.await.expect("a correction");
    assert_eq!(names(&thanh_officer.get(&path).await), ["Trần Thị Hoa", "Lê Văn Khánh"]);
    let left = store.step(OFFICE, None, now(), "nghỉ việc", async |step| {
        step.add(store::records::NewHold {
            id: step.id(),
            person: Some(hoa),
            collective: None,
            kind: rules::facts::Hold::ThanhTra,
            document: None,
            from_day: "2025-01-02".parse().expect("a day"),
            to_day: None,
        })
    });
    left.await.expect("a hold");
    let day = "ngay=2025-08-15";
    assert_eq!(names(&thanh_officer.get(&format!("{LIST}?{day}")).await), ["Lê Văn Khánh"]);
}

#[tokio::test]
async fn a_proposal_that_cannot_be_read_comes_back_with_its_line_and_one_that_can_shows_the_ceiling() {
    let test_app = TestApp::new().await;
    told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/thu-quy-dinh").await;
    let path = format!("/thu-quy-dinh?{DAY}");
    let empty = thanh_officer.post(&path, &[("quy-dinh", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = CEILING.replace("percent = 15", "phan_tram = 15");
    let refused = thanh_officer.post(&path, &[("quy-dinh", &wrong)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(between(&refused.body, "id=\"n-quy-dinh\"><li>", "</li>"), Some("Dòng 12: thiếu “percent”"));
    assert_eq!(refused.body.matches("phan_tram = 15").count(), 1, "what was typed is kept");
    let tried = thanh_officer.post(&path, &[("quy-dinh", CEILING)]).await;
    assert_eq!(tried.status, StatusCode::OK);
    let said = "Không quá 15% của 1 người đủ Lao động tiên tiến: tối đa 0; được xét 1 → 0.";
    assert_eq!(tried.body.matches(said).count(), 1, "{}", tried.body);
    let file = thanh_officer.post(&format!("/thu-quy-dinh/tep?{DAY}"), &[("quy-dinh", CEILING)]).await;
    assert_eq!(file.status, StatusCode::OK);
    let mut lan_employee = test_app.signed_in("lan").await;
    assert_eq!(lan_employee.get("/thu-quy-dinh").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn where_there_are_many_units_a_list_is_narrowed_by_words_and_costs_the_same_however_many_they_are() {
    let test_app = TestApp::new().await;
    told(&test_app).await;
    divided(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let list = format!("{LIST}?loc=chua-ro&{DAY}");
    let cost = async |browser: &mut Browser, path: &str| {
        let before = test_app.app.store.statements();
        let seen = browser.get(path).await;
        (seen, test_app.app.store.statements() - before)
    };
    let tried = async |browser: &mut Browser| {
        let before = test_app.app.store.statements();
        let seen = browser.post(&format!("/thu-quy-dinh?{DAY}"), &[("quy-dinh", CEILING)]).await;
        (seen.status, test_app.app.store.statements() - before)
    };
    let names = |seen: &Seen| listed(seen).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let told_units =
        |seen: &Seen| seen.body.matches("<a href=\"/de-nghi/ca-nhan/lao-dong-tien-tien?loc=chua-ro&").count();
    // The first visit reads the office.
    thanh_officer.get(&list).await;
    let (whole, few) = cost(&mut thanh_officer, &list).await;
    assert_eq!(
        (names(&whole), whole.body.matches("name=\"don-vi-tim\"").count()),
        (vec!["Phạm Thị Nga".to_owned()], 1)
    );
    assert_eq!(whole.body.matches(">Vụ Pháp chế<").count(), 1, "the unit of the one listed");
    let tried_few = tried(&mut thanh_officer).await;
    let found = thanh_officer.get(&format!("{list}&don-vi-tim=pc")).await;
    assert_eq!((names(&found), told_units(&found)), (vec!["Phạm Thị Nga".to_owned()], told_units(&whole) + 1));
    let elsewhere = thanh_officer.get(&format!("{list}&don-vi-tim=tccb")).await;
    assert_eq!(names(&elsewhere), Vec::<String>::new());
    let several = thanh_officer.get(&format!("{list}&don-vi-tim=noi+vu")).await;
    assert_eq!(several.body.matches("Có hơn 20 đơn vị").count(), 1);
    assert_eq!((names(&several), several.body.len() <= 40_000), (names(&whole), true));
    let id = between(&found.body, "name=\"don-vi\"", "</select>").and_then(|list| list.split("value=\"").nth(2));
    let id = id.and_then(|rest| rest.split('"').next()).expect("the unit found");
    assert_eq!(names(&thanh_officer.get(&format!("{list}&don-vi={id}")).await), ["Phạm Thị Nga"]);
    assert_eq!(
        thanh_officer.get(&format!("{LIST}/tep/xlsx?loc=chua-ro&{DAY}&don-vi={id}")).await.status,
        StatusCode::OK
    );
    for n in 0..60 {
        unit(&test_app.app.store, &format!("Phòng Ngoại vụ số {n}"), &format!("NGV{n}"), 200 + n).await;
    }
    thanh_officer.get(&list).await;
    assert_eq!(cost(&mut thanh_officer, &list).await.1, few);
    assert_eq!(tried(&mut thanh_officer).await, tried_few);
}
