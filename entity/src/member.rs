//! A person of an organisation, as Discord and the people file describe them.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    /// Discord guild id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: i64,
    /// Discord user id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member: i64,
    /// Product roles held, comma separated and sorted: auditor,handler,manager,owner,sponsor.
    pub roles: String,
    /// Catalogue audiences the member belongs to, comma separated and sorted.
    pub audiences: String,
    /// IANA zone; none means the organisation's.
    pub zone: Option<String>,
    /// Discord locale last seen; none means the organisation's.
    pub locale: Option<String>,
    /// When the manager role was first seen; cleared when it ends.
    pub manager_since: Option<i64>,
    /// When the person left the organisation.
    pub left_at: Option<i64>,
    /// Direct message channel, once opened.
    pub dm_channel: Option<i64>,
    /// When Discord last refused a direct message for good (50007, 50278).
    pub dm_refused_at: Option<i64>,
    /// When this row was last written.
    pub updated_at: i64,
    /// A random id, by which a row that was erased is recognised when a backup brings it back.
    pub id: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
