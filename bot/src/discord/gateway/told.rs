//! What an event says, as far as this program listens.

use serenity::all::{Interaction, Message};

use crate::discord::edge::Lane;
use crate::ids::{MemberId, OrganisationId, RoleId};

#[derive(Debug)]
pub(super) enum Told {
    Ready {
        application: i64,
        /// The servers that the bot is in, if Discord says it.
        servers: Option<Vec<OrganisationId>>,
    },
    Resumed,
    Interaction(Box<Interaction>),
    Written(Box<Message>),
    /// A server is there, with some or all of its members.
    Server {
        server: OrganisationId,
        /// Bots count, too. None for a server that cannot be reached.
        count: Option<u64>,
        members: Vec<Person>,
    },
    /// A member joined or was changed.
    Member {
        server: OrganisationId,
        person: Person,
    },
    Left {
        server: OrganisationId,
        member: MemberId,
    },
    /// The bot was removed from a server.
    Removed {
        server: OrganisationId,
    },
    RoleGone {
        server: OrganisationId,
        role: RoleId,
    },
    /// Nothing that matters here.
    Nothing,
}

/// A member of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) member: MemberId,
    pub(super) bot: bool,
    pub(super) roles: Vec<RoleId>,
}

/// An event in which a field that is needed is missing or has another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unread {
    pub(super) kind: &'static str,
    /// The field, without any of its content.
    pub(super) path: String,
    pub(super) lane: Lane,
}
