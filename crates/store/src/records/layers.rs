//! Records of regulations laid over the nation's law: submitted, decided by a second person, withdrawn.

use rules::facts::Day;
use rules::layer::Tier;
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::record::{Record, record};
use crate::schema::{ColumnType, Field};
use crate::words::{Cell, LayerOutcome};

record! {
    /// That a regulation was submitted, with its text as it then stood.
    NewLayer, "layer", "submit";
    /// The id by which its text and the findings name it.
    code: String,
    tier: Tier,
    /// The unit whose regulation it is; absent for the whole office.
    unit: Option<Uuid>,
    name: String,
    name_en: String,
    /// The day from which it holds, once confirmed.
    from_day: Day,
    /// TOML in the grammar of a layer.
    content: String,
    /// TOML in the grammar of the cases.
    cases: String,
    /// The account that wrote it last.
    author: Uuid,
}

record! {
    /// That a second person confirmed a submission or returned it.
    NewLayerDecision, "layer_decision", "decide";
    layer: Uuid,
    outcome: LayerOutcome,
}

record! {
    /// That a confirmed regulation no longer holds from a day on.
    NewLayerWithdrawal, "layer_withdrawal", "withdraw";
    layer: Uuid,
    from_day: Day,
}
