//! What can come to the record of a subject in a year, and the facts that it makes.

use std::collections::BTreeMap;

use chrono::Datelike;
use serde::Serialize;

use super::asks::Asks;
use super::digest::View;
use super::ground::{Ground, is_title};
use super::judge::Granted;
use super::known;
use super::line::{Idea, Line};
use crate::ask::year_end;
use crate::facts::{
    AttestedFact, AwardFact, Day, Discipline, Facts, Grade, GradeFact, InitiativeFact, Kind, MembersFact, Scope, Sort,
    TitleFact, Year,
};

/// One planned record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Move {
    Grade {
        year: Year,
        grade: Grade,
    },
    Initiative {
        year: Year,
        scope: Scope,
        sort: Sort,
    },
    Registration {
        year: Year,
    },
    /// The results of the members of a collective.
    Members {
        year: Year,
    },
    Confirmation {
        year: Year,
        condition: String,
        on: Day,
    },
    Title {
        award: String,
        year: Year,
        decided: Day,
    },
    Award {
        award: String,
        decided: Day,
        period: (Year, Year),
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<Kind>,
    },
    /// An initiative has served for an honour; by its place in the facts.
    #[serde(skip)]
    Use {
        place: usize,
        award: String,
    },
}

/// The base with these moves, as the explainer reads it at a round.
pub fn facts<'m>(ground: &Ground<'_>, moves: impl IntoIterator<Item = &'m Move>, round: usize) -> Facts {
    let mut facts = ground.base.clone();
    if ground.rounds[round].year >= ground.open_from {
        let last = ground.rounds.last().map_or(ground.open_from, |round| round.day.year() + 1);
        known::keep_whole(&mut facts, ground.open_from, last);
    }
    for one in moves {
        add(ground, &mut facts, one);
    }
    facts
}

fn add(ground: &Ground<'_>, facts: &mut Facts, one: &Move) {
    match one {
        Move::Grade { year, grade } => {
            facts.grades.push(GradeFact { year: *year, grade: *grade, decided: None, number: None, issuer: None })
        }
        Move::Initiative { year, scope, sort } => facts.initiatives.push(InitiativeFact {
            id: format!("{}-{}", year, facts.initiatives.len()),
            year: *year,
            sort: *sort,
            scope: *scope,
            decided: None,
            number: None,
            used_for: Vec::new(),
        }),
        Move::Registration { year } => facts.registrations.push(*year),
        Move::Members { year } => facts.members.push(members(ground, *year)),
        Move::Confirmation { condition, on, .. } => {
            facts.attested.push(AttestedFact { condition: condition.clone(), value: true, on: *on, by: None });
        }
        Move::Title { award, year, decided } => facts.titles.push(TitleFact {
            award: award.clone(),
            year: *year,
            decided: Some(*decided),
            number: None,
            issuer: None,
        }),
        Move::Award { award, decided, period, kind } => facts.awards.push(AwardFact {
            award: award.clone(),
            decided: *decided,
            period: Some(*period),
            kind: *kind,
            number: None,
            issuer: None,
        }),
        Move::Use { place, award } => {
            if let Some(fact) = facts.initiatives.get_mut(*place) {
                fact.used_for.push(award.clone());
            }
        }
    }
}

/// Members of a collective who come up to every result that can be asked: as many as last counted, each with every
/// title, the best grade and no measure.
fn members(ground: &Ground<'_>, year: Year) -> MembersFact {
    let known = ground.base.members.iter().filter(|fact| fact.total > 0).max_by_key(|fact| fact.year);
    let total = known.map_or(1, |fact| fact.total);
    let titles = ground.honours.iter().filter(|honour| is_title(honour.award));
    let measures = [
        Discipline::KhienTrach,
        Discipline::CanhCao,
        Discipline::HaBacLuong,
        Discipline::GiangChuc,
        Discipline::CachChuc,
        Discipline::BaiNhiem,
        Discipline::BuocThoiViec,
        Discipline::KhaiTru,
    ];
    MembersFact {
        year,
        total,
        grades: BTreeMap::from([(Grade::XuatSac, total)]),
        titles: titles.map(|honour| (honour.award.id.clone(), total)).collect(),
        disciplined: measures.into_iter().map(|measure| (measure, 0)).collect(),
    }
}

/// Puts a move of a year's own work into a line.
pub fn work(line: &mut Line, one: &Move) {
    match one {
        Move::Grade { year, grade } => line.set_grade(*year, *grade),
        Move::Initiative { year, scope, sort } => {
            line.ideas.push(Idea { year: *year, scope: *scope, sort: *sort, used: 0 });
        }
        Move::Registration { year } => line.register(*year),
        Move::Members { year } => line.set_members(*year),
        Move::Confirmation { condition, year, .. } => line.confirm(condition.clone(), *year),
        Move::Title { .. } | Move::Award { .. } | Move::Use { .. } => {}
    }
}

/// When a confirmation for a year is dated: within the year, so that it speaks of no later one.
pub fn confirmed_on(ground: &Ground<'_>, round: usize) -> Day {
    year_end(ground.rounds[round].year).min(ground.rounds[round].day)
}

/// Gives an honour: the new line and the moves that it takes.
pub fn confer(view: &View<'_, '_>, honour: usize, granted: &Granted) -> (Line, Vec<Move>) {
    let ground = view.ground;
    let standard = &ground.standards(honour, view.round)[granted.standard];
    let (award, decided) = (ground.honours[honour].award, ground.rounds[view.round].day);
    let anchor = view.anchors(standard).into_iter().flatten().find(|given| !view.is_broken(standard, given));
    let mut line = view.line.clone();
    let mut moves = Vec::new();
    for leaf in granted.uses.iter().map(|place| &standard.leaves[*place]) {
        let Asks::Initiatives { count, .. } = leaf.asks else { continue };
        let serving = view.line.serving(leaf, view.within(standard, leaf, anchor));
        for place in serving.into_iter().take(count as usize) {
            line.ideas[place].used |= 1 << honour;
            moves.push(Move::Use { place, award: award.id.clone() });
        }
    }
    if is_title(award) {
        line.add_title(honour, view.year, decided.year());
        moves.push(Move::Title { award: award.id.clone(), year: view.year, decided });
    } else {
        let spans = standard.leaves.iter().filter(|leaf| leaf.gives_years);
        let first = spans.filter_map(|leaf| {
            let (Asks::Grades { years, .. } | Asks::TitlesInARow { count: years, .. }) = leaf.asks else { return None };
            let span = view.span(standard, leaf, anchor);
            (span.0 <= span.1).then(|| span.0.max(span.1 - years as Year + 1))
        });
        let first = first.min().unwrap_or(view.year);
        line.given.push(super::line::Given {
            honour,
            last: view.year,
            decided: decided.year(),
            kind: granted.kind,
            title: false,
        });
        let period = (first, view.year);
        moves.push(Move::Award { award: award.id.clone(), decided, period, kind: granted.kind });
    }
    (line, moves)
}
