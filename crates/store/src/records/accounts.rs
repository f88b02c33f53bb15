//! Records of accounts: links, second factors, delegations, and what was refused.

use rules::facts::Day;
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::record::{Record, record};
use crate::schema::{ColumnType, Field};
use crate::words::{Cell, LinkEnd, LinkKind, Role};

record! {
    /// That a link was given out with which an account sets its password once.
    NewAccountLink, "account_link", "invite";
    account: Uuid,
    kind: LinkKind,
    /// SHA-256 of the token, in hexadecimal digits.
    token_hash: String,
    /// In milliseconds since 1970-01-01 UTC.
    expires: i64,
}

record! {
    /// That a link was used or revoked; one link ends once.
    NewAccountLinkEnd, "account_link_end", "end";
    link: Uuid,
    kind: LinkEnd,
}

record! {
    /// That an account took a second factor or gave it up.
    NewSecondFactor, "second_factor", "secure";
    account: Uuid,
    active: bool,
    /// SHA-256 of the sealed secret, in hexadecimal digits; absent where it was given up.
    sealed_hash: Option<String>,
}

record! {
    /// Whether accounts in a role must have a second factor, from a day on.
    NewSecondFactorRule, "second_factor_rule", "require";
    role: Role,
    required: bool,
    from_day: Day,
}

record! {
    /// That the holder of a role let another account act in it for a time.
    NewDelegation, "delegation", "delegate";
    role_grant: Uuid,
    account: Uuid,
    /// The document or the reason.
    document: String,
    from_day: Day,
    to_day: Day,
}

record! {
    /// That a delegation was withdrawn before its last day.
    NewDelegationEnd, "delegation_end", "withdraw";
    delegation: Uuid,
}

record! {
    /// That the actor of a step acted in a role lent by another.
    NewRepresentation, "representation", "represent";
    delegation: Uuid,
}

record! {
    /// That someone signed in was refused a page or a record.
    NewRefusal, "refusal", "refuse";
    role: Role,
    method: String,
    /// Without its query.
    path: String,
    event: String,
}
