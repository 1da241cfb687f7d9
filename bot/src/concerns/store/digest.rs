//! The events of days, and what was committed to.

use anyhow::{Context, anyhow};
use entity::{concern_digest, concern_event};
use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::concerns::event::EventKind;
use crate::concerns::upkeep::day_tree::DayTree;
use crate::db::Connection;
use crate::ids::{CaseId, OrganisationId, RecordId};

/// An event as it is stored.
pub(crate) use entity::concern_event::Model as EventRow;

/// A day that was committed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Digest {
    pub on_day: Date,
    pub rec: RecordId,
    pub tree: DayTree,
}

/// The events of these days, first and last included, in the order of their ids.
pub(crate) async fn events(
    connection: &impl Connection,
    organisation: OrganisationId,
    (first, last): (Date, Date),
) -> anyhow::Result<Vec<EventRow>> {
    let rows = concern_event::Entity::find()
        .filter(concern_event::Column::Organisation.eq(organisation.get()))
        .filter(concern_event::Column::OnDay.between(first.to_string(), last.to_string()))
        .order_by_asc(concern_event::Column::Id)
        .all(connection)
        .await;
    rows.context("reading the events of a day")
}

/// The only or first event of a kind in a case.
pub(crate) async fn event_of(
    connection: &impl Connection,
    case: &CaseId,
    kind: EventKind,
) -> anyhow::Result<Option<EventRow>> {
    let row = concern_event::Entity::find()
        .filter(concern_event::Column::CaseId.eq(case.as_str()))
        .filter(concern_event::Column::Kind.eq(kind.word()))
        .one(connection)
        .await;
    row.context("reading an event of a case")
}

/// The last day that was committed to.
pub(crate) async fn last_digest(
    connection: &impl Connection,
    organisation: OrganisationId,
) -> anyhow::Result<Option<Date>> {
    let row = concern_digest::Entity::find()
        .filter(concern_digest::Column::Organisation.eq(organisation.get()))
        .order_by_desc(concern_digest::Column::OnDay)
        .one(connection)
        .await
        .context("reading the last digest")?;
    row.map(|row| day(&row.on_day)).transpose()
}

/// The day of the oldest event that is kept.
pub(crate) async fn first_event_day(
    connection: &impl Connection,
    organisation: OrganisationId,
) -> anyhow::Result<Option<Date>> {
    let row = concern_event::Entity::find()
        .filter(concern_event::Column::Organisation.eq(organisation.get()))
        .order_by_asc(concern_event::Column::OnDay)
        .one(connection)
        .await
        .context("reading the first event")?;
    row.map(|row| day(&row.on_day)).transpose()
}

/// What was committed to for these days, first and last included.
pub(crate) async fn digests(
    connection: &impl Connection,
    organisation: OrganisationId,
    (first, last): (Date, Date),
) -> anyhow::Result<Vec<Digest>> {
    let rows = concern_digest::Entity::find()
        .filter(concern_digest::Column::Organisation.eq(organisation.get()))
        .filter(concern_digest::Column::OnDay.between(first.to_string(), last.to_string()))
        .order_by_asc(concern_digest::Column::OnDay)
        .all(connection)
        .await
        .context("reading digests")?;
    rows.into_iter()
        .map(|row| {
            Ok(Digest {
                on_day: day(&row.on_day)?,
                rec: RecordId::new(row.rec),
                tree: DayTree::from_bytes(&row.hashes).context("a digest in the database is no row of hashes")?,
            })
        })
        .collect()
}

pub(crate) async fn insert_digest(
    connection: &impl Connection,
    organisation: OrganisationId,
    digest: &Digest,
) -> anyhow::Result<()> {
    let row = concern_digest::ActiveModel::from(concern_digest::Model {
        organisation: organisation.get(),
        on_day: digest.on_day.to_string(),
        rec: digest.rec.as_str().to_owned(),
        hashes: digest.tree.bytes(),
    });
    let written = concern_digest::Entity::insert(row)
        .exec_without_returning(connection)
        .await;
    written.context("writing a digest")?;
    Ok(())
}

fn day(text: &str) -> anyhow::Result<Date> {
    text.parse()
        .map_err(|_| anyhow!("a digest in the database has an unknown day"))
}
