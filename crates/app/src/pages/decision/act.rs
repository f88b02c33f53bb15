//! A later document on a decision: revokes it, restores it, mends its words, puts another line in the place of one, issues a certificate anew.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::conferrals::Conferral;
use store::decisions::{self, Decision};
use store::error::StoreError;
use store::records::register::{NewAmendment, NewReissue, NewRestoration};
use store::records::{NewConferral, NewDecisionEnd};
use store::register::acts::{self, Acts, Change};
use store::step::Step;
use store::words::AmendmentKind;
use uuid::Uuid;

use crate::error::Error;
use crate::frame::Frame;
use crate::honours;
use crate::register::choices::{self, Choice, Groups};
use crate::register::document::{self, Document};
use crate::register::line;
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

/// Names of the fields beside those of the document and of a line.
const FIELDS: [&str; 9] = ["dong", "hinh-thuc", "tu-ngay", "phan", "truoc", "sau", "so-bang", "thu-hoi", "thay-dong"];

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Revoke,
    Restore,
    /// A letter mends a slip of form.
    Mend,
    /// A deciding document amends the content.
    Amend,
    Reissue,
}

#[derive(Template)]
#[template(path = "decision/act.html")]
struct ActPage {
    frame: Frame,
    act: &'static str,
    lead: String,
    /// The decision and the line it is about.
    target: String,
    after: Uuid,
    sheet: Sheet,
    kinds: Vec<Choice>,
    /// Revocations that can be taken back.
    ends: Vec<Choice>,
    parts: Vec<Choice>,
    awards: Groups,
    award_kinds: Vec<Choice>,
    levels: Vec<Choice>,
    /// What stands on the decision by now.
    happened: Vec<String>,
    conflict: bool,
    back: String,
}

/// Everything the form needs of its decision.
struct Opened {
    decision: Decision,
    acts: Acts,
    after: Uuid,
}

impl Act {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "thu-hoi" => Self::Revoke,
            "khoi-phuc" => Self::Restore,
            "dinh-chinh" => Self::Mend,
            "sua-doi" => Self::Amend,
            "cap-lai" => Self::Reissue,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Revoke => "thu-hoi",
            Self::Restore => "khoi-phuc",
            Self::Mend => "dinh-chinh",
            Self::Amend => "sua-doi",
            Self::Reissue => "cap-lai",
        }
    }

    /// The keys of title, lead and reason.
    fn keys(self) -> [&'static str; 3] {
        match self {
            Self::Revoke => ["act-revoke-title", "act-revoke-lead", "act-revoke-why"],
            Self::Restore => ["act-restore-title", "act-restore-lead", "act-restore-why"],
            Self::Mend => ["act-mend-title", "act-mend-lead", "act-mend-why"],
            Self::Amend => ["act-amend-title", "act-amend-lead", "act-amend-why"],
            Self::Reissue => ["act-reissue-title", "act-reissue-lead", "act-reissue-why"],
        }
    }
}

/// `GET /quyet-dinh/{id}/viec/{act}`.
pub async fn show(visit: Visit, at: Result<Path<(Uuid, String)>, PathRejection>) -> Answer {
    let Path((id, name)) = at?;
    let act = Act::of(&name).ok_or(Error::NotFound)?;
    let opened = opened(&visit, id).await?;
    let mut sheet = blank();
    sheet.set("co-quan", visit.signed_in()?.office.name.clone());
    if let Some(line) = visit.asked("dong").and_then(|line| line.parse::<Uuid>().ok()) {
        sheet.set("dong", line.to_string());
        if let Some(record) = visit.app.store.record::<NewConferral>(visit.signed_in()?.viewer.office, line).await? {
            fill(&mut sheet, &record);
        }
    }
    visit.page(&page(&visit, act, &opened, sheet, false))
}

/// `POST /quyet-dinh/{id}/viec/{act}`.
pub async fn save(visit: Visit, at: Result<Path<(Uuid, String)>, PathRejection>, body: String) -> Answer {
    let Path((id, name)) = at?;
    let act = Act::of(&name).ok_or(Error::NotFound)?;
    let posted = Posted::of(&body);
    let opened = opened(&visit, id).await?;
    let mut sheet = blank();
    sheet.take(&posted);
    let after = posted.get("after").parse().unwrap_or_default();
    match write(&visit, act, &opened, &mut sheet, after).await? {
        Ok(()) => Ok(Redirect::to(&format!("/quyet-dinh/{id}")).into_response()),
        Err(status) => {
            let conflict = status == StatusCode::CONFLICT;
            visit.page_as(status, &page(&visit, act, &opened, sheet, conflict))
        }
    }
}

