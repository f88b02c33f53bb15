//! The demonstration accounts with their roles; they have no password.

use rules::facts::Day;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use store::error::StoreError;
use store::records::{NewAccount, NewAccountState, NewRoleGrant};
use store::step::Step;
use store::words::Role;

use super::{Ids, Population};

/// Adds the accounts; each may sign in from the first day of the records on.
pub fn add(step: &mut Step, known: &Population, today: Day, ids: &Ids) -> Result<(), StoreError> {
    let from_day = known.plan.office.records_from.min(today);
    for account in &known.accounts {
        let person = account.person.as_ref().and_then(|code| ids.people.get(code).copied());
        let id = step.id();
        step.add(NewAccount { id, login: account.login.clone(), display_name: account.name.clone(), person })?;
        step.add(NewAccountState { id: step.id(), account: id, active: true, from_day })?;
        let unit = account.unit.as_ref().and_then(|code| ids.units.get(code).copied());
        step.add(NewRoleGrant {
            id: step.id(),
            account: id,
            role: role(&account.role)?,
            unit,
            from_day,
            to_day: None,
        })?;
    }
    Ok(())
}

fn role(word: &str) -> Result<Role, StoreError> {
    let reader: StrDeserializer<'_, Error> = word.into_deserializer();
    Role::deserialize(reader).map_err(|error| StoreError::Refused(format!("roles.toml: {error}")))
}
