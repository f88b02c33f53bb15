//! Entering decisions: numbers, twins, other bodies, recipients outside the office, and finding them again.

use store::Store;
use store::access::Viewer;
use store::decisions::{self, Filter, State};
use store::error::StoreError;
use store::page::Page;
use store::people;
use store::records::register::NewDecisionPaper;
use store::records::{NewConferral, NewDecision, NewPerson, NewUnit, NewUnitName};
use store::register::{self, Entry};
use store::reports::arithmetic::Period;
use store::reports::counted::{Category, CountBy, Counting};
use store::reports::period::{self, Parameters};
use store::step::Step;
use store::units;
use store::words::{Body, Capacity, Certainty, PaperState, Role};
use uuid::Uuid;

use crate::builders::{day, enter, lan_officer, member, noon, office, unit, viewer};
use crate::on_each_database::on_each_database;

const TODAY: &str = "2026-11-23";

/// What the register keeps of an original of the office itself.
pub fn paper(tx: &Step, decision: Uuid) -> NewDecisionPaper {
    of(tx.id(), decision)
}

fn of(id: Uuid, decision: Uuid) -> NewDecisionPaper {
    NewDecisionPaper {
        id,
        decision,
        body: Body::CoQuanMinh,
        capacity: Some(Capacity::Kt),
        signer_post: Some("Phó Chủ nhiệm".into()),
        state: PaperState::BanChinh,
        proof: None,
        legacy: false,
        twin_reason: None,
        counts: true,
        ground: None,
    }
}

fn decision(number: &str, on: &str) -> NewDecision {
    NewDecision {
        id: Uuid::now_v7(),
        issuer: "VPCP".into(),
        symbol: "QĐ-VPCP".into(),
        number: number.into(),
        year: on[..4].parse().unwrap(),
        day: day(on),
        summary: "Về việc tặng Bằng khen".into(),
        authority: "Bộ trưởng, Chủ nhiệm".into(),
        series: None,
        illustrative: false,
        signer: Some("Đỗ Quang Khải".into()),
    }
}

fn entry(decision: NewDecision) -> Entry {
    let paper = of(Uuid::now_v7(), decision.id);
    Entry { decision, paper, people: vec![], households: vec![], units: vec![], lines: vec![] }
}

async fn entered(store: &Store, entry: Entry) -> Result<Uuid, StoreError> {
    register::enter(store, &lan_officer(), noon(), "vào sổ", None, entry).await
}

/// An office with Hoa in it: her unit and herself.
async fn hoa(store: &Store) -> (Uuid, Uuid) {
    enter(store, async |tx| {
        office(tx)?;
        let tccb = unit(tx, "TCCB", None)?;
        Ok((tccb, member(tx, "Trần Thị Hoa", tccb)?))
    })
    .await
}

fn certificate(decision: &NewDecision, person: Uuid, unit: Uuid) -> NewConferral {
    NewConferral {
        id: Uuid::now_v7(),
        decision: decision.id,
        decided: decision.day,
        person: Some(person),
        collective: None,
        award: "bang-khen-bo".into(),
        title_year: None,
        period_from: None,
        period_to: None,
        kind: None,
        post_printed: None,
        level: None,
        unit: Some(unit),
        unit_printed: None,
        position: 1,
        own_body: true,
    }
}

async fn numbers(store: &Store, filter: Filter) -> Vec<(String, u32)> {
    let listed = decisions::list(store, &lan_officer(), &filter, day(TODAY), Page::first(50)).await.unwrap();
    listed.rows.into_iter().map(|row| (row.number, row.ordinal)).collect()
}

#[test]
fn a_number_is_given_once_and_a_clerk_gives_none() {
    on_each_database(async |store| {
        hoa(&store).await;
        entered(&store, entry(decision("12", "2020-02-01"))).await.unwrap();
        let twice = entered(&store, entry(decision("12", "2020-03-01"))).await;
        assert!(matches!(twice, Err(StoreError::Duplicate(_))), "{twice:?}");
        let told = register::taken(&store, &lan_officer(), "VPCP", "QĐ-VPCP", "12", 2020).await.unwrap();
        assert!(told.is_some());
        let mai_clerk = viewer(Role::Clerk);
        let clerk =
            register::enter(&store, &mai_clerk, noon(), "vào sổ", None, entry(decision("13", "2020-03-01"))).await;
        assert_eq!(clerk, Err(StoreError::Forbidden));
        assert_eq!(numbers(&store, Filter::default()).await, [("12/QĐ-VPCP".into(), 1)]);
    });
}

#[test]
fn of_two_officers_who_take_one_number_at_once_exactly_one_succeeds() {
    on_each_database(async |store| {
        hoa(&store).await;
        for n in 0..5 {
            let number = format!("{}", 20 + n);
            let both = tokio::join!(
                entered(&store, entry(decision(&number, "2020-02-01"))),
                entered(&store, entry(decision(&number, "2020-02-02")))
            );
            let succeeded = [&both.0, &both.1].into_iter().filter(|entered| entered.is_ok()).count();
            assert_eq!(succeeded, 1, "{both:?}");
        }
        assert_eq!(numbers(&store, Filter::default()).await.len(), 5);
    });
}

