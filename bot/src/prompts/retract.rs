//! Taking an answer back. Before closing the cycle is open again; afterwards it stays answered, its content withdrawn.

use super::amend::{self, Standing};
use super::cycle::State;
use super::said::{Act, RETRACTED, Said};
use super::store::{self, AnswerRow};
use super::tick::Tick;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::core::Core;
use crate::evidence::{NewLeaf, fields};
use crate::ids::{CycleId, InteractionId, MemberId, RecordId};
use crate::ledger::Tx;

/// Somebody's wish to withdraw an answer.
#[derive(Clone, Debug)]
pub struct RetractionDraft {
    pub cycle: CycleId,
    pub member: MemberId,
    pub interaction: InteractionId,
    /// When the server received it.
    pub received: Millis,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RetractOutcome {
    /// The question is open again.
    Reopened(RecordId),
    /// It had closed: it stays answered, and its content is withdrawn.
    Withdrawn(RecordId),
    /// It stands as it was.
    Not(Standing),
}

/// Takes an answer back with its leaf. The same interaction a second time gets the same outcome.
///
/// # Errors
/// When the database cannot be written; then nothing was withdrawn.
pub async fn retract(core: &Core, tick: &Tick, draft: RetractionDraft) -> anyhow::Result<RetractOutcome> {
    let chance = core.chance.clone();
    let outcome = core
        .ledger
        .write(move |tx| Box::pin(async move { retract_in(tx, &chance, draft).await }))
        .await?;
    // The scheduler did not reckon with a cycle that opens again.
    tick.forget();
    Ok(outcome)
}

async fn retract_in(tx: &Tx, chance: &Chance, draft: RetractionDraft) -> anyhow::Result<RetractOutcome> {
    let cycle = store::cycle(tx.connection(), &draft.cycle).await?;
    let rows = store::answers(tx.connection(), &draft.cycle, draft.interaction).await?;
    if let Some(same) = store::written_by(&rows, draft.interaction) {
        let record = RecordId::new(same.rec.clone());
        let withdrawn = cycle.is_some_and(|cycle| cycle.is_withdrawn());
        return Ok(if withdrawn {
            RetractOutcome::Withdrawn(record)
        } else {
            RetractOutcome::Reopened(record)
        });
    }
    let said = match amend::changeable(cycle.as_ref(), &rows, draft.member, draft.received) {
        Ok(said) => said,
        Err(standing) => return Ok(RetractOutcome::Not(standing)),
    };
    let reopens = cycle.is_some_and(|cycle| cycle.state == State::Answered && draft.received < cycle.closes_at);
    let record = save(tx, chance, &draft, &said, (reopens, &rows)).await?;
    if reopens {
        store::reopen(tx.connection(), &draft.cycle).await?;
        return Ok(RetractOutcome::Reopened(record));
    }
    store::set_withdrawn(tx.connection(), &draft.cycle).await?;
    Ok(RetractOutcome::Withdrawn(record))
}

async fn save(
    tx: &Tx,
    chance: &Chance,
    draft: &RetractionDraft,
    said: &Said,
    (reopens, rows): (bool, &[AnswerRow]),
) -> anyhow::Result<RecordId> {
    let record = RecordId::new(chance.id());
    let row = AnswerRow {
        id: chance.id(),
        cycle: draft.cycle.as_str().to_owned(),
        revision: store::next_revision(rows),
        act: Act::Retracted.word().to_owned(),
        member: draft.member.get(),
        choice: RETRACTED.to_owned(),
        detail: None,
        reason: None,
        answered_at: draft.received.0,
        late: said.first().late,
        interaction: draft.interaction.get(),
        rec: record.as_str().to_owned(),
    };
    store::insert_answer(tx.connection(), row).await?;
    let retracted = fields::AnswerRetracted {
        author: draft.member.to_string(),
        reopened: if reopens { "yes" } else { "no" }.to_owned(),
        retracted: draft.received.rfc3339(),
        interaction: draft.interaction.to_string(),
    };
    tx.evidence(NewLeaf::new(record.clone(), retracted).continuing(said.record()));
    Ok(record)
}
