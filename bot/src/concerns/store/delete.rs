//! Deleting a case with all that belongs to it.

use anyhow::Context;
use entity::{
    concern_barred, concern_case, concern_entry, concern_event, concern_file, concern_identity, concern_named,
    concern_notice, concern_unsealing,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::db::Connection;
use crate::ids::CaseId;

macro_rules! delete {
    ($connection:expr, $case:expr, $($table:ident),* $(,)?) => {$(
        $table::Entity::delete_many()
            .filter($table::Column::CaseId.eq($case))
            .exec($connection)
            .await?;
    )*};
}

/// Deletes the case's rows in all tables.
pub(crate) async fn delete_case(connection: &impl Connection, case: &CaseId) -> anyhow::Result<()> {
    delete(connection, case.as_str()).await.context("deleting a case")
}

async fn delete(connection: &impl Connection, case: &str) -> anyhow::Result<()> {
    delete!(
        connection,
        case,
        concern_entry,
        concern_file,
        concern_identity,
        concern_named,
        concern_barred,
        concern_unsealing,
        concern_event,
        concern_notice,
    );
    concern_case::Entity::delete_many()
        .filter(concern_case::Column::Id.eq(case))
        .exec(connection)
        .await?;
    Ok(())
}
