//! Whether regulations can be laid over the law: each must fit into it and its own worked examples must come out as written.

use crate::cases::{self, Case, Outcome};
use crate::changes;
use crate::law::Law;
use crate::layer::Layer;
use crate::load::{Laid, load_laid};
use crate::reader::Fault;
use crate::words::Words;

/// A regulation with its worked examples.
#[derive(Debug, Clone, Copy)]
pub struct Regulation<'t> {
    pub laid: Laid<'t>,
    /// Examples in the grammar of the case files.
    pub cases: &'t str,
}

/// One example and what it came to.
#[derive(Debug)]
pub struct Tried {
    pub case: Case,
    pub outcome: Outcome,
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// The law with the regulation; absent where it does not fit.
    pub law: Option<Law>,
    pub faults: Vec<Fault>,
    pub cases: Vec<Tried>,
}

impl Checked {
    /// The head of the regulation that was checked.
    pub fn layer(&self) -> Option<&Layer> {
        self.law.as_ref()?.layers.last()
    }

    /// What keeps it from being confirmed; empty where nothing does.
    pub fn troubles(&self) -> Vec<Words> {
        let faults = self.faults.iter().map(|fault| {
            let at = |text: &str| format!("{}:{}: {text}", fault.file, fault.line);
            Words::new(at(&fault.message.vi), at(&fault.message.en))
        });
        let red = self.cases.iter().flat_map(|tried| {
            let named = |text: &str| format!("“{}”: {text}", tried.case.name);
            tried.outcome.differences.iter().map(move |told| Words::new(named(&told.vi), named(&told.en)))
        });
        faults.chain(red).chain(self.lacking()).collect()
    }

    /// What a regulation that fits lacks: an example, the day from which it holds.
    pub fn lacking(&self) -> Vec<Words> {
        let mut lacking = Vec::new();
        if self.unproven() {
            lacking.push(Words::new("chưa có ví dụ nào", "there is no worked example"));
        }
        if self.layer().is_some_and(|layer| layer.from.is_none()) {
            lacking
                .push(Words::new("thiếu ngày có hiệu lực (“from”)", "the day from which it holds (`from`) is missing"));
        }
        lacking
    }

    /// Whether it changes what is decided and has no example that shows it.
    fn unproven(&self) -> bool {
        let (Some(law), Some(layer)) = (&self.law, self.layer()) else { return false };
        self.cases.is_empty() && changes::of(law, &layer.id).iter().any(|change| change.what.is_decided())
    }
}

/// Checks a regulation over the nation's law and those already laid.
pub fn check(nation: &[(&str, &str)], over: &[Laid<'_>], own: &Regulation<'_>) -> Checked {
    let layers: Vec<Laid<'_>> = over.iter().copied().chain([own.laid]).collect();
    let law = load_laid(nation, &layers);
    let cases = read_cases(own);
    let mut faults = Vec::new();
    if let Err(wrong) = &law {
        faults.extend(wrong.iter().cloned());
    }
    if let Err(wrong) = &cases {
        faults.extend(wrong.iter().cloned());
    }
    let law = law.ok();
    let tried = match (&law, cases) {
        (Some(law), Ok(cases)) => {
            let held = cases.into_iter().filter(|case| holds(&own.laid, case));
            held.map(|case| Tried { outcome: cases::run(law, &case), case }).collect()
        }
        _ => Vec::new(),
    };
    Checked { law, faults, cases: tried }
}

/// The law with every regulation that can be laid over it, in the order given, and for each what keeps it out.
///
/// The error is that of the nation's own files.
pub fn lay(nation: &[(&str, &str)], all: &[Regulation<'_>]) -> Result<(Law, Vec<Vec<Words>>), Vec<Fault>> {
    if let Some(law) = together(nation, all) {
        return Ok((law, vec![Vec::new(); all.len()]));
    }
    let (mut accepted, mut law, mut told) = (Vec::new(), load_laid(nation, &[])?, Vec::new());
    for one in all {
        let checked = check(nation, &accepted, one);
        let troubles = checked.troubles();
        if let (true, Some(with)) = (troubles.is_empty(), checked.law) {
            accepted.push(one.laid);
            law = with;
        }
        told.push(troubles);
    }
    Ok((law, told))
}

/// The law with all of them where every example of each holds.
fn together(nation: &[(&str, &str)], all: &[Regulation<'_>]) -> Option<Law> {
    let layers: Vec<Laid<'_>> = all.iter().map(|one| one.laid).collect();
    let law = load_laid(nation, &layers).ok()?;
    for one in all {
        let cases = read_cases(one).ok()?;
        let mut held = cases.iter().filter(|case| holds(&one.laid, case));
        if held.any(|case| !cases::run(&law, case).differences.is_empty()) {
            return None;
        }
    }
    Some(law)
}

/// An example of a day after the last of a withdrawn regulation says nothing any more.
fn holds(laid: &Laid<'_>, case: &Case) -> bool {
    laid.until.is_none_or(|until| case.on <= until)
}

fn read_cases(own: &Regulation<'_>) -> Result<Vec<Case>, Vec<Fault>> {
    if own.cases.trim().is_empty() {
        return Ok(Vec::new());
    }
    let name = format!("cases/{}.toml", own.laid.name);
    cases::read(&[(name.as_str(), own.cases)])
}
