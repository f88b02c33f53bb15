//! Why a person or a collective can or cannot be given an honour on a day.

use app::session::OFFICE;
use axum::http::StatusCode;
use rules::facts::{Day, Grade, RecordKind, Scope, Sex, Sort};
use store::Store;
use store::error::StoreError;
use store::records::{
    NewCompleteRange, NewConferral, NewDecision, NewGrade, NewInitiative, NewMembership, NewPerson, NewPost,
};
use store::step::Step;
use store::words::{MembershipKind, PostForm, PostLevel, PostSide};
use uuid::Uuid;

use crate::browser::{Seen, between};
use crate::test_app::{TestApp, now};

const MINISTRY: &str = "chien-si-thi-dua-bo";

/// The people of these stories.
pub struct Told {
    /// Three titles in a row, an initiative recognised by the ministry.
    pub hoa: Uuid,
    /// Two titles in a row.
    pub khanh: Uuid,
    pub decision: Uuid,
}

#[tokio::test]
async fn an_honour_that_does_not_exist_and_one_for_another_kind_of_subject_are_refused_in_words() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let lost = thanh_officer.get(&format!("/can-cu/ca-nhan/{}/khong-co", told.hoa)).await;
    assert_eq!((lost.status, lost.heading()), (StatusCode::NOT_FOUND, "Không có danh hiệu, hình thức này"));
    let wrong = thanh_officer.get(&format!("/can-cu/ca-nhan/{}/co-thi-dua-bo?ngay=2025-01-15", told.hoa)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let law = app::law::built_in();
    let name = law.name("co-thi-dua-bo", "2025-01-15".parse().expect("a day")).vi;
    let said = format!("<p><strong>“{name}” không tặng cho cá nhân.</strong></p>");
    assert_eq!(wrong.body.matches(&said).count(), 1);
    let nobody = thanh_officer.get(&format!("/can-cu/ca-nhan/{}/{MINISTRY}", Uuid::now_v7())).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    assert_eq!(thanh_officer.get(&format!("/can-cu/ca-nhan/x/{MINISTRY}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_lies_outside_the_viewers_units_is_forbidden() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let path = format!("/can-cu/ca-nhan/{}/{MINISTRY}", told.hoa);
    let mut lan_employee = test_app.signed_in("lan").await;
    assert_eq!(lan_employee.get(&path).await.status, StatusCode::FORBIDDEN);
    let of_unit = format!("/can-cu/tap-the/{}/tap-the-lao-dong-tien-tien", test_app.office.unit);
    assert_eq!(lan_employee.get(&of_unit).await.status, StatusCode::FORBIDDEN);
    let mut mai_clerk = test_app.signed_in("mai").await;
    assert_eq!(mai_clerk.get(&path).await.status, StatusCode::OK);
    assert_eq!(mai_clerk.get(&of_unit).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_comes_back_with_what_was_typed_and_why() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let path = format!("/can-cu/ca-nhan/{}/{MINISTRY}", told.hoa);
    let wrong = thanh_officer.get(&format!("{path}?ngay=2025-02-30&nhan=abc&loai=gi")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let beside = |id: &str| between(&wrong.body, &format!("id=\"{id}\">"), "</p>").map(str::to_owned);
    assert_eq!(beside("w-ngay"), Some("Nhập ngày theo dạng ngày/tháng/năm.".to_owned()));
    assert_eq!(beside("w-nhan"), Some("Nhập ngày theo dạng ngày/tháng/năm.".to_owned()));
    assert_eq!(beside("w-loai"), Some("Chọn một loại thành tích trong danh sách.".to_owned()));
    assert_eq!(wrong.body.matches("id=\"f-nhan\" type=\"date\" name=\"nhan\" value=\"abc\"").count(), 1);
    assert_eq!(wrong.body.matches("class=\"sentence\"").count(), 0);
    let unlike = thanh_officer.get(&format!("{path}?ngay=15/01/2025")).await;
    assert_eq!(unlike.status, StatusCode::UNPROCESSABLE_ENTITY, "the day of the frame and of the form are one");
    let late = thanh_officer.get(&format!("{path}?ngay=2025-01-15&nhan=2025-01-16")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(between(&late.body, "id=\"w-nhan\">", "</p>"), Some("Ngày nhận hồ sơ không thể sau ngày xét."));
}

#[tokio::test]
async fn two_titles_of_three_are_not_enough_and_the_page_says_when() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get(&format!("/can-cu/ca-nhan/{}/{MINISTRY}?ngay=2025-01-15", told.khanh)).await;
    assert_eq!((page.status, page.heading()), (StatusCode::OK, "Chiến sĩ thi đua Bộ, ban, ngành, tỉnh"));
    assert_eq!(verdict(&page), "Chưa đủ tiêu chuẩn");
    let sentence = sentence(&page);
    assert_eq!(&sentence[..sentence.find(';').unwrap_or(sentence.len())], sentence_start());
}

#[tokio::test]
async fn each_record_leads_to_its_decision_and_each_condition_to_its_article() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let page = thanh_officer.get(&format!("/can-cu/ca-nhan/{}/{MINISTRY}?ngay=2025-01-15", told.hoa)).await;
    assert_eq!(verdict(&page), "Đủ tiêu chuẩn");
    let titles = found(&page, "Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở");
    assert_eq!(between(titles, "</svg>", "</span>"), Some("Đạt"));
    let records: Vec<&str> = titles.split("<li>").skip(1).filter_map(|rest| rest.split("</li>").next()).collect();
    assert_eq!(records.len(), 3);
    assert_eq!(
        records[2],
        format!(
            "Chiến sĩ thi đua cơ sở năm 2024 – <a href=\"/quyet-dinh/{}?ngay=2025-01-15\">Quyết định số MH-31/QĐ-VPCP ngày \
             10/01/2025</a>",
            told.decision
        )
    );
    let cited = between(titles, "<p class=\"cite\">", "</p>").expect("an article");
    assert_eq!(between(cited, "href=\"", "\""), Some("/danh-muc/chien-si-thi-dua-bo?ngay=2025-01-15"));
    let source = source_of("ba-lan-lien-tuc");
    assert_eq!(between(cited, "\">", "</a>"), Some(source.as_str()));
    let initiative = found(&page, "Trong thời gian đó có");
    assert_eq!(
        between(initiative, "<li>", "</li>"),
        Some(
            "Sáng kiến “Số hoá kho lưu trữ” năm 2023, phạm vi bộ, ban, ngành, tỉnh – Quyết định số 77/QĐ-VPCP ngày 01/12/2023"
        )
    );
}

#[tokio::test]
async fn under_a_law_that_is_not_loaded_nobody_is_told_plainly_met_or_not_met() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    for person in [told.hoa, told.khanh] {
        let page = thanh_officer.get(&format!("/can-cu/ca-nhan/{person}/{MINISTRY}?ngay=2026-10-01")).await;
        assert_eq!(verdict(&page), "Chưa đủ căn cứ kết luận");
        assert_eq!(&sentence(&page)[.."Theo quy định đến 30/09/2026: ".len()], "Theo quy định đến 30/09/2026: ");
        assert_eq!(page.body.matches("verdict-met").count() + page.body.matches("verdict-not-met").count(), 0);
    }
}

#[tokio::test]
async fn a_dossier_received_before_a_change_is_judged_by_the_law_before_it() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    let path = format!("/can-cu/ca-nhan/{}/{MINISTRY}?ngay=2025-08-01&nhan=2025-06-20", told.hoa);
    let page = thanh_officer.get(&path).await;
    let facts = between(&page.body, "<dl class=\"facts\">", "</dl>").expect("what was asked");
    assert_eq!(
        facts,
        "<dt>Ngày xét</dt><dd>01/08/2025</dd><dt>Ngày nhận hồ sơ</dt><dd>20/06/2025</dd><dt>Quy định áp dụng</dt><dd>quy \
         định tại ngày 30/06/2025, do hồ sơ đã nhận trước khi thay đổi</dd>"
    );
}

#[tokio::test]
async fn a_collective_is_asked_in_the_same_way_and_both_languages_are_whole() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut binh_council = test_app.signed_in("binh").await;
    let of_unit = format!("/can-cu/tap-the/{}", test_app.office.unit);
    let of_person = format!("/can-cu/ca-nhan/{}", told.hoa);
    for language in ["vi", "en"] {
        binh_council.get(&format!("/ngon-ngu/{language}")).await;
        for award in &app::law::built_in().awards {
            for (kind, path) in [("ca-nhan", &of_person), ("tap-the", &of_unit)] {
                let page = binh_council.get(&format!("{path}/{}", award.id)).await;
                let given = award.subjects.iter().any(|subject| serde_json::to_value(subject).expect("a word") == kind);
                let expected = if given { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
                assert_eq!(page.status, expected, "{kind} {}", award.id);
                assert!(page.body.len() <= 40_000, "{kind} {}: {} bytes", award.id, page.body.len());
                for slip in ["‹", " style=", "/titles/", "/awards/", "fact_missing", "not_met"] {
                    assert_eq!(page.body.matches(slip).count(), 0, "{kind} {}: {slip}", award.id);
                }
            }
        }
    }
}

#[tokio::test]
async fn the_same_number_of_statements_answers_for_a_long_record_and_a_short_one() {
    let test_app = TestApp::new().await;
    let told = told(&test_app).await;
    let mut thanh_officer = test_app.signed_in("thanh").await;
    thanh_officer.get("/").await;
    let mut counts = Vec::new();
    for person in [told.hoa, told.khanh] {
        let before = test_app.app.store.statements();
        thanh_officer.get(&format!("/can-cu/ca-nhan/{person}/{MINISTRY}?ngay=2025-01-15")).await;
        counts.push(test_app.app.store.statements() - before);
    }
    assert_eq!(counts[0], counts[1]);
}

/// The badge of the answer.
fn verdict(seen: &Seen) -> &str {
    let badge = between(&seen.body, "<span class=\"verdict ", "</span>").expect("a verdict");
    badge.rsplit("</svg>").next().expect("a word")
}

fn sentence(seen: &Seen) -> &str {
    between(&seen.body, "<p class=\"sentence\">", "</p>").expect("a sentence")
}

/// How the sentence begins for who lacks one title in a row.
fn sentence_start() -> &'static str {
    "Chưa đủ tiêu chuẩn: còn thiếu 01 lần liên tục đạt Chiến sĩ thi đua cơ sở"
}

/// The part of the tree that begins with these words.
fn found<'s>(seen: &'s Seen, words: &str) -> &'s str {
    let mut parts = seen.body.split("<li class=\"found ");
    parts.find(|part| part.contains(&format!("<p>{words}"))).expect("the condition")
}

