//! Engines that answer for one person at a time: `peers N`. Their inputs are made before, in each engine's own form.

mod cedar;
mod cel;
mod input;
mod rego;
mod zen;

use bench::result::{Asked, Met, best, forget_peak, tell};
use serde_json::Value;

/// Asks an engine that was made ready for everybody: the answers by person, each in the order of the rules.
type Ask<'a> = Box<dyn FnMut() -> Vec<Vec<bool>> + 'a>;

/// The definitions of a policy, `name = expression`, in order.
fn definitions(text: &str) -> Vec<(&str, &str)> {
    text.lines().filter_map(|line| line.split_once(" = ")).collect()
}

/// The verdicts among the definitions of a policy, in the order of the comparison.
const VERDICTS: [&str; 5] = ["bo", "toan_quoc", "bang_khen_bo", "thu_tuong", "lao_dong_ba"];

fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10_000);
    for (rules, inputs) in [("one", input::one(count)), ("five", input::five(count))] {
        let verdicts: &[&str] = if rules == "one" { &["met"] } else { &VERDICTS };
        measure("cel", rules, verdicts.len(), cel::ready(rules, &inputs, verdicts));
        measure("zen-expression", rules, verdicts.len(), zen::ready(rules, &inputs, verdicts));
        measure("regorus", rules, verdicts.len(), rego::ready(rules, &inputs));
        if rules == "one" {
            measure("cedar-policy", rules, verdicts.len(), cedar::ready(&inputs));
        }
    }
}

fn measure(engine: &str, rules: &str, honours: usize, mut ask: Ask<'_>) {
    forget_peak();
    let (times, answers) = best(&mut ask);
    let mut met = vec![Met::default(); honours];
    for (person, verdicts) in answers.iter().enumerate() {
        for (met, _) in met.iter_mut().zip(verdicts).filter(|(_, verdict)| **verdict) {
            met.add(person as u64);
        }
    }
    let asked = Asked { engine, from: "person", rules, people: answers.len() as u64, threads: 1 };
    tell(asked, times, &met);
}

/// A list of numbers in an input.
fn numbers(value: &Value) -> Vec<i64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
}
