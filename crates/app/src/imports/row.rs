//! One row of a file as values of the records, with what is wrong with its cells.

use std::sync::LazyLock;

use chrono::NaiveDate;
use intake::cell::{Note, Row};
use intake::field::Field;
use intake::value::{self, Complaint, Honour, When};
use rules::facts::{Group, Subject};
use rules::law::Class;
use store::imports::stage::Given;
use store::imports::values::{Number, Values};
use store::imports::{Kind, Problem};
use store::matching::{Born, folded};
use store::names;
use store::words::{self, IdentityKind, PostLevel};

use super::choices::Choices;
use crate::keys::Keys;
use crate::law;

/// For what a number of a person is sealed.
const SEALED_FOR: &str = "identity";

/// What goes to a household.
static HOUSEHOLD: LazyLock<Vec<Honour>> = LazyLock::new(|| honours(&[Subject::HoGiaDinh]));
/// What goes to somebody named who may be a person or a household.
static NAMED: LazyLock<Vec<Honour>> = LazyLock::new(|| honours(&[Subject::CaNhan, Subject::HoGiaDinh]));
static COLLECTIVE: LazyLock<Vec<Honour>> = LazyLock::new(|| honours(&[Subject::TapThe]));
/// How the name of a household begins on a list.
const OF_HOUSEHOLDS: [&str; 2] = ["hộ ", "gia đình "];

/// Reads rows of one kind as chosen.
pub struct Reader<'k> {
    pub kind: Kind,
    pub choices: Choices,
    pub keys: &'k Keys,
}

/// A row being read: its values so far, and what is wrong.
struct Reading<'r> {
    row: &'r Row,
    choices: &'r Choices,
    values: Values,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// The values of a row; `section` is the line above that names a group, such as a unit.
    pub fn read(&self, row: &Row, section: Option<&str>) -> Given {
        let mut reading = Reading { row, choices: &self.choices, values: Values::default(), problems: Vec::new() };
        reading.cells();
        reading.place(self.kind, section);
        if self.kind != Kind::Units {
            reading.person();
            reading.numbers(self.keys);
        }
        if matches!(self.kind, Kind::People | Kind::Awards) {
            reading.household();
        }
        match self.kind {
            Kind::People | Kind::Posts => reading.service(),
            Kind::Units => {}
            Kind::Grades => reading.grade(),
            Kind::Awards => reading.award(),
            Kind::Initiatives => reading.initiative(),
            Kind::Disciplines => reading.discipline(),
        }
        let year = matches!(self.kind, Kind::Grades | Kind::Awards | Kind::Initiatives);
        if year && reading.values.year.is_none() && !reading.problems.iter().any(|problem| problem.id == "no-year") {
            reading.values.year = self.choices.year;
        }
        Given { n: i64::from(row.number), values: reading.values, problems: reading.problems, passed: None }
    }
}

