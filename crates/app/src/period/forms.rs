//! The lines of a report by form: an award alone, or the classes of one order together with each class beneath.

use rules::facts::Day;
use rules::law::Law;
use rules::words::Words;
use store::reports::arithmetic::Change;
use store::reports::counted::{Category, SubjectKind};
use store::reports::period::{FormRow, PeriodReport, Row};

use crate::period::counting;

/// One line by form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The award, or the order whose classes stand together.
    pub id: String,
    pub name: Words,
    pub category: Category,
    pub subject: SubjectKind,
    /// One for each year of the report.
    pub years: Vec<u32>,
    pub total: u32,
    pub compared: Option<u32>,
    /// The classes, where there is more than one.
    pub classes: Vec<Form>,
}

impl Form {
    /// How the total has changed; nothing without a comparison.
    pub fn change(&self) -> Option<Change> {
        self.compared.map(|compared| Change::between(compared, self.total))
    }
}

/// Collectives before individuals; titles, flags, commendations; from high to low. Names are those of `day`.
pub fn forms(law: &Law, report: &PeriodReport, day: Day) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    for row in &report.forms {
        let id = law.award(&row.award).map_or(row.award.as_str(), counting::family);
        match forms.iter_mut().find(|form| form.id == id && form.subject == row.subject) {
            Some(form) => form.classes.push(one(law, row, day)),
            None => forms.push(Form { id: id.to_owned(), classes: vec![one(law, row, day)], ..one(law, row, day) }),
        }
    }
    for form in &mut forms {
        join(law, form, day);
    }
    forms.sort_by_key(|form| (form.subject, form.category));
    forms
}

/// The forms of one category to one sort of subject.
pub fn of(forms: &[Form], category: Category, subject: SubjectKind) -> impl Iterator<Item = &Form> {
    forms.iter().filter(move |form| form.category == category && form.subject == subject)
}

/// `Huân chương Lao động` of `Huân chương Lao động (hạng không rõ)`: the award of unknown class bears the order's name.
pub fn order_name(name: &Words) -> Words {
    let order = |text: &str| text.split(" (").next().unwrap_or(text).to_owned();
    Words::new(order(&name.vi), order(&name.en))
}

fn one(law: &Law, form: &FormRow, day: Day) -> Form {
    let Row { years, total, compared, .. } = &form.row;
    Form {
        id: form.award.clone(),
        name: law.name(&form.award, day),
        category: form.category,
        subject: form.subject,
        years: years.iter().map(|cell| cell.lines).collect(),
        total: total.lines,
        compared: compared.as_ref().map(|cell| cell.lines),
        classes: Vec::new(),
    }
}

/// Sums the classes up; a single one is the line itself.
fn join(law: &Law, form: &mut Form, day: Day) {
    let sum = |of: &dyn Fn(&Form) -> u32| form.classes.iter().map(of).sum::<u32>();
    if form.classes.len() == 1 {
        *form = form.classes.remove(0);
        return;
    }
    let years = (0..form.years.len()).map(|year| sum(&|class| class.years[year])).collect();
    let (total, compared) = (sum(&|class| class.total), sum(&|class| class.compared.unwrap_or(0)));
    form.years = years;
    form.total = total;
    form.compared = form.compared.map(|_| compared);
    form.name = order_name(&law.name(&form.id, day));
}
