//! `/case`: the concerns that a handler may see, and the keys that they are sealed to.

use super::pages;
use crate::concerns::keys::{self, Confirmed};
use crate::concerns::{self, CaseNumber, FiguresOutcome, Handler};
use crate::config::Role;
use crate::discord::edge::{Asker, Bot, Options, Reply, refusal, text};
use crate::discord::figures;
use crate::words::Voice;

/// The sub-commands, as Discord sends them whatever the reader's language.
pub const INBOX: &str = "inbox";
pub const OPEN: &str = "open";
pub const KEY: &str = "key";
pub const FIGURES: &str = "figures";
pub const DRILL: &str = "drill";
/// The option of [`OPEN`].
pub const NUMBER: &str = "number";

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker, options: &Options) -> anyhow::Result<Reply> {
    let text = |name: &str| options.texts.get(name).map(String::as_str);
    match options.sub.as_deref() {
        Some(INBOX) => inbox(bot, voice, asker).await,
        Some(OPEN) => open(bot, voice, asker, text(NUMBER).unwrap_or_default()).await,
        Some(KEY) => key(bot, voice, asker).await,
        Some(FIGURES) => figures(bot, voice, asker).await,
        Some(DRILL) => Ok(drill(bot, voice, asker)),
        Some(_) | None => Ok(Reply::text(voice.apology_unknown_command())),
    }
}

/// Somebody at work with cases.
pub fn handler(asker: &Asker) -> Handler {
    Handler {
        organisation: asker.organisation.clone(),
        member: asker.member,
        roles: asker.roles.clone(),
    }
}

async fn inbox(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> anyhow::Result<Reply> {
    if !keys::may_hold(&asker.roles) {
        return Ok(Reply::text(refusal::role(voice, Role::Handler)));
    }
    let inbox = concerns::inbox(&bot.desk, &handler(asker)).await?;
    let mut pages = pages::inbox(voice, &inbox, asker.member, bot.core.clock.now());
    let keys = seen(bot, asker).await?;
    let why = match &keys.used {
        None => Some(voice.keys_altered()),
        Some(used) if !used.contains(&asker.member) => Some(voice.case_no_key()),
        Some(_) => None,
    };
    if let (Some(why), Some(first)) = (why, pages.first_mut()) {
        first.text.push('\n');
        first.text.push_str(&why);
    }
    Ok(Reply::Pages(pages))
}

async fn open(bot: &Bot, voice: Voice<'_>, asker: &Asker, typed: &str) -> anyhow::Result<Reply> {
    let Some(number) = CaseNumber::read(typed) else {
        let found = text::escape_line(&text::cut(typed, text::PLACEHOLDER));
        return Ok(Reply::text(voice.refused_case_number(found)));
    };
    let found = concerns::find_case(&bot.desk, &handler(asker), number).await?;
    Ok(match found {
        Some(seen) => Reply::page(pages::overview(voice, &seen, asker.member)),
        None => Reply::text(voice.refused_case()),
    })
}

/// Counts by the quarter, as far as this person may see them.
async fn figures(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> anyhow::Result<Reply> {
    Ok(match concerns::tell_figures(&bot.desk, &handler(asker)).await? {
        FiguresOutcome::Shown(shown) => {
            let categories = &bot.desk.core.catalogue.concern_categories;
            Reply::page(figures::concerns::figures(voice, &shown, categories))
        }
        FiguresOutcome::NotForYou => Reply::text(refusal::role(voice, Role::Handler)),
    })
}

/// What a drill can be about, for those who may declare one.
fn drill(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> Reply {
    if !may_drill(asker) {
        return Reply::text(voice.drill_role());
    }
    Reply::page(pages::drill::choose(voice, &bot.desk.core.catalogue.concern_categories))
}

/// Whether somebody may declare a drill.
pub fn may_drill(asker: &Asker) -> bool {
    asker.roles.contains(&Role::Owner) || asker.roles.contains(&Role::IndependentHandler)
}

/// The keys, with what this person can do about them.
pub async fn key(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> anyhow::Result<Reply> {
    let keys = seen(bot, asker).await?;
    Ok(Reply::Pages(pages::keys::keys(voice, &keys)))
}

async fn seen(bot: &Bot, asker: &Asker) -> anyhow::Result<pages::keys::Keys> {
    let desk = &bot.desk;
    let used = match keys::confirmed(desk, &asker.organisation).await? {
        Confirmed::Keys(set) => Some(set.holders.into_iter().map(|holder| holder.member).collect()),
        Confirmed::Doubtful => None,
    };
    let in_force = used.as_ref().map_or(0, std::collections::BTreeSet::len);
    let unlocked = desk.vault.until(desk.core.clock.now(), handler(asker).whose());
    Ok(pages::keys::Keys {
        all: keys::list(desk, asker.organisation.id).await?,
        missing: desk.core.config.concerns.handlers_needed.saturating_sub(in_force),
        used,
        reader: asker.member,
        holds: keys::may_hold(&asker.roles),
        unlocked: unlocked.is_some(),
    })
}
