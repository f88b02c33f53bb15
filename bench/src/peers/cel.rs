//! cel: a program for each definition, in order, each seeing the values before it.

use std::sync::Arc;

use cel::{Context, Env, Program, Value};

use crate::{Ask, definitions};

/// The programs of one rule or of five, and everybody in the engine's own form.
pub fn ready<'a>(rules: &str, inputs: &[serde_json::Value], verdicts: &'a [&'a str]) -> Ask<'a> {
    let policy = match rules {
        "one" => include_str!("policies/one.cel"),
        _ => include_str!("policies/five.cel"),
    };
    let programs: Vec<(&str, Program)> = definitions(policy)
        .into_iter()
        .map(|(name, text)| (name, Program::compile(text).expect("a program")))
        .collect();
    let people: Vec<Vec<(String, Value)>> = inputs.iter().map(variables).collect();
    let env = Arc::new(Env::stdlib());
    Box::new(move || {
        let one = |person: &Vec<(String, Value)>| {
            let mut context = Context::with_env(Arc::clone(&env));
            for (name, value) in person {
                context.add_variable_from_value(name.as_str(), value.clone());
            }
            let mut answers = vec![false; verdicts.len()];
            for (name, program) in &programs {
                let value = program.execute(&context).expect("an answer");
                match verdicts.iter().position(|verdict| verdict == name) {
                    Some(place) => answers[place] = value == Value::Bool(true),
                    None => context.add_variable_from_value(*name, value),
                }
            }
            answers
        };
        people.iter().map(one).collect()
    })
}

fn variables(input: &serde_json::Value) -> Vec<(String, Value)> {
    input.as_object().expect("an object").iter().map(|(name, value)| (name.clone(), own(value))).collect()
}

fn own(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Array(list) => list.iter().map(own).collect::<Vec<Value>>().into(),
        serde_json::Value::Object(map) => {
            let map: std::collections::HashMap<String, Value> =
                map.iter().map(|(name, value)| (name.clone(), own(value))).collect();
            map.into()
        }
        other => Value::Int(other.as_i64().expect("a number")),
    }
}
