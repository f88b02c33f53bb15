//! Records that a finding rests on, in words: from a pointer into the facts to what it says and the decision behind it.

use rules::ask::{Record, title_day, year_end};
use rules::facts::{AwardFact, Day, Facts, InitiativeFact, MembersFact, Sort, TitleFact};
use rules::law::Law;
use rules::words;
use store::facts::SubjectFacts;

use crate::frame::Frame;
use crate::language::Word;

/// Everything known of a subject, to be put in words.
pub struct Book<'b> {
    pub law: &'b Law,
    pub frame: &'b Frame,
    pub known: &'b SubjectFacts,
    /// The names of the initiatives, in the order of the facts.
    pub initiatives: &'b [String],
    /// The posts as printed, in the order of the facts.
    pub posts: &'b [String],
    /// Where a condition is confirmed; absent where the viewer may not.
    pub attest: Option<String>,
}

/// One record in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub words: String,
    /// `Quyết định số 31/QĐ-… ngày …`; empty where none is known.
    pub decision: String,
    /// The address of the decision, where it is entered.
    pub href: Option<String>,
}

impl Book<'_> {
    /// A record in words; nothing where the pointer leads nowhere. `titles` are those that a condition counts among the
    /// members of a collective.
    pub fn line(&self, record: &Record, titles: &[&str]) -> Option<Line> {
        let (list, place) = record.fact.strip_prefix('/')?.split_once('/')?;
        let place: usize = place.parse().ok()?;
        let facts = &self.known.facts;
        let (words, day) = match list {
            "titles" => facts.titles.get(place).map(|fact| (self.title(fact), fact.decided))?,
            "awards" => facts.awards.get(place).map(|fact| (self.award(fact), Some(fact.decided)))?,
            "grades" => facts.grades.get(place).map(|fact| (self.grade(facts, place), fact.decided))?,
            "initiatives" => facts.initiatives.get(place).map(|fact| (self.initiative(fact, place), fact.decided))?,
            "members" => (self.members(facts.members.get(place)?, titles), None),
            _ => (self.undecided(facts, list, place)?, None),
        };
        let href = self.known.decisions.get(&record.fact).map(|id| self.frame.href(&format!("/quyet-dinh/{id}")));
        Some(Line { words, decision: self.decision(record.decision.as_deref(), day), href })
    }

    fn day(&self, day: Day) -> String {
        self.frame.language.day(day)
    }

    fn pick<'w>(&self, words: &'w rules::words::Words) -> &'w str {
        self.frame.language.pick(words)
    }

    fn decision(&self, number: Option<&str>, day: Option<Day>) -> String {
        match (number, day) {
            (Some(number), Some(day)) => self.frame.t2("why-decision-of", "number", number, "day", self.day(day)),
            (Some(number), None) => self.frame.t1("why-decision", "number", number),
            (None, _) => String::new(),
        }
    }

    fn title(&self, fact: &TitleFact) -> String {
        let name = self.law.name(&fact.award, title_day(fact));
        self.frame.t2("why-record-title", "name", self.pick(&name), "year", fact.year.to_string())
    }

    fn award(&self, fact: &AwardFact) -> String {
        let name = self.law.name(&fact.award, fact.decided);
        let name = self.pick(&name).to_owned();
        match fact.period {
            Some((from, to)) => {
                self.frame.t2("why-record-award-period", "name", name, "years", self.frame.language.years(from, to))
            }
            None => name,
        }
    }

    fn grade(&self, facts: &Facts, place: usize) -> String {
        let fact = &facts.grades[place];
        let grade = words::grade(fact.grade);
        self.frame.t2("why-record-grade", "year", fact.year.to_string(), "grade", self.pick(&grade))
    }

    fn initiative(&self, fact: &InitiativeFact, place: usize) -> String {
        let sort = match fact.sort {
            Sort::SangKien => "why-sort-initiative",
            Sort::DeTai => "why-sort-topic",
        };
        let scope = words::scope(fact.scope);
        let name = self.initiatives.get(place).map_or("", String::as_str);
        self.frame.language.text_with(
            "why-record-initiative",
            &[
                ("sort", &self.frame.t(sort)),
                ("name", &name),
                ("year", &fact.year.to_string()),
                ("scope", &self.pick(&scope)),
            ],
        )
    }

    /// The people of a collective in one year, with how many hold each of the titles.
    fn members(&self, fact: &MembersFact, titles: &[&str]) -> String {
        let holders = titles.iter().filter_map(|title| {
            let name = self.law.name(title, year_end(fact.year));
            let count = *fact.titles.get(*title)?;
            let share = self.frame.language.share(u64::from(count), u64::from(fact.total));
            let words: [(&str, &dyn Word); 3] = [("name", &self.pick(&name)), ("count", &count), ("share", &share)];
            Some(self.frame.language.text_with("why-record-holders", &words))
        });
        let total = self.frame.t2("why-record-members", "year", fact.year.to_string(), "total", fact.total);
        std::iter::once(total).chain(holders).collect::<Vec<_>>().join("; ")
    }

    /// A record that no decision of its own confers.
    fn undecided(&self, facts: &Facts, list: &str, place: usize) -> Option<String> {
        Some(match list {
            "disciplines" => {
                let fact = facts.disciplines.get(place)?;
                self.lasting(self.pick(&words::discipline(fact.kind)), fact.from, fact.to)
            }
            "holds" => {
                let fact = facts.holds.get(place)?;
                self.lasting(self.pick(&words::hold(fact.kind)), fact.from, fact.to)
            }
            "posts" => {
                let fact = facts.posts.get(place)?;
                self.lasting(self.posts.get(place)?, fact.from, fact.to)
            }
            "leave" => {
                let fact = facts.leave.get(place)?;
                self.lasting(self.pick(&words::leave(fact.kind)), fact.from, fact.to)
            }
            "registrations" => {
                self.frame.t1("why-record-registration", "year", facts.registrations.get(place)?.to_string())
            }
            "attested" => {
                let fact = facts.attested.get(place)?;
                let by = fact.by.clone().unwrap_or_else(|| self.frame.t("why-record-attested-nobody").into_owned());
                self.frame.t2("why-record-attested", "day", self.day(fact.on), "by", by)
            }
            _ => return None,
        })
    }

    fn lasting(&self, what: &str, from: Day, to: Option<Day>) -> String {
        format!("{what}, {}", crate::catalogue::span(self.frame.language, from, to))
    }
}
