//! A figure of the report as an address: which lines stand behind it, written and read.

use form_urlencoded::byte_serialize;
use rules::facts::{Kind, Sex};
use rules::law::Law;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::reports::counted::{Category, SubjectKind};
use store::words::{self, PostLevel};

use crate::frame::Frame;
use crate::language::Language;
use crate::period::asked;
use crate::period::counting::{self, Way};
use crate::period::forms::order_name;
use crate::period::tables::{Behind, Cell};
use crate::period::words::{category_key, kind_name, level_key, sex_key, subject_key};
use crate::query;

use super::form::Question;

/// What is not known, as an address writes it.
const UNKNOWN: &str = "chua-ro";
/// The whole office in the place of a unit's code.
pub const WHOLE_OFFICE: &str = "toan-co-quan";
/// Relative to the report's own page, which keeps a page of many figures light.
const PAGE: &str = "giai-doan";
/// Stands before the id of an order whose classes are counted together.
const CLASSES: &str = "cac-hang-";
const OTHER_BODIES: &str = "noi-khac";

/// The part of the address that all figures of a report share.
pub struct Base {
    unit: String,
    kept: Vec<(&'static str, String)>,
}

impl Base {
    /// From the report that is shown.
    pub fn of(frame: &Frame, question: &Question, own_only: bool) -> Self {
        let mut kept = Vec::new();
        if own_only {
            kept.push(("rieng", "1".to_owned()));
        }
        if question.way != Way::default() {
            kept.push(("dem", question.way.word().to_owned()));
        }
        if frame.day != frame.today {
            kept.push(("ngay", frame.day.to_string()));
        }
        let unit = question.unit.as_ref().map_or(WHOLE_OFFICE, |unit| &unit.code);
        Self { unit: byte_serialize(unit.as_bytes()).collect::<String>().replace('+', "%20"), kept }
    }

    /// The address of the lines behind a figure; it holds no letter that HTML would read otherwise.
    pub fn href(&self, behind: &Behind) -> String {
        let path = format!("{PAGE}/{}/{}/{}", asked::written(behind.period), self.unit, code(&behind.cell));
        let pairs: Vec<(&str, &str)> = self.kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
        query::address(&path, &pairs)
    }
}

/// The cell of a word such as `khen.ca-nhan.cap-lanh-dao-vu`; nothing where a part of it is none of ours.
pub fn read(law: &Law, word: &str) -> Option<Cell> {
    let mut cell = Cell::default();
    for part in word.split('.') {
        let filter = &mut cell.filter;
        if let Some(category) = found(&CATEGORIES, part) {
            filter.category = Some(category);
        } else if let Some(subject) = found(&SUBJECTS, part) {
            filter.subject = Some(subject);
        } else if let Some(level) = part.strip_prefix("cap-") {
            filter.level = Some(known::<PostLevel>(level)?);
        } else if let Some(sex) = part.strip_prefix("gioi-") {
            filter.sex = Some(known::<Sex>(sex)?);
        } else if let Some(kind) = part.strip_prefix("kieu-") {
            filter.kind = Some(known::<Kind>(kind)?);
        } else if let Some(order) = part.strip_prefix(CLASSES) {
            counting::members(law, order).next()?;
            cell.order = Some(order.to_owned());
        } else if part == OTHER_BODIES {
            filter.other_bodies = true;
        } else {
            filter.award = Some(law.award(part)?.id.clone());
        }
    }
    Some(cell)
}

/// What the figure counts, in words.
pub fn told(cell: &Cell, law: &Law, language: Language, day: chrono::NaiveDate) -> String {
    let filter = &cell.filter;
    let text = |key: &'static str| language.text(key).into_owned();
    let order = cell.order.as_deref().map(|order| {
        let name = order_name(&law.name(order, day));
        language.pick(&name).to_owned()
    });
    let award = filter.award.as_deref().map(|award| language.pick(&law.name(award, day)).to_owned());
    let form = order.or(award).or(filter.category.map(category_key).map(text));
    let parts = [
        form,
        filter.subject.map(subject_key).map(text),
        filter.level.map(level_key).map(text),
        filter.sex.map(sex_key).map(text),
        filter.kind.map(|kind| kind_name(language, kind)),
        filter.other_bodies.then(|| text("period-other-bodies")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The word of a cell: form, subject and part with dots between them.
fn code(cell: &Cell) -> String {
    let filter = &cell.filter;
    let form = match (&cell.order, &filter.award, filter.category) {
        (Some(order), _, _) => Some(format!("{CLASSES}{order}")),
        (None, Some(award), _) => Some(award.clone()),
        (None, None, category) => category.map(|category| word(&CATEGORIES, category)),
    };
    let parts = [
        form,
        filter.subject.map(|subject| word(&SUBJECTS, subject)),
        filter.level.map(|level| format!("cap-{}", written(level))),
        filter.sex.map(|sex| format!("gioi-{}", written(sex))),
        filter.kind.map(|kind| format!("kieu-{}", written(kind))),
        filter.other_bodies.then(|| OTHER_BODIES.to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(".")
}

const CATEGORIES: [(&str, Category); 3] =
    [("danh-hieu", Category::Title), ("co", Category::Flag), ("khen", Category::Commendation)];
const SUBJECTS: [(&str, SubjectKind); 3] = [
    ("tap-the", SubjectKind::Collective),
    ("ca-nhan", SubjectKind::Individual),
    ("ho-gia-dinh", SubjectKind::Household),
];

fn found<T: Copy>(words: &[(&str, T)], part: &str) -> Option<T> {
    words.iter().find(|(word, _)| *word == part).map(|(_, value)| *value)
}

fn word<T: PartialEq>(words: &[(&str, T)], value: T) -> String {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word).to_owned()
}

fn known<T: DeserializeOwned>(word: &str) -> Option<Option<T>> {
    if word == UNKNOWN { Some(None) } else { words::parse(word).ok().map(Some) }
}

fn written<T: Serialize>(word: Option<T>) -> String {
    word.map_or_else(|| UNKNOWN.to_owned(), words::text)
}

#[cfg(test)]
mod tests {
    use super::{code, read};
    use crate::law;

    #[test]
    fn a_word_that_is_none_of_ours_makes_no_cell() {
        for word in ["", "khen.ai-do", "cap-vua", "kieu-", "cac-hang-lao-dong-gioi", "khen..ca-nhan", "bang-khen"] {
            assert_eq!(read(&law::built_in(), word), None, "{word}");
        }
    }

    #[test]
    fn every_cell_is_read_back_as_it_was_written() {
        for word in [
            "khen.ca-nhan",
            "co-thi-dua-bo.tap-the",
            "cac-hang-huan-chuong-lao-dong.ca-nhan",
            "huan-chuong-lao-dong.tap-the",
            "danh-hieu.ca-nhan.cap-lanh-dao-vu",
            "khen.ca-nhan.gioi-nu",
            "khen.tap-the.kieu-chua-ro",
            "noi-khac",
        ] {
            assert_eq!(read(&law::built_in(), word).map(|cell| code(&cell)), Some(word.to_owned()));
        }
    }
}
