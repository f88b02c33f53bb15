//! A line of a decision as it is typed: who, which award, for when, with post and unit as printed.

use std::collections::BTreeMap;

use rules::facts::{Day, Subject};
use rules::law::{Class, Law};
use serde::{Deserialize, Serialize};
use store::records::NewConferral;
use uuid::Uuid;

use crate::language::Language;
use crate::sheet::Sheet;

/// Names of the fields that one line has.
pub const FIELDS: [&str; 9] =
    ["danh-hieu", "nam-danh-hieu", "tu-nam", "den-nam", "loai-hinh", "chuc-vu", "don-vi", "cap", "thu-tu"];
/// Those that a whole block of lines shares when it is added.
pub const SHARED: [&str; 5] = ["danh-hieu", "nam-danh-hieu", "tu-nam", "den-nam", "loai-hinh"];

/// Who is honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    Person(Uuid),
    Household(Uuid),
    Collective(Uuid),
    /// Someone whom the office does not know: entered together with the decision.
    OutsidePerson,
    OutsideHousehold,
    OutsideCollective,
}

/// A line of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Absent until it is told who is meant.
    pub recipient: Option<Recipient>,
    /// The name as typed, or as the record has it once it is told.
    pub name: String,
    /// What was typed beside the name: year of birth, unit.
    pub hint: String,
    /// The unit of the recipient on the day of the decision.
    pub unit: Option<Uuid>,
    /// The fields of [`FIELDS`].
    pub typed: BTreeMap<String, String>,
}

impl Recipient {
    /// How a form sends it.
    pub fn value(self) -> String {
        match self {
            Self::Person(id) => format!("ca-nhan.{}", id.simple()),
            Self::Household(id) => format!("ho-gia-dinh.{}", id.simple()),
            Self::Collective(id) => format!("tap-the.{}", id.simple()),
            Self::OutsidePerson => "ngoai.ca-nhan".to_owned(),
            Self::OutsideHousehold => "ngoai.ho-gia-dinh".to_owned(),
            Self::OutsideCollective => "ngoai.tap-the".to_owned(),
        }
    }

    /// Read back from a form.
    pub fn of(value: &str) -> Option<Self> {
        match value.split_once('.')? {
            ("ca-nhan", id) => id.parse().ok().map(Self::Person),
            ("ho-gia-dinh", id) => id.parse().ok().map(Self::Household),
            ("tap-the", id) => id.parse().ok().map(Self::Collective),
            ("ngoai", "ca-nhan") => Some(Self::OutsidePerson),
            ("ngoai", "ho-gia-dinh") => Some(Self::OutsideHousehold),
            ("ngoai", "tap-the") => Some(Self::OutsideCollective),
            _ => None,
        }
    }

    /// What sort of subject is honoured.
    pub fn subject(self) -> Subject {
        match self {
            Self::Person(_) | Self::OutsidePerson => Subject::CaNhan,
            Self::Household(_) | Self::OutsideHousehold => Subject::HoGiaDinh,
            Self::Collective(_) | Self::OutsideCollective => Subject::TapThe,
        }
    }

    /// Whether the office does not know it.
    pub fn is_outside(self) -> bool {
        matches!(self, Self::OutsidePerson | Self::OutsideHousehold | Self::OutsideCollective)
    }
}

impl Line {
    /// The line as a sheet.
    pub fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(&FIELDS);
        sheet.restore(&self.typed);
        sheet
    }

    pub fn typed(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    pub fn set(&mut self, name: &str, typed: impl Into<String>) {
        self.typed.insert(name.to_owned(), typed.into());
    }
}

/// What a line confers, read from its sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Conferred {
    pub award: String,
    pub title_year: Option<i32>,
    pub period: Option<(i32, i32)>,
    pub kind: Option<rules::facts::Kind>,
}

/// Reads award, year and period; nothing where one is amiss, which is then said beside it.
pub fn conferred(sheet: &mut Sheet, law: &Law, language: Language, subject: Subject) -> Option<Conferred> {
    let Some(award) = law.award(sheet.typed("danh-hieu")) else {
        sheet.wrong("danh-hieu", language.text("register-wrong-award"));
        return None;
    };
    if !award.subjects.contains(&subject) {
        let key = match subject {
            Subject::CaNhan => "register-wrong-award-person",
            Subject::TapThe => "register-wrong-award-collective",
            Subject::HoGiaDinh => "register-wrong-award-household",
        };
        sheet.wrong("danh-hieu", language.text(key));
    }
    let title_year = sheet.year(language, "nam-danh-hieu");
    if award.class == Class::DanhHieu && title_year.is_none() {
        sheet.wrong("nam-danh-hieu", language.text("register-wrong-title-year"));
    }
    let (from, to) = (sheet.year(language, "tu-nam"), sheet.year(language, "den-nam"));
    match (from, to) {
        (Some(from), Some(to)) if from > to => sheet.wrong("den-nam", language.text("field-wrong-order")),
        (Some(_), None) => sheet.wrong("den-nam", language.text("sheet-empty")),
        (None, Some(_)) => sheet.wrong("tu-nam", language.text("sheet-empty")),
        _ => {}
    }
    let kind = sheet.word("loai-hinh");
    sheet.holds().then(|| Conferred { award: award.id.clone(), title_year, period: from.zip(to), kind })
}

/// A line with its recipient known, as the record of a decision.
pub fn record(
    conferred: Conferred,
    sheet: &Sheet,
    decision: (Uuid, Day),
    subject: (Option<Uuid>, Option<Uuid>),
    unit: Option<Uuid>,
    position: i32,
    own_body: bool,
) -> NewConferral {
    let (period_from, period_to) = conferred.period.unzip();
    let (person, collective) = subject;
    NewConferral {
        id: Uuid::now_v7(),
        decision: decision.0,
        decided: decision.1,
        person,
        collective,
        award: conferred.award,
        title_year: conferred.title_year,
        period_from,
        period_to,
        kind: conferred.kind,
        post_printed: sheet.filled("chuc-vu"),
        level: sheet.word("cap").filter(|_| person.is_some()),
        unit: unit.or(collective),
        unit_printed: sheet.filled("don-vi"),
        position,
        own_body,
    }
}
