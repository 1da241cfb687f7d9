//! From one of the four buttons to a recorded answer.
//!
//! The form must be the first response, so opening it never waits long: if the database is slow, the form opens from
//! what the button carries and the catalogue knows, and the use case decides when it is sent.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;

use super::custom_id::{Ask, Press};
use super::form::{self, Step};
use super::{receipt, refused, said};
use crate::civil;
use crate::config::Delivery;
use crate::discord::edge::{Bot, Call, Page, Reply};
use crate::prompts::{self, AnswerDraft, Cycle, Delivered, RecordOutcome, Route, State};
use crate::words::Voice;

/// How long opening a form may wait for the database.
const LOOK: Duration = Duration::from_millis(1_200);
/// An interaction's token is valid for 15 minutes; that is how long the bot tries to record an answer.
const KEEP_TRYING: Duration = Duration::from_secs(13 * 60);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Opens the second step, or says why there is none.
pub(super) async fn open(bot: &Bot, call: &Call, ask: Ask) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let cycle = match look(bot, &ask).await {
        Looked::Found(cycle) => Some(cycle),
        Looked::Unknown => return Ok(Reply::text(voice.refused_unknown())),
        Looked::NotNow => None,
    };
    if let Some(cycle) = &cycle
        && let Some(why) = why_not(bot, call, cycle)
    {
        return Ok(why);
    }
    let ask = Ask {
        follow_up: cycle.as_ref().map_or(ask.follow_up, |cycle| cycle.follow_up_drawn),
        ..ask
    };
    let step = step(bot, &ask, cycle.as_deref());
    tokio::spawn(note_draft(bot.clone(), call.clone(), ask.clone()));
    Ok(Reply::Form(Box::new(form::form(voice, &ask, &step))))
}

async fn note_draft(bot: Bot, call: Call, ask: Ask) {
    let _busy = bot.busy.enter();
    let noted = prompts::note_draft(&bot.core, ask.cycle, call.member, ask.choice, call.received);
    if let Err(error) = noted.await {
        tracing::warn!("a pressed button could not be noted: {error:#}");
    }
}

enum Looked {
    Found(Box<Cycle>),
    Unknown,
    /// The database is slow or away.
    NotNow,
}

async fn look(bot: &Bot, ask: &Ask) -> Looked {
    let cycle = prompts::cycle(bot.core.db.reader(), &ask.cycle);
    match tokio::time::timeout(LOOK, cycle).await {
        Ok(Ok(Some(cycle))) => Looked::Found(Box::new(cycle)),
        Ok(Ok(None)) => Looked::Unknown,
        Ok(Err(error)) => {
            tracing::warn!("a cycle could not be read: {error:#}");
            Looked::NotNow
        }
        Err(_) => Looked::NotNow,
    }
}

/// What can be said before the person fills in the form for nothing.
fn why_not(bot: &Bot, call: &Call, cycle: &Cycle) -> Option<Reply> {
    let voice = bot.words.voice(call.language);
    if cycle.member != call.member {
        return Some(Reply::text(voice.refused_not_yours()));
    }
    if bot.core.organisation(cycle.organisation).is_none() {
        return Some(Reply::text(voice.refused_removed()));
    }
    match cycle.state {
        // Withdrawn after closing: a late answer is kept as a dated note.
        State::Answered if cycle.is_withdrawn() => None,
        State::Answered if cycle.choice.is_none() => Some(Reply::text(voice.refused_erased())),
        State::Answered => {
            let buttons = vec![
                said::receipt_button(voice, &cycle.id),
                said::correct_button(voice, &cycle.id),
            ];
            Some(Reply::page(receipt::answered(voice, cycle).row(buttons)))
        }
        State::Cancelled => Some(Reply::text(voice.refused_ended())),
        // A late answer is kept as a dated note.
        State::Open | State::Missed | State::Excused | State::Undelivered => None,
    }
}

fn step(bot: &Bot, ask: &Ask, cycle: Option<&Cycle>) -> Step {
    let today = today(bot, cycle);
    let by = |days: u32| today.checked_add(jiff::Span::new().days(i64::from(days))).ok();
    if let Some(cycle) = cycle {
        return Step {
            follow_up: cycle.wording.follow_up.clone(),
            follow_up_label: cycle.wording.follow_up_label.clone(),
            by: by(cycle.wording.due_days),
        };
    }
    let known = ask.prompt.as_deref().and_then(|id| bot.core.catalogue.prompt(id));
    known.map_or_else(Step::default, |prompt| Step {
        follow_up: prompt.follow_up.clone(),
        follow_up_label: prompt.follow_up_label.clone(),
        by: by(prompt.on_no.due_days),
    })
}

/// The civil day where the member is, as far as it is known.
fn today(bot: &Bot, cycle: Option<&Cycle>) -> Date {
    let zone = cycle.and_then(|cycle| civil::zone(&cycle.zone).ok());
    civil::local(bot.core.clock.now(), &zone.unwrap_or(jiff::tz::TimeZone::UTC)).date()
}

