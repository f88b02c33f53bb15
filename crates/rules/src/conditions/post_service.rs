//! Time in posts; a short time in one leading post adds to the next lower.

use std::sync::Arc;

use chrono::{Datelike, Months};
use serde::Deserialize;

use super::{Condition, read_ids};
use crate::ask::{Ask, Outcome, Record, personnel_supplier, plain_record};
use crate::facts::{Day, RecordKind, Sex};
use crate::law::Law;
use crate::reader::{Fault, Reader};
use crate::scan::asked::{Column, Plan};
use crate::scan::cell::{Cell, NEVER, when};
use crate::scan::packed;
use crate::scan::reads::Part;
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
    /// Whether time in a post counts for the band on a day.
    fn counts(&self, law: &Law, day: Day, held: &str) -> bool {
        let rank = |post: &str| law.posts.rank(post, day);
        let higher = |post: &String| rank(held).zip(rank(post)).is_some_and(|(held, wanted)| held <= wanted);
        self.posts.iter().any(|post| post == held || (!self.only && higher(post)))
    }
}

/// The time served from days to days up to the day `on`, each day once.
fn served(held: impl Iterator<Item = (Day, Option<Day>)>, on: Day) -> Vec<Stretch> {
    let end = |to: Option<Day>| to.unwrap_or(on).min(on).succ_opt().unwrap_or(Day::MAX);
    let mut all: Vec<Stretch> = held.map(|(from, to)| Stretch { from, end: end(to) }).collect();
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

impl PostService {
    /// The time served for each band.
    fn by_band(&self, ask: &Ask<'_>) -> Vec<Vec<Stretch>> {
        let of = |band: &Band| {
            let begun = ask.facts.posts.iter().filter(|fact| fact.from <= ask.on);
            let counted = begun.filter(|fact| band.counts(ask.law, ask.law_day, &fact.post));
            served(counted.map(|fact| (fact.from, fact.to)), ask.on)
        };
        self.bands.iter().map(of).collect()
    }

    /// Whole months that count of the time served for a band.
    fn months(&self, served: &[Stretch], on: Day) -> u32 {
        let longest = |served: &mut dyn Iterator<Item = &Stretch>| served.map(|stretch| stretch.length().0).max();
        match self.run {
            Some(Run::Longest) => longest(&mut served.iter()).unwrap_or(0),
            Some(Run::Present) => longest(&mut served.iter().filter(|stretch| stretch.end > on)).unwrap_or(0),
            None => {
                let lengths = served.iter().map(|stretch| stretch.length());
                let (months, days) = lengths.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
                // A year has 365.2425 days, so 400 years have 146,097 days and 4,800 months.
                months + (days * 4_800 / 146_097) as u32
            }
        }
    }

    /// The first day on which a stretch that lasts on the day is long enough.
    fn earliest(&self, by_band: &[Vec<Stretch>], on: Day) -> Option<Day> {
        self.run?;
        let reached = |(band, served): (&Band, &Vec<Stretch>)| {
            let lasting = served.iter().find(|stretch| stretch.end > on)?;
            lasting.from.checked_add_months(Months::new(band.years * 12))?.pred_opt()
        };
        self.bands.iter().zip(by_band).filter_map(reached).min()
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

    /// Whether a text could still add the time in a post: where only posts by name count, the level of another listed
    /// post is no question.
    fn asks_for_level(&self, law: &Law, day: Day, post: &str) -> bool {
        law.posts.open(post, day) && (self.by_level() || !law.posts.listed(post))
    }

    fn by_level(&self) -> bool {
        self.bands.iter().any(|band| !band.only)
    }

    /// What a time that is too short comes to: not met only where no text and no record can add to it.
    fn short(&self, ask: &Ask<'_>, records: Vec<Record>, by_band: &[Vec<Stretch>]) -> Outcome {
        let mut held = ask.facts.posts.iter().filter(|fact| fact.from <= ask.on).map(|fact| fact.post.as_str());
        if let Some(post) = held.find(|post| self.asks_for_level(ask.law, ask.law_day, post)) {
            let mut missing = ask.text();
            missing.what = Words::new(
                format!("chưa có văn bản xác định chức vụ tương đương: {}", ask.law.posts.name(post).vi),
                format!("no text at hand says which post stands level with: {}", ask.law.posts.name(post).en),
            );
            return Outcome::text_missing(records, missing);
        }
        if !ask.complete_for_life(RecordKind::Posts) {
            let what = Words::new(
                "quá trình giữ chức vụ, phục vụ chưa được xác nhận đầy đủ",
                "the record of posts and service is not confirmed as whole",
            );
            return Outcome::fact_missing(records, what, personnel_supplier());
        }
        let what = match self.run {
            None if self.by_level() => {
                Words::new("chưa đủ thời gian giữ chức vụ", "the time in leading posts is too short")
            }
            None => Words::new("chưa đủ thời gian", "the time is too short"),
            Some(_) => Words::new("chưa đủ thời gian liên tục", "the time without a break is too short"),
        };
        Outcome::not_met(records, what, self.earliest(by_band, ask.on))
    }
}

impl Condition for PostService {
    fn decide(&self, ask: &Ask<'_>) -> Outcome {
        let records: Vec<_> = (0..ask.facts.posts.len()).map(|place| plain_record("posts", place)).collect();
        let by_band = self.by_band(ask);
        let months: Vec<u32> = by_band.iter().map(|served| self.months(served, ask.on)).collect();
        let reductions = self.reductions(ask.facts.sex, || ask.attested().map(|(_, applies)| applies));
        let reached: Vec<Reached> = reductions.iter().map(|reduced| self.reached(&months, *reduced)).collect();
        if reached.windows(2).any(|pair| pair[0] != pair[1]) {
            let what = Words::new(
                "kết luận phụ thuộc việc giảm thời gian cho nữ: cần xác nhận không thuộc nhóm có tuổi nghỉ hưu cao hơn",
                "the answer turns on the reduction for women: to be confirmed that no higher retirement age applies",
            );
            return Outcome::fact_missing(records, what, personnel_supplier());
        }
        match reached.first() {
            Some(Reached::Within) => Outcome::met(records),
            Some(Reached::Beyond) => {
                let what = Words::new(
                    "thời gian giữ chức vụ, phục vụ đạt mức của hạng cao hơn",
                    "the time in post or service reaches the next higher class",
                );
                Outcome::not_met(records, what, None)
            }
            _ => self.short(ask, records, &by_band),
        }
    }

    fn column<'l>(&'l self, plan: &Plan<'_, 'l>) -> Column<'l> {
        plan.reads(&[Part::List(packed::POSTS), Part::Life, Part::Who]);
        let (law, day) = (plan.law, plan.day);
        let confirmation = self.women.map(|_| plan.confirmation());
        let open: Vec<bool> = plan.posts().iter().map(|post| self.asks_for_level(law, day, post)).collect();
        let counts = |band: &Band| plan.posts().iter().map(|post| band.counts(law, day, post)).collect();
        let counts: Vec<Vec<bool>> = self.bands.iter().map(counts).collect();
        Box::new(move |asked, cells| {
            asked.each(cells, |row| {
                if row.list(packed::POSTS).is_empty() && self.bands.iter().all(|band| band.years > 0) {
                    let whole = row.is_whole_for_life(RecordKind::Posts);
                    return if whole { Cell::not_met(NEVER) } else { Cell::UNKNOWN };
                }
                let held = || row.list(packed::POSTS).chunks_exact(2).map(|words| (words[1] as usize, words[0]));
                let of = |counts: &Vec<bool>| {
                    served(held().filter(|(post, _)| counts[*post]).map(|(_, days)| packed::days(days)), day)
                };
                let by_band: Vec<Vec<Stretch>> = counts.iter().map(of).collect();
                let months: Vec<u32> = by_band.iter().map(|served| self.months(served, day)).collect();
                let reductions = self.reductions(row.sex(), || row.confirmed(confirmation.as_ref()?));
                let reached = self.reached(&months, reductions[0]);
                match reached {
                    _ if reductions[1..].iter().any(|other| self.reached(&months, *other) != reached) => Cell::UNKNOWN,
                    Reached::Within => Cell::MET,
                    Reached::Beyond => Cell::not_met(NEVER),
                    Reached::Short if held().any(|(post, _)| open[post]) => Cell::UNKNOWN,
                    Reached::Short if !row.is_whole_for_life(RecordKind::Posts) => Cell::UNKNOWN,
                    Reached::Short => Cell::not_met(self.earliest(&by_band, day).map_or(NEVER, when)),
                }
            })
        })
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
