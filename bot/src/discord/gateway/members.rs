//! Who belongs to the organisations, according to Discord.
//!
//! With the members intent the whole list is read and changes come as events. Without it each person of the people file
//! is asked for. Both happen at each new session, daily, and when a role that counts is deleted, because Discord only
//! says that the role is gone.

use std::sync::Arc;

use super::handle::spawn;
use super::state::{Shared, patient};
use super::told::Person;
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::discord::edge::reply::Ended;
use crate::discord::wire::rest::{GuildMember, RestError};
use crate::ids::{MemberId, OrganisationId, RoleId};
use crate::people::{self, Seen};

/// How often to check whether the daily reading is due.
const LOOK: i64 = Millis::HOUR;

/// Maximum number of members on a page of the list.
const PAGE: usize = 1_000;

/// Learns the members of all organisations; false if one could not be learned.
pub(super) async fn learn_all(shared: &Shared) -> bool {
    let mut all = true;
    for organisation in &shared.bot.core.config.organisations {
        let learned = if shared.bot.core.config.discord.members_intent {
            list(shared, organisation).await
        } else {
            ask_each(shared, organisation).await
        };
        if let Err(error) = learned {
            all = false;
            tracing::warn!(organisation.id = %organisation.id, "the server's members could not be listed: {error:#}");
        }
    }
    all
}

/// Learns everybody again from time to time: if an event was lost, or came while the list was being read, nobody's data
/// stays wrong for longer than a day.
pub(super) async fn learn_again(shared: Arc<Shared>) {
    let (clock, stopping) = (&shared.bot.core.clock, &shared.bot.stopping);
    let mut last = clock.now();
    loop {
        let wanted = tokio::select! {
            () = clock.sleep_until(clock.now() + LOOK) => false,
            () = shared.relearn.notified() => true,
            () = stopping.cancelled() => return,
        };
        let now = clock.now();
        if !wanted && (0..Millis::DAY).contains(&now.since(last)) {
            continue;
        }
        // Nobody waits for it, because it may have to wait for the limits; a stop may cut it off anywhere.
        let learned = tokio::select! {
            learned = learn_all(&shared) => learned,
            () = stopping.cancelled() => return,
        };
        if learned {
            last = now;
        }
    }
}

async fn list(shared: &Shared, organisation: &Organisation) -> anyhow::Result<()> {
    let rest = &shared.bot.rest;
    let came = shared.bot.arrivals.next();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = patient(&shared.bot, || rest.list_guild_members(organisation.id, after)).await?;
        // However short a page is: a server may give fewer than it is asked for.
        if page.is_empty() && after.is_some() {
            break;
        }
        let last = page.iter().map(|member| member.user.id).max();
        // A small server that answers without looking at the page asked for has listed everybody at once.
        if after.is_some() && last <= after && page.len() < PAGE {
            break;
        }
        // We are a member ourselves: an empty list, or a full page again, would mean that everybody else has left.
        anyhow::ensure!(last > after, "the list of members is empty or does not go on");
        after = last;
        seen.extend(page.into_iter().filter(|member| !member.user.bot).map(seen_of));
    }
    shared.bot.crowd.note(organisation.id, seen.len() as u64);
    warn_of_nobody(organisation, organisation.roles.keys().copied(), &seen);
    people::see_all(&shared.bot.core.ledger, organisation, seen, came).await
}

async fn ask_each(shared: &Shared, organisation: &Organisation) -> anyhow::Result<()> {
    let (rest, ledger) = (&shared.bot.rest, &shared.bot.core.ledger);
    let mut there = Vec::new();
    for person in &organisation.people {
        let came = shared.bot.arrivals.next();
        match patient(&shared.bot, || rest.get_member(organisation.id, person.id)).await {
            Ok(member) => {
                let seen = seen_of(member);
                there.push(seen.clone());
                people::see(ledger, organisation, seen, came).await?;
            }
            Err(RestError::Refused { status: 404, .. }) => people::leave(ledger, organisation, person.id, came).await?,
            Err(error) => return Err(error.into()),
        }
    }
    warn_of_nobody(organisation, [Role::Manager], &there);
    Ok(())
}

/// The most common mistake at the first start: a role that nobody holds.
fn warn_of_nobody(organisation: &Organisation, roles: impl IntoIterator<Item = Role>, seen: &[Seen]) {
    for role in roles {
        let ids: Vec<RoleId> = organisation.discord_roles(role).collect();
        let held = seen
            .iter()
            .any(|seen| seen.discord_roles.iter().any(|id| ids.contains(id)));
        if !ids.is_empty() && !held {
            tracing::warn!(
                organisation.id = %organisation.id,
                "nobody holds a Discord role of roles.{}: give it to the right people, or name another one",
                role.word()
            );
        }
    }
}

fn seen_of(member: GuildMember) -> Seen {
    Seen {
        member: member.user.id,
        discord_roles: member.roles,
        locale: None,
    }
}

/// A server became available, with some of its members.
pub(super) fn arrived(shared: &Arc<Shared>, server: OrganisationId, count: Option<u64>, members: Vec<Person>) {
    let Some(organisation) = shared.bot.core.organisation(server) else {
        tracing::info!(guild.id = %server, "a server that is not configured is ignored");
        return;
    };
    if let Some(count) = count {
        // Without us.
        shared.bot.crowd.note_roughly(server, count.saturating_sub(1));
    }
    if !shared.bot.core.config.discord.members_intent {
        return;
    }
    for person in members {
        if person.roles.iter().any(|role| counts(organisation, *role)) {
            changed(shared, server, person);
        }
    }
}

/// A member joined or has other roles.
pub(super) fn changed(shared: &Arc<Shared>, server: OrganisationId, person: Person) {
    let Some(organisation) = shared.bot.core.organisation(server).filter(|_| !person.bot) else {
        return;
    };
    let seen = Seen {
        member: person.member,
        discord_roles: person.roles,
        locale: None,
    };
    let (ledger, organisation) = (shared.bot.core.ledger.clone(), organisation.clone());
    let came = shared.bot.arrivals.next();
    spawn(shared, &shared.events, async move {
        noted(&organisation, people::see(&ledger, &organisation, seen, came).await)
    });
}

/// A member left or was removed.
pub(super) fn left(shared: &Arc<Shared>, server: OrganisationId, member: MemberId) {
    let Some(organisation) = shared.bot.core.organisation(server) else {
        return;
    };
    let (ledger, organisation) = (shared.bot.core.ledger.clone(), organisation.clone());
    let came = shared.bot.arrivals.next();
    spawn(shared, &shared.events, async move {
        noted(&organisation, people::leave(&ledger, &organisation, member, came).await)
    });
}

/// A role was deleted. No event says who had it.
pub(super) fn lost_role(shared: &Arc<Shared>, server: OrganisationId, role: RoleId) {
    let organisation = shared.bot.core.organisation(server);
    if organisation.is_some_and(|organisation| counts(organisation, role)) {
        shared.relearn.notify_one();
    }
}

/// Whether a role makes anybody what the configuration names.
fn counts(organisation: &Organisation, role: RoleId) -> bool {
    let mut roles = organisation.roles.values().chain(organisation.audiences.values());
    roles.any(|ids| ids.contains(&role))
}

pub(super) fn noted(organisation: &Organisation, outcome: anyhow::Result<()>) -> Ended {
    match outcome {
        Ok(()) => Ended::Well,
        Err(error) => {
            tracing::warn!(organisation.id = %organisation.id, "a member could not be noted: {error:#}");
            Ended::WithError
        }
    }
}
