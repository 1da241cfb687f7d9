//! `/away`: absences in whole days, a manager's own, and for the programme owner those of others too.

mod pages;
mod press;

use pages::Eye;
pub use press::{ask_to_withdraw, choose, open, shorten, withdraw};

use crate::clock::Millis;
use crate::config::Role;
use crate::discord::edge::dates::read_date;
use crate::discord::edge::{Asker, Bot, Options, Reply, refusal};
use crate::ids::MemberId;
use crate::people::{self, AbsenceDraft, AbsenceOutcome};
use crate::words::Voice;

/// Maximum number of absences in a list: a menu holds as many.
const MOST: u64 = 25;
/// How far back the list of one person goes for the owner.
const BACK: i64 = 120 * Millis::DAY;

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker, options: &Options) -> anyhow::Result<Reply> {
    let owner = asker.roles.contains(&Role::Owner);
    let member = options.member;
    let whose = member.unwrap_or(asker.member);
    if whose != asker.member && !owner {
        return Ok(Reply::text(refusal::role(voice, Role::Owner)));
    }
    // An owner who is asked nothing has no absences; without a name the list has everybody's.
    let everybody = member.is_none() && !asker.roles.contains(&Role::Manager);
    let text = |name: &str| options.texts.get(name).map(String::as_str);
    let (from, to) = match (text("from"), text("to")) {
        (None, None) => return list(bot, voice, asker, (!everybody).then_some(whose), owner).await,
        (Some(_), Some(_)) if everybody => return Ok(Reply::text(voice.away_whose())),
        (Some(from), Some(to)) => (from, to),
        (None, Some(_)) | (Some(_), None) => return Ok(Reply::text(voice.away_both())),
    };
    let (from, to) = match (read_date(from), read_date(to)) {
        (Some(from), Some(to)) => (from, to),
        (None, _) => return Ok(Reply::text(pages::no_date(voice, from))),
        (_, None) => return Ok(Reply::text(pages::no_date(voice, to))),
    };
    let draft = AbsenceDraft {
        member: whose,
        from,
        to,
        entered_by: asker.member,
        owner,
    };
    let outcome = people::enter_absence(&bot.core.ledger, &bot.core.chance, &asker.organisation, draft).await?;
    let AbsenceOutcome::Entered(id) = &outcome else {
        let own = whose == asker.member;
        return Ok(Reply::text(pages::refused(voice, &outcome, (from, to), own)));
    };
    let (reader, now) = (bot.core.db.reader(), bot.core.clock.now());
    let known = people::absence(reader, &asker.organisation, id, now).await?;
    let eye = Eye {
        member: asker.member,
        owner,
    };
    Ok(match known {
        Some(known) => Reply::page(pages::recorded(voice, &known, eye)),
        None => Reply::text(voice.away_gone()),
    })
}

/// The absences of somebody, or of all, that can still be changed.
async fn list(
    bot: &Bot,
    voice: Voice<'_>,
    asker: &Asker,
    whose: Option<MemberId>,
    owner: bool,
) -> anyhow::Result<Reply> {
    let now = bot.core.clock.now();
    let after = if owner && whose.is_some() { now - BACK } else { now };
    let reader = bot.core.db.reader();
    let known = people::absences(reader, &asker.organisation, (whose, after), MOST, now).await?;
    Ok(Reply::Pages(pages::list(voice, &known, asker.member, whose)))
}
