//! Buttons, menus and forms of the handlers' side. Who may do what with which case is decided anew at each press.

mod acts;
mod at;
pub mod command;
pub mod custom_id;
mod drill;
mod forms;
mod identity;
mod keys;
mod pages;
mod write;

use at::{At, asker};
use custom_id::{CaseAct, CaseForm, chosen_case, is_name};
pub use custom_id::{Form, Press};

use crate::discord::edge::{Bot, Call, Reply, Sent};

/// A button was pressed, or something was chosen.
pub async fn press(bot: &Bot, call: &Call, press: Press, values: &[String]) -> anyhow::Result<Reply> {
    if let Some(form) = opened(&press, values) {
        return forms::open(bot, call, form).await;
    }
    let asker = match asker(bot, call).await? {
        Ok(asker) => asker,
        Err(reply) => return Ok(reply),
    };
    let at = At::new(bot, call, &asker);
    match press {
        Press::Inbox => match values {
            [value] => match chosen_case(value) {
                Some(case) => at.show(case).await,
                None => Ok(at.none()),
            },
            _ => Ok(at.none()),
        },
        Press::On(case, act) => acts::act(&at, case, act, values).await,
        Press::AgreeTo(request) => identity::agree(&at, request).await,
        Press::Key(act) => keys::choose(&at, &asker, act, values).await,
        Press::Open(_) | Press::Drill => Ok(Reply::text(at.voice().refused_unknown())),
    }
}

/// The form that a button opens, or what was chosen from a menu.
fn opened(press: &Press, values: &[String]) -> Option<Form> {
    let chosen = values.first().filter(|value| is_name(value)).cloned();
    match press {
        Press::Open(form) => Some(form.clone()),
        Press::On(case, CaseAct::Say) => chosen.map(|template| Form::On(case.clone(), CaseForm::Say(template))),
        Press::Drill => chosen.map(Form::Drill),
        Press::Inbox | Press::On(..) | Press::AgreeTo(_) | Press::Key(_) => None,
    }
}

/// A form was sent. Never an error: what was typed always comes back to the person.
pub async fn submit(bot: &Bot, call: &Call, form: Form, sent: Sent) -> Reply {
    let fields = sent.fields();
    match write::sent(bot, call, &form, &fields).await {
        Ok(reply) => reply,
        Err(error) => {
            let reference = bot.reference();
            tracing::error!(reference, "a handler's message could not be saved: {error:#}");
            write::lost(bot.words.voice(call.language), &form, reference, &fields)
        }
    }
}
