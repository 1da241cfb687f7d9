//! Catalogues that were in force, in the database.

use anyhow::Context;
use entity::catalogue_version;
use sea_orm::EntityTrait;
use sea_orm::sea_query::OnConflict;

use crate::catalogue::Catalogue;
use crate::ledger::Tx;

/// Keeps the text of a catalogue once.
pub(crate) async fn keep_catalogue(tx: &Tx, catalogue: &Catalogue) -> anyhow::Result<()> {
    let row = catalogue_version::Model {
        sha256: catalogue.sha256.clone(),
        catalogue: catalogue.id.clone(),
        version: catalogue.version.clone(),
        body: catalogue.body.clone(),
        first_seen_at: tx.now().0,
    };
    catalogue_version::Entity::insert(catalogue_version::ActiveModel::from(row))
        .on_conflict(
            OnConflict::column(catalogue_version::Column::Sha256)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.connection())
        .await
        .context("keeping the catalogue's text")?;
    Ok(())
}

/// All texts that were kept.
#[cfg(test)]
pub(crate) async fn catalogue_texts(connection: &impl sea_orm::ConnectionTrait) -> anyhow::Result<Vec<String>> {
    let rows = catalogue_version::Entity::find().all(connection).await?;
    Ok(rows.into_iter().map(|row| row.body).collect())
}
