//! regorus: a Rego policy compiled once for its virtual machine.

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Rc, Value};

use crate::Ask;

const VERDICTS: &str = "data.honours.verdicts";

/// The machine with the policy of one rule or of five, and everybody in its own form.
pub fn ready<'a>(rules: &str, inputs: &[serde_json::Value]) -> Ask<'a> {
    let policy = match rules {
        "one" => include_str!("policies/one.rego"),
        _ => include_str!("policies/five.rego"),
    };
    let mut engine = Engine::new();
    engine.add_policy("honours.rego".into(), policy.into()).expect("a policy");
    let compiled = engine.compile_with_entrypoint(&Rc::from(VERDICTS)).expect("a sound policy");
    let program = Compiler::compile_from_policy(&compiled, &[VERDICTS]).expect("a program");
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine.set_max_instructions(usize::MAX);
    let people: Vec<Value> =
        inputs.iter().map(|input| Value::from_json_str(&input.to_string()).expect("an input")).collect();
    Box::new(move || {
        let mut one = |person: &Value| {
            machine.set_input(person.clone());
            let verdicts = machine.execute().expect("an answer");
            verdicts.as_array().expect("a list").iter().map(|it| *it == Value::Bool(true)).collect()
        };
        people.iter().map(&mut one).collect()
    })
}
