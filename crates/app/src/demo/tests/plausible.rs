//! Plausibility of the whole population, checked without the generator's own rules.

use std::collections::BTreeMap;

use chrono::Datelike;
use rules::facts::{Grade, Kind, RecordKind, Scope};

use super::DEMONSTRATION;
use crate::demo::award::is_of_state;
use crate::demo::collective::{EXCELLENT, GOVERNMENT_FLAG, MINISTRY_FLAG};
use crate::demo::title::{ADVANCED, FIGHTER, MINISTRY_FIGHTER};

#[test]
fn titles_go_only_to_those_graded_good_in_that_year() {
    for person in &DEMONSTRATION.people {
        for title in person.titles.iter().filter(|title| title.award == ADVANCED || title.award == FIGHTER) {
            assert!(
                person.grade(title.year).is_some_and(|grade| grade >= Grade::Tot),
                "{} {} {}",
                person.code,
                title.award,
                title.year
            );
            assert!(person.holds_title(ADVANCED, title.year), "{} {}", person.code, title.year);
        }
    }
}

#[test]
fn nobody_holds_a_title_twice_or_two_grades_for_a_year() {
    for person in &DEMONSTRATION.people {
        let mut titles: Vec<_> = person.titles.iter().map(|title| (&title.award, title.year)).collect();
        let mut grades: Vec<_> = person.grades.iter().map(|graded| graded.year).collect();
        let (all_titles, all_grades) = (titles.len(), grades.len());
        titles.sort_unstable();
        titles.dedup();
        grades.sort_unstable();
        grades.dedup();
        assert_eq!((titles.len(), grades.len()), (all_titles, all_grades), "{}", person.code);
    }
}

