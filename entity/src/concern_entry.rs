//! What was said in a case, sealed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_entry")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Case it belongs to.
    pub case_id: String,
    /// Place within the case, from 1; unique in it.
    pub seq: i32,
    /// report, addition, reply, note, reason, notice.
    pub kind: String,
    /// An age file.
    pub sealed: Vec<u8>,
    /// Whether the reporter can open it.
    pub for_reporter: bool,
    /// Handler who wrote it; none for the reporter's own.
    pub handler: Option<i64>,
    /// When a handler wrote it; none for the reporter's own.
    pub at: Option<i64>,
    /// Civil date in the organisation's zone.
    pub on_day: String,
    /// Code that vouches for it, made with a key that is not in the database; nothing without one is believed.
    pub vouch: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
