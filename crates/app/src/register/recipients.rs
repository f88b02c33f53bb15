//! Who is meant by the names of a list: parsed from pasted text, matched with the people, households and collectives of
//! the office.

use rules::facts::{Day, Subject};
use store::error::StoreError;
use store::people::{self, PersonRow};
use store::units::{Unit, sought};
use store::{names, words};

use crate::register::line::{Line, Recipient};
use crate::visit::Visit;

/// One name of a list, with what was written beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub name: String,
    pub born: Option<i32>,
    /// Code or name of a unit.
    pub unit: String,
}

/// Someone who may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub recipient: Recipient,
    pub name: String,
    /// What tells them from others of the name: year of birth, post, unit.
    pub says: String,
    unit: Option<uuid::Uuid>,
    unit_name: String,
    post: String,
    level: String,
}

/// Everyone who bears one of the names that were asked for.
pub struct Known {
    people: Vec<PersonRow>,
    units: Vec<Unit>,
}

/// The names of a list, one a line: name; then, behind a tab, a semicolon or a bar, year of birth and unit.
pub fn parse(text: &str) -> Vec<Asked> {
    text.lines().filter_map(asked).collect()
}

/// Reads who bears these names and which collectives there are, with post and unit on the day.
pub async fn known(visit: &Visit, names: &[String], day: Day) -> Result<Known, StoreError> {
    let (store, viewer) = (&visit.app.store, &visit.signed_in().map_err(|_| StoreError::Forbidden)?.viewer);
    let folded: Vec<String> = names.iter().map(|name| names::fold(name)).collect();
    let people = people::named(store, viewer, &folded, day).await?;
    let units = sought::named(store, viewer, names, day).await?;
    Ok(Known { people, units })
}

/// People and collectives whose names have these words, the likeliest first.
pub async fn found(visit: &Visit, text: &str, day: Day) -> Result<Vec<Candidate>, StoreError> {
    const SHOWN: u32 = 12;
    let (store, viewer) = (&visit.app.store, &visit.signed_in().map_err(|_| StoreError::Forbidden)?.viewer);
    let people = people::search(store, viewer, text, day, 10).await?;
    let mut found: Vec<Candidate> = people.iter().map(person).collect();
    let units = sought::sought(store, viewer, text, day, SHOWN).await?;
    found.extend(units.iter().map(collective));
    found.truncate(SHOWN as usize);
    Ok(found)
}

impl Known {
    /// Those who may be meant: of the name, and of the year of birth and the unit where these were written.
    pub fn candidates(&self, asked: &Asked, subjects: &[Subject]) -> Vec<Candidate> {
        let folded = names::fold(&asked.name);
        let mut found = Vec::new();
        let people = self.people.iter().filter(|person| names::fold(&person.full_name) == folded);
        let people = people.filter(|person| subjects.contains(&subject(person)));
        found.extend(people.filter(|person| fits(person, asked)).map(person));
        if subjects.contains(&Subject::TapThe) {
            let units =
                self.units.iter().filter(|unit| names::fold(&unit.name) == folded || names::fold(&unit.code) == folded);
            found.extend(units.map(collective));
        }
        found
    }
}

/// The line for a candidate, with post and unit from the record; what was typed in the shared fields stays.
pub fn settle(line: &mut Line, candidate: &Candidate) {
    line.recipient = Some(candidate.recipient);
    line.name.clone_from(&candidate.name);
    line.unit = candidate.unit;
    line.set("chuc-vu", candidate.post.clone());
    line.set("don-vi", candidate.unit_name.clone());
    line.set("cap", candidate.level.clone());
}

/// What was typed beside a name, to be read again.
pub fn asked_of(line: &Line) -> Asked {
    asked(&format!("{};{}", line.name, line.hint)).unwrap_or(Asked {
        name: line.name.clone(),
        born: None,
        unit: String::new(),
    })
}

fn asked(line: &str) -> Option<Asked> {
    let mut parts = line.split(['\t', ';', '|']).map(str::trim);
    let mut name = parts.next()?;
    // The ordinal of a pasted list, as `12.` or in a column of its own.
    let is_ordinal = |text: &str| {
        let digits = text.trim_end_matches(['.', ')']);
        !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if is_ordinal(name) {
        name = parts.next()?;
    } else if let Some((ordinal, rest)) = name.split_once(' ')
        && ordinal.ends_with(['.', ')'])
        && is_ordinal(ordinal)
    {
        name = rest.trim();
    }
    if name.is_empty() {
        return None;
    }
    let (mut born, mut unit) = (None, String::new());
    for part in parts.filter(|part| !part.is_empty()) {
        let year = part.rsplit(['/', '-']).next().and_then(|year| year.parse().ok());
        match year.filter(|year| (1900..=2100).contains(year)) {
            Some(year) => born = Some(year),
            None => unit = part.to_owned(),
        }
    }
    Some(Asked { name: name.split_whitespace().collect::<Vec<_>>().join(" "), born, unit })
}

fn fits(person: &PersonRow, asked: &Asked) -> bool {
    let born = person.born.map(|day| chrono::Datelike::year(&day));
    let unit = names::fold(&asked.unit);
    let in_unit = person.unit_code.as_deref().is_some_and(|code| names::fold(code) == unit)
        || person.unit_name.as_deref().is_some_and(|name| names::fold(name).contains(&unit));
    (asked.born.is_none() || born.is_none() || born == asked.born) && (unit.is_empty() || in_unit)
}

/// What sort of subject someone entered as a person is.
fn subject(person: &PersonRow) -> Subject {
    if person.household.is_some() { Subject::HoGiaDinh } else { Subject::CaNhan }
}

fn person(person: &PersonRow) -> Candidate {
    let born = person.born.map(|day| chrono::Datelike::year(&day).to_string());
    let address = person.household.as_ref().and_then(|household| household.address.clone());
    let parts = [born, address, person.post.clone(), person.unit_name.clone()];
    Candidate {
        recipient: match subject(person) {
            Subject::HoGiaDinh => Recipient::Household(person.id),
            Subject::CaNhan | Subject::TapThe => Recipient::Person(person.id),
        },
        name: person.full_name.clone(),
        says: parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        unit: person.unit,
        unit_name: person.unit_name.clone().unwrap_or_default(),
        post: person.post.clone().unwrap_or_default(),
        level: person.level.map(words::text).unwrap_or_default(),
    }
}

fn collective(unit: &Unit) -> Candidate {
    Candidate {
        recipient: Recipient::Collective(unit.id),
        name: unit.name.clone(),
        says: unit.code.clone(),
        unit: Some(unit.id),
        unit_name: unit.name.clone(),
        post: String::new(),
        level: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, parse};

    fn asked(name: &str, born: Option<i32>, unit: &str) -> Asked {
        Asked { name: name.to_owned(), born, unit: unit.to_owned() }
    }

    #[test]
    fn blank_lines_and_bare_ordinals_are_nobody() {
        assert_eq!(parse("\n  \n12.\n3\t\n;;"), []);
    }

    #[test]
    fn a_pasted_list_is_read_with_its_ordinals_years_and_units() {
        let text = "1. Trần  Thị Hoa\n2\tLê Văn Bình\t12/05/1980\tTCCB\nVụ Pháp luật\nĐỗ Nga; 1975; Cục Quản trị";
        let expected = [
            asked("Trần Thị Hoa", None, ""),
            asked("Lê Văn Bình", Some(1980), "TCCB"),
            asked("Vụ Pháp luật", None, ""),
            asked("Đỗ Nga", Some(1975), "Cục Quản trị"),
        ];
        assert_eq!(parse(text), expected);
    }
}
