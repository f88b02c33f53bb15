//! One draft of a decision: its paper, its lines, who is meant, and its way into the register.

pub mod line;

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::facts::Day;
use store::drafts;
use store::error::StoreError;
use store::register;
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::honours;
use crate::query;
use crate::register::choices::{self, Choice, Groups, Says};
use crate::register::draft::{Draft, KIND};
use crate::register::line::{Line, Recipient};
use crate::register::paper;
use crate::register::recipients::{self, Candidate};
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

/// Lines of one page.
const ROWS: usize = 20;
/// Names asked about at once.
const UNTOLD: usize = 20;

#[derive(Template)]
#[template(path = "draft.html")]
struct DraftPage {
    frame: Frame,
    here: String,
    version: i64,
    paper: Sheet,
    adding: Sheet,
    says: Says,
    kinds: Vec<Choice>,
    awards: Groups,
    series: Vec<register::Series>,
    untold: Vec<Untold>,
    untold_more: usize,
    found: Found,
    rows: Vec<Row>,
    total: usize,
    shown: String,
    first: String,
    after: String,
    /// What keeps it from the register: a sentence, and the line it is about.
    troubles: Vec<String>,
    twin_href: String,
    conflict: bool,
}

/// A name of which it must be told who is meant.
struct Untold {
    place: usize,
    name: String,
    hint: String,
    candidates: Vec<Choice>,
}

/// What a search for recipients found.
#[derive(Template)]
#[template(path = "draft/found.html")]
struct Found {
    frame: Frame,
    asked: String,
    found: Vec<Candidate>,
}

struct Row {
    place: usize,
    href: String,
    name: String,
    post: String,
    award: String,
    achievement: String,
    outside: bool,
    wrong: String,
}

/// What comes back to who is typing.
#[derive(Default)]
struct Told {
    paper: Option<Sheet>,
    wrong: HashMap<usize, String>,
    twin: Option<Uuid>,
    conflict: bool,
}

/// `GET /quyet-dinh/du-thao/{id}`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let kept = opened(&visit, id?.0).await?;
    let draft = Draft::of(&kept.content);
    visit.page(&page(&visit, &kept, &draft, Told::default()).await?)
}

/// `GET /quyet-dinh/du-thao/{id}/tim`: whoever bears these words, as a part of the page.
pub async fn find(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let kept = opened(&visit, id?.0).await?;
    let draft = Draft::of(&kept.content);
    visit.page(&found(&visit, &draft, visit.asked("tim").unwrap_or_default()).await?)
}

/// `POST /quyet-dinh/du-thao/{id}`: keeps what was typed, then does what the button says.
pub async fn save(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    let posted = Posted::of(&body);
    let mut kept = opened(&visit, id?.0).await?;
    let mut draft = Draft::of(&kept.content);
    let conflict = posted.get("phien") != kept.changed.to_string();
    let told_lines = draft.untold().map(|(place, _)| place).collect::<Vec<_>>();
    draft.take(&posted);
    if paper::is_secret(&draft.paper_sheet()) {
        // Nothing of it is kept: what came goes back to the browser and nowhere else.
        let mut sheet = draft.paper_sheet();
        sheet.wrong("do-mat", visit.t("register-wrong-secret"));
        let told = Told { paper: Some(sheet), ..Told::default() };
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &kept, &draft, told).await?);
    }
    if conflict {
        let told = Told { conflict, ..Told::default() };
        return visit.page_as(StatusCode::CONFLICT, &page(&visit, &kept, &draft, told).await?);
    }
    tell(&visit, &mut draft, &posted, &told_lines).await?;
    let here = format!("/quyet-dinh/du-thao/{}", kept.id);
    let (act, of) = posted.get("viec").split_once(':').unwrap_or((posted.get("viec"), ""));
    let next = match act {
        "them" => add(&visit, &mut draft).await.map(|()| format!("{here}#danh-sach"))?,
        "chon" => choose(&visit, &mut draft, of).await.map(|()| format!("{here}#danh-sach"))?,
        "tim" => query::address(&here, &[("tim", draft.adding_sheet().typed("tim"))]) + "#tim-thay",
        "so" => number(&visit, &mut draft).await.map(|()| here.clone())?,
        "bo" => {
            if let Some(place) = of.parse().ok().filter(|place| *place < draft.lines.len()) {
                draft.lines.remove(place);
            }
            format!("{here}#danh-sach")
        }
        "xoa" => {
            drafts::drop(&visit.app.store, &visit.signed_in()?.viewer, kept.id).await?;
            return Ok(Redirect::to("/quyet-dinh/du-thao").into_response());
        }
        _ => here,
    };
    kept.content = draft.json();
    kept.changed =
        drafts::keep(&visit.app.store, &visit.signed_in()?.viewer, &kept, visit.app.settings.clock.now()).await?;
    if act == "ghi" { submit(&visit, kept, draft).await } else { Ok(Redirect::to(&next).into_response()) }
}

