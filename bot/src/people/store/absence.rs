//! The SQL of absences. A withdrawn one keeps its row, and every query here skips it.

use entity::absence::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::clock::Millis;
use crate::db::Connection;
use crate::erasable::Whose;
use crate::ids::{AbsenceId, MemberId, OrganisationId, RecordId};

pub(crate) use entity::absence::Model as AbsenceModel;

/// An absence: half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    pub member: MemberId,
    pub from: Millis,
    pub to: Millis,
}

fn standing(organisation: OrganisationId, member: Option<MemberId>, after: Millis) -> Select<Entity> {
    let query = Entity::find()
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(Column::ToAt.gt(after.0))
        .filter(Column::WithdrawnAt.is_null());
    match member {
        Some(member) => query.filter(Column::Member.eq(member.get())),
        None => query,
    }
}

/// The absences of an organisation that end after `after`, of one member or of all, oldest first.
pub(crate) async fn absences<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: Option<MemberId>,
    after: Millis,
) -> anyhow::Result<Vec<Absence>> {
    let rows = standing(organisation, member, after)
        .order_by_asc(Column::FromAt)
        .all(connection)
        .await?;
    let absence = |row: AbsenceModel| Absence {
        member: MemberId::from_i64(row.member),
        from: Millis(row.from_at),
        to: Millis(row.to_at),
    };
    Ok(rows.into_iter().map(absence).collect())
}

/// The last `most` of these leaves, oldest first.
pub(crate) async fn last_absences<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    (member, after): (Option<MemberId>, Millis),
    most: u64,
) -> anyhow::Result<Vec<AbsenceModel>> {
    let mut rows = standing(organisation, member, after)
        .order_by_desc(Column::FromAt)
        .order_by_desc(Column::Id)
        .limit(most)
        .all(connection)
        .await?;
    rows.reverse();
    Ok(rows)
}

/// The absence with that id.
pub(crate) async fn absence<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    id: &AbsenceId,
) -> anyhow::Result<Option<AbsenceModel>> {
    Ok(standing(organisation, None, Millis(i64::MIN))
        .filter(Column::Id.eq(id.as_str()))
        .one(connection)
        .await?)
}

/// All leaves of somebody, in whatever organisation if none is named.
pub(crate) async fn absences_of(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<AbsenceModel>> {
    let mut query = Entity::find().filter(Column::Member.eq(whose.member.get()));
    if let Some(organisation) = whose.organisation {
        query = query.filter(Column::Organisation.eq(organisation.get()));
    }
    Ok(query.order_by_asc(Column::Id).all(connection).await?)
}

/// Ids of the absences that name this record.
pub(crate) async fn absences_with(connection: &impl Connection, rec: &str) -> anyhow::Result<Vec<String>> {
    let rows = Entity::find().filter(Column::Rec.eq(rec)).all(connection).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The evidence record of its entry, where its row names one.
pub(crate) async fn absence_record<C: Connection>(connection: &C, id: &AbsenceId) -> anyhow::Result<Option<RecordId>> {
    let row = Entity::find_by_id(id.as_str()).one(connection).await?;
    Ok(row.and_then(|row| row.rec).map(RecordId::new))
}

pub(crate) async fn insert_absence<C: Connection>(connection: &C, row: AbsenceModel) -> anyhow::Result<()> {
    Entity::insert(ActiveModel::from(row))
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

pub(crate) async fn shorten_absence<C: Connection>(connection: &C, id: &AbsenceId, to: Millis) -> anyhow::Result<()> {
    set(connection, id, Column::ToAt, to).await
}

pub(crate) async fn withdraw_absence<C: Connection>(connection: &C, id: &AbsenceId, at: Millis) -> anyhow::Result<()> {
    set(connection, id, Column::WithdrawnAt, at).await
}

async fn set<C: Connection>(connection: &C, id: &AbsenceId, column: Column, at: Millis) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(column, Expr::value(at.0))
        .filter(Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}
