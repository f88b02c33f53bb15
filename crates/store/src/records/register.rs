//! Records of the register of decisions: the paper, and what later documents do to a decision.

use rules::facts::Day;
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::record::{Record, record};
use crate::schema::{ColumnType, Field};
use crate::words::{AmendedField, AmendmentKind, Body, Capacity, Cell, PaperState, ReissueKind};

record! {
    /// What the register keeps of a decision beside its number and day.
    NewDecisionPaper, "decision_paper", "register";
    decision: Uuid,
    body: Body,
    /// Absent where the head signed.
    capacity: Option<Capacity>,
    signer_post: Option<String>,
    state: PaperState,
    /// What proves a decision whose paper is lost.
    proof: Option<String>,
    /// Issued before the office kept its register here.
    legacy: bool,
    /// Why an older decision bears a number that another one bears as well.
    twin_reason: Option<String>,
    /// Whether its awards count toward the standards of the law.
    counts: bool,
    /// On which ground awards of another body count or do not.
    ground: Option<String>,
}

record! {
    /// That a later document mended the words of a decision, or put another line in the place of one.
    NewAmendment, "amendment", "amend";
    decision: Uuid,
    /// The line that is mended; absent where the decision itself is.
    conferral: Option<Uuid>,
    /// The line of the same decision that stands in its place; absent where only words are mended.
    replacement: Option<Uuid>,
    kind: AmendmentKind,
    document: String,
    issuer: String,
    /// The body that the issuer succeeds, where it is not the one that decided first.
    successor_of: Option<String>,
    day: Day,
    /// The first day of what it says.
    from_day: Day,
    field: Option<AmendedField>,
    before: Option<String>,
    after: Option<String>,
    reason: String,
}

record! {
    /// That the revocation of a decision or line was itself taken back.
    NewRestoration, "restoration", "restore";
    /// The revocation that no longer holds.
    ended: Uuid,
    document: String,
    issuer: String,
    successor_of: Option<String>,
    /// The day from which the award stands again.
    day: Day,
    reason: String,
}

record! {
    /// That a certificate was issued anew.
    NewReissue, "reissue", "reissue";
    decision: Uuid,
    conferral: Uuid,
    kind: ReissueKind,
    document: String,
    issuer: String,
    successor_of: Option<String>,
    day: Day,
    /// The number of the new certificate.
    certificate: Option<String>,
    reason: String,
}
