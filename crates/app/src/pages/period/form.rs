//! The form of the period report: what is asked in the address, read into the parameters of the report.

use chrono::Datelike;
use store::access;
use store::error::StoreError;
use store::reports::arithmetic::Period;
use store::reports::counted::UnitChoice;
use store::reports::period::Parameters;
use store::units::{self, Unit, level};

use super::cell::WHOLE_OFFICE;
use crate::error::Error;
use crate::field::Field;
use crate::frame::Frame;
use crate::language::Language;
use crate::offered::{By, Offered};
use crate::period::asked::{self, End};
use crate::period::counting::{self, Way};
use crate::visit::Visit;
use crate::wording::unit_name;

/// The form as it is shown.
pub struct Form {
    pub from: Field,
    pub to: Field,
    pub compare_from: Field,
    pub compare_to: Field,
    pub unit: Field,
    pub own_only: bool,
    pub way: Field,
    pub units: Offered,
    /// Whether the whole office can be chosen.
    pub whole_office: bool,
}

/// A line of a list to choose from.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A report that can be made.
pub struct Question {
    pub parameters: Parameters,
    pub unit: Option<Unit>,
    pub way: Way,
}

/// Years of one cycle, from one congress to the next.
const CYCLE: i32 = 5;

impl Form {
    /// The form as the address fills it, with the last cycle and the one before where it names no period.
    pub async fn asked(visit: &Visit) -> Result<Self, Error> {
        let mut form = Self::typed(visit)?;
        if [&form.from, &form.to, &form.compare_from, &form.compare_to].iter().all(|field| field.typed.is_empty()) {
            form.fill(visit.day.year());
        }
        let words = visit.asked("don-vi-tim").unwrap_or_default().trim();
        if form.unit.typed.is_empty() && words.is_empty() && !form.whole_office {
            form.unit.typed = own_unit(visit).await?;
        }
        form.units = Offered::of(visit, visit.day, By::Code, &form.unit.typed, words).await?;
        match &form.units.meant {
            Some(unit) => form.unit.typed = unit.code.clone(),
            None if !words.is_empty() => {
                form.unit.typed = words.to_owned();
                form.unit.wrong = visit.t("period-choose-unit");
            }
            None => {}
        }
        Ok(form)
    }

    /// The form of the report to which a figure belongs: its period in one word, and the code of its unit.
    pub fn behind(visit: &Visit, period: &str, unit: &str) -> Result<Self, Error> {
        let mut form = Self::typed(visit)?;
        if let Some((from, to)) = asked::read(period) {
            (form.from.typed, form.to.typed) = (from.written(), to.written());
        }
        if unit != WHOLE_OFFICE {
            form.unit.typed = unit.to_owned();
        }
        Ok(form)
    }

    /// The report asked for; nothing where a field cannot be taken, which then says why.
    pub async fn question(&mut self, visit: &Visit) -> Result<Option<Question>, Error> {
        let period = period(visit, &mut self.from, &mut self.to);
        let compared = !self.compare_from.typed.is_empty() || !self.compare_to.typed.is_empty();
        let compare = period_if(compared, visit, &mut self.compare_from, &mut self.compare_to);
        let way = match self.way.typed.is_empty() {
            true => Some(Way::default()),
            false => self.way.read(visit.language, "period-wrong-way", Way::of),
        };
        let unit = self.unit_chosen(visit).await?;
        let (Some(period), Some(way), true, true) =
            (period, way, compare.is_some() == compared, self.unit.wrong.is_empty())
        else {
            return Ok(None);
        };
        let choice = unit.as_ref().map(|unit| UnitChoice { unit: unit.id, with_sub_units: !self.own_only });
        let countings = counting::countings(&visit.app.law, way);
        Ok(Some(Question { parameters: Parameters { period, compare, unit: choice, countings }, unit, way }))
    }

    /// What stands for the whole office; empty where it cannot be chosen.
    pub fn whole(&self, frame: &Frame) -> String {
        if self.whole_office { frame.t("period-unit-all").into_owned() } else { String::new() }
    }

