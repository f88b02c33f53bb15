//! Time in leading posts; a short time in one post adds to the next lower.

use std::sync::Arc;

use super::Condition;
use crate::ask::{Ask, Outcome, personnel_supplier, plain_record};
use crate::facts::{Day, PostFact, RecordKind, Sex};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NEVER};
use crate::scan::packed;
use crate::words::{self, Words, count_en, count_vi};

#[derive(Debug)]
struct PostService {
    bands: Vec<Band>,
    women: Option<Reduction>,
}

/// From `years` on, and below `below` where the next class begins.
#[derive(Debug)]
struct Band {
    post: String,
    years: u32,
    below: Option<u32>,
}

/// The reduction of the time for women.
#[derive(Debug, Clone, Copy)]
enum Reduction {
    /// A part of the time: numerator and denominator.
    Part(u32, u32),
    Years(u32),
}

impl Reduction {
    /// The time asked of a woman, in months.
    fn of(self, years: u32) -> u32 {
        match self {
            Reduction::Part(top, bottom) => (years * 12 * (bottom - top)).div_ceil(bottom),
            Reduction::Years(off) => years.saturating_sub(off) * 12,
        }
    }
}

pub fn read(reader: &Reader<'_>) -> Result<Arc<dyn Condition>, Fault> {
    let mut bands = Vec::new();
    for band in reader.tables("bands")? {
        bands.push(Band { post: band.text("post")?, years: band.number("years")?, below: band.opt_number("below")? });
        band.finish()?;
    }
    if bands.is_empty() {
        return Err(reader.fault(Words::new("thiếu “bands”", "`bands` is missing")));
    }
    Ok(Arc::new(PostService {
        bands,
        women: reader.opt_table("women")?.map(|women| read_reduction(&women)).transpose()?,
    }))
}

fn read_reduction(women: &Reader<'_>) -> Result<Reduction, Fault> {
    let reduction = match (women.opt_text("off")?, women.opt_number("off_years")?) {
        (Some(part), None) => {
            let numbers =
                part.split_once('/').and_then(|(top, bottom)| Some((top.parse().ok()?, bottom.parse().ok()?)));
            match numbers {
                Some((top, bottom)) if top < bottom => Reduction::Part(top, bottom),
                _ => {
                    return Err(women.fault_at(
                        "off",
                        Words::new("“off” phải là phân số như 1/3", "`off` must be a fraction such as 1/3"),
                    ));
                }
            }
        }
        (None, Some(years)) => Reduction::Years(years),
        _ => return Err(women.fault(Words::new("viết “off” hoặc “off_years”", "write `off` or `off_years`"))),
    };
    women.finish()?;
    Ok(reduction)
}

/// A post held from a day to a day, with its rank.
struct Held {
    from: Day,
    until: Day,
    rank: Option<u32>,
}

impl Held {
    /// From the packed form, with the ranks by number of the post.
    fn read(words: &[u32], ranks: &[Option<u32>], day: Day) -> Self {
        let (from, to) = packed::days(words[0]);
        Held { from, until: to.unwrap_or(day).min(day), rank: ranks[words[1] as usize] }
    }
}

/// The posts begun by the day, in the order of their days.
fn held(ask: &Ask<'_>) -> Vec<Held> {
    let begun = ask.facts.posts.iter().filter(|fact| fact.from <= ask.on);
    let one = |fact: &PostFact| Held {
        from: fact.from,
        until: fact.to.unwrap_or(ask.on).min(ask.on),
        rank: ask.law.posts.rank(&fact.post, ask.law_day),
    };
    let mut posts: Vec<Held> = begun.map(one).collect();
    posts.sort_unstable_by_key(|post| (post.from, post.until));
    posts
}

/// Whole months served in posts of a rank or higher ones, each day counted once.
fn months(posts: &[Held], rank: u32) -> u32 {
    let (mut days, mut counted) = (0, Day::MIN);
    for post in posts.iter().filter(|post| post.rank.is_some_and(|held| held <= rank)) {
        let from = post.from.max(counted);
        if from <= post.until {
            days += (post.until - from).num_days() + 1;
            counted = post.until.succ_opt().unwrap_or(post.until);
        }
    }
    // A year has 365.2425 days, so 400 years have 146,097 days and 4,800 months.
    (days * 4_800 / 146_097) as u32
}

/// What the time served comes to.
#[derive(Clone, Copy, PartialEq)]
enum Reached {
    Within,
    /// Far enough for the next higher class.
    Beyond,
    Short,
}

impl PostService {
    /// The best that the bands give from the months served for each, with or without the reduction for women. A band
    /// reached beyond its end leads to the higher class, whatever the lower bands say.
    fn reached(&self, months: &[u32], reduced: bool) -> Reached {
        let asked = |years: u32| match self.women {
            Some(reduction) if reduced => reduction.of(years),
            _ => years * 12,
        };
        let one = |(band, months): (&Band, &u32)| match *months {
            0 => Reached::Short,
            months if band.below.is_some_and(|below| months >= asked(below)) => Reached::Beyond,
            months if months >= asked(band.years) => Reached::Within,
            _ => Reached::Short,
        };
        let all = || self.bands.iter().zip(months).map(one);
        let best = [Reached::Beyond, Reached::Within].into_iter().find(|reached| all().any(|one| one == *reached));
        best.unwrap_or(Reached::Short)
    }

