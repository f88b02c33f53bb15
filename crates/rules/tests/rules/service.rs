//! Time in posts and in the forces: what adds up, what counts alone, and what must be without a gap.

use rules::answer::Answer;
use rules::ask::{Cause, Verdict};
use rules::explain::explain;
use rules::facts::{Facts, PostFact};
use rules::law::Law;
use rules::load::load;

const TEXTS: &str = r#"
[[document]]
id = "T/1"
vi = "Văn bản một"
en = "Text one"
mark = "V"
"#;

const POSTS: &str = r#"
[[post]]
id = "bo-truong"
vi = "Bộ trưởng"
en = "Minister"
rank = 10

[[post]]
id = "vu-truong"
vi = "Vụ trưởng"
en = "Director"
rank = 20

[[post]]
id = "giam-doc-so"
vi = "Giám đốc sở"
en = "Director of a provincial department"

[[post]]
id = "phuc-vu-quan-doi"
vi = "Phục vụ trong Quân đội"
en = "Service in the Army"

[[post]]
id = "phuc-vu-cong-an"
vi = "Phục vụ trong Công an"
en = "Service in the Public Security"

[[equivalent]]
post = "giam-doc-so"
like = "vu-truong"
from = 2024-01-01
source = { document = "T/1" }
mark = "V"
"#;

