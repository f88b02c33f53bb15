//! One change added to a draft by form: another value of a condition, a further condition, a ceiling; written as a row of its text.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rules::facts::Day;
use rules::law::{Award, Law, Leaf, Role, Standard};
use rules::layer_text::{self, Cited, NewCondition, NewQuota, NewValue};
use rules::layers::Checked;
use rules::words::Words;
use store::error::StoreError;
use store::layers::drafts::{self, Draft};
use store::layers::steps;
use uuid::Uuid;

use super::draft::find;
use crate::error::Error;
use crate::frame::Frame;
use crate::law;
use crate::register::choices::{self, Choice, Groups};
use crate::regulations::parameters::{self, Parameter};
use crate::regulations::told::{self, Wrong};
use crate::sheet::{Posted, Sheet};
use crate::visit::{Answer, Visit};

const FIELDS: [&str; 15] = [
    "loai",
    "danh-hieu",
    "dieu-kien",
    "tu-ngay",
    "van-ban",
    "dieu",
    "khoan",
    "diem",
    "noi-dung",
    "noi-dung-en",
    "ai",
    "ai-en",
    "phan-tram",
    "tren",
    "tren-en",
];
/// The kinds of change: the word in the address and the key of its text.
const KINDS: [(&str, &str); 3] =
    [("gia-tri", "regulation-add-value"), ("dieu-kien", "regulation-add-condition"), ("ty-le", "regulation-add-quota")];

#[derive(Template)]
#[template(path = "regulation/add.html")]
struct AddPage {
    frame: Frame,
    id: Uuid,
    version: i64,
    sheet: Sheet,
    kinds: Vec<Choice>,
    awards: Groups,
    leaves: Vec<Choice>,
    documents: Vec<Choice>,
    parameters: Vec<Parameter>,
    /// What the condition asks now.
    now: String,
    wrong: Vec<Wrong>,
}

/// The draft with the law that it is laid over.
struct Opened {
    draft: Draft,
    checked: Checked,
    from: Day,
}

/// `GET /quy-che/du-thao/{id}/them`.
pub async fn show(visit: Visit, id: Result<Path<Uuid>, PathRejection>) -> Answer {
    let opened = opened(&visit, find(&visit, id?.0).await?).await?;
    let mut sheet = Sheet::new(&FIELDS);
    for name in ["loai", "danh-hieu", "dieu-kien"] {
        sheet.set(name, visit.asked(name).unwrap_or_default());
    }
    sheet.set("tu-ngay", opened.from.to_string());
    let parameters = parameters::of(leaf_value(&visit, &opened, sheet.typed("dieu-kien")), visit.language);
    visit.page(&page(&visit, &opened, sheet, parameters, Vec::new()))
}

/// `POST /quy-che/du-thao/{id}/them`.
pub async fn save(visit: Visit, id: Result<Path<Uuid>, PathRejection>, body: String) -> Answer {
    let opened = opened(&visit, find(&visit, id?.0).await?).await?;
    let posted = Posted::of(&body);
    let mut sheet = Sheet::new(&FIELDS);
    sheet.take(&posted);
    let mut parameters = parameters::of(leaf_value(&visit, &opened, sheet.typed("dieu-kien")), visit.language);
    parameters::take(&mut parameters, &posted, visit.language);
    let Some(row) = row(&visit, &opened, &mut sheet, &parameters) else {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &opened, sheet, parameters, Vec::new()));
    };
    let content = format!("{}\n{row}", opened.draft.content.trim_end());
    let wrong = added_faults(&visit, &opened.draft, &content).await?;
    if !wrong.is_empty() {
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&visit, &opened, sheet, parameters, wrong));
    }
    let changed = posted.get("phien").parse().unwrap_or_default();
    let draft = Draft { content, changed, ..opened.draft };
    let (viewer, store) = (&visit.signed_in()?.viewer, &visit.app.store);
    match drafts::keep(store, viewer, &draft, (visit.today, visit.app.settings.clock.now())).await {
        Ok(_) => Ok(Redirect::to(&format!("/quy-che/du-thao/{}", draft.id)).into_response()),
        Err(StoreError::Changed) => Err(Error::Conflict(visit.t("regulation-conflict"))),
        Err(error) => Err(error.into()),
    }
}

async fn opened(visit: &Visit, draft: Draft) -> Result<Opened, Error> {
    let checked = check(visit, &draft, &draft.content).await?;
    let from = checked.layer().and_then(|layer| layer.from).unwrap_or(visit.today);
    Ok(Opened { draft, checked, from })
}

async fn check(visit: &Visit, draft: &Draft, content: &str) -> Result<Checked, Error> {
    let files = law::built_in_files();
    let (office, texts) = (visit.signed_in()?.viewer.office, (content, draft.cases.as_str()));
    Ok(steps::checked(&visit.app.store, office, &law::pairs(&files), draft.unit, texts, visit.today).await?)
}

/// The faults that the new row brings; those that were there before are no fault of the form.
async fn added_faults(visit: &Visit, draft: &Draft, content: &str) -> Result<Vec<Wrong>, Error> {
    let first = draft.content.trim_end().lines().count();
    let checked = check(visit, draft, content).await?;
    let mut wrong = told::faults(&checked.faults, &visit.frame(""));
    wrong.retain(|wrong| !wrong.in_cases && wrong.line > first);
    Ok(wrong)
}

impl Opened {
    /// The law to choose from: with the draft where it fits.
    fn law<'l>(&'l self, visit: &'l Visit) -> &'l Law {
        self.checked.law.as_ref().unwrap_or(&visit.app.law)
    }
}

