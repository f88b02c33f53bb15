//! Which awards a report counts and by which day, from the catalogue of the law.

use rules::law::{Award, Class, CountedBy, Law};
use store::reports::counted::{Category, CountBy, Counting};

/// How the awards of a report are dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Way {
    /// Each as the catalogue says.
    #[default]
    #[value(name = "catalogue")]
    Catalogue,
    /// All that name a title year by that year.
    #[value(name = "title-year")]
    TitleYear,
    /// All by the day of the decision.
    #[value(name = "decision-day")]
    DecisionDay,
}

/// Flags are emulation titles of collectives that reports count apart.
const FLAGS: [&str; 2] = ["co-thi-dua-chinh-phu", "co-thi-dua-bo"];

impl Way {
    pub const ALL: [Self; 3] = [Self::Catalogue, Self::TitleYear, Self::DecisionDay];

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Catalogue => "danh-muc",
            Self::TitleYear => "nam",
            Self::DecisionDay => "quyet-dinh",
        }
    }

    /// The way of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }

    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Catalogue => "period-way-catalogue",
            Self::TitleYear => "period-way-title-year",
            Self::DecisionDay => "period-way-decision-day",
        }
    }

    fn by(self, award: &Award) -> CountBy {
        match (self, award.counted_by) {
            (Self::TitleYear, _) | (Self::Catalogue, CountedBy::Nam) => CountBy::TitleYear,
            (Self::DecisionDay, _) | (Self::Catalogue, CountedBy::QuyetDinh) => CountBy::DecisionDay,
        }
    }
}

/// Every award of the catalogue, from high to low.
pub fn countings(law: &Law, way: Way) -> Vec<Counting> {
    law.awards
        .iter()
        .map(|award| Counting { award: award.id.clone(), category: category(award), by: way.by(award) })
        .collect()
}

/// The awards that stand under one name in a report: an award alone, or all classes of one order.
pub fn members<'l>(law: &'l Law, form: &'l str) -> impl Iterator<Item = &'l Award> {
    law.awards.iter().filter(move |award| family(award) == form)
}

/// The name under which the classes of an order stand together; an award's own id where it has no classes.
pub fn family(award: &Award) -> &str {
    award.family.as_deref().unwrap_or(&award.id)
}

fn category(award: &Award) -> Category {
    match award.class {
        _ if FLAGS.contains(&award.id.as_str()) => Category::Flag,
        Class::DanhHieu => Category::Title,
        Class::HinhThuc => Category::Commendation,
    }
}
