//! Shortening an absence, and withdrawing it. Each leaves a leaf that continues the first; the first stays.

use jiff::civil::Date;

use super::look::{self, KnownAbsence};
use crate::chance::Chance;
use crate::civil;
use crate::config::Organisation;
use crate::evidence::{NewLeaf, fields};
use crate::ids::{AbsenceId, MemberId, RecordId};
use crate::ledger::Tx;
use crate::people::store;

/// Somebody's wish to change an absence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceChange {
    pub absence: AbsenceId,
    pub by: MemberId,
    /// Whether that person is a programme owner there: may change others' leaves, and days before today.
    pub owner: bool,
    pub change: Change,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// To end with this day.
    ShortenTo(Date),
    Withdraw,
}

/// The outcome, with the absence as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeOutcome {
    Shortened(KnownAbsence),
    Withdrawn(KnownAbsence),
    /// It ends with that day, or before it, anyway.
    NotShorter(KnownAbsence),
    /// That day comes before the first.
    NothingLeft(KnownAbsence),
    /// It takes days before today from it, which only the programme owner may.
    InThePast(KnownAbsence),
    /// None that stands, or none of this person's.
    Unknown,
}

/// Changes an absence with its leaf.
pub async fn change_absence(
    tx: &Tx,
    chance: &Chance,
    organisation: &Organisation,
    wish: &AbsenceChange,
) -> anyhow::Result<ChangeOutcome> {
    let Some(known) = look::absence(tx.connection(), organisation, &wish.absence, tx.now()).await? else {
        return Ok(ChangeOutcome::Unknown);
    };
    if known.member != wish.by && !wish.owner {
        return Ok(ChangeOutcome::Unknown);
    }
    match wish.change {
        Change::ShortenTo(last) => shorten(tx, chance, (organisation, wish), known, last).await,
        Change::Withdraw if !known.can_be_withdrawn(wish.owner) => Ok(ChangeOutcome::InThePast(known)),
        Change::Withdraw => {
            store::withdraw_absence(tx.connection(), &known.id, tx.now()).await?;
            leaf(tx, chance, (organisation, wish), &known, None).await?;
            Ok(ChangeOutcome::Withdrawn(known))
        }
    }
}

async fn shorten(
    tx: &Tx,
    chance: &Chance,
    (organisation, wish): (&Organisation, &AbsenceChange),
    known: KnownAbsence,
    last: Date,
) -> anyhow::Result<ChangeOutcome> {
    if last >= known.last {
        return Ok(ChangeOutcome::NotShorter(known));
    }
    if last < known.first {
        return Ok(ChangeOutcome::NothingLeft(known));
    }
    if known.shortest(wish.owner).is_none_or(|shortest| last < shortest) {
        return Ok(ChangeOutcome::InThePast(known));
    }
    let to = civil::instant(last.tomorrow()?.at(0, 0, 0, 0), &civil::zone(&known.zone)?);
    store::shorten_absence(tx.connection(), &known.id, to).await?;
    leaf(tx, chance, (organisation, wish), &known, Some(to.rfc3339())).await?;
    Ok(ChangeOutcome::Shortened(known))
}

async fn leaf(
    tx: &Tx,
    chance: &Chance,
    (organisation, wish): (&Organisation, &AbsenceChange),
    known: &KnownAbsence,
    to: Option<String>,
) -> anyhow::Result<()> {
    let row = store::absence_record(tx.connection(), &known.id).await?;
    let rec = RecordId::new(chance.id());
    let (organisation, member) = (organisation.id.to_string(), known.member.to_string());
    let changed_by = wish.by.to_string();
    let leaf = match to {
        Some(to) => NewLeaf::new(
            rec,
            fields::AbsenceShortened {
                organisation,
                member,
                changed_by,
                to,
            },
        ),
        None => NewLeaf::new(
            rec,
            fields::AbsenceWithdrawn {
                organisation,
                member,
                changed_by,
            },
        ),
    };
    tx.evidence(NewLeaf { of: row, ..leaf });
    Ok(())
}