impl Reading<'_> {
    fn text(&self, field: Field) -> Option<String> {
        let column = self.choices.column(field.word())?;
        Some(self.row.text(column).to_owned()).filter(|text| !text.is_empty())
    }

    /// A value of a field; what cannot be read is a problem with the text of the cell.
    fn value<T>(&mut self, field: Field, read: impl FnOnce(&str) -> Result<T, Complaint>) -> Option<T> {
        let text = self.text(field)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(complaint) => {
                self.problems.push(Problem::new(problem(complaint), Some(&text)));
                None
            }
        }
    }

    fn day(&mut self, field: Field) -> Option<NaiveDate> {
        self.value(field, |text| value::when(text)?.first_day().ok_or(Complaint::NoDay))
    }

    /// Cells that hold an error or a formula that was never computed.
    fn cells(&mut self) {
        for (place, field) in &self.choices.columns {
            let Some(cell) = self.row.cells.get(*place).filter(|_| field != Field::Remark.word()) else {
                continue;
            };
            match cell.note {
                Some(Note::NotComputed) => self.problems.push(Problem::new("not-computed", None)),
                Some(Note::Error) => self.problems.push(Problem::new("cell-error", Some(&cell.text))),
                Some(Note::Computed | Note::Merged) | None => {}
            }
        }
    }

    fn place(&mut self, kind: Kind, section: Option<&str>) {
        let own = self.text(Field::Unit);
        if kind == Kind::Units {
            self.values.name = own;
            self.values.code = self.text(Field::UnitCode);
            self.values.parent = self.text(Field::ParentUnit).or_else(|| section.map(str::to_owned));
            self.values.summary = self.text(Field::DecisionNumber);
            self.values.from = self.day(Field::From);
            self.values.to = self.day(Field::To);
            return;
        }
        self.values.unit = self.text(Field::UnitCode).or(own).or_else(|| section.map(str::to_owned));
    }

    fn person(&mut self) {
        let parts = [self.text(Field::FamilyName), self.text(Field::GivenName)];
        let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let name = self.text(Field::FullName).or(Some(parts)).filter(|name| !name.is_empty());
        self.values.full_name = name.map(|name| proper(&name));
        self.values.sex = self.value(Field::Sex, value::sex).and_then(|word| words::parse(word).ok());
        let mut born = self.value(Field::Born, value::when);
        for (field, sex) in [(Field::Male, "nam"), (Field::Female, "nu")] {
            if let Some(mark) = self.text(field) {
                self.values.sex = words::parse(sex).ok();
                born = born.or(value::when(&mark).ok());
            }
        }
        self.values.born = born.map(|born| match born {
            When::Day(day) => Born::Day(day),
            When::Month(year, _) | When::Year(year) => Born::Year(year),
        });
        self.values.post = self.text(Field::Post);
        self.values.level = self.values.post.as_deref().map(level);
    }

    /// Whether the name is that of a household, as lists write it.
    fn household(&mut self) {
        let name = names::exact(self.values.full_name.as_deref().unwrap_or_default());
        self.values.household = OF_HOUSEHOLDS.iter().any(|beginning| name.starts_with(beginning));
    }

    fn numbers(&mut self, keys: &Keys) {
        if let Some(digits) = self.value(Field::IdNumber, value::id_number) {
            let kind = if digits.len() == 12 { IdentityKind::Cccd } else { IdentityKind::Cmnd };
            self.values.numbers.push(sealed(keys, kind, &digits));
        }
        if let Some(number) = self.text(Field::OfficialNumber) {
            self.values.numbers.push(sealed(keys, IdentityKind::SoHieu, &number));
        }
    }

    fn service(&mut self) {
        self.values.staff_group = self.text(Field::Group).and_then(|text| group(&text));
        self.values.recruited = self.day(Field::Recruited);
        self.values.from = self.day(Field::From);
        self.values.to = self.day(Field::To);
    }

    fn grade(&mut self) {
        self.values.year = self.value(Field::Year, value::year);
        self.values.grade = self.value(Field::Grade, value::grade).and_then(|word| words::parse(word).ok());
        self.decision_if_any();
        self.values.issuer = self.text(Field::Issuer);
    }

    fn award(&mut self) {
        let catalogue = match (&self.values.full_name, self.values.household) {
            (None, _) => &COLLECTIVE,
            (Some(_), false) => &NAMED,
            (Some(_), true) => &HOUSEHOLD,
        };
        self.values.award = self.value(Field::Award, |text| value::award(text, catalogue));
        let law = law::built_in();
        let award = self.values.award.as_deref().and_then(|id| law.award(id));
        self.values.for_a_year = award.is_some_and(|award| award.class == Class::DanhHieu);
        // What goes to households alone makes one of whatever name.
        let named = self.values.full_name.is_some();
        self.values.household |= named && award.is_some_and(|award| award.subjects == [Subject::HoGiaDinh]);
        let (year, number) =
            (self.value(Field::Year, value::year), self.value(Field::DecisionNumber, value::decision_number));
        self.values.year = year;
        if let Some((number, symbol, day)) = number {
            (self.values.number, self.values.symbol, self.values.decided) = (Some(number), Some(symbol), day);
        }
        self.values.decided = self.day(Field::DecisionDay).or(self.values.decided);
        self.values.issuer = self.text(Field::Issuer);
        self.values.authority = self.text(Field::Authority);
        self.values.signer = self.text(Field::Signer);
        self.values.summary = self.text(Field::Summary);
    }

    fn initiative(&mut self) {
        self.values.name = self.text(Field::Initiative);
        self.values.year = self.value(Field::Year, value::year);
        self.values.scope = self.value(Field::Scope, value::scope).and_then(|word| words::parse(word).ok());
        self.decision_if_any();
        self.values.year = self.values.year.or(self.values.decided.map(|day| chrono::Datelike::year(&day)));
    }

    fn discipline(&mut self) {
        self.values.discipline =
            self.value(Field::Discipline, value::discipline).and_then(|word| words::parse(word).ok());
        self.decision_if_any();
        self.values.from = self.day(Field::From).or(self.values.decided);
        self.values.to = self.day(Field::To);
    }

    /// A decision that a record only names: its number may be written in any way.
    fn decision_if_any(&mut self) {
        if let Some(text) = self.text(Field::DecisionNumber) {
            match value::decision_number(&text) {
                Ok((number, symbol, day)) => {
                    (self.values.number, self.values.symbol, self.values.decided) = (Some(number), Some(symbol), day);
                }
                Err(_) => self.values.number = Some(text),
            }
        }
        self.values.decided = self.day(Field::DecisionDay).or(self.values.decided);
    }
}

