//! Laws made at random: a few honours whose standards mix every kind of condition that needs no group of members.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rules::law::Law;

const TEXTS: &str = r#"
[[document]]
id = "T/0"
vi = "Văn bản còn hiệu lực"
en = "Text in force"
mark = "V"

[[document]]
id = "T/1"
vi = "Văn bản đã nạp đến hết 2025"
en = "Text loaded until the end of 2025"
loaded_until = 2025-12-31
next = "T/2"
mark = "V"

[[document]]
id = "T/2"
vi = "Văn bản chưa có"
en = "Text not at hand"
at_hand = false
mark = "V2"
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
"#;

/// The honours beside the one that is asked for.
const TITLES: [&str; 2] = ["danh-hieu-mot", "danh-hieu-hai"];
const FORMS: [&str; 2] = ["bang-khen-mot", "bang-khen-hai"];

/// The text of a law as name and text of its files.
#[derive(Debug, Clone)]
pub struct Text(Vec<(String, String)>);

/// Loads a law made here.
pub fn load(text: &Text) -> Law {
    let files: Vec<(&str, &str)> = text.0.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let listed = |faults: Vec<rules::reader::Fault>| panic!("{}\n{}", crate::files::listed(&faults), text.0[3].1);
    rules::load::load(&files, &[]).unwrap_or_else(listed)
}

fn honour(id: &str, class: &str, counted_by: &str, standards: &str) -> (String, String) {
    let text = format!(
        "id = \"{id}\"\nclass = \"{class}\"\nlevel = \"bo\"\nsubjects = [\"ca-nhan\", \"tap-the\"]\norder = 1\n\
         counted_by = \"{counted_by}\"\n\n[[name]]\nfrom = 2000-01-01\nvi = \"{id}\"\nen = \"{id}\"\n\
         source = {{ document = \"T/0\" }}\nmark = \"V\"\n{standards}"
    );
    (format!("awards/{id}.toml"), text)
}

fn titles() -> impl Strategy<Value = String> {
    select(vec!["[\"danh-hieu-mot\"]", "[\"danh-hieu-hai\"]", "[\"danh-hieu-mot\", \"danh-hieu-hai\"]"])
        .prop_map(str::to_owned)
}

fn forms() -> impl Strategy<Value = String> {
    select(vec!["[\"bang-khen-mot\"]", "[\"bang-khen-hai\"]", "[\"bang-khen-mot\", \"bang-khen-hai\"]"])
        .prop_map(str::to_owned)
}

fn grade() -> impl Strategy<Value = &'static str> {
    select(vec!["khong-hoan-thanh", "hoan-thanh", "tot", "xuat-sac"])
}

fn kinds() -> impl Strategy<Value = &'static str> {
    select(vec!["", "kinds = [\"cong-trang\"]\n", "kinds = [\"dot-xuat\", \"phong-trao\"]\n"])
}

/// A condition that gives years.
fn years() -> impl Strategy<Value = String> {
    let or = prop_oneof![Just(String::new()), titles().prop_map(|titles| format!("or_titles = {titles}\n"))];
    let spent =
        prop_oneof![2 => Just(String::new()), 1 => titles().prop_map(|titles| format!("spent_by = {titles}\n"))];
    let since = select(vec!["", "", "since = \"p\"\n"]);
    prop_oneof![
        (grade(), 1..7_u32, or, since).prop_map(|(grade, years, or, since)| format!(
            "condition = \"graded-years\"\ngrade = \"{grade}\"\nyears = {years}\n{or}{since}"
        )),
        (titles(), 1..5_u32, spent).prop_map(|(titles, count, spent)| format!(
            "condition = \"consecutive-titles\"\naward = {titles}\ncount = {count}\n{spent}"
        )),
        (titles(), 1..3_u32, 1..4_u32).prop_map(|(titles, count, cycle)| format!(
            "condition = \"title-cycles\"\naward = {titles}\ncount = {count}\ncycle = {cycle}\n"
        )),
        grade().prop_map(|grade| format!("condition = \"year-grade\"\ngrade = \"{grade}\"\n")),
    ]
}

