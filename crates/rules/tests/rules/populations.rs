//! Makes records of fictitious subjects, plausible and odd ones, for tests that compare two ways of answering.

use std::collections::BTreeMap;

use chrono::Datelike;
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;
use rules::facts::{
    AttestedFact, AwardFact, Day, Discipline, DisciplineFact, Facts, Grade, GradeFact, Group, Hold, HoldFact,
    InitiativeFact, Kind, Leave, LeaveFact, MembersFact, PostFact, RecordKind, Scope, Sex, Sort, Subject, TitleFact,
};
use rules::law::Law;

/// What records may name, taken from a law.
#[derive(Debug, Clone)]
pub struct Words {
    /// Honours that are given as titles of a year.
    pub titles: Vec<String>,
    pub awards: Vec<String>,
    pub posts: Vec<String>,
    /// `AWARD/STANDARD/LEAF` of the conditions that somebody confirms.
    pub confirmed: Vec<String>,
}

impl Words {
    /// The words of a law, and a post that it does not rank.
    pub fn of(law: &Law) -> Self {
        let ids = |yearly: bool| {
            let awards = law.awards.iter().filter(|award| !yearly || award.counted_by == rules::law::CountedBy::Nam);
            awards.map(|award| award.id.clone()).collect::<Vec<_>>()
        };
        let leaves = law.awards.iter().flat_map(|award| {
            award.standards.iter().flat_map(|standard| {
                let open = standard.leaves.values().filter(|leaf| leaf.role == rules::law::Role::Attested);
                open.map(|leaf| format!("{}/{}/{}", award.id, standard.id, leaf.id)).collect::<Vec<_>>()
            })
        });
        let posts = law.posts.posts.iter().map(|post| post.id.clone());
        let (titles, awards) = (ids(true), ids(false));
        Words {
            titles: if titles.is_empty() { awards.clone() } else { titles },
            awards,
            posts: posts.chain(["chuyen-vien".to_owned()]).collect(),
            confirmed: leaves.chain(["khong/co/dieu-kien".to_owned()]).collect(),
        }
    }
}

/// A day within so many years before another, or in the half year after it.
fn near(day: Day, years: i64) -> impl Strategy<Value = Day> + Clone {
    (-365 * years..180).prop_map(move |days| day + chrono::TimeDelta::days(days))
}

fn span(day: Day, years: i64) -> impl Strategy<Value = (Day, Option<Day>)> {
    (near(day, years), of(0..2000_i64))
        .prop_map(|(from, length)| (from, length.map(|days| from + chrono::TimeDelta::days(days))))
}

fn grades(day: Day) -> impl Strategy<Value = Vec<GradeFact>> {
    let year = day.year();
    let grade = prop_oneof![
        1 => Just(Grade::KhongHoanThanh),
        2 => Just(Grade::HoanThanh),
        8 => Just(Grade::Tot),
        6 => Just(Grade::XuatSac)
    ];
    let one = (weighted(0.9, grade), of(0..120_i64));
    (0..14_usize, vec(one, 0..14)).prop_map(move |(back, list)| {
        let first = year - back as i32;
        let graded = list.into_iter().enumerate().filter_map(move |(place, (grade, decided))| {
            let year = first + place as i32;
            let decided = decided.map(|days| Day::from_ymd_opt(year, 11, 15).unwrap() + chrono::TimeDelta::days(days));
            Some(GradeFact { year, grade: grade?, decided, number: None, issuer: None })
        });
        graded.filter(|fact| fact.year <= year).collect()
    })
}

