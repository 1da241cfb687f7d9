//! Recording an answer. The first valid one of a cycle counts, by the instant at which the server received it.

use anyhow::Context;

use super::cycle::{Cycle, State};
use super::delivery::{self, Delivered};
use super::detail::{Detail, DetailError};
use super::said::{Act, Said};
use super::store::{self, AnswerRow};
use crate::catalogue::Choice;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::core::Core;
use crate::evidence::{NewLeaf, fields};
use crate::ids::{CycleId, InteractionId, MemberId, RecordId};
use crate::ledger::Tx;

/// An answer that somebody sends.
#[derive(Clone, Debug)]
pub struct AnswerDraft {
    pub cycle: CycleId,
    pub member: MemberId,
    pub choice: Choice,
    /// The second step; `None` if a confirmation need not be shown.
    pub detail: Option<Detail>,
    pub interaction: InteractionId,
    /// When the server received it.
    pub received: Millis,
    /// The question's message that it was given on, where it was.
    pub on: Option<Delivered>,
}

/// Proof for the person that an answer is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub record: RecordId,
    pub answered_at: Millis,
    pub choice: Choice,
    pub late: bool,
}

/// The outcome of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordOutcome {
    Recorded(Receipt),
    /// After the due instant; kept and marked.
    RecordedLate(Receipt),
    /// Another answer was first: its receipt.
    AlreadyAnswered(Receipt),
    /// The late window has ended; kept as a dated note that changes nothing.
    NotedAfterClosing(Receipt),
    /// The second step is missing, or is not the one that the choice asks for.
    NeedsDetail,
    /// In characters.
    TooLong {
        found: usize,
        allowed: usize,
    },
    /// It was answered, and the answer's content was erased.
    Erased,
    NotYours,
    CycleCancelled,
    UnknownCycle,
}

/// Records an answer with its leaf. The same interaction a second time gets the same outcome.
///
/// # Errors
/// When the database cannot be written; then nothing was recorded.
pub async fn record_answer(core: &Core, draft: AnswerDraft) -> anyhow::Result<RecordOutcome> {
    let chance = core.chance.clone();
    core.ledger
        .write(move |tx| Box::pin(async move { record(tx, &chance, draft).await }))
        .await
}

async fn record(tx: &Tx, chance: &Chance, draft: AnswerDraft) -> anyhow::Result<RecordOutcome> {
    let Some(cycle) = store::cycle(tx.connection(), &draft.cycle).await? else {
        return Ok(RecordOutcome::UnknownCycle);
    };
    if cycle.member != draft.member {
        return Ok(RecordOutcome::NotYours);
    }
    let rows = store::answers(tx.connection(), &draft.cycle, draft.interaction).await?;
    if let Some(same) = store::written_by(&rows, draft.interaction) {
        return repeated(same);
    }
    if cycle.state == State::Cancelled {
        return Ok(RecordOutcome::CycleCancelled);
    }
    if let Some(said) = Said::standing(&rows) {
        return already(&said);
    }
    let detail = match Detail::check(draft.choice, draft.detail.clone(), cycle.follow_up_drawn) {
        Ok(detail) => detail,
        Err(DetailError::Needed) => return Ok(RecordOutcome::NeedsDetail),
        Err(DetailError::TooLong { found, allowed }) => return Ok(RecordOutcome::TooLong { found, allowed }),
    };
    let detail = detail.map(|detail| serde_json::to_string(&detail)).transpose()?;
    // Notes after closing take the revisions 0, -1, ...: the first answer has revision 1.
    let counts = draft.received < cycle.closes_at;
    let revision = if counts {
        store::next_revision(&rows)
    } else {
        rows.iter().map(|row| row.revision).fold(1, i32::min) - 1
    };
    save(tx, chance, &cycle, &draft, (revision, detail)).await
}

