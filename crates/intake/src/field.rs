//! What a file can bring, and what a column of it can hold.

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    People,
    Units,
    Posts,
    Grades,
    /// Titles and commendations, each with its decision.
    Awards,
    Initiatives,
    Disciplines,
}

/// Every kind, in the order of a list.
pub const KINDS: [Kind; 7] =
    [Kind::People, Kind::Units, Kind::Posts, Kind::Grades, Kind::Awards, Kind::Initiatives, Kind::Disciplines];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The running number of the list, which says nothing.
    Ordinal,
    FullName,
    /// Surname and middle names, where the given name stands in a column of its own.
    FamilyName,
    GivenName,
    Sex,
    /// A mark, or the day of birth, in a column for men.
    Male,
    /// The same in a column for women.
    Female,
    /// Day or year of birth.
    Born,
    /// Citizen identity card or the card before it.
    IdNumber,
    /// The number of the official.
    OfficialNumber,
    Unit,
    UnitCode,
    ParentUnit,
    Post,
    Group,
    Recruited,
    From,
    To,
    Year,
    Grade,
    Award,
    /// For what it was given, such as regular merit.
    AwardKind,
    DecisionNumber,
    DecisionDay,
    Issuer,
    Authority,
    Signer,
    Summary,
    /// The years of the achievement.
    Achievement,
    Initiative,
    Scope,
    Discipline,
    Remark,
}

/// Every field with the word by which a choice of columns is remembered, in the order of a list.
pub const FIELDS: [(Field, &str); 33] = [
    (Field::Ordinal, "stt"),
    (Field::FullName, "ho-ten"),
    (Field::FamilyName, "ho-dem"),
    (Field::GivenName, "ten"),
    (Field::Sex, "gioi-tinh"),
    (Field::Male, "nam"),
    (Field::Female, "nu"),
    (Field::Born, "ngay-sinh"),
    (Field::IdNumber, "so-dinh-danh"),
    (Field::OfficialNumber, "so-hieu"),
    (Field::Unit, "don-vi"),
    (Field::UnitCode, "ma-don-vi"),
    (Field::ParentUnit, "don-vi-cap-tren"),
    (Field::Post, "chuc-vu"),
    (Field::Group, "nhom"),
    (Field::Recruited, "ngay-tuyen-dung"),
    (Field::From, "tu-ngay"),
    (Field::To, "den-ngay"),
    (Field::Year, "nam-xet"),
    (Field::Grade, "xep-loai"),
    (Field::Award, "danh-hieu"),
    (Field::AwardKind, "loai-hinh"),
    (Field::DecisionNumber, "so-quyet-dinh"),
    (Field::DecisionDay, "ngay-quyet-dinh"),
    (Field::Issuer, "co-quan-ban-hanh"),
    (Field::Authority, "tham-quyen"),
    (Field::Signer, "nguoi-ky"),
    (Field::Summary, "trich-yeu"),
    (Field::Achievement, "thanh-tich"),
    (Field::Initiative, "sang-kien"),
    (Field::Scope, "pham-vi"),
    (Field::Discipline, "ky-luat"),
    (Field::Remark, "ghi-chu"),
];

impl Field {
    /// The word by which a choice of columns is remembered.
    pub fn word(self) -> &'static str {
        FIELDS.iter().find(|(field, _)| *field == self).map_or("", |(_, word)| word)
    }

    /// The field of a word.
    pub fn of(word: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, known)| *known == word).map(|(field, _)| *field)
    }
}

impl Kind {
    /// The word by which commands and addresses name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "ca-nhan",
            Self::Units => "tap-the",
            Self::Posts => "chuc-vu",
            Self::Grades => "xep-loai",
            Self::Awards => "khen-thuong",
            Self::Initiatives => "sang-kien",
            Self::Disciplines => "ky-luat",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Self> {
        KINDS.into_iter().find(|kind| kind.word() == word)
    }

    /// What a row must have; of each list one.
    pub fn needs(self) -> &'static [&'static [Field]] {
        const PERSON: &[Field] = &[Field::FullName, Field::GivenName, Field::IdNumber, Field::OfficialNumber];
        const SUBJECT: &[Field] =
            &[Field::FullName, Field::GivenName, Field::IdNumber, Field::OfficialNumber, Field::Unit, Field::UnitCode];
        match self {
            Self::People => &[&[Field::FullName, Field::GivenName]],
            Self::Units => &[&[Field::Unit]],
            Self::Posts => &[PERSON, &[Field::Post, Field::Unit], &[Field::From]],
            Self::Grades => &[SUBJECT, &[Field::Grade]],
            Self::Awards => &[SUBJECT, &[Field::Award], &[Field::DecisionNumber]],
            Self::Initiatives => &[SUBJECT, &[Field::Initiative]],
            Self::Disciplines => &[SUBJECT, &[Field::Discipline]],
        }
    }

    /// The kind that the columns of a file speak for.
    pub fn guess(fields: &[Field]) -> Option<Self> {
        let has = |field: Field| fields.contains(&field);
        let person = has(Field::FullName) || has(Field::GivenName);
        Some(match () {
            () if has(Field::Discipline) => Self::Disciplines,
            () if has(Field::Initiative) => Self::Initiatives,
            () if has(Field::Award) && (has(Field::DecisionNumber) || !has(Field::Grade)) => Self::Awards,
            () if has(Field::Grade) => Self::Grades,
            () if person && has(Field::Post) && has(Field::From) => Self::Posts,
            () if person => Self::People,
            () if has(Field::Unit) => Self::Units,
            () => return None,
        })
    }
}
