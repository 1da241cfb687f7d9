//! The SQL of anchors. That of publications is in a file of its own.

mod publication;

use anyhow::Context;
use entity::log_anchor;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::anchor::{Anchor, State};
use super::target::Target;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ledger::Tx;

use log_anchor::{Column, Entity};
pub use publication::Publication;
pub(super) use publication::{insert_publication, last_publication, publication};

pub(super) async fn insert_anchor(tx: &Tx, size: u64, target: &Target) -> anyhow::Result<()> {
    let row = log_anchor::Model {
        size: size as i64,
        target: target.to_string(),
        state: State::Waiting.word().to_owned(),
        attempts: 0,
        next_at: tx.now().0,
        settled_at: None,
        last_error: None,
        reference: None,
        token: None,
    };
    Entity::insert(log_anchor::ActiveModel::from(row))
        .exec_without_returning(tx.connection())
        .await
        .with_context(|| format!("writing the anchor {target} of {size}"))?;
    Ok(())
}

/// Copies from before `size` that wait for these targets need not go out any more.
pub(super) async fn supersede(tx: &Tx, size: u64, targets: &[Target]) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Superseded.word()))
        .col_expr(Column::SettledAt, Expr::value(Some(tx.now().0)))
        .filter(Column::State.eq(State::Waiting.word()))
        .filter(Column::Size.lt(size as i64))
        .filter(Column::Target.is_in(targets.iter().map(ToString::to_string)))
        .exec(tx.connection())
        .await
        .context("superseding anchors")?;
    Ok(())
}

/// Those that are sent from here; what goes to Discord is in the outbox.
fn ours() -> Condition {
    let waiting = Condition::all().add(Column::State.eq(State::Waiting.word()));
    let sent = Condition::any()
        .add(Column::Target.starts_with("tsa:"))
        .add(Column::Target.starts_with("webhook:"));
    waiting.add(sent)
}

/// When the next anchor that is sent from here is due; possibly in the past.
pub(super) async fn next_due(connection: &impl Connection) -> anyhow::Result<Option<Millis>> {
    let first: Option<Option<i64>> = Entity::find()
        .select_only()
        .column_as(Column::NextAt.min(), "first")
        .filter(ours())
        .into_tuple()
        .one(connection)
        .await
        .context("asking which anchor is due")?;
    Ok(first.flatten().map(Millis))
}

/// Leases at most `most` due anchors for this time, in milliseconds; each counts as attempted.
pub(super) async fn claim(tx: &Tx, lease: i64, most: u64) -> anyhow::Result<Vec<Anchor>> {
    let rows = Entity::find()
        .filter(ours())
        .filter(Column::NextAt.lte(tx.now().0))
        .order_by_asc(Column::NextAt)
        .limit(most)
        .all(tx.connection())
        .await
        .context("asking for due anchors")?;
    for row in &rows {
        Entity::update_many()
            .col_expr(Column::Attempts, Expr::value(row.attempts.saturating_add(1)))
            .col_expr(Column::NextAt, Expr::value((tx.now() + lease).0))
            .filter(of(row.size, &row.target))
            .exec(tx.connection())
            .await
            .context("taking an anchor")?;
    }
    Ok(rows.into_iter().filter_map(anchor_of).collect())
}

fn of(size: i64, target: &str) -> Condition {
    Condition::all()
        .add(Column::Size.eq(size))
        .add(Column::Target.eq(target))
}

/// None for a row that a newer version of this program wrote.
fn anchor_of(row: log_anchor::Model) -> Option<Anchor> {
    Some(Anchor {
        size: row.size as u64,
        target: Target::read(&row.target)?,
        state: State::ALL.into_iter().find(|state| state.word() == row.state)?,
        attempts: row.attempts.unsigned_abs(),
        settled_at: row.settled_at.map(Millis),
        last_error: row.last_error,
        reference: row.reference,
        token: row.token,
    })
}

/// The outcome of an anchor.
#[derive(Clone, Debug, Default)]
pub(super) struct Settling {
    pub reference: Option<String>,
    pub token: Option<Vec<u8>>,
    pub last_error: Option<String>,
}

/// Settles an anchor that is not done yet; false if it was done already.
pub(super) async fn settle(
    tx: &Tx,
    (size, target): (u64, &Target),
    state: State,
    settling: Settling,
) -> anyhow::Result<bool> {
    let written = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.word()))
        .col_expr(Column::SettledAt, Expr::value(Some(tx.now().0)))
        .col_expr(Column::Reference, Expr::value(settling.reference))
        .col_expr(Column::Token, Expr::value(settling.token))
        .col_expr(Column::LastError, Expr::value(settling.last_error))
        .filter(of(size as i64, &target.to_string()))
        .filter(Column::State.ne(State::Done.word()))
        .exec(tx.connection())
        .await
        .with_context(|| format!("settling the anchor {target} of {size}"))?;
    Ok(written.rows_affected > 0)
}

/// Postpones an attempt that failed. One that was settled in the meantime stays so.
pub(super) async fn postpone(
    tx: &Tx,
    (size, target): (u64, &Target),
    until: Millis,
    error: &str,
) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(until.0))
        .col_expr(Column::LastError, Expr::value(Some(error.to_owned())))
        .filter(of(size as i64, &target.to_string()))
        .filter(Column::State.eq(State::Waiting.word()))
        .exec(tx.connection())
        .await
        .with_context(|| format!("putting off the anchor {target} of {size}"))?;
    Ok(())
}

/// Counts an attempt that was made elsewhere.
pub(super) async fn count_attempt(tx: &Tx, (size, target): (u64, &Target)) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(of(size as i64, &target.to_string()))
        .exec(tx.connection())
        .await
        .with_context(|| format!("counting an attempt at the anchor {target} of {size}"))?;
    Ok(())
}

/// One anchor.
pub(super) async fn anchor(connection: &impl Connection, size: u64, target: &Target) -> anyhow::Result<Option<Anchor>> {
    let row = Entity::find_by_id((size as i64, target.to_string()))
        .one(connection)
        .await
        .with_context(|| format!("reading the anchor {target} of {size}"))?;
    Ok(row.and_then(anchor_of))
}

/// The target's newest anchor, or its newest in that state.
pub(super) async fn newest(
    connection: &impl Connection,
    target: &Target,
    state: Option<State>,
) -> anyhow::Result<Option<Anchor>> {
    let mut query = Entity::find().filter(Column::Target.eq(target.to_string()));
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state.word()));
    }
    let row = query
        .order_by_desc(Column::Size)
        .one(connection)
        .await
        .with_context(|| format!("reading the newest anchor {target}"))?;
    Ok(row.and_then(anchor_of))
}

/// How many of the target's anchors are in that state.
pub(super) async fn count(connection: &impl Connection, target: &Target, state: State) -> anyhow::Result<u64> {
    let counted: Option<i64> = Entity::find()
        .select_only()
        .column_as(Column::Size.count(), "counted")
        .filter(Column::Target.eq(target.to_string()))
        .filter(Column::State.eq(state.word()))
        .into_tuple()
        .one(connection)
        .await
        .with_context(|| format!("counting anchors {target}"))?;
    Ok(counted.unwrap_or(0).unsigned_abs())
}
