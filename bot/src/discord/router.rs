//! From an interaction to its handler.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use serenity::all::{
    ActionRowComponent, CommandDataOption, CommandDataOptionValue, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, Interaction, MessageFlags, ModalInteraction, UserId,
};

use super::bot::Bot;
use super::commands;
use super::components;
use super::hushed;
use super::permissions::{self, Command};
use super::render::refusal;
use super::reply::{self, Ended, Manner, Reply};
use crate::clock::Millis;
use crate::config::Organisation;
use crate::ids::{ChannelId, InteractionId, MemberId, MessageId, OrganisationId, RoleId};
use crate::people::{self, Arrival, reach};
use crate::words::Language;

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
    /// The message of ours that it was done on; none for one that only answered somebody.
    pub on: Option<(ChannelId, MessageId)>,
    /// For the log: kind and, for commands, the name.
    pub what: &'static str,
    /// Whether nothing of it may be logged.
    pub hushed: bool,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Call")
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}

/// Answers an interaction and takes notice of who sent it, as of when it came.
pub async fn route(bot: &Bot, interaction: Interaction, (received, came): (Millis, Arrival)) -> Ended {
    if hushed::is_about_concern(&interaction) {
        return Box::pin(hushed::route(bot, interaction, received)).await;
    }
    match interaction {
        Interaction::Command(command) => {
            let call = call_of_command(&command, received);
            let work = in_place(bot, run_command(bot.clone(), (call.clone(), came.clone()), command));
            let ended = Box::pin(reply::answer(bot, &call, Manner::Anew, work)).await;
            finish(bot, &call, came, ended).await
        }
        Interaction::Component(component) => {
            let call = call_of_component(&component, received);
            let (custom_id, values) = pressed(component);
            let work = components::press(bot.clone(), call.clone(), custom_id, values);
            let ended = Box::pin(reply::answer(bot, &call, Manner::Anew, work)).await;
            finish(bot, &call, came, ended).await
        }
        Interaction::Modal(modal) => {
            let call = call_of_modal(&modal, received);
            let custom_id = modal.data.custom_id.clone();
            let work = in_place(
                bot,
                components::submit(bot.clone(), call.clone(), custom_id, fields(modal)),
            );
            let ended = Box::pin(reply::answer(bot, &call, Manner::Anew, work)).await;
            finish(bot, &call, came, ended).await
        }
        // We offer no autocomplete, and pings come over HTTP only.
        Interaction::Autocomplete(_) | Interaction::Ping(_) => Ended::Well,
        _ => Ended::WithError,
    }
}

/// Work that may wait long for the database. While it waits for its place, too, "thinking" goes out in time; a button
/// must not wait for one, since its form can only be the first answer.
pub(super) fn in_place<F>(bot: &Bot, work: F) -> impl Future<Output = F::Output> + Send + use<F>
where
    F: Future + Send,
{
    // What a command works on is large; boxed, it is moved about cheaply.
    let work = Box::pin(work);
    let slots = Arc::clone(&bot.slots);
    async move {
        let _slot = slots.acquire_owned().await;
        work.await
    }
}

async fn run_command(
    bot: Bot,
    (call, came): (Call, Arrival),
    interaction: CommandInteraction,
) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let Some(command) = Command::from_name(&interaction.data.name) else {
        return Ok(Reply::text(voice.apology_unknown_command()));
    };
    let asker = match permissions::place(&bot, &call, command).await? {
        Ok(asker) => asker,
        Err(unplaced) => return Ok(Reply::text(refusal::unplaced(voice, unplaced))),
    };
    if let Err(missing) = command.allows(&asker.roles) {
        return Ok(Reply::text(refusal::role(voice, missing)));
    }
    let options = Options::of(&interaction);
    if command == Command::Case {
        // Keys are asked for by those whose roles are known; a handler's first command makes them so.
        note(&bot, &call, &asker.organisation, came).await?;
    }
    match command {
        Command::Pending => commands::pending::run(&bot, voice, &asker).await,
        Command::Record => commands::record::run(&bot, voice, &asker).await,
        Command::Streaks => commands::streaks::run(&bot, voice, &asker, options.member).await,
        Command::Away => commands::away::run(&bot, voice, &asker, (&options.texts, options.member)).await,
        Command::Case => commands::case::run(&bot, voice, &asker, (options.sub.as_deref(), &options.texts)).await,
    }
}

/// Keeps the roles and the locale that came with the event, unless fresher news came while it was worked on. In direct
/// messages no roles come.
async fn finish(bot: &Bot, call: &Call, came: Arrival, ended: Ended) -> Ended {
    for organisation in &bot.asking.config.organisations {
        if let Err(error) = note(bot, call, organisation, came.clone()).await {
            tracing::warn!(organisation.id = %organisation.id, "an interaction could not be noted: {error:#}");
        }
    }
    ended
}

async fn note(bot: &Bot, call: &Call, organisation: &Organisation, came: Arrival) -> anyhow::Result<()> {
    let (db, ledger) = (&bot.asking.db, &bot.asking.ledger);
    reach::see_interaction(db, ledger, organisation.id, call.member).await?;
    match call.server {
        Some(server) if server != organisation.id => Ok(()),
        Some(_) => {
            let seen = people::Seen {
                member: call.member,
                discord_roles: call.discord_roles.clone(),
                locale: Some(call.locale.clone()),
            };
            people::see_again(db, ledger, organisation, seen, came).await
        }
        None => people::note_locale(db, ledger, organisation, call.member, call.locale.clone()).await,
    }
}

/// A command's options, by their names.
struct Options {
    texts: BTreeMap<String, String>,
    member: Option<MemberId>,
    /// The sub-command, whose options these are.
    sub: Option<String>,
}

impl Options {
    fn of(interaction: &CommandInteraction) -> Self {
        let mut options = Self {
            texts: BTreeMap::new(),
            member: None,
            sub: None,
        };
        options.take(&interaction.data.options);
        options
    }

    fn take(&mut self, given: &[CommandDataOption]) {
        for option in given {
            match &option.value {
                CommandDataOptionValue::String(text) => {
                    self.texts.insert(option.name.clone(), text.clone());
                }
                CommandDataOptionValue::User(user) => self.member = Some(member_id(*user)),
                CommandDataOptionValue::SubCommand(inner) => {
                    self.sub = Some(option.name.clone());
                    self.take(inner);
                }
                _ => {}
            }
        }
    }
}

/// The custom id of a button or menu, and what was chosen.
pub(super) fn pressed(component: ComponentInteraction) -> (String, Vec<String>) {
    let values = match component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values,
        _ => Vec::new(),
    };
    (component.data.custom_id, values)
}

/// The texts of a form, by the names of its inputs.
pub(super) fn fields(modal: ModalInteraction) -> BTreeMap<String, String> {
    let inputs = modal.data.components.into_iter().flat_map(|row| row.components);
    inputs
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) => Some((input.custom_id, input.value.unwrap_or_default())),
            _ => None,
        })
        .collect()
}

pub(super) fn member_id(user: UserId) -> MemberId {
    MemberId::from_i64(user.get().cast_signed())
}

fn roles(held: Option<&[serenity::all::RoleId]>) -> Vec<RoleId> {
    held.unwrap_or_default()
        .iter()
        .map(|role| RoleId::from_i64(role.get().cast_signed()))
        .collect()
}

/// A message that stands there for its reader to find again, unlike one that only answers them.
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
        pub(super) fn $name(from: &$kind, received: Millis) -> Call {
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
                hushed: false,
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
