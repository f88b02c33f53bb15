//! Goes a way that was found once more with the explainer and says of each step what it serves and on whom it depends.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::ground::{Ground, PLAIN};
use super::judge::{Granted, Judge};
use super::moves::{self, Move};
use super::search::Found;
use super::{Depends, Occasion, Open, Path, Serves, Step, Way, known};
use crate::answer::{Answer, Finding, Left, StandardFinding};
use crate::ask::{Missing, Verdict};
use crate::explain::explain;
use crate::facts::{Day, Facts, Grade, Scope, Sort};
use crate::law::Role;
use crate::words::{self, Words};

/// Everything that was found, in words.
pub fn path<'g, 'l>(
    ground: &'g Ground<'l>,
    judge: &mut Judge<'g, 'l>,
    today: &Answer,
    found: &[Found],
    exact: bool,
) -> Path {
    let mut teller = Teller { ground, judge, under: None };
    let ways: Vec<Way> = found.iter().map(|found| teller.way(found)).collect();
    let under = teller.under;
    let target = ground.honours[ground.target()].award;
    let blocking = match (ways.is_empty(), today.nearest()) {
        (true, Some(nearest)) => nearest.blocking().into_iter().flat_map(|finding| finding.missing.clone()).collect(),
        _ => Vec::new(),
    };
    let suffices = today.verdict == Verdict::Met;
    let planned = !ways.is_empty() && (!suffices || ways.iter().any(|way| way.day > ground.rounds[0].day));
    Path {
        award: target.id.clone(),
        subject: ground.base.subject,
        on: ground.rounds[0].day,
        suffices,
        until: ground.rounds.last().map_or(0, |round| round.day.year()),
        ways,
        occasions: occasions(ground),
        earliest_under: under,
        supposed: if planned { known::supposed(&ground.base, ground.rounds[0].day.year()) } else { Vec::new() },
        exact,
        looked: 0,
        blocking,
    }
}

/// The standards of the first day that no plan may use, because they wait for an occasion.
fn occasions(ground: &Ground<'_>) -> Vec<Occasion> {
    let target = ground.honours[ground.target()].award;
    let open = target.standards_on(ground.rounds[0].day, ground.base.subject).filter(|standard| {
        ground.base.group.is_none_or(|group| {
            !standard.except_groups.contains(&group) && (standard.groups.is_empty() || standard.groups.contains(&group))
        })
    });
    let waiting = open.filter_map(|standard| {
        let kind = standard.kind.filter(|kind| !ground.kinds.contains(kind))?;
        let id = format!("{}/{}", target.id, standard.id);
        Some(Occasion { standard: id, name: standard.name.clone(), kind })
    });
    waiting.collect()
}

struct Teller<'t, 'g, 'l> {
    ground: &'t Ground<'l>,
    judge: &'t mut Judge<'g, 'l>,
    under: Option<Day>,
}

