//! Interactions of somebody who raises a concern or comes back to one. Nobody takes notice of who sent them, and nothing
//! is logged at any level. From here on who it is serves the throttle, and the modes in which the person says it.

use serenity::all::{Interaction, ModalInteraction};

use crate::clock::Millis;
use crate::concerns::{Mode, Secret};
use crate::discord::custom_id::CustomId;
use crate::discord::edge::picked::Picked;
use crate::discord::edge::reply::{self, Ended, Manner};
use crate::discord::edge::{Bot, Call, call};
use crate::discord::speak as steps;
use crate::discord::speak::begin;
use crate::discord::speak::custom_id::{ConcernId, Step, is_about_concern as is_ours};

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
            let id = read(&custom_id);
            let manner = if let Some(ConcernId::Key) = id {
                Manner::Anew
            } else {
                Manner::InPlace
            };
            let work = steps::press(bot.clone(), call.clone(), id, values);
            reply::answer(bot, &call, manner, work).await
        }
        Interaction::Modal(modal) => {
            let call = hush(call::call_of_modal(&modal, received));
            let id = read(&modal.data.custom_id);
            let manner = match &id {
                // What nobody is told the case key of must not be stored.
                Some(ConcernId::Step(..)) => Manner::Promised,
                _ => Manner::Anew,
            };
            let form = steps::Form {
                name: name(id.as_ref(), &modal),
                text: text(modal),
            };
            let work = bot.in_place(steps::submit(bot.clone(), call.clone(), id, form));
            reply::answer(bot, &call, manner, work).await
        }
        _ => Ended::WithError,
    }
}

fn hush(call: Call) -> Call {
    Call { hushed: true, ..call }
}

fn read(custom_id: &str) -> Option<ConcernId> {
    match custom_id.parse() {
        Ok(CustomId::Concern(id)) => Some(id),
        Ok(_) | Err(_) => None,
    }
}

/// What was typed into the one input of the forms.
fn text(modal: ModalInteraction) -> Secret {
    let typed = call::fields(modal).remove(steps::TEXT);
    Secret::new(typed.unwrap_or_default())
}

/// How the sender is called, where the mode says so; else the name is not even looked at.
fn name(id: Option<&ConcernId>, modal: &ModalInteraction) -> Option<Secret> {
    let Some(ConcernId::Step(Step::Sent, chosen)) = id else {
        return None;
    };
    match chosen.mode {
        Mode::Anonymous => None,
        Mode::Named | Mode::Confidential => {
            let nick = modal.member.as_ref().and_then(|member| member.nick.clone());
            let name = nick.or_else(|| modal.user.global_name.clone());
            Some(Secret::new(name.unwrap_or_else(|| modal.user.name.clone())))
        }
    }
}
