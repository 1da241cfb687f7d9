//! Schedules that were in force, among the settings in the database.

use anyhow::Context;
use entity::setting;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::ids::OrganisationId;
use crate::ledger::Tx;

/// The hash of the schedule that was last in force.
pub(super) async fn schedule_in_force(tx: &Tx, organisation: OrganisationId) -> anyhow::Result<Option<String>> {
    let setting = setting::Entity::find_by_id(in_force(organisation))
        .one(tx.connection())
        .await
        .with_context(|| format!("asking which schedule of {organisation} was in force"))?;
    Ok(setting.map(|setting| setting.value))
}

/// Notes a schedule as in force, and keeps its text under its hash.
pub(super) async fn put_schedule_in_force(
    tx: &Tx,
    organisation: OrganisationId,
    sha256: &str,
    text: &str,
) -> anyhow::Result<()> {
    put(tx, format!("schedule.text.{sha256}"), text)
        .await
        .context("keeping a schedule's text")?;
    put(tx, in_force(organisation), sha256)
        .await
        .with_context(|| format!("noting the schedule of {organisation}"))
}

fn in_force(organisation: OrganisationId) -> String {
    format!("schedule.{organisation}")
}

async fn put(tx: &Tx, name: String, value: &str) -> anyhow::Result<()> {
    setting::Entity::insert(setting::ActiveModel {
        name: Set(name),
        value: Set(value.to_owned()),
        updated_at: Set(tx.now().0),
    })
    .on_conflict(
        OnConflict::column(setting::Column::Name)
            .update_columns([setting::Column::Value, setting::Column::UpdatedAt])
            .to_owned(),
    )
    .exec_without_returning(tx.connection())
    .await?;
    Ok(())
}
