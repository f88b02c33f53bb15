//! What is known on an earlier day: nothing from later.

use super::stored::filled_on;
use super::{DEMONSTRATION, day};
use crate::demo::known;

#[test]
fn the_day_before_the_conference_knows_nothing_later() {
    let today = day("2020-06-15");
    let known = known::on(DEMONSTRATION.clone(), today);
    let later = |person: &&crate::demo::person::Person| {
        person.stays.iter().any(|row| row.from > today || row.until.is_some_and(|until| until > today))
            || person.grades.iter().any(|row| row.decided > today)
            || person.titles.iter().any(|row| row.decided > today)
            || person.awards.iter().any(|row| row.decided > today)
            || person.initiatives.iter().any(|row| row.decided > today)
            || person.complete.values().flatten().any(|(_, last)| *last > 2020)
    };
    assert_eq!(known.people.iter().filter(later).map(|person| &person.code).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(DEMONSTRATION.people.iter().filter(later).count() > 100);
    assert!(known.decisions.iter().all(|decision| decision.day <= today));
    assert!(known.people.len() < DEMONSTRATION.people.len());
}

#[test]
fn an_earlier_day_sees_a_beginning_of_the_same_records() {
    let known = known::on(DEMONSTRATION.clone(), day("2018-01-01"));
    let tc15 = |people: &[crate::demo::person::Person]| {
        people.iter().find(|person| person.code == "TC15").map(|person| {
            (person.name.clone(), person.awards.iter().map(|award| award.number.clone()).take(2).collect::<Vec<_>>())
        })
    };
    assert_eq!(tc15(&known.people), tc15(&DEMONSTRATION.people));
}

#[test]
fn drawing_twice_gives_the_same() {
    let again = crate::demo::population().expect("the files read");
    assert_eq!(format!("{again:?}"), format!("{:?}", *DEMONSTRATION));
}

#[tokio::test]
async fn a_program_started_on_an_earlier_day_finds_its_records() {
    for today in ["2004-12-31", "2008-04-01", "2016-11-11", "2028-01-01"] {
        filled_on(day(today)).await.delete().await;
    }
}
