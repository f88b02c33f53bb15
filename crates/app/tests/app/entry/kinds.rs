//! Every kind of record by the same form: entered, refused, corrected, in conflict, ended, taken out; and by whom.

use app::entry::kinds::KINDS;
use app::language::Language;
use app::session::OFFICE;
use axum::http::StatusCode;
use rules::facts::Sex;
use store::accounts;
use store::words::Role;
use uuid::Uuid;

use super::{after, notice, record, send, wrong};
use crate::builders::PEOPLE;
use crate::honours;
use crate::test_app::{TestApp, today};

/// Refusals of one account that the journal takes within a while.
const MOST_JOURNALED: usize = 20;

/// Why everything in these stories is written.
const WHY: (&str, &str) = ("ly-do", "Nhập từ hồ sơ giấy");

/// A kind, what is typed, and the sentence beside the field.
type Story<'t> = (&'t str, Vec<(&'t str, &'t str)>, &'t str);

/// One kind with a sound form, and one field of it with another sound value and how the history says both.
struct Told {
    word: &'static str,
    fields: Vec<(&'static str, &'static str)>,
    changed: (&'static str, &'static str),
    said: (&'static str, &'static str),
    ends: bool,
}

fn told() -> Vec<Told> {
    let kind = |word, fields, changed, said, ends| Told { word, fields, changed, said, ends };
    vec![
        kind(
            "chuc-vu",
            vec![
                ("label", "Phó Trưởng phòng"),
                ("side", "dang"),
                ("form", "quyen"),
                ("level", "lanh-dao-phong"),
                ("position", "1"),
                ("from_day", "01/02/2020"),
            ],
            ("form", "phu-trach"),
            ("Quyền", "Phụ trách"),
            true,
        ),
        kind(
            "xep-loai",
            vec![("year", "2024"), ("grade", "tot"), ("decided", "20/12/2024")],
            ("grade", "xuat-sac"),
            ("Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ"),
            false,
        ),
        kind(
            "sang-kien",
            vec![("name", "Số hóa hồ sơ"), ("sort", "sang-kien"), ("scope", "co-so"), ("year", "2024")],
            ("scope", "bo"),
            ("Cấp cơ sở", "Bộ, ban, ngành, tỉnh"),
            false,
        ),
        kind(
            "ky-luat",
            vec![("kind", "khien-trach"), ("from_day", "2023-03-01")],
            ("kind", "canh-cao"),
            ("Khiển trách", "Cảnh cáo"),
            true,
        ),
        kind(
            "dang-xem-xet",
            vec![("kind", "thanh-tra"), ("from_day", "01/03/2023")],
            ("from_day", "02/03/2023"),
            ("01/03/2023", "02/03/2023"),
            true,
        ),
        kind(
            "nghi",
            vec![("kind", "thai-san"), ("from_day", "01/03/2023")],
            ("kind", "om"),
            ("Thai sản", "Nghỉ ốm"),
            true,
        ),
        kind("dang-ky", vec![("year", "2025")], ("year", "2024"), ("2025", "2024"), false),
        kind(
            "khong-xet",
            vec![("year", "2025"), ("reason", "Mới tuyển dụng")],
            ("reason", "Nghỉ dài ngày"),
            ("Mới tuyển dụng", "Nghỉ dài ngày"),
            false,
        ),
        kind(
            "ho-so-day-du",
            vec![("kind", "titles"), ("from_year", "2012"), ("to_year", "2020")],
            ("from_year", "2013"),
            ("2012", "2013"),
            false,
        ),
    ]
}

