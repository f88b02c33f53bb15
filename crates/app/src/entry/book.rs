//! What a form's fields can choose from, and how a stored value is said in words.

use std::collections::BTreeMap;

use rules::facts::Day;
use rules::law::{Leaf, Level, Role};
use serde_json::{Map, Value as Json};
use store::access;
use store::entry::{self, Initiative, Named, Subject, UnitChoice};
use store::names;
use uuid::Uuid;

use super::{Field, Kind, Sort};
use crate::error::Error;
use crate::language::Language;
use crate::state::App;
use crate::visit::Visit;
use crate::wording;

/// Units that a list still offers; of more, the code is typed.
const LISTED_UNITS: usize = 150;
/// Purpose under which numbers of the State are sealed.
pub const SEALED_FOR: &str = "identity";
/// Digits of a sealed number that are shown.
const SHOWN_DIGITS: usize = 4;

/// What is known beside the record itself.
pub struct Book {
    pub app: App,
    pub language: Language,
    pub today: Day,
    /// Whether the viewer sees the subject's personal data.
    pub personal: bool,
    /// Whether the subject is a household.
    pub household: bool,
    pub units: Vec<UnitChoice>,
    pub initiatives: Vec<Initiative>,
}

/// One choice of a list, in groups; a list without groups has one without a name.
pub type Groups = Vec<(String, Vec<(String, String)>)>;

impl Book {
    /// What forms of these kinds about a subject can choose from.
    pub async fn open(visit: &Visit, whose: Option<&Named>, kinds: &[&Kind]) -> Result<Self, Error> {
        let viewer = &visit.signed_in()?.viewer;
        let store = &visit.app.store;
        let fields = || kinds.iter().flat_map(|kind| kind.fields);
        let subject = whose.map(|whose| whose.subject);
        let person = match subject {
            Some(Subject::Person(person)) => person,
            _ => Uuid::nil(),
        };
        let mut book = Self {
            app: visit.app.clone(),
            language: visit.language,
            today: visit.today,
            personal: access::sees_personal_data(viewer, person),
            household: whose.is_some_and(|whose| whose.household),
            units: Vec::new(),
            initiatives: Vec::new(),
        };
        if fields().any(|field| matches!(field.sort, Sort::Unit)) {
            book.units = entry::units(store, viewer, visit.today).await?;
        }
        if let Some(subject) = subject.filter(|_| fields().any(|field| matches!(field.sort, Sort::Initiative))) {
            book.initiatives = entry::initiatives(store, viewer, subject, visit.today).await?;
        }
        Ok(book)
    }

    /// Learns the names of the units that records name and the viewer could not choose.
    pub async fn learn(&mut self, visit: &Visit, records: &[(&Kind, &Map<String, Json>)]) -> Result<(), Error> {
        let mut unknown = Vec::new();
        for (kind, content) in records {
            for field in kind.fields.iter().filter(|field| matches!(field.sort, Sort::Unit)) {
                let id = content.get(field.name).and_then(Json::as_str).and_then(|id| id.parse::<Uuid>().ok());
                unknown.extend(id.filter(|id| !self.units.iter().any(|unit| unit.id == *id)));
            }
        }
        unknown.sort();
        unknown.dedup();
        if !unknown.is_empty() {
            let office = visit.signed_in()?.viewer.office;
            self.units.extend(entry::unit_names(&visit.app.store, office, &unknown).await?);
        }
        Ok(())
    }

    /// The fields of a kind that records of the subject have.
    pub fn fields(&self, kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
        kind.fields.iter().filter(|field| !(self.household && field.of_people))
    }

    /// Those of them that the viewer sees.
    pub fn seen(&self, kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
        self.fields(kind).filter(|field| self.personal || !field.personal)
    }

    /// What a field is called.
    pub fn label(&self, field: &Field) -> String {
        self.language.text(if self.household { field.label_of_household } else { field.label }).into_owned()
    }

    /// A stored value in words; what the viewer may not see is said to be hidden.
    pub fn said(&self, field: &Field, value: &Json) -> String {
        let t = |key: &str| self.language.text(key).into_owned();
        if field.personal && !self.personal {
            return t("entry-hidden");
        }
        let text = match value {
            Json::Null => return t("entry-none"),
            Json::Bool(yes) => return t(if *yes { "entry-yes" } else { "entry-no" }),
            Json::String(text) => text.as_str(),
            other => return other.to_string(),
        };
        match field.sort {
            Sort::Day(_) => text.parse().map_or_else(|_| text.to_owned(), |day| self.language.day(day)),
            Sort::Choice(choices) => (choices.said)(self.language, text),
            Sort::Unit => self.unit(text),
            Sort::Award => self.language.pick(&self.app.law.name(text, self.today)).to_owned(),
            Sort::Post => self.language.pick(&self.app.law.posts.name(text)).to_owned(),
            Sort::Condition => self.condition(text),
            Sort::Initiative => {
                let known = self.initiatives.iter().find(|known| known.id.to_string() == text);
                known.map_or_else(|| t("entry-initiative-gone"), |known| known.name.clone())
            }
            Sort::Sealed => self.number(text).map_or_else(|| t("entry-sealed"), |number| masked(&number)),
            _ => text.to_owned(),
        }
    }

