//! From the records of a person or a collective to the rows of the career strip, as known on a day.

use std::collections::BTreeMap;

use rules::facts::{Day, Grade, Scope, Year};
use rules::law::{Class, Law, Level};
use store::conferrals::Conferral;
use store::subjects::Records;
use store::units::Unit;

use crate::figures::career_strip::{Bar, Cell, Mark, Row, Shape, Strip};
use crate::frame::Frame;
use crate::honours;
use crate::language::Language;
use crate::wording;

/// Whose strip is drawn decides which rows of time it has.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'a> {
    Person,
    /// With the names the unit has borne.
    Collective(&'a [Unit]),
}

/// The strip of everything known on a day.
pub fn strip(law: &Law, records: &Records, whose: Whose<'_>, frame: &Frame, day: Day) -> Strip {
    let teller = Teller { law, records, frame, language: frame.language, day };
    let mut rows = Vec::new();
    if let Whose::Collective(names) = whose {
        rows.push(teller.names(names));
    }
    rows.push(teller.grades());
    rows.push(teller.conferred("career-titles", |shape| shape == Shape::Circle));
    rows.push(teller.conferred("career-flags", |shape| shape == Shape::Pennant));
    rows.push(teller.conferred("career-commendations", |shape| shape == Shape::Diamond));
    rows.push(teller.initiatives());
    rows.push(teller.posts());
    rows.push(teller.leave());
    rows.push(teller.measures());
    Strip { rows, until: day }
}

struct Teller<'a> {
    law: &'a Law,
    records: &'a Records,
    frame: &'a Frame,
    language: Language,
    day: Day,
}

impl Teller<'_> {
    fn row(&self, key: &str) -> Row {
        Row { label: self.language.text(key).into_owned(), ..Row::default() }
    }

    fn names(&self, names: &[Unit]) -> Row {
        let known: Vec<&Unit> = names.iter().filter(|name| name.from <= self.day).collect();
        let bars = known.chunk_by(|a, b| a.name == b.name).map(|run| {
            let text = wording::unit_name(self.language, &run[0].name, run[0].name_en.as_deref());
            self.bar(run[0].from, run[run.len() - 1].to, "post", text)
        });
        Row { bars: bars.collect(), ..self.row("career-names") }
    }

    fn grades(&self) -> Row {
        let known =
            self.records.grades.iter().filter(|known| {
                known.fact.decided.unwrap_or_else(|| rules::ask::year_end(known.fact.year)) <= self.day
            });
        let cells = known.map(|known| Cell {
            year: known.fact.year,
            tone: grade_tone(known.fact.grade),
            letters: wording::grade_letters(self.language, known.fact.grade),
            saying: wording::grade(self.language, known.fact.grade),
        });
        Row { cells: cells.collect(), ..self.row("career-grades") }
    }

    fn conferred(&self, key: &str, here: impl Fn(Shape) -> bool) -> Row {
        let known = self.records.conferrals.iter().filter(|conferral| conferral.is_known(self.day));
        let standing = known.filter(|conferral| honours::ended(conferral, self.day).is_none());
        let marks = standing.filter_map(|conferral| {
            let (shape, tier) = symbol(self.law, &conferral.award);
            here(shape).then(|| self.mark(conferral, shape, tier))
        });
        let mut marks: Vec<Mark> = marks.collect();
        // The same title stands at the same height in every year.
        marks.sort_by_key(|mark| (mark.year, mark.tier));
        Row { marks, ..self.row(key) }
    }

    fn mark(&self, conferral: &Conferral, shape: Shape, tier: u8) -> Mark {
        Mark {
            year: conferral.title_year.unwrap_or(chrono::Datelike::year(&conferral.decided)),
            shape,
            tier,
            name: honours::name(self.law, &conferral.award, conferral.decided, self.language),
            sort: honours::name(self.law, &conferral.award, self.day, self.language),
            count: 1,
            href: self.frame.href(&format!("/quyet-dinh/{}", conferral.decision.simple())),
        }
    }

    /// Initiatives of one year and scope are one mark with their number.
    fn initiatives(&self) -> Row {
        let known = self.records.initiatives.iter().filter(|initiative| {
            initiative.fact.decided.unwrap_or_else(|| rules::ask::year_end(initiative.fact.year)) <= self.day
        });
        let mut alike: BTreeMap<(Year, Scope), usize> = BTreeMap::new();
        for initiative in known {
            *alike.entry((initiative.fact.year, initiative.fact.scope)).or_default() += 1;
        }
        let marks = alike.into_iter().map(|((year, scope), count)| {
            let words = rules::words::scope(scope);
            let name = self.language.text_with("career-initiative-in", &[("scope", &self.language.pick(&words))]);
            Mark {
                year,
                shape: Shape::Triangle,
                tier: scope_tier(scope),
                sort: name.clone(),
                name,
                count,
                href: String::new(),
            }
        });
        Row { marks: marks.collect(), ..self.row("career-initiatives") }
    }

    fn posts(&self) -> Row {
        let known = self.records.posts.iter().filter(|post| post.fact.from <= self.day);
        let bars = known.map(|post| {
            let text = wording::post(self.language, &post.label, post.form);
            self.bar(post.fact.from, post.fact.to, "post", text)
        });
        Row { bars: bars.collect(), ..self.row("career-posts") }
    }

    fn leave(&self) -> Row {
        let known = self.records.leave.iter().filter(|known| known.fact.from <= self.day);
        let bars = known.map(|known| {
            let text = wording::capital(self.language.pick(&rules::words::leave(known.fact.kind)));
            self.bar(known.fact.from, known.fact.to, "away", text)
        });
        Row { bars: bars.collect(), ..self.row("career-leave") }
    }

    fn measures(&self) -> Row {
        let disciplines = self.records.disciplines.iter().filter(|known| known.fact.from <= self.day).map(|known| {
            let text = wording::capital(self.language.pick(&rules::words::discipline(known.fact.kind)));
            self.bar(known.fact.from, known.fact.to, "bad", text)
        });
        let holds = self.records.holds.iter().filter(|known| known.fact.from <= self.day).map(|known| {
            let text = wording::capital(self.language.pick(&rules::words::hold(known.fact.kind)));
            self.bar(known.fact.from, known.fact.to, "held", text)
        });
        Row { bars: disciplines.chain(holds).collect(), ..self.row("career-measures") }
    }

    fn bar(&self, from: Day, to: Option<Day>, tone: &'static str, text: String) -> Bar {
        let to = to.filter(|to| *to <= self.day);
        let days = match to {
            Some(to) => self
                .language
                .text_with("career-from-to", &[("from", &self.language.day(from)), ("to", &self.language.day(to))]),
            None => self.language.text_with("career-since", &[("from", &self.language.day(from))]),
        };
        Bar { from, to, tone, text, days }
    }
}

