//! Households at the pages: entered with their unit, asked for what goes to households, honoured by decision and by list.

use app::jobs;
use app::session::OFFICE;
use axum::http::StatusCode;
use rules::facts::RecordKind;
use store::error::StoreError;
use store::records::{NewAttestation, NewCompleteRange};
use uuid::Uuid;

use crate::browser::{Browser, between};
use crate::entry::{notice, record, send, wrong};
use crate::imports::{rows, sent};
use crate::register::{adding, begin, paper, press};
use crate::test_app::{TestApp, now};

const NEW: &str = "/ca-nhan/ho-gia-dinh/moi";
const LIST: &str = "/ca-nhan?ho-gia-dinh=1";
const MAU: &str = "Hộ ông Phạm Văn Thử";
/// A day on which the law of cultural families is loaded.
const DAY: &str = "ngay=2025-12-05";

/// Enters the household and returns its page.
async fn entered(test_app: &TestApp, browser: &mut Browser) -> String {
    let unit = test_app.office.unit.to_string();
    browser.get(NEW).await;
    let fields = [
        ("full_name", MAU),
        ("address", "Thôn 2, xã Mẫu"),
        ("unit", unit.as_str()),
        ("from_day", "01/01/2015"),
        ("ly-do", "Ghi từ danh sách của xã"),
    ];
    let seen = browser.post(NEW, &fields).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{:?} {}", wrong(&seen), notice(&seen));
    seen.leads_to().trim_end_matches("/ho-so?da-ghi=1").to_owned()
}

/// Confirms every condition of the yearly title, and that nothing is under examination.
async fn confirmed(test_app: &TestApp, household: Uuid) {
    const LEAVES: [&str; 7] =
        ["chap-hanh", "phong-trao", "gia-dinh", "khong-hinh-su", "nghia-vu", "hon-nhan", "trat-tu"];
    let step = test_app.app.store.step(OFFICE, None, now(), "story", async |step| {
        step.add(NewCompleteRange {
            id: step.id(),
            person: Some(household),
            collective: None,
            kind: store::words::parse::<RecordKind>("holds")?,
            from_year: 2020,
            to_year: 2026,
        })?;
        for leaf in LEAVES {
            step.add(NewAttestation {
                id: step.id(),
                person: Some(household),
                collective: None,
                condition: format!("gia-dinh-van-hoa/hang-nam/{leaf}"),
                value: true,
                on_day: "2025-11-20".parse().expect("a day"),
                by_whom: Some("Ủy ban nhân dân xã".to_owned()),
            })?;
        }
        Ok::<_, StoreError>(())
    });
    step.await.expect("confirmations");
}

fn id(page: &str) -> Uuid {
    page.trim_start_matches("/ca-nhan/").parse().expect("an id")
}

#[tokio::test]
async fn what_lacks_is_told_and_a_reader_enters_no_household() {
    let test_app = TestApp::new().await;
    let mut lan_employee = test_app.signed_in("lan").await;
    assert_eq!(lan_employee.get(NEW).await.status, StatusCode::FORBIDDEN);
    let mut mai_clerk = test_app.signed_in("mai").await;
    mai_clerk.get(NEW).await;
    let nothing = [("full_name", ""), ("address", ""), ("unit", ""), ("from_day", ""), ("ly-do", "")];
    let refused = mai_clerk.post(NEW, &nothing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong(&refused).len(), 3, "name, unit and reason: {:?}", wrong(&refused));
    let list = mai_clerk.get(LIST).await;
    assert_eq!((list.heading(), list.body.matches("Chưa có hộ gia đình nào").count()), ("Hộ gia đình", 1));
}