    /// What a list offers for a field; empty for a field that is typed.
    pub fn offered(&self, field: &Field, typed: &str) -> Groups {
        let language = self.language;
        let plain = |list: Vec<(String, String)>| vec![(String::new(), list)];
        match field.sort {
            Sort::YesNo => plain(
                [("1", "entry-yes"), ("0", "entry-no")]
                    .map(|(value, key)| (value.to_owned(), language.text(key).into_owned()))
                    .to_vec(),
            ),
            Sort::Choice(choices) => {
                let known = choices.words.iter().copied();
                let kept = (!typed.is_empty() && !choices.words.contains(&typed)).then_some(typed);
                plain(known.chain(kept).map(|word| (word.to_owned(), (choices.said)(language, word))).collect())
            }
            Sort::Unit if self.types_units() => Vec::new(),
            Sort::Unit => plain(self.units.iter().map(|unit| (unit.id.to_string(), self.unit_label(unit))).collect()),
            Sort::Award => self.awards(),
            Sort::Post => plain(
                self.app
                    .law
                    .posts
                    .posts
                    .iter()
                    .map(|post| (post.id.clone(), language.pick(&post.name).to_owned()))
                    .collect(),
            ),
            Sort::Condition => self.conditions(typed),
            Sort::Initiative => {
                let used = |initiative: &Initiative| {
                    initiative.used_for.as_ref().map_or_else(String::new, |award| {
                        let award = language.pick(&self.app.law.name(award, self.today)).to_owned();
                        language.text_with("entry-initiative-used", &[("award", &award)])
                    })
                };
                let label = |known: &Initiative| format!("{} ({}){}", known.name, known.year, used(known));
                plain(self.initiatives.iter().map(|known| (known.id.to_string(), label(known))).collect())
            }
            _ => Vec::new(),
        }
    }

    /// Whether there are too many units for a list, so that their codes are typed.
    pub fn types_units(&self) -> bool {
        self.units.len() > LISTED_UNITS
    }

    /// The unit that a list gave or whose code or whole name was typed; `None` where that is none or several.
    pub fn unit_typed(&self, typed: &str) -> Option<&UnitChoice> {
        if let Ok(id) = typed.parse::<Uuid>() {
            return self.units.iter().find(|unit| unit.id == id);
        }
        let wanted = names::fold(typed);
        let mut found = self
            .units
            .iter()
            .filter(|unit| unit.to.is_none())
            .filter(|unit| names::fold(&unit.code) == wanted || names::fold(&unit.name) == wanted);
        found.next().filter(|_| found.next().is_none())
    }

    /// The number behind a seal; `None` where the key is another.
    pub fn number(&self, sealed: &str) -> Option<String> {
        self.app.keys().ok()?.unseal(SEALED_FOR, sealed)
    }

    /// A condition of an award by `AWARD/STANDARD/LEAF`, where a confirmation decides it.
    pub fn leaf(&self, condition: &str) -> Option<&Leaf> {
        let mut path = condition.splitn(3, '/');
        let (award, standard, leaf) = (path.next()?, path.next()?, path.next()?);
        let standards = self.app.law.award(award)?.standards.iter().filter(|known| known.id == standard);
        let mut leaves = standards.filter_map(|standard| standard.leaves.get(leaf));
        leaves.find(|leaf| leaf.role == Role::Attested)
    }

    fn unit(&self, id: &str) -> String {
        let known = self.units.iter().find(|unit| unit.id.to_string() == id);
        known.map_or_else(|| self.language.text("entry-unit-unknown").into_owned(), |unit| self.unit_label(unit))
    }

    fn unit_label(&self, unit: &UnitChoice) -> String {
        let name = wording::unit_name(self.language, &unit.name, unit.name_en.as_deref());
        match unit.to {
            Some(to) => self.language.text_with(
                "entry-unit-closed",
                &[("name", &name), ("code", &unit.code), ("day", &self.language.day(to))],
            ),
            None => format!("{name} ({})", unit.code),
        }
    }

    fn awards(&self) -> Groups {
        let mut groups: BTreeMap<Level, Vec<(String, String)>> = BTreeMap::new();
        for award in &self.app.law.awards {
            let name = self.language.pick(&award.name(self.today)).to_owned();
            groups.entry(award.level).or_default().push((award.id.clone(), name));
        }
        groups.into_values().map(|list| (String::new(), list)).collect()
    }

    /// The conditions of the award whose id the typed text begins with: all of all awards would be no list to choose from.
    fn conditions(&self, typed: &str) -> Groups {
        let id = typed.split('/').next().unwrap_or_default();
        let Some(award) = self.app.law.award(id) else { return Vec::new() };
        let mut list = Vec::new();
        for standard in &award.standards {
            for leaf in standard.leaves.values().filter(|leaf| leaf.role == Role::Attested) {
                let id = format!("{}/{}/{}", award.id, standard.id, leaf.id);
                let label = format!("{}: {}", self.language.pick(&standard.name), self.asks(leaf));
                list.push((id, label));
            }
        }
        list.dedup_by(|a, b| a.0 == b.0);
        vec![(self.language.pick(&award.name(self.today)).to_owned(), list)]
    }

    fn condition(&self, condition: &str) -> String {
        let award = condition.split('/').next().unwrap_or_default();
        let name = self.language.pick(&self.app.law.name(award, self.today)).to_owned();
        match self.leaf(condition) {
            Some(leaf) => format!("{name}: {}", self.asks(leaf)),
            None => name,
        }
    }

    fn asks(&self, leaf: &Leaf) -> String {
        let value = leaf.on(self.today).or(leaf.values.first());
        value.map_or_else(String::new, |value| {
            let words = value.words.clone().unwrap_or_else(|| value.condition.words(&self.app.law, self.today));
            self.language.pick(&words).to_owned()
        })
    }
}

/// A number with all but its last digits hidden.
fn masked(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    let hidden = letters.len().saturating_sub(SHOWN_DIGITS);
    "•".repeat(hidden) + &letters[hidden..].iter().collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_number_shows_its_last_four_digits() {
        assert_eq!(masked("001080012345"), "••••••••2345");
        assert_eq!(masked("123"), "123");
    }
}
