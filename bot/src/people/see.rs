//! Taking notice of people: Discord told us who somebody is, or that somebody left.

use std::collections::{BTreeMap, BTreeSet};

use super::arrival::Arrival;
use super::store::{self, Row};
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::db::Db;
use crate::ids::{MemberId, RoleId};
use crate::ledger::Ledger;

/// Maximum number of rows in one piece of work for the ledger.
const PIECE: usize = 500;

/// What Discord says of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub member: MemberId,
    pub discord_roles: Vec<RoleId>,
    /// Where the event carries one; none leaves the known one as it is.
    pub locale: Option<String>,
}

impl Seen {
    fn roles(&self, organisation: &Organisation) -> BTreeSet<Role> {
        let held = |role: &Role| {
            organisation
                .discord_roles(*role)
                .any(|id| self.discord_roles.contains(&id))
        };
        Role::ALL.into_iter().filter(held).collect()
    }

    fn audiences(&self, organisation: &Organisation) -> BTreeSet<String> {
        let held = |ids: &BTreeSet<RoleId>| self.discord_roles.iter().any(|id| ids.contains(id));
        let audiences = organisation.audiences.iter();
        audiences
            .filter(|(_, ids)| held(ids))
            .map(|(audience, _)| audience.clone())
            .collect()
    }

    /// The row as it should be; none when nothing needs to be kept of this person.
    fn row(&self, organisation: &Organisation, old: Option<&Row>, now: Millis) -> Option<Row> {
        let roles = self.roles(organisation);
        let audiences = self.audiences(organisation);
        if old.is_none() && roles.is_empty() && audiences.is_empty() {
            return None;
        }
        let since = old
            .filter(|old| old.left_at.is_none())
            .and_then(|old| old.manager_since);
        let manager = roles.contains(&Role::Manager);
        Some(Row {
            organisation: organisation.id,
            member: self.member,
            zone: old.and_then(|old| old.zone.clone()),
            locale: self.locale.clone().or_else(|| old.and_then(|old| old.locale.clone())),
            manager_since: manager.then(|| since.unwrap_or(now)),
            left_at: None,
            roles,
            audiences,
        })
    }
}

/// Notes one member. Like [`see_all`], it skips a member about whom something newer is stored.
pub async fn see(ledger: &Ledger, organisation: &Organisation, seen: Seen, came: Arrival) -> anyhow::Result<()> {
    write_piece(ledger, organisation, vec![seen], came).await
}

/// Takes notice of all members at once; who is not among them has left.
pub async fn see_all(
    ledger: &Ledger,
    organisation: &Organisation,
    seen: Vec<Seen>,
    came: Arrival,
) -> anyhow::Result<()> {
    let id = organisation.id;
    if !came.takes_all(id) {
        return Ok(());
    }
    let there: BTreeSet<MemberId> = seen.iter().map(|seen| seen.member).collect();
    for piece in seen.chunks(PIECE) {
        write_piece(ledger, organisation, piece.to_vec(), came.clone()).await?;
    }
    ledger
        .write(move |tx| {
            Box::pin(async move {
                let rows = store::rows(tx.connection(), id).await?;
                let missing = |row: &Row| row.left_at.is_none() && !there.contains(&row.member);
                let gone = rows.into_iter().filter(missing);
                for row in gone.filter(|row| came.takes(id, row.member)) {
                    store::update(tx.connection(), &departed(row, tx.now()), tx.now()).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Like [`see`], where it is likely that nothing is new: reads first, and writes only what changed.
pub async fn see_again(
    db: &Db,
    ledger: &Ledger,
    organisation: &Organisation,
    seen: Seen,
    came: Arrival,
) -> anyhow::Result<()> {
    if !came.takes(organisation.id, seen.member) {
        return Ok(());
    }
    let old = store::row(db.reader(), organisation.id, seen.member).await?;
    // The instant only matters where a row is new or changes.
    if seen.row(organisation, old.as_ref(), Millis(0)) == old {
        return Ok(());
    }
    see(ledger, organisation, seen, came).await
}

/// Keeps the locale that somebody known was last seen with.
pub async fn note_locale(
    db: &Db,
    ledger: &Ledger,
    organisation: &Organisation,
    member: MemberId,
    locale: String,
) -> anyhow::Result<()> {
    let id = organisation.id;
    let old = store::row(db.reader(), id, member).await?;
    if old.is_none_or(|old| old.locale.as_ref() == Some(&locale)) {
        return Ok(());
    }
    ledger
        .write(move |tx| {
            Box::pin(async move {
                if let Some(row) = store::row(tx.connection(), id, member).await? {
                    let locale = Some(locale);
                    store::update(tx.connection(), &Row { locale, ..row }, tx.now()).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Notes that a member has left, or was removed.
pub async fn leave(
    ledger: &Ledger,
    organisation: &Organisation,
    member: MemberId,
    came: Arrival,
) -> anyhow::Result<()> {
    let id = organisation.id;
    ledger
        .write(move |tx| {
            Box::pin(async move {
                if !came.takes(id, member) {
                    return Ok(());
                }
                let row = store::row(tx.connection(), id, member).await?;
                if let Some(row) = row.filter(|row| row.left_at.is_none()) {
                    store::update(tx.connection(), &departed(row, tx.now()), tx.now()).await?;
                }
                Ok(())
            })
        })
        .await
}

fn departed(row: Row, now: Millis) -> Row {
    Row {
        roles: BTreeSet::new(),
        audiences: BTreeSet::new(),
        manager_since: None,
        left_at: Some(now),
        ..row
    }
}

async fn write_piece(
    ledger: &Ledger,
    organisation: &Organisation,
    piece: Vec<Seen>,
    came: Arrival,
) -> anyhow::Result<()> {
    let organisation = organisation.clone();
    ledger
        .write(move |tx| {
            Box::pin(async move {
                let members: Vec<MemberId> = piece.iter().map(|seen| seen.member).collect();
                let old = store::rows_of(tx.connection(), organisation.id, &members).await?;
                let old: BTreeMap<MemberId, Row> = old.into_iter().map(|row| (row.member, row)).collect();
                let mut new = Vec::new();
                for seen in piece
                    .into_iter()
                    .filter(|seen| came.takes(organisation.id, seen.member))
                {
                    let before = old.get(&seen.member);
                    match (before, seen.row(&organisation, before, tx.now())) {
                        (_, None) => {}
                        (None, Some(row)) => new.push(row),
                        (Some(before), Some(row)) if *before == row => {}
                        (Some(_), Some(row)) => store::update(tx.connection(), &row, tx.now()).await?,
                    }
                }
                store::insert(tx.connection(), new, tx.now(), || came.new_id()).await
            })
        })
        .await
}