/// Reads the form and writes what it says; the status with which it comes back where it cannot.
async fn write(
    visit: &Visit,
    act: Act,
    opened: &Opened,
    sheet: &mut Sheet,
    after: Uuid,
) -> Result<Result<(), StatusCode>, Error> {
    const AMISS: Result<(), StatusCode> = Err(StatusCode::UNPROCESSABLE_ENTITY);
    let language = visit.language;
    let Some(document) = Document::read(sheet, language, visit.today, opened.decision.row.day) else {
        return Ok(AMISS);
    };
    let line = sheet.typed("dong").parse::<Uuid>().ok();
    let named = line.and_then(|line| opened.decision.lines.iter().find(|known| known.id == line));
    if line.is_some() && named.is_none() {
        return Err(Error::NotFound);
    }
    if sheet.typed("tu-ngay").is_empty() {
        sheet.set("tu-ngay", document.day.to_string());
    }
    let Some(from) = sheet.day(language, "tu-ngay") else {
        return Ok(AMISS);
    };
    if from < opened.decision.row.day || from > visit.today {
        let key = if from > visit.today { "register-wrong-future" } else { "act-wrong-before" };
        sheet.wrong("tu-ngay", language.text(key));
        return Ok(AMISS);
    }
    let about = About { decision: opened.decision.row.id, line: named, from, document: &document };
    let why = language.text_with(act.keys()[2], &[("document", &document.told())]);
    let viewer = &visit.signed_in()?.viewer;
    let at = visit.app.settings.clock.now();
    let change = Change { viewer, decision: opened.decision.row.id, after, at, why: &why };
    let store = &visit.app.store;
    let done = match act {
        Act::Revoke => {
            let Some(kind) = sheet.word("hinh-thuc") else {
                sheet.wrong("hinh-thuc", language.text("sheet-empty"));
                return Ok(AMISS);
            };
            let end = NewDecisionEnd {
                id: Uuid::now_v7(),
                decision: about.decision,
                conferral: line,
                kind,
                day: from,
                document: document.told(),
                reason: document.reason.clone(),
            };
            acts::change(store, change, async |step| step.revoke(end).await.map(drop)).await
        }
        Act::Restore => {
            let Ok(ended) = sheet.typed("thu-hoi").parse() else {
                sheet.wrong("thu-hoi", language.text("sheet-empty"));
                return Ok(AMISS);
            };
            let restoration = about.restoration(ended);
            acts::change(store, change, async |step| step.restore(restoration).await.map(drop)).await
        }
        Act::Reissue => {
            let (Some(kind), Some(conferral)) = (sheet.word("hinh-thuc"), line) else {
                sheet.wrong("hinh-thuc", language.text("act-wrong-line"));
                return Ok(AMISS);
            };
            let reissue = about.reissue(kind, conferral, sheet.filled("so-bang"));
            acts::change(store, change, async |step| step.add(reissue).map(drop)).await
        }
        Act::Mend | Act::Amend => {
            let Some(mending) = mending(visit, act, &about, sheet).await? else {
                return Ok(AMISS);
            };
            acts::change(store, change, async |step| enter(step, mending).await).await
        }
    };
    Ok(match done {
        Ok(()) => Ok(()),
        Err(StoreError::Changed) => Err(StatusCode::CONFLICT),
        Err(StoreError::Refused(_) | StoreError::Duplicate(_)) => {
            sheet.wrong("tu-ngay", language.text("act-wrong-state"));
            AMISS
        }
        Err(other) => return Err(other.into()),
    })
}

/// What a document says of which decision or line, from which day on.
struct About<'a> {
    decision: Uuid,
    line: Option<&'a Conferral>,
    from: rules::facts::Day,
    document: &'a Document,
}

impl About<'_> {
    fn restoration(&self, ended: Uuid) -> NewRestoration {
        NewRestoration {
            id: Uuid::now_v7(),
            ended,
            document: self.document.printed.clone(),
            issuer: self.document.issuer.clone(),
            successor_of: self.document.successor_of.clone(),
            day: self.from,
            reason: self.document.reason.clone(),
        }
    }

    fn reissue(&self, kind: store::words::ReissueKind, conferral: Uuid, certificate: Option<String>) -> NewReissue {
        NewReissue {
            id: Uuid::now_v7(),
            decision: self.decision,
            conferral,
            kind,
            document: self.document.printed.clone(),
            issuer: self.document.issuer.clone(),
            successor_of: self.document.successor_of.clone(),
            day: self.document.day,
            certificate,
            reason: self.document.reason.clone(),
        }
    }

    fn amendment(&self, kind: AmendmentKind) -> NewAmendment {
        NewAmendment {
            id: Uuid::now_v7(),
            decision: self.decision,
            conferral: self.line.map(|line| line.id),
            replacement: None,
            kind,
            document: self.document.printed.clone(),
            issuer: self.document.issuer.clone(),
            successor_of: self.document.successor_of.clone(),
            day: self.document.day,
            from_day: self.from,
            field: None,
            before: None,
            after: None,
            reason: self.document.reason.clone(),
        }
    }
}

/// An amendment, and the line that it puts in the place of one.
type Mending = (NewAmendment, Option<NewConferral>);

