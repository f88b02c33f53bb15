//! A story with every kind of record, in several acts, with corrections, endings and removals.

mod keeping;

use chrono::{DateTime, Duration, Utc};
use ed25519_dalek::SigningKey;
use rules::facts::{Discipline, Grade, Group, Hold, Leave, RecordKind, Scope, Sex, Sort};
use store::Store;
use store::error::StoreError;
use store::journal::checkpoints;
use store::journal::note::VerifierKey;
use store::records::register::{NewAmendment, NewDecisionPaper, NewReissue, NewRestoration};
use store::records::{
    NewAccount, NewAccountState, NewAttachment, NewAttestation, NewCompleteRange, NewDecisionEnd, NewDiscipline,
    NewGrade, NewHold, NewHousehold, NewIdentity, NewImportBatch, NewInitiative, NewInitiativeUse, NewLeave,
    NewMembership, NewPassword, NewPerson, NewRegistration, NewRoleGrant, NewRosterException, NewUnitLineage,
    NewUnitName,
};
use store::step::Step;
use store::words::{
    AmendedField, AmendmentKind, Body, Capacity, EndKind, IdentityKind, LineageKind, PaperState, PostLevel,
    ReissueKind, Role,
};
use uuid::Uuid;

use crate::builders::{
    OFFICE, collective_line, day, decision, grade, line, member, noon, office, person, post, unit, unit_name,
};

/// The people of each unit.
const PEOPLE: usize = 12;

/// The key with which the office signs.
pub fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The key with which others check it.
pub async fn verifier(store: &Store) -> VerifierKey {
    checkpoints::verifier(store, OFFICE, &key()).await.unwrap().unwrap()
}

/// Signs the journal as it stands.
pub async fn sign(store: &Store) {
    checkpoints::make(store, OFFICE, &key(), noon()).await.unwrap();
}

/// Plays the story; the journal is signed after every act but the last.
pub async fn play(store: &Store) {
    let founded = act(store, 0, None, async |tx| office(tx)).await;
    assert_ne!(founded, Uuid::nil());
    let admin = act(store, 1, None, async |tx| accounts(tx)).await;
    sign(store).await;
    let units = act(store, 2, Some(admin), async |tx| units(tx)).await;
    let mut people = Vec::new();
    for (n, unit) in units.into_iter().enumerate() {
        people.extend(act(store, 3 + n, Some(admin), async |tx| staff(tx, unit)).await);
        sign(store).await;
    }
    act(store, 10, Some(admin), async |tx| records(tx, &people, units)).await;
    act(store, 11, Some(admin), async |tx| honours(tx, &people, units)).await;
    sign(store).await;
    changes(store, admin, &people).await;
}

/// One act, an hour after the one before.
async fn act<T>(
    store: &Store,
    hour: usize,
    actor: Option<Uuid>,
    write: impl AsyncFnOnce(&mut Step) -> Result<T, StoreError>,
) -> T {
    let at: DateTime<Utc> = noon() + Duration::hours(i64::try_from(hour).unwrap());
    store.step(OFFICE, actor, at, &format!("việc thứ {hour}"), write).await.unwrap()
}

fn accounts(tx: &mut Step) -> Result<Uuid, StoreError> {
    let mut last = Uuid::nil();
    for (n, (login, role)) in [("mai", Role::Clerk), ("son", Role::Administrator)].into_iter().enumerate() {
        let (login, display_name) = (login.to_owned(), format!("Chị {login}"));
        last = tx.add(NewAccount { id: tx.id(), login, display_name, person: None })?;
        tx.add(NewPassword { id: tx.id(), account: last, argon2: "$argon2id$…".into() })?;
        tx.add(NewAccountState { id: tx.id(), account: last, active: true, from_day: day("2026-01-01") })?;
        let from_day = day("2026-01-01");
        let granted = NewRoleGrant { id: tx.id(), account: last, role, unit: None, from_day, to_day: None };
        let granted = tx.add(granted)?;
        keeping::keep(tx, n, last, granted)?;
    }
    Ok(last)
}

fn units(tx: &mut Step) -> Result<[Uuid; 2], StoreError> {
    let (first, second) = (unit(tx, "TCCB", None)?, unit(tx, "PL", None)?);
    for (predecessor, successor) in [(first, second), (second, first)] {
        let (kind, day, document) = (LineageKind::ChiaTach, day("2012-01-01"), Some("QĐ 1".to_owned()));
        tx.add(NewUnitLineage { id: tx.id(), kind, predecessor, successor, day, keeps_honours: true, document })?;
    }
    Ok([first, second])
}

