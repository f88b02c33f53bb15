//! How a file is read: sheet, head rows and what each column holds, found by the program and chosen by its sender.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use intake::field::{FIELDS, Field as Held};
use intake::refusal::Refusal;
use store::imports::Kind;
use store::imports::files::{self, ImportFile};

use crate::error::Error;
use crate::field;
use crate::frame::Frame;
use crate::imports::choices::{Choices, Letters};
use crate::imports::receiving;
use crate::imports::sheet::{self, Look};
use crate::imports::words as told;
use crate::query;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};

#[derive(Template)]
#[template(path = "import/columns.html")]
struct ColumnsPage {
    frame: Frame,
    id: String,
    kind: String,
    /// Why the file is not read at all; empty where it is.
    refused: String,
    /// What must be mended before it is read.
    wrong: Vec<String>,
    notices: Vec<String>,
    sheets: Vec<(usize, String, bool)>,
    head_from: String,
    head_to: String,
    year: String,
    letters: Vec<(String, String, bool)>,
    /// Whether lines that name a group are only passed over.
    sections_unread: bool,
    asks_year: bool,
    columns: Vec<ColumnRow>,
}

struct ColumnRow {
    place: usize,
    letter: String,
    heading: String,
    samples: String,
    why: String,
    fields: Vec<(&'static str, String, bool)>,
}

pub async fn show(visit: &Visit, file: ImportFile) -> Answer {
    let asked = asked(&visit.query);
    let page = page(visit, file, asked, Vec::new()).await?;
    let status = if page.refused.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    visit.page_as(status, &page)
}

/// Reads the file as chosen, or looks again where only the sheet or the head was changed.
pub async fn read(visit: &Visit, file: ImportFile, fields: &[(String, String)]) -> Answer {
    let value = |name: &str| fields.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.trim());
    let here = format!("/nhap-du-lieu/{}", file.id);
    // The head and the columns of one sheet say nothing of another: it is looked at first.
    let moved = !value("trang-cu").is_empty() && value("trang") != value("trang-cu");
    if value("viec") == "xem" || moved {
        let kept: &[&str] = if moved { &["trang", "nam"] } else { &["trang", "tu", "den", "nam", "chu", "nhom"] };
        let pairs: Vec<(&str, &str)> = kept.iter().map(|name| (*name, value(name))).collect();
        return Ok(Redirect::to(&query::address(&here, &pairs)).into_response());
    }
    let mut choices = asked(fields).unwrap_or_default();
    choices.columns = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("cot-")?.parse().ok()?, value.clone())))
        .filter(|(_, word)| Held::of(word).is_some())
        .collect();
    let wrong = wrong(visit, &file, &choices, value("nam"));
    if !wrong.is_empty() {
        let page = page(visit, file, Some(choices), wrong).await?;
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let chosen = serde_json::to_value(&choices).map_err(|why| Error::Internal(why.to_string()))?;
    files::choose(&visit.app.store, OFFICE, file.id, &chosen).await?;
    let fingerprint = look(visit, &file, Some(choices)).await?.map(|look| look.fingerprint).unwrap_or_default();
    super::ask_reading(visit, &file, &fingerprint).await?;
    Ok(Redirect::to(&here).into_response())
}

fn asked(pairs: &[(String, String)]) -> Option<Choices> {
    let value = |name: &str| pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.trim());
    let number = |name: &str| value(name).and_then(|text| text.parse::<u32>().ok()).filter(|number| *number > 0);
    let sheet = value("trang")?.parse().ok()?;
    let from = number("tu");
    let to = number("den").or(from).map(|to| to.max(from.unwrap_or(to)).min(from.unwrap_or(to) + 9));
    let year = value("nam").and_then(field::year);
    let letters = value("chu").and_then(|word| store::words::parse(word).ok());
    let sections_unread = value("nhom") == Some("khong");
    Some(Choices { sheet, head_from: from, head_to: to, columns: Vec::new(), year, letters, sections_unread })
}

