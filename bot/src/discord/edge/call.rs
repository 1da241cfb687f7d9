//! An interaction as our own handlers see it, and what was pressed or typed in it.

use serenity::all::{
    CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, MessageFlags, ModalInteraction, UserId,
};

use super::Command;
use crate::clock::Millis;
use crate::ids::{ChannelId, InteractionId, MemberId, MessageId, OrganisationId, RoleId};
use crate::words::Language;

/// How an interaction is treated. Chosen once, before anything of it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The sender is noted, and failures are logged.
    Noted,
    /// It is about a concern: the sender is not noted, and nothing is logged at any level. From here on the sender's id
    /// is only used for the throttle, and in the modes in which the person gives a name.
    Hushed,
}

/// What all interactions have in common.
#[derive(Clone)]
pub struct Call {
    pub id: InteractionId,
    pub token: String,
    pub application: i64,
    /// None in direct messages.
    pub server: Option<OrganisationId>,
    pub member: MemberId,
    /// Empty in direct messages.
    pub discord_roles: Vec<RoleId>,
    pub locale: String,
    pub language: Language,
    /// When the event reached us.
    pub received: Millis,
    /// Our message that it was done on; none for a message that only answered somebody.
    pub on: Option<(ChannelId, MessageId)>,
    /// For the log: kind and, for commands, the name.
    pub what: &'static str,
    pub lane: Lane,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Call")
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}

/// The custom id of a button or menu, and what was chosen.
pub fn pressed(component: ComponentInteraction) -> (String, Vec<String>) {
    let values = match component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values,
        _ => Vec::new(),
    };
    (component.data.custom_id, values)
}

pub fn member_id(user: UserId) -> MemberId {
    MemberId::from_i64(user.get().cast_signed())
}

fn roles(held: Option<&[serenity::all::RoleId]>) -> Vec<RoleId> {
    held.unwrap_or_default()
        .iter()
        .map(|role| RoleId::from_i64(role.get().cast_signed()))
        .collect()
}

/// A message that stays for its reader to find again, unlike one that only answers them.
fn lasting(message: &serenity::all::Message) -> Option<(ChannelId, MessageId)> {
    let passing = message
        .flags
        .is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    (!passing).then(|| {
        (
            ChannelId::from_i64(message.channel_id.get().cast_signed()),
            MessageId::from_i64(message.id.get().cast_signed()),
        )
    })
}

macro_rules! call_of {
    ($name:ident, $kind:ty, $what:expr, $on:expr) => {
        pub fn $name(from: &$kind, lane: Lane, received: Millis) -> Call {
            Call {
                id: InteractionId::from_i64(from.id.get().cast_signed()),
                token: from.token.clone(),
                application: from.application_id.get().cast_signed(),
                server: from
                    .guild_id
                    .map(|guild| OrganisationId::from_i64(guild.get().cast_signed())),
                member: member_id(from.user.id),
                discord_roles: roles(from.member.as_ref().map(|member| member.roles.as_slice())),
                language: Language::of(&from.locale),
                locale: from.locale.clone(),
                received,
                on: $on(from),
                what: $what(from),
                lane,
            }
        }
    };
}

call_of!(
    call_of_command,
    CommandInteraction,
    |command: &CommandInteraction| Command::from_name(&command.data.name).map_or("unknown command", Command::name),
    |_: &CommandInteraction| None
);
call_of!(
    call_of_component,
    ComponentInteraction,
    |_: &ComponentInteraction| "button",
    |component: &ComponentInteraction| lasting(&component.message)
);
call_of!(
    call_of_modal,
    ModalInteraction,
    |_: &ModalInteraction| "form",
    |modal: &ModalInteraction| modal.message.as_deref().and_then(lasting)
);
