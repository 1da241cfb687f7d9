//! Emptying and deleting.

use std::collections::BTreeSet;

use anyhow::Context;
use entity::{
    absence, answer, assignment, concern_case, concern_named, cycle, log_disclosure, member, outbound_message,
};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{CHUNK, Whose, of};
use crate::clock::Millis;
use crate::db::Connection;
use crate::outbox::State;
use crate::prompts::ERASED;

/// Destroys salts and values of these records' fields. Returns how many there were.
pub(in crate::erasure) async fn delete_disclosures(
    connection: &impl Connection,
    recs: &[String],
    names: &BTreeSet<String>,
) -> anyhow::Result<u64> {
    let mut gone = 0;
    for chunk in recs.chunks(CHUNK) {
        let deleted = log_disclosure::Entity::delete_many()
            .filter(log_disclosure::Column::Rec.is_in(chunk))
            .filter(log_disclosure::Column::Name.is_in(names))
            .exec(connection)
            .await
            .context("deleting disclosures")?;
        gone += deleted.rows_affected;
    }
    Ok(gone)
}

/// Empties what these fields stand for in an answer. `nobody` is a negative number that no other row has in place of
/// its interaction.
pub(in crate::erasure) async fn empty_answer(
    connection: &impl Connection,
    rec: &str,
    fields: &BTreeSet<String>,
    nobody: i64,
) -> anyhow::Result<()> {
    let goes = |name: &str| fields.contains(name);
    let mut update = answer::Entity::update_many().filter(answer::Column::Rec.eq(rec));
    if goes("text") {
        update = update.col_expr(answer::Column::Detail, Expr::value(None::<String>));
    }
    if goes("reason") {
        update = update.col_expr(answer::Column::Reason, Expr::value(None::<String>));
    }
    if goes("choice") {
        update = update.col_expr(answer::Column::Choice, Expr::value(ERASED));
    }
    if ["text", "reason", "choice"].into_iter().any(goes) {
        update.exec(connection).await.context("emptying an answer")?;
    }
    if goes("choice") {
        forget_choice(connection, rec).await?;
    }
    if goes("interaction") {
        answer::Entity::update_many()
            .col_expr(answer::Column::Interaction, Expr::value(nobody))
            .filter(answer::Column::Rec.eq(rec))
            .filter(answer::Column::Interaction.gte(0))
            .exec(connection)
            .await
            .context("emptying an answer")?;
    }
    Ok(())
}

/// The cycle keeps the first answer's choice too.
async fn forget_choice(connection: &impl Connection, rec: &str) -> anyhow::Result<()> {
    let cycles: Vec<String> = answer::Entity::find()
        .select_only()
        .column(answer::Column::Cycle)
        .filter(answer::Column::Rec.eq(rec))
        .filter(answer::Column::Act.eq("answered"))
        .filter(answer::Column::Revision.gt(0))
        .into_tuple()
        .all(connection)
        .await?;
    cycle::Entity::update_many()
        .col_expr(cycle::Column::Choice, Expr::value(None::<String>))
        .filter(cycle::Column::Id.is_in(cycles))
        .exec(connection)
        .await
        .context("emptying a cycle")?;
    Ok(())
}

/// Puts a number without meaning in somebody's place wherever the denominators need a row, and takes away the rest.
pub(in crate::erasure) async fn unname(
    connection: &impl Connection,
    whose: Whose,
    cycles: &[String],
    nobody: i64,
    now: Millis,
) -> anyhow::Result<()> {
    for chunk in cycles.chunks(CHUNK) {
        answer::Entity::update_many()
            .col_expr(answer::Column::Member, Expr::value(nobody))
            .filter(answer::Column::Cycle.is_in(chunk))
            .filter(answer::Column::Member.eq(whose.member.get()))
            .exec(connection)
            .await
            .context("taking a member out of answers")?;
    }
    cycle::Entity::update_many()
        .col_expr(cycle::Column::Member, Expr::value(nobody))
        .col_expr(cycle::Column::Zone, Expr::value("UTC"))
        .col_expr(cycle::Column::DraftChoice, Expr::value(None::<String>))
        .col_expr(cycle::Column::DraftAt, Expr::value(None::<i64>))
        .filter(of!(whose, cycle))
        .exec(connection)
        .await
        .context("taking a member out of cycles")?;
    assignment::Entity::update_many()
        .col_expr(assignment::Column::Member, Expr::value(nobody))
        .filter(of!(whose, assignment))
        .exec(connection)
        .await
        .context("taking a member out of assignments")?;
    absence::Entity::delete_many()
        .filter(of!(whose, absence))
        .exec(connection)
        .await
        .context("deleting leaves")?;
    absence::Entity::update_many()
        .col_expr(absence::Column::EnteredBy, Expr::value(nobody))
        .filter(absence::Column::EnteredBy.eq(whose.member.get()))
        .exec(connection)
        .await
        .context("taking a member out of others' leaves")?;
    forget_whom_to_answer(connection, whose).await?;
    unsend(connection, whose, nobody, now).await?;
    member::Entity::delete_many()
        .filter(of!(whose, member))
        .exec(connection)
        .await
        .context("deleting a member")?;
    Ok(())
}

/// The bot cannot write back any more where the member has raised a concern under their name. What they wrote is
/// sealed, and goes with its case.
async fn forget_whom_to_answer(connection: &impl Connection, whose: Whose) -> anyhow::Result<()> {
    let mut delete = concern_named::Entity::delete_many().filter(concern_named::Column::Member.eq(whose.member.get()));
    if let Some(organisation) = whose.organisation {
        let cases = Query::select()
            .column(concern_case::Column::Id)
            .from(concern_case::Entity)
            .and_where(concern_case::Column::Organisation.eq(organisation.get()))
            .to_owned();
        delete = delete.filter(concern_named::Column::CaseId.in_subquery(cases));
    }
    delete.exec(connection).await.context("forgetting whom to answer")?;
    Ok(())
}

/// What was not sent is not sent any more; of what was, it is forgotten where to.
async fn unsend(connection: &impl Connection, whose: Whose, nobody: i64, now: Millis) -> anyhow::Result<()> {
    outbound_message::Entity::update_many()
        .col_expr(outbound_message::Column::State, Expr::value(State::Cancelled.word()))
        .col_expr(outbound_message::Column::LeasedUntil, Expr::value(None::<i64>))
        .col_expr(outbound_message::Column::Lease, Expr::value(None::<String>))
        .col_expr(outbound_message::Column::SettledAt, Expr::value(now.0))
        .filter(of!(whose, outbound_message))
        .filter(outbound_message::Column::State.is_in([State::Pending.word(), State::Sending.word()]))
        .exec(connection)
        .await
        .context("cancelling messages")?;
    outbound_message::Entity::update_many()
        .col_expr(outbound_message::Column::Member, Expr::value(nobody))
        .col_expr(outbound_message::Column::SentChannel, Expr::value(None::<i64>))
        .col_expr(outbound_message::Column::SentMessage, Expr::value(None::<i64>))
        .filter(of!(whose, outbound_message))
        .exec(connection)
        .await
        .context("taking a member out of messages")?;
    Ok(())
}

/// Deletes leaves by their ids.
pub(in crate::erasure) async fn delete_absences(connection: &impl Connection, ids: &[String]) -> anyhow::Result<()> {
    for chunk in ids.chunks(CHUNK) {
        absence::Entity::delete_many()
            .filter(absence::Column::Id.is_in(chunk))
            .exec(connection)
            .await
            .context("deleting leaves")?;
    }
    Ok(())
}
