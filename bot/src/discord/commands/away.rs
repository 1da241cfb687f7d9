//! `/away`: a manager's own leave, in whole days.

use std::collections::BTreeMap;

use crate::discord::bot::Bot;
use crate::discord::permissions::Asker;
use crate::discord::render::{absence, form};
use crate::discord::reply::Reply;
use crate::people::{self, AbsenceDraft};
use crate::words::Voice;

pub async fn run(
    bot: &Bot,
    voice: Voice<'_>,
    asker: &Asker,
    texts: &BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    let text = |name: &str| texts.get(name).map(String::as_str).unwrap_or_default();
    let (from, to) = match (form::read_date(text("from")), form::read_date(text("to"))) {
        (Some(from), Some(to)) => (from, to),
        (None, _) => return Ok(Reply::text(absence::no_date(voice, text("from")))),
        (_, None) => return Ok(Reply::text(absence::no_date(voice, text("to")))),
    };
    let draft = AbsenceDraft {
        member: asker.member,
        from,
        to,
        entered_by: asker.member,
    };
    let outcome = people::enter_absence(&bot.asking.ledger, &bot.asking.chance, &asker.organisation, draft).await?;
    Ok(Reply::text(absence::outcome(voice, &outcome, (from, to))))
}
