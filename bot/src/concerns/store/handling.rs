//! What handlers look for and change in cases.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use entity::{concern_barred, concern_case, concern_entry, concern_file, concern_identity};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::concerns::case::{Case, CaseNumber};
use crate::concerns::entry::SealedFile;
use crate::db::Connection;
use crate::ids::{CaseId, MemberId, OrganisationId};

/// All cases of an organisation, whoever may see them, by their random ids.
pub(crate) async fn cases(connection: &impl Connection, organisation: OrganisationId) -> anyhow::Result<Vec<Case>> {
    let rows = concern_case::Entity::find()
        .filter(concern_case::Column::Organisation.eq(organisation.get()))
        .order_by_asc(concern_case::Column::Id)
        .all(connection)
        .await;
    let rows = rows.context("reading cases")?;
    Ok(super::case::readable(rows))
}

/// The case with that number, whoever may see it.
pub(crate) async fn id_of(
    connection: &impl Connection,
    organisation: OrganisationId,
    number: &CaseNumber,
) -> anyhow::Result<Option<CaseId>> {
    let row: Result<Option<String>, _> = concern_case::Entity::find()
        .select_only()
        .column(concern_case::Column::Id)
        .filter(concern_case::Column::Organisation.eq(organisation.get()))
        .filter(concern_case::Column::Number.eq(number.as_str()))
        .into_tuple()
        .one(connection)
        .await;
    Ok(row.context("looking for a case number")?.map(CaseId::new))
}

/// The number of a case, as it is stored.
pub(crate) async fn number_of(connection: &impl Connection, id: &str) -> anyhow::Result<Option<String>> {
    let row = concern_case::Entity::find_by_id(id)
        .select_only()
        .column(concern_case::Column::Number)
        .into_tuple()
        .one(connection)
        .await;
    row.context("reading a case number")
}

/// Who must not know about which case.
pub(crate) async fn all_barred(connection: &impl Connection) -> anyhow::Result<BTreeMap<CaseId, BTreeSet<MemberId>>> {
    let rows = concern_barred::Entity::find().all(connection).await;
    let mut barred: BTreeMap<CaseId, BTreeSet<MemberId>> = BTreeMap::new();
    for row in rows.context("reading who must know nothing of cases")? {
        let of = barred.entry(CaseId::new(row.case_id)).or_default();
        of.insert(MemberId::from_i64(row.member));
    }
    Ok(barred)
}

/// Adds somebody who must not know about a case.
pub(crate) async fn bar(connection: &impl Connection, case: &CaseId, member: MemberId) -> anyhow::Result<()> {
    let row = concern_barred::ActiveModel::from(concern_barred::Model {
        case_id: case.as_str().to_owned(),
        member: member.get(),
    });
    let written = concern_barred::Entity::insert(row)
        .exec_without_returning(connection)
        .await;
    written.context("writing who must know nothing of a case")?;
    Ok(())
}

/// How many entries and files a case has.
pub(crate) async fn counts(connection: &impl Connection, case: &CaseId) -> anyhow::Result<(u64, u64)> {
    let entries = concern_entry::Entity::find()
        .filter(concern_entry::Column::CaseId.eq(case.as_str()))
        .count(connection)
        .await;
    let files = concern_file::Entity::find()
        .filter(concern_file::Column::CaseId.eq(case.as_str()))
        .count(connection)
        .await;
    Ok((
        entries.context("counting what was said in a case")?,
        files.context("counting the files of a case")?,
    ))
}

/// Whether there is an entry with that id.
pub(crate) async fn is_entry(connection: &impl Connection, id: &str) -> anyhow::Result<bool> {
    let row = concern_entry::Entity::find_by_id(id).one(connection).await;
    Ok(row.context("looking for what was said in a case")?.is_some())
}

/// The files of a case, in order.
pub(crate) async fn files(connection: &impl Connection, case: &CaseId) -> anyhow::Result<Vec<SealedFile>> {
    let rows = concern_file::Entity::find()
        .filter(concern_file::Column::CaseId.eq(case.as_str()))
        .order_by_asc(concern_file::Column::Seq)
        .all(connection)
        .await;
    let file = |row: concern_file::Model| SealedFile {
        id: row.id,
        sealed: row.sealed,
    };
    Ok(rows
        .context("reading the files of a case")?
        .into_iter()
        .map(file)
        .collect())
}

/// The sealed identity of a confidential case.
pub(crate) async fn identity(connection: &impl Connection, case: &CaseId) -> anyhow::Result<Option<Vec<u8>>> {
    let row = concern_identity::Entity::find_by_id(case.as_str())
        .one(connection)
        .await;
    Ok(row.context("reading a sealed identity")?.map(|row| row.sealed))
}
