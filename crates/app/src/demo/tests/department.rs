//! The article's department: the figures of its report come out of the records of its people and of the unit.

use chrono::Datelike;
use rules::facts::{Grade, Kind, Sex};

use super::{DEMONSTRATION, awards_of, collective, day, person, staff_of, unit_at};
use crate::demo::award::is_of_state;
use crate::demo::title::{ADVANCED, FIGHTER, MINISTRY_FIGHTER};

const ORDER: &str = "huan-chuong-lao-dong";
const PREMIER: &str = "bang-khen-thu-tuong";
const MINISTRY: &str = "bang-khen-bo";

fn counts(from: &str, until: &str) -> (usize, usize, usize) {
    let awards = awards_of("TCCB", from, until);
    let count = |id: &str| awards.iter().filter(|(_, award)| award.award.starts_with(id)).count();
    (count(ORDER), count(PREMIER), count(MINISTRY))
}

#[test]
fn fifty_five_awards_to_people_from_2015_to_the_conference() {
    assert_eq!(counts("2015-01-01", "2020-06-15"), (5, 9, 41));
    assert_eq!(awards_of("TCCB", "2015-01-01", "2020-06-15").len(), 55);
}

#[test]
fn thirty_nine_awards_to_people_from_2006_to_2010() {
    assert_eq!(counts("2006-01-01", "2010-12-31"), (2, 5, 32));
    assert_eq!(awards_of("TCCB", "2006-01-01", "2010-12-31").len(), 39);
}

#[test]
fn whole_calendar_years_give_the_same_sum_since_the_rest_of_2020_is_empty() {
    assert_eq!(counts("2015-01-01", "2020-12-31"), (5, 9, 41));
}

#[test]
fn each_year_has_the_awards_of_the_table() {
    let year = |year: i32| counts(&format!("{year}-01-01"), &format!("{year}-12-31"));
    let before: Vec<_> = (2006..=2014).map(year).collect();
    assert_eq!(
        before,
        [(0, 1, 5), (1, 0, 6), (0, 2, 7), (1, 1, 6), (0, 1, 8), (0, 1, 6), (0, 2, 7), (1, 2, 6), (0, 1, 7)]
    );
    let since: Vec<_> = (2015..=2020).map(year).collect();
    assert_eq!(since, [(1, 1, 7), (1, 2, 8), (1, 2, 8), (1, 2, 7), (1, 2, 8), (0, 0, 3)]);
}

#[test]
fn the_awards_are_of_the_kinds_and_people_the_table_names() {
    let awards = awards_of("TCCB", "2015-01-01", "2020-06-15");
    let kind = |id: &str, kind: Kind| {
        awards.iter().filter(|(_, award)| award.award.starts_with(id) && award.kind == kind).count()
    };
    assert_eq!((kind(ORDER, Kind::CongTrang), kind(ORDER, Kind::CongHien)), (4, 1));
    assert_eq!((kind(PREMIER, Kind::CongTrang), kind(PREMIER, Kind::PhongTrao)), (7, 2));
    assert_eq!((kind(MINISTRY, Kind::CongTrang), kind(MINISTRY, Kind::PhongTrao)), (26, 15));
    let level = |wanted: &[&str]| {
        awards
            .iter()
            .filter(|(person, award)| person.level_on(award.decided).is_some_and(|level| wanted.contains(&level)))
            .count()
    };
    assert_eq!(
        (level(&["dung-dau", "lanh-dao-vu"]), level(&["lanh-dao-phong"]), level(&["chuyen-vien", "nhan-vien"])),
        (3, 10, 42)
    );
    let mut holders: Vec<&str> =
        awards.iter().filter(|(_, award)| award.award == MINISTRY).map(|(person, _)| person.code.as_str()).collect();
    holders.sort_unstable();
    let heads: std::collections::BTreeSet<&str> = holders.iter().copied().collect();
    let twice = heads.iter().filter(|code| holders.iter().filter(|held| held == code).count() == 2).count();
    assert_eq!((heads.len(), twice), (24, 17));
}

#[test]
fn a_move_to_another_unit_takes_later_awards_along() {
    let moved = person("TC20");
    assert_eq!(unit_at(moved, day("2016-12-31")), "TCCB");
    assert_eq!(unit_at(moved, day("2017-06-01")), "PL");
}

