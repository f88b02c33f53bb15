//! Rows for the stories, entered through the store as the program itself would.

use std::sync::LazyLock;

use app::secret::hash_password;
use app::session::OFFICE;
use store::Store;
use store::error::StoreError;
use store::records::{NewAccount, NewAccountState, NewOffice, NewPassword, NewRoleGrant, NewUnit, NewUnitName};
use store::words::{Certainty, Role};
use uuid::Uuid;

use crate::test_app::{now, today};

/// The password of everyone in the stories.
pub const PASSWORD: &str = "mùa thu Hà Nội";
/// Argon2 takes its time, so the one password is hashed once.
static HASH: LazyLock<String> = LazyLock::new(|| hash_password(PASSWORD));

/// The people of the stories: login, name, role, and whether the role holds in the one unit only.
pub const PEOPLE: [(&str, &str, Role, bool); 9] = [
    ("mai", "Nguyễn Thị Mai", Role::Clerk, true),
    ("hung", "Trần Văn Hùng", Role::Head, true),
    ("lan", "Lê Thị Lan", Role::Employee, true),
    ("thanh", "Phạm Minh Thành", Role::Officer, false),
    ("ha", "Đỗ Thu Hà", Role::CouncilSecretary, false),
    ("binh", "Vũ Thanh Bình", Role::CouncilMember, false),
    ("duc", "Hoàng Anh Đức", Role::DecidingAuthority, false),
    ("yen", "Ngô Hải Yến", Role::Auditor, false),
    ("son", "Bùi Ngọc Sơn", Role::Administrator, false),
];

/// The office of a story.
#[derive(Default)]
pub struct Office {
    /// Its one unit.
    pub unit: Uuid,
}

impl Office {
    /// Enters the office, its unit and its people.
    pub async fn found(store: &Store) -> Self {
        let from_day = "2015-01-01".parse().expect("a day");
        let founded = store.step(OFFICE, None, now(), "story", async |step| {
            step.add(NewOffice {
                id: step.id(),
                code: "VPCP".to_owned(),
                name: "Văn phòng Chính phủ".to_owned(),
                name_en: None,
                illustrative: true,
            })?;
            let unit = step.add(NewUnit { id: step.id(), kind: "vu".to_owned(), fictitious: true })?;
            step.add(NewUnitName {
                id: step.id(),
                unit,
                name: "Vụ Tổ chức cán bộ".to_owned(),
                name_en: None,
                code: "TCCB".to_owned(),
                parent: None,
                cluster: None,
                position: 1,
                basis: None,
                certainty: Certainty::DaDoiChieu,
                from_day,
                to_day: None,
            })?;
            Ok::<Uuid, StoreError>(unit)
        });
        let office = Self { unit: founded.await.expect("an office") };
        for (login, name, role, in_unit) in PEOPLE {
            account(store, login, name, &[(role, in_unit.then_some(office.unit))]).await;
        }
        office
    }
}

/// Enters an account that can sign in, with its roles.
pub async fn account(store: &Store, login: &str, name: &str, roles: &[(Role, Option<Uuid>)]) -> Uuid {
    let opened = store.step(OFFICE, None, now(), "story", async |step| {
        let account = step.add(NewAccount {
            id: step.id(),
            login: login.to_owned(),
            display_name: name.to_owned(),
            person: None,
        })?;
        step.add(NewPassword { id: step.id(), account, argon2: HASH.clone() })?;
        step.add(NewAccountState { id: step.id(), account, active: true, from_day: today() })?;
        for (role, unit) in roles {
            let (role, unit) = (*role, *unit);
            step.add(NewRoleGrant { id: step.id(), account, role, unit, from_day: today(), to_day: None })?;
        }
        Ok::<Uuid, StoreError>(account)
    });
    opened.await.expect("an account")
}
