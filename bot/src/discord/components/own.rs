//! A person's own answers: the menu of `/record`, receipts, corrections and taking back.
//!
//! Whose answer it is and whether it can be changed is decided anew at each press; custom ids only say which is meant.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::clock::Millis;
use crate::discord::bot::Bot;
use crate::discord::custom_id::{Ask, CustomId, chosen};
use crate::discord::render::form::{self, Step};
use crate::discord::render::{own, refusal};
use crate::discord::reply::Reply;
use crate::discord::router::Call;
use crate::ids::{CycleId, RecordId};
use crate::prompts::{self, AmendOutcome, AmendmentDraft, Cycle, RetractOutcome, RetractionDraft, Said, schedule};

/// Entries of the log in one message: three files each, of at most ten.
const RECEIPTS: usize = 3;
/// How long opening a form may wait for the database.
const LOOK: Duration = Duration::from_millis(1_200);

/// A question with what this person said about it.
struct Own {
    cycle: Cycle,
    said: Option<Said>,
}

/// The cycle, if it is this person's own; else what to say instead.
async fn own(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Result<Own, Reply>> {
    let voice = bot.words.voice(call.language);
    let reader = bot.asking.db.reader();
    let Some(cycle) = prompts::cycle(reader, id).await? else {
        return Ok(Err(Reply::text(voice.refused_unknown())));
    };
    if cycle.member != call.member {
        return Ok(Err(Reply::text(voice.refused_not_yours())));
    }
    let said = prompts::said(reader, &[id.as_str()]).await?.remove(id.as_str());
    Ok(Ok(Own { cycle, said }))
}

/// Something was chosen from the menu of `/record`.
pub(super) async fn choose(bot: &Bot, call: &Call, values: &[String]) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let [value] = values else {
        return Ok(Reply::text(voice.refused_unknown()));
    };
    let Some(id) = chosen(value) else {
        return Ok(Reply::text(voice.refused_unknown()));
    };
    let now = bot.asking.clock.now();
    Ok(match own(bot, call, &id).await? {
        Err(reply) => reply,
        Ok(Own {
            cycle,
            said: Some(said),
        }) => Reply::Pages(vec![own::answer(voice, &cycle, &said, now)]),
        Ok(Own { said: None, .. }) => Reply::text(voice.refused_not_answered()),
    })
}

/// The files that prove what was said: the answer, and the newest of what continues it.
pub(super) async fn receipt(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    if let Err(reply) = own(bot, call, id).await? {
        return Ok(reply);
    }
    let mut records = prompts::records(bot.asking.db.reader(), id).await?;
    if records.is_empty() {
        return Ok(Reply::text(voice.refused_not_answered()));
    }
    let left = records.len().saturating_sub(RECEIPTS);
    records.drain(1..=left);
    let receipts = bot.prover.records(&records).await?;
    Ok(Reply::Pages(vec![own::receipts(voice, &receipts, left)]))
}

/// The four answers to choose the right one from.
pub(super) async fn correct(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let found = match changeable(bot, call, id).await? {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    Ok(Reply::Pages(vec![own::which(voice, &found.cycle)]))
}

/// An answer of this person that can be changed now; else what to say instead.
async fn changeable(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Result<Own, Reply>> {
    let voice = bot.words.voice(call.language);
    let found = match own(bot, call, id).await? {
        Ok(found) => found,
        Err(reply) => return Ok(Err(reply)),
    };
    let refused = prompts::why_not(&found.cycle, found.said.as_ref(), call.received);
    Ok(match refused {
        Some(standing) => Err(Reply::text(own::standing(voice, standing))),
        None => Ok(found),
    })
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
    let Own { cycle, said } = match found {
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
    let again = CustomId::Amend(ask.clone());
    match try_amend(bot, call, ask, fields).await {
        Ok(reply) => reply,
        Err(error) => {
            let reference = bot.reference();
            tracing::error!(reference, "a correction could not be recorded: {error:#}");
            let voice = bot.words.voice(call.language);
            Reply::Pages(vec![refusal::lost(voice, &again, reference, fields)])
        }
    }
}

async fn try_amend(bot: &Bot, call: &Call, ask: Ask, fields: &BTreeMap<String, String>) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let found = match own(bot, call, &ask.cycle).await? {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    let detail = match form::read(ask.choice, fields, answered_on(&found)) {
        Ok(detail) => detail,
        Err(problem) => return Ok(refused(bot, call, ask, &problem, fields)),
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
    let problem = match prompts::amend(&bot.asking, draft).await? {
        AmendOutcome::Amended(record, said) => {
            return Ok(Reply::Pages(vec![own::corrected(voice, cycle, &said, record.as_str())]));
        }
        AmendOutcome::Unchanged(said) => return Ok(Reply::Pages(vec![own::unchanged(voice, cycle, &said)])),
        AmendOutcome::TooOften(count) => return Ok(Reply::text(voice.refused_correct_often(count as i64))),
        AmendOutcome::Not(standing) => return Ok(Reply::text(own::standing(voice, standing))),
        AmendOutcome::NeedsDetail => form::Problem::Missing,
        AmendOutcome::NeedsReason => form::Problem::NoReason,
        AmendOutcome::TooLong { found, allowed } => form::Problem::TooLong { found, allowed },
    };
    Ok(refused(bot, call, ask, &problem, fields))
}

fn refused(bot: &Bot, call: &Call, ask: Ask, problem: &form::Problem, fields: &BTreeMap<String, String>) -> Reply {
    let voice = bot.words.voice(call.language);
    let choice = ask.choice;
    Reply::Pages(vec![refusal::form(
        voice,
        (choice, CustomId::Amend(ask)),
        problem,
        fields,
    )])
}

/// The civil day of the first answer: a commitment may be corrected when its date has passed.
fn answered_on(found: &Own) -> jiff::civil::Date {
    let at = found.said.as_ref().map_or(found.cycle.opens_at, Said::answered_at);
    let zone = schedule::zone(&found.cycle.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    schedule::civil(at, &zone).date()
}

/// Asks once more.
pub(super) async fn ask_to_retract(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let now: Millis = call.received;
    Ok(match changeable(bot, call, id).await? {
        Ok(found) => Reply::Pages(vec![own::sure(voice, &found.cycle, now)]),
        Err(reply) => reply,
    })
}

/// Takes an answer back.
pub(super) async fn retract(bot: &Bot, call: &Call, id: CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let found = match own(bot, call, &id).await? {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    let draft = RetractionDraft {
        cycle: id,
        member: call.member,
        interaction: call.id,
        received: call.received,
    };
    let page = |record: &RecordId, reopened| {
        Reply::Pages(vec![own::retracted(voice, &found.cycle, reopened, record.as_str())])
    };
    Ok(match prompts::retract(&bot.asking, draft).await? {
        RetractOutcome::Reopened(record) => page(&record, true),
        RetractOutcome::Withdrawn(record) => page(&record, false),
        RetractOutcome::Not(standing) => Reply::text(own::standing(voice, standing)),
    })
}
