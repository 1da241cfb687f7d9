//! Which warnings went out, and the cases that may need one.

use std::collections::BTreeSet;

use anyhow::Context;
use entity::{concern_case, concern_named, concern_notice};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::case::readable;
use crate::clock::Millis;
use crate::concerns::case::{Case, CaseState};
use crate::concerns::deadlines::due::Deadline;
use crate::db::Connection;
use crate::ids::{CaseId, MemberId, OrganisationId};

/// A warning's deadline and step.
pub(crate) type Told = (String, String);

/// The cases that are not closed.
pub(crate) async fn open_cases(
    connection: &impl Connection,
    organisation: OrganisationId,
) -> anyhow::Result<Vec<Case>> {
    let open = CaseState::ALL.iter().filter(|state| !state.is_closed());
    let rows = concern_case::Entity::find()
        .filter(concern_case::Column::Organisation.eq(organisation.get()))
        .filter(concern_case::Column::State.is_in(open.map(|state| state.word())))
        .order_by_asc(concern_case::Column::Id)
        .all(connection)
        .await
        .context("reading open cases")?;
    Ok(readable(rows))
}

/// The cases that were closed, at `before` at the latest.
pub(crate) async fn closed_cases(
    connection: &impl Connection,
    organisation: OrganisationId,
    before: Millis,
) -> anyhow::Result<Vec<Case>> {
    let rows = concern_case::Entity::find()
        .filter(concern_case::Column::Organisation.eq(organisation.get()))
        .filter(concern_case::Column::ClosedAt.lte(before.0))
        .order_by_asc(concern_case::Column::Id)
        .all(connection)
        .await
        .context("reading closed cases")?;
    Ok(readable(rows))
}

/// What went out about a case.
pub(crate) async fn notices(connection: &impl Connection, case: &CaseId) -> anyhow::Result<BTreeSet<Told>> {
    let rows = concern_notice::Entity::find()
        .filter(concern_notice::Column::CaseId.eq(case.as_str()))
        .all(connection)
        .await
        .context("reading what went out about a case")?;
    Ok(rows.into_iter().map(|row| (row.clock, row.step)).collect())
}

/// Writes down that a warning went out.
pub(crate) async fn insert_notice(
    connection: &impl Connection,
    case: &Case,
    (clock, step): Told,
    at: Millis,
) -> anyhow::Result<()> {
    let row = concern_notice::ActiveModel::from(concern_notice::Model {
        organisation: case.organisation.get(),
        case_id: case.id.as_str().to_owned(),
        clock,
        step,
        sent_at: at.0,
    });
    let written = concern_notice::Entity::insert(row)
        .exec_without_returning(connection)
        .await;
    written.context("writing down that a warning went out")?;
    Ok(())
}

/// Forgets which warnings went out, so that they go out again for a case that was opened again.
pub(crate) async fn forget_warnings(connection: &impl Connection, case: &CaseId) -> anyhow::Result<()> {
    let clocks = Deadline::ALL.map(Deadline::word);
    let deleted = concern_notice::Entity::delete_many()
        .filter(concern_notice::Column::CaseId.eq(case.as_str()))
        .filter(concern_notice::Column::Clock.is_in(clocks))
        .exec(connection)
        .await;
    deleted.context("forgetting which warnings went out")?;
    Ok(())
}

/// Who raised a concern under their name.
pub(crate) async fn named(connection: &impl Connection, case: &CaseId) -> anyhow::Result<Option<MemberId>> {
    let row = concern_named::Entity::find_by_id(case.as_str()).one(connection).await;
    let row = row.context("reading whom to answer")?;
    Ok(row.map(|row| MemberId::from_i64(row.member)))
}