fn staff(tx: &mut Step, unit: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        let id = member(tx, &format!("Nguyễn Thị Số {n}"), unit)?;
        tx.add(post(tx, id, "Chuyên viên chính", PostLevel::TrucTiep))?;
        for year in 2019..2023 {
            tx.add(grade(tx, id, year, Grade::Tot))?;
        }
        people.push(id);
    }
    let detailed = NewPerson {
        sex: Some(Sex::Nu),
        born: Some(day("1980-02-29")),
        recruited: Some(day("2004-05-01")),
        staff_group: Some(Group::CongChuc),
        quotation: Some("“đã có nhiều đóng góp”\n".to_owned()),
        ..person(tx, "Đỗ Thị Ngoặc \"Kép\"")
    };
    people.push(tx.add(detailed)?);
    Ok(people)
}

fn records(tx: &mut Step, people: &[Uuid], units: [Uuid; 2]) -> Result<(), StoreError> {
    let household = tx.add(person(tx, "Hộ ông Nguyễn Văn Mẫu"))?;
    tx.add(NewHousehold { id: tx.id(), person: household, address: Some("Thôn Mẫu".to_owned()) })?;
    for (n, person) in people.iter().copied().take(6).enumerate() {
        let (year, subject) = (2020 + i32::try_from(n).unwrap(), Some(person));
        let (id, from_day) = (tx.id(), day("2021-03-01"));
        let lookup = format!("{n:064}");
        tx.add(NewIdentity { id, person, kind: IdentityKind::Cccd, sealed: "c2VhbGVk".into(), lookup })?;
        tx.add(NewRosterException { id: tx.id(), person, year, reason: "nghỉ thai sản".into() })?;
        let (name, sort, scope) = (format!("Sáng kiến {n}"), Sort::SangKien, Scope::Bo);
        let (decided, number) = (Some(day("2022-01-05")), Some(format!("SK-{n}")));
        let initiative =
            NewInitiative { id: tx.id(), person: subject, collective: None, name, sort, scope, year, decided, number };
        let initiative = tx.add(initiative)?;
        tx.add(NewInitiativeUse { id: tx.id(), initiative, award: "bang-khen-bo".into(), year })?;
        let kind = Discipline::KhienTrach;
        let (to_day, number) = (None, Some("KL 5".to_owned()));
        tx.add(NewDiscipline { id: tx.id(), person: subject, collective: None, kind, number, from_day, to_day })?;
        let (kind, document) = (Hold::KhieuNai, None);
        tx.add(NewHold { id: tx.id(), person: subject, collective: None, kind, document, from_day, to_day })?;
        tx.add(NewLeave { id: tx.id(), person, kind: Leave::DaoTao, from_day, to_day })?;
        tx.add(NewRegistration { id: tx.id(), person: subject, collective: None, year })?;
        let kind = RecordKind::Titles;
        let (from_year, to_year) = (2012, 2020 + i32::try_from(n).unwrap());
        tx.add(NewCompleteRange { id: tx.id(), person: subject, collective: None, kind, from_year, to_year })?;
        let (condition, on_day) = ("bang-khen-bo/a/b".to_owned(), day("2022-02-02"));
        let by_whom = Some("Thủ trưởng đơn vị".to_owned());
        tx.add(NewAttestation {
            id: tx.id(),
            person: None,
            collective: Some(units[n % 2]),
            condition,
            value: n > 2,
            on_day,
            by_whom,
        })?;
    }
    Ok(())
}

fn honours(tx: &mut Step, people: &[Uuid], units: [Uuid; 2]) -> Result<(), StoreError> {
    for n in 0..4 {
        let paper = decision(tx, &format!("MH-{n:03}"), "2022-02-25");
        tx.add(paper.clone())?;
        for person in &people[..10] {
            tx.add(line(tx, &paper, "bang-khen-bo", *person, units[0]))?;
        }
        let collective = tx.add(collective_line(tx, &paper, "co-thi-dua-bo", units[1]))?;
        let (kind, document, reason) = (EndKind::ThuHoi, format!("QĐ {n}"), "sai đối tượng".to_owned());
        let (day, conferral) = (day("2023-01-01"), Some(collective));
        let ended = NewDecisionEnd { id: tx.id(), decision: paper.id, conferral, kind, day, document, reason };
        let ended = tx.add(ended)?;
        register(tx, paper.id, collective, ended)?;
        tx.add(NewAttachment {
            id: tx.id(),
            noun: "decision".into(),
            record: paper.id,
            title: "Bản ký".into(),
            file_name: "qd.pdf".into(),
            media_type: "application/pdf".into(),
            size: 9_000_000_000,
            sha256: "ab".repeat(32),
            stored_as: format!("{n:032x}"),
        })?;
    }
    Ok(())
}

