//! The menu, buttons and form of a leave. Whose it is, and what may be changed, is decided anew at each press.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::config::{Organisation, Role};
use crate::discord::bot::Bot;
use crate::discord::call::Call;
use crate::discord::command::Command;
use crate::discord::custom_id::{AwayAct, AwayStep, chosen_absence};
use crate::discord::permissions;
use crate::discord::render::{absence, form};
use crate::discord::reply::Reply;
use crate::ids::AbsenceId;
use crate::people::{self, AbsenceChange, Change, KnownAbsence};
use crate::prompts;

/// How long opening a form may wait for the database.
const LOOK: Duration = Duration::from_millis(1_200);

/// A leave that this person may see, and whether as a programme owner.
struct Found<'a> {
    organisation: &'a Organisation,
    known: KnownAbsence,
    owner: bool,
}

/// A button was pressed, or a leave chosen.
pub(super) async fn press(bot: &Bot, call: &Call, step: AwayStep, values: &[String]) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let (id, act) = match (step, values) {
        (AwayStep::On(id, act), _) => (id, Some(act)),
        (AwayStep::Choose, [value]) => match chosen_absence(value) {
            Some(id) => (id, None),
            None => return Ok(Reply::text(voice.away_gone())),
        },
        (AwayStep::Choose, _) => return Ok(Reply::text(voice.away_gone())),
    };
    if act == Some(AwayAct::Shorten) {
        return open(bot, call, &id).await;
    }
    let Some(found) = find(bot, call, &id).await? else {
        return Ok(Reply::text(voice.away_gone()));
    };
    Ok(match act {
        Some(AwayAct::Withdrawn) => return change(bot, call, found, Change::Withdraw).await,
        Some(AwayAct::Withdraw) => Reply::page(absence::sure(voice, &found.known)),
        Some(AwayAct::Shorten) | None => {
            let page = absence::one(voice, &found.known, (call.member, found.owner));
            Reply::page(page)
        }
    })
}

/// Opens the form with the last day. It must be the first response.
async fn open(bot: &Bot, call: &Call, id: &AbsenceId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let last = match tokio::time::timeout(LOOK, find(bot, call, id)).await {
        Ok(found) => match found? {
            Some(found) => Some(found.known.last),
            None => return Ok(Reply::text(voice.away_gone())),
        },
        // What is sent is checked then.
        Err(_) => None,
    };
    Ok(Reply::Form(Box::new(absence::form(voice, id, last))))
}

/// A form was sent.
pub(super) async fn submit(
    bot: &Bot,
    call: &Call,
    step: AwayStep,
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let AwayStep::On(id, AwayAct::Shorten) = step else {
        return Ok(Reply::text(voice.away_gone()));
    };
    let Some(found) = find(bot, call, &id).await? else {
        return Ok(Reply::text(voice.away_gone()));
    };
    let typed = fields.get(form::BY).map(String::as_str).unwrap_or_default();
    match form::read_date(typed) {
        Some(last) => change(bot, call, found, Change::ShortenTo(last)).await,
        None => Ok(Reply::page(absence::no_last_day(voice, &id, typed))),
    }
}

async fn change(bot: &Bot, call: &Call, found: Found<'_>, change: Change) -> anyhow::Result<Reply> {
    let Found {
        organisation,
        known,
        owner,
    } = found;
    let wish = AbsenceChange {
        absence: known.id.clone(),
        by: call.member,
        owner,
        change,
    };
    let outcome = prompts::change_absence(&bot.core, organisation, wish).await?;
    let reader = bot.core.db.reader();
    let now = people::absence(reader, organisation, &known.id, bot.core.clock.now()).await?;
    let voice = bot.words.voice(call.language);
    Ok(Reply::page(absence::changed(
        voice,
        &outcome,
        now.as_ref(),
        (call.member, owner),
    )))
}

/// The leave, if it stands and is this person's own, or this person is an owner where it belongs.
async fn find<'a>(bot: &'a Bot, call: &Call, id: &AbsenceId) -> anyhow::Result<Option<Found<'a>>> {
    let now = bot.core.clock.now();
    for organisation in &bot.core.config.organisations {
        let Some(known) = people::absence(bot.core.db.reader(), organisation, id, now).await? else {
            continue;
        };
        let owner = match permissions::place(bot, call, Command::Away).await? {
            Ok(asker) => asker.organisation.id == organisation.id && asker.roles.contains(&Role::Owner),
            Err(_) => false,
        };
        let may = owner || known.member == call.member;
        return Ok(may.then_some(Found {
            organisation,
            known,
            owner,
        }));
    }
    Ok(None)
}
