//! Time in leading posts; a short time in one post adds to the next lower.

use std::sync::Arc;

use super::Condition;
use crate::ask::{Ask, Outcome, personnel_supplier, plain_record};
use crate::facts::{Day, RecordKind, Sex};
use crate::law::Law;
use crate::reader::{Fault, Reader};
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

/// The finest part that a reduction is written in.
const FINEST: u32 = 1_000;

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
                Some((top, bottom)) if top < bottom && bottom <= FINEST => Reduction::Part(top, bottom),
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

impl PostService {
    /// Whole months served in a post or higher ones, each day counted once.
    fn months(&self, ask: &Ask<'_>, post: &str) -> u32 {
        let Some(rank) = ask.law.posts.rank(post, ask.law_day) else { return 0 };
        let mut served: Vec<(Day, Day)> = Vec::new();
        for fact in ask.facts.posts.iter().filter(|fact| fact.from <= ask.on) {
            let until = fact.to.unwrap_or(ask.on).min(ask.on);
            if ask.law.posts.rank(&fact.post, ask.law_day).is_some_and(|held| held <= rank) {
                served.push((fact.from, until));
            }
        }
        served.sort_unstable();
        let (mut days, mut counted) = (0, Day::MIN);
        for (from, until) in served {
            let from = from.max(counted);
            if from <= until {
                days += (until - from).num_days() + 1;
                counted = until.succ_opt().unwrap_or(until);
            }
        }
        // A year has 365.2425 days, so 400 years have 146,097 days and 4,800 months.
        (days * 4_800 / 146_097) as u32
    }
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
    /// The best that the bands give, with or without the reduction for women. A band reached beyond its end leads to
    /// the higher class, whatever the lower bands say.
    fn reached(&self, ask: &Ask<'_>, reduced: bool) -> Reached {
        let asked = |years: u32| match self.women {
            Some(reduction) if reduced => reduction.of(years),
            _ => years * 12,
        };
        let one = |band: &Band| {
            let months = self.months(ask, &band.post);
            match months {
                0 => Reached::Short,
                _ if band.below.is_some_and(|below| months >= asked(below)) => Reached::Beyond,
                _ if months >= asked(band.years) => Reached::Within,
                _ => Reached::Short,
            }
        };
        let all: Vec<Reached> = self.bands.iter().map(one).collect();
        let best = [Reached::Beyond, Reached::Within].into_iter().find(|reached| all.contains(reached));
        best.unwrap_or(Reached::Short)
    }

    /// Whether the reduction for women applies: known, or open both ways.
    fn reductions(&self, ask: &Ask<'_>) -> Vec<bool> {
        match (self.women, ask.facts.sex, ask.attested()) {
            (None, ..) | (_, Some(Sex::Nam), _) => vec![false],
            (_, Some(Sex::Nu), Some((_, applies))) => vec![applies],
            _ => vec![false, true],
        }
    }
}

impl Condition for PostService {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let records: Vec<_> = (0..ask.facts.posts.len()).map(|place| plain_record("posts", place)).collect();
        let reached: Vec<Reached> =
            self.reductions(ask).into_iter().map(|reduced| self.reached(ask, reduced)).collect();
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
