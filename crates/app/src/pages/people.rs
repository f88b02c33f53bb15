//! The list of people, or of households: by unit, level, honour held and name, in the order of given names.

pub mod file;

use askama::Template;
use axum::http::StatusCode;
use rules::facts::{Sex, Subject};
use rules::law::Level;
use store::access::{sees_personal_data, writes};
use store::error::StoreError;
use store::page::{Listed, Page, Total};
use store::people::{self, Filter, PersonRow};
use store::units::level;
use store::words::{PostLevel, Role};
use store::{names, units};
use uuid::Uuid;

use crate::error::{Error, Refusal};
use crate::field::{self, Field};
use crate::frame::Frame;
use crate::print::{self, Format, Way};
use crate::query;
use crate::subject::HOUSEHOLDS;
use crate::visit::{Answer, Visit};
use crate::wording;

/// Rows of one page.
const ROWS: u32 = 50;
/// Units that the form offers by name; where there are more they are chosen in the tree of units.
const UNITS: u32 = 60;

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    frame: Frame,
    form: Form,
    choices: Choices,
    files: Vec<Way>,
    rows: Vec<Row>,
    /// Why there are no rows, where there are none: title and sentence.
    nothing: (String, String),
    shown: String,
    first: String,
    after: String,
    /// Whether the viewer enters people.
    writes: bool,
    households: bool,
}

impl PeoplePage {
    /// The key of the label of the unit.
    fn unit_key(&self) -> &'static str {
        if self.households { "households-unit" } else { "people-unit" }
    }
}

struct Form {
    name: Field,
    unit: Field,
    own_only: Field,
    level: Field,
    award: Field,
    sex: Field,
    ungraded: Field,
    all: Field,
    /// Households are asked for instead of people.
    households: Field,
}

