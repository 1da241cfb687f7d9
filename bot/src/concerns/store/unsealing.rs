//! Requests to open an identity.

use anyhow::Context;
use entity::concern_unsealing;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{CaseId, MemberId, UnsealingId};

/// A request to open the identity of a case.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsealing {
    pub id: UnsealingId,
    pub case: CaseId,
    pub asked_by: MemberId,
    pub asked_at: Millis,
    /// Why: an age file for those who may read the case, and for the reporter.
    pub reason: Vec<u8>,
    /// Another person, and when they agreed.
    pub agreed: Option<(MemberId, Millis)>,
}

/// The request with that id, whoever may see its case.
pub(crate) async fn unsealing(connection: &impl Connection, id: &UnsealingId) -> anyhow::Result<Option<Unsealing>> {
    let row = concern_unsealing::Entity::find_by_id(id.as_str()).one(connection).await;
    Ok(row.context("reading a request to open an identity")?.map(of_model))
}

/// All requests about a case, oldest first.
pub(crate) async fn unsealings(connection: &impl Connection, case: &CaseId) -> anyhow::Result<Vec<Unsealing>> {
    let rows = concern_unsealing::Entity::find()
        .filter(concern_unsealing::Column::CaseId.eq(case.as_str()))
        .order_by_asc(concern_unsealing::Column::AskedAt)
        .order_by_asc(concern_unsealing::Column::Id)
        .all(connection)
        .await;
    let rows = rows.context("reading requests to open an identity")?;
    Ok(rows.into_iter().map(of_model).collect())
}

pub(crate) async fn insert_unsealing(connection: &impl Connection, unsealing: Unsealing) -> anyhow::Result<()> {
    let row = concern_unsealing::ActiveModel::from(model_of(unsealing));
    let written = concern_unsealing::Entity::insert(row)
        .exec_without_returning(connection)
        .await;
    written.context("writing a request to open an identity")?;
    Ok(())
}

/// Writes the whole row anew.
pub(crate) async fn update_unsealing(connection: &impl Connection, unsealing: Unsealing) -> anyhow::Result<()> {
    let row = model_of(unsealing).into_active_model().reset_all();
    let written = concern_unsealing::Entity::update(row).exec(connection).await;
    written.context("changing a request to open an identity")?;
    Ok(())
}

pub(crate) async fn delete_unsealing(connection: &impl Connection, id: &UnsealingId) -> anyhow::Result<()> {
    let gone = concern_unsealing::Entity::delete_by_id(id.as_str().to_owned())
        .exec(connection)
        .await;
    gone.context("taking away a request to open an identity")?;
    Ok(())
}

fn of_model(row: concern_unsealing::Model) -> Unsealing {
    Unsealing {
        id: UnsealingId::new(row.id),
        case: CaseId::new(row.case_id),
        asked_by: MemberId::from_i64(row.asked_by),
        asked_at: Millis(row.asked_at),
        reason: row.reason,
        agreed: row.agreed_by.map(MemberId::from_i64).zip(row.agreed_at.map(Millis)),
    }
}

fn model_of(unsealing: Unsealing) -> concern_unsealing::Model {
    concern_unsealing::Model {
        id: unsealing.id.as_str().to_owned(),
        case_id: unsealing.case.as_str().to_owned(),
        asked_by: unsealing.asked_by.get(),
        asked_at: unsealing.asked_at.0,
        reason: unsealing.reason,
        agreed_by: unsealing.agreed.map(|(by, _)| by.get()),
        agreed_at: unsealing.agreed.map(|(_, at)| at.0),
    }
}
