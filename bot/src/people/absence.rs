//! Entering a leave: whole days in the member's zone, from today on.

use jiff::civil::Date;

use super::store::{self, Absence};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config::Organisation;
use crate::evidence::{Kind, NewLeaf};
use crate::ids::{MemberId, RecordId};
use crate::ledger::{Ledger, Tx};
use crate::prompts::schedule;

/// Longest leave that can be entered in one go, in days.
pub const LONGEST_ABSENCE_DAYS: i32 = 120;

/// A leave that somebody tells us of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceDraft {
    pub member: MemberId,
    pub from: Date,
    /// Included.
    pub to: Date,
    /// Who tells us.
    pub entered_by: MemberId,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AbsenceOutcome {
    /// Half-open, in the zone named.
    Entered {
        from: Millis,
        to: Millis,
        zone: String,
    },
    /// It begins before today, which only the programme owner may agree to.
    InThePast {
        today: Date,
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
    UnknownMember,
}

/// Enters a leave with its leaf.
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
    let Some(standing) = standing.filter(|standing| !standing.left) else {
        return Ok(AbsenceOutcome::UnknownMember);
    };
    let zone = schedule::zone(&standing.zone)?;
    let today = schedule::civil(tx.now(), &zone).date();
    if draft.to < draft.from {
        return Ok(AbsenceOutcome::EndsBeforeItBegins);
    }
    if draft.from < today {
        return Ok(AbsenceOutcome::InThePast { today });
    }
    let days = (draft.to - draft.from).get_days() + 1;
    if days > LONGEST_ABSENCE_DAYS {
        return Ok(AbsenceOutcome::TooLong {
            days,
            most: LONGEST_ABSENCE_DAYS,
        });
    }
    let from = schedule::instant(draft.from.at(0, 0, 0, 0), &zone);
    let to = schedule::instant(draft.to.tomorrow()?.at(0, 0, 0, 0), &zone);
    let known = store::absences(tx.connection(), organisation.id, Some(draft.member), from).await?;
    if let Some(Absence { from, to, .. }) = known.into_iter().find(|known| known.from < to) {
        return Ok(AbsenceOutcome::Overlaps { from, to });
    }
    save(tx, chance, organisation, draft, (from, to)).await?;
    Ok(AbsenceOutcome::Entered {
        from,
        to,
        zone: standing.zone,
    })
}

async fn save(
    tx: &Tx,
    chance: &Chance,
    organisation: &Organisation,
    draft: &AbsenceDraft,
    (from, to): (Millis, Millis),
) -> anyhow::Result<()> {
    let rec = RecordId::new(chance.id());
    let model = store::AbsenceModel {
        id: chance.id(),
        organisation: organisation.id.get(),
        member: draft.member.get(),
        from_at: from.0,
        to_at: to.0,
        entered_at: tx.now().0,
        entered_by: draft.entered_by.get(),
        rec: Some(rec.as_str().to_owned()),
    };
    store::insert_absence(tx.connection(), model).await?;
    tx.evidence(NewLeaf {
        kind: Kind::AbsenceRecorded,
        rec,
        of: None,
        values: vec![
            organisation.id.to_string(),
            draft.member.to_string(),
            draft.entered_by.to_string(),
            from.rfc3339(),
            to.rfc3339(),
        ],
    });
    Ok(())
}