/// Words mended, or a line that takes the place of another.
async fn mending(visit: &Visit, act: Act, about: &About<'_>, sheet: &mut Sheet) -> Result<Option<Mending>, Error> {
    let language = visit.language;
    let kind = if act == Act::Mend { AmendmentKind::DinhChinh } else { AmendmentKind::SuaDoi };
    let amendment = about.amendment(kind);
    let Some(replaced) = about.line.filter(|_| act == Act::Amend && sheet.typed("thay-dong") == "co") else {
        sheet.need(language, &["phan", "sau"]);
        let (field, after) = (sheet.word("phan"), sheet.filled("sau"));
        let whole = field.is_some() && after.is_some();
        let amendment = NewAmendment { field, before: sheet.filled("truoc"), after, ..amendment };
        return Ok(whole.then_some((amendment, None)));
    };
    let office = visit.signed_in()?.viewer.office;
    let before: NewConferral = visit.app.store.record(office, replaced.id).await?.ok_or(Error::NotFound)?;
    let Some(conferred) = line::conferred(sheet, &visit.app.law, language, replaced.subject) else {
        return Ok(None);
    };
    let (decision, subject) = ((before.decision, before.decided), (before.person, before.collective));
    let after = line::record(conferred, sheet, decision, subject, before.unit, before.position, before.own_body);
    Ok(Some((amendment, Some(after))))
}

async fn enter(step: &mut Step, (amendment, line): Mending) -> Result<(), StoreError> {
    match line {
        Some(line) => step.replace_line(amendment, line).await.map(drop),
        None => step.add(amendment).map(drop),
    }
}

async fn opened(visit: &Visit, id: Uuid) -> Result<Opened, Error> {
    let (store, viewer) = (&visit.app.store, &visit.signed_in()?.viewer);
    let decision = decisions::one(store, viewer, id, visit.today).await?.ok_or(Error::NotFound)?;
    let seen = decision.lines.iter().map(|line| line.id).collect();
    let acts = acts::acts(store, viewer, id, &seen, visit.today).await?;
    Ok(Opened { after: acts::last_step(store, viewer, id).await?, decision, acts })
}

fn blank() -> Sheet {
    let names: Vec<&'static str> = document::FIELDS.into_iter().chain(FIELDS).chain(line::FIELDS).collect();
    Sheet::new(&names)
}

/// The fields of the line as it stands, to be changed into the one that takes its place.
fn fill(sheet: &mut Sheet, line: &NewConferral) {
    let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    sheet.set("danh-hieu", line.award.clone());
    sheet.set("nam-danh-hieu", year(line.title_year));
    sheet.set("tu-nam", year(line.period_from));
    sheet.set("den-nam", year(line.period_to));
    sheet.set("loai-hinh", line.kind.map(store::words::text).unwrap_or_default());
    sheet.set("chuc-vu", line.post_printed.clone().unwrap_or_default());
    sheet.set("don-vi", line.unit_printed.clone().unwrap_or_default());
    sheet.set("cap", line.level.map(store::words::text).unwrap_or_default());
}

fn page(visit: &Visit, act: Act, opened: &Opened, sheet: Sheet, conflict: bool) -> ActPage {
    let (language, decision) = (visit.language, &opened.decision);
    let [title, lead, _] = act.keys();
    let number = language
        .text_with("decision-title", &[("number", &decision.row.number), ("day", &language.day(decision.row.day))]);
    let line = sheet.typed("dong").parse::<Uuid>().ok();
    let line = decision.lines.iter().find(|known| Some(known.id) == line);
    let target = match line {
        None => number.clone(),
        Some(line) => {
            let award = honours::name(&visit.app.law, &line.award, line.decided, language);
            format!("{number}: {}, {award}", line.subject_name)
        }
    };
    let name = |id: Uuid| {
        let line = decision.lines.iter().find(|known| known.id == id);
        line.map(|line| line.subject_name.as_str())
    };
    let open = opened
        .acts
        .ends
        .iter()
        .filter(|end| end.restored.is_none() && (line.is_none() || end.end.conferral == line.map(|it| it.id)));
    let ends = open.map(|end| (end.end.id.to_string(), format!("{}, {}", end.end.document, language.day(end.end.day))));
    ActPage {
        frame: visit
            .frame(visit.t(title))
            .crumb(visit.t("decisions-title"), "/quyet-dinh")
            .crumb(number, format!("/quyet-dinh/{}", decision.row.id)),
        act: act.name(),
        lead: visit.t(lead),
        target,
        after: opened.after,
        kinds: if act == Act::Reissue { choices::reissue_kinds(language) } else { choices::end_kinds(language) },
        ends: ends.collect(),
        parts: choices::amended_fields(language),
        awards: choices::awards(&visit.app.law, language, decision.row.day),
        award_kinds: choices::kinds(language),
        levels: choices::levels(language),
        back: format!("/quyet-dinh/{}", decision.row.id),
        happened: super::acts::told(visit, &opened.acts, name),
        sheet,
        conflict,
    }
}
