//! Mending what was entered wrongly: the paper is right and the record is not.

use uuid::Uuid;

use crate::error::StoreError;
use crate::numbering;
use crate::records::register::NewDecisionPaper;
use crate::records::{NewConferral, NewDecision};
use crate::schema;
use crate::sql::Sql;
use crate::step::Step;

/// Lines are looked up with one statement.
const LINES: i64 = 10_000;

impl Step {
    /// Corrects a decision and what the register keeps of its paper; with its day the day of its lines.
    ///
    /// Returns whether anything differed.
    pub async fn correct_decision(
        &mut self,
        decision: NewDecision,
        paper: NewDecisionPaper,
    ) -> Result<bool, StoreError> {
        let before: NewDecision = self.entered(decision.id).await?.ok_or(StoreError::NotFound)?;
        let moved = before.day != decision.day;
        let same_number = (&before.issuer, &before.symbol, numbering::borne(&before.number), before.year)
            == (&decision.issuer, &decision.symbol, decision.number.as_str(), decision.year);
        // The ordinal of a twin goes with its number.
        let decision = if same_number { NewDecision { number: before.number.clone(), ..decision } } else { decision };
        let lines = if moved { self.lines(decision.id).await? } else { Vec::new() };
        if moved {
            self.correct_together().await?;
        }
        let mut changed = false;
        for line in lines {
            self.correct(NewConferral { decided: decision.day, ..line }).await?;
        }
        if decision != before {
            self.correct(decision).await?;
            changed = true;
        }
        match self.entered::<NewDecisionPaper>(paper.id).await? {
            None => {
                self.add(paper)?;
                changed = true;
            }
            Some(before) if before != paper => {
                self.correct(paper).await?;
                changed = true;
            }
            Some(_) => {}
        }
        Ok(changed)
    }

    /// Takes a decision entered by mistake out, with its lines; refused where later documents name it.
    pub async fn remove_decision(&mut self, decision: Uuid) -> Result<(), StoreError> {
        let lines: Vec<Uuid> = self.lines(decision).await?.iter().map(|line| line.id).collect();
        let sql = Sql::new(
            "SELECT id FROM decision_paper WHERE office = ? AND decision = ?",
            [self.office.into(), decision.into()],
        );
        let papers: Vec<Uuid> =
            sql.all(&self.transaction).await?.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
        for (noun, records) in [("conferral", lines), ("decision_paper", papers), ("decision", vec![decision])] {
            if !records.is_empty() {
                self.remove(noun, &records).await?;
            }
        }
        Ok(())
    }

    async fn lines(&self, decision: Uuid) -> Result<Vec<NewConferral>, StoreError> {
        let table = schema::table("conferral").ok_or(StoreError::NotFound)?;
        let text = format!(
            "SELECT {} FROM conferral WHERE office = ? AND decision = ? ORDER BY position, id LIMIT ?",
            table.select()
        );
        let rows = Sql::new(&text, [self.office.into(), decision.into(), LINES.into()]).all(&self.transaction).await?;
        rows.iter().map(|row| crate::step::changes::read(table, row)).collect()
    }
}
