//! Regulations of an office: written by one, confirmed by another, in force from a day, withdrawn from a day.

use rules::layer::Tier;
use rules::load::load;
use store::Store;
use store::access::Viewer;
use store::error::StoreError;
use store::layers::drafts::{self, Draft};
use store::layers::steps::{self, Acting};
use store::layers::{self, Confirmed, State};
use store::records::NewAccount;
use store::words::Role;
use uuid::Uuid;

use crate::builders::{OFFICE, day, enter, member, noon, office, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-06-16";

const NATION: &[(&str, &str)] = &[
    ("documents.toml", "[[document]]\nid = \"L\"\nvi = \"Luật\"\nen = \"Law\"\nfrom = 2024-01-01\nmark = \"V\"\n"),
    (
        "awards/giay-khen.toml",
        r#"
id = "giay-khen"
class = "hinh-thuc"
level = "co-so"
subjects = ["ca-nhan"]
order = 620

[[name]]
from = 2024-01-01
vi = "Giấy khen"
en = "Certificate of commendation"
source = { document = "L", article = "1" }
mark = "V"

[[standard]]
id = "cong-trang"
kind = "cong-trang"
subjects = ["ca-nhan"]
vi = "Theo công trạng"
en = "By merit"
from = 2024-01-01
tree = "so-nam"

[standard.leaf.so-nam]
condition = "graded-years"
grade = "tot"
years = 1
source = { document = "L", article = "2" }
mark = "V"
"#,
    ),
];

/// A regulation that asks for two good years from 2026 on.
const TWO_YEARS: &str = r#"
layer = "QC"
tier = "office"
vi = "Quy chế khen thưởng"
en = "Regulation on commendation"
from = 2026-01-01

[[document]]
id = "12/QĐ"
vi = "Quyết định số 12/QĐ"
en = "Decision 12/QĐ"
mark = "V"

[[value]]
leaf = "giay-khen/cong-trang/so-nam"
grade = "tot"
years = 2
source = { document = "12/QĐ", article = "5" }
mark = "V"
"#;

const ONE_IS_NOT_ENOUGH: &str = r#"
award = "giay-khen"

[[case]]
name = "Một năm chưa đủ"
on = 2026-02-01
expect = "not_met"
[case.facts]
subject = "ca-nhan"
recruited = 2010-01-01
grades = [{ year = 2025, grade = "tot", decided = 2025-12-20 }, { year = 2024, grade = "hoan-thanh", decided = 2024-12-20 }]
"#;

/// Lan the officer, Thanh and Hải who decide, Hoa the clerk of TCCB.
struct Told {
    lan: Viewer,
    thanh: Viewer,
    hai: Viewer,
    hoa: Viewer,
    tccb: Uuid,
    division: Uuid,
    legal: Uuid,
}

async fn told(store: &Store) -> Told {
    enter(store, async |tx| {
        office(tx)?;
        let (tccb, legal) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
        let division = unit(tx, "TCCB-DT", Some(tccb))?;
        let lan = member(tx, "Nguyễn Thị Lan", tccb)?;
        let mut open = |login: &str, person: Option<Uuid>| {
            let account = NewAccount { id: tx.id(), login: login.into(), display_name: login.into(), person };
            tx.add(account)
        };
        let accounts = [open("lan", Some(lan))?, open("thanh", None)?, open("hai", Some(lan))?, open("hoa", None)?];
        let of = |account: Uuid, role| Viewer { account, ..viewer(role) };
        Ok(Told {
            lan: of(accounts[0], Role::Officer),
            thanh: of(accounts[1], Role::DecidingAuthority),
            // Hải's account belongs to the same person as Lan's.
            hai: of(accounts[2], Role::Administrator),
            hoa: Viewer { unit: Some(tccb), ..of(accounts[3], Role::Clerk) },
            tccb,
            division,
            legal,
        })
    })
    .await
}

fn acting<'a>(viewer: &'a Viewer, why: &'a str) -> Acting<'a> {
    Acting { viewer, day: day(TODAY), at: noon(), why }
}

async fn draft(store: &Store, viewer: &Viewer, unit: Option<Uuid>, content: &str, cases: &str) -> Draft {
    let id = drafts::begin(store, viewer, unit, (content, cases), None, (day(TODAY), noon())).await.unwrap();
    drafts::one(store, viewer, id, day(TODAY)).await.unwrap().unwrap()
}

async fn submitted(store: &Store, viewer: &Viewer, content: &str, cases: &str) -> Uuid {
    let draft = draft(store, viewer, None, content, cases).await;
    steps::submit(store, NATION, &draft, acting(viewer, "trình")).await.unwrap()
}

async fn state(store: &Store, viewer: &Viewer, id: Uuid) -> State {
    layers::one(store, viewer, id, day(TODAY)).await.unwrap().unwrap().state()
}

#[test]
fn nobody_confirms_what_they_wrote_or_submitted_not_even_by_another_account() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let id = submitted(&store, &told.lan, TWO_YEARS, ONE_IS_NOT_ENOUGH).await;
        let own = Viewer { role: Role::DecidingAuthority, ..told.lan.clone() };
        let refused = Err(StoreError::Refused("người soạn hoặc gửi không tự xác nhận".to_owned()));
        assert_eq!(steps::confirm(&store, NATION, id, acting(&own, "đồng ý")).await, refused);
        assert_eq!(steps::confirm(&store, NATION, id, acting(&told.hai, "đồng ý")).await, refused);
        assert_eq!(state(&store, &told.lan, id).await, State::Submitted);
        assert_eq!(layers::confirmed(&store, OFFICE).await, Ok(vec![]));
        steps::confirm(&store, NATION, id, acting(&told.thanh, "đồng ý")).await.unwrap();
        assert_eq!(state(&store, &told.lan, id).await, State::Confirmed);
        let again = steps::confirm(&store, NATION, id, acting(&told.thanh, "đồng ý")).await;
        assert_eq!(again, Err(StoreError::Changed));
    });
}

