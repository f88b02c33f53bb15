//! People by form: compared with the known before they are entered, their numbers sealed, moved and seconded.

use axum::http::StatusCode;
use rules::facts::Sex;

use super::{notice, record, send, wrong};
use crate::honours;
use crate::test_app::TestApp;

const WHY: (&str, &str) = ("ly-do", "Nhập từ hồ sơ giấy");
const PATH: &str = "/ca-nhan/moi";

#[tokio::test]
async fn a_second_person_of_the_same_name_and_year_is_compared_first_and_the_same_number_is_refused() {
    let test_app = TestApp::new().await;
    let unit = test_app.office.unit.to_string();
    let mut thanh = test_app.signed_in("thanh").await;
    thanh.get(PATH).await;
    let hoa = [
        ("full_name", " Trần  Thị Hoa "),
        ("sex", "nu"),
        ("born", "02/05/1980"),
        ("excluded_from_roster", "0"),
        ("unit", &unit),
        ("from_day", "01/01/2010"),
        ("cccd", "001 180 012 345"),
        WHY,
    ];
    let future: Vec<(&str, &str)> =
        hoa.iter().map(|(name, value)| (*name, if *name == "born" { "02/05/2080" } else { value })).collect();
    assert_eq!(wrong(&thanh.post(PATH, &future).await), ["Ngày hoặc năm này còn ở tương lai."]);
    let entered = thanh.post(PATH, &hoa).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{:?}", wrong(&entered));
    let list = entered.leads_to().to_owned();
    assert!(thanh.get(&list).await.body.contains("Trần Thị Hoa"));

    let same_number: Vec<(&str, &str)> =
        hoa.iter().map(|(name, value)| (*name, if *name == "full_name" { "Lê Thị Khác" } else { value })).collect();
    let refused = thanh.post(PATH, &same_number).await;
    assert_eq!(refused.body.matches("trùng số giấy tờ").count(), 1);
    assert_eq!(notice(&refused), "Số giấy tờ này đã được ghi cho một người. Không thể ghi cho người thứ hai.");
    let namesake: Vec<(&str, &str)> = hoa.iter().copied().filter(|(name, _)| *name != "cccd").collect();
    let asked = thanh.post(PATH, &namesake).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((asked.body.matches("id=\"da-co\"").count(), asked.body.matches("name=\"van-ghi\"").count()), (1, 1));
    let meant: Vec<(&str, &str)> = namesake.into_iter().chain([("van-ghi", "1")]).collect();
    assert_eq!(thanh.post(PATH, &meant).await.status, StatusCode::SEE_OTHER);

    let person = list.split('/').nth(2).expect("a person").to_owned();
    let numbers = format!("/ca-nhan/{person}/ho-so?loai=giay-to");
    let masked = thanh.get(&numbers).await;
    assert_eq!((masked.body.matches("••••••••2345").count(), masked.body.matches("001180012345").count()), (1, 0));
    assert_eq!(thanh.get(&format!("{numbers}&day-du=1")).await.body.matches("001180012345").count(), 1);
    let mut son = test_app.signed_in("son").await;
    assert_eq!(son.get(&numbers).await.body.matches("•2345").count(), 0);
    let correction = son.get(&format!("/ban-ghi/thong-tin/{person}/sua")).await;
    assert_eq!((correction.status, correction.body.matches("name=\"born\"").count()), (StatusCode::OK, 0));
    let renamed = [("full_name", "Trần Thị Huệ"), ("excluded_from_roster", "0"), WHY];
    let renamed = send(&mut son, &format!("/ban-ghi/thong-tin/{person}/sua"), &renamed).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{:?}", wrong(&renamed));
    assert_eq!(thanh.get(&format!("/ca-nhan/{person}")).await.body.matches("<dd>1980</dd>").count(), 1);
    let history = son.get(&format!("/ca-nhan/{person}/lich-su")).await;
    assert_eq!((history.body.matches("02/05/1980").count(), history.body.matches("•2345").count()), (0, 0));
    assert_eq!(history.body.matches("<s>Trần Thị Hoa</s> → <b>Trần Thị Huệ</b>").count(), 1);
}

#[tokio::test]
async fn a_clerk_enters_people_into_the_own_unit_only() {
    let test_app = TestApp::new().await;
    let elsewhere = honours::unit(&test_app.app.store, "Vụ Pháp luật", "PL", 2).await.to_string();
    let own = test_app.office.unit.to_string();
    let mut mai = test_app.signed_in("mai").await;
    mai.get(PATH).await;
    let fields = |unit: &'static str| {
        [("full_name", "Lê Văn Bình"), ("excluded_from_roster", "0"), ("from_day", "01/01/2010"), ("unit", unit), WHY]
    };
    assert_eq!(wrong(&mai.post(PATH, &fields("")).await), ["Cần nhập ô này."]);
    let mut into: Vec<(&str, &str)> = fields("").to_vec();
    into[3].1 = &elsewhere;
    assert_eq!(wrong(&mai.post(PATH, &into).await), ["Chọn một mục trong danh sách."]);
    into[3].1 = &own;
    let one_word: Vec<(&str, &str)> =
        into.iter().map(|(name, value)| (*name, if *name == "full_name" { "Bình" } else { value })).collect();
    assert_eq!(mai.post(PATH, &one_word).await.body.matches("name=\"van-ghi\"").count(), 1);
    assert_eq!(mai.post(PATH, &into).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn someone_moves_on_a_day_and_is_seconded_with_the_old_unit_reviewing() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let home = test_app.office.unit.to_string();
    let law = honours::unit(store, "Vụ Pháp luật", "PL", 2).await.to_string();
    let hoa = honours::person(store, "Trần Thị Hoa", Sex::Nu, test_app.office.unit).await;
    let path = format!("/ca-nhan/{hoa}/dieu-dong");
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(mai_clerk.get(&path).await.status, StatusCode::FORBIDDEN);
    let mut thanh = test_app.signed_in("thanh").await;
    let early = [("unit", law.as_str()), ("kind", "chinh"), ("from_day", "01/01/1990"), WHY];
    assert_eq!(
        wrong(&send(&mut thanh, &path, &early).await),
        ["Đã ghi một nơi công tác bắt đầu từ ngày này hoặc sau đó."]
    );
    let back = [("unit", law.as_str()), ("kind", "chinh"), ("from_day", "01/01/2024"), ("to_day", "31/12/2024"), WHY];
    assert_eq!(wrong(&send(&mut thanh, &path, &back).await), ["Chỉ biệt phái mới có ngày trở về."]);
    thanh.get(&path).await;
    let away = [
        ("unit", law.as_str()),
        ("kind", "biet-phai"),
        ("review_unit", home.as_str()),
        ("from_day", "01/01/2024"),
        WHY,
    ];
    let blind = thanh.post(&path, &away).await;
    assert_eq!(blind.status, StatusCode::CONFLICT);
    let moved = send(&mut thanh, &path, &away).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{:?} {}", wrong(&moved), notice(&moved));
    let stays = thanh.get(&format!("/ca-nhan/{hoa}/ho-so?loai=noi-cong-tac")).await;
    assert_eq!((stays.body.matches("31/12/2023").count(), stays.body.matches("Biệt phái").count()), (1, 1));
    assert!(!record(&stays, "noi-cong-tac").is_empty());
    assert_eq!(mai_clerk.get(&format!("/ca-nhan/{hoa}")).await.status, StatusCode::OK, "the old unit still reviews");
}
