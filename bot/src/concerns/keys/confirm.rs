//! The active keys, as far as the evidence log confirms them.

use crate::concerns::desk::Desk;
use crate::concerns::keys::handler_key::{Custody, KeyHolder, KeySet, KeyState, canonical};
use crate::concerns::store::{self, KeyRow};
use crate::config::Organisation;
use crate::db::Connection;
use crate::evidence::{Kind, Latest, Newest};
use crate::ids::{MemberId, OrganisationId};

/// Whether the keys can be sealed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Keys(KeySet),
    /// The rows are not what the newest record of the log says, or the log does not say it any more.
    Doubtful,
}

/// The active keys whose holders still work on concerns. Rows that were changed by hand confirm nothing.
///
/// # Errors
/// When the database or the log cannot be read.
pub async fn confirmed(desk: &Desk, organisation: &Organisation) -> anyhow::Result<Confirmed> {
    // Log and rows of one instant: while a key is being changed, they would not agree.
    let snapshot = desk.core.db.snapshot().await?;
    let found = confirmed_within(&desk.newest, &snapshot, organisation).await;
    snapshot.rollback().await?;
    found
}

/// As [`confirmed`], in a snapshot.
pub(crate) async fn confirmed_within(
    newest: &Newest,
    connection: &impl Connection,
    organisation: &Organisation,
) -> anyhow::Result<Confirmed> {
    let Some(rows) = sound(newest, connection, organisation.id).await? else {
        return Ok(Confirmed::Doubtful);
    };
    let mut holders = Vec::with_capacity(rows.len());
    for row in rows {
        let member = MemberId::from_i64(row.member);
        let roles = super::roles_of(connection, organisation, member).await?;
        if super::may_hold(&roles) {
            holders.push(KeyHolder {
                member,
                custody: Custody::of(&row.custody).unwrap_or(Custody::Own),
                recipient: row.recipient,
                roles,
            });
        }
    }
    Ok(Confirmed::Keys(KeySet::new(holders)))
}

/// The active keys; `None` if they are not what the newest record of the log says.
pub(crate) async fn sound(
    newest: &Newest,
    connection: &impl Connection,
    organisation: OrganisationId,
) -> anyhow::Result<Option<Vec<KeyRow>>> {
    let said = newest
        .within(connection, Kind::HandlerKeys, &organisation.to_string())
        .await?;
    let rows = in_force(store::keys(connection, organisation).await?);
    let agrees = match said {
        Latest::Never => rows.is_empty(),
        Latest::Unreadable => false,
        Latest::Says(values) => values.get(1).is_some_and(|set| *set == Some(set_of(&rows))),
    };
    Ok(agrees.then_some(rows))
}

/// The active ones of all keys.
pub(crate) fn in_force(mut rows: Vec<KeyRow>) -> Vec<KeyRow> {
    rows.retain(|row| row.state == KeyState::InForce.word());
    rows
}

/// The set as the log has it.
pub(crate) fn set_of(rows: &[KeyRow]) -> String {
    let key = |row: &'_ KeyRow| MemberId::from_i64(row.member);
    canonical(
        rows.iter()
            .map(|row| (key(row), row.recipient.as_str(), row.custody.as_str())),
    )
}
