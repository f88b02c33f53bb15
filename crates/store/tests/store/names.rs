//! Names: folded for search, ordered as Vietnamese lists are.

use store::names::{exact, fold, sort_key};

#[test]
fn folding_leaves_plain_letters() {
    assert_eq!(fold("Đặng Thị Nguyễn Ưỡn"), "dang thi nguyen uon");
    assert_eq!(fold("ĐỖ ðại"), "do dai");
}

#[test]
fn both_places_of_a_tone_are_alike_and_other_marks_are_not() {
    assert_eq!(exact("Hoà"), exact("hòa"));
    assert_eq!(exact("Thuý"), exact("THÚY"));
    assert_eq!(exact("Nguyễn").chars().count(), 6);
    assert_ne!(exact("Hoa"), exact("Hòa"));
    assert_ne!(exact("Lê"), exact("Le"));
    assert_eq!(sort_key("Trần Thị Hòa"), sort_key("Trần Thị Hoà"));
}

#[test]
fn lists_go_by_given_name_then_surname_then_middle_names() {
    let ordered = [
        "An",
        "Lê Thị An",
        "Nguyễn Bình An",
        "Nguyễn Văn An",
        "Trần An",
        "Phạm Văn Ân",
        "Lê Văn Bình",
        "Vũ Thị Dung",
        "Bùi Văn Đạt",
        "Lê Thị Hoa",
        "An Thị Hòa",
        "Lý Thị Yến",
    ];
    let mut shuffled = ordered;
    shuffled.reverse();
    shuffled.sort_by_key(|name| sort_key(name));
    assert_eq!(shuffled, ordered);
}

#[test]
fn tones_stand_in_the_order_of_the_alphabet() {
    let ordered = ["Lê Ma", "Lê Mà", "Lê Mả", "Lê Mã", "Lê Má", "Lê Mạ"];
    let mut shuffled = ordered;
    shuffled.reverse();
    shuffled.sort_by_key(|name| sort_key(name));
    assert_eq!(shuffled, ordered);
}
