//! The later document that acts on a decision, as it is typed: number, day, who issued it and whom that body succeeds.

use rules::facts::Day;

use crate::language::Language;
use crate::sheet::Sheet;

/// Names of its fields.
pub const FIELDS: [&str; 5] = ["van-ban", "ngay-van-ban", "co-quan", "ke-thua", "ly-do"];

/// The document, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// As printed, such as `Quyết định số 30/QĐ-VPCP`.
    pub printed: String,
    pub issuer: String,
    pub successor_of: Option<String>,
    pub day: Day,
    pub reason: String,
}

impl Document {
    /// Reads the fields; nothing where one is amiss, which is then said beside it. It must not lie ahead of `today`.
    pub fn read(sheet: &mut Sheet, language: Language, today: Day, decided: Day) -> Option<Self> {
        sheet.need(language, &["van-ban", "co-quan", "ly-do"]);
        let day = sheet.day(language, "ngay-van-ban");
        if day.is_some_and(|day| day > today) {
            sheet.wrong("ngay-van-ban", language.text("register-wrong-future"));
        }
        if day.is_some_and(|day| day < decided) {
            sheet.wrong("ngay-van-ban", language.text("act-wrong-before"));
        }
        let day = day.filter(|_| sheet.holds())?;
        Some(Self {
            printed: sheet.typed("van-ban").to_owned(),
            issuer: sheet.typed("co-quan").to_owned(),
            successor_of: sheet.filled("ke-thua"),
            day,
            reason: sheet.typed("ly-do").to_owned(),
        })
    }

    /// In one sentence: number, day, issuer, and the body that this one succeeds.
    pub fn told(&self) -> String {
        told(&self.printed, &self.issuer, self.successor_of.as_deref())
    }
}

/// A document as it is cited in Vietnamese, the language of papers.
pub fn told(printed: &str, issuer: &str, successor_of: Option<&str>) -> String {
    match successor_of {
        Some(first) => format!("{printed} của {issuer} (kế thừa {first})"),
        None => format!("{printed} của {issuer}"),
    }
}