#[test]
fn a_role_that_does_not_decide_and_a_unit_out_of_reach_are_forbidden() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let begin = async |viewer: &Viewer, unit| {
            drafts::begin(&store, viewer, unit, (TWO_YEARS, ""), None, (day(TODAY), noon())).await
        };
        assert_eq!(begin(&told.hoa, None).await, Err(StoreError::Forbidden));
        assert_eq!(begin(&told.hoa, Some(told.legal)).await, Err(StoreError::Forbidden));
        assert_eq!(begin(&told.thanh, None).await, Err(StoreError::Forbidden));
        assert_eq!(begin(&viewer(Role::Employee), Some(told.tccb)).await, Err(StoreError::Forbidden));
        let hoas = begin(&told.hoa, Some(told.division)).await.unwrap();
        let lans = begin(&told.lan, None).await.unwrap();
        assert_eq!(drafts::one(&store, &told.hoa, lans, day(TODAY)).await, Err(StoreError::Forbidden));
        let listed = drafts::list(&store, &told.hoa, day(TODAY)).await.unwrap();
        assert_eq!(listed.iter().map(|draft| draft.id).collect::<Vec<_>>(), [hoas]);
        let id = submitted(&store, &told.lan, TWO_YEARS, ONE_IS_NOT_ENOUGH).await;
        for nobody in [&told.lan, &told.hoa] {
            let refused = steps::confirm(&store, NATION, id, acting(nobody, "đồng ý")).await;
            assert_eq!(refused, Err(StoreError::Forbidden), "{:?}", nobody.role);
        }
        let elsewhere = Viewer { unit: Some(told.legal), ..told.thanh.clone() };
        assert_eq!(steps::send_back(&store, id, acting(&elsewhere, "sai")).await, Err(StoreError::Forbidden));
        assert_eq!(layers::list(&store, &told.hoa, day(TODAY)).await, Ok(vec![]), "not law yet, not of her unit");
        steps::confirm(&store, NATION, id, acting(&told.thanh, "đồng ý")).await.unwrap();
        assert_eq!(layers::list(&store, &told.hoa, day(TODAY)).await.unwrap().len(), 1);
        assert_eq!(layers::list(&store, &viewer(Role::Employee), day(TODAY)).await.unwrap().len(), 1);
    });
}

#[test]
fn a_text_that_cannot_be_read_is_refused_with_its_line_and_stays_a_draft() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let broken = TWO_YEARS.replace("years = 2", "years = hai");
        let written = draft(&store, &told.lan, None, &broken, "").await;
        let refused = steps::submit(&store, NATION, &written, acting(&told.lan, "trình")).await;
        let Err(StoreError::Refused(why)) = refused else { panic!("{refused:?}") };
        assert_eq!(why.split(": ").next(), Some("quy-dinh:17"));
        assert_eq!(drafts::list(&store, &told.lan, day(TODAY)).await.unwrap().len(), 1);
        let of_unit = draft(&store, &told.lan, Some(told.tccb), TWO_YEARS, "").await;
        let refused = steps::submit(&store, NATION, &of_unit, acting(&told.lan, "trình")).await;
        assert_eq!(refused, Err(StoreError::Refused("“tier” không khớp với đơn vị đã chọn".to_owned())));
    });
}