#[test]
fn ministry_fighters_have_three_base_titles_in_a_row_and_an_initiative_of_that_scope() {
    let mut seen = 0;
    for person in &DEMONSTRATION.people {
        for title in person.titles.iter().filter(|title| title.award == MINISTRY_FIGHTER) {
            seen += 1;
            assert!(
                (title.year - 2..=title.year).all(|year| person.holds_title(FIGHTER, year)),
                "{} {}",
                person.code,
                title.year
            );
            let wide = person.initiatives.iter().filter(|initiative| {
                initiative.scope >= Scope::Bo && (title.year - 2..=title.year).contains(&initiative.year)
            });
            assert!(
                wide.filter(|initiative| initiative.used_for.iter().any(|award| award == MINISTRY_FIGHTER)).count() > 0,
                "{} {}",
                person.code,
                title.year
            );
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn base_fighters_before_2024_rest_on_an_initiative_of_their_year() {
    for person in &DEMONSTRATION.people {
        for title in person.titles.iter().filter(|title| title.award == FIGHTER && title.year < 2024) {
            let own = person.initiatives.iter().any(|initiative| {
                initiative.year == title.year && initiative.used_for.iter().any(|award| award == FIGHTER)
            });
            assert!(own, "{} {}", person.code, title.year);
        }
    }
}

#[test]
fn an_initiative_serves_once() {
    for initiative in DEMONSTRATION.people.iter().flat_map(|person| &person.initiatives) {
        assert!(initiative.used_for.len() <= 1, "{}", initiative.id);
    }
}

#[test]
fn lives_are_in_order() {
    for person in &DEMONSTRATION.people {
        let age = |day| person.age(day);
        assert!((18..=32).contains(&age(person.recruited)), "{} recruited at {}", person.code, age(person.recruited));
        let first = person.stays.first().expect("everyone has worked somewhere");
        assert!(person.recruited <= first.from, "{}", person.code);
        for pair in person.stays.windows(2) {
            assert_eq!(pair[0].until, Some(pair[1].from), "{}", person.code);
        }
        for stay in &person.stays {
            assert!(stay.until.is_none_or(|until| until > stay.from), "{} {}", person.code, stay.unit);
            assert!(
                DEMONSTRATION.plan.unit(&stay.unit).is_some_and(|unit| unit.stands(stay.from)),
                "{} {}",
                person.code,
                stay.unit
            );
            let retired = stay.until.filter(|_| stay.why == "nghi-huu").map(&age);
            assert!(retired.is_none_or(|age| (54..=62).contains(&age)), "{} retired at {retired:?}", person.code);
        }
        let days = person
            .grades
            .iter()
            .map(|row| row.decided)
            .chain(person.titles.iter().map(|row| row.decided))
            .chain(person.awards.iter().map(|row| row.decided));
        assert!(days.into_iter().all(|day| day > person.recruited), "{}", person.code);
        assert!(person.posts.iter().all(|post| post.until.is_none_or(|until| post.from < until)), "{}", person.code);
    }
}

#[test]
fn nobody_receives_two_awards_of_the_state_in_a_year_service_apart() {
    for person in &DEMONSTRATION.people {
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        let awards = person
            .awards
            .iter()
            .filter(|award| is_of_state(&award.award) && award.kind != Kind::CongHien)
            .map(|award| award.decided.year());
        let titles = person
            .titles
            .iter()
            .filter(|title| title.award == "chien-si-thi-dua-toan-quoc")
            .map(|title| title.decided.year());
        awards.chain(titles).for_each(|year| *years.entry(year).or_default() += 1);
        assert!(years.values().all(|count| *count == 1), "{} {years:?}", person.code);
    }
}

#[test]
fn certificates_by_merit_never_cover_the_same_years_twice() {
    for person in &DEMONSTRATION.people {
        let mut periods: Vec<_> = person
            .awards
            .iter()
            .filter(|award| award.award == "bang-khen-bo" && award.kind == Kind::CongTrang)
            .filter_map(|award| award.period)
            .collect();
        periods.sort_unstable();
        assert!(periods.windows(2).all(|pair| pair[0].1 < pair[1].0), "{} {periods:?}", person.code);
    }
}

#[test]
fn awards_by_merit_follow_the_award_before_by_five_years() {
    let before = [
        ("bang-khen-thu-tuong", "bang-khen-bo"),
        ("huan-chuong-lao-dong-ba", "bang-khen-thu-tuong"),
        ("huan-chuong-lao-dong-nhi", "huan-chuong-lao-dong-ba"),
    ];
    for person in &DEMONSTRATION.people {
        let entered_from =
            person.complete.get(&RecordKind::Awards).and_then(|ranges| ranges.first()).map_or(2005, |range| range.0);
        for (award, prior) in before {
            for given in person.awards.iter().filter(|given| given.award == award && given.kind == Kind::CongTrang) {
                let earlier = person.awards.iter().any(|held| {
                    held.award == prior
                        && held.kind == Kind::CongTrang
                        && held.decided.year() + 5 <= given.decided.year()
                });
                // The first certificates lie before the first year of the records.
                assert!(
                    earlier || given.decided.year() < entered_from + 6,
                    "{} {award} {}",
                    person.code,
                    given.decided
                );
            }
        }
    }
}

#[test]
fn merit_until_2023_rests_on_excellent_years() {
    for person in &DEMONSTRATION.people {
        for award in person.awards.iter().filter(|award| award.kind == Kind::CongTrang && award.decided.year() <= 2023)
        {
            let Some((first, last)) = award.period else { panic!("{} {}: no years", person.code, award.award) };
            let joined = person.stays.first().map_or(2005, |stay| stay.from.year());
            let excellent = (first.max(2005).max(joined)..=last).all(|year| person.grade(year) == Some(Grade::XuatSac));
            assert!(excellent, "{} {} {first}–{last}", person.code, award.award);
        }
    }
}

#[test]
fn nothing_is_conferred_while_a_measure_or_an_inquiry_is_open() {
    for person in &DEMONSTRATION.people {
        for award in &person.awards {
            assert!(!person.barred(award.decided), "{} {}", person.code, award.decided);
        }
    }
}

#[test]
fn flags_go_to_excellent_collectives() {
    for unit in &DEMONSTRATION.collectives {
        for flag in unit.titles.iter().filter(|title| [MINISTRY_FLAG, GOVERNMENT_FLAG].contains(&title.award.as_str()))
        {
            assert!(
                unit.titles.iter().any(|title| title.award == EXCELLENT && title.year == flag.year),
                "{} {}",
                unit.unit,
                flag.year
            );
        }
    }
}

#[test]
fn every_honour_has_a_number_of_the_invented_series() {
    let numbers = DEMONSTRATION.people.iter().flat_map(|person| {
        person.titles.iter().map(|title| &title.number).chain(person.awards.iter().map(|award| &award.number))
    });
    let mut count = 0;
    for number in numbers {
        count += 1;
        assert!(number.as_ref().is_some_and(|number| number.starts_with("MH-")), "{number:?}");
    }
    assert!(count > 5000, "{count}");
    let mut numbered: Vec<_> =
        DEMONSTRATION.decisions.iter().map(|decision| (&decision.issuer, decision.year, decision.number)).collect();
    let all = numbered.len();
    numbered.sort_unstable();
    numbered.dedup();
    assert_eq!(numbered.len(), all);
}
