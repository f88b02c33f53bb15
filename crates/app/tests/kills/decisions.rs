//! Decisions entered by the register with all their lines, killed in the middle.

use chrono::{DateTime, NaiveDate, Utc};
use store::Store;
use store::access::Viewer;
use store::records::register::NewDecisionPaper;
use store::records::{NewConferral, NewDecision, NewOffice, NewPerson};
use store::register::{self, Entry};
use store::verify::database::DatabaseSource;
use store::verify::verify;
use store::words::{Body, PaperState, Role};
use uuid::Uuid;

use crate::harness::{self, Draw};

const OFFICE: i32 = 1;
/// Kills of a writer unless more are asked for.
const KILLS: u64 = 20;
/// Lines of each decision.
const LINES: i32 = 20;
/// What one decision adds to the journal: the act, the decision, its paper, and a person with a line each.
const LEAVES: u64 = 3 + 2 * LINES as u64;

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("an instant")
}

/// Writes until it is killed.
#[tokio::test]
async fn writer() {
    let Some(database) = harness::told() else {
        return;
    };
    let store = store::open(&database).await.expect("a database");
    let officer = Viewer { office: OFFICE, account: Uuid::nil(), role: Role::Officer, unit: None, person: None };
    loop {
        let entered = register::enter(&store, &officer, noon(), "viết đến khi bị dừng", None, entry()).await;
        harness::acknowledge(&entered.expect("entered").to_string());
    }
}

fn entry() -> Entry {
    let (id, day) = (Uuid::now_v7(), NaiveDate::from_ymd_opt(2025, 1, 15).expect("a day"));
    let decision = NewDecision {
        id,
        issuer: "VPCP".to_owned(),
        symbol: "QĐ-VPCP".to_owned(),
        number: id.simple().to_string(),
        year: 2025,
        day,
        summary: "Về việc tặng Bằng khen".to_owned(),
        authority: "Bộ trưởng, Chủ nhiệm".to_owned(),
        series: None,
        illustrative: true,
        signer: None,
    };
    let paper = NewDecisionPaper {
        id: Uuid::now_v7(),
        decision: id,
        body: Body::CoQuanMinh,
        capacity: None,
        signer_post: None,
        state: PaperState::BanChinh,
        proof: None,
        legacy: false,
        twin_reason: None,
        counts: true,
        ground: None,
    };
    let people: Vec<NewPerson> = (1..=LINES).map(honoured).collect();
    let lines = people.iter().zip(1..).map(|(person, position)| line(id, day, person.id, position)).collect();
    Entry { decision, paper, people, households: Vec::new(), units: Vec::new(), lines }
}

fn honoured(n: i32) -> NewPerson {
    let named = NewPerson::named(Uuid::now_v7(), format!("Nguyễn Thị Bền {n}"));
    NewPerson { fictitious: true, excluded_from_roster: true, ..named }
}

fn line(decision: Uuid, decided: NaiveDate, person: Uuid, position: i32) -> NewConferral {
    NewConferral {
        id: Uuid::now_v7(),
        decision,
        decided,
        person: Some(person),
        collective: None,
        award: "bang-khen-bo".to_owned(),
        title_year: None,
        period_from: None,
        period_to: None,
        kind: None,
        post_printed: None,
        level: None,
        unit: None,
        unit_printed: None,
        position,
        own_body: true,
    }
}

#[tokio::test]
async fn no_decision_acknowledged_is_lost_and_none_lacks_a_line() {
    let folder = std::env::temp_dir().join(format!("vinhdanh-kills-{}", Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let database = format!("sqlite:{}/office.db", folder.display());
    let store = store::open(&database).await.expect("a database");
    store.migrate().await.expect("a schema");
    let founded = store.step(OFFICE, None, noon(), "lập cơ quan", async |step| {
        let (code, name) = ("VPCP".to_owned(), "Văn phòng Chính phủ".to_owned());
        step.add(NewOffice { id: step.id(), code, name, name_en: None, illustrative: true })
    });
    founded.await.expect("an office");
    store.close().await.expect("closed");
    let (mut draw, mut acknowledged) = (Draw::new(1_945), 0);
    for _ in 0..harness::kills(KILLS) {
        let entered = harness::kill(harness::writer("decisions::writer", &database), 6, &mut draw);
        acknowledged += entered.len() as u64;
        let store = store::open(&database).await.expect("the database opens again");
        check(&store, &entered, acknowledged).await;
        store.close().await.expect("closed");
    }
    std::fs::remove_dir_all(folder).expect("the test's own folder");
}

/// That the journal verifies, that every decision acknowledged is there, and that whatever is there is whole.
async fn check(store: &Store, entered: &[String], acknowledged: u64) {
    for id in entered {
        let id = id.parse().expect("an id");
        assert!(store.content(OFFICE, "decision", id).await.expect("read").is_some(), "{id} is lost");
    }
    let mut source = DatabaseSource::open(store, OFFICE).await.expect("opened");
    let report = verify(&mut source, OFFICE, &[], None).await.expect("read");
    assert_eq!(report.findings, []);
    // The act and the office stand first.
    assert_eq!((report.tree.size - 2) % LEAVES, 0, "a decision is half there");
    assert!((report.tree.size - 2) / LEAVES >= acknowledged, "{} of {acknowledged}", report.tree.size);
}
