//! Accounts kept: links used once, roles ended, delegations within their days, second factors without replay.

use chrono::{DateTime, Duration, Utc};
use store::Store;
use store::access::Viewer;
use store::accounts::delegations::{self, Lent, Unfit};
use store::accounts::factor::{self, Taken};
use store::accounts::keeping::{self, Act, Granted, LAST_ADMINISTRATOR, Opening};
use store::accounts::links::{self, Given};
use store::accounts::{self, lists, log};
use store::error::StoreError;
use store::page::Page;
use store::records::{NewAccount, NewAccountState, NewRoleGrant};
use store::words::{LinkEnd, LinkKind, Role};
use uuid::Uuid;

use crate::builders::{OFFICE, day, enter, lan_officer, noon, office, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

/// An office with Sơn as its only administrator.
async fn son_administrator(store: &Store) -> Viewer {
    let account = enter(store, async |tx| {
        office(tx)?;
        let display_name = "Bùi Ngọc Sơn".to_owned();
        let son = tx.add(NewAccount { id: tx.id(), login: "son".into(), display_name, person: None })?;
        let (from_day, role) = (day("2020-01-01"), Role::Administrator);
        tx.add(NewAccountState { id: tx.id(), account: son, active: true, from_day })?;
        tx.add(NewRoleGrant { id: tx.id(), account: son, role, unit: None, from_day, to_day: None })?;
        Ok(son)
    })
    .await;
    Viewer { account, ..viewer(Role::Administrator) }
}

fn act<'a>(viewer: &'a Viewer, why: &'a str) -> Act<'a> {
    Act { viewer, at: noon(), why }
}

fn invitation(token_hash: &str, expires: DateTime<Utc>) -> Given {
    Given { kind: LinkKind::Moi, token_hash: token_hash.into(), expires }
}

fn granted(role: Role, unit: Option<Uuid>) -> Granted {
    Granted { role, unit, from_day: day(TODAY), to_day: None }
}

async fn opened(store: &Store, son: &Viewer, login: &str, role: Granted) -> Uuid {
    let link = invitation(&format!("băm {login}"), noon() + Duration::days(7));
    let opening = Opening { login: login.into(), display_name: login.to_uppercase(), person: None, role, link };
    keeping::open(store, act(son, "cấp tài khoản"), day(TODAY), opening).await.unwrap()
}

#[test]
fn a_link_used_twice_at_the_same_time_sets_one_password() {
    on_each_database(async |store| {
        let son = son_administrator(&store).await;
        let mai = opened(&store, &son, "mai", granted(Role::Officer, None)).await;
        let redeem = |argon2: &'static str| links::redeem(&store, OFFICE, "băm mai", argon2, noon(), day(TODAY));
        let (first, second) = tokio::join!(redeem("một"), redeem("hai"));
        let mut outcomes = [first, second];
        outcomes.sort_by_key(Result::is_err);
        assert_eq!(outcomes, [Ok(mai), Err(StoreError::Changed)]);
        assert_eq!(redeem("ba").await, Err(StoreError::Changed));
        let set = accounts::one(&store, OFFICE, mai, day(TODAY)).await.unwrap().unwrap().argon2;
        assert!(set.is_some_and(|set| set == "một" || set == "hai"));
    });
}

#[test]
fn a_link_that_expired_or_was_revoked_or_replaced_opens_nothing() {
    on_each_database(async |store| {
        let son = son_administrator(&store).await;
        let mai = opened(&store, &son, "mai", granted(Role::Officer, None)).await;
        let redeem = async |hash: &str, days: i64| {
            links::redeem(&store, OFFICE, hash, "mật khẩu", noon() + Duration::days(days), day(TODAY)).await
        };
        assert_eq!(redeem("không có", 0).await, Err(StoreError::NotFound));
        assert_eq!(redeem("băm mai", 7).await, Err(StoreError::Changed));
        let again = invitation("băm mới", noon() + Duration::days(7));
        let refused = links::give(&store, &lan_officer(), noon(), "thử", mai, &again).await;
        assert_eq!(refused, Err(StoreError::Forbidden));
        let link = links::give(&store, &son, noon(), "mất đường dẫn", mai, &again).await.unwrap();
        assert_eq!(redeem("băm mai", 0).await, Err(StoreError::Changed));
        links::revoke(&store, &son, noon(), "nhầm người", link).await.unwrap();
        assert_eq!(links::revoke(&store, &son, noon(), "lần nữa", link).await, Err(StoreError::Changed));
        assert_eq!(redeem("băm mới", 0).await, Err(StoreError::Changed));
        let ends: Vec<_> = links::list(&store, &son, mai, day(TODAY)).await.unwrap();
        assert_eq!(ends.iter().map(|link| link.ended).collect::<Vec<_>>(), [Some(LinkEnd::ThuHoi); 2]);
    });
}

#[test]
fn the_last_administrator_can_neither_be_closed_nor_ended() {
    on_each_database(async |store| {
        let son = son_administrator(&store).await;
        let last = Err(StoreError::Refused(LAST_ADMINISTRATOR.into()));
        assert_eq!(keeping::set_state(&store, act(&son, "nghỉ"), son.account, false, day(TODAY)).await, last);
        let grant = lists::grants(&store, &son, son.account, day(TODAY)).await.unwrap()[0].id;
        assert_eq!(keeping::end_grant(&store, act(&son, "nghỉ"), grant, day(TODAY)).await, last);
        let role = Role::Administrator;
        let officer = Viewer { role: Role::Officer, ..son.clone() };
        let refused = keeping::grant(&store, act(&officer, "thử"), son.account, granted(role, None)).await;
        assert_eq!(refused, Err(StoreError::Forbidden));
        let twice = keeping::grant(&store, act(&son, "thử"), son.account, granted(role, None)).await;
        assert_eq!(twice, Err(StoreError::Duplicate("role_grant".into())));
        opened(&store, &son, "binh", granted(role, None)).await;
        assert_eq!(keeping::end_grant(&store, act(&son, "nghỉ"), grant, day(TODAY)).await, Ok(()));
        assert_eq!(accounts::roles_on(&store, OFFICE, son.account, day("2026-11-24")).await, Ok(vec![]));
    });
}

#[test]
fn a_role_is_lent_for_its_days_and_never_lent_on() {
    on_each_database(async |store| {
        let son = son_administrator(&store).await;
        let tccb = enter(&store, async |tx| unit(tx, "TCCB", None)).await;
        let hung = opened(&store, &son, "hung", granted(Role::Head, Some(tccb))).await;
        let mai = opened(&store, &son, "mai", granted(Role::Employee, None)).await;
        let hung_head = Viewer { account: hung, unit: Some(tccb), ..viewer(Role::Head) };
        let mai_viewer = Viewer { account: mai, ..viewer(Role::Employee) };
        let role_grant = lists::grants(&store, &hung_head, hung, day(TODAY)).await.unwrap()[0].id;
        let lent = |account: Uuid, from: &str, to: &str| Lent {
            role_grant,
            account,
            document: "Giấy ủy quyền số 03/UQ-VP".into(),
            from_day: day(from),
            to_day: day(to),
        };
        let lend = async |who: &Viewer, lent: Lent| {
            delegations::lend(&store, who, noon(), "nghỉ phép", day(TODAY), &lent).await
        };
        assert_eq!(lend(&mai_viewer, lent(mai, TODAY, TODAY)).await, Err(StoreError::Forbidden));
        assert_eq!(lend(&hung_head, lent(hung, TODAY, TODAY)).await, Ok(Err(Unfit::Oneself)));
        assert_eq!(lend(&hung_head, lent(Uuid::nil(), TODAY, TODAY)).await, Ok(Err(Unfit::Account)));
        assert_eq!(lend(&hung_head, lent(mai, "2026-11-22", TODAY)).await, Ok(Err(Unfit::Days)));
        let given = lend(&hung_head, lent(mai, "2026-11-24", "2026-11-26")).await.unwrap().unwrap();
        let roles = async |on: &str| {
            let held = accounts::roles_on(&store, OFFICE, mai, day(on)).await.unwrap();
            held.into_iter().map(|held| (held.role, held.unit, held.lent)).collect::<Vec<_>>()
        };
        let own = (Role::Employee, None, None);
        let acting = (Role::Head, Some(tccb), Some((given, "HUNG".to_owned())));
        assert_eq!(roles(TODAY).await, std::slice::from_ref(&own));
        assert_eq!(roles("2026-11-24").await, [own.clone(), acting.clone()]);
        assert_eq!(roles("2026-11-26").await, [own.clone(), acting]);
        assert_eq!(roles("2026-11-27").await, std::slice::from_ref(&own));
        let on = lend(&mai_viewer, lent(hung, "2026-11-24", "2026-11-24")).await;
        assert_eq!(on, Err(StoreError::Forbidden), "a lent role is not lent on");
        let acting = store.acting_under(given);
        enter(&acting, async |tx| unit(tx, "VP", None)).await;
        assert_eq!(delegations::withdraw(&store, &mai_viewer, noon(), "thôi", given).await, Err(StoreError::Forbidden));
        delegations::withdraw(&store, &son, noon(), "thôi", given).await.unwrap();
        let again = delegations::withdraw(&store, &hung_head, noon(), "thôi", given).await;
        assert_eq!((again, roles("2026-11-24").await), (Err(StoreError::Changed), vec![own]));
    });
}

#[test]
fn a_code_and_a_recovery_code_work_once_and_a_role_can_require_a_second_factor() {
    on_each_database(async |store| {
        let son = son_administrator(&store).await;
        let rules = [(Role::Administrator, true), (Role::Officer, false)];
        let today = day(TODAY);
        let refused = factor::require(&store, &lan_officer(), noon(), "thử", &rules, today).await;
        assert_eq!(refused, Err(StoreError::Forbidden));
        factor::require(&store, &son, noon(), "quy chế", &rules, today).await.unwrap();
        assert_eq!(factor::required_roles(&store, OFFICE, today).await, Ok(vec![Role::Administrator]));
        assert_eq!(factor::must_have(&store, OFFICE, son.account, today).await, Ok(true));
        assert_eq!(factor::must_have(&store, OFFICE, son.account, day("2026-11-22")).await, Ok(false));
        let taken = Taken {
            sealed: "niêm phong".into(),
            sealed_hash: "băm".into(),
            slot: 100,
            recovery: vec!["a".into(), "b".into()],
        };
        factor::take(&store, &son, noon(), &taken).await.unwrap();
        assert_eq!(factor::take(&store, &son, noon(), &taken).await, Err(StoreError::Changed));
        let use_slot = async |slot: i64| factor::use_slot(&store, OFFICE, son.account, slot).await.unwrap();
        assert_eq!([use_slot(100).await, use_slot(101).await, use_slot(101).await], [false, true, false]);
        let (first, second) = tokio::join!(use_slot(102), use_slot(102));
        assert_ne!(first, second);
        let recover = async |hash: &str| factor::use_recovery(&store, OFFICE, son.account, hash).await.unwrap();
        assert_eq!([recover("x").await, recover("a").await, recover("a").await], [false, true, false]);
        assert_eq!(factor::codes_left(&store, OFFICE, son.account).await, Ok(1));
        let other = factor::give_up(&store, &lan_officer(), noon(), "thử", son.account).await;
        assert_eq!(other, Err(StoreError::Forbidden));
        factor::give_up(&store, &son, noon(), "mất máy", son.account).await.unwrap();
        assert_eq!(factor::secret(&store, OFFICE, son.account).await, Ok(None));
        assert_eq!(factor::codes_left(&store, OFFICE, son.account).await, Ok(0));
    });
}

#[test]
fn history_and_log_are_read_by_administrator_and_auditor_and_refusals_are_journaled() {
    on_each_database(async |store| {
        let son = son_administrator(&store).await;
        let mai = opened(&store, &son, "mai", granted(Role::Officer, None)).await;
        let history = lists::history(&store, &viewer(Role::Auditor), mai).await.unwrap();
        let mut nouns: Vec<String> = history.into_iter().map(|change| change.noun).collect();
        nouns.sort();
        assert_eq!(nouns, ["account", "account_link", "account_state", "role_grant"]);
        assert_eq!(lists::history(&store, &lan_officer(), mai).await, Err(StoreError::Forbidden));
        let everything = log::Filter::default();
        let refused = log::list(&store, &lan_officer(), &everything, Page::first(50)).await;
        assert_eq!(refused.map(|_| ()), Err(StoreError::Forbidden));
        log::refuse(&store, &son, noon(), "GET", "/ca-nhan/1", "scope-refused").await.unwrap();
        assert_eq!(log::list(&store, &son, &everything, Page::first(50)).await.unwrap().rows, []);
    });
}