/// A law of one order that asks for the time that `asked` describes.
fn law(asked: &str) -> Law {
    let order = format!(
        r#"id = "huan-chuong"
class = "hinh-thuc"
level = "nha-nuoc"
subjects = ["ca-nhan", "tap-the"]
order = 1

[[name]]
from = 2000-01-01
vi = "Huân chương"
en = "Order"
source = {{ document = "T/1" }}
mark = "V"

[[standard]]
id = "s"
subjects = ["ca-nhan", "tap-the"]
vi = "s"
en = "s"
from = 2000-01-01
tree = {{ all = ["thoi-gian"] }}

[standard.leaf.thoi-gian]
{asked}
source = {{ document = "T/1" }}
mark = "V"
"#
    );
    let files = [("documents.toml", TEXTS), ("posts.toml", POSTS), ("awards/huan-chuong.toml", order.as_str())];
    load(&files, &[]).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Someone recruited in 1990 whose posts are all on record.
fn person(posts: &[(&str, &str, Option<&str>)]) -> Facts {
    let mut facts: Facts = serde_json::from_str(
        r#"{"subject":"ca-nhan","sex":"nam","recruited":"1990-01-01","complete":{"posts":[[1990,2026]]}}"#,
    )
    .expect("facts");
    facts.posts = posts
        .iter()
        .map(|(post, from, to)| PostFact {
            post: (*post).to_owned(),
            from: from.parse().expect("a day"),
            to: to.map(|to| to.parse().expect("a day")),
        })
        .collect();
    facts
}

fn ask(law: &Law, facts: &Facts, on: &str) -> Answer {
    explain(law, "huan-chuong", facts, on.parse().expect("a day"), None, None).expect("an answer")
}

const DIRECTOR: &str = "condition = \"post-service\"\nbands = [ { post = \"vu-truong\", years = 6 } ]";

#[test]
fn duc_is_a_director_for_six_years_to_the_day_and_not_a_day_less() {
    let law = law(DIRECTOR);
    let duc = |to: &str| person(&[("vu-truong", "2017-03-01", Some(to))]);
    assert_eq!(ask(&law, &duc("2023-02-27"), "2025-08-01").verdict, Verdict::NotMet);
    assert_eq!(ask(&law, &duc("2023-02-28"), "2025-08-01").verdict, Verdict::Met);
}

#[test]
fn time_of_lan_as_minister_adds_to_her_time_as_director() {
    let law = law(DIRECTOR);
    let lan =
        person(&[("vu-truong", "2010-01-01", Some("2013-12-31")), ("bo-truong", "2014-01-01", Some("2015-12-31"))]);
    assert_eq!(ask(&law, &lan, "2025-08-01").verdict, Verdict::Met);
}

#[test]
fn posts_by_name_do_not_take_in_higher_ones_nor_ask_for_the_level_of_others() {
    let law = law("condition = \"post-service\"\nbands = [ { post = [\"vu-truong\"], years = 6 } ]");
    let lan =
        person(&[("vu-truong", "2010-01-01", Some("2013-12-31")), ("bo-truong", "2014-01-01", Some("2015-12-31"))]);
    let answer = ask(&law, &lan, "2025-08-01");
    assert_eq!(answer.verdict, Verdict::NotMet);
    assert_eq!(answer.standards[0].conditions[0].missing[0].what.en, "the time is too short");
    let tam = person(&[("giam-doc-so", "2010-01-01", Some("2020-12-31"))]);
    assert_eq!(ask(&law, &tam, "2023-12-31").verdict, Verdict::NotMet);
    let unlisted = person(&[("pho-vu-truong-phu-trach", "2010-01-01", Some("2020-12-31"))]);
    assert_eq!(ask(&law, &unlisted, "2025-08-01").verdict, Verdict::Unknown);
}

#[test]
fn service_of_hung_in_the_army_is_no_leading_post_and_leaves_no_question_open() {
    let law = law(DIRECTOR);
    let hung = person(&[("phuc-vu-quan-doi", "1990-01-01", Some("2020-12-31"))]);
    assert_eq!(ask(&law, &hung, "2025-08-01").verdict, Verdict::NotMet);
}

#[test]
fn a_post_whose_level_no_text_of_the_day_gives_is_open() {
    let law = law(DIRECTOR);
    let tam = person(&[("giam-doc-so", "2010-01-01", Some("2020-12-31"))]);
    let before = ask(&law, &tam, "2023-12-31");
    assert_eq!((before.verdict, before.standards[0].conditions[0].cause), (Verdict::Unknown, Some(Cause::TextMissing)));
    assert_eq!(ask(&law, &tam, "2024-01-01").verdict, Verdict::Met);
}

/// Ten years in either force, without a gap.
fn ten_years(run: &str) -> Law {
    law(&format!(
        "condition = \"post-service\"\nbands = [ {{ post = [\"phuc-vu-quan-doi\", \"phuc-vu-cong-an\"], years = 10, below = 15 }} ]\nrun = \"{run}\""
    ))
}

#[test]
fn a_gap_breaks_the_service_of_nam_and_a_move_between_the_forces_does_not() {
    let law = ten_years("longest");
    let broken = person(&[
        ("phuc-vu-quan-doi", "2000-01-01", Some("2005-12-31")),
        ("phuc-vu-quan-doi", "2006-01-02", Some("2011-12-31")),
    ]);
    assert_eq!(ask(&law, &broken, "2025-08-01").verdict, Verdict::NotMet);
    let moved = person(&[
        ("phuc-vu-quan-doi", "2000-01-01", Some("2005-12-31")),
        ("phuc-vu-cong-an", "2006-01-01", Some("2011-12-31")),
    ]);
    assert_eq!(ask(&law, &moved, "2025-08-01").verdict, Verdict::Met);
}

#[test]
fn service_that_ended_does_not_count_as_present() {
    let nam = person(&[("phuc-vu-quan-doi", "2000-01-01", Some("2011-12-31"))]);
    assert_eq!(ask(&ten_years("present"), &nam, "2025-08-01").verdict, Verdict::NotMet);
    assert_eq!(ask(&ten_years("longest"), &nam, "2025-08-01").verdict, Verdict::Met);
}

#[test]
fn binh_learns_the_day_on_which_his_present_service_is_long_enough_and_when_it_leads_higher() {
    let law = ten_years("present");
    let binh = person(&[("phuc-vu-cong-an", "2016-09-01", None)]);
    let short = ask(&law, &binh, "2026-08-30");
    assert_eq!((short.verdict, short.earliest), (Verdict::NotMet, "2026-08-31".parse().ok()));
    assert_eq!(ask(&law, &binh, "2026-08-31").verdict, Verdict::Met);
    let longer = person(&[("phuc-vu-cong-an", "2011-01-01", None)]);
    let beyond = ask(&law, &longer, "2026-08-31");
    assert_eq!((beyond.verdict, beyond.earliest), (Verdict::NotMet, None));
}

#[test]
fn a_college_is_as_old_as_the_day_asked_not_as_the_end_of_last_year() {
    let asked = "condition = \"tenure\"\nmonths = 360";
    let college: Facts = serde_json::from_str(r#"{"subject":"tap-the","recruited":"1995-05-01"}"#).expect("facts");
    let to_day = law(&format!("{asked}\nto_day = true"));
    let early = ask(&to_day, &college, "2025-04-30");
    assert_eq!((early.verdict, early.earliest), (Verdict::NotMet, "2025-05-01".parse().ok()));
    assert_eq!(early.standards[0].conditions[0].missing[0].what.en, "set up on 1 May 1995, less than 360 months");
    assert_eq!(ask(&to_day, &college, "2025-05-01").verdict, Verdict::Met);
    assert_eq!(ask(&law(asked), &college, "2025-05-01").verdict, Verdict::NotMet);
}
