//! The rows of a file while they wait: counted, filtered by state, the doubtful ones beside their candidates.

use askama::Template;
use store::imports::files::{self, ImportFile};
use store::imports::rows::{self, ImportRow};
use store::imports::{Kind, Problem, ROW_STATES, RowState};
use store::words;
use uuid::Uuid;

use super::count;
use crate::error::Error;
use crate::frame::Frame;
use crate::imports::{passed, words as told};
use crate::query;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

/// Rows of one page; a row with its candidates is heavy.
const ROWS: u32 = 25;

#[derive(Template)]
#[template(path = "import/rows.html")]
struct RowsPage {
    frame: Frame,
    id: String,
    kind: String,
    filters: Vec<Filter>,
    rows: Vec<Row>,
    chosen: String,
    after_now: String,
    first: String,
    after: String,
    shown: String,
    /// Why the last work came to nothing; empty where it did not.
    failed: String,
    /// Files with the same bytes that were entered before.
    before: Vec<String>,
    /// Which rows are no records, in one sentence, and where they are; empty where all are.
    passed: String,
    passed_at: String,
    doubtful: u32,
    ready: u32,
}

struct Filter {
    href: String,
    label: String,
    rows: u32,
    chosen: bool,
}

struct Row {
    n: i64,
    state: String,
    wrong: bool,
    subject: String,
    said: String,
    complaint: String,
    candidates: Vec<Candidate>,
    new_person: bool,
    correct: bool,
    decides: bool,
    /// Left out or passed over, it may be read after all.
    may_return: bool,
}

struct Candidate {
    person: Uuid,
    who: String,
    reasons: String,
}

#[derive(Template)]
#[template(path = "import/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    id: String,
    facts: Vec<(String, String)>,
    left_out: u32,
    ready: u32,
}

pub async fn show(visit: &Visit, file: ImportFile) -> Answer {
    let store = &visit.app.store;
    let counts = rows::counts(store, OFFICE, file.id).await?;
    let chosen = visit.asked("loc").and_then(|state| words::parse::<RowState>(state).ok());
    let after: i64 = visit.asked("sau").and_then(|n| n.parse().ok()).unwrap_or(0);
    let states: Vec<RowState> = chosen.into_iter().collect();
    let mut found = rows::list(store, OFFICE, file.id, &states, after, ROWS + 1).await?;
    let more = found.len() > ROWS as usize;
    found.truncate(ROWS as usize);
    let here = format!("/nhap-du-lieu/{}", file.id);
    let address = |state: Option<RowState>, after: Option<i64>| {
        let (state, after) = (state.map(words::text), after.map(|n| n.to_string()));
        let pairs = [("loc", &state), ("sau", &after)];
        let pairs: Vec<(&str, &str)> =
            pairs.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))).collect();
        query::address(&here, &pairs)
    };
    let page = RowsPage {
        frame: visit.frame(file.file_name.clone()).crumb(visit.t("import-title"), "/nhap-du-lieu"),
        id: file.id.to_string(),
        kind: told::kind(visit.language, file.kind),
        filters: filters(visit, &counts, chosen, &address),
        chosen: chosen.map(words::text).unwrap_or_default(),
        after_now: if after > 0 { after.to_string() } else { String::new() },
        first: if after > 0 { address(chosen, None) } else { String::new() },
        after: found.last().filter(|_| more).map_or_else(String::new, |row| address(chosen, Some(row.n))),
        shown: shown(visit, &counts, chosen, found.len()),
        failed: super::last_failure(visit, &file).await?,
        before: before(visit, &file).await?,
        passed: passed::told(&visit.app, &file, visit.language).await?,
        passed_at: address(Some(RowState::Skipped), None),
        doubtful: count(&counts, &[RowState::Doubtful]),
        ready: count(&counts, &[RowState::Ready, RowState::New]),
        rows: found.iter().map(|one| row(visit, file.kind, one)).collect(),
    };
    visit.page(&page)
}