fn problem(complaint: Complaint) -> &'static str {
    match complaint {
        Complaint::NoDay => "no-day",
        Complaint::NoYear => "no-year",
        Complaint::NoSex => "no-sex",
        Complaint::NoGrade => "no-grade",
        Complaint::NoScope => "no-scope",
        Complaint::NoDiscipline => "no-discipline",
        Complaint::NoDecisionNumber => "no-decision-number",
        Complaint::NoIdNumber => "no-id-number",
        Complaint::NoAward => "no-award",
        Complaint::DoubtfulAward => "doubtful-award",
    }
}

fn sealed(keys: &Keys, kind: IdentityKind, number: &str) -> Number {
    Number { kind, sealed: keys.seal(SEALED_FOR, number), lookup: keys.lookup(&words::text(kind), number) }
}

/// A name that was written in capitals throughout, as names are written; any other stays as it is.
fn proper(name: &str) -> String {
    let shouted = name.chars().filter(|letter| letter.is_alphabetic()).all(|letter| !letter.is_lowercase());
    if !shouted {
        return name.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().collect();
        first + &letters.as_str().to_lowercase()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The level of a post by its words, from the highest.
fn level(post: &str) -> PostLevel {
    const DEPARTMENT: [&str; 9] = [
        "vu truong",
        "cuc truong",
        "tong cuc truong",
        "chanh van phong",
        "chanh thanh tra",
        "vien truong",
        "tong giam doc",
        "giam doc",
        "bo truong",
    ];
    const DIVISION: [&str; 4] = ["truong phong", "chi cuc truong", "truong ban", "doi truong"];
    let post = folded(post);
    let is = |known: &[&str]| known.iter().any(|known| post.contains(known));
    match () {
        () if is(&["chi cuc truong"]) => PostLevel::LanhDaoPhong,
        () if is(&DEPARTMENT) => PostLevel::LanhDaoVu,
        () if is(&DIVISION) => PostLevel::LanhDaoPhong,
        () => PostLevel::TrucTiep,
    }
}

fn group(text: &str) -> Option<Group> {
    words::parse(&folded(text).replace(' ', "-")).ok()
}

fn honours(subjects: &[Subject]) -> Vec<Honour> {
    let law = law::built_in();
    let of_subject = law.awards.iter().filter(|award| award.subjects.iter().any(|one| subjects.contains(one)));
    let honour = of_subject.map(|award| Honour {
        id: award.id.clone(),
        names: award.names.iter().map(|row| row.value.vi.clone()).collect(),
    });
    honour.collect()
}
