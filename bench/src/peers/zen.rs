//! The expressions of the ZEN engine, compiled once; each definition sees the values before it.

use zen_expression::variable::Variable;
use zen_expression::{Expression, Isolate, compile_expression, expression::Standard};

use crate::{Ask, definitions};

/// The expressions of one rule or of five, and everybody in the engine's own form.
pub fn ready<'a>(rules: &str, inputs: &[serde_json::Value], verdicts: &'a [&'a str]) -> Ask<'a> {
    let policy = match rules {
        "one" => include_str!("policies/one.zen"),
        _ => include_str!("policies/five.zen"),
    };
    let expressions: Vec<(&str, Expression<Standard>)> =
        definitions(policy).into_iter().map(|(name, text)| (name, compile_expression(text).expect(text))).collect();
    let people: Vec<Variable> = inputs.iter().map(|input| Variable::from(input.clone())).collect();
    let mut isolate = Isolate::new();
    Box::new(move || {
        let mut one = |person: &Variable| {
            isolate.set_environment(person.shallow_clone());
            let mut answers = vec![false; verdicts.len()];
            for (name, expression) in &expressions {
                let value = isolate.run_compiled(expression.bytecode()).expect("an answer");
                match verdicts.iter().position(|verdict| verdict == name) {
                    Some(place) => answers[place] = value == Variable::Bool(true),
                    None => {
                        person.dot_insert(name, value);
                    }
                }
            }
            answers
        };
        people.iter().map(&mut one).collect()
    })
}