fn titles(words: &Words, day: Day) -> impl Strategy<Value = Vec<TitleFact>> + use<> {
    let year = day.year();
    let one = (select(words.titles.clone()), 0..14_i32, of(0..200_i64));
    vec(one, 0..24).prop_map(move |list| {
        let fact = |(award, back, decided): (String, i32, Option<i64>)| {
            let year = year - back;
            let decided = decided.map(|days| Day::from_ymd_opt(year, 12, 1).unwrap() + chrono::TimeDelta::days(days));
            TitleFact { award, year, decided, number: None, issuer: None }
        };
        list.into_iter().map(fact).collect()
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    select(vec![Kind::CongTrang, Kind::DotXuat, Kind::PhongTrao, Kind::CongHien, Kind::NienHan, Kind::DoiNgoai])
}

fn awards(words: &Words, day: Day) -> impl Strategy<Value = Vec<AwardFact>> + use<> {
    let one = (select(words.awards.clone()), near(day, 20), of(0..6_i32), weighted(0.8, kind()));
    vec(one, 0..6).prop_map(|list| {
        let fact = |(award, decided, period, kind): (String, Day, Option<i32>, Option<Kind>)| {
            let period = period.map(|years| (decided.year() - years - 1, decided.year() - 1));
            AwardFact { award, decided, period, kind, number: None, issuer: None }
        };
        list.into_iter().map(fact).collect()
    })
}

fn initiatives(words: &Words, day: Day) -> impl Strategy<Value = Vec<InitiativeFact>> + use<> {
    let scope = select(vec![Scope::CoSo, Scope::Bo, Scope::ToanQuoc]);
    let sort = select(vec![Sort::SangKien, Sort::DeTai]);
    let one = (0..12_i32, sort, scope, of(near(day, 10)), vec(select(words.awards.clone()), 0..2));
    vec(one, 0..6).prop_map(move |list| {
        let numbered = list.into_iter().enumerate();
        let facts = numbered.map(|(place, (back, sort, scope, decided, used_for))| {
            let year = day.year() - back;
            InitiativeFact { id: format!("SK{place}"), year, sort, scope, decided, number: None, used_for }
        });
        facts.collect()
    })
}

fn complete(day: Day) -> impl Strategy<Value = BTreeMap<RecordKind, Vec<(i32, i32)>>> {
    const KINDS: [RecordKind; 10] = [
        RecordKind::Grades,
        RecordKind::Titles,
        RecordKind::Awards,
        RecordKind::Initiatives,
        RecordKind::Disciplines,
        RecordKind::Holds,
        RecordKind::Posts,
        RecordKind::Leave,
        RecordKind::Registrations,
        RecordKind::Members,
    ];
    let year = day.year();
    let ranges = prop_oneof![
        6 => Just(vec![(1950, year + 1)]),
        2 => (0..40_i32, 0..3_i32).prop_map(move |(back, end)| vec![(year - back, (year - end).max(year - back))]),
        1 => Just(vec![(year - 20, year - 10), (year - 5, year)]),
        1 => Just(Vec::new()),
    ];
    vec(ranges, 10).prop_map(|ranges| KINDS.into_iter().zip(ranges).collect())
}

fn measures(day: Day) -> impl Strategy<Value = (Vec<DisciplineFact>, Vec<HoldFact>)> {
    let measure =
        select(vec![Discipline::KhienTrach, Discipline::CanhCao, Discipline::GiangChuc, Discipline::CachChuc]);
    let disciplines = vec((measure, span(day, 12)), 0..2);
    let holds = vec((select(vec![Hold::KyLuat, Hold::ThanhTra, Hold::KhieuNai, Hold::BaoChi]), span(day, 2)), 0..2);
    (weighted(0.25, disciplines), weighted(0.25, holds)).prop_map(|(disciplines, holds)| {
        let measure = |(kind, (from, to))| DisciplineFact { kind, from, to, number: None };
        let hold = |(kind, (from, to))| HoldFact { kind, from, to };
        let disciplines = disciplines.unwrap_or_default().into_iter().map(measure).collect();
        (disciplines, holds.unwrap_or_default().into_iter().map(hold).collect())
    })
}

fn service(words: &Words, day: Day) -> impl Strategy<Value = (Vec<PostFact>, Vec<LeaveFact>)> + use<> {
    let leave = select(vec![Leave::ThaiSan, Leave::DaoTao, Leave::Om, Leave::KhongLuong, Leave::BietPhai]);
    let posts = vec((select(words.posts.clone()), span(day, 30)), 0..5);
    let leave = weighted(0.4, vec((leave, span(day, 3)), 1..3));
    (posts, leave).prop_map(|(posts, leave)| {
        let posts = posts.into_iter().map(|(post, (from, to))| PostFact { post, from, to }).collect();
        let leave = leave.unwrap_or_default().into_iter().map(|(kind, (from, to))| LeaveFact { kind, from, to });
        (posts, leave.collect())
    })
}

fn confirmed(words: &Words, day: Day) -> impl Strategy<Value = Vec<AttestedFact>> + use<> {
    let one = (select(words.confirmed.clone()), any::<bool>(), near(day, 3));
    vec(one, 0..12).prop_map(|list| {
        let fact = |(condition, value, on)| AttestedFact { condition, value, on, by: None };
        list.into_iter().map(fact).collect()
    })
}

fn members(words: &Words, day: Day) -> impl Strategy<Value = Vec<MembersFact>> + use<> {
    let grades = proptest::collection::btree_map(
        select(vec![Grade::KhongHoanThanh, Grade::HoanThanh, Grade::Tot, Grade::XuatSac]),
        0..20_u32,
        0..4,
    );
    let titles = proptest::collection::btree_map(select(words.titles.clone()), 0..30_u32, 0..6);
    let disciplined =
        proptest::collection::btree_map(select(vec![Discipline::KhienTrach, Discipline::CanhCao]), 0..2_u32, 0..3);
    vec((0..3_i32, 0..40_u32, grades, titles, disciplined), 0..3).prop_map(move |list| {
        let fact = |(back, total, grades, titles, disciplined)| MembersFact {
            year: day.year() - back,
            total,
            grades,
            titles,
            disciplined,
        };
        list.into_iter().map(fact).collect()
    })
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![6 => Just(Subject::CaNhan), 3 => Just(Subject::TapThe), 1 => Just(Subject::HoGiaDinh)]
}

fn group() -> impl Strategy<Value = Group> {
    select(vec![
        Group::CanBo,
        Group::CongChuc,
        Group::VienChuc,
        Group::HopDong,
        Group::CongNhan,
        Group::NongDan,
        Group::LucLuongVuTrang,
        Group::Khac,
    ])
}

/// One subject with records around a day.
pub fn one(words: &Words, day: Day) -> impl Strategy<Value = Facts> + use<> {
    let sex = weighted(0.8, select(vec![Sex::Nam, Sex::Nu]));
    let who = (subject(), sex, weighted(0.8, group()), of(near(day, 45)), weighted(0.9, near(day, 30)));
    let honours = (grades(day), titles(words, day), awards(words, day), initiatives(words, day), confirmed(words, day));
    let life = (complete(day), measures(day), service(words, day), vec(0..8_i32, 0..6), members(words, day));
    (who, honours, life).prop_map(move |(who, honours, life)| {
        let (subject, sex, group, born, recruited) = who;
        let (grades, titles, awards, initiatives, attested) = honours;
        let (complete, (disciplines, holds), (posts, leave), registered, members) = life;
        let registrations = registered.into_iter().map(|back| day.year() - back).collect();
        Facts {
            subject,
            sex,
            born,
            group,
            recruited,
            complete,
            grades,
            titles,
            awards,
            initiatives,
            disciplines,
            holds,
            posts,
            leave,
            registrations,
            attested,
            members,
        }
    })
}
