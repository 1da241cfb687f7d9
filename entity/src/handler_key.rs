//! A public key that concerns are sealed to.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handler_key")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Discord guild id.
    pub organisation: i64,
    /// Handler who holds it.
    pub member: i64,
    /// Public age key.
    pub recipient: String,
    /// own: the handler alone has the other half; kept: it is here, under a passphrase.
    pub custody: String,
    /// The other half under a passphrase, as an age file.
    pub kept: Option<Vec<u8>>,
    /// proposed, in-force, ended.
    pub state: String,
    /// When it was proposed, by its holder.
    pub proposed_at: i64,
    /// Another person, who agreed.
    pub agreed_by: Option<i64>,
    /// When it came into force.
    pub agreed_at: Option<i64>,
    /// Who proposed its end, or whose newer key took its place.
    pub ended_by: Option<i64>,
    /// When it ended; none while its end is proposed.
    pub ended_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
