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

use std::collections::BTreeMap;

pub use question::Question;

use super::edge::{Bot, Call, Reply};
use custom_id::Id;

/// A button was pressed; none where the id is a form's.
pub async fn press(bot: &Bot, call: &Call, id: Id) -> anyhow::Result<Option<Reply>> {
    match id {
        Id::Answer(ask) => answer::open(bot, call, ask).await,
        Id::Amend(ask) => correct::open(bot, call, ask).await,
        Id::Receipt(cycle) => proof::receipt(bot, call, &cycle).await,
        Id::Correct(cycle) => correct::correct(bot, call, &cycle).await,
        Id::Retract(cycle) => correct::ask_to_retract(bot, call, &cycle).await,
        Id::Retracted(cycle) => correct::retract(bot, call, cycle).await,
        Id::Detail(_) | Id::Amendment(_) => return Ok(None),
    }
    .map(Some)
}

/// A form was sent; none where the id is a button's.
pub async fn submit(bot: &Bot, call: &Call, id: Id, fields: &BTreeMap<String, String>) -> Option<Reply> {
    match id {
        Id::Detail(ask) => Some(answer::record(bot, call, ask, fields).await),
        Id::Amendment(ask) => Some(correct::amend(bot, call, ask, fields).await),
        Id::Answer(_) | Id::Amend(_) | Id::Receipt(_) | Id::Correct(_) | Id::Retract(_) | Id::Retracted(_) => None,
    }
}
