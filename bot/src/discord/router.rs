//! From an interaction to its area, in its lane.

use serenity::all::{CommandInteraction, ComponentInteraction, Interaction, ModalInteraction};

use super::custom_id::{Form, Press};
use super::edge::call::{call_of_command, call_of_component, call_of_modal, pressed};
use super::edge::custom_id::CustomIdError;
use super::edge::picked::Picked;
use super::edge::reply::{self, Ended, Manner};
use super::edge::{Bot, Call, Command, Lane, Options, Reply, Sent, permissions, refusal};
use super::speak::{begin, custom_id::is_about_concern};
use super::{answers, cases, figures, own, speak};
use crate::clock::Millis;
use crate::config::Organisation;
use crate::people::{self, Arrival, reach};

/// The lane of an interaction by its command's name or its custom id.
fn lane_of(name: Option<&str>, custom_id: Option<&str>) -> Lane {
    let speaks = name.is_some_and(|name| [begin::NAME, begin::ENTRY].contains(&name));
    if speaks || custom_id.is_some_and(is_about_concern) {
        Lane::Hushed
    } else {
        Lane::Noted
    }
}

/// The lane of an interaction.
pub(super) fn lane(interaction: &Interaction) -> Lane {
    match interaction {
        Interaction::Command(command) => lane_of(Some(&command.data.name), None),
        Interaction::Component(component) => lane_of(None, Some(&component.data.custom_id)),
        Interaction::Modal(modal) => lane_of(None, Some(&modal.data.custom_id)),
        _ => Lane::Noted,
    }
}

/// The same for one that cannot be read: by what it carries of its name or custom id.
pub(super) fn lane_of_unread(data: &serde_json::Value) -> Lane {
    lane_of(data["name"].as_str(), data["custom_id"].as_str())
}

/// Answers an interaction and, unless it is about a concern, notes who sent it, as of when it came.
pub async fn route(bot: &Bot, interaction: Interaction, received: Millis, came: Arrival) -> Ended {
    let lane = lane(&interaction);
    let (call, ended) = match interaction {
        Interaction::Command(command) => {
            let call = call_of_command(&command, lane, received);
            let ended = Box::pin(run_command(bot, &call, came.clone(), command)).await;
            (call, ended)
        }
        Interaction::Component(component) => {
            let call = call_of_component(&component, lane, received);
            let ended = Box::pin(press(bot, &call, component)).await;
            (call, ended)
        }
        Interaction::Modal(modal) => {
            let call = call_of_modal(&modal, lane, received);
            let ended = Box::pin(submit(bot, &call, modal)).await;
            (call, ended)
        }
        // We offer no autocomplete, and pings come over HTTP only.
        Interaction::Autocomplete(_) | Interaction::Ping(_) => return Ended::Well,
        _ => return Ended::WithError,
    };
    match lane {
        Lane::Noted => finish(bot, &call, came, ended).await,
        Lane::Hushed => ended,
    }
}

async fn run_command(bot: &Bot, call: &Call, came: Arrival, command: CommandInteraction) -> Ended {
    let (its_bot, its_call) = (bot.clone(), call.clone());
    let work = async move {
        match its_call.lane {
            Lane::Noted => dispatch(its_bot, its_call, came, command).await,
            Lane::Hushed => begin::run(its_bot, its_call, Picked::of(&command)).await,
        }
    };
    reply::answer(bot, call, Manner::Anew, bot.in_place(work)).await
}

/// Runs a command, once its sender's organisation is known, and that they may use it.
async fn dispatch(bot: Bot, call: Call, came: Arrival, interaction: CommandInteraction) -> anyhow::Result<Reply> {
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
    if command == Command::Case {
        // Keys are requested by people whose roles are known; a handler's first command makes them known.
        note(&bot, &call, &asker.organisation, came).await?;
    }
    let options = Options::of(&interaction);
    match command {
        Command::Pending => answers::pending::run(&bot, voice, &asker).await,
        Command::Record => own::record::run(&bot, voice, &asker).await,
        Command::Streaks => figures::streaks::run(&bot, voice, &asker, options.member).await,
        Command::Away => own::away::run(&bot, voice, &asker, &options).await,
        Command::Case => cases::command::run(&bot, voice, &asker, &options).await,
    }
}

/// A button was pressed, or something was chosen from a menu.
async fn press(bot: &Bot, call: &Call, component: ComponentInteraction) -> Ended {
    let (custom_id, values) = pressed(component);
    let press: Result<Press, _> = custom_id.parse();
    let manner = match &press {
        Ok(Press::Speak(press)) => press.manner(),
        Err(_) if call.lane == Lane::Hushed => Manner::InPlace,
        Ok(Press::Answers(_) | Press::Own(_) | Press::Cases(_)) | Err(_) => Manner::Anew,
    };
    let (its_bot, its_call) = (bot.clone(), call.clone());
    let work = async move {
        match press {
            Ok(Press::Answers(press)) => answers::press(&its_bot, &its_call, press).await,
            Ok(Press::Own(press)) => own::press(&its_bot, &its_call, press, &values).await,
            Ok(Press::Speak(press)) => speak::press(&its_bot, &its_call, press, &values).await,
            Ok(Press::Cases(press)) => cases::press(&its_bot, &its_call, press, &values).await,
            Err(error) => Ok(unreadable(&its_bot, &its_call, error)),
        }
    };
    reply::answer(bot, call, manner, work).await
}

/// A form was sent.
async fn submit(bot: &Bot, call: &Call, modal: ModalInteraction) -> Ended {
    let form: Result<Form, _> = modal.data.custom_id.parse();
    let manner = match &form {
        Ok(Form::Speak(form)) => form.manner(),
        Ok(Form::Answers(_) | Form::Own(_) | Form::Cases(_)) | Err(_) => Manner::Anew,
    };
    let (its_bot, its_call, sent) = (bot.clone(), call.clone(), Sent::new(modal));
    let work = async move {
        match form {
            Ok(Form::Answers(form)) => Ok(answers::submit(&its_bot, &its_call, form, sent).await),
            Ok(Form::Own(form)) => own::submit(&its_bot, &its_call, form, sent).await,
            Ok(Form::Speak(form)) => speak::submit(&its_bot, &its_call, form, sent).await,
            Ok(Form::Cases(form)) => Ok(cases::submit(&its_bot, &its_call, form, sent).await),
            Err(error) => Ok(unreadable(&its_bot, &its_call, error)),
        }
    };
    reply::answer(bot, call, manner, bot.in_place(work)).await
}

/// What is said about a custom id that cannot be read.
fn unreadable(bot: &Bot, call: &Call, error: CustomIdError) -> Reply {
    let voice = bot.words.voice(call.language);
    match (call.lane, error) {
        (Lane::Hushed, _) => speak::unreadable(voice),
        (Lane::Noted, CustomIdError::OtherVersion) => Reply::text(voice.refused_stale()),
        (Lane::Noted, CustomIdError::Foreign | CustomIdError::Malformed) => Reply::text(voice.refused_unknown()),
    }
}

/// Stores the roles and the locale that came with the event, unless fresher news came while it was worked on. In direct
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
