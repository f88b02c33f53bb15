//! The search against one that tries everything, on small spans, over several honours and generated records.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::demand::Demand;
use super::digest::View;
use super::ground::{Ground, is_title};
use super::judge::Judge;
use super::line::Line;
use super::moves;
use super::search::{Draft, choices};
use super::{Options, ways};
use crate::facts::{
    AwardFact, Day, Facts, Grade, GradeFact, Group, InitiativeFact, Kind, MembersFact, RecordKind, Scope, Sort,
    Subject, TitleFact, Year,
};
use crate::law::Law;
use crate::load::load;

fn nation() -> Law {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../law");
    let mut files: Vec<(String, String)> = Vec::new();
    for folder in ["", "awards/"] {
        for entry in fs::read_dir(format!("{root}/{folder}")).expect("the law") {
            let name = entry.expect("a file").file_name().into_string().expect("a name");
            if name.ends_with(".toml") {
                let text = fs::read_to_string(format!("{root}/{folder}{name}")).expect("a text");
                files.push((format!("{folder}{name}"), text));
            }
        }
    }
    let pairs: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    load(&pairs, &[]).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Tries every choice of every year and every set of honours that the explainer grants.
struct Everything<'g, 'l> {
    ground: &'g Ground<'l>,
    judge: Judge<'g, 'l>,
    /// For each round the least demand of a way that ends there.
    best: Vec<Option<Demand>>,
}

impl<'g, 'l> Everything<'g, 'l> {
    fn of(ground: &'g Ground<'l>, open: bool) -> Vec<Option<Demand>> {
        let mut all = Self { ground, judge: Judge::new(ground, open), best: vec![None; ground.rounds.len()] };
        let start = Draft { line: Line::new(ground), demand: Demand::default(), moves: Vec::new() };
        all.round(0, &start);
        all.best
    }

    fn round(&mut self, round: usize, start: &Draft) {
        if round < self.ground.rounds.len() {
            for draft in choices(self.ground, start, round, u64::MAX).expect("few ways to fill a year") {
                self.confer(round, 0, draft);
            }
        }
    }

    fn confer(&mut self, round: usize, from: usize, draft: Draft) {
        let ground = self.ground;
        let year = ground.rounds[round].year;
        for honour in from..ground.honours.len() {
            let known = &ground.honours[honour];
            let late = is_title(known.award) && honour != ground.target() && year < ground.open_from;
            if !known.wanted || late || draft.line.has_title(1 << honour, year) {
                continue;
            }
            let facts = moves::facts(ground, &draft.moves, round);
            let Some(granted) = self.judge.judge(&facts, honour, round) else { continue };
            let view = View { ground, line: &draft.line, round, year };
            let (line, given) = moves::confer(&view, honour, &granted);
            let mut with = Draft { line, ..draft.clone() };
            with.demand.honour(known.award.level);
            with.demand.unsure += u32::from(granted.unsure);
            with.demand.papers += granted.papers;
            with.moves.extend(given);
            if honour == ground.target() {
                let best = self.best[round].get_or_insert(with.demand);
                *best = with.demand.min(*best);
                continue;
            }
            self.confer(round, honour + 1, with);
        }
        self.round(round + 1, &draft);
    }
}

/// What the search finds: the soonest and the least demanding way, each with its round and its demand.
fn searched(ground: &Ground<'_>, open: bool) -> Option<[(usize, Demand); 2]> {
    let mut left = 1_000_000;
    let (found, exact) = ways(&mut Judge::new(ground, open), 10, &mut left);
    assert!(exact, "the search came to its end");
    let ends = found.first().zip(found.last());
    ends.map(|(first, last)| [(first.round, first.demand), (last.round, last.demand)])
}

/// The same from everything that was tried.
fn tried(ground: &Ground<'_>, open: bool) -> Option<[(usize, Demand); 2]> {
    let best = Everything::of(ground, open);
    let found: Vec<(usize, Demand)> =
        best.into_iter().enumerate().filter_map(|(round, demand)| Some((round, demand?))).collect();
    let soonest = *found.first()?;
    let least = *found.iter().min_by_key(|(round, demand)| (*demand, *round))?;
    Some([soonest, least])
}

const FIRST: Year = 2017;
const LAST: Year = 2025;

fn grade() -> impl Strategy<Value = Option<Grade>> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(Grade::HoanThanh)),
        4 => Just(Some(Grade::Tot)),
        3 => Just(Some(Grade::XuatSac)),
    ]
}

