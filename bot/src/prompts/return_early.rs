//! An absence is shortened or withdrawn: questions that waited for its end, or were not to be sent at all, are asked now.
//! What has closed stays as it closed.

use super::board;
use super::{opening, store};
use crate::chance::Chance;
use crate::civil;
use crate::config::Organisation;
use crate::core::Core;
use crate::ids::MemberId;
use crate::ledger::Tx;
use crate::outbox;
use crate::people::{self, AbsenceChange, ChangeOutcome};

/// Changes an absence, and asks what it kept from being asked, in one transaction.
///
/// # Errors
/// When the database cannot be written; then nothing was changed.
pub async fn change_absence(
    core: &Core,
    organisation: &Organisation,
    wish: AbsenceChange,
) -> anyhow::Result<ChangeOutcome> {
    let (chance, organisation) = (core.chance.clone(), organisation.clone());
    core.ledger
        .write(move |tx| {
            Box::pin(async move {
                let outcome = people::change_absence(tx, &chance, &organisation, &wish).await?;
                if let ChangeOutcome::Shortened(known) | ChangeOutcome::Withdrawn(known) = &outcome {
                    ask(tx, &chance, &organisation, known.member).await?;
                }
                Ok(outcome)
            })
        })
        .await
}

async fn ask(tx: &Tx, chance: &Chance, organisation: &Organisation, member: MemberId) -> anyhow::Result<()> {
    let cycles = store::unsent(tx.connection(), organisation.id, member, tx.now()).await?;
    let Some(first) = cycles.iter().map(|cycle| cycle.opens_at).min() else {
        return Ok(());
    };
    let absences = people::store::absences(tx.connection(), organisation.id, Some(member), first).await?;
    for cycle in cycles {
        let zone = civil::zone(&cycle.zone)?;
        let at = cycle.opens_at.max(civil::out_of_quiet_hours(tx.now(), &zone));
        let Some(at) = board::send_at((cycle.opens_at, cycle.due_at), at, &absences, &zone) else {
            continue;
        };
        if at < cycle.closes_at && !outbox::bring_forward(tx, member, cycle.id.as_str(), at).await? {
            let promise = opening::promise(organisation, (cycle.id, member), at, cycle.closes_at);
            outbox::promise(tx, chance, promise).await?;
        }
    }
    Ok(())
}