/// The citation of a condition of the ministry's title as it stands since the Law of 2022.
fn source_of(leaf: &str) -> String {
    let law = app::law::built_in();
    let standards = &law.award(MINISTRY).expect("the title").standards;
    let day: Day = "2025-01-15".parse().expect("a day");
    let leaf = standards.iter().filter(|standard| standard.touches(day)).find_map(|standard| standard.leaves.get(leaf));
    let value = leaf.and_then(|leaf| leaf.on(day)).expect("a value");
    app::citation::cite(&law, &value.source, app::language::Language::Vi)
}

/// Enters the people of the stories with their records.
pub async fn told(test_app: &TestApp) -> Told {
    let unit = test_app.office.unit;
    let store: &Store = &test_app.app.store;
    let entered = store.step(OFFICE, None, now(), "story", async |step| {
        let hoa = person(step, unit, "Nguyễn Thị Hoa")?;
        let khanh = person(step, unit, "Lê Quốc Khánh")?;
        let mut last = Uuid::nil();
        for (year, number, decided) in
            [(2022, "MH-11", "2023-01-12"), (2023, "MH-21", "2024-01-11"), (2024, "MH-31", "2025-01-10")]
        {
            let day = decided.parse().expect("a day");
            let decision = decision(step, number, day)?;
            title(step, decision, day, hoa, unit, year)?;
            if year > 2022 {
                title(step, decision, day, khanh, unit, year)?;
            }
            last = decision;
        }
        for person in [hoa, khanh] {
            whole(step, person)?;
        }
        step.add(NewInitiative {
            id: step.id(),
            person: Some(hoa),
            collective: None,
            name: "Số hoá kho lưu trữ".to_owned(),
            sort: Sort::SangKien,
            scope: Scope::Bo,
            year: 2023,
            decided: Some("2023-12-01".parse().expect("a day")),
            number: Some("77/QĐ-VPCP".to_owned()),
        })?;
        Ok::<Told, StoreError>(Told { hoa, khanh, decision: last })
    });
    entered.await.expect("the people of the stories")
}

