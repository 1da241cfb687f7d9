//! Interactions of somebody who raises a concern or comes back to one. Nobody takes notice of who sent them, and nothing
//! is logged at any level. From here on who it is serves the throttle, and the modes in which the person says it.

use serenity::all::Interaction;

use super::edge::custom_id::words;
use super::edge::picked::Picked;
use super::edge::reply::{self, Ended, Manner};
use super::edge::{Bot, Call, Reply, Sent, call};
use super::speak::custom_id::is_about_concern as is_ours;
use super::speak::{self, begin};
use crate::clock::Millis;

/// Whether an interaction goes this way, which shows before anything of it is read.
pub(super) fn is_about_concern(interaction: &Interaction) -> bool {
    match interaction {
        Interaction::Command(command) => [begin::NAME, begin::ENTRY].contains(&command.data.name.as_str()),
        Interaction::Component(component) => is_ours(&component.data.custom_id),
        Interaction::Modal(modal) => is_ours(&modal.data.custom_id),
        _ => false,
    }
}

/// The same of one that cannot be read: by what it carries of its name or custom id.
pub(super) fn names_a_concern(data: &serde_json::Value) -> bool {
    let text = |key: &str| data[key].as_str().unwrap_or_default();
    [begin::NAME, begin::ENTRY].contains(&text("name")) || is_ours(text("custom_id"))
}

/// Answers it.
pub(super) async fn route(bot: &Bot, interaction: Interaction, received: Millis) -> Ended {
    match interaction {
        Interaction::Command(command) => {
            let call = hush(call::call_of_command(&command, received));
            let picked = Picked::of(&command);
            let work = bot.in_place(begin::run(bot.clone(), call.clone(), picked));
            reply::answer(bot, &call, Manner::Anew, work).await
        }
        Interaction::Component(component) => {
            let call = hush(call::call_of_component(&component, received));
            let (custom_id, values) = call::pressed(component);
            let pressed = read(&custom_id, speak::Press::read);
            let manner = pressed.as_ref().map_or(Manner::InPlace, speak::Press::manner);
            let work = press(bot.clone(), call.clone(), pressed, values);
            reply::answer(bot, &call, manner, work).await
        }
        Interaction::Modal(modal) => {
            let call = hush(call::call_of_modal(&modal, received));
            let form = read(&modal.data.custom_id, speak::Form::read);
            let manner = form.as_ref().map_or(Manner::Anew, speak::Form::manner);
            let work = bot.in_place(submit(bot.clone(), call.clone(), form, Sent::new(modal)));
            reply::answer(bot, &call, manner, work).await
        }
        _ => Ended::WithError,
    }
}

fn hush(call: Call) -> Call {
    Call { hushed: true, ..call }
}

fn read<T>(custom_id: &str, read: impl Fn(&[&str]) -> Option<T>) -> Option<T> {
    read(&words(custom_id).ok()?)
}

async fn press(bot: Bot, call: Call, press: Option<speak::Press>, values: Vec<String>) -> anyhow::Result<Reply> {
    match press {
        Some(press) => speak::press(&bot, &call, press, &values).await,
        None => Ok(speak::unreadable(bot.words.voice(call.language))),
    }
}

async fn submit(bot: Bot, call: Call, form: Option<speak::Form>, sent: Sent) -> anyhow::Result<Reply> {
    match form {
        Some(form) => speak::submit(&bot, &call, form, sent).await,
        None => Ok(speak::unreadable(bot.words.voice(call.language))),
    }
}
