//! Accounts: who may sign in on a day, in which role, and for how long.

use chrono::Duration;
use store::accounts::{self, HeldRole, SecurityEvent, Session, Stage, lists, sessions};
use store::error::StoreError;
use store::page::Page;
use store::records::{NewAccount, NewAccountState, NewPassword, NewRoleGrant};
use store::step::Step;
use store::words::Role;
use uuid::Uuid;

use crate::builders::{OFFICE, day, enter, lan_officer, noon, office, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

async fn mai_clerk(store: &store::Store) -> (Uuid, Uuid) {
    enter(store, async |tx| {
        office(tx)?;
        let tccb = unit(tx, "TCCB", None)?;
        let display_name = "Nguyễn Thị Mai".to_owned();
        let mai = tx.add(NewAccount { id: tx.id(), login: "mai".into(), display_name, person: None })?;
        let (from_day, to_day) = (day("2020-01-01"), None);
        tx.add(NewAccountState { id: tx.id(), account: mai, active: true, from_day })?;
        tx.add(NewRoleGrant { id: tx.id(), account: mai, role: Role::Clerk, unit: Some(tccb), from_day, to_day })?;
        Ok((mai, tccb))
    })
    .await
}

#[test]
fn an_unknown_login_is_no_account() {
    on_each_database(async |store| {
        mai_clerk(&store).await;
        assert_eq!(accounts::find_by_login(&store, OFFICE, "hoa", day(TODAY)).await, Ok(None));
        assert_eq!(accounts::find_by_login(&store, 2, "mai", day(TODAY)).await, Ok(None));
    });
}

#[test]
fn the_last_password_counts_and_a_closed_account_is_not_active() {
    on_each_database(async |store| {
        let (mai, _) = mai_clerk(&store).await;
        let found = async |on: &str| accounts::find_by_login(&store, OFFICE, "MAI", day(on)).await.unwrap().unwrap();
        assert_eq!((found(TODAY).await.argon2, found("2019-12-31").await.active), (None, false));
        for (argon2, at) in [("$argon2id$cũ", noon()), ("$argon2id$mới", noon() + Duration::milliseconds(1))] {
            let set = async |tx: &mut Step| tx.add(NewPassword { id: tx.id(), account: mai, argon2: argon2.into() });
            store.step(OFFICE, None, at, "đặt mật khẩu", set).await.unwrap();
        }
        enter(&store, async |tx| {
            tx.add(NewAccountState { id: tx.id(), account: mai, active: false, from_day: day("2026-12-01") })
        })
        .await;
        assert_eq!(found(TODAY).await.argon2.as_deref(), Some("$argon2id$mới"));
        assert_eq!((found(TODAY).await.active, found("2026-12-01").await.active), (true, false));
        assert_eq!(accounts::one(&store, OFFICE, mai, day(TODAY)).await.unwrap().unwrap(), found(TODAY).await);
    });
}

#[test]
fn a_role_holds_from_its_first_to_its_last_day() {
    on_each_database(async |store| {
        let (mai, tccb) = mai_clerk(&store).await;
        let roles = async |on: &str| accounts::roles_on(&store, OFFICE, mai, day(on)).await.unwrap();
        assert_eq!(roles("2019-12-31").await, []);
        let grant = roles("2020-01-01").await[0].grant;
        let unit_name = Some("Vụ TCCB".into());
        let clerk = HeldRole { account: mai, role: Role::Clerk, unit: Some(tccb), unit_name, grant, lent: None };
        assert_eq!(roles("2020-01-01").await, std::slice::from_ref(&clerk));
        let shown = accounts::demonstration(&store, OFFICE, day(TODAY)).await.unwrap();
        assert_eq!(
            shown.into_iter().map(|(account, roles)| (account.id, roles)).collect::<Vec<_>>(),
            [(mai, vec![clerk])]
        );
    });
}

#[test]
fn accounts_are_listed_to_the_administrator_alone() {
    on_each_database(async |store| {
        mai_clerk(&store).await;
        let (everyone, page) = (lists::Filter::default(), Page::first(50));
        let refused = lists::list(&store, &lan_officer(), &everyone, day(TODAY), page).await;
        assert_eq!(refused, Err(StoreError::Forbidden));
        let administrator = viewer(Role::Administrator);
        let listed = lists::list(&store, &administrator, &everyone, day(TODAY), page).await.unwrap();
        assert_eq!(listed.rows.into_iter().map(|account| account.login).collect::<Vec<_>>(), ["mai"]);
    });
}

#[test]
fn a_session_lasts_until_its_end() {
    on_each_database(async |store| {
        let (mai, _) = mai_clerk(&store).await;
        let session = Session {
            office: OFFICE,
            token_hash: [7; 32],
            account: mai,
            csrf: "một lần".into(),
            begun: noon(),
            expires: noon() + Duration::hours(8),
            last_seen: noon(),
            address: Some("192.0.2.1".into()),
            agent: None,
            stage: Stage::Complete,
        };
        sessions::begin(&store, &session).await.unwrap();
        let found = async |minutes: i64| {
            sessions::find(&store, OFFICE, &[7; 32], noon() + Duration::minutes(minutes)).await.unwrap()
        };
        assert_eq!(sessions::find(&store, OFFICE, &[8; 32], noon()).await, Ok(None));
        assert_eq!(found(120).await, None, "idle for two hours");
        assert_eq!(found(119).await, Some(session.clone()));
        sessions::seen(&store, &session, noon() + Duration::seconds(59)).await.unwrap();
        assert_eq!(found(1).await, Some(session.clone()), "noted at most once a minute");
        sessions::seen(&store, &session, noon() + Duration::minutes(100)).await.unwrap();
        assert_eq!(found(200).await.map(|found| found.last_seen), Some(noon() + Duration::minutes(100)));
        assert_eq!(found(480).await, None, "over after eight hours");
        sessions::end(&store, OFFICE, &[7; 32]).await.unwrap();
        assert_eq!(found(1).await, None);
        sessions::begin(&store, &session).await.unwrap();
        assert_eq!(sessions::delete_expired(&store, noon() + Duration::minutes(119)).await, Ok(0));
        assert_eq!(sessions::delete_expired(&store, noon() + Duration::minutes(120)).await, Ok(1));
    });
}

#[test]
fn refusals_at_the_door_are_counted_by_address() {
    on_each_database(async |store| {
        enter(&store, async |tx| office(tx)).await;
        for n in 0..3 {
            let event = SecurityEvent {
                id: Uuid::from_u128(n),
                at: noon() + Duration::minutes(i64::try_from(n).unwrap()),
                event: "sign-in-refused".into(),
                account: None,
                address: Some("192.0.2.1".into()),
                detail: None,
            };
            accounts::log_security(&store, OFFICE, &event).await.unwrap();
        }
        let since = async |address: &str, minutes: i64| {
            let since = noon() + Duration::minutes(minutes);
            accounts::security_events_since(&store, OFFICE, "sign-in-refused", address, since).await.unwrap()
        };
        assert_eq!(since("192.0.2.2", 0).await, 0);
        assert_eq!(since("192.0.2.1", 1).await, 2);
    });
}