async fn save(
    tx: &Tx,
    chance: &Chance,
    cycle: &Cycle,
    draft: &AnswerDraft,
    (revision, detail): (i32, Option<String>),
) -> anyhow::Result<RecordOutcome> {
    let row = AnswerRow {
        id: chance.id(),
        cycle: cycle.id.as_str().to_owned(),
        revision,
        act: Act::Answered.word().to_owned(),
        member: draft.member.get(),
        choice: draft.choice.id().to_owned(),
        detail,
        reason: None,
        answered_at: draft.received.0,
        // What comes after closing is a note, which nobody could still say in time.
        late: revision <= 0 || cycle.is_late(draft.received),
        interaction: draft.interaction.get(),
        rec: chance.id(),
    };
    // Who answers on the message has got it, also when the program was killed before it could write that down.
    if let Some(delivered) = draft.on {
        delivery::note_delivered(tx, chance, &cycle.id, delivered).await?;
    }
    store::insert_answer(tx.connection(), row.clone()).await?;
    if revision > 0 {
        store::set_answered(tx.connection(), &cycle.id, draft.choice, draft.received, tx.now()).await?;
    }
    let answered = fields::Answered {
        author: draft.member.to_string(),
        choice: row.choice.clone(),
        text: row.detail.clone().unwrap_or_default(),
        answered: draft.received.rfc3339(),
        interaction: draft.interaction.to_string(),
    };
    let rec = RecordId::new(row.rec.clone());
    let leaf = match (revision > 0, row.late) {
        (true, false) => NewLeaf::new(rec, fields::CycleAnswered(answered)),
        (true, true) => NewLeaf::new(rec, fields::CycleAnsweredLate(answered)),
        (false, _) => NewLeaf::new(rec, fields::AnswerNoted(answered)),
    };
    tx.evidence(leaf.continuing(cycle.rec.clone()));
    repeated(&row)
}

/// The outcome that the writing of this row had, or has.
fn repeated(row: &AnswerRow) -> anyhow::Result<RecordOutcome> {
    let receipt = receipt(row)?;
    Ok(match (row.revision > 0, row.late) {
        (true, false) => RecordOutcome::Recorded(receipt),
        (true, true) => RecordOutcome::RecordedLate(receipt),
        (false, _) => RecordOutcome::NotedAfterClosing(receipt),
    })
}

/// The answer that was first, with the words that hold now.
fn already(said: &Said) -> anyhow::Result<RecordOutcome> {
    if said.is_erased() {
        return Ok(RecordOutcome::Erased);
    }
    Ok(RecordOutcome::AlreadyAnswered(Receipt {
        choice: said.choice().context("reading a recorded choice")?,
        record: said.record(),
        answered_at: said.answered_at(),
        late: said.first().late,
    }))
}

fn receipt(row: &AnswerRow) -> anyhow::Result<Receipt> {
    Ok(Receipt {
        record: RecordId::new(row.rec.clone()),
        answered_at: Millis(row.answered_at),
        choice: row.choice.parse().context("reading a recorded choice")?,
        late: row.late,
    })
}

/// The outcome of a pressed button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftOutcome {
    /// Kept as a draft until the second step arrives.
    Drafted,
    /// The cycle takes no answer any more.
    Closed,
    NotYours,
    UnknownCycle,
}

/// Notes that a button was pressed whose second step has not arrived. Not needed for an answer to count.
pub async fn note_draft(
    core: &Core,
    cycle: CycleId,
    member: MemberId,
    choice: Choice,
    received: Millis,
) -> anyhow::Result<DraftOutcome> {
    core.ledger
        .write(move |tx| {
            Box::pin(async move {
                let Some(found) = store::cycle(tx.connection(), &cycle).await? else {
                    return Ok(DraftOutcome::UnknownCycle);
                };
                if found.member != member {
                    return Ok(DraftOutcome::NotYours);
                }
                if !found.takes_answers(received) {
                    return Ok(DraftOutcome::Closed);
                }
                store::set_draft(tx.connection(), &cycle, choice, received).await?;
                Ok(DraftOutcome::Drafted)
            })
        })
        .await
}
