//! Correcting an answer, and withdrawing it.
//!
//! Whose answer it is and whether it can be changed is decided anew at each press; custom ids only say which one is
//! meant.

use std::collections::BTreeMap;
use std::time::Duration;

use super::custom_id::{Ask, Press};
use super::form::{self, Step};
use super::mine::{Mine, mine};
use super::{refused, said};
use crate::civil;
use crate::clock::Millis;
use crate::core::Decided;
use crate::discord::edge::{Bot, Call, Reply};
use crate::ids::{CycleId, RecordId};
use crate::prompts::{self, AmendOutcome, AmendmentDraft, RetractOutcome, RetractionDraft, Said};
use crate::words::Voice;

/// How long opening a form may wait for the database.
const LOOK: Duration = Duration::from_millis(1_200);

/// The four answers, to choose the right one from.
pub(super) async fn correct(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let found = match changeable(bot, call, id).await? {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    Ok(Reply::page(said::which(voice, &found.cycle)))
}

/// An answer of this person that can be changed now; otherwise what to say instead.
async fn changeable(bot: &Bot, call: &Call, id: &CycleId) -> Decided<Mine, Reply> {
    let voice = bot.words.voice(call.language);
    let found = match mine(bot, call, id).await? {
        Ok(found) => found,
        Err(reply) => return Ok(Err(reply)),
    };
    if let Some(reply) = removed(bot, call, &found) {
        return Ok(Err(reply));
    }
    let refused = prompts::why_not(&found.cycle, found.said.as_ref(), call.received);
    Ok(match refused {
        Some(standing) => Err(Reply::text(said::standing(voice, standing))),
        None => Ok(found),
    })
}

/// What to say if the organisation that asked is not configured any more: nothing of it changes, because a reopened
/// question would never be closed again.
fn removed(bot: &Bot, call: &Call, found: &Mine) -> Option<Reply> {
    let gone = bot.core.organisation(found.cycle.organisation).is_none();
    gone.then(|| Reply::text(bot.words.voice(call.language).refused_removed()))
}

/// A reply to a form that changes nothing, with what was typed.
fn handed_back(voice: Voice<'_>, reply: Reply, fields: &BTreeMap<String, String>) -> Reply {
    match reply {
        Reply::Pages(mut pages) => {
            let last = pages.pop().map(|page| refused::handed_back(voice, page, fields));
            pages.extend(last);
            Reply::Pages(pages)
        }
        form @ Reply::Form(_) => form,
    }
}

/// Opens the form of a correction, with what the answer says now. It must be the first response.
pub(super) async fn open(bot: &Bot, call: &Call, ask: Ask) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let found = match tokio::time::timeout(LOOK, changeable(bot, call, &ask.cycle)).await {
        Ok(found) => found?,
        // The form opens from what the button carries; what is sent is checked then.
        Err(_) => {
            return Ok(Reply::Form(Box::new(form::correction(
                voice,
                &ask,
                &Step::default(),
                None,
            ))));
        }
    };
    let Mine { cycle, said } = match found {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    let ask = Ask {
        follow_up: cycle.follow_up_drawn,
        ..ask
    };
    let step = Step {
        follow_up: cycle.wording.follow_up.clone(),
        follow_up_label: cycle.wording.follow_up_label.clone(),
        by: None,
    };
    let same = said.as_ref().filter(|said| said.choice() == Some(ask.choice));
    let detail = same.and_then(Said::detail);
    Ok(Reply::Form(Box::new(form::correction(
        voice,
        &ask,
        &step,
        detail.as_ref(),
    ))))
}

/// Corrects an answer as the form says. Never an error: what was typed always comes back to the person.
pub(super) async fn amend(bot: &Bot, call: &Call, ask: Ask, fields: &BTreeMap<String, String>) -> Reply {
    let again = Press::Amend(ask.clone());
    match try_amend(bot, call, ask, fields).await {
        Ok(reply) => reply,
        Err(error) => {
            let reference = bot.reference();
            tracing::error!(reference, "a correction could not be recorded: {error:#}");
            let voice = bot.words.voice(call.language);
            Reply::page(refused::lost(voice, &again, reference, fields))
        }
    }
}

async fn try_amend(bot: &Bot, call: &Call, ask: Ask, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let found = match mine(bot, call, &ask.cycle).await? {
        Ok(found) => found,
        Err(reply) => return Ok(handed_back(voice, reply, fields)),
    };
    if let Some(reply) = removed(bot, call, &found) {
        return Ok(handed_back(voice, reply, fields));
    }
    let detail = match form::read(ask.choice, fields, answered_on(&found)) {
        Ok(detail) => detail,
        Err(problem) => return Ok(wrong(bot, call, &ask, &problem, fields)),
    };
    let draft = AmendmentDraft {
        cycle: ask.cycle.clone(),
        member: call.member,
        choice: ask.choice,
        detail,
        reason: fields.get(form::REASON).cloned().unwrap_or_default(),
        interaction: call.id,
        received: call.received,
    };
    let cycle = &found.cycle;
    let problem = match prompts::amend(&bot.core, draft).await? {
        AmendOutcome::Amended(record, said) => {
            return Ok(Reply::page(said::corrected(voice, cycle, &said, record.as_str())));
        }
        AmendOutcome::Unchanged(said) => return Ok(Reply::page(said::unchanged(voice, cycle, &said))),
        AmendOutcome::TooOften(count) => {
            let reply = Reply::text(voice.refused_correct_often(count as i64));
            return Ok(handed_back(voice, reply, fields));
        }
        AmendOutcome::Not(standing) => {
            let reply = Reply::text(said::standing(voice, standing));
            return Ok(handed_back(voice, reply, fields));
        }
        AmendOutcome::NeedsDetail => form::Problem::Missing,
        AmendOutcome::NeedsReason => form::Problem::NoReason,
        AmendOutcome::TooLong { found, allowed } => form::Problem::TooLong { found, allowed },
    };
    Ok(wrong(bot, call, &ask, &problem, fields))
}

fn wrong(bot: &Bot, call: &Call, ask: &Ask, problem: &form::Problem, fields: &BTreeMap<String, String>) -> Reply {
    let voice = bot.words.voice(call.language);
    Reply::page(refused::form(
        voice,
        ask.choice,
        &Press::Amend(ask.clone()),
        problem,
        fields,
    ))
}

/// The civil day of the first answer: a commitment may be corrected when its date has passed.
fn answered_on(found: &Mine) -> jiff::civil::Date {
    let at = found.said.as_ref().map_or(found.cycle.opens_at, Said::answered_at);
    let zone = civil::zone(&found.cycle.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    civil::local(at, &zone).date()
}

/// Asks once more.
pub(super) async fn ask_to_retract(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let now: Millis = call.received;
    Ok(match changeable(bot, call, id).await? {
        Ok(found) => Reply::page(said::sure(voice, &found.cycle, now)),
        Err(reply) => reply,
    })
}

/// Withdraws an answer.
pub(super) async fn retract(bot: &Bot, call: &Call, id: CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let found = match mine(bot, call, &id).await? {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    if let Some(reply) = removed(bot, call, &found) {
        return Ok(reply);
    }
    let draft = RetractionDraft {
        cycle: id,
        member: call.member,
        interaction: call.id,
        received: call.received,
    };
    let page =
        |record: &RecordId, reopened| Reply::page(said::retracted(voice, &found.cycle, reopened, record.as_str()));
    Ok(match prompts::retract(&bot.core, &bot.tick, draft).await? {
        RetractOutcome::Reopened(record) => page(&record, true),
        RetractOutcome::Withdrawn(record) => page(&record, false),
        RetractOutcome::Not(standing) => Reply::text(said::standing(voice, standing)),
    })
}
