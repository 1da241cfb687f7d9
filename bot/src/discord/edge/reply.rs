//! Answering an interaction in time: the work runs on its own, and if it takes long, "thinking" goes out first.

mod late;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use serenity::all::{CreateInteractionResponse, CreateInteractionResponseMessage, CreateModal};

use super::{Bot, Call, Lane, Page};
use crate::discord::wire::rest::{Acknowledged, File};

/// When "thinking" is sent. Discord wants the first answer within 3 s; the rest is for the way.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// Where the answer to an interaction goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Into a message of its own.
    Anew,
    /// In place of the message that was acted on.
    InPlace,
    /// Into a message of its own that is promised first: the work begins only when the person sees "thinking". For work
    /// that must not be done if its answer can reach nobody.
    Promised,
}

/// What a handler wants the person to see.
#[derive(Debug)]
pub enum Reply {
    /// Messages that only this person sees; never empty.
    Pages(Vec<Page>),
    /// A form. It can only be the first answer, so the work that returns it must be fast.
    Form(Box<CreateModal>),
}

impl Reply {
    pub fn text(text: impl Into<String>) -> Self {
        Self::page(Page::text(text))
    }

    pub fn page(page: Page) -> Self {
        Self::Pages(vec![page])
    }
}

/// The outcome of a handler's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Well,
    WithError,
    Panicked,
}

/// Runs `work` and brings its reply to the person, whatever happens.
pub async fn answer<F>(bot: &Bot, call: &Call, manner: Manner, work: F) -> Ended
where
    F: Future<Output = anyhow::Result<Reply>> + Send + 'static,
{
    if manner == Manner::Promised && !promise(bot, call).await {
        return Ended::WithError;
    }
    let mut task = tokio::spawn(AssertUnwindSafe(work).catch_unwind());
    let (finished, deferred) = if manner == Manner::Promised {
        (task.await, true)
    } else if let Ok(finished) = tokio::time::timeout(PATIENCE, &mut task).await {
        (finished, false)
    } else {
        defer(bot, call, manner).await;
        (task.await, true)
    };
    let (reply, ended) = match finished {
        Ok(Ok(Ok(reply))) => (reply, Ended::Well),
        Ok(Ok(Err(error))) => (apology(bot, call, &format!("{error:#}")), Ended::WithError),
        Ok(Err(_)) => (apology(bot, call, "a handler panicked"), Ended::Panicked),
        Err(_) => (apology(bot, call, "a handler was cancelled"), Ended::WithError),
    };
    match (reply, deferred) {
        (Reply::Pages(pages), true) => late::replace(bot, call, manner, &pages).await,
        (Reply::Pages(pages), false) => say(bot, call, manner, &pages).await,
        (Reply::Form(form), false) => {
            acknowledge(bot, call, &CreateInteractionResponse::Modal(*form), Vec::new()).await;
        }
        (Reply::Form(_), true) => {
            let late = apology(bot, call, "a form came too late");
            if let Reply::Pages(pages) = late {
                late::replace(bot, call, manner, &pages).await;
            }
        }
    }
    ended
}

/// Whether a first response arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrived {
    Yes,
    No,
    /// The connection ended before the answer to it.
    Perhaps,
}

/// Says that an answer will come; false if the person does not see that.
async fn promise(bot: &Bot, call: &Call) -> bool {
    match defer(bot, call, Manner::Promised).await {
        Arrived::Yes => true,
        Arrived::No => false,
        Arrived::Perhaps => is_there(bot, call).await,
    }
}

/// Asks whether "thinking" is shown. The form is closed then, and what was typed is nowhere but here.
async fn is_there(bot: &Bot, call: &Call) -> bool {
    let mut pauses = late::AGAIN.into_iter().map(Duration::from_secs);
    loop {
        match (
            bot.rest.has_original(call.application, &call.token).await,
            pauses.next(),
        ) {
            (Ok(there), _) => return there,
            (Err(error), Some(pause)) if late::is_passing(&error) => late::wait(bot, pause).await,
            (Err(_), _) => return false,
        }
    }
}

/// Says that an answer will come.
async fn defer(bot: &Bot, call: &Call, manner: Manner) -> Arrived {
    let thinking = CreateInteractionResponseMessage::new().ephemeral(true);
    let response = match manner {
        Manner::Anew | Manner::Promised => CreateInteractionResponse::Defer(thinking),
        Manner::InPlace => CreateInteractionResponse::Acknowledge,
    };
    acknowledge(bot, call, &response, Vec::new()).await
}

fn apology(bot: &Bot, call: &Call, error: &str) -> Reply {
    let voice = bot.words.voice(call.language);
    if call.lane == Lane::Hushed {
        return Reply::text(voice.concern_apology());
    }
    let reference = bot.reference();
    tracing::error!(
        reference,
        interaction.what = call.what,
        "an interaction failed: {error}"
    );
    Reply::text(voice.apology(reference))
}

/// Notes that an answer did not reach the person; nothing if nothing may be known about it.
fn untold(call: &Call, what: &str, why: &dyn std::fmt::Display) {
    if call.lane == Lane::Noted {
        tracing::warn!(interaction.what = call.what, "{what}: {why}");
    }
}

async fn say(bot: &Bot, call: &Call, manner: Manner, pages: &[Page]) {
    if let Some((first, rest)) = pages.split_first() {
        let message = match manner {
            Manner::Anew | Manner::Promised => CreateInteractionResponse::Message(first.response()),
            Manner::InPlace => CreateInteractionResponse::UpdateMessage(first.update()),
        };
        acknowledge(bot, call, &message, first.files.clone()).await;
        late::further(bot, call, rest).await;
    }
}

/// The first answer; whether it arrived, and was the first.
async fn acknowledge(bot: &Bot, call: &Call, response: &CreateInteractionResponse, files: Vec<File>) -> Arrived {
    let answered = bot.rest.interaction_callback(call.id, &call.token, response, files);
    match answered.await {
        Ok(Acknowledged::Done) => return Arrived::Yes,
        Ok(Acknowledged::Already) => {}
        Ok(Acknowledged::Expired) => untold(
            call,
            "an interaction was answered too late",
            &"Discord has forgotten it",
        ),
        Err(error) => {
            untold(call, "an interaction could not be answered", &error);
            if error.may_have_happened() {
                return Arrived::Perhaps;
            }
        }
    }
    Arrived::No
}