impl Teller<'_, '_, '_> {
    fn way(&mut self, found: &Found) -> Way {
        let mut steps: Vec<Option<Step>> = found.moves.iter().map(|one| self.step(one)).collect();
        let mut open = Vec::new();
        for (place, one) in found.moves.iter().enumerate() {
            let (award, decided) = match one {
                Move::Title { award, decided, .. } | Move::Award { award, decided, .. } => (award, *decided),
                _ => continue,
            };
            let round = self.ground.rounds.iter().position(|round| round.day == decided);
            let Some((round, honour)) = round.zip(self.ground.place(award)) else { continue };
            let facts = moves::facts(self.ground, &found.moves[..place], round);
            let Some((finding, granted)) = self.granted(&facts, honour, round) else { continue };
            self.note_texts(&finding, decided);
            self.serve(&finding, &pointers(self.ground, &found.moves[..place]), &mut steps);
            open.extend(self.open(award, &finding, &granted));
            if let Some(step) = &mut steps[place] {
                step.left_to_council = self.left(&facts, award, decided, &finding);
            }
        }
        let verdict = if found.demand.unsure > 0 { Verdict::Unknown } else { Verdict::Met };
        let steps = steps.into_iter().flatten().collect();
        Way { day: self.ground.rounds[found.round].day, verdict, demand: found.demand, steps, open }
    }

    fn granted(&mut self, facts: &Facts, honour: usize, round: usize) -> Option<(StandardFinding, Granted)> {
        let granted = self.judge.judge(facts, honour, round)?;
        let findings = self.judge.findings(facts, honour, round);
        let finding = findings.into_iter().find(|(_, place)| *place == granted.standard)?;
        Some((finding.0, granted))
    }

    /// A move as a step that serves nothing yet; none for what asks nothing.
    fn step(&self, one: &Move) -> Option<Step> {
        let (year, depends) = match one {
            Move::Grade { grade: PLAIN, .. } | Move::Use { .. } => return None,
            Move::Grade { year, .. } | Move::Registration { year } | Move::Members { year } => {
                (*year, Depends::OwnWork)
            }
            Move::Initiative { year, .. } | Move::Confirmation { year, .. } | Move::Title { year, .. } => {
                (*year, Depends::Council)
            }
            Move::Award { decided, .. } => (decided.year(), Depends::Council),
        };
        let words = self.words(one);
        Some(Step { year, what: one.clone(), words, depends, serves: Vec::new(), left_to_council: Vec::new() })
    }

    fn words(&self, one: &Move) -> Words {
        let law = self.ground.law;
        match one {
            Move::Grade { grade: Grade::XuatSac, .. } => {
                Words::new("Hoàn thành xuất sắc nhiệm vụ", "Graded “tasks completed with excellence”")
            }
            Move::Grade { grade, .. } => {
                let grade = words::grade(*grade);
                Words::new(format!("{} trở lên", words::capital(&grade.vi)), format!("Graded “{}” or better", grade.en))
            }
            Move::Initiative { scope, sort, .. } => initiative(*scope, *sort),
            Move::Registration { .. } => Words::new("Đăng ký tham gia thi đua", "Registers to take part in emulation"),
            Move::Members { .. } => Words::new(
                "Kết quả của các thành viên đạt mức mà tiêu chuẩn yêu cầu",
                "The results of the members come up to the standard",
            ),
            Move::Confirmation { condition, .. } => {
                let asked = self.condition_words(condition);
                Words::new(format!("Có văn bản xác nhận: {}", asked.vi), format!("A confirmation: {}", asked.en))
            }
            Move::Title { award, decided, .. } | Move::Award { award, decided, .. } => {
                let name = law.name(award, *decided);
                Words::new(format!("Được tặng {}", name.vi), format!("Is given: {}", name.en))
            }
            Move::Use { .. } => Words::default(),
        }
    }

    fn condition_words(&self, condition: &str) -> Words {
        let mut parts = condition.split('/');
        let (award, standard, leaf) = (parts.next(), parts.next(), parts.next());
        let day = self.ground.rounds[0].day;
        let found = award.and_then(|award| self.ground.law.award(award)).and_then(|award| {
            let standards = award.standards.iter().filter(|known| Some(known.id.as_str()) == standard);
            let value = standards.rev().find_map(|standard| standard.leaves.get(leaf?)?.on(day))?;
            Some(value.words.clone().unwrap_or_else(|| value.condition.words(self.ground.law, day)))
        });
        found.unwrap_or_else(|| Words::same(condition))
    }

    /// Notes the last day for which the texts of a finding are loaded, where that lies before the decision.
    fn note_texts(&mut self, finding: &StandardFinding, decided: Day) {
        let texts = finding.conditions.iter().filter_map(|leaf| {
            let text = self.ground.law.documents.get(&leaf.source.document)?;
            text.loaded_until.filter(|until| *until < decided && leaf.provisional.is_some())
        });
        self.under = texts.chain(self.under).min();
    }

    /// Says of the steps which conditions of a finding rest on them.
    fn serve(&self, finding: &StandardFinding, planned: &BTreeMap<String, usize>, steps: &mut [Option<Step>]) {
        let served = |leaf: &&Finding| leaf.role != Role::Judgement && leaf.leaning() != Verdict::NotMet;
        for leaf in finding.conditions.iter().filter(served) {
            for place in leaf.records.iter().filter_map(|record| planned.get(&record.fact)) {
                let Some(step) = &mut steps[*place] else { continue };
                if step.serves.iter().all(|known| known.condition != leaf.id) {
                    step.serves.push(Serves {
                        condition: leaf.id.clone(),
                        words: leaf.words.clone(),
                        source: leaf.source.clone(),
                        verified: leaf.verified,
                    });
                }
            }
        }
    }

    /// The conditions that stay unknown although the honour is planned.
    fn open(&self, award: &str, finding: &StandardFinding, granted: &Granted) -> Vec<Open> {
        if !granted.unsure && granted.papers == 0 {
            return Vec::new();
        }
        let unknown = |leaf: &&Finding| leaf.role != Role::Judgement && leaf.leaning() == Verdict::Unknown;
        let open = finding.conditions.iter().filter(unknown).map(|leaf| Open {
            award: award.to_owned(),
            condition: leaf.id.clone(),
            words: leaf.words.clone(),
            missing: own_missing(leaf),
        });
        open.collect()
    }

    fn left(&self, facts: &Facts, award: &str, day: Day, finding: &StandardFinding) -> Vec<Left> {
        let answer = explain(self.ground.law, award, facts, day, None, finding.kind);
        let left = answer.map(|answer| answer.left_to_council).unwrap_or_default().into_iter();
        left.filter(|left| left.id.ends_with("/quota") || left.id.starts_with(&format!("{}/", finding.id))).collect()
    }
}

