//! Who an award was given to and for what, as lists show it.

use store::conferrals::Conferral;

use crate::frame::Frame;
use crate::language::Language;
use crate::wording::capital;

/// The list of households.
pub const HOUSEHOLDS: &str = "/ca-nhan?ho-gia-dinh=1";

/// The page of the person, the household or the collective.
pub fn href(frame: &Frame, conferral: &Conferral) -> String {
    match (conferral.person, conferral.collective) {
        (Some(person), _) => frame.href(&format!("/ca-nhan/{person}")),
        (None, Some(unit)) => frame.href(&format!("/tap-the/{unit}")),
        (None, None) => String::new(),
    }
}

/// The year of a title or flag, or the kind of a commendation with the years of the achievement.
pub fn achievement(language: Language, conferral: &Conferral) -> String {
    let kind = conferral.kind.map(|kind| language.pick(&rules::words::kind(kind)).to_owned());
    let years = match (conferral.title_year, conferral.period) {
        (Some(year), _) => Some(language.text_with("subject-title-year", &[("year", &year.to_string())])),
        (None, Some((from, to))) => Some(language.years(from, to)),
        (None, None) => None,
    };
    capital(&[kind, years].into_iter().flatten().collect::<Vec<_>>().join(", "))
}
