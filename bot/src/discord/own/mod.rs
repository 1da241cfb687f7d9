//! What people manage for themselves: the record of their own answers, and when they are away.

pub mod away;
pub mod custom_id;
pub mod record;

use super::edge::{Bot, Call, Reply, Sent};
pub use custom_id::{Form, Press};

/// A button was pressed, or something was chosen.
pub async fn press(bot: &Bot, call: &Call, press: Press, values: &[String]) -> anyhow::Result<Reply> {
    match press {
        Press::Answer => record::choose(bot, call, values).await,
        Press::Leave => away::choose(bot, call, values).await,
        Press::Shorten(absence) => away::open(bot, call, &absence).await,
        Press::Withdraw(absence) => away::ask_to_withdraw(bot, call, &absence).await,
        Press::Withdrawn(absence) => away::withdraw(bot, call, &absence).await,
    }
}

/// A form was sent.
pub async fn submit(bot: &Bot, call: &Call, form: Form, sent: Sent) -> anyhow::Result<Reply> {
    let Form::Shorten(absence) = form;
    away::shorten(bot, call, &absence, &sent.fields()).await
}