/// A condition that counts within the years of others, or in the year under review.
fn counted() -> impl Strategy<Value = String> {
    let within = select(vec!["", "within = \"y\"\n", "within = [\"y\", \"z\"]\n"]);
    let scope = select(vec!["co-so", "bo", "toan-quoc"]);
    let sorts = select(vec!["", "sorts = [\"sang-kien\"]\n"]);
    let used = prop_oneof![Just(String::new()), forms().prop_map(|forms| format!("not_used_for = {forms}\n"))];
    let measure = select(vec!["khien-trach", "canh-cao", "giang-chuc"]);
    let body = prop_oneof![
        (1..4_u32, scope, sorts, used).prop_map(|(count, scope, sorts, used)| format!(
            "condition = \"initiatives\"\ncount = {count}\nscope = \"{scope}\"\n{sorts}{used}"
        )),
        (titles(), 1..4_u32)
            .prop_map(|(titles, count)| format!("condition = \"title-count\"\naward = {titles}\ncount = {count}\n")),
        (forms(), 1..3_u32, kinds()).prop_map(|(forms, count, kinds)| format!(
            "condition = \"award-count\"\naward = {forms}\ncount = {count}\n{kinds}"
        )),
        (grade(), 1..4_u32)
            .prop_map(|(grade, count)| format!("condition = \"grade-count\"\ngrade = \"{grade}\"\ncount = {count}\n")),
        measure.prop_map(|measure| format!("condition = \"no-discipline\"\nat_least = \"{measure}\"\n")),
        (forms(), kinds()).prop_map(|(forms, kinds)| format!("condition = \"not-rewarded\"\naward = {forms}\n{kinds}")),
        Just("condition = \"registration\"\n".to_owned()),
    ];
    (body, within).prop_map(|(body, within)| body + within)
}

/// A condition that stands for itself.
fn plain() -> impl Strategy<Value = String> {
    let women = select(vec!["", "women = { off = \"1/3\" }\n", "women = { off_years = 3 }\n"]);
    let run = select(vec!["", "", "run = \"longest\"\n", "run = \"present\"\n"]);
    let band =
        (select(vec!["\"bo-truong\"", "\"vu-truong\"", "[\"vu-truong\"]"]), 0..12_u32, proptest::option::of(1..10_u32));
    let band = band.prop_map(|(post, years, more)| match more {
        Some(more) => format!("{{ post = {post}, years = {years}, below = {} }}", years + more),
        None => format!("{{ post = {post}, years = {years} }}"),
    });
    let except = select(vec!["", "except_kinds = [\"dot-xuat\"]\n"]);
    prop_oneof![
        (vec(band, 1..3), women, run).prop_map(|(bands, women, run)| format!(
            "condition = \"post-service\"\nbands = [{}]\n{women}{run}",
            bands.join(", ")
        )),
        Just("condition = \"discipline-ended\"\n".to_owned()),
        select(vec!["", "kinds = [\"thanh-tra\", \"khieu-nai\"]\n"])
            .prop_map(|kinds| format!("condition = \"no-hold\"\n{kinds}")),
        (1..40_u32, 40..60_u32, any::<bool>()).prop_map(|(months, clear, to_day)| format!(
            "condition = \"tenure\"\nmonths = {months}\nclear_months = {clear}\nto_day = {to_day}\n"
        )),
        (5..60_u32).prop_map(|days| format!(
            "condition = \"absence-below\"\nworking_days = {days}\nkinds = [\"om\", \"khong-luong\"]\n"
        )),
        (1..24_u32).prop_map(|months| format!("condition = \"long-training\"\nmonths = {months}\n")),
        (forms(), except).prop_map(|(forms, except)| format!("condition = \"one-a-year\"\naward = {forms}\n{except}")),
        (titles(), 0..3_u32).prop_map(|(titles, years)| format!(
            "condition = \"dossier-by\"\naward = {titles}\nyears = {years}\nmonth = 2\nday = 28\n"
        )),
        Just("condition = \"attested\"\nvi = \"x\"\nen = \"x\"\nsupplier_vi = \"x\"\nsupplier_en = \"x\"\n".to_owned()),
        Just("condition = \"judgement\"\nvi = \"x\"\nen = \"x\"\n".to_owned()),
        Just("condition = \"missing-text\"\nvi = \"x\"\nen = \"x\"\nneeds = \"T/2\"\n".to_owned()),
        select(TITLES.to_vec()).prop_map(|title| format!("condition = \"meets-award\"\naward = \"{title}\"\n")),
        grade().prop_map(|grade| format!("condition = \"members-graded\"\ngrade = \"{grade}\"\n")),
        (1..30_u32)
            .prop_map(|count| format!("condition = \"member-titles\"\ntitle = \"danh-hieu-mot\"\ncount = {count}\n")),
        (1..100_u32, any::<bool>()).prop_map(|(percent, above)| format!(
            "condition = \"member-share\"\ntitle = \"danh-hieu-mot\"\npercent = {percent}\nabove = {above}\n"
        )),
        Just("condition = \"members-disciplined\"\nat_least = \"canh-cao\"\n".to_owned()),
    ]
}