#[test]
fn nothing_is_dated_in_the_department_after_the_conference_in_2020() {
    let empty = |on: chrono::NaiveDate| (day("2020-06-16")..=day("2020-12-31")).contains(&on);
    let mut seen = 0;
    for person in DEMONSTRATION
        .people
        .iter()
        .filter(|person| person.unit_on(day("2020-06-16")).is_some_and(|code| DEMONSTRATION.plan.top(code) == "TCCB"))
    {
        seen += 1;
        let decided = person
            .grades
            .iter()
            .map(|row| row.decided)
            .chain(person.titles.iter().map(|row| row.decided))
            .chain(person.awards.iter().map(|row| row.decided));
        let days: Vec<_> = decided
            .chain(person.initiatives.iter().map(|row| row.decided))
            .chain(person.stays.iter().map(|row| row.from))
            .collect();
        let more: Vec<_> = person
            .posts
            .iter()
            .map(|row| row.from)
            .chain(person.leaves.iter().map(|row| row.from))
            .chain(person.stays.iter().filter_map(|row| row.until))
            .collect();
        assert_eq!(days.iter().chain(&more).filter(|on| empty(**on)).count(), 0, "{}", person.code);
    }
    assert_eq!(seen, 28);
    let unit = collective("TCCB");
    let days = unit
        .grades
        .iter()
        .map(|row| row.decided)
        .chain(unit.titles.iter().map(|row| row.decided))
        .chain(unit.awards.iter().map(|row| row.decided));
    assert_eq!(days.filter(|on| empty(*on)).count(), 0);
    // Elsewhere those months are not empty, so that the test above could have failed.
    assert!(DEMONSTRATION.people.iter().flat_map(|person| &person.grades).any(|row| empty(row.decided)));
}

#[test]
fn the_staff_of_each_year_is_as_many_as_written() {
    let staff: Vec<usize> = (2013..=2019).map(|year| staff_of("TCCB", year).len()).collect();
    assert_eq!(staff, [27, 28, 28, 28, 29, 29, 28]);
}

#[test]
fn excellent_grades_fall_as_grading_grows_stricter() {
    let excellent =
        |year| staff_of("TCCB", year).iter().filter(|person| person.grade(year) == Some(Grade::XuatSac)).count();
    assert_eq!((2013..=2019).map(excellent).collect::<Vec<_>>(), [14, 20, 19, 17, 14, 10, 5]);
}

#[test]
fn everyone_reviewed_is_an_advanced_worker_and_nobody_is_disciplined() {
    for year in 2005..=2025 {
        let reviewed: Vec<_> = staff_of("TCCB", year)
            .into_iter()
            .filter(|person| !crate::demo::grading::is_newcomer(&DEMONSTRATION.plan, person, year))
            .collect();
        assert_eq!(
            reviewed
                .iter()
                .filter(|person| !person.holds_title(ADVANCED, year))
                .map(|person| &person.code)
                .collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{year}"
        );
        assert!(reviewed.iter().all(|person| !person.disciplined_in(year)), "{year}");
    }
    // In 2019 there is one newcomer, who is not considered.
    assert_eq!(person("TC39").titles.iter().filter(|title| title.year == 2019).count(), 0);
}

#[test]
fn four_fighters_a_year_and_two_ministry_fighters() {
    let holders =
        |award: &str, year| staff_of("TCCB", year).iter().filter(|person| person.holds_title(award, year)).count();
    assert_eq!((2015..=2019).map(|year| holders(FIGHTER, year)).collect::<Vec<_>>(), [4; 5]);
    assert_eq!((2015..=2019).map(|year| holders(MINISTRY_FIGHTER, year)).collect::<Vec<_>>(), [0, 1, 0, 0, 1]);
}

#[test]
fn the_unit_itself_has_two_and_four_flags_an_order_two_and_six_certificates() {
    let unit = collective("TCCB");
    let period = day("2015-01-01")..=day("2020-06-15");
    let titles =
        |id: &str| unit.titles.iter().filter(|title| title.award == id && period.contains(&title.decided)).count();
    let awards =
        |id: &str| unit.awards.iter().filter(|award| award.award == id && period.contains(&award.decided)).count();
    assert_eq!((titles("co-thi-dua-chinh-phu"), titles("co-thi-dua-bo")), (2, 4));
    assert_eq!((awards(ORDER), awards(PREMIER), awards(MINISTRY)), (1, 2, 6));
    let years: Vec<i32> = unit
        .titles
        .iter()
        .filter(|title| title.award == "tap-the-lao-dong-xuat-sac" && (2015..=2019).contains(&title.year))
        .map(|title| title.year)
        .collect();
    assert_eq!(years, [2015, 2016, 2017, 2018, 2019]);
    let mut of_state: Vec<i32> =
        unit.awards.iter().filter(|award| is_of_state(&award.award)).map(|award| award.decided.year()).collect();
    of_state.extend(
        unit.titles.iter().filter(|title| title.award == "co-thi-dua-chinh-phu").map(|title| title.decided.year()),
    );
    of_state.sort_unstable();
    of_state.dedup();
    assert_eq!(
        of_state.len(),
        unit.awards.iter().filter(|award| is_of_state(&award.award)).count()
            + 2
            + unit.titles.iter().filter(|title| title.award == "co-thi-dua-chinh-phu" && title.year > 2019).count()
    );
}

#[test]
fn even_numbers_are_women() {
    assert_eq!((person("TC01").sex, person("TC02").sex, person("TD30").sex), (Sex::Nam, Sex::Nu, Sex::Nu));
}