    /// The ways of counting to choose from.
    pub fn ways(&self, language: &Language) -> Vec<Choice> {
        let chosen = Way::of(&self.way.typed).unwrap_or_default();
        let choice = |way: Way| Choice {
            value: way.word().to_owned(),
            label: language.text(way.key()).into_owned(),
            chosen: way == chosen,
        };
        Way::ALL.map(choice).into()
    }

    fn typed(visit: &Visit) -> Result<Self, Error> {
        let field = |name| Field::asked(visit, name);
        Ok(Self {
            from: field("tu"),
            to: field("den"),
            compare_from: field("so-tu"),
            compare_to: field("so-den"),
            unit: field("don-vi"),
            own_only: visit.asked("rieng").is_some(),
            way: field("dem"),
            units: Offered::default(),
            whole_office: access::reads_whole_office(&visit.signed_in()?.viewer),
        })
    }

    fn fill(&mut self, year: i32) {
        let last = (year - 1) / CYCLE * CYCLE;
        let fields = [&mut self.from, &mut self.to, &mut self.compare_from, &mut self.compare_to];
        let years = [last - CYCLE + 1, last, last - 2 * CYCLE + 1, last - CYCLE];
        for (field, year) in fields.into_iter().zip(years) {
            field.typed = year.to_string();
        }
    }

    async fn unit_chosen(&mut self, visit: &Visit) -> Result<Option<Unit>, Error> {
        if self.unit.typed.is_empty() || !self.unit.wrong.is_empty() {
            return Ok(None);
        }
        let viewer = &visit.signed_in()?.viewer;
        let found = match units::find_by_code(&visit.app.store, viewer, &self.unit.typed, visit.day).await {
            Err(StoreError::Forbidden) => return Err(StoreError::Forbidden.into()),
            found => found?,
        };
        match &found {
            None => {
                self.unit.wrong = visit.t("period-wrong-unit");
                self.units.keep(&self.unit.typed, self.unit.typed.clone());
            }
            Some(unit) => {
                self.units.keep(&unit.code, unit_name(visit.language, &unit.name, unit.name_en.as_deref()));
            }
        }
        Ok(found)
    }
}

impl Question {
    /// The name of the unit, or of the office.
    pub fn unit_name(&self, visit: &Visit) -> Result<String, Error> {
        let office = &visit.signed_in()?.office;
        let (name, name_en) = match &self.unit {
            Some(unit) => (&unit.name, &unit.name_en),
            None => (&office.name, &office.name_en),
        };
        Ok(unit_name(visit.language, name, name_en.as_deref()))
    }
}

/// The code of the unit in which the viewer's role holds; empty where it does not stand on the day.
async fn own_unit(visit: &Visit) -> Result<String, Error> {
    let viewer = &visit.signed_in()?.viewer;
    let Some(own) = viewer.unit else { return Ok(String::new()) };
    let mut way = level::way(&visit.app.store, viewer, own, visit.day).await?;
    Ok(way.pop().map(|unit| unit.code).unwrap_or_default())
}

fn period_if(wanted: bool, visit: &Visit, from: &mut Field, to: &mut Field) -> Option<Period> {
    if wanted { period(visit, from, to) } else { None }
}

fn period(visit: &Visit, from: &mut Field, to: &mut Field) -> Option<Period> {
    let end = |field: &mut Field| -> Option<End> {
        if field.typed.is_empty() {
            field.wrong = visit.t("period-wrong-missing");
        }
        field.read(visit.language, "period-wrong-end", asked::end)
    };
    let (first, last) = (end(from), end(to));
    match asked::between(first?, last?, visit.day) {
        Ok(period) => Some(period),
        Err(flaw) => {
            let field = if flaw == asked::Flaw::NotBegun { from } else { to };
            field.wrong = visit.language.text_with(flaw.key(), &[("years", &asked::LONGEST.to_string())]);
            None
        }
    }
}
