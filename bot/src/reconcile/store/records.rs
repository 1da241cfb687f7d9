//! The SQL of packs, catalogues, handlers' keys and days of concerns.

use anyhow::Context;
use entity::{absence, catalogue_version, concern_digest, concern_event, handler_key, log_pack};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{CHUNK, rows_with, selected};
use crate::db::Connection;

pub(in crate::reconcile) use entity::absence::Model as AbsenceRow;
pub(in crate::reconcile) use entity::concern_digest::Model as DayRow;
pub(in crate::reconcile) use entity::handler_key::Model as KeyRow;
pub(in crate::reconcile) use entity::log_pack::Model as PackRow;

/// Days within which an event is committed to.
const DAYS: u64 = 9;

/// The leaves of absence with these records.
pub(in crate::reconcile) async fn absences_of(
    connection: &impl Connection,
    recs: impl Iterator<Item = &str> + Send,
) -> anyhow::Result<Vec<AbsenceRow>> {
    rows_with::<absence::Entity>(connection, absence::Column::Rec, recs).await
}

/// Those of earlier versions, whose rows do not name their records.
pub(in crate::reconcile) async fn absences_without_record(
    connection: &impl Connection,
) -> anyhow::Result<Vec<AbsenceRow>> {
    let rows = absence::Entity::find().filter(absence::Column::Rec.is_null());
    rows.all(connection).await.context("reading absences")
}

/// The packs with these records.
pub(in crate::reconcile) async fn packs_of(
    connection: &impl Connection,
    recs: impl Iterator<Item = &str> + Send,
) -> anyhow::Result<Vec<PackRow>> {
    rows_with::<log_pack::Entity>(connection, log_pack::Column::Rec, recs).await
}

/// Record, records in its ranges and stated records, of packs in which these differ.
pub(in crate::reconcile) async fn unlike_their_spans(
    connection: &impl Connection,
) -> anyhow::Result<Vec<(String, i64, i64)>> {
    let query = "SELECT p.rec, CAST(COALESCE(SUM(s.last - s.first + 1), 0) AS BIGINT), p.records FROM log_pack p \
                 LEFT JOIN log_pack_span s ON s.pack = p.rec GROUP BY p.rec, p.records, p.size \
                 HAVING COALESCE(SUM(s.last - s.first + 1), 0) <> p.records \
                 OR COALESCE(MIN(s.first), 0) < 0 OR COALESCE(MAX(s.last), 0) >= p.size ORDER BY p.rec";
    selected(connection, query.to_owned()).await
}

/// All catalogues that were in force.
pub(in crate::reconcile) async fn catalogues(
    connection: &impl Connection,
) -> anyhow::Result<Vec<catalogue_version::Model>> {
    let rows = catalogue_version::Entity::find().all(connection).await;
    rows.context("reading catalogues")
}

/// All keys of handlers.
pub(in crate::reconcile) async fn handler_keys(connection: &impl Connection) -> anyhow::Result<Vec<KeyRow>> {
    let rows = handler_key::Entity::find()
        .order_by_asc(handler_key::Column::Id)
        .all(connection);
    rows.await.context("reading handlers' keys")
}

/// The days with these records.
pub(in crate::reconcile) async fn days_of(
    connection: &impl Connection,
    recs: impl Iterator<Item = &str> + Send,
) -> anyhow::Result<Vec<DayRow>> {
    rows_with::<concern_digest::Entity>(connection, concern_digest::Column::Rec, recs).await
}

/// The last day of each organisation that was committed to.
pub(in crate::reconcile) async fn last_days(connection: &impl Connection) -> anyhow::Result<Vec<(i64, String)>> {
    let rows = concern_digest::Entity::find()
        .select_only()
        .column(concern_digest::Column::Organisation)
        .column_as(concern_digest::Column::OnDay.max(), "last")
        .group_by(concern_digest::Column::Organisation)
        .into_tuple()
        .all(connection);
    rows.await.context("reading days of concerns")
}

/// The days of an organisation that can hold what happened on that day.
pub(in crate::reconcile) async fn days_from(
    connection: &impl Connection,
    organisation: i64,
    day: &str,
) -> anyhow::Result<Vec<DayRow>> {
    let rows = concern_digest::Entity::find()
        .filter(concern_digest::Column::Organisation.eq(organisation))
        .filter(concern_digest::Column::OnDay.gte(day))
        .order_by_asc(concern_digest::Column::OnDay)
        .limit(DAYS)
        .all(connection);
    rows.await.context("reading days of concerns")
}

/// The next events by their ids.
pub(in crate::reconcile) async fn events_after(
    connection: &impl Connection,
    after: &str,
) -> anyhow::Result<Vec<concern_event::Model>> {
    let rows = concern_event::Entity::find()
        .filter(concern_event::Column::Id.gt(after))
        .order_by_asc(concern_event::Column::Id)
        .limit(CHUNK as u64)
        .all(connection);
    rows.await.context("reading events of concerns")
}
