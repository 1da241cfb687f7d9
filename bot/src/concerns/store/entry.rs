//! What was said in a case, its files, and who raised it: all of it sealed.

use anyhow::{Context, anyhow};
use entity::{concern_entry, concern_file, concern_identity, concern_named};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::clock::Millis;
use crate::concerns::entry::{Entry, EntryKind, SealedFile};
use crate::db::Connection;
use crate::ids::{CaseId, MemberId};

/// All that was said in a case, in order.
pub(crate) async fn entries(connection: &impl Connection, case: &CaseId) -> anyhow::Result<Vec<Entry>> {
    let rows = concern_entry::Entity::find()
        .filter(concern_entry::Column::CaseId.eq(case.as_str()))
        .order_by_asc(concern_entry::Column::Seq)
        .all(connection)
        .await;
    let rows = rows.context("reading what was said in a case")?;
    rows.into_iter().map(entry_of).collect()
}

/// Writes an entry.
pub(crate) async fn insert_entry(connection: &impl Connection, entry: Entry) -> anyhow::Result<()> {
    let row = concern_entry::Model {
        id: entry.id,
        case_id: entry.case.as_str().to_owned(),
        seq: entry.seq,
        kind: entry.kind.word().to_owned(),
        sealed: entry.sealed,
        for_reporter: entry.for_reporter,
        handler: entry.handler.map(MemberId::get),
        at: entry.at.map(|at| at.0),
        on_day: entry.on_day.to_string(),
        vouch: entry.vouch,
    };
    let written = concern_entry::Entity::insert(concern_entry::ActiveModel::from(row))
        .exec_without_returning(connection)
        .await;
    written.context("writing what was said in a case")?;
    Ok(())
}

/// The number of the newest entry; 0 if there is none.
pub(crate) async fn last_seq(connection: &impl Connection, case: &CaseId) -> anyhow::Result<i32> {
    let last = concern_entry::Entity::find()
        .filter(concern_entry::Column::CaseId.eq(case.as_str()))
        .order_by_desc(concern_entry::Column::Seq)
        .one(connection)
        .await;
    Ok(last
        .context("counting what was said in a case")?
        .map_or(0, |row| row.seq))
}

fn entry_of(row: concern_entry::Model) -> anyhow::Result<Entry> {
    let unknown = |what: &str| anyhow!("something said in a case has an unknown {what}");
    Ok(Entry {
        kind: EntryKind::of(&row.kind).ok_or_else(|| unknown("kind"))?,
        on_day: row.on_day.parse().map_err(|_| unknown("day"))?,
        id: row.id,
        case: CaseId::new(row.case_id),
        seq: row.seq,
        sealed: row.sealed,
        for_reporter: row.for_reporter,
        handler: row.handler.map(MemberId::from_i64),
        at: row.at.map(Millis),
        vouch: row.vouch,
    })
}

pub(crate) async fn insert_files(
    connection: &impl Connection,
    case: &CaseId,
    files: Vec<SealedFile>,
) -> anyhow::Result<()> {
    for (seq, file) in (1..).zip(files) {
        let row = concern_file::Model {
            id: file.id,
            case_id: case.as_str().to_owned(),
            seq,
            sealed: file.sealed,
        };
        let written = concern_file::Entity::insert(concern_file::ActiveModel::from(row))
            .exec_without_returning(connection)
            .await;
        written.context("writing a file of a case")?;
    }
    Ok(())
}

/// Writes the sealed identity of a confidential case.
pub(crate) async fn insert_identity(
    connection: &impl Connection,
    case: &CaseId,
    sealed: Vec<u8>,
) -> anyhow::Result<()> {
    let row = concern_identity::ActiveModel::from(concern_identity::Model {
        case_id: case.as_str().to_owned(),
        sealed,
    });
    let written = concern_identity::Entity::insert(row)
        .exec_without_returning(connection)
        .await;
    written.context("writing a sealed identity")?;
    Ok(())
}

/// Writes the person to answer in a named case.
pub(crate) async fn insert_named(connection: &impl Connection, case: &CaseId, member: MemberId) -> anyhow::Result<()> {
    let row = concern_named::ActiveModel::from(concern_named::Model {
        case_id: case.as_str().to_owned(),
        member: member.get(),
    });
    let written = concern_named::Entity::insert(row)
        .exec_without_returning(connection)
        .await;
    written.context("writing whom to answer")?;
    Ok(())
}