#[test]
fn a_case_that_comes_out_otherwise_and_none_at_all_keep_it_from_being_confirmed() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let red = ONE_IS_NOT_ENOUGH.replace("expect = \"not_met\"", "expect = \"met\"");
        for (cases, why) in
            [(red.as_str(), "“Một năm chưa đủ”: verdict: cần met, được not_met"), ("", "chưa có ví dụ nào")]
        {
            let id = submitted(&store, &told.lan, TWO_YEARS, cases).await;
            let refused = steps::confirm(&store, NATION, id, acting(&told.thanh, "đồng ý")).await;
            assert_eq!(refused, Err(StoreError::Refused(why.to_owned())));
            assert_eq!(state(&store, &told.thanh, id).await, State::Submitted);
        }
    });
}

#[test]
fn the_second_of_two_writers_is_told_and_overwrites_nothing() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let seen = draft(&store, &told.lan, None, TWO_YEARS, ONE_IS_NOT_ENOUGH).await;
        let hai = Viewer { role: Role::Officer, ..told.hai.clone() };
        let hais = Draft { content: TWO_YEARS.replace("years = 2", "years = 3"), ..seen.clone() };
        drafts::keep(&store, &hai, &hais, (day(TODAY), noon())).await.unwrap();
        let lans = Draft { content: TWO_YEARS.replace("years = 2", "years = 4"), ..seen.clone() };
        assert_eq!(drafts::keep(&store, &told.lan, &lans, (day(TODAY), noon())).await, Err(StoreError::Changed));
        let refused = steps::submit(&store, NATION, &seen, acting(&told.lan, "trình")).await;
        assert_eq!(refused, Err(StoreError::Changed));
        let now = drafts::one(&store, &told.lan, seen.id, day(TODAY)).await.unwrap().unwrap();
        assert_eq!((now.content, now.author), (hais.content, hai.account));
    });
}

#[test]
fn two_regulations_never_speak_of_one_condition_from_one_day() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let first = submitted(&store, &told.lan, TWO_YEARS, ONE_IS_NOT_ENOUGH).await;
        let other = TWO_YEARS.replace("\"QC\"", "\"QC-2\"").replace("12/QĐ", "13/QĐ").replace("years = 2", "years = 3");
        let second = submitted(&store, &told.lan, &other, ONE_IS_NOT_ENOUGH).await;
        steps::confirm(&store, NATION, first, acting(&told.thanh, "đồng ý")).await.unwrap();
        let refused = steps::confirm(&store, NATION, second, acting(&told.thanh, "đồng ý")).await;
        let Err(StoreError::Refused(why)) = refused else { panic!("{refused:?}") };
        assert_eq!(why, "quy-dinh:18: “so-nam” đã có giá trị từ ngày 2026-01-01 theo “QC”");
    });
}

#[test]
fn a_returned_text_is_a_draft_again_with_the_reason_and_can_be_submitted_anew() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let id = submitted(&store, &told.lan, TWO_YEARS, ONE_IS_NOT_ENOUGH).await;
        let again = steps::send_back(&store, id, acting(&told.thanh, "thiếu khoản")).await.unwrap();
        let returned = layers::one(&store, &told.lan, id, day(TODAY)).await.unwrap().unwrap();
        assert_eq!(returned.state(), State::Returned);
        assert_eq!(returned.decision.map(|(_, act)| act.why), Some("thiếu khoản".to_owned()));
        let refused = steps::confirm(&store, NATION, id, acting(&told.thanh, "đồng ý")).await;
        assert_eq!(refused, Err(StoreError::Changed));
        let draft = drafts::one(&store, &told.lan, again, day(TODAY)).await.unwrap().unwrap();
        assert_eq!((draft.returned, draft.content.as_str(), draft.author), (Some(id), TWO_YEARS, told.lan.account));
        let second = steps::submit(&store, NATION, &draft, acting(&told.lan, "trình lại")).await.unwrap();
        steps::confirm(&store, NATION, second, acting(&told.thanh, "đồng ý")).await.unwrap();
        assert_eq!(state(&store, &told.lan, second).await, State::Confirmed);
    });
}

