//! One sentence that says what an answer comes to.

use chrono::Datelike;

use crate::answer::{Answer, Finding, StandardFinding};
use crate::ask::Verdict;
use crate::law::Law;
use crate::words::{self, Words};

/// Of the nearest standard: the verdict, the first things missing, and when it can be met.
pub(crate) fn sentence(law: &Law, answer: &Answer) -> Words {
    let Some(nearest) = answer.nearest() else {
        let verdict = verdict_words(answer.verdict);
        return match answer.leaning() {
            Verdict::NotMet => Words::new(
                format!("{}: không dành cho nhóm đối tượng này.", verdict.vi),
                format!("{}: not for this group of people.", verdict.en),
            ),
            _ => Words::new(
                format!("{}: tiêu chuẩn của ngày này chưa được cập nhật.", verdict.vi),
                format!("{}: the standard of this day is not loaded.", verdict.en),
            ),
        };
    };
    let mut said = lead(law, answer, nearest);
    let reasons = reasons(nearest);
    if !reasons.vi.is_empty() {
        said = joined(said, ": ", &reasons);
    }
    if let Some(day) = nearest.earliest {
        let month = words::day(day).en;
        let month = month.split_once(' ').map_or("", |(_, month)| month);
        let when =
            Words::new(format!("sớm nhất tháng {:02}/{}", day.month(), day.year()), format!("{month} at the earliest"));
        said = joined(said, "; ", &when);
    }
    if nearest.leaning() != Verdict::Met && answer.other_occasions() {
        let others = Words::new(
            "trường hợp khác (phong trào, đột xuất, cống hiến…) cần có văn bản xác nhận",
            "other ways (a movement, a sudden achievement, long service…) need a confirmation",
        );
        said = joined(said, "; ", &others);
    }
    Words::new(format!("{}.", said.vi), format!("{}.", said.en))
}

fn joined(said: Words, by: &str, more: &Words) -> Words {
    Words::new(format!("{}{by}{}", said.vi, more.vi), format!("{}{by}{}", said.en, more.en))
}

fn verdict_words(verdict: Verdict) -> Words {
    match verdict {
        Verdict::Met => Words::new("Đủ tiêu chuẩn", "Standard met"),
        Verdict::NotMet => Words::new("Chưa đủ tiêu chuẩn", "Standard not yet met"),
        Verdict::Unknown => Words::new("Chưa đủ căn cứ kết luận", "Not enough to conclude"),
    }
}

/// The verdict; under a text that is not loaded, the last verdict with the text to check it against.
fn lead(law: &Law, answer: &Answer, nearest: &StandardFinding) -> Words {
    let verdict = verdict_words(nearest.leaning());
    // A single standard may be kept from "not met" by a transition that belongs to the whole answer.
    let open = nearest.provisional.is_some() || (answer.provisional.is_some() && answer.standards.len() == 1);
    if !open {
        return verdict;
    }
    let degraded = || nearest.conditions.iter().filter(|finding| finding.provisional.is_some());
    let name = |id: &str| law.documents.get(id).map_or_else(|| Words::same(id), |document| document.name.clone());
    let text = degraded().flat_map(|finding| &finding.missing).find_map(|missing| missing.text.as_deref());
    let text = text.or_else(|| {
        law.transitions
            .iter()
            .rev()
            .find(|change| change.change <= answer.on)
            .map(|change| change.source.document.as_str())
    });
    let check = text.map_or_else(|| Words::new("văn bản chưa được cập nhật", "the text that is not loaded"), name);
    let loaded = degraded().filter_map(|finding| law.documents.get(&finding.source.document)?.loaded_until).min();
    let rules = match loaded.filter(|last| *last < answer.on).map(words::day) {
        Some(last) => {
            Words::new(format!("Theo quy định đến {}", last.vi), format!("Under the rules up to {}", last.en))
        }
        None => Words::new("Theo quy định hiện có", "Under the rules at hand"),
    };
    Words::new(
        format!("{}: {}; cần đối chiếu {}", rules.vi, lower(&verdict.vi), check.vi),
        format!("{}: {}; to be checked against {}", rules.en, lower(&verdict.en), check.en),
    )
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// What a standard lacks, at most two things.
fn reasons(standard: &StandardFinding) -> Words {
    let first = |finding: &'_ Finding| {
        let own = finding.missing.iter().find(|missing| finding.provisional.is_none() || missing.text.is_none());
        own.map(|missing| missing.what.clone())
    };
    let mut said: Vec<Words> = Vec::new();
    for what in standard.blocking().into_iter().filter_map(first) {
        if !said.contains(&what) && said.len() < 2 {
            said.push(what);
        }
    }
    let join = |texts: Vec<&str>| texts.join("; ");
    Words::new(
        join(said.iter().map(|words| words.vi.as_str()).collect()),
        join(said.iter().map(|words| words.en.as_str()).collect()),
    )
}
