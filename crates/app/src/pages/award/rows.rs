//! The dated rows of an honour: names, who decides, bonus with its amounts, votes, ceilings, papers, deadlines.

use askama::Template;
use rules::bonus;
use rules::facts::Day;
use rules::law::{Award, Bonus, Law, Mark, Row};
use rules::words::Words;

use crate::catalogue::{self, Remark};
use crate::citation::cite;
use crate::error::Error;
use crate::frame::Frame;
use crate::standing;

#[derive(Template)]
#[template(path = "award/rows.html")]
struct Rows<'f> {
    frame: &'f Frame,
    lists: Vec<List>,
    bonuses: Vec<Paid>,
    rounding: Option<String>,
}

/// The rows of one kind: those of the day first, then the past struck, then those to come.
struct List {
    title: &'static str,
    rows: Vec<Dated>,
}

struct Dated {
    words: String,
    span: String,
    cite: String,
    remark: Option<Remark>,
    when: When,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Now,
    Past,
    ToCome,
}

/// A multiple of the base salary with the amounts it came to.
struct Paid {
    subject: String,
    times: String,
    span: String,
    cite: String,
    remark: Option<Remark>,
    amounts: Vec<Amount>,
}

/// What was paid while one base salary held.
struct Amount {
    span: String,
    salary: String,
    dong: String,
    now: bool,
}

/// The dated rows as a part of the page.
pub fn render(law: &Law, award: &Award, day: Day, frame: &Frame) -> Result<String, Error> {
    let plain = |words: &Words| frame.language.pick(words).to_owned();
    let list = |title, rows: Vec<Dated>| List { title, rows };
    let lists = vec![
        list("award-names", dated(law, &award.names, day, frame, plain)),
        list("award-deciders", dated(law, &award.decided_by, day, frame, plain)),
        list("award-votes", dated(law, &award.votes, day, frame, |vote| catalogue::vote_words(vote, frame))),
        list("award-quotas", dated(law, &award.quotas, day, frame, |quota| catalogue::quota_words(quota, frame))),
        list("award-papers", dated(law, &award.papers, day, frame, plain)),
        list("award-deadlines", dated(law, &award.deadlines, day, frame, plain)),
        list("award-notes", dated(law, &award.notes, day, frame, plain)),
    ];
    let rounding = rules::law::row_on(&law.rounding, day).map(|row| {
        let (dong, source) = (frame.language.money(row.value as i64), cite(law, &row.source, frame.language));
        frame.t2("award-rounding", "dong", dong, "source", source)
    });
    let part = Rows {
        frame,
        lists: lists.into_iter().filter(|list| !list.rows.is_empty()).collect(),
        bonuses: bonuses(award).map(|row| paid(law, award, row, day, frame)).collect(),
        rounding,
    };
    Ok(part.render()?)
}

/// Rows in words; rows alike that follow each other are one, cited as on the day.
fn dated<T>(law: &Law, rows: &[Row<T>], day: Day, frame: &Frame, words: impl Fn(&T) -> String) -> Vec<Dated> {
    let mut runs: Vec<(String, Day, Option<Day>, &Row<T>)> = Vec::new();
    for row in rows {
        let said = words(&row.value);
        let follows =
            |until: Option<Day>| until.and_then(|until| until.succ_opt()).is_some_and(|next| next >= row.from);
        match runs.iter_mut().find(|(known, _, until, _)| *known == said && follows(*until)) {
            Some((_, _, until, cited)) => {
                *until = row.until;
                if row.from <= day {
                    *cited = row;
                }
            }
            None => runs.push((said, row.from, row.until, row)),
        }
    }
    let when = |from: Day, until: Option<Day>| match () {
        () if from > day => When::ToCome,
        () if until.is_some_and(|until| until < day) => When::Past,
        () => When::Now,
    };
    let mut dated: Vec<Dated> = runs
        .into_iter()
        .map(|(words, from, until, row)| Dated {
            words,
            span: catalogue::span(frame.language, from, until),
            cite: cite(law, &row.source, frame.language),
            remark: catalogue::remark(law, standing::of_row(law, row, day), frame.language),
            when: when(from, until),
        })
        .collect();
    dated.sort_by_key(|row| row.when);
    dated
}

/// The multiples, subject by subject, the latest first.
fn bonuses(award: &Award) -> impl Iterator<Item = &Row<Bonus>> {
    let of = |subject| award.bonuses.iter().rev().filter(move |row| row.value.subject == subject);
    award.subjects.iter().copied().flat_map(of)
}

/// A multiple with one amount for each base salary that held while it did.
fn paid(law: &Law, award: &Award, row: &Row<Bonus>, day: Day, frame: &Frame) -> Paid {
    let language = frame.language;
    let overlap = |salary: &Row<u64>| {
        let from = salary.from.max(row.from);
        let until = [salary.until, row.until].into_iter().flatten().min();
        until.is_none_or(|until| from <= until).then_some((from, until))
    };
    // Where the multiple is not known there is nothing to compute.
    let salaries = if row.mark == Mark::Never { &[][..] } else { &law.base_salary };
    let amount = |salary: &Row<u64>| {
        let (from, until) = overlap(salary)?;
        let amount = bonus::amount(law, &award.id, from, row.value.subject);
        Some(Amount {
            span: catalogue::span(language, from, until),
            salary: language.money(salary.value as i64),
            dong: amount
                .map_or_else(|| frame.t("award-amount-unknown").into_owned(), |paid| language.money(paid.dong as i64)),
            now: from <= day && until.is_none_or(|until| day <= until),
        })
    };
    Paid {
        subject: frame.t(catalogue::subject_key(row.value.subject)).into_owned(),
        times: frame.t1("award-times", "times", language.hundredths(row.value.thousandths as i64 / 10)),
        span: catalogue::span(language, row.from, row.until),
        cite: cite(law, &row.source, language),
        remark: catalogue::remark(law, standing::of_row(law, row, day), language),
        amounts: salaries.iter().filter_map(amount).collect(),
    }
}