/// Where a leaf stands and how sure it is: also texts that ended, and marks that never decide.
fn source() -> impl Strategy<Value = String> {
    let source = select(vec!["T/0", "T/0", "T/0", "T/1"]);
    let mark = select(vec!["V", "V", "R+", "R-"]);
    (source, mark).prop_map(|(source, mark)| {
        format!("source = {{ document = \"{source}\", article = \"1\" }}\nmark = \"{mark}\"\n")
    })
}

/// One standard: years `y` and `z`, an earlier award `p` where something counts from it, and other leaves.
fn standard(id: &'static str, asks_for_titles: bool) -> impl Strategy<Value = String> {
    let leaf = prop_oneof![counted(), plain()]
        .prop_filter("titles ask for no titles", move |body| asks_for_titles || !body.contains("meets-award"));
    let prior =
        (forms(), kinds()).prop_map(|(forms, kinds)| format!("condition = \"prior-award\"\naward = {forms}\n{kinds}"));
    let leaves = (prior, years(), years(), vec((leaf, source()), 1..6), vec(source(), 3));
    let head = (
        select(vec!["", "kind = \"cong-trang\"\n"]),
        select(vec!["", "", "groups = [\"cong-nhan\", \"nong-dan\"]\n", "except_groups = [\"hop-dong\"]\n"]),
        select(vec!["", "", "", "unsure = { from = 2026-01-01, until = 2026-06-30 }\n"]),
        select(vec!["all", "any"]),
        any::<bool>(),
    );
    (head, leaves).prop_map(move |((kind, groups, unsure, join, not), (prior, y, z, leaves, sources))| {
        let mut named = vec![("p".to_owned(), prior, sources[0].clone()), ("y".to_owned(), y, sources[1].clone())];
        named.push(("z".to_owned(), z, sources[2].clone()));
        named.extend(leaves.into_iter().enumerate().map(|(place, (body, source))| (format!("l{place}"), body, source)));
        let last = named.len() - 1;
        let ids: Vec<String> = named.iter().map(|(id, ..)| format!("\"{id}\"")).collect();
        let end = if not { format!("{{ not = {} }}", ids[last]) } else { ids[last].clone() };
        let tree = format!("{{ all = [{}, {{ {join} = [{}] }}, {end}] }}", ids[0], ids[1..last].join(", "));
        let leaf = |(id, body, source): &(String, String, String)| format!("\n[standard.leaf.{id}]\n{body}{source}");
        let head = format!(
            "\n[[standard]]\nid = \"{id}\"\n{kind}{groups}subjects = [\"ca-nhan\", \"tap-the\"]\nvi = \"{id}\"\nen = \"{id}\"\n\
             from = 2000-01-01\n{unsure}tree = {tree}\n"
        );
        head + &named.iter().map(leaf).collect::<String>()
    })
}

/// A law of five honours; one asks for the others.
pub fn law() -> impl Strategy<Value = Text> {
    let principle = prop_oneof![
        Just(String::new()),
        Just(
            "[[principle]]\nid = \"tam-dung\"\nfrom = 2010-01-01\ncondition = \"no-hold\"\n\
             source = { document = \"T/0\", article = \"9\" }\nmark = \"V\"\n"
                .to_owned()
        ),
    ];
    let counting = select(vec!["decision", "achievement"]);
    let marks = select(vec!["V", "R-"]);
    let standards = (standard("mot", true), proptest::option::of(standard("hai", true)), standard("ba", false));
    (principle, counting, marks, standards).prop_map(|(principle, counting, mark, (one, two, title))| {
        let counting = format!(
            "[[counting]]\nfrom = 2000-01-01\nrule = \"{counting}\"\nsource = {{ document = \"T/0\" }}\nmark = \"{mark}\"\n"
        );
        let files = [
            ("documents.toml".to_owned(), TEXTS.to_owned()),
            ("posts.toml".to_owned(), POSTS.to_owned()),
            ("principles.toml".to_owned(), principle),
            honour("huan-chuong", "hinh-thuc", "quyet-dinh", &(one + &two.unwrap_or_default())),
            ("transitions.toml".to_owned(), counting),
            honour(TITLES[0], "danh-hieu", "nam", &title),
            honour(TITLES[1], "danh-hieu", "nam", ""),
            honour(FORMS[0], "hinh-thuc", "quyet-dinh", ""),
            honour(FORMS[1], "hinh-thuc", "quyet-dinh", ""),
        ];
        Text(files.into())
    })
}
