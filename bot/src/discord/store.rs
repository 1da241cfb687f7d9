//! What Discord was told last, among the settings in the database.

use anyhow::Context;
use entity::setting;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::sea_query::OnConflict;

use crate::db::Db;
use crate::ledger::Ledger;

const COMMANDS: &str = "discord.commands";

/// The fingerprint of the commands that Discord was told last.
pub(super) async fn commands(db: &Db) -> anyhow::Result<Option<String>> {
    let setting = setting::Entity::find_by_id(COMMANDS)
        .one(db.reader())
        .await
        .context("asking which commands Discord knows")?;
    Ok(setting.map(|setting| setting.value))
}

pub(super) async fn put_commands(ledger: &Ledger, fingerprint: String) -> anyhow::Result<()> {
    ledger
        .write(move |tx| {
            Box::pin(async move {
                let setting = setting::ActiveModel {
                    name: Set(COMMANDS.to_owned()),
                    value: Set(fingerprint),
                    updated_at: Set(tx.now().0),
                };
                let newest = OnConflict::column(setting::Column::Name)
                    .update_columns([setting::Column::Value, setting::Column::UpdatedAt])
                    .to_owned();
                setting::Entity::insert(setting)
                    .on_conflict(newest)
                    .exec_without_returning(tx.connection())
                    .await
                    .context("noting which commands Discord knows")?;
                Ok(())
            })
        })
        .await
}
