//! Fictitious careers from a seed: the same number always makes the same person.

use chrono::Datelike;
use rules::facts::{
    AwardFact, Day, Discipline, DisciplineFact, Facts, Grade, GradeFact, Group, InitiativeFact, Kind, PostFact,
    RecordKind, Scope, Sex, Sort, Subject, TitleFact,
};

/// A small generator of numbers (splitmix64): fast, and the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// The dice of one person.
    pub fn of(seed: u64, person: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ person.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
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

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// One person with a career of up to thirty years before `until`.
pub fn person(seed: u64, number: u64, until: Day) -> Facts {
    let mut dice = Dice::of(seed, number);
    let last = until.year() - 1;
    let recruited = last - dice.below(30) as i32;
    let strength = dice.below(1000);
    let mut facts = Facts {
        subject: Subject::CaNhan,
        sex: Some(if dice.often(470) { Sex::Nu } else { Sex::Nam }),
        born: Some(day(recruited - 23 - dice.below(8) as i32, 1 + dice.below(12), 1 + dice.below(28))),
        group: Some(if dice.often(700) { Group::CongChuc } else { Group::VienChuc }),
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
        one_year(&mut facts, &mut dice, year, strength);
    }
    if dice.often(80) {
        let from = day(recruited + dice.below((last - recruited + 1) as u32) as i32, 6, 1);
        let to = Some(day(from.year() + 1, 6, 1));
        facts.disciplines.push(DisciplineFact { kind: Discipline::KhienTrach, from, to, number: None });
    }
    if strength > 850 && last - recruited > 10 {
        let from = day(last - dice.below(9) as i32, 3, 1);
        facts.posts.push(PostFact { post: "vu-truong".into(), from, to: None });
    }
    facts
}

fn one_year(facts: &mut Facts, dice: &mut Dice, year: i32, strength: u32) {
    let grade = match dice.below(1000) {
        roll if roll < 150 + strength / 8 => Grade::XuatSac,
        roll if roll < 900 => Grade::Tot,
        roll if roll < 990 => Grade::HoanThanh,
        _ => Grade::KhongHoanThanh,
    };
    facts.grades.push(GradeFact { year, grade, decided: Some(day(year, 12, 15)), number: None, issuer: None });
    let title = |award: &str| TitleFact {
        award: award.into(),
        year,
        decided: Some(day(year + 1, 1, 20)),
        number: None,
        issuer: None,
    };
    if grade < Grade::Tot {
        return;
    }
    facts.titles.push(title("lao-dong-tien-tien"));
    if dice.often(60 + strength / 12) {
        let place = facts.initiatives.len();
        let scope = match dice.below(100) {
            0..=1 => Scope::ToanQuoc,
            2..=17 => Scope::Bo,
            _ => Scope::CoSo,
        };
        let (id, sort) = (format!("SK{place}"), Sort::SangKien);
        let decided = Some(day(year, 11, 20));
        facts.initiatives.push(InitiativeFact { id, year, sort, scope, decided, number: None, used_for: Vec::new() });
    }
    if dice.often(70 + strength / 4) {
        facts.titles.push(title("chien-si-thi-dua-co-so"));
    }
    if dice.often(strength / 60) {
        facts.titles.push(title("chien-si-thi-dua-bo"));
    }
    if dice.often(strength / 40) {
        let award = if dice.often(800) { "bang-khen-bo" } else { "bang-khen-thu-tuong" };
        let period = Some((year - 1, year));
        let kind = Some(Kind::CongTrang);
        facts.awards.push(AwardFact {
            award: award.into(),
            decided: day(year + 1, 3, 10),
            period,
            kind,
            number: None,
            issuer: None,
        });
    }
}