#[test]
fn older_papers_of_one_number_stand_side_by_side_when_a_reason_is_given() {
    on_each_database(async |store| {
        hoa(&store).await;
        let twin = |reason: Option<&str>, on: &str| {
            let mut entry = entry(decision("7", on));
            entry.paper.legacy = true;
            entry.paper.twin_reason = reason.map(Into::into);
            entry
        };
        entered(&store, twin(None, "2009-02-01")).await.unwrap();
        assert!(entered(&store, twin(None, "2009-03-01")).await.is_err());
        for on in ["2009-03-01", "2009-04-01"] {
            entered(&store, twin(Some("văn thư cấp trùng số"), on)).await.unwrap();
        }
        let all = [("7/QĐ-VPCP".into(), 3), ("7/QĐ-VPCP".into(), 2), ("7/QĐ-VPCP".into(), 1)];
        assert_eq!(numbers(&store, Filter { number: Some("7".into()), ..Filter::default() }).await, all);
        assert_eq!(numbers(&store, Filter { number: Some("7~2".into()), ..Filter::default() }).await.len(), 1);
    });
}

#[test]
fn the_next_number_follows_the_highest_and_begins_anew_each_year() {
    on_each_database(async |store| {
        hoa(&store).await;
        for number in ["09", "101", "15"] {
            entered(&store, entry(decision(number, "2020-02-01"))).await.unwrap();
        }
        let next = async |year| register::next_number(&store, &lan_officer(), "VPCP", "QĐ-VPCP", year).await.unwrap();
        assert_eq!((next(2020).await, next(2021).await), (Some("102".into()), Some("01".into())));
        let series = register::series(&store, &lan_officer()).await.unwrap();
        assert_eq!(
            series.iter().map(|it| (it.issuer.as_str(), it.symbol.as_str())).collect::<Vec<_>>(),
            [("VPCP", "QĐ-VPCP")]
        );
    });
}

#[test]
fn an_award_of_another_body_is_kept_and_counts_only_where_its_mark_says_so() {
    on_each_database(async |store| {
        let (tccb, hoa) = hoa(&store).await;
        for (number, counts) in [("1", true), ("2", false)] {
            let decision = decision(number, "2018-02-01");
            let mut entry = entry(decision.clone());
            entry.paper.body = Body::CongDoan;
            entry.paper.counts = counts;
            entry.paper.ground = Some("theo quy chế của cơ quan".into());
            entry.lines = vec![NewConferral { own_body: false, ..certificate(&decision, hoa, tccb) }];
            entered(&store, entry).await.unwrap();
        }
        let facts = people::facts(&store, &lan_officer(), hoa, day(TODAY)).await.unwrap().unwrap().facts;
        let numbers: Vec<_> = facts.awards.iter().map(|award| award.number.as_deref()).collect();
        assert_eq!(numbers, [Some("1/QĐ-VPCP")]);
        let person = people::one(&store, &lan_officer(), hoa, day(TODAY)).await.unwrap().unwrap();
        let known: Vec<_> = person.records.conferrals.iter().map(|line| (line.counts, line.body)).collect();
        assert_eq!(known, [(true, Some(Body::CongDoan)), (false, Some(Body::CongDoan))]);
        let counting =
            Counting { award: "bang-khen-bo".into(), category: Category::Commendation, by: CountBy::DecisionDay };
        let parameters = Parameters {
            period: Period::of_years(2018, 2018).unwrap(),
            compare: None,
            unit: None,
            countings: vec![counting],
        };
        let report = period::report(&store, &lan_officer(), &parameters, day(TODAY)).await.unwrap();
        let own: u32 = report.totals.iter().map(|row| row.row.total.lines).sum();
        assert_eq!((own, report.other_bodies.lines), (0, 2));
    });
}

