//! A copy of a published checkpoint that goes, or went, outside.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_anchor")]
pub struct Model {
    /// Size of the published checkpoint.
    #[sea_orm(primary_key, auto_increment = false)]
    pub size: i64,
    /// Where to, such as `discord:175928847299117063` (an organisation), `webhook:auditor`, `tsa:example` or
    /// `witness:example.org/witness`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub target: String,
    /// waiting, done, given-up, superseded (a newer publication goes there instead).
    pub state: String,
    /// Attempts made.
    pub attempts: i32,
    /// Not before this instant.
    pub next_at: i64,
    /// When its fate was decided.
    pub settled_at: Option<i64>,
    /// Short reason of the last failure.
    pub last_error: Option<String>,
    /// Where the copy can be found, such as a link to a message.
    pub reference: Option<String>,
    /// What came back: for a time-stamping authority its reply, DER.
    pub token: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
