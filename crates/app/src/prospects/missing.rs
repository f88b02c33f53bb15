//! What stands in the way of a subject, in words: from the path of a condition to what it asks.

use rules::ask::Verdict;
use rules::explain::GROUP;
use rules::facts::Day;
use rules::law::{Law, Leaf};
use rules::words::Words;

use crate::language::Language;
use crate::prospects::kept::Kept;
use crate::prospects::listed::Line;

/// One subject as a reader is told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub line: Line,
    /// The name of the unit.
    pub unit: String,
    /// What stands in the way.
    pub missing: Vec<String>,
}

impl Told {
    /// A line in words.
    pub fn of(kept: &Kept, line: Line, unit: String, language: Language) -> Self {
        Told { unit, missing: said(kept, &line, language), line }
    }
}

/// The conditions that stand in the way of a subject, the first with how many more it asks for.
pub fn said(kept: &Kept, line: &Line, language: Language) -> Vec<String> {
    if line.mark.verdict() == Verdict::Met {
        return Vec::new();
    }
    let words = |(place, path): (usize, &String)| {
        let words = condition(kept.laws().law(line.standing.law), path, kept.day());
        let words = language.pick(&words).to_owned();
        match place == 0 && line.lacking > 0 {
            true => {
                let count = usize::from(line.lacking);
                language.text_with("prospects-lacking", &[("condition", &words), ("count", &count)])
            }
            false => words,
        }
    };
    line.blocking.iter().enumerate().map(words).collect()
}

/// What a condition `AWARD/STANDARD/LEAF` asks on a day; the path itself where the law has no such condition.
fn condition(law: &Law, path: &str, day: Day) -> Words {
    let mut parts = path.split('/');
    let (award, standard, leaf) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
    if leaf == GROUP {
        return Words::new("Thuộc nhóm đối tượng của tiêu chuẩn", "Is one of those for whom the standard is");
    }
    let award = award.and_then(|id| law.award(id));
    let standards = award.into_iter().flat_map(|award| &award.standards);
    let own = standards.filter(|known| Some(known.id.as_str()) == standard && known.touches(day));
    let own = own.filter_map(|standard| standard.leaves.get(leaf));
    let shared = law.principles.iter().map(|principle| &principle.leaf).filter(|known| known.id == leaf);
    let found: Option<&Leaf> = own.chain(shared).next();
    found.and_then(|leaf| leaf.on(day).or(leaf.values.first())).map_or_else(
        || Words::same(path),
        |value| value.words.clone().unwrap_or_else(|| value.condition.words(law, day)),
    )
}
