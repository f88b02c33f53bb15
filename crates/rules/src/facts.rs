//! The dated records of one subject, as the explainer reads them and as `--facts` files hold them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A calendar day in Asia/Ho_Chi_Minh.
pub type Day = NaiveDate;
/// A calendar year.
pub type Year = i32;

/// Everything known of one subject; an absent list means that nothing is known of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub subject: Subject,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recruited: Option<Day>,
    /// Year ranges, both ends included, in which a kind of record is whole; the keys are the names of the lists below.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub complete: BTreeMap<RecordKind, Vec<(Year, Year)>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<GradeFact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<TitleFact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<AwardFact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub initiatives: Vec<InitiativeFact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disciplines: Vec<DisciplineFact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<HoldFact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<PostFact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave: Vec<LeaveFact>,
    /// Years in which the subject registered to take part in emulation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registrations: Vec<Year>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attested: Vec<AttestedFact>,
    /// Of a collective only: its people counted year by year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MembersFact>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    #[default]
    CaNhan,
    TapThe,
    HoGiaDinh,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    Nam,
    Nu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    CanBo,
    CongChuc,
    VienChuc,
    HopDong,
    TapSu,
    CongNhan,
    NongDan,
    /// Army, police and standing militia; for a collective, a unit of theirs.
    LucLuongVuTrang,
    Khac,
}

/// The kinds of record for which a range can be declared whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    Grades,
    Titles,
    Awards,
    Initiatives,
    Disciplines,
    Holds,
    Posts,
    Leave,
    Registrations,
    Members,
}

/// The yearly degree of task completion, from lowest to highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    KhongHoanThanh,
    HoanThanh,
    Tot,
    XuatSac,
}

/// For what an award was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    CongTrang,
    DotXuat,
    PhongTrao,
    CongHien,
    NienHan,
    DoiNgoai,
}

/// How far an initiative reaches, from narrowest to widest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    CoSo,
    Bo,
    ToanQuoc,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    SangKien,
    DeTai,
}

/// Disciplinary measures, from lightest to heaviest; `ha-bac-luong` stands between warning and demotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Discipline {
    KhienTrach,
    CanhCao,
    HaBacLuong,
    GiangChuc,
    CachChuc,
    BaiNhiem,
    BuocThoiViec,
    KhaiTru,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    KyLuat,
    DieuTra,
    ThanhTra,
    KiemToan,
    KhieuNai,
    BaoChi,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leave {
    ThaiSan,
    DaoTao,
    CuuNguoi,
    Om,
    KhongLuong,
    BietPhai,
    Khac,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeFact {
    pub year: Year,
    pub grade: Grade,
    /// Without it the grade is taken as decided on the last day of its year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleFact {
    pub award: String,
    pub year: Year,
    /// Without it the title is taken as decided on the last day of its year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardFact {
    pub award: String,
    pub decided: Day,
    /// The first and last year of the achievement, where the decision names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<(Year, Year)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitiativeFact {
    pub id: String,
    pub year: Year,
    pub sort: Sort,
    pub scope: Scope,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The awards for which it has already served.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used_for: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisciplineFact {
    pub kind: Discipline,
    pub from: Day,
    /// The last day of its effect; absent while it lasts.
    #[serde(default)]
    pub to: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldFact {
    pub kind: Hold,
    pub from: Day,
    #[serde(default)]
    pub to: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostFact {
    pub post: String,
    pub from: Day,
    #[serde(default)]
    pub to: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveFact {
    pub kind: Leave,
    pub from: Day,
    #[serde(default)]
    pub to: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttestedFact {
    /// `AWARD/STANDARD/LEAF`.
    pub condition: String,
    pub value: bool,
    pub on: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// The people of a collective in one year, counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembersFact {
    pub year: Year,
    /// Those considered in that year.
    pub total: u32,
    #[serde(default)]
    pub grades: BTreeMap<Grade, u32>,
    #[serde(default)]
    pub titles: BTreeMap<String, u32>,
    /// How many were under each measure during the year; an absent measure is unknown.
    #[serde(default)]
    pub disciplined: BTreeMap<Discipline, u32>,
}