async fn opened(visit: &Visit, id: Uuid) -> Result<drafts::Draft, Error> {
    drafts::one(&visit.app.store, &visit.signed_in()?.viewer, KIND, id).await?.ok_or(Error::NotFound)
}

/// Takes over who is meant by the names asked about, and drops those that are to go.
async fn tell(visit: &Visit, draft: &mut Draft, posted: &Posted, places: &[usize]) -> Result<(), Error> {
    let told: Vec<(usize, String)> = places
        .iter()
        .filter_map(|place| Some((*place, posted.sent(&format!("ai-{place}"))?.to_owned())))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    let names: Vec<String> =
        told.iter().filter_map(|(place, _)| draft.lines.get(*place)).map(|line| line.name.clone()).collect();
    let known = recipients::known(visit, &names, day(visit, draft)).await?;
    for (place, value) in told.iter().rev() {
        let Some(line) = draft.lines.get(*place).cloned() else { continue };
        let subjects = draft.subjects(&visit.app.law, &line);
        let everyone = known.candidates(
            &recipients::Asked { unit: String::new(), born: None, ..recipients::asked_of(&line) },
            &subjects,
        );
        match Recipient::of(value) {
            None => {
                draft.lines.remove(*place);
            }
            Some(outside) if outside.is_outside() => draft.lines[*place].recipient = Some(outside),
            Some(known) => {
                if let Some(candidate) = everyone.iter().find(|candidate| candidate.recipient == known) {
                    recipients::settle(&mut draft.lines[*place], candidate);
                }
            }
        }
    }
    Ok(())
}

async fn add(visit: &Visit, draft: &mut Draft) -> Result<(), Error> {
    let mut adding = draft.adding_sheet();
    let asked = recipients::parse(adding.typed("danh-sach"));
    let names: Vec<String> = asked.iter().map(|asked| asked.name.clone()).collect();
    let known = recipients::known(visit, &names, day(visit, draft)).await?;
    draft.add(asked, &known, &visit.app.law);
    adding.set("danh-sach", "");
    draft.adding = adding.kept();
    Ok(())
}

async fn choose(visit: &Visit, draft: &mut Draft, value: &str) -> Result<(), Error> {
    let mut adding = draft.adding_sheet();
    let found = recipients::found(visit, adding.typed("tim"), day(visit, draft)).await?;
    let Some(chosen) = found.iter().find(|candidate| candidate.recipient.value() == value) else {
        return Ok(());
    };
    let typed =
        crate::register::line::SHARED.iter().map(|name| ((*name).to_owned(), adding.typed(name).to_owned())).collect();
    let mut line = Line { recipient: None, name: String::new(), hint: String::new(), unit: None, typed };
    recipients::settle(&mut line, chosen);
    if draft.lines.len() < register::MOST_LINES {
        draft.lines.push(line);
    }
    adding.set("tim", "");
    draft.adding = adding.kept();
    Ok(())
}