/// The value of the condition on the day from which the regulation holds.
fn leaf_value<'l>(visit: &'l Visit, opened: &'l Opened, path: &str) -> Option<&'l rules::law::Value> {
    let mut parts = path.splitn(3, '/');
    let (award, standard, leaf) = (parts.next()?, parts.next()?, parts.next()?);
    let award = opened.law(visit).award(award)?;
    let mut found = award.standards.iter().filter(|known| known.id == standard && known.touches(opened.from));
    found.find_map(|known| known.leaves.get(leaf))?.on(opened.from)
}

/// The row that the form describes; nothing where it cannot be read.
fn row(visit: &Visit, opened: &Opened, sheet: &mut Sheet, parameters: &[Parameter]) -> Option<String> {
    let language = visit.language;
    let kind = sheet.typed("loai").to_owned();
    sheet.need(
        language,
        match kind.as_str() {
            "dieu-kien" => &["danh-hieu", "van-ban", "noi-dung", "ai"],
            "ty-le" => &["danh-hieu", "van-ban", "phan-tram", "tren"],
            _ => &["danh-hieu", "dieu-kien", "van-ban"],
        },
    );
    let from = sheet.day(language, "tu-ngay");
    let percent = sheet.typed("phan-tram").parse::<u32>().ok().filter(|percent| *percent <= 100);
    if kind == "ty-le" && percent.is_none() {
        sheet.wrong("phan-tram", language.text("regulation-wrong-number"));
    }
    if !sheet.holds() || parameters.iter().any(|parameter| !parameter.wrong.is_empty()) {
        return None;
    }
    let text = |name: &str| sheet.typed(name).to_owned();
    let both = |vi: &str, en: &str| Words { vi: text(vi), en: sheet.filled(en).unwrap_or_else(|| text(vi)) };
    let source = Cited { document: text("van-ban"), article: text("dieu"), clause: text("khoan"), point: text("diem") };
    let from = from?;
    Some(match kind.as_str() {
        "dieu-kien" => layer_text::condition(&NewCondition {
            id: free_id(&opened.draft),
            awards: vec![text("danh-hieu")],
            from,
            words: both("noi-dung", "noi-dung-en"),
            supplier: both("ai", "ai-en"),
            source,
        }),
        "ty-le" => layer_text::quota(&NewQuota {
            award: text("danh-hieu"),
            from,
            percent: percent?,
            base: both("tren", "tren-en"),
            source,
        }),
        _ => layer_text::value(&NewValue {
            leaf: text("dieu-kien"),
            from,
            parameters: parameters.iter().map(|parameter| (parameter.key.clone(), parameter.toml())).collect(),
            source,
        }),
    })
}

/// An id for a further condition that no other bears.
fn free_id(draft: &Draft) -> String {
    let place = draft.content.matches("[[principle]]").count() + 1;
    let tail = draft.id.simple().to_string();
    format!("dieu-kien-{place}-{}", &tail[tail.len() - 6..])
}

fn page(visit: &Visit, opened: &Opened, sheet: Sheet, parameters: Vec<Parameter>, wrong: Vec<Wrong>) -> AddPage {
    let (language, law) = (visit.language, opened.law(visit));
    let name = told::name_of(&opened.draft.content).unwrap_or_else(|| visit.t("regulations-unnamed"));
    let frame = visit.frame(visit.t("regulation-add")).crumb(visit.t("regulations-title"), "/quy-che");
    let frame = frame.crumb(name, format!("/quy-che/du-thao/{}", opened.draft.id));
    let award = law.award(sheet.typed("danh-hieu"));
    let now = leaf_value(visit, opened, sheet.typed("dieu-kien"));
    AddPage {
        id: opened.draft.id,
        version: opened.draft.changed,
        kinds: KINDS.map(|(value, key)| (value.to_owned(), visit.t(key))).into(),
        awards: choices::awards(law, language, opened.from),
        leaves: award.map(|award| leaves(law, award, opened.from, &frame)).unwrap_or_default(),
        documents: documents(law, opened, language),
        now: now.map(|value| told::value_words(law, value, &frame)).unwrap_or_default(),
        parameters,
        wrong,
        sheet,
        frame,
    }
}

/// The conditions of an honour on a day, each with its standard.
fn leaves(law: &Law, award: &Award, day: Day, frame: &Frame) -> Vec<Choice> {
    let choice = |standard: &Standard, leaf: &Leaf| {
        let words = told::value_words(law, leaf.on(day)?, frame);
        let path = format!("{}/{}/{}", award.id, standard.id, leaf.id);
        Some((path, format!("{}: {words}", frame.language.pick(&standard.name))))
    };
    let standards = award.standards.iter().filter(|standard| standard.touches(day));
    let known = standards.flat_map(|standard| standard.in_order().into_iter().map(move |leaf| (standard, leaf)));
    let decided = known.filter(|(_, leaf)| leaf.role != Role::Judgement);
    decided.filter_map(|(standard, leaf)| choice(standard, leaf)).collect()
}

/// The texts of the draft first, then those of the office's other regulations.
fn documents(law: &Law, opened: &Opened, language: crate::language::Language) -> Vec<Choice> {
    let own = opened.checked.layer().map(|layer| layer.id.as_str()).unwrap_or_default();
    let mut known: Vec<_> = law.documents.values().filter(|known| known.layer != rules::law::NATION).collect();
    known.sort_by_key(|known| known.layer != own);
    known.iter().map(|known| (known.id.clone(), language.pick(&known.name).to_owned())).collect()
}