#[test]
fn a_withdrawal_needs_a_confirmed_regulation_its_day_and_a_second_role_and_changes_the_key_of_the_law() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let id = submitted(&store, &told.lan, TWO_YEARS, ONE_IS_NOT_ENOUGH).await;
        let withdraw =
            async |viewer: &Viewer, from| steps::withdraw(&store, id, day(from), acting(viewer, "hết hiệu lực")).await;
        assert_eq!(
            withdraw(&told.thanh, "2026-07-01").await,
            Err(StoreError::Refused("chưa được xác nhận".to_owned()))
        );
        let none = layers::age(&store, OFFICE).await.unwrap();
        steps::confirm(&store, NATION, id, acting(&told.thanh, "đồng ý")).await.unwrap();
        let confirmed = layers::age(&store, OFFICE).await.unwrap();
        assert_ne!(confirmed, none);
        assert_eq!(withdraw(&told.lan, "2026-07-01").await, Err(StoreError::Forbidden));
        assert_eq!(
            withdraw(&told.thanh, "2025-12-31").await,
            Err(StoreError::Refused("trước ngày có hiệu lực".to_owned()))
        );
        withdraw(&told.thanh, "2026-07-01").await.unwrap();
        assert_eq!(withdraw(&told.thanh, "2026-08-01").await, Err(StoreError::Changed));
        assert_ne!(layers::age(&store, OFFICE).await.unwrap(), confirmed);
        let all = layers::confirmed(&store, OFFICE).await.unwrap();
        let told: Vec<_> = all.iter().map(|one| (one.row.code.as_str(), one.until)).collect();
        assert_eq!(told, [("QC", Some(day("2026-06-30")))]);
    });
}

#[test]
fn each_act_is_one_step_with_its_leaf_and_the_journal_holds() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let before = layers::list(&store, &told.lan, day(TODAY)).await.unwrap().len();
        let id = submitted(&store, &told.lan, TWO_YEARS, ONE_IS_NOT_ENOUGH).await;
        steps::confirm(&store, NATION, id, acting(&told.thanh, "đồng ý")).await.unwrap();
        steps::withdraw(&store, id, day("2027-01-01"), acting(&told.thanh, "thay")).await.unwrap();
        let leaves = store::journal::leaves(&store, OFFICE, 0, 1_000).await.unwrap();
        let nouns = leaves.iter().map(|leaf| leaf.entry.noun.as_str());
        let own: Vec<&str> = nouns.filter(|noun| noun.starts_with("layer")).collect();
        assert_eq!((before, own), (0, vec!["layer", "layer_decision", "layer_withdrawal"]));
    });
}

#[test]
fn a_units_regulation_applies_to_those_below_it_over_that_of_the_office() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let at = async |unit| {
            let mut units = layers::at_and_above(&store, OFFICE, &[unit], day(TODAY)).await.unwrap();
            units.sort();
            units
        };
        let mut both = vec![told.tccb, told.division];
        both.sort();
        assert_eq!((at(told.division).await, at(told.tccb).await), (both, vec![told.tccb]));
        let office = submitted(&store, &told.lan, TWO_YEARS, ONE_IS_NOT_ENOUGH).await;
        steps::confirm(&store, NATION, office, acting(&told.thanh, "đồng ý")).await.unwrap();
        let own = TWO_YEARS.replace("\"QC\"", "\"QC-TCCB\"").replace("\"office\"", "\"unit\"").replace("12/QĐ", "3/QĐ");
        let own = own.replace("years = 2", "years = 3").replace("from = 2026-01-01", "from = 2026-02-01");
        let written = draft(&store, &told.hoa, Some(told.tccb), &own, ONE_IS_NOT_ENOUGH).await;
        let id = steps::submit(&store, NATION, &written, acting(&told.hoa, "trình")).await.unwrap();
        steps::confirm(&store, NATION, id, acting(&told.thanh, "đồng ý")).await.unwrap();
        let all = layers::confirmed(&store, OFFICE).await.unwrap();
        let codes = |found: Vec<Confirmed>| found.into_iter().map(|one| one.row.code).collect::<Vec<_>>();
        assert_eq!(codes(layers::under(&all, Tier::Unit, &[told.tccb])), ["QC", "QC-TCCB"]);
        assert_eq!(codes(layers::under(&all, Tier::Unit, &[told.legal])), ["QC"]);
        assert_eq!(codes(layers::under(&all, Tier::Office, &[])), ["QC"]);
        let texts: Vec<(&str, &str)> =
            all.iter().map(|one| (one.row.code.as_str(), one.row.content.as_str())).collect();
        assert!(load(NATION, &texts).is_ok());
    });
}