/// What the lists of the form offer; a list without choices is not shown.
struct Choices {
    units: Vec<Choice>,
    /// The name of the unit chosen in the tree of units, empty where none is; absent where `units` holds all.
    elsewhere: Option<String>,
    levels: Vec<Choice>,
    awards: Vec<(&'static str, Vec<Choice>)>,
    sexes: Vec<Choice>,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct Row {
    href: String,
    name: String,
    post: String,
    unit: String,
    quoted: bool,
}

/// `GET /ca-nhan`.
pub async fn show(visit: Visit) -> Answer {
    let signed_in = visit.signed_in()?;
    let (viewer, store) = (&signed_in.viewer, &visit.app.store);
    let mut form = Form::asked(&visit);
    // Sex is personal data: who does not see it cannot ask by it either.
    let sees_sex = sees_personal_data(viewer, Uuid::nil());
    if !form.sex.typed.is_empty() && !sees_sex {
        return Err(Error::Forbidden(Refusal::Role));
    }
    let tree = match units::tree_up_to(store, viewer, visit.day, UNITS).await {
        Ok(tree) => tree,
        // Who sees only their own record chooses no unit.
        Err(StoreError::Forbidden) => Some(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let filter = form.filter(&visit);
    let elsewhere = match tree {
        None => Some(chosen(&visit, filter.as_ref().and_then(|filter| filter.unit)).await?),
        Some(_) => None,
    };
    let tree = tree.unwrap_or_default();
    let choices = Choices { elsewhere, ..Choices::of(&visit, &form, &tree, viewer.role != Role::Employee, sees_sex) };
    let Some(filter) = filter else {
        let page = page(&visit, form, choices, None);
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let after = visit.asked("sau").and_then(|id| id.parse().ok());
    let listed = match people::list(store, viewer, &filter, Page { after, size: ROWS }).await {
        Ok(listed) => Some(listed),
        // An account that is tied to no person and no unit has no people to show.
        Err(StoreError::Forbidden) => None,
        Err(error) => return Err(error.into()),
    };
    visit.page(&page(&visit, form, choices, listed))
}

/// The name of a unit that was chosen in the tree of units.
async fn chosen(visit: &Visit, unit: Option<Uuid>) -> Result<String, Error> {
    let Some(unit) = unit else { return Ok(String::new()) };
    let way = level::way(&visit.app.store, &visit.signed_in()?.viewer, unit, visit.day).await?;
    Ok(way.last().map_or_else(String::new, |unit| wording::name_of(visit.language, unit)))
}

impl Form {
    fn asked(visit: &Visit) -> Self {
        let field = |name| Field::asked(visit, name);
        Self {
            name: field("q"),
            unit: field("don-vi"),
            own_only: field("chi-don-vi"),
            level: field("cap"),
            award: field("khen-thuong"),
            sex: field("gioi-tinh"),
            ungraded: field("chua-xep-loai"),
            all: field("tat-ca"),
            households: field("ho-gia-dinh"),
        }
    }

    /// The people asked for; nothing where a field cannot be read.
    fn filter(&mut self, visit: &Visit) -> Option<Filter> {
        let (language, law) = (visit.language, &visit.app.law);
        let unit = self.unit.read(language, "people-wrong-choice", |text| text.parse().ok());
        let level = self.level.read(language, "people-wrong-choice", |text| store::words::parse(text).ok());
        let award = self.award.read(language, "people-wrong-choice", |id| law.award(id).map(|award| award.id.clone()));
        let sex = self.sex.read(language, "people-wrong-choice", |text| store::words::parse(text).ok());
        let without_grade = self.ungraded.read(language, "field-wrong-year", field::year);
        let read = [&self.unit, &self.level, &self.award, &self.sex, &self.ungraded];
        read.iter().all(|field| field.wrong.is_empty()).then(|| Filter {
            unit,
            with_sub_units: self.own_only.typed.is_empty(),
            working: self.all.typed.is_empty() && self.name.typed.is_empty() && without_grade.is_none(),
            level,
            award,
            sex,
            name: Some(self.name.typed.clone()).filter(|name| !name.is_empty()),
            without_grade,
            households: self.of_households(),
            ..Filter::everyone(visit.day)
        })
    }

    fn of_households(&self) -> bool {
        !self.households.typed.is_empty()
    }

    /// Whether anything narrows the list.
    fn narrows(&self) -> bool {
        let fields = [&self.name, &self.unit, &self.level, &self.award, &self.sex, &self.ungraded];
        fields.iter().any(|field| !field.typed.is_empty())
    }
}

impl Choices {
    fn of(visit: &Visit, form: &Form, tree: &[units::Node], many: bool, sees_sex: bool) -> Self {
        let choice =
            |value: String, label: String, field: &Field| Choice { chosen: value == field.typed, value, label };
        let units = tree.iter().map(|node| {
            let name = wording::name_of(visit.language, &node.unit);
            let label = format!("{}{name}", "\u{a0}\u{a0}\u{a0}".repeat(node.depth as usize));
            choice(node.unit.id.to_string(), label, &form.unit)
        });
        let levels = [PostLevel::LanhDaoVu, PostLevel::LanhDaoPhong, PostLevel::TrucTiep];
        let subject = if form.of_households() { Subject::HoGiaDinh } else { Subject::CaNhan };
        let people = subject == Subject::CaNhan;
        let levels =
            levels.map(|level| choice(store::words::text(level), visit.t(wording::level_key(level)), &form.level));
        let sexes = [Sex::Nu, Sex::Nam];
        let sexes = sexes.map(|sex| choice(store::words::text(sex), visit.t(wording::sex_key(sex)), &form.sex));
        let groups = [
            (Level::NhaNuoc, "people-award-state"),
            (Level::Bo, "people-award-ministry"),
            (Level::CoSo, "people-award-base"),
        ];
        let awards = groups.map(|(level, key)| {
            let here =
                visit.app.law.awards.iter().filter(|award| award.level == level && award.subjects.contains(&subject));
            let choices = here.map(|award| {
                choice(award.id.clone(), visit.language.pick(&award.name(visit.day)).to_owned(), &form.award)
            });
            (key, choices.collect())
        });
        Self {
            units: units.collect(),
            elsewhere: None,
            levels: if many && people { levels.into() } else { Vec::new() },
            awards: if many { awards.into() } else { Vec::new() },
            sexes: if sees_sex && people { sexes.into() } else { Vec::new() },
        }
    }
}

fn page(visit: &Visit, form: Form, choices: Choices, listed: Option<Listed<PersonRow>>) -> PeoplePage {
    let households = form.of_households();
    let mut frame = visit.frame(visit.t(if households { "households-title" } else { "people-title" }));
    if households {
        frame = frame.crumb(visit.t("people-title"), "/ca-nhan");
    }
    let nothing = match (households, form.narrows(), listed.is_none()) {
        (true, true, _) => ("households-none-found", "households-none-found-note"),
        (false, true, _) => ("people-none-found", "people-none-found-note"),
        (_, false, true) => ("people-none-own", "people-none-own-note"),
        (true, false, false) => ("households-none", "households-none-note"),
        (false, false, false) => ("people-none", "people-none-note"),
    };
    let mut listed = listed.unwrap_or(Listed { rows: Vec::new(), next: None, total: Total::Exactly(0) });
    // On one page the names written exactly as typed come first; across pages the order of names stays whole.
    if listed.next.is_none() && visit.asked("sau").is_none() {
        listed.rows.sort_by_key(|person| !is_exact(&person.full_name, &form.name.typed));
    }
    let here = |after: Option<&str>| {
        let kept = visit.query.iter().filter(|(name, value)| name != "sau" && !value.is_empty());
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        query::address("/ca-nhan", &kept.chain(after.map(|after| ("sau", after))).collect::<Vec<_>>())
    };
    PeoplePage {
        shown: shown(visit, households, listed.rows.len(), listed.total),
        first: visit.asked("sau").map_or_else(String::new, |_| here(None)),
        after: listed.next.map_or_else(String::new, |id| here(Some(&id.to_string()))),
        rows: listed.rows.into_iter().map(|person| row(&frame, person, households)).collect(),
        files: print::ways(visit, &[Format::Xlsx]),
        nothing: (visit.t(nothing.0), visit.t(nothing.1)),
        households,
        writes: visit.signed_in.as_ref().is_some_and(|signed_in| writes(&signed_in.viewer, "person")),
        frame,
        form,
        choices,
    }
}

/// Whether every word typed begins a word of the name with its marks.
fn is_exact(full_name: &str, typed: &str) -> bool {
    let (full_name, typed) = (names::exact(full_name), names::exact(typed));
    names::split_words(&typed).all(|word| names::split_words(&full_name).any(|known| known.starts_with(word)))
}

/// `households`: where all rows are households, none is said to be one.
fn row(frame: &Frame, person: PersonRow, households: bool) -> Row {
    let address = person.household.as_ref().and_then(|household| household.address.clone());
    let kind = person.household.as_ref().filter(|_| !households).map(|_| frame.t("households-one").into_owned());
    Row {
        href: frame.href(&format!("/ca-nhan/{}", person.id)),
        name: person.full_name,
        post: kind.into_iter().chain(address).chain(person.post).collect::<Vec<_>>().join(", "),
        unit: person.unit_name.unwrap_or_default(),
        quoted: person.quoted,
    }
}

fn shown(visit: &Visit, households: bool, rows: usize, total: Total) -> String {
    let (key, total) = match (total, households) {
        (Total::Exactly(total), false) => ("people-shown", total),
        (Total::Exactly(total), true) => ("households-shown", total),
        (Total::MoreThan(least), false) => ("people-shown-more", least),
        (Total::MoreThan(least), true) => ("households-shown-more", least),
    };
    visit.language.text_with(key, &[("rows", &rows), ("total", &total)])
}
