//! Names: nobody drawn bears the name of a real person of the sources, and everyone is marked.

use std::collections::{BTreeMap, BTreeSet};

use super::DEMONSTRATION;

#[test]
fn nobody_bears_the_name_of_a_person_the_article_names_or_of_a_real_leader() {
    let never: BTreeSet<&String> = DEMONSTRATION.plan.names.never.names.iter().collect();
    for quoted in &DEMONSTRATION.article.person {
        assert!(never.contains(&quoted.name), "{} must stand among the names never drawn", quoted.name);
    }
    let drawn = DEMONSTRATION
        .people
        .iter()
        .map(|person| &person.name)
        .chain(DEMONSTRATION.accounts.iter().map(|account| &account.name));
    assert_eq!(drawn.filter(|name| never.contains(name)).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn a_name_stands_for_one_person_but_for_the_two_written_alike() {
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for person in &DEMONSTRATION.people {
        *bearers.entry(&person.name).or_default() += 1;
    }
    let shared: Vec<(&str, usize)> = bearers.into_iter().filter(|(_, count)| *count > 1).collect();
    assert_eq!(shared, [("Nguyễn Thị Hương", 2)]);
}

#[test]
fn about_four_in_ten_are_called_nguyen() {
    let nguyen = DEMONSTRATION.people.iter().filter(|person| person.name.starts_with("Nguyễn ")).count();
    let share = nguyen * 100 / DEMONSTRATION.people.len();
    assert!((33..=43).contains(&share), "{share} %");
}

#[test]
fn posts_are_labelled_as_fictitious_and_none_is_a_leading_post_of_the_office() {
    for post in &DEMONSTRATION.plan.office.post {
        assert!(post.title.ends_with("(hư cấu)"), "{}", post.title);
    }
    let leading = ["Bộ trưởng", "Chủ nhiệm", "Vụ trưởng", "Cục trưởng"];
    for post in &DEMONSTRATION.plan.office.post {
        assert!(!leading.iter().any(|word| post.title.contains(word)), "{}", post.title);
    }
    for held in DEMONSTRATION.people.iter().flat_map(|person| &person.posts) {
        assert!(DEMONSTRATION.plan.office.post(&held.level).is_some(), "{}", held.level);
    }
}

#[test]
fn every_role_has_an_account() {
    let roles: BTreeSet<&str> = DEMONSTRATION.accounts.iter().map(|account| account.role.as_str()).collect();
    let all = [
        "ca-nhan",
        "can-bo-don-vi",
        "cong-chuc-thi-dua",
        "kiem-tra",
        "nguoi-co-tham-quyen",
        "quan-tri",
        "thanh-vien-hoi-dong",
        "thu-ky-hoi-dong",
        "thu-truong-don-vi",
    ];
    assert_eq!(roles, BTreeSet::from(all));
}
