//! What is kept of an account beside its password and roles, and a regulation that it wrote.

use rules::layer::Tier;
use store::error::StoreError;
use store::records::accounts::{
    NewAccountLink, NewAccountLinkEnd, NewDelegation, NewDelegationEnd, NewRefusal, NewRepresentation, NewSecondFactor,
    NewSecondFactorRule,
};
use store::records::layers::{NewLayer, NewLayerDecision, NewLayerWithdrawal};
use store::step::Step;
use store::words::{LayerOutcome, LinkEnd, LinkKind, Role};
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
    regulate(tx, n, account)?;
    tx.add(NewRefusal { id: tx.id(), role: Role::Clerk, method, path, event })?;
    Ok(())
}

/// A regulation that was confirmed or returned, and withdrawn.
fn regulate(tx: &mut Step, n: usize, author: Uuid) -> Result<(), StoreError> {
    let layer = tx.add(NewLayer {
        id: tx.id(),
        code: format!("QC-{n}"),
        tier: Tier::Office,
        unit: None,
        name: "Quy chế".into(),
        name_en: "Regulation".into(),
        from_day: day("2026-01-01"),
        content: "layer = \"QC\"\n".into(),
        cases: "award = \"giay-khen\"\n".into(),
        author,
    })?;
    let outcome = if n == 0 { LayerOutcome::XacNhan } else { LayerOutcome::TraLai };
    tx.add(NewLayerDecision { id: tx.id(), layer, outcome })?;
    tx.add(NewLayerWithdrawal { id: tx.id(), layer, from_day: day("2026-06-01") })?;
    Ok(())
}
