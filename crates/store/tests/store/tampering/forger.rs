//! Whoever alters a database by hand: what is altered is drawn at random from a number that can be told again.

use chrono::{Days, NaiveDate};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement, Value};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::journal::Leaf;
use store::merkle::{Edge, KEPT_LEVELS};
use store::record::canonical;
use store::schema::{ColumnType, STEP, TABLES, Table};
use store::verify::finding::Kind;
use uuid::Uuid;

use super::Done;
use crate::builders::OFFICE;

/// A generator of numbers that can be told again.
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(seed * 2 + 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % end
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.below(usize::MAX) as u64, self.below(usize::MAX) as u64)
    }
}

/// A connection to the database that is altered, and its leaves as they stood.
pub struct Forger<'a> {
    pub connection: DatabaseConnection,
    pub draw: &'a mut Draw,
    pub leaves: &'a [Leaf],
}

/// A row that is altered.
struct Target {
    table: &'static Table,
    id: Uuid,
    row: QueryResult,
}

impl Forger<'_> {
    /// Does one thing; nothing where the database refuses it.
    pub async fn tamper(&mut self) -> Option<Done> {
        match self.draw.below(20) {
            0..=6 => self.change_column().await,
            7 => self.change_link().await,
            8 => self.remove_row().await,
            9 => self.add_row().await,
            10 => self.swap_rows().await,
            11 | 12 => self.change_leaf().await,
            13 => self.remove_leaf().await,
            14 => self.swap_leaves().await,
            15 => self.add_leaf().await,
            16 => self.change_leaf_and_its_hash().await,
            17 => self.change_head().await,
            18 => self.change_node().await,
            _ => self.change_checkpoint().await,
        }
    }

    async fn change_column(&mut self) -> Option<Done> {
        let target = self.target().await;
        let fields = &target.table.fields[1..];
        let columns: Vec<_> =
            fields.iter().map(|field| (field.name, field.column)).chain(derived(target.table)).collect();
        let (column, kind) = self.draw.of(&columns);
        let (value, now) = self.other(&target.row, column, kind);
        let mut done = touched(&target, &format!("{column} := {now}"));
        done.also.extend(Uuid::parse_str(&now).ok());
        self.set(target.table.noun, column, value, target.id).await?;
        Some(done)
    }

    /// The step or the salt of a row.
    async fn change_link(&mut self) -> Option<Done> {
        let target = self.target().await;
        let is_step = target.table.noun == STEP.noun;
        let (column, value) = match self.draw.below(3) {
            0 if !is_step => ("step", Value::from(self.draw.id())),
            1 if !is_step => {
                let steps: Vec<Uuid> = self.ids("step").await;
                let own: Uuid = target.row.try_get("", "step").unwrap();
                ("step", Value::from(steps.into_iter().find(|step| *step != own)?))
            }
            2 => ("salt", Value::Bytes(None)),
            _ => ("salt", Value::from(vec![1_u8; 16])),
        };
        self.set(target.table.noun, column, value, target.id).await?;
        Some(touched(&target, column))
    }

    async fn remove_row(&mut self) -> Option<Done> {
        let target = self.target().await;
        self.run(&format!("DELETE FROM {} WHERE id = $1", target.table.noun), [target.id.into()]).await?;
        Some(touched(&target, "removed"))
    }

    /// A copy of a row under another id.
    async fn add_row(&mut self) -> Option<Done> {
        let target = self.target().await;
        let id = self.draw.id();
        let own = if target.table.noun == STEP.noun { vec!["salt"] } else { vec!["step", "salt"] };
        let others: Vec<&str> = target.table.columns[1..].iter().copied().chain(own).collect();
        let (noun, columns) = (target.table.noun, others.join(", "));
        let text = format!(
            "INSERT INTO {noun} (office, id, {columns}) SELECT office, $1, {columns} FROM {noun} WHERE id = $2"
        );
        self.run(&text, [id.into(), target.id.into()]).await?;
        Some(Done { record: Some((noun.to_owned(), id)), ..touched(&target, "added") })
    }

    async fn swap_rows(&mut self) -> Option<Done> {
        let target = self.target().await;
        let noun = target.table.noun;
        let other = self.ids(noun).await.into_iter().find(|id| *id != target.id)?;
        let (between, mut done) = (self.draw.id(), touched(&target, &format!("swapped with {other}")));
        done.also.push(other);
        for (from, to) in [(target.id, between), (other, target.id), (between, other)] {
            self.set(noun, "id", to.into(), from).await?;
        }
        Some(done)
    }

    async fn change_leaf(&mut self) -> Option<Done> {
        let leaf = self.leaf();
        let column = self.draw.of(&["at", "actor", "verb", "noun", "id", "hash", "tree_hash", "tree_hash"]);
        let other = self.draw.id();
        let value: Value = match column {
            "at" => (leaf.at.timestamp_millis() + 1).into(),
            "actor" | "id" => other.into(),
            "verb" => "erase".into(),
            "noun" => if leaf.entry.noun == "person" { "unit" } else { "person" }.into(),
            "hash" => vec![9_u8; 32].into(),
            _ if self.draw.below(2) == 0 => Value::Bytes(None),
            _ => vec![9_u8; 32].into(),
        };
        let n = i64::try_from(leaf.n).unwrap();
        self.run(&format!("UPDATE journal_leaf SET {column} = $1 WHERE n = $2"), [value, n.into()]).await?;
        let also = vec![leaf.entry.id, other];
        Some(Done { also, tree: column == "tree_hash", ..at_leaf(leaf.n, column) })
    }

    async fn remove_leaf(&mut self) -> Option<Done> {
        let leaf = self.leaf();
        let n = i64::try_from(leaf.n).unwrap();
        self.run("DELETE FROM journal_leaf WHERE n = $1", [n.into()]).await?;
        Some(Done { also: vec![leaf.entry.id], tree: true, ..at_leaf(leaf.n, "removed") })
    }

    async fn swap_leaves(&mut self) -> Option<Done> {
        let (one, other) = (self.leaf(), self.leaf());
        if one.n == other.n {
            return None;
        }
        for (from, to) in [(one.n, 99_999), (other.n, one.n), (99_999, other.n)] {
            let places = [to, from].map(|n| i64::try_from(n).unwrap().into());
            self.run("UPDATE journal_leaf SET n = $1 WHERE n = $2", places).await?;
        }
        let also = vec![one.entry.id, other.entry.id];
        Some(Done { also, also_leaves: vec![other.n], tree: true, ..at_leaf(one.n, "swapped") })
    }

    /// The same leaf again, at the end.
    async fn add_leaf(&mut self) -> Option<Done> {
        let (leaf, end) = (self.leaf(), self.leaves.len() as u64);
        let places = [end, leaf.n].map(|n| i64::try_from(n).unwrap().into());
        let columns = "at, actor, verb, noun, id, hash, tree_hash";
        let text = format!(
            "INSERT INTO journal_leaf (office, n, {columns}) SELECT office, $1, {columns} FROM journal_leaf WHERE n = $2"
        );
        self.run(&text, places).await?;
        Some(Done { also: vec![leaf.entry.id], also_leaves: vec![leaf.n], tree: true, ..at_leaf(end, "added") })
    }

    async fn change_leaf_and_its_hash(&mut self) -> Option<Done> {
        let mut leaf = self.leaf();
        let id = leaf.entry.id;
        match self.draw.below(3) {
            0 => leaf.entry.hash = [5; 32],
            1 => leaf.actor = Some(self.draw.id()),
            _ => leaf.entry.id = self.draw.id(),
        }
        self.put(&leaf).await;
        // Of a step everything that follows it hangs on its leaf.
        let after = self.leaves.iter().skip_while(|other| other.n <= leaf.n);
        let act: Vec<&Leaf> = match leaf.entry.noun == STEP.noun {
            true => after.take_while(|other| other.entry.noun != STEP.noun).collect(),
            false => Vec::new(),
        };
        let also = act.iter().map(|other| other.entry.id).chain([id, leaf.entry.id]).collect();
        let also_leaves = act.iter().map(|other| other.n).collect();
        Some(Done { also, also_leaves, tree: true, ..at_leaf(leaf.n, "changed with its hash") })
    }

    async fn change_head(&mut self) -> Option<Done> {
        let (column, value): (_, Value) = match self.draw.below(4) {
            0 => ("size", (self.leaves.len() as i64 + 1).into()),
            1 => ("size", (self.leaves.len() as i64 - 1).into()),
            2 => ("root", vec![4_u8; 32].into()),
            _ => ("edge", vec![4_u8; 32 * self.leaves.len().count_ones() as usize].into()),
        };
        self.run(&format!("UPDATE journal_head SET {column} = $1"), [value]).await?;
        let kinds = vec![Kind::HeadChanged, Kind::LeafMissing, Kind::LeafBeyondHead];
        Some(Done { what: format!("head {column}"), kinds, ..Done::default() })
    }

    async fn change_node(&mut self) -> Option<Done> {
        let (text, kind) = match self.draw.below(3) {
            0 => ("UPDATE journal_node SET hash = $1 WHERE n = 0", Kind::NodeChanged),
            1 => ("DELETE FROM journal_node WHERE hash <> $1", Kind::NodeMissing),
            _ => ("INSERT INTO journal_node (office, level, n, hash) VALUES (1, 1, 7, $1)", Kind::NodeAdded),
        };
        self.run(text, [vec![4_u8; 32].into()]).await?;
        Some(Done { what: text.to_owned(), kinds: vec![kind], ..Done::default() })
    }

    async fn change_checkpoint(&mut self) -> Option<Done> {
        let sizes = self.all("SELECT size FROM checkpoint ORDER BY size", []).await;
        let size: i64 = sizes[self.draw.below(sizes.len())].try_get("", "size").unwrap();
        let (set, kind) = match self.draw.below(4) {
            0 => ("root = tree_hash FROM journal_leaf WHERE n = 1 AND size = $1", Kind::CheckpointForm),
            1 => ("size = size + 1 WHERE size = $1", Kind::CheckpointForm),
            2 => ("note = 'x' WHERE size = $1", Kind::CheckpointForm),
            _ => (
                "note = replace(note, '— vinhdanh/VPCP ', '— vinhdanh/BKH ') WHERE size = $1",
                Kind::CheckpointUnknownKey,
            ),
        };
        self.run(&format!("UPDATE checkpoint SET {set}"), [size.into()]).await?;
        Some(Done { what: format!("checkpoint {size}: {set}"), kinds: vec![kind], ..Done::default() })
    }

    /// A grade in the row, in its leaf, in every hash above it, and in the head.
    pub async fn rewrite(&mut self, url: &str) -> Done {
        let grades: Vec<&Leaf> = self.leaves.iter().filter(|leaf| leaf.entry.noun == "grade").collect();
        let mut leaf = self.draw.of(&grades[8..]).clone();
        let id = leaf.entry.id;
        self.set("grade", "grade", "xuat-sac".into(), id).await.unwrap();
        let salt: Vec<u8> = self.row(store::schema::table("grade").unwrap(), id).await.row.try_get("", "salt").unwrap();
        let store = store::open(url).await.unwrap();
        let content = store.content(OFFICE, "grade", id).await.unwrap().unwrap();
        store.close().await.unwrap();
        leaf.entry.hash = Sha256::new().chain_update(salt).chain_update(canonical(&json!(content))).finalize().into();
        self.put(&leaf).await;
        let (mut edge, mut nodes) = (Edge::default(), Vec::new());
        for old in self.leaves {
            let hash = if old.n == leaf.n { leaf.tree_hash() } else { old.tree_hash() };
            edge.append(hash, |node, hash| nodes.push((node, hash)));
        }
        for (node, hash) in nodes {
            let place: [Value; 2] = [((node.level / KEPT_LEVELS) as i32).into(), (node.index as i64).into()];
            let [level, n] = place;
            let text = "UPDATE journal_node SET hash = $1 WHERE level = $2 AND n = $3";
            self.run(text, [hash.to_vec().into(), level, n]).await.unwrap();
        }
        let (root, bytes) = (edge.root().to_vec(), edge.bytes());
        self.run("UPDATE journal_head SET root = $1, edge = $2", [root.into(), bytes.into()]).await.unwrap();
        at_leaf(leaf.n, "rewritten up to the root")
    }

    /// Stores a leaf with the hash that it gives to the tree.
    async fn put(&self, leaf: &Leaf) {
        let values = [
            leaf.entry.hash.to_vec().into(),
            leaf.actor.into(),
            leaf.entry.id.into(),
            leaf.tree_hash().to_vec().into(),
            (leaf.n as i64).into(),
        ];
        let text = "UPDATE journal_leaf SET hash = $1, actor = $2, id = $3, tree_hash = $4 WHERE n = $5";
        self.run(text, values).await.unwrap();
    }

    /// A row of any table that has leaves.
    async fn target(&mut self) -> Target {
        loop {
            let table = self.draw.below(TABLES.len() + 1);
            let table = TABLES.get(table).unwrap_or(&STEP);
            let ids = self.ids(table.noun).await;
            if !ids.is_empty() {
                let id = self.draw.of(&ids);
                return self.row(table, id).await;
            }
        }
    }

    async fn row(&self, table: &'static Table, id: Uuid) -> Target {
        let text = format!("SELECT * FROM {} WHERE id = $1", table.noun);
        let row = self.all(&text, [id.into()]).await.remove(0);
        Target { table, id, row }
    }

    async fn ids(&self, noun: &str) -> Vec<Uuid> {
        let rows = self.all(&format!("SELECT id FROM {noun} ORDER BY id"), []).await;
        rows.iter().map(|row| row.try_get("", "id").unwrap()).collect()
    }

    fn leaf(&mut self) -> Leaf {
        self.leaves[self.draw.below(self.leaves.len())].clone()
    }

    /// Another value than the one that stands there, as the database takes it and as it is told.
    fn other(&mut self, row: &QueryResult, column: &str, kind: ColumnType) -> (Value, String) {
        let told = |value: Value, text: String| (value, text);
        match kind {
            ColumnType::Uuid => {
                let id = self.draw.id();
                told(id.into(), id.to_string())
            }
            ColumnType::Text if column == "sort_key" => told(vec![1_u8, 2].into(), "another key".to_owned()),
            ColumnType::Text => {
                let old: Option<String> = row.try_get("", column).unwrap();
                let new = format!("{}x", old.unwrap_or_default());
                told(new.as_str().into(), new)
            }
            ColumnType::Day => {
                let old: Option<NaiveDate> = row.try_get("", column).unwrap();
                let new = old.unwrap_or(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap()) + Days::new(1);
                told(new.into(), new.to_string())
            }
            ColumnType::Bool => {
                let new = !row.try_get::<Option<bool>>("", column).unwrap().unwrap_or_default();
                told(new.into(), new.to_string())
            }
            ColumnType::Int => {
                let new = row.try_get::<Option<i32>>("", column).unwrap().unwrap_or(2_000) + 1;
                told(new.into(), new.to_string())
            }
            ColumnType::Long => {
                let new = row.try_get::<Option<i64>>("", column).unwrap().unwrap_or(2_000) + 1;
                told(new.into(), new.to_string())
            }
        }
    }

    async fn set(&self, table: &str, column: &str, value: Value, id: Uuid) -> Option<()> {
        self.run(&format!("UPDATE {table} SET {column} = $1 WHERE id = $2"), [value, id.into()]).await
    }

    /// Nothing where the database refuses it.
    async fn run(&self, text: &str, values: impl IntoIterator<Item = Value>) -> Option<()> {
        self.connection.execute_raw(self.statement(text, values)).await.ok().map(|_| ())
    }

    async fn all(&self, text: &str, values: impl IntoIterator<Item = Value>) -> Vec<QueryResult> {
        self.connection.query_all_raw(self.statement(text, values)).await.unwrap()
    }

    fn statement(&self, text: &str, values: impl IntoIterator<Item = Value>) -> Statement {
        let backend: DbBackend = self.connection.get_database_backend();
        Statement::from_sql_and_values(backend, text, values)
    }
}

fn at_leaf(n: u64, what: &str) -> Done {
    Done { what: format!("leaf {n}: {what}"), leaf: Some(n), ..Done::default() }
}

fn touched(target: &Target, what: &str) -> Done {
    Done {
        what: format!("{} {}: {what}", target.table.noun, target.id),
        record: Some((target.table.noun.to_owned(), target.id)),
        also: vec![target.id],
        ..Done::default()
    }
}

fn derived(table: &Table) -> Vec<(&'static str, ColumnType)> {
    let text = if table.noun == "person" { &["name_folded", "sort_key"][..] } else { &[] };
    text.iter().map(|column| (*column, ColumnType::Text)).collect()
}
