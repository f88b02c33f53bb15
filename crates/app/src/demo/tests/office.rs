//! The other units: shares, quotas, splits and the exceptions the files write.

use chrono::Datelike;
use rules::facts::Discipline;

use super::{DEMONSTRATION, collective, day, person, staff_of};
use crate::demo::collective::{ADVANCED_UNIT, EXCELLENT, GOVERNMENT_FLAG, MINISTRY_FLAG};
use crate::demo::title::{ADVANCED, FIGHTER};

fn holders(award: &str, year: i32) -> usize {
    DEMONSTRATION.people.iter().filter(|person| person.holds_title(award, year)).count()
}

fn title_of(unit: &str, year: i32) -> Vec<&'static str> {
    let titles = collective(unit).titles.iter().filter(|title| title.year == year).map(|title| title.award.as_str());
    titles.filter(|award| [EXCELLENT, ADVANCED_UNIT].contains(award)).collect()
}

#[test]
fn twelve_units_have_people_and_the_office_some_two_hundred_and_sixty() {
    let with_people =
        |year| DEMONSTRATION.plan.peopled(year).filter(|unit| !staff_of(&unit.code, year).is_empty()).count();
    assert_eq!((with_people(2015), with_people(2019)), (12, 13));
    let staff = |year| DEMONSTRATION.plan.peopled(year).map(|unit| staff_of(&unit.code, year).len()).sum::<usize>();
    for year in 2012..=2025 {
        assert!((250..=280).contains(&staff(year)), "{year}: {}", staff(year));
    }
}

#[test]
fn base_fighters_stay_within_fifteen_percent_of_the_advanced_workers_before_2024() {
    for year in 2005..=2023 {
        assert!(holders(FIGHTER, year) * 100 <= holders(ADVANCED, year) * 15, "{year}");
    }
    assert!(holders(FIGHTER, 2025) > 0);
}

#[test]
fn one_unit_has_sixty_five_percent_advanced_workers_in_2019_and_2024() {
    for (year, title) in [(2019, vec![ADVANCED_UNIT]), (2024, vec![])] {
        let staff = staff_of("HC", year);
        let advanced = staff.iter().filter(|person| person.holds_title(ADVANCED, year)).count();
        // Nobody of the twenty is left out as a newcomer.
        let newcomers =
            staff.iter().filter(|person| crate::demo::grading::is_newcomer(&DEMONSTRATION.plan, person, year)).count();
        assert_eq!((staff.len(), newcomers, advanced), (20, 0, 13), "{year}");
        assert_eq!(title_of("HC", year), title, "{year}");
    }
}

#[test]
fn a_reprimand_falls_in_one_unit_in_2018() {
    let reprimanded: Vec<&str> = DEMONSTRATION
        .people
        .iter()
        .filter(|person| {
            person
                .disciplines
                .iter()
                .any(|measure| measure.kind == Discipline::KhienTrach && measure.from.year() == 2018)
        })
        .map(|person| person.code.as_str())
        .collect();
    assert_eq!(reprimanded, ["KGVX63"]);
    assert!(!person("KGVX63").holds_title(ADVANCED, 2018));
}

#[test]
fn one_dossier_came_late() {
    let late = staff_of("QHQT", 2022);
    let days: std::collections::BTreeSet<_> = late
        .iter()
        .flat_map(|person| &person.titles)
        .filter(|title| title.year == 2022 && title.award == ADVANCED)
        .map(|title| title.decided)
        .collect();
    assert_eq!(days, [day("2023-09-20")].into());
}

#[test]
fn one_unit_was_split_in_november_2016_and_its_people_went_two_ways() {
    let before = DEMONSTRATION.people.iter().filter(|person| person.unit_on(day("2016-11-10")) == Some("KTN"));
    let after: std::collections::BTreeMap<&str, usize> = before.fold(Default::default(), |mut counts, person| {
        *counts
            .entry(person.unit_on(day("2016-11-11")).expect("nobody is lost on the day of the split"))
            .or_default() += 1;
        counts
    });
    assert_eq!(after, [("CN", 17), ("NN", 11)].into());
    assert!(DEMONSTRATION.people.iter().all(|person| person.unit_on(day("2016-11-11")) != Some("KTN")));
}

#[test]
fn a_unit_of_two_has_no_collective_title_and_is_reviewed_by_a_neighbour() {
    assert_eq!((staff_of("VPCĐ", 2019).len(), collective("VPCĐ").titles.len()), (2, 0));
    assert_eq!(
        DEMONSTRATION.plan.reviewed.iter().map(|row| (row.unit.as_str(), row.reviewed_by.as_str())).collect::<Vec<_>>(),
        [("VPCĐ", "THNQG")]
    );
}

#[test]
fn one_unit_kept_only_paper_before_2010() {
    let old = DEMONSTRATION.people.iter().filter(|person| person.unit_on(day("2009-06-01")) == Some("KTTH"));
    let old: Vec<_> = old.collect();
    assert!(!old.is_empty());
    assert!(old.iter().all(|person| person.grades.iter().all(|graded| graded.year >= 2010)));
    assert_eq!(collective("KTTH").grades.iter().map(|graded| graded.year).min(), Some(2010));
}

#[test]
fn at_most_one_flag_a_cluster_and_one_of_five_goes_on_to_the_government() {
    for year in 2005..=2025 {
        let flags = |award: &str| {
            DEMONSTRATION
                .collectives
                .iter()
                .filter(|unit| unit.titles.iter().any(|title| title.award == award && title.year == year))
                .count()
        };
        let (ministry, government) = (flags(MINISTRY_FLAG), flags(GOVERNMENT_FLAG));
        assert!(ministry + government <= DEMONSTRATION.plan.clusters.len(), "{year}");
        assert!(government * 5 <= ministry + government, "{year}: {government} of {}", ministry + government);
    }
}