#[tokio::test]
async fn a_household_is_listed_apart_and_has_no_posts_and_no_grades() {
    let test_app = TestApp::new().await;
    let mut mai_clerk = test_app.signed_in("mai").await;
    let page = entered(&test_app, &mut mai_clerk).await;
    let again = [
        ("full_name", MAU),
        ("unit", &test_app.office.unit.to_string()),
        ("from_day", "01/01/2015"),
        ("ly-do", "Ghi lần nữa"),
    ];
    mai_clerk.get(NEW).await;
    let doubted = mai_clerk.post(NEW, &again).await;
    assert_eq!(
        (doubted.status, doubted.body.matches("name=\"van-ghi\"").count()),
        (StatusCode::UNPROCESSABLE_ENTITY, 1)
    );
    let list = mai_clerk.get(LIST).await;
    assert_eq!((list.body.matches(MAU).count(), list.body.matches("<td>Thôn 2, xã Mẫu</td>").count()), (1, 1));
    assert_eq!(mai_clerk.get("/ca-nhan").await.body.matches(MAU).count(), 0);
    let found = mai_clerk.get("/ca-nhan?q=pham+van+thu").await;
    assert_eq!(found.body.matches("<td>Hộ gia đình, Thôn 2, xã Mẫu</td>").count(), 1);
    let seen = mai_clerk.get(&page).await;
    assert_eq!((seen.heading(), seen.body.matches("<dd>Thôn 2, xã Mẫu</dd>").count()), (MAU, 1));
    let records = mai_clerk.get(&format!("{page}/ho-so")).await;
    let ways = |word: &str| records.body.matches(&format!("{page}/ghi/{word}\"")).count();
    assert_eq!(["chuc-vu", "xep-loai", "sang-kien", "dang-ky"].map(ways), [0, 0, 0, 1]);
    assert_eq!(mai_clerk.get(&format!("{page}/ghi/chuc-vu")).await.status, StatusCode::NOT_FOUND);
    let mut thanh_officer = test_app.signed_in("thanh").await;
    assert_eq!(thanh_officer.get(&format!("{page}/dieu-dong")).await.status, StatusCode::NOT_FOUND);
    let home = thanh_officer.get(&format!("{page}/ho-so?loai=noi-cong-tac")).await;
    assert_eq!([">Nơi ở<", "Xã, thôn, đơn vị nơi ở"].map(|text| home.body.matches(text).count() > 0), [true; 2]);
    assert_eq!(home.body.matches("Điều động").count(), 0);
    let told = mai_clerk.get(&format!("{page}/ho-so?loai=ho-gia-dinh")).await;
    let change = format!("/ban-ghi/ho-gia-dinh/{}/sua", record(&told, "ho-gia-dinh"));
    let moved = [("address", "Thôn 3, xã Mẫu"), ("ly-do", "Hộ chuyển thôn")];
    assert_eq!(send(&mut mai_clerk, &change, &moved).await.status, StatusCode::SEE_OTHER);
    let name = mai_clerk.get(&format!("/ban-ghi/thong-tin/{}/sua", id(&page))).await;
    let asked = ["full_name", "sex", "born", "excluded_from_roster"];
    assert_eq!(asked.map(|field| name.body.matches(&format!("name=\"{field}\"")).count()), [1, 0, 0, 0]);
    let history = mai_clerk.get(&format!("{page}/lich-su")).await;
    assert_eq!(history.body.matches("<s>Thôn 2, xã Mẫu</s> → <b>Thôn 3, xã Mẫu</b>").count(), 1);
}

#[tokio::test]
async fn a_household_is_asked_for_its_title_and_stands_among_those_who_can_be_proposed() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = entered(&test_app, &mut thanh_officer).await;
    let why = format!("/can-cu{page}/gia-dinh-van-hoa?{DAY}");
    let unknown = thanh_officer.get(&why).await;
    assert_eq!(unknown.status, StatusCode::OK);
    let verdict = |body: &str| between(body, "<span class=\"verdict verdict-", "\"").unwrap_or_default().to_owned();
    assert_eq!(verdict(&unknown.body), "unknown");
    let way = thanh_officer.get(&format!("/duong-di{page}/gia-dinh-van-hoa?{DAY}")).await;
    assert_eq!((way.status, verdict(&way.body)), (StatusCode::OK, "unknown".to_owned()));
    confirmed(&test_app, id(&page)).await;
    let met = thanh_officer.get(&why).await;
    assert_eq!(verdict(&met.body), "met");
    let proposed = thanh_officer.get(&format!("/de-nghi/ho-gia-dinh/gia-dinh-van-hoa?{DAY}")).await;
    assert_eq!((proposed.status, proposed.body.matches(MAU).count() > 0), (StatusCode::OK, true));
    let all = thanh_officer.get(&format!("/de-nghi?{DAY}")).await;
    assert_eq!(all.body.matches("và 1 hộ gia đình").count(), 1);
    let way = thanh_officer.get(&format!("/duong-di{page}/gia-dinh-van-hoa?{DAY}")).await;
    assert_eq!(verdict(&way.body), "met");
}

#[tokio::test]
async fn a_decision_honours_a_household_that_is_known_and_one_from_outside() {
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = entered(&test_app, &mut thanh_officer).await;
    let draft = begin(&mut thanh_officer).await;
    let names = format!("{MAU}\nHộ bà Trần Thị Xa");
    let seen = press(&mut thanh_officer, &draft, &[paper(), adding(&names)].concat(), "them").await;
    assert_eq!(seen.body.matches("name=\"ai-").count(), 1, "the household is known, the other is not");
    press(&mut thanh_officer, &draft, &[("ai-1", "ngoai.ho-gia-dinh")], "luu").await;
    let decision = press(&mut thanh_officer, &draft, &[], "ghi").await;
    assert_eq!(decision.heading(), "Quyết định số 12/QĐ-VPCP ngày 16/06/2025");
    assert_eq!(decision.body.matches("<span class=\"soft\">Hộ gia đình</span>").count(), 1);
    assert_eq!(thanh_officer.get(&page).await.body.matches(">12/QĐ-VPCP</a>").count(), 1);
    let outside = thanh_officer.get(&format!("{LIST}&tat-ca=1")).await;
    assert_eq!(outside.body.matches("Hộ bà Trần Thị Xa").count(), 1);
    let fighter = press_again(&mut thanh_officer, "lao-dong-tien-tien").await;
    assert!(fighter.contains("Không dành cho hộ gia đình."), "{fighter}");
}

