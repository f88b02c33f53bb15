//! What later documents do to a decision, asked for on the days before, between and after.

use rules::facts::Day;
use store::Store;
use store::decisions::{self, Filter, State};
use store::error::StoreError;
use store::page::Page;
use store::people;
use store::records::register::{NewAmendment, NewReissue, NewRestoration};
use store::records::{NewConferral, NewDecision, NewDecisionEnd};
use store::register::acts::{self, Acts, Change};
use store::register::history;
use store::reports::arithmetic::Period;
use store::reports::counted::{Category, CountBy, Counting};
use store::reports::period::{self, Parameters};
use store::words::{AmendedField, AmendmentKind, EndKind, ReissueKind, Role};
use uuid::Uuid;

use crate::builders::{day, decision, enter, lan_officer, line, member, noon, office, unit, verified, viewer};
use crate::on_each_database::on_each_database;
use crate::register::paper;

/// Hoa and Bình, each with a certificate by one decision of 25/02/2018.
struct Told {
    decision: NewDecision,
    hoa: Uuid,
    binh: Uuid,
    lines: [NewConferral; 2],
}

async fn told(store: &Store) -> Told {
    enter(store, async |tx| {
        office(tx)?;
        let tccb = unit(tx, "TCCB", None)?;
        let (hoa, binh) = (member(tx, "Trần Thị Hoa", tccb)?, member(tx, "Lê Văn Bình", tccb)?);
        let decision = decision(tx, "12", "2018-02-25");
        let lines = [line(tx, &decision, "bang-khen-bo", hoa, tccb), line(tx, &decision, "bang-khen-bo", binh, tccb)];
        tx.add(decision.clone())?;
        tx.add(paper(tx, decision.id))?;
        for line in &lines {
            tx.add(line.clone())?;
        }
        Ok(Told { decision, hoa, binh, lines })
    })
    .await
}

/// A change by Lan, who has seen everything so far.
async fn change<T>(
    store: &Store,
    decision: Uuid,
    write: impl AsyncFnOnce(&mut store::step::Step) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let lan = lan_officer();
    let after = acts::last_step(store, &lan, decision).await.unwrap();
    acts::change(store, Change { viewer: &lan, decision, after, at: noon(), why: "theo văn bản" }, write).await
}

fn end(told: &Told, conferral: Option<Uuid>, on: &str) -> NewDecisionEnd {
    NewDecisionEnd {
        id: Uuid::now_v7(),
        decision: told.decision.id,
        conferral,
        kind: EndKind::HuyBo,
        day: day(on),
        document: "Quyết định số 30/QĐ-VPCP".into(),
        reason: "khai sai".into(),
    }
}

fn restoration(ended: Uuid, on: &str) -> NewRestoration {
    NewRestoration {
        id: Uuid::now_v7(),
        ended,
        document: "Quyết định số 44/QĐ-VPCP".into(),
        issuer: "Văn phòng Chính phủ".into(),
        successor_of: None,
        day: day(on),
        reason: "kết luận giải quyết khiếu nại".into(),
    }
}

fn amendment(told: &Told, kind: AmendmentKind) -> NewAmendment {
    NewAmendment {
        id: Uuid::now_v7(),
        decision: told.decision.id,
        conferral: Some(told.lines[0].id),
        replacement: None,
        kind,
        document: "Công văn số 99/VPCP-TCCB".into(),
        issuer: "Văn phòng Chính phủ".into(),
        successor_of: None,
        day: day("2019-03-01"),
        from_day: day("2019-03-01"),
        field: Some(AmendedField::HoTen),
        before: Some("Trần Thị Hòa".into()),
        after: Some("Trần Thị Hoa".into()),
        reason: "in sai dấu".into(),
    }
}

/// The awards of a person that the law is told of on a day.
async fn counted(store: &Store, person: Uuid, on: &str) -> Vec<(String, Day)> {
    let facts = people::facts(store, &lan_officer(), person, day(on)).await.unwrap().unwrap().facts;
    facts.awards.into_iter().map(|award| (award.award, award.decided)).collect()
}

/// Commendations of 2018 as a report asked for on a day counts them.
async fn reported(store: &Store, on: &str) -> u32 {
    let counting =
        |award: &str| Counting { award: award.into(), category: Category::Commendation, by: CountBy::DecisionDay };
    let parameters = Parameters {
        period: Period::of_years(2018, 2018).unwrap(),
        compare: None,
        unit: None,
        countings: vec![counting("bang-khen-bo"), counting("giay-khen")],
    };
    let report = period::report(store, &lan_officer(), &parameters, day(on)).await.unwrap();
    report.totals.iter().map(|row| row.row.total.lines).sum()
}

/// What happened to a decision and its lines.
async fn happened(store: &Store, decision: Uuid, on: &str) -> Acts {
    let one = decisions::one(store, &lan_officer(), decision, day(on)).await.unwrap().unwrap();
    let seen = one.lines.iter().map(|line| line.id).collect();
    acts::acts(store, &lan_officer(), decision, &seen, day(on)).await.unwrap()
}

