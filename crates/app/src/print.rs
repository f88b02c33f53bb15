//! Papers and lists as files: their formats, what the head of every paper says of the office, and the answer to a reader.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use documents::block::Paper;
use documents::form::Form;
use documents::sheet::{self, Sheet};
use documents::{docx, pdf, wording};
use rules::facts::Day;
use serde_json::{Map, Value, json};
use store::offices;

use crate::error::Error;
use crate::language::Language;
use crate::query;
use crate::session::OFFICE;
use crate::visit::{Answer, Visit};
use crate::wording::unit_name;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Pdf,
    Docx,
    Xlsx,
}

/// Something that can be taken home as a file.
pub struct Printable {
    /// Of the file, in plain letters and without its ending.
    pub name: String,
    /// The form under `forms/` and its data; none for what is a list only.
    pub paper: Option<(&'static str, Value)>,
    /// The same as sheets; none where a sheet has no use.
    pub sheets: Vec<Sheet>,
}

/// What the head of a paper says of the office.
pub struct Letterhead {
    pub code: String,
    pub name: String,
    pub illustrative: bool,
}

/// A way to a file, as a page offers it.
pub struct Way {
    pub label: String,
    pub href: String,
}

/// The files that a page offers, with what was asked of the page.
pub fn ways(visit: &Visit, formats: &[Format]) -> Vec<Way> {
    // A file holds the whole list, wherever the page stands in it.
    let asked = visit.query.iter().filter(|(name, _)| name != "sau");
    let pairs: Vec<(&str, &str)> = asked.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let way = |format: &Format| Way {
        label: visit.t(format.key()),
        href: query::address(&format!("{}/tep/{}", visit.path, format.ending()), &pairs),
    };
    formats.iter().map(way).collect()
}

impl Format {
    /// Every format, that of paper first.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Docx, Self::Xlsx];
    /// Those of a paper.
    pub const PAPER: [Self; 2] = [Self::Pdf, Self::Docx];

    /// The format of an ending, `pdf`, `docx` or `xlsx`.
    pub fn of(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Pdf => "print-pdf",
            Self::Docx => "print-docx",
            Self::Xlsx => "print-xlsx",
        }
    }

    fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl Printable {
    /// The bytes of the file; nothing where it does not come in this format.
    ///
    /// # Errors
    /// When a form and its data do not fit, or a letter cannot be printed; told in words for the log.
    pub fn bytes(&self, format: Format) -> Result<Option<Vec<u8>>, String> {
        match format {
            Format::Xlsx if self.sheets.is_empty() => Ok(None),
            Format::Xlsx => sheet::write(&self.sheets).map(Some).map_err(|flaw| flaw.0),
            Format::Pdf => self.filled()?.map(|paper| pdf::print(&paper).map_err(|flaw| flaw.0)).transpose(),
            Format::Docx => self.filled()?.map(|paper| docx::print(&paper).map_err(|flaw| flaw.0)).transpose(),
        }
    }

    /// The file as an answer; it is made beside the threads that serve pages.
    pub async fn answer(self, format: Format) -> Answer {
        let name = format!("{}.{}", self.name, format.ending());
        let made = tokio::task::spawn_blocking(move || self.bytes(format)).await;
        let made = made.map_err(|error| Error::Internal(error.to_string()))?;
        let bytes = made.map_err(Error::Internal)?.ok_or(Error::NotFound)?;
        let kept = format!("attachment; filename=\"{name}\"");
        Ok(([(CONTENT_TYPE, format.media().to_owned()), (CONTENT_DISPOSITION, kept)], bytes).into_response())
    }

    fn filled(&self) -> Result<Option<Paper>, String> {
        let Some((form, data)) = &self.paper else { return Ok(None) };
        Form::built_in(form).and_then(|form| form.fill(data)).map(Some).map_err(|flaw| flaw.0)
    }
}

impl Letterhead {
    /// The office of a visit.
    pub async fn of(visit: &Visit) -> Result<Self, Error> {
        let office = offices::one(&visit.app.store, OFFICE).await?.ok_or(Error::NotFound)?;
        Ok(Self {
            name: unit_name(visit.language, &office.name, office.name_en.as_deref()),
            code: office.code,
            illustrative: office.illustrative,
        })
    }

    /// What every form asks for: the names of the nation and the office, the day, and the notice of made-up data.
    pub fn data(&self, language: Language, day: Day) -> Map<String, Value> {
        let mut data = Map::new();
        let place = language.text("print-place-open");
        let place_and_day = match language {
            Language::Vi => wording::place_and_day(&place, day),
            Language::En => format!("{place}, {}", language.day(day)),
        };
        for (name, text) in [
            ("language", language.code().to_owned()),
            ("nation", language.text("print-nation").into_owned()),
            ("motto", language.text("print-motto").into_owned()),
            ("parent", String::new()),
            ("issuer", self.name.to_uppercase()),
            ("place_and_day", place_and_day),
        ] {
            data.insert(name.to_owned(), json!(text));
        }
        data.insert("day".to_owned(), json!(day));
        if self.illustrative {
            data.insert("notice".to_owned(), json!(language.text("print-illustrative")));
        }
        data
    }

    /// The line above a list in a sheet that says that its data are made up.
    pub fn notice(&self, language: Language) -> Option<String> {
        self.illustrative.then(|| language.text("print-illustrative").into_owned())
    }
}