#[test]
fn recipients_outside_the_office_stand_in_the_decision_but_in_no_tree_and_no_count() {
    on_each_database(async |store| {
        hoa(&store).await;
        let decision = decision("5", "2018-02-01");
        let (person, unit) = (Uuid::now_v7(), Uuid::now_v7());
        let mut entry = entry(decision.clone());
        entry.people = vec![NewPerson { excluded_from_roster: true, ..NewPerson::named(person, "Vũ Thị Khách") }];
        let name = NewUnitName {
            id: Uuid::now_v7(),
            unit,
            name: "Công ty Đối tác".into(),
            name_en: None,
            code: String::new(),
            parent: None,
            cluster: None,
            position: 0,
            basis: None,
            certainty: Certainty::CanDoiChieu,
            from_day: day("2018-02-01"),
            to_day: None,
        };
        entry.units = vec![(NewUnit { id: unit, kind: units::OUTSIDE.into(), fictitious: false }, name)];
        let to_person = NewConferral { unit: None, ..certificate(&decision, person, unit) };
        let to_unit =
            NewConferral { id: Uuid::now_v7(), person: None, collective: Some(unit), unit: None, ..to_person.clone() };
        entry.lines = vec![to_person, to_unit];
        let id = entered(&store, entry).await.unwrap();
        let one = decisions::one(&store, &lan_officer(), id, day(TODAY)).await.unwrap().unwrap();
        let names: Vec<_> = one.lines.iter().map(|line| line.subject_name.as_str()).collect();
        assert_eq!(names, ["Vũ Thị Khách", "Công ty Đối tác"]);
        let tree = units::tree(&store, &lan_officer(), day(TODAY)).await.unwrap();
        assert_eq!(tree.iter().map(|node| node.unit.code.as_str()).collect::<Vec<_>>(), ["TCCB"]);
        let counting =
            Counting { award: "bang-khen-bo".into(), category: Category::Commendation, by: CountBy::DecisionDay };
        let period = Period::of_years(2018, 2018).unwrap();
        let parameters = Parameters { period, compare: None, unit: None, countings: vec![counting] };
        let report = period::report(&store, &lan_officer(), &parameters, day(TODAY)).await.unwrap();
        assert_eq!(report.totals.iter().map(|row| row.row.total.lines).sum::<u32>(), 0);
    });
}

#[test]
fn a_decision_is_found_by_everything_that_it_says() {
    on_each_database(async |store| {
        let (tccb, hoa) = hoa(&store).await;
        let (first, second) = (decision("1", "2018-02-01"), decision("2", "2019-02-01"));
        let mut lost = entry(first.clone());
        lost.paper.state = PaperState::Mat;
        lost.paper.proof = Some("Giấy chứng nhận số 5 và sổ lương".into());
        lost.lines = vec![certificate(&first, hoa, tccb)];
        entered(&store, lost).await.unwrap();
        let mut party =
            entry(NewDecision { authority: "Bí thư".into(), signer: Some("Lê Mạnh".into()), ..second });
        party.paper.body = Body::Dang;
        entered(&store, party).await.unwrap();
        let found = async |filter: Filter| {
            numbers(&store, filter).await.into_iter().map(|(number, _)| number[..1].to_owned()).collect::<String>()
        };
        let text = |words: &str| Filter { text: Some(words.into()), ..Filter::default() };
        assert_eq!(found(text("tran thi hoa")).await, "1");
        assert_eq!(found(text("le manh")).await, "2");
        assert_eq!(found(text("do quang")).await, "1");
        assert_eq!(found(text("bi thu")).await, "2");
        assert_eq!(found(text("khong co ai")).await, "");
        assert_eq!(found(Filter { named: Some("hoa".into()), ..Filter::default() }).await, "1");
        assert_eq!(found(Filter { named: Some("vpcp".into()), ..Filter::default() }).await, "");
        assert_eq!(found(Filter { body: Some(Body::Dang), ..Filter::default() }).await, "2");
        assert_eq!(found(Filter { state: Some(State::Lost), ..Filter::default() }).await, "1");
        assert_eq!(found(Filter { authority: Some("Bí thư".into()), ..Filter::default() }).await, "2");
        assert_eq!(found(Filter { signer: Some("Đỗ Quang Khải".into()), ..Filter::default() }).await, "1");
        let mai_clerk = Viewer { unit: Some(tccb), ..viewer(Role::Clerk) };
        let own = decisions::list(&store, &mai_clerk, &text("hoa"), day(TODAY), Page::first(10)).await.unwrap();
        assert_eq!(own.rows.len(), 1);
    });
}

#[test]
fn a_lost_paper_without_a_proof_is_refused() {
    on_each_database(async |store| {
        hoa(&store).await;
        let mut lost = entry(decision("1", "2018-02-01"));
        lost.paper.state = PaperState::Mat;
        let refused = entered(&store, lost).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    });
}

#[test]
fn five_hundred_lines_are_one_step() {
    on_each_database(async |store| {
        let (tccb, _) = hoa(&store).await;
        let people = enter(&store, async |tx| {
            (0..500).map(|n| member(tx, &format!("Ngô Văn {n}"), tccb)).collect::<Result<Vec<_>, _>>()
        })
        .await;
        let decision = decision("1", "2018-02-01");
        let mut long = entry(decision.clone());
        long.lines = people.into_iter().map(|person| certificate(&decision, person, tccb)).collect();
        let id = entered(&store, long).await.unwrap();
        let one = decisions::one(&store, &lan_officer(), id, day(TODAY)).await.unwrap().unwrap();
        assert_eq!(one.lines.len(), 500);
        let mut endless = entry(self::decision("2", "2018-02-01"));
        endless.lines = vec![one_line(&endless.decision, tccb); register::MOST_LINES + 1];
        assert!(matches!(entered(&store, endless).await, Err(StoreError::Refused(_))));
    });
}

fn one_line(decision: &NewDecision, unit: Uuid) -> NewConferral {
    NewConferral { person: None, collective: Some(unit), ..certificate(decision, unit, unit) }
}
