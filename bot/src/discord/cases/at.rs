//! A handler at work: who presses, and what every act needs.

use super::command::handler;
use super::pages;
use crate::concerns::{self, CaseNumber, Handler};
use crate::config::Role;
use crate::core::Decided;
use crate::discord::edge::{Asker, Bot, Call, Command, Reply, permissions, refusal};
use crate::ids::CaseId;
use crate::words::Voice;

/// The person who presses; otherwise what to say instead.
pub(super) async fn asker(bot: &Bot, call: &Call) -> Decided<Asker, Reply> {
    let voice = bot.words.voice(call.language);
    let asker = match permissions::place(bot, call, Command::Case).await? {
        Ok(asker) => asker,
        Err(unplaced) => return Ok(Err(Reply::text(refusal::unplaced(voice, unplaced)))),
    };
    Ok(match Command::Case.allows(&asker.roles) {
        Ok(()) => Ok(asker),
        Err(_) => Err(Reply::text(refusal::role(voice, Role::Handler))),
    })
}

/// A handler at work: what every act needs.
pub(super) struct At<'a> {
    pub(super) bot: &'a Bot,
    pub(super) call: &'a Call,
    pub(super) handler: Handler,
}

impl<'a> At<'a> {
    pub(super) fn new(bot: &'a Bot, call: &'a Call, asker: &Asker) -> Self {
        Self {
            bot,
            call,
            handler: handler(asker),
        }
    }

    pub(super) fn voice(&self) -> Voice<'a> {
        self.bot.words.voice(self.call.language)
    }

    /// The one answer for everything that is not there, or not for this handler.
    pub(super) fn none(&self) -> Reply {
        Reply::text(self.voice().refused_case())
    }

    pub(super) async fn show(&self, case: CaseId) -> anyhow::Result<Reply> {
        let found = concerns::open_case(&self.bot.desk, &self.handler, case).await?;
        Ok(match found {
            Some(seen) => Reply::page(pages::overview(self.voice(), &seen, self.handler.member)),
            None => self.none(),
        })
    }

    /// The number of a case that this handler may see.
    pub(super) async fn number(&self, case: &CaseId) -> anyhow::Result<Option<CaseNumber>> {
        concerns::number(&self.bot.desk, &self.handler, case).await
    }
}