/// What is missing for a condition itself, not for want of the text of a later day.
fn own_missing(leaf: &Finding) -> Vec<Missing> {
    let own = leaf.missing.iter().filter(|missing| leaf.provisional.is_none() || missing.text.is_none());
    own.cloned().collect()
}

fn initiative(scope: Scope, sort: Sort) -> Words {
    let scope = words::scope(scope);
    match sort {
        Sort::SangKien => Words::new(
            format!("Có sáng kiến được công nhận, có hiệu quả trong phạm vi {}", scope.vi),
            format!("An initiative recognised with effect in {}", scope.en),
        ),
        Sort::DeTai => Words::new(
            format!("Có đề tài, đề án khoa học được công nhận, có hiệu quả trong phạm vi {}", scope.vi),
            format!("A scientific topic recognised with effect in {}", scope.en),
        ),
    }
}

/// Where in the facts each planned record stands.
fn pointers(ground: &Ground<'_>, planned: &[Move]) -> BTreeMap<String, usize> {
    let base = &ground.base;
    let mut next: BTreeMap<&str, usize> = BTreeMap::from([
        ("grades", base.grades.len()),
        ("initiatives", base.initiatives.len()),
        ("registrations", base.registrations.len()),
        ("members", base.members.len()),
        ("attested", base.attested.len()),
        ("titles", base.titles.len()),
        ("awards", base.awards.len()),
    ]);
    let mut pointers = BTreeMap::new();
    for (place, one) in planned.iter().enumerate() {
        let list = match one {
            Move::Grade { .. } => "grades",
            Move::Initiative { .. } => "initiatives",
            Move::Registration { .. } => "registrations",
            Move::Members { .. } => "members",
            Move::Confirmation { .. } => "attested",
            Move::Title { .. } => "titles",
            Move::Award { .. } => "awards",
            Move::Use { .. } => continue,
        };
        let at = next.entry(list).or_default();
        pointers.insert(format!("/{list}/{at}"), place);
        *at += 1;
    }
    pointers
}
