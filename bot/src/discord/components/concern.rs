//! Raising a concern and coming back to it, step by step. All that a custom id names is looked up again.

mod scene;
mod send;
mod steps;
mod visit;

use crate::concerns::{Secret, VisitId};
use crate::discord::bot::Bot;
use crate::discord::call::Call;
use crate::discord::commands::concern as command;
use crate::discord::custom_id::{ConcernId, Step};
use crate::discord::render::concern;
pub use crate::discord::render::concern::TEXT;
use crate::discord::reply::Reply;
use crate::ids::OrganisationId;

/// What a form brings. Has no `Debug`.
pub struct Form {
    /// How the sender is called, where the mode says so.
    pub name: Option<Secret>,
    pub text: Secret,
}

/// A button was pressed, or something was chosen. `id` is none where it cannot be read.
pub async fn press(bot: Bot, call: Call, id: Option<ConcernId>, values: Vec<String>) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    match id {
        Some(ConcernId::Start(draft)) => command::begin(&bot, &call, draft).await,
        Some(ConcernId::Place(draft)) => place(&bot, &call, &values, draft).await,
        Some(ConcernId::Key) => Ok(Reply::Form(Box::new(concern::key_form(voice)))),
        Some(ConcernId::Step(Step::Sent, chosen)) => Ok(Reply::page(concern::changed(voice, chosen.draft))),
        Some(ConcernId::Step(step, chosen)) => steps::take(&bot, &call, (step, chosen), &values).await,
        Some(ConcernId::Visit(act, visit)) => visit::act(&bot, &call, (act, &values), VisitId::new(visit)).await,
        Some(ConcernId::Add(shown)) => Ok(Reply::Form(Box::new(concern::visit::add_form(voice, shown)))),
        Some(ConcernId::Opened | ConcernId::Added(_)) | None => Ok(Reply::page(concern::changed(voice, None))),
    }
}

/// A form was sent.
pub async fn submit(bot: Bot, call: Call, id: Option<ConcernId>, form: Form) -> anyhow::Result<Reply> {
    match id {
        Some(ConcernId::Step(Step::Sent, chosen)) => Ok(send::send(&bot, &call, chosen, form).await),
        Some(ConcernId::Opened) => visit::open(&bot, &call, &form.text).await,
        Some(ConcernId::Added(shown)) => Ok(visit::add(&bot, &call, shown, form.text).await),
        Some(
            ConcernId::Visit(..)
            | ConcernId::Add(_)
            | ConcernId::Step(..)
            | ConcernId::Start(_)
            | ConcernId::Place(_)
            | ConcernId::Key,
        )
        | None => Ok(Reply::page(concern::changed(bot.words.voice(call.language), None))),
    }
}

/// In direct messages an organisation was chosen.
async fn place(bot: &Bot, call: &Call, values: &[String], draft: Option<String>) -> anyhow::Result<Reply> {
    let chosen = values.first().and_then(|value| value.parse::<OrganisationId>().ok());
    match chosen.and_then(|id| bot.core.organisation(id)) {
        Some(organisation) if call.server.is_none() => command::first(bot, call, organisation, draft).await,
        Some(_) | None => Ok(Reply::page(concern::changed(bot.words.voice(call.language), draft))),
    }
}
