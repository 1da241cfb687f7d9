//! From an interaction to its handler.

use std::collections::BTreeMap;

use serenity::all::{CommandDataOption, CommandDataOptionValue, CommandInteraction, Interaction};

use crate::clock::Millis;
use crate::config::Organisation;
use crate::discord::custom_id::{Form, Press};
use crate::discord::edge::call::{call_of_command, call_of_component, call_of_modal, member_id, pressed};
use crate::discord::edge::custom_id::CustomIdError;
use crate::discord::edge::reply::{self, Ended, Manner};
use crate::discord::edge::{Bot, Call, Command, Reply, Sent, permissions, refusal};
use crate::discord::{answers, cases, figures, hushed, own, speak};
use crate::ids::MemberId;
use crate::people::{self, Arrival, reach};
use crate::words::Voice;

/// Answers an interaction and takes notice of who sent it, as of when it came.
pub async fn route(bot: &Bot, interaction: Interaction, (received, came): (Millis, Arrival)) -> Ended {
    if hushed::is_about_concern(&interaction) {
        return Box::pin(hushed::route(bot, interaction, received)).await;
    }
    match interaction {
        Interaction::Command(command) => {
            let call = call_of_command(&command, received);
            let work = bot.in_place(run_command(bot.clone(), (call.clone(), came.clone()), command));
            let ended = Box::pin(reply::answer(bot, &call, Manner::Anew, work)).await;
            finish(bot, &call, came, ended).await
        }
        Interaction::Component(component) => {
            let call = call_of_component(&component, received);
            let (custom_id, values) = pressed(component);
            let work = press(bot.clone(), call.clone(), custom_id, values);
            let ended = Box::pin(reply::answer(bot, &call, Manner::Anew, work)).await;
            finish(bot, &call, came, ended).await
        }
        Interaction::Modal(modal) => {
            let call = call_of_modal(&modal, received);
            let custom_id = modal.data.custom_id.clone();
            let work = bot.in_place(submit(bot.clone(), call.clone(), custom_id, Sent::new(modal)));
            let ended = Box::pin(reply::answer(bot, &call, Manner::Anew, work)).await;
            finish(bot, &call, came, ended).await
        }
        // We offer no autocomplete, and pings come over HTTP only.
        Interaction::Autocomplete(_) | Interaction::Ping(_) => Ended::Well,
        _ => Ended::WithError,
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
        Command::Pending => answers::pending::run(&bot, voice, &asker).await,
        Command::Record => own::record::run(&bot, voice, &asker).await,
        Command::Streaks => figures::streaks::run(&bot, voice, &asker, options.member).await,
        Command::Away => own::away::run(&bot, voice, &asker, (&options.texts, options.member)).await,
        Command::Case => cases::command::run(&bot, voice, &asker, (options.sub.as_deref(), &options.texts)).await,
    }
}

/// A button was pressed, or something was chosen from a menu.
async fn press(bot: Bot, call: Call, custom_id: String, values: Vec<String>) -> anyhow::Result<Reply> {
    match custom_id.parse() {
        Ok(Press::Answers(press)) => answers::press(&bot, &call, press, &values).await,
        Ok(Press::Own(press)) => own::press(&bot, &call, press, &values).await,
        Ok(Press::Speak(press)) => speak::press(&bot, &call, press, &values).await,
        Ok(Press::Cases(press)) => cases::press(&bot, &call, press, &values).await,
        Err(error) => Ok(stale(bot.words.voice(call.language), error)),
    }
}

/// A form was sent.
async fn submit(bot: Bot, call: Call, custom_id: String, sent: Sent) -> anyhow::Result<Reply> {
    match custom_id.parse() {
        Ok(Form::Answers(form)) => answers::submit(&bot, &call, form, sent).await,
        Ok(Form::Own(form)) => own::submit(&bot, &call, form, sent).await,
        Ok(Form::Speak(form)) => speak::submit(&bot, &call, form, sent).await,
        Ok(Form::Cases(form)) => cases::submit(&bot, &call, form, sent).await,
        Err(error) => Ok(stale(bot.words.voice(call.language), error)),
    }
}

fn stale(voice: Voice<'_>, error: CustomIdError) -> Reply {
    Reply::text(match error {
        CustomIdError::OtherVersion => voice.refused_stale(),
        CustomIdError::Foreign | CustomIdError::Malformed => voice.refused_unknown(),
    })
}

/// Keeps the roles and the locale that came with the event, unless fresher news came while it was worked on. In direct
/// messages no roles come.
async fn finish(bot: &Bot, call: &Call, came: Arrival, ended: Ended) -> Ended {
    for organisation in &bot.core.config.organisations {
        if let Err(error) = note(bot, call, organisation, came.clone()).await {
            tracing::warn!(organisation.id = %organisation.id, "an interaction could not be noted: {error:#}");
        }
    }
    ended
}

async fn note(bot: &Bot, call: &Call, organisation: &Organisation, came: Arrival) -> anyhow::Result<()> {
    let (db, ledger) = (&bot.core.db, &bot.core.ledger);
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