/// Fills in the number after the highest of the series.
async fn number(visit: &Visit, draft: &mut Draft) -> Result<(), Error> {
    let mut sheet = draft.paper_sheet();
    let year = crate::field::year(sheet.typed("nam")).unwrap_or(chrono::Datelike::year(&day(visit, draft)));
    let viewer = &visit.signed_in()?.viewer;
    let next =
        register::next_number(&visit.app.store, viewer, sheet.typed("co-quan"), sheet.typed("ky-hieu"), year).await?;
    if let Some(next) = next {
        sheet.set("so", next);
        draft.paper = sheet.kept();
    }
    Ok(())
}

/// Enters the decision with all its lines in one step, or says what is amiss.
async fn submit(visit: &Visit, kept: drafts::Draft, draft: Draft) -> Answer {
    let (store, viewer, language) = (&visit.app.store, &visit.signed_in()?.viewer, visit.language);
    let mut sheet = draft.paper_sheet();
    let mut told = Told::default();
    let read = paper::read(&mut sheet, language, visit.today, (Uuid::now_v7(), Uuid::now_v7()));
    let taken = match &read {
        Some((it, _)) => register::taken(store, viewer, &it.issuer, &it.symbol, &it.number, it.year).await?,
        None => None,
    };
    if let Some((_, paper)) = read.as_ref().filter(|_| taken.is_some()) {
        match (paper.legacy, &paper.twin_reason) {
            (false, _) => sheet.wrong("so", visit.t("register-wrong-taken")),
            (true, None) => sheet.wrong("ly-do-trung", visit.t("register-wrong-twin")),
            (true, Some(_)) => {}
        }
        told.twin = taken;
    }
    let entry = match read.filter(|_| sheet.holds()) {
        Some((decision, paper)) => draft.entry(decision, paper, &visit.app.law, language, &mut told.wrong),
        None => None,
    };
    if draft.lines.is_empty() {
        told.wrong.insert(usize::MAX, visit.t("register-wrong-no-lines"));
    }
    let entry = entry.filter(|_| told.wrong.is_empty());
    if let Some(entry) = entry {
        let at = visit.app.settings.clock.now();
        match register::enter(store, viewer, at, &visit.t("register-why-enter"), Some(&kept), entry).await {
            Ok(id) => return Ok(Redirect::to(&format!("/quyet-dinh/{id}")).into_response()),
            // Someone else took the number a moment ago.
            Err(StoreError::Duplicate(_)) => sheet.wrong("so", visit.t("register-wrong-taken")),
            Err(other) => return Err(other.into()),
        }
    }
    told.paper = Some(sheet);
    visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(visit, &kept, &draft, told).await?)
}

/// The day on which the recipients are looked up.
fn day(visit: &Visit, draft: &Draft) -> Day {
    draft.day().filter(|day| *day <= visit.today).unwrap_or(visit.today)
}

async fn found(visit: &Visit, draft: &Draft, asked: &str) -> Result<Found, Error> {
    let found = if asked.is_empty() { Vec::new() } else { recipients::found(visit, asked, day(visit, draft)).await? };
    Ok(Found { frame: visit.frame(""), asked: asked.to_owned(), found })
}

