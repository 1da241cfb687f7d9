//! Writing the rows of days again, in random order.

use std::collections::BTreeSet;

use anyhow::Context;
use entity::{
    concern_barred, concern_case, concern_entry, concern_event, concern_file, concern_identity, concern_named,
};
use jiff::civil::Date;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::chance::Chance;
use crate::concerns::upkeep::day_tree::shuffle;
use crate::db::Connection;
use crate::ids::OrganisationId;

/// Rows that are deleted with one statement.
const CHUNK: usize = 500;

/// Deletes rows and writes them again in random order.
macro_rules! rewrite {
    ($connection:expr, $chance:expr, $table:ident by $key:ident as $column:ident, $rows:expr) => {{
        let mut rows = $rows;
        shuffle(&mut rows, $chance);
        for chunk in rows.chunks(CHUNK) {
            $table::Entity::delete_many()
                .filter($table::Column::$column.is_in(chunk.iter().map(|row| row.$key.as_str())))
                .exec($connection)
                .await?;
        }
        for row in rows {
            $table::Entity::insert($table::ActiveModel::from(row))
                .exec_without_returning($connection)
                .await?;
        }
    }};
}

/// Whether a reporter did anything on these days, first and last included, that is in a row.
pub(crate) async fn any_of_reporters(
    connection: &impl Connection,
    organisation: OrganisationId,
    (first, last): (Date, Date),
) -> anyhow::Result<bool> {
    let event = concern_event::Entity::find()
        .filter(concern_event::Column::Organisation.eq(organisation.get()))
        .filter(concern_event::Column::OnDay.between(first.to_string(), last.to_string()))
        .filter(concern_event::Column::CaseId.is_not_null())
        .filter(concern_event::Column::Actor.is_null())
        .one(connection)
        .await;
    Ok(event.context("looking for what reporters did")?.is_some())
}

/// Writes the rows that came or were changed on these days anew, in random order and in one transaction, so that
/// neither their place on the disk nor the transaction that wrote them reveals an order.
pub(crate) async fn reorder(
    connection: &impl Connection,
    organisation: OrganisationId,
    (first, last): (Date, Date),
    chance: &Chance,
) -> anyhow::Result<()> {
    let days = (first.to_string(), last.to_string());
    let written = reorder_all(connection, organisation, days, chance).await;
    written.context("writing the rows of a day again")
}

async fn reorder_all(
    connection: &impl Connection,
    organisation: OrganisationId,
    (first, last): (String, String),
    chance: &Chance,
) -> anyhow::Result<()> {
    let entries = concern_entry::Entity::find()
        .filter(concern_entry::Column::OnDay.between(first.as_str(), last.as_str()))
        .filter(concern_entry::Column::CaseId.in_subquery(cases_of(organisation)))
        .all(connection)
        .await?;
    let events = concern_event::Entity::find()
        .filter(concern_event::Column::Organisation.eq(organisation.get()))
        .filter(concern_event::Column::OnDay.between(first, last))
        .all(connection)
        .await?;
    let mut touched: BTreeSet<String> = entries.iter().map(|entry| entry.case_id.clone()).collect();
    touched.extend(events.iter().filter_map(|event| event.case_id.clone()));
    let cases = concern_case::Entity::find()
        .filter(concern_case::Column::Organisation.eq(organisation.get()))
        .filter(concern_case::Column::Id.is_in(&touched))
        .all(connection)
        .await?;
    reorder_companions(connection, &touched, chance).await?;
    rewrite!(connection, chance, concern_case by id as Id, cases);
    rewrite!(connection, chance, concern_entry by id as Id, entries);
    rewrite!(connection, chance, concern_event by id as Id, events);
    Ok(())
}

/// What came with these cases.
async fn reorder_companions(
    connection: &impl Connection,
    cases: &BTreeSet<String>,
    chance: &Chance,
) -> anyhow::Result<()> {
    let files = concern_file::Entity::find()
        .filter(concern_file::Column::CaseId.is_in(cases))
        .all(connection)
        .await?;
    let identities = concern_identity::Entity::find()
        .filter(concern_identity::Column::CaseId.is_in(cases))
        .all(connection)
        .await?;
    let named = concern_named::Entity::find()
        .filter(concern_named::Column::CaseId.is_in(cases))
        .all(connection)
        .await?;
    let barred = concern_barred::Entity::find()
        .filter(concern_barred::Column::CaseId.is_in(cases))
        .all(connection)
        .await?;
    rewrite!(connection, chance, concern_named by case_id as CaseId, named);
    rewrite!(connection, chance, concern_barred by case_id as CaseId, barred);
    rewrite!(connection, chance, concern_file by id as Id, files);
    rewrite!(connection, chance, concern_identity by case_id as CaseId, identities);
    Ok(())
}

fn cases_of(organisation: OrganisationId) -> SelectStatement {
    Query::select()
        .column(concern_case::Column::Id)
        .from(concern_case::Entity)
        .and_where(concern_case::Column::Organisation.eq(organisation.get()))
        .to_owned()
}
