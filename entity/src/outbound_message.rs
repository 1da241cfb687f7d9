//! A promise to post something on Discord.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbound_message")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Discord guild id.
    pub organisation: i64,
    /// Who it is for.
    pub member: Option<i64>,
    /// Channel to post in; none means the member's direct messages.
    pub channel: Option<i64>,
    /// What to say, JSON; worded when it is sent.
    pub message: String,
    /// Stable over all attempts, at most 25 characters.
    pub nonce: String,
    /// pending, sending, delivered, undelivered, cancelled.
    pub state: String,
    /// Attempts made.
    pub attempts: i32,
    /// Not before this instant.
    pub next_at: i64,
    /// Of no use from this instant on.
    pub expires_at: Option<i64>,
    /// A courier has it until then.
    pub leased_until: Option<i64>,
    /// Which leasing that was; random, different each time.
    pub lease: Option<String>,
    /// When the first attempt began whose outcome is not known; none if all are.
    pub uncertain_since: Option<i64>,
    /// Short reason of the last failure, without content.
    pub last_error: Option<String>,
    /// Where it was posted.
    pub sent_channel: Option<i64>,
    /// The posted message.
    pub sent_message: Option<i64>,
    /// When it was promised.
    pub created_at: i64,
    /// When its fate was decided.
    pub settled_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
