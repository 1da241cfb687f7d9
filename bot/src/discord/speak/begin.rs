//! `/concern` and the entry in the menu of a message: the first page of a concern.

use super::pages::{self, First};
use crate::concerns::{self, Channel};
use crate::config::Organisation;
use crate::discord::edge::picked::Picked;
use crate::discord::edge::{Bot, Call, Reply};

/// Names by which Discord sends them, whatever the reader's language.
pub const NAME: &str = "concern";
pub const ENTRY: &str = "Raise a concern about this";

pub async fn run(bot: Bot, call: Call, picked: Option<Picked>) -> anyhow::Result<Reply> {
    let draft = picked.map(|picked| bot.picked.keep(picked));
    begin(&bot, &call, draft).await
}

/// The first page; in direct messages with a bot of several organisations, the question which one it is about.
pub async fn begin(bot: &Bot, call: &Call, draft: Option<String>) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let organisations = &bot.core.config.organisations;
    match (call.server, organisations.as_slice()) {
        (Some(server), _) => match bot.core.organisation(server) {
            Some(organisation) => first(bot, call, organisation, draft).await,
            None => Ok(Reply::text(voice.refused_server())),
        },
        (None, [only]) => first(bot, call, only, draft).await,
        (None, several) => Ok(Reply::page(pages::places(voice, several, draft))),
    }
}

/// What each mode promises in this organisation; or why nothing is accepted.
pub async fn first(
    bot: &Bot,
    call: &Call,
    organisation: &Organisation,
    draft: Option<String>,
) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let way = bot.desk.other_way(organisation);
    let page = match concerns::channel(&bot.desk, organisation).await? {
        Channel::Closed(why) => pages::closed(voice, why, way.as_deref()),
        Channel::Open(keys) => {
            let readers = keys.holders.len() as u64;
            let people = bot.crowd.people(organisation.id);
            let first = First {
                organisation,
                way,
                few: bot.core.config.concerns.small_team,
                people: people.map(|people| people.saturating_sub(readers)),
                keys: &keys,
                draft,
            };
            pages::first(voice, &first)
        }
    };
    Ok(Reply::page(page))
}
