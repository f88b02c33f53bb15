//! What is kept of an account beside its password and roles: links, second factors, delegations, refusals.

use store::error::StoreError;
use store::records::accounts::{
    NewAccountLink, NewAccountLinkEnd, NewDelegation, NewDelegationEnd, NewRefusal, NewRepresentation, NewSecondFactor,
    NewSecondFactorRule,
};
use store::step::Step;
use store::words::{LinkEnd, LinkKind, Role};
use uuid::Uuid;

use crate::builders::day;

/// One of each kind for the `n`-th account; a step acts in one borrowed role at most.
pub fn keep(tx: &mut Step, n: usize, account: Uuid, role_grant: Uuid) -> Result<(), StoreError> {
    let (token_hash, expires) = (format!("{n:064x}"), 1_795_600_000_000);
    let link = tx.add(NewAccountLink { id: tx.id(), account, kind: LinkKind::Moi, token_hash, expires })?;
    tx.add(NewAccountLinkEnd { id: tx.id(), link, kind: LinkEnd::DaDung })?;
    tx.add(NewSecondFactor { id: tx.id(), account, active: true, sealed_hash: Some("ef".repeat(32)) })?;
    let (role, from_day) = (Role::Administrator, day("2026-01-01"));
    tx.add(NewSecondFactorRule { id: tx.id(), role, required: n == 0, from_day })?;
    let (document, to_day) = ("Giấy uỷ quyền 3".to_owned(), day("2026-02-01"));
    let delegation = tx.add(NewDelegation { id: tx.id(), role_grant, account, document, from_day, to_day })?;
    tx.add(NewDelegationEnd { id: tx.id(), delegation })?;
    if n == 0 {
        tx.add(NewRepresentation { id: tx.id(), delegation })?;
    }
    let (method, path, event) = ("GET".to_owned(), "/tai-khoan".to_owned(), "role".to_owned());
    tx.add(NewRefusal { id: tx.id(), role: Role::Clerk, method, path, event })?;
    Ok(())
}
