//! Reads facts from JSON and refuses what cannot be true, with the path to it.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::facts::{Day, Facts, Subject, Year};
use crate::law::Law;
use crate::reader::nearest;
use crate::words::Words;

/// No record is older: the first emulation appeal of 1948.
const FIRST_YEAR: Year = 1948;
/// Years after today's that a record may name are slips of the pen.
const LAST_YEAR: Year = 2200;
/// More text than any subject's records need; bounds the work of one request.
const LONGEST: usize = 4 * 1024 * 1024;

/// What is wrong with the facts, and where.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FactsFault {
    /// A JSON pointer; empty for the whole.
    pub path: String,
    /// Counted from 1, where the text itself could not be read.
    pub line: Option<usize>,
    pub message: Words,
}

/// Reads one subject's facts. Unknown fields, impossible days, two grades for one year and records before birth are
/// refused; so are honours that the law does not know.
pub fn parse(law: &Law, text: &str) -> Result<Facts, FactsFault> {
    if text.len() > LONGEST {
        return Err(whole(Words::new("tệp quá lớn (tối đa 4 MB)", "the file is too large (4 MB at most)")));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let facts: Facts = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let inner = error.inner();
        FactsFault {
            path: pointer(&error.path().to_string()),
            line: (inner.line() > 0).then(|| inner.line()),
            message: reason(&inner.to_string()),
        }
    })?;
    reader.end().map_err(|error| FactsFault {
        path: String::new(),
        line: Some(error.line()),
        message: reason(&error.to_string()),
    })?;
    check(law, &facts)?;
    Ok(facts)
}

/// Refuses facts that contradict each other or that no honour of the law explains.
pub fn check(law: &Law, facts: &Facts) -> Result<(), FactsFault> {
    few(facts)?;
    days(facts)?;
    years(facts)?;
    once(facts)?;
    order(facts)?;
    honours(law, facts)?;
    let members_of_a_person = facts.subject != Subject::TapThe && !facts.members.is_empty();
    match members_of_a_person {
        true => Err(at("/members", "chỉ tập thể mới có thành viên", "only a collective has members")),
        false => members(facts),
    }
}

fn whole(message: Words) -> FactsFault {
    FactsFault { path: String::new(), line: None, message }
}

fn at(path: impl Into<String>, vi: impl Into<String>, en: impl Into<String>) -> FactsFault {
    FactsFault { path: path.into(), line: None, message: Words::new(vi, en) }
}

/// `titles[0].year` as `/titles/0/year`.
fn pointer(path: &str) -> String {
    if path == "." {
        return String::new();
    }
    format!("/{}", path.replace("[", "/").replace(']', "").replace('.', "/")).replace("//", "/")
}

/// The reader's own reason without its position, said in both languages.
fn reason(error: &str) -> Words {
    let said = error.split(" at line ").next().unwrap_or(error);
    let vi = said
        .replace("unknown field", "không có trường")
        .replace("missing field", "thiếu trường")
        .replace("unknown variant", "không nhận giá trị")
        .replace("duplicate field", "trùng trường")
        .replace("expected one of", "chỉ nhận một trong:")
        .replace("expected", "cần")
        .replace("invalid type:", "sai kiểu:")
        .replace("invalid value:", "sai giá trị:")
        .replace("input contains invalid characters", "không phải ngày (viết năm-tháng-ngày)")
        .replace("input is out of range", "ngày không có trong lịch")
        .replace("premature end of input", "ngày viết chưa đủ")
        .replace("EOF while parsing", "tệp dừng giữa chừng khi đọc")
        .replace("trailing characters", "thừa ký tự sau dữ liệu");
    let en = said
        .replace("input contains invalid characters", "not a day (write year-month-day)")
        .replace("input is out of range", "no such day in the calendar")
        .replace("premature end of input", "an incomplete day");
    Words::new(vi, en)
}

/// More records of a kind than any subject has.
const MOST: usize = 2_000;

/// Lists that are longer than any life.
fn few(facts: &Facts) -> Result<(), FactsFault> {
    let lists = [
        ("grades", facts.grades.len()),
        ("titles", facts.titles.len()),
        ("awards", facts.awards.len()),
        ("initiatives", facts.initiatives.len()),
        ("disciplines", facts.disciplines.len()),
        ("holds", facts.holds.len()),
        ("posts", facts.posts.len()),
        ("leave", facts.leave.len()),
        ("registrations", facts.registrations.len()),
        ("attested", facts.attested.len()),
        ("members", facts.members.len()),
        ("complete", facts.complete.values().map(Vec::len).sum()),
    ];
    match lists.into_iter().find(|(_, many)| *many > MOST) {
        Some((list, many)) => Err(at(
            format!("/{list}"),
            format!("{many} dòng là quá nhiều (tối đa {MOST})"),
            format!("{many} records are too many ({MOST} at most)"),
        )),
        None => Ok(()),
    }
}

