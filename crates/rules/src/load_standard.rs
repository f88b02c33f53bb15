//! Reads one standard: its tree, its leaves and their values by date.

use std::collections::{BTreeMap, BTreeSet};

use crate::conditions::{self, Asked};
use crate::facts::Day;
use crate::law::{Leaf, Node, Standard, Value};
use crate::load_rows::{mark, ordered, source};
use crate::reader::{Fault, Reader};
use crate::words::Words;

pub(crate) fn standard(reader: &Reader<'_>, layer: &str) -> Result<Standard, Fault> {
    let (from, until) = (reader.day("from")?, reader.opt_day("until")?);
    ordered(reader, from, until)?;
    let subjects = reader.words("subjects")?;
    if subjects.is_empty() {
        return Err(reader.fault_at("subjects", Words::new("thiếu “subjects”", "`subjects` is missing")));
    }
    let mut leaves = BTreeMap::new();
    for (id, table) in reader.named_tables("leaf")? {
        let leaf = leaf(&table, &id, from, layer)?;
        table.finish()?;
        leaves.insert(id, leaf);
    }
    let (file, line) = reader.place();
    Ok(Standard {
        id: reader.text("id")?,
        kind: reader.opt_word("kind")?,
        subjects,
        groups: reader.words("groups")?,
        except_groups: reader.words("except_groups")?,
        name: reader.vi_en()?,
        from,
        until,
        unsure: unsure(reader)?,
        tree: tree(reader, &leaves)?,
        leaves,
        layer: layer.to_owned(),
        file,
        line,
    })
}

pub(crate) fn unsure(reader: &Reader<'_>) -> Result<Option<(Day, Day)>, Fault> {
    let Some(table) = reader.opt_table("unsure")? else { return Ok(None) };
    let days = (table.day("from")?, table.day("until")?);
    ordered(&table, days.0, Some(days.1))?;
    table.finish()?;
    Ok(Some(days))
}

/// The tree of leaf ids; every leaf stands in it exactly once.
fn tree(reader: &Reader<'_>, leaves: &BTreeMap<String, Leaf>) -> Result<Node, Fault> {
    let value = reader.value("tree")?;
    let node = node(reader, value, 0)?;
    let mut ids = Vec::new();
    node.leaf_ids(&mut ids);
    let mut seen = BTreeSet::new();
    for id in ids {
        if !leaves.contains_key(id) {
            let known: Vec<&str> = leaves.keys().map(String::as_str).collect();
            let fault = reader.fault_in(
                value,
                Words::new(
                    format!("cây điều kiện nêu “{id}” nhưng không có [standard.leaf.{id}]"),
                    format!("the tree names `{id}`, but there is no [standard.leaf.{id}]"),
                ),
            );
            return Err(match crate::reader::nearest(id, &known) {
                Some(near) => fault.hint(format!("viết “{near}”"), format!("write `{near}`")),
                None => fault,
            });
        }
        if !seen.insert(id) {
            return Err(reader.fault_in(
                value,
                Words::new(format!("“{id}” đứng hai lần trong cây"), format!("`{id}` stands twice in the tree")),
            ));
        }
    }
    match leaves.keys().find(|id| !seen.contains(id.as_str())) {
        Some(id) => Err(reader
            .fault_in(value, Words::new(format!("“{id}” không có trong cây"), format!("`{id}` is not in the tree")))),
        None => Ok(node),
    }
}

fn node(reader: &Reader<'_>, value: &toml::Spanned<toml::de::DeValue<'_>>, depth: u8) -> Result<Node, Fault> {
    use toml::de::DeValue;
    let wrong = || {
        reader.fault_in(
            value,
            Words::new(
                "cây điều kiện viết bằng { all = [...] }, { any = [...] }, { not = … } hoặc tên điều kiện",
                "a tree is { all = [...] }, { any = [...] }, { not = … } or the name of a leaf",
            ),
        )
    };
    if depth > 8 {
        return Err(reader.fault_in(value, Words::new("cây điều kiện quá sâu", "the tree is too deep")));
    }
    match value.get_ref() {
        DeValue::String(id) => Ok(Node::Leaf(id.to_string())),
        DeValue::Table(table) if table.len() == 1 => {
            let Some((key, inner)) = table.iter().next() else { return Err(wrong()) };
            match (key.get_ref().as_ref(), inner.get_ref()) {
                ("not", _) => Ok(Node::Not(Box::new(node(reader, inner, depth + 1)?))),
                (shape @ ("all" | "any"), DeValue::Array(items)) if !items.is_empty() => {
                    let nodes = items.iter().map(|item| node(reader, item, depth + 1)).collect::<Result<_, _>>()?;
                    Ok(if shape == "all" { Node::All(nodes) } else { Node::Any(nodes) })
                }
                _ => Err(wrong()),
            }
        }
        _ => Err(wrong()),
    }
}

fn leaf(reader: &Reader<'_>, id: &str, from: Day, layer: &str) -> Result<Leaf, Fault> {
    let kind = reader.text("condition")?;
    let (role, asked) = conditions::read(&kind, reader)?;
    let mut values = vec![finish_value(reader, reader.opt_day("from")?.unwrap_or(from), asked, layer)?];
    for then in reader.tables("then")? {
        let later = then.day("from")?;
        if values.last().is_some_and(|last| last.from >= later) {
            return Err(then.fault_at(
                "from",
                Words::new("không sau ngày của giá trị trước", "does not lie after the value before"),
            ));
        }
        let (_, asked) = conditions::read(&kind, &then)?;
        values.push(finish_value(&then, later, asked, layer)?);
        then.finish()?;
    }
    Ok(Leaf { id: id.to_owned(), condition_name: kind, role, values })
}

/// The rest of a value once its condition is read.
pub(crate) fn finish_value(reader: &Reader<'_>, from: Day, asked: Asked, layer: &str) -> Result<Value, Fault> {
    let own_words =
        !matches!(reader.opt_text("condition")?.as_deref(), Some("attested" | "judgement" | "missing-text"));
    let words = match (reader.opt_text("vi")?, reader.opt_text("en")?) {
        (Some(vi), Some(en)) if own_words => Some(Words::new(vi, en)),
        (Some(_), None) | (None, Some(_)) => {
            return Err(
                reader.fault_at("vi", Words::new("“vi” và “en” phải có đủ cả hai", "`vi` and `en` go together"))
            );
        }
        _ => None,
    };
    Ok(Value {
        from,
        until: None,
        condition: asked.condition,
        parameters: asked.parameters,
        words,
        source: source(reader)?,
        mark: mark(reader)?,
        needs: reader.opt_text("needs")?,
        layer: layer.to_owned(),
    })
}
