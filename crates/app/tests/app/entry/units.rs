//! Units by form: created, renamed from a day, ended, merged with their people; grades of a whole unit on one page.

use axum::http::StatusCode;
use rules::facts::Sex;
use uuid::Uuid;

use super::{notice, record, send, wrong};
use crate::honours;
use crate::test_app::TestApp;

const WHY: (&str, &str) = ("ly-do", "Nghị định số 35/2025/NĐ-CP");

#[tokio::test]
async fn a_unit_is_created_renamed_moved_and_ended_and_a_ring_is_refused() {
    let test_app = TestApp::new().await;
    let parent = test_app.office.unit.to_string();
    let mut thanh = test_app.signed_in("thanh").await;
    thanh.get("/tap-the/moi").await;
    let mut fields = vec![
        ("kind", "phong"),
        ("name", "Phòng Thi đua"),
        ("code", "P-TD"),
        ("parent", parent.as_str()),
        ("position", "5"),
        ("certainty", "can-doi-chieu"),
        WHY,
    ];
    assert_eq!(wrong(&thanh.post("/tap-the/moi", &fields).await), ["Cần nhập ô này."]);
    fields.push(("from_day", "01/01/2016"));
    let created = thanh.post("/tap-the/moi", &fields).await;
    assert_eq!(created.status, StatusCode::SEE_OTHER, "{:?}", wrong(&created));
    let unit = created.leads_to().split('/').nth(2).expect("a unit").to_owned();
    let name = |name, parent, from| {
        vec![
            ("name", name),
            ("code", "P-TD"),
            ("parent", parent),
            ("position", "5"),
            ("certainty", "can-doi-chieu"),
            ("from_day", from),
            WHY,
        ]
    };
    let path = format!("/tap-the/{unit}/doi");
    let early = send(&mut thanh, &path, &name("Phòng Thi đua – Khen thưởng", "", "01/01/2016")).await;
    assert_eq!(wrong(&early), ["Phải sau ngày đầu của tên đang dùng."]);
    let renamed = send(&mut thanh, &path, &name("Phòng Thi đua – Khen thưởng", "", "01/01/2020")).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{:?} {}", wrong(&renamed), notice(&renamed));
    let page = thanh.get(&format!("/tap-the/{unit}")).await;
    assert_eq!(page.heading(), "Phòng Thi đua – Khen thưởng");
    assert_eq!(page.body.matches("Phòng Thi đua (P-TD)").count(), 1);
    let mut above = name("Vụ Tổ chức cán bộ", unit.as_str(), "01/01/2021");
    above[1].1 = "TCCB";
    let upward = send(&mut thanh, &format!("/tap-the/{parent}/doi"), &above).await;
    assert_eq!(upward.status, StatusCode::SEE_OTHER);
    let ring = send(&mut thanh, &path, &name("Phòng Thi đua", parent.as_str(), "01/01/2022")).await;
    assert_eq!(notice(&ring), "Đơn vị không thể nằm dưới chính nó.");
    let path = format!("/tap-the/{unit}/giai-the");
    let standing = send(&mut thanh, &path, &[("to_day", "31/12/2025"), WHY]).await;
    assert_eq!(
        notice(&standing),
        "Sau ngày đó đơn vị còn 0 người và 1 đơn vị cấp dưới. Hãy chuyển đi trước, hoặc dùng Sáp nhập."
    );
    let mut mai_clerk = test_app.signed_in("mai").await;
    for path in ["/tap-the/moi".to_owned(), "/tap-the/sap-xep".to_owned(), path] {
        mai_clerk.get("/").await;
        assert_eq!(mai_clerk.post(&path, &[]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn two_units_merge_with_their_people_and_honours_and_a_split_names_who_goes_where() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let (law, rights) =
        (honours::unit(store, "Vụ Pháp luật", "PL", 2).await, honours::unit(store, "Vụ Nội chính", "NC", 3).await);
    let binh = honours::person(store, "Lê Văn Bình", Sex::Nam, rights).await;
    let mut thanh = test_app.signed_in("thanh").await;
    let path = "/tap-the/sap-xep";
    thanh.get(path).await;
    let (law_id, rights_id) = (law.to_string(), rights.to_string());
    let alone = thanh.post(path, &[("truoc", &rights_id), ("ngay-hieu-luc", "01/03/2025"), WHY]).await;
    assert_eq!(wrong(&alone), ["Chọn một đơn vị đang có hoặc ghi một đơn vị mới.", "Chọn một mục trong danh sách."]);
    assert_eq!(alone.body.matches("value=\"01/03/2025\"").count(), 1);
    let merge = [("truoc", rights_id.as_str()), ("sau", &law_id), ("ngay-hieu-luc", "01/03/2025"), ("giu", "1"), WHY];
    let merged = thanh.post(path, &merge).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{:?} {}", wrong(&merged), notice(&merged));
    let lineage = thanh.get(merged.leads_to()).await;
    assert_eq!((lineage.status, lineage.body.matches("Sáp nhập</td>").count()), (StatusCode::OK, 1));
    let gone = thanh.get(&format!("/tap-the/{rights}")).await;
    assert!(gone.body.contains("28/02/2025"));
    assert!(thanh.get(&format!("/ca-nhan/{binh}")).await.body.contains("Vụ Pháp luật"));

    let opened = thanh.get(&format!("{path}?kieu=chia-tach&truoc={law}")).await;
    assert_eq!(opened.body.matches(&format!("name=\"nguoi-{binh}\"")).count(), 1);
    let goes = format!("nguoi-{binh}");
    let split = [
        ("kieu", "chia-tach"),
        ("truoc", law_id.as_str()),
        ("ten-1", "Vụ Pháp chế"),
        ("ma-1", "PC"),
        ("ten-2", "Vụ Cải cách"),
        ("ma-2", "CC"),
        ("ngay-hieu-luc", "01/06/2025"),
        ("giu", "0"),
        (goes.as_str(), "1"),
        WHY,
    ];
    let split = thanh.post(path, &split).await;
    assert_eq!(split.status, StatusCode::SEE_OTHER, "{:?} {}", wrong(&split), notice(&split));
    assert!(thanh.get(&format!("/ca-nhan/{binh}")).await.body.contains("Vụ Cải cách"));
}

#[tokio::test]
async fn a_unit_is_graded_on_one_page_and_a_faster_colleague_is_not_overwritten() {
    let test_app = TestApp::new().await;
    let (store, unit) = (&test_app.app.store, test_app.office.unit);
    let mut people = Vec::new();
    for name in ["Trần Thị Hoa", "Lê Văn Bình"] {
        people.push(honours::person(store, name, Sex::Nu, unit).await);
    }
    let path = format!("/tap-the/{unit}/xep-loai");
    let field = |start: &str, person: Uuid| format!("{start}-{person}");
    let (hoa, binh) = (field("xl", people[0]), field("xl", people[1]));
    let (hoa_seen, binh_seen) = (field("sau", people[0]), field("sau", people[1]));
    let mut mai = test_app.signed_in("mai").await;
    mai.get(&path).await;
    let bare = [(hoa.as_str(), "tot"), (hoa_seen.as_str(), ""), (binh_seen.as_str(), "")];
    assert_eq!(mai.post(&path, &bare).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = [(hoa.as_str(), "tot"), (hoa_seen.as_str(), ""), (binh_seen.as_str(), ""), WHY];
    assert_eq!(mai.post(&path, &sent).await.leads_to(), format!("{path}?nam=2025&da-ghi=1"));
    let mut thanh = test_app.signed_in("thanh").await;
    thanh.get(&path).await;
    let late =
        [(hoa.as_str(), "xuat-sac"), (hoa_seen.as_str(), ""), (binh.as_str(), "tot"), (binh_seen.as_str(), ""), WHY];
    let refused = thanh.post(&path, &late).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.body.matches("Hiện ghi: Hoàn thành tốt nhiệm vụ").count(), 1);
    let open = thanh.get(&path).await;
    let step = crate::browser::between(&open.body, &format!("name=\"{hoa_seen}\" value=\""), "\"").unwrap_or_default();
    let now =
        [(hoa.as_str(), "xuat-sac"), (hoa_seen.as_str(), step), (binh.as_str(), "tot"), (binh_seen.as_str(), ""), WHY];
    assert_eq!(thanh.post(&path, &now).await.leads_to(), format!("{path}?nam=2025&da-ghi=2"));
    let list = thanh.get(&format!("/ca-nhan/{}/ho-so?loai=xep-loai", people[0])).await;
    let history = thanh.get(&format!("/ban-ghi/xep-loai/{}/lich-su", record(&list, "xep-loai"))).await;
    let line = "<s>Hoàn thành tốt nhiệm vụ</s> → <b>Hoàn thành xuất sắc nhiệm vụ</b>";
    assert_eq!(history.body.matches(line).count(), 1);
    let next_year = mai.get(&format!("{path}?nam=2027")).await;
    assert_eq!(next_year.status, StatusCode::UNPROCESSABLE_ENTITY);
}