/// Nobody of whom records are kept was born before; later days are slips of the pen.
const FIRST_BIRTH: Year = 1850;

/// Days that no record can have.
fn days(facts: &Facts) -> Result<(), FactsFault> {
    fn listed<T>(list: &'static str, facts: &[T], days: impl Fn(&T) -> [Option<Day>; 2]) -> Vec<(String, Day)> {
        let named = facts.iter().enumerate().flat_map(|(place, fact)| days(fact).map(|day| (place, day)));
        named.filter_map(|(place, day)| Some((format!("/{list}/{place}"), day?))).collect()
    }
    let mut all: Vec<(String, Day)> = Vec::new();
    all.extend(facts.born.map(|day| ("/born".to_owned(), day)));
    all.extend(facts.recruited.map(|day| ("/recruited".to_owned(), day)));
    all.extend(listed("grades", &facts.grades, |fact| [fact.decided, None]));
    all.extend(listed("titles", &facts.titles, |fact| [fact.decided, None]));
    all.extend(listed("initiatives", &facts.initiatives, |fact| [fact.decided, None]));
    all.extend(listed("disciplines", &facts.disciplines, |fact| [Some(fact.from), fact.to]));
    all.extend(listed("holds", &facts.holds, |fact| [Some(fact.from), fact.to]));
    all.extend(listed("posts", &facts.posts, |fact| [Some(fact.from), fact.to]));
    all.extend(listed("leave", &facts.leave, |fact| [Some(fact.from), fact.to]));
    all.extend(listed("attested", &facts.attested, |fact| [Some(fact.on), None]));
    match all.into_iter().find(|(_, day)| !(FIRST_BIRTH..=LAST_YEAR).contains(&day.year())) {
        Some((path, day)) => Err(at(path, format!("ngày {day} không thể có"), format!("the day {day} is impossible"))),
        None => Ok(()),
    }
}

/// Years that no record can have.
fn years(facts: &Facts) -> Result<(), FactsFault> {
    let lists: [(&str, Vec<Year>); 6] = [
        ("grades", facts.grades.iter().map(|fact| fact.year).collect()),
        ("titles", facts.titles.iter().map(|fact| fact.year).collect()),
        ("initiatives", facts.initiatives.iter().map(|fact| fact.year).collect()),
        ("members", facts.members.iter().map(|fact| fact.year).collect()),
        ("registrations", facts.registrations.clone()),
        ("awards", facts.awards.iter().map(|fact| fact.decided.year()).collect()),
    ];
    for (list, years) in lists {
        if let Some(place) = years.iter().position(|year| !(FIRST_YEAR..=LAST_YEAR).contains(year)) {
            let year = years[place];
            return Err(at(
                format!("/{list}/{place}"),
                format!("năm {year} không thể có"),
                format!("year {year} is impossible"),
            ));
        }
    }
    for (kind, ranges) in &facts.complete {
        if let Some(place) = ranges.iter().position(|(from, to)| from > to || *from < FIRST_YEAR || *to > LAST_YEAR) {
            let name =
                serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
            return Err(at(
                format!("/complete/{name}/{place}"),
                "khoảng năm phải có năm đầu không sau năm cuối",
                "a range must begin no later than it ends",
            ));
        }
    }
    let period = facts.awards.iter().position(|fact| {
        fact.period.is_some_and(|(from, to)| from > to || from < FIRST_YEAR || to > fact.decided.year())
    });
    match period {
        Some(place) => Err(at(
            format!("/awards/{place}/period"),
            "giai đoạn thành tích phải kết thúc trước khi có quyết định",
            "the achievement must end before the decision",
        )),
        None => Ok(()),
    }
}

/// One grade a year, one title of a kind a year, one count of members a year.
fn once(facts: &Facts) -> Result<(), FactsFault> {
    let twice = |list: Vec<(Year, &str)>| {
        let mut seen = BTreeSet::new();
        list.into_iter().position(|one| !seen.insert(one))
    };
    let grades = facts.grades.iter().map(|fact| (fact.year, "")).collect();
    if let Some(place) = twice(grades) {
        let year = facts.grades[place].year;
        return Err(at(
            format!("/grades/{place}"),
            format!("hai mức đánh giá cho năm {year}"),
            format!("two grades for {year}"),
        ));
    }
    let titles = facts.titles.iter().map(|fact| (fact.year, fact.award.as_str())).collect();
    if let Some(place) = twice(titles) {
        let year = facts.titles[place].year;
        return Err(at(
            format!("/titles/{place}"),
            format!("một danh hiệu hai lần cho năm {year}"),
            format!("one title twice for {year}"),
        ));
    }
    let members = facts.members.iter().map(|fact| (fact.year, "")).collect();
    match twice(members) {
        Some(place) => {
            let year = facts.members[place].year;
            Err(at(
                format!("/members/{place}"),
                format!("hai số liệu thành viên cho năm {year}"),
                format!("members counted twice for {year}"),
            ))
        }
        None => Ok(()),
    }
}

