//! The words of records that the law's facts do not have, and how every word is stored.

use sea_orm::Value;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::schema::ColumnType;

/// Whether a member belongs to the staff of the unit or is seconded to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MembershipKind {
    Chinh,
    BietPhai,
}

/// To which of the three lines of posts a post belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PostSide {
    ChinhQuyen,
    Dang,
    DoanThe,
}

/// Leader of a department, leader of a division, or staff; from highest to lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PostLevel {
    LanhDaoVu,
    LanhDaoPhong,
    TrucTiep,
}

/// Whether a post is held in full, in charge, acting, or in rank only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PostForm {
    ChinhThuc,
    PhuTrach,
    Quyen,
    Ham,
}

/// Whether what a record says of the world was checked, is to be checked, or only illustrates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    DaDoiChieu,
    CanDoiChieu,
    MinhHoa,
}

/// How one unit goes on as another: renamed, merged, split or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineageKind {
    DoiTen,
    SapNhap,
    ChiaTach,
    Chuyen,
}

/// How a decision, or one line of it, ends: withdrawn or annulled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndKind {
    ThuHoi,
    HuyBo,
    /// Another line stands in its place; read from an amendment, never entered as an end.
    SuaDoi,
}

/// What sort of body issued a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// The office itself.
    CoQuanMinh,
    /// A state authority above it, such as the Prime Minister.
    CapTren,
    Dang,
    CongDoan,
    DoanThanhNien,
    /// Another ministry, branch or province.
    BoNganh,
    Khac,
}

/// In which capacity a decision is signed where its head does not sign (Decree 30/2020, article 13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// Ký thay: a deputy.
    Kt,
    /// Thừa lệnh: the head of a unit.
    Tl,
    /// Thừa ủy quyền: by written authority.
    Tuq,
    /// Thay mặt: for a collective body.
    Tm,
}

/// What the office holds of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperState {
    BanChinh,
    BanSao,
    /// The paper is lost; something else proves it.
    Mat,
}

/// How a later document mends a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AmendmentKind {
    /// A letter mends a slip of form.
    DinhChinh,
    /// A deciding document amends the content.
    SuaDoi,
}

/// Which words of a decision a later document mends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AmendedField {
    SoKyHieu,
    Ngay,
    TrichYeu,
    NguoiKy,
    HoTen,
    ChucVu,
    DonVi,
    ThanhTich,
    Khac,
}

/// Why a certificate is issued anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReissueKind {
    /// The first was lost or damaged.
    CapLai,
    /// Exchanged for one of another form.
    CapDoi,
}

/// Which number the State knows a person by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityKind {
    /// Citizen identity card (căn cước).
    Cccd,
    /// Identity card before it (chứng minh nhân dân).
    Cmnd,
    /// Number of the official (số hiệu cán bộ, công chức).
    SoHieu,
}

/// What a link lets its holder do: set the first password, or another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    Moi,
    DatLai,
}

/// What a second person decides on a submitted regulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerOutcome {
    XacNhan,
    TraLai,
}

/// How a link ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkEnd {
    DaDung,
    ThuHoi,
}

/// The role of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Clerk of a unit.
    #[serde(rename = "can-bo-don-vi")]
    Clerk,
    /// Head of a unit.
    #[serde(rename = "thu-truong-don-vi")]
    Head,
    #[serde(rename = "ca-nhan")]
    Employee,
    /// Emulation officer of the office.
    #[serde(rename = "cong-chuc-thi-dua")]
    Officer,
    #[serde(rename = "thu-ky-hoi-dong")]
    CouncilSecretary,
    #[serde(rename = "thanh-vien-hoi-dong")]
    CouncilMember,
    #[serde(rename = "nguoi-co-tham-quyen")]
    DecidingAuthority,
    #[serde(rename = "kiem-tra")]
    Auditor,
    #[serde(rename = "quan-tri")]
    Administrator,
}

/// Every role, in the order of a list.
pub const ROLES: [Role; 9] = [
    Role::Clerk,
    Role::Head,
    Role::Employee,
    Role::Officer,
    Role::CouncilSecretary,
    Role::CouncilMember,
    Role::DecidingAuthority,
    Role::Auditor,
    Role::Administrator,
];

/// The word as it is stored and as it stands in facts, such as `lanh-dao-vu`.
pub fn text<T: Serialize>(word: T) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(text)) => text,
        other => unreachable!("a word is an enum of unit variants, not {other:?}"),
    }
}

/// The word that a stored or typed text stands for.
pub fn parse<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, StoreError> {
    let source: StrDeserializer<'_, Error> = text.into_deserializer();
    T::deserialize(source).map_err(|why| StoreError::Database(why.to_string()))
}

/// A thing that fits one column.
pub trait Cell {
    /// How the column is read back.
    const TYPE: ColumnType;

    /// The value as the database takes it.
    fn cell(&self) -> Value;
}

macro_rules! plain_cells {
    ($($type:ty: $column:ident),*) => {$(
        impl Cell for $type {
            const TYPE: ColumnType = ColumnType::$column;

            fn cell(&self) -> Value {
                self.clone().into()
            }
        }
        impl Cell for Option<$type> {
            const TYPE: ColumnType = ColumnType::$column;

            fn cell(&self) -> Value {
                self.clone().into()
            }
        }
    )*};
}

macro_rules! word_cells {
    ($($type:ty),*) => {$(
        impl Cell for $type {
            const TYPE: ColumnType = ColumnType::Text;

            fn cell(&self) -> Value {
                text(*self).into()
            }
        }
        impl Cell for Option<$type> {
            const TYPE: ColumnType = ColumnType::Text;

            fn cell(&self) -> Value {
                self.map(text).into()
            }
        }
    )*};
}

plain_cells!(bool: Bool, i32: Int, i64: Long, String: Text, uuid::Uuid: Uuid, chrono::NaiveDate: Day);
word_cells!(
    MembershipKind,
    PostSide,
    PostLevel,
    PostForm,
    LineageKind,
    Certainty,
    EndKind,
    Body,
    Capacity,
    PaperState,
    AmendmentKind,
    AmendedField,
    ReissueKind,
    IdentityKind,
    LinkKind,
    LinkEnd,
    LayerOutcome,
    Role,
    rules::facts::Sex,
    rules::facts::Group,
    rules::facts::RecordKind,
    rules::facts::Grade,
    rules::facts::Kind,
    rules::facts::Scope,
    rules::facts::Sort,
    rules::facts::Discipline,
    rules::facts::Hold,
    rules::facts::Leave,
    rules::layer::Tier
);
