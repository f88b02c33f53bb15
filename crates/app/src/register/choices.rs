//! What the lists of the register's forms offer.

use rules::facts::{Day, Kind};
use rules::law::{Law, Level};
use store::words::{self, AmendedField, Body, Capacity, EndKind, PaperState, PostLevel, ReissueKind};

use crate::language::Language;
use crate::wording::capital;

/// A value and its words.
pub type Choice = (String, String);
/// Choices under the key of their heading.
pub type Groups = Vec<(&'static str, Vec<Choice>)>;

pub const BODIES: [Body; 7] =
    [Body::CoQuanMinh, Body::CapTren, Body::Dang, Body::CongDoan, Body::DoanThanhNien, Body::BoNganh, Body::Khac];
pub const STATES: [PaperState; 3] = [PaperState::BanChinh, PaperState::BanSao, PaperState::Mat];
const CAPACITIES: [Capacity; 4] = [Capacity::Kt, Capacity::Tl, Capacity::Tuq, Capacity::Tm];
const KINDS: [Kind; 6] =
    [Kind::CongTrang, Kind::DotXuat, Kind::PhongTrao, Kind::CongHien, Kind::NienHan, Kind::DoiNgoai];
const FIELDS: [AmendedField; 9] = [
    AmendedField::SoKyHieu,
    AmendedField::Ngay,
    AmendedField::TrichYeu,
    AmendedField::NguoiKy,
    AmendedField::HoTen,
    AmendedField::ChucVu,
    AmendedField::DonVi,
    AmendedField::ThanhTich,
    AmendedField::Khac,
];

/// Marks of secrecy; only the first may enter.
pub const SECRECY: [&str; 4] = ["thuong", "mat", "toi-mat", "tuyet-mat"];

/// The lists of choices of a paper.
pub struct Says {
    pub secrecy: Vec<Choice>,
    pub bodies: Vec<Choice>,
    pub capacities: Vec<Choice>,
    pub states: Vec<Choice>,
    pub counts: Vec<Choice>,
}

impl Says {
    pub fn of(language: Language) -> Self {
        Self {
            secrecy: secrecy(language),
            bodies: bodies(language),
            capacities: capacities(language),
            states: states(language),
            counts: yes_no(language),
        }
    }
}

pub fn bodies(language: Language) -> Vec<Choice> {
    BODIES.map(|body| (words::text(body), body_name(language, body))).into()
}

pub fn body_name(language: Language, body: Body) -> String {
    let key = match body {
        Body::CoQuanMinh => "register-body-own",
        Body::CapTren => "register-body-above",
        Body::Dang => "register-body-party",
        Body::CongDoan => "register-body-union",
        Body::DoanThanhNien => "register-body-youth",
        Body::BoNganh => "register-body-ministry",
        Body::Khac => "register-body-other",
    };
    language.text(key).into_owned()
}

pub fn states(language: Language) -> Vec<Choice> {
    STATES.map(|state| (words::text(state), state_name(language, state))).into()
}

pub fn state_name(language: Language, state: PaperState) -> String {
    let key = match state {
        PaperState::BanChinh => "register-paper-original",
        PaperState::BanSao => "register-paper-copy",
        PaperState::Mat => "register-paper-lost",
    };
    language.text(key).into_owned()
}

pub fn capacities(language: Language) -> Vec<Choice> {
    let mut choices = vec![(String::new(), language.text("register-capacity-head").into_owned())];
    choices.extend(CAPACITIES.map(|capacity| (words::text(capacity), capacity_name(language, capacity))));
    choices
}

pub fn capacity_name(language: Language, capacity: Capacity) -> String {
    let key = match capacity {
        Capacity::Kt => "register-capacity-deputy",
        Capacity::Tl => "register-capacity-order",
        Capacity::Tuq => "register-capacity-authorised",
        Capacity::Tm => "register-capacity-behalf",
    };
    language.text(key).into_owned()
}

/// The letters that stand before the post of the signer.
pub fn capacity_letters(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Kt => "KT.",
        Capacity::Tl => "TL.",
        Capacity::Tuq => "TUQ.",
        Capacity::Tm => "TM.",
    }
}

pub fn secrecy(language: Language) -> Vec<Choice> {
    let keys = ["register-secrecy-none", "register-secrecy-1", "register-secrecy-2", "register-secrecy-3"];
    SECRECY.iter().zip(keys).map(|(value, key)| ((*value).to_owned(), language.text(key).into_owned())).collect()
}

pub fn yes_no(language: Language) -> Vec<Choice> {
    [("co", "register-counts-yes"), ("khong", "register-counts-no")]
        .map(|(value, key)| (value.to_owned(), language.text(key).into_owned()))
        .into()
}

pub fn kinds(language: Language) -> Vec<Choice> {
    let mut choices = vec![(String::new(), language.text("register-kind-none").into_owned())];
    choices.extend(KINDS.map(|kind| (words::text(kind), capital(language.pick(&rules::words::kind(kind))))));
    choices
}

pub fn levels(language: Language) -> Vec<Choice> {
    let mut choices = vec![(String::new(), language.text("register-level-none").into_owned())];
    let levels = [PostLevel::LanhDaoVu, PostLevel::LanhDaoPhong, PostLevel::TrucTiep];
    let level = |level| (words::text(level), language.text(crate::wording::level_key(level)).into_owned());
    choices.extend(levels.map(level));
    choices
}

/// The honours of the catalogue by level, each as the law of the day names it.
pub fn awards(law: &Law, language: Language, day: Day) -> Groups {
    let groups = [
        (Level::NhaNuoc, "people-award-state"),
        (Level::Bo, "people-award-ministry"),
        (Level::CoSo, "people-award-base"),
    ];
    let of = |level| {
        let here = law.awards.iter().filter(move |award| award.level == level);
        here.map(|award| (award.id.clone(), language.pick(&award.name(day)).to_owned())).collect()
    };
    groups.map(|(level, key)| (key, of(level))).into()
}

pub fn end_kinds(language: Language) -> Vec<Choice> {
    [(EndKind::ThuHoi, "act-revoke-withdraw"), (EndKind::HuyBo, "act-revoke-annul")]
        .map(|(kind, key)| (words::text(kind), language.text(key).into_owned()))
        .into()
}

pub fn reissue_kinds(language: Language) -> Vec<Choice> {
    let kinds = [ReissueKind::CapLai, ReissueKind::CapDoi];
    kinds.map(|kind| (words::text(kind), reissue_name(language, kind))).into()
}

pub fn reissue_name(language: Language, kind: ReissueKind) -> String {
    let key = match kind {
        ReissueKind::CapLai => "act-reissue-again",
        ReissueKind::CapDoi => "act-reissue-exchange",
    };
    language.text(key).into_owned()
}

pub fn amended_fields(language: Language) -> Vec<Choice> {
    FIELDS.map(|field| (words::text(field), amended_name(language, field))).into()
}

pub fn amended_name(language: Language, field: AmendedField) -> String {
    let key = match field {
        AmendedField::SoKyHieu => "act-field-number",
        AmendedField::Ngay => "act-field-day",
        AmendedField::TrichYeu => "act-field-abstract",
        AmendedField::NguoiKy => "act-field-signer",
        AmendedField::HoTen => "act-field-name",
        AmendedField::ChucVu => "act-field-post",
        AmendedField::DonVi => "act-field-unit",
        AmendedField::ThanhTich => "act-field-achievement",
        AmendedField::Khac => "act-field-other",
    };
    language.text(key).into_owned()
}