/// Ends after beginnings, nothing before birth, titles decided after their year began.
fn order(facts: &Facts) -> Result<(), FactsFault> {
    let spans: Vec<(String, Day, Option<Day>)> = (facts.disciplines.iter().enumerate())
        .map(|(place, fact)| (format!("/disciplines/{place}"), fact.from, fact.to))
        .chain(facts.holds.iter().enumerate().map(|(place, fact)| (format!("/holds/{place}"), fact.from, fact.to)))
        .chain(facts.posts.iter().enumerate().map(|(place, fact)| (format!("/posts/{place}"), fact.from, fact.to)))
        .chain(facts.leave.iter().enumerate().map(|(place, fact)| (format!("/leave/{place}"), fact.from, fact.to)))
        .collect();
    if let Some((path, ..)) = spans.iter().find(|(_, from, to)| to.is_some_and(|to| to < *from)) {
        return Err(at(path.clone(), "ngày kết thúc trước ngày bắt đầu", "it ends before it begins"));
    }
    if let Some(place) = facts.titles.iter().position(|fact| fact.decided.is_some_and(|day| day.year() < fact.year)) {
        return Err(at(
            format!("/titles/{place}"),
            "quyết định có trước năm của danh hiệu",
            "decided before the year of the title",
        ));
    }
    if let Some(place) = facts.grades.iter().position(|fact| fact.decided.is_some_and(|day| day.year() < fact.year)) {
        return Err(at(
            format!("/grades/{place}"),
            "đánh giá có trước năm được đánh giá",
            "graded before the year began",
        ));
    }
    let Some(born) = facts.born else { return Ok(()) };
    let before = |path: String, day: Day| match day < born {
        true => Err(at(path, "có trước ngày sinh", "it lies before birth")),
        false => Ok(()),
    };
    if let Some(day) = facts.recruited {
        before("/recruited".into(), day)?;
    }
    for (place, fact) in facts.titles.iter().enumerate() {
        let first = Day::from_ymd_opt(fact.year, 12, 31).unwrap_or(Day::MIN);
        before(format!("/titles/{place}"), fact.decided.unwrap_or(first).min(first))?;
    }
    for (place, fact) in facts.awards.iter().enumerate() {
        before(format!("/awards/{place}"), fact.decided)?;
    }
    for (place, fact) in facts.grades.iter().enumerate() {
        before(format!("/grades/{place}"), Day::from_ymd_opt(fact.year, 12, 31).unwrap_or(Day::MIN))?;
    }
    spans.into_iter().try_for_each(|(path, from, _)| before(path, from))
}

/// Honours that the law lists.
fn honours(law: &Law, facts: &Facts) -> Result<(), FactsFault> {
    let known: Vec<&str> = law.awards.iter().map(|award| award.id.as_str()).collect();
    let titles = facts.titles.iter().enumerate().map(|(place, fact)| (format!("/titles/{place}/award"), &fact.award));
    let awards = facts.awards.iter().enumerate().map(|(place, fact)| (format!("/awards/{place}/award"), &fact.award));
    let Some((path, id)) = titles.chain(awards).find(|(_, id)| !known.contains(&id.as_str())) else { return Ok(()) };
    let near = nearest(id, &known);
    let (vi, en) =
        near.map_or((String::new(), String::new()), |near| (format!("; viết “{near}”"), format!("; write `{near}`")));
    Err(at(path, format!("không có danh hiệu, hình thức “{id}”{vi}"), format!("no honour `{id}`{en}")))
}

/// No part of a collective is larger than the whole.
fn members(facts: &Facts) -> Result<(), FactsFault> {
    for (place, fact) in facts.members.iter().enumerate() {
        let graded: u64 = fact.grades.values().map(|count| u64::from(*count)).sum();
        let holders = fact.titles.values().chain(fact.disciplined.values()).max().copied().unwrap_or(0);
        if graded > u64::from(fact.total) || holders > fact.total {
            return Err(at(
                format!("/members/{place}"),
                "một phần lớn hơn tổng số thành viên",
                "a part is larger than the number of members",
            ));
        }
    }
    Ok(())
}