/// A draft that gives a household what goes to people alone, and what it is refused for.
async fn press_again(keeper: &mut Browser, award: &str) -> String {
    let draft = begin(keeper).await;
    let shared = vec![("tim", "pham van thu"), ("danh-hieu", award), ("nam-danh-hieu", "2024")];
    let found = press(keeper, &draft, &[paper(), shared].concat(), "tim").await;
    let chosen = between(&found.body, "value=\"chon:", "\"").expect("the household").to_owned();
    press(keeper, &draft, &[], &format!("chon:{chosen}")).await;
    press(keeper, &draft, &[("so", "13")], "ghi").await.body
}

#[tokio::test]
async fn a_list_of_cultural_families_makes_households_of_names_that_nobody_knew() {
    const FAMILIES: &str = "Danh sách Gia đình văn hóa năm 2025,,,,\n\
        STT,Họ và tên,Đơn vị,Danh hiệu,Số quyết định,Ngày quyết định\n\
        1,Hộ ông Phạm Văn Thử,Vụ Tổ chức cán bộ,Gia đình văn hóa,21/QĐ-UBND,20/12/2025\n\
        2,Lê Thị Nga,Vụ Tổ chức cán bộ,Gia đình văn hóa,21/QĐ-UBND,20/12/2025\n";
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    entered(&test_app, &mut thanh_officer).await;
    let here = sent(&test_app, &mut thanh_officer, "khen-thuong", "van-hoa.csv", FAMILIES).await;
    let read = thanh_officer.get(&here).await;
    assert_eq!(rows(&read).len(), 2, "{}", read.body);
    thanh_officer.post(&format!("{here}/khop"), &[]).await;
    thanh_officer.get(&format!("{here}/xac-nhan")).await;
    let confirmed = thanh_officer.post(&format!("{here}/xac-nhan"), &[("viec", "phan-dung")]).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.body);
    assert!(jobs::run_one(&test_app.app).await);
    let list = thanh_officer.get(LIST).await;
    assert_eq!(["Lê Thị Nga", MAU].map(|name| list.body.matches(name).count()), [1, 1]);
    assert_eq!(thanh_officer.get("/ca-nhan").await.body.matches("Lê Thị Nga").count(), 0);
}

#[tokio::test]
async fn a_list_of_names_tells_households_from_people_and_gives_them_no_honour_of_people() {
    const NAMES: &str = "Danh sách hộ và người,,\nSTT,Họ và tên,Đơn vị\n\
        1,Gia đình bà Đỗ Thị Lan,Vụ Tổ chức cán bộ\n2,Hồ Văn Gia,Vụ Tổ chức cán bộ\n";
    const TITLES: &str = "Danh sách,,,,\nSTT,Họ và tên,Đơn vị,Danh hiệu,Số quyết định,Ngày quyết định\n\
        1,Hộ ông Trần Văn Xa,Vụ Tổ chức cán bộ,Lao động tiên tiến,22/QĐ-VPCP,20/12/2025\n";
    let test_app = TestApp::new().await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let here = sent(&test_app, &mut thanh_officer, "ca-nhan", "ho.csv", NAMES).await;
    thanh_officer.get(&format!("{here}/xac-nhan")).await;
    thanh_officer.post(&format!("{here}/xac-nhan"), &[("viec", "phan-dung")]).await;
    assert!(jobs::run_one(&test_app.app).await);
    let (people, households) = (thanh_officer.get("/ca-nhan").await, thanh_officer.get(LIST).await);
    let names = ["Gia đình bà Đỗ Thị Lan", "Hồ Văn Gia"];
    assert_eq!(names.map(|name| people.body.matches(name).count()), [0, 1]);
    assert_eq!(names.map(|name| households.body.matches(name).count()), [1, 0]);
    let here = sent(&test_app, &mut thanh_officer, "khen-thuong", "ldtt.csv", TITLES).await;
    let told = rows(&thanh_officer.get(&here).await);
    assert!(told.iter().any(|row| row.starts_with("Có lỗi") && row.contains("Lao động tiên tiến")), "{told:?}");
}