prop_compose! {
    fn initiative()(
        year in LAST - 3..=LAST + 1, topic in prop::bool::weighted(0.3),
        scope in prop::sample::select(vec![Scope::CoSo, Scope::CoSo, Scope::Bo]), used in any::<bool>(),
    ) -> InitiativeFact {
        InitiativeFact {
            id: format!("{year}"),
            year,
            sort: if topic { Sort::DeTai } else { Sort::SangKien },
            scope,
            // Of the year that is not over what was recognised in its spring.
            decided: if year > LAST { Day::from_ymd_opt(year, 3, 1) } else { None },
            number: None,
            used_for: if used { vec!["chien-si-thi-dua-co-so".to_owned()] } else { Vec::new() },
        }
    }
}

prop_compose! {
    fn award()(
        place in 0..3_usize, decided in LAST - 6..=LAST, named in prop::bool::weighted(0.8),
        kind in prop::sample::select(vec![Some(Kind::CongTrang), Some(Kind::CongTrang), Some(Kind::PhongTrao), None]),
    ) -> AwardFact {
        let award = ["bang-khen-bo", "bang-khen-thu-tuong", "huan-chuong-lao-dong-ba"][place];
        AwardFact {
            award: award.to_owned(),
            decided: Day::from_ymd_opt(decided, 5, 10).expect("a day"),
            period: named.then_some((decided - 3, decided - 1)),
            kind,
            number: None,
            issuer: None,
        }
    }
}

prop_compose! {
    fn officer(group: Group)(
        grades in prop::collection::vec(grade(), (LAST - FIRST + 1) as usize),
        titles in prop::collection::vec(0..4_u8, (LAST - FIRST + 1) as usize),
        initiatives in prop::collection::vec(initiative(), 0..3), awards in prop::collection::vec(award(), 0..3),
        whole in FIRST - 8..=FIRST + 3, until in prop::sample::select(vec![LAST, LAST, LAST + 1]),
    ) -> Facts {
        let years = || FIRST..=LAST;
        let grades = years().zip(grades).filter_map(|(year, grade)| Some(GradeFact {
            year, grade: grade?, decided: None, number: None, issuer: None,
        }));
        let given = years().zip(titles).flat_map(|(year, many)| {
            let named = [("chien-si-thi-dua-co-so", many >= 1), ("chien-si-thi-dua-bo", many >= 3)];
            named.into_iter().filter(|(_, held)| *held).map(move |(award, _)| TitleFact {
                award: award.to_owned(), year, decided: Day::from_ymd_opt(year + 1, 1, 20), number: None, issuer: None,
            })
        });
        let kinds = [
            RecordKind::Grades, RecordKind::Titles, RecordKind::Awards, RecordKind::Initiatives,
            RecordKind::Disciplines, RecordKind::Holds, RecordKind::Leave,
        ];
        Facts {
            subject: Subject::CaNhan,
            group: Some(group),
            born: Day::from_ymd_opt(1985, 1, 1),
            recruited: Day::from_ymd_opt(FIRST - 5, 3, 1),
            complete: kinds.into_iter().map(|kind| (kind, vec![(whole, until)])).collect(),
            grades: grades.collect(),
            titles: given.collect(),
            awards,
            initiatives,
            ..Facts::default()
        }
    }
}

prop_compose! {
    fn collective()(
        grades in prop::collection::vec(grade(), (LAST - FIRST + 1) as usize),
        titles in prop::collection::vec(0..6_u8, (LAST - FIRST + 1) as usize),
        members in prop::collection::vec(0..4_u32, 3),
        awards in prop::collection::vec(award(), 0..3),
        whole in FIRST - 8..=FIRST + 3, until in prop::sample::select(vec![LAST, LAST, LAST + 1]),
    ) -> Facts {
        let years = || FIRST..=LAST;
        let grades = years().zip(grades).filter_map(|(year, grade)| Some(GradeFact {
            year, grade: grade?, decided: None, number: None, issuer: None,
        }));
        let given = years().zip(titles).flat_map(|(year, many)| {
            let named = [
                ("tap-the-lao-dong-tien-tien", many == 1), ("tap-the-lao-dong-xuat-sac", many > 2),
                ("co-thi-dua-bo", many > 4),
            ];
            named.into_iter().filter(|(_, held)| *held).map(move |(award, _)| TitleFact {
                award: award.to_owned(), year, decided: Day::from_ymd_opt(year + 1, 1, 20), number: None, issuer: None,
            })
        });
        let members = (LAST - 1..=LAST + 1).zip(members).map(|(year, good)| MembersFact {
            year,
            total: 4,
            grades: BTreeMap::from([(Grade::Tot, good), (Grade::HoanThanh, 4 - good)]),
            titles: BTreeMap::from([("lao-dong-tien-tien".to_owned(), good)]),
            disciplined: BTreeMap::new(),
        });
        let kinds = [
            RecordKind::Grades, RecordKind::Titles, RecordKind::Awards, RecordKind::Initiatives,
            RecordKind::Disciplines, RecordKind::Holds, RecordKind::Members,
        ];
        Facts {
            subject: Subject::TapThe,
            recruited: Day::from_ymd_opt(FIRST - 5, 3, 1),
            complete: kinds.into_iter().map(|kind| (kind, vec![(whole, until)])).collect(),
            grades: grades.collect(),
            titles: given.collect(),
            members: members.collect(),
            awards,
            ..Facts::default()
        }
    }
}