async fn listed(store: &Store, state: State, on: &str) -> usize {
    let filter = Filter { state: Some(state), ..Filter::default() };
    decisions::list(store, &lan_officer(), &filter, day(on), Page::first(10)).await.unwrap().rows.len()
}

#[test]
fn what_was_revoked_and_restored_stood_before_and_stands_after_but_not_between() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let ended = change(&store, told.decision.id, async |tx| tx.revoke(end(&told, None, "2019-09-01")).await).await;
        let back = restoration(ended.unwrap(), "2020-05-01");
        change(&store, told.decision.id, async |tx| tx.restore(back.clone()).await).await.unwrap();
        let certificate = vec![("bang-khen-bo".to_owned(), day("2018-02-25"))];
        for (on, stands) in [
            ("2019-08-31", true),
            ("2019-09-01", false),
            ("2020-04-30", false),
            ("2020-05-01", true),
            ("2026-11-23", true),
        ] {
            let expected = if stands { certificate.clone() } else { Vec::new() };
            assert_eq!(counted(&store, told.hoa, on).await, expected, "{on}");
            assert_eq!(reported(&store, on).await, if stands { 2 } else { 0 }, "{on}");
            let one = decisions::one(&store, &lan_officer(), told.decision.id, day(on)).await.unwrap().unwrap();
            assert_eq!((one.row.revoked, one.revocation.is_some()), (!stands, !stands), "{on}");
            assert_eq!(one.lines.iter().filter(|line| line.revoked.is_none()).count(), if stands { 2 } else { 0 });
            assert_eq!(listed(&store, State::Standing, on).await, usize::from(stands), "{on}");
            assert_eq!(listed(&store, State::Revoked, on).await, usize::from(!stands), "{on}");
        }
        let acts = happened(&store, told.decision.id, "2026-11-23").await;
        assert_eq!(acts.ends.iter().map(|end| end.restored.clone()).collect::<Vec<_>>(), [Some(back)]);
    });
}

#[test]
fn a_restored_award_can_be_revoked_once_more() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let id = told.decision.id;
        let line = Some(told.lines[0].id);
        let first = change(&store, id, async |tx| tx.revoke(end(&told, line, "2019-09-01")).await).await.unwrap();
        let twice = change(&store, id, async |tx| tx.revoke(end(&told, line, "2019-10-01")).await).await;
        assert_eq!(twice, Err(StoreError::Refused("revoked already".into())));
        let early = change(&store, id, async |tx| tx.restore(restoration(first, "2019-08-01")).await).await;
        assert_eq!(early, Err(StoreError::Refused("restored before it was revoked".into())));
        change(&store, id, async |tx| tx.restore(restoration(first, "2020-05-01")).await).await.unwrap();
        let again = change(&store, id, async |tx| tx.restore(restoration(first, "2020-06-01")).await).await;
        assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
        change(&store, id, async |tx| tx.revoke(end(&told, line, "2021-01-01")).await).await.unwrap();
        let stands =
            [counted(&store, told.hoa, "2020-12-31").await.len(), counted(&store, told.hoa, "2021-01-01").await.len()];
        assert_eq!(stands, [1, 0]);
        assert_eq!(counted(&store, told.binh, "2021-01-01").await.len(), 1);
    });
}

#[test]
fn a_slip_of_form_is_mended_and_the_award_keeps_day_and_count() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let slip = amendment(&told, AmendmentKind::DinhChinh);
        change(&store, told.decision.id, async |tx| tx.add(slip.clone())).await.unwrap();
        assert_eq!(counted(&store, told.hoa, "2026-11-23").await, [("bang-khen-bo".into(), day("2018-02-25"))]);
        assert_eq!(reported(&store, "2026-11-23").await, 2);
        let read = async |on: &str| happened(&store, told.decision.id, on).await.amendments;
        assert_eq!(read("2019-02-28").await, []);
        assert_eq!(read("2019-03-01").await, [slip]);
        assert_eq!(
            [listed(&store, State::Amended, "2019-02-28").await, listed(&store, State::Amended, "2019-03-01").await],
            [0, 1]
        );
    });
}

