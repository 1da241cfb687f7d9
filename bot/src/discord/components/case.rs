//! Buttons, menus and forms of the handlers' side. Who may do what with which case is decided anew at each press.

mod acts;
mod at;
mod drill;
mod forms;
mod identity;
mod keys;
mod write;

use std::collections::BTreeMap;

use at::{At, asker};

use crate::discord::bot::Bot;
use crate::discord::call::Call;
use crate::discord::custom_id::{CaseAct, CaseStep, chosen_case};
use crate::discord::reply::Reply;

/// A button was pressed, or something was chosen.
pub(super) async fn press(bot: &Bot, call: &Call, step: CaseStep, values: &[String]) -> anyhow::Result<Reply> {
    let opens_form = match &step {
        CaseStep::On(_, act) => match act {
            CaseAct::Note | CaseAct::Move(_) | CaseAct::Join | CaseAct::Unseal | CaseAct::Unlock => true,
            CaseAct::Say(template) => template.is_some() || !values.is_empty(),
            CaseAct::Show
            | CaseAct::Read
            | CaseAct::Take
            | CaseAct::Status
            | CaseAct::HandOver
            | CaseAct::Conflict
            | CaseAct::Conflicted
            | CaseAct::Identity => false,
        },
        CaseStep::Key(act) => keys::opens_form(*act),
        CaseStep::Drill(_) => true,
        CaseStep::Inbox | CaseStep::AgreeTo(_) => false,
    };
    if opens_form {
        return forms::open(bot, call, step, values).await;
    }
    let asker = match asker(bot, call).await? {
        Ok(asker) => asker,
        Err(reply) => return Ok(reply),
    };
    let at = At::new(bot, call, &asker);
    match step {
        CaseStep::Inbox => match values {
            [value] => match chosen_case(value) {
                Some(case) => at.show(case).await,
                None => Ok(at.none()),
            },
            _ => Ok(at.none()),
        },
        CaseStep::On(case, act) => acts::act(&at, case, act, values).await,
        CaseStep::AgreeTo(request) => identity::agree(&at, request).await,
        CaseStep::Key(act) => keys::choose(&at, &asker, act, values).await,
        CaseStep::Drill(category) => Ok(drill::form(at.voice(), category.as_ref(), values)),
    }
}

/// A form was sent. Never an error: what was typed always comes back to the person.
pub(super) async fn submit(bot: &Bot, call: &Call, step: CaseStep, fields: &BTreeMap<String, String>) -> Reply {
    match write::sent(bot, call, &step, fields).await {
        Ok(reply) => reply,
        Err(error) => {
            let reference = bot.reference();
            tracing::error!(reference, "a handler's message could not be saved: {error:#}");
            write::lost(bot.words.voice(call.language), &step, reference, fields)
        }
    }
}
