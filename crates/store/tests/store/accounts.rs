//! Accounts: who may sign in on a day, in which role, and for how long.

use chrono::Duration;
use store::accounts::{self, HeldRole, SecurityEvent, Session};
use store::error::StoreError;
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
        let clerk = HeldRole { account: mai, role: Role::Clerk, unit: Some(tccb), unit_name: Some("Vụ TCCB".into()) };
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
        assert_eq!(accounts::list(&store, &lan_officer(), day(TODAY)).await, Err(StoreError::Forbidden));
        let listed = accounts::list(&store, &viewer(Role::Administrator), day(TODAY)).await.unwrap();
        assert_eq!(listed.into_iter().map(|account| account.login).collect::<Vec<_>>(), ["mai"]);
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
        };
        accounts::begin_session(&store, &session).await.unwrap();
        let found = async |after: i64| {
            accounts::find_session(&store, OFFICE, &[7; 32], noon() + Duration::hours(after)).await.unwrap()
        };
        assert_eq!(found(8).await, None);
        assert_eq!(accounts::find_session(&store, OFFICE, &[8; 32], noon()).await, Ok(None));
        assert_eq!(found(7).await, Some(session.clone()));
        accounts::end_session(&store, OFFICE, &[7; 32]).await.unwrap();
        assert_eq!(found(7).await, None);
        accounts::begin_session(&store, &session).await.unwrap();
        assert_eq!(accounts::delete_expired_sessions(&store, noon() + Duration::hours(7)).await, Ok(0));
        assert_eq!(accounts::delete_expired_sessions(&store, noon() + Duration::hours(8)).await, Ok(1));
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
