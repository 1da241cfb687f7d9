//! Raising a concern and coming back to it, step by step. All that a custom id names is looked up again.

pub mod begin;
mod check;
pub mod custom_id;
mod pages;
mod scene;
mod send;
mod steps;
mod visit;

pub use custom_id::{Form, Press};
use pages::TEXT;
use send::Typed;

use super::edge::reply::Manner;
use super::edge::{Bot, Call, Reply, Sent};
use crate::concerns::{Mode, Secret, VisitId};
use crate::ids::OrganisationId;
use crate::words::Voice;

/// A button was pressed, or something was chosen.
pub async fn press(bot: &Bot, call: &Call, press: Press, values: &[String]) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    match press {
        Press::Start(draft) => begin::begin(bot, call, draft).await,
        Press::Place(draft) => place(bot, call, values, draft).await,
        Press::Key => Ok(Reply::Form(Box::new(pages::key_form(voice)))),
        Press::Step(step, chosen) => steps::take(bot, call, step, chosen, values).await,
        Press::Write(chosen) => steps::write(bot, call, chosen).await,
        Press::Visit(act, visit) => visit::act(bot, call, act, values, VisitId::new(visit)).await,
        Press::Add(shown) => Ok(Reply::Form(Box::new(pages::visit::add_form(voice, shown)))),
        Press::Check(asked) => check::answer(bot, call, &asked).await,
    }
}

/// A form was sent.
pub async fn submit(bot: &Bot, call: &Call, form: Form, sent: Sent) -> anyhow::Result<Reply> {
    match form {
        Form::Sent(chosen) => {
            // Without a name, it is not even looked at.
            let name = match chosen.mode {
                Mode::Anonymous => None,
                Mode::Named | Mode::Confidential => Some(Secret::new(sent.sender())),
            };
            let text = typed(sent);
            Ok(send::send(bot, call, chosen, Typed { name, text }).await)
        }
        Form::Opened => visit::open(bot, call, &typed(sent)).await,
        Form::Added(shown) => Ok(visit::add(bot, call, shown, typed(sent)).await),
    }
}

/// What was typed into the one input of the forms.
fn typed(sent: Sent) -> Secret {
    Secret::new(sent.fields().remove(TEXT).unwrap_or_default())
}

/// What is said about an id of this area that cannot be read.
pub fn unreadable(voice: Voice<'_>) -> Reply {
    Reply::page(pages::changed(voice, None))
}

impl Press {
    /// The steps replace each other; a form and an answer to a question are messages of their own.
    pub const fn manner(&self) -> Manner {
        match self {
            Self::Key | Self::Check(_) => Manner::Anew,
            Self::Start(_) | Self::Place(_) | Self::Step(..) | Self::Write(_) | Self::Visit(..) | Self::Add(_) => {
                Manner::InPlace
            }
        }
    }
}

impl Form {
    /// A concern must not be stored if nobody can be told its case key.
    pub const fn manner(&self) -> Manner {
        match self {
            Self::Sent(_) => Manner::Promised,
            Self::Opened | Self::Added(_) => Manner::Anew,
        }
    }
}

/// In direct messages an organisation was chosen.
async fn place(bot: &Bot, call: &Call, values: &[String], draft: Option<String>) -> anyhow::Result<Reply> {
    let chosen = values.first().and_then(|value| value.parse::<OrganisationId>().ok());
    match chosen.and_then(|id| bot.core.organisation(id)) {
        Some(organisation) if call.server.is_none() => begin::first(bot, call, organisation, draft).await,
        Some(_) | None => Ok(Reply::page(pages::changed(bot.words.voice(call.language), draft))),
    }
}
