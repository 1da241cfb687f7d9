//! Who asks, in which organisation, with which roles.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Bot, Call, Command};
use crate::config::{Organisation, Role};
use crate::core::Decided;
use crate::discord::wire::rest::RestError;
use crate::ids::{MemberId, RoleId};
use crate::people::{self, Seen};

/// How long to wait for Discord when it is asked for somebody's roles. "Thinking" goes out long before.
const LOOK_UP: Duration = Duration::from_secs(10);

/// Who uses a command, in which organisation.
#[derive(Clone, Debug)]
pub struct Asker {
    pub organisation: Organisation,
    pub member: MemberId,
    pub roles: BTreeSet<Role>,
}

/// Why it is not known for which organisation somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplaced {
    /// The server is not in the configuration.
    ForeignServer,
    /// In direct messages: known in no organisation.
    NoOrganisation,
    /// In direct messages: known in several.
    SeveralOrganisations,
    /// In direct messages: the roles that are known may be old, and Discord does not say what they are now.
    Unsure,
}

/// In a server the roles that the event carries count; in direct messages, what is known about the person. If no events
/// tell about roles, Discord is asked before anybody sees what belongs to others.
pub async fn place(bot: &Bot, call: &Call, command: Command) -> Decided<Asker, Unplaced> {
    if let Some(server) = call.server {
        let Some(organisation) = bot.core.organisation(server) else {
            return Ok(Err(Unplaced::ForeignServer));
        };
        return Ok(Ok(Asker {
            organisation: organisation.clone(),
            member: call.member,
            roles: roles(organisation, &call.discord_roles),
        }));
    }
    let mut found = Vec::new();
    for organisation in &bot.core.config.organisations {
        let standing = people::find(bot.core.db.reader(), organisation, call.member).await?;
        found.extend(standing.filter(|standing| !standing.left).map(|standing| Asker {
            organisation: organisation.clone(),
            member: call.member,
            roles: standing.roles,
        }));
    }
    match (found.pop(), found.is_empty()) {
        (None, _) => Ok(Err(Unplaced::NoOrganisation)),
        (Some(asker), true) if command.shows_others() && !bot.core.config.discord.members_intent => {
            look_up(bot, asker).await
        }
        (Some(asker), true) => Ok(Ok(asker)),
        (Some(_), false) => Ok(Err(Unplaced::SeveralOrganisations)),
    }
}

fn roles(organisation: &Organisation, held: &[RoleId]) -> BTreeSet<Role> {
    let stands_for = |role: &Role| organisation.discord_roles(*role).any(|id| held.contains(&id));
    Role::ALL.into_iter().filter(stands_for).collect()
}

/// With the roles that the person has now according to Discord, which are also stored.
async fn look_up(bot: &Bot, asker: Asker) -> Decided<Asker, Unplaced> {
    let Asker {
        organisation, member, ..
    } = asker;
    let came = bot.arrivals.next();
    let (db, ledger) = (&bot.core.db, &bot.core.ledger);
    let asked = bot.rest.patiently(|| bot.rest.get_member(organisation.id, member));
    match tokio::time::timeout(LOOK_UP, asked).await {
        Ok(Ok(found)) => {
            let seen = Seen {
                member,
                discord_roles: found.roles.clone(),
                locale: None,
            };
            people::see_again(db, ledger, &organisation, seen, came).await?;
            Ok(Ok(Asker {
                roles: roles(&organisation, &found.roles),
                organisation,
                member,
            }))
        }
        Ok(Err(RestError::Refused { status: 404, .. })) => {
            people::leave(ledger, &organisation, member, came).await?;
            Ok(Err(Unplaced::NoOrganisation))
        }
        Ok(Err(error)) => {
            tracing::warn!(organisation.id = %organisation.id, "the roles of an asker could not be looked up: {error}");
            Ok(Err(Unplaced::Unsure))
        }
        Err(_) => Ok(Err(Unplaced::Unsure)),
    }
}
