//! Correcting an answer: a new row, never an overwrite. It changes what was said, not when it was answered first.

use super::cycle::{Cycle, State};
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

/// How long after the due instant an answer can be corrected or withdrawn, milliseconds.
pub const AMENDABLE: i64 = 90 * Millis::DAY;
/// Maximum number of corrections of one answer.
pub const MOST_AMENDMENTS: usize = 20;
/// Characters of a reason that are taken.
pub const MOST_REASON_CHARS: usize = 4_000;

/// A correction that somebody sends.
#[derive(Clone, Debug)]
pub struct AmendmentDraft {
    pub cycle: CycleId,
    pub member: MemberId,
    pub choice: Choice,
    /// The second step, as for an answer.
    pub detail: Option<Detail>,
    /// Why it is corrected.
    pub reason: String,
    pub interaction: InteractionId,
    /// When the server received it.
    pub received: Millis,
}

/// The outcome of a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmendOutcome {
    /// With its record, and the answer as it stands now.
    Amended(RecordId, Said),
    /// It says what the answer says already.
    Unchanged(Said),
    /// The second step is missing, or is not the one that the choice asks for.
    NeedsDetail,
    /// It does not say why.
    NeedsReason,
    /// In characters.
    TooLong { found: usize, allowed: usize },
    /// It was corrected so often that this is the end of it.
    TooOften(usize),
    /// It stands as it was.
    Not(Standing),
}

/// Why an answer cannot be corrected or withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Corrections were taken until this instant.
    TooLate(Millis),
    /// There is no answer that stands.
    NotAnswered,
    /// Its content was erased.
    Erased,
    NotYours,
    CycleCancelled,
    UnknownCycle,
}

/// Why the answer to a cycle cannot be changed at that instant; none when it can.
pub fn why_not(cycle: &Cycle, said: Option<&Said>, at: Millis) -> Option<Standing> {
    let until = cycle.due_at + AMENDABLE;
    match said {
        _ if cycle.state == State::Cancelled => Some(Standing::CycleCancelled),
        Some(said) if said.retracted_at().is_some() => Some(Standing::NotAnswered),
        Some(said) if said.is_erased() => Some(Standing::Erased),
        Some(_) if at > until => Some(Standing::TooLate(until)),
        Some(_) => None,
        None => Some(Standing::NotAnswered),
    }
}

/// The answer, if this member can change it at that instant; otherwise why not.
pub(super) fn changeable(
    cycle: Option<&Cycle>,
    rows: &[AnswerRow],
    member: MemberId,
    at: Millis,
) -> Result<Said, Standing> {
    let cycle = cycle.ok_or(Standing::UnknownCycle)?;
    if cycle.member != member {
        return Err(Standing::NotYours);
    }
    let said = Said::of(rows);
    match (why_not(cycle, said.as_ref(), at), said) {
        (None, Some(said)) => Ok(said),
        (why, _) => Err(why.unwrap_or(Standing::NotAnswered)),
    }
}

/// Corrects an answer with its leaf. The same interaction a second time gets the same outcome.
///
/// # Errors
/// When the database cannot be written; then nothing was corrected.
pub async fn amend(core: &Core, draft: AmendmentDraft) -> anyhow::Result<AmendOutcome> {
    let chance = core.chance.clone();
    core.ledger
        .write(move |tx| Box::pin(async move { amend_in(tx, &chance, draft).await }))
        .await
}

async fn amend_in(tx: &Tx, chance: &Chance, draft: AmendmentDraft) -> anyhow::Result<AmendOutcome> {
    let cycle = store::cycle(tx.connection(), &draft.cycle).await?;
    let rows = store::answers(tx.connection(), &draft.cycle, draft.interaction).await?;
    if let Some(same) = store::written_by(&rows, draft.interaction)
        && let Some(said) = Said::of(&rows)
    {
        return Ok(AmendOutcome::Amended(RecordId::new(same.rec.clone()), said));
    }
    let said = match changeable(cycle.as_ref(), &rows, draft.member, draft.received) {
        Ok(said) => said,
        Err(standing) => return Ok(AmendOutcome::Not(standing)),
    };
    let follow_up = cycle.as_ref().is_some_and(|cycle| cycle.follow_up_drawn);
    let detail = match Detail::check(draft.choice, draft.detail.clone(), follow_up) {
        Ok(detail) => detail,
        Err(DetailError::Needed) => return Ok(AmendOutcome::NeedsDetail),
        Err(DetailError::TooLong { found, allowed }) => return Ok(AmendOutcome::TooLong { found, allowed }),
    };
    if said.choice() == Some(draft.choice) && said.detail() == detail {
        return Ok(AmendOutcome::Unchanged(said));
    }
    if said.corrections() >= MOST_AMENDMENTS {
        return Ok(AmendOutcome::TooOften(MOST_AMENDMENTS));
    }
    let found = draft.reason.chars().count();
    if draft.reason.trim().is_empty() {
        return Ok(AmendOutcome::NeedsReason);
    }
    if found > MOST_REASON_CHARS {
        let allowed = MOST_REASON_CHARS;
        return Ok(AmendOutcome::TooLong { found, allowed });
    }
    save(tx, chance, &draft, (&said, detail), rows).await
}

async fn save(
    tx: &Tx,
    chance: &Chance,
    draft: &AmendmentDraft,
    (said, detail): (&Said, Option<Detail>),
    mut rows: Vec<AnswerRow>,
) -> anyhow::Result<AmendOutcome> {
    let row = AnswerRow {
        id: chance.id(),
        cycle: draft.cycle.as_str().to_owned(),
        revision: store::next_revision(&rows),
        act: Act::Amended.word().to_owned(),
        member: draft.member.get(),
        choice: draft.choice.id().to_owned(),
        detail: detail.map(|detail| serde_json::to_string(&detail)).transpose()?,
        reason: Some(draft.reason.trim().to_owned()),
        answered_at: draft.received.0,
        // Punctuality is the first answer's.
        late: said.first().late,
        interaction: draft.interaction.get(),
        rec: chance.id(),
    };
    store::insert_answer(tx.connection(), row.clone()).await?;
    let record = RecordId::new(row.rec.clone());
    let amended = fields::AnswerAmended {
        author: draft.member.to_string(),
        choice: row.choice.clone(),
        text: row.detail.clone().unwrap_or_default(),
        reason: row.reason.clone().unwrap_or_default(),
        amended: draft.received.rfc3339(),
        interaction: draft.interaction.to_string(),
    };
    tx.evidence(NewLeaf::new(record.clone(), amended).continuing(said.record()));
    rows.push(row);
    let said = Said::of(&rows).unwrap_or_else(|| said.clone());
    Ok(AmendOutcome::Amended(record, said))
}
