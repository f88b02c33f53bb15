//! Cedar: one policy over sets of years. Its language has no loops and no counting, so the run of years is spelt out.

use std::collections::HashSet;
use std::fmt::Write as _;

use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request, RestrictedExpression};
use serde_json::Value;

use crate::{Ask, numbers};

/// The first year that anybody can have worked in.
const FIRST: i64 = 1996;

/// `permit` where the run of titles up to 2025 has three years or more, an initiative and no measure.
fn policy() -> String {
    let years = |first: i64| (first..=2025).map(|year| year.to_string()).collect::<Vec<_>>().join(", ");
    let mut text = String::from("permit(principal, action, resource) when {\n");
    let _ = write!(text, "context.base.containsAll([{}]) && (", years(2023));
    for gap in (FIRST - 1..=2022).rev() {
        let _ = write!(
            text,
            "if !context.base.contains({gap}) then context.ideas.containsAny([{years}]) && \
             !context.measured.containsAny([{years}]) else ",
            years = years(gap + 1)
        );
    }
    text.push_str("false)\n};");
    text
}

/// The requests of everybody, each with its sets of years, and the policy that answers them.
pub fn ready<'a>(inputs: &[Value]) -> Ask<'a> {
    let policies: PolicySet = policy().parse().expect("a policy");
    let uid = |text: &str| text.parse::<EntityUid>().expect("an entity");
    let (person, action, honour) = (uid("Person::\"p\""), uid("Action::\"give\""), uid("Honour::\"h\""));
    let request = |input: &Value| {
        let set = |years: &mut dyn Iterator<Item = i64>| {
            let years: HashSet<i64> = years.collect();
            RestrictedExpression::new_set(years.into_iter().map(RestrictedExpression::new_long))
        };
        let year = |it: &Value, key: &str| it[key].as_i64().expect("a year");
        let list = |key: &str| input[key].as_array().expect("a list").iter();
        let ideas = set(&mut list("initiatives").map(|it| year(it, "year")));
        let measured = set(&mut list("disciplines").flat_map(|it| year(it, "from")..=year(it, "to").min(2026)));
        let base = set(&mut numbers(&input["base"]).into_iter());
        let pairs = [("base", base), ("ideas", ideas), ("measured", measured)];
        let context = Context::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value))).expect("a context");
        Request::new(person.clone(), action.clone(), honour.clone(), context, None).expect("a request")
    };
    let requests: Vec<Request> = inputs.iter().map(request).collect();
    let (authorizer, entities) = (Authorizer::new(), Entities::empty());
    Box::new(move || {
        let one = |it: &Request| vec![authorizer.is_authorized(it, &policies, &entities).decision() == Decision::Allow];
        requests.iter().map(one).collect()
    })
}
