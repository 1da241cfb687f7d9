//! What a button does with a case at once.

use super::at::At;
use super::custom_id::{CaseAct, chosen_member};
use super::identity;
use super::pages::{self, outcome, say};
use crate::concerns::{self, ConflictOutcome, ReadOutcome};
use crate::discord::edge::Reply;
use crate::ids::CaseId;

pub(super) async fn act(at: &At<'_>, case: CaseId, act: CaseAct, values: &[String]) -> anyhow::Result<Reply> {
    match act {
        CaseAct::Show => at.show(case).await,
        CaseAct::Read => read(at, case).await,
        CaseAct::Take => take(at, case).await,
        CaseAct::Say => templates(at, case).await,
        CaseAct::Status => status(at, case).await,
        CaseAct::HandOver => hand_over(at, case, values).await,
        CaseAct::Conflict => ask_conflict(at, case).await,
        CaseAct::Conflicted => conflict(at, case).await,
        CaseAct::Identity => identity::show(at, case).await,
    }
}

pub(super) async fn read(at: &At<'_>, id: CaseId) -> anyhow::Result<Reply> {
    let voice = at.voice();
    Ok(match concerns::read(&at.bot.desk, &at.handler, id.clone()).await? {
        ReadOutcome::Sealed(pieces) => Reply::Pages(pages::sealed(voice, &id, pieces)),
        ReadOutcome::Opened(opened, until) => Reply::Pages(pages::opened(voice, &id, opened, until)),
        ReadOutcome::Locked => Reply::page(outcome::locked(voice, &id)),
        ReadOutcome::NoSuchCase => at.none(),
    })
}

async fn take(at: &At<'_>, id: CaseId) -> anyhow::Result<Reply> {
    let Some(number) = at.number(&id).await? else {
        return Ok(at.none());
    };
    let done = concerns::take(&at.bot.desk, &at.handler, id.clone()).await?;
    Ok(Reply::page(outcome::taken(at.voice(), &id, &number, done)))
}

async fn templates(at: &At<'_>, id: CaseId) -> anyhow::Result<Reply> {
    let found = concerns::open_case(&at.bot.desk, &at.handler, id).await?;
    Ok(match found {
        Some(seen) => {
            let templates = &at.bot.desk.core.catalogue.concern_templates;
            Reply::page(say::menu(at.voice(), &seen, templates))
        }
        None => at.none(),
    })
}

async fn status(at: &At<'_>, id: CaseId) -> anyhow::Result<Reply> {
    let found = concerns::open_case(&at.bot.desk, &at.handler, id).await?;
    Ok(match found {
        Some(seen) => {
            let moves = concerns::moves(&seen.case, at.bot.desk.core.clock.now());
            Reply::page(pages::status(at.voice(), &seen.case, &moves))
        }
        None => at.none(),
    })
}

async fn hand_over(at: &At<'_>, id: CaseId, values: &[String]) -> anyhow::Result<Reply> {
    let found = concerns::candidates(&at.bot.desk, &at.handler, &id).await?;
    let Some((seen, readers)) = found else {
        return Ok(at.none());
    };
    let Some(to) = values.first().and_then(|value| chosen_member(value)) else {
        return Ok(Reply::page(pages::give(at.voice(), &seen, &readers)));
    };
    let done = concerns::hand_over(&at.bot.desk, &at.handler, id.clone(), to).await?;
    Ok(Reply::page(outcome::given(at.voice(), &id, (&seen.number, to), done)))
}

async fn ask_conflict(at: &At<'_>, id: CaseId) -> anyhow::Result<Reply> {
    let found = concerns::open_case(&at.bot.desk, &at.handler, id).await?;
    Ok(match found {
        Some(seen) => Reply::page(pages::conflict_sure(at.voice(), &seen.case)),
        None => at.none(),
    })
}

async fn conflict(at: &At<'_>, id: CaseId) -> anyhow::Result<Reply> {
    let done = concerns::declare_conflict(&at.bot.desk, &at.handler, id.clone()).await?;
    let other_way = match done {
        ConflictOutcome::LastReader => at.bot.desk.other_way(&at.handler.organisation),
        ConflictOutcome::Declared | ConflictOutcome::NoSuchCase => None,
    };
    Ok(Reply::page(outcome::conflict(at.voice(), &id, other_way, done)))
}