/// Records what the form says. Never an error: what was typed always comes back to the person.
pub(super) async fn record(bot: &Bot, call: &Call, ask: Ask, fields: &BTreeMap<String, String>) -> Reply {
    let voice = bot.words.voice(call.language);
    let cycle = match look(bot, &ask).await {
        Looked::Found(cycle) => Some(cycle),
        Looked::Unknown | Looked::NotNow => None,
    };
    let cycle = cycle.as_deref();
    if cycle.is_some_and(|cycle| bot.core.organisation(cycle.organisation).is_none()) {
        let page = Page::text(voice.refused_removed());
        return Reply::page(refused::handed_back(voice, page, fields));
    }
    let detail = match form::read(ask.choice, fields, today(bot, cycle)) {
        Ok(detail) => detail,
        Err(problem) => return Reply::page(refused_form(voice, &ask, &problem, fields)),
    };
    let draft = AnswerDraft {
        cycle: ask.cycle.clone(),
        member: call.member,
        choice: ask.choice,
        detail,
        interaction: call.id,
        received: call.received,
        on: call.on.map(|(channel, message)| Delivered {
            route: posted_by(bot, call),
            channel,
            message,
        }),
    };
    match keep_trying(bot, &draft).await {
        Ok(outcome) => outcome_page(bot, call, &ask, cycle, fields, outcome),
        Err(error) => {
            let reference = bot.reference();
            tracing::error!(reference, cycle.id = %ask.cycle, "an answer could not be recorded: {error:#}");
            Reply::page(refused::lost(voice, &Press::Answer(ask), reference, fields))
        }
    }
}

/// How the message that was answered reached the person.
fn posted_by(bot: &Bot, call: &Call) -> Route {
    let Some(server) = call.server else {
        return Route::DirectMessage;
    };
    match bot.core.organisation(server).map(|organisation| organisation.delivery) {
        Some(Delivery::Channel) => Route::Channel,
        Some(Delivery::DirectMessage) | None => Route::Fallback,
    }
}

fn outcome_page(
    bot: &Bot,
    call: &Call,
    ask: &Ask,
    cycle: Option<&Cycle>,
    fields: &BTreeMap<String, String>,
    outcome: RecordOutcome,
) -> Reply {
    let voice = bot.words.voice(call.language);
    let label = |choice| receipt::label(&bot.core.catalogue, cycle, ask.prompt.as_deref(), choice);
    let help = cycle.map(|cycle| cycle.wording.help.as_str());
    let due = cycle.map(|cycle| cycle.due_at);
    let id = &ask.cycle;
    let unkept = |sentence: String| refused::handed_back(voice, Page::text(sentence), fields);
    Reply::page(match outcome {
        RecordOutcome::Recorded(found) | RecordOutcome::RecordedLate(found) => {
            let page = receipt::recorded(voice, &found, &label(found.choice), due, help);
            page.row(vec![said::receipt_button(voice, id), said::correct_button(voice, id)])
        }
        RecordOutcome::AlreadyAnswered(found) => {
            let page = receipt::already(voice, &found, &label(found.choice));
            let page = refused::handed_back(voice, page, fields);
            page.row(vec![said::receipt_button(voice, id), said::correct_button(voice, id)])
        }
        RecordOutcome::NotedAfterClosing(found) => {
            let closed = cycle.map_or(found.answered_at, |cycle| cycle.closes_at);
            receipt::noted(voice, &found, closed).row(vec![said::receipt_button(voice, id)])
        }
        RecordOutcome::NeedsDetail => refused_form(voice, ask, &form::Problem::Missing, fields),
        RecordOutcome::TooLong { found, allowed } => {
            refused_form(voice, ask, &form::Problem::TooLong { found, allowed }, fields)
        }
        RecordOutcome::Erased => unkept(voice.refused_erased()),
        RecordOutcome::NotYours => unkept(voice.refused_not_yours()),
        RecordOutcome::CycleCancelled => unkept(voice.refused_ended()),
        RecordOutcome::UnknownCycle => unkept(voice.refused_unknown()),
    })
}

fn refused_form(voice: Voice<'_>, ask: &Ask, problem: &form::Problem, fields: &BTreeMap<String, String>) -> Page {
    let again = Press::Answer(ask.clone());
    refused::form(voice, ask.choice, &again, problem, fields)
}

/// Tries until it is written, the token ends, or the program stops. Repeating is harmless: the interaction's id
/// is kept with the answer.
async fn keep_trying(bot: &Bot, draft: &AnswerDraft) -> anyhow::Result<RecordOutcome> {
    let mut pause = FIRST_PAUSE;
    let mut waited = Duration::ZERO;
    loop {
        let error = match prompts::record_answer(&bot.core, draft.clone()).await {
            Ok(outcome) => return Ok(outcome),
            Err(error) => error,
        };
        if waited >= KEEP_TRYING || bot.stopping.is_cancelled() {
            return Err(error);
        }
        tracing::warn!(cycle.id = %draft.cycle, "an answer is not recorded yet: {error:#}");
        let jitter = Duration::from_millis(bot.core.chance.below(250));
        tokio::select! {
            () = tokio::time::sleep(pause + jitter) => {}
            () = bot.stopping.cancelled() => {}
        }
        waited += pause;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