/// What must be mended before the file is read.
fn wrong(visit: &Visit, file: &ImportFile, choices: &Choices, year: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for needed in sheet::brought(file.kind).needs() {
        if !needed.iter().any(|field| choices.column(field.word()).is_some()) {
            let names = needed.iter().map(|field| visit.t(&field_key(field.word())));
            let names = names.collect::<Vec<_>>().join(" / ");
            wrong.push(visit.language.text_with("import-needs", &[("fields", &names)]));
        }
    }
    let mut seen: Vec<&str> = choices.columns.iter().map(|(_, field)| field.as_str()).collect();
    seen.sort_unstable();
    if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
        let name = visit.t(&field_key(twice[0]));
        wrong.push(visit.language.text_with("import-twice", &[("field", &name)]));
    }
    if !year.is_empty() && choices.year.is_none() {
        wrong.push(visit.t("field-wrong-year"));
    }
    wrong
}

async fn page(
    visit: &Visit,
    file: ImportFile,
    chosen: Option<Choices>,
    wrong: Vec<String>,
) -> Result<ColumnsPage, Error> {
    let found = look(visit, &file, chosen).await?;
    let refused = match &found {
        Ok(_) => super::last_failure(visit, &file).await?,
        Err(refusal) => sheet::refusal(visit.language, refusal),
    };
    let look = found.ok();
    let choices = look.as_ref().map(|look| look.choices.clone()).unwrap_or_default();
    let text = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    Ok(ColumnsPage {
        id: file.id.to_string(),
        kind: told::kind(visit.language, file.kind),
        refused,
        wrong,
        notices: look.as_ref().map(|look| notices(visit, look)).unwrap_or_default(),
        sheets: look.as_ref().map(|look| sheets(visit, look)).unwrap_or_default(),
        head_from: text(choices.head_from),
        head_to: text(choices.head_to),
        year: choices.year.map_or_else(String::new, |year| year.to_string()),
        letters: look.as_ref().map(|look| letters(visit, look)).unwrap_or_default(),
        sections_unread: choices.sections_unread,
        asks_year: choices.column(Held::Year.word()).is_none(),
        columns: look.as_ref().map(|look| columns(visit, file.kind, look)).unwrap_or_default(),
        frame: visit.frame(file.file_name).crumb(visit.t("import-title"), "/nhap-du-lieu"),
    })
}

/// A look into the file as chosen, else as a file of its shape was read the last time, else as it is found.
async fn look(visit: &Visit, file: &ImportFile, chosen: Option<Choices>) -> Result<Result<Look, Refusal>, Error> {
    let fresh = chosen.is_none();
    let found = look_once(visit, file, chosen).await?;
    let fingerprint = found.as_ref().ok().filter(|_| fresh).map(|look| look.fingerprint.as_str());
    let Some(fingerprint) = fingerprint.filter(|fingerprint| !fingerprint.is_empty()) else {
        return Ok(found);
    };
    let kept = files::remembered(&visit.app.store, OFFICE, file.kind, fingerprint).await?;
    match kept.and_then(|kept| serde_json::from_value::<Choices>(kept).ok()) {
        // Another file of the same shape may be typed in other letters.
        Some(kept) => look_once(visit, file, Some(Choices { letters: None, ..kept })).await,
        None => Ok(found),
    }
}

async fn look_once(visit: &Visit, file: &ImportFile, chosen: Option<Choices>) -> Result<Result<Look, Refusal>, Error> {
    let (path, name) = (receiving::place(&visit.app.settings.files, file.id), file.file_name.clone());
    let looked = tokio::task::spawn_blocking(move || sheet::look(&path, &name, chosen.as_ref())).await;
    looked.map_err(|error| Error::Internal(error.to_string()))
}

fn notices(visit: &Visit, look: &Look) -> Vec<String> {
    let ending = look.wrong_ending.as_ref();
    let ending = ending.map(|named| visit.language.text_with("import-named-otherwise", &[("named", named)]));
    let no_head = look.choices.columns.is_empty().then(|| visit.t("import-no-head"));
    ending.into_iter().chain(no_head).collect()
}

