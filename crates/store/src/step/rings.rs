//! That no unit written by a step lies under itself on any day.

use uuid::Uuid;

use super::Step;
use crate::error::StoreError;
use crate::sql::Sql;
use crate::units::LAST_DAY;

impl Step {
    /// Walks up from every name that this step wrote, on the days on which each parent holds.
    pub(super) async fn check_no_ring(&self) -> Result<(), StoreError> {
        for ids in self.touched("unit_name") {
            let mut sql = Sql::new(
                "WITH RECURSIVE up (start, unit, from_day, to_day) AS (\
                 SELECT n.unit, n.parent, n.from_day, coalesce(n.to_day, ?) FROM unit_name n \
                 WHERE n.office = ? AND n.parent IS NOT NULL AND n.id IN ",
                [LAST_DAY.into(), self.office.into()],
            );
            sql.set(ids).add(
                " UNION SELECT u.start, n.parent, CASE WHEN n.from_day > u.from_day THEN n.from_day ELSE u.from_day END, \
                 CASE WHEN n.to_day < u.to_day THEN n.to_day ELSE u.to_day END \
                 FROM up u JOIN unit_name n ON n.office = ? AND n.unit = u.unit AND n.parent IS NOT NULL \
                 AND n.from_day <= u.to_day AND (n.to_day IS NULL OR n.to_day >= u.from_day)) \
                 SELECT start FROM up WHERE unit = start LIMIT 1",
                [self.office.into()],
            );
            if let Some(row) = sql.one(&self.transaction).await? {
                let unit: Uuid = row.get("start")?;
                return Err(StoreError::Refused(format!("unit {unit} would lie under itself")));
            }
        }
        Ok(())
    }
}
