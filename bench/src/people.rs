//! Fictitious careers from a seed: the same number always makes the same person.

use chrono::{Datelike, Days};
use rules::facts::{
    AttestedFact, AwardFact, Day, Discipline, DisciplineFact, Facts, Grade, GradeFact, Group, Hold, HoldFact,
    InitiativeFact, Kind, PostFact, RecordKind, Scope, Sex, Sort, Subject, TitleFact,
};

/// Confirmations that the five honours ask for: condition, for whom, and how often in a thousand.
pub const CONFIRMED: [(&str, For, u32); 27] = [
    ("chien-si-thi-dua-bo/chien-dau/muu-tri", For::Forces, 100),
    ("chien-si-thi-dua-toan-quoc/chien-dau/muu-tri", For::Forces, 100),
    ("bang-khen-bo/phong-trao/phong-trao", For::All, 4),
    ("bang-khen-bo/dot-xuat/dot-xuat", For::All, 3),
    ("bang-khen-bo/dot-xuat/dong-gop", For::All, 2),
    ("bang-khen-bo/cong-nhan-nong-dan/nhieu-thanh-tich", For::Workers, 20),
    ("bang-khen-bo/doanh-nhan-tri-thuc/thuoc-doi-tuong", For::All, 50),
    ("bang-khen-bo/doanh-nhan-tri-thuc/dong-gop", For::All, 50),
    ("bang-khen-thu-tuong/phong-trao/phong-trao", For::All, 2),
    ("bang-khen-thu-tuong/dot-xuat/dot-xuat", For::All, 1),
    ("bang-khen-thu-tuong/dot-xuat/giai-thuong", For::All, 1),
    ("bang-khen-thu-tuong/dot-xuat/dong-gop", For::All, 1),
    ("bang-khen-thu-tuong/cong-nhan/sang-kien-huong-dan", For::Workers, 10),
    ("bang-khen-thu-tuong/cong-nhan-nong-dan/dong-gop", For::Workers, 10),
    ("bang-khen-thu-tuong/cong-nhan-nong-dan/nhieu-thanh-tich", For::Workers, 10),
    ("huan-chuong-lao-dong-ba/phong-trao/phong-trao", For::All, 1),
    ("huan-chuong-lao-dong-ba/dot-xuat/dot-xuat", For::All, 1),
    ("huan-chuong-lao-dong-ba/dot-xuat/cong-trinh", For::All, 1),
    ("huan-chuong-lao-dong-ba/dot-xuat/dong-gop", For::All, 1),
    ("huan-chuong-lao-dong-ba/dot-xuat/giai-thuong", For::All, 1),
    ("huan-chuong-lao-dong-ba/cong-nhan-nong-dan-phong-trao/phong-trao-nam-nam", For::Workers, 5),
    ("huan-chuong-lao-dong-ba/cong-nhan-nong-dan-dot-xuat/phat-minh", For::Workers, 5),
    ("huan-chuong-lao-dong-ba/cong-nhan-nong-dan-dot-xuat/nhieu-dong-gop", For::Workers, 5),
    ("huan-chuong-lao-dong-ba/cong-nhan-nong-dan-dot-xuat/thanh-tich-dot-xuat", For::Workers, 5),
    ("huan-chuong-lao-dong-ba/cong-hien/nghi-huu", For::Directors, 300),
    ("huan-chuong-lao-dong-ba/cong-hien/khong-ky-luat", For::Directors, 800),
    ("huan-chuong-lao-dong-ba/cong-hien/chuc-vu", For::Directors, 600),
];

/// To whom a confirmation is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    All,
    Workers,
    Forces,
    Directors,
}

/// From this strength on, of a thousand, a person works for the honours of the ministry and of the nation.
const STRONG: u32 = 900;

/// A small generator of numbers (splitmix64): fast, and the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// The dice of one person.
    pub fn of(seed: u64, person: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ person.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    /// True so often in a thousand.
    pub fn often(&mut self, thousandths: u32) -> bool {
        self.below(1000) < thousandths
    }
}

