//! The weekly question: its message with four buttons, the form, the receipt, and what can be changed of an answer.

mod answer;
mod correct;
pub mod custom_id;
pub mod form;
pub mod mine;
pub mod pending;
mod proof;
mod question;
mod receipt;
mod refused;
pub mod said;

pub use question::Question;

use super::edge::{Bot, Call, Reply, Sent};
pub use custom_id::{Form, Press};

/// A button was pressed.
pub async fn press(bot: &Bot, call: &Call, press: Press) -> anyhow::Result<Reply> {
    match press {
        Press::Answer(ask) => answer::open(bot, call, ask).await,
        Press::Amend(ask) => correct::open(bot, call, ask).await,
        Press::Receipt(cycle) => proof::receipt(bot, call, &cycle).await,
        Press::Correct(cycle) => correct::correct(bot, call, &cycle).await,
        Press::Retract(cycle) => correct::ask_to_retract(bot, call, &cycle).await,
        Press::Retracted(cycle) => correct::retract(bot, call, cycle).await,
    }
}

/// A form was sent.
pub async fn submit(bot: &Bot, call: &Call, form: Form, sent: Sent) -> Reply {
    let fields = sent.fields();
    match form {
        Form::Detail(ask) => answer::record(bot, call, ask, &fields).await,
        Form::Amendment(ask) => correct::amend(bot, call, ask, &fields).await,
    }
}
