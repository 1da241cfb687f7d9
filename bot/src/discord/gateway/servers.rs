//! Servers that the configuration names and the bot is not in.

use std::sync::Arc;

use super::handle::spawn;
use super::members::noted;
use super::state::Shared;
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::core::Core;
use crate::ids::OrganisationId;
use crate::outbox::{self, Message, NewOutbound};
use crate::people;

/// The servers that come with a new session: says which of the configured ones are not among them.
pub(super) fn missed(shared: &Shared, there: &[OrganisationId]) {
    for organisation in &shared.bot.core.config.organisations {
        if !there.contains(&organisation.id) {
            tracing::error!(
                organisation.id = %organisation.id,
                "the bot is not in this server, so nobody there is reached: invite it again (`bellwether check` shows the \
                 link), or take the organisation out of the configuration"
            );
        }
    }
}

/// The bot was removed from a server: the operator is told, and so are the owners if they can be reached.
pub(super) fn removed(shared: &Arc<Shared>, server: OrganisationId) {
    let Some(organisation) = shared.bot.core.organisation(server) else {
        return;
    };
    tracing::error!(
        organisation.id = %organisation.id,
        "the bot was taken out of this server: nobody there is reached any more. Invite it again (`bellwether check` \
         shows the link), or take the organisation out of the configuration"
    );
    let (core, organisation) = (shared.bot.core.clone(), organisation.clone());
    spawn(shared, &shared.events, async move {
        noted(&organisation, tell_owners(&core, &organisation).await)
    });
}

async fn tell_owners(core: &Core, organisation: &Organisation) -> anyhow::Result<()> {
    let (chance, organisation) = (core.chance.clone(), organisation.clone());
    core.ledger
        .write(move |tx| {
            Box::pin(async move {
                let people = people::all(tx.connection(), &organisation).await?;
                for owner in people.iter().filter(|person| person.is(Role::Owner)) {
                    let new = NewOutbound {
                        organisation: organisation.id,
                        member: Some(owner.member),
                        channel: None,
                        message: Message::Removed,
                        at: tx.now(),
                        expires: Some(tx.now() + Millis::DAY),
                    };
                    outbox::promise(tx, &chance, new).await?;
                }
                Ok(())
            })
        })
        .await
}