/// Spreads a number over all bits.
pub fn mixed(number: u64) -> u64 {
    let z = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// One person with a career of up to thirty years before `until`.
pub fn person(seed: u64, number: u64, until: Day) -> Facts {
    let mut dice = Dice::of(seed, number);
    let last = until.year() - 1;
    let recruited = last - dice.below(30) as i32;
    let strength = dice.below(1000);
    let group = match dice.below(1000) {
        0..650 => Group::CongChuc,
        650..900 => Group::VienChuc,
        900..980 => Group::CongNhan,
        _ => Group::LucLuongVuTrang,
    };
    let mut facts = Facts {
        subject: Subject::CaNhan,
        sex: Some(if dice.often(470) { Sex::Nu } else { Sex::Nam }),
        born: Some(day(recruited - 23 - dice.below(8) as i32, 1 + dice.below(12), 1 + dice.below(28))),
        group: Some(group),
        recruited: Some(day(recruited, 1 + dice.below(12), 1)),
        registrations: (recruited..=last + 1).collect(),
        ..Facts::default()
    };
    for kind in [
        RecordKind::Titles,
        RecordKind::Awards,
        RecordKind::Initiatives,
        RecordKind::Disciplines,
        RecordKind::Holds,
        RecordKind::Posts,
        RecordKind::Leave,
    ] {
        facts.complete.insert(kind, vec![(recruited.min(1990), last + 1)]);
    }
    for year in recruited..=last {
        one_year(&mut facts, &mut dice, year, (year - recruited) % 3 == 2, strength);
    }
    measures(&mut facts, &mut dice, recruited, last);
    if strength > 850 && last - recruited > 10 {
        posts(&mut facts, &mut dice, last);
    }
    confirmations(&mut facts, &mut dice, last);
    facts
}

/// The grade, titles, initiatives and awards of one year.
fn one_year(facts: &mut Facts, dice: &mut Dice, year: i32, ends_cycle: bool, strength: u32) {
    let grade = match dice.below(1000) {
        roll if roll < 150 + strength / 8 => Grade::XuatSac,
        roll if roll < 900 => Grade::Tot,
        roll if roll < 990 => Grade::HoanThanh,
        _ => Grade::KhongHoanThanh,
    };
    facts.grades.push(GradeFact { year, grade, decided: Some(day(year, 12, 15)), number: None, issuer: None });
    if grade < Grade::Tot {
        return;
    }
    let title = |award: &str| TitleFact {
        award: award.into(),
        year,
        decided: Some(day(year + 1, 1, 20)),
        number: None,
        issuer: None,
    };
    facts.titles.push(title("lao-dong-tien-tien"));
    let strong = strength >= STRONG;
    if dice.often(60 + strength / 12) {
        initiative(facts, dice, year, strong);
        if dice.often(150) {
            initiative(facts, dice, year, strong);
        }
    }
    if dice.often(if strong { 700 } else { 70 + strength / 4 }) {
        facts.titles.push(title("chien-si-thi-dua-co-so"));
    }
    if dice.often(if strong && ends_cycle { 600 } else { strength / 60 }) {
        facts.titles.push(title("chien-si-thi-dua-bo"));
    }
    if dice.often(if strong { 100 } else { strength / 40 }) {
        let award = match dice.below(100) {
            0..70 => "bang-khen-bo",
            70..98 => "bang-khen-thu-tuong",
            _ => "huan-chuong-lao-dong-ba",
        };
        let kind = match dice.below(10) {
            0 => Kind::DotXuat,
            1 => Kind::PhongTrao,
            _ => Kind::CongTrang,
        };
        facts.awards.push(AwardFact {
            award: award.into(),
            decided: day(year + 1, 3, 10),
            period: Some((year - 1, year)),
            kind: Some(kind),
            number: None,
            issuer: None,
        });
    }
}

fn initiative(facts: &mut Facts, dice: &mut Dice, year: i32, strong: bool) {
    let nationwide = if strong { 25 } else { 2 };
    let scope = match dice.below(100) {
        roll if roll < nationwide => Scope::ToanQuoc,
        roll if roll < nationwide + 16 => Scope::Bo,
        _ => Scope::CoSo,
    };
    let sort = if dice.often(200) { Sort::DeTai } else { Sort::SangKien };
    let used = scope == Scope::CoSo && dice.often(300);
    let used_for = if used { vec!["chien-si-thi-dua-co-so".to_owned()] } else { Vec::new() };
    let id = format!("SK{}", facts.initiatives.len());
    let decided = Some(day(year, 11, 20));
    facts.initiatives.push(InitiativeFact { id, year, sort, scope, decided, number: None, used_for });
}

/// Disciplinary measures of one year, and what is pending.
fn measures(facts: &mut Facts, dice: &mut Dice, recruited: i32, last: i32) {
    if dice.often(80) {
        let from = day(recruited + dice.below((last - recruited + 1) as u32) as i32, 6, 1);
        let to = Some(day(from.year() + 1, 6, 1));
        facts.disciplines.push(DisciplineFact { kind: Discipline::KhienTrach, from, to, number: None });
    }
    if dice.often(20) {
        let from = day(last - dice.below(3) as i32, 1 + dice.below(12), 5);
        let to = dice.often(700).then(|| from + Days::new(u64::from(30 + dice.below(300))));
        facts.holds.push(HoldFact { kind: Hold::ThanhTra, from, to });
    }
}

/// A director of a department, perhaps a deputy before.
fn posts(facts: &mut Facts, dice: &mut Dice, last: i32) {
    let from = day(last - dice.below(11) as i32, 1 + dice.below(12), 1);
    if dice.often(500) {
        let earlier = day(from.year() - 1 - dice.below(9) as i32, 1 + dice.below(12), 1);
        facts.posts.push(PostFact { post: "pho-vu-truong".into(), from: earlier, to: from.pred_opt() });
    }
    facts.posts.push(PostFact { post: "vu-truong".into(), from, to: None });
}

/// What councils and units confirmed, each condition once at the most.
fn confirmations(facts: &mut Facts, dice: &mut Dice, last: i32) {
    for (condition, whom, often) in CONFIRMED {
        let asked = match whom {
            For::All => true,
            For::Workers => facts.group == Some(Group::CongNhan),
            For::Forces => facts.group == Some(Group::LucLuongVuTrang),
            For::Directors => !facts.posts.is_empty(),
        };
        if asked && dice.often(often) {
            let on = day(last - 1 + dice.below(2) as i32, 1 + dice.below(12), 10);
            facts.attested.push(AttestedFact { condition: condition.into(), value: dice.often(900), on, by: None });
        }
    }
}

/// The same person with the records alone that the one rule of three conditions reads.
pub fn for_one_rule(mut facts: Facts) -> Facts {
    facts.titles.retain(|fact| fact.award == "chien-si-thi-dua-co-so");
    facts
        .complete
        .retain(|kind, _| matches!(kind, RecordKind::Titles | RecordKind::Initiatives | RecordKind::Disciplines));
    Facts {
        subject: facts.subject,
        recruited: facts.recruited,
        complete: facts.complete,
        titles: facts.titles,
        initiatives: facts.initiatives,
        disciplines: facts.disciplines,
        ..Facts::default()
    }
}