/// What will be entered, before it is.
pub async fn confirm(visit: &Visit, file: ImportFile) -> Answer {
    let counts = rows::counts(&visit.app.store, OFFICE, file.id).await?;
    let facts = ROW_STATES.into_iter().filter_map(|state| {
        let rows = count(&counts, &[state]);
        (rows > 0).then(|| (told::row_state(visit.language, state), visit.language.number(rows.into())))
    });
    let page = ConfirmPage {
        facts: facts.collect(),
        left_out: count(&counts, &[RowState::Doubtful, RowState::Conflict, RowState::Wrong]),
        ready: count(&counts, &[RowState::Ready, RowState::New]),
        id: file.id.to_string(),
        frame: visit
            .frame(visit.t("import-confirm-title"))
            .crumb(visit.t("import-title"), "/nhap-du-lieu")
            .crumb(file.file_name, format!("/nhap-du-lieu/{}", file.id)),
    };
    visit.page(&page)
}

fn filters(
    visit: &Visit,
    counts: &[(RowState, u32)],
    chosen: Option<RowState>,
    address: &impl Fn(Option<RowState>, Option<i64>) -> String,
) -> Vec<Filter> {
    let all = Filter {
        href: address(None, None),
        label: visit.t("import-row-all"),
        rows: counts.iter().map(|(_, rows)| rows).sum(),
        chosen: chosen.is_none(),
    };
    let by_state = ROW_STATES.into_iter().map(|state| Filter {
        href: address(Some(state), None),
        label: told::row_state(visit.language, state),
        rows: count(counts, &[state]),
        chosen: chosen == Some(state),
    });
    std::iter::once(all).chain(by_state.filter(|filter| filter.rows > 0 || filter.chosen)).collect()
}

async fn before(visit: &Visit, file: &ImportFile) -> Result<Vec<String>, Error> {
    let earlier = files::entered_before(&visit.app.store, OFFICE, file).await?;
    let counts = rows::counts(&visit.app.store, OFFICE, file.id).await?;
    let same = count(&counts, &[RowState::Known]);
    let told = earlier.into_iter().map(|earlier| {
        let day = visit.language.day(crate::clock::day_of(earlier.made));
        visit.language.text_with("import-before", &[("day", &day), ("who", &earlier.who), ("rows", &same)])
    });
    Ok(told.collect())
}

fn row(visit: &Visit, kind: Kind, row: &ImportRow) -> Row {
    let doubtful = matches!(row.state, RowState::Doubtful | RowState::Conflict);
    let candidates = row.candidates.iter().filter(|_| doubtful).map(|candidate| Candidate {
        person: candidate.person,
        who: told::who(visit.language, candidate),
        reasons: told::reasons(visit.language, candidate),
    });
    let passed = row.problems.iter().any(Problem::is_passed);
    let differs = row.existing.as_ref().is_some_and(|existing| existing.record.is_some() && !existing.same);
    Row {
        n: row.n,
        state: told::row_state(visit.language, row.state),
        wrong: row.state == RowState::Wrong,
        subject: if passed { String::new() } else { told::subject(visit.language, &row.values) },
        said: if passed { String::new() } else { told::said(visit.language, kind, &row.values) },
        complaint: match row.state {
            RowState::Doubtful => String::new(),
            _ => told::complaint(visit.language, kind, row).unwrap_or_default(),
        },
        candidates: candidates.collect(),
        new_person: doubtful && row.values.of_person(kind) && row.existing.is_none(),
        correct: doubtful && kind == Kind::Grades && differs,
        decides: !matches!(row.state, RowState::Wrong | RowState::Written | RowState::Skipped | RowState::Known),
        may_return: row.state == RowState::Skipped,
    }
}

fn shown(visit: &Visit, counts: &[(RowState, u32)], chosen: Option<RowState>, rows: usize) -> String {
    let total: u32 = match chosen {
        Some(state) => count(counts, &[state]),
        None => counts.iter().map(|(_, rows)| rows).sum(),
    };
    visit.language.text_with("import-rows-shown", &[("rows", &rows), ("total", &total)])
}
