//! The menu, buttons and form of an absence. Whose it is, and what may be changed, is decided anew at each press.

use std::collections::BTreeMap;
use std::time::Duration;

use super::pages::{self, Eye};
use crate::config::{Organisation, Role};
use crate::discord::edge::dates::read_date;
use crate::discord::edge::{Bot, Call, Command, Reply, permissions};
use crate::discord::own::custom_id::chosen_absence;
use crate::ids::AbsenceId;
use crate::people::{self, AbsenceChange, Change, KnownAbsence};
use crate::prompts;

/// How long opening a form may wait for the database.
const LOOK: Duration = Duration::from_millis(1_200);

/// An absence that this person may see, and who looks at it.
struct Found<'a> {
    organisation: &'a Organisation,
    known: KnownAbsence,
    eye: Eye,
}

/// An absence was chosen from the menu.
pub async fn choose(bot: &Bot, call: &Call, values: &[String]) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let chosen = match values {
        [value] => chosen_absence(value),
        _ => None,
    };
    let Some(id) = chosen else {
        return Ok(Reply::text(voice.away_gone()));
    };
    Ok(match find(bot, call, &id).await? {
        Some(found) => Reply::page(pages::one(voice, &found.known, found.eye)),
        None => Reply::text(voice.away_gone()),
    })
}

/// Asks once more.
pub async fn ask_to_withdraw(bot: &Bot, call: &Call, id: &AbsenceId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    Ok(match find(bot, call, id).await? {
        Some(found) => Reply::page(pages::sure(voice, &found.known)),
        None => Reply::text(voice.away_gone()),
    })
}

/// Withdraws an absence.
pub async fn withdraw(bot: &Bot, call: &Call, id: &AbsenceId) -> anyhow::Result<Reply> {
    match find(bot, call, id).await? {
        Some(found) => change(bot, call, found, Change::Withdraw).await,
        None => Ok(Reply::text(bot.words.voice(call.language).away_gone())),
    }
}

/// Opens the form with the last day. It must be the first response.
pub async fn open(bot: &Bot, call: &Call, id: &AbsenceId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let last = match tokio::time::timeout(LOOK, find(bot, call, id)).await {
        Ok(found) => match found? {
            Some(found) => Some(found.known.last),
            None => return Ok(Reply::text(voice.away_gone())),
        },
        // What is sent is checked then.
        Err(_) => None,
    };
    Ok(Reply::Form(Box::new(pages::form(voice, id, last))))
}

/// Gives an absence the last day that the form says.
pub async fn shorten(
    bot: &Bot,
    call: &Call,
    id: &AbsenceId,
    fields: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let Some(found) = find(bot, call, id).await? else {
        return Ok(Reply::text(voice.away_gone()));
    };
    let typed = fields.get(pages::LAST).map(String::as_str).unwrap_or_default();
    match read_date(typed) {
        Some(last) => change(bot, call, found, Change::ShortenTo(last)).await,
        None => Ok(Reply::page(pages::no_last_day(voice, id, typed))),
    }
}

async fn change(bot: &Bot, call: &Call, found: Found<'_>, change: Change) -> anyhow::Result<Reply> {
    let Found {
        organisation,
        known,
        eye,
    } = found;
    let wish = AbsenceChange {
        absence: known.id.clone(),
        by: eye.member,
        owner: eye.owner,
        change,
    };
    let outcome = prompts::change_absence(&bot.core, organisation, wish).await?;
    let reader = bot.core.db.reader();
    let now = people::absence(reader, organisation, &known.id, bot.core.clock.now()).await?;
    let voice = bot.words.voice(call.language);
    Ok(Reply::page(pages::changed(voice, &outcome, now.as_ref(), eye)))
}

/// The absence, if it was not withdrawn and is this person's own, or this person is an owner in its organisation.
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
            eye: Eye {
                member: call.member,
                owner,
            },
        }));
    }
    Ok(None)
}