fn person(step: &mut Step, unit: Uuid, full_name: &str) -> Result<Uuid, StoreError> {
    let from_day = "2010-03-01".parse().expect("a day");
    let person = step.add(NewPerson {
        id: step.id(),
        full_name: full_name.to_owned(),
        sex: Some(Sex::Nu),
        born: Some("1985-05-02".parse().expect("a day")),
        recruited: Some(from_day),
        staff_group: Some(rules::facts::Group::CongChuc),
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
        from_day,
        to_day: None,
    })?;
    step.add(NewPost {
        id: step.id(),
        person,
        unit: Some(unit),
        label: "Chuyên viên chính".to_owned(),
        post: None,
        side: PostSide::ChinhQuyen,
        level: PostLevel::TrucTiep,
        form: PostForm::ChinhThuc,
        position: 1,
        from_day,
        to_day: None,
    })?;
    for year in 2020..=2024 {
        step.add(NewGrade {
            id: step.id(),
            person: Some(person),
            collective: None,
            year,
            grade: Grade::XuatSac,
            decided: None,
            number: None,
            issuer: None,
        })?;
    }
    Ok(person)
}

fn decision(step: &mut Step, number: &str, day: Day) -> Result<Uuid, StoreError> {
    step.add(NewDecision {
        id: step.id(),
        issuer: "Văn phòng Chính phủ".to_owned(),
        symbol: "QĐ-VPCP".to_owned(),
        number: number.to_owned(),
        year: chrono::Datelike::year(&day),
        day,
        summary: "Về việc công nhận danh hiệu Chiến sĩ thi đua cơ sở".to_owned(),
        authority: "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ".to_owned(),
        series: Some("MH".to_owned()),
        illustrative: true,
        signer: None,
    })
}

fn title(
    step: &mut Step,
    decision: Uuid,
    decided: Day,
    person: Uuid,
    unit: Uuid,
    year: i32,
) -> Result<Uuid, StoreError> {
    step.add(NewConferral {
        id: step.id(),
        decision,
        decided,
        person: Some(person),
        collective: None,
        award: "chien-si-thi-dua-co-so".to_owned(),
        title_year: Some(year),
        period_from: None,
        period_to: None,
        kind: None,
        post_printed: None,
        level: Some(PostLevel::TrucTiep),
        unit: Some(unit),
        unit_printed: None,
        position: 1,
        own_body: true,
    })
}

/// Declares every kind of record whole.
fn whole(step: &mut Step, person: Uuid) -> Result<(), StoreError> {
    use RecordKind::{Awards, Disciplines, Grades, Holds, Initiatives, Leave, Posts, Registrations, Titles};
    for kind in [Grades, Titles, Awards, Initiatives, Disciplines, Holds, Posts, Leave, Registrations] {
        step.add(NewCompleteRange {
            id: step.id(),
            person: Some(person),
            collective: None,
            kind,
            from_year: 2010,
            to_year: 2026,
        })?;
    }
    Ok(())
}
