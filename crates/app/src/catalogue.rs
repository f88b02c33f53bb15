//! What the pages of the law share: words for subjects and levels, spans of days, marks, and the page for no such honour.

use askama::Template;
use axum::http::StatusCode;
use rules::facts::{Day, Kind, Subject};
use rules::law::{Class, Law, Level, Quota, Vote};
use rules::reader::nearest;

use crate::citation;
use crate::frame::Frame;
use crate::language::Language;
use crate::standing::Standing;
use crate::visit::{Answer, Visit};

/// The kinds of subject with the words under which addresses name them.
pub const SUBJECTS: [(&str, Subject); 3] =
    [("ca-nhan", Subject::CaNhan), ("tap-the", Subject::TapThe), ("ho-gia-dinh", Subject::HoGiaDinh)];

/// The kinds of commendation with the words under which addresses name them.
pub const KINDS: [(&str, Kind); 6] = [
    ("cong-trang", Kind::CongTrang),
    ("dot-xuat", Kind::DotXuat),
    ("phong-trao", Kind::PhongTrao),
    ("cong-hien", Kind::CongHien),
    ("nien-han", Kind::NienHan),
    ("doi-ngoai", Kind::DoiNgoai),
];

/// A short word about a value that is not verified; `tone` is a class of the style sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub tone: &'static str,
    pub words: String,
}

#[derive(Template)]
#[template(path = "no_award.html")]
struct NoAwardPage {
    frame: Frame,
    /// Address and name of the honour that is written almost so.
    near: Option<(String, String)>,
}

/// The page that says that no honour stands under an address, with the one written almost so; status 404.
pub fn no_such_award(visit: &Visit, id: &str) -> Answer {
    let law = &visit.app.law;
    let ids: Vec<&str> = law.awards.iter().map(|award| award.id.as_str()).collect();
    let frame = visit.frame(visit.t("law-no-award")).crumb(visit.t("law-title"), "/danh-muc");
    let near = nearest(id, &ids)
        .map(|near| (address(&frame, near), visit.language.pick(&law.name(near, visit.day)).to_owned()));
    visit.page_as(StatusCode::NOT_FOUND, &NoAwardPage { frame, near })
}

/// The address of an honour's page, keeping the chosen day.
pub fn address(frame: &Frame, award: &str) -> String {
    frame.href(&format!("/danh-muc/{award}"))
}

/// The key of the word for a kind of subject.
pub fn subject_key(subject: Subject) -> &'static str {
    match subject {
        Subject::CaNhan => "law-subject-person",
        Subject::TapThe => "law-subject-collective",
        Subject::HoGiaDinh => "law-subject-household",
    }
}

/// The key of the word for the level of an honour.
pub fn level_key(level: Level) -> &'static str {
    match level {
        Level::NhaNuoc => "law-level-state",
        Level::Bo => "law-level-ministry",
        Level::CoSo => "law-level-base",
    }
}

/// The key of the word for the class of an honour.
pub fn class_key(class: Class) -> &'static str {
    match class {
        Class::DanhHieu => "law-class-title",
        Class::HinhThuc => "law-class-form",
    }
}

/// The days of a value in words: `từ 01/07/2004 đến 31/12/2023`, `từ 01/01/2024`.
pub fn span(language: Language, from: Day, until: Option<Day>) -> String {
    let from = language.day(from);
    match until {
        Some(until) => language.text_with("law-span", &[("from", &from), ("until", &language.day(until))]),
        None => language.text_with("law-span-open", &[("from", &from)]),
    }
}

/// What a reader must know of a value that is not verified; nothing for one that is.
pub fn remark(law: &Law, standing: Standing<'_>, language: Language) -> Option<Remark> {
    match standing {
        Standing::Verified => None,
        Standing::Unverified => {
            Some(Remark { tone: "unverified", words: language.text("law-unverified").into_owned() })
        }
        Standing::Waits { text, until: None } => {
            let text = citation::short(law, text, language);
            Some(Remark { tone: "unloaded", words: language.text_with("law-not-loaded", &[("text", &text)]) })
        }
        Standing::Waits { text, until: Some(until) } => {
            let (text, until) = (citation::short(law, text, language), language.day(until));
            let words = language.text_with("law-to-check", &[("text", &text), ("until", &until)]);
            Some(Remark { tone: "unloaded", words })
        }
    }
}

/// How many of a council must agree.
pub fn vote_words(vote: &Vote, frame: &Frame) -> String {
    let percent = frame.language.percent(i64::from(vote.percent) * 100);
    frame.t1(if vote.ballot { "award-vote-ballot" } else { "award-vote" }, "percent", percent)
}

/// A ceiling as a share of its base.
pub fn quota_words(quota: &Quota, frame: &Frame) -> String {
    let percent = frame.language.percent(i64::from(quota.percent) * 100);
    frame.t2("award-quota", "percent", percent, "base", frame.language.pick(&quota.base_words))
}