/// What the register keeps of a decision, and what later documents do to it.
fn register(tx: &mut Step, decision: Uuid, conferral: Uuid, ended: Uuid) -> Result<(), StoreError> {
    tx.add(NewDecisionPaper {
        id: tx.id(),
        decision,
        body: Body::CoQuanMinh,
        capacity: Some(Capacity::Kt),
        signer_post: Some("Phó Chủ nhiệm".into()),
        state: PaperState::BanChinh,
        proof: None,
        legacy: true,
        twin_reason: None,
        counts: true,
        ground: None,
    })?;
    let (kind, file_name, sha256) = ("grades".to_owned(), "xếp loại.xlsx".to_owned(), "cd".repeat(32));
    tx.add(NewImportBatch { id: tx.id(), kind, file_name, sha256, written: 9 })?;
    let (document, issuer, reason) = ("CV 9".to_owned(), "VPCP".to_owned(), "in sai".to_owned());
    tx.add(NewAmendment {
        id: tx.id(),
        decision,
        conferral: None,
        replacement: None,
        kind: AmendmentKind::DinhChinh,
        document: document.clone(),
        issuer: issuer.clone(),
        successor_of: None,
        day: day("2023-02-01"),
        from_day: day("2022-02-25"),
        field: Some(AmendedField::TrichYeu),
        before: Some("Về việc tặng".into()),
        after: Some("Về việc tặng thưởng".into()),
        reason: reason.clone(),
    })?;
    let again = day("2023-06-01");
    tx.add(NewRestoration {
        id: tx.id(),
        ended,
        document: document.clone(),
        issuer: issuer.clone(),
        successor_of: None,
        day: again,
        reason: reason.clone(),
    })?;
    let (kind, certificate) = (ReissueKind::CapLai, Some("BK 12".to_owned()));
    let successor_of = None;
    let id = tx.id();
    tx.add(NewReissue {
        id,
        decision,
        conferral,
        kind,
        document,
        issuer,
        successor_of,
        day: again,
        certificate,
        reason,
    })?;
    Ok(())
}

/// Corrections, an ending between two corrections, an ending alone, and a corrected record that is taken out.
async fn changes(store: &Store, admin: Uuid, people: &[Uuid]) {
    let of = |noun: &'static str, skip: u32| async move { nth(store, noun, skip).await };
    let name =
        act(store, 12, Some(admin), async |tx| tx.correct(person_named(people[0], "Nguyễn Thị Sửa")).await).await;
    assert_ne!(name, Uuid::nil());
    let moved = of("membership", 3).await;
    act(store, 13, Some(admin), async |tx| tx.end::<NewMembership>(moved, day("2024-06-30"))).await;
    sign(store).await;
    act(store, 14, Some(admin), async |tx| tx.correct(person_named(people[0], "Nguyễn Thị Sửa Lại")).await).await;
    let old_name = of("unit_name", 1).await;
    let content = store.content(OFFICE, "unit_name", old_name).await.unwrap().unwrap();
    let unit: Uuid = content["unit"].as_str().unwrap().parse().unwrap();
    act(store, 15, Some(admin), async |tx| {
        let renamed = NewUnitName { id: old_name, name: "Vụ Pháp chế".into(), ..unit_name(tx, unit, "PL", None) };
        tx.correct(renamed.clone()).await?;
        tx.end::<NewUnitName>(old_name, day("2015-12-31"))?;
        tx.flush().await?;
        tx.correct(NewUnitName { to_day: Some(day("2015-11-30")), ..renamed }).await
    })
    .await;
    let mistaken = [of("grade", 5).await, of("grade", 6).await];
    act(store, 16, Some(admin), async |tx| {
        let right = NewGrade { id: mistaken[0], ..grade(tx, people[1], 2030, Grade::HoanThanh) };
        tx.correct(right).await?;
        tx.remove("grade", &mistaken).await
    })
    .await;
    act(store, 17, Some(admin), async |tx| tx.end::<NewHold>(of("hold", 0).await, day("2021-09-01"))).await;
}

fn person_named(id: Uuid, full_name: &str) -> NewPerson {
    NewPerson {
        id,
        full_name: full_name.into(),
        sex: None,
        born: None,
        recruited: None,
        staff_group: None,
        fictitious: true,
        quotation: None,
        excluded_from_roster: false,
    }
}

/// The record of a kind whose leaf comes after `skip` others of that kind.
async fn nth(store: &Store, noun: &str, skip: u32) -> Uuid {
    let leaves = store::journal::leaves(store, OFFICE, 0, 10_000).await.unwrap();
    let of_kind = leaves.into_iter().filter(|leaf| leaf.entry.noun == noun);
    of_kind.map(|leaf| leaf.entry.id).nth(skip as usize).unwrap()
}