/// The letters that can be chosen, first as the program judges.
fn letters(visit: &Visit, look: &Look) -> Vec<(String, String, bool)> {
    let name = |letters: &Letters| visit.t(&format!("import-letters-{}", store::words::text(*letters)));
    let judged = match look.judged.as_slice() {
        [] => name(&Letters::Unicode),
        judged => judged.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    let judged = visit.language.text_with("import-letters-judged", &[("letters", &judged)]);
    let chosen = look.choices.letters;
    let said = Letters::ALL.into_iter().map(|one| (store::words::text(one), name(&one), chosen == Some(one)));
    std::iter::once((String::new(), judged, chosen.is_none())).chain(said).collect()
}

fn sheets(visit: &Visit, look: &Look) -> Vec<(usize, String, bool)> {
    let label = |(place, sheet): (usize, &intake::workbook::Sheet)| {
        let name = if sheet.name.is_empty() { visit.t("import-only-sheet") } else { sheet.name.clone() };
        let hidden = if sheet.hidden { visit.t("import-hidden-sheet") } else { String::new() };
        (place, format!("{name}{hidden}"), place == look.choices.sheet)
    };
    look.sheets.iter().enumerate().map(label).collect()
}

fn columns(visit: &Visit, kind: Kind, look: &Look) -> Vec<ColumnRow> {
    let Some(shape) = &look.shape else {
        return Vec::new();
    };
    let column = |(place, column): (usize, &intake::shape::Column)| {
        let chosen = look.choices.field(place).unwrap_or_default();
        let offered = FIELDS.iter().filter(|(field, word)| serves(kind, *field) || *word == chosen);
        let fields = offered.map(|(_, word)| (*word, visit.t(&field_key(word)), *word == chosen));
        ColumnRow {
            place,
            letter: letter(place),
            heading: column.heading.clone(),
            samples: look.samples.get(place).map(|samples| samples.join(" · ")).unwrap_or_default(),
            why: match chosen {
                "" => visit.t("import-column-unread"),
                _ => visit.language.text_with("import-column-like", &[("heading", &column.heading)]),
            },
            fields: fields.collect(),
        }
    };
    let filled = |row: &ColumnRow| !row.heading.is_empty() || !row.samples.is_empty();
    shape.columns.iter().enumerate().map(column).filter(filled).collect()
}

/// Whether rows of a kind have anything to say in a field.
fn serves(kind: Kind, field: Held) -> bool {
    use Held as F;
    let person = matches!(
        field,
        F::FullName | F::FamilyName | F::GivenName | F::Sex | F::Male | F::Female | F::Born | F::IdNumber
    );
    let person = person || matches!(field, F::OfficialNumber | F::Unit | F::UnitCode | F::Post | F::Remark);
    let decision = matches!(field, F::DecisionNumber | F::DecisionDay);
    match kind {
        Kind::People | Kind::Posts => person || matches!(field, F::Group | F::Recruited | F::From | F::To),
        Kind::Units => {
            matches!(field, F::Unit | F::UnitCode | F::ParentUnit | F::From | F::To | F::DecisionNumber | F::Remark)
        }
        Kind::Grades => person || decision || matches!(field, F::Year | F::Grade | F::Issuer),
        Kind::Awards => {
            let paper = matches!(field, F::Issuer | F::Authority | F::Signer | F::Summary);
            person || decision || paper || matches!(field, F::Award | F::Year)
        }
        Kind::Initiatives => person || decision || matches!(field, F::Initiative | F::Scope | F::Year),
        Kind::Disciplines => person || decision || matches!(field, F::Discipline | F::From | F::To),
    }
}

fn field_key(word: &str) -> String {
    format!("import-field-{word}")
}

/// The letters by which spreadsheets name a column.
fn letter(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    if place < 26 { last.to_string() } else { format!("{}{last}", letter(place / 26 - 1)) }
}
