//! A unit with everything under it on a day, told to the database by its top: no statement carries its units.

use rules::facts::Day;
use uuid::Uuid;

use crate::Store;
use crate::error::StoreError;
use crate::sql::Sql;

/// A unit and all that lies under it on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    pub office: i32,
    /// The unit at the top.
    pub unit: Uuid,
    pub day: Day,
}

/// By which units of a membership a person is found in a branch: those of work, and for a viewer those of review too.
pub(crate) const WORK: &[&str] = &["unit"];
pub(crate) const REVIEW: &[&str] = &["review_unit"];
pub(crate) const REACH: &[&str] = &["unit", "review_unit"];

impl Branch {
    /// Its units, the top first; one statement.
    pub async fn list(self, store: &Store) -> Result<Vec<Uuid>, StoreError> {
        let mut sql = self.with();
        sql.add("SELECT unit FROM branch", []);
        sql.read(store).await?.iter().map(|row| row.get("unit")).collect()
    }

    /// Whether one of these units is the top or lies under it; one statement, which goes up from them.
    pub async fn reaches(self, store: &Store, units: &[Uuid]) -> Result<bool, StoreError> {
        let mut from = Sql::new("SELECT u.id FROM unit u WHERE u.office = ? AND u.id IN ", [self.office.into()]);
        from.set(units.iter().map(|unit| (*unit).into()));
        let mut sql = Sql::new("SELECT 1 AS one WHERE ", []);
        sql.join(self.above(from));
        Ok(sql.read_one(store).await?.is_some())
    }

    /// Whether it has more units than so many.
    pub(crate) async fn is_wider(self, store: &Store, than: u32) -> Result<bool, StoreError> {
        let mut sql = self.with();
        sql.add(
            "SELECT count(*) AS total FROM (SELECT 1 AS one FROM branch LIMIT ?) counted",
            [(i64::from(than) + 1).into()],
        );
        Ok(store.counted(self.office, &sql).await? > than)
    }

    /// How many memberships of the day are in it by the unit of work, counted to `most`.
    pub(crate) async fn people(self, store: &Store, most: u32) -> Result<u32, StoreError> {
        let mut sql = Sql::new("SELECT count(*) AS total FROM (", []);
        sql.join(self.members(WORK)).add(" LIMIT ?) counted", [i64::from(most).into()]);
        store.counted(self.office, &sql).await
    }

    /// `WITH … branch (unit)`: its units, from the top down.
    fn with(self) -> Sql {
        Sql::new(
            "WITH RECURSIVE branch (unit) AS (SELECT u.id FROM unit u WHERE u.office = ? AND u.id = ? UNION \
             SELECT n.unit FROM unit_name n JOIN branch b ON b.unit = n.parent WHERE n.office = ? \
             AND n.from_day <= ? AND (n.to_day IS NULL OR n.to_day >= ?)) ",
            [self.office.into(), self.unit.into(), self.office.into(), self.day.into(), self.day.into()],
        )
    }

    /// `(SELECT unit …)`: its units, for a condition; read once in a statement, which costs about 1 µs for each.
    pub(crate) fn units(self) -> Sql {
        let mut sql = Sql::new("(", []);
        sql.join(self.with()).add("SELECT branch.unit FROM branch)", []);
        sql
    }

    /// The same as a condition on the column of a large table, whose rows of these units are few.
    pub(crate) fn holds(self, column: &str) -> Sql {
        let mut units = self.with();
        units.add("SELECT branch.unit FROM branch", []);
        let mut sql = Sql::default();
        sql.found_in(column, units);
        sql
    }

    /// `SELECT person …`: everyone in it on a day, by these units of their memberships.
    pub(crate) fn members(self, by: &[&str]) -> Sql {
        let mut sql = self.with();
        for (place, unit) in by.iter().enumerate() {
            sql.add(if place == 0 { "" } else { " UNION ALL " }, []);
            sql.add("SELECT w.person FROM membership w WHERE w.office = ? AND ", [self.office.into()]);
            sql.found_in(&format!("w.{unit}"), Sql::new("SELECT branch.unit FROM branch", []));
            // Written so that SQLite does not begin with everyone of the day and look for their units.
            sql.add(" AND w.from_day <= ? AND coalesce(w.to_day, ?) >= ?", [self.day; 3].map(Into::into));
        }
        sql
    }

    /// A condition on the column of a person, asked of one after the other with the units of the branch at hand: for
    /// many people of few units.
    pub(crate) fn has(self, by: &[&str], column: &str) -> Sql {
        let mut sql = Sql::new("EXISTS (", []);
        sql.join(self.with()).add(
            &format!(
                "SELECT 1 FROM membership w WHERE w.office = ? AND w.person = {column} AND w.from_day <= ? \
                 AND (w.to_day IS NULL OR w.to_day >= ?) AND ("
            ),
            [self.office.into(), self.day.into(), self.day.into()],
        );
        let inside: Vec<String> =
            by.iter().map(|unit| format!("w.{unit} IN (SELECT branch.unit FROM branch)")).collect();
        sql.add(&inside.join(" OR "), []).add("))", []);
        sql
    }

    /// The same, found by going up from each person: costs as much as units lie deep, however many the branch has.
    pub(crate) fn is_above(self, by: &[&str], column: &str) -> Sql {
        let mut from = Sql::default();
        for (place, unit) in by.iter().enumerate() {
            let text = format!(
                "{}SELECT w.{unit} FROM membership w WHERE w.office = ? AND w.person = {column} AND w.from_day <= ? \
                 AND (w.to_day IS NULL OR w.to_day >= ?)",
                if place == 0 { "" } else { " UNION " },
            );
            from.add(&text, [self.office.into(), self.day.into(), self.day.into()]);
        }
        self.above(from)
    }

    /// A condition: one of the units that a statement gives is the top or lies under it.
    pub(crate) fn above(self, from: Sql) -> Sql {
        let mut sql = Sql::new("EXISTS (WITH RECURSIVE up (unit) AS (", []);
        sql.join(from).add(
            " UNION SELECT a.parent FROM up JOIN unit_name a ON a.unit = up.unit WHERE a.office = ? \
             AND a.parent IS NOT NULL AND a.from_day <= ? AND (a.to_day IS NULL OR a.to_day >= ?)) \
             SELECT 1 FROM up WHERE up.unit = ?)",
            [self.office.into(), self.day.into(), self.day.into(), self.unit.into()],
        );
        sql
    }
}
