//! Handlers' keys.

use anyhow::Context;
use entity::handler_key;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::db::Connection;
use crate::ids::{HandlerKeyId, OrganisationId};

/// A handler's key as it is stored.
pub(crate) use entity::handler_key::Model as KeyRow;

/// All keys of an organisation, ended ones too, in the order of their ids.
pub(crate) async fn keys(connection: &impl Connection, organisation: OrganisationId) -> anyhow::Result<Vec<KeyRow>> {
    let rows = handler_key::Entity::find()
        .filter(handler_key::Column::Organisation.eq(organisation.get()))
        .order_by_asc(handler_key::Column::Id)
        .all(connection)
        .await;
    rows.context("reading handlers' keys")
}

/// One key of an organisation.
pub(crate) async fn key(
    connection: &impl Connection,
    organisation: OrganisationId,
    id: &HandlerKeyId,
) -> anyhow::Result<Option<KeyRow>> {
    let row = handler_key::Entity::find_by_id(id.as_str())
        .filter(handler_key::Column::Organisation.eq(organisation.get()))
        .one(connection)
        .await;
    row.context("reading a handler's key")
}

pub(crate) async fn insert_key(connection: &impl Connection, row: KeyRow) -> anyhow::Result<()> {
    let written = handler_key::Entity::insert(handler_key::ActiveModel::from(row))
        .exec_without_returning(connection)
        .await;
    written.context("writing a handler's key")?;
    Ok(())
}

/// Writes the whole row anew.
pub(crate) async fn update_key(connection: &impl Connection, row: KeyRow) -> anyhow::Result<()> {
    let row = row.into_active_model().reset_all();
    let written = handler_key::Entity::update(row).exec(connection).await;
    written.context("changing a handler's key")?;
    Ok(())
}
