//! The journal as a list: by day, actor and kind, a page at a time, for those who may read it.

use chrono::Duration;
use store::error::StoreError;
use store::journal::listing::{self, Asked};
use store::words::Role;

use crate::builders::{OFFICE, lan_officer, noon, viewer};
use crate::on_each_database::on_each_database;
use crate::story::play;

#[test]
fn only_officer_auditor_and_administrator_read_it() {
    on_each_database(async |store| {
        for role in store::words::ROLES {
            let found = listing::list(&store, &viewer(role), &Asked::default(), 10).await;
            let one = listing::one(&store, &viewer(role), 0).await;
            let may = matches!(role, Role::Officer | Role::Auditor | Role::Administrator);
            assert_eq!(found == Err(StoreError::Forbidden), !may, "{role:?}");
            assert_eq!(one, Err(if may { StoreError::NotFound } else { StoreError::Forbidden }), "{role:?}");
        }
    });
}

#[test]
fn pages_follow_one_another_and_filters_keep_what_is_asked_for() {
    on_each_database(async |store| {
        play(&store).await;
        let all = store::journal::leaves(&store, OFFICE, 0, 10_000).await.unwrap();
        let read = async |asked: Asked| {
            let (mut found, mut asked) = (Vec::new(), asked);
            loop {
                let page = listing::list(&store, &lan_officer(), &asked, 50).await.unwrap();
                found.extend(page.lines.into_iter().map(|line| line.n));
                match page.next {
                    Some(next) => asked.before = Some(next),
                    None => return found,
                }
            }
        };
        let expected = |keep: &dyn Fn(&store::journal::Leaf) -> bool| -> Vec<u64> {
            all.iter().rev().filter(|leaf| keep(leaf)).map(|leaf| leaf.n).collect()
        };
        assert_eq!(read(Asked::default()).await, expected(&|_| true));
        let noun = Some("grade".to_owned());
        assert_eq!(read(Asked { noun, ..Asked::default() }).await, expected(&|leaf| leaf.entry.noun == "grade"));
        let (from, until) = (noon() + Duration::hours(4), noon() + Duration::hours(12));
        let asked = Asked { from: Some(from), until: Some(until), ..Asked::default() };
        assert_eq!(read(asked).await, expected(&|leaf| leaf.at >= from && leaf.at < until));
        let login = Some("son".to_owned());
        assert_eq!(read(Asked { login, ..Asked::default() }).await, expected(&|leaf| leaf.actor.is_some()));
        let login = Some("không có".to_owned());
        assert_eq!(read(Asked { login, ..Asked::default() }).await, Vec::<u64>::new());
    });
}

#[test]
fn a_line_tells_who_acted_and_the_act_tells_why() {
    on_each_database(async |store| {
        play(&store).await;
        let last = store::journal::head(&store, OFFICE).await.unwrap().size - 1;
        let line = listing::one(&store, &lan_officer(), last).await.unwrap();
        let act = listing::act(&store, &lan_officer(), last).await.unwrap().unwrap();
        assert_eq!((line.noun.as_str(), line.actor.as_deref(), line.why), ("ending", Some("Chị son"), None));
        assert_eq!((act.noun.as_str(), act.why.as_deref()), ("step", Some("việc thứ 17")));
    });
}
