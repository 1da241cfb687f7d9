//! Whose rows there are.

use std::collections::BTreeSet;

use anyhow::Context;
use entity::{absence, answer, assignment, concern_case, concern_named, cycle, member, outbound_message};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{CHUNK, Whose, of};
use crate::db::Connection;
use crate::ids::MemberId;
use crate::prompts::ERASED;

/// Cycles of somebody: id and evidence record of the opening.
pub(in crate::erasure) async fn cycles(
    connection: &impl Connection,
    whose: Whose,
) -> anyhow::Result<Vec<(String, String)>> {
    cycle::Entity::find()
        .select_only()
        .columns([cycle::Column::Id, cycle::Column::Rec])
        .filter(of!(whose, cycle))
        .order_by_asc(cycle::Column::Id)
        .into_tuple()
        .all(connection)
        .await
        .context("looking for cycles")
}

/// Assignments of somebody, by id.
pub(in crate::erasure) async fn assignments(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<String>> {
    assignment::Entity::find()
        .select_only()
        .column(assignment::Column::Id)
        .filter(of!(whose, assignment))
        .order_by_asc(assignment::Column::Id)
        .into_tuple()
        .all(connection)
        .await
        .context("looking for assignments")
}

/// A leave: id, first instant, first instant after it.
pub(in crate::erasure) type Leave = (String, i64, i64);

/// Leaves of somebody.
pub(in crate::erasure) async fn absences(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<Leave>> {
    absence::Entity::find()
        .select_only()
        .columns([absence::Column::Id, absence::Column::FromAt, absence::Column::ToAt])
        .filter(of!(whose, absence))
        .order_by_asc(absence::Column::Id)
        .into_tuple()
        .all(connection)
        .await
        .context("looking for leaves")
}

/// Leaves of somebody, in any organisation, that name no record: of versions before they did.
pub(in crate::erasure) async fn nameless_absences(
    connection: &impl Connection,
    member: MemberId,
) -> anyhow::Result<Vec<Leave>> {
    absence::Entity::find()
        .select_only()
        .columns([absence::Column::Id, absence::Column::FromAt, absence::Column::ToAt])
        .filter(absence::Column::Member.eq(member.get()))
        .filter(absence::Column::Rec.is_null())
        .order_by_asc(absence::Column::Id)
        .into_tuple()
        .all(connection)
        .await
        .context("looking for leaves")
}

/// The rows of leaves that name this record.
pub(in crate::erasure) async fn absences_with(connection: &impl Connection, rec: &str) -> anyhow::Result<Vec<String>> {
    absence::Entity::find()
        .select_only()
        .column(absence::Column::Id)
        .filter(absence::Column::Rec.eq(rec))
        .into_tuple()
        .all(connection)
        .await
        .context("looking for a leave")
}

/// Messages to somebody, by id.
pub(in crate::erasure) async fn messages(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<String>> {
    outbound_message::Entity::find()
        .select_only()
        .column(outbound_message::Column::Id)
        .filter(of!(whose, outbound_message))
        .order_by_asc(outbound_message::Column::Id)
        .into_tuple()
        .all(connection)
        .await
        .context("looking for messages")
}

/// Concerns that somebody has raised under their name, by case.
pub(in crate::erasure) async fn concerns(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<String>> {
    let mut query = concern_named::Entity::find()
        .select_only()
        .column(concern_named::Column::CaseId)
        .filter(concern_named::Column::Member.eq(whose.member.get()));
    if let Some(organisation) = whose.organisation {
        let own = Query::select()
            .column(concern_case::Column::Id)
            .from(concern_case::Entity)
            .and_where(concern_case::Column::Organisation.eq(organisation.get()))
            .to_owned();
        query = query.filter(concern_named::Column::CaseId.in_subquery(own));
    }
    let found = query.order_by_asc(concern_named::Column::CaseId).into_tuple();
    found.all(connection).await.context("looking for concerns")
}

/// The Discord ids of messages that were sent to somebody.
pub(in crate::erasure) async fn sent_messages(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<i64>> {
    outbound_message::Entity::find()
        .select_only()
        .column(outbound_message::Column::SentMessage)
        .filter(of!(whose, outbound_message))
        .filter(outbound_message::Column::SentMessage.is_not_null())
        .into_tuple()
        .all(connection)
        .await
        .context("looking for messages that were sent")
}

/// The organisations that know somebody, and the ids of the rows.
pub(in crate::erasure) async fn standings(
    connection: &impl Connection,
    whose: Whose,
) -> anyhow::Result<(Vec<i64>, Vec<String>)> {
    let rows: Vec<(i64, Option<String>)> = member::Entity::find()
        .select_only()
        .columns([member::Column::Organisation, member::Column::Id])
        .filter(of!(whose, member))
        .order_by_asc(member::Column::Organisation)
        .into_tuple()
        .all(connection)
        .await
        .context("looking for a member")?;
    let (organisations, ids): (Vec<i64>, Vec<Option<String>>) = rows.into_iter().unzip();
    Ok((organisations, ids.into_iter().flatten().collect()))
}

/// The answers with these records, and, by the cycles, those of somebody: id and record.
pub(in crate::erasure) async fn answers(
    connection: &impl Connection,
    recs: &[String],
    cycles: &[String],
) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = BTreeSet::new();
    for (column, wanted) in [(answer::Column::Rec, recs), (answer::Column::Cycle, cycles)] {
        for chunk in wanted.chunks(CHUNK) {
            let rows: Vec<(String, String)> = answer::Entity::find()
                .select_only()
                .columns([answer::Column::Id, answer::Column::Rec])
                .filter(column.is_in(chunk))
                .into_tuple()
                .all(connection)
                .await
                .context("looking for answers")?;
            found.extend(rows);
        }
    }
    Ok(found.into_iter().collect())
}

/// What of answers with these records can still be read: record, and names of fields.
pub(in crate::erasure) async fn readable(
    connection: &impl Connection,
    recs: &[String],
) -> anyhow::Result<Vec<(String, BTreeSet<&'static str>)>> {
    let mut found = Vec::new();
    for chunk in recs.chunks(CHUNK) {
        let rows = answer::Entity::find()
            .filter(answer::Column::Rec.is_in(chunk))
            .all(connection);
        for row in rows.await.context("looking for answers")? {
            let fields = [
                (row.detail.is_some(), "text"),
                (row.reason.is_some(), "reason"),
                (row.choice != ERASED, "choice"),
                (row.interaction >= 0, "interaction"),
            ];
            let fields = fields.into_iter().filter(|(there, _)| *there).map(|(_, name)| name);
            found.push((row.rec, fields.collect()));
        }
    }
    Ok(found)
}

/// Those of these leaves that are there.
pub(in crate::erasure) async fn absences_among(
    connection: &impl Connection,
    ids: &[String],
) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<String> = absence::Entity::find()
            .select_only()
            .column(absence::Column::Id)
            .filter(absence::Column::Id.is_in(chunk))
            .into_tuple()
            .all(connection)
            .await
            .context("looking for leaves")?;
        found.extend(rows);
    }
    Ok(found)
}

/// Ids of the cycles that were opened with these records.
pub(in crate::erasure) async fn opened_with(
    connection: &impl Connection,
    recs: &[String],
) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for chunk in recs.chunks(CHUNK) {
        let rows: Vec<String> = cycle::Entity::find()
            .select_only()
            .column(cycle::Column::Id)
            .filter(cycle::Column::Rec.is_in(chunk))
            .into_tuple()
            .all(connection)
            .await
            .context("looking for cycles")?;
        found.extend(rows);
    }
    Ok(found)
}

/// Whom rows with these random ids name, if they still name somebody.
pub(in crate::erasure) async fn named_by(
    connection: &impl Connection,
    ids: &[String],
) -> anyhow::Result<BTreeSet<(i64, i64)>> {
    let mut found: BTreeSet<(i64, i64)> = BTreeSet::new();
    for chunk in ids.chunks(CHUNK) {
        macro_rules! names {
            ($table:ident) => {
                let rows: Vec<(i64, i64)> = $table::Entity::find()
                    .select_only()
                    .columns([$table::Column::Organisation, $table::Column::Member])
                    .distinct()
                    .filter($table::Column::Id.is_in(chunk))
                    .filter($table::Column::Member.gt(0))
                    .into_tuple()
                    .all(connection)
                    .await
                    .context("looking for rows that name somebody again")?;
                found.extend(rows);
            };
        }
        names!(member);
        names!(assignment);
        names!(cycle);
        names!(absence);
        names!(outbound_message);
        found.extend(raised(connection, chunk).await?);
    }
    Ok(found)
}

/// Organisation and member of those of these concerns that somebody has raised under their name.
async fn raised(connection: &impl Connection, ids: &[String]) -> anyhow::Result<Vec<(i64, i64)>> {
    let named = concern_named::Entity::find()
        .filter(concern_named::Column::CaseId.is_in(ids))
        .all(connection)
        .await
        .context("looking for concerns that name somebody again")?;
    let mut found = Vec::with_capacity(named.len());
    for row in named {
        let case = concern_case::Entity::find_by_id(row.case_id).one(connection).await?;
        found.extend(case.map(|case| (case.organisation, row.member)));
    }
    Ok(found)
}