#[tokio::test]
async fn every_kind_is_entered_refused_corrected_guarded_ended_and_taken_out() {
    let test_app = TestApp::new().await;
    let hoa = honours::person(&test_app.app.store, "Trần Thị Hoa", Sex::Nu, test_app.office.unit).await;
    let mut thanh = test_app.signed_in("thanh").await;
    for Told { word, fields, changed, said, ends } in told() {
        let form = format!("/ca-nhan/{hoa}/ghi/{word}");
        thanh.get(&form).await;
        let (first, kept) = (fields[0].0, &fields[1..]);
        let refused = thanh.post(&form, kept).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{word}");
        assert_eq!(wrong(&refused).len(), 2, "{word}: {first} and the reason: {:?}", wrong(&refused));
        let fields: Vec<(&str, &str)> = fields.into_iter().chain([WHY]).collect();
        let entered = thanh.post(&form, &fields).await;
        let list = format!("/ca-nhan/{hoa}/ho-so?loai={word}");
        assert_eq!(
            entered.leads_to(),
            format!("{list}&da-ghi=1"),
            "{word}: {:?} {}",
            wrong(&entered),
            notice(&entered)
        );
        let id = record(&thanh.get(&list).await, word);
        let address = |what: &str| format!("/ban-ghi/{word}/{id}/{what}");

        let opened = thanh.get(&address("sua")).await;
        let seen = after(&opened);
        let mut corrected: Vec<(&str, &str)> = fields.iter().copied().filter(|(name, _)| *name != changed.0).collect();
        corrected.extend([changed, ("after", seen.as_str())]);
        assert_eq!(thanh.post(&address("sua"), &corrected).await.status, StatusCode::SEE_OTHER, "{word}");
        let late = thanh.post(&address("sua"), &corrected).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{word}");
        assert_eq!(late.body.matches("id=\"hai-ban\"").count(), 1, "{word}");
        let same = after(&late);
        corrected.pop();
        corrected.push(("after", same.as_str()));
        assert_eq!(thanh.post(&address("sua"), &corrected).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{word}");

        let history = thanh.get(&address("lich-su")).await;
        let line = format!("<s>{}</s> → <b>{}</b>", said.0, said.1);
        assert_eq!(history.body.matches(&line).count(), 1, "{word}: {}", history.body);
        let ending = thanh.get(&address("ket-thuc")).await;
        assert_eq!(ending.status == StatusCode::OK, ends, "{word}");
        if ends {
            let early = send(&mut thanh, &address("ket-thuc"), &[("to_day", "01/01/2001"), WHY]).await;
            assert_eq!(wrong(&early), ["Kết thúc trước khi bắt đầu."], "{word}");
            let ended = send(&mut thanh, &address("ket-thuc"), &[("to_day", "31/12/2024"), WHY]).await;
            assert_eq!(ended.status, StatusCode::SEE_OTHER, "{word}");
            assert_eq!(thanh.get(&address("ket-thuc")).await.status, StatusCode::NOT_FOUND, "{word}");
        }
        let unreasoned = send(&mut thanh, &address("xoa"), &[]).await;
        assert_eq!(wrong(&unreasoned), ["Cần ghi lý do."], "{word}");
        assert_eq!(send(&mut thanh, &address("xoa"), &[WHY]).await.status, StatusCode::SEE_OTHER, "{word}");
        assert_eq!(thanh.get(&address("sua")).await.status, StatusCode::NOT_FOUND, "{word}");
        let kept = thanh.get(&address("lich-su")).await;
        assert_eq!(kept.body.matches("xóa bản ghi nhầm").count(), 1, "{word}");
    }
    let whole = thanh.get(&format!("/ca-nhan/{hoa}/lich-su")).await;
    assert!(whole.body.len() <= 40_000, "{} bytes", whole.body.len());
    assert_eq!(whole.body.matches('‹').count(), 0);
}

#[tokio::test]
async fn a_role_that_may_not_enter_a_kind_changes_nothing_but_that_its_refusal_is_journaled() {
    let test_app = TestApp::new().await;
    let store = &test_app.app.store;
    let hoa = honours::person(store, "Trần Thị Hoa", Sex::Nu, test_app.office.unit).await;
    let elsewhere = honours::unit(store, "Vụ Pháp luật", "PL", 2).await;
    let binh = honours::person(store, "Lê Văn Bình", Sex::Nam, elsewhere).await;
    let mut thanh = test_app.signed_in("thanh").await;
    let form = format!("/ca-nhan/{binh}/ghi/xep-loai");
    thanh.get(&form).await;
    thanh.post(&form, &[("year", "2024"), ("grade", "tot"), WHY]).await;
    let grade = record(&thanh.get(&format!("/ca-nhan/{binh}/ho-so?loai=xep-loai")).await, "xep-loai");
    let head = store::journal::head(store, OFFICE).await.expect("a head");
    let mut refused = Vec::new();
    for (login, _, role, _) in PEOPLE {
        let mut person = test_app.signed_in(login).await;
        let account =
            accounts::find_by_login(store, OFFICE, login, today()).await.expect("a store").expect("an account");
        let mut sent = Vec::new();
        person.get("/").await;
        let office = matches!(role, Role::Officer | Role::CouncilSecretary | Role::Administrator);
        let of_unit = office || matches!(role, Role::Clerk | Role::Head);
        for kind in KINDS.iter().filter(|kind| kind.entered) {
            let viewer = store::access::Viewer { office: OFFICE, account: Uuid::nil(), role, unit: None, person: None };
            let hidden = kind.noun == "identity" && role == Role::Administrator;
            let may = store::access::writes(&viewer, kind.noun) && !hidden;
            let unit = kind.of.suits(store::entry::Subject::Unit(elsewhere), false);
            let own = person.post(&format!("/ca-nhan/{hoa}/ghi/{}", kind.word), &[]).await.status;
            let other = person.post(&format!("/ca-nhan/{binh}/ghi/{}", kind.word), &[]).await.status;
            let collective = person.post(&format!("/tap-the/{elsewhere}/ghi/{}", kind.word), &[]).await.status;
            let expected = |may: bool| if may { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::FORBIDDEN };
            sent.extend([own, other, collective]);
            assert_eq!(own, expected(may && of_unit), "{} as {role:?}", kind.word);
            assert_eq!(other, expected(may && office), "{} as {role:?}", kind.word);
            if unit {
                assert_eq!(collective, expected(may && office), "{} of a unit as {role:?}", kind.word);
            }
        }
        for what in ["sua", "xoa"] {
            let status = person.post(&format!("/ban-ghi/xep-loai/{grade}/{what}"), &[]).await.status;
            assert_eq!(status == StatusCode::FORBIDDEN, !office, "{what} as {role:?}: {status}");
            sent.push(status);
        }
        let refusals = sent.iter().filter(|status| **status == StatusCode::FORBIDDEN).count().min(MOST_JOURNALED);
        refused.extend(std::iter::repeat_n(Some(account.id), refusals));
    }
    // Each refusal is one act of the one who was refused, up to the share of an account; there is no other leaf.
    let since = store::journal::leaves(store, OFFICE, head.size, 10_000).await.expect("leaves");
    let told: Vec<_> = since.iter().map(|leaf| (leaf.actor, leaf.entry.noun.as_str())).collect();
    let expected: Vec<_> = refused.into_iter().flat_map(|account| [(account, "step"), (account, "refusal")]).collect();
    assert_eq!(told, expected);
}

#[tokio::test]
async fn what_cannot_be_is_refused_beside_its_field_and_what_was_typed_stays() {
    let test_app = TestApp::new().await;
    let hoa = honours::person(&test_app.app.store, "Trần Thị Hoa", Sex::Nu, test_app.office.unit).await;
    let mut thanh = test_app.signed_in("thanh").await;
    let long = "x".repeat(101);
    let stories: [Story<'_>; 7] = [
        ("xep-loai", vec![("year", "2027"), ("grade", "tot")], "Ngày hoặc năm này còn ở tương lai."),
        ("xep-loai", vec![("year", "hai nghìn"), ("grade", "tot")], "Không đọc được năm. Nhập bốn chữ số, ví dụ 2020."),
        ("xep-loai", vec![("year", "2020"), ("grade", "gioi")], "Chọn một mục trong danh sách."),
        ("xep-loai", vec![("year", "2020"), ("grade", "tot"), ("number", &long)], "Dài quá 100 ký tự."),
        (
            "nghi",
            vec![("kind", "om"), ("from_day", "02/03/2023"), ("to_day", "01/03/2023")],
            "Kết thúc trước khi bắt đầu.",
        ),
        (
            "nghi",
            vec![("kind", "om"), ("from_day", "31/02/2023")],
            "Không đọc được ngày. Nhập theo dạng ngày/tháng/năm, ví dụ 16/06/2020.",
        ),
        (
            "su-dung-sang-kien",
            vec![("initiative", "x"), ("award", "lao-dong-tien-tien"), ("year", "2024")],
            "Chọn một mục trong danh sách.",
        ),
    ];
    for (word, fields, sentence) in stories {
        let form = format!("/ca-nhan/{hoa}/ghi/{word}");
        thanh.get(&form).await;
        let fields: Vec<(&str, &str)> = fields.into_iter().chain([WHY]).collect();
        let refused = thanh.post(&form, &fields).await;
        assert_eq!((refused.status, wrong(&refused)), (StatusCode::UNPROCESSABLE_ENTITY, vec![sentence.to_owned()]));
        assert_eq!(refused.body.matches("value=\"Nhập từ hồ sơ giấy\"").count(), 1, "{word}");
    }
    let form = format!("/ca-nhan/{hoa}/ghi/xep-loai");
    let twice = [("year", "2020"), ("grade", "tot"), WHY];
    assert_eq!(thanh.post(&form, &twice).await.status, StatusCode::SEE_OTHER);
    let again = thanh.post(&form, &twice).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(notice(&again), Language::Vi.text("entry-wrong-duplicate"));
}

#[tokio::test]
async fn an_initiative_is_spent_once_and_a_condition_is_confirmed_from_its_reason() {
    let test_app = TestApp::new().await;
    let hoa = honours::person(&test_app.app.store, "Trần Thị Hoa", Sex::Nu, test_app.office.unit).await;
    let mut thanh = test_app.signed_in("thanh").await;
    let form = format!("/ca-nhan/{hoa}/ghi/sang-kien");
    thanh.get(&form).await;
    let idea = [("name", "Số hóa"), ("sort", "sang-kien"), ("scope", "co-so"), ("year", "2024"), WHY];
    thanh.post(&form, &idea).await;
    let id = record(&thanh.get(&format!("/ca-nhan/{hoa}/ho-so?loai=sang-kien")).await, "sang-kien");
    let form = format!("/ca-nhan/{hoa}/ghi/su-dung-sang-kien");
    let used = [("initiative", id.as_str()), ("award", "chien-si-thi-dua-co-so"), ("year", "2024"), WHY];
    assert_eq!(thanh.post(&form, &used).await.status, StatusCode::SEE_OTHER);
    assert_eq!(notice(&thanh.post(&form, &used).await), Language::Vi.text("entry-wrong-used"));

    let why = thanh.get(&format!("/can-cu/ca-nhan/{hoa}/bang-khen-bo")).await;
    let link = crate::browser::between(&why.body, &format!("href=\"/ca-nhan/{hoa}/ghi/xac-nhan?condition="), "\"");
    let condition = app::query::pairs(&format!("c={}", link.expect("a way to confirm"))).remove(0).1;
    let form = format!("/ca-nhan/{hoa}/ghi/xac-nhan");
    assert_eq!(
        wrong(
            &thanh
                .post(
                    &form,
                    &[
                        ("condition", "bang-khen-bo/x/y"),
                        ("value", "1"),
                        ("by_whom", "Vụ TĐKT"),
                        ("on_day", "01/02/2025"),
                        WHY
                    ]
                )
                .await
        )
        .len(),
        1
    );
    let sent =
        [("condition", condition.as_str()), ("value", "1"), ("on_day", "01/02/2025"), ("by_whom", "Vụ TĐKT"), WHY];
    let sent = thanh.post(&form, &sent).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{:?}", wrong(&sent));
    let mut yen_auditor = test_app.signed_in("yen").await;
    let why = yen_auditor.get(&format!("/can-cu/ca-nhan/{hoa}/bang-khen-bo")).await;
    assert_eq!(why.body.matches("ghi/xac-nhan").count(), 0);
}
