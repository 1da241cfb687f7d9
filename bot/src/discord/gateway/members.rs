//! Who belongs to the organisations, as Discord tells it.
//!
//! With the members intent the whole list is read at each new session and changes come as events. Without it each
//! person of the people file is asked for, at each new session and daily.

use std::sync::Arc;

use serenity::all::{Guild, GuildId, User};

use super::Shared;
use super::events::{organisation, spawn};
use crate::clock::Millis;
use crate::config::Organisation;
use crate::discord::reply::Ended;
use crate::discord::rest::{GuildMember, RestError};
use crate::discord::router;
use crate::ids::RoleId;
use crate::people::{self, Seen};

/// Members on a page of the list.
const PAGE: usize = 1_000;

/// Learns the members of all organisations; false when one could not be learned.
pub(super) async fn learn_all(shared: &Shared) -> bool {
    let mut all = true;
    for organisation in &shared.bot.asking.config.organisations {
        let learned = if shared.bot.asking.config.discord.members_intent {
            list(shared, organisation).await
        } else {
            ask_each(shared, organisation).await
        };
        if let Err(error) = learned {
            all = false;
            tracing::warn!(organisation.id = %organisation.id, "its members could not be learned: {error:#}");
        }
    }
    all
}

/// Without the intent nobody tells us of changes, so the people file's members are asked for once a day.
pub(super) async fn daily(shared: Arc<Shared>) {
    let asking = &shared.bot.asking;
    if asking.config.discord.members_intent {
        return;
    }
    loop {
        tokio::select! {
            () = asking.clock.sleep_until(asking.clock.now() + Millis::DAY) => {}
            () = shared.bot.stopping.cancelled() => return,
        }
        let _busy = shared.bot.busy.enter();
        learn_all(&shared).await;
    }
}

async fn list(shared: &Shared, organisation: &Organisation) -> anyhow::Result<()> {
    let rest = &shared.bot.rest;
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = super::patient(&shared.bot, || rest.list_guild_members(organisation.id, after)).await?;
        let full = page.len() >= PAGE;
        if page.is_empty() && after.is_some() {
            break;
        }
        let last = page.iter().map(|member| member.user.id).max();
        // We are a member ourselves: an empty list, or the same page again, would let everybody else have left.
        anyhow::ensure!(last > after, "the list of members is empty or does not go on");
        after = last;
        seen.extend(page.into_iter().filter(|member| !member.user.bot).map(seen_of));
        if !full {
            break;
        }
    }
    people::see_all(&shared.bot.asking.ledger, organisation, seen).await
}

async fn ask_each(shared: &Shared, organisation: &Organisation) -> anyhow::Result<()> {
    let (rest, ledger) = (&shared.bot.rest, &shared.bot.asking.ledger);
    for person in &organisation.people {
        match super::patient(&shared.bot, || rest.get_member(organisation.id, person.id)).await {
            Ok(member) => people::see(ledger, organisation, seen_of(member)).await?,
            Err(RestError::Refused { status: 404, .. }) => people::leave(ledger, organisation, person.id).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn seen_of(member: GuildMember) -> Seen {
    Seen {
        member: member.user.id,
        discord_roles: member.roles,
        locale: None,
    }
}

/// A server became available, with some of its members.
pub(super) fn arrived(shared: &Arc<Shared>, guild: &Guild) {
    let Some(organisation) = shared.bot.organisation(organisation(guild.id)) else {
        tracing::info!(
            guild.id = guild.id.get(),
            "a server that is not configured is left alone"
        );
        return;
    };
    if !shared.bot.asking.config.discord.members_intent {
        return;
    }
    let matters = |role: &serenity::all::RoleId| {
        let role = role_id(*role);
        let mut roles = organisation.roles.values().chain(organisation.audiences.values());
        roles.any(|ids| ids.contains(&role))
    };
    let members = guild.members.values().filter(|member| member.roles.iter().any(matters));
    for member in members {
        changed(shared, guild.id, &member.user, &member.roles);
    }
}

/// A member joined or has other roles.
pub(super) fn changed(shared: &Arc<Shared>, guild: GuildId, user: &User, roles: &[serenity::all::RoleId]) {
    let Some(organisation) = shared.bot.organisation(organisation(guild)).filter(|_| !user.bot) else {
        return;
    };
    let seen = Seen {
        member: router::member_id(user.id),
        discord_roles: roles.iter().copied().map(role_id).collect(),
        locale: None,
    };
    let (ledger, organisation) = (shared.bot.asking.ledger.clone(), organisation.clone());
    spawn(shared, &shared.events, async move {
        noted(&organisation, people::see(&ledger, &organisation, seen).await)
    });
}

/// A member left or was removed.
pub(super) fn left(shared: &Arc<Shared>, guild: GuildId, user: &User) {
    let Some(organisation) = shared.bot.organisation(organisation(guild)) else {
        return;
    };
    let member = router::member_id(user.id);
    let (ledger, organisation) = (shared.bot.asking.ledger.clone(), organisation.clone());
    spawn(shared, &shared.events, async move {
        noted(&organisation, people::leave(&ledger, &organisation, member).await)
    });
}

fn noted(organisation: &Organisation, outcome: anyhow::Result<()>) -> Ended {
    match outcome {
        Ok(()) => Ended::Well,
        Err(error) => {
            tracing::warn!(organisation.id = %organisation.id, "a member could not be noted: {error:#}");
            Ended::WithError
        }
    }
}

fn role_id(role: serenity::all::RoleId) -> RoleId {
    RoleId::from_i64(role.get().cast_signed())
}
