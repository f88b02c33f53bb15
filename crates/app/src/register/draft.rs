//! A draft of a decision: the paper, the block being added and the lines, as its owner typed them.

use std::collections::{BTreeMap, HashMap};

use rules::facts::{Day, Subject};
use rules::law::Law;
use serde::{Deserialize, Serialize};
use store::records::register::NewDecisionPaper;
use store::records::{NewConferral, NewDecision, NewHousehold, NewPerson, NewUnit, NewUnitName};
use store::register::{Entry, MOST_LINES};
use store::units::OUTSIDE;
use store::words::{Body, Certainty};
use uuid::Uuid;

use crate::field;
use crate::language::Language;
use crate::register::line::{self, Line, Recipient, SHARED};
use crate::register::paper;
use crate::register::recipients::{self, Asked, Known};
use crate::sheet::{Posted, Sheet};

/// The kind under which drafts of decisions are kept.
pub const KIND: &str = "decision";
/// Names of the fields by which lines are added.
pub const ADDING: [&str; 7] = ["danh-hieu", "nam-danh-hieu", "tu-nam", "den-nam", "loai-hinh", "danh-sach", "tim"];

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub paper: BTreeMap<String, String>,
    pub adding: BTreeMap<String, String>,
    pub lines: Vec<Line>,
}

impl Draft {
    /// A new draft of the office's own.
    pub fn blank(office_code: &str) -> Self {
        Self { paper: paper::blank(office_code).kept(), ..Self::default() }
    }

    /// From what is kept; what cannot be read begins anew.
    pub fn of(content: &str) -> Self {
        serde_json::from_str(content).unwrap_or_default()
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn paper_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(&paper::FIELDS);
        sheet.restore(&self.paper);
        sheet
    }

    pub fn adding_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(&ADDING);
        sheet.restore(&self.adding);
        sheet
    }

    /// The day of the decision where it can be read.
    pub fn day(&self) -> Option<Day> {
        self.paper.get("ngay").and_then(|text| field::day(text))
    }

    /// Takes over what was sent: paper, block, and who is meant by lines that were not told yet.
    pub fn take(&mut self, posted: &Posted) {
        let (mut paper, mut adding) = (self.paper_sheet(), self.adding_sheet());
        paper.take(posted);
        // A box that is not ticked is not sent at all.
        if posted.sent("so").is_some() && posted.sent("co-truoc").is_none() {
            paper.set("co-truoc", "");
        }
        adding.take(posted);
        self.paper = paper.kept();
        self.adding = adding.kept();
    }

    /// Names that still have to be told apart, with their place among the lines.
    pub fn untold(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().enumerate().filter(|(_, line)| line.recipient.is_none())
    }

    /// Adds one line for each name of a list; who is meant is told at once where only one can be.
    pub fn add(&mut self, asked: Vec<Asked>, known: &Known, law: &Law) {
        let shared: BTreeMap<String, String> = SHARED
            .iter()
            .map(|name| ((*name).to_owned(), self.adding.get(*name).cloned().unwrap_or_default()))
            .collect();
        let subjects = subjects(law, shared.get("danh-hieu").map_or("", String::as_str));
        for asked in asked.into_iter().take(MOST_LINES.saturating_sub(self.lines.len())) {
            let candidates = known.candidates(&asked, &subjects);
            let born = asked.born.map(|year| year.to_string());
            let hint = [born.unwrap_or_default(), asked.unit];
            let hint = hint.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("; ");
            let mut line = Line { recipient: None, name: asked.name, hint, unit: None, typed: shared.clone() };
            if let [only] = candidates.as_slice() {
                recipients::settle(&mut line, only);
            }
            self.lines.push(line);
        }
    }

    /// The subjects that the award of a line can go to.
    pub fn subjects(&self, law: &Law, line: &Line) -> Vec<Subject> {
        subjects(law, line.typed("danh-hieu"))
    }

    /// The decision with its lines as records. `wrong` tells for each line what is amiss; nothing is returned where
    /// anything is.
    pub fn entry(
        &self,
        decision: NewDecision,
        paper: NewDecisionPaper,
        law: &Law,
        language: Language,
        wrong: &mut HashMap<usize, String>,
    ) -> Option<Entry> {
        let own_body = matches!(paper.body, Body::CoQuanMinh | Body::CapTren);
        let (people, households, units, lines) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut entry = Entry { decision, paper, people, households, units, lines };
        for (place, line) in self.lines.iter().enumerate() {
            match conferral(&mut entry, line, place, own_body, law, language) {
                Ok(conferral) => entry.lines.push(conferral),
                Err(why) => {
                    wrong.insert(place, why);
                }
            }
        }
        wrong.is_empty().then_some(entry)
    }
}

/// One line as a record; whom the office does not know is added to the entry.
fn conferral(
    entry: &mut Entry,
    line: &Line,
    place: usize,
    own_body: bool,
    law: &Law,
    language: Language,
) -> Result<NewConferral, String> {
    let Some(recipient) = line.recipient else {
        return Err(language.text("register-wrong-untold").into_owned());
    };
    let mut sheet = line.sheet();
    let Some(conferred) = line::conferred(&mut sheet, law, language, recipient.subject()) else {
        let first =
            line::FIELDS.iter().find_map(|name| Some(sheet.field(name).wrong.clone()).filter(|why| !why.is_empty()));
        return Err(first.unwrap_or_default());
    };
    let subject = match recipient {
        Recipient::Person(id) | Recipient::Household(id) => (Some(id), None),
        Recipient::Collective(id) => (None, Some(id)),
        Recipient::OutsidePerson => (Some(outside_person(entry, line)), None),
        Recipient::OutsideHousehold => (Some(outside_household(entry, line)), None),
        Recipient::OutsideCollective => (None, Some(outside_collective(entry, line))),
    };
    let decision = (entry.decision.id, entry.decision.day);
    let position = i32::try_from(place + 1).unwrap_or(i32::MAX);
    let mut record = line::record(conferred, &sheet, decision, subject, line.unit, position, own_body);
    if recipient == Recipient::OutsideCollective {
        record.unit = None;
    }
    Ok(record)
}

fn outside_person(entry: &mut Entry, line: &Line) -> Uuid {
    let id = Uuid::now_v7();
    entry.people.push(NewPerson { excluded_from_roster: true, ..NewPerson::named(id, line.name.as_str()) });
    id
}

fn outside_household(entry: &mut Entry, line: &Line) -> Uuid {
    let person = outside_person(entry, line);
    entry.households.push(NewHousehold { id: Uuid::now_v7(), person, address: None });
    person
}

fn outside_collective(entry: &mut Entry, line: &Line) -> Uuid {
    let id = Uuid::now_v7();
    let name = NewUnitName {
        id: Uuid::now_v7(),
        unit: id,
        name: line.name.clone(),
        name_en: None,
        code: String::new(),
        parent: None,
        cluster: None,
        position: 0,
        basis: None,
        certainty: Certainty::CanDoiChieu,
        from_day: entry.decision.day,
        to_day: None,
    };
    entry.units.push((NewUnit { id, kind: OUTSIDE.to_owned(), fictitious: false }, name));
    id
}

/// The subjects that an award can go to; all where none is chosen.
pub fn subjects(law: &Law, award: &str) -> Vec<Subject> {
    match law.award(award) {
        Some(award) => award.subjects.clone(),
        None => vec![Subject::CaNhan, Subject::TapThe, Subject::HoGiaDinh],
    }
}
