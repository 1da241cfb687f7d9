//! The SQL of settings.

use std::collections::BTreeMap;

use anyhow::Context;
use entity::setting::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::clock::Millis;
use crate::db::Connection;

/// The value of that name, if there is one.
pub(crate) async fn read<C: Connection>(connection: &C, name: &str) -> anyhow::Result<Option<String>> {
    let row = Entity::find_by_id(name).one(connection).await;
    let row = row.with_context(|| format!("reading the setting {name}"))?;
    Ok(row.map(|row| row.value))
}

/// The values of these names, in one query. Names without a value are left out.
pub(crate) async fn read_some<C: Connection>(
    connection: &C,
    names: impl IntoIterator<Item = String>,
) -> anyhow::Result<BTreeMap<String, String>> {
    let rows = Entity::find().filter(Column::Name.is_in(names)).all(connection).await;
    let rows = rows.context("reading settings")?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}

/// Writes a value in place of the old one.
pub(crate) async fn remember<C: Connection>(
    connection: &C,
    name: &str,
    value: &str,
    now: Millis,
) -> anyhow::Result<()> {
    let row = Model {
        name: name.to_owned(),
        value: value.to_owned(),
        updated_at: now.0,
    };
    let again = OnConflict::column(Column::Name)
        .update_columns([Column::Value, Column::UpdatedAt])
        .to_owned();
    let written = Entity::insert(ActiveModel::from(row))
        .on_conflict(again)
        .exec_without_returning(connection)
        .await;
    written.with_context(|| format!("writing the setting {name}"))?;
    Ok(())
}

/// Removes a value. Harmless when there is none.
pub(crate) async fn forget<C: Connection>(connection: &C, name: &str) -> anyhow::Result<()> {
    let gone = Entity::delete_by_id(name.to_owned()).exec(connection).await;
    gone.with_context(|| format!("removing the setting {name}"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    #[tokio::test]
    async fn a_value_is_replaced_found_and_forgotten() {
        for trial in trial::databases(Millis(7)).await {
            for value in ["old", "new"] {
                let written = trial.ledger.write(move |tx| {
                    Box::pin(async move {
                        remember(tx.connection(), "a", value, tx.now()).await?;
                        remember(tx.connection(), "b", "other", tx.now()).await
                    })
                });
                written.await.expect("it is written");
                let found = read(trial.db.reader(), "a").await.expect("it is read");
                assert_eq!(found.as_deref(), Some(value), "{}", trial.engine);
            }
            let names = ["a", "c"].map(str::to_owned);
            let some = read_some(trial.db.reader(), names).await.expect("they are read");
            assert_eq!(some, BTreeMap::from([("a".to_owned(), "new".to_owned())]));
            for _ in 0..2 {
                let forgotten = trial
                    .ledger
                    .write(|tx| Box::pin(async move { forget(tx.connection(), "a").await }));
                forgotten.await.expect("it is forgotten");
            }
            assert_eq!(read(trial.db.reader(), "a").await.expect("a query"), None);
        }
    }
}
