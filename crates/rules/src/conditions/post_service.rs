//! Time in posts; a short time in one leading post adds to the next lower.

use std::sync::Arc;

use chrono::{Datelike, Months};
use serde::Deserialize;

use super::{Condition, read_ids};
use crate::ask::{Ask, Outcome, personnel_supplier, plain_record};
use crate::facts::{Day, RecordKind, Sex};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::words::{self, Words, count_en, count_vi};

#[derive(Debug)]
struct PostService {
    bands: Vec<Band>,
    women: Option<Reduction>,
    run: Option<Run>,
}

/// From `years` on, and below `below` where the next class begins.
#[derive(Debug)]
struct Band {
    posts: Vec<String>,
    /// Only these posts count; else the one post with every higher one.
    only: bool,
    years: u32,
    below: Option<u32>,
}

/// Which stretch without a gap counts, where time is not simply added up.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Run {
    Longest,
    /// The one that lasts on the day.
    Present,
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
        let only = band.texts("post").is_ok();
        let posts = read_ids(&band, "post")?;
        bands.push(Band { posts, only, years: band.number("years")?, below: band.opt_number("below")? });
        band.finish()?;
    }
    if bands.is_empty() {
        return Err(reader.fault(Words::new("thiếu “bands”", "`bands` is missing")));
    }
    Ok(Arc::new(PostService {
        bands,
        women: reader.opt_table("women")?.map(|women| read_reduction(&women)).transpose()?,
        run: reader.opt_word("run")?,
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

/// A stretch of service without a gap: its first day and the day after its last.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: Day,
    end: Day,
}

impl Stretch {
    /// Whole months, and the days beyond them.
    fn length(self) -> (u32, i64) {
        let months = |day: Day| day.year() * 12 + day.month0() as i32;
        let spanned = (months(self.end) - months(self.from)).max(0) as u32;
        let after = |months: u32| self.from.checked_add_months(Months::new(months)).unwrap_or(Day::MAX);
        let whole = if after(spanned) > self.end { spanned - 1 } else { spanned };
        (whole, (self.end - after(whole)).num_days())
    }
}

impl Band {
    fn counts(&self, ask: &Ask<'_>, held: &str) -> bool {
        let rank = |post: &str| ask.law.posts.rank(post, ask.law_day);
        let higher = |post: &String| rank(held).zip(rank(post)).is_some_and(|(held, wanted)| held <= wanted);
        self.posts.iter().any(|post| post == held || (!self.only && higher(post)))
    }

    /// The time served in the posts of the band, each day once.
    fn served(&self, ask: &Ask<'_>) -> Vec<Stretch> {
        let known = ask.facts.posts.iter().filter(|fact| fact.from <= ask.on && self.counts(ask, &fact.post));
        let end = |to: Option<Day>| to.unwrap_or(ask.on).min(ask.on).succ_opt().unwrap_or(Day::MAX);
        let mut all: Vec<Stretch> = known.map(|fact| Stretch { from: fact.from, end: end(fact.to) }).collect();
        all.sort_unstable_by_key(|stretch| (stretch.from, stretch.end));
        let mut joined: Vec<Stretch> = Vec::new();
        for stretch in all {
            match joined.last_mut() {
                Some(last) if stretch.from <= last.end => last.end = last.end.max(stretch.end),
                _ => joined.push(stretch),
            }
        }
        joined
    }
}

impl PostService {
    /// Whole months that count for a band.
    fn months(&self, ask: &Ask<'_>, band: &Band) -> u32 {
        let served = band.served(ask).into_iter();
        match self.run {
            Some(Run::Longest) => served.map(|stretch| stretch.length().0).max().unwrap_or(0),
            Some(Run::Present) => {
                served.filter(|stretch| stretch.end > ask.on).map(|stretch| stretch.length().0).max().unwrap_or(0)
            }
            None => {
                let (months, days) =
                    served.map(Stretch::length).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
                // A year has 365.2425 days, so 400 years have 146,097 days and 4,800 months.
                months + (days * 4_800 / 146_097) as u32
            }
        }
    }

    /// The first day on which a stretch that lasts on the day is long enough.
    fn earliest(&self, ask: &Ask<'_>) -> Option<Day> {
        self.run?;
        let lasting = |band: &Band| band.served(ask).into_iter().find(|stretch| stretch.end > ask.on);
        let reached = |band: &Band| lasting(band)?.from.checked_add_months(Months::new(band.years * 12))?.pred_opt();
        self.bands.iter().filter_map(reached).min()
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
            let months = self.months(ask, band);
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
        let mut open = held.filter(|fact| ask.law.posts.open(&fact.post, ask.law_day));
        let unranked = open.next();
        match reached.first() {
            Some(Reached::Within) => Outcome::met(records),
            Some(Reached::Beyond) => {
                let what = Words::new(
                    "thời gian giữ chức vụ, phục vụ đạt mức của hạng cao hơn",
                    "the time in post or service reaches the next higher class",
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
                    "quá trình giữ chức vụ, phục vụ chưa được xác nhận đầy đủ",
                    "the record of posts and service is not confirmed as whole",
                );
                Outcome::fact_missing(records, what, personnel_supplier())
            }
            _ => {
                let what = match self.run {
                    None => Words::new("chưa đủ thời gian giữ chức vụ", "the time in leading posts is too short"),
                    Some(_) => Words::new("chưa đủ thời gian liên tục", "the time without a break is too short"),
                };
                Outcome::not_met(records, what, self.earliest(ask))
            }
        }
    }

    fn words(&self, law: &Law, _day: Day) -> Words {
        let (run_vi, run_en) = self.run.map_or(("", ""), |_| (" liên tục", " without a break"));
        let band = |band: &Band| {
            let names: Vec<Words> = band.posts.iter().map(|post| law.posts.name(post)).collect();
            let name = words::either(&names);
            match (band.years, band.below) {
                (0, None) => name,
                (years, Some(below)) => Words::new(
                    format!("{} từ {} đến dưới {} năm{run_vi}", name.vi, count_vi(years), count_vi(below)),
                    format!("{}, {years} to less than {}{run_en}", name.en, count_en(below, "year")),
                ),
                (years, None) => Words::new(
                    format!("{} từ {} năm{run_vi} trở lên", name.vi, count_vi(years)),
                    format!("{}, {} or more{run_en}", name.en, count_en(years, "year")),
                ),
            }
        };
        let bands: Vec<Words> = self.bands.iter().map(band).collect();
        let bands = words::either(&bands);
        Words::new(format!("Đã giữ chức vụ: {}", bands.vi), format!("Has held a leading post: {}", bands.en))
    }
}