/// The form and the rank of an honour's mark; a commendation that the catalogue does not hold stands at the foot.
fn symbol(law: &Law, award: &str) -> (Shape, u8) {
    let known = law.award(award);
    let level = known.map_or(Level::CoSo, |award| award.level);
    let is_title = known.is_some_and(|award| award.class == Class::DanhHieu);
    if award.starts_with("co-thi-dua") {
        return (Shape::Pennant, if level == Level::NhaNuoc { 2 } else { 1 });
    }
    let tier = match level {
        Level::CoSo if award.ends_with("tien-tien") => 0,
        Level::CoSo => u8::from(is_title),
        Level::Bo if is_title => 2,
        Level::Bo => 1,
        // Certificates of the Prime Minister stand below orders.
        Level::NhaNuoc if award.starts_with("bang-khen") => 2,
        Level::NhaNuoc => 3,
    };
    (if is_title { Shape::Circle } else { Shape::Diamond }, tier)
}

fn scope_tier(scope: Scope) -> u8 {
    match scope {
        Scope::CoSo => 0,
        Scope::Bo => 1,
        Scope::ToanQuoc => 2,
    }
}

fn grade_tone(grade: Grade) -> &'static str {
    match grade {
        Grade::KhongHoanThanh => "g0",
        Grade::HoanThanh => "g1",
        Grade::Tot => "g2",
        Grade::XuatSac => "g3",
    }
}

#[cfg(test)]
mod tests {
    use super::symbol;
    use crate::figures::career_strip::Shape;

    #[test]
    fn the_mark_of_an_honour_tells_its_rank() {
        let law = crate::law::built_in();
        let marks = [
            ("giay-khen-la", (Shape::Diamond, 0)),
            ("giay-khen", (Shape::Diamond, 0)),
            ("bang-khen-bo", (Shape::Diamond, 1)),
            ("bang-khen-thu-tuong", (Shape::Diamond, 2)),
            ("huan-chuong-lao-dong-ba", (Shape::Diamond, 3)),
            ("lao-dong-tien-tien", (Shape::Circle, 0)),
            ("chien-si-thi-dua-co-so", (Shape::Circle, 1)),
            ("chien-si-thi-dua-bo", (Shape::Circle, 2)),
            ("chien-si-thi-dua-toan-quoc", (Shape::Circle, 3)),
            ("tap-the-lao-dong-tien-tien", (Shape::Circle, 0)),
            ("tap-the-lao-dong-xuat-sac", (Shape::Circle, 2)),
            ("co-thi-dua-bo", (Shape::Pennant, 1)),
            ("co-thi-dua-chinh-phu", (Shape::Pennant, 2)),
        ];
        for (award, mark) in marks {
            assert_eq!(symbol(&law, award), mark, "{award}");
        }
    }
}