#[test]
fn a_replaced_line_gives_way_from_its_day_and_the_award_keeps_the_day_of_the_decision() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let words = amendment(&told, AmendmentKind::SuaDoi);
        let amended = NewAmendment { field: None, before: None, after: None, ..words };
        let other = NewConferral { id: Uuid::now_v7(), award: "giay-khen".into(), ..told.lines[0].clone() };
        change(&store, told.decision.id, async |tx| tx.replace_line(amended.clone(), other.clone()).await)
            .await
            .unwrap();
        assert_eq!(counted(&store, told.hoa, "2019-02-28").await, [("bang-khen-bo".into(), day("2018-02-25"))]);
        assert_eq!(counted(&store, told.hoa, "2019-03-01").await, [("giay-khen".into(), day("2018-02-25"))]);
        assert_eq!([reported(&store, "2019-02-28").await, reported(&store, "2019-03-01").await], [2, 2]);
        let shown = async |on: &str| {
            let one = decisions::one(&store, &lan_officer(), told.decision.id, day(on)).await.unwrap().unwrap();
            one.lines
                .iter()
                .map(|line| (line.award.clone(), line.revoked.as_ref().map(|end| end.kind)))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown("2019-02-28").await.len(), 2);
        let after = shown("2019-03-01").await;
        assert_eq!(after.iter().filter(|line| line.1 == Some(EndKind::SuaDoi)).count(), 1);
        assert_eq!(after.len(), 3);
        let more = NewConferral { id: Uuid::now_v7(), ..other };
        let again = NewAmendment { id: Uuid::now_v7(), ..amended };
        let twice = change(&store, told.decision.id, async |tx| tx.replace_line(again, more).await).await;
        assert_eq!(twice, Err(StoreError::Refused("replaced already".into())));
    });
}

#[test]
fn the_second_of_two_officers_is_told_that_the_decision_moved_on() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let lan = lan_officer();
        let after = acts::last_step(&store, &lan, told.decision.id).await.unwrap();
        let by = |viewer| Change { viewer, decision: told.decision.id, after, at: noon(), why: "thu hồi" };
        acts::change(&store, by(&lan), async |tx| tx.revoke(end(&told, None, "2019-09-01")).await).await.unwrap();
        let reissue = NewReissue {
            id: Uuid::now_v7(),
            decision: told.decision.id,
            conferral: told.lines[0].id,
            kind: ReissueKind::CapLai,
            document: "Quyết định số 50/QĐ-VPCP".into(),
            issuer: "Văn phòng Chính phủ".into(),
            successor_of: None,
            day: day("2020-01-01"),
            certificate: Some("BK-2020-01".into()),
            reason: "bị mất".into(),
        };
        let late = acts::change(&store, by(&lan), async |tx| tx.add(reissue.clone())).await;
        assert_eq!(late, Err(StoreError::Changed));
        let mai_clerk = viewer(Role::Clerk);
        let refused = acts::change(&store, by(&mai_clerk), async |tx| tx.add(reissue.clone())).await;
        assert_eq!(refused, Err(StoreError::Forbidden));
        change(&store, told.decision.id, async |tx| tx.add(reissue.clone())).await.unwrap();
    });
}

#[test]
fn a_wrong_day_is_corrected_together_with_the_lines_and_the_keys_hold() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let id = told.decision.id;
        change(&store, id, async |tx| tx.revoke(end(&told, Some(told.lines[1].id), "2019-09-01")).await).await.unwrap();
        let paper =
            decisions::one(&store, &lan_officer(), id, day("2026-11-23")).await.unwrap().unwrap().paper.unwrap();
        let right = NewDecision { day: day("2018-02-26"), ..told.decision.clone() };
        let half = change(&store, id, async |tx| {
            tx.correct_together().await?;
            tx.correct(right.clone()).await
        });
        assert!(half.await.is_err(), "a decision and its lines would disagree");
        let changed = change(&store, id, async |tx| tx.correct_decision(right.clone(), paper.clone()).await).await;
        assert_eq!(changed, Ok(true));
        assert_eq!(counted(&store, told.hoa, "2026-11-23").await, [("bang-khen-bo".into(), day("2018-02-26"))]);
        assert_eq!(counted(&store, told.binh, "2026-11-23").await, []);
        assert_eq!(
            counted(&store, told.hoa, "2018-02-25").await.len(),
            1,
            "the law itself leaves out what was decided later"
        );
        let same = change(&store, id, async |tx| tx.correct_decision(right.clone(), paper).await).await;
        assert_eq!(same, Ok(false));
        let told = history::of_decision(&store, &lan_officer(), id).await.unwrap();
        let corrected = told.iter().filter(|it| matches!(it.what, history::What::Corrected { .. })).count();
        let entered = told.iter().filter(|it| it.what == history::What::Entered).count();
        assert_eq!((corrected, entered), (3, 1), "two lines and the decision");
        assert!(verified(&store).await.holds());
    });
}

#[test]
fn a_decision_entered_by_mistake_is_taken_out_unless_a_later_document_names_it() {
    on_each_database(async |store| {
        let told = told(&store).await;
        let id = told.decision.id;
        let ended = change(&store, id, async |tx| tx.revoke(end(&told, None, "2019-09-01")).await).await.unwrap();
        let refused = change(&store, id, async |tx| tx.remove_decision(id).await).await;
        assert!(matches!(refused, Err(StoreError::DanglingReference(_))), "{refused:?}");
        change(&store, id, async |tx| tx.remove("decision_end", &[ended]).await).await.unwrap();
        change(&store, id, async |tx| tx.remove_decision(id).await).await.unwrap();
        assert_eq!(decisions::one(&store, &lan_officer(), id, day("2026-11-23")).await, Ok(None));
        assert_eq!(counted(&store, told.hoa, "2026-11-23").await, []);
    });
}