async fn page(visit: &Visit, kept: &drafts::Draft, draft: &Draft, told: Told) -> Result<DraftPage, Error> {
    let (language, viewer) = (visit.language, &visit.signed_in()?.viewer);
    let on = day(visit, draft);
    let here = format!("/quyet-dinh/du-thao/{}", kept.id);
    let begin =
        visit.asked("tu").and_then(|from| from.parse().ok()).filter(|from| *from < draft.lines.len()).unwrap_or(0);
    let end = draft.lines.len().min(begin + ROWS);
    let turn = |from: usize| query::address(&here, &[("tu", &from.to_string())]) + "#danh-sach";
    let mut troubles: Vec<(usize, String)> = told
        .wrong
        .iter()
        .map(|(place, why)| {
            let line = draft.lines.get(*place).map(|line| format!("{}. {}: {why}", place + 1, line.name));
            (*place, line.unwrap_or_else(|| why.clone()))
        })
        .collect();
    troubles.sort();
    troubles.truncate(UNTOLD);
    let (untold, untold_more) = untold(visit, draft, on).await?;
    Ok(DraftPage {
        frame: visit
            .frame(visit.t("draft-title"))
            .crumb(visit.t("decisions-title"), "/quyet-dinh")
            .crumb(visit.t("drafts-title"), "/quyet-dinh/du-thao"),
        version: kept.changed,
        paper: told.paper.unwrap_or_else(|| draft.paper_sheet()),
        adding: draft.adding_sheet(),
        says: Says::of(language),
        kinds: choices::kinds(language),
        awards: choices::awards(&visit.app.law, language, on),
        series: register::series(&visit.app.store, viewer).await?,
        untold,
        untold_more,
        found: found(visit, draft, visit.asked("tim").unwrap_or_default()).await?,
        rows: (begin..end).map(|place| row(visit, draft, &here, place, on, &told.wrong)).collect(),
        total: draft.lines.len(),
        shown: language.text_with(
            "decision-shown",
            &[("from", &(begin + 1).min(end)), ("to", &end), ("total", &draft.lines.len())],
        ),
        first: if begin > 0 { turn(0) } else { String::new() },
        after: if end < draft.lines.len() { turn(end) } else { String::new() },
        troubles: troubles.into_iter().map(|(_, why)| why).collect(),
        twin_href: told.twin.map_or_else(String::new, |id| format!("/quyet-dinh/{id}")),
        conflict: told.conflict,
        here,
    })
}

/// The first names of which it must be told who is meant, and how many more there are.
async fn untold(visit: &Visit, draft: &Draft, on: Day) -> Result<(Vec<Untold>, usize), Error> {
    let all = draft.untold().count();
    let asked: Vec<(usize, &Line)> = draft.untold().take(UNTOLD).collect();
    if asked.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let names: Vec<String> = asked.iter().map(|(_, line)| line.name.clone()).collect();
    let known = recipients::known(visit, &names, on).await?;
    let of = |(place, line): (usize, &Line)| {
        let subjects = draft.subjects(&visit.app.law, line);
        let everyone = recipients::Asked { unit: String::new(), born: None, ..recipients::asked_of(line) };
        let known = known.candidates(&everyone, &subjects);
        let candidates = known.iter().map(|it| (it.recipient.value(), format!("{} ({})", it.name, it.says)));
        Untold { place, name: line.name.clone(), hint: line.hint.clone(), candidates: candidates.collect() }
    };
    let untold: Vec<Untold> = asked.into_iter().map(of).collect();
    let more = all - untold.len();
    Ok((untold, more))
}

fn row(visit: &Visit, draft: &Draft, here: &str, place: usize, on: Day, wrong: &HashMap<usize, String>) -> Row {
    let line = &draft.lines[place];
    let post = [line.typed("chuc-vu"), line.typed("don-vi")];
    let years = [line.typed("tu-nam"), line.typed("den-nam")];
    Row {
        place,
        href: format!("{here}/dong/{place}"),
        name: line.name.clone(),
        post: post.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        award: honours::name(&visit.app.law, line.typed("danh-hieu"), on, visit.language),
        achievement: match line.typed("nam-danh-hieu") {
            "" => years.into_iter().filter(|year| !year.is_empty()).collect::<Vec<_>>().join("–"),
            year => year.to_owned(),
        },
        outside: line.recipient.is_some_and(Recipient::is_outside),
        wrong: wrong.get(&place).cloned().unwrap_or_default(),
    }
}