    /// Whether the reduction for women applies: known, or open both ways.
    fn reductions(&self, sex: Option<Sex>, confirmed: impl FnOnce() -> Option<bool>) -> &'static [bool] {
        match (self.women, sex) {
            (None, _) | (_, Some(Sex::Nam)) => &[false],
            (_, None) => &[false, true],
            (_, Some(Sex::Nu)) => match confirmed() {
                Some(true) => &[true],
                Some(false) => &[false],
                None => &[false, true],
            },
        }
    }
}

impl Condition for PostService {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let records: Vec<_> = (0..ask.facts.posts.len()).map(|place| plain_record("posts", place)).collect();
        let posts = held(ask);
        let rank = |band: &Band| ask.law.posts.rank(&band.post, ask.law_day);
        let months: Vec<u32> =
            self.bands.iter().map(|band| rank(band).map_or(0, |rank| months(&posts, rank))).collect();
        let reductions = self.reductions(ask.facts.sex, || ask.attested().map(|(_, applies)| applies));
        let reached: Vec<Reached> = reductions.iter().map(|reduced| self.reached(&months, *reduced)).collect();
        if reached.windows(2).any(|pair| pair[0] != pair[1]) {
            let what = Words::new(
                "kết luận phụ thuộc việc giảm thời gian cho nữ: cần xác nhận không thuộc nhóm có tuổi nghỉ hưu cao hơn",
                "the answer turns on the reduction for women: to be confirmed that no higher retirement age applies",
            );
            return Outcome::fact_missing(records, what, personnel_supplier());
        }
        let held = ask.facts.posts.iter().filter(|fact| fact.from <= ask.on);
        let unranked = held.clone().find(|fact| ask.law.posts.rank(&fact.post, ask.law_day).is_none());
        match reached.first() {
            Some(Reached::Within) => Outcome::met(records),
            Some(Reached::Beyond) => {
                let what = Words::new(
                    "thời gian giữ chức vụ đạt mức của hạng cao hơn",
                    "the time in post reaches the next higher class",
                );
                Outcome::not_met(records, what, None)
            }
            _ if unranked.is_some() => {
                let post = unranked.map_or("", |fact| fact.post.as_str());
                let mut missing = ask.text();
                missing.what = Words::new(
                    format!("chưa có văn bản xác định chức vụ tương đương: {}", ask.law.posts.name(post).vi),
                    format!("no text at hand says which post stands level with: {}", ask.law.posts.name(post).en),
                );
                Outcome::text_missing(records, missing)
            }
            _ if !ask.complete_for_life(RecordKind::Posts) => {
                let what = Words::new(
                    "quá trình giữ chức vụ chưa được xác nhận đầy đủ",
                    "the record of posts is not confirmed as whole",
                );
                Outcome::fact_missing(records, what, personnel_supplier())
            }
            _ => {
                let what = Words::new("chưa đủ thời gian giữ chức vụ", "the time in leading posts is too short");
                Outcome::not_met(records, what, None)
            }
        }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        let (law, day, confirmation) = (plan.law, plan.day, plan.confirmation());
        let ranks: Vec<Option<u32>> = plan.posts().iter().map(|post| law.posts.rank(post, day)).collect();
        let bands: Vec<Option<u32>> = self.bands.iter().map(|band| law.posts.rank(&band.post, day)).collect();
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                let held = row.list(packed::POSTS).chunks_exact(2);
                let mut posts: Vec<Held> = held.map(|words| Held::read(words, &ranks, row.day())).collect();
                posts.sort_unstable_by_key(|post| (post.from, post.until));
                let months: Vec<u32> = bands.iter().map(|rank| rank.map_or(0, |rank| months(&posts, rank))).collect();
                let reductions = self.reductions(row.sex(), || row.confirmed(&confirmation));
                let reached = self.reached(&months, reductions[0]);
                match reached {
                    _ if reductions[1..].iter().any(|other| self.reached(&months, *other) != reached) => Cell::UNKNOWN,
                    Reached::Within => Cell::MET,
                    Reached::Beyond => Cell::not_met(NEVER),
                    _ if posts.iter().any(|post| post.rank.is_none()) => Cell::UNKNOWN,
                    _ if !row.is_whole_for_life(RecordKind::Posts) => Cell::UNKNOWN,
                    _ => Cell::not_met(NEVER),
                }
            })
        })
    }

    fn words(&self, law: &Law, _day: Day) -> Words {
        let band = |band: &Band| {
            let name = law.posts.name(&band.post);
            match band.below {
                Some(below) => Words::new(
                    format!("{} từ {} đến dưới {} năm", name.vi, count_vi(band.years), count_vi(below)),
                    format!("{}, {} to less than {}", name.en, band.years, count_en(below, "year")),
                ),
                None => Words::new(
                    format!("{} từ {} năm trở lên", name.vi, count_vi(band.years)),
                    format!("{}, {} or more", name.en, count_en(band.years, "year")),
                ),
            }
        };
        let bands: Vec<Words> = self.bands.iter().map(band).collect();
        let bands = words::either(&bands);
        Words::new(format!("Đã giữ chức vụ: {}", bands.vi), format!("Has held a leading post: {}", bands.en))
    }
}
