//! One sentence that says what an answer comes to.

use chrono::Datelike;

use crate::answer::{Answer, Finding};
use crate::ask::Verdict;
use crate::law::{Law, Role, Transition};
use crate::words::{self, Words};

/// The verdict, the first things missing, and when it can be met.
pub(crate) fn sentence(law: &Law, answer: &Answer, favourable: Option<&Transition>) -> Words {
    let lead = lead(law, answer, favourable);
    let leaning = answer.leaning();
    let reasons = reasons(answer, leaning);
    let mut said = lead;
    if !reasons.vi.is_empty() {
        said = Words::new(format!("{}: {}", said.vi, reasons.vi), format!("{}: {}", said.en, reasons.en));
    }
    if let Some(day) = answer.earliest {
        let month = words::day(day).en;
        let month = month.split_once(' ').map_or("", |(_, month)| month);
        said = Words::new(
            format!("{}; sớm nhất tháng {:02}/{}", said.vi, day.month(), day.year()),
            format!("{}; {month} at the earliest", said.en),
        );
    }
    Words::new(format!("{}.", said.vi), format!("{}.", said.en))
}

fn verdict_words(verdict: Verdict) -> Words {
    match verdict {
        Verdict::Met => Words::new("Đủ tiêu chuẩn", "Standard met"),
        Verdict::NotMet => Words::new("Chưa đủ tiêu chuẩn", "Standard not yet met"),
        Verdict::Unknown => Words::new("Chưa đủ căn cứ kết luận", "Not enough to conclude"),
    }
}

fn lead(law: &Law, answer: &Answer, favourable: Option<&Transition>) -> Words {
    let Some(provisional) = answer.provisional else { return verdict_words(answer.verdict) };
    let name = |id: &str| law.documents.get(id).map_or_else(|| Words::same(id), |document| document.name.clone());
    let verdict = verdict_words(provisional);
    let findings = || answer.standards.iter().flat_map(|standard| &standard.conditions);
    let loaded = findings().filter_map(|finding| law.documents.get(&finding.source.document)?.loaded_until).min();
    let missing = match favourable {
        Some(change) => Some(name(&change.source.document)),
        None => findings().flat_map(|finding| &finding.missing).find_map(|missing| missing.text.as_deref().map(name)),
    };
    let check = missing.unwrap_or_else(|| Words::new("văn bản chưa được cập nhật", "the text that is not loaded"));
    let until = loaded.map_or_else(|| words::day(answer.on), words::day);
    Words::new(
        format!("Theo quy định đến {}: {}; cần đối chiếu {}", until.vi, lower(&verdict.vi), check.vi),
        format!("Under the rules up to {}: {}; to be checked against {}", until.en, lower(&verdict.en), check.en),
    )
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// What the nearest standard lacks, at most two things.
fn reasons(answer: &Answer, leaning: Verdict) -> Words {
    let Some(nearest) = answer.nearest() else {
        return Words::new("tiêu chuẩn của ngày này chưa được cập nhật", "the standard of this day is not loaded");
    };
    if leaning == Verdict::Met {
        return Words::default();
    }
    let blocks = |finding: &&Finding| finding.role != Role::Judgement && finding.leaning() == leaning;
    let missing = nearest.conditions.iter().filter(blocks).filter_map(|finding| {
        finding.missing.iter().find(|missing| finding.provisional.is_none() || missing.text.is_none())
    });
    let mut said: Vec<&Words> = Vec::new();
    for missing in missing {
        if !said.contains(&&missing.what) && said.len() < 2 {
            said.push(&missing.what);
        }
    }
    let join = |texts: Vec<&str>| texts.join("; ");
    Words::new(
        join(said.iter().map(|words| words.vi.as_str()).collect()),
        join(said.iter().map(|words| words.en.as_str()).collect()),
    )
}
