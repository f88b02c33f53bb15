//! How SQLite goes about statements over a large office: which index it chooses is asked of it.

use rules::facts::Day;
use uuid::Uuid;

use crate::access::Scope;
use crate::layers::subjects;
use crate::sql::Sql;
use crate::units::branch::{Branch, REACH, REVIEW, WORK};
use crate::{Store, open};

/// What SQLite keeps of the memberships of a large office.
const STATISTICS: [(&str, &str); 4] = [
    ("membership_by_days", "1000000 1000000 7 2 1"),
    ("membership_by_person_from_day", "1000000 1000000 1 1"),
    ("membership_by_review_unit_days", "1000000 1000000 105 3 1 1"),
    ("membership_by_unit_days", "1000000 1000000 105 3 1 1"),
];

const BY_DAYS: [&str; 2] = [
    "SEARCH w USING INDEX membership_by_days (office=? AND to_day=? AND from_day<?)",
    "SEARCH w USING INDEX membership_by_days (office=? AND to_day>?)",
];
const BY_UNIT: &str = "SEARCH w USING COVERING INDEX membership_by_unit_days (office=? AND unit=?)";
const BY_REVIEW_UNIT: &str =
    "SEARCH w USING COVERING INDEX membership_by_review_unit_days (office=? AND review_unit=?)";

#[test]
fn the_people_of_a_unit_are_found_by_the_unit_and_not_among_everyone_of_the_day() {
    in_a_large_office(async |store, branch| {
        // What would be written without a thought begins with everyone of the day.
        let mut plain = Sql::new("SELECT w.person FROM membership w WHERE w.office = ? AND ", [branch.office.into()]);
        plain.join(branch.holds("w.unit")).add(
            " AND w.from_day <= ? AND (w.to_day IS NULL OR w.to_day >= ?)",
            [branch.day.into(), branch.day.into()],
        );
        assert_eq!(memberships(&store, plain).await, BY_DAYS);
        assert_eq!(memberships(&store, branch.members(WORK)).await, [BY_UNIT]);
        assert_eq!(memberships(&store, branch.members(REVIEW)).await, [BY_REVIEW_UNIT]);
        assert_eq!(memberships(&store, branch.members(REACH)).await, [BY_UNIT, BY_REVIEW_UNIT]);
    });
}

#[test]
fn those_whom_a_regulation_of_a_unit_concerns_are_found_by_the_unit() {
    in_a_large_office(async |store, branch| {
        let concerned = |scope: &Scope| subjects::people(branch.office, scope, Some(branch), branch.day, 20_000);
        let of_the_unit = BY_REVIEW_UNIT.replace(" w ", " m ");
        assert_eq!(memberships(&store, concerned(&Scope::Office)).await, [of_the_unit]);
        let reached = memberships(&store, concerned(&Scope::Branch(branch))).await;
        assert_eq!(reached.iter().filter(|step| step.contains("membership_by_days")).count(), 0, "{reached:?}");
    });
}

/// How each membership of a statement is looked for.
async fn memberships(store: &Store, sql: Sql) -> Vec<String> {
    let mut explained = Sql::new("EXPLAIN QUERY PLAN ", []);
    explained.join(sql);
    let rows = explained.read(store).await.unwrap();
    let steps = rows.iter().map(|row| row.get::<String>("detail").unwrap());
    steps.filter(|step| step.contains(" membership_by_")).collect()
}

/// Tells a story on an SQLite database that takes itself for that of a large office, and of one of its units.
fn in_a_large_office(story: impl AsyncFn(Store, Branch)) {
    let folder = std::env::temp_dir().join(format!("vinhdanh-plans-{}", Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    let url = format!("sqlite:{}/large.db", folder.display());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = open(&url).await.unwrap();
        store.migrate().await.unwrap();
        store.analyze().await.unwrap();
        for (index, statistics) in STATISTICS {
            let row = Sql::new(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('membership', ?, ?)",
                [index.into(), statistics.into()],
            );
            row.run(&store.connection).await.unwrap();
        }
        // Statistics are read when a connection begins.
        store.close().await.unwrap();
        let store = open(&url).await.unwrap();
        let day = Day::from_ymd_opt(2026, 11, 23).unwrap();
        story(store.clone(), Branch { office: 1, unit: Uuid::nil(), day }).await;
        store.close().await.unwrap();
    });
    std::fs::remove_dir_all(folder).unwrap();
}
