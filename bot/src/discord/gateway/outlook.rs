//! What the operator reads once the bot is connected: who is known, what is asked next, and whether concerns are taken.

use crate::clock::Millis;
use crate::concerns::{self, Channel, Closed};
use crate::config::{Organisation, Role};
use crate::discord::edge::Bot;
use crate::people;
use crate::prompts::{self, plan::Fate};

/// How far ahead to look.
const WEEKS: u32 = 6;

/// Says this in a line for each organisation.
pub(super) async fn tell(bot: &Bot) {
    for organisation in &bot.core.config.organisations {
        if let Err(error) = tell_one(bot, organisation).await {
            tracing::warn!(organisation.id = %organisation.id, "the next questions could not be looked up: {error:#}");
        }
    }
}

async fn tell_one(bot: &Bot, organisation: &Organisation) -> anyhow::Result<()> {
    let (core, now) = (&bot.core, bot.core.clock.now());
    let people = people::all(core.db.reader(), organisation).await?;
    let managers = people.iter().filter(|person| person.is(Role::Manager)).count();
    let next = next(bot, organisation, now).await?;
    let concerns = concerns(bot, organisation).await?;
    tracing::info!(
        organisation.id = %organisation.id,
        managers,
        next,
        concerns,
        "organisation ready"
    );
    Ok(())
}

async fn next(bot: &Bot, organisation: &Organisation, now: Millis) -> anyhow::Result<String> {
    let core = &bot.core;
    let what = (&*core.config, &*core.catalogue);
    let ahead = prompts::forecast(core.db.reader(), what, organisation, now, WEEKS).await?;
    let next = ahead.into_iter().find(|asking| asking.fate == Fate::Open);
    Ok(next.map_or_else(
        || format!("nobody is asked anything in the next {WEEKS} weeks"),
        |next| format!("{} at {}", next.prompt, next.opens_at.rfc3339()),
    ))
}

async fn concerns(bot: &Bot, organisation: &Organisation) -> anyhow::Result<String> {
    Ok(match concerns::channel(&bot.desk, organisation).await? {
        Channel::Open(keys) => format!("open, sealed to {} handlers", keys.holders.len()),
        Channel::Closed(Closed::SwitchedOff) => "switched off".to_owned(),
        Channel::Closed(Closed::FewerKeys { in_force, needed }) => {
            format!("closed: {in_force} of {needed} handlers' keys are active")
        }
        Channel::Closed(Closed::KeysDoubtful) => "closed: the handlers' keys do not match the evidence log".to_owned(),
    })
}
