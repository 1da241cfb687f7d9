//! Who raised a case: what may be known about that, and agreeing that it is opened.

use super::at::At;
use super::pages::outcome;
use crate::concerns;
use crate::discord::edge::Reply;
use crate::ids::{CaseId, UnsealingId};

pub(super) async fn show(at: &At<'_>, id: CaseId) -> anyhow::Result<Reply> {
    let desk = &at.bot.desk;
    let Some(seen) = concerns::open_case(desk, &at.handler, id.clone()).await? else {
        return Ok(at.none());
    };
    let found = concerns::identity(desk, &at.handler, id).await?;
    Ok(Reply::page(outcome::identity(at.voice(), &seen.case, found)))
}

pub(super) async fn agree(at: &At<'_>, request: UnsealingId) -> anyhow::Result<Reply> {
    let done = concerns::agree_to_identity(&at.bot.desk, &at.handler, request).await?;
    Ok(Reply::page(outcome::consented(at.voice(), done)))
}