/// How many records each honour is tried with; an environment variable asks for more.
fn records(usual: u32) -> u32 {
    std::env::var("VINHDANH_GENERATED").ok().and_then(|many| many.parse().ok()).unwrap_or(usual)
}

/// Both searches over generated officers for one honour and so many years.
fn agree(award: &str, years: u32, usual: u32) {
    agree_over(officer(Group::CongChuc), award, years, usual);
}

/// Both searches over generated records for one honour and so many years; where nothing can be said for certain, also
/// with the texts that are not at hand passed over.
fn agree_over(subjects: impl Strategy<Value = Facts>, award: &str, years: u32, usual: u32) {
    let law = nation();
    let target = law.award(award).expect("an honour");
    let config = Config { cases: records(usual), failure_persistence: None, ..Config::default() };
    // The same records each time, so that a run says the same everywhere; more of them are asked for by hand.
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let days = prop::sample::select(vec!["2026-04-01", "2026-01-15", "2025-12-31", "2026-09-01"]);
    let agreed = runner.run(&(subjects, days), |(facts, day)| {
        let on: Day = day.parse().expect("a day");
        let ground = Ground::new(&law, target, &facts, on, years, &Options::default().kinds);
        let found = searched(&ground, false);
        prop_assert_eq!(found, tried(&ground, false), "{} on {}", award, day);
        if found.is_none() {
            prop_assert_eq!(searched(&ground, true), tried(&ground, true), "{} on {}, open", award, day);
        }
        Ok(())
    });
    agreed.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn a_title_of_the_unit_is_found_as_trying_everything_finds_it() {
    agree("chien-si-thi-dua-co-so", 4, 24);
}

#[test]
fn a_title_of_the_ministry_is_found_as_trying_everything_finds_it() {
    agree("chien-si-thi-dua-bo", 2, 16);
}

#[test]
fn a_national_title_is_found_as_trying_everything_finds_it() {
    agree("chien-si-thi-dua-toan-quoc", 1, 16);
}

#[test]
fn a_certificate_of_the_minister_is_found_as_trying_everything_finds_it() {
    agree("bang-khen-bo", 2, 24);
}

#[test]
fn a_certificate_of_the_prime_minister_is_found_as_trying_everything_finds_it() {
    agree("bang-khen-thu-tuong", 2, 12);
}

#[test]
fn an_order_is_found_as_trying_everything_finds_it() {
    agree("huan-chuong-lao-dong-ba", 2, 12);
    agree("huan-chuong-lao-dong-nhi", 1, 12);
}

#[test]
fn honours_of_the_armed_forces_are_found_as_trying_everything_finds_them() {
    let soldier = || officer(Group::LucLuongVuTrang);
    agree_over(soldier(), "chien-si-thi-dua-co-so", 2, 12);
    agree_over(soldier(), "chien-si-thi-dua-bo", 1, 12);
    agree_over(soldier(), "bang-khen-bo", 1, 12);
    agree_over(soldier(), "huan-chuong-lao-dong-ba", 1, 8);
}

#[test]
fn a_title_of_a_collective_is_found_as_trying_everything_finds_it() {
    agree_over(collective(), "tap-the-lao-dong-tien-tien", 2, 12);
    agree_over(collective(), "tap-the-lao-dong-xuat-sac", 2, 12);
    agree_over(collective(), "co-thi-dua-chinh-phu", 1, 12);
}

#[test]
fn a_certificate_of_a_collective_is_found_as_trying_everything_finds_it() {
    agree_over(collective(), "bang-khen-bo", 2, 12);
    agree_over(collective(), "bang-khen-thu-tuong", 1, 8);
}

#[test]
fn an_order_of_a_collective_is_found_as_trying_everything_finds_it() {
    agree_over(collective(), "huan-chuong-lao-dong-ba", 1, 8);
    agree_over(collective(), "huan-chuong-lao-dong-nhi", 1, 4);
}
