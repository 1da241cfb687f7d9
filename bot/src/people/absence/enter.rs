//! Entering an absence: whole days in the member's zone, from today on, or by an owner also for days that are over.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::chance::Chance;
use crate::civil;
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::evidence::{NewLeaf, fields};
use crate::ids::{AbsenceId, MemberId, RecordId};
use crate::ledger::{Ledger, Tx};
use crate::people::store::{self, Absence};

/// Longest absence that can be entered in one go, in days.
pub const LONGEST_ABSENCE_DAYS: i32 = 120;
/// How far ahead an absence can begin, in days.
const AHEAD_DAYS: i32 = 366;
/// How far back one can begin that an owner enters, in days.
const BACK_DAYS: i32 = LONGEST_ABSENCE_DAYS;

/// An absence that somebody tells us about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceDraft {
    pub member: MemberId,
    pub from: Date,
    /// Included.
    pub to: Date,
    /// Who tells us.
    pub entered_by: MemberId,
    /// Whether that person is a programme owner there: may enter days that are over.
    pub owner: bool,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AbsenceOutcome {
    Entered(AbsenceId),
    /// It begins before today, which only the programme owner may agree to.
    InThePast {
        today: Date,
    },
    /// It begins before the earliest day, or after the latest.
    OutOfReach {
        earliest: Date,
        latest: Date,
    },
    EndsBeforeItBegins,
    TooLong {
        days: i32,
        most: i32,
    },
    /// With one that is known already: half-open.
    Overlaps {
        from: Millis,
        to: Millis,
    },
    /// Nobody who is asked questions there.
    UnknownMember,
}

/// Enters an absence with its leaf.
pub async fn enter_absence(
    ledger: &Ledger,
    chance: &Chance,
    organisation: &Organisation,
    draft: AbsenceDraft,
) -> anyhow::Result<AbsenceOutcome> {
    let (organisation, chance) = (organisation.clone(), chance.clone());
    ledger
        .write(move |tx| Box::pin(async move { enter(tx, &chance, &organisation, &draft).await }))
        .await
}

async fn enter(
    tx: &Tx,
    chance: &Chance,
    organisation: &Organisation,
    draft: &AbsenceDraft,
) -> anyhow::Result<AbsenceOutcome> {
    let standing = store::find(tx.connection(), organisation, draft.member).await?;
    // Whoever enters their own has shown their role with the command.
    let own = draft.member == draft.entered_by;
    let Some(standing) = standing.filter(|standing| standing.is(Role::Manager) || (own && !standing.left)) else {
        return Ok(AbsenceOutcome::UnknownMember);
    };
    let zone = civil::zone(&standing.zone)?;
    let today = civil::local(tx.now(), &zone).date();
    if let Some(refused) = refused(draft, today) {
        return Ok(refused);
    }
    let from = civil::instant(draft.from.at(0, 0, 0, 0), &zone);
    let to = civil::instant(draft.to.tomorrow()?.at(0, 0, 0, 0), &zone);
    let known = store::absences(tx.connection(), organisation.id, Some(draft.member), from).await?;
    if let Some(Absence { from, to, .. }) = known.into_iter().find(|known| known.from < to) {
        return Ok(AbsenceOutcome::Overlaps { from, to });
    }
    save(tx, chance, organisation, draft, (from, to))
        .await
        .map(AbsenceOutcome::Entered)
}

/// What is wrong with the days of an absence.
fn refused(draft: &AbsenceDraft, today: Date) -> Option<AbsenceOutcome> {
    if draft.to < draft.from {
        return Some(AbsenceOutcome::EndsBeforeItBegins);
    }
    if draft.from < today && !draft.owner {
        return Some(AbsenceOutcome::InThePast { today });
    }
    let back = if draft.owner { BACK_DAYS } else { 0 };
    let (earliest, latest) = (
        today.saturating_sub(back.days()),
        today.saturating_add(AHEAD_DAYS.days()),
    );
    if draft.from < earliest || draft.from > latest {
        return Some(AbsenceOutcome::OutOfReach { earliest, latest });
    }
    let days = (draft.to - draft.from).get_days() + 1;
    (days > LONGEST_ABSENCE_DAYS).then_some(AbsenceOutcome::TooLong {
        days,
        most: LONGEST_ABSENCE_DAYS,
    })
}

async fn save(
    tx: &Tx,
    chance: &Chance,
    organisation: &Organisation,
    draft: &AbsenceDraft,
    (from, to): (Millis, Millis),
) -> anyhow::Result<AbsenceId> {
    let rec = RecordId::new(chance.id());
    let row = store::AbsenceModel {
        id: chance.id(),
        organisation: organisation.id.get(),
        member: draft.member.get(),
        from_at: from.0,
        to_at: to.0,
        entered_at: tx.now().0,
        entered_by: draft.entered_by.get(),
        rec: Some(rec.as_str().to_owned()),
        withdrawn_at: None,
    };
    let id = AbsenceId::new(row.id.clone());
    store::insert_absence(tx.connection(), row).await?;
    let said = fields::AbsenceRecorded {
        organisation: organisation.id.to_string(),
        member: draft.member.to_string(),
        entered_by: draft.entered_by.to_string(),
        from: from.rfc3339(),
        to: to.rfc3339(),
    };
    tx.evidence(NewLeaf::new(rec, said));
    Ok(id)
}
